"""Transfer functions of arithmetic on scalars, as Linux 6.18 bounds them.

Each takes what is known of the operands and gives what is known of the result. `alu(op, wide)` finds the function for an
operation (the high four bits of the opcode) of 64 bits (`wide`) or 32, memoised.
"""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.verifier import tnum
from ebpf.verifier.interned import const, intern, memo, settle
from ebpf.verifier.scalar import S32_MAX, S32_MIN, S64_MAX, S64_MIN, UNKNOWN, Scalar
from ebpf.verifier.tnum import M32, M64

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Binary = Callable[[Scalar, Scalar], Scalar]
    Ranges = tuple[int, int, int, int, int, int, int, int]

_T31, _T63 = 1 << 31, 1 << 63


def _wrap_add(low: int, high: int, low2: int, high2: int, top: int) -> tuple[int, int]:
    """Unsigned sum: bounded if none or all of the sums overflow."""
    low, high = low + low2, high + high2
    if low <= top < high:
        return 0, top
    return low & top, high & top


def _wrap_sub(low: int, high: int, low2: int, high2: int, top: int) -> tuple[int, int]:
    low, high = low - high2, high - low2
    if low < 0 <= high:
        return 0, top
    return low & top, high & top


def _clip(low: int, high: int, least: int, most: int) -> tuple[int, int]:
    """A signed result that may overflow is unbounded."""
    return (low, high) if least <= low and high <= most and low <= most and high >= least else (least, most)


def _add(a: Scalar, b: Scalar) -> tuple[tuple[int, int], Ranges]:
    u32 = _wrap_add(a.u32min, a.u32max, b.u32min, b.u32max, M32)
    u64 = _wrap_add(a.umin, a.umax, b.umin, b.umax, M64)
    s32 = _clip(a.s32min + b.s32min, a.s32max + b.s32max, S32_MIN, S32_MAX)
    s64 = _clip(a.smin + b.smin, a.smax + b.smax, S64_MIN, S64_MAX)
    return tnum.add(a.value, a.mask, b.value, b.mask), (*u64, *s64, *u32, *s32)


def _sub(a: Scalar, b: Scalar) -> tuple[tuple[int, int], Ranges]:
    u32 = _wrap_sub(a.u32min, a.u32max, b.u32min, b.u32max, M32)
    u64 = _wrap_sub(a.umin, a.umax, b.umin, b.umax, M64)
    s32 = _clip(a.s32min - b.s32max, a.s32max - b.s32min, S32_MIN, S32_MAX)
    s64 = _clip(a.smin - b.smax, a.smax - b.smin, S64_MIN, S64_MAX)
    return tnum.sub(a.value, a.mask, b.value, b.mask), (*u64, *s64, *u32, *s32)


def _products(low: int, high: int, low2: int, high2: int, least: int, most: int) -> tuple[int, int]:
    every = (low * low2, low * high2, high * low2, high * high2)
    return _clip(min(every), max(every), least, most)


def _mul(a: Scalar, b: Scalar) -> tuple[tuple[int, int], Ranges]:
    u32 = (a.u32min * b.u32min, a.u32max * b.u32max)
    u64 = (a.umin * b.umin, a.umax * b.umax)
    s32 = _products(a.s32min, a.s32max, b.s32min, b.s32max, S32_MIN, S32_MAX)
    s64 = _products(a.smin, a.smax, b.smin, b.smax, S64_MIN, S64_MAX)
    if u32[1] > M32:
        u32 = (0, M32)
    if u64[1] > M64:
        u64 = (0, M64)
    return tnum.mul(a.value, a.mask, b.value, b.mask), (*u64, *s64, *u32, *s32)


def _signed_too(low: int, high: int, sign: int, least: int, most: int) -> tuple[int, int]:
    """An unsigned range as a signed one, if it doesn't cross the sign."""
    top = sign << 1
    a, b = (low - top if low >= sign else low), (high - top if high >= sign else high)
    return (a, b) if a <= b else (least, most)


def _bitwise(
    merge: Callable[[int, int, int, int], tuple[int, int]],
    bound: Callable[[int, int, int, int, int, int], tuple[int, int]],
) -> Callable[[Scalar, Scalar], tuple[tuple[int, int], Ranges]]:
    """AND, OR, XOR: the bits by `merge`, the unsigned range by `bound` (of the result's bits and the operands' ranges)."""

    def both(a: Scalar, b: Scalar) -> tuple[tuple[int, int], Ranges]:
        value, mask = merge(a.value, a.mask, b.value, b.mask)
        if not mask & M32:
            u32 = (value & M32, value & M32)
        else:
            u32 = bound(value & M32, mask & M32, a.u32min, a.u32max, b.u32min, b.u32max)
        s32 = _signed_too(*u32, _T31, S32_MIN, S32_MAX)
        if not mask:
            u64 = (value, value)
        else:
            u64 = bound(value, mask, a.umin, a.umax, b.umin, b.umax)
        s64 = _signed_too(*u64, _T63, S64_MIN, S64_MAX)
        return (value, mask), (*u64, *s64, *u32, *s32)

    return both


_and = _bitwise(tnum.and_, lambda value, _mask, _low, high, _low2, high2: (value, min(high, high2)))
_or = _bitwise(tnum.or_, lambda value, mask, low, _high, low2, _high2: (max(low, low2), value | mask))
_xor = _bitwise(tnum.xor, lambda value, mask, _low, _high, _low2, _high2: (value, value | mask))

_BOTH = {op.ADD: _add, op.SUB: _sub, op.MUL: _mul, op.AND: _and, op.OR: _or, op.XOR: _xor}


def narrow(bits: tuple[int, int], u32: tuple[int, int], s32: tuple[int, int]) -> Scalar:
    """A 32-bit result: the upper half of the register is 0."""
    s64 = s32 if s32[0] >= 0 and s32[1] >= 0 else (0, M32)
    return settle(bits[0] & M32, bits[1] & M32, *u32, *s64, *u32, *s32)


def _shift(which: int, wide: bool, a: Scalar, by: int) -> Scalar:
    if which == op.LSH:
        if wide:
            s64 = (a.s32min << 32, a.s32max << 32) if by == 32 else (S64_MIN, S64_MAX)
            u64 = (0, M64) if a.umax > 1 << (63 - by) else (a.umin << by, a.umax << by)
            bits = ((a.value << by) & M64, (a.mask << by) & M64)
        else:
            s64, u64 = (S64_MIN, S64_MAX), (0, M64)
            bits = ((a.value & M32) << by, (a.mask & M32) << by)
        u32 = (0, M32) if by > 31 or a.u32max > 1 << (31 - by) else (a.u32min << by, a.u32max << by)
        if wide:
            return settle(*bits, *u64, *s64, *u32, S32_MIN, S32_MAX)
        return narrow(bits, u32, _tight32(bits, (S32_MIN, S32_MAX)))
    if which == op.RSH:
        if wide:
            bits = (a.value >> by, a.mask >> by)
            return settle(*bits, a.umin >> by, a.umax >> by, S64_MIN, S64_MAX, 0, M32, S32_MIN, S32_MAX)
        bits = ((a.value & M32) >> by, (a.mask & M32) >> by)
        return narrow(bits, (a.u32min >> by, a.u32max >> by), _tight32(bits, (S32_MIN, S32_MAX)))
    if wide:
        bits = tnum.shift_right_signed(a.value, a.mask, by, 64)
        return settle(*bits, 0, M64, a.smin >> by, a.smax >> by, 0, M32, S32_MIN, S32_MAX)
    bits = tnum.shift_right_signed(a.value, a.mask, by, 32)
    return narrow(bits, (0, M32), _tight32(bits, (a.s32min >> by, a.s32max >> by)))


def _tight32(bits: tuple[int, int], s32: tuple[int, int]) -> tuple[int, int]:
    """A signed 32-bit range, tightened by the bits before it is widened to 64."""
    low, unsure = bits[0] & M32, bits[1] & M32
    least, most = low | (unsure & _T31), low | (unsure & S32_MAX)
    least = least - (1 << 32) if least >= _T31 else least
    most = most - (1 << 32) if most >= _T31 else most
    return max(s32[0], least), min(s32[1], most)


#: Operations on numbers that are both known: no need for ranges.
_EXACT: dict[int, Callable[[int, int], int]] = {
    op.ADD: int.__add__, op.SUB: int.__sub__, op.MUL: int.__mul__, op.AND: int.__and__, op.OR: int.__or__,
    op.XOR: int.__xor__,
}  # fmt: skip


def _compute(which: int, wide: bool, a: Scalar, b: Scalar) -> Scalar:
    both = _BOTH.get(which)
    if both is not None:
        bits, ranges = both(a, b)
        return settle(*bits, *ranges) if wide else narrow(bits, ranges[4:6], ranges[6:8])
    if which in (op.LSH, op.RSH, op.ARSH):
        by = b.const if wide else (None if b.mask & M32 else b.value & M32)
        # As in Linux, which looks at all 64 bits of the shift even where 32 are shifted.
        if by is not None and b.umin == b.umax and b.umax < (64 if wide else 32):
            return _shift(which, wide, a, by)
    return UNKNOWN  # of 32-bit operations, too: Linux doesn't say here that the upper half is 0


U32 = intern((0, M32, 0, M32, 0, M32, 0, M32, S32_MIN, S32_MAX))
_ZERO = const(0)


def alu(which: int, wide: bool) -> Binary:
    """The transfer function of `dst = dst <op> src`."""
    table = memo()
    get = table.get

    exact = _EXACT.get(which)
    top = M64 if wide else M32

    def transfer(a: Scalar, b: Scalar) -> Scalar:
        if exact is not None and a.const is not None and b.const is not None and a.umin == a.umax and b.umin == b.umax:
            return const(exact(a.const, b.const) & top)
        found = get((a, b))
        if found is None:
            found = table[a, b] = _compute(which, wide, a, b)
        return found  # type: ignore[return-value]

    return transfer


def negate(a: Scalar, wide: bool) -> Scalar:
    return _compute(op.SUB, wide, _ZERO, a)


def low32(a: Scalar) -> Scalar:
    """The low half, zero-extended: what a 32-bit move leaves."""
    return narrow((a.value, a.mask), (a.u32min, a.u32max), (a.s32min, a.s32max))


def zero_extend(a: Scalar, size: int) -> Scalar:
    """The low `size` bytes of `a`, the rest 0: what a load leaves."""
    bits = size * 8
    mask = (1 << bits) - 1
    if a is UNKNOWN:
        return _LOADED[size]
    if a.umin & ~mask == a.umax & ~mask:
        low, high = a.umin & mask, a.umax & mask
    else:
        low, high = 0, mask
    if size < 4:
        return settle(a.value & mask, a.mask & mask, low, high, low, high, 0, M32, S32_MIN, S32_MAX)
    return settle(
        a.value & mask, a.mask & mask, low, high, low, high, a.u32min, a.u32max, a.s32min, a.s32max
    )  # fmt: skip


_LOADED = {
    1: settle(0, 0xFF, 0, 0xFF, 0, 0xFF, 0, 0xFF, 0, 0xFF),
    2: settle(0, 0xFFFF, 0, 0xFFFF, 0, 0xFFFF, 0, 0xFFFF, 0, 0xFFFF),
    4: U32,
    8: UNKNOWN,
}


def _sext(number: int, bits: int) -> int:
    number &= (1 << bits) - 1
    return number - (1 << bits) if number >> (bits - 1) else number


def sign_extend(a: Scalar, size: int) -> Scalar:
    """The low `size` bytes (1, 2, 4) of `a`, sign-extended to 64 bits."""
    bits = size * 8
    if a.const is not None:
        return const(_sext(a.const, bits))
    if a.smin >> bits == a.smax >> bits:
        one, two = _sext(a.smin, bits), _sext(a.smax, bits)
        low, high = min(one, two), max(one, two)
        if (low >= 0) == (high >= 0):
            return settle(
                *tnum.span(low & M64, high & M64), low & M64, high & M64, low, high, low & M32, high & M32, low, high
            )
    low, high = -(1 << (bits - 1)), (1 << (bits - 1)) - 1
    return settle(0, M64, 0, M64, low, high, 0, M32, low, high)


def sign_extend32(a: Scalar, size: int) -> Scalar:
    """The low `size` bytes (1, 2) of `a`, sign-extended to 32 bits, the upper half 0."""
    bits = size * 8
    if a.const is not None:
        return const(_sext(a.const, bits) & M32)
    if a.s32min >> bits == a.s32max >> bits:
        one, two = _sext(a.s32min, bits), _sext(a.s32max, bits)
        low, high = min(one, two), max(one, two)
        if (low >= 0) == (high >= 0):
            value, mask = tnum.span(low & M64, high & M64)
            return narrow((value, mask), (low & M32, high & M32), (low, high))
    return narrow((0, M32), (0, M32), (-(1 << (bits - 1)), (1 << (bits - 1)) - 1))


def _reversed(number: int, size: int) -> int:
    return int.from_bytes((number & ((1 << (size * 8)) - 1)).to_bytes(size, "little"), "big")


def swap(a: Scalar, bits: int, *, reverse: bool) -> Scalar:
    """Byte order operations: the low `bits` bits, reversed or not, the rest 0."""
    size = bits // 8
    if reverse:
        a = settle(
            _reversed(a.value, size), _reversed(a.mask, size), 0, M64, S64_MIN, S64_MAX, 0, M32, S32_MIN, S32_MAX
        )  # fmt: skip
    return a if size == 8 else zero_extend(a, size)
