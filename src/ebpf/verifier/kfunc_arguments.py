"""Arguments of kernel functions, by the function's declaration and flags."""

from __future__ import annotations

from ebpf.verifier import dynptrs, graph, irq, iterators, locks, objects
from ebpf.verifier.arguments import Meta, check_offset, check_string
from ebpf.verifier.memory import check_memory_argument, check_memory_size
from ebpf.verifier.messages import Refusal, not_readable
from ebpf.verifier.regs import (
    ALLOC,
    BTF_ID,
    CONST_MAP,
    CTX,
    DYNPTR,
    FUNC,
    KIND,
    MAP_VALUE,
    MAYBE_NULL,
    NOT_INIT,
    PERCPU,
    RCU,
    SCALAR,
    SOCK_COMMON,
    SOCKET,
    TCP_SOCK,
    TRUSTED,
    UNTRUSTED,
    USER,
    MapInfo,
    Reg,
    is_null,
    kind_name,
)  # fmt: skip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.uapi.kfuncs import Kfunc
    from ebpf.verifier.core import Verifier


_SOCKETS = {SOCKET: "sock", SOCK_COMMON: "sock_common", TCP_SOCK: "tcp_sock", CONST_MAP: "bpf_map"}
SIZES = {"u8": 1, "s8": 1, "char": 1, "bool": 1, "_Bool": 1, "u16": 2, "s16": 2, "u32": 4, "s32": 4, "int": 4, "unsigned int": 4,
          "u64": 8, "s64": 8, "long": 8, "unsigned long": 8, "__u64": 8, "__u32": 4, "__u8": 1}  # fmt: skip
_CONTEXT_STRUCTS = {
    "XDP": "xdp_md xdp_buff", "SCHED_CLS": "__sk_buff sk_buff", "SCHED_ACT": "__sk_buff sk_buff",
    "CGROUP_SKB": "__sk_buff sk_buff",
    "SOCKET_FILTER": "__sk_buff sk_buff", "SK_SKB": "__sk_buff sk_buff", "LWT_IN": "__sk_buff sk_buff",
    "LWT_OUT": "__sk_buff sk_buff", "LWT_XMIT": "__sk_buff sk_buff", "LWT_SEG6LOCAL": "__sk_buff sk_buff",
    "FLOW_DISSECTOR": "__sk_buff", "CGROUP_SOCK_ADDR": "bpf_sock_addr bpf_sock_addr_kern", "SOCK_OPS": "bpf_sock_ops_kern",
    "NETFILTER": "bpf_nf_ctx",
}  # fmt: skip
#: What user space sees of a struct of the kernel.
_PROJECTIONS = {"__sk_buff": "sk_buff", "xdp_md": "xdp_buff"}
_UNSAFE = UNTRUSTED | USER | PERCPU | MAYBE_NULL
#: Kernel function → (whether it takes the lock, the lock's kind).
LOCKS = {
    "bpf_res_spin_lock": (True, "res_lock"),
    "bpf_res_spin_unlock": (False, "res_lock"),
    "bpf_res_spin_lock_irqsave": (True, "res_lock_irq"),
    "bpf_res_spin_unlock_irqrestore": (False, "res_lock_irq"),
}


def pointee(type: str) -> str:
    """`const struct task_struct *` → `task_struct`; `void *` → `void`."""
    words = [
        w for w in type.replace("*", " ").split() if w not in ("const", "volatile", "struct", "union", "enum", "__rcu")
    ]
    return " ".join(words)


class Call(Meta):
    """What is found out about a call of a kernel function."""

    __slots__ = ("constant", "dynptr", "iterator", "mem_rdonly", "owns", "root", "struct", "turns")

    def __init__(self) -> None:
        super().__init__(0)
        self.constant: int | None = None
        self.dynptr: Reg | None = None
        self.iterator: tuple[int, str, int] | None = None
        self.mem_rdonly = False
        #: What bpf_refcount_acquire() was given is owned: then it can't fail.
        self.owns = False
        self.struct: tuple[object, ...] | None = None
        self.root: tuple[object, ...] | None = None


def check(v: Verifier, row: Kfunc, call: Call) -> None:
    parameters = row.parameters
    n = 0
    while n < len(parameters):
        regno = n + 1
        type, label = parameters[n]
        reg = v.regs[regno]
        if label.endswith("__ign"):
            n += 1
            continue
        if reg.type == NOT_INIT:
            raise not_readable(regno)
        if "*" not in type:
            _scalar(v, regno, reg, label, call)
            n += 1
            continue
        n += _pointer(v, row, call, n, regno, reg, type, label)
    if "KF_RELEASE" in row.flags and not call.release:
        raise Refusal("kfunc", f"release kernel function {row.name} expects refcounted PTR_TO_BTF_ID")


def _scalar(v: Verifier, regno: int, reg: Reg, label: str, call: Call) -> None:
    if reg.type != SCALAR:
        raise Refusal("kfunc", f"R{regno} is not a scalar", register=regno, value=reg, required="a number")
    sized = label in ("rdonly_buf_size", "rdwr_buf_size")
    if label.endswith("__k") or sized:
        if reg.s.const is None:
            raise Refusal(
                "kfunc",
                f"R{regno} is not a const" if sized else f"R{regno} must be a known constant",
                register=regno,
                value=reg,
            )
        v.mark_precise(regno)
        if sized:
            call.mem_size = reg.s.const
            call.mem_rdonly = label.startswith("rdonly")
        else:
            call.constant = reg.s.const


def _pointer(v: Verifier, row: Kfunc, call: Call, n: int, regno: int, reg: Reg, type: str, label: str) -> int:
    """Checks one pointer argument (with its size, if it has one); gives how many parameters that were."""
    name, flags = row.name, row.flags
    wanted = pointee(type)
    guarded = "KF_TRUSTED_ARGS" in flags or "KF_RELEASE" in flags
    rcu = "KF_RCU" in flags
    nullable = label.endswith(("__nullable", "__opt")) or "__nullable" in label
    if (guarded or rcu) and (is_null(reg) or reg.type & MAYBE_NULL) and not nullable:
        raise Refusal("null", f"Possibly NULL pointer passed to trusted arg{n}", register=regno, value=reg)
    releases = "KF_RELEASE" in flags
    if reg.ref:
        call.ref = reg.ref
        if releases:
            call.release = regno
    if nullable and is_null(reg) and not label.endswith("__opt"):
        return 1
    released = releases and bool(reg.ref)
    if name == "bpf_cast_to_kern_ctx" or wanted in _CONTEXT_STRUCTS.get(v.type_name, "").split():
        check_offset(reg, regno, released)
        if reg.type != CTX:
            raise Refusal(
                "kfunc", f"arg#{n} expected pointer to ctx, but got {kind_name(reg.type)}", register=regno, value=reg
            )
        return 1
    if label.endswith("__alloc"):
        check_offset(reg, regno, released)
        _allocated(v, call, name, n, regno, reg)
        return 1
    if label.endswith("__refcounted_kptr"):
        check_offset(reg, regno, released)
        graph.refcounted(v, call, n, regno, reg)
        return 1
    if wanted in ("bpf_dynptr", "bpf_dynptr_kern"):
        check_offset(reg, regno, released)
        _dynptr(v, call, name, regno, reg, label)
        return 1
    if label.endswith("__iter") or (wanted.startswith("bpf_iter_") and name.startswith("bpf_iter_") and n == 0):
        check_offset(reg, regno, released)
        _iterator(v, row, call, regno, wanted.removeprefix("bpf_iter_"))
        return 1
    if wanted in graph.FIELDS:
        check_offset(reg, regno, released)
        graph.argument(v, call, name, wanted, n, regno, reg)
        return 1
    if label.endswith("__str"):
        check_string(v, regno, reg)
        return 1
    if label.endswith("__irq_flag"):
        irq.argument(v, name, regno, reg)
        return 1
    if wanted == "bpf_res_spin_lock":
        if reg.type not in (MAP_VALUE, BTF_ID | ALLOC):
            raise Refusal("kfunc", f"arg#{n} doesn't point to map value or allocated object", register=regno, value=reg)
        takes, kind = LOCKS[name]
        locks.spin(v, regno, reg, takes, kind)
        return 1
    if label.endswith("__map") or (wanted == "bpf_map" and reg.type == CONST_MAP):
        if reg.type & KIND == BTF_ID and not reg.type & MAYBE_NULL:
            _object(v, row, call, n, regno, reg, "bpf_map", guarded, rcu, released)
            return 1
        if reg.type != CONST_MAP:
            raise Refusal("kfunc", f"pointer in R{regno} isn't map pointer", register=regno, value=reg)
        info = reg.aux
        assert isinstance(info, MapInfo)
        # Linux compares only where the second map has such a field, too.
        alike = not info.fields or any(field[0] in ("bpf_wq", "bpf_task_work") for field in info.fields.values())
        if call.map is not None and alike and (call.map is not info or call.map_uid != reg.uid):
            raise Refusal(
                "map-kind",
                f"workqueue pointer in R1 map_uid={call.map_uid} doesn't match map pointer in R2 map_uid={reg.uid}",
                register=regno, value=reg,
            )  # fmt: skip
        call.map, call.map_uid = info, reg.uid
        return 1
    if wanted == "bpf_wq":
        if reg.type != MAP_VALUE:
            raise Refusal("kfunc", f"arg#{n} doesn't point to a map value", register=regno, value=reg)
        locks._place(v, regno, reg, "bpf_wq")
        call.map, call.map_uid = reg.aux, reg.uid
        return 1
    if reg.type & KIND == BTF_ID or (reg.type & KIND) in _SOCKETS:
        _object(v, row, call, n, regno, reg, wanted, guarded, rcu, released)
        return 1
    if "(" in type or label in ("callback_fn", "less", "cb") or label.endswith("callbackk_fn"):
        if reg.type != FUNC:
            raise Refusal("kfunc", f"arg{n} expected pointer to func", register=regno, value=reg)
        call.subprog = reg.aux
        return 1
    return _memory(v, row, call, n, regno, reg, wanted, label)


def _allocated(v: Verifier, call: Call, name: str, n: int, regno: int, reg: Reg) -> None:
    plain, percpu = BTF_ID | ALLOC, BTF_ID | ALLOC | PERCPU
    if reg.type == plain and name != "bpf_obj_drop_impl":
        raise Refusal("kfunc", f"arg#{n} expected for bpf_obj_drop_impl()", register=regno, value=reg)
    if reg.type == percpu and name != "bpf_percpu_obj_drop_impl":
        raise Refusal("kfunc", f"arg#{n} expected for bpf_percpu_obj_drop_impl()", register=regno, value=reg)
    if reg.type not in (plain, percpu):
        raise Refusal("kfunc", f"arg#{n} expected pointer to allocated object", register=regno, value=reg)
    if not reg.ref:
        raise Refusal("kfunc", "allocated object must be referenced", register=regno, value=reg)
    call.struct = reg.aux


def _dynptr(v: Verifier, call: Call, name: str, regno: int, reg: Reg, label: str) -> None:
    flags: set[str] = set()
    if reg.type == DYNPTR:
        flags.add("MEM_RDONLY")
    if label.endswith("__uninit"):
        flags.add("MEM_UNINIT")
        kind = {
            "bpf_dynptr_from_skb": "skb", "bpf_dynptr_from_xdp": "xdp", "bpf_dynptr_from_skb_meta": "skb_meta",
            "bpf_dynptr_from_file": "file",
        }.get(name, "")  # fmt: skip
        ref = 0
        rdonly = name == "bpf_dynptr_from_skb" and not v.may_access_packet(True)
        if name == "bpf_dynptr_clone" and call.dynptr is not None:
            kind, ref, rdonly = call.dynptr.aux[0], call.dynptr.ref, call.dynptr.aux[2]
        dynptrs.create(v, regno, reg, kind or "local", ref, rdonly)
        return
    call.dynptr = dynptrs.argument(v, regno, reg, frozenset(flags), None)


def _iterator(v: Verifier, row: Kfunc, call: Call, regno: int, name: str) -> None:
    size = iterators.SIZES.get(name, 0)
    if v.target is not None:
        btf, type_id, _ = objects.core_type(v, f"bpf_iter_{name}")
        size = btf.size(type_id)
    if not size:
        raise objects.unproved(f"the iterator {name}")
    if row.name.endswith("_new"):
        iterators.create(v, regno, name, size, "KF_RCU_PROTECTED" in row.flags)
    elif row.name.endswith("_destroy"):
        iterators.destroy(v, regno, name, size, row.name)
    else:
        iterators.find(v, regno, name, size, row.name)
        if "KF_ITER_NEXT" in row.flags:
            call.iterator = (regno, name, size)


def _object(
    v: Verifier,
    row: Kfunc,
    call: Call,
    n: int,
    regno: int,
    reg: Reg,
    wanted: str,
    guarded: bool,
    rcu: bool,
    released: bool,
) -> None:
    if (guarded or rcu) and not objects.trusted(v, reg):
        if not rcu:
            raise Refusal("kfunc", f"R{regno} must be referenced or trusted", register=regno, value=reg)
        if not reg.type & RCU:
            raise Refusal("kfunc", f"R{regno} must be a rcu pointer", register=regno, value=reg)
    check_offset(reg, regno, released)
    if reg.type & KIND == BTF_ID and reg.type & _UNSAFE and not reg.type & RCU:
        raise Refusal(
            "kfunc", f"arg#{n} is {kind_name(reg.type)} expected {kind_name(BTF_ID | reg.type & TRUSTED)} or socket",
            register=regno, value=reg,
        )  # fmt: skip
    if wanted == "void":
        return
    if reg.type & KIND == BTF_ID:
        btf, type_id, name = reg.aux
    else:
        btf, type_id, name = objects.core_type(v, _SOCKETS[reg.type & KIND])
    if _PROJECTIONS.get(wanted) == name:
        return
    need_btf, need_id, needed = objects.core_type(v, wanted)
    # An object that is being set up (`…___init`) is not one in use, though it begins with it.
    alias = name != needed and name.removesuffix("___init") == needed.removesuffix("___init")
    if alias or not objects.same_struct(btf, type_id, reg.off, need_btf, need_id, released):
        raise Refusal(
            "kfunc", f"kernel function {row.name} args#{n} expected pointer to STRUCT {wanted} but R{regno} has a pointer to "
            f"STRUCT {name}", register=regno, value=reg,
        )  # fmt: skip


def _memory(v: Verifier, row: Kfunc, call: Call, n: int, regno: int, reg: Reg, wanted: str, label: str) -> int:
    parameters = row.parameters
    following = parameters[n + 1][1] if n + 1 < len(parameters) else ""
    if following.endswith(("__sz", "__szk")):
        size_reg = v.regs[regno + 1]
        if size_reg.type == NOT_INIT:
            raise not_readable(regno + 1)
        if size_reg.type != SCALAR:
            raise Refusal("kfunc", f"R{regno + 1} is not a scalar", register=regno + 1, value=size_reg)
        if not is_null(reg) or not label.endswith("__opt"):
            try:
                _memory_and_size(v, regno, regno + 1, call)
            except Refusal as refusal:
                refusal.reason += f"\narg#{n} arg#{n + 1} memory, len pair leads to invalid memory access"
                raise
        if following.endswith("__szk"):
            if size_reg.s.const is None:
                raise Refusal("kfunc", f"R{regno + 1} must be a known constant", register=regno + 1, value=size_reg)
            v.mark_precise(regno + 1)
            call.constant = size_reg.s.const
        return 2
    if reg.type & KIND == SCALAR and not is_null(reg) and wanted not in SIZES and v.target is None:
        raise Refusal("kfunc", f"arg#{n} is not a pointer", register=regno, value=reg)
    size = SIZES.get(wanted, 0)
    if not size:
        if wanted == "void":
            raise Refusal(
                "kfunc",
                f"arg#{n} pointer type VOID must point to scalar, or struct with scalar",
                register=regno,
                value=reg,
            )
        btf, type_id, _ = objects.core_type(v, wanted)
        if not _only_scalars(v, wanted):
            raise Refusal(
                "kfunc", f"arg#{n} pointer type STRUCT {wanted} must point to scalar, or struct with scalar",
                register=regno, value=reg,
            )  # fmt: skip
        size = btf.size(type_id)
    check_offset(reg, regno, False)
    check_memory_argument(v, regno, size)
    return 1


def _memory_and_size(v: Verifier, memory: int, regno: int, call: Call) -> None:
    reg = v.regs[memory]
    saved = reg
    if reg.type & MAYBE_NULL:
        v.regs[memory] = v.not_null(reg)
    try:
        check_memory_size(v, memory, regno, False, True, Meta(0))
        check_memory_size(v, memory, regno, True, True, Meta(0))
    finally:
        v.regs[memory] = saved


def _only_scalars(v: Verifier, name: str) -> bool:
    """Whether a struct holds nothing but numbers (no pointers)."""
    btf, type_id, _ = objects.core_type(v, name)

    def plain(at: int, depth: int) -> bool:
        at = objects.strip(btf, at)
        t = btf.type(at)
        kind = type(t).__name__
        if kind in ("Struct", "Union"):
            return depth < 4 and all(plain(m.type, depth + 1) for m in t.members)
        if kind == "Array":
            return bool(t.nelems) and plain(t.type, depth)
        return kind in ("Int", "Enum", "Enum64")

    return plain(type_id, 0)
