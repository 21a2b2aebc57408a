"""Lines in the mnemonics of the bpf_conformance and ubpf assemblers: `ldxw r0, [r1+4]`."""

from __future__ import annotations

from ebpf.asm.instruction import Instruction
from ebpf.asm.operands import AIM, IS_NUMBER, IS_REG, Bad, Pattern, imm32, imm64, offset_of, register
from ebpf.uapi import opcodes as op
from ebpf.uapi.instructions import ROWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from ebpf.asm.assembler import Parser
    from ebpf.uapi.instructions import InstructionRow

#: Mnemonic → its rows (immediate, register).
_MNEMONICS: dict[str, list[InstructionRow]] = {}
for _row in ROWS:
    _MNEMONICS.setdefault(_row.name, []).append(_row)
for _bits in (16, 32, 64):
    for _alias, _of in (("le", "le"), ("be", "be"), ("bswap", "bswap"), ("swap", "bswap")):
        _MNEMONICS[f"{_alias}{_bits}"] = [_MNEMONICS[_of][0].replace(imm=(_bits,))]
for _of in ("le", "be", "bswap"):
    del _MNEMONICS[_of]

_MEMORY = Pattern(r"\[ ?(?P<base>REG) ?(?:(?P<sign>[-+]) ?(?P<offset>(?:0[xX])?[0-9a-fA-F]{1,17}) ?)?\]")

#: Form → how many operands; 2 for all others.
_COUNTS = {"exit": 0, "neg": 1, "end": 1, "jump": 1, "jump32": 1, "may_goto": 1, "callx": 1, "cond": 3, "abs": 1}


def mnemonic(parser: Parser, text: str) -> Instruction:
    """The instruction of a line. Raises Bad if it is none."""
    name, _, rest = text.partition(" ")
    if name == "lock":
        word, _, rest = rest.partition(" ")
        if word == "fetch":
            word, _, rest = rest.partition(" ")
            word = "fetch " + word
        word = word.replace("fetch_", "fetch ")
        name = f"lock {word}".rstrip()
        if name == "lock":
            raise Bad("lock needs an operation: lock add [r1+8], r2")
    rows = _MNEMONICS.get(name)
    if rows is None:
        raise Bad(f"{text!r} is no instruction")
    operands = [part.strip() for part in rest.split(",")] if rest else []
    row = rows[0]
    make = _OPERANDS.get(row.form)
    count = _COUNTS.get(row.form, 2)
    if make is None:
        raise Bad(f"{text!r} is no instruction")
    if len(operands) != count:
        raise Bad(f"{name} takes {count} operand{'s' * (count != 1)}, not {len(operands)}")
    return make(parser, rows, operands)


def _memory(text: str) -> tuple[int, int]:
    match = _MEMORY.fullmatch(text)
    if not match:
        raise Bad(f"{text!r} is no place in memory, such as [r1+8]")
    return register(match["base"]), offset_of(match)


def _pick(rows: list[InstructionRow], by_register: bool) -> InstructionRow:
    return rows[-1] if by_register else rows[0]


def _first(allowed: tuple[int, ...] | None) -> int:
    return allowed[0] if allowed else 0


def _op_alu(parser: Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    by_register = bool(IS_REG.fullmatch(operands[1]))
    row = _pick(rows, by_register)
    dst, offset = register(operands[0]), _first(row.offset)
    if by_register:
        return Instruction(row.opcode, dst, register(operands[1]), offset)
    return Instruction(row.opcode, dst, 0, offset, imm32(operands[1]))


def _op_movsx(parser: Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    return Instruction(rows[0].opcode, register(operands[0]), register(operands[1]), _first(rows[0].offset))


def _op_one(parser: Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    return Instruction(rows[0].opcode, register(operands[0]), imm=_first(rows[0].imm))


def _op_none(parser: Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    return Instruction(rows[0].opcode)


def _target(text: str) -> re.Match[str]:
    match = AIM.fullmatch(text)
    if not match:
        raise Bad(f"{text!r} is no label and no distance, such as +3")
    return match


def _op_jump(parser: Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    match = _target(operands[0])
    if rows[0].form == "jump32":
        return Instruction(rows[0].opcode, imm=parser.aim(match, 32))
    return Instruction(rows[0].opcode, offset=parser.aim(match))


def _op_cond(parser: Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    by_register = bool(IS_REG.fullmatch(operands[1]))
    row, dst, offset = _pick(rows, by_register), register(operands[0]), parser.aim(_target(operands[2]))
    if by_register:
        return Instruction(row.opcode, dst, register(operands[1]), offset)
    return Instruction(row.opcode, dst, 0, offset, imm32(operands[1]))


def _op_lddw(parser: Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    if not IS_NUMBER.fullmatch(operands[1]):
        raise Bad(f"{operands[1]!r} is no number")
    return Instruction(op.LDDW, register(operands[0]), imm=imm64(operands[1]))


def _op_load(parser: Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    src, offset = _memory(operands[1])
    return Instruction(rows[0].opcode, register(operands[0]), src, offset, _first(rows[0].imm))


def _op_store(parser: Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    dst, offset = _memory(operands[0])
    if rows[0].form == "store_imm":
        return Instruction(rows[0].opcode, dst, 0, offset, imm32(operands[1]))
    return Instruction(rows[0].opcode, dst, register(operands[1]), offset, _first(rows[0].imm))


def _op_abs(parser: Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    return Instruction(rows[0].opcode, imm=imm32(operands[0]))


def _op_ind(parser: Parser, rows: list[InstructionRow], operands: list[str]) -> Instruction:
    return Instruction(rows[0].opcode, 0, register(operands[0]), 0, imm32(operands[1]))


_OPERANDS: dict[str, Callable[[Parser, list[InstructionRow], list[str]], Instruction]] = {
    "alu": _op_alu, "movsx": _op_movsx, "neg": _op_one, "end": _op_one, "callx": _op_one, "exit": _op_none,
    "jump": _op_jump, "jump32": _op_jump, "may_goto": _op_jump, "cond": _op_cond, "lddw": _op_lddw, "load": _op_load,
    "load_sx": _op_load, "store": _op_store, "store_imm": _op_store, "atomic": _op_store, "load_acquire": _op_load,
    "store_release": _op_store, "abs": _op_abs, "ind": _op_ind,
}  # fmt: skip
