"""tcx (Linux 6.6) and netkit (6.7): programs in an order on an interface, by link."""

from __future__ import annotations

import errno as _errno

from ebpf.errors import HookError, NotSupported
from ebpf.hooks import Netkit, Tcx, index_of
from ebpf.kernel import links, sys
from ebpf.kernel.hooks._order import anchor_flags
from ebpf.kernel.sys import Layout
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.links import BpfLink
    from ebpf.kernel.programs import KernelProgram

_LINK = Layout(bpf_attr.LINK_CREATE_RELATIVE)


def attach(engine: KernelEngine, program: KernelProgram, hook: Tcx | Netkit) -> BpfLink:
    if isinstance(hook, Tcx):
        types = {"ingress": AttachType.TCX_INGRESS, "egress": AttachType.TCX_EGRESS}
        if hook.direction not in types:
            raise HookError(f"tcx has no direction {hook.direction!r}; there are ingress and egress")
        attach_type = types[hook.direction]
        what = f"tcx {hook.direction} on {hook.interface}"
    else:
        attach_type = AttachType.NETKIT_PEER if hook.peer else AttachType.NETKIT_PRIMARY
        what = f"netkit {'peer' if hook.peer else 'primary'} on {hook.interface}"
    flags, relative = anchor_flags(hook.anchor)
    try:
        return links.create(
            hook,
            _LINK,
            what,
            prog_fd=program.fd,
            target_fd=index_of(hook.interface),
            attach_type=int(attach_type),
            flags=flags,
            relative_fd=relative,
        )
    except OSError as error:
        if error.errno == _errno.EINVAL and sys.kernel_release() < attach_type.since:
            raise NotSupported(what, since=attach_type.since, hint="use tc (clsact)") from None
        if error.errno == _errno.EEXIST:
            raise HookError(f"{what}: program {program.spec.name} is attached there already") from None
        if error.errno == _errno.ERANGE:
            raise HookError(f"{what}: as many programs as Linux takes (63) are attached there") from None
        if error.errno in (_errno.ENOENT, _errno.EINVAL) and relative:
            raise HookError(f"{what}: the anchor, id {relative}, is not attached there") from None
        if isinstance(hook, Netkit) and error.errno == _errno.EACCES:
            raise HookError(f"{what}: it is the peer of a pair: attach to the other one, with peer=True") from None
        if isinstance(hook, Netkit) and error.errno in (_errno.EINVAL, _errno.ENXIO):
            raise HookError(f"{what}: it is no netkit device, or this kernel has none (CONFIG_NETKIT)") from None
        raise
