"""Bytes ⇄ instructions."""

from __future__ import annotations

import pytest

from ebpf.asm import Instruction, decode, encode
from ebpf.errors import AsmError


def test_byte_orders() -> None:
    insn = Instruction(0x61, 1, 10, -4, 0)
    assert encode([insn], "little").hex() == "61a1fcff00000000"
    assert encode([insn], "big").hex() == "611afffc00000000"
    assert (
        decode(bytes.fromhex("61a1fcff00000000"), "little")
        == decode(bytes.fromhex("611afffc00000000"), "big")
        == [insn]
    )


def test_the_16_byte_load() -> None:
    insn = Instruction(0x18, 1, 2, 0, 0x1122334455667788)
    assert insn.slots == 2
    assert encode([insn], "little").hex() == "18210000887766550000000044332211"
    assert encode([insn], "big").hex() == "18120000556677880000000011223344"
    assert decode(encode([insn])) == [insn]
    assert encode([Instruction(0x18, imm=-1)])[4:8] == b"\xff\xff\xff\xff"
    assert decode(encode([Instruction(0x18, imm=-1)]))[0].imm == 0xFFFFFFFFFFFFFFFF


@pytest.mark.parametrize(
    ("code", "message", "slot"),
    [
        ("95000000", "4 bytes is no whole number", None),
        ("9500000000000000" + "1801000000000000", "the second half of a 16-byte load is missing", 1),
        ("1801000000000000" + "9500000000000000", "must be 0 but for its immediate", 1),
        ("1801000000000000" + "0001000000000000", "must be 0 but for its immediate", 1),
        ("1801000000000000" + "0000010000000000", "must be 0 but for its immediate", 1),
    ],
)
def test_bad_bytes(code: str, message: str, slot: int | None) -> None:
    with pytest.raises(AsmError, match=message) as caught:
        decode(bytes.fromhex(code), "little")
    assert caught.value.slot == slot


@pytest.mark.parametrize(
    ("insn", "message"),
    [
        (Instruction(0x07, 16), "opcode or register out of range"),
        (Instruction(0x107), "opcode or register out of range"),
        (Instruction(0x07, 1, -1), "opcode or register out of range"),
        (Instruction(0x05, offset=0x8000), "offset 32768 does not fit in 16 bits"),
        (Instruction(0x07, imm=1 << 32), "does not fit in 32 bits"),
        (Instruction(0x07, imm=-(1 << 31) - 1), "does not fit in 32 bits"),
    ],
)
def test_fields_that_do_not_fit(insn: Instruction, message: str) -> None:
    with pytest.raises(AsmError, match=message) as caught:
        encode([Instruction(0x95), insn])
    assert caught.value.slot == 1


def test_as_a_value() -> None:
    one, same, other = Instruction(7, 1, 0, 0, 5), Instruction(7, 1, 0, 0, 5), Instruction(7, 1, 0, 0, 6)
    assert one == same and hash(one) == hash(same)
    assert one != other
    assert one != "r1 += 5"
    assert repr(one) == "Instruction(0x07, dst=1, src=0, offset=0, imm=5)"
