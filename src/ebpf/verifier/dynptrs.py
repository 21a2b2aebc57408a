"""Dynptrs: two slots of stack that stand for memory whose size is known only when the program runs."""

from __future__ import annotations

from ebpf.verifier.bounds import check_stack, place
from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import DYNPTR, KIND, MEM, STACK, UNINIT, Reg
from ebpf.verifier.scalar import UNKNOWN
from ebpf.verifier.state import DYN, EMPTY, Frame, Slot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Verifier

_KINDS = {"DYNPTR_TYPE_LOCAL": "local", "DYNPTR_TYPE_RINGBUF": "ringbuf", "DYNPTR_TYPE_SKB": "skb",
          "DYNPTR_TYPE_XDP": "xdp", "DYNPTR_TYPE_SKB_META": "skb_meta", "DYNPTR_TYPE_FILE": "file"}  # fmt: skip
#: Kinds that must be given back.
_COUNTED = frozenset(("ringbuf", "file"))
_WHOLE = bytes([DYN] * 8)


def _slot(v: Verifier, reg: Reg) -> tuple[Frame, int, Slot]:
    frame = v.frames[reg.aux]
    spi = place(reg, "dynptr", 2)
    if spi >= len(frame.stack):
        return frame, spi, EMPTY
    return frame, spi, frame.stack[spi]


def destroy(v: Verifier, frame: Frame, spi: int) -> None:
    """A dynptr's slot is about to be overwritten: the dynptr is gone, and what came of it with it."""
    slot = frame.stack[spi]
    if DYN not in slot.types:
        return
    first = spi if slot.reg.aux[1] else spi + 1
    upper = frame.stack[first]
    kind = upper.reg.aux[0]
    if kind in _COUNTED:
        # Another copy must still be there to give the memory back through.
        count = sum(
            1 for f in v.frames for s in f.stack if s.types == _WHOLE and s.reg.aux[1] and s.reg.ref == upper.reg.ref
        )
        if count <= 1:
            raise Refusal(
                "dynptr", "cannot overwrite referenced dynptr", required="the dynptr submitted or discarded first"
            )
    _forget_slices(v, upper.reg.id)
    frame.stack[first] = EMPTY
    frame.stack[first - 1] = EMPTY
    v.mark_read(frame, first)
    v.mark_read(frame, first - 1)


def _forget_slices(v: Verifier, id: int) -> None:
    leaks = v.pointer_leaks_ok

    def change(reg: Reg) -> Reg | None:
        if reg.uid == id and reg.type & KIND == MEM:
            return UNKNOWN.reg if leaks else UNINIT
        return None

    if id:
        v.state.replace_regs(change)


def create(v: Verifier, regno: int, reg: Reg, kind: str, ref: int = 0, rdonly: bool = False) -> None:
    """Makes a dynptr of `kind` where the register points."""
    if reg.type != STACK:
        raise Refusal("dynptr", "Dynptr has to be an uninitialized dynptr", register=regno, value=reg)
    frame = v.frames[reg.aux]
    spi = place(reg, "dynptr", 2)
    check_stack(v, regno, reg, reg.off, 16, True)
    for n in (spi, spi - 1):
        if DYN in frame.stack[n].types:
            destroy(v, frame, n)
    if kind in _COUNTED and not ref:
        ref = v.acquire()
    id = v.new_id()
    frame.stack[spi] = Slot(_WHOLE, Reg(DYNPTR, id=id, ref=ref, aux=(kind, True, rdonly)))
    frame.stack[spi - 1] = Slot(_WHOLE, Reg(DYNPTR, id=id, ref=ref, aux=(kind, False, rdonly)))
    frame.written |= 3 << (spi - 1)
    v.touched |= 3 << (spi - 1)


def known(v: Verifier, reg: Reg) -> Reg | None:
    """The dynptr that the register points to, None if there is none."""
    if reg.type == DYNPTR:
        return reg
    frame, spi, slot = _slot(v, reg)
    if slot.types != _WHOLE or not slot.reg.aux[1] or frame.stack[spi - 1].types != _WHOLE:
        return None
    if frame.stack[spi - 1].reg.aux[1]:
        return None
    return slot.reg


def argument(v: Verifier, regno: int, reg: Reg, flags: frozenset[str]) -> Reg | None:
    """A dynptr argument: one to be made (MEM_UNINIT), or one that is there."""
    if reg.type not in (STACK, DYNPTR):
        raise Refusal(
            "dynptr", f"arg#{regno - 1} expected pointer to stack or const struct bpf_dynptr", register=regno, value=reg
        )
    kind = next((_KINDS[f] for f in flags if f in _KINDS), "")
    if "MEM_UNINIT" in flags:
        create(v, regno, reg, kind)
        return None
    if reg.type == DYNPTR and "MEM_RDONLY" not in flags:
        raise Refusal(
            "dynptr", "cannot pass pointer to const bpf_dynptr, the helper mutates it", register=regno, value=reg
        )
    found = known(v, reg)
    if found is None:
        raise Refusal("dynptr", f"Expected an initialized dynptr as arg #{regno - 1}", register=regno, value=reg)
    if kind and found.aux[0] != kind:
        raise Refusal("dynptr", f"Expected a dynptr of type {kind} as arg #{regno - 1}", register=regno, value=reg)
    if reg.type == STACK:
        frame = v.frames[reg.aux]
        spi = place(reg, "dynptr", 2)
        v.mark_read(frame, spi)
        v.mark_read(frame, spi - 1)
    return found


def check_release(v: Verifier, regno: int, reg: Reg) -> None:
    if reg.type != STACK:
        raise Refusal("dynptr", "cannot release unowned const bpf_dynptr", register=regno, value=reg)
    _, _, slot = _slot(v, reg)
    if DYN not in slot.types or not slot.reg.ref:
        raise Refusal("dynptr", f"arg {regno} is an unacquired reference", register=regno, value=reg)


def release(v: Verifier, reg: Reg) -> None:
    """Gives a dynptr back: all its clones are gone, too."""
    frame, spi, slot = _slot(v, reg)
    ref, kind = slot.reg.ref, slot.reg.aux[0]
    if kind not in _COUNTED:
        _drop(v, frame, spi)
        return
    v.release(ref)
    for f in v.frames:
        for n, s in enumerate(f.stack):
            if s.types == _WHOLE and s.reg.ref == ref and s.reg.aux[1]:
                _drop(v, f, n)


def _drop(v: Verifier, frame: Frame, spi: int) -> None:
    _forget_slices(v, frame.stack[spi].reg.id)
    frame.stack[spi] = frame.stack[spi - 1] = EMPTY
    frame.written |= 3 << (spi - 1)


def identity(v: Verifier, reg: Reg) -> tuple[int, int]:
    """(which dynptr, the reference behind it)."""
    found = known(v, reg)
    return (found.id, found.ref) if found is not None else (0, 0)


def kind_of(v: Verifier, reg: Reg) -> str:
    found = known(v, reg)
    return found.aux[0] if found is not None else ""


def callback_argument(v: Verifier) -> Reg:
    """A dynptr that a callback or global function is given."""
    return Reg(DYNPTR, id=v.new_id(), aux=("local", True, False))
