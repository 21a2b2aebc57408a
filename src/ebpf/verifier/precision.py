"""Which numbers had to be known precisely, found by going back along the path.

Where safety hung on a number (an index, a size, a branch whose outcome was known), each checkpoint behind is told which of
its registers and stack slots that number was made of. A later path may differ from the checkpoint in all the others.
"""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.verifier.regs import SCALAR
from ebpf.verifier.state import SPILL, Frame, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Verifier
    from ebpf.verifier.state import History

_ARGS = 0b111110


class _GiveUp(Exception):
    """The path can't be followed back here: every number counts as precise."""


def mark(v: Verifier, regno: int = -1, masks: list[int] | None = None) -> None:
    """Marks register `regno` of the frame on top, or `masks` (one for each frame, as State.precise), as needed
    precisely where they came from."""
    if not v.capable:
        return
    state = v.state
    top = len(state.frames) - 1
    want = masks if masks is not None else [0] * (top + 1)
    if regno >= 0:
        want[top] |= 1 << regno
    if not any(want):
        return
    try:
        _follow(v, state, want)
    except _GiveUp:
        mark_all(v, state)


def _follow(v: Verifier, state: State, want: list[int]) -> None:
    """`want` has a mask for each frame up to the one the path is in at the point reached."""
    at: State | None = state
    last, first = v.insn, state.first
    following = -1
    skip = True
    history = state.history
    while True:
        assert at is not None
        if last < 0:
            _at_entry(v, want)
            return
        i = last
        length = at.history_length
        while True:
            if skip:
                skip = False
            else:
                _step_back(v, i, following, history if history is not None and history[0] == i else None, want)
            if not any(want):
                return
            following = i
            if i == first and (length == 0 or (length == 1 and history is not None and history[0] == i)):
                break
            if history is not None and history[0] == i:
                i = history[1]
                history = history[5]
                length -= 1
            else:
                i -= 1
                if i >= 0 and v.flow.code[i] == 0 and i > 0 and v.flow.code[i - 1] == op.LDDW:
                    i -= 1
            if i < 0:
                break
        parent = at.parent
        if parent is None:
            if any(want):
                _at_entry(v, want)
            return
        at = parent
        _apply(v, at, want)
        if not any(want):
            return
        following = first
        last, first = at.last, at.first
        history = at.history


def _apply(v: Verifier, at: State, want: list[int]) -> None:
    """Marks a checkpoint; what was marked before needs no following."""
    for n in range(min(len(want), len(at.frames))):
        mask = want[n]
        if not mask:
            continue
        frame = at.frames[n]
        keep = 0
        m = mask
        while m:
            low = m & -m
            m ^= low
            place = low.bit_length() - 1
            if place < 16:
                if frame.regs[place].type != SCALAR:
                    continue
            else:
                spi = place - 16
                if spi >= len(frame.stack):
                    raise _GiveUp
                slot = frame.stack[spi]
                if slot.types[7] != SPILL or slot.reg.type != SCALAR:
                    continue
            if not at.precise[n] & low:
                keep |= low
        if keep:
            at.precise[n] |= keep
            v.marked = True
        want[n] = keep
    for n in range(len(at.frames), len(want)):
        if want[n]:
            raise _GiveUp


def _at_entry(v: Verifier, want: list[int]) -> None:
    """The start of the program, or of a function checked by itself: its arguments are as given."""
    if any(want[1:]):
        mark_all(v, v.state)


def mark_all(v: Verifier, state: State) -> None:
    """Marks every number of the checkpoints behind a path as needed precisely."""
    at = state.parent
    while at is not None:
        for n, frame in enumerate(at.frames):
            mask = at.precise[n] | _scalars_of(frame)
            if mask != at.precise[n]:
                at.precise[n] = mask
                v.marked = True
        at = at.parent


def _link(want: list[int], history: History | None) -> None:
    if history is None or not history[4]:
        return
    linked = history[4]
    if any(n < len(want) and want[n] >> (i if is_reg else 16 + i) & 1 for n, is_reg, i in linked):
        for n, is_reg, i in linked:
            if n < len(want):
                want[n] |= 1 << (i if is_reg else 16 + i)


def _step_back(v: Verifier, i: int, following: int, history: History | None, want: list[int]) -> None:
    """What was wanted after the instruction at `i`, in terms of what was before it."""
    flow = v.flow
    code = flow.code[i]
    if code == 0:
        return
    _link(want, history)
    kind = code & op.CLASS_MASK
    dst, src = flow.dst[i], flow.src[i]
    top = len(want) - 1
    mask = want[top]
    if kind == op.ALU64 or kind == op.ALU:
        if not mask >> dst & 1:
            return
        which = code & op.OP_MASK
        if which == op.MOV:
            mask &= ~(1 << dst)
            if code & op.X and src != 10:
                mask |= 1 << src
            want[top] = mask
        elif which not in (op.END, op.NEG) and code & op.X and src != 10:
            want[top] = mask | 1 << src
    elif kind == op.LDX or (kind == op.STX and code & op.MODE_MASK == op.ATOMIC and _loads(flow.imm[i])):
        to = dst
        if kind == op.STX:
            which = flow.imm[i]
            to = 0 if which == op.CMPXCHG else dst if which == op.LOAD_ACQ else src
        if not mask >> to & 1:
            return
        want[top] = mask & ~(1 << to)
        if history is not None and history[2] is not None:
            frame, spi = history[2]
            want[frame] |= 1 << (16 + spi)
    elif kind == op.STX or kind == op.ST:
        if mask >> dst & 1:
            raise _GiveUp
        if history is None or history[2] is None:
            return
        frame, spi = history[2]
        if not want[frame] >> (16 + spi) & 1:
            return
        want[frame] &= ~(1 << (16 + spi))
        if kind == op.STX:
            want[top] |= 1 << src
    elif kind == op.JMP or kind == op.JMP32:
        _step_back_jump(v, i, following, history, want, code, dst, src)
        if code & op.OP_MASK in (op.CALL, op.EXIT):
            return
    elif kind == op.LD:
        mode = code & op.MODE_MASK
        if mode == op.IMM:
            want[top] = mask & ~(1 << dst)
            return
        if mask & 0b111111 & ~1 or (mask & 1 and dst):
            raise _GiveUp
        want[top] = mask & ~1
    _link(want, history)


def _loads(which: int) -> bool:
    return bool(which & op.FETCH) or which == op.LOAD_ACQ


def _step_back_jump(
    v: Verifier, i: int, following: int, history: History | None, want: list[int], code: int, dst: int, src: int
) -> None:
    flow = v.flow
    top = len(want) - 1
    which = code & op.OP_MASK
    if which == op.CALL:
        if src == 1:
            target = i + flow.imm[i] + 1
            function = flow.functions[flow.at[target]]
            if function.is_global:
                if want[top] & _ARGS:
                    raise _GiveUp
                want[top] &= ~1
                return
            # Going back out of the callee: its arguments are the caller's.
            if top == 0:
                raise _GiveUp
            mask = want.pop()
            if mask & ~_ARGS:
                raise _GiveUp
            want[top - 1] |= mask
            return
        if flow.calls_callback[i] and following != i + 1:
            # Going back out of a callback: what it got is not of the caller's making.
            if top == 0:
                raise _GiveUp
            mask = want.pop()
            if mask & ~_ARGS:
                raise _GiveUp
            return
        if want[top] & _ARGS:
            raise _GiveUp
        want[top] &= ~1
        return
    if which == op.EXIT:
        # Going back into a function that was called (or a callback): r0 is what it returned.
        from_call = following >= 1 and flow.is_pseudo_call(following - 1)
        result = from_call and want[top] & 1
        if from_call and want[top] & _ARGS:
            raise _GiveUp
        want[top] &= ~1
        want.append(1 if result else 0)
        return
    if which == op.JA or which == op.JCOND:
        return
    if code & op.X:
        mask = want[top]
        if not mask >> dst & 1 and not mask >> src & 1:
            return
        flags = history[3] if history is not None else 0
        if not flags & 1:
            mask |= 1 << src
        if not flags & 2:
            mask |= 1 << dst
        want[top] = mask


def tell(v: Verifier, old: State, path: State) -> None:
    """What was needed of `old` is needed of `path`, which ended there and is the state at hand."""
    for n, frame in enumerate(path.frames):
        read = old.read[n]
        while read:
            low = read & -read
            read ^= low
            v.mark_read(frame, low.bit_length() - 1)
    if v.capable:
        masks = [old.precise[n] & _scalars_of(frame) for n, frame in enumerate(old.frames)]
        if any(masks):
            mark(v, -1, masks)


def _scalars_of(frame: Frame) -> int:
    """The registers (bits 0 to 9) and stack slots (from bit 16 on) that hold numbers."""
    mask = 0
    for i in range(10):
        if frame.regs[i].type == SCALAR:
            mask |= 1 << i
    for spi, slot in enumerate(frame.stack):
        if slot.types[7] == SPILL and slot.reg.type == SCALAR:
            mask |= 1 << (16 + spi)
    return mask
