"""sk_skb (Linux 4.14) and sk_msg (4.17) on a sockmap or sockhash, by link (6.10) or the older attachment."""

from __future__ import annotations

import errno as _errno

from ebpf.errors import HookError
from ebpf.kernel import links
from ebpf.kernel.sys import Layout
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import SockMap
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.links import KernelLink
    from ebpf.kernel.programs import KernelProgram

_LINK = Layout(bpf_attr.LINK_CREATE)


def attach(engine: KernelEngine, program: KernelProgram, hook: SockMap) -> KernelLink:
    map_ = engine.map_named(hook.map)
    attach_type = program.spec.attach_type
    if attach_type is None:
        attach_type = AttachType.SK_MSG_VERDICT if program.spec.type == ProgType.SK_MSG else AttachType.SK_SKB_VERDICT
    what = f"{attach_type.label} on map {hook.map}"
    if map_.spec.type not in (MapType.SOCKMAP, MapType.SOCKHASH):
        raise HookError(f"{what}: it is of type {map_.spec.type.label}; sockets stand in a sockmap or sockhash")
    try:
        return links.create(
            hook, _LINK, what, prog_fd=program.fd, target_fd=map_.fd, attach_type=int(attach_type)
        )  # fmt: skip
    except OSError as error:
        if error.errno != _errno.EINVAL:
            raise
    try:
        return links.legacy_attach(hook, program, map_.fd, int(attach_type), what)
    except OSError as error:
        if error.errno == _errno.EINVAL:
            raise HookError(f"{what}: the program was loaded for something else") from None
        raise
