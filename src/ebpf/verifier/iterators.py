"""Open-coded iterators: bpf_iter_…_new, …_next, …_destroy. One lives in slots of stack, and is active or drained."""

from __future__ import annotations

from ebpf.verifier import dynptrs, equal
from ebpf.verifier.bounds import check_stack, place, slot_of
from ebpf.verifier.messages import Refusal
from ebpf.verifier.objects import in_rcu
from ebpf.verifier.regs import MAYBE_NULL, RCU, STACK, UNINIT, UNTRUSTED, Reg
from ebpf.verifier.scalar import ZERO
from ebpf.verifier.state import EMPTY, ITER, Slot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Verifier
    from ebpf.verifier.state import Frame, State

ACTIVE, DRAINED = 1, 2
_WHOLE = bytes([ITER] * 8)
#: Bytes of the iterators that are known without the kernel's types.
SIZES = {"num": 8, "bits": 16, "task": 24, "task_vma": 8, "css": 24, "css_task": 8}


def _place(v: Verifier, regno: int, reg: Reg, slots: int) -> tuple[Frame, int]:
    if reg.type != STACK:
        raise Refusal(
            "iterator", f"arg#{regno - 1} expected pointer to an iterator on stack", register=regno, value=reg
        )
    return v.frames[reg.aux], place(reg, "iter", slots)


def create(v: Verifier, regno: int, name: str, size: int, rcu: bool) -> None:
    reg = v.regs[regno]
    slots = size // 8
    frame, spi = _place(v, regno, reg, slots)
    check_stack(v, regno, reg, reg.off, size, True)
    for n in range(spi - slots + 1, spi + 1):
        if ITER in frame.stack[n].types:
            raise Refusal(
                "iterator", f"expected uninitialized iter_{name} as arg #{regno - 1}", register=regno, value=reg
            )
        dynptrs.destroy(v, frame, n)
    ref = v.acquire()
    flags = (RCU if in_rcu(v) else UNTRUSTED) if rcu else 0
    for n in range(slots):
        frame.stack[spi - n] = Slot(
            _WHOLE, Reg(STACK | flags, id=ACTIVE, ref=ref if n == 0 else 0, aux=(name, ACTIVE, n == 0))
        )
        frame.written |= 1 << (spi - n)
        v.touched |= 1 << (spi - n)


def find(v: Verifier, regno: int, name: str, size: int, function: str) -> tuple[Frame, int, Reg]:
    """The iterator that the register points to; raises Refusal if there is none of the kind."""
    reg = v.regs[regno]
    slots = size // 8
    frame, spi = _place(v, regno, reg, slots)
    for n in range(slots):
        slot = frame.stack[spi - n] if spi - n < len(frame.stack) else EMPTY
        if slot.types != _WHOLE or slot.reg.aux[0] != name or slot.reg.aux[2] != (n == 0):
            raise Refusal(
                "iterator", f"expected an initialized iter_{name} as arg #{regno - 1}", register=regno, value=reg
            )
        if slot.reg.type & UNTRUSTED:
            raise Refusal("iterator", f"expected an RCU CS when using {function}", register=regno, value=reg)
        v.mark_read(frame, spi - n)
        v.touched |= 1 << (spi - n)
    return frame, spi, frame.stack[spi].reg


def destroy(v: Verifier, regno: int, name: str, size: int, function: str) -> None:
    frame, spi, found = find(v, regno, name, size, function)
    v.release(found.ref)
    for n in range(size // 8):
        frame.stack[spi - n] = EMPTY
        frame.written |= 1 << (spi - n)


def _put(frame: Frame, spi: int, slots: int, state: int, turn: int) -> None:
    for n in range(slots):
        reg = frame.stack[spi - n].reg
        frame.stack[spi - n] = Slot(
            _WHOLE, Reg(reg.type, off=turn if n == 0 else 0, id=state, ref=reg.ref, aux=(reg.aux[0], state, reg.aux[2]))
        )


def step(v: Verifier, i: int, regno: int, name: str, size: int, function: str, given: Reg) -> Reg:
    """The two ways that …_next may go: another turn (put off, with what is not needed precisely widened) and the end."""
    frame, spi, found = find(v, regno, name, size, function)
    if found.id == ACTIVE:
        state = v.state
        assert state.parent is not None
        before = v.checkpoints.behind(state.parent, i)
        queued = v.push_branch(i + 1, i)
        queued.regs[1:6] = [UNINIT] * 5
        queued.regs[0] = v.not_null(given)
        there = queued.frames[frame.number]
        _put(there, spi, size // 8, ACTIVE, found.off + 1)
        if before is not None:
            keep = queued.regs[0]
            equal.widen(v, before, queued)
            queued.regs[0] = keep
    _put(frame, spi, size // 8, DRAINED, found.off)
    return ZERO.reg


def end_rcu(v: Verifier) -> None:
    """The RCU section ends: what it protected is not to be trusted any more, iterators neither."""

    def change(reg: Reg) -> Reg | None:
        if reg.type & RCU:
            return reg.but(type=(reg.type & ~(RCU | MAYBE_NULL)) | UNTRUSTED, id=0)
        return None

    v.state.replace_regs(change)
    for frame in v.frames:
        for n, slot in enumerate(frame.stack):
            if slot.types[0] == ITER and slot.reg.type & RCU:
                frame.stack[n] = Slot(slot.types, slot.reg.but(type=(slot.reg.type & ~RCU) | UNTRUSTED))


def is_active(state: State) -> bool:
    """Whether the iterator that r1 points to has not come to its end."""
    reg = state.frames[-1].regs[1]
    spi = slot_of(reg.off + reg.s.smin)
    return bool(state.frames[reg.aux].stack[spi].reg.id == ACTIVE)
