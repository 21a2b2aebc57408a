"""Map types.

Numbers are those of `enum bpf_map_type` in Linux 6.18; `since` is the first Linux release that has the row
(the release whose tree first holds it). `UNSPEC` (0) is left out where it means nothing.
"""

from __future__ import annotations

from errno import EEXIST, EINVAL, ENODEV, ENOTSOCK, EOPNOTSUPP, EOVERFLOW

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

_NO_INTERFACE = 'there is no interface with this number here, or the program with it is none of SEC("xdp/devmap")'
_NO_XDP_SOCKET = "an AF_XDP socket that is bound is wanted"
_NO_SOCKET = "a socket is wanted: TCP (connected or listening), UDP, Unix or vsock"
#: What an update of user space is refused for, by map type and errno.
UPDATE_REFUSED = {
    (
        MapType.PROG_ARRAY,
        EINVAL,
    ): "its programs are all of one type, that of the first one put in or of the program that uses it",
    (MapType.DEVMAP, EINVAL): _NO_INTERFACE,
    (MapType.DEVMAP_HASH, EINVAL): _NO_INTERFACE,
    (MapType.CPUMAP, ENODEV): "this machine has no CPU of this number",
    (MapType.CPUMAP, EOVERFLOW): "a queue holds at most 16384 packets",
    (MapType.CPUMAP, EINVAL): 'the program is none of SEC("xdp/cpumap")',
    (MapType.XSKMAP, EOPNOTSUPP): _NO_XDP_SOCKET,
    (MapType.XSKMAP, ENOTSOCK): _NO_XDP_SOCKET,
    (MapType.SOCKMAP, EOPNOTSUPP): _NO_SOCKET,
    (MapType.SOCKMAP, ENOTSOCK): _NO_SOCKET,
    (MapType.SOCKHASH, EOPNOTSUPP): _NO_SOCKET,
    (MapType.SOCKHASH, ENOTSOCK): _NO_SOCKET,
    (
        MapType.STRUCT_OPS,
        EINVAL,
    ): "the kernel's interface refuses the struct: a member that it requires is not set (a function, "
    "its name), or has a value that it does not take",
    (MapType.STRUCT_OPS, EEXIST): "one of that name is there already",
}
