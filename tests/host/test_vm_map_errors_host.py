"""Every operation of every map type with every flag, on the kernel and in the vm: the same value or the same errno."""

from __future__ import annotations

import errno
import itertools
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ebpf.errors import EbpfError, KernelError, NotSupported
from ebpf.kernel import cpus
from ebpf.kernel.engine import KernelEngine
from ebpf.spec import MapSpec
from ebpf.uapi.map_types import MapType
from ebpf.vm.engine import VmEngine

pytestmark = [
    pytest.mark.host,
    pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="bpf(2) needs root on Linux"),
]
NO_PREALLOC, NO_COMMON_LRU, RDONLY, WRONLY, MMAPABLE = 1, 2, 8, 16, 1024


def u32(value: int) -> bytes:
    return value.to_bytes(4, sys.byteorder)


def prefix(bits: int, text: str) -> bytes:
    return u32(bits) + bytes.fromhex(text)


FLAGS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 1 << 32, 1 << 63]
SIMPLE = [u32(n) for n in (0, 1, 2, 3, 9, 0xFFFFFFFF)]
#: name → (spec, keys; the first two are there at the beginning if they can be)
TYPES: dict[str, tuple[MapSpec, list[bytes]]] = {
    "array": (MapSpec("m", MapType.ARRAY, 4, 8, 3), SIMPLE),
    "array_mmap": (MapSpec("m", MapType.ARRAY, 4, 8, 3, MMAPABLE), SIMPLE),
    "array_rdonly": (MapSpec("m", MapType.ARRAY, 4, 8, 3, RDONLY), SIMPLE),
    "array_wronly": (MapSpec("m", MapType.ARRAY, 4, 8, 3, WRONLY), SIMPLE),
    "percpu_array": (MapSpec("m", MapType.PERCPU_ARRAY, 4, 8, 3), SIMPLE),
    "hash": (MapSpec("m", MapType.HASH, 4, 8, 3), SIMPLE),
    "hash_alloc": (MapSpec("m", MapType.HASH, 4, 8, 3, NO_PREALLOC), SIMPLE),
    "hash_rdonly": (MapSpec("m", MapType.HASH, 4, 8, 3, RDONLY), SIMPLE),
    "hash_wronly": (MapSpec("m", MapType.HASH, 4, 8, 3, WRONLY), SIMPLE),
    "percpu_hash": (MapSpec("m", MapType.PERCPU_HASH, 4, 8, 3), SIMPLE),
    "percpu_hash_alloc": (MapSpec("m", MapType.PERCPU_HASH, 4, 8, 3, NO_PREALLOC), SIMPLE),
    "lru": (MapSpec("m", MapType.LRU_HASH, 4, 8, 64), SIMPLE),
    "lru_percpu": (MapSpec("m", MapType.LRU_PERCPU_HASH, 4, 8, 64), SIMPLE),
    "lru_uncommon": (MapSpec("m", MapType.LRU_HASH, 4, 8, 64, NO_COMMON_LRU), SIMPLE),
    "lpm": (
        MapSpec("m", MapType.LPM_TRIE, 8, 8, 3, NO_PREALLOC),
        [prefix(8, "0a000000"), prefix(24, "0a010200"), prefix(0, "00000000"), prefix(32, "0a010203"),
         prefix(33, "0a010203"), prefix(7, "0a000000"), prefix(0xFFFFFFFF, "00000000")],
    ),
    "queue": (MapSpec("m", MapType.QUEUE, 0, 8, 3), [b""]),
    "stack": (MapSpec("m", MapType.STACK, 0, 8, 3), [b""]),
    "bloom": (MapSpec("m", MapType.BLOOM_FILTER, 0, 8, 3), [b""]),
    "stack_trace": (MapSpec("m", MapType.STACK_TRACE, 4, 64, 4), SIMPLE),
    "prog_array": (MapSpec("m", MapType.PROG_ARRAY, 4, 4, 3), SIMPLE),
    "perf_event_array": (MapSpec("m", MapType.PERF_EVENT_ARRAY, 4, 4, 3), SIMPLE),
    "cgroup_array": (MapSpec("m", MapType.CGROUP_ARRAY, 4, 4, 3), SIMPLE),
    "devmap": (MapSpec("m", MapType.DEVMAP, 4, 4, 3), SIMPLE),
    "devmap_hash": (MapSpec("m", MapType.DEVMAP_HASH, 4, 4, 3), SIMPLE),
    "cpumap": (MapSpec("m", MapType.CPUMAP, 4, 4, 2), SIMPLE),
    "xskmap": (MapSpec("m", MapType.XSKMAP, 4, 4, 3), SIMPLE),
    "sockmap": (MapSpec("m", MapType.SOCKMAP, 4, 4, 3), SIMPLE),
    "sockhash": (MapSpec("m", MapType.SOCKHASH, 4, 4, 3), SIMPLE),
    "reuseport": (MapSpec("m", MapType.REUSEPORT_SOCKARRAY, 4, 8, 3), SIMPLE),
    "ring": (MapSpec("m", MapType.RINGBUF, 0, 0, 4096), [b""]),
    "user_ring": (MapSpec("m", MapType.USER_RINGBUF, 0, 0, 4096), [b""]),
}  # fmt: skip
#: Values are descriptors or CPUs there, and a number that is none in the kernel is one in the vm: only what is refused for
#: another reason is compared, of a map that stays empty.
OBJECTS = {"prog_array", "perf_event_array", "cgroup_array", "cpumap", "xskmap", "sockmap", "sockhash", "reuseport"}
#: The order of keys is the table's own there.
UNORDERED = {"hash", "lru", "percpu_hash", "devmap_hash", "sockhash"}


@pytest.fixture
def engines() -> Iterator[tuple[KernelEngine, VmEngine]]:
    kernel = KernelEngine()
    vm = VmEngine(cpus=cpus.possible())
    yield kernel, vm
    vm.close()
    kernel.close()


def outcome(function: Callable[..., Any], *args: Any) -> Any:
    try:
        return function(*args)
    except KernelError as error:
        return "errno", error.errno
    except NotSupported as error:
        return "errno", getattr(error, "errno", None) or 524
    except (EbpfError, ValueError, TypeError) as error:
        return type(error).__name__


def script(name: str, keys: list[bytes], size: int) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """What is done to a map, one thing after the other."""
    value = [bytes([n]) * size for n in range(1, 4)]
    if name in ("devmap", "devmap_hash"):
        value = [u32(1), u32(0), u32(1)]
    if name in OBJECTS:
        value = [(100_000 + n).to_bytes(size, sys.byteorder) for n in range(3)]
    yield "next_key", (None,)
    for key in keys[:2]:
        yield "update", (key, value[0], 0)
    for key, flags in itertools.product(keys, FLAGS):
        yield "update", (key, value[1], flags)
        yield "lookup", (key, flags)
    for key in keys:
        if not name.startswith(tuple(UNORDERED)):
            yield "next_key", (key,)
    for key in keys:
        yield "delete", (key,)
        yield "delete", (key,)
        yield "lookup", (key,)
    for key in keys:
        yield "update", (key, value[2], 0)
    for key, flags in itertools.product(keys, FLAGS):
        yield "lookup_and_delete", (key, flags)
    for key in keys:
        yield "update", (key, value[2], 2)
        yield "update", (key, value[2], 1)
    yield "freeze", ()
    yield "update", (keys[0], value[0], 0)
    yield "delete", (keys[0],)
    yield "lookup", (keys[0],)
    yield "lookup_and_delete", (keys[0],)


@pytest.mark.parametrize("name", TYPES)
def test_every_operation_with_every_flag(name: str, engines: tuple[KernelEngine, VmEngine]) -> None:
    spec, keys = TYPES[name]
    kernel, vm = (engine.create_map(spec.copy()) for engine in engines)
    different: dict[str, str] = {}  # one line an operation and flag is enough to see what is wrong
    for operation, arguments in script(name, keys, kernel.value_bytes):
        if name == "bloom" and operation == "lookup":
            continue  # asked by `peek`
        wanted, found = (outcome(getattr(map_, operation), *arguments) for map_ in (kernel, vm))
        if name in OBJECTS and operation == "update" and (wanted == ("errno", errno.EBADF) or not refused(found)):
            if not refused(found):
                vm.delete(arguments[0])
            continue
        if wanted != found:
            where = f"{operation} {arguments[-1:]}, kernel {wanted}, vm {found}"
            different.setdefault(where, f"{operation}{arguments}: kernel {wanted}, vm {found}")
    assert not different, "\n".join([f"{len(different)} differ", *list(different.values())[:20]])


def refused(found: Any) -> bool:
    return isinstance(found, tuple) and found[0] == "errno"


LOCKED = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct value { __u32 before; struct bpf_spin_lock lock; __u64 after; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 3); __type(key, __u32); __type(value, struct value); }
  a SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 3); __type(key, __u32); __type(value, struct value); }
  h SEC(".maps");
SEC("tc") int p(void *ctx) {
  __u32 key = 1;
  struct value *v = bpf_map_lookup_elem(&a, &key), *w = bpf_map_lookup_elem(&h, &key);
  if (v) { bpf_spin_lock(&v->lock); v->after += 3; bpf_spin_unlock(&v->lock); }
  if (w) { bpf_spin_lock(&w->lock); w->after += 5; bpf_spin_unlock(&w->lock); }
  return 0;
}
char LICENSE[] SEC("license") = "GPL";
"""


def test_values_with_a_lock(tmp_path: Path) -> None:
    """BPF_F_LOCK means something there; the lock itself is never seen or written from outside."""
    import ebpf
    from ebpf.errors import CompileError

    source = tmp_path / "locked.bpf.c"
    source.write_text(LOCKED)
    try:
        spec = ebpf.compile(source)
    except CompileError as error:
        pytest.skip(f"no compiler: {error}")
    different: dict[str, str] = {}
    with ebpf.load(spec, engine="kernel") as kernel, ebpf.load(spec, engine="vm") as vm:
        for name in ("a", "h"):
            pair = kernel.maps[name].raw, vm.maps[name].raw
            for operation, arguments in script(name, SIMPLE, 16):
                if operation == "freeze" or (name == "h" and operation == "next_key"):
                    continue
                wanted, found = (outcome(getattr(map_, operation), *arguments) for map_ in pair)
                if wanted != found:
                    text = f"{name} {operation}{arguments}: kernel {wanted}, vm {found}"
                    different.setdefault(f"{name} {operation} {arguments[-1:]}", text)
            for map_ in pair:
                map_.update(u32(1), b"\1" * 16, 4)
            for obj in (kernel, vm):
                obj.programs["p"].run(bytes(64))
            assert pair[0].lookup(u32(1)) == pair[1].lookup(u32(1))
            assert pair[0].lookup(u32(1), 4) == pair[1].lookup(u32(1), 4)
    assert not different, "\n".join(list(different.values())[:20])
