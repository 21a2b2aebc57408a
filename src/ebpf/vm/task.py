"""The task that a program runs in: what helpers say of "the current process"."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class Task(Protocol):
        """A process (thread) as helpers see it. `pid` is the thread's id, `tgid` the process's, as in the kernel.

        `read_memory` gives the `size` bytes at `address` of it, or raises OSError (EFAULT) if they can't all be read.
        """

        pid: int
        tgid: int
        ppid: int
        comm: bytes
        uid: int
        gid: int
        cpu: int
        start_time: int

        def read_memory(self, address: int, size: int) -> bytes: ...
        def write_memory(self, address: int, data: bytes) -> None: ...


#: Stands for a `struct task_struct`, which the vm has none of: reads through it fail.
TASK_AT = 0xFFFF_8880_0000_0000


def cgroup_of(process: int | str) -> int:
    """The id of a process's cgroup v2 folder, which is the folder's inode; 0 where there is none."""
    try:
        with open(f"/proc/{process}/cgroup", "rb") as file:
            for line in file:
                if line.startswith(b"0::"):
                    return os.stat(b"/sys/fs/cgroup" + line[3:].rstrip(b"\n")).st_ino
    except OSError:
        pass
    return 0


def _comm() -> bytes:
    """What Linux calls this thread; elsewhere the program's name."""
    try:
        with open("/proc/thread-self/comm", "rb") as file:
            return file.read().rstrip(b"\n")
    except OSError:
        return os.path.basename(sys.executable or "python").encode()[:15]


class SelfTask:
    """This process. Its memory is nobody's business: every read of it fails with EFAULT."""

    def __init__(self) -> None:
        from threading import get_native_id

        self.tgid = os.getpid()
        self.pid = get_native_id()
        self.ppid = os.getppid()
        self.comm = _comm()
        self.uid = os.getuid() if hasattr(os, "getuid") else 0
        self.gid = os.getgid() if hasattr(os, "getgid") else 0
        self.cpu = 0
        self.start_time = 0
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
        from errno import EFAULT

        raise OSError(EFAULT, os.strerror(EFAULT))

    def write_memory(self, address: int, data: bytes) -> None:
        self.read_memory(address, len(data))
