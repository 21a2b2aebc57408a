"""uprobe and uretprobe, by the perf PMU "uprobe" (Linux 4.17)."""

from __future__ import annotations

import errno as _errno

from ebpf.binaries import symbols
from ebpf.errors import HookError, NotSupported
from ebpf.kernel import perf, sys
from ebpf.kernel.sys import Descriptor, address, buffer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import Hook, Uprobe
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.links import KernelLink
    from ebpf.kernel.programs import KernelProgram


def attach(engine: KernelEngine, program: KernelProgram, hook: Uprobe) -> KernelLink:
    path = symbols.find(hook.binary, hook.pid)
    what = f"{'uretprobe' if hook.ret else 'uprobe'}/{hook.binary}:{hook.function or hex(hook.offset)}"
    with symbols.Binary(path) as binary:
        if hook.function:
            place = binary.place_of_function(hook.function, hook.offset)
        else:
            place = binary.place_in_file(hook.offset)
    return attach_at(
        program, hook, path, place, what, ret=hook.ret, pid=hook.pid, cookie=hook.cookie, ref_ctr=hook.ref_ctr_offset
    )


def attach_at(
    program: KernelProgram,
    hook: Hook,
    path: str,
    place: int,
    what: str,
    *,
    ret: bool = False,
    pid: int = -1,
    cookie: int = 0,
    ref_ctr: int = 0,
) -> KernelLink:
    """Attaches to byte `place` of the file `path`. `pid` 0 is this process, -1 every one."""
    kind = perf.source_type("uprobe")
    if kind is None:
        raise NotSupported("uprobes", why="this kernel was built without them (CONFIG_UPROBE_EVENTS)")
    if not 0 <= ref_ctr < 1 << 32:
        raise HookError(f"{what}: the reference counter at {ref_ctr:#x} lies too far into the file")
    text = buffer(path.encode() + b"\0")
    attr = perf.ATTR(
        type=kind,
        size=perf.ATTR.size,
        config=(perf.return_bit("uprobe") if ret else 0) | ref_ctr << 32,
        config1=address(text),
        config2=place,
    )
    try:
        # For every process one event on one CPU is enough; the event of one process follows it everywhere.
        fd = sys.perf_event_open(attr, pid, 0 if pid < 0 else -1, f"{what}: perf_event_open")
    except OSError as error:
        if error.errno == _errno.ESRCH:
            raise HookError(f"{what}: there is no process {pid}") from None
        if error.errno in (_errno.EINVAL, _errno.ENOENT, _errno.EIO, _errno.ENOEXEC):
            raise HookError(f"{what}: no probe can be at {place:#x} of {path} ({error.strerror})") from None
        raise
    return perf.attach(program, Descriptor(fd, what), hook, cookie)
