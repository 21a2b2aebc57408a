"""Many records of different lengths at once: `Records`, what `Events.batches` gives of them."""

from __future__ import annotations

from ebpf.events import parse
from ebpf.events.walk import walker
from ebpf.uapi.flags import BPF_RINGBUF_HDR_SZ

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    import numpy as np

    from ebpf.engine import RawRing

    Array = np.ndarray[Any, Any]

#: Records in one batch where no limit is said.
MOST = 1 << 13


class Records:
    """Records of different lengths, in order. Good until the next batch is asked for: `data` is the ring's own memory.

    data      bytes, a NumPy array of u8
    starts    where in `data` each record begins, u32
    lengths   how many bytes each has, u32
    fields    the beginning of each record as a structured array of the type's dtype, a copy; None without a type

    `records[i]` and a loop over it give memoryviews; what comes behind a beginning is `data[start + size : start + length]`.
    """

    __slots__ = ("data", "fields", "lengths", "starts")

    def __init__(self, data: Array, starts: Array, lengths: Array, fields: Array | None) -> None:
        self.data = data
        self.starts = starts
        self.lengths = lengths
        self.fields = fields

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> memoryview:
        start = int(self.starts[index])
        return self.data.data[start : start + int(self.lengths[index])]

    def __iter__(self) -> Iterator[memoryview]:
        data = self.data.data
        for start, length in zip(self.starts.tolist(), self.lengths.tolist(), strict=True):
            yield data[start : start + length]

    def __repr__(self) -> str:
        return f"<Records {len(self)} in {int(self.lengths.sum())} bytes>"


class Cutter:
    """Makes `Records` of a ring's memory; the arrays are made once."""

    def __init__(self, dtype: np.dtype[Any] | None, limit: int) -> None:
        import numpy as np

        self._np = np
        self._dtype = dtype
        self.size: int = dtype.itemsize if dtype is not None else 0
        most = limit or MOST
        self._starts = np.empty(most, "=u4")
        self._lengths = np.empty(most, "=u4")
        self._width = 0
        self._first: Any = None
        self._padded: Any = None
        if self.size:
            self._width = (self.size + 7) & ~7
            self._first = np.zeros(most, f"V{self._width}")
            self._padded = np.dtype({"names": ["f"], "formats": [dtype], "offsets": [0], "itemsize": self._width})

    def cut(self, ring: RawRing, memory: memoryview) -> tuple[Records | None, int, int, int]:
        """(records or None, bytes used, how many records the kernel says were lost, -1); the last is the length of the first
        record if it is shorter than the type. One behind others ends the batch."""
        np = self._np
        # A batch lies within 4 GiB: positions in it are 32 bits.
        data = np.frombuffer(memory[: 1 << 31], "u1")
        starts, lengths, lost = self._starts, self._lengths, 0
        if ring.kind == "ring":
            walk = walker()
            count, used, shortest = walk(memory[: 1 << 31], data.ctypes.data, starts, lengths, self._first, self._width)
        else:
            found, sizes, used, lost = parse.perf(memory, len(starts))
            count, shortest = len(found), min(sizes, default=0)
            starts[:count], lengths[:count] = found, sizes
        if not count:
            return None, used, lost, -1
        if shortest < self.size:
            at = int((lengths[:count] < self.size).argmax())
            before = BPF_RINGBUF_HDR_SZ if ring.kind == "ring" else parse.PERF_HEADER
            if at + 1 < count:
                used = int(starts[max(at, 1)]) - before
            if not at:
                return None, used, lost, int(lengths[0])
            count, used = at, int(starts[at]) - before
        fields = None
        if self.size and ring.kind == "ring":
            fields = self._first[:count].view(self._padded)["f"]
        elif self.size:
            fields = np.frombuffer(b"".join([memory[at : at + self.size] for at in found[:count]]), self._dtype)
        return Records(data, starts[:count], lengths[:count], fields), used, lost, -1
