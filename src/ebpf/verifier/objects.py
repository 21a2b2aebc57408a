"""Kernel objects known by their types (BTF): what may be read through a pointer to one.

A pointer to an object has `aux` (types, type id, name). It is trusted (valid, and kept so), RCU (valid inside an RCU section), or
neither: then it may only be read, and only through what the kernel guards.
"""

from __future__ import annotations

from ebpf.uapi.btf import Kind as BtfKind
from ebpf.uapi.helpers import GPL_LICENSES
from ebpf.verifier import fields as special
from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import (
    ALLOC,
    BTF_ID,
    KIND,
    MAYBE_NULL,
    NON_OWN_REF,
    PERCPU,
    RCU,
    SOCK_COMMON,
    SOCKET,
    TCP_SOCK,
    TRUSTED,
    UNTRUSTED,
    USER,
    XDP_SOCK,
    MapInfo,
    Reg,
)  # fmt: skip
from ebpf.verifier.scalar import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.btf import Btf
    from ebpf.verifier.core import Verifier

_MODIFIERS = ("Typedef", "Const", "Volatile", "Restrict", "TypeTag")
TAGS = {"user": USER, "percpu": PERCPU, "rcu": RCU}

#: struct → members through which a trusted pointer gives another (Linux's BTF_TYPE_SAFE_… lists).
_SAFE_TRUSTED = {
    "bpf_iter_meta": ("seq",), "bpf_iter__task": ("meta", "task"), "linux_binprm": ("file",), "file": ("f_inode",),
    "vm_area_struct": ("vm_mm", "vm_file"),
}  # fmt: skip
_SAFE_TRUSTED_OR_NULL: dict[str, tuple[str, ...]] = {"socket": ("sk",), "dentry": ("d_inode",)}
_SAFE_RCU = {
    "task_struct": ("cpus_ptr", "cgroups", "real_parent", "group_leader"), "cgroup": ("kn",), "css_set": ("dfl_cgrp",),
    "cgroup_subsys_state": ("cgroup",),
}  # fmt: skip
_SAFE_RCU_OR_NULL: dict[str, tuple[str, ...]] = {
    "mm_struct": ("exe_file",),
    "sk_buff": ("sk",),
    "request_sock": ("sk",),
}
#: Kernel types that RCU keeps alive while a map holds them.
RCU_PROTECTED = frozenset(("prog_test_ref_kfunc", "cgroup", "bpf_cpumask", "task_struct", "bpf_crypto_ctx"))

_SOCK_STRUCTS = {SOCK_COMMON: "sock_common", SOCKET: "sock", TCP_SOCK: "tcp_sock", XDP_SOCK: "xdp_sock"}


def unproved(what: str) -> Refusal:
    return Refusal("not-supported", f"{what} can't be proved yet")


def target(v: Verifier) -> Btf:
    if v.target is None:
        raise Refusal("not-supported", "this needs the kernel's types, and none were given", required="a target")
    return v.target


def strip(btf: Btf, type_id: int) -> int:
    """Without typedefs, const and the like."""
    for _ in range(64):
        found: Any = btf.type(type_id)
        if type(found).__name__ not in _MODIFIERS:
            return type_id
        type_id = found.type
    return type_id


def type_name(btf: Btf, type_id: int) -> str:
    return getattr(btf.type(strip(btf, type_id)), "name", "") or ""


def core_type(v: Verifier, name: str) -> tuple[Any, ...]:
    """(types, id, name) of a kernel struct by name; a flavour (`name___…`) that the kernel doesn't have is the plain one."""
    btf = target(v)
    found = v.named.get(name)
    if found is None:
        type_id = btf.find(name, BtfKind.STRUCT) or btf.find(name, BtfKind.UNION)
        if type_id is None and "___" in name:
            return core_type(v, name.split("___")[0])
        if type_id is None:
            raise Refusal("target", f"the target has no struct {name}")
        found = v.named[name] = (btf, type_id, name)
    return found


def pointer_to(v: Verifier, name: str, flags: int) -> Reg:
    return Reg(BTF_ID | flags, id=v.new_id() if flags & MAYBE_NULL else 0, aux=core_type(v, name))


def is_kernel(v: Verifier, btf: object) -> bool:
    return btf is v.target


def trusted(v: Verifier, reg: Reg) -> bool:
    """Whether the object is known to be there, and to stay."""
    if reg.ref:
        return True
    kind = reg.type & KIND
    unsafe = reg.type & (UNTRUSTED | USER | PERCPU | RCU | MAYBE_NULL | NON_OWN_REF)
    if kind in _SOCK_STRUCTS:
        return not reg.type & MAYBE_NULL
    return bool(reg.type & (TRUSTED | ALLOC)) and not unsafe & ~0 & ~(NON_OWN_REF if reg.type & ALLOC else 0)


def in_rcu(v: Verifier) -> bool:
    state = v.state
    sleepable = state.sleepable if state.in_async else v.sleepable
    return bool(state.rcu or state.lock() is not None or not sleepable)


# -- walking a struct


def walk(btf: Btf, type_id: int, off: int, size: int, flex: bool = True) -> tuple[str, int, int, str]:
    """What lies at `off`: ("scalar", 0, flags, ""), ("pointer", type id, flags, member) or ("struct", type id, flags, "").
    Raises Refusal for what is no field."""
    flags = 0
    for _ in range(64):
        type_id = strip(btf, type_id)
        t: Any = btf.type(type_id)
        kind = type(t).__name__
        name = getattr(t, "name", "") or ""
        if kind not in ("Struct", "Union"):
            raise Refusal("btf", f"Type '{name}' is not a struct")
        if kind == "Union" and len(t.members) != 1:
            flags |= UNTRUSTED
        if off + size > t.size:
            step = _flexible(btf, t, off) if flex else None
            if step is None:
                raise Refusal("btf", f"access beyond struct {name or '(anon)'} at off {off} size {size}")
            if step[0] == 0:
                return "scalar", 0, flags, ""
            type_id, off = step
            continue
        found = _member(btf, t, name, off, size, flags)
        if isinstance(found, tuple) and len(found) == 4:
            return found
        if found is None:
            raise Refusal("btf", f"struct {name} doesn't have field at offset {off}")
        type_id, start = found
        if off == start:
            return "struct", type_id, flags, ""
        off -= start
    raise Refusal("btf", "a type that goes too deep")


def _flexible(btf: Btf, t: Any, off: int) -> tuple[int, int] | None:
    """An access past the end, into an array with no length there: (element type, offset in it), (0, 0) for numbers."""
    if not t.members:
        return None
    last = t.members[-1]
    array: Any = btf.type(strip(btf, last.type))
    start = last.bit_offset // 8
    if type(array).__name__ != "Array" or array.nelems or off < start:
        return None
    element_id = strip(btf, array.type)
    element: Any = btf.type(element_id)
    if type(element).__name__ == "Int":
        return 0, 0
    if type(element).__name__ not in ("Struct", "Union") or not element.size:
        return None
    return element_id, (off - start) % element.size


def _member(btf: Btf, t: Any, name: str, off: int, size: int, flags: int) -> tuple[Any, ...] | None:
    for member in t.members:
        start = member.bit_offset // 8
        if off + size <= start:
            break
        if member.bit_size:
            end_bit = member.bit_offset + member.bit_size
            if off <= start and (end_bit + 7) // 8 <= off + size:
                return "scalar", 0, flags, ""
            continue
        if off < start:
            break
        member_id = strip(btf, member.type)
        mtype: Any = btf.type(member_id)
        try:
            whole = btf.size(member_id)
        except Exception:
            raise Refusal("btf", f"field {member.name} doesn't have size") from None
        end = start + whole
        if off >= end:
            continue
        while type(mtype).__name__ == "Array":
            if not mtype.nelems:
                break
            element = btf.size(mtype.type)
            if not element:
                break
            start += (off - start) // element * element
            member_id = strip(btf, mtype.type)
            mtype = btf.type(member_id)
            whole = element
        kind = type(mtype).__name__
        if kind in ("Struct", "Union"):
            return member_id, start
        if kind == "Pointer":
            if whole != size or off != start:
                raise Refusal(
                    "btf",
                    f"cannot access ptr member {member.name} with moff {start} in struct {name} with off {off} size {size}",
                )
            first: Any = btf.type(mtype.type) if mtype.type else None
            extra = TAGS.get(first.name, 0) if type(first).__name__ == "TypeTag" else 0
            pointee = strip(btf, mtype.type) if mtype.type else 0
            if pointee and type(btf.type(pointee)).__name__ in ("Struct", "Union"):
                return "pointer", pointee, flags | extra, member.name
        if off + size > end and not flags & UNTRUSTED:
            raise Refusal(
                "btf",
                f"access beyond the end of member {member.name} (mend:{end}) in struct {name} with off {off} size {size}",
            )
        return "scalar", 0, flags, ""
    return None


def descend(btf: Btf, type_id: int, off: int, size: int, flex: bool = True) -> tuple[str, int, int, str]:
    """As `walk`, through structs that begin at the place, to a number or a pointer."""
    flags = 0
    while True:
        what, type_id, more, name = walk(btf, type_id, off, size, flex)
        flags |= more
        if what != "struct":
            return what, type_id, flags, name
        off = 0


def same_struct(
    reg_btf: Btf, reg_id: int, off: int, need_btf: object, need_id: int, strict: bool, flex: bool = True
) -> bool:
    """Whether the object at `off` is, or begins with, the one needed."""

    def same(one: int) -> bool:
        return reg_btf is need_btf and strip(reg_btf, one) == strip(reg_btf, need_id)

    if off == 0 and same(reg_id):
        return True
    if strict:
        return False
    at = reg_id
    for _ in range(32):
        try:
            what, at, _, _ = walk(reg_btf, at, off, 1, flex)
        except Refusal:
            return False
        if what != "struct":
            return False
        if same(at):
            return True
        off = 0
    return False


# -- access


def access(v: Verifier, regno: int, reg: Reg, off: int, size: int, write: bool, value: int) -> Reg:
    """A load through a pointer to an object (or a store, where an object of the program's own is written)."""
    btf, type_id, name = reg.aux
    if not v.pointer_leaks_ok:
        raise Refusal(
            "helper",
            f"'struct {name}' access is allowed only to CAP_PERFMON and CAP_SYS_ADMIN",
            register=regno,
            value=reg,
        )
    if v.program.license not in GPL_LICENSES and is_kernel(v, btf):
        raise Refusal("helper", f"Cannot access kernel 'struct {name}' from non-GPL compatible program")
    if off < 0:
        raise Refusal(
            "memory-bounds", f"R{regno} is ptr_{name} invalid negative access: off={off}", register=regno, value=reg
        )
    if reg.s.const != 0:
        raise Refusal(
            "memory-bounds", f"R{regno} is ptr_{name} invalid variable offset: off={off}", register=regno, value=reg
        )
    if reg.type & USER:
        raise Refusal("not-pointer", f"R{regno} is ptr_{name} access user memory: off={off}", register=regno, value=reg)
    if reg.type & PERCPU:
        raise Refusal(
            "not-pointer", f"R{regno} is ptr_{name} access percpu memory: off={off}", register=regno, value=reg
        )
    own = bool(reg.type & ALLOC)
    if write:
        if reg.type & UNTRUSTED:
            raise Refusal("read-only", "only read is supported", register=regno, value=reg)
        if not own:
            if not _writable_field(v, name, off, size):
                raise Refusal("read-only", "only read is supported", register=regno, value=reg)
            return UNKNOWN.reg
    if own:
        for at, (kind, _, width) in special.find(btf, type_id).items():
            if off < at + width and at < off + size:
                raise Refusal("field", f"direct access to {kind} is disallowed", register=regno, value=reg)
    what, pointee, flags, member = descend(btf, type_id, off, size, not own)
    if what == "scalar" or own:
        return UNKNOWN.reg
    return Reg(
        BTF_ID | (given := _trust_of(v, reg, name, member, flags)),
        id=v.new_id() if given & MAYBE_NULL else 0,
        aux=(btf, pointee, type_name(btf, pointee)),
    )


def _listed(table: dict[str, tuple[str, ...]], name: str, member: str) -> bool:
    return member in table.get(name, ())


def _trust_of(v: Verifier, reg: Reg, name: str, member: str, flags: int) -> int:
    """The flags of a pointer read from an object."""
    if reg.type & UNTRUSTED:
        return UNTRUSTED
    if trusted(v, reg) or reg.type & RCU:
        if _listed(_SAFE_TRUSTED, name, member):
            return flags | TRUSTED
        if _listed(_SAFE_TRUSTED_OR_NULL, name, member):
            return flags | TRUSTED | MAYBE_NULL
        if not in_rcu(v):
            return UNTRUSTED
        if _listed(_SAFE_RCU, name, member):
            return flags | RCU
        maybe = _listed(_SAFE_RCU_OR_NULL, name, member)
        if flags & RCU or maybe:
            flags |= RCU | MAYBE_NULL
            return flags & ~UNTRUSTED if maybe else flags
        if flags & (PERCPU | USER):
            return flags
    return flags & ~(TRUSTED | RCU | UNTRUSTED)


#: (Program type, struct) → what it may write: members, of members of it too ("scx.slice"), or with "struct.member" of another
#: struct that it begins with.
_WRITABLE = {
    ("SCHED_CLS", "nf_conn"): ("mark",), ("SCHED_ACT", "nf_conn"): ("mark",), ("XDP", "nf_conn"): ("mark",),
    ("STRUCT_OPS", "tcp_sock"): (
        "snd_cwnd", "snd_cwnd_cnt", "snd_cwnd_stamp", "snd_ssthresh", "ecn_flags", "app_limited", "sock:sk_pacing_rate",
        "sock:sk_pacing_status", "inet_connection_sock:icsk_ca_priv", "inet_connection_sock:icsk_ack.pending",
    ),
    ("STRUCT_OPS", "task_struct"): ("scx.slice", "scx.dsq_vtime", "scx.disallow"),
    ("STRUCT_OPS", "bpf_dummy_ops_state"): ("val",), ("STRUCT_OPS", "sk_buff"): ("tstamp",),
    ("STRUCT_OPS", "Qdisc"): ("limit", "q.qlen", "qstats"),
}  # fmt: skip


def _writable_field(v: Verifier, name: str, off: int, size: int) -> bool:
    for path in _WRITABLE.get((v.type_name, name), ()):
        struct, _, members = path.rpartition(":")
        try:
            btf, type_id, _ = core_type(v, struct or name)
            start = 0
            for member in members.split("."):
                found = btf.type(strip(btf, type_id)).member(member)
                start += found.bit_offset // 8
                type_id = found.type
            width = btf.size(type_id) if not found.bit_size else (found.bit_size + 7) // 8
        except (Refusal, KeyError):
            continue
        if start <= off and off + size <= start + width:
            return True
    return False


_MAP_STRUCTS = {
    "ARRAY": "bpf_array", "PERCPU_ARRAY": "bpf_array", "PROG_ARRAY": "bpf_array", "PERF_EVENT_ARRAY": "bpf_array",
    "ARRAY_OF_MAPS": "bpf_array", "CGROUP_ARRAY": "bpf_array", "HASH": "bpf_htab", "PERCPU_HASH": "bpf_htab",
    "LRU_HASH": "bpf_htab", "LRU_PERCPU_HASH": "bpf_htab", "HASH_OF_MAPS": "bpf_htab", "RINGBUF": "bpf_ringbuf_map",
    "USER_RINGBUF": "bpf_ringbuf_map", "STACK_TRACE": "bpf_stack_map", "QUEUE": "bpf_queue_stack", "STACK": "bpf_queue_stack",
    "LPM_TRIE": "lpm_trie", "DEVMAP": "bpf_dtab", "DEVMAP_HASH": "bpf_dtab", "CPUMAP": "bpf_cpu_map", "XSKMAP": "xsk_map",
    "SOCKMAP": "bpf_stab",
    "SOCKHASH": "bpf_shtab", "REUSEPORT_SOCKARRAY": "reuseport_array", "SK_STORAGE": "bpf_local_storage_map",
    "TASK_STORAGE": "bpf_local_storage_map", "INODE_STORAGE": "bpf_local_storage_map", "CGRP_STORAGE": "bpf_local_storage_map",
    "BLOOM_FILTER": "bpf_bloom_filter", "CGROUP_STORAGE": "bpf_cgroup_storage_map",
    "PERCPU_CGROUP_STORAGE": "bpf_cgroup_storage_map", "ARENA": "bpf_arena",
}  # fmt: skip


def access_map(v: Verifier, regno: int, reg: Reg, off: int, size: int, write: bool) -> Reg:
    """A load of the inside of a map (struct bpf_map and what follows it)."""
    info = reg.aux
    assert isinstance(info, MapInfo)
    name = _MAP_STRUCTS.get(info.spec.type.name)
    if name is None:
        raise Refusal("not-pointer", f"map_ptr access not supported for map type {int(info.spec.type)}", register=regno)
    if not v.pointer_leaks_ok:
        raise Refusal(
            "helper", f"'struct {name}' access is allowed only to CAP_PERFMON and CAP_SYS_ADMIN", register=regno
        )
    if off < 0:
        raise Refusal(
            "memory-bounds", f"R{regno} is {name} invalid negative access: off={off}", register=regno, value=reg
        )
    if write:
        raise Refusal("read-only", f"only read from {name} is supported", register=regno, value=reg)
    btf, type_id, _ = core_type(v, name)
    what, pointee, flags, _ = descend(btf, type_id, off, size)
    if what == "scalar":
        return UNKNOWN.reg
    return Reg(BTF_ID | flags & ~(TRUSTED | RCU), aux=(btf, pointee, type_name(btf, pointee)))


def fields_of(v: Verifier, reg: Reg) -> dict[int, tuple[str, int, int]]:
    """The special fields of an object of the program's own."""
    btf, type_id, _ = reg.aux
    return special.find(btf, type_id)
