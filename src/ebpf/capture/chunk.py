"""Packets of a capture, some at a time, where they lie."""

from __future__ import annotations

from array import array

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from struct import Struct

    from ebpf.capture.pcapng import Interface

    #: data, its bytes, starts, lengths, swapped, the longest packet, interfaces if it is pcapng → packets, the byte behind
    #: them, their bytes, the least length
    Scan = Callable[[bytearray, int, array[int], array[int], bool, int, int], tuple[int, int, int, int]]

#: LINKTYPE_ETHERNET (https://www.tcpdump.org/linktypes.html)
ETHERNET = 1


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
        self._interfaces: list[Interface] | None = None
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
