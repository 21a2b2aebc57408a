"""The abstract numbers: a tnum and four ranges (unsigned and signed, of all 64 bits and of the low 32).

`Scalar`s never change and equal ones are, as a rule, one object (`interned`): states compare by identity first. `sync` keeps
the views of a number in agreement.
"""

from __future__ import annotations

from ebpf.verifier import tnum
from ebpf.verifier.tnum import M32, M64

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.regs import Reg
    from ebpf.verifier.sync import Views

S64_MIN, S64_MAX = -(1 << 63), (1 << 63) - 1
S32_MIN, S32_MAX = -(1 << 31), (1 << 31) - 1
_T63, _T31, _T64, _T32 = 1 << 63, 1 << 31, 1 << 64, 1 << 32


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

    def __init__(self, key: Views) -> None:
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


UNKNOWN = Scalar((0, M64, 0, M64, S64_MIN, S64_MAX, 0, M32, S32_MIN, S32_MAX))
ZERO = Scalar((0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
