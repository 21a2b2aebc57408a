"""Contexts: the struct that r1 points to when a program starts, by program type.

What user space knows a context by (`struct xdp_md`, `struct __sk_buff`) is not what the kernel has. A pointer in it is
four bytes wide, and the kernel's verifier turns a load of it into a load of the real pointer. Here a context lies in
native memory as user space knows it, and its pointers follow it as whole 64-bit words (`ContextLayout.shadow`): a 4-byte load
of a pointer field becomes an 8-byte load of its word, in the interpreter and in generated code alike.
"""

from __future__ import annotations

from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class ContextLayout:
    """`size` in bytes; `pointers`: offset of a pointer field → offset of its 64-bit word; `writable`: (start, end) of what
    a program may write. `packet`: offsets of data, data_end and data_meta (-1: it has none)."""

    __slots__ = ("name", "packet", "pointers", "runs", "shadow", "size", "total", "writable")

    def __init__(
        self,
        name: str,
        size: int,
        pointers: Iterable[int] = (),
        writable: Iterable[tuple[int, int]] = (),
        packet: tuple[int, int, int] = (-1, -1, -1),
    ) -> None:
        self.name = name
        self.size = size
        self.shadow = (size + 7) & ~7
        self.pointers = {offset: self.shadow + 8 * i for i, offset in enumerate(pointers)}
        self.total = self.shadow + 8 * len(self.pointers)
        self.writable = tuple(writable)
        self.packet = packet
        #: What lies between pointers and may be read as it is: (start, end).
        self.runs: list[tuple[int, int]] = []
        start = 0
        for offset in sorted(self.pointers):
            if offset > start:
                self.runs.append((start, offset))
            start = offset + 4
        if start < size:
            self.runs.append((start, size))


XDP_MD = ContextLayout("xdp_md", 24, pointers=(0, 4, 8), packet=(0, 4, 8))
#: Offsets of include/uapi/linux/bpf.h; what may be written differs by program type.
_SKB_SIZE = 192
_SKB_POINTERS = (76, 80, 140)


def _skb(*writable: tuple[int, int]) -> ContextLayout:
    return ContextLayout("__sk_buff", _SKB_SIZE, _SKB_POINTERS, writable, packet=(76, 80, 140))


_CB = (48, 68)
_MARK = (8, 12)
_QUEUE = (12, 16)
_PRIORITY = (32, 36)
_TC_INDEX = (44, 48)
_CLASSID = (72, 76)
_TSTAMP = (152, 160)

LAYOUTS: dict[ProgType, ContextLayout] = {
    ProgType.XDP: XDP_MD,
    ProgType.SOCKET_FILTER: _skb(_CB),
    ProgType.SCHED_CLS: _skb(_MARK, _QUEUE, _PRIORITY, _CB, _TC_INDEX, _CLASSID, _TSTAMP),
    ProgType.SCHED_ACT: _skb(_MARK, _QUEUE, _PRIORITY, _CB, _TC_INDEX, _CLASSID, _TSTAMP),
    ProgType.CGROUP_SKB: _skb(_MARK, _PRIORITY, _CB, _TSTAMP),
    ProgType.SK_SKB: _skb(_PRIORITY, _TC_INDEX),
    ProgType.LWT_IN: _skb(_MARK, _PRIORITY, _CB),
    ProgType.LWT_OUT: _skb(_MARK, _PRIORITY, _CB),
    ProgType.LWT_XMIT: _skb(_MARK, _PRIORITY, _CB),
    ProgType.FLOW_DISSECTOR: _skb(),
}

#: Types whose context may be written as a whole: it is the caller's own buffer.
WRITABLE = frozenset([ProgType.UNSPEC, ProgType.SYSCALL, ProgType.RAW_TRACEPOINT_WRITABLE])


def layout_of(type_: ProgType, size: int) -> ContextLayout:
    """The layout for a program type; of `size` bytes where the type has no fixed one."""
    known = LAYOUTS.get(type_)
    if known is not None:
        return known
    return ContextLayout(type_.context or "context", size, writable=[(0, size)] if type_ in WRITABLE else ())
