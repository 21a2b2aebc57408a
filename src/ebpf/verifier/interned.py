"""Scalars, each made once with the register that holds it, and the results that transfer functions remember."""

from __future__ import annotations

from ebpf.verifier import tnum
from ebpf.verifier.regs import SCALAR, Reg
from ebpf.verifier.scalar import S32_MAX, S32_MIN, S64_MAX, S64_MIN, UNKNOWN, ZERO, Scalar
from ebpf.verifier.sync import contradict, synced, views_of
from ebpf.verifier.tnum import M32, M64

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.sync import Views

#: Above this the table of known scalars is thrown away: memory stays bounded, only sharing is lost.
_KEEP = 1 << 17

_known: dict[Views, Scalar] = {UNKNOWN.key: UNKNOWN, ZERO.key: ZERO}


def intern(views: Views) -> Scalar:
    """The scalar of these views, as they are."""
    found = _known.get(views)
    if found is None:
        if len(_known) > _KEEP:
            forget()
        found = Scalar(views)
        found.reg = Reg(SCALAR, found)
        _known[views] = found  # now that it is whole: other threads take it from there
    return found


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
    return intern(views_of(number & M64))


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
    """The scalar of these views after each has told the others what it knows."""
    return _made(synced(value, mask, umin, umax, smin, smax, u32min, u32max, s32min, s32max))


def settle_twice(views: Views) -> Scalar:
    """`settle` for both operands of a comparison that are one register: Linux goes over it twice before it looks whether
    the views contradict each other, and they may not any more."""
    return _made(synced(*synced(*views)))


def _made(views: Views) -> Scalar:
    """The scalar of views that were synced. Those that contradict each other belong to a path that can't be taken; as in
    Linux, only the tnum is then kept."""
    if contradict(views):
        return intern((views[0], views[1], 0, M64, S64_MIN, S64_MAX, 0, M32, S32_MIN, S32_MAX))
    return intern(views)


def signed(low: int, high: int) -> Scalar:
    """Every number from `low` to `high`, signed 64 bits."""
    return settle(0, M64, 0, M64, low, high, 0, M32, S32_MIN, S32_MAX)


def join(a: Scalar, b: Scalar) -> Scalar:
    """The tightest scalar that holds both."""
    if a is b:
        return a
    value, mask = tnum.union(a.value, a.mask, b.value, b.mask)
    return intern((
        value, mask, min(a.umin, b.umin), max(a.umax, b.umax), min(a.smin, b.smin), max(a.smax, b.smax),
        min(a.u32min, b.u32min), max(a.u32max, b.u32max), min(a.s32min, b.s32min), max(a.s32max, b.s32max),
    ))  # fmt: skip
