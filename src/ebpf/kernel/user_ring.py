"""The writer's end of a USER_RINGBUF (Linux 6.1): records for a program that drains them with bpf_user_ringbuf_drain."""

from __future__ import annotations

import mmap

from ebpf.errors import Closed
from ebpf.uapi.flags import BPF_RINGBUF_BUSY_BIT, BPF_RINGBUF_DISCARD_BIT, BPF_RINGBUF_HDR_SZ

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.kernel.maps import KernelMap

_PAGE = mmap.PAGESIZE


class UserRing:
    """Writes records. One writer at a time: two threads need a lock of their own."""

    def __init__(self, map_: KernelMap) -> None:
        size = map_.spec.max_entries
        self.name = map_.spec.name
        self._size, self._mask = size, size - 1
        self._consumer_map = mmap.mmap(map_.fd, _PAGE, mmap.MAP_SHARED, mmap.PROT_READ)
        try:
            self._producer_map = mmap.mmap(
                map_.fd, _PAGE + 2 * size, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE, offset=_PAGE
            )
        except BaseException:
            self._consumer_map.close()
            raise
        self._consumer = memoryview(self._consumer_map)[:8].cast("Q")
        whole = memoryview(self._producer_map)
        self._producer = whole[:8].cast("Q")
        self._data = whole[_PAGE:]
        whole.release()
        self._closed = False

    @property
    def room(self) -> int:
        """How many bytes are free now; a record takes 8 more than its own, rounded up to 8."""
        self._check()
        return int(self._size - (self._producer[0] - self._consumer[0]))

    def write(self, record: bytes) -> bool:
        """Adds a record; False if there is no room for it now. Raises ValueError if there never will be."""
        found = self.place(len(record))
        if found is None:
            return False
        at, data = found
        try:
            data[:] = record
        except BaseException:
            self.settle(at, len(record), discard=True)
            raise
        self.settle(at, len(record))
        return True

    def place(self, size: int) -> tuple[int, memoryview] | None:
        """(position, bytes) of a record that is to be filled, and then settled: until then the program waits at it. None if
        there is no room for it now. Raises ValueError if there never will be."""
        self._check()
        taken = size + BPF_RINGBUF_HDR_SZ + 7 & ~7
        if not 0 <= size <= self._size - BPF_RINGBUF_HDR_SZ:
            raise ValueError(f"{self.name}: a record of {size} bytes in a ring of {self._size}")
        position = self._producer[0]
        if position - self._consumer[0] + taken > self._size:
            return None
        at = position & self._mask
        self._set_header(at, size | BPF_RINGBUF_BUSY_BIT)
        self._producer[0] = position + taken
        return at, self._data[at + BPF_RINGBUF_HDR_SZ : at + BPF_RINGBUF_HDR_SZ + size]

    def settle(self, at: int, size: int, discard: bool = False) -> None:
        """Lets the program have the record at a position, or pass over it."""
        self._check()
        self._set_header(at, size | BPF_RINGBUF_DISCARD_BIT if discard else size)

    def _set_header(self, at: int, word: int) -> None:
        with self._data[at : at + 4].cast("I") as header:
            header[0] = word

    def _check(self) -> None:
        if self._closed:
            raise Closed(f"the writer of {self.name} is closed")

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        for view in (self._consumer, self._producer, self._data):
            view.release()
        self._consumer_map.close()
        try:
            self._producer_map.close()
        except BufferError:
            pass  # an array of the user's own lies over a record: the memory goes with it

    def __enter__(self) -> UserRing:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
