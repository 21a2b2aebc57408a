"""Kernel functions for packets and dynptrs: what is made of packets, slices, and what narrows, copies and fills them."""

from __future__ import annotations

from ebpf.uapi.errno import E2BIG, EFAULT, EINVAL, EOPNOTSUPP, ERANGE
from ebpf.vm.helpers.output import LOCAL, SIZE_MASK, SKB, XDP, Dynptr, clear_dynptr, put_dynptr
from ebpf.vm.helpers.probe import bytes_at, string_at
from ebpf.vm.helpers.registry import KFUNCS, kfunc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine


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


@kfunc
def bpf_dynptr_memset(m: Machine, place: int, offset: int, size: int, value: int, r5: int) -> int:
    """Fills bytes of a dynptr (Linux 6.17): 0, or -EINVAL (read-only), -E2BIG (out of range)."""
    offset, size = offset & 0xFFFFFFFF, size & 0xFFFFFFFF
    pointer = Dynptr(m, place)
    if pointer.read_only:
        return -EINVAL
    if pointer.outside(offset, size):
        return -E2BIG
    if pointer.data and size and not pointer.write(m, offset, bytes([value & 0xFF]) * size):
        return -EFAULT
    return 0


@kfunc
def bpf_dynptr_from_skb_meta(m: Machine, context: int, flags: int, place: int, r4: int, r5: int) -> int:
    """A dynptr of the metadata in front of a packet (Linux 6.18): 0, or -EINVAL (flags) with the dynptr null."""
    if flags or not m.has_packet():
        clear_dynptr(m, place)
        return -EINVAL
    put_dynptr(m, place, m.packet.meta, LOCAL, m.packet.data - m.packet.meta)
    return 0


# -- reads of the task's memory, or of the kernel's, into a dynptr (Linux 6.16)


def _reads(name: str, *, text: bool, user: bool, kernel: bool) -> None:
    def function(m: Machine, place: int, offset: int, size: int, source: int, r5: int) -> int:
        """0 (of strings how many bytes they took, with the 0 byte), or -EINVAL (read-only), -E2BIG (out of range), -EFAULT."""
        offset, size = offset & 0xFFFFFFFF, size & 0xFFFFFFFF
        pointer = Dynptr(m, place)
        if not pointer.data or pointer.outside(offset, size):
            return -E2BIG
        if pointer.read_only:
            return -EINVAL
        if not size:
            return 0
        data = (string_at if text else bytes_at)(m, source, size, user=user, kernel=kernel)
        if data is None:
            return -EFAULT
        if text:
            data = data[: size - 1] + b"\0"
        if not pointer.write(m, offset, data):
            return -EFAULT
        return len(data) if text else 0

    KFUNCS[name] = function


for _what, _user in (
    ("probe_read_user", True),
    ("probe_read_kernel", False),
    ("copy_from_user", True),
    ("copy_from_user_task", True),
):
    for _text in (False, True):
        _reads(f"bpf_{_what}{'_str' if _text else ''}_dynptr", text=_text, user=_user, kernel=not _user)


# -- XDP


@kfunc
def bpf_xdp_pull_data(m: Machine, context: int, size: int, r3: int, r4: int, r5: int) -> int:
    """The packet is in one piece already (Linux 6.18): 0, or -EINVAL where it isn't that long."""
    return 0 if size & 0xFFFFFFFF <= m.packet.end - m.packet.data else -EINVAL


def _no_metadata(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """No hardware said anything of the packet: -EOPNOTSUPP."""
    return -EOPNOTSUPP


for _what in ("timestamp", "hash", "vlan_tag"):
    KFUNCS[f"bpf_xdp_metadata_rx_{_what}"] = _no_metadata
