"""The faces of maps that are no plain key and value (networks, queues, filters, memory), and the table that says which face is
whose. `Map` is in `ebpf.objects.map`, what holds other things in `ebpf.objects.holders`, events in `ebpf.objects.rings`."""

from __future__ import annotations

from ebpf.errors import NotSupported
from ebpf.objects import codecs
from ebpf.objects.held import Held
from ebpf.objects.holders import CgroupStorageMap, MapOfMaps, ProgramArray, RedirectMap, Storage, ThingMap
from ebpf.objects.map import Map, plain
from ebpf.objects.rings import E, PerfEvents, Ring, UserRing
from ebpf.uapi.flags import BPF_F_STACK_BUILD_ID
from ebpf.uapi.map_types import MapType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from ipaddress import IPv4Network, IPv6Network
    from typing import Any, Generic, TypeVar

    from ebpf.engine import Link, RawMap

    V = TypeVar("V")
else:
    V = Any = object
    Generic = {object: object}  # so that Generic[V] is `object`: no typing when this runs


#: Every face: modules of bpf2py name them from here.
__all__ = [
    "Arena", "BloomFilter", "CgroupStorageMap", "Map", "MapOfMaps", "PerfEvents", "PrefixMap", "ProgramArray", "Queue",
    "RedirectMap", "Ring", "StackTraces", "Storage", "StructOps", "ThingMap", "UserRing",
]  # fmt: skip


class _OfValues(Held, Generic[E]):
    """A map without keys: `Queue[Event]` is known to type checkers."""

    if not TYPE_CHECKING:

        def __class_getitem__(cls, value):
            return cls

    def __init__(self, raw: RawMap) -> None:
        super().__init__(raw)
        self._pack, self._unpack = codecs.for_value(raw.spec)


class PrefixMap(Map[Any, V]):
    """An LPM_TRIE of IPv4 or IPv6 networks: a key is 4 bytes of prefix length and an address of 4 or 16 bytes. Linux 4.11.

    Keys come as `ipaddress` networks. A network, an address (its whole length), their text ("10.0.0.0/8"), what the key's
    C type takes, or bytes may be given. `map[address]` is the value of the longest prefix that it has; `address in map` says
    whether there is one.
    """

    def __init__(self, raw: RawMap) -> None:
        typed = codecs.for_key(raw.spec)[0]
        size = raw.spec.key_size - 4

        def pack(key: Any) -> bytes:
            if isinstance(key, str):
                from ipaddress import ip_network

                key = ip_network(key, strict=False)
            address = getattr(key, "network_address", key)
            data = getattr(address, "packed", None)
            if data is None:
                return typed(key)
            if len(data) != size:
                raise ValueError(f"map {raw.spec.name}: {key} is not of IPv{4 if size == 4 else 6}")
            return codecs.u32(getattr(key, "prefixlen", 8 * size)) + bytes(data)

        super().__init__(raw, key=(pack, _network))


def _network(data: bytes) -> IPv4Network | IPv6Network:
    from ipaddress import ip_network

    # A prefix longer than the address matches nothing and can't be put in.
    return ip_network((data[4:], codecs.number(data[:4])), strict=False)


class Queue(_OfValues[E]):
    """A QUEUE (first in, first out) or STACK (last in, first out). Linux 4.20."""

    def push(self, value: E, *, flags: int = 0) -> None:
        """Adds a value. KernelError E2BIG when it is full, unless `flags` is BPF_EXIST: then the oldest goes."""
        self.raw.update(b"", self._pack(value), flags)

    def pop(self) -> E:
        """Takes a value out. IndexError when it is empty."""
        data = self.raw.lookup_and_delete(b"")
        if data is None:
            raise IndexError(f"{self.name} is empty")
        value: E = self._unpack(data)
        return value

    def peek(self) -> E:
        """The value that `pop` would take. IndexError when it is empty."""
        data = self.raw.lookup(b"")
        if data is None:
            raise IndexError(f"{self.name} is empty")
        value: E = self._unpack(data)
        return value

    def drain(self) -> Iterator[E]:
        """Takes values out until it is empty."""
        while (data := self.raw.lookup_and_delete(b"")) is not None:
            yield self._unpack(data)

    def __repr__(self) -> str:
        return self._shown(
            f"Queue {self.name} {self.spec.type.label} value={self.spec.value_size}B max={self.spec.max_entries}"
        )


class BloomFilter(_OfValues[E]):
    """A BLOOM_FILTER: `add` values; `in` says no for sure, or perhaps yes. Linux 5.16."""

    def add(self, value: E) -> None:
        """Adds a value, which can't be taken out again. KernelError."""
        self.raw.update(b"", self._pack(value))

    def __contains__(self, value: Any) -> bool:
        return bool(self.raw.peek(self._pack(value)))

    def __repr__(self) -> str:
        return self._shown(f"BloomFilter {self.name} value={self.spec.value_size}B max_entries={self.spec.max_entries}")


class Arena(Held):
    """An ARENA (Linux 6.9): sparse memory that programs and this process share, `max_entries` pages."""

    def memory(self) -> memoryview:
        """The whole arena, to be read and written; pages come as they are touched."""
        found: memoryview = self.raw.memory()
        return found

    def __len__(self) -> int:
        return len(self.memory())

    def __getitem__(self, place: Any) -> Any:
        return self.memory()[place]

    def __setitem__(self, place: Any, value: Any) -> None:
        self.memory()[place] = value

    def __repr__(self) -> str:
        return self._shown(f"Arena {self.name} {self.spec.max_entries} pages")


class StackTraces(Map[int, Any]):
    """A STACK_TRACE map (Linux 4.6): the id that bpf_get_stackid gave → the addresses, innermost first. With
    BPF_F_STACK_BUILD_ID (4.17) each is (build id, offset in the file), or (b"", address) where there is no build id."""

    def __init__(self, raw: RawMap) -> None:
        by_build_id = raw.spec.flags & BPF_F_STACK_BUILD_ID
        typed = codecs.for_value(raw.spec)

        def unpack(data: bytes) -> tuple[Any, ...]:
            words = memoryview(data[: len(data) // 8 * 8]).cast("Q")
            if not by_build_id:
                return tuple(words[: next((i for i, word in enumerate(words) if not word), len(words))])
            found = []
            # struct bpf_stack_build_id: s32 status, u8 build_id[20], u64 offset or ip.
            for at in range(0, len(data) - 31, 32):
                status = codecs.number(data[at : at + 4])
                if not status:
                    break
                found.append(
                    (bytes(data[at + 4 : at + 24]) if status == 1 else b"", codecs.number(data[at + 24 : at + 32]))
                )
            return tuple(found)

        super().__init__(raw, value=(typed[0], unpack))


class StructOps(Held):
    """A STRUCT_OPS variable (Linux 5.6): an interface of the kernel made of programs. `attach()` registers it."""

    def attach(self) -> Link:
        """Registers it with the kernel; closing the link takes it back. By link since Linux 6.4
        (SEC(".struct_ops.link")). HookError, KernelError."""
        attach = getattr(self.raw, "register", None)
        if attach is None:
            raise NotSupported(f"struct_ops {self.name}", why="this process is no kernel")
        found: Link = attach()
        return found

    def __repr__(self) -> str:
        return self._shown(f"StructOps {self.name}")


_FACES: dict[MapType, Any] = {
    MapType.LPM_TRIE: PrefixMap,
    MapType.ARRAY_OF_MAPS: MapOfMaps,
    MapType.HASH_OF_MAPS: MapOfMaps,
    MapType.PROG_ARRAY: ProgramArray,
    MapType.DEVMAP: RedirectMap,
    MapType.DEVMAP_HASH: RedirectMap,
    MapType.CPUMAP: RedirectMap,
    **dict.fromkeys(
        (MapType.SOCKMAP, MapType.SOCKHASH, MapType.REUSEPORT_SOCKARRAY, MapType.XSKMAP, MapType.CGROUP_ARRAY), ThingMap
    ),
    **dict.fromkeys((MapType.SK_STORAGE, MapType.INODE_STORAGE, MapType.TASK_STORAGE, MapType.CGRP_STORAGE), Storage),
    MapType.CGROUP_STORAGE: CgroupStorageMap,
    MapType.PERCPU_CGROUP_STORAGE: CgroupStorageMap,
    MapType.QUEUE: Queue,
    MapType.STACK: Queue,
    MapType.BLOOM_FILTER: BloomFilter,
    MapType.STACK_TRACE: StackTraces,
    MapType.ARENA: Arena,
    MapType.STRUCT_OPS: StructOps,
}


def of(raw: RawMap) -> Any:
    """The face of a map whose type has one of its own; else of its key and value."""
    spec = raw.spec
    if spec.type == MapType.LPM_TRIE and spec.key_size not in (8, 20):
        return Map(raw)
    return _FACES.get(spec.type, plain)(raw)
