"""An instruction as Linux's verifier log writes it: `r1 = *(u32 *)(r2 +4)`."""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.asm.instruction import Instruction
    from ebpf.verifier.flow import Flow

_ALU = {op.ADD: "+=", op.SUB: "-=", op.MUL: "*=", op.DIV: "/=", op.OR: "|=", op.AND: "&=", op.LSH: "<<=", op.RSH: ">>=",
        op.MOD: "%=", op.XOR: "^=", op.MOV: "=", op.ARSH: "s>>="}  # fmt: skip
_JUMP = {op.JEQ: "==", op.JGT: ">", op.JGE: ">=", op.JSET: "&", op.JNE: "!=", op.JSGT: "s>", op.JSGE: "s>=",
         op.JLT: "<", op.JLE: "<=", op.JSLT: "s<", op.JSLE: "s<="}  # fmt: skip
_SIZE = {op.B: "u8", op.H: "u16", op.W: "u32", op.DW: "u64"}
_ATOMIC = {op.ADD: "add", op.OR: "or", op.AND: "and", op.XOR: "xor"}


def spell(insn: Instruction, flow: Flow, at: int) -> str:
    code, dst, src, off, imm = insn.opcode, insn.dst, insn.src, insn.offset, insn.imm
    kind, which = code & op.CLASS_MASK, code & op.OP_MASK
    if kind in (op.ALU, op.ALU64):
        r = "r" if kind == op.ALU64 else "w"
        if which == op.NEG:
            return f"{r}{dst} = -{r}{dst}"
        if which == op.END:
            name = ("bswap" if kind == op.ALU64 else "be" if code & op.X else "le") + str(imm)
            return f"r{dst} = {name} r{dst}"
        sign = _ALU.get(which, "?")
        if which == op.MOV and code & op.X and off:
            return f"{r}{dst} = (s{off}){r}{src}"
        if off == 1 and which in (op.DIV, op.MOD):
            sign = "s" + sign
        return f"{r}{dst} {sign} {f'{r}{src}' if code & op.X else imm}"
    if kind == op.LDX:
        size = _SIZE[code & op.SIZE_MASK]
        if code & op.MODE_MASK == op.MEMSX:
            size = "s" + size[1:]
        return f"r{dst} = *({size} *)(r{src} {off:+d})"
    if kind == op.ST:
        return f"*({_SIZE[code & op.SIZE_MASK]} *)(r{dst} {off:+d}) = {imm}"
    if kind == op.STX:
        size = _SIZE[code & op.SIZE_MASK]
        if code & op.MODE_MASK != op.ATOMIC:
            return f"*({size} *)(r{dst} {off:+d}) = r{src}"
        wide = "64" if code & op.SIZE_MASK == op.DW else ""
        place = f"({size} *)(r{dst} {off:+d})"
        if imm == op.XCHG:
            return f"r{src} = atomic{wide}_xchg({place}, r{src})"
        if imm == op.CMPXCHG:
            return f"r0 = atomic{wide}_cmpxchg({place}, r0, r{src})"
        if imm == op.LOAD_ACQ:
            return f"r{dst} = load_acquire(({size} *)(r{src} {off:+d}))"
        if imm == op.STORE_REL:
            return f"store_release({place}, r{src})"
        name = _ATOMIC.get(imm & ~op.FETCH & 0xFFFFFFFF, "?")
        if imm & op.FETCH:
            return f"r{src} = atomic{wide}_fetch_{name}({place}, r{src})"
        return f"lock *({size} *)(r{dst} {off:+d}) {_ALU.get(imm & 0xF0, '?')} r{src}"
    if kind == op.LD:
        mode = code & op.MODE_MASK
        if mode == op.IMM:
            ref = flow.references.get(at)
            return f"r{dst} = {f'{ref.kind}[{ref.name}]' + (f'+{ref.offset}' if ref.offset else '') if ref else f'{imm:#x}'}"
        return f"r0 = *({_SIZE[code & op.SIZE_MASK]} *)skb[{f'r{src} + ' if mode == op.IND else ''}{imm}]"
    if which == op.CALL:
        if src == 1:
            return f"call pc{imm:+d}"
        if src == 2:
            return f"call {flow.kfunc_at(at)}#{imm}"
        return f"call bpf_{NAMES[imm]}#{imm}" if 0 < imm < len(NAMES) else f"call unknown#{imm}"
    if which == op.EXIT:
        return "exit"
    if which == op.JA:
        return f"goto pc{off:+d}" if kind == op.JMP else f"gotol pc{imm:+d}"
    if which == op.JCOND:
        return f"may_goto pc{off:+d}"
    r = "r" if kind == op.JMP else "w"
    return f"if {r}{dst} {_JUMP.get(which, '?')} {f'{r}{src}' if code & op.X else f'{imm & 0xFFFFFFFF:#x}'} goto pc{off:+d}"
