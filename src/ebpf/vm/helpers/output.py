"""Ring buffers, perf buffers and dynptrs.

A `struct bpf_dynptr` is 16 bytes that the program keeps on its stack: address (64 bits), size with the type in bits 28–30 and
the read-only bit 31 (32 bits), offset (32 bits), as in the kernel. What it says is checked at each use like any other address.
"""

from __future__ import annotations

from struct import Struct

from ebpf.errors import Fault
from ebpf.uapi.errno import E2BIG, EFAULT, EINVAL
from ebpf.uapi.flags import BPF_F_CTXLEN_MASK, BPF_F_INDEX_MASK
from ebpf.vm.helpers.registry import changes_memory, helper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine
    from ebpf.vm.maps.ring import RingBuffer, UserRingBuffer

LOCAL, RINGBUF, SKB, XDP = 1, 2, 3, 4
READ_ONLY = 1 << 31
SIZE_MASK = 0xFFFFFF
_DYNPTR = Struct("=QII")


def ring_of(m: Machine, map_: int) -> RingBuffer:
    from ebpf.vm.maps.ring import RingBuffer

    found = m.map_of(map_)
    if not isinstance(found, RingBuffer):
        raise Fault(f"map {found.spec.name} is no ring buffer", program=m.program.spec.name)
    return found


def _reserve(m: Machine, map_: int, size: int) -> int:
    ring = ring_of(m, map_)
    address = ring.reserve(size)
    if address:
        adopt(m, ring, address)
    return address


def adopt(m: Machine, ring: RingBuffer, address: int) -> None:
    """Makes a reserved record one that the program may reach and must give away."""
    m.extra = [*m.extra, ring.record(address, ring.size_of(address))]
    m.held["record", address] = lambda: ring.commit(address, 0, discard=True)
    m.records[address] = ring


def _give(m: Machine, address: int, flags: int, *, discard: bool) -> int:
    ring = m.records.pop(address, None)
    if ring is None:
        raise Fault(f"{address:#x} is no record that was reserved", program=m.program.spec.name, address=address)
    del m.held["record", address]
    m.extra = [region for region in m.extra if region.base != address]
    ring.commit(address, flags, discard)
    return 0


@helper
def ringbuf_output(m: Machine, map_: int, data: int, size: int, flags: int, r5: int) -> int:
    """Copies bytes into a ring buffer: 0, or -EINVAL (flags), -EAGAIN (no room)."""
    return ring_of(m, map_).output(m.read(data, size & 0xFFFFFFFF), flags)


@helper
def ringbuf_reserve(m: Machine, map_: int, size: int, flags: int, r4: int, r5: int) -> int:
    """The address of a record to fill in, or 0. One that is never given away is discarded when the program ends."""
    return 0 if flags else _reserve(m, map_, size)


@changes_memory
def ringbuf_submit(m: Machine, record: int, flags: int, r3: int, r4: int, r5: int) -> int:
    """Gives a record to the reader; the program can't reach it any more."""
    return _give(m, record, flags, discard=False)


@changes_memory
def ringbuf_discard(m: Machine, record: int, flags: int, r3: int, r4: int, r5: int) -> int:
    """Takes a record back."""
    return _give(m, record, flags, discard=True)


@helper
def ringbuf_query(m: Machine, map_: int, what: int, r3: int, r4: int, r5: int) -> int:
    """Bytes unread (0), the ring's size (1), the consumer's (2) and the producer's position (3)."""
    return ring_of(m, map_).query(what)


@helper
def perf_event_output(m: Machine, context: int, map_: int, flags: int, data: int, size: int) -> int:
    """Copies bytes into a CPU's perf buffer, and for a packet the first bytes that `flags` ask for.

    0, or -EINVAL (flags), -E2BIG, -ENOENT (no buffer there), -ENOSPC (no room).
    """
    from ebpf.vm.maps.perf import PerfEventArray

    found = m.map_of(map_)
    if not isinstance(found, PerfEventArray):
        raise Fault(f"map {found.spec.name} is no perf event array", program=m.program.spec.name)
    value = m.read(data, size)
    wanted = (flags & BPF_F_CTXLEN_MASK) >> 32
    if flags & ~(BPF_F_INDEX_MASK | (BPF_F_CTXLEN_MASK if m.has_packet() else 0)):
        return -EINVAL
    if wanted:
        packet = m.packet.bytes()
        if wanted > len(packet):
            return -EFAULT
        value += packet[:wanted]
    return found.output(value, flags, m.cpu)


@helper
def skb_output(m: Machine, context: int, map_: int, flags: int, data: int, size: int) -> int:
    return perf_event_output(m, context, map_, flags, data, size)


@helper
def xdp_output(m: Machine, context: int, map_: int, flags: int, data: int, size: int) -> int:
    return perf_event_output(m, context, map_, flags, data, size)


# -- dynptrs


class Dynptr:
    """What a `struct bpf_dynptr` at `place` says."""

    __slots__ = ("data", "kind", "offset", "place", "read_only", "size")

    def __init__(self, m: Machine, place: int) -> None:
        data, size, offset = _DYNPTR.unpack(m.read(place, 16))
        self.place = place
        self.data: int = data
        self.offset: int = offset
        self.size: int = size & SIZE_MASK
        self.kind: int = size >> 28 & 7
        self.read_only = bool(size & READ_ONLY)

    def outside(self, offset: int, length: int) -> bool:
        return offset + length > self.size

    def read(self, m: Machine, offset: int, length: int) -> bytes | None:
        """Bytes of it; None outside of it or of what it points to."""
        if self.kind in (SKB, XDP):
            return m.packet_bytes(self.offset + offset, length)
        return m.read(self.data + self.offset + offset, length)

    def write(self, m: Machine, offset: int, data: bytes) -> bool:
        if self.kind in (SKB, XDP):
            return m.packet_store(self.offset + offset, data)
        m.write(self.data + self.offset + offset, data)
        return True


def put_dynptr(
    m: Machine, place: int, data: int, kind: int, size: int, *, offset: int = 0, read_only: bool = False
) -> None:
    m.write(place, _DYNPTR.pack(data, size | kind << 28 | (READ_ONLY if read_only else 0), offset))


def clear_dynptr(m: Machine, place: int) -> None:
    m.write(place, bytes(16))


@helper
def dynptr_from_mem(m: Machine, data: int, size: int, flags: int, place: int, r5: int) -> int:
    """A dynptr of a map value: 0, or -EINVAL, -E2BIG with the dynptr null."""
    size &= 0xFFFFFFFF
    if size > SIZE_MASK or flags:
        clear_dynptr(m, place)
        return -E2BIG if size > SIZE_MASK else -EINVAL
    put_dynptr(m, place, data, LOCAL, size)
    return 0


@helper
def dynptr_read(m: Machine, out: int, length: int, source: int, offset: int, flags: int) -> int:
    """Copies out of a dynptr: 0, or -EINVAL (null, flags), -E2BIG (out of range)."""
    length, offset = length & 0xFFFFFFFF, offset & 0xFFFFFFFF
    pointer = Dynptr(m, source)
    if not pointer.data or flags:
        return -EINVAL
    if pointer.outside(offset, length):
        return -E2BIG
    data = pointer.read(m, offset, length)
    if data is None:
        return -EFAULT
    m.write(out, data)
    return 0


@helper
def dynptr_write(m: Machine, place: int, offset: int, source: int, length: int, flags: int) -> int:
    """Copies into a dynptr: 0, or -EINVAL (null, read-only, flags), -E2BIG (out of range)."""
    length, offset = length & 0xFFFFFFFF, offset & 0xFFFFFFFF
    pointer = Dynptr(m, place)
    if not pointer.data or pointer.read_only or (flags and pointer.kind != SKB):
        return -EINVAL
    if pointer.outside(offset, length):
        return -E2BIG
    return 0 if pointer.write(m, offset, m.read(source, length)) else -EFAULT


@helper
def dynptr_data(m: Machine, place: int, offset: int, length: int, r4: int, r5: int) -> int:
    """The address of `length` bytes of a dynptr, or 0 (null, read-only, out of range, a packet's)."""
    length, offset = length & 0xFFFFFFFF, offset & 0xFFFFFFFF
    pointer = Dynptr(m, place)
    if not pointer.data or pointer.outside(offset, length) or pointer.read_only or pointer.kind in (SKB, XDP):
        return 0
    return pointer.data + pointer.offset + offset


@helper
def ringbuf_reserve_dynptr(m: Machine, map_: int, size: int, flags: int, place: int, r5: int) -> int:
    """A dynptr of a new record: 0, or -EINVAL, -E2BIG with the dynptr null. It must be given away all the same."""
    size &= 0xFFFFFFFF
    if flags or size > SIZE_MASK:
        clear_dynptr(m, place)
        return -EINVAL if flags else -E2BIG
    address = _reserve(m, map_, size)
    if not address:
        clear_dynptr(m, place)
        return -EINVAL
    put_dynptr(m, place, address, RINGBUF, size)
    return 0


def _give_dynptr(m: Machine, place: int, flags: int, *, discard: bool) -> int:
    pointer = Dynptr(m, place)
    if pointer.data:
        _give(m, pointer.data, flags, discard=discard)
        clear_dynptr(m, place)
    return 0


@changes_memory
def ringbuf_submit_dynptr(m: Machine, place: int, flags: int, r3: int, r4: int, r5: int) -> int:
    return _give_dynptr(m, place, flags, discard=False)


@changes_memory
def ringbuf_discard_dynptr(m: Machine, place: int, flags: int, r3: int, r4: int, r5: int) -> int:
    return _give_dynptr(m, place, flags, discard=True)


def _user_ring(m: Machine, map_: int) -> UserRingBuffer:
    from ebpf.vm.maps.ring import UserRingBuffer

    found = m.map_of(map_)
    if not isinstance(found, UserRingBuffer):
        raise Fault(f"map {found.spec.name} is no user ring buffer", program=m.program.spec.name)
    return found


@changes_memory
def user_ringbuf_drain(m: Machine, map_: int, callback: int, context: int, flags: int, r5: int) -> int:
    """Calls callback(&dynptr, context) for each sample that user space put in, until it gives 1; how many there were, or
    -EBUSY, -EINVAL, -E2BIG."""
    from ebpf.uapi.errno import EAGAIN, ENODATA
    from ebpf.vm.memory import Block, Region

    ring = _user_ring(m, map_)
    if flags & ~3:
        return -EINVAL
    status = ring.begin()
    if status:
        return status
    block = Block(16)
    handle = Region(block.address, block.view, name="sample")
    before = m.extra
    drained = 0
    try:
        while drained < 128 * 1024:
            found = ring.next_sample()
            if isinstance(found, int):
                if found == -EAGAIN:
                    continue
                return drained if found == -ENODATA else found
            address, size, length = found
            m.extra = [*before, handle, ring.region_of(address, size)]
            put_dynptr(m, block.address, address, LOCAL, size)
            drained += 1
            stop = m.call(callback, block.address, context)
            ring.consumer += length
            if stop:
                return drained
        return drained
    finally:
        m.extra = before
        ring.busy = False
