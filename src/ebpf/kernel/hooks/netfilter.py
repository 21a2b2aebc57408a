"""netfilter hooks, by link (Linux 6.4)."""

from __future__ import annotations

import errno as _errno

from ebpf.errors import HookError, NotSupported
from ebpf.kernel import links, sys
from ebpf.kernel.sys import Layout
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import Netfilter
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.links import BpfLink
    from ebpf.kernel.programs import KernelProgram

_LINK = Layout(bpf_attr.LINK_CREATE_NETFILTER)
#: NFPROTO_* and NF_INET_* of include/uapi/linux/netfilter.h.
FAMILIES = {"ipv4": 2, "ipv6": 10}
HOOKS = ("prerouting", "input", "forward", "output", "postrouting")
#: Priorities that the kernel keeps for itself: the first and the last.
FIRST, LAST = -(1 << 31), (1 << 31) - 1


def attach(engine: KernelEngine, program: KernelProgram, hook: Netfilter) -> BpfLink:
    if hook.family not in FAMILIES:
        raise HookError(f"netfilter has no family {hook.family!r} for programs; there are {', '.join(FAMILIES)}")
    if hook.hook not in HOOKS:
        raise HookError(f"netfilter has no hook {hook.hook!r}; there are {', '.join(HOOKS)}")
    if not FIRST < hook.priority < LAST:
        raise HookError(f"netfilter priority {hook.priority} lies outside -2147483647 … 2147483646")
    what = f"netfilter {hook.family} {hook.hook} at priority {hook.priority}"
    try:
        return links.create(
            hook,
            _LINK,
            what,
            prog_fd=program.fd,
            attach_type=int(AttachType.NETFILTER),
            pf=FAMILIES[hook.family],
            hooknum=HOOKS.index(hook.hook),
            priority=hook.priority,
            netfilter_flags=1 if hook.defrag else 0,
        )
    except OSError as error:
        if error.errno == _errno.EINVAL and sys.kernel_release() < (6, 4):
            raise NotSupported(what, since=(6, 4)) from None
        if error.errno == _errno.EBUSY:
            raise HookError(f"{what}: another program has this priority: use another") from None
        if error.errno in (_errno.EAFNOSUPPORT, _errno.ENOENT) or (error.errno == _errno.EOPNOTSUPP and hook.defrag):
            raise NotSupported(what, why="the kernel's defragmentation for that family is not there") from None
        raise
