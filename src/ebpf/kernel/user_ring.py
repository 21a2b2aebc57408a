"""The writer's end of a USER_RINGBUF (Linux 6.1): records for a program that drains them with bpf_user_ringbuf_drain."""

from __future__ import annotations

import mmap

from ebpf.errors import Closed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.kernel.maps import KernelMap

_PAGE = mmap.PAGESIZE
_HEADER, _BUSY = 8, 1 << 31


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
        self._check()
        taken = len(record) + _HEADER + 7 & ~7
        if taken > self._size:
            raise ValueError(f"{self.name}: a record of {len(record)} bytes in a ring of {self._size}")
        position = self._producer[0]
        if position - self._consumer[0] + taken > self._size:
            return False
        at = position & self._mask
        header = self._data[at : at + 4].cast("I")
        # The length last: the program may look as soon as the position has moved.
        header[0] = len(record) | _BUSY
        self._data[at + _HEADER : at + _HEADER + len(record)] = record
        self._producer[0] = position + taken
        header[0] = len(record)
        return True

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
        self._producer_map.close()

    def __enter__(self) -> UserRing:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
