"""Maps in the kernel. They deal in bytes; the typed face is `ebpf.objects`.

How a lookup is quick: attr, key and value live in a `Cell` made once, the interpreter lock is kept during the call, and there is
one Python frame. A cell belongs to one call at a time (`list.pop` and `append` are atomic), so threads share a map without
a lock, and a signal handler that looks up the same map gets a cell of its own.
"""

from __future__ import annotations

import ctypes
import errno as _errno
import sys as _sys

from ebpf.kernel import cpus, sys
from ebpf.kernel.sys import Descriptor, Layout, address, buffer, fast_syscall, quick_syscall
from ebpf.spec import MapSpec, why_refused
from ebpf.uapi import bpf_attr, flags
from ebpf.uapi.commands import Command
from ebpf.uapi.map_types import PER_CPU, MapType

TYPE_CHECKING = False
if TYPE_CHECKING:
    import mmap
    from collections.abc import Callable, Iterator
    from typing import Any

    from ebpf.kernel.batches import Chunk
    from ebpf.kernel.links import KernelLink
    from ebpf.kernel.rings import PerfRing, Ring
    from ebpf.kernel.user_ring import UserRing

#: Types whose maps hold other things: a value put in is a descriptor, and the kernel may wait for running programs.
OF_OBJECTS = frozenset({MapType.ARRAY_OF_MAPS, MapType.HASH_OF_MAPS, MapType.PROG_ARRAY, MapType.PERF_EVENT_ARRAY})
HASHES = frozenset({MapType.HASH, MapType.LRU_HASH, MapType.PERCPU_HASH, MapType.LRU_PERCPU_HASH})

_ELEM = Layout(bpf_attr.MAP_ELEM)

_LOOKUP, _UPDATE, _DELETE, _NEXT = (
    int(Command.MAP_LOOKUP_ELEM),
    int(Command.MAP_UPDATE_ELEM),
    int(Command.MAP_DELETE_ELEM),
    int(Command.MAP_GET_NEXT_KEY),
)
#: A deletion must leave what lies behind the key zero: it is told less of the attr.
_DELETE_SIZE = _ELEM.fields["value"][0]
_MISSING = (_errno.ENOENT,)
_ORDER = _sys.byteorder
#: What a kernel says to an operation that a map type doesn't have.
UNSUPPORTED = (_errno.EINVAL, _errno.EOPNOTSUPP, _errno.ENOTSUP, sys.ENOTSUPP)


def user_value_size(spec: MapSpec) -> int:
    """How many bytes user space sees for one value."""
    if spec.type in PER_CPU:
        return (spec.value_size + 7) // 8 * 8 * cpus.possible()
    return spec.value_size


class Cell:
    """The memory of one map operation in flight."""

    __slots__ = ("attr", "by_reference", "key", "value")

    def __init__(self, fd: int, key_size: int, value_size: int) -> None:
        self.key = buffer(max(key_size, 1))
        self.value = buffer(max(value_size, key_size, 1))
        self.attr = _ELEM(map_fd=fd, key=address(self.key) if key_size else 0, value=address(self.value))
        #: What ctypes would make of `attr` at each call.
        self.by_reference = ctypes.byref(self.attr)


class KernelMap:
    """A map. See `ebpf.engine.RawMap` for the operations."""

    #: `lookup` is made anew for each map, so that one call is one frame.
    lookup: Callable[..., bytes | None]
    #: Of a struct_ops map that an engine made: registers it with the kernel.
    register: Callable[[], KernelLink] | None = None

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError(f"map {self.spec.name} is the kernel's and can't be pickled; copy() of it can, or pin it")

    def __init__(self, fd: int, spec: MapSpec, value_bytes: int = 0) -> None:
        # The first thing: the descriptor is this map's, and is closed also if the rest fails.
        self._descriptor = Descriptor(fd, f"map {spec.name}")
        self.spec = spec
        self.value_bytes = value_bytes or user_value_size(spec)
        self._cells: list[Cell] = []
        #: Cells in use outside: what they name must not be the next map with the same descriptor.
        self._lent: list[Cell] = []
        self._mapping: mmap.mmap | None = None
        self._memory: memoryview | None = None
        #: Of a map of USDT descriptions, what is in it: (arguments, cookie) → number.
        self.usdt_numbers: dict[tuple[str, int], int] = {}
        self.lookup = self._lookup_function()

    def __repr__(self) -> str:
        state = "closed" if self._descriptor.closed else f"fd {self._descriptor.fd}"
        return f"<KernelMap {self.spec.name} {self.spec.type.label} {state}>"

    @property
    def fd(self) -> int:
        return self._descriptor.fd

    @property
    def closed(self) -> bool:
        return self._descriptor.closed

    def fileno(self) -> int:
        return self._descriptor.fd

    # -- one element -------------------------------------------------------------------------------------------------

    def _cell(self) -> Cell:
        try:
            return self._cells.pop()
        except IndexError:
            return Cell(self._descriptor.fd, self.spec.key_size, self.value_bytes)

    def _lookup_function(self) -> Callable[..., bytes | None]:
        pop, push = self._cells.pop, self._cells.append
        key_size, number, attr_size = self.spec.key_size, sys.NR_BPF, _ELEM.size
        value_size = self.value_bytes
        exact = value_size == max(value_size, key_size, 1)
        new, failed, set_flags = self._cell, self._failed, _ELEM.set

        def lookup(key: bytes, flags: int = 0) -> bytes | None:
            if len(key) != key_size:
                raise self._wrong("key", key, key_size)
            try:
                cell = pop()
            except IndexError:
                cell = new()
            cell.key.raw = key
            if flags:
                set_flags(cell.attr, "flags", flags)
            if fast_syscall(number, _LOOKUP, cell.by_reference, attr_size) == 0:
                value: bytes | None = cell.value.raw if exact else cell.value.raw[:value_size]
            else:
                failed("BPF_MAP_LOOKUP_ELEM", ctypes.get_errno(), _MISSING)
                value = None
            if flags:
                set_flags(cell.attr, "flags", 0)
            push(cell)
            return value

        return lookup

    def scalars(
        self,
        key_code: str,
        value_code: str,
        get: Callable[[Any, Any], Any],
        put: Callable[[Any, Any, Any], None],
        remove: Callable[[Any, Any], None],
    ) -> tuple[Callable[[Any, Any], Any], Callable[[Any, Any, Any], None], Callable[[Any, Any], None]] | None:
        """`__getitem__`, `__setitem__` and `__delitem__` for a face whose keys and values are numbers (their letters in the
        `struct` module), each one frame over the call; None where there is no such way. What they don't do themselves (a key
        that isn't there or doesn't fit, a map in use by another thread, an error) they leave to the general functions given.

        `busy` is a lock without cost: the interpreter switches threads only at calls and jumps back, so nothing comes between
        the test and the setting of it. (Python without its global lock has no such rule, and no such way.)
        """
        if not getattr(_sys, "_is_gil_enabled", lambda: True)():
            return None
        cell = Cell(self.fd, self.spec.key_size, self.value_bytes)
        keys, values = memoryview(cell.key).cast("B").cast(key_code), memoryview(cell.value).cast("B").cast(value_code)  # type: ignore[call-overload]
        if len(keys) != 1 or len(values) != 1:
            return None
        self._lent.append(cell)
        # Arguments made once, for `*`: a tuple for each call would cost 50 ns.
        fixed = ctypes.c_long.from_param
        attr, size = cell.by_reference, fixed(_ELEM.size)
        for_lookup = fixed(sys.NR_BPF), fixed(_LOOKUP), attr, size
        for_update = fixed(sys.NR_BPF), fixed(_UPDATE), attr, size
        for_delete = fixed(sys.NR_BPF), fixed(_DELETE), attr, fixed(_DELETE_SIZE)
        quick = quick_syscall
        busy = False

        def getitem(face: Any, key: Any) -> Any:
            nonlocal busy
            if busy:
                return get(face, key)
            busy = True
            try:
                keys[0] = key
                if not quick(*for_lookup):
                    return values[0]
            except (TypeError, ValueError):
                pass  # the key doesn't fit
            finally:
                busy = False
            return get(face, key)

        def setitem(face: Any, key: Any, value: Any) -> None:
            nonlocal busy
            if not busy:
                busy = True
                try:
                    keys[0] = key
                    values[0] = value
                    if not quick(*for_update):
                        return
                except (TypeError, ValueError):
                    pass
                finally:
                    busy = False
            put(face, key, value)

        def delitem(face: Any, key: Any) -> None:
            nonlocal busy
            if not busy:
                busy = True
                try:
                    keys[0] = key
                    if not quick(*for_delete):
                        return
                except (TypeError, ValueError):
                    pass
                finally:
                    busy = False
            remove(face, key)

        return getitem, setitem, delitem

    def update(self, key: bytes, value: bytes, flags: int = 0) -> None:
        """Sets the value of `key`. `flags`: BPF_ANY, BPF_NOEXIST (EEXIST if it is there), BPF_EXIST (ENOENT if not).
        Raises KernelError; E2BIG is a full map."""
        if len(key) != self.spec.key_size:
            raise self._wrong("key", key, self.spec.key_size)
        if len(value) != self.value_bytes:
            raise self._wrong("value", value, self.value_bytes)
        cell = self._cell()
        cell.key.raw = key
        cell.value.raw = value
        _ELEM.set(cell.attr, "flags", flags)
        call = sys.syscall if self.spec.type in OF_OBJECTS else fast_syscall
        result = call(sys.NR_BPF, _UPDATE, cell.by_reference, _ELEM.size)
        if result:
            self._failed("BPF_MAP_UPDATE_ELEM", ctypes.get_errno(), ())
        if flags:
            _ELEM.set(cell.attr, "flags", 0)
        self._cells.append(cell)

    def delete(self, key: bytes) -> bool:
        """Removes `key`; whether it was there. Raises KernelError (arrays can't lose a key: EINVAL)."""
        if len(key) != self.spec.key_size:
            raise self._wrong("key", key, self.spec.key_size)
        cell = self._cell()
        cell.key.raw = key
        call = sys.syscall if self.spec.type in OF_OBJECTS else fast_syscall
        result = call(sys.NR_BPF, _DELETE, cell.by_reference, _DELETE_SIZE)
        if result:
            self._failed("BPF_MAP_DELETE_ELEM", ctypes.get_errno(), _MISSING)
        self._cells.append(cell)
        return bool(result == 0)

    def lookup_and_delete(self, key: bytes, flags: int = 0) -> bytes | None:
        """Takes a value out: `pop` of a queue or a stack (whose key is empty; Linux 4.20), of hashes since 5.14."""
        if len(key) != self.spec.key_size:
            raise self._wrong("key", key, self.spec.key_size)
        cell = self._cell()
        cell.key.raw = key
        _ELEM.set(cell.attr, "flags", flags)
        value = None
        if fast_syscall(sys.NR_BPF, int(Command.MAP_LOOKUP_AND_DELETE_ELEM), cell.attr, _ELEM.size) == 0:
            value = cell.value.raw[: self.value_bytes]
        else:
            number = ctypes.get_errno()
            if number in UNSUPPORTED and self.spec.type in HASHES and not flags and sys.kernel_release() < (5, 14):
                value = self.lookup(key)  # in two steps: a program may change it between them
                if value is not None and not self.delete(key):
                    value = None
            else:
                self._failed("BPF_MAP_LOOKUP_AND_DELETE_ELEM", number, _MISSING)
        if flags:
            _ELEM.set(cell.attr, "flags", 0)
        self._cells.append(cell)
        return value

    def next_key(self, key: bytes | None) -> bytes | None:
        """The key after `key` in the kernel's own order, the first for None; None at the end."""
        if key is not None and len(key) != self.spec.key_size:
            raise self._wrong("key", key, self.spec.key_size)
        cell = self._cell()
        if key is None:
            _ELEM.set(cell.attr, "key", 0)
        else:
            cell.key.raw = key
        result = fast_syscall(sys.NR_BPF, _NEXT, cell.attr, _ELEM.size)
        found = None
        if result == 0:
            found = cell.value.raw[: self.spec.key_size]
        else:
            self._failed("BPF_MAP_GET_NEXT_KEY", ctypes.get_errno(), _MISSING)
        if key is None:
            _ELEM.set(cell.attr, "key", address(cell.key))
        self._cells.append(cell)
        return found

    def _failed(self, call: str, number: int, missing: tuple[int, ...]) -> None:
        """What a failed operation means: None for a key that isn't there, else KernelError."""
        if number in missing:
            return
        fd = self.fd  # Closed, rather than EBADF
        hint = sys.explain(number, Command.MAP_LOOKUP_ELEM)
        refused = why_refused(self.spec, number) if call.endswith(("UPDATE_ELEM", "UPDATE_BATCH")) else ""
        if refused:
            hint = refused
        elif number == _errno.EPERM:
            hint = "the map is frozen, or was made read-only or write-only for user space"
        elif number in UNSUPPORTED:
            hint = f"a map of type {self.spec.type.label} doesn't have this operation (with these flags), or this kernel's hasn't"
        raise sys.error(number, f"map {self.spec.name} (fd {fd}): {call}", hint)

    def _wrong(self, what: str, data: bytes, size: int) -> ValueError:
        return ValueError(f"map {self.spec.name}: a {what} has {size} bytes, not {len(data)}")

    def lookup_object(self, key: bytes) -> KernelMap | None:
        """The map that a map of maps holds; the caller closes it. Raises KernelError."""
        if self.spec.type not in (MapType.ARRAY_OF_MAPS, MapType.HASH_OF_MAPS):
            raise TypeError(f"map {self.spec.name} is of type {self.spec.type.label}: it holds no maps")
        data = self.lookup(key)
        from ebpf.kernel.make_map import by_id

        return by_id(int.from_bytes(data, _ORDER)) if data is not None else None

    def update_object(self, key: bytes, thing: object, flags: int = 0) -> None:
        """Puts in a map, a program, a socket, a cgroup: whatever has a descriptor and the type takes. Raises KernelError."""
        # Sockets may be held as 64 bits, for the cookie that a lookup gives.
        self.update(key, self.number_of(thing).to_bytes(self.value_bytes, _ORDER), flags)

    def number_of(self, thing: object) -> int:
        """The descriptor of a map, a program, an object with `fileno()`; a number is one. TypeError."""
        if isinstance(thing, int):
            return thing
        fileno = getattr(thing, "fileno", None)
        if fileno is None:
            raise TypeError(f"map {self.spec.name}: {type(thing).__name__} has no descriptor")
        number: int = fileno()
        return number

    def peek(self, value: bytes) -> bool:
        """Whether a bloom filter may hold `value` (Linux 5.16). Raises KernelError."""
        if len(value) != self.value_bytes:
            raise self._wrong("value", value, self.value_bytes)
        cell = self._cell()
        cell.value.raw = value
        found = bool(fast_syscall(sys.NR_BPF, _LOOKUP, cell.attr, _ELEM.size) == 0)
        if not found:
            self._failed("BPF_MAP_LOOKUP_ELEM", ctypes.get_errno(), _MISSING)
        self._cells.append(cell)
        return found

    def rings(self, pages: int = 0, overwrite: bool = False) -> list[Ring | PerfRing]:
        """The reader's ends of a ring buffer or perf buffer: see `ebpf.engine.RawMap.rings`."""
        from ebpf.kernel.rings import rings

        return rings(self, pages, overwrite)

    def writer(self) -> UserRing:
        """The writer's end of a USER_RINGBUF (Linux 6.1), a context manager."""
        if self.spec.type != MapType.USER_RINGBUF:
            raise TypeError(f"map {self.spec.name} is of type {self.spec.type.label}, not user_ringbuf")
        from ebpf.kernel.user_ring import UserRing

        return UserRing(self)

    # -- many elements, by `ebpf.kernel.batches`: a start does without ------------------------------------------------

    def items(self) -> Iterator[tuple[bytes, bytes]]:
        """Every entry, many to a call where the type has batches (Linux 5.6), else one by one. Ends also when others
        write meanwhile; then an entry may come twice or not at all."""
        from ebpf.kernel import batches

        for keys, values, _ in batches.chunks(self):
            yield from batches.pairs(self, keys, values)

    def chunks(self) -> Iterator[Chunk]:
        """`items` as (keys, values, how many), keys and values one after the other. What is given is good until the next is
        asked for."""
        from ebpf.kernel import batches

        return batches.chunks(self)

    def whole(self) -> Chunk | None:
        """`chunks` in one piece, which is the caller's own; None where it takes more than one call."""
        from ebpf.kernel import batches

        return batches.whole(self)

    def drain(self) -> Iterator[tuple[bytes, bytes]]:
        """Takes every entry out and gives it, many to a call where type and kernel have that (hashes, Linux 5.6)."""
        from ebpf.kernel import batches

        return batches.drain(self)

    def update_batch(self, keys: bytes, values: bytes, flags: int = 0) -> int:
        """Sets many entries, keys and values one after the other; how many. One by one where the kernel has no batches.
        Raises KernelError."""
        from ebpf.kernel import batches

        return batches.update(self, keys, values, flags)

    def delete_batch(self, keys: bytes) -> int:
        """Removes many keys, one after the other; how many were there. One by one where the kernel has no batches. Raises
        KernelError."""
        from ebpf.kernel import batches

        return batches.delete(self, keys)

    # -- the whole ---------------------------------------------------------------------------------------------------

    def memory(self) -> memoryview | None:
        """The values of a BPF_F_MMAPABLE array (value_size rounded up to 8 bytes each), or the whole arena, as shared
        memory; None for other maps. Read-only once the map is frozen for user space."""
        if self._memory is not None:
            return self._memory
        fd = self.fd
        if not self.spec.flags & flags.BPF_F_MMAPABLE:
            return None
        import mmap

        if self.spec.type == MapType.ARENA:
            size = mmap.PAGESIZE * self.spec.max_entries
        else:
            size = (self.spec.value_size + 7) // 8 * 8 * self.spec.max_entries
        pages = -(-size // mmap.PAGESIZE) * mmap.PAGESIZE
        protection = mmap.PROT_READ if self.spec.frozen else mmap.PROT_READ | mmap.PROT_WRITE
        if self.spec.type == MapType.ARENA and self.spec.map_extra:
            call = f"map {self.spec.name}: mmap at {self.spec.map_extra:#x}, the address that map_extra asks for"
            self._memory = sys.map_at(fd, pages, protection, self.spec.map_extra, call)[:size]
            return self._memory
        self._mapping = mmap.mmap(fd, pages, mmap.MAP_SHARED, protection)
        self._memory = memoryview(self._mapping)[:size]
        return self._memory

    def freeze(self) -> None:
        """From now on user space can't write it. Linux 5.2. Raises KernelError (EBUSY: it is mapped writable)."""
        sys.bpf(Command.MAP_FREEZE, _ELEM(map_fd=self.fd), f"map {self.spec.name}: BPF_MAP_FREEZE")
        self.spec = self.spec.replace(frozen=True)

    def pin(self, path: str) -> None:
        """Gives it a name in a BPF file system, which keeps it alive. Raises KernelError."""
        from ebpf.kernel.pins import pin

        pin(self.fd, path)

    def info(self) -> dict[str, object]:
        """What the kernel tells of it, by the kernel's field names. Raises KernelError."""
        from ebpf.kernel.info import describe

        return describe("map", self.fd)

    def close(self) -> None:
        self._cells.clear()
        for cell in self._lent:
            _ELEM.set(cell.attr, "map_fd", 0xFFFFFFFF)
        self._descriptor.close()
        memory, self._memory = self._memory, None
        mapping, self._mapping = self._mapping, None
        if memory is not None:
            try:
                memory.release()
                if mapping is not None:
                    mapping.close()
            except BufferError:
                pass  # someone still looks at it (a NumPy view): it goes when they go
