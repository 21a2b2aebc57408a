"""What a program is attached to, where BTF describes it (tracing, LSM, struct_ops): its context, what it may return."""

from __future__ import annotations

from ebpf.btf import Enum, Int, Pointer, Struct, TypeTag, Void
from ebpf.uapi.btf import Kind as BtfKind
from ebpf.verifier.interned import signed
from ebpf.verifier.messages import Refusal
from ebpf.verifier.objects import MAX_ERRNO, TAGS, core_type, target, type_name, unproved
from ebpf.verifier.regs import BTF_ID, BUF, KIND, MAYBE_NULL, RCU, RDONLY, TRUSTED, Reg
from ebpf.verifier.scalar import UNKNOWN
from ebpf.verifier.tracepoints import null_arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.btf import Btf
    from ebpf.verifier.core import Verifier

#: Iterators: argument → flags (anything not here is trusted and there).
_ITER_ARGS: dict[str, dict[str, int]] = {
    "task": {"task": MAYBE_NULL | TRUSTED}, "task_file": {"task": MAYBE_NULL, "file": MAYBE_NULL},
    "task_vma": {"task": MAYBE_NULL, "vma": MAYBE_NULL}, "bpf_map": {"map": MAYBE_NULL | TRUSTED},
    "bpf_map_elem": {"key": BUF | MAYBE_NULL | RDONLY, "value": BUF | MAYBE_NULL},
    "bpf_sk_storage_map": {"sk": MAYBE_NULL, "value": BUF | MAYBE_NULL},
    "sockmap": {"key": BUF | MAYBE_NULL | RDONLY, "sk": MAYBE_NULL},
    "bpf_prog": {"prog": MAYBE_NULL}, "bpf_link": {"link": MAYBE_NULL},
    "cgroup": {"cgroup": MAYBE_NULL | TRUSTED},
    "tcp": {"sk_common": MAYBE_NULL | TRUSTED}, "udp": {"udp_sk": MAYBE_NULL | TRUSTED},
    "unix": {"unix_sk": MAYBE_NULL}, "netlink": {"sk": MAYBE_NULL}, "ipv6_route": {"rt": MAYBE_NULL},
    "ksym": {"ksym": MAYBE_NULL}, "kmem_cache": {"s": MAYBE_NULL | TRUSTED}, "dmabuf": {"dmabuf": MAYBE_NULL},
}  # fmt: skip


def hook_proto(v: Verifier) -> tuple[Btf, Any, int, str]:
    """(types, prototype, arguments to leave out, name) of what the program is attached to."""
    if v.hook is None:
        v.hook = _find_hook(v)
    return v.hook


def _find_hook(v: Verifier) -> tuple[Btf, Any, int, str]:
    btf = target(v)
    name, attach = v.program.target, v.attach_name
    if v.type_name == "STRUCT_OPS":
        return _struct_ops(v, btf)
    if not name:
        raise Refusal(
            "btf", "Tracing programs must provide btf_id", required="what it is attached to, in its section name"
        )
    if attach == "TRACE_RAW_TP":
        found = btf.find(f"btf_trace_{name}", BtfKind.TYPEDEF)
        if found is None:
            raise Refusal("target", f"attach_btf_id of the tracepoint {name} is not in the target")
        pointer: Any = btf.type(btf.resolve(found))
        return btf, btf.type(pointer.type), 1, name
    if v.type_name == "LSM" and name in DISABLED_LSM:
        raise Refusal("btf", f"attach_btf_id points to disabled bpf_lsm_{name} hook")
    prefix = "bpf_lsm_" if v.type_name == "LSM" else "bpf_iter_" if attach == "TRACE_ITER" else ""
    found = btf.find(prefix + name, BtfKind.FUNC)
    if found is None:
        raise Refusal("target", f"the target has no function {prefix + name}")
    function: Any = btf.type(found)
    return btf, btf.type(function.type), 0, name


#: struct of struct_ops → members that no program may be.
_UNSUPPORTED = {"tcp_congestion_ops": ("get_info",)}


def struct_ops_name(v: Verifier) -> str:
    """The struct of which a struct_ops program is a member, empty if it isn't known or the program is no such."""
    if v.type_name != "STRUCT_OPS":
        return ""
    for spec in v.all_maps.values():
        if spec.btf is not None and v.program.name in spec.programs.values():
            return type_name(spec.btf, spec.value_type).removeprefix("bpf_struct_ops_").split("___")[0]
    return ""


def _struct_ops(v: Verifier, btf: Btf) -> tuple[Btf, Any, int, str]:
    for spec in v.all_maps.values():
        for member, program in spec.programs.items():
            if program != v.program.name or spec.btf is None:
                continue
            name = type_name(spec.btf, spec.value_type).removeprefix("bpf_struct_ops_")
            if member in _UNSUPPORTED.get(name.split("___")[0], ()):
                raise Refusal("btf", f"attach to unsupported member {member} of struct {name}")
            _, type_id, known = core_type(v, name)
            if btf.find(f"bpf_struct_ops_{known}", BtfKind.STRUCT) is None:
                raise Refusal("target", f"the target has no interface of struct {known} for programs")
            t: Any = btf.type(type_id)
            try:
                found: Any = btf.type(btf.resolve(t.member(member).type))
            except KeyError:
                raise Refusal("btf", f"attach to unsupported member {member} of struct {name}") from None
            return btf, btf.type(btf.resolve(found.type)), 0, member
    raise unproved("a struct_ops program without its map")


def context_field(v: Verifier, off: int, size: int, write: bool) -> Reg:
    """What a load of an argument gives."""
    refusal = Refusal(
        "context",
        f"invalid bpf_context access off={off} size={size}",
        required="an argument of the function, 8 bytes each",
    )
    btf, proto, skipped, name = hook_proto(v)
    if write or off < 0 or off % size or off >= 96:
        raise refusal
    if off % 8:
        refusal.reason = f"func '{name}' offset {off} is not multiple of 8\n" + refusal.reason
        raise refusal
    params = proto.params[skipped:]
    number = off // 8
    attach = v.attach_name
    label = ""
    if number < len(params):
        type_id, label = params[number].type, params[number].name or ""
    elif number == len(params) and attach in (
        "TRACE_FEXIT",
        "LSM_MAC",
        "LSM_CGROUP",
        "MODIFY_RETURN",
        "TRACE_FSESSION",
    ):
        type_id = proto.ret
    else:
        refusal.reason = f"func '{name}' doesn't have {number + 1}-th argument\n" + refusal.reason
        raise refusal
    type_id = btf.resolve(type_id)
    t = btf.type(type_id)
    if isinstance(t, (Int, Enum, Struct, Void)):
        return signed(*_lsm_range(name)).reg if number == len(params) and attach == "LSM_MAC" else UNKNOWN.reg
    if not isinstance(t, Pointer):
        raise refusal
    if size != 8:
        refusal.reason = f"func '{name}' size {size} must be 8\n" + refusal.reason
        raise refusal
    extra = _ITER_ARGS.get(name, {}).get(label) if attach == "TRACE_ITER" else None
    if extra is not None and extra & KIND == BUF:
        return Reg(extra, id=v.new_id())
    pointee = btf.resolve(t.type)
    to = btf.type(pointee)
    if isinstance(to, (Int, Void, Enum)):
        return UNKNOWN.reg
    maybe, error = null_arguments(name, number) if attach == "TRACE_RAW_TP" else (False, False)
    if error:
        return UNKNOWN.reg
    if not isinstance(to, Struct):
        refusal.reason = f"func '{name}' arg{number} type {to.kind.name} is not a struct\n{refusal.reason}"
        raise refusal
    flags = extra if extra is not None else TRUSTED if _args_trusted(v, name) else 0
    if maybe or label.endswith("__nullable") or _stub_label(v, btf, name, number).endswith("__nullable"):
        flags |= MAYBE_NULL
    first = btf.type(t.type)
    if isinstance(first, TypeTag):
        flags |= TAGS.get(first.name, 0) & ~RCU
    given = (btf, pointee, to.name)
    if to.name == "sock" and struct_ops_name(v) == "tcp_congestion_ops":
        given = core_type(v, "tcp_sock")
    return Reg(BTF_ID | flags, id=v.new_id() if flags & MAYBE_NULL else 0, aux=given)


def _stub_label(v: Verifier, btf: Btf, member: str, number: int) -> str:
    """The name of a struct_ops argument in the kernel's stub of it (`struct__member`), which says whether it may be NULL."""
    if v.type_name != "STRUCT_OPS":
        return ""
    found = btf.find(f"{struct_ops_name(v)}__{member}", BtfKind.FUNC)
    if found is None:
        return ""
    function: Any = btf.type(found)
    params = btf.type(function.type).params  # type: ignore[attr-defined]
    return (params[number].name or "") if number < len(params) else ""


_UNTRUSTED_LSM = frozenset(
    ("bpf_map_free", "bpf_prog_free", "file_alloc_security", "file_free_security", "inode_alloc_security", "sk_alloc_security",
     "sk_free_security", "task_free")
)  # fmt: skip
#: Hooks that no program may be attached to.
DISABLED_LSM = frozenset(
    ("vm_enough_memory", "inode_need_killpriv", "inode_getsecurity", "inode_listsecurity", "inode_copy_up_xattr",
     "getselfattr", "getprocattr", "setprocattr", "key_getsecurity", "audit_rule_match", "xfrm_decode_session", "ismaclabel")
)  # fmt: skip
_BOOL_LSM = frozenset(("audit_rule_known", "inode_xattr_skipcap"))


def _args_trusted(v: Verifier, name: str) -> bool:
    if v.type_name == "TRACING":
        return v.attach_name in ("TRACE_RAW_TP", "TRACE_ITER")
    if v.type_name == "LSM":
        return name not in _UNTRUSTED_LSM
    return v.type_name == "STRUCT_OPS"


def _lsm_range(name: str) -> tuple[int, int]:
    return (0, 1) if name in _BOOL_LSM else (-MAX_ERRNO, 0)


def hook_return_range(v: Verifier) -> tuple[int, int] | str | None:
    """What an LSM or struct_ops program may return."""
    _btf, proto, _, name = hook_proto(v)
    if not proto.ret:
        if v.type_name == "LSM" and v.attach_name == "LSM_CGROUP":
            return 1, 1
        return "void"
    if v.type_name == "STRUCT_OPS":
        return None
    if v.attach_name == "LSM_CGROUP":
        return 0, 1
    return _lsm_range(name)
