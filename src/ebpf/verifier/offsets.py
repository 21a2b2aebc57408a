"""Offsets of pointers: aligned where that is asked for, or none at all."""

from __future__ import annotations

from ebpf.verifier import tnum
from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import (
    ARENA,
    CTX,
    FLOW_KEYS,
    MAP_KEY,
    MAP_VALUE,
    PACKETS,
    SOCK_COMMON,
    SOCKET,
    STACK,
    TCP_SOCK,
    XDP_SOCK,
    Reg,
    kind_name,
)  # fmt: skip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Verifier

_DESCRIBED = {
    FLOW_KEYS: "flow keys ", MAP_KEY: "key ", MAP_VALUE: "value ", CTX: "context ", STACK: "stack ", SOCKET: "sock ",
    SOCK_COMMON: "sock_common ", TCP_SOCK: "tcp_sock ", XDP_SOCK: "xdp_sock ",
}  # fmt: skip


def check_alignment(v: Verifier, reg: Reg, off: int, size: int, strict: bool) -> None:
    kind = reg.type
    if kind == STACK:
        strict = True
    if not (strict or v.strict_alignment) or size == 1 or kind == ARENA:
        return
    extra = 2 if kind in PACKETS and (v.strict_alignment or strict) else 0
    value, mask = tnum.add(reg.s.value, reg.s.mask, (extra + reg.off + off) & tnum.M64, 0)
    if (value | mask) & (size - 1):
        bits = tnum.text(reg.s.value, reg.s.mask)
        if kind in PACKETS:
            text = f"misaligned packet access off 2+{bits}+{reg.off}+{off} size {size}"
        else:
            text = f"misaligned {_DESCRIBED.get(kind, '')}access off {bits}+{reg.off}+{off} size {size}"
        raise Refusal("alignment", text, value=reg, required=f"an offset that is a multiple of {size}")


def check_plain_offset(reg: Reg, regno: int, fixed_ok: bool = False) -> None:
    """A pointer that must point at the start of its thing."""
    name = kind_name(reg.type)
    if reg.off < 0:
        raise Refusal(
            "pointer-arithmetic",
            f"negative offset {name} ptr R{regno} off={reg.off} disallowed",
            register=regno,
            value=reg,
        )
    if not fixed_ok and reg.off:
        raise Refusal(
            "pointer-arithmetic",
            f"dereference of modified {name} ptr R{regno} off={reg.off} disallowed",
            register=regno, value=reg, required="the pointer as it was given, with no offset added",
        )  # fmt: skip
    if reg.s.const != 0:
        raise Refusal(
            "pointer-arithmetic",
            f"variable {name} access var_off={tnum.text(reg.s.value, reg.s.mask)} disallowed",
            register=regno, value=reg, required="a constant offset",
        )  # fmt: skip
