"""How a reader of a ring sleeps until there is something: a descriptor that poll, select and asyncio take."""

from __future__ import annotations

import os
import sys
from threading import Lock

from ebpf.vm.memory import Block


class Wakeup:
    """`fileno()` is readable from `wake()` to `clear()`; -1 on Windows, where select takes sockets only. Nothing is opened before
    the first `fileno()`."""

    def __init__(self) -> None:
        self._read = -1
        self._write = -1
        self._lock = Lock()
        self._flag = Block(1)
        #: Where machine code sees whether somebody was woken already.
        self.raised_at = self._flag.address

    @property
    def _raised(self) -> bool:
        return bool(self._flag.view[0])

    @_raised.setter
    def _raised(self, value: bool) -> None:
        self._flag.view[0] = value

    def fileno(self) -> int:
        with self._lock:
            if self._read < 0 and sys.platform != "win32":
                if hasattr(os, "eventfd"):
                    self._read = self._write = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
                else:
                    self._read, self._write = os.pipe()
                    os.set_blocking(self._read, False)
                if self._raised:
                    self._signal()
            return self._read

    def wake(self) -> None:
        with self._lock:
            if not self._raised:
                self._raised = True
                if self._write >= 0:
                    self._signal()

    def _signal(self) -> None:
        # An eventfd takes a number of 64 bits in this machine's byte order, a pipe anything.
        os.write(self._write, (1).to_bytes(8, sys.byteorder))

    def clear(self) -> None:
        """Before the reader looks: what comes after this wakes it again."""
        with self._lock:
            if self._raised:
                self._raised = False
                if self._read >= 0:
                    try:
                        os.read(self._read, 4096)
                    except BlockingIOError:
                        pass

    def close(self) -> None:
        with self._lock:
            for fd in {self._read, self._write} - {-1}:
                os.close(fd)
            self._read = self._write = -1
