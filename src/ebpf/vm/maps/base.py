"""What every map here is: sizes, a native header that generated code may read, one lock, errors as the kernel's.

A map has two faces. The user's (`lookup`, `update`, …) is `ebpf.engine.RawMap`: bytes in and out, `KernelError` for what
bpf(2) would refuse. The program's (`address_of`, `put`, `remove`, …) gives native addresses and negative errnos.
"""

from __future__ import annotations

from struct import Struct
from threading import RLock

from ebpf.errors import Closed, KernelError
from ebpf.spec import why_refused
from ebpf.uapi.errno import E2BIG, EINVAL, ENOENT, EOPNOTSUPP, EPERM
from ebpf.uapi.flags import (
    BPF_EXIST,
    BPF_F_LOCK,
    BPF_F_RDONLY,
    BPF_F_RDONLY_PROG,
    BPF_F_WRONLY,
    BPF_F_WRONLY_PROG,
)
from ebpf.vm.errno import to_python
from ebpf.vm.memory import Block, Region

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from contextlib import AbstractContextManager
    from typing import Any

    from ebpf.engine import RawMap, RawProgram, RawRing
    from ebpf.spec import MapSpec
    from ebpf.vm.engine import VmEngine
    from ebpf.vm.program import VmProgram

#: The first 32 bytes of every map's header: type, key size, value size, entries (32 bits each), address of the values
#: (64), bytes from one value to the next (32), CPUs that each element has a value for (32).
HEADER = Struct("=IIIIQII")
HEADER_BYTES = 128
ENTRIES_AT = 12
#: A word of 32 bits of the header, of some kinds: not 0 while Python code is in the map, or where more than machine code does is
#: to be done (timers). Machine code, which never waits, then lets Python do it.
GUARD_AT = 88

#: The kernel's own ENOTSUPP, which user space has no name for.
ENOTSUPP = 524

#: The most bytes that one CPU's value may have (PCPU_MIN_UNIT_SIZE).
PER_CPU_MOST = 32 << 10

_ACCESS = BPF_F_RDONLY | BPF_F_WRONLY | BPF_F_RDONLY_PROG | BPF_F_WRONLY_PROG


class Guarded:
    """A map's lock. Who has it is seen in the header, too, by generated code that never waits."""

    __slots__ = ("_lock", "_words")

    def __init__(self, header: memoryview) -> None:
        self._lock = RLock()
        self._words = header.cast("I")

    def __enter__(self) -> None:
        self._lock.acquire()
        self._words[_GUARD] += 1

    def __exit__(self, *exc: object) -> None:
        self._words[_GUARD] -= 1
        self._lock.release()


_GUARD = GUARD_AT // 4


class VmMap:
    """A map in this process. `handle` is the address of its header, which is what a program's 16-byte load gives."""

    #: Flags that the type takes at creation.
    flags_allowed = _ACCESS
    per_cpu = False

    def __init__(self, engine: VmEngine, spec: MapSpec, inner: VmMap | None = None) -> None:
        self.engine = engine
        self.spec = spec
        self.key_size = spec.key_size
        self.value_size = spec.value_size
        self.max_entries = spec.max_entries
        self.fd = engine.number(self)
        self.inner = inner
        self.lock: AbstractContextManager[object] = RLock()
        self.frozen = False
        self.closed = False
        self.cpus = engine.cpus if self.per_cpu else 1
        self._regions: list[Region] = []
        self._special: tuple[tuple[int, int], ...] | None = None if spec.value_type else ()
        self._check_flags()
        self.check()
        self.slot = (self.value_size + 7) & ~7
        self.stride = self.slot * self.cpus
        self.value_bytes = self.stride if self.per_cpu else self.value_size
        self.header = Block(HEADER_BYTES)
        self.handle = self.header.address
        self.prepare()

    # -- creation

    def _check_flags(self) -> None:
        flags = self.spec.flags
        if flags & ~self.flags_allowed:
            raise self.error(EINVAL, f"map flags {flags & ~self.flags_allowed:#x} are not for this type")
        if flags & BPF_F_RDONLY and flags & BPF_F_WRONLY:
            raise self.error(EINVAL, "a map can't be read-only and write-only at once")
        if flags & BPF_F_RDONLY_PROG and flags & BPF_F_WRONLY_PROG:
            raise self.error(EINVAL, "a map can't be read-only and write-only at once")

    def check(self) -> None:
        """Raises KernelError for sizes that the kernel would refuse."""

    def prepare(self) -> None:
        """Makes the memory."""

    def write_header(self, values: int) -> None:
        HEADER.pack_into(
            self.header.view,
            0,
            int(self.spec.type),
            self.key_size,
            self.value_size,
            self.max_entries,
            values,
            self.stride,
            self.cpus,
        )

    def region(self, block: Block, size: int) -> Region:
        """The region of this map's values, which lie in `block`, one `slot` after the other."""
        flags = self.spec.flags
        return Region(
            block.address,
            block.view[:size],
            name=f"map {self.spec.name}",
            writable=not flags & BPF_F_RDONLY_PROG,
            stride=self.slot,
            item=self.value_size,
        )

    def make_values(self) -> None:
        """`values`: memory for `max_entries` of them, one `stride` after the other, which programs may reach."""
        size = self.stride * self.max_entries
        self.values = self.obtain(size)
        self._regions = [self.region(self.values, size)]
        self.write_header(self.values.address)

    def obtain(self, size: int) -> Block:
        """Memory. Raises KernelError (E2BIG) where there is none."""
        try:
            return Block(size)
        except (MemoryError, OSError, OverflowError, ValueError):
            raise self.error(E2BIG, f"{size} bytes can't be had") from None

    def regions(self) -> list[Region]:
        """The memory that a program with this map may reach."""
        return self._regions

    def error(self, errno: int, hint: str = "", call: str = "") -> KernelError:
        """Of one of Linux's numbers. `call` is what was asked for."""
        verb = call or "create"
        return KernelError(to_python(errno), f"{verb} map {self.spec.name} ({self.spec.type.label})", hint=hint)

    # -- the user's face

    def _wrong(self, what: str, data: bytes, size: int) -> ValueError:
        return ValueError(f"map {self.spec.name}: a {what} has {size} bytes, not {len(data)}")

    def _user(self, call: str, key: bytes | None = None, *, write: bool = False) -> None:
        if self.closed:
            raise Closed(f"map {self.spec.name} is closed")
        if key is not None and len(key) != self.key_size:
            raise self._wrong("key", key, self.key_size)
        if write and (self.frozen or self.spec.flags & BPF_F_RDONLY):
            raise self.error(EPERM, "the map is frozen" if self.frozen else "the map is read-only", call)
        if not write and self.spec.flags & BPF_F_WRONLY:
            raise self.error(EPERM, "the map is write-only", call)

    def lookup(self, key: bytes, flags: int = 0) -> bytes | None:
        self._asked(key, flags)
        with self.lock:
            return self.get(key)

    def _asked(self, key: bytes, flags: int, *, write: bool = False) -> None:
        """What is looked at before any lookup, in the kernel's order: flags, rights, whether there is a lock."""
        call = "look up and delete in" if write else "look up in"
        if flags & ~BPF_F_LOCK:
            raise self.error(EINVAL, f"flags {flags:#x}", call)
        self._user(call, key)
        if write:
            self._user(call, key, write=True)
        if flags:
            self._check_lock(flags, call)

    def update(self, key: bytes, value: bytes, flags: int = 0) -> None:
        self.check_value(value)
        self._user("update", key, write=True)
        if flags & BPF_F_LOCK:
            self._check_lock(flags & BPF_F_LOCK, "update")
        with self.lock:
            status = self.put(key, value, flags)
        if status:
            raise self.error(-status, why_refused(self.spec, to_python(-status)), call="update")

    def begin_with(self, key: bytes, value: bytes) -> None:
        """Puts in what the object says the map holds when it is made."""
        self.update(key, value)

    def delete(self, key: bytes) -> bool:
        self._user("delete from", key, write=True)
        with self.lock:
            status = self.remove(key)
        if status == -ENOENT:
            return False
        if status:
            from ebpf.uapi.map_types import MapType

            array = self.spec.type in (MapType.ARRAY, MapType.PERCPU_ARRAY)
            hint = "the entries of an array are always there" if array else ""
            raise self.error(-status, hint, call="delete from")
        return True

    def lookup_and_delete(self, key: bytes, flags: int = 0) -> bytes | None:
        self._asked(key, flags, write=True)
        with self.lock:
            return self.take_out(key)

    def lookup_object(self, key: bytes) -> VmMap | None:
        self._user("look up in", key)
        raise self.error(EOPNOTSUPP, "it holds no maps", "look up in")

    def update_object(self, key: bytes, thing: RawMap | RawProgram, flags: int = 0) -> None:
        self._user("update", key, write=True)
        raise self.error(EOPNOTSUPP, "it holds neither maps nor programs", "update")

    def number_of(self, thing: object) -> int:
        """A number for a thing of this process: what the engine counts its own maps and programs by, the inode of an open file,
        socket or cgroup folder, the process of a pidfd; a number stands for itself."""
        if isinstance(thing, int):
            return thing
        own = getattr(thing, "fd", None)
        if isinstance(own, int) and self.engine.by_fd(own) is thing:
            return own
        fileno = getattr(thing, "fileno", None)
        if fileno is None:
            raise TypeError(f"map {self.spec.name}: {type(thing).__name__} has no descriptor")
        import os

        fd = fileno()
        try:
            with open(f"/proc/self/fdinfo/{fd}") as file:
                pid = next((line.split()[1] for line in file if line.startswith("Pid:")), "")
        except OSError:
            pid = ""
        return int(pid) if pid else os.fstat(fd).st_ino & 0xFFFFFFFF

    def update_batch(self, keys: bytes, values: bytes, flags: int = 0) -> int:
        count = len(keys) // self.key_size
        width = self.value_bytes
        for i in range(count):
            self.update(keys[i * self.key_size : (i + 1) * self.key_size], values[i * width : (i + 1) * width], flags)
        return count

    def drain(self) -> Iterator[tuple[bytes, bytes]]:
        self._user("empty", write=True)
        for key in self.keys():
            value = self.lookup_and_delete(key)
            if value is not None:
                yield key, value

    def peek(self, value: bytes) -> bool:
        raise self.error(EOPNOTSUPP, "it is no bloom filter", "look up in")

    def rings(self, pages: int = 0, overwrite: bool = False) -> Sequence[RawRing]:
        raise self.error(EOPNOTSUPP, "it is no ring buffer or perf buffer", "read events from")

    def next_key(self, key: bytes | None) -> bytes | None:
        self._user("walk", key)
        with self.lock:
            return self.following(key)

    def items(self) -> Iterator[tuple[bytes, bytes]]:
        """Every entry. Keys are taken first: what is written meanwhile is shown as it is when its turn comes."""
        self._user("walk")
        for key in self.keys():
            with self.lock:
                value = self.get(key)
            if value is not None:
                yield key, value

    def memory(self) -> memoryview | None:
        return None

    def freeze(self) -> None:
        self._user("freeze", write=True)
        self.frozen = True

    def close(self) -> None:
        """What holds it (a map of maps) keeps it alive."""
        self.engine.forget(self)
        self.closed = not any(self in map_.holds() for map_ in self.engine.maps)

    def holds(self) -> Collection[object]:
        """The maps and programs in it."""
        return ()

    def _check_lock(self, flags: int, call: str) -> None:
        """Flags of a lookup: only BPF_F_LOCK, and only where values have a spin lock."""
        if flags & ~BPF_F_LOCK or not self.has_spin_lock:
            raise self.error(EINVAL, f"flags {flags:#x}; BPF_F_LOCK is for values with a bpf_spin_lock", call)

    @property
    def special(self) -> tuple[tuple[int, int], ...]:
        """Where in a value the fields lie that only programs see (locks, timers, kptrs, …): first byte, the one behind the last.
        What comes from outside leaves them as they are; what goes out has 0 there."""
        found = self._special
        if found is None:
            found = self._special = () if self.per_cpu else special_fields(self.spec)
        return found

    def shown(self, value: bytes) -> bytes:
        """A value as it goes out."""
        for start, end in self.special:
            value = value[:start] + bytes(end - start) + value[end:]
        return value

    def write_value(self, view: memoryview, at: int, value: bytes) -> None:
        """Puts a value that comes from outside at a place in the values' memory."""
        done = 0
        for start, end in self.special:
            view[at + done : at + start] = value[done:start]
            done = end
        view[at + done : at + len(value)] = value[done:]

    @property
    def has_spin_lock(self) -> bool:
        """Whether values have a `struct bpf_spin_lock`, by their BTF type."""
        btf, type_id = self.spec.btf, self.spec.value_type
        if btf is None or not type_id:
            return False
        members = getattr(btf.type(btf.resolve(type_id)), "members", ())
        return any(btf.type(btf.resolve(member.type)).name == "bpf_spin_lock" for member in members)

    def check_value(self, value: bytes) -> None:
        if len(value) != self.value_bytes:
            raise self._wrong("value", value, self.value_bytes)

    # -- pickling

    def __reduce__(self) -> tuple[object, ...]:
        entries = list(self.held()) if self.engine.pickle_contents else None
        return _restore, (self.engine, self.spec, self.inner, entries)

    def held(self) -> list[tuple[bytes, object]]:
        """What the map holds, for another process."""
        return list(self.items())

    def restore(self, entries: list[tuple[bytes, Any]]) -> None:
        """Puts back what `held` gave."""
        for key, value in entries:
            with self.lock:
                self.put(key, value, 0)

    # -- what a type must say. Called with the lock held; values are as user space sees them.

    def get(self, key: bytes) -> bytes | None:
        raise self.error(ENOTSUPP, call="look up in")

    def put(self, key: bytes, value: bytes, flags: int) -> int:
        """Sets a value (of each CPU). 0 or a negative errno."""
        return -ENOTSUPP

    def remove(self, key: bytes) -> int:
        return -ENOTSUPP

    def following(self, key: bytes | None) -> bytes | None:
        """The key after a key, the first one for None or a key that isn't there; None at the end."""
        raise self.error(ENOTSUPP, call="walk")

    def keys(self) -> list[bytes]:
        found: list[bytes] = []
        key = self.next_key(None)
        while key is not None and len(found) <= self.max_entries:
            found.append(key)
            key = self.next_key(key)
        return found

    # -- the program's face

    def address_of(self, key: bytes, cpu: int) -> int:
        """The native address of the value of a key, 0 if there is none."""
        return 0

    def put_one(self, key: bytes, value: bytes, flags: int, cpu: int) -> int:
        """As a program sets a value: that of one CPU."""
        return self.put(key, value, flags)

    def entry_at(self, address: int) -> tuple[bytes, int] | None:
        """The key and the value's address of the element that a native address lies in."""
        return None

    def has_timers(self) -> None:
        """A timer was made in one of the values."""

    def push(self, value: bytes, flags: int) -> int:
        return -ENOTSUPP

    def pop(self) -> bytes | None:
        return None

    def top(self) -> bytes | None:
        return None

    def take_out(self, key: bytes) -> bytes | None:
        """A key's value, and it is gone. Raises KernelError where the type has no such thing."""
        raise self.error(ENOTSUPP, call="look up and delete in")

    def program_at(self, index: int) -> VmProgram | None:
        return None

    def reachable(self, handle: int) -> VmMap | None:
        """The map in this one that a handle stands for."""
        return None

    def bad_flags(self, flags: int) -> bool:
        """Whether an update can't have these flags. BPF_F_LOCK is for values with a spin lock."""
        return flags & ~BPF_F_LOCK > BPF_EXIST or bool(flags & BPF_F_LOCK and not self.has_spin_lock)


def _restore(engine: VmEngine, spec: MapSpec, inner: VmMap | None, entries: list[tuple[bytes, Any]] | None) -> VmMap:
    made = engine.create_map(spec, inner)
    if entries is not None:
        made.restore(entries)
    return made


def require(map_: VmMap, condition: bool, hint: str, errno: int = EINVAL) -> None:
    """Raises what the kernel would for a map that can't be made so."""
    if not condition:
        raise map_.error(errno, hint)


def check_value_size(map_: VmMap) -> None:
    require(map_, map_.value_size > 0, "a value has at least one byte")
    require(map_, map_.value_size < 1 << 31, "values are too big", E2BIG)


#: Structs that the kernel keeps to programs, with their bytes; and kptrs, by their tags.
_SPECIAL = {
    "bpf_spin_lock": 4, "bpf_res_spin_lock": 4, "bpf_refcount": 4, "bpf_timer": 16, "bpf_wq": 16, "bpf_task_work": 8,
    "bpf_list_head": 16, "bpf_list_node": 24, "bpf_rb_root": 16, "bpf_rb_node": 32,
}  # fmt: skip
_KPTR_TAGS = ("kptr", "kptr_untrusted", "percpu_kptr", "uptr")


def special_fields(spec: MapSpec) -> tuple[tuple[int, int], ...]:
    """The special fields of a map's values, by their BTF type, in their order."""
    from ebpf.btf.types import Pointer, TypeTag

    btf = spec.btf
    if btf is None or not spec.value_type:
        return ()
    found = []
    for member in getattr(btf.type(btf.resolve(spec.value_type)), "members", ()):
        type_ = btf.type(btf.resolve(member.type))
        size = _SPECIAL.get(type_.name, 0)
        if isinstance(type_, Pointer):
            target = btf.type(type_.type)
            size = 8 if isinstance(target, TypeTag) and target.name in _KPTR_TAGS else 0
        if size:
            found.append((member.bit_offset // 8, member.bit_offset // 8 + size))
    return tuple(sorted(found))
