"""Arithmetic on pointers."""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.uapi.flags import MAX_BPF_STACK
from ebpf.verifier import tnum
from ebpf.verifier.bounds import check_map_access
from ebpf.verifier.interned import settle
from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import (
    BTF_ID,
    BUF,
    CONST_MAP,
    CTX,
    DYNPTR,
    FLOW_KEYS,
    FUNC,
    KIND,
    MAP_KEY,
    MAP_VALUE,
    MAX_VAR_OFF,
    MAYBE_NULL,
    MEM,
    PACKET,
    PACKET_META,
    PACKETS,
    STACK,
    TP_BUFFER,
    UNTRUSTED,
    MapInfo,
    Reg,
    kind_name,
)  # fmt: skip
from ebpf.verifier.scalar import S32_MAX, S32_MIN, S64_MAX, S64_MIN, UNKNOWN, Scalar
from ebpf.verifier.tnum import M32, M64

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Verifier

_MOVABLE = frozenset((CTX, MAP_VALUE, MAP_KEY, STACK, PACKET_META, PACKET, TP_BUFFER, BTF_ID, MEM, BUF, FUNC, DYNPTR))


def with_low(s: Scalar, low: int) -> Scalar:
    """`s` with its low 32 bits known."""
    low &= M32
    signed = low - (1 << 32) if low >> 31 else low
    return settle(s.value & ~M32 | low, s.mask & ~M32, s.umin, s.umax, s.smin, s.smax, low, low, signed, signed)


def _check_sane(s: Scalar, off: int, type: int, register: int) -> None:
    name = kind_name(type)
    if s.const is not None and not -MAX_VAR_OFF < s.smin < MAX_VAR_OFF:
        text = f"math between {name} pointer and {s.smin} is not allowed"
    elif not -MAX_VAR_OFF < off < MAX_VAR_OFF:
        text = f"{name} pointer offset {off} is not allowed"
    elif s.smin == S64_MIN:
        text = f"math between {name} pointer and register with unbounded min value is not allowed"
    elif not -MAX_VAR_OFF < s.smin < MAX_VAR_OFF:
        text = f"value {s.smin} makes {name} pointer be out of bounds"
    else:
        return
    raise Refusal(
        "unbounded", text, register=register, value=s.reg, required=f"a number between {-MAX_VAR_OFF} and {MAX_VAR_OFF}"
    )


def add(v: Verifier, i: int, which: int, wide: bool, dst: int, pointer: Reg, number: Reg, pointer_is_dst: bool) -> Reg:
    """The pointer after `which` with the number."""
    s = number.s
    known = s.const is not None
    if (known and (s.smin != s.smax or s.umin != s.umax)) or s.smin > s.smax or s.umin > s.umax:
        return UNKNOWN.reg  # a path that can't be taken
    if not wide:
        if which == op.SUB and v.pointer_leaks_ok:
            return UNKNOWN.reg
        raise Refusal(
            "pointer-arithmetic", f"R{dst} 32-bit pointer arithmetic prohibited", register=dst, value=pointer,
            required="64-bit arithmetic",
        )  # fmt: skip
    kind = pointer.type & KIND
    if pointer.type & MAYBE_NULL:
        raise Refusal(
            "map-value-null" if kind == MAP_VALUE else "null",
            f"R{dst} pointer arithmetic on {kind_name(pointer.type)} prohibited, null-check it first",
            register=dst, value=pointer, required="a pointer tested against NULL",
        )  # fmt: skip
    if kind == MEM and pointer.type & UNTRUSTED:
        # Wherever it points, a read of it is one that may fail; so nothing is kept of where that is.
        return pointer if pointer_is_dst else number
    if kind not in _MOVABLE and not (
        (kind == FLOW_KEYS and known) or (kind == CONST_MAP and known and s.smin == 0 and which == op.ADD)
    ):
        raise Refusal(
            "pointer-arithmetic", f"R{dst} pointer arithmetic on {kind_name(pointer.type)} prohibited",
            register=dst, value=pointer,
        )  # fmt: skip
    # Linux asks this of the constant, too, by which the number differs from another.
    _check_sane(s, number.off, pointer.type, dst)
    _check_sane(pointer.s, pointer.off, pointer.type, dst)
    limit = _sanitize(v, i, which, pointer, s, pointer_is_dst, dst) if not v.perfmon else None
    p = pointer.s
    if which == op.ADD:
        new_off = pointer.off + s.smin
        if known and S32_MIN <= new_off <= S32_MAX:
            result = Reg(pointer.type, p, new_off, pointer.id, pointer.ref, pointer.aux, pointer.uid)
        else:
            smin, smax = p.smin + s.smin, p.smax + s.smax
            if smin < S64_MIN or smax > S64_MAX or smin > S64_MAX or smax < S64_MIN:
                smin, smax = S64_MIN, S64_MAX
            umin, umax = p.umin + s.umin, p.umax + s.umax
            if umax > M64 or umin > M64:
                umin, umax = 0, M64
            bits = tnum.add(p.value, p.mask, s.value, s.mask)
            result = _moved(v, pointer, bits, umin, umax, smin, smax, True)
    elif which == op.SUB:
        if not pointer_is_dst:
            raise Refusal(
                "pointer-arithmetic", f"R{dst} tried to subtract pointer from scalar", register=dst, value=pointer
            )
        if kind == STACK:
            raise Refusal(
                "pointer-arithmetic", f"R{dst} subtraction from stack pointer prohibited", register=dst, value=pointer,
                required="an addition of a negative number",
            )  # fmt: skip
        new_off = pointer.off - s.smin
        if known and S32_MIN <= new_off <= S32_MAX:
            result = Reg(pointer.type, p, new_off, pointer.id, pointer.ref, pointer.aux, pointer.uid)
        else:
            smin, smax = p.smin - s.smax, p.smax - s.smin
            if smin < S64_MIN or smax > S64_MAX or smin > S64_MAX or smax < S64_MIN:
                smin, smax = S64_MIN, S64_MAX
            umin, umax = (0, M64) if p.umin < s.umax else (p.umin - s.umax, p.umax - s.umin)
            bits = tnum.sub(p.value, p.mask, s.value, s.mask)
            result = _moved(v, pointer, bits, umin, umax, smin, smax, s.smin < 0)
    elif which in (op.AND, op.OR, op.XOR):
        raise Refusal(
            "pointer-arithmetic",
            f"R{dst} bitwise operator {op.ALU_SIGNS[which]} on pointer prohibited",
            register=dst,
            value=pointer,
        )
    else:
        raise Refusal(
            "pointer-arithmetic", f"R{dst} pointer arithmetic with {op.ALU_SIGNS[which]} operator prohibited",
            register=dst, value=pointer,
        )  # fmt: skip
    _check_sane(result.s, result.off, pointer.type, dst)
    if not v.perfmon:
        _check_speculative_bounds(v, dst, result)
        if limit is not None:
            _commit(v, i, which, result, s, limit, dst)
    return result


def _moved(
    v: Verifier, pointer: Reg, bits: tuple[int, int], umin: int, umax: int, smin: int, smax: int, forget: bool
) -> Reg:
    """A pointer with a new variable part. A packet pointer becomes one of its own: what was known of the bytes that
    follow holds only when it moved forwards."""
    s = settle(*bits, umin, umax, smin, smax, 0, M32, S32_MIN, S32_MAX)
    if pointer.type in PACKETS:
        reach = 0 if forget else pointer.aux
        return Reg(pointer.type, s, pointer.off, v.new_id(), pointer.ref, reach)
    return Reg(pointer.type, s, pointer.off, pointer.id, pointer.ref, pointer.aux, pointer.uid)


# -- without privilege: no pointer may leave its object even in speculation


def _check_speculative_bounds(v: Verifier, dst: int, reg: Reg) -> None:
    if reg.type == STACK:
        off = reg.off + reg.s.smin
        if reg.s.const is None:
            raise Refusal(
                "speculation",
                f"R{dst} variable stack access prohibited for !root, "
                f"var_off={tnum.text(reg.s.value, reg.s.mask)} off={reg.off}",
                register=dst, value=reg,
            )  # fmt: skip
        if not -MAX_BPF_STACK <= off < 0:
            raise Refusal(
                "speculation",
                f"R{dst} stack pointer arithmetic goes out of range, prohibited for !root; off={off}",
                register=dst, value=reg,
            )  # fmt: skip
    elif reg.type == MAP_VALUE:
        try:
            check_map_access(dst, reg, reg.off, 1, False, False)
        except Refusal as refusal:
            raise Refusal(
                "speculation",
                f"{refusal.reason}\nR{dst} pointer arithmetic of map value goes out of range, prohibited for !root",
                register=dst, value=reg,
            ) from None  # fmt: skip


def _limit(reg: Reg, to_left: bool) -> int | str:
    if reg.type == STACK:
        most = MAX_BPF_STACK + to_left
        limit = -(reg.s.smin + reg.off)
    elif reg.type == MAP_VALUE:
        assert isinstance(reg.aux, MapInfo)
        most = reg.aux.value_size
        limit = (reg.s.smin if to_left else reg.s.umax) + reg.off
    else:
        return "type"
    return limit if 0 <= limit < most else "limit"


_WHY = {
    "bounds": "has unknown scalar with mixed signed bounds",
    "type": "has pointer with unsupported alu operation",
    "paths": "tried to {} from different maps, paths or scalars",
    "limit": "tried to {} beyond pointer bounds",
}


def _not_safe(which: int, why: str, dst: int, reg: Reg) -> Refusal:
    text = _WHY[why].format("add" if which == op.ADD else "sub")
    if why in ("bounds", "type"):
        text += ", pointer arithmetic with it"
    return Refusal(
        "speculation",
        f"R{dst} {text}, prohibited for !root".replace("it, prohibited", "it prohibited"),
        register=dst,
        value=reg,
    )


def _sanitize(
    v: Verifier, i: int, which: int, pointer: Reg, s: Scalar, pointer_is_dst: bool, dst: int
) -> tuple[int, bool] | None:
    if which not in (op.ADD, op.SUB) or v.flow.code[i] & op.X == 0:
        return None
    negative = s.smin < 0
    if s.const is None and (s.smin < 0) != (s.smax < 0):
        raise _not_safe(which, "bounds", dst, pointer)
    to_left = (which == op.ADD and negative) or (which == op.SUB and not negative)
    limit = _limit(pointer, to_left)
    if isinstance(limit, str):
        raise _not_safe(which, limit, dst, pointer)
    return limit, to_left


def _commit(v: Verifier, i: int, which: int, result: Reg, s: Scalar, before: tuple[int, bool], dst: int) -> None:
    limit = _limit(result, before[1])
    if isinstance(limit, str):
        raise _not_safe(which, limit, dst, result)
    state = (s.smin < 0, s.const is not None, abs(before[0] - limit))
    known = v.masks.get(i)
    if known is not None and known != state:
        raise _not_safe(which, "paths", dst, result)
    v.masks[i] = state


def sanitize_value(v: Verifier, i: int, which: int) -> None:
    """An instruction that adds numbers on one path and to a pointer on another can't be masked for both."""
    if which in (op.ADD, op.SUB):
        if v.masks.get(i, ()) not in ((), None):
            raise _not_safe(which, "paths", v.flow.dst[i], v.regs[v.flow.dst[i]])
        v.masks[i] = ()
