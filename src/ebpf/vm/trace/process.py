"""A command under trace, for its owner."""

from __future__ import annotations

import os
import signal
import threading

from ebpf.errors import Closed, KernelError
from ebpf.vm.trace import child
from ebpf.vm.trace.points import this_machine
from ebpf.vm.trace.samples import Metronome
from ebpf.vm.trace.seccomp import Filter, filter_for
from ebpf.vm.trace.tracer import Tracer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebpf.vm.trace.plan import Host

_PROT_WRITE, _PROT_EXEC = 2, 4


class TracedProcess:
    """`returncode` is that of `subprocess`: the exit status, or minus the signal that killed it; None while it runs.

    `notices` are lines for a person, added to as things happen: a program that faulted, a set-user-ID file that ran without
    its rights. `close` ends the command and all that it started: what runs under the filter can't run without its tracer.
    """

    def __init__(self, host: Host, command: Sequence[str]) -> None:
        if isinstance(command, (str, bytes)) or not command:
            raise TypeError("command is a list of words, the program first")
        self.notices: list[str] = []
        self.returncode: int | None = None
        self._ended = threading.Event()
        self._gone = threading.Event()
        self._started = threading.Event()
        self._refused: list[OSError] = []
        self._closed = False

        machine, table = this_machine()
        path = child.resolve(command[0])
        no_new_privs = not child.may_filter_freely()
        # The tracer is made first: it works out what is wanted, and says so if something can't be had.
        self._tracer = Tracer(
            host,
            machine,
            table,
            0,
            ended=self._leader_ended,
            notice=self.notices.append,
            no_new_privs=no_new_privs,
        )
        wanted = self._tracer.plan.numbers
        probes = self._tracer.plan.probes
        filter_ = None
        if wanted is None or wanted or probes:
            mmap = table.by_name["mmap"].number if probes else None
            protection = _PROT_EXEC | _PROT_WRITE if probes.count else _PROT_EXEC
            filter_ = Filter(filter_for(machine.audit_arch, wanted, mmap, protection))
        if self._tracer.plan.samples.each:
            self._tracer.metronome = Metronome(self._tracer.plan.samples.rate).pid
        started = child.Child(path, command, filter_, no_new_privs)
        self.pid = self._tracer.leader = started.pid
        thread = threading.Thread(target=self._trace, name=f"ebpf-trace-{self.pid}", daemon=True)
        try:
            started.ready()
            thread.start()
            self._started.wait()
            if self._refused:
                raise KernelError(
                    self._refused[0].errno or 1,
                    "trace a child of this process",
                    hint="tracing is forbidden here (kernel.yama.ptrace_scope=3, a container's rules, or a seccomp filter)",
                ) from self._refused[0]
            started.go()
            errno = started.failure()
        except BaseException:
            for pid in filter(None, (self.pid, self._tracer.metronome)):
                os.kill(pid, signal.SIGKILL)
                if self._refused:
                    os.waitpid(pid, 0)
            raise
        finally:
            started.close()
        if errno:
            self._gone.wait()
            raise KernelError(errno, f"run {path}")

    def _trace(self) -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, signal.valid_signals())
        try:
            self._tracer.seize()
        except OSError as error:
            self._refused.append(error)
            return
        finally:
            self._started.set()
        try:
            self._tracer.follow()
        except Exception as error:
            self.notices.append(f"internal error of the tracer, the command is killed: {error!r}")
        finally:
            # Should this thread ever end early, Linux kills what it traced (PTRACE_O_EXITKILL).
            self._ended.set()
            self._gone.set()

    def _leader_ended(self, status: int) -> None:
        self.returncode = os.waitstatus_to_exitcode(status)
        self._ended.set()

    @property
    def living(self) -> int:
        """How many threads are traced now, those of processes that the command left behind included."""
        return len(self._tracer.tracees)

    def poll(self) -> int | None:
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Waits for the command itself to end. TimeoutError if it doesn't within `timeout` seconds."""
        if not self._ended.wait(timeout):
            raise TimeoutError(f"process {self.pid} still runs")
        if self.returncode is None:
            self._reap()
        assert self.returncode is not None
        return self.returncode

    def wait_all(self, timeout: float | None = None) -> bool:
        """Waits for every process that the command started to end; whether they all did within `timeout` seconds."""
        return self._gone.wait(timeout)

    def send_signal(self, signal: int) -> None:
        if self._closed:
            raise Closed(f"process {self.pid} was closed")
        if self.returncode is None:
            try:
                os.kill(self.pid, signal)
            except ProcessLookupError:
                pass

    def close(self) -> None:
        """Kills what still runs and waits for its end."""
        if self._closed:
            return
        self._closed = True
        self._tracer.closing = True
        for tid in list(self._tracer.tracees):
            try:
                os.kill(tid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self._gone.wait()
        self._reap()

    def _reap(self) -> None:
        """Only if the tracer's thread ended before the command did."""
        if self.returncode is None:
            try:
                self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            except ChildProcessError:
                self.returncode = -signal.SIGKILL

    def __enter__(self) -> TracedProcess:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
