"""Perf event arrays and their buffers, in the layout that perf_event_open(2) maps, so that one reader serves both engines."""

from __future__ import annotations

import mmap
from struct import Struct

from ebpf.uapi.errno import E2BIG, EBADF, EINVAL, ENOENT, ENOSPC, EOPNOTSUPP
from ebpf.uapi.flags import BPF_ANY, BPF_F_CURRENT_CPU, BPF_F_PRESERVE_ELEMS
from ebpf.vm.maps.base import Guarded, VmMap, require
from ebpf.vm.memory import Block, Mirrored
from ebpf.vm.wakeup import Wakeup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_U32 = Struct("=I")
_SIZE = Struct("=H")
_RECORD = Struct("=IHHI")
_LOST = Struct("=IHHQQ")
#: struct perf_event_mmap_page: data_head, data_tail, data_offset, data_size.
HEAD, TAIL = 1024 // 8, 1032 // 8
OFFSET_AT, SIZE_AT = 1040 // 8, 1048 // 8
SAMPLE, LOST = 9, 2
#: Bytes of a record without the program's own, and the most with them.
LEAST, MOST = 12, 0xFFFF
#: In the map's header: the address of a table of the buffers' own headers by index, 0 where there is none.
BUFFERS_AT = 32
#: A buffer's own header: addresses of the page with the positions and of the records, their bytes, whether only Python may write,
#: samples lost since the last, samples since the reader was woken, how many wake it, the address of the byte that says so.
AT = {
    name: 8 * number
    for number, name in enumerate(("words", "data", "size", "slow", "lost", "since", "wakeup_events", "raised"))
}


class PerfBuffer:
    """One CPU's buffer: a page with the positions, then `pages` pages of records. `memory()` is the whole.

    Records are PERF_RECORD_SAMPLE with PERF_SAMPLE_RAW alone (the program's bytes after their length), and PERF_RECORD_LOST
    where there was no room. `wakeup_events`: how many samples wake the reader. With `overwrite` new records take the
    place of the oldest. It is the reader's end (`ebpf.engine.RawRing`), too.
    """

    kind = "perf"

    def __init__(
        self, map_: PerfEventArray, cpu: int, pages: int, *, overwrite: bool = False, wakeup_events: int = 1
    ) -> None:
        if pages <= 0 or pages & (pages - 1):
            raise ValueError(f"a perf buffer of {pages} pages: it must be a power of two")
        page = mmap.PAGESIZE
        self.map = map_
        self.cpu = cpu
        self.size = pages * page
        self.overwrite = overwrite
        self.store = Mirrored(page, self.size)
        self.words = self.store.view[:page].cast("Q")
        self.words[OFFSET_AT] = page
        self.words[SIZE_AT] = self.size
        self.data = self.store.ring
        self.wakeup = Wakeup()
        self.wakeup_events = wakeup_events
        self.header = Block(8 * len(AT))
        self._counts = self.header.view.cast("Q")
        values = (self.store.address, self.store.address + page, self.size, overwrite or not self.store.mirrored)
        for number, value in enumerate((*values, 0, 0, wakeup_events, self.wakeup.raised_at)):
            self._counts[number] = value
        self.fd = map_.engine.number(self)

    @property
    def lost(self) -> int:
        """Samples for which there was no room since the last that had some."""
        return self._counts[AT["lost"] // 8]

    @lost.setter
    def lost(self, count: int) -> None:
        self._counts[AT["lost"] // 8] = count

    @property
    def _since(self) -> int:
        return self._counts[AT["since"] // 8]

    @_since.setter
    def _since(self, count: int) -> None:
        self._counts[AT["since"] // 8] = count

    def memory(self) -> memoryview:
        return self.store.view[: mmap.PAGESIZE + self.size]

    def fileno(self) -> int:
        return self.wakeup.fileno()

    def take(self) -> memoryview:
        with self.map.lock:
            head, tail = self.words[HEAD], self.words[TAIL]
            start = tail % self.size
            found = self.data[start : start + head - tail]
            if not self.overwrite:
                return found.toreadonly()
            # A copy: what is read may be written over at any time.
            self.words[TAIL] = head
            self.wakeup.clear()
            return memoryview(bytes(found))

    def done(self, size: int) -> None:
        if self.overwrite:
            return
        with self.map.lock:
            self.words[TAIL] += size
            if self.words[TAIL] == self.words[HEAD]:
                self.wakeup.clear()

    def output(self, value: bytes) -> int:
        """Adds a sample; 0, or -ENOSPC (counted as lost) where the reader is too far behind. The map's lock is held."""
        raw = (len(value) + 4 + 7 & ~7) - 4
        if raw + LEAST > MOST:
            return -E2BIG
        record = _RECORD.pack(SAMPLE, 0, LEAST + raw, raw) + value.ljust(raw, b"\0")
        lost = _LOST.pack(LOST, 0, _LOST.size, 0, self.lost) if self.lost else b""
        need = len(lost) + len(record)
        head = self.words[HEAD]
        if self.overwrite and need <= self.size:
            self._forget(need)
        if head + need - self.words[TAIL] > self.size:
            self.lost += 1
            return -ENOSPC
        self.lost = 0
        at = head % self.size
        self.data[at : at + need] = lost + record
        self.store.settle(at, need)
        self.words[HEAD] = head + need
        self._since += 1
        if self._since >= self.wakeup_events:
            self._since = 0
            self.wakeup.wake()
        return 0

    def _forget(self, need: int) -> None:
        """Lets the oldest records go until there is room."""
        while self.words[HEAD] + need - self.words[TAIL] > self.size:
            tail = self.words[TAIL]
            self.words[TAIL] = tail + int(_SIZE.unpack_from(self.data, tail % self.size + 6)[0])

    def close(self) -> None:
        if self.map.buffers.get(self.cpu) is self:
            self.map.place(self.cpu, None)
        self.map.engine.forget(self)
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
        self.lock = Guarded(self.header.view)
        self._table = Block(8 * self.max_entries)
        self._addresses = self._table.view.cast("Q")
        self.header.view.cast("Q")[BUFFERS_AT // 8] = self._table.address

    def place(self, index: int, buffer: PerfBuffer | None) -> PerfBuffer | None:
        """Puts a buffer in at an index, or none; the one that was there."""
        before = self.buffers.pop(index, None)
        self._addresses[index] = buffer.header.address if buffer is not None else 0
        if buffer is not None:
            self.buffers[index] = buffer
        return before

    def open_buffer(self, cpu: int, pages: int, *, overwrite: bool = False, wakeup_events: int = 1) -> PerfBuffer:
        """Makes a buffer and puts it in at `cpu`; what the program gives out on that CPU goes there."""
        buffer = PerfBuffer(self, cpu, pages, wakeup_events=wakeup_events, overwrite=overwrite)
        self.update(_U32.pack(cpu), _U32.pack(buffer.fd))
        return buffer

    def rings(self, pages: int = 0, overwrite: bool = False) -> Sequence[PerfBuffer]:
        self._user("read events from")
        return [
            self.open_buffer(cpu, pages or 64, overwrite=overwrite)
            for cpu in range(min(self.max_entries, self.engine.cpus))
        ]

    def close(self) -> None:
        for buffer in list(self.buffers.values()):
            buffer.close()
        super().close()

    def put(self, key: bytes, value: bytes, flags: int) -> int:
        index = int(_U32.unpack(key)[0])
        if flags != BPF_ANY:
            return -EINVAL
        if index >= self.max_entries:
            return -E2BIG
        buffer = self.engine.by_fd(int(_U32.unpack(value)[0]))
        if not isinstance(buffer, PerfBuffer):
            return -EBADF
        self.place(index, buffer)
        return 0

    def put_one(self, key: bytes, value: bytes, flags: int, cpu: int) -> int:
        return -EINVAL

    def remove(self, key: bytes) -> int:
        index = int(_U32.unpack(key)[0])
        if index >= self.max_entries:
            return -E2BIG
        return 0 if self.place(index, None) is not None else -ENOENT

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
        if index == BPF_F_CURRENT_CPU:
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
