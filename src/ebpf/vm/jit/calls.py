"""Callables that are made of machine code themselves: what a call costs above the program is a few nanoseconds.

Each has a machine of its own. While a call of it is under way (a helper may let another thread run), another call of it runs
the program in the ordinary way.
"""

from __future__ import annotations

import ctypes
from array import array

from ebpf.errors import Closed
from ebpf.vm.contexts import layout_of
from ebpf.vm.jit import compile as llvm
from ebpf.vm.jit.batch import Batch, can_batch
from ebpf.vm.jit.state import FIELDS, WORD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ebpf.vm.jit.runtime import NativeState
    from ebpf.vm.program import VmProgram

_METH_NOARGS, _METH_O = 4, 8
_FAULT = WORD["fault"]

#: The longest packet or context that goes in natively; longer ones take the ordinary way.
ROOM = 1 << 16

#: How both begin and end: `busy` is set while it runs, and what does not go natively goes to `handler`. They are made for one
#: state and never kept on disk: addresses stand in them.
_FRAME = """\
declare void @llvm.memcpy.p0.p0.i64(ptr noalias writeonly, ptr noalias readonly, i64, i1 immarg)
define ptr @call(ptr %self, ptr %argument) {{
  %busy = load i64, ptr inttoptr (i64 {busy} to ptr)
  %free = icmp eq i64 %busy, 0
  br i1 %free, label %enter, label %slow
enter:
  store i64 1, ptr inttoptr (i64 {busy} to ptr)
{body}
good:
  store i64 0, ptr inttoptr (i64 {busy} to ptr)
  %v = call ptr inttoptr (i64 {number} to ptr)(i64 %result)
  ret ptr %v
failed:
  %pending = call ptr inttoptr (i64 {occurred} to ptr)()
  %interrupted = icmp ne ptr %pending, null
  br i1 %interrupted, label %raised, label %refused
raised:
  store i64 0, ptr inttoptr (i64 {busy} to ptr)
  ret ptr null
refused:
  store i64 2, ptr inttoptr (i64 {busy} to ptr)
  br label %slow
slow:
  %e = call ptr (ptr, ...) inttoptr (i64 {ask} to ptr)(ptr inttoptr (i64 {handler} to ptr), ptr %argument, ptr null)
  ret ptr %e
}}
"""

_RUN = """\
  store i64 {budget}, ptr inttoptr (i64 {left} to ptr)
  %result = call i64 inttoptr (i64 {run} to ptr)(ptr inttoptr (i64 {state} to ptr))
  %f = load i64, ptr inttoptr (i64 {fault} to ptr)
  %bad = icmp ne i64 %f, 0
  br i1 %bad, label %failed, label %good"""

_ITEM = """\
  %p_at = alloca ptr
  %n_at = alloca i64
  %ok = call i32 inttoptr (i64 {bytes} to ptr)(ptr %argument, ptr %p_at, ptr %n_at)
  %is_bytes = icmp eq i32 %ok, 0
  br i1 %is_bytes, label %fits, label %not_bytes
not_bytes:
  store i64 0, ptr inttoptr (i64 {busy} to ptr)
  ret ptr null
fits:
  %p = load ptr, ptr %p_at
  %n = load i64, ptr %n_at
  %small = icmp ule i64 %n, {room}
  br i1 %small, label %copy, label %failed
copy:
  call void @llvm.memcpy.p0.p0.i64(ptr inttoptr (i64 {items} to ptr), ptr %p, i64 %n, i1 false)
  %short = trunc i64 %n to i32
  store i32 %short, ptr inttoptr (i64 {lengths} to ptr)
  %turn = load i64, ptr inttoptr (i64 {turn} to ptr)
  %next = add i64 %turn, 1
  store i64 %next, ptr inttoptr (i64 {turn} to ptr)
  %done = call i64 inttoptr (i64 {run} to ptr)(ptr inttoptr (i64 {state} to ptr), ptr inttoptr (i64 {items} to ptr), i64 %n,
    ptr inttoptr (i64 {starts} to ptr), ptr inttoptr (i64 {lengths} to ptr), ptr inttoptr (i64 {results} to ptr), i64 1,
    i64 {budget}, ptr inttoptr (i64 {template} to ptr), i64 %turn)
  %verdict = load i32, ptr inttoptr (i64 {results} to ptr)
  %result = zext i32 %verdict to i64
  %all = icmp eq i64 %done, 1
  br i1 %all, label %good, label %failed"""


class _Native:
    """A PyCFunction and what it stands on; the function holds this object, and lives as long as it."""

    function: Any

    def _make(self, body: str, flags: int, **addresses: int) -> None:
        api = ctypes.pythonapi
        # 0: nobody is in it; 1: somebody is; 2: and is in the handler for what went wrong.
        self.busy = array("Q", [0])
        self.handler = self._handle
        text = _FRAME.format(
            body=body.format(**addresses, busy=self.busy.buffer_info()[0]),
            busy=self.busy.buffer_info()[0],
            number=_address(api.PyLong_FromUnsignedLongLong),
            ask=_address(api.PyObject_CallFunctionObjArgs),
            handler=id(self.handler),
            occurred=_address(api.PyErr_Occurred),
        )
        self.code = llvm.load_once(text, ["call"])
        self.name = ctypes.create_string_buffer(b"bpf")
        # struct PyMethodDef: name, function, flags, doc.
        self.method = (ctypes.c_void_p * 4)(ctypes.addressof(self.name), self.code.addresses["call"], flags, None)
        make = api.PyCFunction_NewEx
        make.restype = ctypes.py_object
        make.argtypes = (ctypes.c_void_p, ctypes.py_object, ctypes.py_object)
        self.function = make(ctypes.addressof(self.method), self, "ebpf")

    def _handle(self, *argument: bytes) -> int:
        if self.busy[0] != 2:
            return self._run(*argument)
        try:
            return self._failed(*argument)
        finally:
            self.busy[0] = 0

    def _run(self, item: bytes = b"") -> int:
        """One run in the ordinary way."""
        raise NotImplementedError

    def _failed(self, item: bytes = b"") -> int:
        """Raises what went wrong; or gives r0, if it just didn't go natively."""
        raise NotImplementedError


def _address(function: Any) -> int:
    return ctypes.cast(function, ctypes.c_void_p).value or 0


class _Prepared(_Native):
    def __init__(self, program: VmProgram, data: bytes, context: bytes) -> None:
        self.program, self.data, self.context = program, data, context
        self.machine = program.engine.take()
        layout = layout_of(program.spec.type, len(context), program.spec.attach_type)
        self.machine.begin(program, program.engine.task)
        if layout.has_packet:
            self.machine.packet.fill(data)
        self.machine.set_context(layout, context)
        self.native = program.compile()
        self.state: NativeState = self.native.ready(program, self.machine, len(context))
        self._make(
            _RUN,
            _METH_NOARGS,
            budget=program.engine.budget,
            state=self.state.address,
            left=self.state.address + FIELDS["left"],
            fault=self.state.address + FIELDS["fault"],
            run=self.native.code.addresses["run"],
        )

    def _run(self, item: bytes = b"") -> int:
        return self.program.run(self.data, self.context).retval

    def _failed(self, item: bytes = b"") -> int:
        fault = self.native.fault(self.program, self.state)
        self.state.words[_FAULT] = 0
        self.state.settle()
        self.machine.end()
        raise fault


class _OfItems(_Native, Batch):
    """A batch of one item, again and again: each gets a number of its own."""

    def __init__(self, program: VmProgram) -> None:
        Batch.__init__(self, program, bytearray(ROOM))
        self.starts, self.lengths = array("Q", [0]), array("I", [0])
        self.results, self.turn = array("I", [0]), array("Q", [0])
        self._make(
            _ITEM,
            _METH_O,
            budget=program.engine.budget,
            state=self.state.address,
            run=_address(self.native.batch),
            items=self.address,
            room=ROOM,
            template=ctypes.addressof(self.template),
            bytes=_address(ctypes.pythonapi.PyBytes_AsStringAndSize),
            **{name: getattr(self, name).buffer_info()[0] for name in ("starts", "lengths", "results", "turn")},
        )

    def place(self, number: int) -> tuple[int, int]:
        return 0, self.lengths[0]

    def _run(self, item: bytes = b"") -> int:
        result = self.program.run(item) if self.of_packets else self.program.run(context=item)
        return result.retval & 0xFFFFFFFF

    def _failed(self, item: bytes = b"") -> int:
        if len(item) > ROOM:
            return self._run(item)
        error = self.why(self.turn[0] - 1)
        self.state.words[_FAULT] = 0
        raise error


def prepare(program: VmProgram, data: bytes = b"", context: bytes = b"") -> Callable[[], int]:
    """A function that runs the program and gives r0. Packet and context are put in once: each run finds them as the last one
    left them. Raises Fault."""
    if program.closed:
        raise Closed(f"program {program.spec.name} is closed")
    made: Callable[[], int] = _Prepared(program, data, context).function
    return made


def function(program: VmProgram) -> Callable[[bytes], int]:
    """A function that runs the program on a packet, or on a context if programs of its type have no packet, and gives r0's low
    32 bits. Raises Fault; KernelError for a packet that the kernel would refuse; ValueError where `can_batch` says why."""
    if program.closed:
        raise Closed(f"program {program.spec.name} is closed")
    why_not = can_batch(program)
    if why_not:
        raise ValueError(f"program {program.spec.name}: {why_not}")
    made: Callable[[bytes], int] = _OfItems(program).function
    return made
