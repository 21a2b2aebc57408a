"""Ways into machine code that cost little: a callable made of machine code itself, and one call for many packets."""

from __future__ import annotations

import ctypes
from array import array

from ebpf.errors import Closed
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.contexts import layout_of
from ebpf.vm.jit import compile as llvm
from ebpf.vm.jit.module import OTHERS
from ebpf.vm.jit.state import FIELDS
from ebpf.vm.machine import Packet
from ebpf.vm.memory import Block
from ebpf.vm.testrun import LOOPBACK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ebpf.vm.jit.runtime import Native, NativeState
    from ebpf.vm.machine import Machine
    from ebpf.vm.program import VmProgram

_METH_NOARGS = 4

#: Sets the budget, runs, and gives r0 as a Python int; after a fault it calls `handler`, which raises. It is made for one state
#: and never kept on disk: addresses stand in it.
_THUNK = """\
define ptr @call(ptr %self, ptr %args) {{
  store i64 {budget}, ptr inttoptr (i64 {left} to ptr)
  %r = call i64 inttoptr (i64 {run} to ptr)(ptr inttoptr (i64 {state} to ptr))
  %f = load i64, ptr inttoptr (i64 {fault} to ptr)
  %bad = icmp ne i64 %f, 0
  br i1 %bad, label %failed, label %good
good:
  %v = call ptr inttoptr (i64 {number} to ptr)(i64 %r)
  ret ptr %v
failed:
  %e = call ptr inttoptr (i64 {raiser} to ptr)(ptr inttoptr (i64 {handler} to ptr))
  ret ptr %e
}}
"""


class Caller:
    """Keeps what a native callable stands on."""

    def __init__(self, program: VmProgram, data: bytes, context: bytes) -> None:
        self.program = program
        self.machine = program.engine.take()
        layout = layout_of(program.spec.type, len(context), program.spec.attach_type)
        self.machine.begin(program, program.engine.task)
        if layout.has_packet:
            self.machine.packet.fill(data)
        self.machine.set_context(layout, context)
        self.native = program.compile()
        self.state: NativeState = self.native.ready(program, self.machine, len(context))
        self.handler = self._raise
        api = ctypes.pythonapi
        text = _THUNK.format(
            budget=program.engine.budget,
            state=self.state.address,
            left=self.state.address + FIELDS["left"],
            fault=self.state.address + FIELDS["fault"],
            run=self.native.code.addresses["run"],
            number=ctypes.cast(api.PyLong_FromUnsignedLongLong, ctypes.c_void_p).value,
            raiser=ctypes.cast(api.PyObject_CallNoArgs, ctypes.c_void_p).value,
            handler=id(self.handler),
        )
        self.code = llvm.compiler().load_once(text, ["call"])
        self.name = ctypes.create_string_buffer(b"bpf")
        # struct PyMethodDef: name, function, flags, doc.
        self.method = (ctypes.c_void_p * 4)(
            ctypes.addressof(self.name), self.code.addresses["call"], _METH_NOARGS, None
        )
        make = api.PyCFunction_NewEx
        make.restype = ctypes.py_object
        make.argtypes = (ctypes.c_void_p, ctypes.py_object, ctypes.py_object)
        # `self` of the function is this object: it lives as long as the function does.
        self.function: Callable[[], int] = make(ctypes.addressof(self.method), self, "ebpf")

    def _raise(self) -> None:
        fault = self.native.fault(self.program, self.state)
        self.state.words[FIELDS["fault"] // 8] = 0
        raise fault


def caller(program: VmProgram, data: bytes = b"", context: bytes = b"") -> Callable[[], int]:
    """A function that runs the program on a machine of its own and gives r0. Packet and context are put in once: each run
    finds them as the last one left them. Raises Fault."""
    if program.closed:
        raise Closed(f"program {program.spec.name} is closed")
    return Caller(program, data, context).function


def can_batch(program: VmProgram) -> str:
    """Why a program can't run in batches; empty if it can."""
    if program.changes:
        slot = min(program.changes)
        return f"it calls {program.calls[slot]} at instruction {slot}, which may move the packet"
    if program.spec.type != ProgType.XDP:
        return f"programs of type {program.spec.type.label} run one by one: what their context says is of each packet"
    return ""


def run_batch(
    program: VmProgram,
    packets: bytearray,
    starts: Sequence[int],
    lengths: Sequence[int],
    on_fault: Callable[[int, BaseException], object] | None = None,
    tallies: array[int] | None = None,
) -> array[int]:
    """Runs an XDP program on many packets in one call: packet i is `lengths[i]` bytes at `starts[i]` of `packets`, changed
    in place. Gives the verdicts, 32 bits each.

    A fault is raised (packets before it are done), or given to `on_fault` with the packet's number and the rest go on; its
    verdict is then XDP_ABORTED. `tallies` (OTHERS + 1 of "Q") counts the verdicts of those that didn't. Not for programs that
    move their packet (bpf_xdp_adjust_head): there is no room around it.
    """
    why_not = can_batch(program)
    if why_not:
        raise ValueError(f"program {program.spec.name}: {why_not}")
    count = len(starts)
    where = starts if isinstance(starts, array) and starts.typecode == "Q" else array("Q", starts)
    sizes = lengths if isinstance(lengths, array) and lengths.typecode == "I" else array("I", lengths)
    if len(sizes) != count:
        raise ValueError(f"{count} starts and {len(sizes)} lengths")
    if tallies is None:
        tallies = array("Q", bytes(8 * OTHERS + 8))
    elif tallies.typecode != "Q" or len(tallies) != OTHERS + 1:  # machine code writes into it
        raise ValueError(f'tallies are {OTHERS + 1} of "Q", not {len(tallies)} of "{tallies.typecode}"')
    verdicts = array("I", bytes(4 * count))
    if not count:
        return verdicts
    native = program.compile()
    machine = program.engine.take()
    own = machine.packet
    try:
        batch = _Batch(program, native, machine, packets, tallies)
        done = 0
        while True:
            done = batch.run(where, sizes, verdicts, done)
            if done == count:
                return verdicts
            if where[done] + sizes[done] > len(packets):
                raise ValueError(
                    f"packet {done} ends at {where[done] + sizes[done]}, after the buffer's {len(packets)} bytes"
                )
            fault = native.fault(program, batch.state)
            if on_fault is None:
                raise fault
            on_fault(done, fault)
            done += 1
    finally:
        if machine.native is not None:
            machine.native.batch = False
        machine.packet = own
        program.engine.give(machine)


class _Batch:
    """A machine whose packet memory is the caller's buffer."""

    def __init__(
        self, program: VmProgram, native: Native, machine: Machine, packets: bytearray, tallies: array[int]
    ) -> None:
        self.native = native
        self.tallies = tallies
        self.budget = program.engine.budget
        machine.begin(program, program.engine.task)
        machine.set_context(layout_of(program.spec.type, 0), b"")
        machine.set_field("ingress_ifindex", LOOPBACK)
        self.context = machine.context_bytes()
        self.template = ctypes.create_string_buffer(self.context, len(self.context))
        self.memory = (ctypes.c_char * len(packets)).from_buffer(packets)
        machine.packet = packet = Packet()
        packet.block = Block.of(packets, ctypes.addressof(self.memory))
        packet.start = packet.block.address
        self.state = native.ready(program, machine, 0)
        self.state.batch = True

    def run(self, starts: array[int], lengths: array[int], verdicts: array[int], first: int) -> int:
        """The number of the first packet from `first` on that it did not get through; how many there are if none."""
        self.state.words[FIELDS["fault"] // 8] = 0
        return first + int(
            self.native.batch(
                self.state.address,
                ctypes.addressof(self.memory),
                len(self.memory),
                starts.buffer_info()[0] + 8 * first,
                lengths.buffer_info()[0] + 4 * first,
                verdicts.buffer_info()[0] + 4 * first,
                len(starts) - first,
                self.budget,
                ctypes.addressof(self.template),
                self.tallies.buffer_info()[0],
            )
        )
