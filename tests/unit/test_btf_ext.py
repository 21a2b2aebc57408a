"""BTF.ext: functions, lines and relocations per section; and what is refused, with the offset."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebpf.btf import Btf, Func, FuncProto, Int, Struct
from ebpf.btf.build import Builder
from ebpf.btf.ext import CoreRelocation, FuncInfo, Line, parse
from ebpf.errors import BtfError


def types(order: Any) -> Btf:
    return Builder(
        [Int("xdp", 4), Struct("tc", 4, []), Func("prog.c", 4), FuncProto(0, []), Int("0:1", 4)], byte_order=order
    ).btf()


def at(btf: Btf, text: str) -> int:
    return btf._places(text.encode(), flavours=False)[0]


def table(order: str, record: int, *sections: tuple[int, list[tuple[int, ...]]]) -> bytes:
    out = struct.pack(order + "I", record)
    for name, rows in sections:
        out += struct.pack(order + "II", name, len(rows))
        for row in rows:
            out += struct.pack(f"{order}{len(row)}I", *row).ljust(record, b"\0")
    return out


def section(order: str, functions: bytes, lines: bytes, relocations: bytes, header: int = 32) -> bytes:
    first, second = len(functions), len(functions) + len(lines)
    words = (header, 0, first, first, len(lines), second, len(relocations))
    return struct.pack(order + "HBBIIIIIII", 0xEB9F, 1, 0, *words)[:header] + functions + lines + relocations


@pytest.mark.parametrize("byte_order", ["little", "big"])
@pytest.mark.parametrize("wider", [0, 8])
def test_tables(byte_order: Any, wider: int) -> None:
    """`wider`: records with more at the end than this knows of."""
    order = "<" if byte_order == "little" else ">"
    btf = types(byte_order)
    xdp, tc, file, access = (at(btf, text) for text in ("xdp", "tc", "prog.c", "0:1"))
    raw = section(
        order,
        table(order, 8 + wider, (xdp, [(0, 3)]), (tc, [(16, 3), (0, 3)])),
        table(order, 16 + wider, (xdp, [(8, file, tc, 7 << 10 | 3), (0, file, 0, 6 << 10)])),
        table(order, 16 + wider, (tc, [(24, 2, access, 2)])),
    )
    infos = parse(raw, btf)
    assert infos.functions == {"xdp": [FuncInfo(0, 3)], "tc": [FuncInfo(0, 3), FuncInfo(2, 3)]}
    assert infos.lines == {"xdp": [Line(0, "prog.c", "", 6), Line(1, "prog.c", "tc", 7, 3)]}
    assert infos.core == {"tc": [CoreRelocation(3, 2, "0:1", 2)]}


def test_before_relocations() -> None:
    """The header of LLVM 9 and before ends with the lines."""
    btf = types("little")
    raw = section("<", table("<", 8, (at(btf, "xdp"), [(0, 3)])), b"", b"", header=24)
    infos = parse(raw, btf)
    assert list(infos.functions) == ["xdp"]
    assert infos.core == {}


def good() -> bytes:
    btf = types("little")
    xdp = at(btf, "xdp")
    return section(
        "<",
        table("<", 8, (xdp, [(0, 3)])),
        table("<", 16, (xdp, [(0, xdp, xdp, 1 << 10)])),
        table("<", 16, (xdp, [(0, 2, xdp, 0)])),
    )


GOOD = good()


def patched(place: int, *words: int) -> bytes:
    raw = bytearray(GOOD)
    raw[place : place + 4 * len(words)] = struct.pack(f"<{len(words)}I", *words)
    return bytes(raw)


@pytest.mark.parametrize(
    ("raw", "offset", "message"),
    [
        (b"", 0, "too few for a header"),
        (b"\0" + GOOD[1:], 0, "no BTF.ext"),
        (GOOD[1::-1] + GOOD[2:], 0, "big-endian, the types beside it are little-endian"),
        (GOOD[:2] + b"\7" + GOOD[3:], 2, "version 7"),
        (patched(4, 16), 4, "a header of 16 bytes"),
        (patched(4, 4096), 4, "a header of 4096 bytes"),
        (patched(8, 2), 8, "functions aren't 4-byte aligned"),
        (patched(8, 0x7FFFFFF0), 8, "functions of .* reach past the end"),
        (patched(12, 3), 8, "too few for a record size"),
        (patched(20, 0xFFFFFFF0), 16, "lines of .* reach past the end"),
        (patched(28, 0xFFFFFFF0), 24, "relocations of .* reach past the end"),
        (patched(32, 4), 32, "records of 4 bytes; at least 8"),
        (patched(32, 10), 32, "records of 10 bytes"),
        (patched(12, 8), 36, "the head of a section is cut short"),
        (patched(40, 0), 40, "functions of section 'xdp': none"),
        (patched(40, 0xFFFFFFFF), 40, "4294967295 records of 8 bytes reach past the end"),
        (patched(44, 4), 44, "byte 0x4 is no start of an instruction"),
        (patched(36, 0xFFFF), None, "no string at 0xffff"),
        (patched(32 + 20 + 16, 0xFFFF), None, "no string at 0xffff"),
    ],
)
def test_refused(raw: bytes, offset: int | None, message: str) -> None:
    with pytest.raises(BtfError, match=message) as caught:
        parse(raw, types("little"))
    if offset is not None:
        assert caught.value.section == ".BTF.ext"
        assert caught.value.offset == offset


def test_good_is_good() -> None:
    assert parse(GOOD, types("little")).core == {"xdp": [CoreRelocation(0, 2, "xdp", 0)]}


@given(st.binary(max_size=120))
def test_any_bytes(data: bytes) -> None:
    btf = types("little")
    for raw in (data, GOOD[:32] + data, GOOD + data):
        try:
            parse(raw, btf)
        except BtfError:
            pass
