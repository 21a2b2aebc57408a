"""Ways into machine code that cost little: a callable made of machine code itself, and one call for many packets."""

from __future__ import annotations

import ctypes
from array import array

from ebpf.errors import Closed
from ebpf.vm.contexts import layout_of
from ebpf.vm.jit import compile as llvm
from ebpf.vm.jit.state import FIELDS
from ebpf.vm.machine import Packet
from ebpf.vm.memory import Block

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
declare ptr @PyLong_FromUnsignedLongLong(i64)
declare ptr @PyObject_CallNoArgs(ptr)
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


def run_batch(program: VmProgram, packets: bytearray, starts: Sequence[int], lengths: Sequence[int]) -> array[int]:
    """Runs the program on many packets in one call: packet i is `lengths[i]` bytes at `starts[i]` of `packets`, changed in
    place. Gives the verdicts, 32 bits each. The context is 0 but for the packet. Raises Fault; packets before it are done.

    For programs that don't move their packet (bpf_xdp_adjust_head and its like): there is no room around it.
    """
    if program.changes:
        slot = min(program.changes)
        raise ValueError(
            f"program {program.spec.name} calls {program.calls[slot]} at instruction {slot}, which moves the packet"
        )
    layout = layout_of(program.spec.type, 0, program.spec.attach_type)
    if not layout.has_packet:
        raise ValueError(f"program {program.spec.name} ({program.spec.type.label}) has no packet")
    count = len(starts)
    where = starts if isinstance(starts, array) and starts.typecode == "Q" else array("Q", starts)
    sizes = lengths if isinstance(lengths, array) and lengths.typecode == "I" else array("I", lengths)
    if len(sizes) != count:
        raise ValueError(f"{count} starts and {len(sizes)} lengths")
    verdicts = array("I", bytes(4 * count))
    if not count:
        return verdicts
    native = program.compile()
    machine = program.engine.take()
    try:
        return _run_batch(program, native, machine, packets, where, sizes, verdicts)
    finally:
        program.engine.give(machine)


def _run_batch(
    program: VmProgram,
    native: Native,
    machine: Machine,
    packets: bytearray,
    starts: array[int],
    lengths: array[int],
    verdicts: array[int],
) -> array[int]:
    machine.begin(program, program.engine.task)
    machine.set_context(layout_of(program.spec.type, 0, program.spec.attach_type), b"")
    total = len(packets)
    memory = (ctypes.c_char * total).from_buffer(packets)
    own = machine.packet
    machine.packet = packet = Packet()
    packet.block = Block.of(packets, ctypes.addressof(memory))
    packet.start = packet.block.address
    state = native.ready(program, machine, 0)
    state.batch = True
    try:
        return _run_all(program, native, state, memory, starts, lengths, verdicts)
    finally:
        state.batch = False
        machine.packet = own


def _run_all(
    program: VmProgram,
    native: Native,
    state: NativeState,
    memory: ctypes.Array[ctypes.c_char],
    starts: array[int],
    lengths: array[int],
    verdicts: array[int],
) -> array[int]:
    total, count = len(memory), len(starts)
    done = native.batch(
        state.address,
        ctypes.addressof(memory),
        total,
        starts.buffer_info()[0],
        lengths.buffer_info()[0],
        verdicts.buffer_info()[0],
        count,
        program.engine.budget,
    )
    if done < count:
        if starts[done] + lengths[done] > total:
            raise ValueError(f"packet {done} ends at {starts[done] + lengths[done]}, after the buffer's {total} bytes")
        raise native.fault(program, state)
    return verdicts
