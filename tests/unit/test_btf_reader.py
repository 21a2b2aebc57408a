"""Types from bytes: every kind, both byte orders, split, looked up by name; and what is refused."""

from __future__ import annotations

import copy
import importlib.util
import pickle
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebpf.btf import (
    Array,
    Btf,
    Const,
    DataSec,
    DeclTag,
    Enum,
    Enum64,
    EnumValue,
    Float,
    Forward,
    Func,
    FuncProto,
    Int,
    Kind,
    Member,
    Param,
    Pointer,
    Restrict,
    SectionVariable,
    Struct,
    Type,
    Typedef,
    TypeTag,
    Union,
    Var,
    Void,
    Volatile,
)
from ebpf.btf.build import Builder
from ebpf.btf.reader import essential
from ebpf.errors import BtfError

#: One of each kind, in both forms where it has two. Ids in them are small enough to exist.
EVERY_KIND: list[Type] = [
    Int("int", 4, 1),
    Int("_Bool", 1, 4),
    Int("bits", 4, 0, bits=5, bit_offset=3),
    Pointer(1),
    Array(1, 1, 7),
    Struct("plain", 8, [Member("a", 1, 0), Member("b", 1, 32)]),
    Struct("bitfields", 4, [Member("a", 1, 0, 3), Member("b", 1, 3, 29)]),
    Union("either", 4, [Member("a", 1, 0), Member("", 6, 0)]),
    Enum("small", 4, False, [EnumValue("A", 0), EnumValue("B", 0xFFFFFFFF)]),
    Enum("below", 4, True, [EnumValue("MINUS", -1), EnumValue("LEAST", -0x80000000)]),
    Enum64("wide", 8, False, [EnumValue("C", 1 << 63), EnumValue("D", 1)]),
    Enum64("wide_below", 8, True, [EnumValue("E", -(1 << 63)), EnumValue("F", 1 << 40)]),
    Forward("there"),
    Forward("there_too", True),
    Typedef("name_t", 1),
    Volatile(1),
    Const(1),
    Restrict(4),
    FuncProto(1, [Param("x", 1), Param("", 0)]),
    Func("f", 19, 1),
    Var("v", 1, 2),
    DataSec(".data", 4, [SectionVariable(21, 0, 4)]),
    Float("double", 8),
    DeclTag("tag", 20, -1),
    DeclTag("tag", 20, 1, True),
    TypeTag("user", 1),
    TypeTag("attribute", 1, True),
]


@pytest.mark.parametrize("byte_order", ["little", "big"])
def test_every_kind(byte_order: str) -> None:
    raw = bytes(Builder(EVERY_KIND, byte_order=byte_order))  # type: ignore[arg-type]
    btf = Btf.parse(raw)
    assert {found.kind for _id, found in btf} == set(Kind) - {Kind.UNKN}
    assert btf.byte_order == byte_order
    assert btf.raw == raw
    assert len(btf) == len(EVERY_KIND) + 1
    assert btf.type(0) == Void()
    for type_id, (wanted, (found_id, found)) in enumerate(zip(EVERY_KIND, btf, strict=True), 1):
        assert found_id == type_id
        assert found == wanted
        assert btf.kind(type_id) == wanted.kind
        assert btf.name(type_id) == wanted.name
    assert btf.type(5) is btf.type(5)


def test_fields_that_are_worked_out() -> None:
    assert Int("int", 4, 1).signed
    assert not Int("int", 4, 0).signed
    assert Int("bool", 1, 4).is_bool
    assert Int("char", 1, 2).is_char
    assert Int("int", 4).bits == 32
    assert list(FuncProto(1, [Param("x", 2), Param("y", 3)]).references()) == [1, 2, 3]
    assert list(Array(1, 2, 3).references()) == [1, 2]
    struct_ = EVERY_KIND[5]
    assert isinstance(struct_, Struct)
    assert struct_.member("b").bit_offset == 32
    with pytest.raises(KeyError):
        struct_.member("c")
    assert hash(struct_) == hash(struct_.replace())
    assert struct_ != struct_.replace(size=9)
    assert repr(Pointer(3)) == "Pointer(type=3)"


def test_old_bitfields() -> None:
    """Without kind_flag the width of a bitfield is that of an INT of its own."""
    builder = Builder([Int("unsigned int", 4), Int("unsigned int", 4, 0, bits=3)])
    builder.add(Struct("old", 4, [Member("a", 2, 5), Member("b", 1, 0)]))
    found = builder.btf().type(3)
    assert isinstance(found, Struct)
    assert [member.bit_size for member in found.members] == [3, 0]


@pytest.fixture
def btf() -> Btf:
    builder = Builder()
    for found in (
        Int("int", 4, 1),
        Struct("thing", 8, [Member("a", 1, 0)]),
        Func("thing", 4),
        FuncProto(0, []),
        Struct("thing___old", 4, []),
        Typedef("thing", 2),
        Struct("something", 4, []),
        Struct("thing___", 4, []),
        Struct("thing____odd", 4, []),
        Enum("größe", 4, False, []),
    ):
        builder.add(found)
    return builder.btf()


def test_find(btf: Btf) -> None:
    assert btf.find("thing") == 2
    assert btf.find("thing", Kind.TYPEDEF) == 6
    assert btf.find("thing", Typedef) == 6
    assert btf.find("thing", Union) is None
    assert btf.find("thin") is None
    assert btf.find("hing") is None
    assert btf.find("") is None
    assert btf.find("größe") == 10
    assert btf.find_all("thing") == [2, 3, 6]
    assert btf.find_all("thing", Struct) == [2]
    assert btf.find_flavours("thing") == [2, 3, 5, 6]
    assert btf.find_flavours("something") == [7]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("task_struct", "task_struct"),
        ("task_struct___old", "task_struct"),
        ("a___b___c", "a___b"),
        ("a____b", "a____b"),
        ("___b", "___b"),
        ("a___", "a___"),
        ("a____", "a____"),
        ("", ""),
        ("a___b____", "a"),
    ],
)
def test_essential(name: str, wanted: str) -> None:
    assert essential(name) == wanted


def test_a_string_may_be_the_tail_of_another() -> None:
    builder = Builder([Int("unsigned_int", 4), Int("other", 4)])
    raw = bytearray(bytes(builder))
    raw[24 + 16 : 24 + 20] = struct.pack("=I", 1 + len("unsigned_"))
    btf = Btf.parse(raw)
    assert btf.name(2) == "int"
    assert btf.find("int") == 2
    assert btf.find_flavours("int") == [2]


def test_split() -> None:
    base = Builder([Int("int", 4, 1), Struct("shared", 4, [Member("a", 1, 0)])]).btf()
    module = Builder([Pointer(2), Struct("own", 8, [Member("a", 1, 0), Member("shared", 3, 0)])], base=base).btf()
    assert module.start_id == 3
    assert len(module) == 5
    assert module.type(1) is base.type(1)
    assert module.find("own") == 4
    assert module.find("shared") == 2
    assert base.find("own") is None
    assert module.find_flavours("shared", own=True) == []
    own = module.type(4)
    assert isinstance(own, Struct)
    # "a" and "shared" stand in the base's strings.
    assert [member.name for member in own.members] == ["a", "shared"]
    assert b"shared" not in module.raw
    assert [type_id for type_id, _type in module] == [3, 4]
    assert module.size(own.members[0].type) == 4
    with pytest.raises(BtfError, match="no type 5"):
        module.type(5)
    with pytest.raises(BtfError, match="no type 3"):
        base.type(3)
    again = pickle.loads(pickle.dumps(module))
    assert again.type(4) == own


def test_copies(btf: Btf) -> None:
    assert copy.deepcopy(btf).type(2) == btf.type(2)
    assert "10 types" not in repr(btf)
    assert repr(btf) == "<Btf of 11 types>"


@pytest.mark.parametrize(
    ("type_id", "size"),
    [(1, 4), (4, 8), (5, 28), (6, 8), (8, 4), (9, 4), (11, 8), (15, 4), (16, 4), (17, 4), (18, 8), (21, 4), (22, 4), (23, 8),
     (26, 4)],
)  # fmt: skip
def test_size(type_id: int, size: int) -> None:
    assert Builder(EVERY_KIND).btf().size(type_id) == size


@pytest.mark.parametrize("type_id", [0, 13, 19])
def test_what_has_no_size(type_id: int) -> None:
    with pytest.raises(BtfError, match="has no size"):
        Builder(EVERY_KIND).btf().size(type_id)


def test_resolve() -> None:
    btf = Builder(
        [Int("int", 4), Const(1), Volatile(2), Typedef("a", 3), TypeTag("t", 4), Restrict(5), Pointer(6)]
    ).btf()
    assert [btf.resolve(type_id) for type_id in range(8)] == [0, 1, 1, 1, 1, 1, 1, 7]


@pytest.mark.parametrize("loop", [[Typedef("a", 1)], [Const(2), Volatile(1)], [Array(1, 1, 1)], [Var("v", 1)]])
def test_loops(loop: list[Type]) -> None:
    btf = Builder(loop).btf()
    with pytest.raises(BtfError, match="itself"):
        btf.size(1)
    if not isinstance(loop[0], (Array, Var)):
        with pytest.raises(BtfError, match="itself"):
            btf.resolve(1)


GOOD = bytes(Builder([Int("int", 4, 1), Pointer(1)], byte_order="little"))


def patched(at: int, *words: int) -> bytes:
    raw = bytearray(GOOD)
    raw[at : at + 4 * len(words)] = struct.pack(f"<{len(words)}I", *words)
    return bytes(raw)


@pytest.mark.parametrize(
    ("raw", "offset", "message"),
    [
        (b"", 0, "too few for a header"),
        (GOOD[:23], 0, "too few for a header"),
        (b"\x7fELF" + GOOD[4:], 0, "no BTF"),
        (GOOD[:2] + b"\2" + GOOD[3:], 2, "version 2"),
        (patched(4, 20), 4, "a header of 20 bytes"),
        (patched(4, 0xFFFFFFFF), 4, "a header of"),
        (patched(8, 2), 8, "aren't 4-byte aligned"),
        (patched(12, 0xFFFFFFF0), 8, "reach past the end"),
        (patched(20, 0xFFFFFFFF), 16, "strings of .* reach past the end"),
        (patched(20, 0), 20, "no strings"),
        (GOOD[:-1] + b"x", len(GOOD) - 1, "don't end with a NUL"),
        (GOOD[:52] + b"x" + GOOD[53:], 52, "don't begin with an empty one"),
        (patched(24 + 4, 31 << 24), 24, "type 1 is of kind 31"),
        (patched(24 + 4, 0), 24, "type 1 is of kind 0"),
        (patched(24 + 16 + 4, 99 << 24), 40, "type 2 is of kind 99"),
        (patched(24 + 16 + 4, 4 << 24 | 0xFFFF), None, "type 2 reaches past the end"),
        (patched(12, 24), None, "type 2 reaches past the end"),
    ],
)
def test_refused(raw: bytes, offset: int | None, message: str) -> None:
    with pytest.raises(BtfError, match=message) as caught:
        Btf.parse(raw)
    assert caught.value.section == ".BTF"
    if offset is not None:
        assert caught.value.offset == offset


def test_refused_when_asked_for() -> None:
    btf = Btf.parse(patched(24, 0x7FFFFFFF))
    with pytest.raises(BtfError, match="no string at 0x7fffffff"):
        btf.type(1)
    with pytest.raises(BtfError, match="no string"):
        btf.name(1)
    with pytest.raises(BtfError, match="no type 3; ids end at 2"):
        btf.type(3)
    with pytest.raises(BtfError, match="no type -1"):
        btf.type(-1)
    with pytest.raises(BtfError, match="big-endian types on a little-endian base"):
        Btf.parse(bytes(Builder([], byte_order="big")), Builder([], byte_order="little").btf())


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    for raw in (data, GOOD[:24] + data, GOOD + data):
        try:
            btf = Btf.parse(raw)
            for type_id in range(len(btf)):
                btf.type(type_id)
        except BtfError:
            pass


def test_mutated() -> None:
    """A short run of the fuzzer; `python tests/fuzz/btf_fuzz.py 1000000` is the long one."""
    path = Path(__file__).resolve().parents[1] / "fuzz" / "btf_fuzz.py"
    spec = importlib.util.spec_from_file_location("btf_fuzz", path)
    assert spec is not None
    assert spec.loader is not None
    fuzz = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fuzz)
    reached = fuzz.run(200, 1)
    assert reached["refused"] > 20
    assert reached["broken"] > 20
    assert reached["parsed"] > 10
