"""Interrupts off and on again: the flags that bpf_local_irq_save() and bpf_res_spin_lock_irqsave() keep in a slot of stack.

The last one saved must be the first one restored, by a function of the same family (`native`, or the lock's).
"""

from __future__ import annotations

from ebpf.verifier.bounds import check_stack, place
from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import SCALAR, STACK, Reg
from ebpf.verifier.state import DYN, EMPTY, IRQ, ITER, Frame, Held, Slot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Verifier

#: kfunc → (whether it saves, the family)
FUNCTIONS = {
    "bpf_local_irq_save": (True, "native"),
    "bpf_local_irq_restore": (False, "native"),
    "bpf_res_spin_lock_irqsave": (True, "lock"),
    "bpf_res_spin_unlock_irqrestore": (False, "lock"),
}
_WHOLE = bytes([IRQ] * 8)


def _place(v: Verifier, regno: int, reg: Reg) -> tuple[Frame, int]:
    if reg.type != STACK:
        raise Refusal(
            "kfunc", f"arg#{regno - 1} doesn't point to an irq flag on stack", register=regno, value=reg,
            required="the address of an unsigned long on the stack",
        )  # fmt: skip
    return v.frames[reg.aux], place(reg, "irq_flag", 1)


def argument(v: Verifier, name: str, regno: int, reg: Reg) -> None:
    saves, family = FUNCTIONS[name]
    frame, spi = _place(v, regno, reg)
    if saves:
        check_stack(v, regno, reg, reg.off, 8, True)
        if any(t in (DYN, ITER, IRQ) for t in frame.stack[spi].types):
            raise Refusal("kfunc", f"expected uninitialized irq flag as arg#{regno - 1}", register=regno, value=reg)
        id = v.new_id()
        v.state.held = (*v.state.held, Held(id, v.insn, "irq"))
        frame.stack[spi] = Slot(_WHOLE, Reg(SCALAR, id=0, ref=id, aux=family))
        frame.written |= 1 << spi
        return
    slot = frame.stack[spi] if spi < len(frame.stack) else EMPTY
    if slot.types != _WHOLE:
        raise Refusal("kfunc", f"expected an initialized irq flag as arg#{regno - 1}", register=regno, value=reg)
    v.mark_read(frame, spi)
    if slot.reg.aux != family:
        raise Refusal(
            "kfunc",
            f"irq flag acquired by {slot.reg.aux} kfuncs cannot be restored with {family} kfuncs",
            register=regno, value=reg,
        )  # fmt: skip
    last = v.state.irq
    assert last is not None
    if last.id != slot.reg.ref:
        raise Refusal(
            "rcu",
            f"cannot restore irq state out of order, expected id={last.id} acquired at insn_idx={last.insn}",
            register=regno, value=reg, required="the flags saved last",
        )  # fmt: skip
    v.state.held = tuple(h for h in v.state.held if h is not last)
    frame.stack[spi] = EMPTY
    frame.written |= 1 << spi
