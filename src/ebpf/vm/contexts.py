"""Contexts: the struct that r1 points to when a program starts, by program type, laid out from `ebpf.uapi.contexts`.

What user space knows a context by (`struct xdp_md`, `struct __sk_buff`) is not what the kernel has. A pointer to the packet is
four bytes wide in it, and the kernel's verifier turns a load of it into a load of the real pointer. Here a context lies
in native memory as user space knows it, and its packet pointers follow it as whole 64-bit words (`ContextLayout.pointers`): a
4-byte load of such a field becomes an 8-byte load of its word, in the interpreter and in generated code alike.
"""

from __future__ import annotations

import sys

from ebpf.uapi.contexts import PACKET_STRUCTS
from ebpf.uapi.ethernet import ETH_P_802_2, ETH_P_802_3, ETH_P_802_3_MIN
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ebpf.uapi.attach_types import AttachType
    from ebpf.uapi.contexts import Rule

#: Types whose context is as long as what it is made from, and never filled up.
OPEN_ENDED = frozenset(
    [
        ProgType.UNSPEC,
        ProgType.TRACEPOINT,
        ProgType.RAW_TRACEPOINT,
        ProgType.RAW_TRACEPOINT_WRITABLE,
        ProgType.SYSCALL,
        ProgType.TRACING,
        ProgType.LSM,
        ProgType.STRUCT_OPS,
        ProgType.EXT,
    ]
)
#: Types whose context may be written as a whole: it is the caller's own buffer.
WRITABLE = frozenset([ProgType.UNSPEC, ProgType.SYSCALL])
_PACKET_WORDS = {"data": "data", "data_end": "end", "data_meta": "meta"}


class ContextLayout:
    """A context in memory.

    name        the struct's name
    size        bytes of it
    fields      name → (offset, bytes)
    runs        (start, end) of what may be read
    writable    (start, end) of what may be written
    pointers    offset of a 4-byte packet pointer → offset of the 64-bit word that it stands for
    words       "data", "end", "meta" → offset of the 64-bit word that holds that address
    total       bytes with the words behind it
    length      offset of the field that holds the packet's length, or -1
    has_packet  whether there is a packet with it
    """

    __slots__ = ("fields", "has_packet", "length", "name", "pointers", "runs", "size", "total", "words", "writable")

    def __init__(self, name: str, size: int) -> None:
        self.name = name
        self.size = size
        self.fields: dict[str, tuple[int, int]] = {}
        self.runs: list[tuple[int, int]] = [(0, size)]
        self.writable: list[tuple[int, int]] = []
        self.pointers: dict[int, int] = {}
        self.words: dict[str, int] = {}
        self.total = size + 7 & ~7
        self.length = -1
        self.has_packet = name in PACKET_STRUCTS

    @property
    def packet(self) -> tuple[int, int, int]:
        """Offsets of the 4-byte pointers to the packet's start, end and metadata; -1 for what there isn't."""
        found = {word: offset for offset, word in self.pointers.items()}
        data, end, meta = (found.get(self.words.get(name, -1), -1) for name in ("data", "end", "meta"))
        return data, end, meta


def _described(name: str, size: int, rules: Iterable[Rule], attach: str) -> ContextLayout:
    from ebpf.uapi.contexts import context

    layout = ContextLayout(name, size)
    layout.fields = {field.name: (field.offset, field.size * field.count) for field in context(name, _machine()).fields}
    if name == "__sk_buff":
        layout.length = layout.fields["len"][0]
    readable = []
    writable = []
    for rule in rules:
        field = rule.field
        if rule.pointer.startswith("PTR_TO_PACKET") and field.size == 4:
            layout.pointers[field.offset] = layout.words[_PACKET_WORDS[field.name]] = layout.total
            layout.total += 8
            continue
        if rule.pointer.startswith("PTR_TO_PACKET") and field.name in _PACKET_WORDS:
            layout.words[_PACKET_WORDS[field.name]] = field.offset
        if rule.read and (not rule.read_in or attach in rule.read_in):
            readable.append((field.offset, min(field.end, size)))
        if rule.write and (not rule.write_in or attach in rule.write_in):
            writable.append((field.offset, min(field.end, size)))
    layout.runs = _joined(readable)
    layout.writable = _joined(writable)
    return layout


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch made one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        elif start < end:
            out.append((start, end))
    return out


_layouts: dict[tuple[ProgType, str, int], ContextLayout] = {}
_MOST_KEPT = 1000


def layout_of(type_: ProgType, size: int, attach_type: AttachType | None = None) -> ContextLayout:
    """The layout for a program type; of `size` bytes where the type has no fixed one."""
    key = type_, attach_type.name if attach_type is not None else "", size if type_ in OPEN_ENDED else -1
    found = _layouts.get(key)
    if found is None:
        if len(_layouts) >= _MOST_KEPT:
            _layouts.clear()
        found = _layouts[key] = _make(type_, size, key[1])
    return found


def _make(type_: ProgType, size: int, attach: str) -> ContextLayout:
    if type_ not in OPEN_ENDED:
        from ebpf.uapi.contexts import context, rules

        table = rules(type_, _machine())
        if table:
            struct = context("lirc" if type_ == ProgType.LIRC_MODE2 else type_.context, _machine())
            return _described(struct.name, struct.size, table.values(), attach)
    layout = ContextLayout(type_.context or "context", size)
    if type_ in WRITABLE:
        layout.writable = [(0, size)]
    return layout


def _machine() -> str:
    """The machine whose registers pt_regs holds."""
    import os

    name = os.uname().machine if hasattr(os, "uname") else "x86_64"
    return name if name in ("x86_64", "aarch64") else "x86_64"


def swapped(value: int) -> int:
    """A number of 16 bits between the network's byte order and this machine's."""
    return int.from_bytes(value.to_bytes(2, "big"), sys.byteorder)


def protocol_of(type_: bytes, behind: bytes) -> int:
    """A frame's EtherType in host order, of its field's two bytes; where they are a length, ETH_P_802_3 for raw 802.3, which the
    two bytes behind tell, and ETH_P_802_2 else."""
    value = int.from_bytes(type_, "big")
    if value >= ETH_P_802_3_MIN:
        return value
    return ETH_P_802_3 if behind == b"\xff\xff" else ETH_P_802_2
