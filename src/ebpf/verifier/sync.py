"""What one view of a number tells of the others (Linux's reg_bounds_sync).

What is known of, say, its low 32 bits as a signed number is carried to its bits and to the other ranges; the rules are those
of Linux 6.18, since a program's fate hangs on them.
"""

from __future__ import annotations

from ebpf.verifier import tnum
from ebpf.verifier.scalar import S32_MAX, S32_MIN, S64_MAX
from ebpf.verifier.tnum import M32, M64

TYPE_CHECKING = False
if TYPE_CHECKING:
    #: value, mask (the tnum); umin, umax, smin, smax (64 bits); u32min, u32max, s32min, s32max
    Views = tuple[int, int, int, int, int, int, int, int, int, int]

_T63, _T31, _T64, _T32 = 1 << 63, 1 << 31, 1 << 64, 1 << 32


def views_of(number: int) -> Views:
    """The views of one number (unsigned)."""
    signed = number - _T64 if number >= _T63 else number
    low = number & M32
    low_signed = low - _T32 if low >= _T31 else low
    return number, 0, number, number, signed, signed, low, low, low_signed, low_signed


def synced(
    value: int,
    mask: int,
    umin: int,
    umax: int,
    smin: int,
    smax: int,
    u32min: int,
    u32max: int,
    s32min: int,
    s32max: int,
) -> Views:
    """The views after each has told the others what it knows, whether they agree or not."""
    # From the bits to the ranges.
    low, unsure = value & M32, mask & M32
    x = low | (unsure & _T31)
    x = x - _T32 if x >= _T31 else x
    if x > s32min:
        s32min = x
    x = low | (unsure & S32_MAX)
    x = x - _T32 if x >= _T31 else x
    if x < s32max:
        s32max = x
    if low > u32min:
        u32min = low
    if low | unsure < u32max:
        u32max = low | unsure
    x = value | (mask & _T63)
    x = x - _T64 if x >= _T63 else x
    if x > smin:
        smin = x
    x = value | (mask & S64_MAX)
    x = x - _T64 if x >= _T63 else x
    if x < smax:
        smax = x
    if value > umin:
        umin = value
    if value | mask < umax:
        umax = value | mask
    if umin != value or umin + (mask & -mask) > umax:
        number = tnum.only(value, mask, umin, umax)
        if number >= 0:
            value, mask, umin, umax, smin, smax, u32min, u32max, s32min, s32max = views_of(number)

    # From each range to the others, three times: a round may open what the next one uses.
    for _ in (0, 1, 2):
        before = (umin, umax, smin, smax, u32min, u32max, s32min, s32max, value, mask)
        ulow, uhigh = umin & M32, umax & M32
        ulow_s = ulow - _T32 if ulow >= _T31 else ulow
        uhigh_s = uhigh - _T32 if uhigh >= _T31 else uhigh
        slow, shigh = smin & M32, smax & M32
        slow_s = slow - _T32 if slow >= _T31 else slow
        shigh_s = shigh - _T32 if shigh >= _T31 else shigh
        # One upper half throughout: the low halves are ranges of their own.
        if umin >> 32 == umax >> 32:
            u32min, u32max = max(u32min, ulow), min(u32max, uhigh)
            if ulow_s <= uhigh_s:
                s32min, s32max = max(s32min, ulow_s), min(s32max, uhigh_s)
        if smin >> 32 == smax >> 32:
            if slow <= shigh:
                u32min, u32max = max(u32min, slow), min(u32max, shigh)
            if slow_s <= shigh_s:
                s32min, s32max = max(s32min, slow_s), min(s32max, shigh_s)
        # Two upper halves, one after the other, and low halves that go from negative to positive across them.
        if ((umin >> 32) + 1) & M32 == umax >> 32 and ulow_s < 0 <= uhigh_s:
            s32min, s32max = max(s32min, ulow_s), min(s32max, uhigh_s)
        if ((smin >> 32) + 1) & M32 == (smax >> 32) & M32 and slow_s < 0 <= shigh_s:
            s32min, s32max = max(s32min, slow_s), min(s32max, shigh_s)
        # 32 bits: unsigned to signed and back.
        a = u32min - _T32 if u32min >= _T31 else u32min
        b = u32max - _T32 if u32max >= _T31 else u32max
        if a <= b:
            s32min, s32max = max(s32min, a), min(s32max, b)
        a, b = s32min & M32, s32max & M32
        if a <= b:
            u32min, u32max = max(u32min, a), min(u32max, b)
        elif u32max < a:
            s32min, u32max = (u32min - _T32 if u32min >= _T31 else u32min), min(u32max, b)
        elif b < u32min:
            s32max, u32min = (u32max - _T32 if u32max >= _T31 else u32max), max(u32min, a)
        # 64 bits: the same.
        a = umin - _T64 if umin >= _T63 else umin
        b = umax - _T64 if umax >= _T63 else umax
        if a <= b:
            smin, smax = max(smin, a), min(smax, b)
        a, b = smin & M64, smax & M64
        if a <= b:
            umin, umax = max(umin, a), min(umax, b)
        elif umax < a:
            smin, umax = (umin - _T64 if umin >= _T63 else umin), min(umax, b)
        elif b < umin:
            smax, umin = (umax - _T64 if umax >= _T63 else umax), max(umin, a)
        # 32 bits to 64: at the ends of the range, the low half is bounded too.
        umin, umax = max(umin, (umin & ~M32) | u32min), min(umax, (umax & ~M32) | u32max)
        smin, smax = max(smin, (smin & ~M32) | u32min), min(smax, (smax & ~M32) | u32max)
        a, b = s32min & M32, s32max & M32
        if a <= b:
            umin, umax = max(umin, (umin & ~M32) | a), min(umax, (umax & ~M32) | b)
            smin, smax = max(smin, (smin & ~M32) | a), min(smax, (smax & ~M32) | b)
        # A sign-extended number whose low half is not negative: the upper half is 0.
        if s32min >= 0 and smin >= S32_MIN and smax <= S32_MAX:
            smin = umin = s32min
            smax = umax = s32max
            value, mask = tnum.intersect(value, mask, *tnum.span(smin & M64, smax & M64))
        if before == (umin, umax, smin, smax, u32min, u32max, s32min, s32max, value, mask):
            break

    # From the ranges to the bits, and once more back. Ranges that contradict themselves have no bits to give.
    if umin >= 0 and umax >= 0:
        value, mask = tnum.intersect(value, mask, *tnum.span(umin & M64, umax & M64))
    lv, lm = tnum.intersect(value & M32, mask & M32, *tnum.span(u32min & M32, u32max & M32))
    value, mask = tnum.or_(value & ~M32, mask & ~M32, lv, lm)
    low, unsure = value & M32, mask & M32
    x = low | (unsure & _T31)
    s32min = max(s32min, x - _T32 if x >= _T31 else x)
    x = low | (unsure & S32_MAX)
    s32max = min(s32max, x - _T32 if x >= _T31 else x)
    u32min, u32max = max(u32min, low), min(u32max, low | unsure)
    x = value | (mask & _T63)
    smin = max(smin, x - _T64 if x >= _T63 else x)
    x = value | (mask & S64_MAX)
    smax = min(smax, x - _T64 if x >= _T63 else x)
    umin, umax = max(umin, value), min(umax, value | mask)
    if umin != value or umin + (mask & -mask) > umax:
        number = tnum.only(value, mask, umin, umax)
        if number >= 0:
            return views_of(number)
    return value, mask, umin, umax, smin, smax, u32min, u32max, s32min, s32max


def contradict(views: Views) -> bool:
    """Whether views that were synced can't be of one number: a range is empty, or the tnum is one number and a range isn't."""
    value, mask, umin, umax, smin, smax, u32min, u32max, s32min, s32max = views
    if umin > umax or smin > smax or u32min > u32max or s32min > s32max:
        return True
    if not mask:
        signed = value - _T64 if value >= _T63 else value
        if not (umin == umax == value and smin == smax == signed):
            return True
    if not mask & M32:
        low = value & M32
        signed = low - _T32 if low >= _T31 else low
        return not (u32min == u32max == low and s32min == s32max == signed)
    return False
