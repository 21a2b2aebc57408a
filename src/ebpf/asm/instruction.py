"""One BPF instruction, and bytecode ⇄ instructions."""

from __future__ import annotations

import sys
from struct import Struct

from ebpf.errors import AsmError
from ebpf.uapi.opcodes import LDDW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal

    ByteOrder = Literal["little", "big"]

_SLOT = {"little": Struct("<BBhi"), "big": Struct(">BBhi")}


class Instruction:
    """`opcode`, `dst`, `src`, `offset` (signed 16 bits) and `imm` (signed 32 bits).

    The 16-byte load (opcode 0x18) is one instruction of two slots; its `imm` is the whole 64 bits, unsigned.
    Jumps and calls count in slots, from the one after theirs.
    """

    __slots__ = ("dst", "imm", "offset", "opcode", "src")

    def __init__(self, opcode: int, dst: int = 0, src: int = 0, offset: int = 0, imm: int = 0) -> None:
        self.opcode = opcode
        self.dst = dst
        self.src = src
        self.offset = offset
        self.imm = imm

    @property
    def slots(self) -> int:
        """How many 8-byte slots it takes: 2 for the 16-byte load, else 1."""
        return 2 if self.opcode == LDDW else 1

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Instruction):
            return NotImplemented
        return (self.opcode, self.dst, self.src, self.offset, self.imm) == (
            other.opcode, other.dst, other.src, other.offset, other.imm,
        )  # fmt: skip

    def __hash__(self) -> int:
        return hash((self.opcode, self.dst, self.src, self.offset, self.imm))

    def __repr__(self) -> str:
        return f"Instruction({self.opcode:#04x}, dst={self.dst}, src={self.src}, offset={self.offset}, imm={self.imm})"


def decode(code: bytes, byte_order: ByteOrder = sys.byteorder) -> list[Instruction]:
    """Bytecode, by default in this machine's byte order as programs hold it, as instructions. Raises AsmError when it is no whole
    number of them."""
    if len(code) % 8:
        raise AsmError(f"bytecode of {len(code)} bytes is no whole number of 8-byte slots")
    big = byte_order == "big"
    out: list[Instruction] = []
    slots = _SLOT[byte_order].iter_unpack(code)
    for opcode, regs, offset, imm in slots:
        dst, src = (regs >> 4, regs & 15) if big else (regs & 15, regs >> 4)
        if opcode == LDDW:
            second = next(slots, None)
            if second is None:
                raise AsmError("the second half of a 16-byte load is missing", slot=len(code) // 8 - 1)
            if second[:3] != (0, 0, 0):
                raise AsmError(
                    "the second half of a 16-byte load must be 0 but for its immediate", slot=_slot_of(out) + 1
                )
            imm = (imm & 0xFFFFFFFF) | (second[3] & 0xFFFFFFFF) << 32
        out.append(Instruction(opcode, dst, src, offset, imm))
    return out


def encode(instructions: Iterable[Instruction], byte_order: ByteOrder = sys.byteorder) -> bytes:
    """Instructions as bytecode, by default in this machine's byte order as programs hold it. Raises AsmError for a field that
    doesn't fit."""
    big = byte_order == "big"
    pack = _SLOT[byte_order].pack
    out: list[bytes] = []
    for insn in instructions:
        if not (0 <= insn.dst <= 15 and 0 <= insn.src <= 15 and 0 <= insn.opcode <= 255):
            raise AsmError(f"{insn!r}: opcode or register out of range", slot=len(out))
        regs = insn.dst << 4 | insn.src if big else insn.src << 4 | insn.dst
        if not -0x8000 <= insn.offset <= 0x7FFF:
            raise AsmError(f"offset {insn.offset} does not fit in 16 bits", slot=len(out))
        if insn.opcode == LDDW:
            imm = insn.imm & 0xFFFFFFFFFFFFFFFF
            out.append(pack(insn.opcode, regs, insn.offset, _signed32(imm & 0xFFFFFFFF)))
            out.append(pack(0, 0, 0, _signed32(imm >> 32)))
        elif -0x80000000 <= insn.imm <= 0xFFFFFFFF:
            out.append(pack(insn.opcode, regs, insn.offset, _signed32(insn.imm & 0xFFFFFFFF)))
        else:
            raise AsmError(f"immediate {insn.imm:#x} does not fit in 32 bits", slot=len(out))
    return b"".join(out)


def _signed32(value: int) -> int:
    return value - 0x100000000 if value & 0x80000000 else value


def _slot_of(instructions: list[Instruction]) -> int:
    return sum(insn.slots for insn in instructions)
