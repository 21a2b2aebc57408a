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
from ebpf.vm.trace import probes, ptrace, samples
from ebpf.vm.trace.emulate import emulate
from ebpf.vm.trace.machine import MASK, syscall_args, syscall_number, unpack, user_context
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

_STOPPING = frozenset([signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU])
_TRAPS = frozenset([signal.SIGTRAP, signal.SIGSEGV, signal.SIGBUS])
_CLONE_VM, _PROT_EXEC = 0x100, 4
_CREATING = frozenset(["clone", "clone3", "fork", "vfork"])


class Tracee:
    """A traced thread. `leaving` while its exit from system call `task.call` is awaited."""

    __slots__ = ("announced", "due", "fresh", "leaving", "ready", "returns", "space", "task")

    def __init__(self, task: Task) -> None:
        self.task = task
        #: The event of the thread that made it has come. It may come late: Linux reports stops in no order.
        self.announced = False
        self.leaving = False
        #: It has not stopped yet: a thread that was just made.
        self.fresh = True
        #: It runs the command; before that it is our own child on its way to execve, whose calls nobody wants.
        self.ready = True
        #: The programs that wait for a sample of it.
        self.due: list[Sampler] = []
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
        self._machine = machine
        self._table = table
        self.leader = leader
        self._ended = ended
        self._notice = notice
        self._no_new_privs = no_new_privs
        self._registers = ptrace.Registers(machine.words * 8)
        self.plan = Plan(host, machine, table)
        self.covered = self.plan.numbers
        self.tracees: dict[int, Tracee] = {}
        self._creating = frozenset(call.number for call in table.by_number.values() if call.name in _CREATING)
        self._execs = frozenset(call.number for call in table.by_number.values() if call.name.startswith("execve"))
        self._mmap = table.by_name["mmap"].number
        self._return = probes.RETURN[machine.name]
        #: Stops that were waited for out of turn.
        self._deferred: list[tuple[int, int]] = []
        self._sigreturn = table.by_name["rt_sigreturn"].number
        self._faulted: set[int] = set()
        #: New threads that are held until they are announced, so that programs see a fork before what its child does; and
        #: those that have ended unannounced.
        self._held: dict[int, Tracee] = {}
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
        tracee = Tracee(Task(self._machine, self.leader, self.leader))
        tracee.fresh = tracee.ready = False
        tracee.announced = True
        self.tracees[self.leader] = tracee

    def follow(self) -> None:
        wait, flags = os.waitpid, ptrace.WALL | ptrace.WNOTHREAD
        while True:
            if self._deferred:
                tid, status = self._deferred.pop(0)
            else:
                try:
                    tid, status = wait(-1, flags)
                except ChildProcessError:
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

    def _gone(self, tid: int) -> None:
        tracee = self.tracees.pop(tid, None)
        if tracee is not None and not tracee.announced:
            self._lost.add(tid)
        self._held.pop(tid, None)
        # One that was killed can announce nothing any more: nobody may wait for it.
        for held in list(self._held):
            self._release(held)

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
            tracee = self.tracees[tid] = Tracee(Task(self._machine, tid))
        if self.closing:
            os.kill(tid, signal.SIGKILL)
            if event != ptrace.EVENT_EXIT:
                return
        deliver = 0
        if event == ptrace.EVENT_SECCOMP:
            self._entry(tracee)
        elif stop == signal.SIGTRAP | 0x80:
            self._exit(tracee)
        elif event in (ptrace.EVENT_FORK, ptrace.EVENT_VFORK, ptrace.EVENT_CLONE):
            self._forked(tracee, ptrace.event_message(tid), event)
        elif event == ptrace.EVENT_EXEC:
            tracee = self._executed(tid, ptrace.event_message(tid))
        elif event == ptrace.EVENT_EXIT:
            self._ending(tracee)
        elif event == ptrace.EVENT_STOP:
            if stop in _STOPPING:
                # Stopped with its whole process, until SIGCONT: it stays so, and we hear of the end.
                ptrace.call(ptrace.LISTEN, tid)
                return
            if tracee.due:
                self._sample(tracee)
            if tracee.fresh:
                tracee.fresh = False
                if not tracee.announced:
                    self._held[tid] = tracee
                    return
                self._born(tracee)
        elif not (stop in _TRAPS and self._at_probe(tracee, stop)):
            deliver = stop
        if self._deferred and any(deferred == tid for deferred, _ in self._deferred):
            return  # something else has happened to it meanwhile
        if tracee.space.of is not self._current().probes and tracee.ready:
            self._sync(tracee)
        ptrace.call(ptrace.SYSCALL if tracee.leaving else ptrace.CONT, tid, 0, deliver)

    def _entry(self, tracee: Tracee) -> None:
        task = tracee.task
        values = unpack(self._machine, self._registers.get(task.pid))
        number = syscall_number(self._machine, values)
        if not tracee.ready:
            if number not in self._execs:
                return
            tracee.ready = True
        plan = self._current()
        task.at(values)
        task.call = number
        task.args = syscall_args(self._machine, values)
        runs = plan.at(ENTRY, number)
        if runs:
            self._run(runs, task)
            if task.override is not None:
                self._skip(task, values, task.override)
        # A call that creates a thread comes back twice; the second time is `_born`.
        tracee.leaving = bool(plan.at(EXIT, number)) or (number == self._mmap and bool(plan.probes))

    def _exit(self, tracee: Tracee) -> None:
        if not tracee.leaving:
            return
        tracee.leaving = False
        task = tracee.task
        values = unpack(self._machine, self._registers.get(task.pid))
        if task.call == self._mmap and self.plan.probes:
            self._mapped(tracee, values[self._machine.result])
        self._leave(task, values)

    def _leave(self, task: Task, values: tuple[int, ...]) -> None:
        task.at(values)
        result = values[self._machine.result]
        task.result = result - (1 << 64) if result >> 63 else result
        runs = self._current().at(EXIT, task.call)
        if task.call == self._sigreturn:
            # It restores the registers of before the signal, so that nobody knows any more which call this was (-1).
            self._run([run for run in runs if run.point.early], task)
            task.call = -1
            runs = [run for run in runs if run.point.number is None]
        self._run(runs, task)

    def _skip(self, task: Task, values: tuple[int, ...], result: int) -> None:
        """bpf_override_return: the call isn't made, and gives `result`."""
        machine = self._machine
        changed = list(values)
        changed[machine.result] = result & MASK
        if machine.number_set == ptrace.NT_PRSTATUS:
            changed[machine.number] = MASK
        else:
            ptrace.set_registers(task.pid, machine.number_set, struct.pack("=i", -1))
        self._set_registers(task.pid, changed)

    # --------------------------------------------------------------------------------------------------- lifetime

    def _forked(self, tracee: Tracee, child: int, event: int) -> None:
        if child in self._lost:
            self._lost.discard(child)
        else:
            if child not in self.tracees:
                self.tracees[child] = Tracee(Task(self._machine, child))
            self.tracees[child].announced = True
            self._share_space(tracee, self.tracees[child], event)
        plan = self._current()
        if plan.fork:
            stop = Stop(self._machine, tracee.task)
            stop.child = child
            self._run(plan.fork, tracee.task, stop)
        if child in self._held:
            self._release(child)

    def _born(self, tracee: Tracee) -> None:
        """A new thread: it leaves the call that made it, with 0. For kprobes it never entered it."""
        if not self._creating:
            return
        plan = self._current()
        if plan.numbers is not None and not plan.numbers & self._creating:
            return
        task = tracee.task
        values = unpack(self._machine, self._registers.get(task.pid))
        number = syscall_number(self._machine, values)
        runs = [run for run in plan.at(EXIT, number) if not run.point.early] if number in self._creating else []
        if runs:
            task.call = number
            task.at(values)
            task.result = 0
            self._run(runs, task)

    def _executed(self, tid: int, former: int) -> Tracee:
        """A new program in process `tid`. A thread that wasn't the leader has taken the leader's id and place."""
        tracee = self.tracees.pop(former, None) or Tracee(Task(self._machine, tid))
        self.tracees[tid] = tracee
        tracee.announced = True
        tracee.task.exec_done(tid)
        tracee.ready = True
        tracee.space, tracee.returns = probes.Space(), []
        if self._no_new_privs:
            self._say_if_powerless(tid)
        plan = self._current()
        if plan.exec:
            stop = Stop(self._machine, tracee.task)
            stop.old_pid = former
            stop.filename = self._program_of(tid)
            self._run(plan.exec, tracee.task, stop)
        return tracee

    def _ending(self, tracee: Tracee) -> None:
        plan = self._current()
        tracee.leaving = False
        if plan.end:
            stop = Stop(self._machine, tracee.task)
            stop.group_dead = tracee.task.status("Threads") in ("1", "")
            self._run(plan.end, tracee.task, stop)

    def _program_of(self, tid: int) -> bytes:
        try:
            return os.fsencode(os.readlink(f"/proc/{tid}/exe"))
        except OSError:
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
                self._notice(
                    f"{os.readlink(path)} ({tid}) runs without its {rights}: a traced process can't gain rights"
                )
        except OSError:
            pass

    # ----------------------------------------------------------------------------------------------------- probes

    def _sync(self, tracee: Tracee) -> None:
        if not tracee.space.breakpoints and not self.plan.probes:
            tracee.space.of = self.plan.probes
            return
        try:
            probes.sync(self._machine, tracee.task.pid, tracee.space, self.plan.probes)
        except OSError as error:
            self._notice(f"process {tracee.task.pid} can't be probed: {error.strerror}")

    def _share_space(self, parent: Tracee, child: Tracee, event: int) -> None:
        """A new thread shares its maker's memory, as does a vforked child; a forked one has a copy, breakpoints included."""
        shared = event in (ptrace.EVENT_VFORK, ptrace.EVENT_CLONE)
        if event != ptrace.EVENT_VFORK and parent.space.breakpoints:
            # The event doesn't tell for certain; the call does.
            values = unpack(self._machine, self._registers.get(parent.task.pid))
            call = self._table.by_number.get(syscall_number(self._machine, values))
            first = syscall_args(self._machine, values)[0]
            if call is not None and call.name == "clone3":
                data = ptrace.read_memory(parent.task.pid, first, 8)
                first = int.from_bytes(data or b"", "little")
            shared = call is not None and call.name.startswith("clone") and bool(first & _CLONE_VM)
        child.space = parent.space if shared else parent.space.copy()
        child.returns = [] if shared and event != ptrace.EVENT_VFORK else list(parent.returns)

    def _mapped(self, tracee: Tracee, result: int) -> None:
        """A file was mapped: a library, as it is loaded."""
        _, size, protection, _, fd, offset = tracee.task.args
        if result > MASK - 4096:
            return
        probes.forget(tracee.space, result, size)
        key = probes.file_key(f"/proc/{tracee.task.pid}/fd/{fd & 0xFFFF_FFFF}")
        if key is not None:
            executable = bool(protection & _PROT_EXEC)
            probes.insert(
                self._machine, tracee.task.pid, tracee.space, self.plan.probes, key, result, size, offset, executable
            )

    def _at_probe(self, tracee: Tracee, stop: int) -> bool:
        """Whether a trap is ours: a breakpoint, or the return of a probed function. Then it is done with."""
        if not tracee.space.breakpoints and not tracee.returns:
            return False
        machine, tid = self._machine, tracee.task.pid
        values = unpack(machine, self._registers.get(tid))
        if stop != signal.SIGTRAP:
            return values[machine.ip] == self._return and self._returned(tracee, list(values))
        address = values[machine.ip] - machine.breakpoint_back
        breakpoint = tracee.space.breakpoints.get(address)
        if breakpoint is None:
            return False
        at = list(values)
        at[machine.ip] = address
        file = self._current().probes.files.get(breakpoint.file)
        if file is not None:
            runs = file.entries.get(breakpoint.offset)
            if runs:
                self._probe(runs, tracee.task, at)
            if breakpoint.offset in file.returns:
                self._hijack(tracee, at, breakpoint)
        self._pass(tracee, address, breakpoint, at)
        return True

    def _probe(self, runs: list[probes.Run], task: Task, values: list[int]) -> None:
        task.at(values)
        context = user_context(self._machine, values)
        for run in runs:
            try:
                run.invoke(context, task)
            except Exception as error:
                self._faulty(run, error)

    def _hijack(self, tracee: Tracee, values: list[int], breakpoint: probes.Breakpoint) -> None:
        """Lets the function return to where we see it."""
        machine, tid = self._machine, tracee.task.pid
        sp = values[machine.sp]
        # Frames that were left without a return (longjmp, an exception) lie below this one.
        tracee.returns = [entry for entry in tracee.returns if entry[0] >= sp]
        if machine.link >= 0:
            tracee.returns.append((sp, values[machine.link], breakpoint))
            values[machine.link] = self._return
            return
        data = ptrace.read_memory(tid, sp, 8)
        if data is not None and ptrace.write_memory(tid, sp, self._return.to_bytes(8, "little")):
            tracee.returns.append((sp, int.from_bytes(data, "little"), breakpoint))

    def _returned(self, tracee: Tracee, values: list[int]) -> bool:
        machine = self._machine
        back = self._return
        popped = 0 if machine.link >= 0 else 8
        while back == self._return:  # a probed function may have jumped to another in place of a call
            if not tracee.returns:
                return False
            sp, back, breakpoint = tracee.returns.pop()
            if sp + popped < values[machine.sp]:
                back = self._return  # left without a return
                continue
            values[machine.ip] = back if back != self._return else values[machine.ip]
            file = self._current().probes.files.get(breakpoint.file)
            runs = file.returns.get(breakpoint.offset) if file is not None else None
            if runs:
                self._probe(runs, tracee.task, values)
        self._set_registers(tracee.task.pid, values)
        return True

    def _pass(self, tracee: Tracee, address: int, breakpoint: probes.Breakpoint, values: list[int]) -> None:
        """Lets a thread go on behind a breakpoint: what that hides is done here, or stepped over with all others halted."""
        tid = tracee.task.pid
        if emulate(
            self._machine.name, breakpoint.code, values, lambda where, data: ptrace.write_memory(tid, where, data)
        ):
            self._set_registers(tid, values)
            return
        self._set_registers(tid, values)
        self._halt_others(tracee)
        probes.restore(tid, address, breakpoint, self._machine)
        signals = []
        while True:
            ptrace.call(ptrace.SINGLESTEP, tid)
            _, status = os.waitpid(tid, ptrace.WALL)
            if status & 0xFF != 0x7F:
                self._deferred.append((tid, status))
                return
            stop, event = status >> 8 & 0xFF, status >> 16
            if stop == signal.SIGTRAP and not event:
                break
            if event == ptrace.EVENT_STOP:
                # It was to be halted for another's step, or its process is to stop: it will, after this step.
                signals += [stop] if stop in _STOPPING else []
                continue
            if event:
                self._deferred.append((tid, status))
                break
            signals.append(stop)
        probes.put_back(tid, address, self._machine)
        for number in signals:
            tracee.task.send_signal(number, thread=True)

    def _halt_others(self, tracee: Tracee) -> None:
        """Stops the other threads of an address space; each is let go as its stop is dealt with, in its turn."""
        waiting = {tid for tid, _ in self._deferred}
        for tid, other in list(self.tracees.items()):
            if other is tracee or other.space is not tracee.space or other.fresh or tid in waiting:
                continue
            try:
                ptrace.call(ptrace.INTERRUPT, tid)
            except OSError:
                continue
            for _ in range(200):
                found, status = os.waitpid(tid, ptrace.WALL | os.WNOHANG)
                if found:
                    self._deferred.append((found, status))
                    break
                time.sleep(
                    0.0001
                )  # it may be on another CPU; one that sleeps in vfork(2) never comes, and runs nothing

    def _set_registers(self, tid: int, values: list[int]) -> None:
        ptrace.set_registers(tid, ptrace.NT_PRSTATUS, struct.pack(f"={self._machine.words}Q", *values))

    # ---------------------------------------------------------------------------------------------------- samples

    def _tick(self, status: int) -> None:
        if status & 0xFF != 0x7F:
            return
        self._beat += 1
        due = self._current().samples.due(self._beat)
        for tid, tracee in list(self.tracees.items()) if due else ():
            if tracee.ready and not tracee.fresh and not tracee.due and samples.is_running(tid):
                try:
                    ptrace.call(ptrace.INTERRUPT, tid)
                    tracee.due = due
                except OSError:
                    pass
        try:
            ptrace.call(ptrace.CONT, self.metronome)
        except ProcessLookupError:
            pass

    def _sample(self, tracee: Tracee) -> None:
        due, tracee.due = tracee.due, []
        values = unpack(self._machine, self._registers.get(tracee.task.pid))
        tracee.task.at(values)
        for sampler in due:
            try:
                sampler.link.program.invoke(sampler.context(self._machine, values), tracee.task)
            except Exception as error:
                self._faulty(sampler, error)

    # ------------------------------------------------------------------------------------------------------- runs

    def _current(self) -> Plan:
        if self.plan.count != self._host.attach_count:
            self.plan = Plan(self._host, self._machine, self._table)
        return self.plan

    def _run(self, runs: Iterable[Run], task: Task, stop: Stop | None = None) -> None:
        stop = stop or Stop(self._machine, task)
        for run in runs:
            try:
                run.link.program.invoke(run.point.make(stop), task)
            except Exception as error:
                self._faulty(run, error)

    def _faulty(self, run: Run | probes.Run | Sampler, error: Exception) -> None:
        """The kernel would never have let such a program in; here it is stopped, and the command goes on. So it does when the
        fault is ours."""
        if id(run) not in self._faulted:
            self._faulted.add(id(run))
            self._notice(str(error) if isinstance(error, EbpfError) else f"internal error: {error!r}")
