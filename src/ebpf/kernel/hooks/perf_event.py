"""Samples of perf events: software clocks and counters, hardware counters (Linux 4.9)."""

from __future__ import annotations

import errno as _errno
import os

from ebpf.errors import HookError, NotSupported
from ebpf.kernel import cpus, perf, sys
from ebpf.kernel.hooks import cgroup
from ebpf.kernel.links import KernelLink, ManyLinks
from ebpf.kernel.sys import Descriptor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import PerfEvent
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.programs import KernelProgram

#: `enum perf_type_id`, and the names of each type's events as perf(1) writes them (include/uapi/linux/perf_event.h).
TYPES = {
    "hardware": perf.TYPE_HARDWARE,
    "software": perf.TYPE_SOFTWARE,
    "cache": perf.TYPE_HW_CACHE,
    "raw": perf.TYPE_RAW,
}
EVENTS = {
    "hardware": (
        "cpu-cycles", "instructions", "cache-references", "cache-misses", "branch-instructions", "branch-misses",
        "bus-cycles", "stalled-cycles-frontend", "stalled-cycles-backend", "ref-cycles",
    ),
    "software": (
        "cpu-clock", "task-clock", "page-faults", "context-switches", "cpu-migrations", "minor-faults", "major-faults",
        "alignment-faults", "emulation-faults", "dummy", "bpf-output", "cgroup-switches",
    ),
}  # fmt: skip
ALIASES = {"cycles": "cpu-cycles", "faults": "page-faults", "cs": "context-switches", "migrations": "cpu-migrations",
           "branches": "branch-instructions"}  # fmt: skip
#: What perf(1) takes where nothing is said: 4000 samples a second of a clock are too many for most; this is BCC's.
DEFAULT_FREQUENCY = 99
#: PERF_FLAG_FD_CLOEXEC, PERF_FLAG_PID_CGROUP.
_CLOEXEC, _PID_CGROUP = 1 << 3, 1 << 2


def attach(engine: KernelEngine, program: KernelProgram, hook: PerfEvent) -> KernelLink:
    kind, config = number_of(hook)
    if hook.period and hook.frequency:
        raise HookError(f"perf event {hook.config}: a period or a frequency, not both")
    if hook.frequency < 0 or hook.period < 0:
        raise HookError(f"perf event {hook.config}: a period or a frequency is more than 0")
    frequency = hook.frequency or (0 if hook.period else DEFAULT_FREQUENCY)
    attr = perf.ATTR(
        type=kind,
        size=perf.ATTR.size,
        config=config,
        sample_period=frequency or hook.period,
        bits=perf.BIT_FREQ if frequency else 0,
    )
    if hook.frequency > (most := _most_samples()):
        raise HookError(
            f"perf event {hook.config}: {hook.frequency} samples a second; this kernel takes {most} "
            "(sysctl kernel.perf_event_max_sample_rate)"
        )
    if hook.cpu >= 0 and hook.cpu not in cpus.online():
        raise HookError(f"perf event {hook.config}: there is no CPU {hook.cpu} here, or it is off")
    if hook.cgroup and hook.pid >= 0:
        raise HookError(f"perf event {hook.config}: a process or a cgroup, not both")
    # An event of one process follows it over all CPUs; one of all processes, or of a cgroup, is opened on each CPU.
    places = [hook.cpu] if hook.cpu >= 0 or hook.pid >= 0 else cpus.online()
    whom, open_flags = hook.pid, _CLOEXEC
    folder = -1
    if hook.cgroup:
        folder = whom = cgroup.open_folder(hook.cgroup, f"perf event {hook.config}")
        open_flags |= _PID_CGROUP
    opened: list[KernelLink] = []
    try:
        for cpu in places:
            what = f"perf event {hook.config}" + (f" on CPU {cpu}" if cpu >= 0 else "")
            try:
                fd = sys.perf_event_open(attr, whom, cpu, f"{what}: perf_event_open", flags=open_flags)
                event = Descriptor(fd, what)
            except OSError as error:
                raise _why(hook, error) from None
            opened.append(perf.attach(program, event, hook, hook.cookie))
    except BaseException:
        for link in opened:
            link.close()
        raise
    finally:
        if folder >= 0:
            os.close(folder)
    return opened[0] if len(opened) == 1 else ManyLinks(hook, opened)


def _most_samples() -> int:
    try:
        with open("/proc/sys/kernel/perf_event_max_sample_rate") as file:
            return int(file.read())
    except (OSError, ValueError):
        return 1 << 62  # the kernel says no by itself


def number_of(hook: PerfEvent) -> tuple[int, int]:
    """(type, config) of an event by name or number. Raises HookError."""
    kind = TYPES.get(hook.kind)
    if kind is None:
        # A PMU of its own (power, msr, cpu_core), by its name in sysfs.
        kind = perf.source_type(hook.kind)
        if kind is None:
            raise HookError(f"there is no perf event type {hook.kind!r}; the usual ones are {', '.join(TYPES)}")
    if isinstance(hook.config, int):
        return kind, hook.config
    names = EVENTS.get(hook.kind, ())
    name = ALIASES.get(hook.config, hook.config)
    if name not in names:
        raise HookError(
            f"there is no {hook.kind} event {hook.config!r}; there are {', '.join(names) or 'numbers only'}"
        )
    return kind, names.index(name)


def _why(hook: PerfEvent, error: OSError) -> Exception:
    if hook.cgroup and error.errno in (_errno.ENOENT, _errno.EOPNOTSUPP):
        why = "the perf_event controller is not in that cgroup tree (CONFIG_CGROUP_PERF; mounted as v1 somewhere?)"
        return NotSupported(f"samples of the cgroup {hook.cgroup}", why=why)
    if error.errno in (_errno.ENOENT, _errno.EOPNOTSUPP, _errno.ENODEV):
        return NotSupported(
            f"the {hook.kind} event {hook.config}",
            why="this machine counts no such event (virtual machines seldom do)" if hook.kind == "hardware" else "",
            hint='use kind="software", config="cpu-clock"' if hook.kind == "hardware" else "",
        )
    if error.errno == _errno.ESRCH:
        return HookError(f"there is no process {hook.pid}")
    return error
