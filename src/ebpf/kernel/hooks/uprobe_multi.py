"""Many functions of one binary by one link (Linux 6.6); entry and return by one program, `session` (6.13)."""

from __future__ import annotations

import errno as _errno
import os
from array import array

from ebpf.binaries import symbols
from ebpf.errors import HookError, NotSupported
from ebpf.kernel import links, sys
from ebpf.kernel.sys import Layout, address, buffer
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.flags import BPF_F_UPROBE_MULTI_RETURN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import UprobeMulti
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.links import BpfLink
    from ebpf.kernel.programs import KernelProgram

_LINK = Layout(bpf_attr.LINK_CREATE_UPROBE_MULTI)


def attach(engine: KernelEngine, program: KernelProgram, hook: UprobeMulti) -> BpfLink:
    attach_type = AttachType.TRACE_UPROBE_SESSION if hook.session else AttachType.TRACE_UPROBE_MULTI
    if sys.kernel_release() < attach_type.since:
        raise NotSupported("uprobe.session" if hook.session else "uprobe.multi", since=attach_type.since)
    if not hook.patterns:
        raise HookError(f"uprobe.multi on {hook.binary}: say which functions")
    pid = os.getpid() if hook.pid == 0 else hook.pid
    path = symbols.find(hook.binary, pid)
    with symbols.Binary(path) as binary:
        places = list(binary.matching(list(hook.patterns)).values())
    if hook.cookies and len(hook.cookies) != len(places):
        raise HookError(f"uprobe.multi: {len(hook.cookies)} cookies for {len(places)} functions of {path}")
    text = buffer(path.encode() + b"\0")
    offsets, cookies = buffer(array("Q", places).tobytes()), buffer(array("Q", hook.cookies).tobytes())
    what = f"uprobe.multi on {len(places)} functions of {path}"
    try:
        return links.create(
            hook,
            _LINK,
            what,
            prog_fd=program.fd,
            attach_type=int(attach_type),
            path=address(text),
            offsets=address(offsets),
            cookies=address(cookies) if hook.cookies else 0,
            cnt=len(places),
            uprobe_flags=BPF_F_UPROBE_MULTI_RETURN if hook.ret else 0,
            pid=pid if pid > 0 else 0,
        )
    except OSError as error:
        if error.errno == _errno.ESRCH:
            raise HookError(f"{what}: there is no process {pid}") from None
        if error.errno == _errno.EINVAL and program.spec.attach_type != attach_type:
            raise HookError(
                f"{what}: the program was loaded for another kind of probe, not {attach_type.label}"
            ) from None
        raise
