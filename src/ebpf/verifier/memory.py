"""Loads and stores: for each kind of pointer, what may be reached through it, and what a load leaves."""

from __future__ import annotations

from ebpf.uapi import contexts
from ebpf.verifier import arith, kptrs, objects, stack
from ebpf.verifier.bounds import (
    check_alignment,
    check_buffer,
    check_map_access,
    check_map_rights,
    check_packet,
    check_plain_offset,
    check_region,
    check_stack,
    negative,
)
from ebpf.verifier.interned import const
from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import (
    ARENA,
    BTF_ID,
    BUF,
    CONST_MAP,
    CTX,
    FLOW_KEYS,
    KIND,
    MAP_KEY,
    MAP_VALUE,
    MAYBE_NULL,
    MEM,
    MOVED,
    PACKET,
    PACKET_META,
    PACKETS,
    RDONLY,
    RELEASED,
    SCALAR,
    SOCKS,
    STACK,
    TP_BUFFER,
    UNTRUSTED,
    MapInfo,
    Reg,
    is_null,
    kind_name,
)  # fmt: skip
from ebpf.verifier.scalar import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.verifier.arguments import Meta
    from ebpf.verifier.core import Verifier

#: No size of an argument is larger.
MAX_VAR_SIZE = 1 << 29


def not_reachable(regno: int, reg: Reg) -> Refusal:
    name = kind_name(reg.type)
    kind = "not-pointer"
    required = "a pointer to memory that programs may access"
    if reg.type & MAYBE_NULL:
        kind = "map-value-null" if reg.type & KIND == MAP_VALUE else "null"
        required = "a pointer tested against NULL"
    elif reg is MOVED:
        kind, required = "packet-moved", "the pointer read from the context again, and tested again"
    elif reg is RELEASED:
        kind, required = "released", "no use after the release"
    return Refusal(kind, f"R{regno} invalid mem access '{name}'", register=regno, value=reg, required=required)


def _check_leak(v: Verifier, value: int, where: str) -> None:
    if value >= 0 and v.is_pointer(v.regs[value]):
        raise Refusal("pointer-leak", f"R{value} leaks addr into {where}", register=value, value=v.regs[value])


def _check_writable(regno: int, reg: Reg, write: bool) -> None:
    if write and (reg.type & RDONLY or reg.type in SOCKS or reg.type & KIND == MAP_KEY):
        raise Refusal("read-only", f"R{regno} cannot write into {kind_name(reg.type)}", register=regno, value=reg)


def access(
    v: Verifier,
    regno: int,
    off: int,
    size: int,
    write: bool,
    value: int = -1,
    imm: int | None = None,
    strict: bool = False,
    sign: bool = False,
) -> Reg | None:
    """Checks the access of `size` bytes at register `regno` + `off`.

    value   the register stored, or the one that a load goes to; -1 for none
    imm     the number that BPF_ST stores
    Gives what a load with a destination leaves there, else None.
    """
    reg = v.regs[regno]
    type = reg.type
    check_alignment(v, reg, off, size, strict)
    at = off + reg.off
    found: Reg | None
    if type == STACK:
        check_stack(v, regno, reg, at, size, write)
        if write:
            stack.store(v, reg, at, size, value, imm)
            found = None
        else:
            found = stack.load(v, regno, reg, at, size, value)
    else:
        reach = _REACH.get(type & KIND)
        if reach is None or type & MAYBE_NULL:
            raise not_reachable(regno, reg)
        found = reach(v, regno, reg, at, size, write, value, imm, sign)
    v.note(reg, off, size)
    if write or value < 0 or found is None:
        return None
    if size < 8 and found.type == SCALAR:
        s = arith.sign_extend(found.s, size) if sign else arith.zero_extend(found.s, size)
        if s is not found.s:
            same = found.id and found.s.umax < 1 << (size * 8)
            return Reg(SCALAR, s, found.off, found.id) if same else s.reg
    return found


def _map_value(
    v: Verifier, regno: int, reg: Reg, at: int, size: int, write: bool, value: int, imm: int | None, sign: bool
) -> Reg | None:
    info = reg.aux
    assert isinstance(info, MapInfo)
    if write:
        _check_leak(v, value, "map")
    check_map_rights(info, at, size, write)
    check_map_access(regno, reg, at, size, False, True)
    if reg.s.const is None:
        return UNKNOWN.reg
    at += reg.s.const
    field = info.fields.get(at)
    if field is not None and field[0].startswith(("kptr", "uptr")):
        return kptrs.access(v, regno, info, field, write, value, imm)
    if info.frozen_bytes is not None:
        return const(int.from_bytes(info.frozen_bytes[at : at + size], v.byte_order, signed=sign)).reg
    return UNKNOWN.reg


def _context(
    v: Verifier, regno: int, reg: Reg, at: int, size: int, write: bool, value: int, imm: int | None, sign: bool
) -> Reg | None:
    if write:
        _check_leak(v, value, "ctx")
    check_plain_offset(reg, regno)
    return v.context.access(v, at, size, write, sign)


def _packet(
    v: Verifier, regno: int, reg: Reg, at: int, size: int, write: bool, value: int, imm: int | None, sign: bool
) -> Reg | None:
    if write:
        if not v.may_access_packet(True):
            raise Refusal("read-only", "cannot write into packet", register=regno, value=reg)
        _check_leak(v, value, "packet")
    check_packet(regno, reg, at, size, False)
    return UNKNOWN.reg


def _memory(
    v: Verifier, regno: int, reg: Reg, at: int, size: int, write: bool, value: int, imm: int | None, sign: bool
) -> Reg | None:
    _check_writable(regno, reg, write)
    if write:
        _check_leak(v, value, "mem")
    assert isinstance(reg.aux, int)
    if not (reg.type & UNTRUSTED and reg.type & RDONLY):
        check_region(regno, reg, at, size, reg.aux, False)
    return UNKNOWN.reg


def _map_key(
    v: Verifier, regno: int, reg: Reg, at: int, size: int, write: bool, value: int, imm: int | None, sign: bool
) -> Reg | None:
    if write:
        raise Refusal("read-only", f"write to change key R{regno} not allowed", register=regno, value=reg)
    assert isinstance(reg.aux, MapInfo)
    check_region(regno, reg, at, size, reg.aux.spec.key_size, False)
    return UNKNOWN.reg


def _flow_keys(
    v: Verifier, regno: int, reg: Reg, at: int, size: int, write: bool, value: int, imm: int | None, sign: bool
) -> Reg | None:
    if write:
        _check_leak(v, value, "flow keys")
    if at < 0 or at + size > _FLOW_KEYS_SIZE:
        raise Refusal("context", f"invalid access to flow keys off={at} size={size}", register=regno, value=reg)
    return UNKNOWN.reg


def _socket(
    v: Verifier, regno: int, reg: Reg, at: int, size: int, write: bool, value: int, imm: int | None, sign: bool
) -> Reg | None:
    _check_writable(regno, reg, write)
    if reg.s.smin < 0:
        raise negative(regno, reg)
    if not v.context.socket_access(reg.type, at, size):
        text = f"R{regno} invalid {kind_name(reg.type)} access off={at} size={size}"
        raise Refusal("context", text, register=regno, value=reg)
    return UNKNOWN.reg


def _buffer(
    v: Verifier, regno: int, reg: Reg, at: int, size: int, write: bool, value: int, imm: int | None, sign: bool
) -> Reg | None:
    _check_writable(regno, reg, write)
    check_buffer(v, regno, reg, at, size)
    return UNKNOWN.reg


def _object(
    v: Verifier, regno: int, reg: Reg, at: int, size: int, write: bool, value: int, imm: int | None, sign: bool
) -> Reg | None:
    return objects.access(v, regno, reg, at, size, write)


def _map(
    v: Verifier, regno: int, reg: Reg, at: int, size: int, write: bool, value: int, imm: int | None, sign: bool
) -> Reg | None:
    return objects.access_map(v, regno, reg, at, size, write)


def _arena(
    v: Verifier, regno: int, reg: Reg, at: int, size: int, write: bool, value: int, imm: int | None, sign: bool
) -> Reg | None:
    return UNKNOWN.reg


#: Kind of pointer → what an access through it may reach, and leaves; the stack stands before them.
_REACH: dict[int, Callable[[Verifier, int, Reg, int, int, bool, int, int | None, bool], Reg | None]] = {
    MAP_VALUE: _map_value, CTX: _context, PACKET: _packet, PACKET_META: _packet, MEM: _memory, MAP_KEY: _map_key,
    FLOW_KEYS: _flow_keys, **dict.fromkeys(SOCKS, _socket), TP_BUFFER: _buffer, BUF: _buffer, BTF_ID: _object,
    CONST_MAP: _map, ARENA: _arena,
}  # fmt: skip
_FLOW_KEYS_SIZE = contexts.context("bpf_flow_keys").size


def check_helper_memory(v: Verifier, regno: int, size: int, write: bool, zero_ok: bool, meta: Meta | None) -> None:
    """A call may read or write `size` bytes at register `regno`."""
    regs = v.regs
    reg = regs[regno]
    kind = reg.type & KIND
    if kind in PACKETS:
        check_packet(regno, reg, reg.off, size, zero_ok)
        v.note(reg, 0, size)
    elif kind == MAP_KEY:
        _check_writable(regno, reg, write)
        assert isinstance(reg.aux, MapInfo)
        check_region(regno, reg, reg.off, size, reg.aux.spec.key_size, False)
    elif kind == MAP_VALUE:
        assert isinstance(reg.aux, MapInfo)
        check_map_rights(reg.aux, reg.off, size, write)
        check_map_access(regno, reg, reg.off, size, zero_ok, False)
    elif kind == MEM:
        _check_writable(regno, reg, write)
        assert isinstance(reg.aux, int)
        check_region(regno, reg, reg.off, size, reg.aux, zero_ok)
    elif kind == BUF:
        _check_writable(regno, reg, write)
        check_buffer(v, regno, reg, reg.off, size)
    elif kind == STACK:
        stack.check_initialised(v, regno, reg, reg.off, size, zero_ok, True, meta, write)
    elif kind == BTF_ID:
        objects.access(v, regno, reg, reg.off, size, False)
    elif kind == CTX and not v.context.converted:
        # The whole context is plain memory: the access is checked at its last byte.
        if size == 0:
            if not zero_ok:
                raise Refusal("argument", "invalid zero-sized read", register=regno, value=reg)
            return
        access(v, regno, size - 1, 1, write)
    else:
        if zero_ok and size == 0 and is_null(reg):
            return
        raise Refusal(
            "argument",
            f"R{regno} type={kind_name(reg.type)} expected=fp",
            register=regno, value=reg, required="a pointer to memory",
        )  # fmt: skip


def check_memory_size(v: Verifier, memory: int, regno: int, write: bool, zero_ok: bool, meta: Meta) -> None:
    """The register `regno` is the size of the memory at register `memory`."""
    reg = v.regs[regno]
    s = reg.s
    meta.size_max = s.umax
    if s.smin < 0:
        raise Refusal(
            "negative",
            f"R{regno} min value is negative, either use unsigned or 'var &= const'",
            register=regno, value=reg, required="a size that is not negative",
        )  # fmt: skip
    if s.umin == 0 and not zero_ok:
        raise Refusal(
            "argument",
            f"R{regno} invalid zero-sized read: u64=[{s.umin},{s.umax}]",
            register=regno, value=reg, required="a size of at least 1",
        )  # fmt: skip
    if s.umax >= MAX_VAR_SIZE:
        raise Refusal(
            "unbounded",
            f"R{regno} unbounded memory access, use 'var &= const' or 'if (var < const)'",
            register=regno, value=reg, required="a size with an upper bound",
        )  # fmt: skip
    check_helper_memory(v, memory, s.umax, write, zero_ok, meta if s.const is not None else None)
    v.mark_precise(regno)


def check_memory_argument(v: Verifier, regno: int, size: int) -> None:
    """A pointer to `size` bytes that will be read and written; NULL is let pass, and looked at by the caller."""
    regs = v.regs
    reg = regs[regno]
    if is_null(reg):
        return
    saved = reg
    if reg.type & MAYBE_NULL:
        regs[regno] = v.not_null(reg)
    try:
        check_helper_memory(v, regno, size, False, True, None)
        check_helper_memory(v, regno, size, True, True, None)
    finally:
        regs[regno] = saved
