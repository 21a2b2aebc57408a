"""Checkpoints: states kept at instructions where paths meet. A later path that has come to nothing new ends there."""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.verifier import equal, precision
from ebpf.verifier.iterators import ACTIVE, is_active
from ebpf.verifier.loops import Loops
from ebpf.verifier.messages import Refusal
from ebpf.verifier.state import ITER, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Verifier

#: States looked at in one place; without privilege no more are kept (Linux's BPF_COMPLEXITY_LIMIT_STATES).
MAX_STATES_UNPRIVILEGED = 64


class Checkpoints:
    """The checkpoints of one verification, by place, and how many there are."""

    __slots__ = ("_at", "_jumps", "_processed", "_v", "kept", "loops", "most", "now", "peak")

    def __init__(self, v: Verifier) -> None:
        self._v = v
        self._at: dict[int, list[State]] = {}
        self.loops = Loops(v.flow)
        # Of the path at hand, when the last one was made.
        self._jumps = self._processed = 0
        #: Made in all; there now; there at once; looked at in one place.
        self.kept = self.now = self.peak = self.most = 0

    def clear(self) -> None:
        self._at.clear()
        self.loops.clear()
        self._jumps = self._processed = 0

    def _place(self, insn: int, state: State) -> int:
        """Where Linux keeps those of an instruction: those of a function that was called elsewhere mostly lie elsewhere."""
        size = self._v.flow.count
        return (insn ^ state.frames[-1].callsite & 0xFFFFFFFF) % size * size + insn

    def behind(self, state: State, insn: int) -> State | None:
        """The last open checkpoint at `insn` behind `state`, in the same calls."""
        for at in reversed(self._at.get(self._place(insn, state), ())):
            if at.branches and at.depth < state.depth and _same_calls(at, state):
                return at
        return None

    def visited(self, i: int) -> bool:
        """Whether the path may end here, having joined one proved (or in hand); keeps a checkpoint if it may not."""
        v = self._v
        state, flow = v.state, v.flow
        jumps, processed = v.jumps - self._jumps, v.processed - self._processed
        forced = v.test_frequency or bool(flow.force[i]) or state.history_length > 40
        add = forced or (jumps >= 2 and processed >= 8)
        place = self._place(i, state)
        known = self._at.get(place)
        count = 0
        if known is None:
            known = self._at[place] = []
        n = len(known) - 1
        while n >= 0:
            old = known[n]
            count += 1
            hit = looping = False
            if old.branches:
                verdict = self._against_open(i, old, state)
                if verdict > 0:
                    hit = True
                    looping = verdict > 1
                elif verdict == 0 and not forced and jumps < 20 and processed < 100:
                    add = False
            else:
                looping = self.loops.unfinished(old)
                hit = equal.states_equal(v, old, state, equal.WITHIN if looping else equal.COVERED)
            if hit:
                old.hits += 1
                self._join(i, old, state)
                if looping:
                    self.loops.ended(old, state, i)
                return True
            if add:
                old.misses += 1
            rate = 64 if flow.force[i] and old.branches > 0 else 3
            if old.misses > old.hits * rate + rate:
                # Never of use, it seems: comparing with it costs more than it saves.
                known.pop(n)
                if not old.branches:
                    self.now -= 1
            n -= 1
        if count > self.most:
            self.most = count
        if add and (v.capable or count <= MAX_STATES_UNPRIVILEGED):
            self._keep(i, state, known)
        return False

    def _against_open(self, i: int, old: State, state: State) -> int:
        """A checkpoint that paths still go on from: 2 the loop closes here, 1 the callback does, 0 it goes on."""
        v = self._v
        flow = v.flow
        if old.frames[-1].in_async and old.frames[-1].async_count != state.frames[-1].async_count:
            return 0
        if flow.iter_next[i]:
            if equal.states_equal(v, old, state, equal.WITHIN):
                if is_active(state):
                    return 2
            return 0
        if flow.code[i] == op.JMP | op.JCOND:
            if old.may_goto != state.may_goto and equal.states_equal(v, old, state, equal.WITHIN):
                return 2
        if flow.calls_callback[i]:
            return 1 if equal.states_equal(v, old, state, equal.WITHIN) else 0
        if (
            _may_loop(old, state)
            and equal.states_equal(v, old, state, equal.EXACT)
            and not _turns_differ(old, state)
            and old.may_goto == state.may_goto
            and old.callback_unroll == state.callback_unroll
        ):
            raise Refusal(
                "loop", f"infinite loop detected at insn {i}", required="a value that changes from turn to turn"
            )
        return 0

    def _join(self, i: int, old: State, state: State) -> None:
        """The path ends at `old`: what was needed there is needed of this path too."""
        v = self._v
        top = len(old.frames)
        for n, place in equal.loosely_covered(v, old, state):
            v.tainted.append((i if n == top - 1 else state.frames[n + 1].callsite, n - top + 1, place))
        if v.flow.jump_point[i]:
            v.push_history(None)
        precision.tell(v, old, state)

    def _keep(self, i: int, state: State, known: list[State]) -> None:
        v = self._v
        self.kept += 1
        self.now += 1
        self.peak = max(self.peak, self.now)
        self._jumps, self._processed = v.jumps, v.processed
        new = state.copy()
        new.insn = i
        new.last = v.previous
        new.precise = [0] * len(new.frames)
        new.read = [0] * len(new.frames)
        known.append(new)
        self.loops.enter(new)
        state.parent = new
        state.first = i
        state.history = None
        state.history_length = 0
        state.depth = new.depth + 1
        for frame in state.frames:
            frame.written = 0


def _same_calls(a: State, b: State) -> bool:
    return len(a.frames) == len(b.frames) and all(
        f.callsite == g.callsite for f, g in zip(a.frames, b.frames, strict=True)
    )


def _may_loop(old: State, new: State) -> bool:
    """A first look, cheap: the registers on top are the same, ids and all."""
    return len(old.frames) == len(new.frames) and old.frames[-1].regs == new.frames[-1].regs


def _turns_differ(old: State, new: State) -> bool:
    for f, g in zip(old.frames, new.frames, strict=True):
        for a, b in zip(f.stack, g.stack, strict=False):
            if a.types[0] == ITER and a.reg.id == ACTIVE and a.reg.off != b.reg.off:
                return True
    return False
