"""Spin locks and timers in map values."""

from __future__ import annotations

from ebpf.verifier.messages import Refusal
from ebpf.verifier.objects import fields_of
from ebpf.verifier.regs import ALLOC, NON_OWN_REF, UNINIT, MapInfo, Reg
from ebpf.verifier.scalar import UNKNOWN
from ebpf.verifier.state import LOCKS, Held

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.arguments import Meta
    from ebpf.verifier.core import Verifier


def owner_of(regno: int, reg: Reg, kind: str) -> object:
    """Which thing holds the field that the register must point to: the map, or the object's type."""
    if reg.s.const is None:
        raise Refusal(
            "lock" if "lock" in kind else "field",
            f"R{regno} doesn't have constant offset. {kind} has to be at the constant offset",
            register=regno, value=reg,
        )  # fmt: skip
    if isinstance(reg.aux, MapInfo):
        info = reg.aux
        if info.spec.btf is None or not info.spec.value_type:
            raise Refusal("btf", f"map '{info.name}' has to have BTF in order to use {kind}", register=regno, value=reg)
        name = f"map '{info.name}'"
    else:
        name = "local 'kptr'"
    places = [at for at, field in fields_of(reg).items() if field[0] == kind]
    if not places:
        raise Refusal("field", f"{name} has no valid {kind}", register=regno, value=reg)
    at = reg.s.const + reg.off
    if at not in places:
        raise Refusal(
            "field", f"off {at} doesn't point to 'struct {kind}' that is at {places[0]}", register=regno, value=reg
        )
    return reg.aux


def spin(v: Verifier, regno: int, reg: Reg, take: bool, kind: str = "lock") -> None:
    """Takes or gives back a lock: bpf_spin_lock ("lock"), bpf_res_spin_lock ("res_lock", "res_lock_irq")."""
    field = "bpf_spin_lock" if kind == "lock" else "bpf_res_spin_lock"
    what = field.replace("_lock", "_unlock")
    owner = owner_of(regno, reg, field)
    state = v.state
    last = state.lock()
    mine = [h for h in state.held if h.id == reg.id and h.kind in LOCKS and (h.what is owner or h.what == owner)]
    if take:
        if kind == "lock":
            if any(h.kind == "lock" for h in state.held):
                raise Refusal(
                    "lock", "Locking two bpf_spin_locks are not allowed", required="the first lock given back"
                )
        elif any(h.kind != "lock" for h in mine):
            raise Refusal(
                "lock", "Acquiring the same lock again, AA deadlock detected", register=regno, value=reg,
                required="the lock given back first",
            )  # fmt: skip
        state.held = (*state.held, Held(reg.id, v.insn, kind, owner))
        return
    if last is None:
        raise Refusal("lock", f"{what} without taking a lock", required="a lock taken before")
    mine = [h for h in mine if h.kind == kind]
    if not mine:
        raise Refusal("lock", f"{what} of different lock", register=regno, value=reg, required="the lock taken")
    if mine[-1] is not last:
        raise Refusal(
            "lock", f"{what} cannot be out of order", register=regno, value=reg, required="the last lock first"
        )
    state.held = tuple(h for h in state.held if h is not last)
    drop_non_owning(v)


def drop_non_owning(v: Verifier) -> None:
    """Once the lock is given back, what was only borrowed under it is of no use."""
    leaks = v.pointer_leaks_ok

    def change(reg: Reg) -> Reg | None:
        if reg.type & NON_OWN_REF and reg.type & ALLOC:
            return UNKNOWN.reg if leaks else UNINIT
        return None

    v.state.replace_regs(change)


def timer(regno: int, reg: Reg, meta: Meta) -> None:
    assert isinstance(reg.aux, MapInfo)
    owner_of(regno, reg, "bpf_timer")
    meta.map_uid = reg.uid
    meta.map = reg.aux
