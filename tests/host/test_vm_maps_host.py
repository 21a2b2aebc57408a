"""The vm's maps against the kernel's: the same operations, the same results and the same errnos."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ebpf.errors import KernelError, NotSupported
from ebpf.kernel.engine import KernelEngine
from ebpf.spec import MapSpec
from ebpf.uapi.map_types import MapType
from ebpf.vm.engine import VmEngine

pytestmark = pytest.mark.host

NO_PREALLOC, RDONLY, WRONLY = 1, 8, 16


def outcome(function: Callable[..., Any], *args: Any) -> Any:
    """What a call gives: its value, or the errno of its error."""
    try:
        return function(*args)
    except KernelError as error:
        return "errno", error.errno
    except NotSupported:
        return "errno", 524


@pytest.fixture
def engines() -> Iterator[tuple[KernelEngine, VmEngine]]:
    kernel = KernelEngine()
    from ebpf.kernel import cpus

    vm = VmEngine(cpus=cpus.possible())
    yield kernel, vm
    vm.close()
    kernel.close()


def u32(value: int) -> bytes:
    return value.to_bytes(4, sys.byteorder)


#: name → (spec, how a random key is made)
MAPS: dict[str, tuple[MapSpec, Callable[[random.Random], bytes]]] = {
    "array": (MapSpec("m", MapType.ARRAY, 4, 12, 5), lambda r: u32(r.randrange(7))),
    "percpu_array": (MapSpec("m", MapType.PERCPU_ARRAY, 4, 12, 5), lambda r: u32(r.randrange(7))),
    "hash": (MapSpec("m", MapType.HASH, 4, 12, 6), lambda r: u32(r.randrange(9))),
    "hash_no_prealloc": (MapSpec("m", MapType.HASH, 7, 3, 6, NO_PREALLOC), lambda r: bytes([r.randrange(9)] * 7)),
    "hash_wide": (MapSpec("m", MapType.HASH, 40, 8, 6), lambda r: bytes(39) + bytes([r.randrange(9)])),
    "percpu_hash": (MapSpec("m", MapType.PERCPU_HASH, 4, 12, 6), lambda r: u32(r.randrange(9))),
    "lpm": (
        MapSpec("m", MapType.LPM_TRIE, 8, 8, 8, NO_PREALLOC),
        lambda r: (
            u32(r.choice([0, 1, 2, 8, 9, 16, 31, 32, 33])) + r.choice([b"\0\0\0\0", b"\x0a\0\0\1", b"\x0a\1\0\0"])
        ),
    ),
    "queue": (MapSpec("m", MapType.QUEUE, 0, 8, 4), lambda r: b""),
    "stack": (MapSpec("m", MapType.STACK, 0, 8, 4), lambda r: b""),
    "devmap": (MapSpec("m", MapType.DEVMAP, 4, 4, 4), lambda r: u32(r.randrange(6))),
    "devmap_hash": (MapSpec("m", MapType.DEVMAP_HASH, 4, 4, 3), lambda r: u32(r.randrange(6))),
    "stack_trace": (MapSpec("m", MapType.STACK_TRACE, 4, 16, 4), lambda r: u32(r.randrange(6))),
}


@pytest.mark.parametrize("name", MAPS)
@pytest.mark.parametrize("seed", range(3))
def test_random_operations(name: str, seed: int, engines: tuple[KernelEngine, VmEngine]) -> None:
    spec, key = MAPS[name]
    maps = [engine.create_map(spec.copy()) for engine in engines]
    assert maps[0].value_bytes == maps[1].value_bytes
    size = maps[0].value_bytes
    pure = random.Random(seed)
    ordered = spec.type in (MapType.ARRAY, MapType.PERCPU_ARRAY, MapType.LPM_TRIE, MapType.DEVMAP)
    devices = spec.type in (MapType.DEVMAP, MapType.DEVMAP_HASH)
    try:
        for step in range(300):
            operation = pure.choice(["update", "update", "update", "lookup", "delete", "next", "take"])
            chosen = key(pure)
            if operation == "update":
                value = u32(pure.choice([0, 1, 1])) if devices else pure.randbytes(size)
                if spec.type in (MapType.PERCPU_ARRAY, MapType.PERCPU_HASH):
                    # What lies between a value and the next multiple of 8 is nobody's: the kernel keeps it or not.
                    slot = (spec.value_size + 7) & ~7
                    clean = [value[i : i + spec.value_size].ljust(slot, b"\0") for i in range(0, size, slot)]
                    value = b"".join(clean)
                flags = pure.choice([0, 0, 0, 1, 2, 3, 4, 9])
                results = [outcome(m.update, chosen, value, flags) for m in maps]
            elif operation == "lookup":
                results = [outcome(m.lookup, chosen) for m in maps]
            elif operation == "delete":
                results = [outcome(m.delete, chosen) for m in maps]
            elif operation == "take":
                results = [outcome(m.lookup_and_delete, chosen) for m in maps]
            elif ordered:
                results = [outcome(m.next_key, chosen) for m in maps]
            else:
                continue
            assert results[0] == results[1], (name, step, operation, chosen)
        if spec.key_size:
            whole = [outcome(lambda m=m: sorted(m.items())) for m in maps]
            assert whole[0] == whole[1]
    finally:
        for map_ in maps:
            map_.close()


#: What the kernel refuses to make, and what it takes.
SPECS = [
    MapSpec("m", type_, key, value, entries, flags, extra)
    for type_ in (
        MapType.ARRAY, MapType.PERCPU_ARRAY, MapType.HASH, MapType.PERCPU_HASH, MapType.LRU_HASH, MapType.LRU_PERCPU_HASH,
        MapType.LPM_TRIE, MapType.QUEUE, MapType.STACK, MapType.BLOOM_FILTER, MapType.STACK_TRACE, MapType.DEVMAP,
        MapType.DEVMAP_HASH, MapType.XSKMAP, MapType.SOCKMAP, MapType.SOCKHASH, MapType.PROG_ARRAY, MapType.CGROUP_ARRAY,
        MapType.REUSEPORT_SOCKARRAY,
    )
    for key, value, entries in (
        (4, 8, 1), (4, 4, 4), (0, 8, 4), (4, 0, 4), (4, 8, 0), (8, 8, 4), (5, 16, 4), (300, 8, 4), (4, 17, 2), (4, 1 << 30, 1),
    )
    for flags, extra in ((0, 0), (NO_PREALLOC, 0), (2, 0), (RDONLY, 0), (RDONLY | WRONLY, 0), (128 | 256, 0), (512, 0), (1024, 0))
]  # fmt: skip


def test_what_can_be_made(engines: tuple[KernelEngine, VmEngine]) -> None:
    kernel, vm = engines
    different = []

    def make(engine: Any, spec: MapSpec) -> Any:
        engine.create_map(spec).close()
        return "made"

    for spec in SPECS:
        if spec.value_size > 1 << 20 and spec.type not in (MapType.HASH, MapType.LPM_TRIE, MapType.PERCPU_ARRAY):
            continue  # the kernel would really take the memory
        a, b = outcome(make, kernel, spec.copy()), outcome(make, vm, spec.copy())
        if a != b:
            different.append((spec, a, b))
    assert not different, f"{len(different)}: {different[:5]}"


def test_lru_keeps_to_its_size_and_what_is_used(engines: tuple[KernelEngine, VmEngine]) -> None:
    _, vm = engines
    map_ = vm.create_map(MapSpec("m", MapType.LRU_HASH, 4, 4, 100))
    for i in range(1000):
        map_.update(u32(i), u32(i))
        map_.address_of(u32(0), 0)
    assert map_.count == 100
    assert map_.lookup(u32(0)) == u32(0)
    assert map_.lookup(u32(999)) == u32(999)


def test_frozen_and_access_flags(engines: tuple[KernelEngine, VmEngine]) -> None:
    for spec in (
        MapSpec("m", MapType.ARRAY, 4, 4, 2, RDONLY),
        MapSpec("m", MapType.HASH, 4, 4, 2, WRONLY),
        MapSpec("m", MapType.ARRAY, 4, 4, 2, contents=[(u32(0), u32(7))], frozen=True),
    ):
        results = []
        for engine in engines:
            map_ = engine.create_map(spec.copy())
            results.append(
                [outcome(map_.lookup, u32(0)), outcome(map_.update, u32(0), u32(1)), outcome(map_.delete, u32(0)),
                 outcome(map_.freeze)]
            )  # fmt: skip
            map_.close()
        assert results[0] == results[1], spec
