"""struct_ops maps, registered with the kernel: by link (Linux 6.4, `SEC(".struct_ops.link")`), else by being filled (5.6)."""

from __future__ import annotations

import errno as _errno

from ebpf.errors import HookError
from ebpf.kernel import links, struct_ops
from ebpf.kernel.links import CallLink, KernelLink
from ebpf.kernel.sys import Layout
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.flags import BPF_F_LINK
from ebpf.uapi.map_types import MapType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import StructOps
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.programs import KernelProgram

_LINK = Layout(bpf_attr.LINK_CREATE)


def attach(engine: KernelEngine, program: KernelProgram | None, hook: StructOps) -> KernelLink:
    map_ = engine.map_named(hook.map)
    spec = map_.spec
    if spec.type != MapType.STRUCT_OPS:
        raise HookError(f"map {hook.map} is of type {spec.type.label}, not struct_ops")
    target = struct_ops.Target(spec)
    value = target.value(spec, struct_ops.programs_by_name(engine.programs, spec.name))
    what = f"struct_ops {target.name} ({hook.map})"
    key = bytes(4)
    try:
        map_.update(key, value)
    except OSError as error:
        if error.errno == _errno.EEXIST:
            raise HookError(f"{what}: something of that name is registered already") from None
        raise
    if spec.flags & BPF_F_LINK:
        return links.create(hook, _LINK, what, prog_fd=map_.fd, attach_type=int(AttachType.STRUCT_OPS))

    def undo() -> None:
        if not map_.closed:  # a closed map has taken its registration with it
            map_.delete(key)

    return CallLink(hook, undo)
