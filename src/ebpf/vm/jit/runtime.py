"""What generated code calls back, and the native side of a run.

Each machine has one state struct; its address is how a callback finds the machine. Callbacks are made with the interpreter
lock held (generated code never gives it up) and never let an exception through: it is kept in the machine, and the state's
`fault` ends the run.
"""

from __future__ import annotations

import ctypes
import sys
import weakref
from os import urandom
from struct import Struct
from time import perf_counter_ns

from ebpf.errors import Fault, KernelError
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.arithmetic import M64
from ebpf.vm.jit import compile as llvm
from ebpf.vm.jit.module import Module
from ebpf.vm.jit.state import (
    FAULT_BUDGET,
    FAULT_DEPTH,
    FAULT_RAISED,
    MOVED,
    REDIRECTED,
    RESERVED,
    SIZE,
    UNCHECKED,
    WORD,
)
from ebpf.vm.memory import Block
from ebpf.vm.translate import located

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ebpf.vm.jit.batch import Batch
    from ebpf.vm.jit.compile import Code
    from ebpf.vm.jit.link import Linked
    from ebpf.vm.machine import Machine
    from ebpf.vm.program import VmProgram

_U64 = ctypes.c_uint64
_LEFT, _FAULT, _SLOT = WORD["left"], WORD["fault"], WORD["slot"]
_VALUE, _FIRST, _LAST, _R0 = WORD["value"], WORD["first"], WORD["last"], WORD["r0"]
_PACKET, _CONTEXT, _CONSTANTS, _ARGUMENT = WORD["packet"], WORD["context"], WORD["constants"], WORD["argument"]
_START, _MOVED, _HELD, _RECORD = WORD["start"], WORD["moved"], WORD["held"], WORD["record"]
_REDIRECT = WORD["redirect"]

#: From `left` to `stack`, what a run begins with.
_BEGIN = Struct("=q2Q3Q2Qq2Q")
#: From `start` to `link`.
_ROOM = Struct("=4Q")

_machines: weakref.WeakValueDictionary[int, NativeState] = weakref.WeakValueDictionary()


class NativeState:
    """The state struct of one machine."""

    __slots__ = ("__weakref__", "address", "batch", "block", "level", "machine", "raised", "words")

    def __init__(self, machine: Machine) -> None:
        self.block = Block(SIZE)
        self.address = self.block.address
        self.words = self.block.view.cast("Q")
        self.machine = machine
        #: The batch that is going on.
        self.batch: Batch | None = None
        self.raised: BaseException | None = None
        #: Of the code that runs on it.
        self.level = 2
        for name, callback in _CALLBACKS.items():
            self.words[WORD[name]] = ctypes.cast(callback, ctypes.c_void_p).value or 0
        self.words[WORD["random"]] = int.from_bytes(urandom(8), "little") | 1
        self.words[WORD["check_signals"]] = _check_signals()
        self.words[WORD["clock_gettime"]] = _clock_gettime()
        _machines[self.address] = self

    def packet_to_state(self) -> None:
        packet = self.machine.packet
        words = self.words
        length = packet.end - packet.data
        words[_PACKET] = packet.data
        words[_PACKET + 1] = length
        words[_PACKET + 2] = (packet.meta - packet.data) & M64
        self.room_to_state()

    def room_to_state(self) -> None:
        """What only code that moves packets asks for: the room around the packet, and where its headers are."""
        machine = self.machine
        _ROOM.pack_into(
            self.block.view, 8 * _START, machine.packet.start, machine.packet.limit, machine.network, machine.link
        )

    def settle(self) -> None:
        """Tells the machine what machine code did with the packet, and what it has reserved."""
        words, machine = self.words, self.machine
        moved = words[_MOVED]
        words[_MOVED] = 0
        if moved & RESERVED:
            from ebpf.vm.helpers.output import adopt

            adopt(machine, machine.map_of(words[_RECORD + 1]), words[_RECORD])  # type: ignore[arg-type]
            words[_HELD] = len(machine.held)
        if moved & REDIRECTED:
            from ebpf.vm.helpers.redirect import Redirect

            machine.redirect = Redirect("redirect", words[_REDIRECT], flags=words[_REDIRECT + 1])
        if moved & UNCHECKED:
            machine.checked = -1
        if moved & MOVED:
            self._packet_to_machine()

    def _packet_to_machine(self) -> None:
        words, machine = self.words, self.machine
        packet = machine.packet
        packet.data = words[_PACKET]
        packet.end = packet.data + words[_PACKET + 1]
        packet.meta = packet.data + words[_PACKET + 2] & M64
        machine.network, machine.link = words[_START + 2], words[_START + 3]
        machine.packet_moved()

    def main_of(self, program: VmProgram) -> Callable[..., int]:
        """The main function of a program that takes the place of one that runs here."""
        native = program.native
        if native is None or native.level < self.level:
            native = program.compile(self.level)

        def main(machine: Machine, *_: int) -> int:
            words = self.words
            kept = words[_CONSTANTS]
            words[_LEFT] = machine.left
            words[_ARGUMENT] = words[_FAULT] = 0
            words[_CONSTANTS] = native.table.address
            result = native.function(self.address)
            words[_CONSTANTS] = kept
            if words[_MOVED]:
                self.settle()
            if words[_FAULT]:
                fault = native.fault(program, self)
                words[_FAULT] = 0
                raise fault
            return int(result)

        return main

    def stop(self, error: BaseException, slot: int) -> int:
        self.raised = error
        self.words[_SLOT] = slot
        self.words[_FAULT] = FAULT_RAISED
        return 0


def _state(m: int) -> NativeState:
    state = _machines[m]
    if state.batch is not None:
        state.batch.catch_up()
    if state.words[_MOVED]:
        state.settle()
    return state


def _window(m: int, address: int, what: int, slot: int, depth: int) -> int:
    """Where an address lies: 1 (`first` and `last` are good), 2 (`value` is what was read there), 0 (the run is over)."""
    try:
        state = _state(m)
        machine, words = state.machine, state.words
        machine.depth = depth
        size, write = what & 255, what >> 8
        found = 1
        if write:
            start, length, _ = machine.window(address, size, True)
            last = start + length - size
        else:
            value, start, last, view = machine.load(address, size)
            if view is None:
                words[_VALUE] = value
                found = 2
        words[_FIRST] = start
        words[_LAST] = last
        words[_FAULT] = 0
        return found
    except BaseException as error:
        return _machines[m].stop(error, slot)


def _helper(
    m: int, which: int, by_number: int, slot: int, r1: int, r2: int, r3: int, r4: int, r5: int, depth: int
) -> int:
    try:
        state = _state(m)
        machine, words = state.machine, state.words
        machine.depth = depth
        machine.left = words[_LEFT]
        program = machine.program
        if by_number:
            result = machine.call_by_number(which, r1, r2, r3, r4, r5)
        else:
            result = program.helper_at(which)(machine, r1, r2, r3, r4, r5)
        words[_LEFT] = machine.left & M64
        words[_HELD] = len(machine.held)
        if slot in program.changes or by_number:
            state.packet_to_state()
        words[_FAULT] = 0
        return result & M64
    except BaseException as error:
        return _machines[m].stop(error, slot)


def _atomic(m: int, operation: int, address: int, where: int, value: int, expected: int, depth: int) -> int:
    try:
        state = _state(m)
        state.machine.depth = depth
        result = state.machine.atomic(operation, address, where & 255, value, expected) & M64
        state.words[_FAULT] = 0
        return result
    except BaseException as error:
        return _machines[m].stop(error, where >> 8)


def _resume(m: int, slot: int, depth: int) -> int:
    """Runs the rest of a function in the interpreter."""
    try:
        state = _state(m)
        machine, words = state.machine, state.words
        machine.depth = depth
        machine.left = words[_LEFT]
        result = machine.program.resume(machine, slot, depth, list(words[_R0 : _R0 + 10]))
        words[_LEFT] = machine.left & M64
        words[_HELD] = len(machine.held)
        state.packet_to_state()
        words[_FAULT] = 0
        return int(result)
    except BaseException as error:
        return _machines[m].stop(error, slot)


def _tail(
    m: int, which: int, by_number: int, slot: int, r1: int, r2: int, r3: int, r4: int, r5: int, depth: int
) -> int:
    """A tail call: `value` says whether it happened; the result is then r0, else -2 (what the kernel's helper leaves)."""
    try:
        state = _state(m)
        machine, words = state.machine, state.words
        machine.depth = depth
        machine.left = words[_LEFT]
        # A program that takes another's place runs as that one does, if it begins as a run does.
        natively = state.main_of if depth == 0 and r1 == words[_CONTEXT] else None
        result = machine.tail_call(depth, r1, r2, r3, r4, r5, natively)
        words[_LEFT] = machine.left & M64
        words[_HELD] = len(machine.held)
        state.packet_to_state()
        words[_VALUE] = result is not None
        words[_FAULT] = 0
        return M64 - 1 if result is None else result
    except BaseException as error:
        return _machines[m].stop(error, slot)


def _end(m: int) -> int:
    """Undoes what the program left undone in a batch's item."""
    try:
        state = _state(m)
        state.machine.end()
        state.words[_HELD] = state.words[_FAULT] = 0
        return 0
    except BaseException as error:
        return _machines[m].stop(error, 0)


def _clock_gettime() -> int:
    """The C library's function, where its clocks have Linux's numbers; else 0."""
    if sys.platform != "linux":
        return 0
    return ctypes.cast(ctypes.CDLL(None).clock_gettime, ctypes.c_void_p).value or 0


def _check_signals() -> int:
    return ctypes.cast(ctypes.pythonapi.PyErr_CheckSignals, ctypes.c_void_p).value or 0


def _callback(function: Callable[..., int], arguments: int) -> Any:
    return ctypes.PYFUNCTYPE(_U64, *[_U64] * arguments)(function)


_CALLBACKS = {
    "call_helper": _callback(_helper, 10),
    "call_window": _callback(_window, 5),
    "call_atomic": _callback(_atomic, 7),
    "call_resume": _callback(_resume, 3),
    "call_tail": _callback(_tail, 10),
    "call_end": _callback(_end, 1),
}

_RUN = ctypes.PYFUNCTYPE(_U64, _U64)
_BATCH = ctypes.PYFUNCTYPE(_U64, *[_U64] * 10)


class Native:
    """A program's machine code at one level, and its table of constants. `spent`: nanoseconds of the runs of level 0."""

    __slots__ = ("_batch", "code", "function", "level", "module", "spent", "table")

    def __init__(self, module: Module, code: Code | Linked, level: int) -> None:
        self.module = module
        self.code = code
        self.level = level
        self.spent = 0
        self.function = _RUN(code.addresses["run"])
        self._batch: Any = None
        values = module.values()
        self.table = Block(8 * len(values) + 8)
        self.table.view[: 8 * len(values)] = Struct(f"={len(values)}Q").pack(*values)

    @property
    def batch(self) -> Any:
        """The function for many items (see batch_entry.py), made when it is first asked for. It holds its code."""
        if self._batch is None:
            code = llvm.load(self.module.batch_text, self.level, ["run_batch"])
            self._batch = _BATCH(code.addresses["run_batch"])
            self._batch.code = code
        return self._batch

    def run(self, program: VmProgram, machine: Machine, length: int) -> int:
        """Runs the main function on a machine that is made ready. Raises Fault."""
        state = self.ready(program, machine, length)
        if self.level:
            result = self.function(state.address)
        else:
            start = perf_counter_ns()
            result = self.function(state.address)
            self.spent += perf_counter_ns() - start
        if state.words[_MOVED]:
            state.settle()
        if state.words[_FAULT]:
            raise self.fault(program, state)
        return int(result)

    def ready(self, program: VmProgram, machine: Machine, length: int) -> NativeState:
        """Puts what a run begins with into the machine's state."""
        state = machine.native
        if state is None:
            state = machine.native = NativeState(machine)
        packet = machine.packet
        untyped = program.spec.type == ProgType.UNSPEC
        context = 0 if untyped and not length else machine.context_base
        size = packet.end - packet.data
        _BEGIN.pack_into(
            state.block.view,
            0,
            machine.left,
            0,
            0,
            context,
            machine.context_end - machine.context_base if context else 0,
            length if untyped else 0,
            packet.data,
            size,
            packet.meta - packet.data,
            machine.stack.base,
            self.table.address,
        )
        state.words[WORD["cpu"]] = machine.cpu
        if self.module.moves:
            state.room_to_state()
        state.level = self.level
        return state

    def fault(self, program: VmProgram, state: NativeState) -> BaseException:
        words = state.words
        raised, state.raised = state.raised, None
        slot = words[_SLOT]
        if words[_FAULT] == FAULT_BUDGET:
            return program.fault(f"the budget of {program.engine.budget} instructions is used up", slot)
        if words[_FAULT] == FAULT_DEPTH:
            return program.fault("more than 8 calls in one another", slot)
        if raised is None:
            # A signal's handler raised where nobody could catch it, and Python said so on its error stream.
            return KeyboardInterrupt()
        if isinstance(raised, Fault) and raised.slot is None:
            found = located(raised, raised.__traceback__)
            return found if found.slot is not None else program.fault(raised.message, slot, raised.address)
        if isinstance(raised, KernelError):
            # A helper asked a map for what its type doesn't do.
            return program.fault(str(raised), slot)
        return raised


def compile_program(program: VmProgram, level: int) -> Native:
    """Machine code of level 0 (quick to make) or 2 (quick to run)."""
    module = _module(program)
    return Native(module, llvm.load(module.run_text, level, ["run"]), level)


def from_cache(program: VmProgram) -> Native | None:
    """Machine code of level 2 that was made before."""
    module = _module(program)
    code = llvm.cached(module.run_text, 2, ["run"])
    return Native(module, code, 2) if code is not None else None


def _module(program: VmProgram) -> Module:
    module = program.jit_module
    if module is None:
        module = program.jit_module = Module(program)
    return module
