"""What of a program can be reached once relocations have put numbers where questions were."""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.uapi.flags import BPF_PSEUDO_CALL, BPF_PSEUDO_FUNC

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ebpf.asm import Instruction

    #: What is known of registers: a 64-bit number, or None. (There are 11; 16 can be named.)
    Registers = tuple[int | None, ...]

_MASK = (1 << 64) - 1
_UNKNOWN: Registers = (None,) * 16


def reachable(instructions: dict[int, Instruction]) -> set[int]:
    """The slots that can be reached from the first, as far as numbers in registers tell: `r1 = 0; if r1 != 0 goto …`.

    Numbers on the stack, in maps and from calls are unknown, so more counts as reachable than is; never less.
    """
    known: dict[int, Registers] = {}
    work: list[tuple[int, Registers]] = [(0, _UNKNOWN)]
    while work:
        slot, registers = work.pop()
        insn = instructions.get(slot)
        if insn is None:
            continue
        had = known.get(slot)
        if had is not None:
            joined = tuple(one if one == other else None for one, other in zip(had, registers, strict=True))
            if joined == had:
                continue
            registers = joined
        known[slot] = registers
        work += _step(slot, insn, registers)
    return set(known)


def _step(slot: int, insn: Instruction, registers: Registers) -> Iterator[tuple[int, Registers]]:
    family, after = insn.opcode & op.CLASS_MASK, slot + insn.slots
    if family in (op.JMP, op.JMP32):
        kind = insn.opcode & op.OP_MASK
        if kind == op.EXIT:
            return
        if kind == op.CALL:
            if insn.src == BPF_PSEUDO_CALL:
                yield after + insn.imm, _UNKNOWN
            yield after, (None,) * 6 + registers[6:]
            return
        if kind == op.JA:
            yield after + (insn.imm if family == op.JMP32 else insn.offset), registers
            return
        taken = _taken(insn, registers)
        if taken is not False:
            yield after + insn.offset, registers
        if taken is not True:
            yield after, registers
        return
    if insn.opcode == op.LDDW and insn.src == BPF_PSEUDO_FUNC:
        yield after + insn.imm, _UNKNOWN  # a function's address: it may be called from anywhere
    yield after, _computed(insn, family, registers)


def _computed(insn: Instruction, family: int, registers: Registers) -> Registers:
    value: int | None = None
    if family in (op.ALU, op.ALU64):
        other = registers[insn.src] if insn.opcode & op.X else insn.imm & _MASK
        value = _alu(
            insn.opcode & op.OP_MASK, registers[insn.dst], other, 64 if family == op.ALU64 else 32, insn.offset
        )
    elif insn.opcode == op.LDDW and not insn.src:
        value = insn.imm & _MASK
    elif family in (op.ST, op.STX):
        if insn.opcode & op.MODE_MASK != op.ATOMIC:
            return registers
        # An exchange gives the old value to its source, a compare-and-exchange to r0.
        return tuple(None if at in (0, insn.src) else one for at, one in enumerate(registers))
    elif family == op.LD:
        return (None,) * 6 + registers[6:]
    return (*registers[: insn.dst], value, *registers[insn.dst + 1 :])


def _alu(kind: int, one: int | None, other: int | None, bits: int, offset: int) -> int | None:
    if other is None or offset or kind == op.END:
        return None
    mask = (1 << bits) - 1
    other &= mask
    if kind == op.MOV:
        return other
    if one is None:
        return 0 if kind == op.AND and not other else None
    one &= mask
    if kind == op.ARSH:
        return ((one - (mask + 1) if one >> (bits - 1) else one) >> other % bits) & mask
    compute = _ALU.get(kind)
    return compute(one, other, bits) & mask if compute is not None else None


_ALU: dict[int, Callable[[int, int, int], int]] = {
    op.ADD: lambda one, other, bits: one + other,
    op.SUB: lambda one, other, bits: one - other,
    op.MUL: lambda one, other, bits: one * other,
    op.OR: lambda one, other, bits: one | other,
    op.AND: lambda one, other, bits: one & other,
    op.XOR: lambda one, other, bits: one ^ other,
    op.LSH: lambda one, other, bits: one << other % bits,
    op.RSH: lambda one, other, bits: one >> other % bits,
}
_COMPARE: dict[int, Callable[[int, int], bool]] = {
    op.JEQ: lambda one, other: one == other,
    op.JNE: lambda one, other: one != other,
    op.JGT: lambda one, other: one > other,
    op.JGE: lambda one, other: one >= other,
    op.JLT: lambda one, other: one < other,
    op.JLE: lambda one, other: one <= other,
    op.JSET: lambda one, other: bool(one & other),
}
_SIGNED = {op.JSGT: op.JGT, op.JSGE: op.JGE, op.JSLT: op.JLT, op.JSLE: op.JLE}


def _taken(insn: Instruction, registers: Registers) -> bool | None:
    """Whether a conditional jump is taken; None if that can't be told."""
    one = registers[insn.dst]
    other = registers[insn.src] if insn.opcode & op.X else insn.imm & _MASK
    if one is None or other is None:
        return None
    bits = 64 if insn.opcode & op.CLASS_MASK == op.JMP else 32
    mask = (1 << bits) - 1
    one, other = one & mask, other & mask
    kind = insn.opcode & op.OP_MASK
    if kind in _SIGNED:
        half = 1 << (bits - 1)
        one, other, kind = one ^ half, other ^ half, _SIGNED[kind]
    compare = _COMPARE.get(kind)
    return compare(one, other) if compare is not None else None
