"""A traced thread at a breakpoint: run the programs of the probe that stands there, and let it pass unharmed.

Also where breakpoints are to be: in every new address space, in libraries as they are mapped, and gone when nobody is attached.
"""

from __future__ import annotations

import os
import signal
import time

from ebpf.vm.arithmetic import M64
from ebpf.vm.trace import probes, ptrace
from ebpf.vm.trace.emulate import emulate
from ebpf.vm.trace.machine import syscall_args, syscall_number, unpack, user_context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.trace.task import Task
    from ebpf.vm.trace.tracer import Tracee, Tracer

STOPPING = frozenset([signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU])
#: Signals that a breakpoint, or a return to where nothing is, comes as.
TRAPS = frozenset([signal.SIGTRAP, signal.SIGSEGV, signal.SIGBUS])
_CLONE_VM, _PROT_EXEC = 0x100, 4


class Breakpoints:
    """The part of a tracer that knows of probes in user programs."""

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer
        self._return = probes.RETURN[tracer.machine.name]

    def sync(self, tracee: Tracee) -> None:
        if not tracee.space.breakpoints and not self._tracer.plan.probes:
            tracee.space.of = self._tracer.plan.probes
            return
        try:
            probes.sync(self._tracer.machine, tracee.task.pid, tracee.space, self._tracer.plan.probes)
        except OSError as error:
            self._tracer.notice(f"process {tracee.task.pid} can't be probed: {error.strerror}")

    def share(self, parent: Tracee, child: Tracee, event: int) -> None:
        """A new thread shares its maker's memory, as does a vforked child; a forked one has a copy, breakpoints included."""
        shared = event in (ptrace.EVENT_VFORK, ptrace.EVENT_CLONE)
        if event != ptrace.EVENT_VFORK and parent.space.breakpoints:
            # The event doesn't tell for certain; the call does.
            values = unpack(self._tracer.machine, self._tracer.registers.get(parent.task.pid))
            call = self._tracer.table.by_number.get(syscall_number(self._tracer.machine, values))
            first = syscall_args(self._tracer.machine, values)[0]
            if call is not None and call.name == "clone3":
                data = ptrace.read_memory(parent.task.pid, first, 8)
                first = int.from_bytes(data or b"", "little")
            shared = call is not None and call.name.startswith("clone") and bool(first & _CLONE_VM)
        child.space = parent.space if shared else parent.space.copy()
        child.returns = [] if shared and event != ptrace.EVENT_VFORK else list(parent.returns)

    def mapped(self, tracee: Tracee, result: int) -> None:
        """A file was mapped: a library, as it is loaded."""
        _, size, protection, _, fd, offset = tracee.task.args
        if result > M64 - 4096:
            return
        probes.forget(tracee.space, result, size)
        key = probes.file_key(f"/proc/{tracee.task.pid}/fd/{fd & 0xFFFF_FFFF}")
        if key is not None:
            executable = bool(protection & _PROT_EXEC)
            probes.insert(
                self._tracer.machine,
                tracee.task.pid,
                tracee.space,
                self._tracer.plan.probes,
                key,
                result,
                size,
                offset,
                executable,
            )

    def trap(self, tracee: Tracee, stop: int) -> bool:
        """Whether a trap is ours: a breakpoint, or the return of a probed function. Then it is done with."""
        if not tracee.space.breakpoints and not tracee.returns:
            return False
        machine, tid = self._tracer.machine, tracee.task.pid
        values = unpack(machine, self._tracer.registers.get(tid))
        if stop != signal.SIGTRAP:
            return values[machine.ip] == self._return and self._returned(tracee, list(values))
        address = values[machine.ip] - machine.breakpoint_back
        breakpoint = tracee.space.breakpoints.get(address)
        if breakpoint is None:
            return False
        at = list(values)
        at[machine.ip] = address
        file = self._tracer.current().probes.files.get(breakpoint.file)
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
        context = user_context(self._tracer.machine, values)
        for run in runs:
            try:
                run.invoke(context, task)
            except Exception as error:
                self._tracer.faulty(run, error)

    def _hijack(self, tracee: Tracee, values: list[int], breakpoint: probes.Breakpoint) -> None:
        """Lets the function return to where we see it."""
        machine, tid = self._tracer.machine, tracee.task.pid
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
        machine = self._tracer.machine
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
            file = self._tracer.current().probes.files.get(breakpoint.file)
            runs = file.returns.get(breakpoint.offset) if file is not None else None
            if runs:
                self._probe(runs, tracee.task, values)
        self._tracer.set_registers(tracee.task.pid, values)
        return True

    def _pass(self, tracee: Tracee, address: int, breakpoint: probes.Breakpoint, values: list[int]) -> None:
        """Lets a thread go on behind a breakpoint: what that hides is done here, or stepped over with all others halted."""
        tid = tracee.task.pid
        if emulate(
            self._tracer.machine.name,
            breakpoint.code,
            values,
            lambda where, data: ptrace.write_memory(tid, where, data),
        ):
            self._tracer.set_registers(tid, values)
            return
        self._tracer.set_registers(tid, values)
        self._halt_others(tracee)
        probes.restore(tid, address, breakpoint, self._tracer.machine)
        signals = []
        while True:
            ptrace.call(ptrace.SINGLESTEP, tid)
            _, status = os.waitpid(tid, ptrace.WALL)
            if status & 0xFF != 0x7F:
                self._tracer.deferred.append((tid, status))
                return
            stop, event = status >> 8 & 0xFF, status >> 16
            if stop == signal.SIGTRAP and not event:
                break
            if event == ptrace.EVENT_STOP:
                # It was to be halted for another's step, or its process is to stop: it will, after this step.
                signals += [stop] if stop in STOPPING else []
                continue
            if event:
                self._tracer.deferred.append((tid, status))
                break
            signals.append(stop)
        probes.put_back(tid, address, self._tracer.machine)
        for number in signals:
            tracee.task.send_signal(number, thread=True)

    def _halt_others(self, tracee: Tracee) -> None:
        """Stops the other threads of an address space; each is let go as its stop is dealt with, in its turn."""
        waiting = {tid for tid, _ in self._tracer.deferred}
        for tid, other in list(self._tracer.tracees.items()):
            if other is tracee or other.space is not tracee.space or other.fresh or tid in waiting:
                continue
            try:
                ptrace.call(ptrace.INTERRUPT, tid)
            except OSError:
                continue
            for _ in range(200):
                found, status = os.waitpid(tid, ptrace.WALL | os.WNOHANG)
                if found:
                    self._tracer.deferred.append((found, status))
                    break
                time.sleep(
                    0.0001
                )  # it may be on another CPU; one that sleeps in vfork(2) never comes, and runs nothing
