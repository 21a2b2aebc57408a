"""Kernel functions that programs of many kinds call: loops over numbers and bits, sections, casts, arenas, what a map holds."""

from __future__ import annotations

from struct import Struct

from ebpf.errors import Fault
from ebpf.uapi.errno import E2BIG, EFAULT, EINVAL
from ebpf.vm.arithmetic import signed
from ebpf.vm.helpers.registry import KFUNCS, kfunc, nothing, same

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine
    from ebpf.vm.maps.arena import Arena

_NUM = Struct("=ii")
_WORDS = Struct("=II")
_MAX_LOOPS = 8 << 20
#: Beside the options of sockets, which have levels from 0 on, the machine keeps the words of iterators by their address.
_BITS_OPTION = -1


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


for _name in [
    "bpf_rcu_read_lock", "bpf_rcu_read_unlock", "bpf_preempt_disable", "bpf_preempt_enable", "bpf_local_irq_save",
    "bpf_local_irq_restore",
]:  # fmt: skip
    KFUNCS[_name] = nothing


# -- casts: they change types, not values


KFUNCS["bpf_cast_to_kern_ctx"] = KFUNCS["bpf_rdonly_cast"] = same


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
def bpf_arena_reserve_pages(m: Machine, map_: int, address: int, pages: int, r4: int, r5: int) -> int:
    """Keeps pages from being given out (Linux 6.17): 0, or -EINVAL, -EBUSY (somebody has one of them)."""
    return _arena(m, map_).reserve(address, pages & 0xFFFFFFFF)


@kfunc
def bpf_arena_free_pages(m: Machine, map_: int, address: int, pages: int, r4: int, r5: int) -> int:
    _arena(m, map_).release(address, pages & 0xFFFFFFFF)
    return 0


# -- maps


@kfunc
def bpf_map_sum_elem_count(m: Machine, map_: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """How many elements a hash has; 0 of other maps (Linux 6.6)."""
    return int(getattr(m.map_of(map_), "count", 0))
