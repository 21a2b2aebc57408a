"""The maps of the vm: one class a type, found by type. A new type is a class in a file of its own and a row here."""

from __future__ import annotations

from ebpf.errors import NotSupported
from ebpf.uapi.map_types import MapType
from ebpf.vm.maps.base import VmMap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.spec import MapSpec
    from ebpf.vm.engine import VmEngine

#: Type → module and class. Modules are imported when a map of theirs is first made.
TYPES: dict[MapType, tuple[str, str]] = {
    MapType.HASH: ("hash", "HashTable"),
    MapType.ARRAY: ("array", "Array"),
    MapType.PROG_ARRAY: ("objects", "ProgramArray"),
    MapType.PERF_EVENT_ARRAY: ("perf", "PerfEventArray"),
    MapType.PERCPU_HASH: ("hash", "PerCpuHashTable"),
    MapType.PERCPU_ARRAY: ("array", "PerCpuArray"),
    MapType.STACK_TRACE: ("stacktrace", "StackTrace"),
    MapType.CGROUP_ARRAY: ("targets", "CgroupArray"),
    MapType.LRU_HASH: ("lru", "LruHash"),
    MapType.LRU_PERCPU_HASH: ("lru", "LruPerCpuHash"),
    MapType.LPM_TRIE: ("trie", "PrefixTrie"),
    MapType.ARRAY_OF_MAPS: ("objects", "ArrayOfMaps"),
    MapType.HASH_OF_MAPS: ("objects", "HashOfMaps"),
    MapType.DEVMAP: ("targets", "DevMap"),
    MapType.SOCKMAP: ("targets", "SockMap"),
    MapType.CPUMAP: ("targets", "CpuMap"),
    MapType.XSKMAP: ("targets", "XskMap"),
    MapType.SOCKHASH: ("targets", "SockHash"),
    MapType.CGROUP_STORAGE: ("storage", "CgroupStorage"),
    MapType.REUSEPORT_SOCKARRAY: ("targets", "ReuseportArray"),
    MapType.PERCPU_CGROUP_STORAGE: ("storage", "PerCpuCgroupStorage"),
    MapType.QUEUE: ("queue", "Queue"),
    MapType.STACK: ("queue", "Stack"),
    MapType.SK_STORAGE: ("storage", "LocalStorage"),
    MapType.DEVMAP_HASH: ("targets", "DevMapHash"),
    MapType.RINGBUF: ("ring", "RingBuffer"),
    MapType.INODE_STORAGE: ("storage", "LocalStorage"),
    MapType.TASK_STORAGE: ("storage", "LocalStorage"),
    MapType.BLOOM_FILTER: ("queue", "BloomFilter"),
    MapType.USER_RINGBUF: ("ring", "UserRingBuffer"),
    MapType.CGRP_STORAGE: ("storage", "LocalStorage"),
    MapType.ARENA: ("arena", "Arena"),
}

#: Types that mean nothing outside of the kernel, and why.
KERNEL_ONLY: dict[MapType, str] = {
    MapType.STRUCT_OPS: "it hands functions to the kernel",
}


def class_of(type_: MapType) -> type[VmMap]:
    """The class of a map type. Raises NotSupported."""
    from importlib import import_module

    found = TYPES.get(type_)
    if found is None:
        why = KERNEL_ONLY.get(type_, "not in the vm")
        raise NotSupported(f"map type {type_.label}", why=why, hint="the kernel engine has it")
    module, name = found
    class_: type[VmMap] = getattr(import_module(f"ebpf.vm.maps.{module}"), name)
    return class_


def create(engine: VmEngine, spec: MapSpec, inner: VmMap | None = None) -> VmMap:
    """A new map. Raises KernelError as bpf(2) would, NotSupported for a type that isn't here."""
    return class_of(spec.type)(engine, spec, inner)
