"""Calls of helpers: whether they may be called here, and what a call does to the state."""

from __future__ import annotations

from ebpf.uapi import helpers
from ebpf.uapi.flags import BPF_F_RDONLY_PROG, BPF_PSEUDO_CALL, BPF_PSEUDO_KFUNC_CALL
from ebpf.uapi.helpers import GPL_LICENSES, IDS
from ebpf.uapi.kfuncs import kfunc
from ebpf.verifier import dynptrs, functions, kfuncs, stack
from ebpf.verifier.arguments import Meta, check_argument
from ebpf.verifier.attached import hook_proto
from ebpf.verifier.callbacks import EXTRAS
from ebpf.verifier.memory import access
from ebpf.verifier.messages import Refusal, refuse
from ebpf.verifier.regs import SCALAR, STACK, UNINIT, is_null
from ebpf.verifier.results import result
from ebpf.verifier.rules import (
    CHANGES_PACKET,
    D_PATH,
    HELPERS_OF_MAP,
    MAPS_OF_HELPER,
    NEEDS_BPF,
    NEEDS_PERFMON,
    WRITES_MAP,
    sockmap_update_allowed,
)
from ebpf.verifier.scalar import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.uapi.helpers import Proto
    from ebpf.verifier.core import Step, Verifier


_TAIL_CALL = IDS["tail_call"]


def arity(v: Verifier) -> Callable[[int], int]:
    """How many arguments the call at a slot reads; 5 if that isn't known."""

    def count(i: int) -> int:
        proto = _proto(v, v.flow.imm[i]) if v.flow.src[i] == 0 else None
        if proto is not None:
            return len(proto.arguments)
        name = v.flow.kfunc_at(i)
        if not name:
            return 5
        try:
            return len(kfunc(name).parameters)
        except KeyError:
            return 5

    return count


def effects(v: Verifier) -> Callable[[int], tuple[bool, bool]]:
    """Whether the call at a slot may move the packet, and whether it may sleep."""

    def tell(i: int) -> tuple[bool, bool]:
        flow = v.flow
        name = flow.kfunc_at(i)
        if name:
            return name in kfuncs.CHANGES_PACKET, kfuncs.sleeps(name)
        number = flow.imm[i]
        proto = _proto(v, number)
        return number in CHANGES_PACKET, proto is not None and proto.might_sleep

    return tell


def build(v: Verifier, i: int, source: int, imm: int) -> Step:
    if source == BPF_PSEUDO_CALL:
        return functions.call(v, i)
    if source == BPF_PSEUDO_KFUNC_CALL:
        return kfuncs.build(v, i)
    return _helper_call(v, i, imm)


def _exists(number: int) -> bool:
    return 0 < number < len(helpers.NAMES)


def _name(number: int) -> str:
    return f"bpf_{helpers.NAMES[number]}" if _exists(number) else "unknown"


def _proto(v: Verifier, number: int) -> Proto | None:
    """What calls of the helper are checked by in this program; None if it may not call it."""
    return helpers.helper(number).proto(v.program.type, v.program.attach_type, v.sleepable) if _exists(number) else None


def _helper_call(v: Verifier, i: int, number: int) -> Step:
    shown = f"{_name(number)}#{number}"
    if not _exists(number):
        return refuse("helper", f"invalid func {shown}")
    proto = _proto(v, number)
    if proto is None or _forbidden(v, number) or _left_out(v, number):
        return refuse("helper", f"program of this type cannot use helper {shown}")
    if proto.gpl_only and v.program.license not in GPL_LICENSES:
        return refuse("helper", "cannot call GPL-restricted function from non-GPL compatible program")
    known: Proto = proto
    changes = number in CHANGES_PACKET
    following = i + 1
    arguments = known.arguments

    def step(v: Verifier) -> int:
        v.jumps += 1
        state = v.state
        if known.allowed and not _allowed(v, known.allowed):
            raise Refusal("helper", "helper call is not allowed in probe")
        if state.held and state.lock() is not None and number != IDS["spin_unlock"]:
            raise Refusal("lock", "function calls are not allowed while holding a lock")
        if known.might_sleep:
            if not v.may_sleep():
                raise Refusal("helper", "helper call might sleep in a non-sleepable prog")
            for open_, what in (
                (state.rcu, "rcu_read_lock"),
                (state.preempt, "non-preemptible"),
                (state.irq, "IRQ-disabled"),
            ):
                if open_:
                    raise Refusal("rcu", f"sleepable helper {shown} in {what} region")
        meta = Meta(number)
        for regno, kind in enumerate(arguments, 1):
            if kind.kind != "ARG_DONTCARE":
                check_argument(v, known, meta, regno, kind)
        _check_map_use(v, meta, number)
        if meta.fill_size:
            _fill(v, meta)
        regs = v.regs
        if meta.release:
            _release(v, meta, known, shown)
        extra = EXTRAS.get(number)
        if extra is not None:
            extra(v, meta, i)
        regs = v.regs
        # What a call may leave in its argument registers is not to be read.
        before = regs[1:6]
        regs[1:6] = [UNINIT] * 5
        regs[0] = result(v, known, meta, before)
        _check_map_fits(v, meta, number)
        if number == _TAIL_CALL:
            return _tail_called(v, i)
        if changes:
            v.forget_packets()
        return following

    return step


def _tail_called(v: Verifier, i: int) -> int:
    """A tail call that succeeds ends the function it is in. If that isn't the main one, its caller goes on, with whatever the
    other program returned and did to the packet (Linux 6.18.y)."""
    if len(v.frames) > 1:
        v.push_branch(i + 1, i)
        v.forget_packets()
        v.regs[0] = UNKNOWN.reg
        return functions.leave(v)
    return i + 1


def _forbidden(v: Verifier, number: int) -> bool:
    return (not v.capable and number in NEEDS_BPF) or (not v.perfmon and number in NEEDS_PERFMON)


def _allowed(v: Verifier, rule: str) -> bool:
    """The kernel's further question about the attach target; what can't be asked here is let pass by name only."""
    if rule == "bpf_d_path_allowed":
        return (
            v.program.target in D_PATH
            or (v.type_name == "LSM")
            or (v.type_name == "TRACING" and v.attach_name == "TRACE_ITER")
        )
    return True


def _left_out(v: Verifier, number: int) -> bool:
    """Helpers that a struct_ops program doesn't get as this member: a socket that goes away takes no options."""
    if v.type_name != "STRUCT_OPS" or number not in (IDS["setsockopt"], IDS["getsockopt"]):
        return False
    return hook_proto(v)[3] == "release"


def _fill(v: Verifier, meta: Meta) -> None:
    """A call has filled memory on the stack: each byte is something now."""
    regno = meta.fill_register
    if v.regs[regno].type == STACK and v.regs[regno].s.const is not None:
        stack.fill(v, v.regs[regno], meta.fill_size)
        return
    for at in range(meta.fill_size):
        access(v, regno, at, 1, True)


def _check_map_use(v: Verifier, meta: Meta, number: int) -> None:
    info = meta.map
    if info is not None and number in WRITES_MAP and info.spec.flags & BPF_F_RDONLY_PROG:
        raise Refusal("read-only", "write into map forbidden")
    if number == _TAIL_CALL and info is not None and info.spec.type.name == "PROG_ARRAY":
        key = v.regs[3]
        if key.type == SCALAR and key.s.const is not None and key.s.const < info.spec.max_entries:
            v.mark_precise(3)


def _check_map_fits(v: Verifier, meta: Meta, number: int) -> None:
    info = meta.map
    if info is None:
        return
    map_type = info.spec.type.name
    helper_name = helpers.NAMES[number]
    allowed = HELPERS_OF_MAP.get(map_type)
    bad = False
    if allowed is not None and helper_name not in allowed:
        bad = not (map_type in ("SOCKMAP", "SOCKHASH") and sockmap_update_allowed(v, helper_name))
    maps = MAPS_OF_HELPER.get(helper_name)
    if maps is not None and map_type not in maps:
        bad = True
    if bad:
        raise Refusal(
            "map-kind", f"cannot pass map_type {int(info.spec.type)} into func {_name(number)}#{number}",
            required=f"a map of another type{': ' + ', '.join(sorted(maps)) if maps else ''}",
        )  # fmt: skip


def _release(v: Verifier, meta: Meta, proto: Proto, shown: str) -> None:
    regno = meta.release
    reg = v.regs[regno]
    done = False
    if proto.arguments[regno - 1].kind == "ARG_PTR_TO_DYNPTR":
        dynptrs.release(v, reg)
        done = True
    elif meta.ref:
        done = v.release(meta.ref)
    elif is_null(reg):
        done = True
    if not done:
        raise Refusal("reference", f"func {shown} reference has not been acquired before", register=regno, value=reg)
