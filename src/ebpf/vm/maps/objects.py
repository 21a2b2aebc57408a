"""Maps whose values are programs or maps: prog array, array of maps, hash of maps.

In the kernel user space writes a descriptor and reads an id. Here both are one number, which the engine gives to each program
and map (`fd`), so that code which speaks in descriptors works on both.
"""

from __future__ import annotations

from struct import Struct

from ebpf.errors import Closed
from ebpf.spec import why_refused
from ebpf.uapi.errno import E2BIG, EBADF, EEXIST, EINVAL, ENOENT
from ebpf.uapi.flags import BPF_ANY, BPF_EXIST, BPF_F_INNER_MAP, BPF_F_NO_PREALLOC, BPF_F_NUMA_NODE, BPF_NOEXIST
from ebpf.uapi.map_types import MapType
from ebpf.vm.errno import to_python
from ebpf.vm.maps.base import ENOTSUPP, VmMap, require

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from ebpf.engine import RawMap, RawProgram
    from ebpf.vm.program import VmProgram

_U32 = Struct("=I")


class Opened:
    """A map that was read out of another, as its reader holds it: closing it leaves the map itself open."""

    def __init__(self, map_: VmMap) -> None:
        self.spec = map_.spec
        self._map: VmMap | None = map_

    def opened(self) -> VmMap:
        if self._map is None:
            raise Closed(f"map {self.spec.name} is closed")
        return self._map

    def __getattr__(self, name: str) -> Any:
        return getattr(self.opened(), name)

    def close(self) -> None:
        self._map = None


class Holder(VmMap):
    """A map from keys to other things of the engine. `things` holds them by key; a key of an array is its index."""

    def prepare(self) -> None:
        self.things: dict[bytes, VmMap | VmProgram] = {}
        self.write_header(0)

    def holds(self) -> Collection[object]:
        return self.things.values()

    def check(self) -> None:
        require(self, self.max_entries > 0, "max_entries is 0")
        require(self, self.value_size == 4, f"a value is 4 bytes, not {self.value_size}")

    def accept(self, thing: object) -> VmMap | VmProgram:
        """Gives the thing back if it may be put in; raises KernelError."""
        raise NotImplementedError

    def place(self, key: bytes, flags: int) -> int:
        """0, or the errno for a key that can't be written."""
        raise NotImplementedError

    def update_object(self, key: bytes, thing: RawMap | RawProgram, flags: int = 0) -> None:
        self._user("update", key, write=True)
        taken = self.accept(thing)
        with self.lock:
            status = self.place(key, flags)
            if not status:
                self.things[key] = taken
        if status:
            raise self.error(-status, why_refused(self.spec, to_python(-status)), call="update")

    def update(self, key: bytes, value: bytes, flags: int = 0) -> None:
        self._user("update", key, write=True)
        self.check_value(value)
        thing = self.engine.by_fd(_U32.unpack(value)[0])
        from ebpf.vm.program import VmProgram

        if not isinstance(thing, (VmMap, VmProgram)):
            raise self.error(EBADF, call="update")
        self.update_object(key, thing, flags)

    def get(self, key: bytes) -> bytes | None:
        thing = self.things.get(key)
        return _U32.pack(thing.fd) if thing is not None else None

    def remove(self, key: bytes) -> int:
        return 0 if self.things.pop(key, None) is not None else -ENOENT

    def held(self) -> list[tuple[bytes, object]]:
        return list(self.things.items())

    def restore(self, entries: list[tuple[bytes, VmMap | VmProgram]]) -> None:
        self.things.update(entries)

    def close(self) -> None:
        super().close()
        self.things.clear()


class _Indexed(Holder):
    def check(self) -> None:
        super().check()
        require(self, self.key_size == 4, f"a key is 4 bytes, not {self.key_size}")

    def place(self, key: bytes, flags: int) -> int:
        if flags != BPF_ANY:
            return -EINVAL
        return 0 if _U32.unpack(key)[0] < self.max_entries else -E2BIG

    def update(self, key: bytes, value: bytes, flags: int = 0) -> None:
        self._user("update", key, write=True)
        status = self.place(key, flags)
        if status:
            raise self.error(-status, call="update")
        super().update(key, value, flags)

    def remove(self, key: bytes) -> int:
        if _U32.unpack(key)[0] >= self.max_entries:
            return -E2BIG
        return super().remove(key)

    def following(self, key: bytes | None) -> bytes | None:
        index = 0 if key is None else _U32.unpack(key)[0] + 1
        if index > self.max_entries:
            index = 0
        return _U32.pack(index) if index < self.max_entries else None


class ProgramArray(_Indexed):
    """BPF_MAP_TYPE_PROG_ARRAY: what tail calls go to. All programs in it are of one type, the first one's."""

    def accept(self, thing: object) -> VmProgram:
        from ebpf.vm.program import VmProgram

        if not isinstance(thing, VmProgram):
            raise self.error(EBADF, "it holds programs", "update")
        for other in self.things.values():
            if isinstance(other, VmProgram) and other.spec.type != thing.spec.type:
                raise self.error(EINVAL, f"its programs are of type {other.spec.type.label}", "update")
        return thing

    def program_at(self, index: int) -> VmProgram | None:
        if index >= self.max_entries:
            return None
        return self.things.get(_U32.pack(index))  # type: ignore[return-value]


class _OfMaps(Holder):
    def check(self) -> None:
        super().check()
        require(self, self.inner is not None, "an inner map must be given as a template", EBADF)
        assert self.inner is not None
        self.template = self.inner.spec
        nested = self.template.type in (MapType.ARRAY_OF_MAPS, MapType.HASH_OF_MAPS)
        require(self, not nested, "maps of maps of maps can't be", EINVAL)
        require(self, self.template.type != MapType.PROG_ARRAY, "prog arrays can't be inner maps", ENOTSUPP)

    def accept(self, thing: object) -> VmMap:
        if isinstance(thing, Opened):
            thing = thing.opened()
        if not isinstance(thing, VmMap):
            raise self.error(EBADF, "it holds maps", "update")
        a, b = self.template, thing.spec
        same = (a.type, a.key_size, a.value_size, a.flags) == (b.type, b.key_size, b.value_size, b.flags)
        if a.type in (MapType.ARRAY, MapType.PERCPU_ARRAY) and not a.flags & BPF_F_INNER_MAP:
            same = same and a.max_entries == b.max_entries
        if not same:
            raise self.error(EINVAL, f"map {b.name} is not like the inner map it was made with", "update")
        return thing

    def lookup_object(self, key: bytes) -> Opened | None:  # type: ignore[override]
        self._user("look up in", key)
        found = self.things.get(key)
        return Opened(found) if isinstance(found, VmMap) else None

    def address_of(self, key: bytes, cpu: int) -> int:
        thing = self.things.get(key)
        return thing.handle if isinstance(thing, VmMap) else 0

    def reachable(self, handle: int) -> VmMap | None:
        """The inner map that a handle stands for."""
        for thing in list(self.things.values()):
            if isinstance(thing, VmMap) and thing.handle == handle:
                return thing
        return None


class ArrayOfMaps(_OfMaps, _Indexed):
    """BPF_MAP_TYPE_ARRAY_OF_MAPS."""

    flags_allowed = VmMap.flags_allowed | BPF_F_NUMA_NODE


class HashOfMaps(_OfMaps):
    """BPF_MAP_TYPE_HASH_OF_MAPS."""

    flags_allowed = VmMap.flags_allowed | BPF_F_NUMA_NODE | BPF_F_NO_PREALLOC

    def check(self) -> None:
        super().check()
        require(self, self.key_size > 0, "a key has at least one byte")

    def place(self, key: bytes, flags: int) -> int:
        if self.bad_flags(flags):
            return -EINVAL
        there = key in self.things
        if flags & BPF_NOEXIST and there:
            return -EEXIST
        if flags & BPF_EXIST and not there:
            return -ENOENT
        return -E2BIG if not there and len(self.things) >= self.max_entries else 0

    def following(self, key: bytes | None) -> bytes | None:
        known = list(self.things)
        if key not in self.things:
            return known[0] if known else None
        at = known.index(key) + 1
        return known[at] if at < len(known) else None
