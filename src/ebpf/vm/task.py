"""The task that a program runs in: what helpers say of "the current process"."""

from __future__ import annotations

import os
import sys
from errno import EFAULT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class Task(Protocol):
        """A process (thread) as helpers see it. `pid` is the thread's id, `tgid` the process's, as in the kernel.

        `read_memory` gives the `size` bytes at `address` of it, or raises OSError (EFAULT) if they can't all be read;
        `read_kernel` what it has in the kernel, None if there is nothing.
        """

        @property
        def pid(self) -> int: ...
        @property
        def tgid(self) -> int: ...
        @property
        def ppid(self) -> int: ...
        @property
        def comm(self) -> bytes: ...
        @property
        def uid(self) -> int: ...
        @property
        def gid(self) -> int: ...
        @property
        def cpu(self) -> int: ...
        @property
        def start_time(self) -> int: ...
        def status(self, name: str) -> str: ...
        def stat(self, field: int) -> int: ...
        def read_kernel(self, address: int, size: int) -> bytes | None: ...
        def read_memory(self, address: int, size: int) -> bytes: ...
        def write_memory(self, address: int, data: bytes) -> None: ...


def cgroup_path(process: int | str) -> bytes | None:
    """A process's place among the cgroups v2: "/" or a path below it. None where there is none."""
    try:
        with open(f"/proc/{process}/cgroup", "rb") as file:
            for line in file:
                if line.startswith(b"0::"):
                    return line[3:].rstrip(b"\n")
    except OSError:
        pass
    return None


def cgroup_of(process: int | str) -> int:
    """The id of a process's cgroup v2 folder, which is the folder's inode; 0 where there is none."""
    path = cgroup_path(process)
    try:
        return os.stat(b"/sys/fs/cgroup" + path).st_ino if path is not None else 0
    except OSError:
        return 0


class InProc:
    """What /proc tells of the thread `pid`: empty and 0 where it doesn't."""

    __slots__ = ()
    pid: int

    def status(self, name: str) -> str:
        """A line of /proc/PID/status."""
        try:
            with open(f"/proc/{self.pid}/status", "rb") as file:
                for line in file:
                    if line.startswith(name.encode() + b":"):
                        return line.split(b":", 1)[1].strip().decode("utf-8", "replace")
        except (OSError, ValueError):
            pass
        return ""

    def stat(self, field: int) -> int:
        """A field of /proc/PID/stat, counted as in proc(5); from the fourth on."""
        try:
            with open(f"/proc/{self.pid}/stat", "rb") as file:
                # The second, the name, may hold anything.
                words = file.read().rpartition(b")")[2].split()
        except OSError:
            return 0
        return int(words[field - 3]) if len(words) > field - 3 else 0

    def read_kernel(self, address: int, size: int) -> bytes | None:
        return None

    def _began(self) -> int:
        """When it began, in nanoseconds since boot."""
        began = self.stat(22)
        return began and began * (1_000_000_000 // os.sysconf("SC_CLK_TCK"))


class ProcTask(InProc):
    """Another thread: all that is known of it is in /proc. Its memory isn't read."""

    __slots__ = ("_tgid", "exit_code", "pid")

    def __init__(self, pid: int, tgid: int = 0) -> None:
        self.pid = pid
        self._tgid = tgid
        #: As wait(2) has it, when it ends.
        self.exit_code = 0

    @property
    def tgid(self) -> int:
        if not self._tgid:
            self._tgid = int(self.status("Tgid") or self.pid)
        return self._tgid

    @property
    def ppid(self) -> int:
        return int(self.status("PPid") or 0)

    @property
    def comm(self) -> bytes:
        """The thread's name, at most 15 bytes. Thread 0 is the kernel's own, which /proc doesn't have."""
        try:
            with open(f"/proc/{self.pid}/comm", "rb") as file:
                return file.read().removesuffix(b"\n")[:15]
        except OSError:
            return b"" if self.pid else b"swapper/0"

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
        return self.stat(39)

    @property
    def start_time(self) -> int:
        return self._began()

    @property
    def cgroup_id(self) -> int:
        """The id of its cgroup v2 folder; 0 where there is none."""
        return cgroup_of(self.pid)

    def read_memory(self, address: int, size: int) -> bytes:
        raise OSError(EFAULT, os.strerror(EFAULT))

    def write_memory(self, address: int, data: bytes) -> None:
        self.read_memory(address, len(data))


def _comm() -> bytes:
    """What Linux calls this thread; elsewhere the program's name."""
    try:
        with open("/proc/thread-self/comm", "rb") as file:
            return file.read().rstrip(b"\n")
    except OSError:
        return os.path.basename(sys.executable or "python").encode()[:15]


class SelfTask(InProc):
    """This process. Its memory is nobody's business: every read of it fails with EFAULT."""

    def __init__(self) -> None:
        import threading

        self.tgid = os.getpid()
        self.pid = getattr(threading, "get_native_id", os.getpid)()  # not on WebAssembly
        self.ppid = os.getppid()
        self.comm = _comm()
        self.uid = os.getuid() if hasattr(os, "getuid") else 0
        self.gid = os.getgid() if hasattr(os, "getgid") else 0
        self.cpu = 0
        self.start_time = self._began()
        self._cgroup_id: int | None = None

    @property
    def cgroup_id(self) -> int:
        """The id of its cgroup v2 folder when that was first asked; 0 where there is none."""
        if self._cgroup_id is None:
            self._cgroup_id = cgroup_of("self")
        return self._cgroup_id

    @cgroup_id.setter
    def cgroup_id(self, value: int) -> None:
        self._cgroup_id = value

    def read_memory(self, address: int, size: int) -> bytes:
        raise OSError(EFAULT, os.strerror(EFAULT))

    def write_memory(self, address: int, data: bytes) -> None:
        self.read_memory(address, len(data))
