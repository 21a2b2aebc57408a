"""Iterators over kernel objects (Linux 5.8): read as text."""

from __future__ import annotations

import errno as _errno
import os
from struct import Struct

from ebpf.errors import HookError, NotSupported
from ebpf.kernel import sys
from ebpf.kernel.links import BpfLink
from ebpf.kernel.sys import Layout, address, buffer
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.commands import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebpf.hooks import Iter
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.programs import KernelProgram

_LINK = Layout(bpf_attr.LINK_CREATE_ITER)
_CREATE = Layout(bpf_attr.ITER_CREATE)
#: `union bpf_iter_link_info` (16 bytes): the parts of a map; of a task (tid, pid, pid_fd); of a cgroup (order, fd, id).
_MAP, _TASK, _CGROUP = Struct("=I12x"), Struct("=III4x"), Struct("=IIQ")
#: Iterators that walk one map, which must be named; that may walk one process; that walk a part of the cgroup tree. The kernel
#: passes over a limit that an iterator doesn't know, or takes it for another.
_LIMITED = {
    "map": ("bpf_map_elem", "bpf_sk_storage_map", "sockmap"),
    "process": ("task", "task_file", "task_vma"),
    "cgroup": ("cgroup",),
}
#: `enum bpf_cgroup_iter_order`.
ORDERS = {"self": 1, "descendants": 2, "descendants-post": 3, "ancestors": 4}


class IterLink(BpfLink):
    """An attached iterator: each `read` walks the kernel's objects anew."""

    def open(self) -> int:
        """A descriptor to read one walk from; the caller closes it. Raises KernelError."""
        return sys.bpf(Command.ITER_CREATE, _CREATE(link_fd=self.fd), f"{self.what}: BPF_ITER_CREATE")

    def chunks(self) -> Iterator[bytes]:
        """What the program writes in one walk, as it comes. Raises KernelError."""
        fd = self.open()
        try:
            while True:
                try:
                    data = os.read(fd, 1 << 16)
                except BlockingIOError:
                    continue  # the kernel asks to go on: nothing was written at this object
                except OSError as error:
                    raise sys.error(error.errno or 0, f"{self.what}: reading") from None
                if not data:
                    return
                yield data
        finally:
            os.close(fd)

    def read(self) -> bytes:
        """All that the program writes in one walk. Raises KernelError."""
        return b"".join(self.chunks())

    def text(self) -> str:
        """The same as text."""
        return self.read().decode(errors="replace")


def attach(engine: KernelEngine, program: KernelProgram, hook: Iter) -> IterLink:
    what = f"iter/{program.spec.target}"
    if sum(map(bool, (hook.map, hook.pid or hook.tid, hook.cgroup))) > 1 or (hook.pid and hook.tid):
        raise HookError(f"{what}: one of map, pid, tid and cgroup says where to walk, not two")
    if hook.order not in ORDERS:
        raise HookError(f"{what}: there is no order {hook.order!r}; there are {', '.join(ORDERS)}")
    said = {"map": hook.map, "process": hook.pid or hook.tid, "cgroup": hook.cgroup}
    for limit_kind, targets in _LIMITED.items():
        if said[limit_kind] and program.spec.target not in targets:
            raise HookError(f"{what}: it can't be kept to one {limit_kind}; {', '.join(targets)} can")
    folder, limit = -1, b""
    if hook.map:
        limit = _MAP.pack(engine.map_named(hook.map).fd)
    elif hook.pid or hook.tid:
        if not os.path.exists(f"/proc/{hook.pid or hook.tid}"):
            # The kernel would walk nothing, and say nothing.
            raise HookError(f"{what}: there is no process {hook.pid or hook.tid}")
        limit = _TASK.pack(hook.tid, hook.pid, 0)
    elif hook.cgroup:
        from ebpf.kernel.hooks.cgroup import open_folder

        folder = open_folder(hook.cgroup, what)
        limit = _CGROUP.pack(ORDERS[hook.order], folder, 0)
    elif program.spec.target == "cgroup":
        limit = _CGROUP.pack(ORDERS[hook.order], 0, 0)  # all of the tree
    info = buffer(limit)
    attr = _LINK(prog_fd=program.fd, attach_type=int(AttachType.TRACE_ITER))
    if limit:
        _LINK.set(attr, "iter_info", address(info))
        _LINK.set(attr, "iter_info_len", len(limit))
    try:
        return IterLink(hook, sys.bpf(Command.LINK_CREATE, attr, f"{what}: BPF_LINK_CREATE"))
    except OSError as error:
        raise _why(error, program, hook, what) from None
    finally:
        if folder >= 0:
            os.close(folder)


def _why(error: OSError, program: KernelProgram, hook: Iter, what: str) -> Exception:
    if error.errno == _errno.EBADF and program.spec.target in _LIMITED["map"] and not hook.map:
        return HookError(f"{what}: it walks one map: say which with map=")
    if error.errno == _errno.ESRCH or (error.errno == _errno.EINVAL and (hook.pid or hook.tid)):
        if sys.kernel_release() < (6, 1):
            return NotSupported(f"{what}: walking one process", since=(6, 1))
        return HookError(f"{what}: this iterator walks no processes")
    if error.errno == _errno.EINVAL and hook.map:
        return HookError(f"{what}: map {hook.map} is not one that it can walk, or holds less than the program reads")
    return error
