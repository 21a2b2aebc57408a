"""What kernel functions give: r0 after a call."""

from __future__ import annotations

from ebpf.btf import Struct
from ebpf.verifier import graph, objects
from ebpf.verifier.bounds import place
from ebpf.verifier.kfunc_arguments import LOCKS, SIZES, Call, pointee_of
from ebpf.verifier.messages import Refusal
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
from ebpf.verifier.scalar import UNKNOWN, ZERO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.btf import Btf
    from ebpf.verifier.core import Verifier


def result(v: Verifier, call: Call) -> Reg:
    row = call.row
    name, flags = row.name, row.flags
    returns = row.returns
    if returns == "void":
        return UNINIT
    if "*" not in returns:
        return ZERO.reg if name in LOCKS else UNKNOWN.reg
    pointee = pointee_of(returns)
    reg: Reg
    if name in ("bpf_obj_new_impl", "bpf_percpu_obj_new_impl"):
        reg = graph.new_object(v, call, name)
    elif name == "bpf_refcount_acquire_impl":
        reg = Reg(BTF_ID | ALLOC, aux=call.struct)
    elif name in graph.POPS:
        reg = graph.popped(call)
    elif name == "bpf_cast_to_kern_ctx":
        reg = Reg(BTF_ID | TRUSTED, aux=_kernel_context(v))
    elif name == "bpf_rdonly_cast":
        reg = _read_only(v, call.constant or 0)
    elif name in ("bpf_dynptr_slice", "bpf_dynptr_slice_rdwr"):
        reg = _slice(v, call, name)
    elif pointee == "void":
        return UNKNOWN.reg
    elif name == "bpf_session_cookie":
        reg = Reg(MEM, aux=8)
    elif pointee in SIZES:
        size = call.mem_size or SIZES[pointee]
        reg = Reg(MEM | (0 if call.mem_size and not call.mem_rdonly else RDONLY), aux=size, ref=call.ref)
    else:
        reg = Reg(BTF_ID, aux=objects.core_type(v, pointee))
        if call.iterator is not None:
            regno, _, _ = call.iterator
            at = v.regs[regno]
            found = v.frames[at.aux].stack[place(at, "iter", 1)].reg
            reg = reg.but(type=BTF_ID | (RCU if found.type & RCU else TRUSTED))
    if ("KF_RET_NULL" in flags and not call.owns) or call.iterator is not None:
        reg = reg.but(type=reg.type | MAYBE_NULL, id=v.new_id())
    if name in graph.LOOKS:
        reg = graph.borrow(reg)
    if not reg.id and graph.has_lock(reg):
        reg = reg.but(id=v.new_id())
    return reg


def _kernel_context(v: Verifier) -> tuple[Btf, int, str]:
    """(types, id, name) of what the kernel itself hands a program of this type: a struct of its own says that, two members a
    type of program. Programs of other types are handed numbers, or what their hook has."""
    btf = objects.target(v)
    table = btf.type(objects.core_type(v, "bpf_ctx_convert")[1])
    wanted = f"BPF_PROG_TYPE_{v.type_name}_kern"
    type_id = next((member.type for member in getattr(table, "members", ()) if member.name == wanted), 0)
    if type(btf.type(type_id)) is not Struct:
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
    if not isinstance(found, Struct):
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
