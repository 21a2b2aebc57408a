"""Runs that are watched, instruction by instruction: what a debugger and coverage stand on.

    class Coverage(Watcher):
        def before(self, step): self.seen.add(step.slot)

    program.watch(Coverage()).run(packet)

    with program.watch(Coverage()):     # whatever runs it meanwhile: a command's events, a capture
        ...

A watched run is another translation of the program, in which a call stands before each instruction; one that is not watched
pays nothing for it.
"""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import IDS
from ebpf.uapi.map_types import MapType
from ebpf.vm.machine import Machine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.asm import Instruction
    from ebpf.spec import Line
    from ebpf.vm.engine import VmEngine
    from ebpf.vm.maps.base import VmMap
    from ebpf.vm.program import Result, VmProgram
    from ebpf.vm.task import Task

_LRU = (MapType.LRU_HASH, MapType.LRU_PERCPU_HASH)
#: Helpers that change one entry of a map, the map in r1 and the key at r2.
_ONE_ENTRY = frozenset(IDS[name] for name in ("map_update_elem", "map_delete_elem"))
#: Helpers that may change any entry of a map, and the register that holds the map.
_ANY_ENTRY = {
    **{IDS[name]: 1 for name in ("map_push_elem", "map_pop_elem", "get_local_storage")},
    **{IDS[f"{of}_storage_{what}"]: 1 for of in ("sk", "inode", "task", "cgrp") for what in ("get", "delete")},
    IDS["get_stackid"]: 2,
}
#: Helpers that put a record into a map if they give 0: the registers of the map, of the record's address and its size.
_RECORDS = {
    IDS["ringbuf_output"]: (1, 2, 3),
    **{IDS[name]: (2, 4, 5) for name in ("perf_event_output", "skb_output", "xdp_output")},
}


class Write:
    """Bytes that an instruction or a helper changed: `old` at `address` became `new`."""

    __slots__ = ("address", "new", "old")

    def __init__(self, address: int, old: bytes, new: bytes) -> None:
        self.address = address
        self.old = old
        self.new = new

    def __repr__(self) -> str:
        return f"Write({self.address:#x}, {self.old.hex()} → {self.new.hex()})"


class MapWrite:
    """An entry of a map that a helper changed: `old` or `new` is None where there was, or is, none. Queues, stacks and buffers
    of records have no keys (b"")."""

    __slots__ = ("key", "map", "new", "old")

    def __init__(self, map: str, key: bytes, old: bytes | None, new: bytes | None) -> None:
        self.map = map
        self.key = key
        self.old = old
        self.new = new

    def __repr__(self) -> str:
        return f"MapWrite({self.map}, {self.key.hex()}: {self.old!r} → {self.new!r})"


class Step:
    """One instruction of a run.

    program      the program that it is of (another one after a tail call)
    slot         where it is; `instruction`, `line` and `function` what it is
    depth        how many calls deep
    registers    r0 … r10 before it; a watcher may change r0 … r9

    Known `after` it:

    changed      register → its value now, for those that it changed; empty where it went to another function
    writes       what it changed in memory
    map_writes   what a helper changed in maps
    """

    __slots__ = ("changed", "depth", "machine", "map_writes", "program", "registers", "slot", "writes")

    def __init__(
        self, machine: WatchedMachine, program: VmProgram, slot: int, depth: int, registers: list[int]
    ) -> None:
        self.machine = machine
        self.program = program
        self.slot = slot
        self.depth = depth
        self.registers = registers
        self.changed: dict[int, int] = {}
        self.writes: list[Write] = []
        self.map_writes: list[MapWrite] = []

    @property
    def instruction(self) -> Instruction:
        found = self.program.structure.at[self.slot]
        assert found is not None
        return found

    @property
    def line(self) -> Line | None:
        return self.program.spec.line_at(self.slot)

    @property
    def function(self) -> str:
        """The name of the function, where the object has one; else "function" and its first slot."""
        start = self.program.structure.function_of(self.slot)
        names = {function.slot: function.name for function in self.program.spec.functions}
        return names.get(start, "") or (f"function {start}" if start else self.program.spec.name)

    @property
    def text(self) -> str:
        """The instruction as `ebpf disasm` writes it."""
        from ebpf.asm import text

        return text(self.instruction)

    def read(self, address: int, size: int) -> bytes:
        """Memory of the program, as it may read it. Raises Fault."""
        return self.machine.read(address, size)

    def where(self, address: int) -> str:
        """What memory an address is of: "stack 0 - 8", "xdp_md + 4", "packet + 14", "map counts + 0"; "" for none."""
        return self.machine.where(address)


class Watcher:
    """What is told of each step. What either raises ends the run."""

    def before(self, step: Step) -> None:
        """An instruction is about to run."""

    def after(self, step: Step) -> None:
        """It has run. A call's step ends when the function it called begins."""


class WatchedMachine(Machine):
    """A machine that tells a watcher. It runs no machine code."""

    interprets = True

    def __init__(self, engine: VmEngine, watcher: Watcher) -> None:
        super().__init__(engine, 0)
        self.watcher = watcher
        self.current: Step | None = None
        self._settle: Callable[[int], list[MapWrite]] | None = None

    def step(self, slot: int, depth: int, registers: list[int]) -> list[int]:
        """Called before each instruction; gives the registers to go on with (r0 … r9)."""
        last = self.current
        if last is not None and last.depth == depth and last.program is self.program:
            last.changed = {i: registers[i] for i in range(10) if registers[i] != last.registers[i]}
        self.finish(registers[0])
        step = self.current = Step(self, self.program, slot, depth, registers)
        self.watcher.before(step)
        self._note_map(step)
        return step.registers[:10]

    def finish(self, result: int = 0) -> None:
        """The instruction that ran last is done."""
        step, self.current = self.current, None
        if step is None:
            return
        if self._settle is not None:
            step.map_writes += self._settle(result)
            self._settle = None
        self.watcher.after(step)

    def _note_map(self, step: Step) -> None:
        """Remembers what a call may change of a map."""
        insn = step.instruction
        if insn.opcode != op.JMP | op.CALL or insn.src:
            return
        registers, helper = step.registers, insn.imm
        if helper in _RECORDS:
            at, data, size = (registers[i] for i in _RECORDS[helper])
            self._settle = self._record(at, data, size)
            return
        map_ = self.maps.get(registers[_ANY_ENTRY.get(helper, 1)])
        if map_ is None or (helper not in _ONE_ENTRY and helper not in _ANY_ENTRY):
            return
        if helper in _ONE_ENTRY and map_.key_size:
            self._settle = self._one(map_, self.read(registers[2], map_.key_size))
        elif map_.spec.type == MapType.BLOOM_FILTER:
            added = MapWrite(map_.spec.name, b"", None, self.read(registers[2], map_.value_size))
            self._settle = lambda result: [] if result else [added]
        else:
            self._settle = self._any(map_)

    def _record(self, at: int, data: int, size: int) -> Callable[[int], list[MapWrite]] | None:
        map_ = self.maps.get(at)
        if map_ is None:
            return None
        added = MapWrite(map_.spec.name, b"", None, self.read(data, size))
        return lambda result: [] if result else [added]

    def _one(self, map_: VmMap, key: bytes) -> Callable[[int], list[MapWrite]]:
        old = map_.get(key)
        if old is None and map_.spec.type in _LRU:
            return self._any(map_)  # another entry may have to go

        def settle(result: int) -> list[MapWrite]:
            new = map_.get(key)
            return [MapWrite(map_.spec.name, key, old, new)] if new != old else []

        return settle

    def _any(self, map_: VmMap) -> Callable[[int], list[MapWrite]]:
        before = map_.held()
        return lambda result: _differences(map_, before, map_.held())

    def where(self, address: int) -> str:
        """The memory that an address is of, in words."""
        stack = address - self.stack.base
        if 0 <= stack < self.stack.block.size:
            return f"stack {stack >> 10} - {512 - (stack & 1023)}"
        if self.layout is not None and self.context_base <= address < self.context_end:
            return f"{self.layout.name or 'context'} + {address - self.context_base}"
        if self.has_packet() and self.packet.meta <= address <= self.packet.end:
            return f"packet + {address - self.packet.data}"
        for region in (*self.regions, *self.extra):
            if 0 <= address - region.base < region.size:
                offset = address - region.base
                return f"{region.name} + {offset % region.stride if region.stride else offset}"
        return ""

    def main_of(self, program: VmProgram) -> Callable[..., int]:
        return _functions(program)["f0"]

    def callback(self, function: int) -> tuple[Callable[..., int], int] | None:
        found = super().callback(function)
        if found is None:
            return None
        return _functions(self.program)[f"f{self.program.slot_of(function)}"], found[1]

    def _wrote(self, address: int, old: bytes, new: bytes) -> None:
        if self.current is not None:
            self.current.writes.append(Write(address, old, new))

    def store(self, address: int, size: int, value: int) -> tuple[int, int, memoryview | None]:
        old = self._old(address, size)
        found = super().store(address, size, value)
        self._wrote(address, old, self._old(address, size))
        return found

    def _old(self, address: int, size: int) -> bytes:
        start, _, view = self.window(address, size, True)
        assert view is not None
        return bytes(view[address - start : address - start + size])

    def atomic(self, operation: int, address: int, size: int, value: int, expected: int) -> int:
        before = self._old(address, size)
        old = super().atomic(operation, address, size, value, expected)
        self._wrote(address, before, self._old(address, size))
        return old

    def write(self, address: int, data: bytes) -> None:
        if data:
            old = self._old(address, len(data))
            super().write(address, data)
            self._wrote(address, old, data)

    def write_padded(self, address: int, data: bytes, size: int) -> None:
        if size > 0:
            old = self._old(address, size)
            super().write_padded(address, data, size)
            self._wrote(address, old, self._old(address, size))

    def packet_store(self, offset: int, data: bytes) -> bool:
        old = self.packet_bytes(offset, len(data))
        stored = super().packet_store(offset, data)
        if old:
            self._wrote(self.packet.data + offset, old, bytes(data))
        return stored


def _differences(map_: VmMap, before: list[tuple[bytes, object]], after: list[tuple[bytes, object]]) -> list[MapWrite]:
    """What changed between two contents of a map."""
    name = map_.spec.name
    if map_.key_size:
        was, now = dict(before), dict(after)
        changes = [(key, was.get(key), now.get(key)) for key in {**was, **now} if was.get(key) != now.get(key)]
    else:
        changes = _moved([value for _, value in before], [value for _, value in after])
    return [MapWrite(name, key, old, new) for key, old, new in changes]  # type: ignore[arg-type]


def _moved(before: list[object], after: list[object]) -> list[tuple[bytes, object, object]]:
    """The same of a queue or stack: one may have gone at either end, one come at the end."""
    for front, back in ((0, 0), (1, 0), (0, 1)):
        kept = before[front : len(before) - back]
        if after[: len(kept)] == kept:
            gone = before[:front] + before[len(before) - back :]
            return [(b"", value, None) for value in gone] + [(b"", None, value) for value in after[len(kept) :]]
    return []


def _functions(program: VmProgram) -> dict[str, Callable[..., int]]:
    """The program's functions by name ("f" and the slot), with a call before each instruction."""
    if program.watched is None:
        program.watched = program.translated(hooked=True)
    return program.watched


class Watched:
    """A program with somebody who watches it: runs as the program does, in the interpreter. As a context manager it watches
    whatever runs the program meanwhile: a command's events, a capture, a batch (not what runs as another program's tail call)."""

    def __init__(self, program: VmProgram, watcher: Watcher) -> None:
        self.program = program
        self.watcher = watcher

    def __enter__(self) -> Watched:
        self._before, self.program.watcher = self.program.watcher, self.watcher
        return self

    def __exit__(self, *exc: object) -> None:
        self.program.watcher = self._before

    def run(self, data: bytes = b"", context: bytes = b"", repeat: int = 1) -> Result:
        """As `VmProgram.run`."""
        return self.program.run_on(WatchedMachine(self.program.engine, self.watcher), data, context, repeat)

    def invoke(self, context: bytes | bytearray = b"", task: Task | None = None, *, cookie: int = 0) -> int:
        """As `VmProgram.invoke`."""
        machine = WatchedMachine(self.program.engine, self.watcher)
        return self.program.invoke_on(machine, context, task, cookie)
