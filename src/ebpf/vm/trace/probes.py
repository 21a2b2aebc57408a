"""Probes in user programs: which places of which files have them, and the breakpoints in each address space."""

from __future__ import annotations

import os
from weakref import WeakKeyDictionary

from ebpf.errors import HookError, NotSupported
from ebpf.hooks import Uprobe, UprobeMulti, Usdt
from ebpf.vm.trace import ptrace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from ebpf.hooks import Hook
    from ebpf.vm.trace.machine import Machine
    from ebpf.vm.trace.plan import Attached
    from ebpf.vm.trace.task import Task

    Key = tuple[int, int]

KINDS: tuple[type[Hook], ...] = (Uprobe, UprobeMulti, Usdt)

#: Where a probed function returns to: an address that nothing can be mapped at, so that the return is a fault that we see.
#: The last page below what user space may have, on x86-64 with four levels of pages and on arm64 with 48 bits.
RETURN = {"x86_64": 0x7FFF_FFFF_F000, "aarch64": 0xFFFF_FFFF_F000}


class Place:
    """A place to stop at: byte `offset` of a file. `counter`: the file's byte at which a USDT probe counts who listens (0: it
    doesn't). `arguments`: the USDT probe's arguments, as its note has them."""

    __slots__ = ("arguments", "counter", "offset")

    def __init__(self, offset: int, counter: int = 0, arguments: str | None = None) -> None:
        self.offset = offset
        self.counter = counter
        self.arguments = arguments


_found: dict[str, tuple[str, list[Place]]] = {}


def places(hook: Hook) -> tuple[str, list[Place]]:
    """The file of a hook, and its places there. HookError if there are none. Symbols are read once for each hook."""
    key = repr(hook)
    if key not in _found:
        _found[key] = _places(hook)
    return _found[key]


def _places(hook: Hook) -> tuple[str, list[Place]]:
    from ebpf.binaries import symbols

    assert isinstance(hook, (Uprobe, UprobeMulti, Usdt))
    if hook.pid >= 0:
        raise NotSupported(
            "a probe in one process (pid) in the vm", why="its events are those of the command it starts"
        )
    path = symbols.find(hook.binary)
    if isinstance(hook, Usdt):
        from ebpf.binaries import usdt

        return path, [Place(p.place, p.counter, p.arguments) for p in usdt.find(path, hook.provider, hook.name)]
    with symbols.Binary(path) as binary:
        if isinstance(hook, UprobeMulti):
            if hook.session:
                raise NotSupported("sessions of uprobes in the vm")
            found = [Place(offset) for offset in binary.matching(list(hook.patterns)).values()]
            if hook.cookies and len(hook.cookies) != len(found):
                raise HookError(f"uprobe.multi: {len(hook.cookies)} cookies for {len(found)} functions of {path}")
            return path, found
        offset = binary.place_of_function(hook.function, hook.offset) if hook.function else hook.offset
        if all(not start <= offset < start + size for _, size, start, flags in binary.segments if flags & 1):
            raise HookError(f"{path}: byte {offset:#x} is no code")
    return path, [Place(offset, hook.ref_ctr_offset)]


class Run:
    """A program to be run at a place."""

    __slots__ = ("_cookie", "_program", "link")

    def __init__(self, link: Attached, cookie: int | None) -> None:
        self.link = link
        self._program: Any = link.program if cookie is None else getattr(link, "raw", link.program)
        self._cookie = cookie

    def invoke(self, context: bytes, task: Task) -> None:
        if self._cookie is None:
            self._program.invoke(context, task)
        else:
            self._program.invoke(context, task, cookie=self._cookie)


class File:
    """What is to be stopped at in one file, by offset."""

    __slots__ = ("counters", "entries", "path", "returns")

    def __init__(self, path: str) -> None:
        self.path = path
        self.entries: dict[int, list[Run]] = {}
        self.returns: dict[int, list[Run]] = {}
        self.counters: list[int] = []

    @property
    def offsets(self) -> set[int]:
        return self.entries.keys() | self.returns.keys()


class Probes:
    """All probes that are attached, by file (device, inode)."""

    def __init__(self, links: Iterable[Attached]) -> None:
        self.files: dict[Key, File] = {}
        for link in links:
            hook: Any = link.hook
            path, found = places(hook)
            try:
                info = os.stat(path)
            except OSError as error:
                raise HookError(f"{path}: {error.strerror}") from None
            file = self.files.setdefault((info.st_dev, info.st_ino), File(path))
            cookies = getattr(hook, "cookies", ())
            for number, place in enumerate(found):
                cookie = _describe(link, place, hook.cookie) if isinstance(hook, Usdt) else None
                if cookies:
                    cookie = cookies[number]
                side = file.returns if getattr(hook, "ret", False) else file.entries
                side.setdefault(place.offset, []).append(Run(link, cookie))
                if place.counter:
                    file.counters.append(place.counter)

    def __bool__(self) -> bool:
        return bool(self.files)

    @property
    def count(self) -> bool:
        """Whether some probe counts its listeners in the program's data."""
        return any(file.counters for file in self.files.values())


#: The map of descriptions of USDT probes → (arguments, cookie) → number.
_described: WeakKeyDictionary[Any, dict[tuple[str, int], int]] = WeakKeyDictionary()


def _describe(link: Attached, place: Place, cookie: int) -> int | None:
    """Puts the description of a USDT probe's arguments where the program looks for it; its number there."""
    from ebpf.binaries import usdt

    program: Any = getattr(link, "raw", link.program)
    specs = getattr(program, "maps", {}).get(usdt.SPECS)
    if specs is None:
        return None
    known = _described.setdefault(specs, {})
    key = place.arguments or "", cookie
    if key not in known:
        if len(known) >= specs.spec.max_entries:
            raise HookError(f"map {usdt.SPECS} holds {len(known)} probes only: define BPF_USDT_MAX_SPEC_CNT larger")
        value = usdt.encode(specs.spec, usdt.arguments(key[0]), cookie)
        specs.update(len(known).to_bytes(4, "little"), value)
        known[key] = len(known)
    return known[key]


class Breakpoint:
    """A breakpoint in memory: what it hides (16 bytes, of which the first are overwritten), and its place in a file."""

    __slots__ = ("code", "file", "offset")

    def __init__(self, code: bytes, file: Key, offset: int) -> None:
        self.code = code
        self.file = file
        self.offset = offset


class Space:
    """An address space, which threads (and a vforked child) share."""

    __slots__ = ("breakpoints", "counted", "of")

    def __init__(self) -> None:
        self.breakpoints: dict[int, Breakpoint] = {}
        #: Addresses of counters that were counted up.
        self.counted: set[int] = set()
        #: The plan that it was last brought in line with.
        self.of: Probes | None = None

    def copy(self) -> Space:
        """For a forked child, whose memory holds the same."""
        other = Space()
        other.breakpoints = dict(self.breakpoints)
        other.counted = set(self.counted)
        other.of = self.of
        return other


def sync(machine: Machine, tid: int, space: Space, probes: Probes) -> None:
    """Brings the breakpoints of a stopped thread's process in line with what is attached."""
    space.of = probes
    for address, breakpoint in list(space.breakpoints.items()):
        file = probes.files.get(breakpoint.file)
        if file is None or breakpoint.offset not in file.offsets:
            _write_code(tid, address, breakpoint.code[: len(machine.breakpoint)])
            del space.breakpoints[address]
    if probes.files:
        for start, end, offset, executable, key in _mappings(tid):
            insert(machine, tid, space, probes, key, start, end - start, offset, executable)


def insert(
    machine: Machine,
    tid: int,
    space: Space,
    probes: Probes,
    key: Key,
    start: int,
    size: int,
    offset: int,
    executable: bool,
) -> None:
    """Breakpoints (in code) or counters (in data) of a mapping of `size` bytes at `start`, from byte `offset` of the file."""
    file = probes.files.get(key)
    if file is None:
        return
    if not executable:
        for counter in file.counters:
            if offset <= counter < offset + size:
                _count_up(tid, space, start + counter - offset)
        return
    for place in file.offsets:
        address = start + place - offset
        if offset <= place < offset + size and address not in space.breakpoints:
            code = ptrace.read_memory(tid, address, 16) or ptrace.read_memory(tid, address, len(machine.breakpoint))
            if code is not None:
                _write_code(tid, address, machine.breakpoint)
                space.breakpoints[address] = Breakpoint(code.ljust(16, b"\0"), key, place)


def forget(space: Space, start: int, size: int) -> None:
    """What was in a stretch of memory that something else is mapped over."""
    for address in [address for address in space.breakpoints if start <= address < start + size]:
        del space.breakpoints[address]
    space.counted = {address for address in space.counted if not start <= address < start + size}


def restore(tid: int, address: int, breakpoint: Breakpoint, machine: Machine) -> None:
    _write_code(tid, address, breakpoint.code[: len(machine.breakpoint)])


def put_back(tid: int, address: int, machine: Machine) -> None:
    _write_code(tid, address, machine.breakpoint)


def _write_code(tid: int, address: int, data: bytes) -> None:
    """By whole words: PTRACE_POKEDATA may write where the process itself may not, into a copy of its own."""
    word = address & ~7
    whole = bytearray(ptrace.read_memory(tid, word, 8) or bytes(8))
    whole[address - word : address - word + len(data)] = data
    ptrace.call(ptrace.POKEDATA, tid, word, int.from_bytes(whole, "little"))


def _count_up(tid: int, space: Space, address: int) -> None:
    if address in space.counted:
        return
    now = ptrace.read_memory(tid, address, 2)
    if now is not None and ptrace.write_memory(
        tid, address, ((int.from_bytes(now, "little") + 1) & 0xFFFF).to_bytes(2, "little")
    ):
        space.counted.add(address)


def _mappings(tid: int) -> Iterator[tuple[int, int, int, bool, Key]]:
    """(start, end, offset in the file, executable, file) of what a process has mapped of files, code or writable data."""
    known: dict[str, Key | None] = {}
    try:
        with open(f"/proc/{tid}/maps", encoding="utf-8", errors="surrogateescape") as maps:
            lines = maps.readlines()
    except OSError:
        return
    for line in lines:
        words = line.rstrip("\n").split(None, 5)
        if len(words) < 6 or not words[5].startswith("/") or not ("x" in words[1] or "w" in words[1]):
            continue
        path = words[5]
        if path not in known:
            known[path] = file_key(f"/proc/{tid}/root{path}")
        key = known[path]
        if key is not None:
            start, _, end = words[0].partition("-")
            yield int(start, 16), int(end, 16), int(words[2], 16), "x" in words[1], key


def file_key(path: str) -> Key | None:
    try:
        info = os.stat(path)
    except OSError:
        return None
    return info.st_dev, info.st_ino
