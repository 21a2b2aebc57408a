"""What a refusal to make or to update a map means, for who is told no more than "Invalid argument": kernel/bpf and net/core of
Linux 6.12. Read only when one is refused."""

from __future__ import annotations

from errno import EEXIST, EINVAL, ENODEV, ENOTSOCK, EOPNOTSUPP, EOVERFLOW

from ebpf.uapi.map_types import MapType

_FOURS = "keys and values of 4 bytes"
_TARGETS = "keys of 4 bytes and values of 4 or 8"
_NO_KEYS = "no keys: key_size 0"
_RECORDS = "neither key nor value size; max_entries is its bytes"
_STORAGE = "keys of 4 bytes, max_entries 0, the flag BPF_F_NO_PREALLOC (1), and the types (BTF) of key and value"
#: What each type wants of sizes and flags: `map_alloc_check` of each.
WANTS = {
    MapType.ARRAY: "keys of 4 bytes, and values",
    MapType.PERCPU_ARRAY: "keys of 4 bytes, and values of 32 KiB at most",
    MapType.HASH: "keys of 1 to 512 bytes, and values",
    MapType.PERCPU_HASH: "keys of 1 to 512 bytes, and values of 32 KiB at most",
    MapType.LRU_HASH: "keys of 1 to 512 bytes, values, and no BPF_F_NO_PREALLOC",
    MapType.LRU_PERCPU_HASH: "keys of 1 to 512 bytes, values, and no BPF_F_NO_PREALLOC",
    MapType.PROG_ARRAY: _FOURS,
    MapType.PERF_EVENT_ARRAY: _FOURS,
    MapType.CGROUP_ARRAY: _FOURS,
    MapType.XSKMAP: _FOURS,
    MapType.ARRAY_OF_MAPS: f"{_FOURS}, and an inner map",
    MapType.HASH_OF_MAPS: "values of 4 bytes, and an inner map",
    MapType.STACK_TRACE: "keys of 4 bytes, and values of 8 bytes for each of 1 to 127 addresses",
    MapType.LPM_TRIE: "keys of 5 to 260 bytes (4 of prefix length, then the address), and the flag BPF_F_NO_PREALLOC (1)",
    MapType.DEVMAP: _TARGETS,
    MapType.DEVMAP_HASH: _TARGETS,
    MapType.CPUMAP: _TARGETS,
    MapType.SOCKMAP: _TARGETS,
    MapType.REUSEPORT_SOCKARRAY: _TARGETS,
    MapType.SOCKHASH: "values of 4 or 8 bytes",
    MapType.QUEUE: _NO_KEYS,
    MapType.STACK: _NO_KEYS,
    MapType.BLOOM_FILTER: _NO_KEYS,
    MapType.RINGBUF: _RECORDS,
    MapType.USER_RINGBUF: _RECORDS,
    MapType.ARENA: "neither key nor value size, the flag BPF_F_MMAPABLE (1024); max_entries is its pages",
    MapType.CGROUP_STORAGE: "keys of 8 or 16 bytes, and max_entries 0",
    MapType.PERCPU_CGROUP_STORAGE: "keys of 8 or 16 bytes, and max_entries 0",
    **dict.fromkeys((MapType.SK_STORAGE, MapType.INODE_STORAGE, MapType.TASK_STORAGE, MapType.CGRP_STORAGE), _STORAGE),
}

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
