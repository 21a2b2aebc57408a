"""The abstract numbers: a tnum and four ranges (unsigned and signed, of all 64 bits and of the low 32), kept in agreement.

`Scalar`s never change and equal ones are, as a rule, one object: transfer functions remember what they gave, and states
compare by identity first. What is known of one view of a number (say, its low 32 bits, signed) is carried to the others
by `settle`; the rules are those of Linux 6.18, since a program's fate hangs on them.
"""

from __future__ import annotations

from ebpf.verifier import tnum
from ebpf.verifier.tnum import M32, M64

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.regs import Reg

S64_MIN, S64_MAX = -(1 << 63), (1 << 63) - 1
S32_MIN, S32_MAX = -(1 << 31), (1 << 31) - 1
_T63, _T31, _T64, _T32 = 1 << 63, 1 << 31, 1 << 64, 1 << 32

#: Above this the table of known scalars is thrown away: memory stays bounded, only sharing is lost.
_KEEP = 1 << 17


class Scalar:
    """What is known of a 64-bit number.

    value, mask   the tnum
    umin … umax   as unsigned 64 bits;  smin … smax as signed 64 bits
    u32min …      the same of the low 32 bits
    const         the number itself if only one is possible (unsigned), else None
    """

    __slots__ = (
        "const", "key", "mask", "reg", "s32max", "s32min", "smax", "smin", "u32max", "u32min", "umax", "umin", "value",
    )  # fmt: skip

    reg: Reg

    def __init__(self, key: tuple[int, int, int, int, int, int, int, int, int, int]) -> None:
        self.key = key
        (
            self.value, self.mask, self.umin, self.umax, self.smin, self.smax,
            self.u32min, self.u32max, self.s32min, self.s32max,
        ) = key  # fmt: skip
        self.const = None if self.mask else self.value

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Scalar) and self.key == other.key)

    def __hash__(self) -> int:
        return hash(self.key)

    def holds(self, other: Scalar) -> bool:
        """Whether every number that `other` may be, this may be."""
        return self is other or (
            self.umin <= other.umin
            and self.umax >= other.umax
            and self.smin <= other.smin
            and self.smax >= other.smax
            and self.u32min <= other.u32min
            and self.u32max >= other.u32max
            and self.s32min <= other.s32min
            and self.s32max >= other.s32max
            and tnum.holds(self.value, self.mask, other.value, other.mask)
        )

    def possible(self, number: int) -> bool:
        """Whether the register may hold `number` (taken modulo 2**64)."""
        number &= M64
        low = number & M32
        return (
            number & ~self.mask & M64 == self.value
            and self.umin <= number <= self.umax
            and self.smin <= (number - _T64 if number >= _T63 else number) <= self.smax
            and self.u32min <= low <= self.u32max
            and self.s32min <= (low - _T32 if low >= _T31 else low) <= self.s32max
        )

    def __repr__(self) -> str:
        return f"Scalar({self.text()})"

    def text(self) -> str:
        """As in the kernel's log: the number if there is one only, else what isn't unbounded."""
        if self.const is not None:
            return shown(self.smin)
        views = [
            ("smin", self.smin, S64_MIN), ("smax", self.smax, S64_MAX), ("umin", self.umin, 0), ("umax", self.umax, M64),
            ("smin32", _short(self.s32min), _T31), ("smax32", _short(self.s32max), S32_MAX), ("umin32", self.u32min, 0),
            ("umax32", self.u32max, M32),
        ]  # fmt: skip
        parts: list[str] = []
        done: set[str] = set()
        for at, (name, number, usual) in enumerate(views):
            if number == usual or name in done:
                continue
            # Those below it of the same sort (least, most) that are the same number, and not one negative and one huge.
            below = [n for n, x, u in views[at + 2 :: 2] if x == number and x != u and n not in done]
            done.update(below)
            parts.append("=".join([name, *below]) + f"={shown(number, name[0] == 's')}")
        if self.mask != M64:
            parts.append(f"var_off={tnum.text(self.value, self.mask)}")
        return ",".join(parts)


def _short(number: int) -> int:
    """A signed number of 32 bits, as one without a sign where it is not shown as a decimal number."""
    return number if -0x8000 <= number <= 0x7FFF else number & M32


def shown(number: int, signed: bool = True) -> str:
    """A number as the kernel's log has it: small ones are decimal."""
    return (
        str(number) if (-0x8000 if signed else 0) <= number <= (0x7FFF if signed else 0xFFFF) else f"{number & M64:#x}"
    )


_known: dict[tuple[int, int, int, int, int, int, int, int, int, int], Scalar] = {}


def intern(
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
) -> Scalar:
    """The scalar of these views, as they are."""
    key = (value, mask, umin, umax, smin, smax, u32min, u32max, s32min, s32max)
    found = _known.get(key)
    if found is None:
        if len(_known) > _KEEP:
            forget()
        found = Scalar(key)
        found.reg = _wrap(found)
        _known[key] = found  # now that it is whole: other threads take it from there
    return found


def _wrap(scalar: Scalar) -> Reg:
    from ebpf.verifier.regs import SCALAR, Reg

    return Reg(SCALAR, scalar)


_memos: list[dict[object, object]] = []


def memo() -> dict[object, object]:
    """A table for a transfer function's results, emptied with the others."""
    table: dict[object, object] = {}
    _memos.append(table)
    return table


def forget() -> None:
    """Empties every table. What is held elsewhere stays good."""
    _known.clear()
    for table in _memos:
        table.clear()
    for scalar in (UNKNOWN, ZERO):
        _known[scalar.key] = scalar


def const(number: int) -> Scalar:
    """The one number `number`, modulo 2**64."""
    return intern(*_views(number & M64))


def _views(number: int) -> tuple[int, int, int, int, int, int, int, int, int, int]:
    """The views of one number (unsigned)."""
    signed = number - _T64 if number >= _T63 else number
    low = number & M32
    low_signed = low - _T32 if low >= _T31 else low
    return number, 0, number, number, signed, signed, low, low, low_signed, low_signed


def settle(
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
) -> Scalar:
    """The scalar of these views after each has told the others what it knows.

    Views that contradict each other belong to a path that can't be taken; as in Linux, only the tnum is then kept.
    """
    return _made(*synced(value, mask, umin, umax, smin, smax, u32min, u32max, s32min, s32max))


def settle_twice(
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
) -> Scalar:
    """`settle` for both operands of a comparison that are one register: Linux goes over it twice before it looks whether
    the views contradict each other, and they may not any more."""
    return _made(*synced(*synced(value, mask, umin, umax, smin, smax, u32min, u32max, s32min, s32max)))


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
) -> tuple[int, int, int, int, int, int, int, int, int, int]:
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
            value, mask, umin, umax, smin, smax, u32min, u32max, s32min, s32max = _views(number)

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
            return _views(number)
    return value, mask, umin, umax, smin, smax, u32min, u32max, s32min, s32max


def _made(
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
) -> Scalar:
    """The scalar of views that were synced; of views that contradict each other only the tnum is kept."""
    if umin > umax or smin > smax or u32min > u32max or s32min > s32max or _torn(
        value, mask, umin, umax, smin, smax, u32min, u32max, s32min, s32max
    ):  # fmt: skip
        return intern(value, mask, 0, M64, S64_MIN, S64_MAX, 0, M32, S32_MIN, S32_MAX)
    return intern(value, mask, umin, umax, smin, smax, u32min, u32max, s32min, s32max)


def _torn(
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
) -> bool:
    """Whether the tnum is one number and the ranges are not that number."""
    if not mask:
        signed = value - _T64 if value >= _T63 else value
        if not (umin == umax == value and smin == smax == signed):
            return True
    if not mask & M32:
        low = value & M32
        signed = low - _T32 if low >= _T31 else low
        return not (u32min == u32max == low and s32min == s32max == signed)
    return False


UNKNOWN = Scalar((0, M64, 0, M64, S64_MIN, S64_MAX, 0, M32, S32_MIN, S32_MAX))
ZERO = Scalar((0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
_known[UNKNOWN.key] = UNKNOWN
_known[ZERO.key] = ZERO


def signed(low: int, high: int) -> Scalar:
    """Every number from `low` to `high`, signed 64 bits."""
    return settle(0, M64, 0, M64, low, high, 0, M32, S32_MIN, S32_MAX)


def join(a: Scalar, b: Scalar) -> Scalar:
    """The tightest scalar that holds both."""
    if a is b:
        return a
    value, mask = tnum.union(a.value, a.mask, b.value, b.mask)
    return intern(
        value, mask, min(a.umin, b.umin), max(a.umax, b.umax), min(a.smin, b.smin), max(a.smax, b.smax),
        min(a.u32min, b.u32min), max(a.u32max, b.u32max), min(a.s32min, b.s32min), max(a.s32max, b.s32max),
    )  # fmt: skip
