"""What `asm.check` refuses, and the table of instructions it goes by."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebpf import asm
from ebpf.asm import Instruction, assemble, check
from ebpf.errors import AsmError
from ebpf.uapi import opcodes as op
from ebpf.uapi.instructions import BY_OPCODE, ROWS, InstructionRow

FIELDS = ("dst", "src", "offset", "imm")


def sample(row: InstructionRow) -> Instruction:
    """An instruction of the row, every free field 1 (jumps: 0)."""
    free = {"dst": 1, "src": 1, "offset": 0 if row.form in ("cond", "jump", "may_goto") else 1, "imm": 1}
    if row.form in ("jump32", "call_local"):
        free["imm"] = 0
    values = {field: free[field] if getattr(row, field) is None else getattr(row, field)[0] for field in FIELDS}
    return Instruction(row.opcode, **values)


def program(insn: Instruction) -> list[Instruction]:
    return [insn, *assemble("r0 = 0\nexit")]


def test_the_table() -> None:
    assert len(BY_OPCODE) == 129
    # No two rows take the same instruction.
    for row in ROWS:
        assert asm.row_of(sample(row)) is row
    assert {row.version for row in ROWS} == {1, 2, 3, 4}
    assert {row.group for row in ROWS} == {
        "", "base32", "base64", "divmul32", "divmul64", "atomic32", "atomic64", "packet",
    }  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}-{row.opcode:#04x}")
def test_every_unused_field_is_refused_by_name(row: InstructionRow) -> None:
    good = sample(row)
    check(program(good))
    for field in FIELDS:
        allowed = getattr(row, field)
        if allowed is None:
            continue
        for value in (1, 2, 5, 9, 64, 0x7F):
            bad = Instruction(good.opcode, good.dst, good.src, good.offset, good.imm)
            setattr(bad, field, value)
            if (value > 15 and field in ("dst", "src")) or asm.row_of(bad) is not None:
                continue
            with pytest.raises(AsmError, match=r"^instruction 0: ") as caught:
                check(program(bad))
            if len(BY_OPCODE[row.opcode]) == 1:  # else it may be closer to another, with another field wrong
                assert f"{field} is {value}: {row.name} " in str(caught.value)


@pytest.mark.parametrize(
    ("insn", "message"),
    [
        (Instruction(0xFF), "there is no instruction with opcode 0xff"),
        (Instruction(0x06 | op.JEQ, 11), "dst is r11; the last register is r10"),
        (Instruction(0x07, 11, 0, 0, 1), "dst is r11"),
        (Instruction(0x0F, 1, 12), "src is r12"),
        (Instruction(0x07, 1, 1, 0, 1), "src is 1: add doesn't use it, so it must be 0"),
        (Instruction(0x3F, 1, 2, 2), "offset is 2: div or sdiv must have 0 or 1"),
        (Instruction(0xBF, 1, 2, 9), "offset is 9: mov or movsx864 or movsx1664 must have 0, 8, 16 or 32"),
        (Instruction(0xBC, 1, 2, 32), "offset is 32: mov32 or movsx832 or movsx1632 must have 0, 8 or 16"),
        (Instruction(0xDC, 1, imm=8), "imm is 8: be must have 16, 32 or 64"),
        (Instruction(0xDB, 1, 2, 0, 0x30), "imm is 48: "),
        (Instruction(0x85, 0, 3, 0, 1), "src is 3: "),
        (Instruction(0x18, 1, 7), "src is 7: "),
        (Instruction(0xD3, 1, 2, 0, 0), "imm is 0: "),  # there is no 1-byte add
        (Instruction(0xBF, 1, 2, 1, 7), "imm is 7: "),  # to address space 7
    ],
)
def test_refused(insn: Instruction, message: str) -> None:
    with pytest.raises(AsmError) as caught:
        check(program(insn))
    assert message in str(caught.value)
    assert caught.value.slot == 0


@pytest.mark.parametrize(
    ("source", "slot", "message"),
    [
        ("goto +2\nexit", 0, "ja goes to 3, which is outside the program (0 to 1)"),
        ("r0 = 0\ngoto -3\nexit", 1, "goes to -1"),
        ("goto +1\nr1 = 5 ll\nexit", 0, "goes to 2, which is inside a 16-byte load"),
        ("r1 = 5 ll\nif r1 == 0 goto -2\nexit", 2, "goes to 1, which is inside a 16-byte load"),
        ("gotol +5\nexit", 0, "ja32 goes to 6"),
        ("call pc+7\nexit", 0, "call local goes to 8"),
        ("r1 = subprog[-2]\nexit", 0, "lddw func goes to -1"),
        ("may_goto +9\nexit", 0, "may_goto goes to 10"),
        ("r1 = 5 ll\n.insn 0x0f, 1, 1, 0, 1\nexit", 2, "imm is 1"),
    ],
)
def test_places(source: str, slot: int, message: str) -> None:
    with pytest.raises(AsmError) as caught:
        check(assemble(source))
    assert message in str(caught.value)
    assert caught.value.slot == slot


@pytest.mark.parametrize(
    ("source", "version", "kernel"),
    [
        ("r0 = 1", 1, (3, 18)),
        ("if r1 < 2 goto +0", 2, (4, 14)),
        ("if w1 == 2 goto +0", 3, (5, 1)),
        ("if w1 < 2 goto +0", 3, (5, 1)),
        ("lock *(u64 *)(r1 + 0) += r2", 1, (3, 18)),
        ("lock *(u64 *)(r1 + 0) |= r2", 3, (5, 12)),
        ("r1 = atomic64_xchg((u64 *)(r2 + 0), r1)", 3, (5, 12)),
        ("r1 s/= r2", 4, (6, 6)),
        ("r1 = (s8)r2", 4, (6, 6)),
        ("r1 = *(s8 *)(r2 + 0)", 4, (6, 6)),
        ("r1 = bswap16 r1", 4, (6, 6)),
        ("gotol +0", 4, (6, 6)),
        ("may_goto +0", 1, (6, 9)),
        ("r1 = addr_space_cast(r2, 1, 0)", 4, (6, 9)),
        ("r1 = load_acquire((u64 *)(r2 + 0))", 4, (6, 15)),
        ("call pc+0", 1, (4, 16)),
        ("call kfunc 7", 1, (5, 13)),
        ("r1 = map[fd:3][0]+0", 1, (5, 2)),
    ],
)
def test_first_version_and_kernel(source: str, version: int, kernel: tuple[int, int]) -> None:
    insns = assemble(source + "\nr0 = 0\nexit")
    check(insns, version=version, kernel=kernel)
    if version > 1:
        with pytest.raises(AsmError, match=rf"needs -mcpu=v{version}, not v{version - 1}"):
            check(insns, version=version - 1)
    if kernel > (3, 18):
        with pytest.raises(AsmError, match=rf"Linux {kernel[0]}\.{kernel[1]} is the first that has "):
            check(insns, kernel=(kernel[0], kernel[1] - 1))


def test_no_kernel_has_callx() -> None:
    check(assemble("callx r1\nexit"))
    with pytest.raises(AsmError, match="no Linux release has callx"):
        check(assemble("callx r1\nexit"), kernel=(6, 18))


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=64))
def test_only_asm_errors_come_out(code: bytes) -> None:
    try:
        check(asm.decode(code))
    except AsmError as error:
        assert str(error)
