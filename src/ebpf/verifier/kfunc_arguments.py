"""What kernel functions take: each argument by its declaration and the function's flags, and what is found out on the way."""

from __future__ import annotations

from ebpf.verifier import dynptrs, graph, irq, iterators, locks, objects
from ebpf.verifier.arguments import Meta, check_offset, check_string
from ebpf.verifier.context import PROJECTIONS, stands_for_context
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
    from ebpf.btf import Btf
    from ebpf.uapi.kfuncs import Kfunc
    from ebpf.verifier.core import Verifier

_SOCKETS = {SOCKET: "sock", SOCK_COMMON: "sock_common", TCP_SOCK: "tcp_sock", CONST_MAP: "bpf_map"}
SIZES = {"u8": 1, "s8": 1, "char": 1, "bool": 1, "_Bool": 1, "u16": 2, "s16": 2, "u32": 4, "s32": 4, "int": 4, "unsigned int": 4,
          "u64": 8, "s64": 8, "long": 8, "unsigned long": 8, "__u64": 8, "__u32": 4, "__u8": 1}  # fmt: skip
_UNSAFE = UNTRUSTED | USER | PERCPU | MAYBE_NULL
#: Kernel function → (whether it takes the lock, the lock's kind).
LOCKS = {
    "bpf_res_spin_lock": (True, "res_lock"),
    "bpf_res_spin_unlock": (False, "res_lock"),
    "bpf_res_spin_lock_irqsave": (True, "res_lock_irq"),
    "bpf_res_spin_unlock_irqrestore": (False, "res_lock_irq"),
}


def pointee_of(type: str) -> str:
    """`const struct task_struct *` → `task_struct`; `void *` → `void`."""
    words = [
        w for w in type.replace("*", " ").split() if w not in ("const", "volatile", "struct", "union", "enum", "__rcu")
    ]
    return " ".join(words)


class Call(Meta):
    """What is found out about a call of a kernel function."""

    __slots__ = (
        "constant", "dynptr", "guarded", "iterator", "mem_rdonly", "owns", "rcu", "releases", "root", "row", "struct",
    )  # fmt: skip

    def __init__(self, row: Kfunc) -> None:
        super().__init__(0)
        self.row = row
        #: What the function's flags ask of its pointers: trusted ones, or also those that RCU keeps; and it releases one.
        self.guarded = "KF_TRUSTED_ARGS" in row.flags or "KF_RELEASE" in row.flags
        self.rcu = "KF_RCU" in row.flags
        self.releases = "KF_RELEASE" in row.flags
        self.constant: int | None = None
        self.dynptr: Reg | None = None
        self.iterator: tuple[int, str, int] | None = None
        self.mem_rdonly = False
        #: What bpf_refcount_acquire() was given is owned: then it can't fail.
        self.owns = False
        self.struct: tuple[object, ...] | None = None
        #: The field that a list or tree is, and what it holds: types, struct, the place of the node in it.
        self.root: tuple[str, tuple[Btf, int, int] | None] = "", None


def check_arguments(v: Verifier, call: Call) -> None:
    parameters = call.row.parameters
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
        n += _pointer(v, call, n, regno, reg, type, label)
    if call.releases and not call.release:
        raise Refusal("kfunc", f"release kernel function {call.row.name} expects refcounted PTR_TO_BTF_ID")


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


def _pointer(v: Verifier, call: Call, n: int, regno: int, reg: Reg, type: str, label: str) -> int:
    """Checks one pointer argument (with its size, if it has one); gives how many parameters that were."""
    name, wanted = call.row.name, pointee_of(type)
    nullable = label.endswith("__opt") or "__nullable" in label
    if (call.guarded or call.rcu) and (is_null(reg) or reg.type & MAYBE_NULL) and not nullable:
        raise Refusal("null", f"Possibly NULL pointer passed to trusted arg{n}", register=regno, value=reg)
    if reg.ref:
        call.ref = reg.ref
        if call.releases:
            call.release = regno
    if nullable and is_null(reg) and not label.endswith("__opt"):
        return 1
    released = call.releases and bool(reg.ref)
    if _at_its_start(v, call, n, regno, reg, wanted, label, released):
        return 1
    if label.endswith("__str"):
        check_string(v, regno, reg)
    elif label.endswith("__irq_flag"):
        irq.argument(v, name, regno, reg)
    elif wanted == "bpf_res_spin_lock":
        if reg.type not in (MAP_VALUE, BTF_ID | ALLOC):
            raise Refusal("kfunc", f"arg#{n} doesn't point to map value or allocated object", register=regno, value=reg)
        locks.spin(v, regno, reg, *LOCKS[name])
    elif label.endswith("__map") or (wanted == "bpf_map" and reg.type == CONST_MAP):
        if reg.type & KIND == BTF_ID and not reg.type & MAYBE_NULL:
            _object(v, call, n, regno, reg, "bpf_map", released)
        else:
            _map(call, regno, reg)
    elif wanted == "bpf_wq":
        if reg.type != MAP_VALUE:
            raise Refusal("kfunc", f"arg#{n} doesn't point to a map value", register=regno, value=reg)
        locks.owner_of(regno, reg, "bpf_wq")
        call.map, call.map_uid = reg.aux, reg.uid
    elif reg.type & KIND == BTF_ID or (reg.type & KIND) in _SOCKETS:
        _object(v, call, n, regno, reg, wanted, released)
    elif "(" in type or label in ("callback_fn", "less", "cb") or label.endswith("callbackk_fn"):
        if reg.type != FUNC:
            raise Refusal("kfunc", f"arg{n} expected pointer to func", register=regno, value=reg)
        call.subprog = reg.aux
    else:
        return _memory(v, call, n, regno, reg, wanted, label)
    return 1


def _at_its_start(
    v: Verifier, call: Call, n: int, regno: int, reg: Reg, wanted: str, label: str, released: bool
) -> bool:
    """Checks an argument that points to the start of a thing that programs hold; False if it is none of these."""
    name = call.row.name
    if name == "bpf_cast_to_kern_ctx" or stands_for_context(v.type_name, wanted):
        check_offset(reg, regno, released)
        if reg.type != CTX:
            text = f"arg#{n} expected pointer to ctx, but got {kind_name(reg.type)}"
            raise Refusal("kfunc", text, register=regno, value=reg)
    elif label.endswith("__alloc"):
        check_offset(reg, regno, released)
        _allocated(call, n, regno, reg)
    elif label.endswith("__refcounted_kptr"):
        check_offset(reg, regno, released)
        graph.refcounted(call, n, regno, reg)
    elif wanted in ("bpf_dynptr", "bpf_dynptr_kern"):
        check_offset(reg, regno, released)
        _dynptr(v, call, regno, reg, label)
    elif label.endswith("__iter") or (wanted.startswith("bpf_iter_") and name.startswith("bpf_iter_") and n == 0):
        check_offset(reg, regno, released)
        _iterator(v, call, regno, wanted.removeprefix("bpf_iter_"))
    elif wanted in graph.FIELDS:
        check_offset(reg, regno, released)
        graph.argument(v, call, name, wanted, n, regno, reg)
    else:
        return False
    return True


def _map(call: Call, regno: int, reg: Reg) -> None:
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


def _allocated(call: Call, n: int, regno: int, reg: Reg) -> None:
    name = call.row.name
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


def _dynptr(v: Verifier, call: Call, regno: int, reg: Reg, label: str) -> None:
    if label.endswith("__uninit"):
        name = call.row.name
        kind, ref = name.removeprefix("bpf_dynptr_from_") if name.startswith("bpf_dynptr_from_") else "local", 0
        rdonly = name == "bpf_dynptr_from_skb" and not v.may_access_packet(True)
        if name == "bpf_dynptr_clone" and call.dynptr is not None:
            kind, ref, rdonly = call.dynptr.aux[0], call.dynptr.ref, call.dynptr.aux[2]
        dynptrs.create(v, regno, reg, kind, ref, rdonly)
        return
    call.dynptr = dynptrs.argument(v, regno, reg, frozenset(("MEM_RDONLY",) if reg.type == DYNPTR else ()))


def _iterator(v: Verifier, call: Call, regno: int, name: str) -> None:
    row = call.row
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


def _object(v: Verifier, call: Call, n: int, regno: int, reg: Reg, wanted: str, released: bool) -> None:
    if (call.guarded or call.rcu) and not objects.trusted(reg):
        if not call.rcu:
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
    if PROJECTIONS.get(wanted) == name:
        return
    need_btf, need_id, needed = objects.core_type(v, wanted)
    # An object that is being set up (`…___init`) is not one in use, though it begins with it.
    alias = name != needed and name.removesuffix("___init") == needed.removesuffix("___init")
    if alias or not objects.same_struct(btf, type_id, reg.off, need_btf, need_id, released):
        raise Refusal(
            "kfunc", f"kernel function {call.row.name} args#{n} expected pointer to STRUCT {wanted} but R{regno} has a "
            f"pointer to STRUCT {name}", register=regno, value=reg,
        )  # fmt: skip


def _memory(v: Verifier, call: Call, n: int, regno: int, reg: Reg, wanted: str, label: str) -> int:
    parameters = call.row.parameters
    following = parameters[n + 1][1] if n + 1 < len(parameters) else ""
    if following.endswith(("__sz", "__szk")):
        size_reg = v.regs[regno + 1]
        if size_reg.type == NOT_INIT:
            raise not_readable(regno + 1)
        if size_reg.type != SCALAR:
            raise Refusal("kfunc", f"R{regno + 1} is not a scalar", register=regno + 1, value=size_reg)
        if not is_null(reg) or not label.endswith("__opt"):
            try:
                _memory_and_size(v, regno, regno + 1)
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
        if not objects.only_scalars(btf, type_id):
            raise Refusal(
                "kfunc", f"arg#{n} pointer type STRUCT {wanted} must point to scalar, or struct with scalar",
                register=regno, value=reg,
            )  # fmt: skip
        size = btf.size(type_id)
    check_offset(reg, regno, False)
    check_memory_argument(v, regno, size)
    return 1


def _memory_and_size(v: Verifier, memory: int, regno: int) -> None:
    reg = v.regs[memory]
    saved = reg
    if reg.type & MAYBE_NULL:
        v.regs[memory] = v.not_null(reg)
    try:
        check_memory_size(v, memory, regno, False, True, Meta(0))
        check_memory_size(v, memory, regno, True, True, Meta(0))
    finally:
        v.regs[memory] = saved
