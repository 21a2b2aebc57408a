"""Whether a path that stands where another stood before needs to be followed again.

The old state was (or is being) proved safe. A new one is covered by it if each thing that the old proof used is at least as
well known now. Three strictnesses: COVERED, for a finished proof, where numbers that never had to be known precisely may
be anything; WITHIN, for loops still open, where ranges must lie within; EXACT, where nothing has changed.
"""

from __future__ import annotations

from ebpf.verifier.regs import (
    ADD_CONST,
    ARENA,
    BUF,
    KIND,
    MAP_KEY,
    MAP_VALUE,
    MEM,
    NOT_INIT,
    PACKET,
    PACKET_META,
    SCALAR,
    TP_BUFFER,
    Reg,
)  # fmt: skip
from ebpf.verifier.scalar import UNKNOWN
from ebpf.verifier.state import DYN, INVALID, IRQ, ITER, MISC, SPILL, ZEROED, Frame, Slot, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Verifier

COVERED, WITHIN, EXACT = range(3)
_RANGED = frozenset((MAP_KEY, MAP_VALUE, MEM, BUF, TP_BUFFER))
_UNBOUND = Reg(SCALAR, UNKNOWN)


class Ids:
    """Which id of the new state stands for which of the old."""

    __slots__ = ("back", "fresh", "to")

    def __init__(self, fresh: int) -> None:
        self.to: dict[int, int] = {}
        self.back: set[int] = set()
        self.fresh = fresh

    def same(self, old: int, new: int) -> bool:
        if not old or not new:
            return not old and not new
        found = self.to.get(old)
        if found is not None:
            return found == new
        if new in self.back:
            return False
        self.to[old] = new
        self.back.add(new)
        return True

    def same_scalar(self, old: int, new: int) -> bool:
        """Numbers that the old state knew to be equal must be equal now; new equalities do no harm."""
        if not old:
            return True
        if not new:
            self.fresh += 1
            new = self.fresh
        if not self.same(old, new):
            return False
        return not old & ADD_CONST or self.same(old & ~ADD_CONST, new & ~ADD_CONST)


def _exact(old: Reg, new: Reg, ids: Ids) -> bool:
    return (
        old.type == new.type and old.s == new.s and old.off == new.off and old.aux == new.aux and old.uid == new.uid
        and ids.same(old.id, new.id) and ids.same(old.ref, new.ref)
    )  # fmt: skip


def covers(old: Reg, new: Reg, precise: bool, how: int, ids: Ids) -> bool:
    """Whether the proof of a path with `old` is one of a path with `new`."""
    if how == EXACT:
        return _exact(old, new, ids)
    type = old.type
    if type == NOT_INIT:
        return how == COVERED or new.type == NOT_INIT
    if type != new.type:
        return False
    if type == SCALAR:
        if not precise and how == COVERED:
            return True
        if old.id:
            if (old.id ^ new.id) & ADD_CONST or old.off != new.off:
                return False
            if not ids.same_scalar(old.id, new.id):
                return False
        return old.s.holds(new.s)
    kind = type & KIND
    if kind in _RANGED:
        return (
            old.off == new.off and old.aux == new.aux and old.uid == new.uid and old.s.holds(new.s)
            and ids.same(old.id, new.id) and ids.same(old.ref, new.ref)
        )  # fmt: skip
    if kind in (PACKET, PACKET_META):
        was, now = old.aux, new.aux
        assert isinstance(was, int) and isinstance(now, int)
        if (was < 0 or now < 0) and was != now:
            return False
        return was <= now and old.off == new.off and ids.same(old.id, new.id) and old.s.holds(new.s)
    return kind == ARENA or _exact(old, new, ids)


def _as_scalar(v: Verifier, slot: Slot) -> Reg | None:
    """The slot as one number of 8 bytes, if it is one."""
    types = slot.types
    if types[0] == SPILL:
        return slot.reg if slot.reg.type == SCALAR else None
    for t in types:
        if t != MISC and not (t == INVALID and v.uninit_stack_ok):
            return None
    return _UNBOUND


def _stack_covers(v: Verifier, old: Frame, new: Frame, read: int, precise: int, how: int, ids: Ids) -> bool:
    now = new.stack
    depth = len(now)
    loose = v.uninit_stack_ok
    for spi, slot in enumerate(old.stack):
        if how != COVERED:
            if spi >= depth:
                if any(slot.types):
                    return False
                continue
            if slot.types != now[spi].types:
                return False
        elif not read >> spi & 1:
            continue
        types = slot.types
        if spi < depth and slot is now[spi] and (types[7] != SPILL or slot.reg.type != SCALAR or not slot.reg.id):
            if types[7] != SPILL or slot.reg.type == SCALAR:
                continue
        if loose:
            if all(t in (INVALID, MISC) for t in types):
                continue
        elif not any(types):
            continue
        if spi >= depth:
            return False
        other = now[spi]
        exact_precise = bool(precise >> (16 + spi) & 1) or not v.capable
        a, b = _as_scalar(v, slot), _as_scalar(v, other)
        if a is not None and b is not None:
            if not covers(a, b, exact_precise, how, ids):
                return False
            continue
        for t, u in zip(types, other.types, strict=True):
            if t in (INVALID, u) or (loose and t == MISC):
                continue
            if t == MISC and u == ZEROED:
                continue
            return False
        top = types[7]
        if top == SPILL:
            if not covers(slot.reg, other.reg, exact_precise, how, ids):
                return False
        elif top in (DYN, ITER, IRQ) and not _special_same(slot.reg, other.reg, top, ids):
            return False
    return True


def _special_same(old: Reg, new: Reg, kind: int, ids: Ids) -> bool:
    # A dynptr's kind and first slot, an iterator's type and state, are in `type` and `aux`; an iterator's depth (`off`)
    # differs from turn to turn and does not count.
    return (
        old.type == new.type and old.aux == new.aux and ids.same(old.ref, new.ref) and (kind != IRQ or old.id == new.id)
    )


def states_equal(v: Verifier, old: State, new: State, how: int) -> bool:
    """Whether `new` needs no proof beyond that of `old`."""
    if len(old.frames) != len(new.frames):
        return False
    if old.rcu != new.rcu or old.preempt != new.preempt or old.in_async != new.in_async:
        return False
    if len(old.held) != len(new.held):
        return False
    ids = Ids(v.ids + (1 << 20))
    for a, b in zip(old.held, new.held, strict=True):
        if a.kind != b.kind or a.what is not b.what or not ids.same(a.id, b.id):
            return False
    top = len(old.frames) - 1
    live_at = v.flow.live
    for n in range(top + 1):
        f, g = old.frames[n], new.frames[n]
        if f.callsite != g.callsite or f.callback_depth > g.callback_depth:
            return False
    for n in range(top + 1):
        f, g = old.frames[n], new.frames[n]
        live = live_at[old.insn] if n == top else live_at[old.frames[n + 1].callsite]
        precise = old.precise[n] if v.capable else -1
        before, now = f.regs, g.regs
        for i in range(10):
            if live >> i & 1:
                a_reg, b_reg = before[i], now[i]
                if a_reg is b_reg and not a_reg.id and not a_reg.ref:
                    continue
                if not covers(a_reg, b_reg, bool(precise >> i & 1), how, ids):
                    return False
        if f.stack and not _stack_covers(v, f, g, old.read[n], precise, how, ids):
            return False
    return True


def loosely_covered(v: Verifier, old: State, new: State) -> list[tuple[int, int]]:
    """The values that were let pass though the old state says more of them than is true of the new: (frame, place), a
    place being a register (0–9) or 16 + a stack slot. What was found out about them further on doesn't hold here."""
    ids = Ids(v.ids + (1 << 20))
    out: list[tuple[int, int]] = []
    top = len(old.frames) - 1
    for n, (f, g) in enumerate(zip(old.frames, new.frames, strict=True)):
        live = v.flow.live[old.insn] if n == top else v.flow.live[old.frames[n + 1].callsite]
        for i in range(10):
            a, b = f.regs[i], g.regs[i]
            if live >> i & 1 and a.type == SCALAR and not covers(a, b, True, COVERED, ids):
                out.append((n, i))
        for spi, slot in enumerate(f.stack):
            if not old.read[n] >> spi & 1 or slot.types[7] != SPILL or slot.reg.type != SCALAR:
                continue
            if (
                spi >= len(g.stack)
                or g.stack[spi].types != slot.types
                or not covers(slot.reg, g.stack[spi].reg, True, COVERED, ids)
            ):
                out.append((n, 16 + spi))
    return out


def widen(v: Verifier, old: State, new: State) -> None:
    """Numbers that change from turn to turn and were never needed precisely become unknown, so that the loop ends."""
    ids = Ids(v.ids + (1 << 20))
    for n in range(len(old.frames)):
        f, g = old.frames[n], new.frames[n]
        precise = old.precise[n]
        for i in range(10):
            a, b = f.regs[i], g.regs[i]
            if a.type == SCALAR == b.type and not precise >> i & 1 and not _exact(a, b, ids):
                g.regs[i] = UNKNOWN.reg
        for spi in range(min(len(f.stack), len(g.stack))):
            x, y = f.stack[spi], g.stack[spi]
            if x.types[7] == SPILL == y.types[7] and x.reg.type == SCALAR == y.reg.type:
                if not precise >> (16 + spi) & 1 and not _exact(x.reg, y.reg, ids):
                    g.stack[spi] = Slot(y.types, UNKNOWN.reg)
