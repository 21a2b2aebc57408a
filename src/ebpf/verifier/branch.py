"""Branches on scalars: is the outcome known, and what does each outcome tell of the operands. As Linux 6.18 does."""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.verifier import tnum
from ebpf.verifier.interned import memo, settle, settle_twice
from ebpf.verifier.scalar import S32_MAX, S32_MIN, S64_MAX, S64_MIN, Scalar
from ebpf.verifier.tnum import M32, M64

JEQ, JNE, JSET = op.JEQ, op.JNE, op.JSET
JGT, JGE, JLT, JLE = op.JGT, op.JGE, op.JLT, op.JLE
JSGT, JSGE, JSLT, JSLE = op.JSGT, op.JSGE, op.JSLT, op.JSLE
#: "No bit of the mask is set": the other outcome of JSET, which has no opcode.
NOT_SET = 0x1000

#: a <op> b is b <FLIP> a.
FLIP = {JEQ: JEQ, JNE: JNE, JSET: JSET, NOT_SET: NOT_SET, JGT: JLT, JGE: JLE, JLT: JGT, JLE: JGE,
        JSGT: JSLT, JSGE: JSLE, JSLT: JSGT, JSLE: JSGE}  # fmt: skip
#: What holds when <op> does not.
ELSE = {JEQ: JNE, JNE: JEQ, JSET: NOT_SET, NOT_SET: JSET, JGT: JLE, JGE: JLT, JLT: JGE, JLE: JGT,
        JSGT: JSLE, JSGE: JSLT, JSLT: JSGE, JSLE: JSGT}  # fmt: skip


def outcome(which: int, wide: bool, a: Scalar, b: Scalar) -> bool | None:
    """Whether the jump is taken, None if it may go either way."""
    if wide:
        umin, umax, smin, smax = a.umin, a.umax, a.smin, a.smax
        umin2, umax2, smin2, smax2 = b.umin, b.umax, b.smin, b.smax
        av, am, bv, bm = a.value, a.mask, b.value, b.mask
    else:
        umin, umax, smin, smax = a.u32min, a.u32max, a.s32min, a.s32max
        umin2, umax2, smin2, smax2 = b.u32min, b.u32max, b.s32min, b.s32max
        av, am, bv, bm = a.value & M32, a.mask & M32, b.value & M32, b.mask & M32
    if which in (JEQ, JNE):
        if not am and not bm:
            return (av == bv) is (which == JEQ)
        apart = (
            not tnum.overlap(av, am, bv, bm) or umin > umax2 or umax < umin2 or smin > smax2 or smax < smin2
            or (wide and (a.u32min > b.u32max or a.u32max < b.u32min or a.s32min > b.s32max or a.s32max < b.s32min))
        )  # fmt: skip
        return which == JNE if apart else None
    if which == JSET:
        if bm:
            av, am, bv, bm = bv, bm, av, am
        if bm:
            return None
        if av & bv:
            return True
        return None if (av | am) & bv else False
    if which == JGT:
        return True if umin > umax2 else False if umax <= umin2 else None
    if which == JSGT:
        return True if smin > smax2 else False if smax <= smin2 else None
    if which == JLT:
        return True if umax < umin2 else False if umin >= umax2 else None
    if which == JSLT:
        return True if smax < smin2 else False if smin >= smax2 else None
    if which == JGE:
        return True if umin >= umax2 else False if umax < umin2 else None
    if which == JSGE:
        return True if smin >= smax2 else False if smax < smin2 else None
    if which == JLE:
        return True if umax <= umin2 else False if umin > umax2 else None
    return True if smax <= smin2 else False if smin > smax2 else None


_refined = memo()


def refine(which: int, wide: bool, a: Scalar, b: Scalar, same: bool = False) -> tuple[Scalar, Scalar]:
    """What is known of both operands once `a <which> b` holds. `same`: both are one register, and each thing learned of one
    side is at once true of the other, as in Linux, which follows outcomes of such a comparison that can't be."""
    key = (which, wide, a, b, same)
    found = _refined.get(key)
    if found is None:
        found = _refined[key] = _refine(which, wide, a, b, same)
    return found  # type: ignore[return-value]


def _refine(which: int, wide: bool, a: Scalar, b: Scalar, same: bool) -> tuple[Scalar, Scalar]:
    if which in (JGE, JGT, JSGE, JSGT):
        second, first = _refine(FLIP[which], wide, b, a, same)
        return first, second
    one = list(a.key)
    two = one if same else list(b.key)
    # Places in a key: 0 value, 1 mask, 2 umin, 3 umax, 4 smin, 5 smax, 6 u32min, 7 u32max, 8 s32min, 9 s32max.
    u, s = (2, 4) if wide else (6, 8)
    if which == JEQ:
        for low, high in ((u, u + 1), (s, s + 1)):
            one[low] = two[low] = max(one[low], two[low])
            one[high] = two[high] = min(one[high], two[high])
        if wide:
            one[0], one[1] = two[0], two[1] = tnum.intersect(one[0], one[1], two[0], two[1])
        else:
            value, mask = tnum.intersect(one[0] & M32, one[1] & M32, two[0] & M32, two[1] & M32)
            for view in (one, two):
                view[0], view[1] = tnum.or_(view[0] & ~M32, view[1] & ~M32, value, mask)
    elif which in (JNE, JSET, NOT_SET):
        fixed = M64 if wide else M32
        if two[1] & fixed:
            if one[1] & fixed:
                return a, b
            second, first = _refine(which, wide, b, a, same)
            return first, second
        number = two[0] & fixed
        if which == JNE:
            sign = 1 << (63 if wide else 31)
            signed = number - (sign << 1) if number >= sign else number
            for place, x in ((u, number), (s, signed)):
                low, high = one[place], one[place + 1]
                if low == x:
                    one[place] = low + 1
                if high == x:
                    one[place + 1] = high - 1
            _contain(one, u, s, wide)
        elif which == JSET:
            if number == 0 or number & (number - 1):
                return a, b
            if wide:
                one[0], one[1] = tnum.or_(one[0], one[1], number, 0)
            else:
                low, unsure = tnum.or_(one[0] & M32, one[1] & M32, number, 0)
                one[0], one[1] = tnum.or_(one[0] & ~M32, one[1] & ~M32, low, unsure)
        else:
            # The ranges are let go and found anew from the bits.
            one[2:] = [0, M64, S64_MIN, S64_MAX, 0, M32, S32_MIN, S32_MAX]
            if wide:
                one[0], one[1] = one[0] & ~number, one[1] & ~number
            else:
                keep = ~(number & M32)
                one[0], one[1] = one[0] & keep, one[1] & keep
    else:
        place, less = {JLE: (u, 0), JLT: (u, 1), JSLE: (s, 0), JSLT: (s, 1)}[which]
        one[place + 1] = min(one[place + 1], two[place + 1] - less)
        two[place] = max(one[place] + less, two[place])
        _contain(one, u, s, wide)
        _contain(two, u, s, wide)
    if same:
        both = settle_twice(tuple(one))  # type: ignore[arg-type]
        return both, both
    return settle(*one), settle(*two)


def _contain(view: list[int], u: int, s: int, wide: bool) -> None:
    """Bounds that stepped past the end of their width wrap, as in the kernel: such a branch is never taken."""
    top = M64 if wide else M32
    sign = 1 << (63 if wide else 31)
    for place in (u, u + 1):
        view[place] &= top
    for place in (s, s + 1):
        view[place] = ((view[place] + sign) & top) - sign
