"""Whether a place lies in the memory that a pointer points to: bounds of each kind, alignment, offsets that must be none."""

from __future__ import annotations

from ebpf.uapi.flags import BPF_F_RDONLY_PROG, BPF_F_WRONLY_PROG, MAX_BPF_STACK
from ebpf.verifier import tnum
from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import (
    ARENA,
    CTX,
    FLOW_KEYS,
    KIND,
    MAP_KEY,
    MAP_VALUE,
    MAX_VAR_OFF,
    PACKETS,
    RDONLY,
    SOCK_COMMON,
    SOCKET,
    STACK,
    TCP_SOCK,
    TP_BUFFER,
    XDP_SOCK,
    MapInfo,
    Reg,
    kind_name,
)  # fmt: skip
from ebpf.verifier.scalar import S32_MAX, S32_MIN, S64_MIN
from ebpf.verifier.state import EMPTY, Frame

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


def _outside(regno: int, reg: Reg, off: int, size: int, whole: int) -> Refusal:
    kind = reg.type & KIND
    required = f"an offset from 0 to {whole - size}" if whole >= size else f"an access of at most {whole} bytes"
    if kind == MAP_KEY:
        text = f"invalid access to map key, key_size={whole} off={off} size={size}"
    elif kind == MAP_VALUE:
        text = f"invalid access to map value, value_size={whole} off={off} size={size}"
        return Refusal("map-bounds", text, register=regno, value=reg, required=required)
    elif kind in PACKETS:
        text = f"invalid access to packet, off={off} size={size}, R{regno}(id={reg.id},off={off},r={whole})"
        required = f"{off + size} bytes known to be in the packet; {max(whole, 0)} are"
        return Refusal("packet-bounds", text, register=regno, value=reg, required=required)
    else:
        text = f"invalid access to memory, mem_size={whole} off={off} size={size}"
    return Refusal("memory-bounds", text, register=regno, value=reg, required=required)


def _within(off: int, size: int, whole: int, zero_ok: bool) -> bool:
    return off >= 0 and (size > 0 or (size == 0 and zero_ok)) and off + size <= whole


def negative(regno: int, reg: Reg) -> Refusal:
    return Refusal(
        "negative",
        f"R{regno} min value is negative, either use unsigned index or do a if (index >=0) check.",
        register=regno, value=reg, required="an offset that is not negative",
    )  # fmt: skip


def check_region(regno: int, reg: Reg, off: int, size: int, whole: int, zero_ok: bool) -> None:
    """An access at `off` (the fixed part, from the register's and the instruction's) of `whole` bytes of memory."""
    s = reg.s
    if (
        s.const is not None
        and s.const + off >= 0
        and s.const + off + size <= whole
        and (size or zero_ok)
        and s.smin >= 0
    ):
        return
    if s.smin < 0 and (s.smin == S64_MIN or not S32_MIN <= off + s.smin <= S32_MAX or s.smin + off < 0):
        raise negative(regno, reg)
    if not _within(s.smin + off, size, whole, zero_ok):
        refusal = _outside(regno, reg, s.smin + off, size, whole)
        refusal.reason += f"\nR{regno} min value is outside of the allowed memory range"
        raise refusal
    if s.umax >= MAX_VAR_OFF:
        raise Refusal(
            "unbounded",
            f"R{regno} unbounded memory access, make sure to bounds check any such access",
            register=regno, value=reg, required=f"an offset of at most {max(whole - size - off, 0)}",
        )  # fmt: skip
    if not _within(s.umax + off, size, whole, zero_ok):
        refusal = _outside(regno, reg, s.umax + off, size, whole)
        refusal.reason += f"\nR{regno} max value is outside of the allowed memory range"
        raise refusal


def check_map_access(regno: int, reg: Reg, off: int, size: int, zero_ok: bool, direct: bool) -> None:
    """An access of a map's value; of its special fields only those that hold pointers may be reached, whole and `direct`ly."""
    info = reg.aux
    assert isinstance(info, MapInfo)
    check_region(regno, reg, off, size, info.value_size, zero_ok)
    for at, (name, _, width) in info.fields.items():
        if not (reg.s.smin + off < at + width and at < reg.s.umax + off + size):
            continue
        if not name.startswith(("kptr", "uptr")):
            wrong = f"{name} cannot be accessed directly by load/store"
        elif not direct:
            wrong = f"{name[:4]} cannot be accessed indirectly by helper"
        elif reg.s.const is None:
            wrong = f"{name[:4]} access cannot have variable offset"
        elif at != off + reg.s.const:
            wrong = f"kptr access misaligned expected={at} off={off + reg.s.const}"
        elif size != 8:
            wrong = "kptr access size must be BPF_DW"
        else:
            continue
        raise Refusal("field", wrong, register=regno, value=reg)


def check_map_rights(info: MapInfo, off: int, size: int, write: bool) -> None:
    flags = info.spec.flags
    if write and flags & BPF_F_RDONLY_PROG:
        raise Refusal("read-only", f"write into map forbidden, value_size={info.value_size} off={off} size={size}")
    if not write and flags & BPF_F_WRONLY_PROG:
        raise Refusal("read-only", f"read from map forbidden, value_size={info.value_size} off={off} size={size}")


def check_packet(regno: int, reg: Reg, off: int, size: int, zero_ok: bool) -> None:
    if reg.s.smin < 0:
        raise negative(regno, reg)
    reach = reg.aux
    assert isinstance(reach, int)
    if reach < 0 or not _within(off, size, reach, zero_ok):
        refusal = _outside(regno, reg, off, size, reach)
        refusal.reason = (refusal.reason + "\n" if reach >= 0 else "") + f"R{regno} offset is outside of the packet"
        raise refusal


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


def check_buffer(v: Verifier, regno: int, reg: Reg, off: int, size: int) -> None:
    name = "tracepoint" if reg.type & KIND == TP_BUFFER else "rdonly" if reg.type & RDONLY else "rdwr"
    if off < 0:
        raise Refusal(
            "memory-bounds", f"R{regno} invalid {name} buffer access: off={off}, size={size}", register=regno, value=reg
        )
    if reg.s.const != 0:
        raise Refusal(
            "memory-bounds",
            f"R{regno} invalid variable buffer offset: off={off}, var_off={tnum.text(reg.s.value, reg.s.mask)}",
            register=regno, value=reg,
        )  # fmt: skip
    if reg.type & KIND == TP_BUFFER:
        v.reach_buffer("tp", off + size)
    else:
        v.reach_buffer("rdonly" if reg.type & RDONLY else "rdwr", off + size)


# -- the stack


def check_stack(v: Verifier, regno: int, reg: Reg, off: int, size: int, write: bool) -> None:
    """The bytes `off` … `off + size` from the frame's top (negative) plus the variable part lie in the stack."""
    what = " write to" if write else " read from"
    s = reg.s
    frame: Frame = v.frames[reg.aux]
    if s.const is not None:
        low = s.smin + off
        high = low + size
    else:
        if s.smax >= MAX_VAR_OFF or s.smin <= -MAX_VAR_OFF:
            raise Refusal(
                "stack-bounds",
                f"invalid unbounded variable-offset{what} stack R{regno}",
                register=regno, value=reg, required="an offset with bounds",
            )  # fmt: skip
        low = s.smin + off
        high = s.smax + off + size
    lowest = -MAX_BPF_STACK if write or v.uninit_stack_ok else -len(frame.stack) * 8
    if low < lowest or low > -1 or high > 0 or size < 0:
        if s.const is not None:
            text = f"invalid{what} stack R{regno} off={off + s.smin} size={size}"
        else:
            text = f"invalid variable-offset{what} stack R{regno} var_off={tnum.text(s.value, s.mask)} off={off} size={size}"
        raise Refusal(
            "stack-bounds", text, register=regno, value=reg, required=f"offsets from {lowest} to {-max(size, 1)}"
        )
    grow(v, frame, -low)


def grow(v: Verifier, frame: Frame, depth: int) -> None:
    """Makes the frame's stack at least `depth` bytes deep."""
    slots = (depth + 7) >> 3
    have = len(frame.stack)
    if slots > have:
        frame.stack.extend([EMPTY] * (slots - have))
        function = v.flow.functions[frame.subprog]
        if slots * 8 > function.depth:
            function.depth = slots * 8


def slot_of(off: int) -> int:
    return (-off - 1) >> 3


def place(reg: Reg, what: str, slots: int) -> int:
    """The topmost of the stack slots that hold what the register must point to the start of; raises Refusal."""
    if reg.s.const is None:
        raise Refusal("dynptr", f"{what} has to be at a constant offset", value=reg)
    off = reg.off + reg.s.smin
    spi = slot_of(off)
    if off % 8 or spi < slots - 1:
        raise Refusal("dynptr", f"cannot pass in {what} at an offset={off}", value=reg)
    return spi
