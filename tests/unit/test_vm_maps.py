"""Maps of the vm: what user space does with them, threads, pickles, native layout."""

from __future__ import annotations

import ctypes
import pickle
import sys
import threading
from struct import pack
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st_
from vm_code import I

from ebpf.asm import Instruction, encode
from ebpf.errors import Closed, EbpfError, KernelError, NotSupported
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine
from ebpf.vm.maps import KERNEL_ONLY, TYPES
from ebpf.vm.maps.hash import LIVE, MULTIPLIER
from ebpf.vm.memory import Mirrored


def u32(value: int) -> bytes:
    return value.to_bytes(4, sys.byteorder)


def errno_of(function: Any, *args: Any) -> int:
    with pytest.raises(KernelError) as caught:
        function(*args)
    assert caught.value.errno is not None
    return caught.value.errno


def test_every_type_is_here_or_has_a_reason() -> None:
    assert set(TYPES) | set(KERNEL_ONLY) | {MapType.UNSPEC} == set(MapType)
    with pytest.raises(NotSupported, match="hands functions to the kernel"):
        VmEngine().create_map(MapSpec("s", MapType.STRUCT_OPS, 4, 8, 1))


@pytest.mark.parametrize(
    ("spec", "errno"),
    [
        (MapSpec("m", MapType.ARRAY, 8, 8, 1), 22), (MapSpec("m", MapType.ARRAY, 4, 0, 1), 22),
        (MapSpec("m", MapType.ARRAY, 4, 8, 0), 22), (MapSpec("m", MapType.ARRAY, 4, 8, 1, 1), 22),
        (MapSpec("m", MapType.HASH, 0, 8, 1), 22), (MapSpec("m", MapType.HASH, 4, 1 << 23, 1), 7),
        (MapSpec("m", MapType.LRU_HASH, 4, 8, 1, 1), 524), (MapSpec("m", MapType.LPM_TRIE, 8, 8, 1), 22),
        (MapSpec("m", MapType.QUEUE, 4, 8, 1), 22), (MapSpec("m", MapType.RINGBUF, 4, 0, 4096), 22),
        (MapSpec("m", MapType.PERCPU_ARRAY, 4, 40000, 1), 7), (MapSpec("m", MapType.ARENA, 0, 0, 1), 22),
        (MapSpec("m", MapType.ARRAY_OF_MAPS, 4, 4, 1), 9), (MapSpec("m", MapType.TASK_STORAGE, 4, 8, 0), 22),
    ],
)  # fmt: skip
def test_what_can_not_be_made(spec: MapSpec, errno: int) -> None:
    assert errno_of(VmEngine().create_map, spec) == errno


def test_a_wrong_key_or_value_and_a_closed_map() -> None:
    map_ = VmEngine().create_map(MapSpec("m", MapType.HASH, 4, 8, 1))
    with pytest.raises(ValueError, match="a key has 4 bytes, not 3"):
        map_.lookup(b"abc")
    with pytest.raises(ValueError, match="a value has 8 bytes, not 1"):
        map_.update(u32(1), b"a")
    map_.close()
    with pytest.raises(Closed):
        map_.lookup(u32(1))


KEYS = st_.binary(min_size=6, max_size=6).map(lambda key: bytes([key[0] & 3, *key[1:2], 0, 0, 0, key[5] & 1]))


@settings(max_examples=60, deadline=None)
@given(st_.lists(st_.tuples(st_.sampled_from("udlt"), KEYS, st_.binary(min_size=3, max_size=3))))
def test_a_hash_is_a_dict(operations: list[tuple[str, bytes, bytes]]) -> None:
    map_ = VmEngine().create_map(MapSpec("m", MapType.HASH, 6, 3, 8))
    model: dict[bytes, bytes] = {}
    for operation, key, value in operations:
        if operation == "u":
            if key in model or len(model) < 8:
                map_.update(key, value)
                model[key] = value
            else:
                assert errno_of(map_.update, key, value) == 7
        elif operation == "d":
            assert map_.delete(key) == (model.pop(key, None) is not None)
        elif operation == "t":
            assert map_.lookup_and_delete(key) == model.pop(key, None)
        else:
            assert map_.lookup(key) == model.get(key)
    assert dict(map_.items()) == model
    assert sorted(map_.keys()) == sorted(model)
    walked, key = [], map_.next_key(None)
    while key is not None:
        walked.append(key)
        key = map_.next_key(key)
    assert sorted(walked) == sorted(model)


def native_lookup(handle: int, key: bytes) -> int:
    """What generated code does: finds a value by the layout that maps/hash.py tells, by address alone."""

    def read(address: int, type_: Any) -> int:
        value: int = type_.from_address(address).value
        return value

    size, values, stride = (
        read(handle + 4, ctypes.c_uint32),
        read(handle + 16, ctypes.c_uint64),
        read(handle + 24, ctypes.c_uint32),
    )
    buckets, shift = read(handle + 32, ctypes.c_uint64), read(handle + 40, ctypes.c_uint32)
    record, records = read(handle + 44, ctypes.c_uint32), read(handle + 48, ctypes.c_uint64)
    padded = key + bytes(-size % 8)
    h = 0
    for i in range(0, len(padded), 8):
        h = ((h ^ int.from_bytes(padded[i : i + 8], sys.byteorder)) * MULTIPLIER) & (1 << 64) - 1
        h ^= h >> 32
    number = read(buckets + 4 * (h >> shift), ctypes.c_uint32)
    while number:
        at = records + (number - 1) * record
        if read(at + 4, ctypes.c_uint32) == (h & 0xFFFFFFFF | LIVE) and ctypes.string_at(at + 8, size) == key:
            return values + (number - 1) * stride
        number = read(at, ctypes.c_uint32)
    return 0


@pytest.mark.parametrize("type_", [MapType.HASH, MapType.LRU_HASH, MapType.PERCPU_HASH])
@pytest.mark.parametrize("size", [1, 4, 8, 13, 40])
def test_the_layout_of_a_hash_is_as_told(type_: MapType, size: int) -> None:
    map_ = VmEngine(cpus=2).create_map(MapSpec("m", type_, size, 8, 100))
    keys = [i.to_bytes(1, "little") + bytes(size - 1) for i in range(90)]
    for i, key in enumerate(keys):
        map_.update(key, pack("=Q", i) * (map_.value_bytes // 8))
    for key in keys[::3]:
        map_.delete(key)
    for i, key in enumerate(keys):
        address = native_lookup(map_.handle, key)
        assert address == map_.address_of(key, 0)
        assert (ctypes.c_uint64.from_address(address).value if address else None) == (i if i % 3 else None)


def test_an_array_is_memory() -> None:
    map_ = VmEngine().create_map(MapSpec("m", MapType.ARRAY, 4, 8, 4))
    memory = map_.memory()
    assert memory is not None
    memory[8:16] = pack("=Q", 5)
    assert map_.lookup(u32(1)) == pack("=Q", 5)
    assert len(memory) == 32


@pytest.mark.parametrize("there", [True, False])
def test_a_ring_follows_itself(there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    if not there:
        monkeypatch.delattr(os, "memfd_create", raising=False)
    ring = Mirrored(4096, 4096)
    assert ring.mirrored in (there, False)
    ring.ring[4090:4106] = b"0123456789abcdef"
    ring.settle(4090, 16)
    assert bytes(ring.ring[:10]) == b"6789abcdef"
    assert bytes(ring.ring[4096:4106]) == b"6789abcdef"
    ring.ring[0:4] = b"wxyz"
    ring.settle(0, 4)
    assert bytes(ring.ring[4096:4100]) == b"wxyz"


def test_longest_prefix() -> None:
    map_ = VmEngine().create_map(MapSpec("m", MapType.LPM_TRIE, 8, 4, 10, 1))

    def key(bits: int, *address: int) -> bytes:
        return u32(bits) + bytes(address)

    for i, prefix in enumerate([key(0, 0, 0, 0, 0), key(8, 10, 0, 0, 0), key(24, 10, 1, 2, 0), key(32, 10, 1, 2, 3)]):
        map_.update(prefix, u32(i))
    for address, best in (((1, 1, 1, 1), 0), ((10, 9, 9, 9), 1), ((10, 1, 2, 9), 2), ((10, 1, 2, 3), 3)):
        assert map_.lookup(key(32, *address)) == u32(best)
    assert map_.lookup(key(16, 10, 1, 2, 3)) == u32(1)
    assert map_.delete(key(24, 10, 1, 2, 77))
    assert map_.lookup(key(32, 10, 1, 2, 9)) == u32(1)
    assert errno_of(map_.update, key(33, 0, 0, 0, 0), u32(0)) == 22


def counting(engine: VmEngine, map_: Any, type_: ProgType = ProgType.UNSPEC) -> Any:
    code = [
        I(op.ST | op.MEM | op.W, 10, 0, -4, 1), I(op.ALU64 | op.MOV | op.X, 2, 10), I(op.ALU64 | op.ADD, 2, imm=-4),
        I(op.LDDW, 1, 1), I(op.JMP | op.CALL, imm=1), I(op.JMP | op.JEQ, 0, offset=2), I(op.ALU64 | op.MOV, 1, imm=1),
        I(op.STX | op.ATOMIC | op.DW, 0, 1), I(op.ALU64 | op.MOV, 0, imm=0), I(op.JMP | op.EXIT),
    ]  # fmt: skip
    spec = ProgramSpec("count", type_, encode(code), references=[Reference(3, "map", map_.spec.name)])
    return engine.load_program(spec, {map_.spec.name: map_})


def test_what_threads_count_is_not_lost() -> None:
    """Programs add, other threads write, delete and walk meanwhile."""
    engine = VmEngine(jit=False, cpus=2)
    counted = engine.create_map(MapSpec("counted", MapType.HASH, 4, 8, 64))
    counted.update(u32(1), bytes(8))
    program = counting(engine, counted)
    errors: list[BaseException] = []

    def guarded(work: Any) -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)

    def run() -> None:
        for _ in range(500):
            program.run()

    def churn() -> None:
        for i in range(2000):
            key = u32(2 + i % 60)
            counted.update(key, bytes(8))
            if i % 3 == 0:
                counted.delete(key)
            if i % 100 == 0:
                list(counted.items())

    threads = [threading.Thread(target=guarded, args=(work,)) for work in (run, run, run, churn, churn)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert counted.lookup(u32(1)) == pack("=Q", 1500)
    assert counted.count == len(list(counted.items())) <= 61


@pytest.mark.parametrize("contents", [True, False])
def test_pickles(contents: bool) -> None:
    engine = VmEngine(jit=False, cpus=2, budget=1234)
    engine.pickle_contents = contents
    maps = {
        type_: engine.create_map(MapSpec(type_.label, type_, 4, 8, 4, 1 if type_ == MapType.LPM_TRIE else 0))
        for type_ in (MapType.ARRAY, MapType.HASH, MapType.PERCPU_HASH, MapType.LRU_HASH)
    }
    for map_ in maps.values():
        map_.update(u32(1), pack("=Q", 7) * (map_.value_bytes // 8))
    queue = engine.create_map(MapSpec("q", MapType.QUEUE, 0, 8, 4))
    queue.update(b"", pack("=Q", 3))
    program = counting(engine, maps[MapType.ARRAY])
    program.run()
    copy, other, again = pickle.loads(pickle.dumps((program, queue, maps[MapType.HASH])))
    assert copy.engine is other.engine is again.engine is not engine
    assert (copy.engine.budget, copy.engine.cpus) == (1234, 2)
    copy.run()
    expected = 9 if contents else 1
    assert copy.maps["array"].lookup(u32(1)) == pack("=Q", expected)
    assert maps[MapType.ARRAY].lookup(u32(1)) == pack("=Q", 8)
    assert again.lookup(u32(1)) == (pack("=Q", 7) if contents else None)
    assert other.lookup_and_delete(b"") == (pack("=Q", 3) if contents else None)


def test_specs_pickle() -> None:
    spec = ProgramSpec("p", ProgType.XDP, b"\x95" + bytes(7), references=[Reference(0, "map", "m")])
    assert pickle.loads(pickle.dumps(spec)) == spec
    map_ = MapSpec("m", MapType.HASH, 4, 8, 1, contents=[(u32(1), bytes(8))])
    assert pickle.loads(pickle.dumps(map_)) == map_


def test_variables_in_an_arena() -> None:
    spec = MapSpec("a", MapType.ARENA, 0, 0, 3, 1 << 10, contents=[(b"", b"\7" * 5000)])
    arena = VmEngine().create_map(spec)
    memory = arena.memory()
    assert memory is not None and bytes(memory[:5001]) == b"\7" * 5000 + b"\0"
    assert arena.allocate(0, 1) == arena.address + 2 * 4096  # the first two pages hold them
    assert arena.allocate(0, 1) == 0
    with pytest.raises(KernelError, match="its variables take 5000 bytes, it has 4096"):
        VmEngine().create_map(spec.replace(max_entries=1))


@pytest.mark.parametrize("jit", [False, True])
def test_programs_find_their_variables_in_an_arena(jit: bool) -> None:
    if jit:
        pytest.importorskip("llvmlite")
    engine = VmEngine(jit=jit)
    arena = engine.create_map(MapSpec("a", MapType.ARENA, 0, 0, 1, 1 << 10, contents=[(b"", pack("=QQ", 5, 10))]))
    code = [
        Instruction(op.LDDW, dst=1), Instruction(0xBF, dst=1, src=1, offset=1, imm=1),  # the address space is the kernel's now
        Instruction(0x79, dst=0, src=1), Instruction(0x07, dst=0, imm=3), Instruction(0x7B, dst=1, src=0), Instruction(0x95),
    ]  # fmt: skip

    def program(offset: int) -> Any:
        references = [Reference(0, "map_value", "a", offset)]
        return engine.load_program(
            ProgramSpec("p", ProgType.XDP, encode(code, sys.byteorder), license="GPL", references=references),
            {"a": arena},
        )

    for _ in range(3):
        program(8).run(bytes(64))
    memory = arena.memory()
    assert memory is not None and bytes(memory[:16]) == pack("=QQ", 5, 19)
    program(4088)
    with pytest.raises(EbpfError, match="map a has no byte 4096 to point to"):
        program(4096)


def test_an_arena() -> None:
    arena = VmEngine().create_map(MapSpec("a", MapType.ARENA, 0, 0, 4, 1 << 10))
    first, second = arena.allocate(0, 1), arena.allocate(0, 2)
    assert second == first + 4096
    assert arena.allocate(0, 2) == 0
    assert arena.allocate(first, 1) == 0
    arena.release(first, 1)
    assert arena.allocate(first, 1) == first
    assert arena.address % 4096 == 0


def test_an_engine_that_is_closed_closes_what_it_made() -> None:
    engine = VmEngine()
    map_ = engine.create_map(MapSpec("m", MapType.ARRAY, 4, 8, 1))
    program = counting(engine, map_)
    engine.close()
    with pytest.raises(Closed):
        map_.lookup(u32(0))
    with pytest.raises(Closed):
        program.run()


@pytest.mark.parametrize(
    "type_", ["ARRAY", "PERCPU_ARRAY", "HASH", "PERCPU_HASH", "LRU_HASH", "LRU_PERCPU_HASH", "LPM_TRIE"]
)
@pytest.mark.parametrize("flags", [4, 5, 6, 7, 8, 1 << 40])
def test_a_program_can_not_lock_values_that_have_no_lock(type_: str, flags: int) -> None:
    """BPF_F_LOCK of a map whose values have no spin lock is -EINVAL (found by tests/fuzz/safety.py)."""
    engine = VmEngine()
    extra = 1 if type_ == "LPM_TRIE" else 0
    map_ = engine.create_map(MapSpec("m", MapType[type_], 8 if extra else 4, 8, 2, extra))
    code = [
        I(op.ST | op.MEM | op.DW, 10, 0, -8, 0),
        I(op.ALU64 | op.MOV | op.X, 2, 10),
        I(op.ALU64 | op.ADD, 2, imm=-8),
        I(op.ALU64 | op.MOV | op.X, 3, 2),
        I(op.LDDW, 4, imm=flags),
        I(op.LDDW, 1, 1),
        I(op.JMP | op.CALL, imm=2),
        I(op.JMP | op.EXIT),
    ]
    spec = ProgramSpec("p", ProgType.XDP, encode(code, sys.byteorder), references=[Reference(6, "map", "m")])
    wanted = -17 if "ARRAY" in type_ and flags == 5 else -22  # EEXIST comes first there
    assert engine.load_program(spec, {"m": map_}).run(bytes(64)).retval == wanted & (1 << 64) - 1


@pytest.mark.parametrize("type_", [MapType.ARRAY_OF_MAPS, MapType.HASH_OF_MAPS])
def test_a_map_that_its_maker_closed_lives_in_the_map_that_holds_it(type_: MapType) -> None:
    engine = VmEngine()
    spec = MapSpec("inner", MapType.ARRAY, 4, 8, 2)
    template, one = engine.create_map(spec), engine.create_map(spec)
    outer = engine.create_map(MapSpec("outer", type_, 4, 4, 2, inner=spec), template)
    one.update(bytes(4), b"7654321\0")
    outer.update_object(bytes(4), one)
    one.close()
    found = outer.lookup_object(bytes(4))
    assert found is not None and found.lookup(bytes(4)) == b"7654321\0"
    found.close()
    template.close()
    with pytest.raises(Closed):
        template.lookup(bytes(4))
    engine.close()
    with pytest.raises(Closed):
        outer.lookup_object(bytes(4))
