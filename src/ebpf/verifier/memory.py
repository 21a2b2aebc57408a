"""Loads and stores: for each kind of pointer, what may be reached through it, and what a load leaves."""

from __future__ import annotations

from ebpf.uapi.flags import BPF_F_RDONLY_PROG, BPF_F_WRONLY_PROG
from ebpf.verifier import arith, kptrs, objects, stack, tnum
from ebpf.verifier.messages import Refusal
from ebpf.verifier.offsets import check_alignment, check_plain_offset
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
    MAX_VAR_OFF,
    MAYBE_NULL,
    MEM,
    MOVED,
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
    kind_name,
)  # fmt: skip
from ebpf.verifier.scalar import S64_MIN, UNKNOWN, const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.arguments import Meta
    from ebpf.verifier.core import Verifier
    from ebpf.verifier.scalar import Scalar

MAX_VAR_SIZE = 1 << 29
S32 = 1 << 31


def _outside(v: Verifier, regno: int, reg: Reg, off: int, size: int, whole: int) -> Refusal:
    kind = reg.type & KIND
    required = f"an offset from 0 to {whole - size}" if whole >= size else f"an access of at most {whole} bytes"
    if kind == MAP_KEY:
        text = f"invalid access to map key, key_size={whole} off={off} size={size}"
    elif kind == MAP_VALUE:
        text = f"invalid access to map value, value_size={whole} off={off} size={size}"
        return Refusal("map-bounds", text, register=regno, value=reg, required=required)
    elif kind in PACKETS:
        text = f"invalid access to packet, off={off} size={size}, R{regno}(id={reg.id},off={off},r={whole})"
        required = f"{off + size} bytes known to be in the packet; {max(whole, 0)} are"
        return Refusal("packet-bounds", text, register=regno, value=reg, required=required)
    else:
        text = f"invalid access to memory, mem_size={whole} off={off} size={size}"
    return Refusal("memory-bounds", text, register=regno, value=reg, required=required)


def _within(off: int, size: int, whole: int, zero_ok: bool) -> bool:
    return off >= 0 and (size > 0 or (size == 0 and zero_ok)) and off + size <= whole


def check_region(v: Verifier, regno: int, reg: Reg, off: int, size: int, whole: int, zero_ok: bool) -> None:
    """An access at `off` (the fixed part, from the register's and the instruction's) of `whole` bytes of memory."""
    s = reg.s
    if (
        s.const is not None
        and s.const + off >= 0
        and s.const + off + size <= whole
        and (size or zero_ok)
        and s.smin >= 0
    ):
        return
    if s.smin < 0 and (s.smin == S64_MIN or not -S32 <= off + s.smin < S32 or s.smin + off < 0):
        raise Refusal(
            "negative",
            f"R{regno} min value is negative, either use unsigned index or do a if (index >=0) check.",
            register=regno, value=reg, required="an offset that is not negative",
        )  # fmt: skip
    if not _within(s.smin + off, size, whole, zero_ok):
        refusal = _outside(v, regno, reg, s.smin + off, size, whole)
        refusal.reason += f"\nR{regno} min value is outside of the allowed memory range"
        raise refusal
    if s.umax >= MAX_VAR_OFF:
        raise Refusal(
            "unbounded",
            f"R{regno} unbounded memory access, make sure to bounds check any such access",
            register=regno, value=reg, required=f"an offset of at most {max(whole - size - off, 0)}",
        )  # fmt: skip
    if not _within(s.umax + off, size, whole, zero_ok):
        refusal = _outside(v, regno, reg, s.umax + off, size, whole)
        refusal.reason += f"\nR{regno} max value is outside of the allowed memory range"
        raise refusal


def check_map_access(
    v: Verifier, regno: int, reg: Reg, off: int, size: int, zero_ok: bool, direct: bool, write: bool = False
) -> None:
    info = reg.aux
    assert isinstance(info, MapInfo)
    check_region(v, regno, reg, off, size, info.value_size, zero_ok)
    for at, (name, _, width) in info.fields.items():
        if reg.s.smin + off < at + width and at < reg.s.umax + off + size:
            if name.startswith("kptr") or name == "uptr":
                if not direct:
                    raise Refusal(
                        "field",
                        f"{'kptr' if name != 'uptr' else 'uptr'} cannot be accessed indirectly by helper",
                        register=regno,
                    )
                if reg.s.const is None:
                    raise Refusal(
                        "field",
                        f"{'kptr' if name != 'uptr' else 'uptr'} access cannot have variable offset",
                        register=regno,
                        value=reg,
                    )
                if at != off + reg.s.const:
                    raise Refusal(
                        "field",
                        f"kptr access misaligned expected={at} off={off + reg.s.const}",
                        register=regno,
                        value=reg,
                    )
                if size != 8:
                    raise Refusal("field", "kptr access size must be BPF_DW", register=regno)
            else:
                raise Refusal("field", f"{name} cannot be accessed directly by load/store", register=regno)


def check_map_rights(v: Verifier, info: MapInfo, off: int, size: int, write: bool) -> None:
    flags = info.spec.flags
    if write and flags & BPF_F_RDONLY_PROG:
        raise Refusal("read-only", f"write into map forbidden, value_size={info.value_size} off={off} size={size}")
    if not write and flags & BPF_F_WRONLY_PROG:
        raise Refusal("read-only", f"read from map forbidden, value_size={info.value_size} off={off} size={size}")


def check_packet(v: Verifier, regno: int, reg: Reg, off: int, size: int, zero_ok: bool) -> None:
    if reg.s.smin < 0:
        raise Refusal(
            "negative",
            f"R{regno} min value is negative, either use unsigned index or do a if (index >=0) check.",
            register=regno, value=reg, required="an offset that is not negative",
        )  # fmt: skip
    reach = reg.aux
    assert isinstance(reach, int)
    if reach < 0 or not _within(off, size, reach, zero_ok):
        refusal = _outside(v, regno, reg, off, size, reach)
        refusal.reason = (refusal.reason + "\n" if reach >= 0 else "") + f"R{regno} offset is outside of the packet"
        raise refusal


_BUFFERS = {TP_BUFFER: "tracepoint"}


def check_buffer(v: Verifier, regno: int, reg: Reg, off: int, size: int) -> None:
    name = "tracepoint" if reg.type & KIND == TP_BUFFER else "rdonly" if reg.type & RDONLY else "rdwr"
    if off < 0:
        raise Refusal(
            "memory-bounds", f"R{regno} invalid {name} buffer access: off={off}, size={size}", register=regno, value=reg
        )
    if reg.s.const != 0:
        raise Refusal(
            "memory-bounds",
            f"R{regno} invalid variable buffer offset: off={off}, var_off={tnum.text(reg.s.value, reg.s.mask)}",
            register=regno, value=reg,
        )  # fmt: skip
    if reg.type & KIND == TP_BUFFER:
        v.reach_buffer("tp", off + size)
    else:
        v.reach_buffer("rdonly" if reg.type & RDONLY else "rdwr", off + size)


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
    regs = v.regs
    reg = regs[regno]
    kind = reg.type
    check_alignment(v, reg, off, size, strict)
    fixed = off + reg.off
    found: Reg | None = None
    wanted = not write and value >= 0
    if kind == STACK:
        stack.check_bounds(v, regno, reg, fixed, size, write)
        if write:
            stack.store(v, reg, fixed, size, value, imm)
            return None
        loaded = stack.load(v, regno, reg, fixed, size, value)
        v.note(reg, off, size)
        if loaded is None or not wanted:
            return None
        found = loaded
    elif kind == MAP_VALUE:
        info = reg.aux
        assert isinstance(info, MapInfo)
        if write and value >= 0 and v.is_pointer(regs[value]):
            raise Refusal("pointer-leak", f"R{value} leaks addr into map", register=value, value=regs[value])
        check_map_rights(v, info, fixed, size, write)
        check_map_access(v, regno, reg, fixed, size, False, True, write)
        field = info.fields.get(fixed + reg.s.const) if reg.s.const is not None and info.fields else None
        if field is not None and field[0].startswith(("kptr", "uptr")):
            found = kptrs.access(v, regno, reg, info, field, write, value, imm)
            if found is not None and wanted:
                return found
            return None
        if wanted:
            found = UNKNOWN.reg
            if info.frozen_bytes is not None and reg.s.const is not None:
                at = fixed + reg.s.const
                number = int.from_bytes(info.frozen_bytes[at : at + size], v.byte_order, signed=sign)
                v.note(reg, off, size)
                return const(number).reg
    elif kind == CTX:
        if write and value >= 0 and v.is_pointer(regs[value]):
            raise Refusal("pointer-leak", f"R{value} leaks addr into ctx", register=value, value=regs[value])
        check_plain_offset(reg, regno)
        result = v.context.access(v, fixed, size, write, sign)
        if wanted:
            found = result
    elif kind in PACKETS:
        if write and not v.may_access_packet(True):
            raise Refusal("read-only", "cannot write into packet", register=regno, value=reg)
        if write and value >= 0 and v.is_pointer(regs[value]):
            raise Refusal("pointer-leak", f"R{value} leaks addr into packet", register=value, value=regs[value])
        check_packet(v, regno, reg, fixed, size, False)
        found = UNKNOWN.reg
    elif kind & KIND == MEM:
        if kind & MAYBE_NULL:
            raise not_reachable(regno, reg)
        if write and kind & RDONLY:
            raise Refusal("read-only", f"R{regno} cannot write into {kind_name(kind)}", register=regno, value=reg)
        if write and value >= 0 and v.is_pointer(regs[value]):
            raise Refusal("pointer-leak", f"R{value} leaks addr into mem", register=value, value=regs[value])
        assert isinstance(reg.aux, int)
        if not (kind & UNTRUSTED and kind & RDONLY):
            check_region(v, regno, reg, fixed, size, reg.aux, False)
        found = UNKNOWN.reg
    elif kind == MAP_KEY:
        if write:
            raise Refusal("read-only", f"write to change key R{regno} not allowed", register=regno, value=reg)
        assert isinstance(reg.aux, MapInfo)
        check_region(v, regno, reg, fixed, size, reg.aux.spec.key_size, False)
        found = UNKNOWN.reg
    elif kind == FLOW_KEYS:
        if write and value >= 0 and v.is_pointer(regs[value]):
            raise Refusal("pointer-leak", f"R{value} leaks addr into flow keys", register=value, value=regs[value])
        if size < 0 or fixed < 0 or fixed + size > 56:
            raise Refusal("context", f"invalid access to flow keys off={fixed} size={size}", register=regno, value=reg)
        found = UNKNOWN.reg
    elif kind in SOCKS:
        if write:
            raise Refusal("read-only", f"R{regno} cannot write into {kind_name(kind)}", register=regno, value=reg)
        if reg.s.smin < 0:
            raise Refusal(
                "negative",
                f"R{regno} min value is negative, either use unsigned index or do a if (index >=0) check.",
                register=regno, value=reg,
            )  # fmt: skip
        if not v.context.socket_access(v, kind, fixed, size):
            raise Refusal(
                "context",
                f"R{regno} invalid {kind_name(kind)} access off={fixed} size={size}",
                register=regno,
                value=reg,
            )
        found = UNKNOWN.reg
    elif kind == TP_BUFFER or (kind & KIND == BUF and not kind & MAYBE_NULL):
        if write and kind & RDONLY:
            raise Refusal("read-only", f"R{regno} cannot write into {kind_name(kind)}", register=regno, value=reg)
        check_buffer(v, regno, reg, fixed, size)
        found = UNKNOWN.reg
    elif kind & KIND == BTF_ID and not kind & MAYBE_NULL:
        found = objects.access(v, regno, reg, fixed, size, write, value)
    elif kind == CONST_MAP:
        found = objects.access_map(v, regno, reg, fixed, size, write)
    elif kind == ARENA:
        found = UNKNOWN.reg
    else:
        raise not_reachable(regno, reg)
    v.note(reg, off, size)
    if not wanted or found is None:
        return None
    if size < 8 and found.type == SCALAR:
        s = arith.sign_extend(found.s, size) if sign else arith.zero_extend(found.s, size)
        if s is not found.s:
            return Reg(SCALAR, s, found.off, found.id) if found.id and _keeps(found.s, size) else s.reg
    return found


def _keeps(s: Scalar, size: int) -> bool:
    return s.umax < 1 << (size * 8)


def check_helper_memory(v: Verifier, regno: int, size: int, write: bool, zero_ok: bool, meta: Meta | None) -> None:
    """A call may read or write `size` bytes at register `regno`."""
    regs = v.regs
    reg = regs[regno]
    kind = reg.type & KIND
    if kind in PACKETS:
        check_packet(v, regno, reg, reg.off, size, zero_ok)
        v.note(reg, 0, size)
    elif kind == MAP_KEY:
        if write:
            raise Refusal("read-only", f"R{regno} cannot write into {kind_name(reg.type)}", register=regno, value=reg)
        assert isinstance(reg.aux, MapInfo)
        check_region(v, regno, reg, reg.off, size, reg.aux.spec.key_size, False)
    elif kind == MAP_VALUE:
        assert isinstance(reg.aux, MapInfo)
        check_map_rights(v, reg.aux, reg.off, size, write)
        check_map_access(v, regno, reg, reg.off, size, zero_ok, False, write)
    elif kind == MEM:
        if reg.type & RDONLY and write:
            raise Refusal("read-only", f"R{regno} cannot write into {kind_name(reg.type)}", register=regno, value=reg)
        assert isinstance(reg.aux, int)
        check_region(v, regno, reg, reg.off, size, reg.aux, zero_ok)
    elif kind == BUF:
        if reg.type & RDONLY and write:
            raise Refusal("read-only", f"R{regno} cannot write into {kind_name(reg.type)}", register=regno, value=reg)
        check_buffer(v, regno, reg, reg.off, size)
    elif kind == STACK:
        stack.check_initialised(v, regno, reg, reg.off, size, zero_ok, True, meta, write)
    elif kind == BTF_ID:
        objects.access(v, regno, reg, reg.off, size, False, -1)
    elif kind == CTX and not v.context.converted:
        # The whole context is plain memory: the access is checked at its last byte.
        if size == 0:
            if not zero_ok:
                raise Refusal("argument", "invalid zero-sized read", register=regno, value=reg)
            return
        access(v, regno, size - 1, 1, write)
    else:
        if zero_ok and size == 0 and reg.type == SCALAR and reg.s.const == 0:
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
    if reg.type == SCALAR and reg.s.const == 0:
        return
    saved = reg
    if reg.type & MAYBE_NULL:
        regs[regno] = v.not_null(reg)
    try:
        check_helper_memory(v, regno, size, False, True, None)
        check_helper_memory(v, regno, size, True, True, None)
    finally:
        regs[regno] = saved
