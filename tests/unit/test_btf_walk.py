"""BTF that is walked only as far as is asked for tells the same as BTF that was walked to its end."""

from __future__ import annotations

import random
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebpf.btf import (
    Btf,
    Enum,
    EnumValue,
    Func,
    FuncProto,
    Int,
    Kind,
    Member,
    Param,
    Pointer,
    Struct,
    Type,
    Typedef,
    kernel,
    reader,
)
from ebpf.btf.build import Builder
from ebpf.errors import BtfError

BUILD = "00112233445566778899aabbccddeeff00112233"


def unwalked(raw: bytes) -> Btf:
    btf = Btf()
    btf._read_header(raw, None)
    return btf


def many(count: int, seed: int = 1) -> bytes:
    """Types of several lengths; names come again as members, values, parameters and other types, some with a flavour."""
    pick = random.Random(seed)
    names = [f"name_{number}" for number in range(count // 4 + 1)]
    types: list[Type] = [Int("int", 4, 1)]
    while len(types) < count:
        name = pick.choice(names) + pick.choice(("", "", "___old"))
        known = pick.randrange(1, len(types) + 1)
        types.append(
            pick.choice(
                (
                    Typedef(name, known),
                    Pointer(known),
                    Struct(name, 8, [Member(pick.choice(names), 1, 0), Member(pick.choice(names), 1, 32)]),
                    Enum(name, 4, False, [EnumValue(f"{name}_{len(types)}", pick.randrange(1 << 31))]),
                    FuncProto(1, [Param(pick.choice(names), 1)]),
                )
            )
        )
    return bytes(Builder(types, byte_order="little"))


@pytest.fixture(params=[0, 1 << 60], ids=["searched", "sorted"])
def ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MANY_WORDS", request.param)


@pytest.fixture(autouse=True)
def short_strides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_STRIDE", 16)


@pytest.mark.usefixtures("ways")
def test_types_and_names_are_those_of_a_whole_walk() -> None:
    raw = many(400)
    whole = Btf.parse(raw)
    ids = list(range(1, len(whole)))
    random.Random(2).shuffle(ids)
    btf = unwalked(raw)
    for number in ids[:5]:
        assert btf.find_flavours(f"name_{number % 100}") == whole.find_flavours(f"name_{number % 100}")
    for number in ids:
        assert (btf.kind(number), btf.name(number)) == (whole.kind(number), whole.name(number))
        assert btf.type(number) == whole.type(number) and btf.position(number) == whole.position(number)
    for name in ("int", "nothing", "name", *(f"name_{number}" for number in range(100))):
        assert btf.find_all(name) == whole.find_all(name), name
        assert btf.find_flavours(name) == whole.find_flavours(name), name
    assert len(btf) == len(whole) and list(btf) == list(whole)


def test_it_goes_no_further_than_is_asked() -> None:
    raw = many(4000)
    btf = unwalked(raw)
    assert btf.type(3) == Btf.parse(raw).type(3)
    assert 3 < len(btf._offsets) < 40 and not btf._whole
    assert btf.kind(100) and len(btf._offsets) < 300
    assert len(btf) == 4001 and btf._whole


def test_a_type_longer_than_the_next_stride_is_passed() -> None:
    long = Enum("long", 4, False, [EnumValue(f"value_{number}", number) for number in range(900)])
    btf = unwalked(bytes(Builder([Int("int", 4, 1), long, Pointer(2), Pointer(1)])))
    assert [btf.kind(number) for number in (1, 2, 3, 4)] == [Kind.INT, Kind.ENUM, Kind.PTR, Kind.PTR]
    assert btf._whole and len(btf) == 5


@pytest.mark.parametrize("number", [-1, 0, 401])
def test_what_is_no_type_has_no_position(number: int) -> None:
    with pytest.raises(BtfError, match=f"no type {number} .*ids end at 400"):
        unwalked(many(400)).position(number)


def test_threads_walk_at_once() -> None:
    raw = many(3000)
    whole = Btf.parse(raw)
    kinds = [whole.kind(number) for number in range(1, 3001)]
    switches = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for seed in range(5):
            btf = unwalked(raw)

            def look(seed: int, btf: Btf = btf) -> None:
                ids = random.Random(seed).sample(range(1, 3001), 400)
                assert [btf.kind(number) for number in ids] == [kinds[number - 1] for number in ids]
                assert len(btf) == 3001

            with ThreadPoolExecutor(4) as pool:
                list(pool.map(look, range(seed, seed + 4)))
    finally:
        sys.setswitchinterval(switches)


def test_a_name_is_searched_for_without_walking_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MANY_WORDS", 0)
    raw = bytes(
        Builder(
            [Struct("early", 4, [Member("value", 2, 0)]), Int("int", 4, 1)] + [Pointer(1)] * 3000 + [Func("late", 1)]
        )
    )
    btf = unwalked(raw)
    assert btf.find("early", Kind.STRUCT) == 1 and len(btf._offsets) < 20
    assert btf.find("value") is None and len(btf._offsets) < 20
    assert btf.find("late", Kind.FUNC) == 3003
    assert btf._by_offset is None


@pytest.mark.parametrize("most", [1, 5])
def test_after_a_few_names_or_too_many_chances_all_are_sorted(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(reader, "MANY_WORDS", 0)
    monkeypatch.setattr(reader, "MOST_CHANCES", 4000 if most == 5 else 1)
    monkeypatch.setattr(reader, "FEW_NAMES", most)
    raw = many(400)
    whole, btf = Btf.parse(raw), unwalked(raw)
    for number in range(most):
        assert btf.find_all(f"name_{number}") == whole.find_all(f"name_{number}")
    assert (btf._by_offset is None) == (most == 5)
    assert btf.find_all("name_77") == whole.find_all("name_77")
    assert btf._by_offset is not None and btf._whole


def test_a_value_that_looks_like_the_start_of_a_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """The value's name is `task`, too, and the value itself what a struct of 8 bytes has after its name."""
    monkeypatch.setattr(reader, "MANY_WORDS", 0)
    value = int(Kind.STRUCT) << 24
    raw = bytes(
        Builder([Enum("colour", 4, False, [EnumValue("task", value)]), Int("int", 4, 1), Struct("task", 8, [])])
    )
    assert unwalked(raw).find_all("task") == [3]


def test_no_such_type_and_what_a_broken_end_says() -> None:
    raw = many(100)
    btf = unwalked(raw)
    for number in (101, 5000, -1):
        with pytest.raises(BtfError, match="no type"):
            btf.type(number)
    at = Btf.parse(raw).position(100)
    broken = raw[: at + 7] + b"\x1f" + raw[at + 8 :]
    with pytest.raises(BtfError) as whole:
        Btf.parse(broken)
    btf = unwalked(broken)
    assert btf.type(1) == Int("int", 4, 1)
    for _ in range(2):
        with pytest.raises(BtfError) as told:
            btf.type(100)
        assert str(told.value) == str(whole.value) and "kind 31" in str(told.value)
    assert btf.type(99) == Btf.parse(raw).type(99)


@given(st.integers(1, 300), st.lists(st.integers(1, 299), max_size=8), st.integers(0, 3))
def test_whatever_is_asked_in_whatever_order(count: int, asked: list[int], seed: int) -> None:
    raw = many(count, seed)
    whole, btf = Btf.parse(raw), unwalked(raw)
    for number in asked:
        if number < len(whole):
            assert btf.type(number) == whole.type(number)
    assert len(btf) == len(whole) and list(btf._offsets) == list(whole._offsets)


def test_an_index_of_the_first_types_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MANY_WORDS", 0)
    raw = many(1000)
    btf, path = unwalked(raw), str(tmp_path / "index")
    name = btf.name(next(number for number in range(2, 30) if btf.name(number)))
    found = btf.find_flavours(name)
    assert kernel.write_index(btf, path, BUILD)
    again = kernel._read_index(path, raw, BUILD)
    assert again is not None and list(again._offsets) == list(btf._offsets) and again.find_flavours(name) == found
    whole = Btf.parse(raw)
    assert again.type(900) == whole.type(900)
    assert len(again) == len(whole)
