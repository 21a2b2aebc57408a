"""Many records of one length at once, as structured arrays of a type."""

from __future__ import annotations

from ebpf.events import parse
from ebpf.uapi.flags import BPF_RINGBUF_BUSY_BIT, BPF_RINGBUF_DISCARD_BIT, BPF_RINGBUF_HDR_SZ, RINGBUF_MAX_RECORD_SZ

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import numpy as np

    from ebpf.engine import RawRing

    Array = np.ndarray[Any, Any]

#: Records in one batch where no limit is said.
MOST = 1 << 30


class SameLength:
    """Makes arrays of a ring's memory, without a copy; of a perf buffer's, whose end may cut a record, with one."""

    def __init__(self, dtype: np.dtype[Any], limit: int) -> None:
        import numpy as np

        self._np = np
        self._dtype = dtype
        self._limit = limit or MOST
        self.size: int = dtype.itemsize
        #: Length → the dtype of a record with its header and padding.
        self._shapes: dict[int, np.dtype[Any]] = {}

    def cut(self, ring: RawRing, memory: memoryview) -> tuple[Array | None, int, int, int]:
        """As `Cutter.cut`: (array or None, bytes used, records lost, -1 or the length of the first record that is too short)."""
        return self._ring(memory) if ring.kind == "ring" else self._perf(memory)

    def _ring(self, memory: memoryview) -> tuple[Array | None, int, int, int]:
        length = memory[:4].cast("I")[0]
        if length & BPF_RINGBUF_BUSY_BIT:
            return None, 0, 0, -1
        step = ((length & RINGBUF_MAX_RECORD_SZ) + BPF_RINGBUF_HDR_SZ + 7) & ~7
        if length & BPF_RINGBUF_DISCARD_BIT:
            return None, step, 0, -1
        if length < self.size:
            return None, step, 0, length
        shape = self._shapes.get(length)
        if shape is None:
            names = {
                "names": ["length", "event"],
                "formats": ["=u4", self._dtype],
                "offsets": [0, BPF_RINGBUF_HDR_SZ],
                "itemsize": step,
            }
            shape = self._shapes[length] = self._np.dtype(names)  # type: ignore[call-overload]
        rows = self._np.frombuffer(memory, shape, count=len(memory) // step)[: self._limit]
        same = rows["length"] == length
        if not same.all():
            rows = rows[: int(same.argmin())]
        return rows["event"], len(rows) * step, 0, -1

    def _perf(self, memory: memoryview) -> tuple[Array | None, int, int, int]:
        starts, lengths, used, lost = parse.perf(memory, self._limit)
        if not starts:
            return None, used, lost, -1
        size = self.size
        if min(lengths) < size:
            return None, used, lost, min(lengths)
        return self._np.frombuffer(b"".join([memory[at : at + size] for at in starts]), self._dtype), used, lost, -1
