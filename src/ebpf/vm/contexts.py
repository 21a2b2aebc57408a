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
    """`fields`: name → (offset, bytes). `size` in bytes; `length`: the offset of the field that has the packet's length, -1 if
    none has; `pointers`: offset of a pointer field → offset of its 64-bit word; `writable`: (start, end) of what
    a program may write. `packet`: offsets of data, data_end and data_meta (-1: it has none)."""

    __slots__ = ("fields", "length", "name", "packet", "pointers", "runs", "shadow", "size", "total", "writable")

    def __init__(
        self,
        name: str,
        size: int,
        pointers: Iterable[int] = (),
        writable: Iterable[tuple[int, int]] = (),
        packet: tuple[int, int, int] = (-1, -1, -1),
        fields: dict[str, tuple[int, int]] | None = None,
    ) -> None:
        self.fields = fields or {}
        self.length = self.fields.get("len", (-1, 0))[0] if name == "__sk_buff" else -1
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


_XDP_FIELDS = {
    name: (4 * i, 4)
    for i, name in enumerate(("data", "data_end", "data_meta", "ingress_ifindex", "rx_queue_index", "egress_ifindex"))
}
XDP_MD = ContextLayout("xdp_md", 24, pointers=(0, 4, 8), packet=(0, 4, 8), fields=_XDP_FIELDS)
_SKB_FIELDS = {
    "len": (0, 4), "pkt_type": (4, 4), "mark": (8, 4), "queue_mapping": (12, 4), "protocol": (16, 4), "vlan_present": (20, 4),
    "vlan_tci": (24, 4), "vlan_proto": (28, 4), "priority": (32, 4), "ingress_ifindex": (36, 4), "ifindex": (40, 4),
    "tc_index": (44, 4), "cb": (48, 20), "hash": (68, 4), "tc_classid": (72, 4), "tstamp": (152, 8), "wire_len": (160, 4),
    "gso_segs": (164, 4), "gso_size": (176, 4), "tstamp_type": (180, 1), "hwtstamp": (184, 8),
}  # fmt: skip
#: Offsets of include/uapi/linux/bpf.h; what may be written differs by program type.
_SKB_SIZE = 192
_SKB_POINTERS = (76, 80, 140)


def _skb(*writable: tuple[int, int]) -> ContextLayout:
    return ContextLayout("__sk_buff", _SKB_SIZE, _SKB_POINTERS, writable, packet=(76, 80, 140), fields=_SKB_FIELDS)


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
