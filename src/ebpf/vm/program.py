"""A loaded program: its references filled in, its helpers found, translated when it first runs."""

from __future__ import annotations

import time

from ebpf._record import Record
from ebpf.errors import Closed, Fault, KernelError, NotSupported, VerifierError
from ebpf.uapi import opcodes as op
from ebpf.uapi.btf import BAD_RELOCATION
from ebpf.uapi.flags import BPF_PSEUDO_CALL, BPF_PSEUDO_FUNC, BPF_PSEUDO_KFUNC_CALL
from ebpf.uapi.helpers import IDS
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.arithmetic import sdiv, smod, swap
from ebpf.vm.contexts import layout_of
from ebpf.vm.helpers import changes_memory
from ebpf.vm.machine import _GET, _PUT, Thrown
from ebpf.vm.memory import _ZERO_FRAME, Block, Region
from ebpf.vm.structure import READ_ONLY, WRITES_R10, check, line_of, refusal, thrown_to
from ebpf.vm.testrun import Input
from ebpf.vm.translate import FILE, Translator, located

TYPE_CHECKING = False
if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Mapping, Sequence

    from ebpf.asm import Instruction
    from ebpf.spec import ProgramSpec, Reference
    from ebpf.verifier import Proof
    from ebpf.vm.engine import VmEngine
    from ebpf.vm.helpers.redirect import Redirect
    from ebpf.vm.jit.batch import Packets
    from ebpf.vm.jit.module import Module
    from ebpf.vm.jit.runtime import Native
    from ebpf.vm.jit.tiers import Tier
    from ebpf.vm.kernel_objects import Place
    from ebpf.vm.machine import Machine
    from ebpf.vm.maps.base import VmMap
    from ebpf.vm.task import Task
    from ebpf.vm.watch import Watched, Watcher

    Translated = Callable[[Machine, int, int, int, int, int, int], int]

#: What translated source may use; there are no builtins in it.
_PRIMITIVES: dict[str, object] = {
    "__builtins__": {},
    "zeros": _ZERO_FRAME,
    "sdiv": sdiv,
    "smod": smod,
    "swap": swap,
    "get2": _GET[2],
    "get4": _GET[4],
    "get8": _GET[8],
    "put2": _PUT[2],
    "put4": _PUT[4],
    "put8": _PUT[8],
}

#: Slots that a program runs in the interpreter (its length, and what it goes back over) before machine code is made: about
#: as long as making it takes.
HOT = 50_000


class Result(Record):
    """What a run gave: `retval` (64 bits), the packet and the context after it, nanoseconds a run, and where the packet (and
    copies of it) were sent to, as the last run did."""

    retval: int
    data: bytes
    context: bytes
    duration: int
    redirect: Redirect | None = None
    clones: tuple[Redirect, ...] = ()

    def __repr__(self) -> str:
        return f"<RunResult retval={self.retval} data={len(self.data)} bytes duration={self.duration} ns>"


class VmProgram:
    """A program in this process (`ebpf.engine.RawProgram`).

    `constants` holds what each 16-byte load gives, by slot; `handles` the maps by the address that stands for them;
    `regions` (sorted by `bases`) the memory of its maps.
    """

    def __init__(self, engine: VmEngine, spec: ProgramSpec, maps: Mapping[str, VmMap]) -> None:
        self.engine = engine
        self.spec = spec
        self.closed = False
        self.structure = check(spec)
        self.length = len(self.structure.at)
        self.maps = dict(maps)
        self.handles: dict[int, VmMap] = {}
        self.constants: dict[int, int] = {}
        self.calls: dict[int, str] = {}
        self.changes: set[int] = set()
        #: Where the kernel's structs have what is shown of them here, by the program's own types.
        self.kernel_places: dict[str, tuple[int, list[Place]]] = {}
        self._functions: dict[str, object] = {}
        self._code: Block | None = None
        self._resolve()
        self._regions()
        self.fd = engine.number(self)
        self._main: Translated | None = None
        self._callbacks: dict[int, tuple[Translated, int]] = {}
        self.watched: dict[str, Translated] | None = None
        #: Who is told of each instruction of every run (`Watched`).
        self.watcher: Watcher | None = None
        self._resumed: dict[int, Translated] = {}
        self.jit_module: Module | None = None
        #: What the verifier proved, for an engine that asks it.
        self.proof: Proof | None = None
        self.native: Native | None = None
        #: How far it has got to machine code, and what takes it further (jit/tiers.py), once that is imported.
        self.tier: Tier | None = None
        self._rise: Callable[..., Native | None] | None = None
        self._heat = 0

    def refuse(self, slot: int, reason: str) -> VerifierError:
        return refusal(self.spec, slot, reason)

    # -- loading

    def _resolve(self) -> None:
        references = {reference.slot: reference for reference in self.spec.references}
        for slot, insn in enumerate(self.structure.at):
            if insn is None:
                continue
            if insn.opcode == op.LDDW:
                self._resolve_load(slot, insn, references.get(slot))
            elif insn.opcode == op.JMP | op.CALL and insn.src == BPF_PSEUDO_KFUNC_CALL:
                self._resolve_kfunc(slot, insn, references.get(slot))
            elif insn.opcode == op.JMP | op.CALL and insn.src != BPF_PSEUDO_CALL:
                self._resolve_helper(slot, insn)

    def _resolve_load(self, slot: int, insn: Instruction, reference: Reference | None) -> None:
        if insn.src == BPF_PSEUDO_FUNC:
            if self._code is None:
                self._code = Block(self.length * 8)
            imm = insn.imm & 0xFFFFFFFF
            target = slot + 1 + (imm - (1 << 32) if imm >> 31 else imm)
            self.constants[slot] = self._code.address + 8 * target
            return
        if reference is None:
            if insn.src:
                raise self.refuse(
                    slot, "a 16-byte load of a map or symbol that nothing names (an unresolved reference)"
                )
            return
        if reference.kind == "ksym":
            from ebpf.vm.helpers.kfuncs import KFUNCS

            if reference.name in KFUNCS:
                # Its address is only ever compared with 0: whether the kernel function is there.
                self.constants[slot] = 1
                return
            if not reference.weak:
                raise self.refuse(slot, f"kernel symbol {reference.name}: there is no kernel here")
            self.constants[slot] = 0
            return
        map_ = self.maps.get(reference.name)
        if map_ is None:
            raise self.refuse(slot, f"map {reference.name} was not given")
        if map_.closed:
            raise Closed(f"map {reference.name} is closed")
        self.handles[map_.handle] = map_
        if reference.kind == "map":
            self.constants[slot] = map_.handle
            return
        value = map_.address_of(bytes(4), 0)
        # An arena has no values: its variables stand in its pages.
        size = len(map_.memory() or b"") if map_.spec.type == MapType.ARENA else map_.value_size
        if not value or reference.offset >= size:
            raise self.refuse(slot, f"map {reference.name} has no byte {reference.offset} to point to")
        self.constants[slot] = value + reference.offset

    def _resolve_helper(self, slot: int, insn: Instruction) -> None:
        if insn.opcode & op.X:
            return
        if insn.imm == BAD_RELOCATION:
            # CO-RE didn't find what is read here. The program may have asked before, and then never gets here.
            self.calls[slot] = "no_such_field"
            self._functions["no_such_field"] = _no_such_field
            return
        if insn.imm == WRITES_R10:
            self.calls[slot] = "writes_r10"
            self._functions["writes_r10"] = _writes_r10
            return
        function = self.engine.helper(insn.imm)
        if function is None:
            raise self.refuse(slot, self.engine.why_no_helper(insn.imm))
        if insn.imm == IDS["tail_call"]:
            self.calls[slot] = "tail_call"
            self.changes.add(slot)
            return
        name = f"h_{insn.imm}" if insn.imm >= 0 else f"h_m{-insn.imm}"
        self.calls[slot] = name
        self._functions[name] = function
        if changes_memory(insn.imm):
            self.changes.add(slot)

    def _resolve_kfunc(self, slot: int, insn: Instruction, reference: Reference | None) -> None:
        from ebpf.vm.helpers.absent import kfunc_reason
        from ebpf.vm.helpers.kfuncs import FORGETFUL, KFUNCS

        name = reference.name if reference is not None else f"number {insn.imm}"
        function = KFUNCS.get(name)
        if function is None:
            if reference is None or not reference.weak:
                raise self.refuse(slot, f"kernel function {name} is not in the vm{kfunc_reason(name)}")

            def function(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
                raise Fault(f"kernel function {name} is not in the vm", program=self.spec.name)

        if name in FORGETFUL:
            self.changes.add(slot)
        self.calls[slot] = f"k_{slot}"
        self._functions[f"k_{slot}"] = function

    def _regions(self) -> None:
        found: list[Region] = []
        for map_ in self.handles.values():
            found += map_.regions()
        found.sort(key=lambda region: region.base)
        self.regions = found
        self.bases = [region.base for region in found]

    # -- running

    @property
    def main(self) -> Translated:
        """The translated main function."""
        if self._main is None:
            self._translate()
        assert self._main is not None
        return self._main

    def _translate(self) -> None:
        names = self.translated()
        self._main = names["f0"]
        if self._code is not None:
            for start in self.structure.starts:
                length = self.structure.end_of[start] - start
                self._callbacks[self._code.address + 8 * start] = names[f"f{start}"], length

    @property
    def callbacks(self) -> dict[int, tuple[Translated, int]]:
        """The functions that helpers may call, by their address, and the slots of each."""
        if self._main is None:
            self._translate()
        return self._callbacks

    def slot_of(self, function: int) -> int:
        """The first slot of a function by its address."""
        assert self._code is not None
        return (function - self._code.address) // 8

    def translated(self, *, hooked: bool = False, resume: int | None = None) -> dict[str, Translated]:
        """Its functions in Python, by name ("f" and the first slot); see `Translator`."""
        translator = Translator(self.structure, self.constants, self.calls, self.changes, hooked=hooked, resume=resume)
        source, slots = translator.translate()
        names: dict[str, object] = {**_PRIMITIVES, **self._functions, "__program__": self, "__lines__": slots}
        exec(compile(source, FILE, "exec"), names)
        return names  # type: ignore[return-value]

    def take(self) -> Machine:
        """A machine for one run of it; `VmEngine.give` takes it back."""
        if self.watcher is None:
            return self.engine.take()
        from ebpf.vm.watch import WatchedMachine

        return WatchedMachine(self.engine, self.watcher)

    def invoke(self, context: bytes | bytearray = b"", task: Task | None = None, *, cookie: int = 0) -> int:
        """Runs the program once on a context; gives r0. How a source of events calls it. Raises Fault."""
        machine = self.take()
        try:
            return self.invoke_on(machine, context, task, cookie)
        finally:
            self.engine.give(machine)

    def invoke_on(self, machine: Machine, context: bytes | bytearray, task: Task | None, cookie: int) -> int:
        """As `invoke`, on a machine of one's own."""
        try:
            machine.begin(self, task if task is not None else self.engine.task)
            machine.cookie = cookie
            machine.set_context(layout_of(self.spec.type, len(context), self.spec.attach_type), context)
            return self.execute(machine, len(context))
        finally:
            machine.end()

    def invoke_changing(self, context: bytes, task: Task) -> tuple[int, bytes]:
        """As `invoke`; gives also the context as the program left it."""
        machine = self.take()
        try:
            machine.begin(self, task)
            machine.set_context(layout_of(self.spec.type, len(context), self.spec.attach_type), context)
            return self.execute(machine, len(context)), machine.context_bytes()
        finally:
            self.engine.give(machine)

    def execute(self, machine: Machine, length: int = 0) -> int:
        """Runs the main function on a machine that is made ready. `length` goes to r2 of a program of no type."""
        if self.closed:
            raise Closed(f"program {self.spec.name} is closed")
        try:
            return self._execute(machine, length)
        except Thrown as thrown:
            start = thrown_to(self.spec)
            if not start:
                return thrown.cookie
            machine.stack.enter(0)
            return self.resume(machine, start, 0, [0, thrown.cookie, *[0] * 8])

    def _execute(self, machine: Machine, length: int) -> int:
        if not machine.interprets:
            native = self.native
            if native is None or not native.level:
                native = self._warm()
            if native is not None:
                return native.run(self, machine, length)
        try:
            main = machine.main_of(self)
            if self.spec.type == ProgType.UNSPEC:
                # Not Linux's: a program of no type is called as ubpf and bpf_conformance call theirs.
                value = main(machine, 0, machine.context_base if length else 0, length, 0, 0, 0)
            else:
                value = main(machine, 0, machine.context_base, 0, 0, 0, 0)
            machine.finish()
            self._heat += self.length + self.engine.budget - machine.left
            return value
        except Fault as fault:
            raise located(fault, fault.__traceback__) from None
        except KernelError as error:
            # A helper asked a map for what its type doesn't do.
            raise located(Fault(str(error), program=self.spec.name), error.__traceback__) from None

    def _warm(self) -> Native | None:
        """Machine code, if the program has run for long enough to pay for it; None to interpret."""
        wanted = self.engine.jit
        if wanted is False or (not wanted and self._heat < HOT):
            return self.native
        if self._rise is None:
            if not wanted:
                from ebpf.vm.jit.compile import available

                if not available():
                    self._heat = -(1 << 62)
                    return None
            from ebpf.vm.jit.tiers import rise

            self._rise = rise
        return self._rise(self, at_once=bool(wanted))

    def compile(self, level: int = 2) -> Native:
        """Makes machine code now: level 0 (quick to make) or 2 (quick to run). Raises NotSupported without llvmlite."""
        if self.native is None or self.native.level != level:
            from ebpf.vm.jit.runtime import compile_program

            self.native = compile_program(self, level)
        return self.native

    def resume(self, machine: Machine, slot: int, depth: int, registers: list[int]) -> int:
        """Runs the rest of the function that `slot` lies in, with r0 … r9 as given, in the interpreter."""
        function = self._resumed.get(slot)
        if function is None:
            names = self.translated(resume=slot)
            function = self._resumed[slot] = names[f"f{self.structure.function_of(slot)}"]
        machine.resumed = registers
        return function(machine, depth, 0, 0, 0, 0, 0)

    def name_of_call(self, slot: int) -> str:
        """What the call at `slot` calls, as Linux calls it."""
        name: str = getattr(self._functions.get(self.calls[slot]), "__name__", self.calls[slot])
        return f"bpf_{name.removeprefix('bpf_')}"

    def helper_at(self, slot: int) -> Callable[..., int]:
        """The helper (or kernel function) that the call at `slot` calls."""
        return self._functions[self.calls[slot]]  # type: ignore[return-value]

    def fault(self, message: str, slot: int, address: int | None = None) -> Fault:
        """A fault at an instruction of this program."""
        return Fault(message, program=self.spec.name, slot=slot, line=line_of(self.spec, slot), address=address)

    def run(self, data: bytes = b"", context: bytes = b"", repeat: int = 1) -> Result:
        """Runs the program on a packet and a context, as BPF_PROG_TEST_RUN does. Raises Fault; KernelError (EINVAL) for an input
        that the kernel would refuse."""
        machine = self.take()
        try:
            return self.run_on(machine, data, context, repeat)
        finally:
            self.engine.give(machine)

    def run_on(self, machine: Machine, data: bytes, context: bytes, repeat: int) -> Result:
        """As `run`, on a machine of one's own."""
        given = self.input_of(data, context)
        value = 0
        start = time.perf_counter_ns()
        for _ in range(max(1, repeat)):
            try:
                machine.begin(self, self.engine.task)
                given.place(machine)
                value = self.execute(machine, len(given.context))
            finally:
                machine.end()
        spent = (time.perf_counter_ns() - start) // max(1, repeat)
        packet, after = given.output(machine)
        return Result(value, packet, after, spent, machine.redirect, tuple(machine.clones))

    def input_of(self, data: bytes, context: bytes) -> Input:
        """What one run is given. Raises KernelError (EINVAL) for what the kernel would refuse, NotSupported."""
        if self.spec.type == ProgType.FLOW_DISSECTOR:
            from ebpf.vm.flow import FlowInput

            return FlowInput(self, data, context)
        if self.spec.type == ProgType.NETFILTER:
            raise NotSupported(
                f"a run of {self.spec.name} in the vm",
                why="a netfilter program's context is made of the kernel's own structs",
            )
        return Input(self, data, context)

    def watch(self, watcher: Watcher) -> Watched:
        """The program with somebody who is told of each instruction: see `ebpf.vm.watch`."""
        from ebpf.vm.watch import Watched

        return Watched(self, watcher)

    def batches(self) -> bool:
        """Whether `run_packets` can be used: the JIT is there, and a packet or a context is all that the program sees."""
        if self.engine.jit is False or self.watcher is not None:
            return False
        from ebpf.vm.jit.compile import available

        if not available():
            return False
        from ebpf.vm.jit.batch import can_batch

        return not can_batch(self)

    def run_packets(
        self,
        packets: bytearray,
        starts: Sequence[int],
        lengths: Sequence[int],
        on_fault: Callable[[int, BaseException], object] | None = None,
        tallies: array[int] | None = None,
        results: array[int] | None = None,
        out: Packets | None = None,
    ) -> array[int]:
        """Many packets in one call; see `ebpf.vm.jit.batch.run_batch`."""
        from ebpf.vm.jit.batch import run_batch

        return run_batch(self, packets, starts, lengths, on_fault, tallies, results, out)

    def packets_out(self) -> Packets | None:
        """What `run_packets` puts packets into after their runs; None for a program that leaves them where they are."""
        from ebpf.vm.jit.batch import Packets

        return Packets() if self.compile().module.moves else None

    def function(self) -> Callable[[bytes], int]:
        """A quick function of a packet or context; see `ebpf.vm.jit.calls.function`."""
        from ebpf.vm.jit.calls import function

        return function(self)

    @property
    def scan_packets(self) -> Callable[..., tuple[int, int, int, int]]:
        """Finds the packets in a piece of a capture; see `ebpf.vm.jit.scan.scan`."""
        from ebpf.vm.jit.scan import scan

        return scan

    def run_callback(self, callback: int, map_: VmMap, key: bytes, value: int) -> int:
        """Runs one of the program's functions by its address with (map, &key, value), as a timer does."""
        machine = self.take()
        try:
            machine.begin(self, self.engine.task)
            machine.layout = None
            block = Block(len(key))
            block.view[:] = key
            machine.extra = [Region(block.address, block.view, name="key", writable=False)]
            found = machine.callback(callback)
            assert found is not None
            result = found[0](machine, 0, map_.handle, block.address, value, 0, 0)
            machine.finish()
            return result
        except Fault as fault:
            raise located(fault, fault.__traceback__) from None
        finally:
            self.engine.give(machine)

    def __reduce__(self) -> tuple[object, ...]:
        """Another process loads it anew, with maps of its own (`VmEngine.pickle_contents`)."""
        named = {reference.name for reference in self.spec.references}
        maps = {name: map_ for name, map_ in self.maps.items() if name in named}
        return _load, (self.engine, self.spec, maps)

    def close(self) -> None:
        self.closed = True
        self.engine.forget(self)


def _writes_r10(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    raise Fault(READ_ONLY)


def _no_such_field(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    raise Fault("it reads a field that isn't there (a CO-RE relocation that the vm's types can't satisfy)")


def _load(engine: VmEngine, spec: ProgramSpec, maps: Mapping[str, VmMap]) -> VmProgram:
    return engine.load_program(spec, maps)
