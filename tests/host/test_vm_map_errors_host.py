"""Every operation of every map type with every flag, on the kernel and in the vm: the same value or the same errno."""

from __future__ import annotations

import errno
import itertools
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from compiling import compiled
from ebpf.errors import EbpfError, KernelError, NotSupported
from ebpf.kernel import cpus
from ebpf.kernel.engine import KernelEngine
from ebpf.spec import MapSpec
from ebpf.uapi.map_types import MapType
from ebpf.vm.engine import VmEngine

pytestmark = pytest.mark.host
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


def test_values_with_a_lock() -> None:
    """BPF_F_LOCK means something there; the lock itself is never seen or written from outside."""
    import ebpf

    spec = compiled(LOCKED)
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


@pytest.mark.parametrize("name", [name for name in TYPES if name not in OBJECTS])
def test_many_at_once_and_wrong_sizes(name: str, engines: tuple[KernelEngine, VmEngine]) -> None:
    spec, keys = TYPES[name]
    found: list[list[Any]] = []
    for engine in engines:
        map_ = engine.create_map(spec.copy())
        size = map_.value_bytes
        three = b"".join(keys[:3]), b"".join(bytes([n]) * size for n in range(3))
        if name.startswith("devmap"):
            three = three[0], u32(1) * 3
        does: list[tuple[str, Callable[..., Any], tuple[Any, ...]]] = []
        if len(keys) > 2:
            does += [(f"batch {flags}", map_.update_batch, (*three, flags)) for flags in (0, 1, 2, 8)]
            does += [("batch too many", map_.update_batch, (b"".join(keys[:6]), three[1] * 2, 0))]
            does += [("items", lambda map_=map_: sorted(map_.items()), ())]
            does += [
                ("drain", lambda map_=map_: sorted(map_.drain()), ()),
                ("items after", lambda map_=map_: sorted(map_.items()), ()),
            ]
        key = keys[0]
        for wrong in (key + b"\0", key[:-1]):
            if wrong != key:
                does += [
                    (f"lookup of {len(wrong)}", map_.lookup, (wrong,)),
                    (f"delete of {len(wrong)}", map_.delete, (wrong,)),
                ]
                does += [(f"update of {len(wrong)}", map_.update, (wrong, bytes(size), 0))]
        if size:
            does += [
                ("short value", map_.update, (key, bytes(size - 1), 0)),
                ("long value", map_.update, (key, bytes(size + 1), 0)),
            ]
        told = []
        for what, function, arguments in does:
            told.append((what, outcome(function, *arguments)))
        found.append(told)
        map_.close()
    different = [f"{a}, vm {b[1]}" for a, b in zip(*found, strict=True) if a != b]
    assert not different, "\n".join(different)


def test_maps_in_maps_are_replaced(engines: tuple[KernelEngine, VmEngine]) -> None:
    """What fits the template goes in, in place of what was there; the rest has the kernel's errno."""
    inner = MapSpec("inner", MapType.ARRAY, 4, 8, 2)
    others = {
        "same": inner,
        "longer": MapSpec("inner", MapType.ARRAY, 4, 8, 3),
        "other value": MapSpec("inner", MapType.ARRAY, 4, 4, 2),
        "other type": MapSpec("inner", MapType.HASH, 4, 8, 2),
        "other flags": MapSpec("inner", MapType.ARRAY, 4, 8, 2, MMAPABLE),
        "any length": MapSpec("inner", MapType.ARRAY, 4, 8, 9, 1 << 12),
    }
    for type_ in (MapType.ARRAY_OF_MAPS, MapType.HASH_OF_MAPS):
        found: list[list[Any]] = []
        for engine in engines:
            template = engine.create_map(inner.copy())
            outer = engine.create_map(MapSpec("outer", type_, 4, 4, 2, inner=inner.copy()), template)
            told: list[Any] = [outcome(outer.lookup_object, u32(0)), outcome(outer.delete, u32(0))]
            for name, spec in others.items():
                map_ = engine.create_map(spec.copy())
                for flags in (0, 1, 2, 4, 8):
                    told.append((name, flags, outcome(outer.update_object, u32(0), map_, flags)))
                if name in ("same", "longer"):
                    map_.update(u32(0), len(name).to_bytes(8, "little"))
                map_.close()
            one = outcome(outer.lookup_object, u32(0))
            told += [one.lookup(u32(0)) if hasattr(one, "lookup") else one]
            told += [outcome(outer.update_object, u32(key), template, 0) for key in (1, 2, 3)]
            told += [outcome(outer.delete, u32(0)), outcome(outer.delete, u32(0)), outcome(outer.lookup_object, u32(0))]
            told += [outcome(outer.update, u32(0), u32(100_000), 0), outcome(outer.lookup_object, u32(9))]
            if hasattr(one, "close"):
                one.close()
            template.close()
            outer.close()
            found.append(told)
        different = [f"{number}: {a}, vm {b}" for number, (a, b) in enumerate(zip(*found, strict=True)) if a != b]
        assert not different, "\n".join([str(type_), *different])


REDIRECTS = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#define TARGETS(name, kind) struct { __uint(type, BPF_MAP_TYPE_##kind); __uint(max_entries, 2); __type(key, __u32); \\
  __type(value, __u32); } name SEC(".maps"); \\
  SEC("xdp") int to_##name(struct xdp_md *ctx) { return bpf_redirect_map(&name, key, flags); }
__u32 key; __u64 flags;
TARGETS(devices, DEVMAP) TARGETS(hashed, DEVMAP_HASH) TARGETS(cpus, CPUMAP) TARGETS(sockets, XSKMAP)
char LICENSE[] SEC("license") = "GPL";
"""


def test_what_redirects_to_maps_give() -> None:
    import ebpf

    spec = compiled(REDIRECTS)
    different = []
    with ebpf.load(spec, engine="kernel") as kernel, ebpf.load(spec, engine="vm") as vm:
        for obj in (kernel, vm):
            obj.maps["devices"].raw.update(u32(1), u32(1))
            obj.maps["hashed"].raw.update(u32(1), u32(1))
            obj.maps["cpus"].raw.update(u32(0), u32(64))
        for name in ("devices", "hashed", "cpus", "sockets"):
            for key, flags in itertools.product((0, 1, 2, 0xFFFFFFFF), (0, 1, 2, 3, 4, 8, 9, 16, 24, 1 << 32, 1 << 63)):
                given = []
                for obj in (kernel, vm):
                    obj.variables["key"].value, obj.variables["flags"].value = key, flags
                    given.append(obj.programs[f"to_{name}"].run(bytes(64)).retval)
                if given[0] != given[1]:
                    different.append(f"{name} key {key} flags {flags:#x}: kernel {given[0]}, vm {given[1]}")
    assert not different, "\n".join([f"{len(different)} differ", *different[:30]])


PREFIXES = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct key { __u32 bits; __u8 data[4]; };
struct { __uint(type, BPF_MAP_TYPE_LPM_TRIE); __uint(max_entries, 64); __uint(map_flags, BPF_F_NO_PREALLOC);
  __type(key, struct key); __type(value, __u64); } t SEC(".maps");
struct key asked; __u64 found, value; int action; long result; __u64 flags;
SEC("tc") int p(void *ctx) {
  struct key k = asked; __u64 v = value, *at;
  at = bpf_map_lookup_elem(&t, &k); found = at ? *at : 0;
  if (action == 1) result = bpf_map_update_elem(&t, &k, &v, flags);
  if (action == 2) result = bpf_map_delete_elem(&t, &k);
  return 0; }
char LICENSE[] SEC("license") = "GPL";
"""


def test_prefixes_as_programs_use_them() -> None:
    """Every length at the edges of bytes, lengths that are none, what covers what, flags: as a program finds, sets, deletes."""
    import random

    import ebpf

    spec = compiled(PREFIXES)
    pure = random.Random(7)
    bits = [0, 1, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 0xFFFFFFFF]
    addresses = ["00000000", "ffffffff", "80000000", "0a000000", "0a800000", "0a800001", "0a8000ff", "7fffffff"]
    with ebpf.load(spec, engine="kernel") as kernel, ebpf.load(spec, engine="vm") as vm:
        for step in range(1500):
            action, address, length = pure.choice((0, 0, 1, 1, 2)), pure.choice(addresses), pure.choice(bits)
            flags = pure.choice((0, 0, 0, 1, 2, 3))
            told = []
            for obj in (kernel, vm):
                names = obj.variables
                names["action"].value, names["value"].value, names["flags"].value = action, step + 1, flags
                names["asked"].value = {"bits": length, "data": bytes.fromhex(address)}
                names["result"].value = 0
                obj.programs["p"].run(bytes(64))
                told.append((int(names["found"].value), int(names["result"].value)))
            assert told[0] == told[1], (step, action, address, length, flags)
        assert sorted(kernel.maps["t"].raw.items()) == sorted(vm.maps["t"].raw.items())
