"""Kernel functions (kfuncs) that programs may call: by name, as the kernel's BTF has them. They take what helpers take."""

from __future__ import annotations

from errno import E2BIG, EFAULT, EINVAL
from struct import Struct

from ebpf.errors import Fault
from ebpf.vm.arithmetic import signed
from ebpf.vm.helpers.output import SIZE_MASK, SKB, XDP, Dynptr, clear_dynptr, put_dynptr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from ebpf.vm.helpers.registry import Helper
    from ebpf.vm.machine import Machine
    from ebpf.vm.maps.arena import Arena

    F = TypeVar("F", bound=Helper)

#: Name → function.
KFUNCS: dict[str, Helper] = {}

_NUM = Struct("=ii")
_WORDS = Struct("=II")
_MAX_LOOPS = 8 << 20
#: Beside the options of sockets, which have levels from 0 on, the machine keeps the words of iterators by their address.
_BITS_OPTION = -1
#: After these, what was found of memory must be looked for anew.
FORGETFUL = frozenset(
    ("bpf_obj_drop_impl", "bpf_list_push_front_impl", "bpf_list_push_back_impl", "bpf_rbtree_add_impl")
)


def kfunc(function: F) -> F:
    KFUNCS[function.__name__] = function
    return function


# -- open-coded loops over numbers: struct bpf_iter_num is { current, end }, 32 bits each (Linux 6.4)


@kfunc
def bpf_iter_num_new(m: Machine, iterator: int, start: int, end: int, r4: int, r5: int) -> int:
    """0, or -EINVAL (start > end), -E2BIG (more than 8388608), with an iterator that gives nothing."""
    first, last = signed(start, 32), signed(end, 32)
    if first > last or last - first > _MAX_LOOPS:
        m.write(iterator, bytes(8))
        return -EINVAL if first > last else -E2BIG
    m.write(iterator, _WORDS.pack(first - 1 & 0xFFFFFFFF, last & 0xFFFFFFFF))
    return 0


@kfunc
def bpf_iter_num_next(m: Machine, iterator: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """The address of the next number, or 0."""
    current, end = _NUM.unpack(m.read(iterator, 8))
    if current + 1 >= end:
        m.write(iterator, bytes(8))
        return 0
    m.write(iterator, _NUM.pack(current + 1, end))
    m.charge(1)
    return iterator


@kfunc
def bpf_iter_num_destroy(m: Machine, iterator: int, r2: int, r3: int, r4: int, r5: int) -> int:
    m.write(iterator, bytes(8))
    return 0


# -- open-coded loops over bits (Linux 6.11): struct bpf_iter_bits is { 64 bits, how many bits there are, the current one }

_BITS = Struct("=8xii")
_MAX_WORDS = 511


@kfunc
def bpf_iter_bits_new(m: Machine, iterator: int, words: int, count: int, r4: int, r5: int) -> int:
    """The bits of `count` 64-bit words: 0, or -EINVAL (none), -E2BIG (more than 511), -EFAULT, with an iterator that gives
    nothing."""
    count &= 0xFFFFFFFF
    m.write(iterator, bytes(16))
    if not words or not count:
        return -EINVAL
    if count > _MAX_WORDS:
        return -E2BIG
    try:
        data = m.read(words, 8 * count)
    except Fault:
        return -EFAULT
    m.used = True
    m.options[iterator, _BITS_OPTION] = data
    m.write(iterator, _BITS.pack(64 * count, -1))
    return 0


@kfunc
def bpf_iter_bits_next(m: Machine, iterator: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """The address of the number of the next bit that is set, or 0."""
    total, bit = _BITS.unpack(m.read(iterator, 16))
    words = m.options.get((iterator, _BITS_OPTION), b"")
    if total <= 0 or total > 8 * len(words):
        return 0
    # Words of this machine's byte order, one after the other: bit 64 is the first of the second word.
    value = sum(word << 64 * n for n, word in enumerate(memoryview(words).cast("Q"))) >> bit + 1
    if not value:
        m.write(iterator, _BITS.pack(0, bit))
        return 0
    m.charge(1)
    m.write(iterator, _BITS.pack(total, bit + (value & -value).bit_length()))
    return iterator + 12


@kfunc
def bpf_iter_bits_destroy(m: Machine, iterator: int, r2: int, r3: int, r4: int, r5: int) -> int:
    m.options.pop((iterator, _BITS_OPTION), None)
    return 0


# -- sections that mean nothing here: nothing preempts a program, and nothing is freed under it


def _nothing(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    return 0


for _name in [
    "bpf_rcu_read_lock", "bpf_rcu_read_unlock", "bpf_preempt_disable", "bpf_preempt_enable", "bpf_local_irq_save",
    "bpf_local_irq_restore",
]:  # fmt: skip
    KFUNCS[_name] = _nothing


# -- casts: they change types, not values


def _same(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    return r1


KFUNCS["bpf_cast_to_kern_ctx"] = KFUNCS["bpf_rdonly_cast"] = _same


# -- dynptrs


@kfunc
def bpf_dynptr_from_xdp(m: Machine, context: int, flags: int, place: int, r4: int, r5: int) -> int:
    return _from_packet(m, context, flags, place, XDP)


@kfunc
def bpf_dynptr_from_skb(m: Machine, context: int, flags: int, place: int, r4: int, r5: int) -> int:
    return _from_packet(m, context, flags, place, SKB)


def _from_packet(m: Machine, context: int, flags: int, place: int, kind: int) -> int:
    if flags or not m.has_packet():
        clear_dynptr(m, place)
        return -EINVAL
    put_dynptr(m, place, context, kind, m.packet.end - m.packet.data, read_only=False)
    return 0


def _slice(m: Machine, place: int, offset: int, buffer: int, size: int, *, write: bool) -> int:
    offset, size = offset & 0xFFFFFFFF, size & 0xFFFFFFFF
    pointer = Dynptr(m, place)
    if not pointer.data or pointer.outside(offset, size) or (write and pointer.read_only):
        return 0
    if pointer.kind in (SKB, XDP):
        if m.packet.data + pointer.offset + offset + size > m.packet.end:
            return 0
        return m.packet.data + pointer.offset + offset
    return pointer.data + pointer.offset + offset


@kfunc
def bpf_dynptr_slice(m: Machine, place: int, offset: int, buffer: int, size: int, r5: int) -> int:
    """The address of bytes of a dynptr, to be read; 0 out of range. `buffer` is not needed: packets are in one piece."""
    return _slice(m, place, offset, buffer, size, write=False)


@kfunc
def bpf_dynptr_slice_rdwr(m: Machine, place: int, offset: int, buffer: int, size: int, r5: int) -> int:
    return _slice(m, place, offset, buffer, size, write=True)


@kfunc
def bpf_dynptr_adjust(m: Machine, place: int, start: int, end: int, r4: int, r5: int) -> int:
    """Narrows a dynptr to bytes `start` … `end` of it: 0, or -EINVAL, -ERANGE."""
    from errno import ERANGE

    start, end = start & 0xFFFFFFFF, end & 0xFFFFFFFF
    pointer = Dynptr(m, place)
    if not pointer.data or start > end:
        return -EINVAL
    if start > pointer.size or end > pointer.size:
        return -ERANGE
    put_dynptr(
        m, place, pointer.data, pointer.kind, end - start, offset=pointer.offset + start, read_only=pointer.read_only
    )
    return 0


@kfunc
def bpf_dynptr_is_null(m: Machine, place: int, r2: int, r3: int, r4: int, r5: int) -> int:
    return int(not Dynptr(m, place).data)


@kfunc
def bpf_dynptr_is_rdonly(m: Machine, place: int, r2: int, r3: int, r4: int, r5: int) -> int:
    pointer = Dynptr(m, place)
    return int(bool(pointer.data) and pointer.read_only)


@kfunc
def bpf_dynptr_size(m: Machine, place: int, r2: int, r3: int, r4: int, r5: int) -> int:
    pointer = Dynptr(m, place)
    return pointer.size if pointer.data else -EINVAL


@kfunc
def bpf_dynptr_clone(m: Machine, place: int, other: int, r3: int, r4: int, r5: int) -> int:
    if not Dynptr(m, place).data:
        clear_dynptr(m, other)
        return -EINVAL
    m.write(other, m.read(place, 16))
    return 0


@kfunc
def bpf_dynptr_copy(m: Machine, to: int, to_offset: int, source: int, offset: int, size: int) -> int:
    """Copies between dynptrs (Linux 6.16): 0, or -EINVAL, -E2BIG."""
    a, b = Dynptr(m, to), Dynptr(m, source)
    size &= SIZE_MASK
    if not a.data or not b.data or a.read_only:
        return -EINVAL
    if a.outside(to_offset, size) or b.outside(offset, size):
        return -E2BIG
    data = b.read(m, offset, size)
    return 0 if data is not None and a.write(m, to_offset, data) else -EFAULT


# -- arenas


def _arena(m: Machine, map_: int) -> Arena:
    from ebpf.vm.maps.arena import Arena

    found = m.map_of(map_)
    if not isinstance(found, Arena):
        raise Fault(f"map {found.spec.name} is no arena", program=m.program.spec.name)
    return found


@kfunc
def bpf_arena_alloc_pages(m: Machine, map_: int, address: int, pages: int, node: int, flags: int) -> int:
    """The address of pages of an arena, 0 if there are none."""
    pages &= 0xFFFFFFFF
    return 0 if flags or not pages else _arena(m, map_).allocate(address, pages)


@kfunc
def bpf_arena_free_pages(m: Machine, map_: int, address: int, pages: int, r4: int, r5: int) -> int:
    _arena(m, map_).release(address, pages & 0xFFFFFFFF)
    return 0


# -- strings (Linux 6.17)


@kfunc
def bpf_strcmp(m: Machine, first: int, second: int, r3: int, r4: int, r5: int) -> int:
    a, b = m.read_string(first, 4096), m.read_string(second, 4096)
    return (a > b) - (a < b)


@kfunc
def bpf_strlen(m: Machine, text: int, r2: int, r3: int, r4: int, r5: int) -> int:
    return len(m.read_string(text, 4096))


@kfunc
def bpf_strchr(m: Machine, text: int, character: int, r3: int, r4: int, r5: int) -> int:
    """The index of a character (0 for the end), or -ENOENT."""
    from errno import ENOENT

    found = (m.read_string(text, 4096) + b"\0").find(character & 0xFF)
    return found if found >= 0 else -ENOENT


@kfunc
def bpf_strstr(m: Machine, text: int, part: int, r3: int, r4: int, r5: int) -> int:
    from errno import ENOENT

    found = m.read_string(text, 4096).find(m.read_string(part, 4096))
    return found if found >= 0 else -ENOENT


# -- maps


@kfunc
def bpf_map_sum_elem_count(m: Machine, map_: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """How many elements a hash has; 0 of other maps (Linux 6.6)."""
    return int(getattr(m.map_of(map_), "count", 0))


# Objects have a file of their own, which registers its functions here.
import ebpf.vm.helpers.owned  # noqa: E402, F401
