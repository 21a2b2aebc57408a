"""Tracepoints with their raw arguments (Linux 4.17), writable ones too (5.2)."""

from __future__ import annotations

import errno as _errno

from ebpf.errors import HookError, did_you_mean
from ebpf.kernel import sys
from ebpf.kernel.links import BpfLink
from ebpf.kernel.sys import Layout, address, buffer
from ebpf.uapi import bpf_attr
from ebpf.uapi.commands import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import RawTracepoint
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.links import KernelLink
    from ebpf.kernel.programs import KernelProgram

_OPEN = Layout(bpf_attr.RAW_TRACEPOINT_OPEN)


def attach(engine: KernelEngine, program: KernelProgram, hook: RawTracepoint) -> KernelLink:
    name = buffer(hook.name.encode() + b"\0")
    attr = _OPEN(name=address(name), prog_fd=program.fd, cookie=hook.cookie)
    try:
        fd = sys.bpf(Command.RAW_TRACEPOINT_OPEN, attr, f"raw_tp/{hook.name}: BPF_RAW_TRACEPOINT_OPEN")
    except OSError as error:
        if error.errno != _errno.ENOENT:
            raise
        close = did_you_mean(hook.name.rpartition("/")[2], names())
        raise HookError(f"the kernel has no tracepoint {hook.name}{close}") from None
    return BpfLink(hook, fd)


def names() -> set[str]:
    """The tracepoints that tracefs shows; the raw ones of system calls are sys_enter and sys_exit."""
    from ebpf.kernel import tracefs

    found = {"sys_enter", "sys_exit"}
    for category in tracefs.names("events"):
        if category != "syscalls":
            found.update(tracefs.names(f"events/{category}"))
    return found
