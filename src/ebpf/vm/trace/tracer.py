"""Follows a command and all that it starts: one thread, which makes every ptrace(2) call.

A seccomp filter stops a thread at the system calls that some program wants, so that all others run at full speed. A stop
is answered at once: run the programs, let it go on. Signals, group stops and exits pass through as if nobody watched.
"""

from __future__ import annotations

import os
import signal
import struct
import time

from ebpf.errors import EbpfError
from ebpf.vm.arithmetic import M64
from ebpf.vm.trace import addresses, probes, ptrace, samples
from ebpf.vm.trace.breakpoints import STOPPING, TRAPS, Breakpoints
from ebpf.vm.trace.machine import syscall_args, syscall_number, unpack
from ebpf.vm.trace.plan import Plan
from ebpf.vm.trace.points import ENTRY, EXIT, Stop
from ebpf.vm.trace.task import Task

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ebpf.uapi.syscalls import Syscalls
    from ebpf.vm.trace.machine import Machine
    from ebpf.vm.trace.plan import Host, Run
    from ebpf.vm.trace.samples import Sampler

#: linux/auxvec.h, linux/limits.h
_AT_EXECFN, _PATH_MAX = 31, 4096
#: For so many milliseconds in which nothing happens a thread's maker may still announce it.
_MOMENTS = 200
_CREATING = frozenset(["clone", "clone3", "fork", "vfork"])


class Tracee:
    """A traced thread. `leaving` while its exit from system call `task.call` is awaited."""

    __slots__ = ("announced", "changed", "due", "fresh", "leaving", "ready", "returns", "sampled", "space", "task")

    def __init__(self, task: Task) -> None:
        self.task = task
        #: The event of the thread that made it has come. It may come late: Linux reports stops in no order.
        self.announced = False
        self.leaving = False
        #: It has not stopped yet: a thread that was just made.
        self.fresh = True
        #: It runs the command; before that it is our own child on its way to execve, whose calls nobody wants.
        self.ready = True
        #: What a program changed in its memory for the time of a call: address, bytes.
        self.changed: dict[int, bytes] = {}
        #: The programs that wait for a sample of it.
        self.due: list[Sampler] = []
        #: Sampler's link → the time on a CPU (ns) that its last sample stands for.
        self.sampled: dict[object, int] = {}
        self.space = probes.Space()
        #: Probed functions that it is in: (stack pointer at entry, return address, place).
        self.returns: list[tuple[int, int, probes.Breakpoint]] = []


class Tracer:
    """`follow` returns when the last traced process has ended."""

    def __init__(
        self,
        host: Host,
        machine: Machine,
        table: Syscalls,
        leader: int,
        *,
        ended: Callable[[int], None],
        notice: Callable[[str], None],
        no_new_privs: bool,
    ) -> None:
        self._host = host
        self.machine = machine
        self.table = table
        self.leader = leader
        self._ended = ended
        self.notice = notice
        self._no_new_privs = no_new_privs
        self.registers = ptrace.Registers(machine.words * 8)
        self.plan = Plan(host, machine, table)
        #: What the command was started with.
        self._covered = self.plan
        self._missed: list[str] = []
        self.tracees: dict[int, Tracee] = {}
        self._creating = frozenset(call.number for call in table.by_number.values() if call.name in _CREATING)
        self._execs = frozenset(call.number for call in table.by_number.values() if call.name.startswith("execve"))
        self._mmap = table.by_name["mmap"].number
        self._breakpoints = Breakpoints(self)
        #: Stops that were waited for out of turn.
        self.deferred: list[tuple[int, int]] = []
        self._sigreturn = table.by_name["rt_sigreturn"].number
        self._faulted: set[int] = set()
        #: New threads that are held until they are announced, so that programs see a fork before what its child does; and
        #: those that have ended unannounced, killed before they stopped for the first time or let go of.
        self._held: dict[int, Tracee] = {}
        #: Those of them that somebody's end may have left unannounced for good.
        self._orphans: set[int] = set()
        self._lost: set[int] = set()
        #: Set by another thread: whatever stops from now on is killed.
        self.closing = False
        #: The child that beats time, if there are samples to take.
        self.metronome = 0
        self._beat = 0

    def seize(self) -> None:
        options = (
            ptrace.O_TRACESYSGOOD
            | ptrace.O_TRACEFORK
            | ptrace.O_TRACEVFORK
            | ptrace.O_TRACECLONE
            | ptrace.O_TRACEEXEC
            | ptrace.O_TRACESECCOMP
            | ptrace.O_EXITKILL
        )
        if self.plan.end:
            options |= ptrace.O_TRACEEXIT
        ptrace.call(ptrace.SEIZE, self.leader, 0, options)
        if self.metronome:
            ptrace.call(ptrace.SEIZE, self.metronome, 0, ptrace.O_EXITKILL)
        tracee = Tracee(Task(self.machine, self.leader, self.leader))
        tracee.fresh = tracee.ready = False
        tracee.announced = True
        self.tracees[self.leader] = tracee

    def follow(self) -> None:
        while True:
            try:
                tid, status = self.deferred.pop(0) if self.deferred else self._wait()
            except ChildProcessError:
                # Of a thread that was killed in the midst of execve nobody tells the id it had before.
                self.tracees.clear()
                return
            if tid == self.metronome:
                self._tick(status)
            elif status & 0xFF == 0x7F:
                try:
                    self._stopped(tid, status >> 8 & 0xFF, status >> 16)
                except ProcessLookupError:
                    pass  # killed meanwhile: its end is the next that we hear of it
            else:
                self._gone(tid)
                if tid == self.leader:
                    self._ended(status)
                if not self.tracees and self.metronome:
                    os.kill(self.metronome, signal.SIGKILL)

    def _wait(self) -> tuple[int, int]:
        """The next thread that stopped or ended. Before it waits for long, threads whose maker may be dead are let go: one that
        lives stops a moment after the thread that it made. ChildProcessError: there are no threads left."""
        flags = ptrace.WALL | ptrace.WNOTHREAD
        if self._orphans:
            self._orphans &= self._held.keys()
            for _ in range(_MOMENTS if self._orphans else 0):
                tid, status = os.waitpid(-1, flags | os.WNOHANG)
                if tid:
                    return tid, status
                time.sleep(0.001)
            while self._orphans:
                self._release(self._orphans.pop())
        return os.waitpid(-1, flags)

    def _gone(self, tid: int) -> None:
        tracee = self.tracees.pop(tid, None)
        if tracee is None or not tracee.announced:
            self._lost.add(tid)
        self._held.pop(tid, None)
        # One that was killed can announce nothing any more.
        self._orphans.update(self._held)

    def _release(self, tid: int) -> None:
        tracee = self._held.pop(tid)
        try:
            self._born(tracee)
            ptrace.call(ptrace.CONT, tid)
        except ProcessLookupError:
            pass

    # ------------------------------------------------------------------------------------------------------ stops

    def _stopped(self, tid: int, stop: int, event: int) -> None:
        tracee = self.tracees.get(tid)
        if tracee is None:
            tracee = self.tracees[tid] = Tracee(Task(self.machine, tid))
            # Should one of that id have ended unannounced, its maker was killed: this is another.
            self._lost.discard(tid)
        if self.closing:
            os.kill(tid, signal.SIGKILL)
            if event != ptrace.EVENT_EXIT:
                return
        if tracee.due:
            # Whatever it stops for ends the interruption that was asked for: Linux lets a stop stand for it.
            self._sample(tracee)
        deliver = 0
        if event == ptrace.EVENT_SECCOMP:
            self._entry(tracee)
        elif stop == signal.SIGTRAP | 0x80:
            self._exit(tracee)
        elif event in (ptrace.EVENT_FORK, ptrace.EVENT_VFORK, ptrace.EVENT_CLONE):
            self._forked(tracee, ptrace.event_message(tid, event), event)
        elif event == ptrace.EVENT_EXEC:
            tracee = self._executed(tid, ptrace.event_message(tid, event))
        elif event == ptrace.EVENT_EXIT:
            tracee.task.exit_code = ptrace.exit_code(tid)
            self._ending(tracee)
        elif event == ptrace.EVENT_STOP:
            if stop in STOPPING:
                # Stopped with its whole process, until SIGCONT: it stays so, and we hear of the end.
                ptrace.call(ptrace.LISTEN, tid)
                return
            if tracee.fresh:
                tracee.fresh = False
                if not tracee.announced:
                    self._held[tid] = tracee
                    return
                self._born(tracee)
        elif not (stop in TRAPS and self._breakpoints.trap(tracee, stop)):
            deliver = stop
        if self.deferred and any(deferred == tid for deferred, _ in self.deferred):
            return  # something else has happened to it meanwhile
        if tracee.space.of is not self.current().probes and tracee.ready:
            self._breakpoints.sync(tracee)
        ptrace.call(ptrace.SYSCALL if tracee.leaving else ptrace.CONT, tid, 0, deliver)

    def _entry(self, tracee: Tracee) -> None:
        task = tracee.task
        values = unpack(self.machine, self.registers.get(task.pid))
        number = syscall_number(self.machine, values)
        if not tracee.ready:
            if number not in self._execs:
                return
            tracee.ready = True
        plan = self.current()
        task.at(values)
        task.call = number
        task.args = syscall_args(self.machine, values)
        runs = plan.at(ENTRY, number)
        if runs:
            self._run(runs, task)
        judges = plan.addresses.get(number)
        if judges and task.override is None:
            self._judged(judges, task, tracee.changed)
        if task.override is not None:
            self._skip(task, values, task.override)
        # A call that creates a thread comes back twice; the second time is `_born`.
        tracee.leaving = (
            bool(plan.at(EXIT, number))
            or (number == self._mmap and bool(plan.probes))
            or bool(tracee.changed)
            or number in plan.received
        )

    def _judged(self, runs: list[addresses.Run], task: Task, before: dict[int, bytes], result: int = 0) -> None:
        try:
            addresses.judge(runs, task, before, result)
        except Exception as error:
            self.faulty(runs[0], error)

    def _exit(self, tracee: Tracee) -> None:
        if not tracee.leaving:
            return
        tracee.leaving = False
        task = tracee.task
        for at, data in tracee.changed.items():
            ptrace.write_memory(task.pid, at, data)
        tracee.changed.clear()
        values = unpack(self.machine, self.registers.get(task.pid))
        received = self.current().received.get(task.call)
        if received and not values[self.machine.result] >> 63:
            self._judged(received, task, {}, values[self.machine.result])
        if task.call == self._mmap and self.plan.probes:
            self._breakpoints.mapped(tracee, values[self.machine.result])
        self._leave(task, values)

    def _leave(self, task: Task, values: tuple[int, ...]) -> None:
        task.at(values)
        result = values[self.machine.result]
        task.result = result - (1 << 64) if result >> 63 else result
        runs = self.current().at(EXIT, task.call)
        if task.call == self._sigreturn:
            # It restores the registers of before the signal, so that nobody knows any more which call this was (-1).
            self._run([run for run in runs if run.point.early], task)
            task.call = -1
            runs = [run for run in runs if run.point.number is None]
        self._run(runs, task)

    def _skip(self, task: Task, values: tuple[int, ...], result: int) -> None:
        """bpf_override_return: the call isn't made, and gives `result`."""
        machine = self.machine
        changed = list(values)
        changed[machine.result] = result & M64
        if machine.number_set == ptrace.NT_PRSTATUS:
            changed[machine.number] = M64
        else:
            ptrace.set_registers(task.pid, machine.number_set, struct.pack("=i", -1))
        self.set_registers(task.pid, changed)

    # --------------------------------------------------------------------------------------------------- lifetime

    def _forked(self, tracee: Tracee, child: int, event: int) -> None:
        lost = child in self._lost
        self._lost.discard(child)
        if not lost or os.path.exists(f"/proc/{child}"):  # else it has ended, and its id isn't taken again
            if child not in self.tracees:
                self.tracees[child] = Tracee(Task(self.machine, child))
            self.tracees[child].announced = True
            self._breakpoints.share(tracee, self.tracees[child], event)
        plan = self.current()
        if plan.fork:
            stop = Stop(self.machine, tracee.task)
            stop.child = child
            self._run(plan.fork, tracee.task, stop)
        if child in self._held:
            self._release(child)

    def _born(self, tracee: Tracee) -> None:
        """A new thread: it leaves the call that made it, with 0. For kprobes it never entered it."""
        if not self._creating:
            return
        plan = self.current()
        if plan.numbers is not None and not plan.numbers & self._creating:
            return
        task = tracee.task
        values = unpack(self.machine, self.registers.get(task.pid))
        number = syscall_number(self.machine, values)
        runs = [run for run in plan.at(EXIT, number) if not run.point.early] if number in self._creating else []
        if runs:
            task.call = number
            task.at(values)
            task.result = 0
            self._run(runs, task)

    def _executed(self, tid: int, former: int) -> Tracee:
        """A new program in process `tid`. A thread that wasn't the leader has taken the leader's id and place."""
        tracee = self.tracees.pop(former, None) or Tracee(Task(self.machine, tid))
        self.tracees[tid] = tracee
        tracee.announced = True
        tracee.task.exec_done(tid, self._program_of(tid))
        tracee.ready = True
        tracee.space, tracee.returns = probes.Space(), []
        if self._no_new_privs:
            self._say_if_powerless(tid)
        plan = self.current()
        if plan.exec:
            stop = Stop(self.machine, tracee.task)
            stop.old_pid = former
            self._run(plan.exec, tracee.task, stop)
        return tracee

    def _ending(self, tracee: Tracee) -> None:
        plan = self.current()
        tracee.leaving = False
        if plan.end:
            stop = Stop(self.machine, tracee.task)
            stop.group_dead = tracee.task.status("Threads") in ("1", "")
            self._run(plan.end, tracee.task, stop)

    def _program_of(self, tid: int) -> bytes:
        """The path that exec was called with, which the kernel leaves on the new stack (AT_EXECFN); else the program's own."""
        try:
            with open(f"/proc/{tid}/auxv", "rb") as file:
                words = memoryview(file.read()).cast("L")
            path = ptrace.read_string(
                tid, dict(zip(words[::2], words[1::2], strict=True)).get(_AT_EXECFN, 0), _PATH_MAX
            )
            return path.rstrip(b"\0") if path else os.fsencode(os.readlink(f"/proc/{tid}/exe"))
        except (OSError, TypeError):
            return b""

    def _say_if_powerless(self, tid: int) -> None:
        """Says so when a program would have run with another user's rights, had nobody traced it."""
        path = f"/proc/{tid}/exe"
        try:
            info = os.stat(path)
            rights = ""
            if info.st_mode & 0o4000 and info.st_uid != os.geteuid():
                rights = "set-user-ID"
            elif info.st_mode & 0o2010 == 0o2010 and info.st_gid != os.getegid():
                rights = "set-group-ID"
            elif "security.capability" in os.listxattr(path):
                rights = "capabilities"
            if rights:
                self.notice(
                    f"{os.readlink(path)} ({tid}) runs without its {rights}: a traced process can't gain rights"
                )
        except OSError:
            pass

    # ---------------------------------------------------------------------------------------------------- samples

    def _tick(self, status: int) -> None:
        if status & 0xFF != 0x7F:
            return
        self._beat += 1
        each = self.current().samples.each
        for tid, tracee in list(self.tracees.items()) if each else ():
            if tracee.ready and not tracee.fresh and not tracee.due:
                due = self._due(tracee, each)
                if due:
                    try:
                        ptrace.call(ptrace.INTERRUPT, tid)
                        tracee.due = due
                    except OSError:
                        pass
        try:
            ptrace.call(ptrace.CONT, self.metronome)
        except ProcessLookupError:
            pass

    def _due(self, tracee: Tracee, each: list[Sampler]) -> list[Sampler]:
        """The programs that a thread is to be sampled for: it runs, and has used the CPU for a period since their last sample."""
        if not samples.is_running(tracee.task.pid):
            return []
        spent = samples.spent(tracee.task.pid)
        if spent is None:
            return [sampler for sampler in each if self._beat % sampler.every == 0]
        due = []
        for sampler in each:
            last = tracee.sampled.get(sampler.link, 0)
            if spent - last >= sampler.period:
                # What came too late for its beat is made up for by one sample at most.
                tracee.sampled[sampler.link] = max(last + sampler.period, spent - sampler.period)
                due.append(sampler)
        return due

    def _sample(self, tracee: Tracee) -> None:
        due, tracee.due = tracee.due, []
        values = unpack(self.machine, self.registers.get(tracee.task.pid))
        tracee.task.at(values)
        for sampler in due:
            try:
                sampler.link.program.invoke(sampler.context(self.machine, values), tracee.task)
            except Exception as error:
                self.faulty(sampler, error)

    # ------------------------------------------------------------------------------------------------------- runs

    def current(self) -> Plan:
        if self.plan.count != self._host.attach_count:
            self.plan = Plan(self._host, self.machine, self.table)
            self._say_what_is_missed()
        return self.plan

    def _say_what_is_missed(self) -> None:
        """The filter was made when the command started: what was attached since may want more than it stops."""
        new, old = self.plan, self._covered
        missed = []
        if old.numbers is not None and (new.numbers is None or new.numbers - old.numbers):
            wanted = self.table.by_number if new.numbers is None else new.numbers - old.numbers
            names = [self.table.by_number[number].name for number in sorted(wanted)]
            missed.append(f"system calls ({', '.join(names[:5])}{', …' if len(names) > 5 else ''})")
        if new.probes and not old.probes:
            missed.append("functions of libraries that are loaded from now on")
        if new.end and not old.end:
            missed.append("exits of processes")
        if new.samples.each and not old.samples.each:
            missed.append("samples")
        if missed and missed != self._missed:
            self.notice(f"attached after the command started, which doesn't show {' and '.join(missed)}: attach before")
        self._missed = missed

    def set_registers(self, tid: int, values: list[int]) -> None:
        ptrace.set_registers(tid, ptrace.NT_PRSTATUS, struct.pack(f"={self.machine.words}Q", *values))

    def _run(self, runs: Iterable[Run], task: Task, stop: Stop | None = None) -> None:
        stop = stop or Stop(self.machine, task)
        for run in runs:
            try:
                run.link.program.invoke(run.point.make(stop), task)
            except Exception as error:
                self.faulty(run, error)

    def faulty(self, run: Run | probes.Run | addresses.Run | Sampler, error: Exception) -> None:
        """The kernel would never have let such a program in; here it is stopped, and the command goes on. So it does when the
        fault is ours."""
        if id(run) not in self._faulted:
            self._faulted.add(id(run))
            self.notice(str(error) if isinstance(error, EbpfError) else f"internal error: {error!r}")
