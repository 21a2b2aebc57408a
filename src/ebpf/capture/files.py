"""pcap and pcapng files, read in pieces so that memory does not grow with the file.

Formats: draft-ietf-opsawg-pcap and draft-ietf-opsawg-pcapng. Both byte orders, micro- and nanoseconds; of pcapng the section
header, interface, enhanced, simple and the obsolete packet block, others are passed over. One compressed by gzip, bzip2 or xz is
unpacked as it is read.
"""

from __future__ import annotations

import sys
from array import array
from struct import Struct
from struct import error as StructError

from ebpf._files import open_to_read
from ebpf.errors import CaptureError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Generator, Iterator
    from typing import BinaryIO

    #: data, its bytes, starts, lengths, swapped, the longest packet, interfaces if it is pcapng → packets, the byte behind
    #: them, their bytes, the least length
    Scan = Callable[[bytearray, int, array[int], array[int], bool, int, int], tuple[int, int, int, int]]

#: What is read from the file at once: it should stay in a CPU's cache until it is done with.
PIECE = 1 << 20
#: No packet or block is longer (libpcap's MAXIMUM_SNAPLEN is 262144; a USB capture may have 128 MiB).
MOST = 128 << 20

#: LINKTYPE_ETHERNET (https://www.tcpdump.org/linktypes.html)
ETHERNET = 1

_MICRO, NANO = 0xA1B2C3D4, 0xA1B23C4D
_SECTION, _BYTE_ORDER = 0x0A0D0D0A, 0x1A2B3C4D
_INTERFACE, _PACKET_OLD, _SIMPLE, _ENHANCED = 1, 2, 3, 6
#: How a compressed file begins, and the module of the standard library that reads it.
_PACKED = ((b"\x1f\x8b", "gzip"), (b"BZh", "bz2"), (b"\xfd7zXZ\0", "lzma"))
#: How files begin that are taken for captures, and what they are.
_OTHERS = (
    (b"\x28\xb5\x2f\xfd", "is compressed by zstd: unzstd it first"),
    (b"\x04\x22\x4d\x18", "is compressed by lz4: unlz4 it first"),
    (b"PK\3\4", "is a zip archive: unzip it first"),
    (b"snoop\0", "is a capture of snoop's: editcap -F pcap makes a pcap file of it"),
    (b"\x34\xcd\xb2\xa1", "is of the modified pcap format: editcap -F pcap makes a plain one of it"),
)
_OPTION_RESOLUTION, _OPTION_OFFSET = 9, 14


class Chunk:
    """Some packets: packet i is `lengths[i]` bytes at `starts[i]` of `data`; `time(i)` in nanoseconds since 1970, `original(i)`
    what it was long on the wire. `total`: all their bytes; `least`: the least of their lengths."""

    __slots__ = (
        "_header",
        "_interfaces",
        "_scale",
        "_times",
        "data",
        "least",
        "lengths",
        "link_type",
        "starts",
        "total",
    )

    def __init__(self, data: bytearray, link_type: int, header: Struct | None = None, scale: int = 1) -> None:
        self.data = data
        self.link_type = link_type
        self.starts = array("Q")
        self.lengths = array("I")
        self.total = 0
        self.least = 1 << 32
        # Of a pcap file these stand before each packet and are read when asked for.
        self._header = header
        self._scale = scale
        #: Of a pcapng file's packets: what says how their times are meant.
        self._interfaces: list[_Interface] | None = None
        self._times: list[tuple[int, int]] = []

    def add(self, start: int, length: int, time: int = 0, original: int = 0) -> None:
        self.starts.append(start)
        self.lengths.append(length)
        self.total += length
        self.least = min(self.least, length)
        if self._header is None:
            self._times.append((time, original))

    def time(self, number: int) -> int:
        if self._header is None:
            return self._times[number][0]
        if self._interfaces is not None:
            interface, high, low, _, _ = self._header.unpack_from(self.data, self.starts[number] - 20)
            return int(self._interfaces[interface].time(high, low))
        seconds, fraction, _, _ = self._header.unpack_from(self.data, self.starts[number] - 16)
        return int(seconds * 1_000_000_000 + fraction * self._scale)

    def original(self, number: int) -> int:
        if self._header is None:
            return self._times[number][1]
        fields = self._header.unpack_from(self.data, self.starts[number] - self._header.size)
        return int(fields[-1])

    def stamp(self, number: int) -> tuple[int, int, int]:
        """Seconds, nanoseconds and the length on the wire: `time` and `original` in one."""
        if self._header is not None and self._interfaces is None:
            seconds, fraction, _, original = self._header.unpack_from(self.data, self.starts[number] - 16)
            fraction *= self._scale
            if fraction < 1_000_000_000:
                return seconds, fraction, original
        seconds, fraction = divmod(self.time(number), 1_000_000_000)
        return seconds, fraction, self.original(number)

    def __len__(self) -> int:
        return len(self.starts)


class Moved(Chunk):
    """The packets of a chunk as a program left them, elsewhere and of other lengths."""

    __slots__ = ("_before",)

    def __init__(self, before: Chunk, data: bytearray, starts: array[int], lengths: array[int]) -> None:
        super().__init__(data, before.link_type)
        self._before = before
        self.starts, self.lengths = starts, lengths

    def time(self, number: int) -> int:
        return self._before.time(number)

    def original(self, number: int) -> int:
        """Of a packet that was captured whole, what it is now."""
        original = self._before.original(number)
        return original if self._before.lengths[number] < original else self.lengths[number]

    def stamp(self, number: int) -> tuple[int, int, int]:
        seconds, fraction, _ = self._before.stamp(number)
        return seconds, fraction, self.original(number)


class _Source:
    """A file read in pieces; `at` is the offset in the file of the first byte not yet taken."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.file = file
        self.name = name
        self.data = bytearray()
        self.at = 0
        self.ended = False
        #: Why no more could be read, or unpacked: told when what came before is done.
        self.broken: CaptureError | None = None

    def fill(self, size: int) -> bool:
        """Reads until `size` bytes are at hand; False if the file ends before."""
        while len(self.data) < size and not self.ended:
            piece = bytearray(max(PIECE, size - len(self.data)))
            count = self.read_into(memoryview(piece))
            self.ended = not count
            self.data += memoryview(piece)[:count]
        return len(self.data) >= size

    def read_into(self, room: memoryview) -> int:
        """Puts what comes next into `room`: how many bytes, 0 at the end, and where the file can't be read or unpacked
        (`broken`)."""
        try:
            count: int = self.file.readinto1(room)  # type: ignore[attr-defined]
        except _unreadable() as error:
            why = (error.strerror if isinstance(error, OSError) else None) or str(error)
            self.broken = CaptureError(f"can't be read to its end: {why}", path=self.name)
            return 0
        return count

    def take(self, size: int) -> None:
        self.data = self.data[size:]
        self.at += size

    def error(self, message: str, position: int) -> CaptureError:
        return self.broken or CaptureError(message, path=self.name, offset=self.at + position)


def read(path: str | os.PathLike[str], scan: Scan | None = None) -> Iterator[Chunk]:
    """The packets of a capture, piece by piece; `scan` finds those of a piece quicker than Python, and the pieces of a pcap file
    then lie in the same memory, one after the other: a chunk is good until the next.

    CaptureError says what is wrong at which offset; what lies before comes first.
    """
    import os

    try:
        file = open_to_read(path)  # closed below
    except OSError as error:
        raise CaptureError(f"can't be read: {error.strerror}", path=os.fspath(path)) from None
    with file, _unpacked(file) as plain:
        source = _Source(plain, os.fspath(path))
        if not source.fill(24 if source.fill(4) and source.data[:4] != b"\x0a\x0d\x0d\x0a" else 28):
            raise source.error("is no capture: it is too short", 0)
        if source.data[:4] == b"\x0a\x0d\x0d\x0a":
            yield from _pcapng(source, scan)
        else:
            yield from _pcap(source, scan)
        if source.broken is not None:
            raise source.broken


def _unreadable() -> tuple[type[Exception], ...]:
    """What reading and unpacking raise."""
    import lzma
    import zlib

    return OSError, EOFError, zlib.error, lzma.LZMAError


def _unpacked(file: BinaryIO) -> BinaryIO:
    """The file, or what reads the one that is compressed in it."""
    try:
        begin = file.peek(8)  # type: ignore[attr-defined]
    except OSError:
        return file  # the first read will say why
    module = next((name for magic, name in _PACKED if begin.startswith(magic)), None)
    if module is None:
        return file
    from importlib import import_module

    opened: BinaryIO = import_module(module).open(file)
    return opened


def _pcap(source: _Source, scan: Scan | None) -> Iterator[Chunk]:
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
        if length > MOST:
            raise source.error(f"a packet of {length} bytes: the file is damaged", 0)
        if not source.fill(16 + length):
            raise source.error(f"is cut off: a packet of {length} bytes is not all there", 0)
    if source.data:
        raise source.error(f"is cut off: {len(source.data)} bytes are left that are no packet", 0)


def _scanned(
    source: _Source, header: Struct, chunk_of: Callable[[bytearray], Chunk], scan: Scan, swapped: bool
) -> Iterator[Chunk]:
    """The packets of a pcap file that are behind its header, in one buffer that is filled again and again."""
    have = len(source.data)
    buffer = bytearray(max(PIECE, have))
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
        if length > MOST:
            raise source.error(f"a packet of {length} bytes: the file is damaged", 0)
        if have < len(buffer) or 16 + length <= have:
            raise source.error(f"is cut off: a packet of {length} bytes is not all there", 0)
        larger = bytearray(16 + length + PIECE)
        larger[:have] = buffer
        buffer = larger
    if have:
        raise source.error(f"is cut off: {have} bytes are left that are no packet", 0)


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


class _Interface:
    __slots__ = ("link_type", "offset", "scale", "snap")

    def __init__(self, link_type: int, snap: int) -> None:
        self.link_type = link_type
        self.snap = snap
        self.scale = (1000, 1)  # nanoseconds a unit, as a fraction
        self.offset = 0

    def time(self, high: int, low: int) -> int:
        return (high << 32 | low) * self.scale[0] // self.scale[1] + self.offset * 1_000_000_000


def _pcapng(source: _Source, scan: Scan | None) -> Iterator[Chunk]:
    order = "<"
    interfaces: list[_Interface] = []
    chunk = Chunk(bytearray(), ETHERNET)
    while source.fill(12):
        if source.data[:4] == b"\x0a\x0d\x0d\x0a":
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


def _enhanced(source: _Source, interfaces: list[_Interface], order: str, scan: Scan) -> tuple[Chunk, int]:
    """The enhanced packet blocks that come next, as far as they are at hand, and where the first byte behind them is."""
    source.fill(PIECE)
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


def _interface(body: bytes, order: str) -> _Interface:
    link_type, _, snap = Struct(order + "HHI").unpack_from(body)
    found = _Interface(link_type, snap)
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
    source: _Source, chunk: Chunk, interfaces: list[_Interface], kind: int, body: bytes, order: str
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
    if len(chunk) and (chunk.link_type != link_type or len(chunk.data) >= PIECE):
        yield chunk
        chunk = Chunk(bytearray(), link_type)
    chunk.link_type = link_type
    chunk.add(len(chunk.data), length, time, original)
    chunk.data += body[at : at + length]
    return chunk
