"""What each instruction does to the abstract state: one closure per instruction, made once, run for each visit.

A step is called with the verifier, whose `regs` are the registers of the frame on top, and gives the slot that follows,
or -1 where the path ends. What can be said of an instruction without any state (its fields, the transfer function) is said
when the closure is made.
"""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.verifier import accesses, arith, branches, pointers
from ebpf.verifier.interned import const
from ebpf.verifier.messages import Refusal, need, not_readable, refuse
from ebpf.verifier.regs import ADD_CONST, ADD_CONST32, ADD_CONST64, ARENA, NOT_INIT, SCALAR, Reg
from ebpf.verifier.scalar import S32_MAX, S32_MIN, UNKNOWN, ZERO
from ebpf.verifier.tnum import M32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Step, Verifier
    from ebpf.verifier.scalar import Scalar


#: Immediate of the move that converts between arena address spaces.
ADDR_SPACE_CAST = 1


def build(v: Verifier, i: int) -> Step:
    """The step of the instruction at `i`."""
    flow = v.flow
    code, dst, src, off, imm = flow.code[i], flow.dst[i], flow.src[i], flow.off[i], flow.imm[i]
    kind = code & op.CLASS_MASK
    writes_dst = kind in (op.ALU, op.ALU64, op.LDX, op.LD) and not (
        kind == op.LD and code & op.MODE_MASK in (op.ABS, op.IND)
    )
    if writes_dst and dst == 10:
        return _read_first(kind, code, src)
    if kind == op.ALU or kind == op.ALU64:
        return _alu(v, i, code, dst, src, off, imm)
    if kind == op.LDX:
        return accesses.load(v, i, code, dst, src, off, imm)
    if kind == op.ST:
        return accesses.store_number(v, i, code, dst, src, off, imm)
    if kind == op.STX:
        if code & op.MODE_MASK == op.ATOMIC:
            return accesses.atomic(v, i, code, dst, src, off, imm)
        return accesses.store(v, i, code, dst, src, off, imm)
    if kind == op.LD:
        mode = code & op.MODE_MASK
        if mode == op.IMM:
            return accesses.load_imm(v, i, code, dst, src, off)
        if mode in (op.ABS, op.IND):
            return accesses.load_packet(i, code, dst, src, off)
        return refuse("malformed", "invalid BPF_LD mode")
    return branches.build(v, i, code, dst, src, off, imm)


def _read_first(kind: int, code: int, src: int) -> Step:
    def step(v: Verifier) -> int:
        if (kind == op.LDX or (kind in (op.ALU, op.ALU64) and code & op.X)) and src <= 10:
            need(v, src)
        raise Refusal("stack-bounds", "frame pointer is read only", register=10, required="another register")

    return step


# -- arithmetic


def _alu(v: Verifier, i: int, code: int, dst: int, src: int, off: int, imm: int) -> Step:
    which = code & op.OP_MASK
    wide = code & op.CLASS_MASK == op.ALU64
    register = bool(code & op.X)
    if which in (op.NEG, op.END):
        return _unary(v, i, which, wide, code, dst, src, off, imm)
    if which == op.MOV:
        return _move(i, wide, register, dst, src, off, imm)
    if which > op.END:
        return refuse("malformed", f"invalid BPF_ALU opcode {which:x}")
    if (imm if register else src) or off not in (0, 1) or (off == 1 and which not in (op.MOD, op.DIV)):
        return refuse("malformed", "BPF_ALU uses reserved fields")
    if not register:
        if which in (op.DIV, op.MOD) and imm == 0:
            return refuse("malformed", "div by zero")
        if which in (op.LSH, op.RSH, op.ARSH) and not 0 <= imm < (64 if wide else 32):
            return refuse("malformed", f"invalid shift {imm}")
    transfer = arith.alu(which, wide)
    following = i + 1
    forks = which in (op.AND, op.OR)
    # "That register plus a constant" is remembered.
    links = which in (op.ADD, op.SUB)
    negate = which == op.SUB

    if not register:
        number = const(imm)
        number_reg = number.reg

        def step(v: Verifier) -> int:
            regs = v.regs
            reg = regs[dst]
            if reg.type != SCALAR:
                return _alu_slow(v, i, which, wide, dst, -1, number_reg)
            s = reg.s
            if forks and (s.smin == -1 or s.s32min == -1):
                s = _fork(v, dst, s)
            new = transfer(s, number)
            if links and reg.id and v.capable:
                regs[dst] = _plus(reg, new, imm, wide, negate)
            else:
                regs[dst] = new.reg
            return following

        return step

    def step_register(v: Verifier) -> int:
        regs = v.regs
        reg, other = regs[dst], regs[src]
        if reg.type != SCALAR or other.type != SCALAR:
            return _alu_slow(v, i, which, wide, dst, src, other)
        s = reg.s
        if forks and other.s.const is not None and (s.smin == -1 or s.s32min == -1):
            s = _fork(v, dst, s)
        new = transfer(s, other.s)
        if not v.perfmon:
            pointers.sanitize_value(v, i, which)
        if links and reg.id and v.capable and dst != src and not (other.s.mask if wide else other.s.mask & M32):
            regs[dst] = _plus(reg, new, other.s.smin if wide else other.s.s32min, wide, negate)
        else:
            regs[dst] = new.reg
        return following

    return step_register


def _plus(reg: Reg, new: Scalar, number: int, wide: bool, negate: bool) -> Reg:
    """The sum of a scalar that others are linked to and a constant: still known to be that scalar plus something."""
    if negate:
        number = -number
    if reg.id & ADD_CONST or not S32_MIN <= number <= S32_MAX or (not wide and reg.s.umax > M32):
        return new.reg
    return Reg(SCALAR, new, number, reg.id | (ADD_CONST64 if wide else ADD_CONST32))


def _fork(v: Verifier, dst: int, s: Scalar) -> Scalar:
    """A value that is 0 or -1 (a mask made of a comparison) is looked at as two paths."""
    if s.smin == -1 and s.smax == 0:
        zero, ones = ZERO, const(-1)
    elif s.s32min == -1 and s.s32max == 0:
        zero, ones = pointers.with_low(s, 0), pointers.with_low(s, -1)
    else:
        return s
    branch = v.push_branch(v.insn, v.insn)
    branch.regs[dst] = zero.reg
    return ones


def _alu_slow(v: Verifier, i: int, which: int, wide: bool, dst: int, src: int, other: Reg) -> int:
    """Arithmetic with a pointer, or with a register that holds nothing."""
    regs = v.regs
    if src >= 0 and other.type == NOT_INIT:
        raise not_readable(src)
    reg = regs[dst]
    if reg.type == NOT_INIT:
        raise not_readable(dst)
    if reg.type == ARENA or other.type == ARENA:
        if reg.type != ARENA:
            regs[dst] = other
        return i + 1
    if reg.type != SCALAR and other.type != SCALAR:
        if which == op.SUB and v.pointer_leaks_ok:
            regs[dst] = UNKNOWN.reg
            return i + 1
        raise Refusal(
            "pointer-arithmetic", f"R{dst} pointer {op.ALU_SIGNS[which]} pointer prohibited", register=dst, value=reg
        )
    if reg.type != SCALAR:
        if src >= 0:
            v.mark_precise(src)
        regs[dst] = pointers.add(v, i, which, wide, dst, reg, other, True)
    else:
        v.mark_precise(dst)
        regs[dst] = pointers.add(v, i, which, wide, dst, other, reg, False)
    return i + 1


def _unary(v: Verifier, i: int, which: int, wide: bool, code: int, dst: int, src: int, off: int, imm: int) -> Step:
    if which == op.NEG:
        if code & op.X or src or off or imm:
            return refuse("malformed", "BPF_NEG uses reserved fields")
    elif src or off or imm not in (16, 32, 64) or (wide and code & op.X):
        return refuse("malformed", "BPF_END uses reserved fields")

    # bswap (ALU64) always reverses; le and be where the machine's order is the other one.
    reverse = wide or bool(code & op.X) == (v.byte_order == "little")

    def step(v: Verifier) -> int:
        reg = need(v, dst)
        if reg.type != SCALAR and not v.pointer_leaks_ok:
            raise Refusal("pointer-arithmetic", f"R{dst} pointer arithmetic prohibited", register=dst, value=reg)
        if which == op.NEG and reg.type == SCALAR:
            v.regs[dst] = arith.negate(reg.s, wide).reg
        elif reg.type == SCALAR and imm == 64 and not reverse:
            pass
        elif reg.type == SCALAR:
            v.regs[dst] = arith.swap(reg.s, imm, reverse=reverse).reg
        else:
            v.regs[dst] = UNKNOWN.reg
        return i + 1

    return step


def _move(i: int, wide: bool, register: bool, dst: int, src: int, off: int, imm: int) -> Step:
    following = i + 1
    bad = refuse("malformed", "BPF_MOV uses reserved fields")
    if not register:
        if src or off:
            return bad
        number = const(imm if wide else imm & 0xFFFFFFFF).reg

        def step_number(v: Verifier) -> int:
            v.regs[dst] = number
            return following

        return step_number
    if wide and off == ADDR_SPACE_CAST:
        return _cast(i, dst, src, imm)
    if imm or off not in ((0, 8, 16, 32) if wide else (0, 8, 16)):
        return bad
    if not wide:
        return _move32(i, dst, src, off)
    if off:
        return _move_signed(i, dst, src, off)

    def step(v: Verifier) -> int:
        regs = v.regs
        reg = regs[src]
        if reg.type == SCALAR:
            if reg.s.const is None and (not reg.id or reg.id & ADD_CONST):
                reg = v.link(src)
            elif reg.id & ADD_CONST:
                reg = regs[src] = reg.s.reg
        elif reg.type == NOT_INIT:
            raise not_readable(src)
        regs[dst] = reg
        return following

    return step


def _cast(i: int, dst: int, src: int, imm: int) -> Step:
    def step(v: Verifier) -> int:
        if imm not in (1, 1 << 16):
            raise Refusal("malformed", "addr_space_cast insn can only convert between address space 1 and 0")
        if not v.has_arena:
            raise Refusal(
                "malformed", "addr_space_cast insn can only be used in a program that has an associated arena"
            )
        need(v, src)
        v.regs[dst] = Reg(ARENA, UNKNOWN) if imm == 1 else UNKNOWN.reg
        return i + 1

    return step


def _move_signed(i: int, dst: int, src: int, bits: int) -> Step:
    def step(v: Verifier) -> int:
        reg = need(v, src)
        if reg.type != SCALAR:
            if not v.pointer_leaks_ok:
                raise Refusal("pointer-arithmetic", f"R{src} sign-extension part of pointer", register=src, value=reg)
            v.regs[dst] = UNKNOWN.reg
            return i + 1
        same = reg.s.umax < 1 << (bits - 1)
        if same:
            reg = v.link(src)
        s = arith.sign_extend(reg.s, bits >> 3)
        v.regs[dst] = Reg(SCALAR, s, reg.off, reg.id) if same and reg.id else s.reg
        return i + 1

    return step


def _move32(i: int, dst: int, src: int, bits: int) -> Step:
    following = i + 1

    def step(v: Verifier) -> int:
        reg = need(v, src)
        if reg.type != SCALAR:
            if not v.pointer_leaks_ok:
                raise Refusal("pointer-arithmetic", f"R{src} partial copy of pointer", register=src, value=reg)
            v.regs[dst] = arith.low32(UNKNOWN).reg
            return following
        same = reg.s.umax < (1 << (bits - 1) if bits else 1 << 32)
        if same:
            reg = v.link(src)
        s = arith.low32(reg.s) if not bits else arith.sign_extend32(reg.s, bits >> 3)
        v.regs[dst] = Reg(SCALAR, s, reg.off, reg.id) if same and reg.id else s.reg
        return following

    return step
