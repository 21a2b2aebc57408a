"""Values by type: what goes in comes out, at C's offsets, in both byte orders; what doesn't fit is refused by name."""

from __future__ import annotations

import pickle
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebpf.btf import (
    Array,
    Btf,
    Const,
    DataSec,
    Enum,
    Enum64,
    EnumValue,
    Float,
    Forward,
    FuncProto,
    Int,
    Member,
    Pointer,
    SectionVariable,
    Struct,
    Type,
    Typedef,
    Union,
    Var,
)
from ebpf.btf.build import Builder
from ebpf.btf.values import StructValue
from ebpf.errors import BtfError

#: Types by a short name; each refers to those before it.
TYPES: dict[str, Any] = {
    "int": Int("int", 4, 1),
    "u8": Int("unsigned char", 1),
    "s8": Int("signed char", 1, 1),
    "char": Int("char", 1, 1),
    "u16": Int("unsigned short", 2),
    "u64": Int("unsigned long", 8),
    "bool": Int("_Bool", 1, 4),
    "s128": Int("__int128", 16, 1),
    "float": Float("float", 4),
    "double": Float("double", 8),
    "long_double": Float("long double", 16),
    "pointer": lambda ids: Pointer(ids["int"]),
    "text": lambda ids: Array(ids["char"], ids["int"], 8),
    "mac": lambda ids: Array(ids["u8"], ids["int"], 6),
    "signed_bytes": lambda ids: Array(ids["s8"], ids["int"], 3),
    "ints": lambda ids: Array(ids["int"], ids["int"], 3),
    "matrix": lambda ids: Array(ids["ints"], ids["int"], 2),
    "flags": lambda ids: Array(ids["bool"], ids["int"], 2),
    "none": lambda ids: Array(ids["int"], ids["int"], 0),
    "color": Enum("color", 4, False, [EnumValue("RED", 0), EnumValue("BLUE", 7), EnumValue("ALSO_BLUE", 7)]),
    "tiny": Enum("tiny", 1, True, [EnumValue("LOW", -1)]),
    "wide": Enum64("wide", 8, False, [EnumValue("BIG", 1 << 40)]),
    "colors": lambda ids: Array(ids["color"], ids["int"], 2),
    "color_t": lambda ids: Typedef("color_t", ids["color"]),
    "const": lambda ids: Const(ids["color_t"]),
    "event": lambda ids: Struct(
        "event",
        32,
        [Member("pid", ids["int"], 0), Member("time", ids["u64"], 64), Member("comm", ids["text"], 128),
         Member("color", ids["color"], 192)],
    ),
    "point": lambda ids: Struct("point", 8, [Member("x", ids["int"], 0), Member("count", ids["u16"], 32)]),
    "points": lambda ids: Array(ids["point"], ids["int"], 2),
    "line": lambda ids: Struct("line", 20, [Member("ends", ids["points"], 0), Member("color", ids["color"], 128)]),
    "bits": lambda ids: Struct(
        "bits",
        8,
        [Member("a", ids["int"], 0, 3), Member("b", ids["u8"], 3, 5), Member("c", ids["color"], 8, 4),
         Member("d", ids["bool"], 12, 1), Member("e", ids["u16"], 32)],
    ),
    "either": lambda ids: Union(
        "either", 8, [Member("whole", ids["u64"], 0), Member("half", ids["int"], 0), Member("point", ids["point"], 0)]
    ),
    "anonymous_struct": lambda ids: Struct("", 4, [Member("left", ids["u16"], 0), Member("right", ids["u16"], 16)]),
    "anonymous_union": lambda ids: Union("", 4, [Member("both", ids["int"], 0), Member("", ids["anonymous_struct"], 0)]),
    "packet": lambda ids: Struct(
        "packet", 12,
        [Member("", ids["anonymous_struct"], 0), Member("", ids["anonymous_union"], 32), Member("end", ids["int"], 64)],
    ),
    "empty": Struct("empty", 0, []),
    "tailed": lambda ids: Struct("tailed", 4, [Member("size", ids["int"], 0), Member("data", ids["none"], 32)]),
    "var": lambda ids: Var("var", ids["int"]),
    "var2": lambda ids: Var("text", ids["text"]),
    ".data": lambda ids: DataSec(".data", 16, [SectionVariable(ids["var2"], 4, 8), SectionVariable(ids["var"], 0, 4)]),
}  # fmt: skip


def build(byte_order: Any) -> tuple[Btf, dict[str, int]]:
    builder = Builder(byte_order=byte_order)
    ids: dict[str, int] = {}
    for name, found in TYPES.items():
        ids[name] = builder.add(found if isinstance(found, Type) else found(ids))
    return builder.btf(), ids


BTFS = {order: build(order) for order in ("little", "big")}


def codec(name: str, byte_order: str = "little") -> Any:
    btf, ids = BTFS[byte_order]
    return btf.codec(ids[name])


#: Type, value, its bytes: as text (both orders the same) or a format of `struct` and what it packs.
VALUES: list[tuple[str, Any, Any]] = [
    ("int", -2, ("i", -2)),
    ("u8", 255, b"\xff"),
    ("char", 65, b"A"),
    ("u16", 0x1234, ("H", 0x1234)),
    ("u64", (1 << 64) - 1, b"\xff" * 8),
    ("bool", True, b"\1"),
    ("float", 1.5, ("f", 1.5)),
    ("double", -0.1, ("d", -0.1)),
    ("long_double", bytes(range(16)), bytes(range(16))),
    ("pointer", 0xFFFF888000000000, ("Q", 0xFFFF888000000000)),
    ("text", "bash", b"bash\0\0\0\0"),
    ("text", "12345678", b"12345678"),
    ("text", "größe", "größe".encode() + b"\0"),
    ("text", "\udcff", b"\xff\0\0\0\0\0\0\0"),
    ("mac", b"\1\2\3\0\0\0", b"\1\2\3\0\0\0"),
    ("signed_bytes", (-1, 0, 1), b"\xff\0\1"),
    ("ints", (1, -1, 3), ("3i", 1, -1, 3)),
    ("matrix", ((1, 2, 3), (4, 5, 6)), ("6i", 1, 2, 3, 4, 5, 6)),
    ("flags", (True, False), b"\1\0"),
    ("none", (), b""),
    ("color", 7, ("I", 7)),
    ("color", 99, ("I", 99)),
    ("tiny", -1, b"\xff"),
    ("wide", 1 << 40, ("Q", 1 << 40)),
    ("colors", (0, 7), ("2I", 0, 7)),
    ("const", 7, ("I", 7)),
    ("event", (1, 2, "sh", 7), ("i4xQ8sI4x", 1, 2, b"sh", 7)),
    ("point", (1, 2), ("iH2x", 1, 2)),
    ("points", ((1, 2), (3, 4)), ("iH2xiH2x", 1, 2, 3, 4)),
    ("line", (((1, 2), (3, 4)), 0), ("iH2xiH2xI", 1, 2, 3, 4, 0)),
    ("empty", (), b""),
    ("tailed", (3, ()), ("i", 3)),
    ("var", 5, ("i", 5)),
    (".data", (1, "x"), ("i8s4x", 1, b"x")),
]


@pytest.mark.parametrize("byte_order", ["little", "big"])
@pytest.mark.parametrize(("name", "value", "raw"), VALUES)
def test_values(name: str, value: Any, raw: Any, byte_order: str) -> None:
    if isinstance(raw, tuple):
        raw = struct.pack(("<" if byte_order == "little" else ">") + raw[0], *raw[1:])
    one = codec(name, byte_order)
    assert one.size == len(raw)
    assert one.encode(value) == raw
    assert one.decode(raw) == value
    assert type(one.decode(raw)) is not bytearray
    assert one.decode(memoryview(raw)) == value
    assert one.pack(value) == raw
    assert one.unpack(raw)[0] == value


@pytest.mark.parametrize("value", [-(1 << 127), (1 << 127) - 1, 5])
@pytest.mark.parametrize("byte_order", ["little", "big"])
def test_wide_integers(value: int, byte_order: Any) -> None:
    one = codec("s128", byte_order)
    raw = value.to_bytes(16, byte_order, signed=True)
    assert one.encode(value) == raw
    assert one.decode(raw) == value


def test_a_number_is_one_call_of_struct() -> None:
    one = codec("u64")
    assert one.code == "Q"
    assert type(one.pack.__self__) is struct.Struct
    assert type(one.unpack.__self__) is struct.Struct
    assert one.pack is not one.encode
    assert codec("event").code == ""


def test_enums() -> None:
    one = codec("color")
    blue = one.decode(one.encode("BLUE"))
    assert blue == 7
    assert blue.name == "BLUE"
    assert str(blue) == "BLUE"
    assert repr(blue) == "<color.BLUE: 7>"
    assert one.record.BLUE is blue
    assert one.encode("ALSO_BLUE") == one.encode(7)
    assert type(one.decode(one.encode(99))) is int
    with pytest.raises(ValueError, match="enum color has no 'GREEN'"):
        one.encode("GREEN")
    assert pickle.loads(pickle.dumps(blue)) == 7


def test_structs() -> None:
    one = codec("event")
    event = one.decode(one.encode({"pid": 1, "comm": "sh"}))
    assert (event.pid, event.time, event.comm, event.color) == (1, 0, "sh", 0)
    assert event == (1, 0, "sh", 0)
    assert hash(event) == hash((1, 0, "sh", 0))
    assert repr(event) == "event(pid=1, time=0, comm='sh', color=<color.RED: 0>)"
    assert event._asdict() == {"pid": 1, "time": 0, "comm": "sh", "color": 0}
    changed = event._replace(pid=2)
    assert isinstance(changed, one.record) and type(changed) is type(event)
    assert one.decode(one.encode(changed)).pid == 2
    with pytest.raises(TypeError, match="event has no field 'pod'; it has pid, time"):
        event._replace(pod=1)
    with pytest.raises(AttributeError, match="event has no field 'pod'"):
        event.pod
    match event:
        case one.record(pid=pid, comm=comm):
            assert (pid, comm) == (1, "sh")
        case _:
            pytest.fail("no match")
    assert pickle.loads(pickle.dumps(event)) == tuple(event)
    # A field may be called what a tuple has.
    point = codec("point")
    assert point.decode(point.encode((1, 2))).count == 2


def test_the_maker_and_its_values_are_one_class_to_their_user() -> None:
    one = codec("event")
    event = one.decode(bytes(one.size))
    made = one.record(7, comm="sh")
    assert type(made) is type(event) and isinstance(made, one.record) and made.pid == 7
    assert not isinstance((0, 0, "", 0), one.record)
    assert one.record is one.record and issubclass(one.record, StructValue)
    one.record.__name__ = "Renamed"
    one.record.long = property(lambda self: self.comm * 2)
    assert repr(made).startswith("Renamed(pid=7") and made.long == "shsh"
    with pytest.raises(TypeError, match="Renamed has 4 fields, not 5"):
        one.record(1, 2, 3, 4, 5)
    with pytest.raises(TypeError, match="pid is given twice"):
        one.record(1, pid=2)


@pytest.mark.parametrize("order", ["little", "big"])
def test_many_records_at_once_are_those_one_by_one(order: str) -> None:
    for name in sorted(TYPES):
        one = codec(name, order)
        rows = [bytes((at * 7 + i) & 0x3F for i in range(one.size)) for at in range(5)]
        gap = b"".join(b"\xffab" + row + b"z" for row in rows)
        wanted = [one.decode(row) for row in rows]
        assert one.many(gap, 3, 1) == wanted == one.many_at(gap, range(3, len(gap), one.size + 4))
        assert [type(value) for value in one.many(gap, 3, 1)] == [type(value) for value in wanted]
        assert one.many(b"", 1) == []


def test_a_record_of_another_type_goes_by_its_names() -> None:
    line = codec("line")
    other = codec("event").decode(bytes(32))
    with pytest.raises(ValueError, match="line has no field 'pid'; it has ends, color"):
        line.encode(other)


@pytest.mark.parametrize(
    ("byte_order", "raw"),
    [
        # a=-1 (3 bits), b=21 (5), c=7 (4), d=1: from the low bit up, and from the high bit down.
        ("little", bytes((0b10101_111, 0b0001_0111)) + b"\0\0" + b"\2\0" + b"\0\0"),
        ("big", bytes((0b111_10101, 0b0111_1_000)) + b"\0\0" + b"\0\2" + b"\0\0"),
    ],
)
def test_bitfields(byte_order: str, raw: bytes) -> None:
    one = codec("bits", byte_order)
    value = {"a": -1, "b": 21, "c": "BLUE", "d": True, "e": 2}
    assert one.encode(value) == raw
    decoded = one.decode(raw)
    assert decoded._asdict() == {"a": -1, "b": 21, "c": 7, "d": True, "e": 2}
    assert decoded.c.name == "BLUE"
    assert decoded.d is True
    assert one.encode(decoded) == raw


def test_unions() -> None:
    one = codec("either")
    value = one.decode(struct.pack("<iHH", 1, 2, 0))
    assert value.whole == 1 | 2 << 32
    assert value.half == 1
    assert value.point == (1, 2)
    assert one.encode(value) == bytes(value) == struct.pack("<iHH", 1, 2, 0)
    assert one.encode({"half": -1}) == b"\xff\xff\xff\xff\0\0\0\0"
    assert one.encode({"point": {"count": 3}}) == b"\0\0\0\0\3\0\0\0"
    assert one.encode(b"\1") == b"\1" + bytes(7)
    assert one.encode({}) == bytes(8)
    assert value == one.decode(bytes(value))
    assert hash(value) == hash(one.decode(bytes(value)))
    assert "half=1" in repr(value)
    with pytest.raises(AttributeError, match="union either has no member 'third'; it has whole, half, point"):
        value.third
    with pytest.raises(ValueError, match="one member"):
        one.encode({"whole": 1, "half": 1})
    with pytest.raises(TypeError, match="one member, or of bytes"):
        one.encode(7)
    with pytest.raises(ValueError, match="8 bytes, not 9"):
        one.encode(bytes(9))


def test_anonymous_members_are_the_holders_own() -> None:
    one = codec("packet")
    raw = one.encode({"left": 1, "right": 2, "both": 0x30004, "end": 5})
    assert raw == struct.pack("<HHIi", 1, 2, 0x30004, 5)
    packet = one.decode(raw)
    # The inner `left` is hidden by the outer one of that name, as no C has it; `both` is reached through the union.
    assert (packet.left, packet.right, packet.both, packet.end) == (1, 2, 0x30004, 5)
    assert one.encode(packet) == raw
    assert repr(packet) == "packet(left=1, right=2, (anonymous)(both=196612, left=4, right=3), end=5)"
    with pytest.raises(ValueError, match="packet has no field 'top'; it has left, right, end, both"):
        one.encode({"top": 1})


def test_a_typedef_names_what_has_no_name_and_has_its_class() -> None:
    """Whichever way a value is reached, it is of one class: that which a generated module gives its users."""
    types: list[Type] = [
        Int("int", 4, 1),  # 1
        Struct("", 8, [Member("x", 1, 0), Member("y", 1, 32)]),
        Typedef("point_t", 2),
        Const(3),
        Typedef("place_t", 4),
        Enum("", 4, False, [EnumValue("ON", 1)]),  # 6
        Typedef("state_t", 6),
        Union("", 4, [Member("v", 1, 0)]),  # 8
        Typedef("either_t", 8),
        Struct("named", 4, [Member("x", 1, 0)]),  # 10
        Typedef("other_name", 10),
    ]
    btf = Builder(types, byte_order="little").btf()
    first, ways = btf.codec(3), [btf.codec(type_id) for type_id in (2, 4, 5)]
    assert repr(first.decode(bytes(8))) == "point_t(x=0, y=0)"
    assert all(isinstance(way.decode(bytes(8)), first.record) for way in ways)
    assert repr(btf.codec(7).decode(b"\1\0\0\0")) == "<state_t.ON: 1>"
    assert btf.codec(6).decode(b"\1\0\0\0") is btf.codec(7).decode(b"\1\0\0\0")
    assert repr(btf.codec(9).decode(bytes(4))) == "either_t(v=0)"
    assert repr(btf.codec(11).decode(bytes(4))) == "named(x=0)"
    assert repr(Builder(types).btf().codec(2).decode(bytes(8))) == "(anonymous)(x=0, y=0)"
    assert repr(Builder(types).btf().codec(5).decode(bytes(8))) == "place_t(x=0, y=0)"


@pytest.mark.parametrize(
    ("name", "value", "error", "message"),
    [
        ("int", 1 << 31, ValueError, "int: 2147483648 doesn't fit"),
        ("u16", -1, ValueError, "unsigned short: -1 doesn't fit"),
        ("int", "1", TypeError, "int: '1' doesn't fit"),
        ("s128", 1 << 127, ValueError, "__int128"),
        ("text", "123456789", ValueError, "has 9 bytes in a place for 8"),
        ("text", 5, TypeError, r"5 \(int\) where text or bytes is wanted"),
        ("ints", 5, TypeError, "where a sequence of 3 is wanted"),
        ("color", "GREEN", ValueError, "has no .GREEN.; it has RED, BLUE, ALSO_BLUE"),
        ("mac", "ab", TypeError, "is made of bytes, not of .ab."),
        ("mac", bytes(7), ValueError, "7 bytes in a place for 6"),
        ("ints", (1, 2), ValueError, "an array of 3 elements, not 2"),
        ("ints", (1, 2, 1 << 40), ValueError, "doesn't fit"),
        ("points", [(1, 2)], ValueError, "an array of 2 elements, not 1"),
        ("event", {"pid": 1 << 40}, ValueError, r"event\.pid: 1099511627776 doesn't fit"),
        ("event", {"time": -1}, ValueError, r"event\.time: -1 doesn't fit"),
        ("event", {"comm": "123456789"}, ValueError, r"event\.comm: '123456789' has 9 bytes"),
        ("event", (1, 2, 3), ValueError, r"event has 4 fields \(pid, time, comm, color\), not 3"),
        ("event", 5, TypeError, "event is made of a dict, a record or a sequence, not of 5"),
        ("event", "abcd", TypeError, "event is made of a dict"),
        ("line", {"ends": [{"x": 1 << 40}, {}]}, ValueError, r"line\.ends: point\.x: 1099511627776 doesn't fit"),
        ("bits", {"a": 4}, ValueError, r"^bits\.a: 4 doesn't fit in 3 bits \(-4 … 3\)"),
        ("bits", {"b": "x"}, TypeError, r"^bits\.b: 'x' is no integer"),
    ],
)
def test_what_does_not_fit(name: str, value: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        codec(name).encode(value)


@pytest.mark.parametrize(
    "name", ["int", "s128", "text", "mac", "ints", "points", "color", "event", "line", "bits", "either", "long_double"]
)
def test_a_wrong_size(name: str) -> None:
    one = codec(name)
    for wrong in (one.size - 1, one.size + 1):
        with pytest.raises(ValueError, match=f"{one.size} bytes, not {wrong}"):
            one.decode(bytes(wrong))


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ([FuncProto(0, [])], "FUNC_PROTO 1 has no size"),
        ([Forward("gone")], "FWD gone has no size"),
        ([Int("int", 4), Struct("s", 8, [Member("a", 1, 0), Member("b", 1, 16)])], r"s\.b at bit 16 overlaps"),
        ([Int("int", 4), Struct("s", 4, [Member("a", 1, 32)])], r"s\.a at bit 32 overlaps, or ends past byte 4"),
        ([Int("int", 4), Struct("s", 8, [Member("a", 1, 4)])], "overlaps"),
        ([Int("int", 4), Union("u", 2, [Member("a", 1, 0)])], "ends past byte 2"),
        ([Int("int", 4), Struct("s", 8, [Member("a", 1, 0, 40)])], "bitfield a of 40 bits"),
        ([Pointer(0), Struct("s", 8, [Member("a", 1, 0, 4)])], "bitfield a of 4 bits of a PTR"),
        ([Struct("s", 4, [Member("a", 1, 0)])], "holds itself"),
        ([Int("int", 4), Array(1, 1, 1 << 30)], "more than any value"),
        ([Enum("e", 3, False, [])], "enum e of 3 bytes"),
    ],
)
def test_types_without_values(broken: list[Type], message: str) -> None:
    with pytest.raises(BtfError, match=message):
        Builder(broken).btf().codec(len(broken))


def test_many_anonymous_structs() -> None:
    """Doubled at each level: it must end soon."""
    builder = Builder([Int("int", 4), Struct("", 8, [Member("a", 1, 0), Member("b", 1, 32)])])
    for level in range(2, 25):
        size = 4 << level
        builder.add(Struct("", size, [Member("", level, 0), Member("", level, size * 4)]))
    with pytest.raises(BtfError, match="more than 65536 fields"):
        builder.btf().codec(24)


def test_names_that_would_hide_the_class() -> None:
    builder = Builder([Int("int", 4)])
    builder.add(Struct("odd", 12, [Member("__class__", 1, 0), Member("_fields", 1, 32), Member("a b", 1, 64)]))
    one = builder.btf().codec(2)
    value = one.decode(one.encode({"__class__": 1, "_fields": 2, "a b": 3}))
    assert tuple(value) == (1, 2, 3)
    assert isinstance(value, one.record)
    assert value._asdict() == {"__class__": 1, "_fields": 2, "a b": 3}
    assert getattr(value, "a b") == 3


NUMBERS = {name: codec(name) for name in ("int", "u8", "s8", "u16", "u64")}


@given(st.sampled_from(sorted(TYPES)), st.sampled_from(["little", "big"]), st.binary(min_size=64, max_size=64))
def test_all_bytes_decode_and_encode_again(name: str, byte_order: str, data: bytes) -> None:
    one = codec(name, byte_order)
    value = one.decode(data[: one.size])
    again = one.encode(value)
    # Padding, what stands behind a NUL, and the other true values of _Bool are lost; nothing else is.
    assert one.encode(one.decode(again)) == again
    repr(value)
    if name in ("int", "u64", "mac", "ints", "matrix", "either", "points_raw"):
        assert again == data[: one.size]


def test_dtypes() -> None:
    numpy = pytest.importorskip("numpy")
    for order, sign in (("little", "<"), ("big", ">")):
        btf, ids = BTFS[order]
        event = btf.dtype(ids["event"])
        assert event == numpy.dtype(
            {"names": ["pid", "time", "comm", "color"], "formats": [f"{sign}i4", f"{sign}u8", "S8", f"{sign}u4"],
             "offsets": [0, 8, 16, 24], "itemsize": 32}
        )  # fmt: skip
        raw = codec("event", order).encode((1, 2, "sh", 7)) * 3
        array = numpy.frombuffer(raw, event)
        assert array["pid"].tolist() == [1, 1, 1]
        assert array["comm"].tolist() == [b"sh"] * 3
        assert numpy.zeros(4, btf.dtype(ids["matrix"])).shape == (4, 2, 3)
        assert btf.dtype(ids["packet"]).fields.keys() == {"left", "right", "both", "end"}
        assert btf.dtype(ids["bits"]).fields["_bits_0"][0] == numpy.dtype(f"{sign}u2")
        assert btf.dtype(ids["either"]).fields["point"][1] == 0
        assert btf.dtype(ids[".data"]).fields["text"][1] == 4
        for name, type_id in ids.items():
            assert btf.dtype(type_id).itemsize == btf.size(type_id), name
    with pytest.raises(BtfError, match="has no values"):
        Builder([FuncProto(0, [])]).btf().dtype(1)


def test_a_nameless_type_is_called_as_its_typedef() -> None:
    rows: list[Type] = [
        Int("int", 4),
        Struct("", 4, [Member("a", 1, 0)]),
        Typedef("pair_t", 2),
        Const(3),
        Const(4),
        Enum("", 4, False, [EnumValue("ONE", 1)]),
        Typedef("kind_t", 6),
        Union("", 4, [Member("u", 1, 0)]),
        Typedef("both_t", 8),
        Array(5, 1, 2),
    ]
    btf = Builder(rows).btf()
    shown = {5: "pair_t(a=1)", 3: "pair_t(a=1)", 7: "<kind_t.ONE: 1>", 9: "both_t(u=1)"}
    for type_id, text in shown.items():
        assert repr(btf.codec(type_id).decode((1).to_bytes(4, btf.byte_order))) == text
    assert repr(btf.codec(10).decode(bytes(8))) == "(pair_t(a=0), pair_t(a=0))"
    with pytest.raises(ValueError, match="enum kind_t has no 'TWO'"):
        btf.codec(7).encode("TWO")
