"""Types written, merged, and each taken once."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebpf.btf import (
    Array,
    Btf,
    DataSec,
    DeclTag,
    Enum,
    EnumValue,
    Forward,
    Func,
    FuncProto,
    Int,
    Member,
    Param,
    Pointer,
    SectionVariable,
    Struct,
    Type,
    Typedef,
    TypeTag,
    Union,
    Var,
)
from ebpf.btf.build import Builder, merge
from ebpf.btf.dedup import dedup
from ebpf.errors import BtfError

INT = Int("int", 4, 1)


def test_bytes() -> None:
    """The smallest file, word by word."""
    raw = bytes(Builder([INT], byte_order="little"))
    types = struct.pack("<IIII", 1, 1 << 24, 4, 1 << 24 | 32)
    strings = b"\0int\0"
    assert raw == struct.pack("<HBBIIIII", 0xEB9F, 1, 0, 24, 0, 16, 16, 5) + types + strings
    assert bytes(Builder([INT], byte_order="big"))[24:40] == struct.pack(">IIII", 1, 1 << 24, 4, 1 << 24 | 32)


def test_strings_are_written_once() -> None:
    raw = bytes(Builder([INT, Typedef("int_t", 1), Var("int", 1), Struct("int", 4, [Member("int", 1, 0)])]))
    assert raw.count(b"int\0") == 1
    assert raw.count(b"int_t\0") == 1


def test_ids_ahead() -> None:
    builder = Builder()
    node = builder.reserve()
    builder.set(node, Struct("node", 8, [Member("next", builder.add(Pointer(node)), 0)]))
    btf = builder.btf()
    assert btf.type(2) == Pointer(1)
    assert btf.type(1) == Struct("node", 8, [Member("next", 2, 0)])


def test_extend() -> None:
    first = Builder([INT, Pointer(1)]).btf()
    builder = Builder([Typedef("other", 0)])
    assert builder.extend(first) == [0, 2, 3]
    assert builder.btf().type(3) == Pointer(2)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (Struct("s", 4, [Member("a", 1, 0)] * 0x10000), "65536 members; 65535 at most"),
        (Struct("s", 4, [Member("a", 1, 1 << 24, 1)]), "member a: with bitfields, offsets have 24 bits"),
        (Struct("s", 4, [Member("a", 1, 0, 256)]), "member a"),
        (Int("i", 4, 16), "encoding"),
        (Enum("e", 4, False, [EnumValue("A", 1 << 32)]), "A is 4294967296, too big"),
        (Enum("e", 4, True, [EnumValue("A", -(1 << 32))]), "A is -4294967296, too big"),
        (Typedef("a\0b", 1), "a NUL in the name"),
        (Struct("s", 1 << 32, []), "doesn't fit in 32 bits"),
        (Pointer(-1), "doesn't fit in 32 bits"),
        (Array(1, 1, 1 << 32), "doesn't fit in 32 bits"),
    ],
)
def test_what_does_not_fit(bad: Type, message: str) -> None:
    with pytest.raises(BtfError, match="type 2.*" + message):
        bytes(Builder([INT, bad]))


def test_reserved_and_never_set() -> None:
    builder = Builder()
    builder.reserve()
    with pytest.raises(BtfError, match="reserved and never set"):
        bytes(builder)


# Each taken once.


def assert_same(types: list[Type], wanted: list[Type], ids: list[int]) -> Btf:
    btf, new_ids = dedup(Builder(types))
    assert [found for _id, found in btf] == wanted
    assert new_ids == ids
    return btf


def test_equal_types() -> None:
    s = Struct("s", 4, [Member("a", 1, 0)])
    assert_same(
        [INT, Pointer(1), s, INT, Pointer(4), Struct("s", 4, [Member("a", 4, 0)]), Func("f", 8), FuncProto(5, [Param("x", 6)]),
         Func("f", 10), FuncProto(2, [Param("x", 3)])],
        [INT, Pointer(1), s, Func("f", 5), FuncProto(2, [Param("x", 3)])],
        [0, 1, 2, 3, 1, 2, 3, 4, 5, 4, 5],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (INT, Int("int", 4, 0)),
        (INT, Int("long", 4, 1)),
        (Struct("s", 4, []), Union("s", 4, [])),
        (Struct("s", 4, []), Struct("s", 8, [])),
        (Struct("s", 4, [Member("a", 0, 0)]), Struct("s", 4, [Member("b", 0, 0)])),
        (Struct("s", 4, [Member("a", 0, 0)]), Struct("s", 4, [Member("a", 0, 8)])),
        (Struct("s", 4, [Member("a", 0, 0, 1)]), Struct("s", 4, [Member("a", 0, 0, 2)])),
        (Enum("e", 4, False, [EnumValue("A", 1)]), Enum("e", 4, False, [EnumValue("A", 2)])),
        (Enum("e", 4, False, []), Enum("e", 4, True, [])),
        (Array(0, 0, 1), Array(0, 0, 2)),
        (Forward("f"), Forward("f", True)),
        (FuncProto(0, [Param("a", 0)]), FuncProto(0, [Param("b", 0)])),
        (Func("f", 0, 0), Func("f", 0, 1)),
        (DeclTag("t", 0, 1), DeclTag("t", 0, 2)),
        (TypeTag("t", 0), TypeTag("t", 0, True)),
        # Never the same, even if all of them is.
        (Var("v", 0), Var("v", 0)),
        (DataSec("d", 4, []), DataSec("d", 4, [])),
    ],
)
def test_types_that_differ(one: Type, other: Type) -> None:
    assert_same([one, other], [one, other], [0, 1, 2])


def node(first: int) -> list[Type]:
    """A list node that points to itself, its types from id `first` on."""
    return [Struct("node", 8, [Member("next", first + 1, 0)]), Pointer(first)]


def test_loops() -> None:
    assert_same([*node(1), *node(3)], node(1), [0, 1, 2, 1, 2])
    # The same up to the third step round the loop.
    other = [Struct("node", 8, [Member("next", 4, 0)]), Pointer(5), Struct("node", 8, [Member("last", 4, 0)])]
    btf, ids = dedup(Builder([*node(1), *other]))
    assert len(btf) == 6
    assert ids == [0, 1, 2, 3, 4, 5]


def test_forward_declarations() -> None:
    full = Struct("s", 4, [Member("a", 1, 0)])
    assert_same(
        [INT, Forward("s"), Pointer(2), full, Pointer(4), Struct("user", 8, [Member("s", 3, 0)]),
         Struct("user", 8, [Member("s", 5, 0)])],
        [INT, Pointer(3), full, Struct("user", 8, [Member("s", 2, 0)])],
        [0, 1, 3, 2, 3, 2, 4, 4],
    )  # fmt: skip
    # Two definitions: who knows which is meant.
    other = Struct("s", 4, [Member("b", 1, 0)])
    assert_same([INT, Forward("s"), full, other], [INT, Forward("s"), full, other], [0, 1, 2, 3, 4])
    # A union's declaration is no struct's.
    assert_same([INT, Forward("s", True), full], [INT, Forward("s", True), full], [0, 1, 2, 3])
    # Definitions that differ only in what they know of others are one.
    mine: list[Type] = [Forward("x"), Pointer(1), Struct("s", 8, [Member("p", 2, 0)])]
    theirs: list[Type] = [Struct("x", 4, []), Pointer(4), Struct("s", 8, [Member("p", 5, 0)]), Forward("s")]
    btf, ids = dedup(Builder([*mine, *theirs]))
    assert len(btf) == 4
    assert ids[3] == ids[6] == ids[7]


def test_a_second_time_changes_nothing() -> None:
    btf, _ids = dedup(Builder([INT, *node(2), Forward("node"), INT]))
    again, ids = dedup(btf)
    assert again.raw == btf.raw
    assert ids == list(range(len(btf)))


def test_split_keeps_its_base() -> None:
    base = Builder([INT, Pointer(1)]).btf()
    own = Builder([INT, Pointer(1), Pointer(1), Pointer(2)], base=base).btf()
    btf, ids = dedup(own)
    assert btf.base is base
    assert [found for _id, found in btf] == [INT, Pointer(1), Pointer(2)]
    assert ids == [0, 1, 2, 3, 4, 4, 5]


def test_refers_to_nothing() -> None:
    with pytest.raises(BtfError, match="type 1 refers to 9; ids end at 1"):
        dedup(Builder([Pointer(9)]))


def test_merge() -> None:
    section = [SectionVariable(2, 0, 4)]
    one = Builder([INT, Var("a", 1, 1), DataSec(".data", 4, section)], byte_order="little").btf()
    other = Builder([Pointer(2), INT, Var("a", 2, 1), Struct("s", 4, [Member("x", 2, 0)])], byte_order="big").btf()
    merged, ids = merge([one, other], byte_order="big")
    assert merged.byte_order == "big"
    assert [found for _id, found in merged] == [
        INT, Var("a", 1, 1), DataSec(".data", 4, section), Pointer(1), Var("a", 1, 1), Struct("s", 4, [Member("x", 1, 0)]),
    ]  # fmt: skip
    assert ids == [[0, 1, 2, 3], [0, 4, 1, 5, 6]]
    with pytest.raises(BtfError, match="split"):
        merge([Builder([], base=one).btf()])
    assert len(merge([])[0]) == 1


NAMES = st.sampled_from(["", "a", "b"])
IDS = st.integers(0, 8)
TYPES = st.one_of(
    st.builds(lambda name, size: Int(name or "i", size), NAMES, st.sampled_from([1, 4])),
    st.builds(Pointer, IDS),
    st.builds(lambda name, target: Typedef(name or "t", target), NAMES, IDS),
    st.builds(
        lambda name, targets: Struct(name, 8, [Member(f"m{at}", one, at * 32) for at, one in enumerate(targets)]),
        NAMES,
        st.lists(IDS, max_size=2),
    ),
)


@given(st.lists(TYPES, min_size=8, max_size=8))
def test_nothing_can_tell_them_apart(types: list[Type]) -> None:
    """Each old type and its new one look the same however far one follows them; and no two new ones do."""
    old = Builder(types).btf()
    new, ids = dedup(old)

    def look(btf: Btf, type_id: int, depth: int) -> object:
        found = btf.type(type_id)
        if not depth:
            return found.kind
        return (found.mapped(lambda _id: 0), *(look(btf, target, depth - 1) for target in found.references()))

    for type_id in range(1, len(old)):
        assert look(old, type_id, 4) == look(new, ids[type_id], 4)
    views = [look(new, type_id, 9) for type_id in range(1, len(new))]
    assert all(one != other for at, one in enumerate(views) for other in views[:at])
