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


class SelfTask:
    """This process. Its memory is nobody's business: every read of it fails with EFAULT."""

    def __init__(self) -> None:
        from threading import get_native_id

        self.tgid = os.getpid()
        self.pid = get_native_id()
        self.ppid = os.getppid()
        self.comm = (sys.argv[0].rpartition(os.sep)[2] or "python").encode()[:15] if hasattr(sys, "argv") else b"python"
        self.uid = os.getuid() if hasattr(os, "getuid") else 0
        self.gid = os.getgid() if hasattr(os, "getgid") else 0
        self.cpu = 0
        self.start_time = 0

    def read_memory(self, address: int, size: int) -> bytes:
        from errno import EFAULT

        raise OSError(EFAULT, os.strerror(EFAULT))

    def write_memory(self, address: int, data: bytes) -> None:
        self.read_memory(address, len(data))
