"""What programs say by bpf_printk: the lines of tracefs' trace_pipe.

There is one pipe for the whole machine: a line goes to whoever reads first, and lines of other tracers are in it too.
"""

from __future__ import annotations

import errno
import os
import select
import time

from ebpf._record import Frozen
from ebpf.errors import Closed, NotSupported
from ebpf.kernel import privilege, sys, tracefs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = "bpf_trace_printk: "


class Line(Frozen):
    """A line: the task that the program ran in, its CPU, seconds since boot, and the text."""

    comm: str
    pid: int
    cpu: int
    time: float
    text: str


def parse(line: str) -> Line | None:
    """ "  <...>-123  [001] d.h31  12.345678: bpf_trace_printk: text" as a Line; None for what no program printed."""
    head, mark, text = line.partition(_MARK)
    if not mark:
        return None
    task, bracket, rest = head.rpartition("[")
    cpu, _, stamp = rest.partition("]")
    comm, dash, pid = task.strip().split("  ")[0].rpartition("-")
    # With the option record-tgid, the thread group stands in brackets behind the pid.
    if "(" in task and not pid.strip().isdigit():
        comm, dash, pid = task.partition("(")[0].strip().rpartition("-")
    try:
        seconds = float(stamp.split()[-1].rstrip(":"))
        return Line(comm.strip(), int(pid), int(cpu), seconds, text.rstrip("\n"))
    except (ValueError, IndexError):
        return Line("", 0, 0, 0.0, text.rstrip("\n")) if bracket and dash else None


def _switch_on() -> None:
    """Lets lines be written. Loading a program that prints does it, too, on newer kernels a moment later (in a work queue):
    what a program prints until then is lost."""
    try:
        fd = tracefs.open_file("events/bpf_trace/bpf_trace_printk/enable", os.O_WRONLY)
    except OSError:
        return  # a kernel before 5.9 writes without it
    try:
        os.write(fd, b"1")
    except OSError:
        pass
    finally:
        os.close(fd)


class PrintkReader:
    """Reads the lines of bpf_printk as they come. A context manager. Raises KernelError without the right to."""

    def __init__(self) -> None:
        if sys.ELSEWHERE:
            raise NotSupported("reading what programs print", why=sys.ELSEWHERE)
        try:
            self._fd = tracefs.open_file("trace_pipe", os.O_RDONLY | os.O_NONBLOCK)
        except OSError as error:
            busy = error.errno == errno.EBUSY
            hint = "another process reads it" if busy else privilege.denied("needs root")
            raise sys.error(error.errno or 0, "reading trace_pipe in tracefs", hint) from None
        self._rest = b""
        _switch_on()

    def fileno(self) -> int:
        """Readable when there are lines."""
        if self._fd < 0:
            raise Closed("the reader of trace_pipe is closed")
        return self._fd

    def read(self, timeout: float | None = 0) -> list[Line]:
        """The lines that are there, after waiting `timeout` seconds for the first (None: without end)."""
        fd = self.fileno()
        out: list[Line] = []
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            try:
                data = os.read(fd, 1 << 16)
            except BlockingIOError:
                data = b""
            if data:
                *lines, self._rest = (self._rest + data).split(b"\n")
                out += [found for line in lines if (found := parse(line.decode(errors="replace"))) is not None]
                continue
            left = None if end is None else max(end - time.monotonic(), 0)
            if out or left == 0:
                return out
            poller = select.poll()
            poller.register(fd, select.POLLIN)
            poller.poll(None if left is None else left * 1000)  # what wakes us may be no line of a program's

    def __iter__(self) -> Iterator[Line]:
        while self._fd >= 0:
            yield from self.read(None)

    def close(self) -> None:
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)

    def __enter__(self) -> PrintkReader:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
