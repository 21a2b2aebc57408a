"""Statically defined tracepoints of user binaries: uprobes at the probe's places, and its arguments' description in maps.

The programs read arguments by `bpf_usdt_arg()` of <bpf/usdt.bpf.h>, whose map `__bpf_usdt_specs` is filled here: one entry for
each different description, found by the attach cookie (Linux 5.15) or, before, by address in `__bpf_usdt_ip_to_spec_id`.
"""

from __future__ import annotations

import os
from sys import byteorder

from ebpf.binaries import symbols, usdt
from ebpf.errors import HookError
from ebpf.kernel import sys
from ebpf.kernel.hooks.uprobe import attach_at
from ebpf.kernel.links import KernelLink, ManyLinks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.binaries.usdt import Probe
    from ebpf.hooks import Usdt
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.maps import KernelMap
    from ebpf.kernel.programs import KernelProgram

PLACES = "__bpf_usdt_ip_to_spec_id"


def attach(engine: KernelEngine, program: KernelProgram, hook: Usdt) -> KernelLink:
    pid = os.getpid() if hook.pid == 0 else hook.pid
    path = symbols.find(hook.binary, pid)
    found = usdt.find(path, hook.provider, hook.name)
    what = f"usdt/{hook.binary}:{hook.provider}:{hook.name}"
    # A program that takes no arguments needs no maps for them.
    specs = program.maps.get(usdt.SPECS)
    opened: list[KernelLink] = []
    try:
        for probe in found:
            cookie = _describe(specs, probe, hook.cookie) if specs is not None else hook.cookie
            if specs is not None and sys.kernel_release() < (5, 15):
                _note_place(program.maps[PLACES], path, probe, cookie, pid, what)
                cookie = 0
            opened.append(
                attach_at(program, hook, path, probe.place, what, pid=hook.pid, cookie=cookie, ref_ctr=probe.counter)
            )
    except BaseException:
        for link in opened:
            link.close()
        raise
    return opened[0] if len(opened) == 1 else ManyLinks(hook, opened)


def _describe(specs: KernelMap, probe: Probe, cookie: int) -> int:
    """Puts a probe's description into the map, unless it is there; its number."""
    arguments = usdt.arguments(probe.arguments)
    known = specs.usdt_numbers
    key = (probe.arguments, cookie)
    number = known.get(key)
    if number is not None:
        return number
    number = len(known)
    if number >= specs.spec.max_entries:
        raise HookError(f"map {usdt.SPECS} holds {number} probes only: define BPF_USDT_MAX_SPEC_CNT larger")
    specs.update(number.to_bytes(4, byteorder), usdt.encode(specs.spec, arguments, cookie))
    known[key] = number
    return number


def _note_place(places: KernelMap, path: str, probe: Probe, number: int, pid: int, what: str) -> None:
    """For kernels without cookies: the address at which the process runs the probe."""
    if pid <= 0:
        raise HookError(f"{what}: before Linux 5.15 a USDT program with arguments needs the process: say pid=")
    try:
        inode = os.stat(path).st_ino
        with open(f"/proc/{pid}/maps") as file:
            rows = [line.split() for line in file]
    except OSError as error:
        raise HookError(f"{what}: process {pid}: {error.strerror}") from None
    for row in rows:
        if len(row) > 5 and int(row[4]) == inode and "x" in row[1]:
            start, _, end = row[0].partition("-")
            offset = int(row[2], 16)
            if offset <= probe.place < offset + int(end, 16) - int(start, 16):
                address = int(start, 16) + probe.place - offset
                places.update(address.to_bytes(8, byteorder), number.to_bytes(4, byteorder))
                return
    raise HookError(f"{what}: process {pid} has not mapped {path}")
