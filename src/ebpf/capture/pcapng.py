"""pcapng files: sections of blocks (draft-ietf-opsawg-pcapng). Of them the section header, interface, enhanced, simple and the
obsolete packet block; others are passed over."""

from __future__ import annotations

import sys
from array import array
from struct import Struct
from struct import error as StructError

from ebpf.capture.chunk import ETHERNET, Chunk
from ebpf.capture.source import MOST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from ebpf.capture.chunk import Scan
    from ebpf.capture.source import Source

#: How a section begins: the same in both byte orders.
MAGIC = b"\x0a\x0d\x0d\x0a"
_INTERFACE, _PACKET_OLD, _SIMPLE, _ENHANCED = 1, 2, 3, 6
_OPTION_RESOLUTION, _OPTION_OFFSET = 9, 14


class Interface:
    """An interface of a section: what its packets are, and how their times are meant."""

    __slots__ = ("link_type", "offset", "scale", "snap")

    def __init__(self, link_type: int, snap: int) -> None:
        self.link_type = link_type
        self.snap = snap
        self.scale = (1000, 1)  # nanoseconds a unit, as a fraction
        self.offset = 0

    def time(self, high: int, low: int) -> int:
        return (high << 32 | low) * self.scale[0] // self.scale[1] + self.offset * 1_000_000_000


def read(source: Source, scan: Scan | None) -> Iterator[Chunk]:
    order = "<"
    interfaces: list[Interface] = []
    chunk = Chunk(bytearray(), ETHERNET)
    while source.fill(12):
        if source.data[:4] == MAGIC:
            order = {b"\x4d\x3c\x2b\x1a": "<", b"\x1a\x2b\x3c\x4d": ">"}.get(bytes(source.data[8:12]), "")
            if not order:
                raise source.error("a section header without its byte-order magic", 8)
            interfaces = []
        kind, length = Struct(order + "II").unpack_from(source.data)
        if kind == _ENHANCED and scan is not None and len({interface.link_type for interface in interfaces}) == 1:
            found, position = _enhanced(source, interfaces, order, scan)
            if len(found):
                if len(chunk):
                    yield chunk
                    chunk = Chunk(bytearray(), chunk.link_type)
                yield found
                source.take(position)
                continue
        if length < 12 or length & 3 or length > MOST:
            raise source.error(f"a block of {length} bytes: the file is damaged", 4)
        if not source.fill(length):
            if len(chunk):
                yield chunk
            raise source.error(f"is cut off: a block of {length} bytes is not all there", 0)
        body = bytes(source.data[8 : length - 4])
        try:
            if kind == _INTERFACE:
                interfaces.append(_interface(body, order))
            elif kind in (_ENHANCED, _PACKET_OLD, _SIMPLE):
                chunk = yield from _block(source, chunk, interfaces, kind, body, order)
        except StructError:
            raise source.error(f"a block of kind {kind:#x} is too short for what it is", 0) from None
        source.take(length)
    if len(chunk):
        yield chunk
    if source.data:
        raise source.error(f"is cut off: {len(source.data)} bytes are left that are no block", 0)


def _enhanced(source: Source, interfaces: list[Interface], order: str, scan: Scan) -> tuple[Chunk, int]:
    """The enhanced packet blocks that come next, as far as they are at hand, and where the first byte behind them is."""
    source.fill(source.piece)
    room = len(source.data) // 32
    starts, lengths = array("Q", [0]) * room, array("I", [0]) * room
    chunk = Chunk(source.data, interfaces[0].link_type, Struct(order + "IIIII"))
    chunk._interfaces = interfaces
    swapped = (order == "<") != (sys.byteorder == "little")
    count, position, chunk.total, chunk.least = scan(
        source.data, len(source.data), starts, lengths, swapped, MOST, len(interfaces)
    )
    chunk.starts, chunk.lengths = starts[:count], lengths[:count]
    return chunk, position


def _interface(body: bytes, order: str) -> Interface:
    link_type, _, snap = Struct(order + "HHI").unpack_from(body)
    found = Interface(link_type, snap)
    position = 8
    option = Struct(order + "HH")
    while position + 4 <= len(body):
        code, length = option.unpack_from(body, position)
        value = body[position + 4 : position + 4 + length]
        if code == 0:
            break
        if code == _OPTION_RESOLUTION and value:
            exponent = value[0] & 0x7F
            base = 2 if value[0] & 0x80 else 10
            found.scale = (1_000_000_000, base ** min(exponent, 64))
        elif code == _OPTION_OFFSET and len(value) == 8:
            found.offset = Struct(order + "q").unpack(value)[0]
        position += 4 + (length + 3 & ~3)
    return found


def _block(
    source: Source, chunk: Chunk, interfaces: list[Interface], kind: int, body: bytes, order: str
) -> Generator[Chunk, None, Chunk]:
    """Adds a packet block to the chunk; gives the chunk to go on with (a new one where the link type changes or it is full)."""
    time = 0
    if kind == _SIMPLE:
        number, at = 0, 4
        original = Struct(order + "I").unpack_from(body)[0]
        length = min(original, interfaces[0].snap or original) if interfaces else original
    else:
        at = 20
        number, high, low, length, original = Struct(order + "IIIII").unpack_from(body)
        if kind == _PACKET_OLD:
            number = Struct(order + "H").unpack_from(body)[0]
    if number >= len(interfaces):
        raise source.error(f"a packet of interface {number}, where there are {len(interfaces)}", 8)
    if at + length > len(body):
        raise source.error(f"a packet of {length} bytes in a block with room for {max(len(body) - at, 0)}", 8)
    if kind != _SIMPLE:
        time = interfaces[number].time(high, low)
    link_type = interfaces[number].link_type
    if len(chunk) and (chunk.link_type != link_type or len(chunk.data) >= source.piece):
        yield chunk
        chunk = Chunk(bytearray(), link_type)
    chunk.link_type = link_type
    chunk.add(len(chunk.data), length, time, original)
    chunk.data += body[at : at + length]
    return chunk
