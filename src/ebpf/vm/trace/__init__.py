"""Real events for the vm: a command that this process starts and traces, with no privilege.

Its system calls, forks, execs and exits run the programs attached to them, each with the context that it would see in the
kernel. Linux on x86-64 and aarch64; elsewhere NotSupported says so.

    points.py      which hooks there are here, and the context that each gives
    plan.py        what is to be run where, from what the engine has attached
    probes.py      probes in user programs: breakpoints
    emulate.py     the instructions that breakpoints hide
    addresses.py   programs that judge binds and connects
    samples.py     samples of a clock
    breakpoints.py what happens at a breakpoint
    tracer.py      follows the processes: one thread, all of ptrace(2)
    process.py     the started command, for its owner
    task.py        the traced process, for helpers
    child.py       from fork to execve, in the child
    seccomp.py     the filter that stops only wanted system calls
    machine.py     registers
    ptrace.py      the system calls
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebpf.hooks import Hook
    from ebpf.spec import ProgramSpec
    from ebpf.vm.trace.plan import Host
    from ebpf.vm.trace.process import TracedProcess

_ELSE = "run the program with run() (over a capture: run_capture())"
NEEDS = "it needs Linux on x86-64 or aarch64, and a Python of 64 bits"


def watched(hook: Hook, spec: ProgramSpec) -> Hook:
    """The hook that stands for it here. Raises HookError if there is no such hook, NotSupported if nothing ever happens there in
    the vm. Live packets (sockets, tap devices) are not asked about here."""
    from ebpf.errors import NotSupported
    from ebpf.hooks import Cgroup, PerfEvent, RawTracepoint, Tracing, check_cookies
    from ebpf.uapi.attach_types import AttachType
    from ebpf.uapi.prog_types import ProgType

    if sys.platform != "linux":  # before what stands on ptrace(2) is imported
        raise NotSupported(
            f"attaching {spec.name} ({spec.section}) in the vm",
            why=f"what happens there is found out by tracing a command: {NEEDS}",
            hint=_ELSE,
        )
    from ebpf.vm.trace import points, probes, samples
    from ebpf.vm.trace.plan import KINDS

    check_cookies(hook)
    if isinstance(hook, Tracing) and spec.attach_type == AttachType.TRACE_RAW_TP and spec.target in points.RAW:
        hook = RawTracepoint(spec.target, hook.cookie)  # the same moment, the same context
    if isinstance(hook, probes.KINDS):
        points.this_machine()
        probes.places(hook)
    elif isinstance(hook, PerfEvent):
        points.this_machine()
        samples.frequency(hook)
    elif isinstance(hook, KINDS):
        points.check(hook)
    elif not isinstance(hook, Cgroup) or spec.type != ProgType.CGROUP_SOCK_ADDR:
        raise NotSupported(
            f"attaching {spec.name} ({spec.section}) in the vm",
            why="nothing happens there in this process",
            hint=f"use the kernel engine, or {_ELSE}",
        )
    return hook


def spawn(engine: Host, command: Sequence[str]) -> TracedProcess:
    """Starts a command whose events run what is attached to `engine`, now and while it runs.

    KernelError if the command can't be run or this process may not trace; NotSupported on other systems.
    """
    if sys.platform != "linux":
        from ebpf.errors import NotSupported

        raise NotSupported("tracing a command in the vm", why=NEEDS)
    from ebpf.vm.trace.process import TracedProcess

    return TracedProcess(engine, command)
