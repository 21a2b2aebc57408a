"""Packets of other links as Ethernet frames: what `tcpdump -i any` and tunnels capture begins with another header, or with IP.

LINKTYPE_… and the headers: https://www.tcpdump.org/linktypes.html. Numbers in them are in network order but for the loopback
header, which is in the order of the machine that wrote it.
"""

from __future__ import annotations

from struct import Struct

from ebpf.capture.chunk import ETHERNET, Chunk
from ebpf.errors import CaptureError
from ebpf.uapi.contexts import LINK_LEVEL
from ebpf.uapi.ethernet import ETH_HLEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.uapi.prog_types import ProgType

_IPV4, _IPV6 = b"\x08\x00", b"\x86\xdd"
#: Links that no Ethernet header can be made for, and what they are called.
_OTHERS = {
    9: "PPP",
    105: "Wi-Fi (802.11)",
    119: "Wi-Fi (Prism)",
    127: "Wi-Fi (radiotap)",
    189: "USB",
    195: "802.15.4",
    201: "Bluetooth",
    220: "USB",
    249: "USB",
}
#: PF_INET, and what PF_INET6 is on Linux, the BSDs and Darwin.
_FAMILIES = {2: _IPV4, 10: _IPV6, 24: _IPV6, 28: _IPV6, 30: _IPV6}
_COOKED = Struct(">HHH8s2s")
_COOKED_2 = Struct(">2sHIHBB8s")


def _ip(packet: memoryview) -> tuple[bytes, int] | None:
    if not packet:
        return None
    kind = {4: _IPV4, 6: _IPV6}.get(packet[0] >> 4)
    return (bytes(12) + kind, 0) if kind else None


def _loopback(packet: memoryview) -> tuple[bytes, int] | None:
    if len(packet) < 4:
        return None
    family = int.from_bytes(packet[:4], "little")
    kind = _FAMILIES.get(family) or _FAMILIES.get(int.from_bytes(packet[:4], "big"))
    return (bytes(12) + kind, 4) if kind else None


def _cooked(packet: memoryview) -> tuple[bytes, int] | None:
    if len(packet) < _COOKED.size:
        return None
    _, _, size, sender, kind = _COOKED.unpack_from(packet)
    return bytes(6) + (sender[:6] if size == 6 else bytes(6)) + kind, _COOKED.size


def _cooked_2(packet: memoryview) -> tuple[bytes, int] | None:
    if len(packet) < _COOKED_2.size:
        return None
    kind, _, _, _, _, size, sender = _COOKED_2.unpack_from(packet)
    return bytes(6) + (sender[:6] if size == 6 else bytes(6)) + kind, _COOKED_2.size


#: Link type → what gives the Ethernet header of a packet, and how many bytes it takes the place of; None for a packet that is
#: none of the kind.
_HEADERS: dict[int, Callable[[memoryview], tuple[bytes, int] | None]] = {
    0: _loopback,
    12: _ip,
    101: _ip,
    108: _loopback,
    113: _cooked,
    228: _ip,
    229: _ip,
    276: _cooked_2,
}


def hidden(type_: ProgType) -> int:
    """How many bytes of a frame programs of a type don't see, and give zeros back for: the link's header, above the link."""
    return ETH_HLEN if type_.context == "__sk_buff" and type_ not in LINK_LEVEL else 0


def as_ethernet(chunk: Chunk, path: str) -> Chunk:
    """The chunk with Ethernet headers: itself if it has them, else one with headers whose addresses are 0 (of Linux cooked
    packets the sender's is known). A packet that is none of its link's kind stays as it is. Raises CaptureError."""
    if chunk.link_type == ETHERNET:
        return chunk
    header_of = _HEADERS.get(chunk.link_type)
    if header_of is None:
        known = _OTHERS.get(chunk.link_type)
        raise CaptureError(
            f"is of link type {chunk.link_type}{f', {known},' if known else ','} not Ethernet (1), Linux cooked or IP",
            path=path,
        )
    made = Chunk(bytearray(), ETHERNET)
    view = memoryview(chunk.data)
    for number, (start, length) in enumerate(zip(chunk.starts, chunk.lengths, strict=True)):
        packet = view[start : start + length]
        header, skipped = header_of(packet) or (b"", 0)
        made.add(
            len(made.data),
            length + len(header) - skipped,
            chunk.time(number),
            chunk.original(number) + len(header) - skipped,
        )
        made.data += header
        made.data += packet[skipped:]
    return made
