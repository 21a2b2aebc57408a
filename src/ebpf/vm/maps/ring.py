"""Ring buffers, in the kernel's own layout, so that one reader serves both engines.

`memory()`: a page with the consumer's position (64 bits), a page with the producer's, the data, and the data again. A record
is a header of 8 bytes (length with the busy bit 31 and the discard bit 30, 32 bits; page offset, 32 bits) and its bytes, the
whole a multiple of 8. Positions only grow; byte `position & (size - 1)` of the data is meant.
"""

from __future__ import annotations

import mmap
from struct import Struct

from ebpf.errors import Closed, KernelError
from ebpf.uapi.errno import E2BIG, EAGAIN, EBUSY, EINVAL, ENODATA
from ebpf.uapi.flags import (
    BPF_F_NUMA_NODE,
    BPF_RB_FORCE_WAKEUP,
    BPF_RB_NO_WAKEUP,
    BPF_RINGBUF_BUSY_BIT,
    BPF_RINGBUF_DISCARD_BIT,
    BPF_RINGBUF_HDR_SZ,
    RINGBUF_MAX_RECORD_SZ,
)
from ebpf.vm.maps.base import Guarded, VmMap, require
from ebpf.vm.memory import Mirrored, Region
from ebpf.vm.wakeup import Wakeup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: bpf_ringbuf_query
AVAILABLE, RING_SIZE, CONSUMER, PRODUCER = range(4)

#: In the header: addresses of the consumer's and the producer's position, the oldest record that isn't committed yet, the address
#: of the byte that says whether the reader was woken; 64 bits each.
POSITIONS_AT, PENDING_AT, RAISED_AT = 32, 48, 56

_U32 = Struct("=I")


class _Ring(VmMap):
    """What both kinds share: memory and positions."""

    flags_allowed = BPF_F_NUMA_NODE

    def check(self) -> None:
        require(self, self.key_size == 0 and self.value_size == 0, "a ring buffer has neither key nor value size")
        # The kernel wants a power of 2 of whole pages; what is not, the kernel engine rounds up, and so is it here.
        require(self, self.max_entries > 0, "max_entries (bytes) is 0")
        size = max(mmap.PAGESIZE, 1 << (self.max_entries - 1).bit_length())
        require(self, size <= 1 << 31, "the ring is too big", E2BIG)
        self.size = size
        if size != self.max_entries:
            self.max_entries = size
            self.spec = self.spec.replace(max_entries=size)

    def prepare(self) -> None:
        page = mmap.PAGESIZE
        self.mask = self.size - 1
        try:
            self.store = Mirrored(2 * page, self.size)
        except (MemoryError, OSError, OverflowError):
            raise self.error(E2BIG, f"{self.size} bytes can't be had") from None
        self.data = self.store.ring
        self.positions = self.store.view.cast("Q")
        self._consumer, self._producer = 0, page // 8
        self.data_address = self.store.address + 2 * page
        self.wakeup = Wakeup()
        self.write_header(self.data_address)
        self.lock = Guarded(self.header.view)
        self._words = self.header.view.cast("Q")
        self._words[POSITIONS_AT // 8] = self.store.address
        self._words[POSITIONS_AT // 8 + 1] = self.store.address + page
        self._words[RAISED_AT // 8] = self.wakeup.raised_at

    @property
    def consumer(self) -> int:
        return self.positions[self._consumer]

    @consumer.setter
    def consumer(self, position: int) -> None:
        self.positions[self._consumer] = position

    @property
    def producer(self) -> int:
        return self.positions[self._producer]

    @producer.setter
    def producer(self, position: int) -> None:
        self.positions[self._producer] = position

    def memory(self) -> memoryview | None:
        return self.store.view

    def held(self) -> list[tuple[bytes, object]]:
        """Nothing: what is on its way to a reader here is of no use to one elsewhere."""
        return []

    def fileno(self) -> int:
        """A descriptor that is readable when there is something to read; `wakeup.clear()` before looking."""
        return self.wakeup.fileno()

    def close(self) -> None:
        super().close()
        self.wakeup.close()


class RingBuffer(_Ring):
    """BPF_MAP_TYPE_RINGBUF. `max_entries` is its size in bytes."""

    @property
    def pending(self) -> int:
        """The oldest record that isn't committed yet."""
        return self._words[PENDING_AT // 8]

    @pending.setter
    def pending(self, position: int) -> None:
        self._words[PENDING_AT // 8] = position

    def reserve(self, size: int) -> int:
        """The address of a record of `size` bytes, or 0 where there is no room for it."""
        length = (size + BPF_RINGBUF_HDR_SZ + 7) & ~7
        if size > RINGBUF_MAX_RECORD_SZ or length > self.size:
            return 0
        with self.lock:
            position, consumed = self.producer, self.consumer
            data, mask = self.data, self.mask
            while self.pending < position:
                header = int(_U32.unpack_from(data, self.pending & mask)[0])
                if header & BPF_RINGBUF_BUSY_BIT:
                    break
                self.pending += ((header & ~BPF_RINGBUF_DISCARD_BIT) + BPF_RINGBUF_HDR_SZ + 7) & ~7
            if position + length - consumed > mask or position + length - self.pending > mask:
                return 0
            at = position & mask
            _U32.pack_into(data, at, size | BPF_RINGBUF_BUSY_BIT)
            _U32.pack_into(data, at + 4, (at >> 12) + 2)
            self.store.settle(at, BPF_RINGBUF_HDR_SZ)
            self.producer = position + length
            return self.data_address + at + BPF_RINGBUF_HDR_SZ

    def commit(self, address: int, flags: int, discard: bool = False) -> None:
        """Gives a record to the reader (or takes it back), and wakes the reader if it waits for this one."""
        at = address - self.data_address - BPF_RINGBUF_HDR_SZ
        with self.lock:
            size = int(_U32.unpack_from(self.data, at)[0]) & ~BPF_RINGBUF_BUSY_BIT
            self.store.settle(at + BPF_RINGBUF_HDR_SZ, size)
            _U32.pack_into(self.data, at, size | (BPF_RINGBUF_DISCARD_BIT if discard else 0))
            self.store.settle(at, 4)
            waits = self.consumer & self.mask == at
        if flags & BPF_RB_FORCE_WAKEUP or (waits and not flags & BPF_RB_NO_WAKEUP):
            self.wakeup.wake()

    def rings(self, pages: int = 0, overwrite: bool = False) -> Sequence[RingReader]:
        self._user("read events from")
        return [RingReader(self)]

    def size_of(self, address: int) -> int:
        at = address - self.data_address - BPF_RINGBUF_HDR_SZ
        return int(_U32.unpack_from(self.data, at)[0]) & RINGBUF_MAX_RECORD_SZ

    def record(self, address: int, size: int) -> Region:
        """The region of a reserved record."""
        at = address - self.data_address
        return Region(address, self.data[at : at + size], name=f"record of {self.spec.name}")

    def output(self, value: bytes, flags: int) -> int:
        if flags & ~(BPF_RB_NO_WAKEUP | BPF_RB_FORCE_WAKEUP):
            return -EINVAL
        address = self.reserve(len(value))
        if not address:
            return -EAGAIN
        at = address - self.data_address
        self.data[at : at + len(value)] = value
        self.commit(address, flags)
        return 0

    def query(self, what: int) -> int:
        producer, consumer = self.producer, self.consumer
        return {AVAILABLE: producer - consumer, RING_SIZE: self.size, CONSUMER: consumer, PRODUCER: producer}.get(
            what, 0
        )


class RingReader:
    """A reader's end of a ring buffer (`ebpf.engine.RawRing`)."""

    kind = "ring"
    cpu = -1

    def __init__(self, ring: RingBuffer) -> None:
        self._ring = ring
        if ring.producer != ring.consumer:
            ring.wakeup.wake()

    def fileno(self) -> int:
        return self._ring.wakeup.fileno()

    def take(self) -> memoryview:
        ring = self._ring
        consumer = ring.consumer
        start = consumer & ring.mask
        return ring.data[start : start + ring.producer - consumer].toreadonly()

    def done(self, size: int) -> None:
        ring = self._ring
        ring.consumer += size
        if ring.consumer == ring.producer:
            ring.wakeup.clear()
            # What was committed between the look and the clearing would wake nobody.
            if ring.consumer != ring.producer:
                ring.wakeup.wake()

    def close(self) -> None:
        """The map keeps its memory; a reader has nothing of its own."""


class UserRingBuffer(_Ring):
    """BPF_MAP_TYPE_USER_RINGBUF: user space writes, the program drains (Linux 6.1)."""

    def prepare(self) -> None:
        super().prepare()
        self.busy = False

    def push_sample(self, value: bytes) -> None:
        """User space's side: adds a sample. KernelError (ENOSPC) when there is no room."""
        from ebpf.uapi.errno import ENOSPC

        found = self.place(len(value))
        if found is None:
            raise self.error(ENOSPC, call="write to")
        at, data = found
        try:
            data[:] = value
        except BaseException:
            self.settle(at, len(value), discard=True)
            raise
        self.settle(at, len(value))

    def place(self, size: int) -> tuple[int, memoryview] | None:
        """(position, bytes) of a sample that is to be filled and settled; until then programs wait at it. None: no room."""
        length = (size + BPF_RINGBUF_HDR_SZ + 7) & ~7
        with self.lock:
            position = self.producer
            if position + length - self.consumer > self.size:
                return None
            at = position & self.mask
            _U32.pack_into(self.data, at, size | BPF_RINGBUF_BUSY_BIT)
            _U32.pack_into(self.data, at + 4, 0)
            self.store.settle(at, BPF_RINGBUF_HDR_SZ)
            self.producer = position + length
        return at, self.data[at + BPF_RINGBUF_HDR_SZ : at + BPF_RINGBUF_HDR_SZ + size]

    def settle(self, at: int, size: int, discard: bool = False) -> None:
        self.store.settle(at + BPF_RINGBUF_HDR_SZ & self.mask, size)
        _U32.pack_into(self.data, at, size | BPF_RINGBUF_DISCARD_BIT if discard else size)
        self.store.settle(at, 4)

    def writer(self) -> UserWriter:
        """User space's end, as the kernel engine's maps have it."""
        self._user("write to", write=True)
        return UserWriter(self)

    def next_sample(self) -> tuple[int, int, int] | int:
        """(address, size, bytes to go on) of the next sample, or -ENODATA, -EINVAL, -E2BIG, -EAGAIN (a discarded one)."""
        consumer, producer = self.consumer, self.producer
        if producer % 8:
            return -EINVAL
        if consumer >= producer:
            return -ENODATA
        at = consumer & self.mask
        header = int(_U32.unpack_from(self.data, at)[0])
        size = header & RINGBUF_MAX_RECORD_SZ
        length = (size + BPF_RINGBUF_HDR_SZ + 7) & ~7
        if header & BPF_RINGBUF_BUSY_BIT:
            return -ENODATA
        if length > producer - consumer:
            return -EINVAL
        if size > self.size:
            return -E2BIG
        if header & BPF_RINGBUF_DISCARD_BIT:
            self.consumer = consumer + length
            return -EAGAIN
        return self.data_address + at + BPF_RINGBUF_HDR_SZ, size, length

    def begin(self) -> int:
        with self.lock:
            if self.busy:
                return -EBUSY
            self.busy = True
            return 0

    def region_of(self, address: int, size: int) -> Region:
        at = address - self.data_address
        return Region(address, self.data[at : at + size], name=f"sample of {self.spec.name}")


class UserWriter:
    """Writes the records of a user ring buffer; a context manager."""

    def __init__(self, ring: UserRingBuffer) -> None:
        self._ring = ring
        self._closed = False

    def _check(self) -> None:
        if self._closed:
            raise Closed(f"the writer of {self._ring.spec.name} is closed")

    @property
    def room(self) -> int:
        """How many bytes are free now; a record takes 8 more than its own, rounded up to 8."""
        self._check()
        return self._ring.size - (self._ring.producer - self._ring.consumer)

    def write(self, record: bytes) -> bool:
        """Adds a record; False if there is no room for it now. Raises ValueError if there never will be."""
        self._check_size(len(record))
        try:
            self._ring.push_sample(record)
        except KernelError:
            return False
        return True

    def place(self, size: int) -> tuple[int, memoryview] | None:
        """(position, bytes) of a record that is to be filled and settled; None if there is no room for it now. Raises ValueError
        if there never will be."""
        self._check_size(size)
        return self._ring.place(size)

    def settle(self, at: int, size: int, discard: bool = False) -> None:
        """Lets the program have the record at a position, or pass over it."""
        self._check()
        self._ring.settle(at, size, discard)

    def _check_size(self, size: int) -> None:
        self._check()
        if not 0 <= size <= self._ring.size - BPF_RINGBUF_HDR_SZ:
            raise ValueError(f"{self._ring.spec.name}: a record of {size} bytes in a ring of {self._ring.size}")

    def close(self) -> None:
        """No more is written."""
        self._closed = True

    def __enter__(self) -> UserWriter:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
