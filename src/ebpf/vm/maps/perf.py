"""Perf event arrays and their buffers, in the layout that perf_event_open(2) maps, so that one reader serves both engines."""

from __future__ import annotations

import mmap
from errno import E2BIG, EBADF, EINVAL, ENOENT, ENOSPC, EOPNOTSUPP
from struct import Struct

from ebpf.uapi.flags import BPF_ANY, BPF_F_PRESERVE_ELEMS
from ebpf.vm.maps.base import VmMap, require
from ebpf.vm.memory import Block
from ebpf.vm.wakeup import Wakeup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from threading import RLock

    from ebpf.vm.engine import VmEngine

_U32 = Struct("=I")
_RECORD = Struct("=IHHI")
_LOST = Struct("=IHHQQ")
#: struct perf_event_mmap_page: data_head, data_tail, data_offset, data_size.
HEAD, TAIL = 1024 // 8, 1032 // 8
OFFSET_AT, SIZE_AT = 1040 // 8, 1048 // 8
SAMPLE, LOST = 9, 2
CURRENT_CPU = 0xFFFFFFFF


class PerfBuffer:
    """One CPU's buffer: a page with the positions, then `pages` pages of records. `memory()` is the whole.

    Records are PERF_RECORD_SAMPLE with PERF_SAMPLE_RAW alone (the program's bytes after their length), and PERF_RECORD_LOST
    where there was no room. `wakeup_events`: how many samples wake the reader.
    """

    def __init__(self, engine: VmEngine, pages: int, *, wakeup_events: int = 1) -> None:
        if pages <= 0 or pages & (pages - 1):
            raise ValueError(f"{pages} pages: a power of 2 is wanted")
        self.size = pages * mmap.PAGESIZE
        self.block = Block(mmap.PAGESIZE + self.size)
        self.fd = engine.number(self)
        self.engine = engine
        self.words = self.block.view[: mmap.PAGESIZE].cast("Q")
        self.words[OFFSET_AT] = mmap.PAGESIZE
        self.words[SIZE_AT] = self.size
        self.data = self.block.view[mmap.PAGESIZE : mmap.PAGESIZE + self.size]
        self.wakeup = Wakeup()
        self.wakeup_events = wakeup_events
        self.lost = 0
        self._since = 0
        self.lock: RLock | None = None

    def memory(self) -> memoryview:
        return self.block.view

    def fileno(self) -> int:
        """A descriptor that is readable when there is something to read; `wakeup.clear()` before looking."""
        return self.wakeup.fileno()

    def output(self, value: bytes) -> int:
        """Adds a sample; 0, or -ENOSPC (counted as lost) where the reader is too far behind."""
        raw = (len(value) + 4 + 7 & ~7) - 4
        if raw + 12 > 0xFFFF:
            return -E2BIG
        record = _RECORD.pack(SAMPLE, 0, 12 + raw, raw) + value.ljust(raw, b"\0")
        lost = _LOST.pack(LOST, 0, _LOST.size, 0, self.lost) if self.lost else b""
        head, tail = self.words[HEAD], self.words[TAIL]
        if head + len(lost) + len(record) - tail > self.size:
            self.lost += 1
            return -ENOSPC
        self.lost = 0
        self._put(head, lost + record)
        self.words[HEAD] = head + len(lost) + len(record)
        self._since += 1
        if self._since >= self.wakeup_events:
            self._since = 0
            self.wakeup.wake()
        return 0

    def _put(self, head: int, record: bytes) -> None:
        at = head % self.size
        first = min(len(record), self.size - at)
        self.data[at : at + first] = record[:first]
        self.data[: len(record) - first] = record[first:]

    def close(self) -> None:
        self.engine.forget(self)
        self.wakeup.close()


class PerfEventArray(VmMap):
    """BPF_MAP_TYPE_PERF_EVENT_ARRAY: CPU → buffer. `max_entries` 0 is one for each CPU."""

    flags_allowed = VmMap.flags_allowed | BPF_F_PRESERVE_ELEMS

    def check(self) -> None:
        if not self.max_entries:
            self.max_entries = self.engine.cpus
            self.spec = self.spec.replace(max_entries=self.max_entries)
        require(self, self.key_size == 4, f"a key is 4 bytes, not {self.key_size}")
        require(self, self.value_size == 4, f"a value is 4 bytes, not {self.value_size}")

    def prepare(self) -> None:
        self.buffers: dict[int, PerfBuffer] = {}
        self.write_header(0)

    def open_buffer(self, cpu: int, pages: int, *, wakeup_events: int = 1) -> PerfBuffer:
        """Makes a buffer and puts it in at `cpu`; what the program gives out on that CPU goes there."""
        buffer = PerfBuffer(self.engine, pages, wakeup_events=wakeup_events)
        self.update(_U32.pack(cpu), _U32.pack(buffer.fd))
        return buffer

    def put(self, key: bytes, value: bytes, flags: int) -> int:
        index = int(_U32.unpack(key)[0])
        if flags != BPF_ANY:
            return -EINVAL
        if index >= self.max_entries:
            return -E2BIG
        buffer = self.engine.by_fd(int(_U32.unpack(value)[0]))
        if not isinstance(buffer, PerfBuffer):
            return -EBADF
        self.buffers[index] = buffer
        return 0

    def put_one(self, key: bytes, value: bytes, flags: int, cpu: int) -> int:
        return -EINVAL

    def remove(self, key: bytes) -> int:
        index = int(_U32.unpack(key)[0])
        if index >= self.max_entries:
            return -E2BIG
        return 0 if self.buffers.pop(index, None) is not None else -ENOENT

    def following(self, key: bytes | None) -> bytes | None:
        index = 0 if key is None else int(_U32.unpack(key)[0]) + 1
        if index > self.max_entries:
            index = 0
        return _U32.pack(index) if index < self.max_entries else None

    def keys(self) -> list[bytes]:
        return [_U32.pack(index) for index in sorted(self.buffers)]

    def held(self) -> list[tuple[bytes, object]]:
        """Nothing: a buffer belongs to a reader in this process."""
        return []

    def output(self, value: bytes, flags: int, cpu: int) -> int:
        """As bpf_perf_event_output: 0, or -E2BIG, -ENOENT, -EOPNOTSUPP, -ENOSPC."""
        index = flags & 0xFFFFFFFF
        if index == CURRENT_CPU:
            index = cpu
        if index >= self.max_entries:
            return -E2BIG
        buffer = self.buffers.get(index)
        if buffer is None:
            return -ENOENT
        if index != cpu and index >= self.engine.cpus:
            return -EOPNOTSUPP
        with self.lock:
            return buffer.output(value)
