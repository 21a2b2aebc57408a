"""Map types.

Numbers are those of `enum bpf_map_type` in Linux 6.18; `since` is the first Linux release that has the row
(the release whose tree first holds it). `UNSPEC` (0) is left out where it means nothing.
"""

from __future__ import annotations

from ebpf.uapi.numbers import Numbers


class MapType(Numbers):
    """`enum bpf_map_type`. `label` is the name as bpftool writes it."""

    since: tuple[int, int]

    UNSPEC = 0, (0, 0)
    HASH = 1, (3, 19)
    ARRAY = 2, (3, 19)
    PROG_ARRAY = 3, (4, 2)
    PERF_EVENT_ARRAY = 4, (4, 3)
    PERCPU_HASH = 5, (4, 6)
    PERCPU_ARRAY = 6, (4, 6)
    STACK_TRACE = 7, (4, 6)
    CGROUP_ARRAY = 8, (4, 8)
    LRU_HASH = 9, (4, 10)
    LRU_PERCPU_HASH = 10, (4, 10)
    LPM_TRIE = 11, (4, 11)
    ARRAY_OF_MAPS = 12, (4, 12)
    HASH_OF_MAPS = 13, (4, 12)
    DEVMAP = 14, (4, 14)
    SOCKMAP = 15, (4, 14)
    CPUMAP = 16, (4, 15)
    XSKMAP = 17, (4, 18)
    SOCKHASH = 18, (4, 18)
    CGROUP_STORAGE = 19, (4, 19)
    REUSEPORT_SOCKARRAY = 20, (4, 19)
    PERCPU_CGROUP_STORAGE = 21, (4, 20)
    QUEUE = 22, (4, 20)
    STACK = 23, (4, 20)
    SK_STORAGE = 24, (5, 2)
    DEVMAP_HASH = 25, (5, 4)
    STRUCT_OPS = 26, (5, 6)
    RINGBUF = 27, (5, 8)
    INODE_STORAGE = 28, (5, 10)
    TASK_STORAGE = 29, (5, 11)
    BLOOM_FILTER = 30, (5, 16)
    USER_RINGBUF = 31, (6, 1)
    CGRP_STORAGE = 32, (6, 2)
    ARENA = 33, (6, 9)

    @property
    def label(self) -> str:
        return self.name.lower()


#: Types whose key is an index of 32 bits below max_entries, whatever an object says of its type.
INDEXED = frozenset(
    {
        MapType.ARRAY, MapType.PERCPU_ARRAY, MapType.PROG_ARRAY, MapType.PERF_EVENT_ARRAY, MapType.CGROUP_ARRAY,
        MapType.ARRAY_OF_MAPS, MapType.DEVMAP, MapType.SOCKMAP, MapType.CPUMAP, MapType.XSKMAP,
        MapType.REUSEPORT_SOCKARRAY, MapType.STACK_TRACE,
    }
)  # fmt: skip
#: Types that keep a value for each possible CPU.
PER_CPU = frozenset({MapType.PERCPU_HASH, MapType.PERCPU_ARRAY, MapType.LRU_PERCPU_HASH, MapType.PERCPU_CGROUP_STORAGE})
