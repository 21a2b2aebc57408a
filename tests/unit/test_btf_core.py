"""CO-RE, kind by kind, on types made here; `tests/host/test_core_oracle.py` compares with libbpf."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from ebpf.asm import Instruction, decode, encode
from ebpf.btf import (
    Array,
    Btf,
    Const,
    Enum,
    Enum64,
    EnumValue,
    Float,
    Forward,
    FuncProto,
    Int,
    Member,
    Param,
    Pointer,
    Struct,
    Type,
    Typedef,
    Union,
)
from ebpf.btf.build import Builder
from ebpf.btf.core import Poison, Relocator, explain, relocate
from ebpf.btf.ext import CoreRelocation, Line
from ebpf.btf.minimal import minimal
from ebpf.errors import RelocationError
from ebpf.uapi.btf import BAD_RELOCATION, CoreKind

LDX_W, LDX_DW, LDX_H, LDX_B, MOV, LDDW, ST_W = 0x61, 0x79, 0x69, 0x71, 0xB7, 0x18, 0x62
BAD = Instruction(0x85, imm=BAD_RELOCATION)
LINES = [Line(0, "prog.c", "\tint x = s->a;", 7, 3)]


def make(*found: Type, base: Btf | None = None) -> Btf:
    return Builder(found, base=base, byte_order=sys.byteorder).btf()


def apply(
    local: Btf,
    targets: Btf | list[Btf],
    kind: CoreKind,
    access: str,
    insn: Instruction,
    type_id: int = 2,
    poisoned: list[Poison] | None = None,
) -> Instruction:
    code = encode([insn, Instruction(0x95)], sys.byteorder)
    targets = targets if isinstance(targets, list) else [targets]
    out = relocate(
        code, [CoreRelocation(0, type_id, access, kind)], local, targets, LINES, program="prog", poisoned=poisoned
    )
    assert out[-8:] == code[-8:]
    if insn.opcode == LDDW and out[:1] == b"\x85":
        first, second = out[:8], out[8:16]
        assert first == second
        return decode(first, sys.byteorder)[0]
    return decode(out, sys.byteorder)[0]


LOCAL = make(
    Int("int", 4, 1),
    Struct("s", 12, [Member("a", 1, 0), Member("b", 1, 32), Member("list", 3, 64)]),
    Array(1, 1, 1),
)
TARGET = make(
    Int("int", 4, 1),
    Int("long", 8, 1),
    Array(1, 1, 4),
    Union("", 4, [Member("b", 1, 0), Member("other", 1, 0)]),
    Struct("s", 40, [Member("new", 2, 0), Member("", 4, 96), Member("a", 1, 128), Member("list", 3, 192)]),
)
EMPTY = make(Int("int", 4, 1))
NO_B = make(Int("int", 4, 1), Struct("s", 8, [Member("a", 1, 0)]))


@pytest.mark.parametrize(
    ("kind", "access", "insn", "wanted"),
    [
        (CoreKind.FIELD_BYTE_OFFSET, "0:0", Instruction(LDX_W, 1, 2, 0), Instruction(LDX_W, 1, 2, 16)),
        # Found inside an anonymous union.
        (CoreKind.FIELD_BYTE_OFFSET, "0:1", Instruction(LDX_W, 1, 2, 4), Instruction(LDX_W, 1, 2, 12)),
        (CoreKind.FIELD_BYTE_OFFSET, "0:2:0", Instruction(LDX_W, 1, 2, 8), Instruction(LDX_W, 1, 2, 24)),
        (CoreKind.FIELD_BYTE_OFFSET, "0:2", Instruction(MOV, 1, imm=8), Instruction(MOV, 1, imm=24)),
        # The second element of a pointer's target: by the target's size.
        (CoreKind.FIELD_BYTE_OFFSET, "1:0", Instruction(MOV, 1, imm=12), Instruction(MOV, 1, imm=56)),
        (CoreKind.FIELD_BYTE_OFFSET, "0:0", Instruction(ST_W, 1, 0, 0, 5), Instruction(ST_W, 1, 0, 16, 5)),
        (CoreKind.FIELD_BYTE_OFFSET, "0:0", Instruction(LDDW, 1), Instruction(LDDW, 1, imm=16)),
        (CoreKind.FIELD_BYTE_SIZE, "0:0", Instruction(MOV, 1, imm=4), Instruction(MOV, 1, imm=4)),
        (CoreKind.FIELD_BYTE_SIZE, "0:2", Instruction(MOV, 1, imm=4), Instruction(MOV, 1, imm=16)),
        (CoreKind.FIELD_BYTE_SIZE, "0", Instruction(MOV, 1, imm=12), Instruction(MOV, 1, imm=40)),
        (CoreKind.FIELD_EXISTS, "0:1", Instruction(MOV, 1, imm=1), Instruction(MOV, 1, imm=1)),
        (CoreKind.FIELD_SIGNED, "0:0", Instruction(MOV, 1, imm=1), Instruction(MOV, 1, imm=1)),
        (CoreKind.FIELD_LSHIFT_U64, "0:0", Instruction(MOV, 1, imm=32), Instruction(MOV, 1, imm=32)),
        (CoreKind.FIELD_RSHIFT_U64, "0:0", Instruction(MOV, 1, imm=32), Instruction(MOV, 1, imm=32)),
        (CoreKind.TYPE_ID_LOCAL, "0", Instruction(MOV, 1, imm=77), Instruction(MOV, 1, imm=2)),
        (CoreKind.TYPE_ID_TARGET, "0", Instruction(LDDW, 1, imm=99), Instruction(LDDW, 1, imm=5)),
        (CoreKind.TYPE_EXISTS, "0", Instruction(MOV, 1, imm=1), Instruction(MOV, 1, imm=1)),
        (CoreKind.TYPE_SIZE, "0", Instruction(MOV, 1, imm=12), Instruction(MOV, 1, imm=40)),
    ],
)
def test_kinds(kind: CoreKind, access: str, insn: Instruction, wanted: Instruction) -> None:
    if kind == CoreKind.FIELD_LSHIFT_U64 and sys.byteorder == "big":
        pytest.skip("the shift is another on this machine")
    assert apply(LOCAL, TARGET, kind, access, insn) == wanted


@pytest.mark.parametrize(
    ("kind", "access", "old", "target", "new"),
    [
        (CoreKind.FIELD_EXISTS, "0:1", 1, NO_B, 0),
        (CoreKind.FIELD_EXISTS, "0:1", 1, EMPTY, 0),
        (CoreKind.FIELD_EXISTS, "0:0", 1, NO_B, 1),
        (CoreKind.TYPE_EXISTS, "0", 1, EMPTY, 0),
        (CoreKind.TYPE_SIZE, "0", 12, EMPTY, 0),
        (CoreKind.TYPE_MATCHES, "0", 1, NO_B, 0),
        (CoreKind.TYPE_ID_TARGET, "0", 2, EMPTY, 0),
    ],
)
def test_what_is_missing_is_0(kind: CoreKind, access: str, old: int, target: Btf, new: int) -> None:
    assert apply(LOCAL, target, kind, access, Instruction(MOV, 3, imm=old)) == Instruction(MOV, 3, imm=new)


@pytest.mark.parametrize("insn", [Instruction(LDX_W, 1, 2, 4), Instruction(MOV, 1, imm=4), Instruction(LDDW, 1, imm=4)])
@pytest.mark.parametrize(
    ("target", "reason"),
    [(NO_B, "the target's struct s has no such field, or one of another type"), (EMPTY, "the target has no struct s")],
)
def test_what_is_missing_is_poisoned(insn: Instruction, target: Btf, reason: str) -> None:
    poisoned: list[Poison] = []
    assert apply(LOCAL, target, CoreKind.FIELD_BYTE_OFFSET, "0:1", insn, poisoned=poisoned) == BAD
    assert poisoned == [Poison(0, "struct s.b", "prog.c:7: int x = s->a;", reason)]
    assert str(poisoned[0]) == f"struct s.b: {reason} (prog.c:7: int x = s->a;)"


def test_a_relocation_is_for_its_instruction() -> None:
    code = encode([Instruction(MOV, 1, imm=5), Instruction(LDX_W, 1, 2, 0), Instruction(LDX_W, 1, 2, 4)], sys.byteorder)
    relocations = [CoreRelocation(1, 2, "0:0", 0), CoreRelocation(2, 2, "0:1", 0)]
    out = decode(relocate(code, relocations, LOCAL, [TARGET]), sys.byteorder)
    assert [insn.offset for insn in out] == [0, 16, 12]
    assert out[0].imm == 5
    assert relocate(code, [], LOCAL, [TARGET]) is code


# Access at another size.

INT, UNSIGNED, LONG, ULONG = Int("int", 4, 1), Int("unsigned int", 4), Int("long", 8, 1), Int("unsigned long", 8)


def one_field(field: Type, *more: Type) -> Btf:
    size = field.size if isinstance(field, (Int, Struct, Float)) else 8
    return make(field, Struct("s", size + 8, [Member("a", 1, 64)]), *more)


@pytest.mark.parametrize(
    ("mine", "theirs", "opcode", "wanted"),
    [
        (UNSIGNED, ULONG, LDX_W, LDX_DW),
        (ULONG, UNSIGNED, LDX_DW, LDX_W),
        (UNSIGNED, Int("unsigned char", 1), LDX_W, LDX_B),
        (UNSIGNED, Int("unsigned short", 2), LDX_W, LDX_H),
        (UNSIGNED, Int("_Bool", 1, 4), LDX_W, LDX_B),
        (UNSIGNED, INT, LDX_W, LDX_W),
    ],
)
def test_width_follows_the_target(mine: Int, theirs: Int, opcode: int, wanted: int) -> None:
    insn = apply(one_field(mine), one_field(theirs), CoreKind.FIELD_BYTE_OFFSET, "0:0", Instruction(opcode, 1, 2, 8))
    assert insn == Instruction(wanted, 1, 2, 8)


def test_signed_integers_keep_their_width() -> None:
    poisoned: list[Poison] = []
    insn = Instruction(LDX_W, 1, 2, 8)
    assert apply(one_field(INT), one_field(LONG), CoreKind.FIELD_BYTE_OFFSET, "0:0", insn, poisoned=poisoned) == BAD
    assert "it has 4 bytes here and 8 in the target" in poisoned[0].reason
    # An immediate doesn't care.
    mov = Instruction(MOV, 1, imm=8)
    assert apply(one_field(INT), one_field(LONG), CoreKind.FIELD_BYTE_OFFSET, "0:0", mov) == mov


def test_arrays_of_another_length() -> None:
    """The load is of one element: its width counts, not the array's."""

    def holder(element: Int, count: int) -> Btf:
        return make(element, Struct("s", 64, [Member("a", 3, 64)]), Array(4, 1, count), Array(1, 1, 2))

    insn = Instruction(LDX_W, 1, 2, 8)
    assert apply(holder(UNSIGNED, 2), holder(UNSIGNED, 4), CoreKind.FIELD_BYTE_OFFSET, "0:0", insn) == insn
    wider = apply(holder(UNSIGNED, 2), holder(ULONG, 2), CoreKind.FIELD_BYTE_OFFSET, "0:0", insn)
    assert wider == Instruction(LDX_DW, 1, 2, 8)
    assert apply(holder(INT, 2), holder(LONG, 2), CoreKind.FIELD_BYTE_OFFSET, "0:0", insn) == BAD


def test_signedness() -> None:
    insn = Instruction(MOV, 1, imm=1)
    assert apply(one_field(INT), one_field(ULONG), CoreKind.FIELD_SIGNED, "0:0", insn).imm == 0
    unsigned, below = Enum("e", 4, False, []), Enum("e", 4, True, [])
    local, target = (
        make(unsigned, Struct("s", 4, [Member("a", 1, 0)])),
        make(below, Struct("s", 4, [Member("a", 1, 0)])),
    )
    assert apply(local, target, CoreKind.FIELD_SIGNED, "0:0", Instruction(MOV, 1)).imm == 1


# Bitfields.


@pytest.mark.skipif(sys.byteorder == "big", reason="the numbers are those of a little-endian machine")
@pytest.mark.parametrize(
    ("bit_offset", "bit_size", "unit", "offset", "size", "left", "right"),
    [
        (0, 3, UNSIGNED, 0, 4, 61, 61),
        (5, 7, UNSIGNED, 0, 4, 52, 57),
        (40, 7, UNSIGNED, 4, 4, 49, 57),
        # Over the edge of its unit: the next wider one.
        (30, 4, UNSIGNED, 0, 8, 30, 60),
        (14, 4, Int("unsigned short", 2), 0, 4, 46, 60),
        (60, 4, ULONG, 0, 8, 0, 60),
    ],
)
def test_bitfields(bit_offset: int, bit_size: int, unit: Int, offset: int, size: int, left: int, right: int) -> None:
    local = make(UNSIGNED, Struct("s", 4, [Member("a", 1, 0, 2)]))
    target = make(unit, Struct("s", 16, [Member("a", 1, bit_offset, bit_size)]))
    asked = {
        CoreKind.FIELD_BYTE_OFFSET: offset,
        CoreKind.FIELD_BYTE_SIZE: size,
        CoreKind.FIELD_LSHIFT_U64: left,
        CoreKind.FIELD_SIGNED: 0,
    }
    for kind, wanted in asked.items():
        # What the compiler put there isn't checked: units of bitfields are a matter of taste.
        held = 0 if kind == CoreKind.FIELD_SIGNED else 1234
        assert apply(local, target, kind, "0:0", Instruction(MOV, 1, imm=held)).imm == wanted, kind
    assert apply(local, target, CoreKind.FIELD_RSHIFT_U64, "0:0", Instruction(MOV, 1, imm=62)).imm == right


def test_a_bitfield_too_wide() -> None:
    local = make(ULONG, Struct("s", 8, [Member("a", 1, 0, 2)]))
    target = make(ULONG, Struct("s", 16, [Member("a", 1, 60, 8)]))
    with pytest.raises(RelocationError, match="a bitfield that no 64-bit load holds"):
        apply(local, target, CoreKind.FIELD_BYTE_OFFSET, "0:0", Instruction(MOV, 1))


# Enums.

ENUM = make(INT, Enum("e", 4, False, [EnumValue("A", 1), EnumValue("B", 2)]))


@pytest.mark.parametrize(
    ("target", "imm"),
    [
        (make(INT, Enum("e", 4, False, [EnumValue("B", 20), EnumValue("A", 10)])), 20),
        (make(INT, Enum("e", 4, True, [EnumValue("B", -5)])), (1 << 64) - 5),
        (make(INT, Enum("e", 4, False, [EnumValue("B", 0xFFFFFFFF)])), (1 << 64) - 1),
        (make(INT, Enum64("e", 8, False, [EnumValue("B", 1 << 40)])), 1 << 40),
        (make(INT, Enum("e___other", 4, False, [EnumValue("B___new", 3)])), 3),
    ],
)
def test_enum_values(target: Btf, imm: int) -> None:
    assert apply(ENUM, target, CoreKind.ENUMVAL_VALUE, "1", Instruction(LDDW, 1, imm=2)).imm == imm
    assert apply(ENUM, target, CoreKind.ENUMVAL_EXISTS, "1", Instruction(MOV, 1, imm=1)).imm == 1


def test_enum_values_that_are_missing() -> None:
    target = make(INT, Enum("e", 4, False, [EnumValue("A", 10)]))
    poisoned: list[Poison] = []
    assert apply(ENUM, target, CoreKind.ENUMVAL_EXISTS, "1", Instruction(MOV, 1, imm=1)).imm == 0
    assert apply(ENUM, target, CoreKind.ENUMVAL_VALUE, "1", Instruction(LDDW, 1, imm=2), poisoned=poisoned) == BAD
    assert poisoned[0].access == "enum e::B"
    assert poisoned[0].reason == "the target's enum e has no B"


# What counts as the same.


@pytest.mark.parametrize(
    ("mine", "theirs", "found"),
    [
        ([INT], [ULONG], True),
        ([INT], [Pointer(0)], False),
        ([Pointer(0)], [Pointer(1)], True),
        ([Float("float", 4)], [Float("double", 8)], True),
        ([INT], [Float("float", 4)], False),
        ([Enum("e", 4, False, [])], [Enum64("e", 8, False, [])], True),
        ([Enum("e", 4, False, [])], [Enum("f", 4, False, [])], False),
        ([Enum("e", 4, False, [])], [Enum("", 4, False, [])], True),
        ([Enum("e___old", 4, False, [])], [Enum("e", 4, False, [])], True),
        ([Struct("x", 8, [])], [Union("y", 8, [])], True),
        ([Struct("x", 8, [])], [INT], False),
        ([Int("bits", 4, 0, 3, 2)], [INT], False),
        ([Array(3, 3, 2), INT], [Array(3, 3, 5), ULONG], True),
        ([Array(3, 3, 2), INT], [Array(3, 3, 2), Pointer(0)], False),
        ([Const(3), INT], [Typedef("t", 3), INT], True),
        ([Forward("f")], [Forward("f")], True),
    ],
)
def test_fields_of_another_type(mine: list[Type], theirs: list[Type], found: bool) -> None:
    local = make(mine[0], Struct("s", 8, [Member("a", 1, 0)]), *mine[1:])
    target = make(theirs[0], Struct("s", 8, [Member("a", 1, 0)]), *theirs[1:])
    assert apply(local, target, CoreKind.FIELD_EXISTS, "0:0", Instruction(MOV, 1, imm=1)).imm == found


@pytest.mark.parametrize(
    ("mine", "theirs", "exists", "matches"),
    [
        ([Struct("t", 4, [])], [Struct("t", 4, [])], True, True),
        ([Struct("t", 4, [])], [Union("t", 4, [])], False, False),
        ([Struct("t", 4, [Member("a", 3, 0)]), INT], [Struct("t", 4, []), INT], True, False),
        ([Struct("t", 4, []), INT], [Struct("t", 4, [Member("a", 3, 0)]), INT], True, True),
        ([Struct("t", 4, [Member("a", 3, 0)]), INT], [Struct("t", 4, [Member("a", 3, 32)]), UNSIGNED], True, False),
        ([Struct("t", 4, [Member("a", 3, 0)]), Pointer(4), Struct("x", 1, [])],
         [Struct("t", 4, [Member("a", 3, 0)]), Pointer(4), Forward("x")], True, True),
        ([Struct("t", 4, [Member("a", 3, 0)]), Pointer(4), Forward("x", True)],
         [Struct("t", 4, [Member("a", 3, 0)]), Pointer(4), Struct("x", 1, [])], True, False),
        ([Typedef("t", 3), INT], [Typedef("t", 3), ULONG], True, False),
        ([Typedef("t", 3), INT], [Typedef("t", 3), Pointer(0)], False, False),
        ([Typedef("t", 3), Pointer(4), INT], [Typedef("t", 3), Pointer(4), Pointer(0)], False, False),
        ([Typedef("t", 3), FuncProto(0, [Param("", 4)]), INT], [Typedef("t", 3), FuncProto(0, []), INT], False, False),
        ([Typedef("t", 3), FuncProto(0, [Param("", 4)]), INT], [Typedef("t", 3), FuncProto(0, [Param("", 4)]), INT], True, True),
        ([Typedef("t", 3), Array(4, 4, 2), INT], [Typedef("t", 3), Array(4, 4, 3), INT], True, False),
        ([Enum("t", 4, False, [EnumValue("A", 1)])], [Enum("t", 4, False, [EnumValue("A", 2), EnumValue("B", 1)])], True, True),
        ([Enum("t", 4, False, [EnumValue("A", 1)])], [Enum64("t", 8, False, [EnumValue("A", 1)])], True, False),
        ([Enum("t", 4, False, [EnumValue("A", 1)])], [Enum("t", 4, False, [EnumValue("C", 1)])], True, False),
        ([Forward("t")], [Struct("t", 4, [])], False, False),
    ],
)  # fmt: skip
def test_types_that_exist_and_match(mine: list[Type], theirs: list[Type], exists: bool, matches: bool) -> None:
    # Padding at id 1, so that both have the type at 2.
    local, target = make(Int("pad", 4), *mine), make(Int("pad", 4), *theirs)
    assert apply(local, target, CoreKind.TYPE_EXISTS, "0", Instruction(MOV, 1, imm=1)).imm == exists
    assert apply(local, target, CoreKind.TYPE_MATCHES, "0", Instruction(MOV, 1, imm=1)).imm == matches


def test_flavours() -> None:
    local = make(INT, Struct("s___mine", 4, [Member("a", 1, 0)]))
    target = make(INT, Struct("s", 8, [Member("z", 1, 0)]), Struct("s___2", 8, [Member("a", 1, 32)]))
    assert apply(local, target, CoreKind.FIELD_BYTE_OFFSET, "0:0", Instruction(LDX_W, 1, 2, 0)).offset == 4


def test_candidates_that_disagree() -> None:
    local = make(INT, Struct("s", 4, [Member("a", 1, 0)]))
    same = Struct("s", 8, [Member("a", 1, 32)])
    agree = make(INT, same, Struct("s___2", 12, [Member("a", 1, 32)]))
    insn = Instruction(LDX_W, 1, 2, 0)
    assert apply(local, agree, CoreKind.FIELD_BYTE_OFFSET, "0:0", insn).offset == 4
    with pytest.raises(RelocationError, match="ambiguous") as caught:
        apply(local, make(INT, same, Struct("s", 8, [Member("a", 1, 0)])), CoreKind.FIELD_BYTE_OFFSET, "0:0", insn)
    assert caught.value.access == "struct s.a"
    assert caught.value.program == "prog"
    assert caught.value.line == "prog.c:7: int x = s->a;"
    assert str(caught.value).startswith("prog: struct s.a: ambiguous")
    with pytest.raises(RelocationError, match="ambiguous"):
        apply(local, agree, CoreKind.TYPE_SIZE, "0", Instruction(MOV, 1, imm=4))


def test_what_one_relocation_ruled_out_stays_out() -> None:
    """As in libbpf: a type without the field that was read before is no candidate any more."""
    local = make(INT, Struct("s", 4, [Member("a", 1, 0)]))
    target = make(INT, Struct("s", 8, [Member("a", 1, 32)]), Struct("s___2", 16, [Member("b", 1, 0)]))
    code = bytearray(encode([Instruction(LDX_W, 1, 2, 0), Instruction(MOV, 1, imm=4)], sys.byteorder))
    relocator = Relocator(local, [target])
    relocator.apply(code, CoreRelocation(0, 2, "0:0", CoreKind.FIELD_BYTE_OFFSET))
    relocator.apply(code, CoreRelocation(1, 2, "0", CoreKind.TYPE_SIZE))
    assert decode(bytes(code), sys.byteorder)[1].imm == 8


def test_modules() -> None:
    kernel = make(INT, Struct("other", 4, []))
    module = make(Struct("s", 16, [Member("a", 1, 64)]), base=kernel)
    local = make(INT, Struct("s", 4, [Member("a", 1, 0)]))
    insn = Instruction(LDX_W, 1, 2, 0)
    assert apply(local, [kernel, module], CoreKind.FIELD_BYTE_OFFSET, "0:0", insn).offset == 8
    # What the kernel has, no module is asked for.
    kernel = make(INT, Struct("s", 8, [Member("a", 1, 32)]))
    module = make(Struct("s", 16, [Member("a", 1, 64)]), base=kernel)
    assert apply(local, [kernel, module], CoreKind.FIELD_BYTE_OFFSET, "0:0", insn).offset == 4


def test_flexible_arrays() -> None:
    def holder(count: int, last: bool) -> Btf:
        members = [Member("list", 3, 32)] if last else [Member("list", 3, 32), Member("end", 1, 64)]
        return make(INT, Struct("s", 12, members), Array(1, 1, count))

    insn = Instruction(LDX_W, 1, 2, 4 + 12)
    local = holder(5, True)
    assert apply(local, holder(0, True), CoreKind.FIELD_BYTE_OFFSET, "0:0:3", insn).offset == 16
    assert apply(local, holder(0, False), CoreKind.FIELD_BYTE_OFFSET, "0:0:3", insn) == BAD
    assert apply(local, holder(3, True), CoreKind.FIELD_BYTE_OFFSET, "0:0:3", insn) == BAD


@pytest.mark.parametrize(
    ("kind", "access", "insn", "message"),
    [
        (0, "", Instruction(MOV), "access '' isn't numbers"),
        (0, "0:x", Instruction(MOV), "isn't numbers between colons"),
        (0, "0:-1", Instruction(MOV), "isn't numbers"),
        (0, ":".join("0" * 65), Instruction(MOV), "an access of 65 steps"),
        (0, "0:9", Instruction(MOV), "struct s has no member 9"),
        (0, "0:2:5", Instruction(MOV), "element 5 of an array of 1"),
        (0, "0:0:0", Instruction(MOV), "goes into a INT"),
        (8, "0:0", Instruction(MOV), "access '0:0' of a whole type"),
        (10, "0", Instruction(MOV), "is no value of an enum"),
        (13, "0", Instruction(MOV), "kind 13, which this doesn't know"),
        (0, "0:1", Instruction(MOV, imm=3), "the instruction holds 3, the object's types say 4"),
        (0, "0:1", Instruction(LDX_W, 1, 2, 3), "the instruction reads at 3"),
        (0, "0:1", Instruction(0xBF, 1, 2), "has no immediate"),
        (0, "0:1", Instruction(0x95), "isn't one that can be relocated"),
        (0, "0:1", Instruction(LDDW, 1, 1, imm=4), "no plain number"),
        (0, "0:1", Instruction(LDDW, 1, imm=5), "holds 5"),
        (2, "0:2:0", Instruction(MOV, imm=1), None),
        (3, "0:2:0", Instruction(MOV, imm=1), "can't be asked of an element"),
    ],
)
def test_refused(kind: Any, access: str, insn: Instruction, message: str | None) -> None:
    if message is None:
        apply(LOCAL, TARGET, kind, access, insn)
        return
    with pytest.raises(RelocationError, match=message) as caught:
        apply(LOCAL, TARGET, kind, access, insn)
    assert "struct s" in caught.value.access
    assert "prog.c:7" in str(caught.value)


def test_refused_by_place_and_range() -> None:
    with pytest.raises(RelocationError, match="instruction 7, of 1"):
        relocate(encode([Instruction(MOV)], sys.byteorder), [CoreRelocation(7, 2, "0:0", 0)], LOCAL, [TARGET])
    far = make(INT, Struct("s", 0x9000, [Member("a", 1, 0x8000 * 8)]))
    with pytest.raises(RelocationError, match="at byte 32768; an instruction reaches 32767"):
        apply(LOCAL, far, CoreKind.FIELD_BYTE_OFFSET, "0:0", Instruction(LDX_W, 1, 2, 0))
    with pytest.raises(RelocationError, match="no type 99"):
        apply(LOCAL, TARGET, CoreKind.FIELD_BYTE_OFFSET, "0:0", Instruction(MOV), type_id=99)
    with pytest.raises(RelocationError, match="without a name"):
        apply(
            make(INT, Struct("", 4, [Member("a", 1, 0)])), TARGET, CoreKind.FIELD_BYTE_OFFSET, "0:0", Instruction(MOV)
        )
    with pytest.raises(RelocationError, match="reads 8 bytes, the object's types say 4"):
        apply(one_field(UNSIGNED), one_field(ULONG), CoreKind.FIELD_BYTE_OFFSET, "0:0", Instruction(LDX_DW, 1, 2, 8))


def test_types_that_never_end() -> None:
    """Nested so deep that it must be a mistake: named, and soon."""
    loop = make(Struct("s", 4, [Member("", 1, 0)]))
    with pytest.raises(RelocationError, match="nests deeper than"):
        apply(
            make(INT, Struct("s", 4, [Member("a", 1, 0)])), loop, CoreKind.FIELD_EXISTS, "0:0", Instruction(MOV, imm=1)
        )
    pointers = make(Int("pad", 4), Typedef("t", 3), Pointer(3))
    with pytest.raises(RelocationError, match="nest deeper than"):
        apply(pointers, pointers, CoreKind.TYPE_EXISTS, "0", Instruction(MOV, imm=1))
    with pytest.raises(RelocationError, match="nest deeper than"):
        apply(pointers, pointers, CoreKind.TYPE_MATCHES, "0", Instruction(MOV, imm=1))


def test_minimal() -> None:
    relocations = [
        CoreRelocation(0, 2, "0:1", CoreKind.FIELD_BYTE_OFFSET),
        CoreRelocation(0, 2, "0:2:0", CoreKind.FIELD_BYTE_OFFSET),
    ]
    small = minimal(TARGET, [(LOCAL, relocations)])
    assert [found.name for _id, found in small] == ["int", "", "", "s"]
    kept = small.type(4)
    assert isinstance(kept, Struct)
    assert [(member.name, member.bit_offset) for member in kept.members] == [("", 96), ("list", 192)]
    assert kept.size == 40
    for relocation, old, new in zip(relocations, (4, 8), (12, 24), strict=True):
        assert (
            apply(LOCAL, small, CoreKind.FIELD_BYTE_OFFSET, relocation.access, Instruction(LDX_W, 1, 2, old)).offset
            == new
        )
    nothing = minimal(EMPTY, [(LOCAL, relocations), (LOCAL, [CoreRelocation(0, 2, "x", 0)])])
    assert len(nothing) == 1
    # What a type must have to match is kept whole; what stands behind a pointer is not.
    target = make(
        INT, Struct("s", 16, [Member("a", 1, 0), Member("p", 3, 64)]), Pointer(4), Struct("far", 4, [Member("x", 1, 0)])
    )
    small = minimal(target, [(target, [CoreRelocation(0, 2, "0", CoreKind.TYPE_MATCHES)])])
    assert apply(target, small, CoreKind.TYPE_MATCHES, "0", Instruction(MOV, imm=1)).imm == 1
    far = small.type(small.find("far") or 0)
    assert isinstance(far, Struct)
    assert far.members == []


LOG = """\
0: R1=ctx() R10=fp0
0: (b7) r0 = 0                        ; R0_w=0
1: (85) call unknown#195896080
invalid func unknown#195896080
processed 2 insns (limit 1000000)
"""


@pytest.mark.parametrize(
    ("slot", "log", "found"),
    [
        (None, LOG, 1),
        (3, "", 3),
        (None, LOG.replace("1: (85)", "2: (85)"), None),
        (2, "R1 !read_ok", None),
        (None, "", None),
        (None, "invalid func unknown#195896080", None),
    ],
)
def test_explain(slot: int | None, log: str, found: int | None) -> None:
    poisoned = [Poison(1, "struct s.a", "", "gone"), Poison(3, "struct s.b", "", "gone")]
    explained = explain(poisoned, slot, log)
    assert (explained.slot if explained else None) == found
    assert explain(poisoned[:1], None, "invalid func unknown#195896080") == poisoned[0]
