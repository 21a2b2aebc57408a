"""Tracepoints by category and name, as a perf event (Linux 4.7)."""

from __future__ import annotations

import errno

from ebpf.errors import HookError, KernelError, did_you_mean
from ebpf.kernel import perf, privilege, sys, tracefs
from ebpf.kernel.sys import Descriptor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import Tracepoint
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.links import KernelLink
    from ebpf.kernel.programs import KernelProgram


def attach(engine: KernelEngine, program: KernelProgram, hook: Tracepoint) -> KernelLink:
    what = f"tracepoint/{hook.category}/{hook.name}"
    if not hook.name or "/" in hook.category + hook.name:
        raise HookError(f"{what}: a tracepoint is a category and a name, such as sched and sched_switch")
    try:
        number = tracefs.tracepoint_id(hook.category, hook.name)
    except FileNotFoundError:
        raise HookError(_why(hook)) from None
    except PermissionError as error:
        hint = privilege.denied("needs root")
        raise sys.error(error.errno or 0, f"{what}: reading its id in tracefs", hint) from None
    attr = perf.ATTR(type=perf.TYPE_TRACEPOINT, size=perf.ATTR.size, config=number, sample_period=1, wakeup_events=1)
    event = Descriptor(sys.perf_event_open(attr, -1, 0, f"{what}: perf_event_open"), what)
    try:
        return perf.attach(program, event, hook, hook.cookie)
    except KernelError as error:
        if error.errno != errno.EACCES:
            raise
        size = tracefs.record_size(hook.category, hook.name)
        raise HookError(
            f"{what}: program {program.spec.name} reads its context past the {size} bytes that this tracepoint's record has "
            f"(events/{hook.category}/{hook.name}/format in tracefs lists its fields)"
        ) from error


def _why(hook: Tracepoint) -> str:
    names = tracefs.names(f"events/{hook.category}")
    if names:
        return f"the kernel has no tracepoint {hook.category}:{hook.name}" + did_you_mean(hook.name, names)
    return f"the kernel has no tracepoints of category {hook.category}" + did_you_mean(
        hook.category, tracefs.names("events")
    )
