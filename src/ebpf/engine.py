"""What stands between an object and what runs it: the protocol that both engines keep. Types only.

Nothing imports this module at run time; it is for the type checker and the reader. A raw map deals in bytes: the typed
face above it (`ebpf.objects`) is the same on both engines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from ebpf.btf import Btf
from ebpf.hooks import Hook
from ebpf.spec import MapSpec, ObjectSpec, ProgramSpec


class RawMap(Protocol):
    """A map as an engine holds it. Keys and values are bytes of exactly `spec.key_size` and `value_bytes`.

    `value_bytes` is the size of a value as user space sees it: for per-CPU types, round_up(value_size, 8) for each possible
    CPU, one after the other. Errors are KernelError with the kernel's errno, on both engines.
    """

    spec: MapSpec
    value_bytes: int

    def lookup(self, key: bytes, flags: int = 0) -> bytes | None: ...
    def update(self, key: bytes, value: bytes, flags: int = 0) -> None: ...
    def delete(self, key: bytes) -> bool:
        """Whether there was such a key."""

    def lookup_and_delete(self, key: bytes, flags: int = 0) -> bytes | None: ...
    def lookup_object(self, key: bytes) -> RawMap | None:
        """The map in a map of maps; the caller closes it."""

    def update_object(self, key: bytes, thing: RawMap | RawProgram, flags: int = 0) -> None:
        """Puts a map (map of maps) or a program (prog array) in."""

    def number_of(self, thing: object) -> int:
        """What stands for a thing in a key or value of this map: a map, a program, an object with `fileno()`, a descriptor. In
        the kernel that is the descriptor; in the vm the thing's own number (an inode's, a process's)."""

    def peek(self, value: bytes) -> bool:
        """Whether a bloom filter may hold the value."""

    def next_key(self, key: bytes | None) -> bytes | None: ...
    def update_batch(self, keys: bytes, values: bytes, flags: int = 0) -> int:
        """Sets many entries, keys and values one after the other; how many."""

    def drain(self) -> Iterator[tuple[bytes, bytes]]:
        """Takes every entry out and gives it."""

    def items(self) -> Iterator[tuple[bytes, bytes]]:
        """Every entry, the fastest way there is; ends also when others write meanwhile."""

    def rings(self, pages: int = 0, overwrite: bool = False) -> Sequence[RawRing]:
        """Where the records of a ring buffer (one) or a perf buffer (one for each CPU that runs) come out. `pages` is the
        size of each perf buffer, a power of two; `overwrite` lets new records take the place of old ones in it."""

    def memory(self) -> memoryview | None:
        """The values as shared memory, where the map has it (MMAPABLE arrays, arenas; every array in the vm)."""

    def freeze(self) -> None: ...
    def close(self) -> None: ...


class RawRing(Protocol):
    """One reader's end of a ring buffer or a perf buffer. The bytes are the kernel's own, on both engines:

    kind "ring": records of an 8-byte header (u32 length, with bit 31 while it is being written and bit 30 if discarded;
    u32 unused), the data, and padding to 8 bytes.
    kind "perf": `struct perf_event_header` (u32 type, u16 misc, u16 size) and what belongs to it; a SAMPLE (type 9) holds
    u32 length and data, a LOST (type 2) u64 id and u64 count.
    """

    kind: str
    #: The CPU that it is of, -1 for all.
    cpu: int

    def fileno(self) -> int:
        """A descriptor that is readable while there are records; -1 if there is none to wait on."""

    def take(self) -> memoryview:
        """All that is written and not yet consumed, in one piece. It stays as it is until `done`."""

    def done(self, size: int) -> None:
        """The first `size` bytes of what `take` gave are consumed: the writer may use the room again."""

    def close(self) -> None: ...


class RunResult(Protocol):
    """What one run gave: the return value (unsigned 32 bits in the kernel, 64 in the vm), data and context after it,
    and nanoseconds (the mean over `repeat`)."""

    retval: int
    data: bytes
    context: bytes
    duration: int


class Watched(Protocol):
    """A program of the vm with somebody who is told of each of its instructions: see `ebpf.vm.watch`."""

    def run(self, data: bytes = b"", context: bytes = b"", repeat: int = 1) -> RunResult: ...
    def __enter__(self) -> Watched: ...
    def __exit__(self, *exc: object) -> None: ...


class RawProgram(Protocol):
    """A program that an engine has loaded."""

    spec: ProgramSpec

    def run(self, data: bytes = b"", context: bytes = b"", repeat: int = 1) -> RunResult: ...
    def close(self) -> None: ...


class Link(Protocol):
    """An attachment; a context manager. `close` detaches (unless it is pinned).

    The rest is for links of the kernel (Linux 5.7); NotSupported for the vm's and for attachments older than links.
    """

    hook: Hook

    def close(self) -> None: ...
    def info(self) -> dict[str, object]:
        """What the kernel tells of it (Linux 5.8), by the kernel's field names."""

    def update(self, program: Any, expected: Any = None) -> None:
        """Puts another program in its place, with no moment between; only if `expected` is there now, where that is given."""

    def pin(self, path: str) -> None:
        """Gives it a name in a BPF file system: it stays when this process ends."""

    def detach(self) -> None:
        """Detaches now, whoever else holds the link (Linux 5.9)."""

    def __enter__(self) -> Link: ...
    def __exit__(self, *exc: object) -> None: ...


class Process(Protocol):
    """A command that was started to be watched; a context manager that closes it. `close` kills what still runs of it."""

    pid: int
    returncode: int | None

    def wait(self, timeout: float | None = None) -> int: ...
    def poll(self) -> int | None: ...
    def send_signal(self, signal: int) -> None: ...
    def close(self) -> None: ...
    def __enter__(self) -> Process: ...
    def __exit__(self, *exc: object) -> None: ...


class Engine(Protocol):
    """One way to run BPF."""

    name: str

    def target_btf(self) -> Sequence[Btf]:
        """The types that CO-RE relocates against: the kernel's and its modules', or none."""

    def lacks(self, spec: ObjectSpec) -> list[str]:
        """Why this engine can't run this object here: one plain line a reason; empty if it can. Asks, changes nothing."""

    def create_map(self, spec: MapSpec, inner: RawMap | None = None) -> RawMap:
        """Makes a map, puts in the `contents` that are bytes, and freezes it if the spec says so. `inner` is the template of
        a map of maps: its properties are copied. Raises KernelError, NotSupported."""

    def load_program(self, spec: ProgramSpec, maps: Mapping[str, RawMap]) -> RawProgram:
        """Raises VerifierError, NotSupported or KernelError. CO-RE is already applied; references are not."""

    def attach(self, program: Any, hook: Hook) -> Link:
        """Raises HookError, NotSupported or KernelError."""

    def spawn(self, command: Sequence[str]) -> Process:
        """Starts a command. In the kernel it is an ordinary child; in the vm its events run the attached programs."""

    def close(self) -> None: ...
