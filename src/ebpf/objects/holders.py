"""The faces of maps that hold other things, or a value for each of them: maps, programs, interfaces, sockets, cgroups, tasks.
What they hold is given by object: a map, a program, a socket, an interface's name, a cgroup's folder."""

from __future__ import annotations

import os

from ebpf.objects import codecs
from ebpf.objects.held import Held
from ebpf.objects.map import MANY, Map, face

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeVar

    from ebpf.engine import RawMap

    K = TypeVar("K")
    V = TypeVar("V")
else:
    K = V = Any = object


class MapOfMaps(Map[K, Any]):
    """An array or hash of maps (Linux 4.12): values are maps, put in by object and read as faces, each to be
    closed by its user."""

    def __getitem__(self, key: K) -> Any:
        found = self.lookup(key)
        if found is None:
            raise KeyError(key)
        return found

    def __setitem__(self, key: K, value: Any) -> None:
        self.update(key, value)

    def lookup(self, key: K, *, flags: int = 0) -> Any:
        """The map at `key`, or None."""
        found = self.raw.lookup_object(self._pack_key(key))
        return None if found is None else face(found)

    def update(self, key: Any, value: Any = MANY, *, flags: int = 0) -> None:
        """Puts a map in; with one argument, a mapping or pairs, many. Flags: BPF_ANY, BPF_NOEXIST, BPF_EXIST."""
        if value is MANY:
            self.update_many(key, flags=flags)
            return
        if not isinstance(value, Held):
            raise TypeError(f"map {self.name} holds maps, not {type(value).__name__}")
        self.raw.update_object(self._pack_key(key), value.raw, flags)

    def update_many(self, items: Any, *, flags: int = 0) -> None:
        """Puts many maps in, one after the other. `items` are pairs, or a mapping."""
        for key, value in items.items() if hasattr(items, "items") else items:
            self.update(key, value, flags=flags)

    def __iter__(self) -> Iterator[K]:
        key = None
        for _ in range(self.spec.max_entries):
            key = self.raw.next_key(key)
            if key is None:
                return
            if self.raw.lookup(key) is not None:
                yield self._unpack_key(key)

    def items(self) -> Iterator[tuple[K, Any]]:  # type: ignore[override]
        for key in self:
            found = self.lookup(key)
            if found is not None:
                yield key, found

    def values(self) -> Iterator[Any]:  # type: ignore[override]
        return (value for _key, value in self.items())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return any(True for _ in self)

    def clear(self) -> None:
        """Takes every map out."""
        for key in list(self):
            self.delete(key)


class ProgramArray(Map[int, Any]):
    """A PROG_ARRAY (Linux 4.2): programs to tail-call, by index, put in by object (`array[0] = obj.programs["x"]`).
    What is read is the program's id in the kernel (its number in the vm)."""

    def __init__(self, raw: RawMap) -> None:
        def pack(value: Any) -> bytes:
            number = getattr(raw, "number_of", None)
            if isinstance(value, Held) and number is not None:
                return codecs.u32(number(value.raw))
            if isinstance(value, (bytes, bytearray)):
                return codecs.raw(4, f"the value of map {raw.spec.name}")[0](value)
            raise TypeError(f"map {raw.spec.name} holds programs, not {type(value).__name__}")

        super().__init__(raw, value=(pack, codecs.number))

    def __setitem__(self, key: int, value: Any) -> None:
        if not isinstance(value, Held):
            super().__setitem__(key, value)
        else:
            self.raw.update_object(self._pack_key(key), value.raw)

    def __iter__(self) -> Iterator[int]:
        return (self._unpack_key(key) for key, _value in self.raw.items())


class RedirectMap(Map[Any, Any]):
    """A DEVMAP, DEVMAP_HASH (interfaces) or CPUMAP (lengths of queues, by CPU): what bpf_redirect_map goes to. Linux 4.14.

    A value is an interface's index or name (DEVMAP), or a queue's length in packets (CPUMAP). Where values have 8 bytes
    (Linux 5.8, 5.9) it may be a pair with the program to run there; then what is read is a pair with its id (0: none).
    """

    def __init__(self, raw: RawMap) -> None:
        spec = raw.spec
        typed = codecs.for_value(spec)
        wide = spec.value_size == 8

        def pack(value: Any) -> bytes:
            program = None
            if wide and isinstance(value, tuple) and len(value) == 2 and not hasattr(value, "_names"):
                value, program = value
            if isinstance(value, str):
                from ebpf.hooks import index_of

                value = index_of(value)
            if not isinstance(value, int):
                return typed[0](value)
            data = codecs.u32(value)
            if not wide:
                return data
            # The kernel takes descriptor 0 for a program unless it is told there is none (Linux 5.8: any fd > 0).
            return data + codecs.u32(raw.number_of(program.raw) if isinstance(program, Held) else program or 0)

        def unpack(data: bytes) -> Any:
            return (codecs.number(data[:4]), codecs.number(data[4:])) if wide else codecs.number(data)

        super().__init__(raw, value=(pack, typed[1] if spec.btf is not None and spec.value_type else unpack))


class _Folder:
    """A folder, open while it is put into a map."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def fileno(self) -> int:
        return self._fd

    def __enter__(self) -> _Folder:
        return self

    def __exit__(self, *exc: object) -> None:
        os.close(self._fd)


class _ByThing(Held):
    """A map whose entries are asked for one by one: what is there can't be walked."""

    def __init__(self, raw: RawMap, pack_key: Callable[[Any], bytes], unpack: Callable[[bytes], Any]) -> None:
        super().__init__(raw)
        self._pack_key, self._unpack = pack_key, unpack

    def _found(self, key: Any, default: Any = None) -> Any:
        data = self.raw.lookup(self._pack_key(key))
        return default if data is None else self._unpack(data)

    def update(self, key: Any, value: Any, *, flags: int = 0) -> None:
        raise NotImplementedError

    def __setitem__(self, key: Any, value: Any) -> None:
        self.update(key, value)

    def __getitem__(self, key: Any) -> Any:
        found = self._found(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: Any) -> bool:
        return self.raw.lookup(self._pack_key(key)) is not None

    def delete(self, key: Any) -> bool:
        """Takes an entry out; whether there was one. KernelError."""
        found: bool = self.raw.delete(self._pack_key(key))
        return found

    def __delitem__(self, key: Any) -> None:
        if not self.delete(key):
            raise KeyError(key)


class ThingMap(_ByThing):
    """A map that holds sockets (SOCKMAP, SOCKHASH, REUSEPORT_SOCKARRAY, XSKMAP) or cgroups (CGROUP_ARRAY), put in by object.

    `map[key] = thing`: an object with `fileno()`, a descriptor, or the path of a cgroup's folder. `del map[key]` takes it out.
    Sockets can be looked up where values have 8 bytes: what is read is the socket's cookie (SO_COOKIE). KernelError where the
    kernel doesn't tell.
    """

    def __init__(self, raw: RawMap) -> None:
        pack, self._unpack_key = codecs.for_key(raw.spec)
        super().__init__(raw, pack, codecs.number)

    def update(self, key: Any, value: Any, *, flags: int = 0) -> None:
        """Puts a thing in. Flags: BPF_ANY, BPF_NOEXIST, BPF_EXIST. KernelError."""
        if isinstance(value, (str, os.PathLike)):
            with _Folder(value) as folder:
                self.update(key, folder, flags=flags)
            return
        data = self._pack_key(key)
        self.raw.update(data, self.raw.number_of(value).to_bytes(self.raw.value_bytes, codecs.ORDER), flags)

    def lookup(self, key: Any) -> int | None:
        """The cookie of the socket at `key`, None if there is none."""
        found: int | None = self._found(key)
        return found

    def __repr__(self) -> str:
        return self._shown(f"ThingMap {self.name} {self.spec.type.label} max_entries={self.spec.max_entries}")


class Storage(_ByThing):
    """A value for each socket (SK_STORAGE, Linux 5.2), inode (INODE_STORAGE, 5.10), task (TASK_STORAGE, 5.11) or cgroup
    (CGRP_STORAGE, 6.2); it goes when its owner goes.

    A key is the owner: an object with `fileno()` (a socket; an open file; a cgroup's open folder; a pidfd) or such a descriptor.
    The kernel doesn't tell which owners have a value.
    """

    def __init__(self, raw: RawMap) -> None:
        def pack(owner: Any) -> bytes:
            return bytes(owner) if isinstance(owner, (bytes, bytearray)) else codecs.u32(raw.number_of(owner))

        self._pack, unpack = codecs.for_value(raw.spec)
        super().__init__(raw, pack, unpack)

    def get(self, owner: Any, default: Any = None) -> Any:
        """The owner's value, or `default`."""
        return self._found(owner, default)

    def update(self, owner: Any, value: Any, *, flags: int = 0) -> None:
        """Sets the owner's value. Flags: BPF_ANY, BPF_NOEXIST, BPF_EXIST, BPF_F_LOCK. KernelError."""
        self.raw.update(self._pack_key(owner), self._pack(value), flags)

    def __repr__(self) -> str:
        return self._shown(f"Storage {self.name} {self.spec.type.label} value={self.spec.value_size}B")


class CgroupStorageMap(Map[Any, V]):
    """A CGROUP_STORAGE or PERCPU_CGROUP_STORAGE (Linux 4.19): a value for each cgroup that a program with this map
    is attached to.

    A key is the path of a cgroup's folder, or its id; where keys have 16 bytes, a pair of that and the attach type. What is
    there is what was attached: values can be set, not added.
    """

    def __init__(self, raw: RawMap) -> None:
        typed = codecs.for_key(raw.spec)
        wide = raw.spec.key_size == 16

        def pack(key: Any) -> bytes:
            kind = 0
            if wide and type(key) is tuple and len(key) == 2:
                key, kind = key
            if isinstance(key, (str, os.PathLike)):
                key = os.stat(key).st_ino
            if not isinstance(key, int):
                return typed[0](key)
            data = key.to_bytes(8, codecs.ORDER)
            return data + codecs.u32(kind) + bytes(4) if wide else data

        def unpack(data: bytes) -> Any:
            return (codecs.number(data[:8]), codecs.number(data[8:12])) if wide else codecs.number(data)

        super().__init__(raw, key=(pack, typed[1] if raw.spec.btf is not None and raw.spec.key_type else unpack))
