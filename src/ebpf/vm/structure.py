"""What bytecode must be before anything can be said of it: whole, known instructions and jumps that stay inside.

This is no proof (that is `ebpf.verifier`'s work): it is what both the interpreter and the JIT take for granted.
"""

from __future__ import annotations

import sys

from ebpf.asm import Instruction, decode
from ebpf.errors import AsmError, VerifierError
from ebpf.uapi import opcodes as op
from ebpf.uapi.flags import (
    BPF_PSEUDO_CALL,
    BPF_PSEUDO_FUNC,
    BPF_PSEUDO_KFUNC_CALL,
    BPF_PSEUDO_MAP_IDX_VALUE,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.spec import ProgramSpec

#: Linux takes a million instructions (BPF_COMPLEXITY_LIMIT_INSNS).
MAX_INSTRUCTIONS = 1_000_000
MAX_SUBPROGRAMS = 256

CALLX = op.JMP | op.CALL | op.X
GOTOL = op.JMP32 | op.JA
#: What is wrong with an instruction that writes r10. Linux refuses it where a path comes to it, and not in dead code.
READ_ONLY = "r10 is read-only"
#: The number of the helper that such an instruction becomes a call of: it ends the run with a fault.
WRITES_R10 = -(1 << 31)
_FETCHING = (op.ADD, op.OR, op.AND, op.XOR)
_ATOMICS = frozenset([*_FETCHING, *(kind | op.FETCH for kind in _FETCHING), op.XCHG, op.CMPXCHG])


class Structure:
    """Bytecode taken apart.

    `at` has an entry for each slot (None in the second half of a 16-byte load). `starts` are the first slots of the
    functions, the main one (0) first; `end_of[start]` is the slot after a function's last; `targets` are the slots that
    something jumps to.
    """

    __slots__ = ("at", "end_of", "starts", "targets")

    def __init__(self, at: list[Instruction | None], starts: list[int], targets: set[int]) -> None:
        self.at = at
        self.starts = starts
        self.end_of = dict(zip(starts, [*starts[1:], len(at)], strict=True))
        self.targets = targets

    def function_of(self, slot: int) -> int:
        """The first slot of the function that `slot` lies in."""
        return max(start for start in self.starts if start <= slot)

    def with_callers(self, calls: set[int]) -> set[int]:
        """Those calls, and calls of functions that make them."""
        known = calls
        while True:
            functions = {self.function_of(slot) for slot in known}
            callers = {
                slot
                for slot, insn in enumerate(self.at)
                if insn is not None
                and insn.opcode == op.JMP | op.CALL
                and insn.src == BPF_PSEUDO_CALL
                and slot + 1 + insn.imm in functions
            }
            if calls | callers == known:
                return known
            known = calls | callers


def is_jump(insn: Instruction) -> bool:
    """Whether it may go somewhere else within its function (not a call or exit)."""
    return insn.opcode & 0x07 in (op.JMP, op.JMP32) and insn.opcode & op.OP_MASK not in (op.CALL, op.EXIT)


def jump_target(insn: Instruction, slot: int) -> int:
    """The slot that the jump at `slot` goes to when it is taken."""
    return slot + 1 + (insn.imm if insn.opcode == GOTOL else insn.offset)


def is_address_cast(code: int, offset: int) -> bool:
    """Whether it turns an arena's pointer to the other address space (Linux 6.9); here both are one."""
    return code == op.ALU64 | op.MOV | op.X and offset == 1


def line_of(spec: ProgramSpec, slot: int | None) -> str:
    """ "file:line" of the C that an instruction came from; "" where that isn't known."""
    line = spec.line_at(slot) if slot is not None else None
    return f"{line.file}:{line.line}" if line is not None else ""


def refusal(spec: ProgramSpec, slot: int | None, reason: str) -> VerifierError:
    """What is raised for a program that can't be run, because of an instruction or of the whole (None)."""
    line = line_of(spec, slot)
    where = ", ".join(part for part in (spec.name, f"instruction {slot}" if slot is not None else "", line) if part)
    return VerifierError(
        f"{where}: {reason}" if where else reason, program=spec.name, reason=reason, line=line, slot=slot
    )


def check(spec: ProgramSpec) -> Structure:
    """Takes a program's bytecode apart. Raises VerifierError for what no engine could run."""

    try:
        instructions = decode(spec.code, sys.byteorder)
    except AsmError as error:
        raise refusal(spec, error.slot, str(error).removeprefix(f"instruction {error.slot}: ")) from None
    if not instructions:
        raise refusal(spec, None, "the program has no instruction")
    if len(instructions) > MAX_INSTRUCTIONS:
        raise refusal(spec, None, f"{len(instructions)} instructions; the limit is {MAX_INSTRUCTIONS}")
    at: list[Instruction | None] = []
    for insn in instructions:
        at.append(insn)
        if insn.opcode == op.LDDW:
            at.append(None)
    starts = {0, thrown_to(spec)}
    for slot, here in enumerate(at):
        if here is None:
            continue
        reason = wrong(here)
        if reason == READ_ONLY and here.opcode != op.LDDW:
            at[slot] = Instruction(op.JMP | op.CALL, imm=WRITES_R10)
        elif reason:
            raise refusal(spec, slot, reason)
        target = called_function(here, slot)
        if target is not None:
            if not 0 <= target < len(at) or at[target] is None:
                raise refusal(spec, slot, f"call of a function at instruction {target}, where there is none")
            starts.add(target)
    if len(starts) > MAX_SUBPROGRAMS:
        raise refusal(spec, None, f"{len(starts)} functions; the limit is {MAX_SUBPROGRAMS}")
    ordered = sorted(starts)
    targets: set[int] = set()
    for start, end in zip(ordered, [*ordered[1:], len(at)], strict=True):
        for slot in range(start, end):
            found = at[slot]
            if found is not None and is_jump(found):
                target = jump_target(found, slot)
                if not start <= target < end:
                    raise refusal(
                        spec, slot, f"jump to instruction {target}, out of the function ({start} to {end - 1})"
                    )
                if at[target] is None:
                    raise refusal(spec, slot, f"jump into the middle of the 16-byte load at {target - 1}")
                targets.add(target)
        last = at[end - 1]
        if last is None or last.opcode not in (op.JMP | op.EXIT, op.JMP | op.JA, GOTOL):
            raise refusal(spec, end - 1, "the function's last instruction is neither exit nor a jump")
    return Structure(at, ordered, targets)


def thrown_to(spec: ProgramSpec) -> int:
    """The first slot of the function that a program's exceptions are given to; 0 if it throws none, or names none for them."""
    if not any(reference.kind == "kfunc" and reference.name == "bpf_throw" for reference in spec.references):
        return 0
    from ebpf.verifier.exceptions import named

    names = named(spec.btf, spec.functions[0].type_id) if spec.functions else []
    return next((function.slot for function in spec.functions if function.name in names), 0)


def called_function(insn: Instruction, slot: int) -> int | None:
    """The first slot of the function that an instruction calls, or takes the address of; None if it does neither."""
    if insn.opcode == op.JMP | op.CALL and insn.src == BPF_PSEUDO_CALL:
        return slot + 1 + insn.imm
    if insn.opcode == op.LDDW and insn.src == BPF_PSEUDO_FUNC:
        imm = insn.imm & 0xFFFFFFFF
        return slot + 1 + (imm - (1 << 32) if imm >> 31 else imm)
    return None


def wrong(insn: Instruction) -> str:
    """Why an instruction is none, or the empty string. Reserved fields must be 0 (RFC 9669, 3)."""
    code, dst, src, offset, imm = insn.opcode, insn.dst, insn.src, insn.offset, insn.imm
    if dst > 10:
        return f"there is no register r{dst}"
    if src > 10 and code != op.LDDW:
        return f"there is no register r{src}"
    return _CLASSES[code & op.CLASS_MASK](code, dst, src, offset, imm)


def _unknown(code: int) -> str:
    return f"unknown opcode {code:#04x}"


def _reserved(code: int) -> str:
    return f"opcode {code:#04x} uses a field that must be 0"


def _alu(code: int, dst: int, src: int, offset: int, imm: int) -> str:
    wide = code & op.CLASS_MASK == op.ALU64
    operation = code & op.OP_MASK
    if operation > op.END:
        return _unknown(code)
    if dst == 10:
        return READ_ONLY
    if operation == op.NEG:
        if code & op.X:
            return _unknown(code)
        return _reserved(code) if src or offset or imm else ""
    if operation == op.END:
        if wide and code & op.X:
            return _unknown(code)
        if imm not in (16, 32, 64):
            return f"a byte swap is of 16, 32 or 64 bits, not {imm}"
        return _reserved(code) if src or offset else ""
    if is_address_cast(code, offset):
        return "" if imm in (1, 1 << 16) else _reserved(code)
    if (code & op.X and imm) or (not code & op.X and src):
        return _reserved(code)
    if operation == op.MOV and code & op.X:
        return _reserved(code) if offset not in ((0, 8, 16, 32) if wide else (0, 8, 16)) else ""
    if operation in (op.DIV, op.MOD):
        return _reserved(code) if offset not in (0, 1) else ""
    return _reserved(code) if offset else ""


def _jump(code: int, dst: int, src: int, offset: int, imm: int) -> str:
    wide = code & op.CLASS_MASK == op.JMP
    operation = code & op.OP_MASK
    if operation == op.CALL:
        if not wide:
            return _unknown(code)
        if code & op.X:
            return _reserved(code) if src or offset or imm else ""
        if src not in (0, BPF_PSEUDO_CALL, BPF_PSEUDO_KFUNC_CALL):
            return _reserved(code)
        return _reserved(code) if dst or (offset and src != BPF_PSEUDO_KFUNC_CALL) else ""
    if operation == op.EXIT:
        if not wide or code & op.X:
            return _unknown(code)
        return _reserved(code) if dst or src or offset or imm else ""
    if operation == op.JA:
        if code & op.X:
            return _unknown(code)
        return _reserved(code) if dst or src or (imm if wide else offset) else ""
    if operation == op.JCOND:
        if code != op.JMP | op.JCOND:
            return _unknown(code)
        return _reserved(code) if dst or src or imm else ""
    if operation > op.JCOND:
        return _unknown(code)
    return _reserved(code) if (imm if code & op.X else src) else ""


def _load(code: int, dst: int, src: int, offset: int, imm: int) -> str:
    mode, size = code & op.MODE_MASK, code & op.SIZE_MASK
    if mode not in (op.MEM, op.MEMSX) or (mode == op.MEMSX and size == op.DW):
        return _unknown(code)
    if dst == 10:
        return READ_ONLY
    return _reserved(code) if imm else ""


def _load_other(code: int, dst: int, src: int, offset: int, imm: int) -> str:
    if code == op.LDDW:
        if dst == 10:
            return READ_ONLY
        if src > BPF_PSEUDO_MAP_IDX_VALUE:
            return f"a 16-byte load of unknown kind {src}"
        return _reserved(code) if offset else ""
    mode = code & op.MODE_MASK
    if mode not in (op.ABS, op.IND) or code & op.SIZE_MASK == op.DW:
        return _unknown(code)
    return _reserved(code) if dst or offset or (mode == op.ABS and src) else ""


def _store_immediate(code: int, dst: int, src: int, offset: int, imm: int) -> str:
    if code & op.MODE_MASK != op.MEM:
        return _unknown(code)
    return _reserved(code) if src else ""


def _store(code: int, dst: int, src: int, offset: int, imm: int) -> str:
    mode, size = code & op.MODE_MASK, code & op.SIZE_MASK
    if mode == op.MEM:
        return _reserved(code) if imm else ""
    if mode != op.ATOMIC:
        return _unknown(code)
    if imm == op.LOAD_ACQ:
        return READ_ONLY if dst == 10 else ""
    if imm == op.STORE_REL:
        return ""
    if imm not in _ATOMICS:
        return f"unknown atomic operation {imm:#x}"
    if size not in (op.W, op.DW):
        return f"an atomic operation is of 4 or 8 bytes, not {op.SIZE_BYTES[size]}"
    if src == 10 and imm & op.FETCH and imm != op.CMPXCHG:
        return READ_ONLY
    return ""


_CLASSES = {
    op.ALU: _alu,
    op.ALU64: _alu,
    op.JMP: _jump,
    op.JMP32: _jump,
    op.LDX: _load,
    op.LD: _load_other,
    op.ST: _store_immediate,
    op.STX: _store,
}
