"""What a register or a stack slot may hold: the kinds of values and the places in memory.

A `Reg` never changes, so states share them. Its `type` is a kind with flags or'ed in, so that one comparison tells
whether two registers are of the same sort.
"""

from __future__ import annotations

from ebpf.verifier.scalar import UNKNOWN, ZERO, Scalar, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.spec import MapSpec

# Kinds (the low byte of `type`).
NOT_INIT = 0
SCALAR = 1
CTX = 2
CONST_MAP = 3
MAP_VALUE = 4
MAP_KEY = 5
STACK = 6
PACKET_META = 7
PACKET = 8
PACKET_END = 9
FLOW_KEYS = 10
SOCKET = 11
SOCK_COMMON = 12
TCP_SOCK = 13
TP_BUFFER = 14
XDP_SOCK = 15
BTF_ID = 16
MEM = 17
BUF = 18
FUNC = 19
DYNPTR = 20
ARENA = 21
KIND = 0xFF

# Flags.
MAYBE_NULL = 1 << 8
RDONLY = 1 << 9
RINGBUF = 1 << 10
ALLOC = 1 << 11
USER = 1 << 12
PERCPU = 1 << 13
TRUSTED = 1 << 14
RCU = 1 << 15
UNTRUSTED = 1 << 16
NON_OWN_REF = 1 << 17
DYNPTR_LOCAL = 1 << 18
DYNPTR_RINGBUF = 1 << 19
DYNPTR_SKB = 1 << 20
DYNPTR_XDP = 1 << 21
DYNPTR_ANY = DYNPTR_LOCAL | DYNPTR_RINGBUF | DYNPTR_SKB | DYNPTR_XDP

#: Names as in the kernel's log.
NAMES = {
    NOT_INIT: "?", SCALAR: "scalar", CTX: "ctx", CONST_MAP: "map_ptr", MAP_VALUE: "map_value", STACK: "fp",
    PACKET: "pkt", PACKET_META: "pkt_meta", PACKET_END: "pkt_end", FLOW_KEYS: "flow_keys", SOCKET: "sock",
    SOCK_COMMON: "sock_common", TCP_SOCK: "tcp_sock", TP_BUFFER: "tp_buffer", XDP_SOCK: "xdp_sock", BTF_ID: "ptr_",
    MEM: "mem", BUF: "buf", FUNC: "func", MAP_KEY: "map_key", DYNPTR: "dynptr_ptr", ARENA: "arena",
}  # fmt: skip

_PREFIXES = (
    (RDONLY, "rdonly_"), (RINGBUF, "ringbuf_"), (USER, "user_"), (PERCPU, "percpu_"), (UNTRUSTED, "untrusted_"),
    (TRUSTED, "trusted_"), (RCU, "rcu_"),
)  # fmt: skip

PACKETS = frozenset((PACKET, PACKET_META))
PACKETS_ANY = frozenset((PACKET, PACKET_META, PACKET_END))
SOCKS = frozenset((SOCKET, SOCK_COMMON, TCP_SOCK, XDP_SOCK))

#: How far from its start a pointer may point; how long a packet may be.
MAX_VAR_OFF, MAX_PACKET_OFF = 1 << 29, 0xFFFF

#: The range of a packet pointer after a comparison with the end that went the other way.
AT_PACKET_END = -1
BEYOND_PACKET_END = -2

#: Set in the id of a scalar that is another one (of that id without it) plus a constant, its `off`: added in 64 bits, or in
#: 32 with the upper half zeroed.
ADD_CONST64 = 1 << 31
ADD_CONST32 = 1 << 30
ADD_CONST = ADD_CONST64 | ADD_CONST32


class MapInfo:
    """A map as the verifier sees it. `spec` says what it is; `fields` are the special fields in its value:
    offset → (kind, size), where its types tell."""

    __slots__ = ("fields", "frozen_bytes", "inner", "name", "spec", "value_size")

    def __init__(self, name: str, spec: MapSpec, inner: MapInfo | None = None) -> None:
        self.name = name
        self.spec = spec
        self.inner = inner
        self.value_size = spec.value_size
        self.fields: dict[int, tuple[str, int, int]] = {}
        self.frozen_bytes: bytes | None = None


class Reg:
    """What a register holds. Never changed.

    s      what is known of the number, or of the variable part of a pointer's offset
    off    the fixed part of the offset; of a scalar with ADD_CONST in its id, the constant
    id     registers with the same id hold the same thing (scalars), or came of the same unknown (pointers)
    ref    the reference that must be released, 0 if none
    aux    by kind: STACK the frame; packet pointers the bytes known to follow; map kinds the MapInfo; MEM its size;
           BTF_ID (types, type id); FUNC the subprogram
    uid    of a map from a map of maps, or of a dynptr's data: which one
    """

    __slots__ = ("aux", "id", "off", "ref", "s", "type", "uid")

    def __init__(
        self, type: int, s: Scalar = ZERO, off: int = 0, id: int = 0, ref: int = 0, aux: Any = None, uid: int = 0
    ) -> None:
        self.type = type
        self.s = s
        self.off = off
        self.id = id
        self.ref = ref
        self.aux = aux
        self.uid = uid

    def but(
        self,
        type: int | None = None,
        s: Scalar | None = None,
        off: int | None = None,
        id: int | None = None,
        ref: int | None = None,
        aux: Any = None,
        uid: int | None = None,
    ) -> Reg:
        """A copy with some of it changed."""
        return Reg(
            self.type if type is None else type,
            self.s if s is None else s,
            self.off if off is None else off,
            self.id if id is None else id,
            self.ref if ref is None else ref,
            self.aux if aux is None else aux,
            self.uid if uid is None else uid,
        )

    def same(self, other: Reg) -> bool:
        """Equal in all, ids too."""
        return self is other or (
            self.type == other.type and self.s == other.s and self.off == other.off and self.id == other.id
            and self.ref == other.ref and self.aux == other.aux and self.uid == other.uid
        )  # fmt: skip

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Reg) and self.same(other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Reg({show(self)})"


UNINIT = Reg(NOT_INIT)
#: What is left of a pointer that is of no use any more: a number, told apart so that a refusal can say why.
MOVED = Reg(SCALAR, UNKNOWN)
RELEASED = Reg(SCALAR, UNKNOWN)
UNKNOWN.reg = Reg(SCALAR, UNKNOWN)
ZERO.reg = Reg(SCALAR, ZERO)


def kind_name(type: int) -> str:
    """The kind as the kernel writes it: `map_value_or_null`, `rdonly_mem`."""
    name = "".join(text for flag, text in _PREFIXES if type & flag) + NAMES[type & KIND]
    if type & MAYBE_NULL:
        name += "or_null_" if type & KIND == BTF_ID else "_or_null"
    return name


def is_null(reg: Reg) -> bool:
    return reg.type == SCALAR and reg.s.const == 0


def is_spillable(type: int) -> bool:
    """Whether such a value may be kept on the stack and read back."""
    return type & KIND not in (NOT_INIT, SCALAR, TP_BUFFER, DYNPTR)


def show(reg: Reg, frame: int = 0) -> str:
    """The register as the kernel's log has it: `map_value(map=m,ks=4,vs=8,off=4)`."""
    kind = reg.type & KIND
    if reg.type == SCALAR:
        if reg.s.const is not None:
            return reg.s.text()
        parts = [f"id={reg.id & ~ADD_CONST}{f'{reg.off:+d}' if reg.id & ADD_CONST else ''}"] if reg.id else []
        text = reg.s.text()
        if text:
            parts.append(text)
        return f"scalar({','.join(parts)})"
    if kind == NOT_INIT:
        return "?"
    name = kind_name(reg.type)
    parts = []
    if kind == STACK:
        name += "" if reg.aux == frame else f"[{reg.aux}]"
        if reg.s.const is not None:
            return f"{name}{shown(reg.off + reg.s.smin)}"
    if kind == ARENA:
        return name
    if kind == BTF_ID and isinstance(reg.aux, tuple):
        name += str(reg.aux[2]) if len(reg.aux) > 2 else ""
    if reg.id:
        parts.append(f"id={reg.id}")
    if reg.ref:
        parts.append(f"ref_obj_id={reg.ref}")
    if reg.type & NON_OWN_REF and reg.type & ALLOC:
        parts.append("non_own_ref")
    if kind in PACKETS and isinstance(reg.aux, int):
        if reg.off:
            parts.append(f"off={shown(reg.off)}")
        parts.append(f"r={shown(reg.aux, False)}")
    elif isinstance(reg.aux, MapInfo):
        parts.append(f"map={reg.aux.name},ks={reg.aux.spec.key_size},vs={reg.aux.value_size}")
        if reg.off:
            parts.append(f"off={shown(reg.off)}")
    elif reg.off:
        parts.append(f"off={shown(reg.off)}")
    if kind == MEM:
        parts.append(f"sz={shown(reg.aux, False)}")
    if reg.s.const is None:
        text = reg.s.text()
        if text:
            parts.append(text)
    elif reg.s.const:
        parts.append(f"imm={shown(reg.s.smin)}")
    return f"{name}({','.join(parts)})"
