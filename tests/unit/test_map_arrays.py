"""Whole maps as NumPy arrays, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ebpf.btf import Int, Member, Struct
from ebpf.btf.build import Builder
from ebpf.objects.map import face
from ebpf.spec import MapSpec
from ebpf.uapi.map_types import MapType

np = pytest.importorskip("numpy")

TYPES = Builder(
    [Int("u32", 4), Int("u64", 8), Struct("pair", 12, [Member("a", 1, 0), Member("b", 1, 32), Member("c", 1, 64)])]
).btf()
U32, U64, PAIR = 1, 2, 3


@pytest.fixture(params=["vm", pytest.param("kernel", marks=pytest.mark.host)])
def engine(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "vm":
        from ebpf.vm.engine import VmEngine

        made = VmEngine(jit=False, cpus=2)
        yield made
        made.close()
    else:
        from ebpf.kernel.engine import KernelEngine

        with KernelEngine() as kernel:
            yield kernel


def spec(type_: MapType, value: int, size: int, entries: int = 100, **more: Any) -> MapSpec:
    return MapSpec("m", type_, 4, size, entries, btf=TYPES, key_type=U32, value_type=value, **more)


def test_numbers_there_and_back(engine: Any) -> None:
    table = face(engine.create_map(spec(MapType.HASH, U64, 8)))
    keys, values = table.arrays()
    assert len(keys) == len(values) == 0 and keys.dtype == np.dtype("u4") and values.dtype == np.dtype("u8")
    assert table.update_arrays(np.arange(50), np.arange(50, dtype="i8") * 3) == 50
    keys, values = table.arrays()
    assert dict(zip(keys.tolist(), values.tolist(), strict=True)) == {i: i * 3 for i in range(50)} == table.copy()
    values += 1  # the arrays are the caller's own
    assert table[1] == 3
    assert table.update_arrays([7, 8], [70, 80]) == 2
    assert (table[7], table[8]) == (70, 80)
    for keys, values in (([1 << 32], [0]), ([-1], [0]), ([1], [1.5]), ([1, 2], [3]), ([1], [[1, 2]])):
        with pytest.raises(ValueError):
            table.update_arrays(keys, values)


def test_structs_are_structured_arrays(engine: Any) -> None:
    table = face(engine.create_map(spec(MapType.ARRAY, PAIR, 12, 4)))
    table[2] = {"a": 1, "b": 2, "c": 3}
    keys, values = table.arrays()
    assert keys.tolist() == [0, 1, 2, 3]
    assert values["b"].tolist() == [0, 0, 2, 0] and values[2].item() == (1, 2, 3)
    values["a"] = [4, 5, 6, 7]
    assert table.update_arrays(keys, values) == 4
    assert [tuple(table[i]) for i in range(4)] == [(4, 0, 0), (5, 0, 0), (6, 2, 3), (7, 0, 0)]


@pytest.mark.parametrize(("type_id", "size"), [(U64, 8), (U32, 4), (PAIR, 12)])
def test_values_of_each_cpu_are_columns(engine: Any, type_id: int, size: int) -> None:
    table = face(engine.create_map(spec(MapType.PERCPU_ARRAY, type_id, size, 3)))
    cpus = len(table[0])
    one = {"a": 1, "b": 2, "c": 3} if type_id == PAIR else 7
    table[1] = [one] * cpus
    keys, values = table.arrays()
    assert keys.tolist() == [0, 1, 2] and values.shape == (3, cpus)
    assert values[1].tolist() == [(1, 2, 3) if type_id == PAIR else 7] * cpus
    assert table.update_arrays(keys[:1], values[1:2]) == 1
    assert table[0] == table[1]
    with pytest.raises(ValueError, match="a value a CPU"):
        table.update_arrays([0], values[1])


def test_maps_without_types_are_bytes(engine: Any) -> None:
    table = face(engine.create_map(MapSpec("m", MapType.HASH, 3, 5, 10)))
    table[b"abc"] = b"12345"
    keys, values = table.arrays()
    assert (keys.dtype.itemsize, values.dtype.itemsize) == (3, 5)
    assert keys.tobytes() == b"abc" and values.tobytes() == b"12345"
    del table[b"abc"]
    assert table.update_arrays(keys, values) == 1 and table[b"abc"] == b"12345"
    array = face(engine.create_map(MapSpec("a", MapType.ARRAY, 4, 5, 2)))
    assert array.arrays()[0].tolist() == [0, 1]


def test_more_entries_than_one_call_brings(engine: Any) -> None:
    count = 3000 if engine.name == "vm" else 60000
    table = face(engine.create_map(spec(MapType.HASH, U64, 8, count)))
    wanted = np.arange(count, dtype="u4")
    table.update_arrays(wanted, wanted.astype("u8") * 7)
    keys, values = table.arrays()
    order = keys.argsort()
    assert (keys[order] == wanted).all() and (values[order] == wanted.astype("u8") * 7).all()
