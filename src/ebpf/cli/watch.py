"""Readings at intervals beside a COMMAND, until it ends, time is up or a signal says so."""

from __future__ import annotations

import errno
import os
import signal
import time

import click

from ebpf.cli import readings, status
from ebpf.cli.main import say
from ebpf.errors import EbpfError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType
    from typing import Any

    from ebpf.cli.readings import Reading
    from ebpf.cli.showing import Show
    from ebpf.engine import Process
    from ebpf.events import Events
    from ebpf.objects.object import Object

#: How long a COMMAND that was asked to end may take before it is killed, in seconds.
GRACE = 3.0
#: How long an event may lie in its buffer before it is shown, in seconds.
EVENT_WAIT = 0.1
#: 0 on Windows.
_SIGHUP = getattr(signal, "SIGHUP", 0)


class _Woken(Exception):
    """A signal came while nothing was being done."""


def _those_there(stream: Events[Any]) -> list[Any]:
    """Its events. What is no record of the type (it is shorter) is told and left behind: COMMAND goes on."""
    while True:
        try:
            return stream.read()
        except EbpfError as error:
            if type(error) is not EbpfError:
                raise  # of the reader, not of a record
            say(f"{error}: it is left out; without --type its bytes are shown")


class Watch:
    """Readings at each interval until COMMAND ends, time is up or a signal says so; then a last one."""

    def __init__(
        self, obj: Object, show: Show, interval: float, duration: float | None, streams: Sequence[Events] = ()
    ) -> None:
        self._streams = streams
        self._obj = obj
        self._show = show
        self._interval = interval
        self._start = time.monotonic()
        self._deadline = self._start + duration if duration is not None else float("inf")
        self._process: Process | None = None
        self._signals: list[int] = []
        self._waiting = False
        self._ending = 0
        self._kill_at = float("inf")
        self._said = 0

    def run(self, command: Sequence[str]) -> int:
        handled = [signal.SIGINT, signal.SIGTERM]
        # Whoever started us with nohup wants us to go on.
        if _SIGHUP and signal.getsignal(_SIGHUP) != signal.SIG_IGN:
            handled.append(signal.Signals(_SIGHUP))
        before = {number: signal.signal(number, self._on_signal) for number in handled}
        try:
            if command:
                self._process = _spawn(self._obj, command)
            try:
                self._watch()
            finally:
                self._notices()
                if self._process is not None:
                    self._process.close()
                    self._notices()  # a program may have run into its budget until now
            self._events()
            self._show.last(self._read(), self._process)
        except OSError as error:
            if error.errno not in (errno.EIO, errno.EPIPE):
                raise
            if error.errno == errno.EPIPE and not self._ending:
                raise BrokenPipeError from error  # without an errno, or click ends us in its own way
            # The terminal is gone: SIGHUP is on its way, or was here.
            self._ending = self._ending or _SIGHUP
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            for stream in self._streams:
                stream.close()
            self._show.close()
            if self._process is not None:
                self._process.close()
        return self._status()

    def _status(self) -> int:
        if self._ending and self._ending != signal.SIGINT:
            return status.SIGNAL + self._ending
        process = self._process
        if process is None or time.monotonic() >= self._deadline:
            return status.OK
        return status.of_command(process.returncode or 0)

    def _read(self) -> Reading:
        return readings.take(self._obj, time.monotonic() - self._start)

    def _watch(self) -> None:
        upcoming = self._start + self._interval
        while True:
            now = time.monotonic()
            if self._over() or now >= self._deadline:
                return
            if now >= self._kill_at and self._process is not None:
                self._process.close()
                return
            if now >= upcoming:
                self._notices()
                self._show.reading(self._read())
                upcoming += self._interval * max(1, int((time.monotonic() - upcoming) / self._interval) + 1)
            self._events()
            wake = min(upcoming, self._deadline, self._kill_at) - time.monotonic()
            try:
                self._wait(min(wake, EVENT_WAIT) if self._streams else wake)
            except _Woken:
                pass  # it came in the moment between waking and saying so

    def _over(self) -> bool:
        """Whether there is nothing left to wait for. Answers the signals that came."""
        process = self._process
        while self._signals:
            number = self._signals.pop(0)
            if process is None or process.poll() is not None:
                self._ending = number
                return True
            if self._ending:
                self._kill_at = 0  # asked twice
            elif number != signal.SIGINT:
                self._kill_at = time.monotonic() + GRACE
            # Ctrl-C on a terminal has reached COMMAND already.
            if number != signal.SIGINT or not _from_terminal():
                process.send_signal(number)
            self._ending = number
        if process is None or process.poll() is None:
            return False
        left = getattr(process, "living", 0)
        if not left:
            return True
        if not self._said:
            self._said = left
            say(f"{left} processes that COMMAND left behind still run, and can't without us: waiting; Ctrl-C ends them")
        return False

    def _events(self) -> None:
        for stream in self._streams:
            for event in _those_there(stream):
                self._show.event(stream.name, readings.plain(event), time.monotonic() - self._start)

    def _notices(self) -> None:
        notices: list[str] = getattr(self._process, "notices", [])
        while notices:
            say(notices.pop(0))
        # What programs print (bpf_printk). The kernel has one pipe for all of a machine, which is not ours to empty.
        printed = getattr(self._obj.engine, "trace_lines", None)
        while printed:
            say(printed.popleft().decode(errors="replace").rstrip("\n"), "bpf_printk")

    def _wait(self, seconds: float) -> None:
        """Sleeps until COMMAND ends or a signal comes, at most `seconds`."""
        process = self._process
        seconds = max(seconds, 0)
        try:
            self._waiting = True
            if self._signals:
                return
            if process is None:
                time.sleep(seconds)
            elif process.poll() is None:
                process.wait(seconds)
            elif hasattr(process, "wait_all"):
                process.wait_all(seconds)
        except (_Woken, TimeoutError):
            pass
        finally:
            self._waiting = False

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._signals.append(number)
        if self._waiting:
            self._waiting = False
            raise _Woken


def _spawn(obj: Object, command: Sequence[str]) -> Process:
    """Starts COMMAND. One that can't be started ends us as a shell would: 126, or 127 if there is none."""
    from ebpf.errors import KernelError

    try:
        return obj.spawn(command)
    except KernelError as error:
        if error.errno == errno.ENOENT:
            raise _Exit(str(error), status.NOT_FOUND) from error
        if error.errno in (errno.ENOEXEC, errno.EACCES):
            raise _Exit(str(error), status.CANNOT_RUN) from error
        raise


class _Exit(click.ClickException):
    """An error with an exit status of its own."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]


def _from_terminal() -> bool:
    """Whether we are in the foreground of a terminal: then its Ctrl-C goes to COMMAND as it does to us."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)
