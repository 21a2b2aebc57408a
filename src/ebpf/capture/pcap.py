"""pcap files: a header, and packets one after the other. Both byte orders, micro- and nanoseconds (draft-ietf-opsawg-pcap)."""

from __future__ import annotations

import sys
from array import array
from struct import Struct

from ebpf.capture.chunk import Chunk
from ebpf.capture.source import MOST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ebpf.capture.chunk import Scan
    from ebpf.capture.source import Source
    from ebpf.errors import CaptureError

_MICRO, NANO = 0xA1B2C3D4, 0xA1B23C4D
#: How files begin that are taken for captures, and what they are.
_OTHERS = (
    (b"\x28\xb5\x2f\xfd", "is compressed by zstd: unzstd it first"),
    (b"\x04\x22\x4d\x18", "is compressed by lz4: unlz4 it first"),
    (b"PK\3\4", "is a zip archive: unzip it first"),
    (b"snoop\0", "is a capture of snoop's: editcap -F pcap makes a pcap file of it"),
    (b"\x34\xcd\xb2\xa1", "is of the modified pcap format: editcap -F pcap makes a plain one of it"),
)


def read(source: Source, scan: Scan | None) -> Iterator[Chunk]:
    for order in "<>":
        magic = Struct(order + "I").unpack_from(source.data)[0]
        if magic in (_MICRO, NANO):
            break
    else:
        begin = bytes(source.data[:8])
        known = next((why for magic, why in _OTHERS if begin.startswith(magic)), "")
        raise source.error(known or f"is neither pcap nor pcapng: it begins with {begin[:4].hex()}", 0)
    scale = 1000 if magic == _MICRO else 1
    link_type = Struct(order + "I").unpack_from(source.data, 20)[0] & 0xFFFF
    header = Struct(order + "IIII")
    swapped = (order == "<") != (sys.byteorder == "little")
    source.take(24)
    if scan is not None:
        yield from _scanned(source, header, lambda data: Chunk(data, link_type, header, scale), scan, swapped)
        return
    while source.fill(16):
        chunk = Chunk(source.data, link_type, header, scale)
        position = _find(chunk, header)
        if len(chunk):
            yield chunk
            source.take(position)
            continue
        length = header.unpack_from(source.data)[2]
        _check(source, length)
        if not source.fill(16 + length):
            raise _cut_off(source, length)
    _check_end(source, len(source.data))


def _scanned(
    source: Source, header: Struct, chunk_of: Callable[[bytearray], Chunk], scan: Scan, swapped: bool
) -> Iterator[Chunk]:
    """The packets of a pcap file that are behind its header, in one buffer that is filled again and again."""
    have = len(source.data)
    buffer = bytearray(max(source.piece, have))
    buffer[:have] = source.data
    starts, lengths = array("Q"), array("I")
    while True:
        if len(starts) < len(buffer) // 16:
            starts, lengths = array("Q", [0]) * (len(buffer) // 16), array("I", [0]) * (len(buffer) // 16)
        while have < len(buffer):
            more = source.read_into(memoryview(buffer)[have:])
            if not more:
                break
            have += more
        if have < 16:
            break
        chunk = chunk_of(buffer)
        count, position, chunk.total, chunk.least = scan(buffer, have, starts, lengths, swapped, MOST, 0)
        if count:
            chunk.starts, chunk.lengths = starts[:count], lengths[:count]
            yield chunk
            rest = bytes(memoryview(buffer)[position:have])
            have = len(rest)
            buffer[:have] = rest
            source.at += position
            continue
        length = header.unpack_from(buffer)[2]
        _check(source, length)
        if have < len(buffer) or 16 + length <= have:
            raise _cut_off(source, length)
        larger = bytearray(16 + length + source.piece)
        larger[:have] = buffer
        buffer = larger
    _check_end(source, have)


def _find(chunk: Chunk, header: Struct) -> int:
    """Notes the whole packets of a piece; where the first byte behind them is."""
    data, end, position = chunk.data, len(chunk.data), 0
    while position + 16 <= end:
        length = header.unpack_from(data, position)[2]
        start = position + 16
        if length > MOST or start + length > end:
            break
        chunk.add(start, length)
        position = start + length
    return position


def _check(source: Source, length: int) -> None:
    if length > MOST:
        raise source.error(f"a packet of {length} bytes: the file is damaged", 0)


def _cut_off(source: Source, length: int) -> CaptureError:
    return source.error(f"is cut off: a packet of {length} bytes is not all there", 0)


def _check_end(source: Source, left: int) -> None:
    if left:
        raise source.error(f"is cut off: {left} bytes are left that are no packet", 0)
