"""Instructions by short names, for programs made by hand."""

from __future__ import annotations

from ebpf.asm import Instruction
from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import IDS

I = Instruction  # noqa: E741
EXIT = I(op.JMP | op.EXIT)


def mov(dst: int, imm: int) -> Instruction:
    return I(op.ALU64 | op.MOV, dst, imm=imm)


def movr(dst: int, src: int) -> Instruction:
    return I(op.ALU64 | op.MOV | op.X, dst, src)


def add(dst: int, imm: int) -> Instruction:
    return I(op.ALU64 | op.ADD, dst, imm=imm)


def call(helper: int | str) -> Instruction:
    return I(op.JMP | op.CALL, imm=IDS[helper] if isinstance(helper, str) else helper)


def ldx(size: int, dst: int, src: int, offset: int = 0) -> Instruction:
    return I(op.LDX | op.MEM | size, dst, src, offset)


def stx(size: int, dst: int, src: int, offset: int = 0) -> Instruction:
    return I(op.STX | op.MEM | size, dst, src, offset)


def st(size: int, dst: int, offset: int, imm: int) -> Instruction:
    return I(op.ST | op.MEM | size, dst, 0, offset, imm)
