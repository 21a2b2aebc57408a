"""A module of bpf2py on both engines: maps of maps, tail calls, callbacks, globals, .kconfig; the same answers."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "unit"))

from compiled import _compiler

from ebpf.bind.bpf2py import bpf2py

pytestmark = pytest.mark.host

SOURCE = r"""
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct event { __u32 pid; char comm[16]; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __type(key, __u32); __type(value, struct event); __uint(max_entries, 10); }
    seen SEC(".maps");
struct inner { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, __u32); };
struct inner one SEC(".maps"), two SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 4); __type(key, __u32); __array(values, struct inner); }
    outer SEC(".maps") = { .values = { [0] = &one, [2] = &two } };
int direct(void *ctx); int jumped(void *ctx);
struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 4); __uint(key_size, 4); __array(values, int (void *)); }
    jumps SEC(".maps") = { .values = { [3] = &jumped } };
static volatile int calls;
int start = 5;
const volatile int limit = 7;
extern unsigned LINUX_KERNEL_VERSION __kconfig;

static __attribute__((noinline)) int helper(int a) { static int sum; sum += a; return sum + limit; }
static int each(void *map, const void *key, void *value, void *context)
{ *(int *)context += ((struct event *)value)->pid; return 0; }

SEC("xdp") int direct(void *ctx) {
    __u32 slot = 2, zero = 0;
    void *map = bpf_map_lookup_elem(&outer, &slot);
    __u32 *value = map ? bpf_map_lookup_elem(map, &zero) : 0;
    int sum = 0;
    bpf_for_each_map_elem(&seen, each, &sum, 0);
    calls++;
    return helper(start) + sum * 100 + (value ? *value : 0) * 10000 + (LINUX_KERNEL_VERSION > 0);
}
SEC("xdp") int jumps_away(void *ctx) { bpf_tail_call(ctx, &jumps, 3); return 1; }
SEC("xdp") int jumped(void *ctx) { return helper(1) + 1000; }
char LICENSE[] SEC("license") = "GPL";
"""


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    _compiler()
    folder = tmp_path_factory.mktemp("bound")
    (folder / "both.bpf.c").write_text(SOURCE)
    bpf2py("both_engines", folder / "both.bpf.c", output_dir=folder)
    sys.path.insert(0, str(folder))
    yield importlib.import_module("both_engines")
    sys.path.remove(str(folder))


def answers(module: ModuleType, engine: str) -> dict[str, Any]:
    with module.BothEngines.load(engine=engine, variables={"start": 3}) as obj:
        assert obj.engine.name == engine
        obj.seen[1] = module.Event(pid=4, comm="sh")
        obj.seen[2] = {"pid": 5}
        obj.two[0] = 6
        packet = bytes(64)
        return {
            "direct": [obj.direct.run(packet).retval for _ in range(2)],
            "jumped": obj.jumps_away.run(packet).retval,
            "start": obj.start.value,
            "limit": obj.limit.value,
            "calls": obj.calls.value,
            "seen": sorted(tuple(value) for value in obj.seen.values()),
            "types": {isinstance(value, module.Event) for value in obj.seen.values()},
            "kernel": obj.LINUX_KERNEL_VERSION.value > 0,
        }


@pytest.mark.parametrize("engine", ["kernel", "vm"])
def test_both_engines_give_the_same_answers(module: ModuleType, engine: str) -> None:
    assert answers(module, engine) == {
        "direct": [3 + 7 + 900 + 60000 + 1, 6 + 7 + 900 + 60000 + 1],
        "jumped": 6 + 1 + 7 + 1000,
        "start": 3,
        "limit": 7,
        "calls": 2,
        "seen": [(4, "sh"), (5, "")],
        "types": {True},
        "kernel": True,
    }
