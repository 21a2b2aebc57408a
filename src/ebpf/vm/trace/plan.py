"""What is to be run at each moment of a traced command: made of what the engine has attached, anew when that changes."""

from __future__ import annotations

from ebpf.hooks import Cgroup, Kprobe, Ksyscall, PerfEvent, RawTracepoint, Tracepoint
from ebpf.vm.trace import addresses, probes, samples
from ebpf.vm.trace.points import END, ENTRY, EXEC, EXIT, FORK, point

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Protocol

    from ebpf.hooks import Hook
    from ebpf.uapi.syscalls import Syscalls
    from ebpf.vm.trace.machine import Machine
    from ebpf.vm.trace.points import Point

    class Runnable(Protocol):
        """A loaded program."""

        def invoke(self, context: bytes, task: Any) -> int: ...

    class Attached(Protocol):
        """An attachment, as the engine keeps it."""

        @property
        def program(self) -> Runnable: ...
        @property
        def hook(self) -> Hook: ...

    class Host(Protocol):
        """What the tracer asks of the vm engine. `attach_count` changes whenever something is attached or detached."""

        attach_count: int

        def attached(self, kind: type[Hook]) -> Iterable[Attached]: ...


_KERNEL: tuple[type[Hook], ...] = (Kprobe, Ksyscall, Tracepoint, RawTracepoint)
#: The hooks that this room runs.
KINDS: tuple[type[Hook], ...] = (*_KERNEL, *probes.KINDS, PerfEvent)


class Run:
    """A program to be run at a point."""

    __slots__ = ("link", "point")

    def __init__(self, link: Attached, point: Point) -> None:
        self.link = link
        self.point = point


class Plan:
    """`entries` and `exits`: number → runs in their order, made complete at first use with those of every call."""

    def __init__(self, host: Host, machine: Machine, table: Syscalls) -> None:
        self.count = host.attach_count
        runs = [Run(link, point(link.hook, machine, table)) for kind in _KERNEL for link in host.attached(kind)]
        # A call's tracepoint comes before its function at entry and after it at exit.
        runs.sort(key=lambda run: not run.point.early)
        self.fork = [run for run in runs if run.point.kind == FORK]
        self.exec = [run for run in runs if run.point.kind == EXEC]
        self.end = [run for run in runs if run.point.kind == END]
        self._runs = {kind: [run for run in runs if run.point.kind == kind] for kind in (ENTRY, EXIT)}
        self._at: dict[tuple[str, int], list[Run]] = {}
        wanted = [run.point.number for kind in (ENTRY, EXIT) for run in self._runs[kind]]
        #: Number → programs that judge the addresses of the call.
        judges = addresses.plan(host.attached(Cgroup), table)
        wanted += judges
        self.addresses = {number: runs for number, runs in judges.items() if runs[0].call not in addresses.RECEIVED}
        #: The same, of calls whose address is there only at their exit.
        self.received = {number: runs for number, runs in judges.items() if runs[0].call in addresses.RECEIVED}
        #: The system calls that some program wants: None for every one.
        self.numbers = None if None in wanted else frozenset(number for number in wanted if number is not None)

        self.probes = probes.Probes(link for kind in probes.KINDS for link in host.attached(kind))
        self.samples = samples.Samplers(host.attached(PerfEvent))

    def at(self, kind: str, number: int) -> list[Run]:
        """What runs at the entry or exit of a system call."""
        found = self._at.get((kind, number))
        if found is None:
            found = [run for run in self._runs[kind] if run.point.number in (None, number)]
            self._at[kind, number] = found
        return found
