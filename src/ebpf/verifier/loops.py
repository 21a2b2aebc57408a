"""Loops: which instructions lie in one, and what is still to be learned of paths that went around one.

A path may end at a checkpoint inside a loop before that checkpoint's own paths are done: what will be needed of it isn't known
yet. So while a loop is being visited (from its first checkpoint on until all paths from that one are done) paths are compared
with all that is known, and those that ended so are kept; when the visit is over, what was needed is told to each of them, again
and again, since one may tell another.
"""

from __future__ import annotations

from ebpf.verifier import precision

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebpf.verifier.core import Verifier
    from ebpf.verifier.flow import Flow
    from ebpf.verifier.state import State

#: Rounds of telling, after which every number counts as needed precisely (Linux's MAX_BACKEDGE_ITERS).
_ROUNDS = 64


class _Visit:
    """One visit of a loop, in one chain of calls: its first checkpoint (None when it is over), and the paths that ended in
    it, each with the checkpoint that it ended at and the instruction."""

    __slots__ = ("ended", "entry")

    def __init__(self) -> None:
        self.entry: State | None = None
        self.ended: list[tuple[State, State, int]] = []


class Loops:
    """The visits of the loops of a program."""

    __slots__ = ("_component", "_visits")

    def __init__(self, flow: Flow) -> None:
        self._component = components(flow.following()) if flow.goes_back() else []
        self._visits: dict[tuple[int, ...], _Visit] = {}

    def clear(self) -> None:
        self._visits.clear()

    def _visit(self, at: State) -> tuple[int, ...] | None:
        """What names the visit that a checkpoint is part of: the calls down to the first frame that is in a loop."""
        component = self._component
        if not component:
            return None
        top = len(at.frames) - 1
        calls: list[int] = []
        for n in range(top + 1):
            insn = at.insn if n == top else at.frames[n + 1].callsite
            if component[insn]:
                return (*calls, -component[insn])
            calls.append(insn)
        return None

    def enter(self, at: State) -> None:
        """A checkpoint was made."""
        name = self._visit(at)
        if name is not None:
            visit = self._visits.setdefault(name, _Visit())
            if visit.entry is None:
                visit.entry = at

    def unfinished(self, at: State) -> bool:
        """Whether more may come to be needed of a checkpoint whose own paths are done."""
        name = self._visit(at)
        visit = self._visits.get(name) if name is not None else None
        return visit is not None and bool(visit.ended)

    def ended(self, old: State, path: State, insn: int) -> None:
        """A path ended at `old` in a loop that is being visited; it stands at `insn`."""
        name = self._visit(old)
        if name is not None:
            self._visits.setdefault(name, _Visit()).ended.append((path.copy(), old, insn))

    def leave(self, v: Verifier, at: State) -> None:
        """All paths from a checkpoint are done; if a visit began with it, that is over."""
        name = self._visit(at)
        visit = self._visits.get(name) if name is not None else None
        if visit is None or visit.entry is not at:
            return
        visit.entry = None
        if not visit.ended:
            return
        here = v.state, v.insn
        for _ in range(_ROUNDS):
            v.marked = False
            for path, old, insn in visit.ended:
                v.state, v.insn = path, insn
                precision.tell(v, old, path)
            if not v.marked:
                break
        else:
            for path, _, _ in visit.ended:
                precision.mark_all(v, path)
        v.state, v.insn = here
        visit.ended.clear()


def components(following: Sequence[Sequence[int]]) -> list[int]:
    """For each instruction the number of the loop it lies in (from 1), 0 where it lies in none: the strongly connected components
    with more than one instruction, or one that goes to itself."""
    count = len(following)
    out = [0] * (count + 1)
    order = [0] * count
    low = [0] * count
    waiting: list[int] = []
    done = bytearray(count)
    clock = loops = 0
    for root in range(count):
        if order[root]:
            continue
        work = [(root, iter(following[root]))]
        clock += 1
        order[root] = low[root] = clock
        waiting.append(root)
        while work:
            at, rest = work[-1]
            for to in rest:
                if to >= count or done[to]:
                    continue
                if not order[to]:
                    clock += 1
                    order[to] = low[to] = clock
                    waiting.append(to)
                    work.append((to, iter(following[to])))
                    break
                low[at] = min(low[at], order[to])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[at])
                if low[at] != order[at]:
                    continue
                number = 0
                if waiting[-1] != at or at in following[at]:
                    loops += 1
                    number = loops
                while True:
                    member = waiting.pop()
                    done[member] = 1
                    out[member] = number
                    if member == at:
                        break
    return out
