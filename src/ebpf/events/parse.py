"""Records in the memory of a ring buffer or a perf buffer: where they lie. No engine, no types.

`ring` and `perf` give, for a piece of memory that begins with a record: the places of the records in it that are whole,
as parallel lists of first byte and length; how many bytes they take, padding and discarded ones included; and how many records
the kernel says were lost (perf only).
"""

from __future__ import annotations

from struct import Struct

from ebpf.uapi.flags import BPF_RINGBUF_BUSY_BIT, BPF_RINGBUF_DISCARD_BIT, BPF_RINGBUF_HDR_SZ, RINGBUF_MAX_RECORD_SZ

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    Places = tuple[Sequence[int], Sequence[int], int, int]

#: So many records of one length are worth a way of their own.
RUN = 16

#: perf records (include/uapi/linux/perf_event.h).
RECORD_LOST, RECORD_SAMPLE = 2, 9
_PERF_HEADER = Struct("=IHH")
#: Bytes before the data of a sample: its header and the length.
PERF_HEADER = 12
_LOST = Struct("=QQ")


def uniform(memory: memoryview, limit: int) -> tuple[int, int]:
    """(length, how many): how many records at the start of a ring buffer's memory (`limit` at most) have the first one's
    length, without a gap; (0, 0) if the first is not ready or was discarded. A few ns a record: C compares the headers."""
    if not len(memory):
        return 0, 0
    words = memory.cast("I")
    length = words[0]
    if length & (BPF_RINGBUF_BUSY_BIT | BPF_RINGBUF_DISCARD_BIT):
        return 0, 0
    step = (length + BPF_RINGBUF_HDR_SZ + 7) >> 3 << 1
    headers = words[: step * min(limit, RUN) : step].tolist()
    if limit > RUN and headers.count(length) == RUN:
        headers = words[: step * limit : step].tolist()
    count = len(headers)
    if headers.count(length) != count:
        count = next(i for i, header in enumerate(headers) if header != length)
    return length, min(count, len(words) // step)


def ring(memory: memoryview, limit: int) -> Places:
    """The records of a ring buffer, `limit` at most."""
    starts: list[int] = []
    lengths: list[int] = []
    start, length = starts.append, lengths.append
    words = memory.cast("I")
    # Counted in words of 4 bytes, as they are read.
    at, end, room = 0, len(words), limit
    while at < end and room:
        header = words[at]
        if header < BPF_RINGBUF_DISCARD_BIT:
            start(at * 4 + BPF_RINGBUF_HDR_SZ)
            length(header)
            room -= 1
            at += header + 15 >> 3 << 1
        elif header & BPF_RINGBUF_BUSY_BIT:
            break
        else:
            at += (header & RINGBUF_MAX_RECORD_SZ) + 15 >> 3 << 1
    return starts, lengths, at * 4, 0


def perf(memory: memoryview, limit: int) -> Places:
    """The samples of a perf buffer, `limit` at most. The kernel pads a sample to 8 bytes and counts the padding in, so its
    length may be up to 7 bytes more than what the program wrote."""
    starts: list[int] = []
    lengths: list[int] = []
    lost = 0
    at, end = 0, len(memory)
    header, number = _PERF_HEADER.unpack_from, int.from_bytes
    import sys

    order = sys.byteorder
    while at + 8 <= end and len(starts) < limit:
        kind, _, size = header(memory, at)
        if size < 8 or at + size > end:
            break
        if kind == RECORD_SAMPLE:
            starts.append(at + PERF_HEADER)
            lengths.append(min(number(memory[at + 8 : at + PERF_HEADER], order), size - PERF_HEADER))
        elif kind == RECORD_LOST:
            lost += _LOST.unpack_from(memory, at + 8)[1]
        at += size
    return starts, lengths, at, lost
