"""How two BTFs differ, said in C."""

from __future__ import annotations

import pytest

from ebpf.btf import (
    Btf,
    Enum,
    Enum64,
    EnumValue,
    Float,
    Func,
    FuncProto,
    Int,
    Member,
    Param,
    Pointer,
    Struct,
    Type,
    Typedef,
    Union,
    Var,
)
from ebpf.btf.build import Builder
from ebpf.btf.compare import Change, compare

INT, LONG = Int("int", 4, 1), Int("long int", 8, 1)


def make(*found: Type) -> Btf:
    return Builder([INT, LONG, *found]).btf()


def struct_(*members: Member, size: int = 8) -> Struct:
    return Struct("s", size, list(members))


@pytest.mark.parametrize(
    ("old", "new", "details"),
    [
        ([struct_(Member("a", 1, 0))], [struct_(Member("a", 1, 0))], None),
        ([struct_(Member("a", 1, 0))], [struct_(Member("a", 1, 0), size=16)], ["size 8 → size 16"]),
        ([struct_(Member("a", 1, 0))], [struct_(Member("a", 1, 32))], ["int a, at byte 0 → int a, at byte 4"]),
        ([struct_(Member("a", 1, 0))], [struct_(Member("a", 2, 0))], ["int a, at byte 0 → long int a, at byte 0"]),
        ([struct_(Member("a", 1, 0))], [struct_(Member("b", 1, 0))], ["- int a, at byte 0", "+ int b, at byte 0"]),
        (
            [struct_(Member("a", 1, 3, 2))],
            [struct_(Member("a", 1, 3, 3))],
            ["int a: 2, at byte 0 bit 3 → int a: 3, at byte 0 bit 3"],
        ),
        # Moved into an anonymous union at the same place: nothing that C sees.
        ([struct_(Member("a", 1, 0))], [struct_(Member("", 4, 0)), Union("", 4, [Member("a", 1, 0)])], None),
        ([struct_(Member("a", 4, 0)), Struct("", 4, [])], [struct_(Member("a", 4, 0)), Struct("", 8, [])], None),
        # What a pointer leads to may change without it.
        ([struct_(Member("p", 4, 0)), Pointer(5), Struct("t", 4, [])],
         [struct_(Member("p", 5, 0)), Struct("t", 8, []), Pointer(4)], None),
        ([Enum("s", 4, False, [EnumValue("A", 1)])], [Enum64("s", 4, False, [EnumValue("A", 1)])], None),
        (
            [Enum("s", 4, False, [EnumValue("A", 1)])],
            [Enum("s", 4, False, [EnumValue("A", 2), EnumValue("B", 3)])],
            ["A = 1 → A = 2", "+ B = 3"],
        ),
        ([Typedef("s", 1)], [Typedef("s", 2)], ["int s → long int s"]),
        (
            [Func("s", 4), FuncProto(0, [Param("x", 1)])],
            [Func("s", 4), FuncProto(1, [Param("x", 1), Param("y", 2)])],
            ["void s(int x) → int s(int x, long int y)"],
        ),
        ([Var("s", 1)], [Var("s", 2)], ["int s → long int s"]),
        ([Float("s", 4)], [Float("s", 8)], ["size 4 → size 8"]),
        ([Int("s", 4)], [Int("s", 4, 1)], ["size 4, encoding 0 → size 4, encoding 1"]),
    ],
)  # fmt: skip
def test_changes(old: list[Type], new: list[Type], details: list[str] | None) -> None:
    found = [one for one in compare(make(*old), make(*new)) if one.name == "s"]
    if details is None:
        assert found == []
    else:
        (one,) = found
        assert one.change == "changed"
        assert list(one.details) == details
        assert str(one) == "\n    ".join([f"~ {one.kind} s", *details])


def test_added_and_removed() -> None:
    changes = compare(
        make(Struct("old", 4, []), Struct("both", 4, [])), make(Struct("both", 4, []), Union("both", 4, []))
    )
    assert changes == [Change("struct", "old", "removed"), Change("union", "both", "added")]
    assert [str(one) for one in changes] == ["- struct old", "+ union both"]
    assert compare(make(Struct("old", 4, [])), make(), ["new"]) == []
    assert len(compare(make(Struct("old", 4, []), Typedef("old", 1)), make(), ["old"])) == 2
