"""A register compared with itself: Linux follows the outcome that cannot be, and learns of both sides at once."""

from __future__ import annotations

import sys

import pytest

from ebpf.asm import Instruction as I
from ebpf.asm import encode
from ebpf.errors import VerifierError
from ebpf.spec import ProgramSpec
from ebpf.uapi import opcodes as op
from ebpf.uapi.prog_types import ProgType
from ebpf.verifier import verify

EXIT = I(op.JMP | op.EXIT)


def compared(opcode: int) -> list[I]:
    """r0 = a number & 1; if r0 <op> r0 goto +0; exit."""
    return [I(op.JMP | op.CALL, imm=8), I(op.ALU64 | op.AND, 0, imm=1), I(opcode | op.X, 0, 0), EXIT]


def program(*code: I) -> ProgramSpec:
    return ProgramSpec("p", ProgType.CGROUP_DEVICE, encode(code, sys.byteorder), license="GPL")


@pytest.mark.parametrize("operation", [op.JGE, op.JLE, op.JGT, op.JLT])
def test_the_outcome_that_cannot_be(operation: int) -> None:
    # r0 is 0 or 1, and may be returned; after the comparison it is not known to be.
    with pytest.raises(VerifierError, match="R0 has unknown scalar value"):
        verify(program(*compared(op.JMP32 | operation)), {})


@pytest.mark.parametrize("operation", [op.JSGE, op.JSLE, op.JSGT, op.JSLT, op.JEQ, op.JNE])
def test_other_comparisons_leave_its_range(operation: int) -> None:
    verify(program(*compared(op.JMP32 | operation)), {})


@pytest.mark.parametrize(
    "operation", [op.JGE, op.JLE, op.JGT, op.JLT, op.JSGE, op.JSLE, op.JSGT, op.JSLT, op.JEQ, op.JNE]
)
def test_wide_comparisons_leave_its_range(operation: int) -> None:
    verify(program(*compared(op.JMP | operation)), {})


def test_without_the_comparison_it_is_taken() -> None:
    verify(program(I(op.JMP | op.CALL, imm=8), I(op.ALU64 | op.AND, 0, imm=1), EXIT), {})
