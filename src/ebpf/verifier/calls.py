"""Calls and returns: helpers by their prototypes, functions of the program, callbacks, and the end of the program."""

from __future__ import annotations

from ebpf.uapi import helpers
from ebpf.uapi.helpers import IDS
from ebpf.verifier import stack
from ebpf.verifier.memory import (
    access,
    check_alignment,
    check_helper_memory,
    check_map_access,
    check_memory_size,
    check_plain_offset,
)  # fmt: skip
from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import (
    ALLOC,
    ARENA,
    BTF_ID,
    BUF,
    CONST_MAP,
    CTX,
    DYNPTR,
    DYNPTR_ANY,
    FUNC,
    KIND,
    MAP_KEY,
    MAP_VALUE,
    MAYBE_NULL,
    MEM,
    NON_OWN_REF,
    NOT_INIT,
    PACKET,
    PACKET_META,
    PACKETS,
    PERCPU,
    RCU,
    RDONLY,
    RINGBUF,
    SCALAR,
    SOCK_COMMON,
    SOCKET,
    STACK,
    TCP_SOCK,
    TRUSTED,
    UNINIT,
    XDP_SOCK,
    MapInfo,
    Reg,
    is_null,
    kind_name,
)  # fmt: skip
from ebpf.verifier.rules import (
    ACQUIRES,
    CASTS,
    CHANGES_PACKET,
    GPL_LICENSES,
    HELPERS_OF_MAP,
    MAPS_OF_HELPER,
    MAX_ERRNO,
    WRITES_MAP,
    return_range,
    sockmap_update_allowed,
)  # fmt: skip
from ebpf.verifier.scalar import UNKNOWN, settle
from ebpf.verifier.state import SPILL, ZEROED, Frame, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ebpf.uapi.helpers import Kind, Proto
    from ebpf.verifier.core import Verifier

    Step = Callable[[Verifier], int]

MAX_FRAMES = 8
_MEMORY = (STACK, PACKET, PACKET_META, MAP_KEY, MAP_VALUE, MEM, MEM | RINGBUF, BUF, BTF_ID | TRUSTED)
_SOCK = (SOCK_COMMON, SOCKET, TCP_SOCK, XDP_SOCK)
#: Argument kind → the types of registers that it takes.
ACCEPTS: dict[str, tuple[int, ...]] = {
    "ARG_PTR_TO_MAP_KEY": _MEMORY,
    "ARG_PTR_TO_MAP_VALUE": _MEMORY,
    "ARG_CONST_SIZE": (SCALAR,),
    "ARG_CONST_SIZE_OR_ZERO": (SCALAR,),
    "ARG_CONST_ALLOC_SIZE_OR_ZERO": (SCALAR,),
    "ARG_SCALAR": (SCALAR,),
    "ARG_CONST_MAP_PTR": (CONST_MAP,),
    "ARG_PTR_TO_CTX": (CTX,),
    "ARG_PTR_TO_SOCK_COMMON": _SOCK,
    "ARG_PTR_TO_BTF_ID_SOCK_COMMON": (*_SOCK, BTF_ID, BTF_ID | TRUSTED),
    "ARG_PTR_TO_SOCKET": (SOCKET,),
    "ARG_PTR_TO_BTF_ID": (BTF_ID, BTF_ID | TRUSTED, BTF_ID | RCU),
    "ARG_PTR_TO_SPIN_LOCK": (MAP_VALUE, BTF_ID | ALLOC),
    "ARG_PTR_TO_MEM": _MEMORY,
    "ARG_PTR_TO_RINGBUF_MEM": (MEM | RINGBUF,),
    "ARG_PTR_TO_PERCPU_BTF_ID": (BTF_ID | PERCPU, BTF_ID | PERCPU | RCU, BTF_ID | PERCPU | TRUSTED),
    "ARG_PTR_TO_FUNC": (FUNC,),
    "ARG_PTR_TO_STACK": (STACK,),
    "ARG_PTR_TO_CONST_STR": (MAP_VALUE,),
    "ARG_PTR_TO_TIMER": (MAP_VALUE,),
    "ARG_KPTR_XCHG_DEST": (MAP_VALUE, BTF_ID | ALLOC),
    "ARG_PTR_TO_DYNPTR": (STACK, DYNPTR),
}
_FREE_OFFSET = frozenset(
    (STACK, PACKET, PACKET_META, MAP_KEY, MAP_VALUE, MEM, MEM | RDONLY, MEM | RINGBUF, BUF, BUF | RDONLY, ARENA, SCALAR)
)
_FIXED_OFFSET = frozenset(
    (
        BTF_ID, BTF_ID | ALLOC, BTF_ID | TRUSTED, BTF_ID | RCU, BTF_ID | ALLOC | NON_OWN_REF,
        BTF_ID | ALLOC | NON_OWN_REF | RCU,
    )
)  # fmt: skip
_H = IDS
LOOKUP, TAIL_CALL = _H["map_lookup_elem"], _H["tail_call"]
LOOP, FOR_EACH, TIMER_CALLBACK = _H["loop"], _H["for_each_map_elem"], _H["timer_set_callback"]
FIND_VMA, DRAIN, KPTR_XCHG = _H["find_vma"], _H["user_ringbuf_drain"], _H["kptr_xchg"]


class Meta:
    """What is found out about a call, argument by argument."""

    __slots__ = (
        "const_key", "dynptr_id", "field", "fill_register", "fill_size", "function", "map", "map_uid", "mem_size",
        "number", "raw", "ref", "release", "ret_type", "size_max", "subprog",
    )  # fmt: skip

    def __init__(self, number: int) -> None:
        self.number = number
        self.map: MapInfo | None = None
        self.map_uid = 0
        self.raw = False
        self.fill_size = 0
        self.fill_register = 0
        self.size_max = 0
        self.ref = 0
        self.release = 0
        self.subprog = 0
        self.mem_size = 0
        self.const_key = -1
        self.dynptr_id = 0
        self.field: Any = None
        self.ret_type: Any = None


def arity(v: Verifier) -> Callable[[int], int]:
    """How many arguments the call at a slot reads; 5 if that isn't known."""

    def count(i: int) -> int:
        if v.flow.src[i] == 0:
            number = v.flow.imm[i]
            if 0 < number < len(helpers.NAMES):
                proto = helpers.helper(number).proto(v.program.type, v.program.attach_type, v.sleepable)
                if proto is not None:
                    return len(proto.arguments)
        return 5

    return count


def changes_packet(number: int) -> bool:
    return number in CHANGES_PACKET


def build(v: Verifier, i: int, source: int, imm: int) -> Step:
    if source == 1:
        return _function_call(v, i)
    if source == 2:
        from ebpf.verifier import kfuncs

        return kfuncs.build(v, i)
    return _helper_call(v, i, imm)


# -- helpers


def _name(number: int) -> str:
    return f"bpf_{helpers.NAMES[number]}" if 0 < number < len(helpers.NAMES) else "unknown"


def _helper_call(v: Verifier, i: int, number: int) -> Step:
    from ebpf.verifier.steps import _refuse

    shown = f"{_name(number)}#{number}"
    if not 0 < number < len(helpers.NAMES):
        return _refuse("helper", f"invalid func {shown}")
    proto = helpers.helper(number).proto(v.program.type, v.program.attach_type, v.sleepable)
    if proto is None or (not v.privileged and number in _NOT_UNPRIVILEGED):
        return _refuse("helper", f"program of this type cannot use helper {shown}")
    if proto.gpl_only and v.program.license not in GPL_LICENSES:
        return _refuse("helper", "cannot call GPL-restricted function from non-GPL compatible program")
    known: Proto = proto
    changes = number in CHANGES_PACKET
    following = i + 1
    arguments = known.arguments

    def step(v: Verifier) -> int:
        v.jumps += 1
        state = v.state
        if known.allowed and not _allowed(v, known.allowed):
            raise Refusal("helper", "helper call is not allowed in probe")
        if state.held and state.lock() is not None and number != _H["spin_unlock"]:
            raise Refusal("lock", "function calls are not allowed while holding a lock")
        if known.might_sleep:
            if not (v.sleepable if not state.in_async else state.sleepable):
                raise Refusal("helper", "helper call might sleep in a non-sleepable prog")
            for open_, what in (
                (state.rcu, "rcu_read_lock"),
                (state.preempt, "non-preemptible"),
                (state.irq, "IRQ-disabled"),
            ):
                if open_:
                    raise Refusal("rcu", f"sleepable helper {shown} in {what} region")
        meta = Meta(number)
        for n, kind in enumerate(arguments):
            if kind.kind != "ARG_DONTCARE":
                _argument(v, known, meta, n, kind)
        _check_map_use(v, meta, number)
        if meta.fill_size:
            _fill(v, meta)
        regs = v.regs
        if meta.release:
            _release(v, meta, known, shown)
        extra = _SPECIAL.get(number)
        changed = changes
        if extra is not None:
            changed = bool(extra(v, meta, i)) or changes
        regs = v.regs
        # What a call may leave in its argument registers is not to be read.
        before = regs[1:6]
        regs[1:6] = [UNINIT] * 5
        regs[0] = _result(v, known, meta, before)
        _check_map_fits(v, meta, number)
        if changed:
            v.forget_packets()
        return following

    return step


#: Helpers that programs without CAP_PERFMON or CAP_BPF don't get.
_NOT_UNPRIVILEGED = frozenset(
    _H[name]
    for name in (
        "spin_lock", "spin_unlock", "jiffies64", "per_cpu_ptr", "this_cpu_ptr", "timer_init", "timer_set_callback",
        "timer_start", "timer_cancel", "kptr_xchg", "for_each_map_elem", "loop", "strncmp", "strtol", "strtoul",
        "ringbuf_reserve_dynptr", "ringbuf_submit_dynptr", "ringbuf_discard_dynptr", "dynptr_from_mem", "dynptr_read",
        "dynptr_write", "dynptr_data", "user_ringbuf_drain", "snprintf", "snprintf_btf", "trace_printk", "trace_vprintk",
        "get_current_task", "get_current_task_btf", "probe_read_user", "probe_read_kernel", "probe_read_user_str",
        "probe_read_kernel_str", "task_pt_regs", "get_current_cgroup_id", "get_current_ancestor_cgroup_id",
        "ktime_get_tai_ns", "cgrp_storage_get", "cgrp_storage_delete", "get_ns_current_pid_tgid",
        "skb_output", "sk_cgroup_id",
    )
) - {_H["trace_printk"] - 0} | {_H["trace_printk"]}  # fmt: skip


def _allowed(v: Verifier, rule: str) -> bool:
    """The kernel's further question about the attach target; what can't be asked here is let pass by name only."""
    if rule == "bpf_d_path_allowed":
        return (
            v.program.target in _D_PATH
            or (v.type_name == "LSM")
            or (
                v.type_name == "TRACING"
                and v.program.attach_type is not None
                and v.program.attach_type.name == "TRACE_ITER"
            )
        )
    return True


_D_PATH = frozenset(("security_file_permission", "security_inode_getattr", "security_file_open", "security_path_truncate",
                     "vfs_truncate", "vfs_fallocate", "dentry_open", "vfs_getattr", "filp_close"))  # fmt: skip


def check_type(v: Verifier, regno: int, reg: Reg, kind: Kind, meta: Meta, accepts: tuple[int, ...]) -> None:
    """Whether the register is of a sort that the argument takes."""
    type = reg.type
    flags = kind.flags
    if "MEM_RDONLY" in flags:
        type &= ~RDONLY
    if "PTR_MAYBE_NULL" in flags:
        type &= ~MAYBE_NULL
    if kind.kind == "ARG_PTR_TO_MEM":
        type &= ~DYNPTR_ANY
    if meta.number == KPTR_XCHG and regno == 2 and type & ALLOC:
        type &= ~(ALLOC | PERCPU)
    if type in accepts:
        if reg.type & KIND == BTF_ID:
            from ebpf.verifier import objects

            objects.check_argument(v, regno, reg, kind, meta, accepts is _MEMORY)
        return
    wanted = ", ".join(kind_name(t) for t in accepts)
    what, required = "argument", f"one of: {wanted}"
    if reg.type & MAYBE_NULL and (reg.type & ~MAYBE_NULL) in accepts:
        what, required = ("map-value-null" if reg.type & KIND == MAP_VALUE else "null"), "a pointer tested against NULL"
    raise Refusal(
        what, f"R{regno} type={kind_name(reg.type)} expected={wanted}", register=regno, value=reg, required=required
    )


def check_offset(reg: Reg, regno: int, release: bool, dynptr: bool = False) -> None:
    """Whether a pointer argument may have an offset, and has a good one."""
    type = reg.type
    if release:
        if dynptr and type == STACK:
            return
        if reg.off:
            raise Refusal(
                "reference", f"R{regno} must have zero offset when passed to release func or trusted arg to kfunc",
                register=regno, value=reg, required="the pointer as it was acquired",
            )  # fmt: skip
        check_plain_offset(reg, regno)
        return
    if type in _FREE_OFFSET:
        return
    check_plain_offset(reg, regno, type in _FIXED_OFFSET)


def _argument(v: Verifier, proto: Proto, meta: Meta, n: int, kind: Kind) -> None:
    regno = n + 1
    reg = v.regs[regno]
    if reg.type == NOT_INIT:
        from ebpf.verifier.steps import not_readable

        raise not_readable(regno)
    what, flags = kind.kind, kind.flags
    if what == "ARG_ANYTHING" and not flags:
        if v.is_pointer(reg):
            raise Refusal("pointer-leak", f"R{regno} leaks addr into helper function", register=regno, value=reg)
        return
    if reg.type in PACKETS and not (proto.pkt_access and v.may_access_packet(False)):
        raise Refusal("argument", "helper access to the packet is not allowed", register=regno, value=reg)
    if what == "ARG_PTR_TO_MAP_VALUE":
        if meta.map is None:
            raise Refusal("argument", "invalid map_ptr to access map->type")
        name = meta.map.spec.type.name
        if name in ("SOCKMAP", "SOCKHASH"):
            what = "ARG_PTR_TO_BTF_ID_SOCK_COMMON"
        elif name == "BLOOM_FILTER" and meta.number == _H["map_peek_elem"]:
            flags = flags - {"MEM_UNINIT", "MEM_WRITE"}
    maybe_null = "PTR_MAYBE_NULL" in flags
    released = "OBJ_RELEASE" in flags
    if maybe_null and is_null(reg):
        v.mark_precise(regno)
    else:
        check_type(v, regno, reg, kind, meta, ACCEPTS[what])
        check_offset(reg, regno, released, what == "ARG_PTR_TO_DYNPTR")
    if released:
        if what == "ARG_PTR_TO_DYNPTR":
            from ebpf.verifier import dynptrs

            dynptrs.check_release(v, regno, reg)
        elif not reg.ref and not is_null(reg):
            raise Refusal(
                "reference", f"R{regno} must be referenced when passed to release function",
                register=regno, value=reg, required="what an acquiring call gave",
            )  # fmt: skip
        meta.release = regno
    if reg.ref and what != "ARG_KPTR_XCHG_DEST":
        if meta.ref:
            raise Refusal(
                "reference", f"more than one arg with ref_obj_id R{regno} {reg.ref} {meta.ref}", register=regno
            )
        meta.ref = reg.ref
    handler = _HANDLERS.get(what)
    if handler is not None:
        handler(v, proto, meta, n, regno, reg, kind)


def _arg_map(v: Verifier, proto: Proto, meta: Meta, n: int, regno: int, reg: Reg, kind: Kind) -> None:
    assert isinstance(reg.aux, MapInfo)
    if meta.map is not None and (meta.map is not reg.aux or meta.map_uid != reg.uid):
        raise Refusal(
            "map-kind",
            f"timer pointer in R1 map_uid={meta.map_uid} doesn't match map pointer in R2 map_uid={reg.uid}",
            register=regno, value=reg,
        )  # fmt: skip
    meta.map = reg.aux
    meta.map_uid = reg.uid


def _arg_key(v: Verifier, proto: Proto, meta: Meta, n: int, regno: int, reg: Reg, kind: Kind) -> None:
    if meta.map is None:
        raise Refusal("argument", "invalid map_ptr to access map->key")
    size = meta.map.spec.key_size
    check_helper_memory(v, regno, size, False, False, None)
    if meta.map.spec.type.name in ("ARRAY", "PERCPU_ARRAY") and v.capable:
        meta.const_key = _constant_key(v, reg, size)


def _constant_key(v: Verifier, reg: Reg, size: int) -> int:
    """The key, if it is a number on the stack that is known; -1 else."""
    if reg.type != STACK or reg.s.const is None:
        return -1
    at = -(reg.off + reg.s.smin) - 1
    spi, byte = at >> 3, at & 7
    frame: Frame = v.frames[reg.aux]
    slot = frame.stack[spi]
    zeros = 0
    while zeros <= byte and slot.types[byte - zeros] == ZEROED:
        zeros += 1
    if zeros >= size:
        return 0
    if slot.types[7] != SPILL or slot.reg.type != SCALAR or slot.reg.s.const is None:
        return -1
    spills = 0
    while spills <= byte and slot.types[byte - spills] == SPILL:
        spills += 1
    if spills != size:
        return -1
    from ebpf.verifier import precision

    masks = [0] * len(v.frames)
    masks[reg.aux] = 1 << (16 + spi)
    precision.mark(v, -1, masks)
    return slot.reg.s.const


def _arg_value(v: Verifier, proto: Proto, meta: Meta, n: int, regno: int, reg: Reg, kind: Kind) -> None:
    if "PTR_MAYBE_NULL" in kind.flags and is_null(reg):
        return
    if meta.map is None:
        raise Refusal("argument", "invalid map_ptr to access map->value")
    meta.raw = "MEM_UNINIT" in kind.flags
    check_helper_memory(v, regno, meta.map.value_size, "MEM_WRITE" in kind.flags, False, meta)


def _arg_memory(v: Verifier, proto: Proto, meta: Meta, n: int, regno: int, reg: Reg, kind: Kind) -> None:
    meta.raw = "MEM_UNINIT" in kind.flags
    if "MEM_FIXED_SIZE" in kind.flags:
        check_helper_memory(v, regno, kind.size, "MEM_WRITE" in kind.flags, False, meta)
        if "MEM_ALIGNED" in kind.flags:
            check_alignment(v, reg, 0, kind.size, True)


def _arg_size(v: Verifier, proto: Proto, meta: Meta, n: int, regno: int, reg: Reg, kind: Kind) -> None:
    write = "MEM_WRITE" in proto.arguments[n - 1].flags
    check_memory_size(v, regno - 1, regno, write, kind.kind.endswith("OR_ZERO"), meta)


def _arg_alloc(v: Verifier, proto: Proto, meta: Meta, n: int, regno: int, reg: Reg, kind: Kind) -> None:
    if reg.s.const is None:
        raise Refusal(
            "argument", f"R{regno} is not a known constant'", register=regno, value=reg, required="a constant"
        )
    meta.mem_size = reg.s.const & 0xFFFFFFFF
    v.mark_precise(regno)


def _arg_function(v: Verifier, proto: Proto, meta: Meta, n: int, regno: int, reg: Reg, kind: Kind) -> None:
    assert isinstance(reg.aux, int)
    meta.subprog = reg.aux


def _arg_string(v: Verifier, proto: Proto, meta: Meta, n: int, regno: int, reg: Reg, kind: Kind) -> None:
    check_string(v, regno, reg)


def check_string(v: Verifier, regno: int, reg: Reg) -> None:
    """A constant string: in a map value that nobody can change, at a constant place, ended by a 0."""
    if reg.type != MAP_VALUE:
        raise Refusal("argument", f"R{regno} is not a constant string", register=regno, value=reg)
    info = reg.aux
    assert isinstance(info, MapInfo)
    if info.frozen_bytes is None:
        raise Refusal("argument", f"R{regno} does not point to a readonly map'", register=regno, value=reg)
    if reg.s.const is None:
        raise Refusal("argument", f"R{regno} is not a constant address'", register=regno, value=reg)
    check_map_access(v, regno, reg, reg.off, info.value_size - reg.off, False, False)
    if 0 not in info.frozen_bytes[reg.off + reg.s.const :]:
        raise Refusal("argument", "string is not zero-terminated", register=regno, value=reg)


def _arg_lock(v: Verifier, proto: Proto, meta: Meta, n: int, regno: int, reg: Reg, kind: Kind) -> None:
    from ebpf.verifier import locks

    locks.spin(v, regno, reg, meta.number == _H["spin_lock"])


def _arg_timer(v: Verifier, proto: Proto, meta: Meta, n: int, regno: int, reg: Reg, kind: Kind) -> None:
    from ebpf.verifier import locks

    locks.timer(v, regno, reg, meta)


def _arg_kptr(v: Verifier, proto: Proto, meta: Meta, n: int, regno: int, reg: Reg, kind: Kind) -> None:
    from ebpf.verifier import kptrs

    kptrs.check_exchange(v, regno, reg, meta)


def _arg_dynptr(v: Verifier, proto: Proto, meta: Meta, n: int, regno: int, reg: Reg, kind: Kind) -> None:
    from ebpf.verifier import dynptrs

    dynptrs.argument(v, regno, reg, kind.flags, meta)


def _arg_percpu(v: Verifier, proto: Proto, meta: Meta, n: int, regno: int, reg: Reg, kind: Kind) -> None:
    meta.ret_type = reg.aux


_HANDLERS = {
    "ARG_CONST_MAP_PTR": _arg_map, "ARG_PTR_TO_MAP_KEY": _arg_key, "ARG_PTR_TO_MAP_VALUE": _arg_value,
    "ARG_PTR_TO_MEM": _arg_memory, "ARG_CONST_SIZE": _arg_size, "ARG_CONST_SIZE_OR_ZERO": _arg_size,
    "ARG_CONST_ALLOC_SIZE_OR_ZERO": _arg_alloc, "ARG_PTR_TO_FUNC": _arg_function, "ARG_PTR_TO_CONST_STR": _arg_string,
    "ARG_PTR_TO_SPIN_LOCK": _arg_lock, "ARG_PTR_TO_TIMER": _arg_timer, "ARG_KPTR_XCHG_DEST": _arg_kptr,
    "ARG_PTR_TO_DYNPTR": _arg_dynptr, "ARG_PTR_TO_PERCPU_BTF_ID": _arg_percpu,
}  # fmt: skip


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
    if info is not None and number in WRITES_MAP and info.spec.flags & 0x80:
        raise Refusal("read-only", "write into map forbidden")
    if number == TAIL_CALL and info is not None and info.spec.type.name == "PROG_ARRAY":
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
        from ebpf.verifier import dynptrs

        dynptrs.release(v, reg)
        done = True
    elif meta.ref:
        done = v.release(meta.ref)
    elif is_null(reg):
        done = True
    if not done:
        raise Refusal("reference", f"func {shown} reference has not been acquired before", register=regno, value=reg)


def _result(v: Verifier, proto: Proto, meta: Meta, arguments: list[Reg]) -> Reg:
    """What a helper leaves in r0."""
    kind = proto.returns
    what, flags = kind.kind, kind.flags
    number = meta.number
    type = (MAYBE_NULL if "PTR_MAYBE_NULL" in flags else 0) | (RDONLY if "MEM_RDONLY" in flags else 0)
    type |= (RINGBUF if "MEM_RINGBUF" in flags else 0) | (TRUSTED if "PTR_TRUSTED" in flags else 0)
    if what == "RET_INTEGER":
        return _integer(v, number, meta)
    if what == "RET_VOID":
        return UNINIT
    reg = Reg(SCALAR)
    if what == "RET_PTR_TO_MAP_VALUE":
        assert meta.map is not None
        info = meta.map
        reg = Reg(MAP_VALUE | type, aux=info, uid=meta.map_uid)
        if (
            type & MAYBE_NULL and number == LOOKUP and 0 <= meta.const_key < info.spec.max_entries
            and info.spec.type.name in ("ARRAY", "PERCPU_ARRAY") and info.inner is None
        ):  # fmt: skip
            reg = Reg(MAP_VALUE, aux=info, uid=meta.map_uid)
        if not reg.type & MAYBE_NULL and any("spin_lock" in f[0] for f in info.fields.values()):
            reg = reg.but(id=v.new_id())
    elif what == "RET_PTR_TO_SOCKET":
        reg = Reg(SOCKET | type)
    elif what == "RET_PTR_TO_SOCK_COMMON":
        reg = Reg(SOCK_COMMON | type)
    elif what == "RET_PTR_TO_TCP_SOCK":
        reg = Reg(TCP_SOCK | type)
    elif what == "RET_PTR_TO_MEM":
        reg = Reg(MEM | type, aux=meta.mem_size)
    else:
        from ebpf.verifier import objects

        reg = objects.result(v, proto, meta, type, arguments)
    if reg.type & MAYBE_NULL:
        reg = reg.but(id=v.new_id())
    name = helpers.NAMES[number]
    if number == _H["dynptr_data"]:
        reg = reg.but(ref=meta.ref, uid=meta.dynptr_id)
    elif name in CASTS:
        reg = reg.but(ref=meta.ref)
    elif name in ACQUIRES or (
        number == LOOKUP and meta.map is not None and meta.map.spec.type.name in ("SOCKMAP", "SOCKHASH")
    ):
        id = v.acquire()
        reg = reg.but(id=id, ref=id)
    return reg


def _integer(v: Verifier, number: int, meta: Meta) -> Reg:
    name = helpers.NAMES[number]
    if name in ("get_stack", "get_task_stack", "probe_read_str", "probe_read_kernel_str", "probe_read_user_str"):
        most = meta.size_max
        top = most - (1 << 32) if most >> 31 & 1 else most
        return settle(0, (1 << 64) - 1, 0, (1 << 64) - 1, -MAX_ERRNO, most, 0, 0xFFFFFFFF, -MAX_ERRNO, top).reg
    if name == "get_smp_processor_id":
        from ebpf.verifier.rules import cpus

        return settle(0, (1 << 64) - 1, 0, cpus() - 1, 0, cpus() - 1, 0, cpus() - 1, 0, cpus() - 1).reg
    return UNKNOWN.reg


# -- helpers that do more


def _tail_call(v: Verifier, meta: Meta, i: int) -> bool:
    v.check_nothing_held("tail_call")
    return False


def _local_storage(v: Verifier, meta: Meta, i: int) -> bool:
    if not is_null(v.regs[2]):
        raise Refusal("argument", "get_local_storage() doesn't support non-zero flags", register=2, value=v.regs[2])
    v.mark_precise(2)
    return False


def _for_each(v: Verifier, meta: Meta, i: int) -> bool:
    caller = v.frames[-1]
    info = meta.map
    assert info is not None

    def fill(callee: Frame) -> None:
        if info.spec.type.name not in ("ARRAY", "PERCPU_ARRAY", "HASH", "PERCPU_HASH", "LRU_HASH", "LRU_PERCPU_HASH"):
            raise Refusal("map-kind", "callback function not allowed for map")
        map_reg = caller.regs[1]
        callee.regs[1] = map_reg
        callee.regs[2] = Reg(MAP_KEY, aux=info, uid=map_reg.uid)
        callee.regs[3] = Reg(MAP_VALUE, aux=info, uid=map_reg.uid)
        callee.regs[4] = caller.regs[3]
        callee.return_range = (0, 1)

    push_callback(v, i, meta.subprog, fill)
    return False


def _loop(v: Verifier, meta: Meta, i: int) -> bool:
    v.mark_precise(1)
    caller = v.frames[-1]
    if caller.callback_depth < v.regs[1].s.umax:

        def fill(callee: Frame) -> None:
            callee.regs[1] = UNKNOWN.reg
            callee.regs[2] = caller.regs[3]
            callee.return_range = (0, 1)

        push_callback(v, i, meta.subprog, fill)
    else:
        caller.callback_depth = 0
    return False


def _find_vma(v: Verifier, meta: Meta, i: int) -> bool:
    from ebpf.verifier import objects

    caller = v.frames[-1]

    def fill(callee: Frame) -> None:
        callee.regs[1] = caller.regs[1]
        callee.regs[2] = objects.pointer_to(v, "vm_area_struct", 0)
        callee.regs[3] = caller.regs[4]
        callee.return_range = (0, 1)

    push_callback(v, i, meta.subprog, fill)
    return False


def _drain(v: Verifier, meta: Meta, i: int) -> bool:
    from ebpf.verifier import dynptrs

    caller = v.frames[-1]

    def fill(callee: Frame) -> None:
        callee.regs[1] = dynptrs.callback_argument(v)
        callee.regs[2] = caller.regs[3]
        callee.return_range = (0, 1)

    push_callback(v, i, meta.subprog, fill)
    return False


def _timer_callback(v: Verifier, meta: Meta, i: int) -> bool:
    info, uid = v.regs[1].aux, v.regs[1].uid

    def fill(callee: Frame) -> None:
        callee.regs[1] = Reg(CONST_MAP, aux=info, uid=uid)
        callee.regs[2] = Reg(MAP_KEY, aux=info, uid=uid)
        callee.regs[3] = Reg(MAP_VALUE, aux=info, uid=uid)
        callee.return_range = (0, 0)

    push_async(v, i, meta.subprog, fill, False)
    return False


def _snprintf(v: Verifier, meta: Meta, i: int) -> bool:
    reg, length = v.regs[3], v.regs[5]
    if length.s.const is None:
        count = length.s.value // 8
    else:
        count = length.s.const // 8
        if length.s.const % 8:
            raise Refusal(
                "argument", "the size of bpf_snprintf() data must be a multiple of 8", register=5, value=length
            )
    info = reg.aux
    assert isinstance(info, MapInfo) and info.frozen_bytes is not None and reg.s.const is not None
    text = info.frozen_bytes[reg.off + reg.s.const :].split(b"\0")[0]
    from ebpf.verifier.rules import check_format

    if not check_format(text, count):
        raise Refusal("argument", "Invalid format string", register=3, value=reg)
    return False


def _from_memory(v: Verifier, meta: Meta, i: int) -> bool:
    if v.regs[1].type != MAP_VALUE:
        raise Refusal(
            "dynptr", f"Unsupported reg type {kind_name(v.regs[1].type)} for bpf_dynptr_from_mem data",
            register=1, value=v.regs[1],
        )  # fmt: skip
    return False


def _dynptr_data(v: Verifier, meta: Meta, i: int) -> bool:
    from ebpf.verifier import dynptrs

    meta.dynptr_id, meta.ref = dynptrs.identity(v, v.regs[1])
    return False


def _dynptr_write(v: Verifier, meta: Meta, i: int) -> bool:
    from ebpf.verifier import dynptrs

    return dynptrs.kind_of(v, v.regs[1]) == "skb"


_SPECIAL: dict[int, Callable[[Verifier, Meta, int], bool]] = {
    TAIL_CALL: _tail_call, _H["get_local_storage"]: _local_storage, FOR_EACH: _for_each, LOOP: _loop,
    FIND_VMA: _find_vma, DRAIN: _drain, TIMER_CALLBACK: _timer_callback, _H["snprintf"]: _snprintf,
    _H["dynptr_from_mem"]: _from_memory, _H["dynptr_data"]: _dynptr_data, _H["dynptr_write"]: _dynptr_write,
}  # fmt: skip


# -- functions of the program


def _enter(v: Verifier, state: State, subprog: int, callsite: int) -> Frame:
    number = len(state.frames)
    if number >= MAX_FRAMES:
        raise Refusal("stack-size", f"the call stack of {number + 1} frames is too deep")
    frame = v.new_frame(number, subprog, callsite)
    state.frames.append(frame)
    return frame


def push_callback(v: Verifier, i: int, subprog: int, fill: Callable[[Frame], None]) -> None:
    """Another path, that runs the callback once more; it comes back to the call."""
    function = v.flow.functions[subprog]
    function.callback = True
    queued = v.push_branch(function.start, i)
    callee = _enter(v, queued, subprog, i)
    fill(callee)
    callee.in_callback = True
    queued.callback_unroll += 1
    queued.frames[-2].callback_depth += 1
    v.frames[-1].callback_depth = 0


def push_async(v: Verifier, i: int, subprog: int, fill: Callable[[Frame], None], sleepable: bool) -> None:
    """A callback that runs later, by itself."""
    function = v.flow.functions[subprog]
    function.callback = function.async_callback = True
    frame = v.new_frame(0, subprog, -1)
    state = State([frame])
    state.in_async = True
    state.sleepable = sleepable
    state.first = function.start
    frame.async_count = v.frames[-1].async_count + 1
    fill(frame)
    frame.in_async = True
    v._pending.append((state, function.start, i))
    if len(v._pending) > v.pending_limit:
        raise Refusal("too-complex", f"The sequence of {len(v._pending)} jumps is too complex for async cb.")


def _function_call(v: Verifier, i: int) -> Step:
    flow = v.flow
    index = flow.at[i + flow.imm[i] + 1]
    function = flow.functions[index]
    if function.is_global:
        return _global_call(v, i, index)

    def step(v: Verifier) -> int:
        v.jumps += 1
        state = v.state
        if state.held and state.lock() is not None and not v.privileged:
            raise Refusal("lock", "function calls are not allowed while holding a lock")
        caller = v.frames[-1]
        callee = _enter(v, state, index, i)
        callee.regs[1:6] = caller.regs[1:6]
        caller.regs[0:6] = [UNINIT] * 6
        v.regs = callee.regs
        function.called = True
        return function.start

    return step


def _global_call(v: Verifier, i: int, index: int) -> Step:
    function = v.flow.functions[index]

    def step(v: Verifier) -> int:
        from ebpf.verifier import globals_

        v.jumps += 1
        state = v.state
        if state.lock() is not None:
            raise Refusal(
                "lock", "global function calls are not allowed while holding a lock,\nuse static function instead"
            )
        if (state.preempt or state.irq or state.rcu) and (function.might_sleep or state.preempt):
            raise (
                Refusal(
                    "rcu",
                    "global functions that may sleep are not allowed in non-sleepable context,\nuse static function instead",
                )
                if function.might_sleep
                else Refusal(
                    "rcu",
                    "global function calls are not allowed with preemption disabled,\nuse static function instead",
                )
            )
        globals_.check_call(v, index)
        function.called = True
        if function.changes_packet:
            v.forget_packets()
        regs = v.regs
        regs[0] = UNKNOWN.reg
        regs[1:6] = [UNINIT] * 5
        return i + 1

    return step


def leave(v: Verifier) -> int:
    """The end of a function, or of the program."""
    v.jumps += 1
    state = v.state
    frames = state.frames
    if len(frames) == 1:
        _end(v, state)
        return -1
    callee = frames[-1]
    r0 = callee.regs[0]
    if r0.type == STACK:
        raise Refusal("pointer-leak", "cannot return stack pointer to the caller", register=0, value=r0)
    if callee.in_callback:
        if r0.type != SCALAR:
            from ebpf.verifier.steps import not_readable

            if r0.type == NOT_INIT:
                raise not_readable(0)
            raise Refusal("return", "R0 not a scalar value", register=0, value=r0)
        v.mark_precise(0)
        low, high = callee.return_range
        if not (low <= r0.s.smin and r0.s.smax <= high):
            raise _bad_return(r0, low, high, "At callback return", 0)
    frames.pop()
    v.regs = frames[-1].regs
    if not callee.in_callback:
        v.regs[0] = r0
        return callee.callsite + 1
    before = v.previous_entry(state, callee.callsite)
    if before is not None:
        v.widen(before, state)
    return callee.callsite


def _bad_return(reg: Reg, low: int, high: int, where: str, regno: int) -> Refusal:
    s = reg.s
    if s.smin == -(1 << 63) and s.smax == (1 << 63) - 1:
        known = "unknown scalar value"
    else:
        known = f"smin={s.smin} smax={s.smax}"
    return Refusal(
        "return", f"{where} the register R{regno} has {known} should have been in [{low}, {high}]",
        register=regno, value=reg, required=f"a value from {low} to {high}",
    )  # fmt: skip


def _end(v: Verifier, state: State) -> None:
    """The program ends: nothing is held, and what it returns is allowed."""
    if state.lock() is not None:
        raise Refusal(
            "lock",
            "BPF_EXIT instruction in main prog cannot be used inside bpf_spin_lock-ed region\nbpf_spin_unlock is missing",
        )
    if state.irq:
        raise Refusal("rcu", "BPF_EXIT instruction in main prog cannot be used inside bpf_local_irq_save-ed region")
    if state.rcu:
        raise Refusal(
            "rcu",
            "BPF_EXIT instruction in main prog cannot be used inside bpf_rcu_read_lock-ed region\nbpf_rcu_read_unlock is missing",
        )
    if state.preempt:
        raise Refusal("rcu", "BPF_EXIT instruction in main prog cannot be used inside bpf_preempt_disable-ed region")
    frame = state.frames[0]
    v.check_references()
    reg = frame.regs[0]
    wanted = None if frame.subprog else return_range(v)
    if frame.subprog == 0 and not frame.in_async and wanted == "void":
        return
    if reg.type == NOT_INIT:
        from ebpf.verifier.steps import not_readable

        raise not_readable(0)
    if v.is_pointer(reg):
        raise Refusal("pointer-leak", "R0 leaks addr as return value", register=0, value=reg)
    where = "At program exit"
    if frame.in_async:
        where, wanted = "At async callback return", (0, 0)
    elif frame.subprog:
        if reg.type != SCALAR:
            raise Refusal(
                "return", f"At subprogram exit the register R0 is not a scalar value ({kind_name(reg.type)})",
                register=0, value=reg, required="a number",
            )  # fmt: skip
        return
    if wanted is None or isinstance(wanted, str):
        return
    if reg.type != SCALAR:
        raise Refusal(
            "return", f"{where} the register R0 is not a known value ({kind_name(reg.type)})",
            register=0, value=reg, required=f"a number from {wanted[0]} to {wanted[1]}",
        )  # fmt: skip
    v.mark_precise(0)
    if not (wanted[0] <= reg.s.smin and reg.s.smax <= wanted[1]):
        raise _bad_return(reg, wanted[0], wanted[1], where, 0)


def check_stack_depths(v: Verifier) -> None:
    """No chain of calls uses more than 512 bytes of stack or 8 frames. Programs with a private stack count each function
    alone, and only those of the types that can run inside themselves have one."""
    from ebpf.verifier.rules import private_stack

    functions = v.flow.functions
    adaptive = private_stack(v)

    def rounded(depth: int) -> int:
        # The kernel compiles what it verifies: without an interpreter to care for, 16 bytes are the grain.
        return (depth + 15) & ~15

    def visit(index: int, depth: int, chain: list[int], tail: bool) -> None:
        function = functions[index]
        if function.has_ld_abs and any(functions[n].callback for n in [*chain, index]):
            raise Refusal("helper", "cannot use BPF_LD_[ABS|IND] within callback", slot=function.start)
        if index and function.has_tail_call and depth >= 256:
            raise Refusal(
                "stack-size",
                f"tail_calls are not allowed when call stack of previous frames is {depth} bytes. Too large",
                slot=function.start,
            )
        own = rounded(function.depth)
        if adaptive and own >= 64:
            if own > 512:
                raise Refusal("stack-size", f"stack size of subprog {index} is {own}. Too large", slot=function.start)
        else:
            depth += own
            if depth > 512:
                raise Refusal(
                    "stack-size",
                    f"combined stack size of {len(chain) + 1} calls is {depth}. Too large",
                    slot=function.start,
                )
        for slot, callee, direct in function.calls:
            if functions[callee].async_callback and not direct:
                continue
            if len(chain) + 1 >= MAX_FRAMES:
                raise Refusal("stack-size", f"the call stack of {len(chain) + 1} frames is too deep !", slot=slot)
            visit(callee, depth, [*chain, index], tail)

    visit(0, 0, [], False)
    for function in functions:
        if function.async_callback and function.index:
            visit(function.index, 0, [], False)
