"""Open-coded iterators: bpf_iter_…_new, …_next, …_destroy."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Verifier
    from ebpf.verifier.state import State


def is_active(v: Verifier, state: State) -> bool:
    """Whether the iterator that r1 points to has not come to its end."""
    from ebpf.verifier import stack

    reg = state.frames[-1].regs[1]
    spi = stack.slot_of(reg.off + reg.s.smin)
    return bool(state.frames[reg.aux].stack[spi].reg.id == 1)
