"""The traced thread at a stop, as helpers see it: who it is, and its memory.

What it is asked for is read then, from /proc, and kept only as long as it can't change.
"""

from __future__ import annotations

import errno
import os

from ebpf.vm.task import ProcTask
from ebpf.vm.trace import machine, ptrace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebpf.vm.trace.machine import Machine

#: Where the caller's registers are, for a program that is handed a pointer to them. No user address is so high.
REGISTERS_AT = 0xFFFF_C900_0000_3F58


class Task(ProcTask):
    """`pid` is the thread's id and `tgid` the process's, as in the kernel (user space says tid and pid)."""

    __slots__ = ("_kernel", "_machine", "_registers", "args", "call", "override", "program", "result")

    def __init__(self, machine: Machine, pid: int, tgid: int = 0) -> None:
        super().__init__(pid, tgid)
        self._machine = machine
        self._registers: Sequence[int] = ()
        self._kernel: bytes | None = None
        #: The system call it is in: number, arguments and, at its exit, the result.
        self.call = -1
        self.args: Sequence[int] = ()
        self.result = 0
        #: What bpf_override_return asked for.
        self.override: int | None = None
        #: The path of the program that it runs, once it has called exec.
        self.program = b""

    def at(self, values: Sequence[int]) -> None:
        """A new stop, with these registers."""
        self._registers = values
        self._kernel = None
        self.override = None

    def exec_done(self, tgid: int, program: bytes) -> None:
        """A thread that calls exec becomes the leader of its process."""
        self.pid = self._tgid = tgid
        self.program = program

    def user_registers(self) -> tuple[int, int, int]:
        """(instruction, stack and frame pointer) in user space, where a stack walk begins; zeros where unknown."""
        values = self._registers
        if not values:
            return 0, 0, 0
        return values[self._machine.ip], values[self._machine.sp], values[self._machine.fp]

    def read_memory(self, address: int, size: int) -> bytes:
        """`size` bytes of the process's memory, or of what `read_kernel` has. OSError (EFAULT) if they aren't all there."""
        found = self.read_kernel(address, size) or ptrace.read_memory(self.pid, address, size)
        if found is None:
            raise OSError(errno.EFAULT, os.strerror(errno.EFAULT))
        return found

    def read_kernel(self, address: int, size: int) -> bytes | None:
        """What a program may find in the kernel's memory: the caller's registers, nothing else."""
        offset = address - REGISTERS_AT
        if offset < 0 or not self._registers:
            return None
        if self._kernel is None:
            first = self.args[0] if self.args else None
            self._kernel = machine.kernel_registers(self._machine, self._registers, first)
        return self._kernel[offset : offset + size] if offset + size <= len(self._kernel) else None

    def read_string(self, address: int, size: int) -> bytes:
        """The bytes up to the first NUL, with it, at most `size`."""
        found = ptrace.read_string(self.pid, address, size)
        if found is None:
            raise OSError(errno.EFAULT, os.strerror(errno.EFAULT))
        return found

    def write_memory(self, address: int, data: bytes) -> None:
        if not ptrace.write_memory(self.pid, address, data):
            raise OSError(errno.EFAULT, os.strerror(errno.EFAULT))

    def send_signal(self, signal: int, thread: bool = False) -> int:
        """0, or a negative errno."""
        try:
            if thread:
                import ctypes

                tgkill = ctypes.PyDLL(None, use_errno=True).tgkill
                return 0 if tgkill(self.tgid, self.pid, signal) == 0 else -ctypes.get_errno()
            os.kill(self.tgid, signal)
        except OSError as error:
            return -(error.errno or 0)
        return 0
