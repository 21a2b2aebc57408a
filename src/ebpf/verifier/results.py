"""What helpers give: r0 after a call."""

from __future__ import annotations

import os
from functools import cache

from ebpf.btf import Struct
from ebpf.uapi import helpers
from ebpf.uapi.helpers import IDS
from ebpf.verifier import kptrs, objects
from ebpf.verifier.arguments import Meta
from ebpf.verifier.interned import settle
from ebpf.verifier.regs import (
    ALLOC,
    BTF_ID,
    MAP_VALUE,
    MAYBE_NULL,
    MEM,
    PERCPU,
    RCU,
    RDONLY,
    RINGBUF,
    SCALAR,
    SOCK_COMMON,
    SOCKET,
    TCP_SOCK,
    TRUSTED,
    UNINIT,
    Reg,
)
from ebpf.verifier.rules import ACQUIRES, CASTS
from ebpf.verifier.scalar import UNKNOWN
from ebpf.verifier.tnum import M32, M64

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.uapi.helpers import Proto
    from ebpf.verifier.core import Verifier

_LOOKUP = IDS["map_lookup_elem"]


def result(v: Verifier, proto: Proto, meta: Meta, arguments: list[Reg]) -> Reg:
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
            type & MAYBE_NULL and number == _LOOKUP and 0 <= meta.const_key < info.spec.max_entries
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
        reg = _object(v, proto, meta, type, arguments)
    if reg.type & MAYBE_NULL:
        reg = reg.but(id=v.new_id())
    name = helpers.NAMES[number]
    if number == IDS["dynptr_data"]:
        reg = reg.but(ref=meta.ref, uid=meta.dynptr_id)
    elif name in CASTS:
        reg = reg.but(ref=meta.ref)
    elif name in ACQUIRES or (
        number == _LOOKUP and meta.map is not None and meta.map.spec.type.name in ("SOCKMAP", "SOCKHASH")
    ):
        id = v.acquire()
        reg = reg.but(id=id, ref=id)
    return reg


@cache
def _cpus() -> int:
    """How many CPUs the result of bpf_get_smp_processor_id() may name."""
    return os.cpu_count() or 1


def _integer(v: Verifier, number: int, meta: Meta) -> Reg:
    name = helpers.NAMES[number]
    if name in ("get_stack", "get_task_stack", "probe_read_str", "probe_read_kernel_str", "probe_read_user_str"):
        most = meta.size_max
        top = most - (1 << 32) if most >> 31 & 1 else most
        return settle(0, M64, 0, M64, -objects.MAX_ERRNO, most, 0, M32, -objects.MAX_ERRNO, top).reg
    if name == "get_smp_processor_id":
        last = _cpus() - 1
        return settle(0, M64, 0, last, 0, last, 0, last, 0, last).reg
    return UNKNOWN.reg


def _object(v: Verifier, proto: Proto, meta: Meta, flags: int, arguments: list[Reg]) -> Reg:
    """A pointer to an object, or what a typed variable of the kernel holds."""
    kind = proto.returns
    if meta.field is not None:
        return kptrs.exchanged(v, meta, flags)
    if kind.kind == "RET_PTR_TO_MEM_OR_BTF_ID":
        if meta.ret_type is None:
            raise objects.unproved("what this helper gives")
        btf, type_id, name = meta.ret_type
        if arguments[0].type & RCU and arguments[0].type & PERCPU:
            return Reg(BTF_ID | ALLOC | RCU | (flags & MAYBE_NULL), aux=(btf, type_id, name))
        if isinstance(btf.type(btf.resolve(type_id)), Struct):
            return Reg(BTF_ID | (flags & ~RDONLY), aux=(btf, type_id, name))
        return Reg(MEM | flags, aux=btf.size(type_id))
    name = kind.struct
    if not name:
        raise objects.unproved("what this helper gives")
    return Reg(BTF_ID | flags, aux=objects.core_type(v, name))
