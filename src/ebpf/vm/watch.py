"""Runs that are watched, instruction by instruction: what a debugger and coverage stand on.

    class Coverage(Watcher):
        def before(self, step): self.seen.add(step.slot)

    program.watch(Coverage()).run(packet)

A watched run is another translation of the program, in which a call stands before each instruction; one that is not watched
pays nothing for it.
"""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import IDS
from ebpf.vm.machine import Machine
from ebpf.vm.translate import Translator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.asm import Instruction
    from ebpf.spec import Line
    from ebpf.vm.engine import VmEngine
    from ebpf.vm.program import Result, VmProgram
    from ebpf.vm.task import Task

_WRITES_MAPS = frozenset(IDS[name] for name in ("map_update_elem", "map_delete_elem", "map_push_elem", "map_pop_elem"))


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
    """An entry of a map that a helper changed: `old` or `new` is None where there was, or is, none."""

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
    slot         where it is; `instruction` and `line` what it is
    depth        how many calls deep
    registers    r0 … r10 before it; a watcher may change r0 … r9
    writes       what it changed in memory, map_writes in maps by helpers: known `after` it
    """

    __slots__ = ("depth", "machine", "map_writes", "program", "registers", "slot", "writes")

    def __init__(
        self, machine: WatchedMachine, program: VmProgram, slot: int, depth: int, registers: list[int]
    ) -> None:
        self.machine = machine
        self.program = program
        self.slot = slot
        self.depth = depth
        self.registers = registers
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

    def read(self, address: int, size: int) -> bytes:
        """Memory of the program, as it may read it. Raises Fault."""
        return self.machine.read(address, size)


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
        self._entry: tuple[str, bytes, bytes | None, Callable[[bytes], bytes | None]] | None = None

    def step(self, slot: int, depth: int, registers: list[int]) -> list[int]:
        """Called before each instruction; gives the registers to go on with (r0 … r9)."""
        self.finish()
        step = self.current = Step(self, self.program, slot, depth, registers)
        self.watcher.before(step)
        self._note_map(step)
        return step.registers[:10]

    def finish(self) -> None:
        """The instruction that ran last is done."""
        step, self.current = self.current, None
        if step is None:
            return
        if self._entry is not None:
            name, key, old, get = self._entry
            self._entry = None
            new = get(key)
            if new != old:
                step.map_writes.append(MapWrite(name, key, old, new))
        self.watcher.after(step)

    def _note_map(self, step: Step) -> None:
        insn = step.instruction
        if insn.opcode == op.JMP | op.CALL and insn.src == 0 and insn.imm in _WRITES_MAPS:
            map_ = self.maps.get(step.registers[1])
            if map_ is not None and map_.key_size:
                key = self.read(step.registers[2], map_.key_size)
                self._entry = map_.spec.name, key, map_.get(key), map_.get

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


def _functions(program: VmProgram) -> dict[str, Callable[..., int]]:
    """The program's functions by name ("f" and the slot), with a call before each instruction."""
    if program.watched is None:
        translator = Translator(program.structure, program.constants, program.calls, program.changes, hooked=True)
        program.watched, _ = program.compiled(translator, {})
    return program.watched


class Watched:
    """A program with somebody who watches it: runs as the program does, in the interpreter."""

    def __init__(self, program: VmProgram, watcher: Watcher) -> None:
        self.program = program
        self.watcher = watcher

    def run(self, data: bytes = b"", context: bytes = b"", repeat: int = 1) -> Result:
        """As `VmProgram.run`."""
        return self.program.run_on(WatchedMachine(self.program.engine, self.watcher), data, context, repeat)

    def invoke(self, context: bytes | bytearray = b"", task: Task | None = None, *, cookie: int = 0) -> int:
        """As `VmProgram.invoke`."""
        machine = WatchedMachine(self.program.engine, self.watcher)
        return self.program.invoke_on(machine, context, task, cookie)
