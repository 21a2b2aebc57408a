"""Waiting on several descriptors by several threads, all of whom a close wakes."""

from __future__ import annotations

import os
import select
from _thread import RLock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Waiter:
    """An epoll over descriptors, and a bell that `close` rings. What threads wait on is closed once none does."""

    def __init__(self, fds: Sequence[int]) -> None:
        self._lock = RLock()
        self._threads = 0
        self._closed = False
        self._epoll = select.epoll()
        self._bell = -1
        try:
            self._bell = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
            for fd in (*fds, self._bell):
                self._epoll.register(fd, select.EPOLLIN)
        except BaseException:
            self.close()
            raise

    def fileno(self) -> int:
        """Readable while one of them is."""
        return self._epoll.fileno()

    def wait(self, timeout: float) -> None:
        """Until one of them is readable, or `timeout` seconds (-1: without end), or the close."""
        with self._lock:
            if self._closed:
                return
            self._threads += 1
        try:
            self._epoll.poll(timeout)
        finally:
            with self._lock:
                self._threads -= 1
                self._shut()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            if self._threads:
                os.eventfd_write(self._bell, 1)
            self._shut()

    def _shut(self) -> None:
        if self._closed and not self._threads:
            bell, self._bell = self._bell, -1
            self._epoll.close()
            if bell >= 0:
                os.close(bell)
