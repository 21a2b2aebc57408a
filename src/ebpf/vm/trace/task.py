"""The traced thread at a stop, as helpers see it: who it is, and its memory.

What it is asked for is read then, from /proc, and kept only as long as it can't change.
"""

from __future__ import annotations

import errno
import os

from ebpf.vm.task import cgroup_of
from ebpf.vm.trace import machine, ptrace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebpf.vm.trace.machine import Machine

#: Where the caller's registers are, for a program that is handed a pointer to them. No user address is so high.
REGISTERS_AT = 0xFFFF_C900_0000_3F58


class Task:
    """`pid` is the thread's id and `tgid` the process's, as in the kernel (user space says tid and pid)."""

    __slots__ = ("_kernel", "_machine", "_registers", "_tgid", "args", "call", "override", "pid", "result")

    def __init__(self, machine: Machine, pid: int, tgid: int = 0) -> None:
        self._machine = machine
        self._registers: Sequence[int] = ()
        self._kernel: bytes | None = None
        self._tgid = tgid
        self.pid = pid
        #: The system call it is in: number, arguments and, at its exit, the result.
        self.call = -1
        self.args: Sequence[int] = ()
        self.result = 0
        #: What bpf_override_return asked for.
        self.override: int | None = None

    def at(self, values: Sequence[int]) -> None:
        """A new stop, with these registers."""
        self._registers = values
        self._kernel = None
        self.override = None

    @property
    def tgid(self) -> int:
        if not self._tgid:
            self._tgid = int(self.status("Tgid") or self.pid)
        return self._tgid

    def exec_done(self, tgid: int) -> None:
        """A thread that calls exec becomes the leader of its process."""
        self.pid = self._tgid = tgid

    def status(self, name: str) -> str:
        """A line of /proc/PID/status; empty if the process is gone."""
        try:
            with open(f"/proc/{self.pid}/status", "rb") as file:
                for line in file:
                    if line.startswith(name.encode() + b":"):
                        return line.split(b":", 1)[1].strip().decode("utf-8", "replace")
        except (OSError, ValueError):
            pass
        return ""

    @property
    def comm(self) -> bytes:
        """The thread's name, at most 15 bytes."""
        try:
            with open(f"/proc/{self.pid}/comm", "rb") as file:
                return file.read().removesuffix(b"\n")[:15]
        except OSError:
            return b""

    @property
    def uid(self) -> int:
        """The real user id, which is what bpf_get_current_uid_gid gives."""
        return int((self.status("Uid") or "0").split()[0])

    @property
    def gid(self) -> int:
        return int((self.status("Gid") or "0").split()[0])

    @property
    def cpu(self) -> int:
        """The CPU it ran on last."""
        words = self._stat()
        return int(words[36]) if len(words) > 36 else 0

    @property
    def start_time(self) -> int:
        """When it began, in nanoseconds since boot."""
        words = self._stat()
        return int(words[19]) * (1_000_000_000 // os.sysconf("SC_CLK_TCK")) if len(words) > 19 else 0

    def _stat(self) -> list[bytes]:
        """/proc/PID/stat from its third field on; the second, the name, may hold anything."""
        try:
            with open(f"/proc/{self.pid}/stat", "rb") as file:
                return file.read().rpartition(b")")[2].split()
        except OSError:
            return []

    @property
    def cgroup_id(self) -> int:
        """The id of its cgroup v2 folder; 0 where there is none."""
        return cgroup_of(self.pid)

    @property
    def ppid(self) -> int:
        return int(self.status("PPid") or 0)

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
