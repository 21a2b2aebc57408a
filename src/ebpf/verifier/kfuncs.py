"""Calls of kernel functions: who may make them and where, what they acquire, release and give."""

from __future__ import annotations

from ebpf.uapi import kfuncs
from ebpf.uapi.btf import Kind as BtfKind
from ebpf.verifier import dynptrs, exceptions, graph, iterators, objects
from ebpf.verifier.callbacks import push_of_map
from ebpf.verifier.kfunc_arguments import LOCKS, SIZES, Call, check, pointee
from ebpf.verifier.messages import Refusal, refuse
from ebpf.verifier.regs import (
    ALLOC,
    BTF_ID,
    DYNPTR_SKB,
    DYNPTR_XDP,
    MAYBE_NULL,
    MEM,
    RCU,
    RDONLY,
    TRUSTED,
    UNINIT,
    UNTRUSTED,
    Reg,
)  # fmt: skip
from ebpf.verifier.rules import MAX_ERRNO
from ebpf.verifier.scalar import UNKNOWN, ZERO, signed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.btf import Btf
    from ebpf.uapi.kfuncs import Kfunc
    from ebpf.verifier.core import Step, Verifier


def _attached(*names: str) -> Callable[[Verifier], bool]:
    return lambda v: v.program.attach_type is not None and v.program.attach_type.name in names


#: The kernel's filters of kfuncs: which of the programs that are of the right type may call them.
_FILTERS: dict[str, Callable[[Verifier], bool]] = {
    "tracing_iter_filter": _attached("TRACE_ITER"),
    "bpf_fs_kfuncs_filter": lambda v: v.type_name == "LSM",
    "bpf_get_fsverity_digest_filter": lambda v: v.type_name == "LSM",
    "bpf_kprobe_multi_filter": _attached("TRACE_KPROBE_SESSION", "TRACE_UPROBE_SESSION"),
}


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
            failed.regs[0] = signed(-MAX_ERRNO, -1).reg
            failed.regs[1:6] = [UNINIT] * 5
        if name == "__bpf_trap":
            raise Refusal("uninitialised", "unexpected __bpf_trap() due to uninitialized variable?")
        if sleeps and not v.may_sleep():
            raise Refusal("kfunc", f"program must be sleepable to call sleepable kfunc {name}")
        call = Call()
        check(v, known, call)
        _sections(v, name, sleeps)
        following = _finish(v, known, call, i)
        if name in CHANGES_PACKET:
            v.forget_packets()
        return following

    return step


#: Kernel functions after which pointers into the packet are of no use.
CHANGES_PACKET = frozenset(("bpf_xdp_pull_data",))


def allowed_under_lock(name: str) -> bool:
    return name in graph.UNDER_LOCK or name in LOCKS or name.startswith("bpf_iter_num_")


def flags_of(name: str) -> tuple[str, ...]:
    try:
        return tuple(kfuncs.kfunc(name).flags)
    except KeyError:
        return ()


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


def _finish(v: Verifier, row: Kfunc, call: Call, i: int) -> int:
    name, flags = row.name, row.flags
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
    given = _result(v, row, call)
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


def _result(v: Verifier, row: Kfunc, call: Call) -> Reg:
    name, flags = row.name, row.flags
    returns = row.returns
    if returns == "void":
        return UNINIT
    if "*" not in returns:
        return ZERO.reg if name in LOCKS else UNKNOWN.reg
    thing = pointee(returns)
    reg: Reg
    if name in ("bpf_obj_new_impl", "bpf_percpu_obj_new_impl"):
        reg = graph.new_object(v, call, name)
    elif name == "bpf_refcount_acquire_impl":
        reg = Reg(BTF_ID | ALLOC, aux=call.struct)
    elif name in graph.POPS:
        reg = graph.popped(v, call, name)
    elif name == "bpf_cast_to_kern_ctx":
        reg = Reg(BTF_ID | TRUSTED, aux=_kernel_context(v))
    elif name == "bpf_rdonly_cast":
        reg = _read_only(v, call.constant or 0)
    elif name in ("bpf_dynptr_slice", "bpf_dynptr_slice_rdwr"):
        reg = _slice(v, call, name)
    elif thing == "void":
        return UNKNOWN.reg
    elif name == "bpf_session_cookie":
        reg = Reg(MEM, aux=8)
    elif thing in SIZES:
        size = call.mem_size or SIZES[thing]
        reg = Reg(MEM | (0 if call.mem_size and not call.mem_rdonly else RDONLY), aux=size, ref=call.ref)
    else:
        reg = Reg(BTF_ID, aux=objects.core_type(v, thing))
        if call.iterator is not None:
            regno, _, _ = call.iterator
            at = v.regs[regno]
            found = v.frames[at.aux].stack[dynptrs.place(v, at, "iter", 1)].reg
            reg = reg.but(type=BTF_ID | (RCU if found.type & RCU else TRUSTED))
    if ("KF_RET_NULL" in flags and not call.owns) or call.iterator is not None:
        reg = reg.but(type=reg.type | MAYBE_NULL, id=v.new_id())
    if name in graph.LOOKS:
        reg = graph.borrow(v, reg)
    if not reg.id and graph.has_lock(v, reg):
        reg = reg.but(id=v.new_id())
    return reg


def _kernel_context(v: Verifier) -> tuple[Btf, int, str]:
    """(types, id, name) of what the kernel itself hands a program of this type: a struct of its own says that, two members a
    type of program. Programs of other types are handed numbers, or what their hook has."""
    btf = objects.target(v)
    table = btf.type(objects.core_type(v, "bpf_ctx_convert")[1])
    wanted = f"BPF_PROG_TYPE_{v.type_name}_kern"
    type_id = next((member.type for member in getattr(table, "members", ()) if member.name == wanted), 0)
    if type(btf.type(type_id)).__name__ != "Struct":
        raise Refusal("kfunc", f"kern ctx type id {type_id} is not a struct")
    return btf, type_id, objects.type_name(btf, type_id)


def _read_only(v: Verifier, type_id: int) -> Reg:
    """What bpf_rdonly_cast gives: a struct of that id, or, for void, memory of any size that may be missing."""
    btf = objects.target(v)
    if not 0 <= type_id < len(btf):
        raise Refusal("kfunc", f"Unknown type ID {type_id} passed to kfunc bpf_rdonly_cast")
    if type_id == 0:
        return Reg(MEM | RDONLY | UNTRUSTED, aux=0)
    found = btf.type(type_id)
    if type(found).__name__ not in ("Struct", "Union"):
        raise Refusal("kfunc", "kfunc bpf_rdonly_cast type ID argument must be of a struct or void")
    return Reg(BTF_ID | UNTRUSTED, aux=(btf, type_id, found.name))


def _slice(v: Verifier, call: Call, name: str) -> Reg:
    if call.dynptr is None:
        raise Refusal("dynptr", "Expected an initialized dynptr as arg #0")
    kind = call.dynptr.aux[0]
    flag = {"skb": DYNPTR_SKB, "xdp": DYNPTR_XDP}.get(kind, 0)
    if name == "bpf_dynptr_slice":
        flag |= RDONLY
    elif kind in ("skb", "xdp") and not v.may_access_packet(True):
        raise Refusal("read-only", "the prog does not allow writes to packet data")
    return Reg(MEM | flag, aux=call.constant or 0, uid=call.dynptr.id)
