"""The reader's end of ring buffers (Linux 5.8) and perf buffers: memory shared with the kernel.

A ring buffer is mapped as the kernel lays it out: a page with the consumer's position, a page with the producer's, and the
data twice in a row, so that no record is ever cut. A perf buffer is one page of positions and the data once.
"""

from __future__ import annotations

import mmap
import sys as _sys
from struct import Struct

from ebpf.kernel import cpus, perf, sys
from ebpf.kernel.sys import Descriptor
from ebpf.uapi.map_types import MapType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.kernel.maps import KernelMap

_PAGE = mmap.PAGESIZE
_ORDER = _sys.byteorder
#: `data_head` and `data_tail` in `struct perf_event_mmap_page`.
_HEAD, _TAIL = 1024 // 8, 1032 // 8
_SW_BPF_OUTPUT, _SAMPLE_RAW = 10, 1 << 10
_WRITE_BACKWARD = 1 << 27
_IOC_PAUSE_OUTPUT = 0x40042409
_PERF_HEADER = Struct("=IHH")


def rings(map_: KernelMap, pages: int = 0, overwrite: bool = False) -> list[Ring | PerfRing]:
    """The reader's ends of a map; the map must stay open, or be pinned. Raises KernelError, TypeError."""
    if map_.spec.type == MapType.RINGBUF:
        return [Ring(map_)]
    if map_.spec.type != MapType.PERF_EVENT_ARRAY:
        raise TypeError(
            f"map {map_.spec.name} is of type {map_.spec.type.label}: only ringbuf and perf_event_array hold events"
        )
    pages = pages or 64
    if pages & (pages - 1):
        raise ValueError(f"a perf buffer of {pages} pages: it must be a power of two")
    opened: list[Ring | PerfRing] = []
    try:
        for cpu in cpus.online():
            if cpu < map_.spec.max_entries:
                opened.append(PerfRing(map_, cpu, pages, overwrite))
    except BaseException:
        for ring in opened:
            ring.close()
        raise
    return opened


class Ring:
    """A RINGBUF map."""

    kind = "ring"
    cpu = -1

    def __init__(self, map_: KernelMap) -> None:
        size = map_.spec.max_entries
        self._map = map_
        self._consumer_map = mmap.mmap(map_.fd, _PAGE, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)
        try:
            self._producer_map = mmap.mmap(map_.fd, _PAGE + 2 * size, mmap.MAP_SHARED, mmap.PROT_READ, offset=_PAGE)
        except BaseException:
            self._consumer_map.close()
            raise
        self._consumer = memoryview(self._consumer_map)[:8].cast("Q")
        whole = memoryview(self._producer_map)
        self._producer = whole[:8].cast("Q")
        self._data = whole[_PAGE:]
        whole.release()
        self._mask = size - 1
        self._closed = False

    def fileno(self) -> int:
        return self._map.fd

    def take(self) -> memoryview:
        position = self._consumer[0]
        start = position & self._mask
        return self._data[start : start + self._producer[0] - position]

    def done(self, size: int) -> None:
        if size:
            self._consumer[0] += size

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        for view in (self._consumer, self._producer, self._data):
            try:
                view.release()
            except BufferError:
                pass  # someone still looks at a batch
        for mapping in (self._consumer_map, self._producer_map):
            try:
                mapping.close()
            except BufferError:
                pass  # it goes with the last view


class PerfRing:
    """The buffer of one CPU of a PERF_EVENT_ARRAY map, into which bpf_perf_event_output writes."""

    kind = "perf"

    def __init__(self, map_: KernelMap, cpu: int, pages: int, overwrite: bool) -> None:
        self.cpu = cpu
        self._key = cpu.to_bytes(4, _ORDER)
        self._map = map_
        self._overwrite = overwrite
        attr = perf.ATTR(
            type=perf.TYPE_SOFTWARE,
            size=perf.ATTR.size,
            config=_SW_BPF_OUTPUT,
            sample_period=1,
            sample_type=_SAMPLE_RAW,
            wakeup_events=1,
            bits=_WRITE_BACKWARD if overwrite else 0,
        )
        what = f"perf buffer {map_.spec.name} on CPU {cpu}"
        self._event = Descriptor(sys.perf_event_open(attr, -1, cpu, f"{what}: perf_event_open"), what)
        self._size = pages * _PAGE
        self._read_up_to = 0
        try:
            protection = mmap.PROT_READ if overwrite else mmap.PROT_READ | mmap.PROT_WRITE
            try:
                self._mapping = mmap.mmap(self._event.fd, self._size + _PAGE, mmap.MAP_SHARED, protection)
            except OSError as error:
                hint = "the memory for perf buffers is limited (kernel.perf_event_mlock_kb, ulimit -l): fewer pages"
                raise sys.error(error.errno or 0, f"{what}: mmap", hint) from None
            whole = memoryview(self._mapping)
            self._control = whole[:_PAGE].cast("Q")
            self._data = whole[_PAGE:]
            whole.release()
            sys.ioctl(self._event.fd, perf.IOC_ENABLE, 0, f"{what}: PERF_EVENT_IOC_ENABLE")
            # The last step: from now on the map holds it, too.
            map_.update(self._key, self._event.fd.to_bytes(4, _ORDER))
        except BaseException:
            self._event.close()
            raise

    def fileno(self) -> int:
        return self._event.fd

    def take(self) -> memoryview:
        if self._overwrite:
            return self._take_all()
        head, tail = self._control[_HEAD], self._control[_TAIL]
        size = self._size
        start, end = tail % size, head % size
        # A copy: a record may be cut by the end of the buffer, and records are small.
        if head - tail == 0:
            return memoryview(b"")
        if start < end:
            return memoryview(bytes(self._data[start:end]))
        return memoryview(bytes(self._data[start:]) + bytes(self._data[:end]))

    def _take_all(self) -> memoryview:
        """What an overwritable buffer holds that is new, the oldest first: it is written downwards, so `data_head` is where
        the newest record begins. Writing pauses meanwhile."""
        sys.ioctl(self._event.fd, _IOC_PAUSE_OUTPUT, 1, f"{self._event.what}: PERF_EVENT_IOC_PAUSE_OUTPUT")
        try:
            head, size = self._control[_HEAD], self._size
            start = head % size
            data = bytes(self._data[start:]) + bytes(self._data[:start])
            # How much was written since the last look: positions are counted downwards, from 0.
            written = min(self._read_up_to - head & 0xFFFFFFFFFFFFFFFF, size)
            self._read_up_to = head
        finally:
            sys.ioctl(self._event.fd, _IOC_PAUSE_OUTPUT, 0, f"{self._event.what}: PERF_EVENT_IOC_PAUSE_OUTPUT")
        records = []
        at = 0
        while at + 8 <= written:
            length = _PERF_HEADER.unpack_from(data, at)[2]
            if not length or at + length > written:
                break
            records.append(data[at : at + length])
            at += length
        return memoryview(b"".join(reversed(records)))

    def done(self, size: int) -> None:
        if size and not self._overwrite:
            self._control[_TAIL] += size

    def close(self) -> None:
        if self._event.closed:
            return
        try:
            self._map.delete(self._key)
        except (OSError, ValueError):
            pass  # the map is closed: its place goes with it
        for view in (self._control, self._data):
            view.release()
        self._mapping.close()
        self._event.close()
