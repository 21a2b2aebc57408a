"""The stack: what each byte holds, spilled registers, and what calls may read and write there."""

from __future__ import annotations

from ebpf.verifier import dynptrs, tnum
from ebpf.verifier.bounds import check_stack, slot_of
from ebpf.verifier.interned import const
from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import SCALAR, STACK, UNINIT, Reg, is_null, is_spillable
from ebpf.verifier.scalar import UNKNOWN, ZERO
from ebpf.verifier.state import (
    DYN,
    INVALID,
    MISC,
    SPILL,
    SPILLED,
    ZEROED,
    Frame,
    Slot,
    scrubbed,
)  # fmt: skip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.arguments import Meta
    from ebpf.verifier.core import Verifier


def store(v: Verifier, reg: Reg, off: int, size: int, value: int, imm: int | None) -> None:
    """Stores register `value` (or the number `imm`, or anything at all if that is None) at `off`."""
    frame: Frame = v.frames[reg.aux]
    if reg.s.const is None:
        _store_anywhere(v, frame, reg, off, size, value, imm)
        return
    off += reg.s.smin
    at = -off - 1
    spi = at >> 3
    v.touched |= 1 << spi
    slot = frame.stack[spi]
    if not v.pointer_leaks_ok and slot.types[7] == SPILL and slot.reg.type != SCALAR and size != 8:
        raise Refusal(
            "pointer-leak", "attempt to corrupt spilled pointer on stack", register=value if value >= 0 else None
        )
    current = v.frames[-1]
    source = current.regs[value] if value >= 0 else None
    if slot.types[7] == DYN or slot.types[0] == DYN:
        dynptrs.destroy(v, frame, spi)
        slot = frame.stack[spi]
    aligned = not off % 8
    if source is not None and aligned and source.type == SCALAR and v.capable:
        fits = source.s.umax.bit_length() <= size * 8
        if fits:
            source = v.link(value)
        elif source.id or source.off:
            source = source.s.reg
        _save(frame, spi, source, size, slot)
        v.push_history((frame.number, spi))
    elif source is None and aligned and imm is not None and v.capable:
        _save(frame, spi, const(imm).reg, size, slot)
        v.push_history((frame.number, spi))
    elif source is not None and is_spillable(source.type):
        if size != 8:
            raise Refusal(
                "stack-uninitialised",
                "invalid size of register spill",
                register=value, value=source, required="a store of all 8 bytes of a pointer",
            )  # fmt: skip
        if frame is not current and source.type == STACK:
            raise Refusal(
                "pointer-leak",
                "cannot spill pointers to stack into stack frame of the caller",
                register=value,
                value=source,
            )
        _save(frame, spi, source, size, slot)
        v.push_history((frame.number, spi))
    else:
        kind = MISC
        types = _as_bytes(slot)
        if size == 8:
            frame.written |= 1 << spi
        if (source is not None and is_null(source)) or (source is None and imm == 0):
            if source is not None:
                v.mark_precise(value)
            kind = ZEROED
        for i in range(size):
            types[(at - i) % 8] = kind
        frame.stack[spi] = Slot(bytes(types))


def _as_bytes(slot: Slot) -> bytearray:
    """What the bytes of a slot are once a part of it is written."""
    return bytearray(slot.types if slot.types[7] in (INVALID, MISC, ZEROED) else scrubbed(slot.types))


def _save(frame: Frame, spi: int, reg: Reg, size: int, before: Slot) -> None:
    if size == 8:
        frame.written |= 1 << spi
        frame.stack[spi] = Slot(SPILLED, reg)
        return
    types = bytearray(SPILLED)
    for i in range(8 - size):
        old = before.types[i]
        types[i] = old if old in (ZEROED, INVALID) else MISC
    frame.stack[spi] = Slot(bytes(types), reg)


def _store_anywhere(v: Verifier, frame: Frame, ptr: Reg, off: int, size: int, value: int, imm: int | None) -> None:
    low, high = ptr.s.smin + off, ptr.s.smax + off + size
    source = v.regs[value] if value >= 0 else None
    zero = (source is not None and is_null(source)) or (source is None and imm == 0)
    used = False
    for spi in range((-high) >> 3, slot_of(low) + 1):
        if DYN in frame.stack[spi].types:
            dynptrs.destroy(v, frame, spi)
    for i in range(low, high):
        at = -i - 1
        spi, byte = at >> 3, at & 7
        slot = frame.stack[spi]
        kind = slot.types[byte]
        if not v.pointer_leaks_ok and kind not in (MISC, ZEROED):
            raise Refusal(
                "stack-bounds",
                f"spilled ptr in range of var-offset stack write; insn {v.insn}, ptr off: {i}",
                value=ptr,
            )
        if zero and kind == SPILL and slot.reg.type == SCALAR and slot.reg.s.const == 0:
            used = True
            continue
        types = _as_bytes(slot)
        new = MISC
        if zero and kind == ZEROED:
            new = ZEROED
            used = True
        if kind == INVALID and not v.uninit_stack_ok:
            raise Refusal(
                "stack-uninitialised",
                f"uninit stack in range of var-offset write prohibited for !root; insn {v.insn}, off: {i}",
                value=ptr,
            )
        types[byte] = new
        frame.stack[spi] = Slot(bytes(types))
        v.touched |= 1 << spi
    if used and value >= 0:
        v.mark_precise(value)


_WRITTEN = "bytes that were written before on each path"


def _unread(off: int, i: int, size: int) -> Refusal:
    return Refusal(
        "stack-uninitialised",
        f"invalid read from stack off {off}+{i} size {size}",
        required=_WRITTEN,
    )


def load(v: Verifier, regno: int, reg: Reg, off: int, size: int, value: int) -> Reg | None:
    """What a load from the stack leaves; None where nothing is loaded (value < 0)."""
    frame: Frame = v.frames[reg.aux]
    if reg.s.const is None:
        if value < 0:
            raise Refusal(
                "stack-bounds",
                "variable offset stack pointer cannot be passed into helper function; "
                f"var_off={tnum.text(reg.s.value, reg.s.mask)} off={off} size={size}",
                register=regno, value=reg,
            )  # fmt: skip
        check_initialised(v, regno, reg, off, size, False, False, None)
        return _bytes_read(v, frame, reg.s.smin + off, reg.s.smax + off + size)
    off += reg.s.smin
    at = -off - 1
    spi = at >> 3
    v.touched |= 1 << spi
    slot = frame.stack[spi]
    types = slot.types
    if types[7] == SPILL:
        found: Reg = slot.reg
        v.mark_read(frame, spi)
        if size == 8 and types[0] == SPILL:
            if value >= 0:
                v.push_history((frame.number, spi))
                return found
            if v.is_pointer(found):
                raise Refusal("pointer-leak", f"leaking pointer from stack off {off}")
            return None
        if found.type != SCALAR:
            raise Refusal(
                "stack-uninitialised", "invalid size of register fill", value=found, required="a load of all 8 bytes"
            )
        if value < 0:
            v.push_history((frame.number, spi))
            return None
        if size <= types.count(SPILL) and _are_low(v, off, size):
            v.push_history((frame.number, spi))
            if found.id and found.s.umax.bit_length() > size * 8:
                return found.s.reg
            return found
        spills = zeros = 0
        for i in range(size):
            kind = types[(at - i) % 8]
            if kind == SPILL:
                spills += 1
            elif kind == ZEROED:
                zeros += 1
            elif kind != MISC and not (kind == INVALID and v.uninit_stack_ok):
                raise _unread(off, i, size)
        if spills == size and found.s.const == 0:
            v.push_history((frame.number, spi))
            return ZERO.reg
        return ZERO.reg if zeros == size else UNKNOWN.reg
    for i in range(size):
        kind = types[(at - i) % 8]
        if kind != MISC and kind != ZEROED and not (kind == INVALID and v.uninit_stack_ok):
            raise _unread(off, i, size)
    v.mark_read(frame, spi)
    return _bytes_read(v, frame, off, off + size) if value >= 0 else None


def _are_low(v: Verifier, off: int, size: int) -> bool:
    """Whether the bytes read are the low ones of the value spilled."""
    return not off % 8 if v.byte_order == "little" else not (off + size) % 8


def _bytes_read(v: Verifier, frame: Frame, low: int, high: int) -> Reg:
    stack = frame.stack
    for i in range(low, high):
        at = -i - 1
        v.touched |= 1 << (at >> 3)
        if stack[at >> 3].types[at & 7] != ZEROED:
            return UNKNOWN.reg
    return ZERO.reg


def check_initialised(
    v: Verifier,
    regno: int,
    reg: Reg,
    off: int,
    size: int,
    zero_ok: bool,
    call: bool,
    meta: Meta | None,
    write: bool = False,
) -> None:
    """Memory on the stack that a call reads (or, with `meta` in raw mode, fills)."""
    frame: Frame = v.frames[reg.aux]
    s = reg.s
    extra = " indirect" if call else ""
    if size == 0 and not zero_ok:
        raise Refusal("argument", "invalid zero-sized read", register=regno, value=reg)
    check_stack(v, regno, reg, off, size, write or (meta is not None and meta.raw))
    if s.const is not None:
        low = high = s.smin + off
    else:
        if not v.perfmon:
            raise Refusal(
                "speculation",
                f"R{regno}{extra} variable offset stack access prohibited for !root, var_off={tnum.text(s.value, s.mask)}",
                register=regno, value=reg,
            )  # fmt: skip
        # Only a fixed place is known to be filled wholly.
        if meta is not None and meta.raw:
            meta = None
        low, high = s.smin + off, s.smax + off
    v.note(reg, off - reg.off, size)
    if meta is not None and meta.raw:
        for i in range(low, high + size):
            at = -i - 1
            if at >> 3 < len(frame.stack) and frame.stack[at >> 3].types[at & 7] == DYN:
                raise Refusal("dynptr", f"potential write to dynptr at off={i} disallowed", register=regno)
        meta.fill_size = size
        meta.fill_register = regno
        return
    for i in range(low, high + size):
        at = -i - 1
        spi, byte = at >> 3, at & 7
        slot = frame.stack[spi]
        kind = slot.types[byte]
        if kind == MISC:
            pass
        elif kind == ZEROED or (kind == INVALID and v.uninit_stack_ok):
            if write:
                types = bytearray(slot.types)
                types[byte] = MISC
                frame.stack[spi] = Slot(bytes(types), slot.reg)
        elif slot.types[7] == SPILL and (slot.reg.type == SCALAR or v.pointer_leaks_ok):
            if write:
                frame.stack[spi] = Slot(scrubbed(slot.types), UNINIT)
        else:
            if s.const is not None:
                text = f"invalid{extra} read from stack R{regno} off {low}+{i - low} size {size}"
            else:
                text = f"invalid{extra} read from stack R{regno} var_off {tnum.text(s.value, s.mask)}+{i - low} size {size}"
            raise Refusal(
                "stack-uninitialised", text, register=regno, value=reg,
                required=_WRITTEN,
            )  # fmt: skip
        v.mark_read(frame, spi)


def fill(v: Verifier, reg: Reg, size: int) -> None:
    """A call has written `size` bytes where the register points (a fixed place): they hold something now."""
    frame: Frame = v.frames[reg.aux]
    low = reg.off + reg.s.smin
    for spi in range(slot_of(low + size - 1), slot_of(low) + 1):
        slot = frame.stack[spi]
        if not v.pointer_leaks_ok and slot.types[7] == SPILL and slot.reg.type != SCALAR:
            raise Refusal("pointer-leak", "attempt to corrupt spilled pointer on stack")
        types = _as_bytes(slot)
        for byte in range(8):
            at = -(spi * 8 + byte + 1)
            if low <= at < low + size:
                types[byte] = MISC
        v.touched |= 1 << spi
        frame.stack[spi] = Slot(bytes(types))
