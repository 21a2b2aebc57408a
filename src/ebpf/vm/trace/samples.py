"""Samples of a clock: programs of perf events, run on what the started processes are doing at each beat.

The tracer's thread sleeps in wait(2); a child of its own that stops at each beat wakes it. At a beat every traced thread that
runs, and has been on a CPU for a period since its last sample, is interrupted for a moment, and its registers are the
sample, as those of the task that a CPU runs are in the kernel.
"""

from __future__ import annotations

import os
import signal
import struct
import time

from ebpf.errors import HookError, NotSupported
from ebpf.hooks import PerfEvent
from ebpf.vm.trace import ptrace
from ebpf.vm.trace.child import fork
from ebpf.vm.trace.machine import user_context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ebpf.vm.trace.machine import Machine
    from ebpf.vm.trace.plan import Attached

#: Beats a second: what is taken where nothing is said (as on the kernel engine), and the most that there are.
DEFAULT, MOST = 99, 1000
#: The events that are clocks, by name and by number in `enum perf_sw_ids`.
_CLOCKS = frozenset(["cpu-clock", "task-clock", 0, 1])


def frequency(hook: PerfEvent) -> float:
    """Samples a second. Raises HookError or NotSupported for what is no clock."""
    if hook.kind != "software" or hook.config not in _CLOCKS:
        raise NotSupported(
            f"perf event {hook.kind}/{hook.config} in the vm", why="it has clocks only: cpu-clock, task-clock"
        )
    if hook.pid >= 0 or hook.cgroup:
        what = "one process (pid)" if hook.pid >= 0 else "a cgroup"
        raise NotSupported(f"samples of {what} in the vm", why="it samples the command that it starts")
    if hook.period and hook.frequency:
        raise HookError(f"perf event {hook.config}: a period or a frequency, not both")
    wanted = 1e9 / hook.period if hook.period else hook.frequency or DEFAULT
    if not 0 < wanted <= MOST:
        raise NotSupported(f"{wanted:g} samples a second in the vm", why=f"it takes {MOST} at most")
    return wanted


class Sampler:
    """One attached program. `period` in nanoseconds. Where Linux doesn't say how long a thread has been on a CPU, the program
    runs at each beat whose number `every` divides."""

    __slots__ = ("every", "link", "period")

    def __init__(self, link: Attached, rate: float, fastest: float) -> None:
        self.link = link
        self.every = max(1, round(fastest / rate))
        self.period = round(1e9 / rate)

    def context(self, machine: Machine, values: Sequence[int]) -> bytes:
        """struct bpf_perf_event_data: the registers, the period (nanoseconds), no address."""
        return user_context(machine, values) + struct.pack("=QQ", self.period, 0)


class Samplers:
    """All of them, and how fast they beat together."""

    def __init__(self, links: Iterable[Attached]) -> None:
        rates = [(link, frequency(link.hook)) for link in links if isinstance(link.hook, PerfEvent)]
        self.rate = max((rate for _, rate in rates), default=0.0)
        self.each = [Sampler(link, rate, self.rate) for link, rate in rates]


class Metronome:
    """A child that stops `rate` times a second, once it is traced. It ends with this process, or when it is killed."""

    def __init__(self, rate: float) -> None:
        parent = os.getpid()
        read, write = os.pipe()
        self.pid = fork()
        if self.pid == 0:
            try:
                _beat(rate, parent, write)
            finally:
                os._exit(0)
        os.close(write)
        os.read(read, 1)
        os.close(read)


def _beat(rate: float, parent: int, ready: int) -> None:
    ptrace.make_traceable()
    os.write(ready, b"r")
    # Nobody may wait for the end of a pipe because we hold it.
    os.closerange(0, 1 << 20)
    upcoming = time.monotonic()
    while os.getppid() == parent:
        upcoming = max(upcoming + 1 / rate, time.monotonic())
        time.sleep(max(upcoming - time.monotonic(), 0))
        os.kill(os.getpid(), signal.SIGCONT)


def spent(tid: int) -> int | None:
    """Nanoseconds that a thread has been on a CPU (/proc/PID/schedstat); None where the kernel doesn't count."""
    try:
        with open(f"/proc/{tid}/schedstat", "rb") as file:
            return int(file.read().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def is_running(tid: int) -> bool:
    """Whether a thread is on a CPU or waits for one."""
    try:
        with open(f"/proc/{tid}/stat", "rb") as file:
            return file.read().rpartition(b")")[2][1:2] == b"R"
    except OSError:
        return False
