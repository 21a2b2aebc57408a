"""Tracked numbers: what is known of each bit of a 64-bit value.

A tnum is two numbers: `value` has the bits known to be 1, `mask` the bits that are not known; no bit is in both. The
value x is possible if x & ~mask == value. Functions take and give plain ints, unsigned 64 bits, as (value, mask): the
calls are many and a class would cost more than it explains. The domain and its proofs: Vishwanathan et al.,
"Sound, Precise, and Fast Abstract Interpretation with Tristate Numbers" (2021).
"""

from __future__ import annotations

M64 = 0xFFFFFFFFFFFFFFFF
M32 = 0xFFFFFFFF


def span(low: int, high: int) -> tuple[int, int]:
    """The tightest tnum that holds every number from `low` to `high` (unsigned)."""
    free = (1 << (low ^ high).bit_length()) - 1
    return low & ~free, free


def add(av: int, am: int, bv: int, bm: int) -> tuple[int, int]:
    low = (av + bv) & M64
    unsure = (((am + bm + low) & M64) ^ low) | am | bm
    return low & ~unsure, unsure


def sub(av: int, am: int, bv: int, bm: int) -> tuple[int, int]:
    diff = (av - bv) & M64
    unsure = (((diff + am) & M64) ^ ((diff - bm) & M64)) | am | bm
    return diff & ~unsure, unsure


def and_(av: int, am: int, bv: int, bm: int) -> tuple[int, int]:
    value = av & bv
    return value, (av | am) & (bv | bm) & ~value


def or_(av: int, am: int, bv: int, bm: int) -> tuple[int, int]:
    value = av | bv
    return value, (am | bm) & ~value


def xor(av: int, am: int, bv: int, bm: int) -> tuple[int, int]:
    mask = am | bm
    return (av ^ bv) & ~mask, mask


def union(av: int, am: int, bv: int, bm: int) -> tuple[int, int]:
    """The tightest tnum that holds what either holds."""
    mask = am | bm | (av ^ bv)
    return av & bv & ~mask, mask


def mul(av: int, am: int, bv: int, bm: int) -> tuple[int, int]:
    """Long multiplication: where a bit of the multiplier is unsure, both outcomes are joined (Linux 6.18)."""
    accv = accm = 0
    while av or am:
        if av & 1:
            accv, accm = add(accv, accm, bv, bm)
        elif am & 1:
            withv, withm = add(accv, accm, bv, bm)
            accv, accm = union(accv, accm, withv, withm)
        av >>= 1
        am >>= 1
        bv = (bv << 1) & M64
        bm = (bm << 1) & M64
    return accv, accm


def intersect(av: int, am: int, bv: int, bm: int) -> tuple[int, int]:
    """What both hold, if they don't contradict each other."""
    mask = am & bm
    return (av | bv) & ~mask, mask


def overlap(av: int, am: int, bv: int, bm: int) -> bool:
    """Whether some number is in both."""
    return not (av ^ bv) & ~am & ~bm & M64


def holds(av: int, am: int, bv: int, bm: int) -> bool:
    """Whether every number of b is in a."""
    return not bm & ~am and av == bv & ~am


def after(value: int, mask: int, number: int) -> int:
    """The smallest member greater than `number`; the largest of all if there is none."""
    top = value | mask
    if number >= top:
        return top
    if number < value:
        return value
    number += 1
    wrong = (number ^ value) & ~mask
    if not wrong:
        return number
    bit = wrong.bit_length() - 1
    if number >> bit & 1:
        # A bit that can't be 1: the next unsure bit above it that is 0 becomes 1.
        free = mask & ~number & ~((2 << bit) - 1)
        bit = (free & -free).bit_length() - 1
        return number & ~((2 << bit) - 1) | 1 << bit | value & ((1 << bit) - 1)
    return number & ~((2 << bit) - 1) | value & ((2 << bit) - 1)


def only(value: int, mask: int, low: int, high: int) -> int:
    """The one member that lies in `low` to `high` (where none is below or above the range's ends but by a contradiction), -1 if
    there are more. Asked as Linux asks since 6.18.y, ranges that contradict the bits too."""
    following = after(value, mask, low)
    if low & ~mask & M64 == value:
        return low if following > high else -1
    if following == value | mask:
        return following
    return following if following <= high and after(value, mask, following) > high else -1


def shift_right_signed(value: int, mask: int, shift: int, bits: int) -> tuple[int, int]:
    top = 1 << (bits - 1)
    every = (1 << bits) - 1
    value &= every
    mask &= every
    value = (value - (1 << bits) if value & top else value) >> shift
    mask = (mask - (1 << bits) if mask & top else mask) >> shift
    return value & every, mask & every


def text(value: int, mask: int) -> str:
    """As in the kernel's log: (0x0; 0xff), a single number plainly."""
    if not mask:
        return str(value) if value <= 0xFFFF else f"{value:#x}"
    return f"({value:#x}; {mask:#x})"
