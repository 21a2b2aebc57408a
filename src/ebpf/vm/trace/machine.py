"""What differs between machines: where the registers are that a system call, a function call and a stack walk use.

`values` is what PTRACE_GETREGSET gives: 8-byte words, in the order of `struct user_regs_struct` (x86-64,
arch/x86/include/asm/user_64.h) or `struct user_pt_regs` (arm64, arch/arm64/include/uapi/asm/ptrace.h).
"""

from __future__ import annotations

import os
import struct
import sys

from ebpf._record import Frozen
from ebpf.vm.trace import ptrace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Machine(Frozen):
    """Indices are of 8-byte words in the register set."""

    name: str
    audit_arch: int  # linux/audit.h: AUDIT_ARCH_…
    words: int  # in the register set
    context: int  # words of `struct pt_regs` as a program sees it, from the start of the register set
    number: int  # the system call's number at entry and exit
    number_set: int  # the register set in which the number can be changed
    result: int
    args: tuple[int, ...]  # of a system call
    function_args: tuple[int, ...]  # of a function, C calling convention
    ip: int
    sp: int
    fp: int
    link: int  # the register that holds a function's return address; -1: it is on the stack
    breakpoint: bytes
    breakpoint_back: int  # bytes that the instruction pointer is past a breakpoint at its trap


X86_64 = Machine(
    name="x86_64",
    audit_arch=0xC000003E,
    words=27,
    context=21,
    number=15,
    number_set=ptrace.NT_PRSTATUS,
    result=10,
    args=(14, 13, 12, 7, 9, 8),
    function_args=(14, 13, 12, 11, 9, 8),
    ip=16,
    sp=19,
    fp=4,
    link=-1,
    breakpoint=b"\xcc",
    breakpoint_back=1,
)
AARCH64 = Machine(
    name="aarch64",
    audit_arch=0xC00000B7,
    words=34,
    context=34,
    number=8,
    number_set=ptrace.NT_ARM_SYSTEM_CALL,
    result=0,
    args=(0, 1, 2, 3, 4, 5),
    function_args=(0, 1, 2, 3, 4, 5, 6, 7),
    ip=32,
    sp=31,
    fp=29,
    link=30,
    breakpoint=b"\x00\x00\x20\xd4",  # brk #0
    breakpoint_back=0,
)
MACHINES = {machine.name: machine for machine in (X86_64, AARCH64)}


def this_machine() -> Machine | None:
    """This machine, if the tracer knows it: a process of 32 bits sees other registers than its 64-bit kernel's."""
    if sys.maxsize < 1 << 32 or not hasattr(os, "uname"):
        return None
    return MACHINES.get(os.uname().machine)


def unpack(machine: Machine, raw: bytes) -> tuple[int, ...]:
    return struct.unpack(f"={machine.words}Q", raw[: machine.words * 8])


def signed(value: int) -> int:
    return value - (1 << 64) if value >> 63 else value


def syscall_number(machine: Machine, values: Sequence[int]) -> int:
    return signed(values[machine.number])


def syscall_args(machine: Machine, values: Sequence[int]) -> list[int]:
    return [values[index] for index in machine.args]


def kernel_registers(machine: Machine, values: Sequence[int], first_arg: int | None = None) -> bytes:
    """The caller's registers as the kernel's own `struct pt_regs` holds them during a system call.

    arm64 keeps `orig_x0` and `syscallno` behind what user space sees (arch/arm64/include/asm/ptrace.h); x0 is
    the result at exit, so `first_arg` is what it was at entry.
    """
    if machine.name == "x86_64":
        return struct.pack("=21Q", *values[:21])
    orig_x0 = values[0] if first_arg is None else first_arg
    return struct.pack("=35QiIQQ", *values[:34], orig_x0, syscall_number(machine, values), 0, 0, 0)


def function_context(machine: Machine, args: Sequence[int], result: int | None = None, ip: int = 0) -> bytes:
    """`struct pt_regs` at the entry of a kernel function called with `args`, or at its return with `result`."""
    words = [0] * machine.context
    for index, value in zip(machine.function_args, args, strict=False):
        words[index] = value
    if result is not None:
        words[machine.result] = result
    words[machine.ip] = ip
    return struct.pack(f"={machine.context}Q", *words)


def user_context(machine: Machine, values: Sequence[int]) -> bytes:
    """`struct pt_regs` as a probe in user space sees it: the registers themselves."""
    return struct.pack(f"={machine.context}Q", *values[: machine.context])
