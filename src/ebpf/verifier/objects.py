"""Kernel objects known by their types (BTF): what may be read through a pointer to one, and what a call takes and gives.

A pointer to an object has `aux` (types, type id, name). It is trusted (valid, and kept so), RCU (valid inside an RCU section), or
neither: then it may only be read, and only through what the kernel guards.
"""

from __future__ import annotations

from ebpf.btf import Array, Enum, Int, Pointer, Struct, TypeTag, Union
from ebpf.errors import BtfError
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
    SOCKS,
    TRUSTED,
    UNTRUSTED,
    USER,
    MapInfo,
    Reg,
)  # fmt: skip
from ebpf.verifier.scalar import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.btf import Btf
    from ebpf.verifier.core import Verifier

#: The largest number of an error (include/linux/err.h).
MAX_ERRNO = 4095
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


def unproved(what: str) -> Refusal:
    return Refusal("not-supported", f"{what} can't be proved yet")


def target(v: Verifier) -> Btf:
    if v.target is None:
        raise Refusal("not-supported", "this needs the kernel's types, and none were given", required="a target")
    return v.target


def type_name(btf: Btf, type_id: int) -> str:
    return btf.type(btf.resolve(type_id)).name


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


def fields_of(reg: Reg) -> dict[int, tuple[str, int, int]]:
    """The special fields of a map's value, or of an object of the program's own."""
    if isinstance(reg.aux, MapInfo):
        return reg.aux.fields
    btf, type_id, _ = reg.aux
    return special.find(btf, type_id)


def pointer_to(v: Verifier, name: str, flags: int) -> Reg:
    return Reg(BTF_ID | flags, id=v.new_id() if flags & MAYBE_NULL else 0, aux=core_type(v, name))


def trusted(reg: Reg) -> bool:
    """Whether the object is known to be there, and to stay."""
    type = reg.type
    if reg.ref:
        return True
    if type & KIND in SOCKS:
        return not type & MAYBE_NULL
    if type & (UNTRUSTED | USER | PERCPU | RCU | MAYBE_NULL):
        return False
    return bool(type & ALLOC or (type & TRUSTED and not type & NON_OWN_REF))


def in_rcu(v: Verifier) -> bool:
    return bool(v.state.rcu or v.state.lock() is not None or not v.may_sleep())


# -- walking a struct


def walk(btf: Btf, type_id: int, off: int, size: int, flex: bool = True) -> tuple[str, int, int, str]:
    """What lies at `off`: ("scalar", 0, flags, ""), ("pointer", type id, flags, member) or ("struct", type id, flags, "").
    Raises Refusal for what is no field."""
    flags = 0
    for _ in range(64):
        type_id = btf.resolve(type_id)
        t = btf.type(type_id)
        name = t.name
        if not isinstance(t, Struct):
            raise Refusal("btf", f"Type '{name}' is not a struct")
        if isinstance(t, Union) and len(t.members) != 1:
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


def _flexible(btf: Btf, t: Struct, off: int) -> tuple[int, int] | None:
    """An access past the end, into an array with no length there: (element type, offset in it), (0, 0) for numbers."""
    if not t.members:
        return None
    last = t.members[-1]
    array = btf.type(btf.resolve(last.type))
    start = last.bit_offset // 8
    if not isinstance(array, Array) or array.nelems or off < start:
        return None
    element_id = btf.resolve(array.type)
    element = btf.type(element_id)
    if isinstance(element, Int):
        return 0, 0
    if not isinstance(element, Struct) or not element.size:
        return None
    return element_id, (off - start) % element.size


def _member(btf: Btf, t: Struct, name: str, off: int, size: int, flags: int) -> tuple[Any, ...] | None:
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
        member_id = btf.resolve(member.type)
        mtype = btf.type(member_id)
        try:
            whole = btf.size(member_id)
        except BtfError:
            raise Refusal("btf", f"field {member.name} doesn't have size") from None
        end = start + whole
        if off >= end:
            continue
        while isinstance(mtype, Array):
            if not mtype.nelems:
                break
            element = btf.size(mtype.type)
            if not element:
                break
            start += (off - start) // element * element
            member_id = btf.resolve(mtype.type)
            mtype = btf.type(member_id)
            whole = element
        if isinstance(mtype, Struct):
            return member_id, start
        if isinstance(mtype, Pointer):
            if whole != size or off != start:
                raise Refusal(
                    "btf",
                    f"cannot access ptr member {member.name} with moff {start} in struct {name} with off {off} size {size}",
                )
            first = btf.type(mtype.type)
            extra = TAGS.get(first.name, 0) if isinstance(first, TypeTag) else 0
            pointee = btf.resolve(mtype.type)
            if isinstance(btf.type(pointee), Struct):
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
        return reg_btf is need_btf and reg_btf.resolve(one) == reg_btf.resolve(need_id)

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


def only_scalars(btf: Btf, type_id: int, depth: int = 0) -> bool:
    """Whether a struct holds nothing but numbers: no pointer, and no array of structs (`__btf_type_is_scalar_struct`)."""
    struct: Any = btf.type(btf.resolve(type_id))
    for member in struct.members:
        found: Any = btf.type(btf.resolve(member.type))
        if isinstance(found, Array):
            if not found.nelems:
                return False
            found = btf.type(btf.resolve(found.type))
        elif isinstance(found, Struct) and (depth >= 3 or not only_scalars(btf, member.type, depth + 1)):
            return False
        elif isinstance(found, Struct):
            continue
        if not isinstance(found, (Int, Enum)):
            return False
    return True


# -- access


def access(v: Verifier, regno: int, reg: Reg, off: int, size: int, write: bool) -> Reg:
    """A load through a pointer to an object (or a store, where an object of the program's own is written)."""
    btf, type_id, name = reg.aux
    if not v.pointer_leaks_ok:
        raise Refusal(
            "helper",
            f"'struct {name}' access is allowed only to CAP_PERFMON and CAP_SYS_ADMIN",
            register=regno,
            value=reg,
        )
    if v.program.license not in GPL_LICENSES and btf is v.target:
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
        for at, (kind, _, width) in fields_of(reg).items():
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


def _trust_of(v: Verifier, reg: Reg, name: str, member: str, flags: int) -> int:
    """The flags of a pointer read from an object."""
    if reg.type & UNTRUSTED:
        return UNTRUSTED
    if trusted(reg) or reg.type & RCU:
        if member in _SAFE_TRUSTED.get(name, ()):
            return flags | TRUSTED
        if member in _SAFE_TRUSTED_OR_NULL.get(name, ()):
            return flags | TRUSTED | MAYBE_NULL
        if not in_rcu(v):
            return UNTRUSTED
        if member in _SAFE_RCU.get(name, ()):
            return flags | RCU
        maybe = member in _SAFE_RCU_OR_NULL.get(name, ())
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
                found = btf.type(btf.resolve(type_id)).member(member)
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
