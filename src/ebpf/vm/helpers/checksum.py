"""Internet checksums (RFC 1071), kept in memory in network order."""

from __future__ import annotations

import sys

from ebpf.uapi.errno import EFAULT, EINVAL
from ebpf.uapi.flags import (
    BPF_F_HDR_FIELD_MASK,
    BPF_F_IPV6,
    BPF_F_MARK_ENFORCE,
    BPF_F_MARK_MANGLED_0,
    BPF_F_PSEUDO_HDR,
)
from ebpf.vm.arithmetic import M32
from ebpf.vm.costs import BY_BYTES, of_bytes
from ebpf.vm.helpers.registry import changes_memory, helper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine

#: What bpf_l4_csum_replace takes.
L4_FLAGS = BPF_F_MARK_MANGLED_0 | BPF_F_MARK_ENFORCE | BPF_F_PSEUDO_HDR | BPF_F_IPV6 | BPF_F_HDR_FIELD_MASK


def fold(total: int) -> int:
    """A sum as 16 bits."""
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total


def _fold32(total: int) -> int:
    while total >> 32:
        total = (total & M32) + (total >> 32)
    return total


def _sum(data: bytes) -> int:
    """Sum of 32-bit words of this machine's byte order; what is missing of the last one is 0."""
    return sum(memoryview(data + bytes(-len(data) % 4)).cast("I"))


@helper
def csum_diff(m: Machine, old: int, old_size: int, new: int, new_size: int, seed: int) -> int:
    """What replacing bytes changes a checksum by, as Linux 6.13 and later give it: folded to 16 bits, for any sizes."""
    old_size, new_size, seed = old_size & M32, new_size & M32, seed & M32
    if old_size + new_size > 2 * BY_BYTES:
        m.charge(8 * of_bytes(old_size + new_size))  # each word is added by itself
    if not new_size:
        # Complements and all: where the sum is 0 in one's complement it must be the kernel's 0 of the two.
        return fold(~_fold32((~seed & M32) + _sum(m.read(old, old_size))) & M32)
    total = _fold32(seed + _sum(m.read(new, new_size)))
    return fold(total + (~_fold32(_sum(m.read(old, old_size))) & M32) if old_size else total)


def _sums(m: Machine, offset: int) -> int | None:
    """The checksum in the packet, in this machine's byte order; None outside of it."""
    if offset > 0xFFFF or offset & 1:
        return None
    data = m.packet_bytes(offset, 2)
    return int.from_bytes(data, sys.byteorder) if data is not None else None


def _store(m: Machine, offset: int, value: int) -> None:
    m.packet_store(offset, value.to_bytes(2, sys.byteorder))


def _replaced(sums: int, old: int, new: int, bits: int) -> int:
    """A checksum after a field of `bits` changed from `old` to `new`."""
    mask = (1 << bits) - 1
    total = (~sums & 0xFFFF) + fold(~old & mask) + fold(new & mask)
    return ~fold(total) & 0xFFFF


@changes_memory
def l3_csum_replace(m: Machine, context: int, offset: int, old: int, new: int, flags: int) -> int:
    """Updates the checksum at `offset` for a field that changed (`flags`: its size, or 0 and `new` is a difference).

    0, or -EINVAL, -EFAULT.
    """
    offset &= M32
    if flags & ~BPF_F_HDR_FIELD_MASK:
        return -EINVAL
    sums = _sums(m, offset)
    if sums is None:
        return -EFAULT
    size = flags & BPF_F_HDR_FIELD_MASK
    if size not in (0, 2, 4) or (not size and old):
        return -EINVAL
    _store(m, offset, _replaced(sums, old, new, 8 * size) if size else ~fold((~sums & 0xFFFF) + (new & M32)) & 0xFFFF)
    return 0


@changes_memory
def l4_csum_replace(m: Machine, context: int, offset: int, old: int, new: int, flags: int) -> int:
    """As l3_csum_replace for TCP and UDP; with the flag for UDP a checksum of 0 is left alone, and one that would become 0 is
    written as 0xffff."""
    offset &= M32
    if flags & ~L4_FLAGS:
        return -EINVAL
    sums = _sums(m, offset)
    if sums is None:
        return -EFAULT
    if flags & BPF_F_MARK_MANGLED_0 and not flags & BPF_F_MARK_ENFORCE and not sums:
        return 0
    size = flags & BPF_F_HDR_FIELD_MASK
    if size not in (0, 2, 4) or (not size and old):
        return -EINVAL
    value = _replaced(sums, old, new, 8 * size) if size else ~fold((~sums & 0xFFFF) + (new & M32)) & 0xFFFF
    _store(m, offset, 0xFFFF if flags & BPF_F_MARK_MANGLED_0 and not value else value)
    return 0


@helper
def csum_update(m: Machine, context: int, csum: int, r3: int, r4: int, r5: int) -> int:
    """Adds to the checksum that hardware gave. There is none here: -ENOTSUPP, as for any packet without one."""
    return -524


@helper
def csum_level(m: Machine, context: int, level: int, r3: int, r4: int, r5: int) -> int:
    """Asks (0), raises (1), lowers (2) or resets (3) how many checksums of the packet are known to be good, less one: 0 to 3;
    -EACCES where none is, as of every packet at first. -EINVAL for other levels."""
    from ebpf.uapi.errno import EACCES

    level &= 0xFFFFFFFFFFFFFFFF
    if level == 0:
        return -EACCES if m.checked < 0 else m.checked
    if level > 3:
        return -EINVAL
    m.used = True
    m.checked = min(m.checked + 1, 3) if level == 1 else max(m.checked - 1, -1) if level == 2 else -1
    return 0
