"""What helpers take: each argument by its kind, and what is found out about the call on the way."""

from __future__ import annotations

from ebpf.uapi.helpers import IDS
from ebpf.verifier import dynptrs, kptrs, locks, objects, precision
from ebpf.verifier.bounds import check_alignment, check_map_access, check_plain_offset
from ebpf.verifier.memory import check_helper_memory, check_memory_size
from ebpf.verifier.messages import Refusal, not_readable
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
    XDP_SOCK,
    MapInfo,
    Reg,
    is_null,
    kind_name,
)
from ebpf.verifier.state import SPILL, ZEROED, Frame

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.uapi.helpers import Kind, Proto
    from ebpf.verifier.core import Verifier

_KPTR_XCHG = IDS["kptr_xchg"]

_MEMORY = (STACK, PACKET, PACKET_META, MAP_KEY, MAP_VALUE, MEM, MEM | RINGBUF, BUF, BTF_ID | TRUSTED)
_SOCK = (SOCK_COMMON, SOCKET, TCP_SOCK, XDP_SOCK)
#: Argument kind → the types of registers that it takes.
_ACCEPTS: dict[str, tuple[int, ...]] = {
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
#: What may point anywhere, and what only at a constant distance.
_FREE_OFFSET = frozenset(
    (STACK, PACKET, PACKET_META, MAP_KEY, MAP_VALUE, MEM, MEM | RDONLY, MEM | RINGBUF, BUF, BUF | RDONLY, ARENA, SCALAR)
)
_FIXED_OFFSET = frozenset(
    (
        BTF_ID, BTF_ID | ALLOC, BTF_ID | TRUSTED, BTF_ID | RCU, BTF_ID | ALLOC | NON_OWN_REF,
        BTF_ID | ALLOC | NON_OWN_REF | RCU,
    )
)  # fmt: skip


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


def _check_object(v: Verifier, regno: int, reg: Reg, kind: Kind, meta: Meta, as_memory: bool) -> None:
    """A pointer to a kernel object, or one of the program's own: whether it is of the struct that the helper wants."""
    flags = kind.flags
    if as_memory:
        if "MEM_RDONLY" not in flags:
            raise Refusal(
                "read-only", f"bpf helper may write into memory pointed by R{regno} type={kind_name(reg.type)}",
                register=regno, value=reg,
            )  # fmt: skip
        return
    if reg.type & PERCPU and not reg.type & ALLOC:
        return
    if reg.type & MAYBE_NULL and ("PTR_MAYBE_NULL" not in flags or "OBJ_RELEASE" in flags):
        raise Refusal("null", f"Possibly NULL pointer passed to helper arg{regno}", register=regno, value=reg)
    if meta.number == _KPTR_XCHG:
        if regno == 2:
            kptrs.check_match(v, meta.field, reg, regno)
        return
    if reg.type & ALLOC:
        return
    wanted = kind.struct or ("sock_common" if "SOCK_COMMON" in kind.kind else "")
    if not wanted:
        return
    need_btf, need_id, _ = objects.core_type(v, wanted)
    btf, type_id, name = reg.aux
    strict = "OBJ_RELEASE" in flags and meta.number != IDS["sk_release"]
    if not objects.same_struct(btf, type_id, reg.off, need_btf, need_id, strict):
        raise Refusal("argument", f"R{regno} is of type {name} but {wanted} is expected", register=regno, value=reg)


def _check_type(v: Verifier, regno: int, reg: Reg, kind: Kind, meta: Meta, accepts: tuple[int, ...]) -> None:
    """Whether the register is of a sort that the argument takes."""
    type = reg.type
    flags = kind.flags
    if "MEM_RDONLY" in flags:
        type &= ~RDONLY
    if "PTR_MAYBE_NULL" in flags:
        type &= ~MAYBE_NULL
    if kind.kind == "ARG_PTR_TO_MEM":
        type &= ~DYNPTR_ANY
    if meta.number == _KPTR_XCHG and regno == 2 and type & ALLOC:
        type &= ~(ALLOC | PERCPU)
    if type in accepts:
        if reg.type & KIND == BTF_ID:
            _check_object(v, regno, reg, kind, meta, accepts is _MEMORY)
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


def check_argument(v: Verifier, proto: Proto, meta: Meta, regno: int, kind: Kind) -> None:
    reg = v.regs[regno]
    if reg.type == NOT_INIT:
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
        elif name == "BLOOM_FILTER" and meta.number == IDS["map_peek_elem"]:
            # What is asked of the filter is read; it writes nothing there.
            kind = kind.replace(flags=flags - {"MEM_UNINIT", "MEM_WRITE"})
    maybe_null = "PTR_MAYBE_NULL" in flags
    released = "OBJ_RELEASE" in flags
    if maybe_null and is_null(reg):
        v.mark_precise(regno)
    else:
        _check_type(v, regno, reg, kind, meta, _ACCEPTS[what])
        check_offset(reg, regno, released, what == "ARG_PTR_TO_DYNPTR")
    if released:
        if what == "ARG_PTR_TO_DYNPTR":
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
        handler(v, proto, meta, regno, reg, kind)


def _arg_map(v: Verifier, proto: Proto, meta: Meta, regno: int, reg: Reg, kind: Kind) -> None:
    assert isinstance(reg.aux, MapInfo)
    if meta.map is not None and (meta.map is not reg.aux or meta.map_uid != reg.uid):
        raise Refusal(
            "map-kind",
            f"timer pointer in R1 map_uid={meta.map_uid} doesn't match map pointer in R2 map_uid={reg.uid}",
            register=regno, value=reg,
        )  # fmt: skip
    meta.map = reg.aux
    meta.map_uid = reg.uid


def _arg_key(v: Verifier, proto: Proto, meta: Meta, regno: int, reg: Reg, kind: Kind) -> None:
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
    masks = [0] * len(v.frames)
    masks[reg.aux] = 1 << (16 + spi)
    precision.mark(v, -1, masks)
    return slot.reg.s.const


def _arg_value(v: Verifier, proto: Proto, meta: Meta, regno: int, reg: Reg, kind: Kind) -> None:
    if "PTR_MAYBE_NULL" in kind.flags and is_null(reg):
        return
    if meta.map is None:
        raise Refusal("argument", "invalid map_ptr to access map->value")
    meta.raw = "MEM_UNINIT" in kind.flags
    check_helper_memory(v, regno, meta.map.value_size, "MEM_WRITE" in kind.flags, False, meta)


def _arg_memory(v: Verifier, proto: Proto, meta: Meta, regno: int, reg: Reg, kind: Kind) -> None:
    meta.raw = "MEM_UNINIT" in kind.flags
    if "MEM_FIXED_SIZE" in kind.flags:
        check_helper_memory(v, regno, kind.size, "MEM_WRITE" in kind.flags, False, meta)
        if "MEM_ALIGNED" in kind.flags:
            check_alignment(v, reg, 0, kind.size, True)


def _arg_size(v: Verifier, proto: Proto, meta: Meta, regno: int, reg: Reg, kind: Kind) -> None:
    write = "MEM_WRITE" in proto.arguments[regno - 2].flags
    check_memory_size(v, regno - 1, regno, write, kind.kind.endswith("OR_ZERO"), meta)


def _arg_alloc(v: Verifier, proto: Proto, meta: Meta, regno: int, reg: Reg, kind: Kind) -> None:
    if reg.s.const is None:
        raise Refusal(
            "argument", f"R{regno} is not a known constant'", register=regno, value=reg, required="a constant"
        )
    meta.mem_size = reg.s.const & 0xFFFFFFFF
    v.mark_precise(regno)


def _arg_function(v: Verifier, proto: Proto, meta: Meta, regno: int, reg: Reg, kind: Kind) -> None:
    assert isinstance(reg.aux, int)
    meta.subprog = reg.aux


def _arg_string(v: Verifier, proto: Proto, meta: Meta, regno: int, reg: Reg, kind: Kind) -> None:
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
    check_map_access(regno, reg, reg.off, info.value_size - reg.off, False, False)
    if 0 not in info.frozen_bytes[reg.off + reg.s.const :]:
        raise Refusal("argument", "string is not zero-terminated", register=regno, value=reg)


def _arg_lock(v: Verifier, proto: Proto, meta: Meta, regno: int, reg: Reg, kind: Kind) -> None:
    locks.spin(v, regno, reg, meta.number == IDS["spin_lock"])


def _arg_timer(v: Verifier, proto: Proto, meta: Meta, regno: int, reg: Reg, kind: Kind) -> None:
    locks.timer(regno, reg, meta)


def _arg_kptr(v: Verifier, proto: Proto, meta: Meta, regno: int, reg: Reg, kind: Kind) -> None:
    kptrs.check_exchange(v, regno, reg, meta)


def _arg_dynptr(v: Verifier, proto: Proto, meta: Meta, regno: int, reg: Reg, kind: Kind) -> None:
    dynptrs.argument(v, regno, reg, kind.flags)


def _arg_percpu(v: Verifier, proto: Proto, meta: Meta, regno: int, reg: Reg, kind: Kind) -> None:
    meta.ret_type = reg.aux


_HANDLERS = {
    "ARG_CONST_MAP_PTR": _arg_map, "ARG_PTR_TO_MAP_KEY": _arg_key, "ARG_PTR_TO_MAP_VALUE": _arg_value,
    "ARG_PTR_TO_MEM": _arg_memory, "ARG_CONST_SIZE": _arg_size, "ARG_CONST_SIZE_OR_ZERO": _arg_size,
    "ARG_CONST_ALLOC_SIZE_OR_ZERO": _arg_alloc, "ARG_PTR_TO_FUNC": _arg_function, "ARG_PTR_TO_CONST_STR": _arg_string,
    "ARG_PTR_TO_SPIN_LOCK": _arg_lock, "ARG_PTR_TO_TIMER": _arg_timer, "ARG_KPTR_XCHG_DEST": _arg_kptr,
    "ARG_PTR_TO_DYNPTR": _arg_dynptr, "ARG_PTR_TO_PERCPU_BTF_ID": _arg_percpu,
}  # fmt: skip
