"""Calls of kernel functions: whether they may be called here, and what a call does to the state."""

from __future__ import annotations

from ebpf.uapi import kfuncs
from ebpf.uapi.btf import Kind as BtfKind
from ebpf.verifier import exceptions, graph, iterators, objects
from ebpf.verifier.callbacks import push_of_map
from ebpf.verifier.interned import signed
from ebpf.verifier.kfunc_arguments import LOCKS, Call, check_arguments
from ebpf.verifier.kfunc_results import result
from ebpf.verifier.messages import Refusal, refuse
from ebpf.verifier.regs import MAYBE_NULL, UNINIT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.uapi.kfuncs import Kfunc
    from ebpf.verifier.core import Step, Verifier


def _attached(*names: str) -> Callable[[Verifier], bool]:
    return lambda v: v.attach_name in names


#: The kernel's filters of kfuncs: which of the programs that are of the right type may call them.
_FILTERS: dict[str, Callable[[Verifier], bool]] = {
    "tracing_iter_filter": _attached("TRACE_ITER"),
    "bpf_fs_kfuncs_filter": lambda v: v.type_name == "LSM",
    "bpf_get_fsverity_digest_filter": lambda v: v.type_name == "LSM",
    "bpf_kprobe_multi_filter": _attached("TRACE_KPROBE_SESSION", "TRACE_UPROBE_SESSION"),
}


#: What a driver tells of a packet: for programs that are loaded for its device.
_DEVICE_BOUND = frozenset(f"bpf_xdp_metadata_rx_{what}" for what in ("timestamp", "hash", "vlan_tag"))


def build(v: Verifier, i: int) -> Step:
    name = v.flow.kfunc_at(i)
    reference = v.flow.references.get(i)
    if not v.capable:
        return refuse("kfunc", f"calling kernel function {name} is not allowed")
    try:
        row = kfuncs.kfunc(name)
    except KeyError:
        weak = reference is not None and reference.weak
        if v.target.find(name, BtfKind.FUNC) is None if v.target is not None else weak:
            return refuse("target", f"the target has no kernel function {name}()")
        return refuse("not-supported", f"the kernel function {name}() is not known here")
    passes = _FILTERS.get(row.filter)
    if not row.allowed(v.program.type) or (passes is not None and not passes(v)):
        return refuse("kfunc", f"calling kernel function {name} is not allowed")
    if name in _DEVICE_BOUND and not v.program.ifindex:
        return refuse("kfunc", "metadata kfuncs require device-bound program")
    known: Kfunc = row
    flags = known.flags

    sleeps = "KF_SLEEPABLE" in flags
    takes = LOCKS.get(name)

    def step(v: Verifier) -> int:
        v.jumps += 1
        state = v.state
        if state.lock() is not None and not allowed_under_lock(name):
            raise Refusal("lock", "function calls are not allowed while holding a lock")
        if takes is not None and takes[0]:
            # It may fail, and then no lock is held.
            failed = v.push_branch(i + 1, i)
            failed.regs[0] = signed(-objects.MAX_ERRNO, -1).reg
            failed.regs[1:6] = [UNINIT] * 5
        if name == "__bpf_trap":
            raise Refusal("uninitialised", "unexpected __bpf_trap() due to uninitialized variable?")
        if sleeps and not v.may_sleep():
            raise Refusal("kfunc", f"program must be sleepable to call sleepable kfunc {name}")
        call = Call(known)
        check_arguments(v, call)
        _sections(v, name, sleeps)
        following = _finish(v, call, i)
        if name in CHANGES_PACKET:
            v.forget_packets()
        return following

    return step


#: Kernel functions after which pointers into the packet are of no use.
CHANGES_PACKET = frozenset(("bpf_xdp_pull_data",))


def allowed_under_lock(name: str) -> bool:
    return name in graph.UNDER_LOCK or name in LOCKS or name.startswith("bpf_iter_num_")


def sleeps(name: str) -> bool:
    try:
        return "KF_SLEEPABLE" in kfuncs.kfunc(name).flags
    except KeyError:
        return False


def _sections(v: Verifier, name: str, sleeps: bool) -> None:
    state = v.state
    if name == "bpf_rcu_read_lock":
        if state.rcu:
            raise Refusal("rcu", f"nested rcu read lock (kernel function {name})")
        state.rcu = 1
    elif name == "bpf_rcu_read_unlock":
        if not state.rcu:
            raise Refusal("rcu", f"unmatched rcu read unlock (kernel function {name})")
        iterators.end_rcu(v)
        state.rcu = 0
    elif sleeps and state.rcu:
        raise Refusal("rcu", f"kernel func {name} is sleepable within rcu_read_lock region")
    if name == "bpf_preempt_disable":
        state.preempt += 1
    elif name == "bpf_preempt_enable":
        if not state.preempt:
            raise Refusal("rcu", f"unmatched attempt to enable preemption (kernel function {name})")
        state.preempt -= 1
    elif sleeps and state.preempt:
        raise Refusal("rcu", f"kernel func {name} is sleepable within non-preemptible region")
    if sleeps and state.irq is not None:
        raise Refusal("rcu", f"kernel func {name} is sleepable within IRQ-disabled region")


def _finish(v: Verifier, call: Call, i: int) -> int:
    name, flags = call.row.name, call.row.flags
    if name == "bpf_rbtree_add_impl":
        graph.push_less(v, call, i)
    elif name == "bpf_wq_set_callback_impl":
        push_of_map(v, i, call.subprog, True)
    if call.release:
        if not v.release(v.regs[call.release].ref):
            raise Refusal("reference", f"kfunc {name} reference has not been acquired before", register=call.release)
    if name in graph.PUSHES:
        graph.pushed(v, call)
    if name == "bpf_throw":
        return exceptions.throw(v)
    regs = v.regs
    before = regs[1:6]
    given = result(v, call)
    regs[1:6] = [UNINIT] * 5
    if call.iterator is not None:
        regno, iter_name, size = call.iterator
        regs[1:6] = before
        given = iterators.step(v, i, regno, iter_name, size, name, given)
        regs[1:6] = [UNINIT] * 5
    regs[0] = given
    if "KF_ACQUIRE" in flags and call.iterator is None and given.ref == 0:
        id = v.acquire()
        regs[0] = given.but(ref=id, id=id if given.type & MAYBE_NULL else given.id)
    return i + 1
