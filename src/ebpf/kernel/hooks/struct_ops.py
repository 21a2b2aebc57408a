"""struct_ops maps, registered with the kernel: by link (Linux 6.4, `SEC(".struct_ops.link")`), else by being filled (5.6)."""

from __future__ import annotations

import errno as _errno

from ebpf.errors import HookError
from ebpf.kernel import struct_ops, sys
from ebpf.kernel.links import BpfLink, CallLink, KernelLink
from ebpf.kernel.sys import Layout
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.commands import Command
from ebpf.uapi.flags import BPF_F_LINK, BPF_F_REPLACE
from ebpf.uapi.map_types import MapType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.hooks import Hook, StructOps
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.maps import KernelMap
    from ebpf.kernel.programs import KernelProgram

_LINK = Layout(bpf_attr.LINK_CREATE)
_UPDATE = Layout(bpf_attr.LINK_UPDATE)


class StructOpsLink(BpfLink):
    """A registered interface. `update` takes the map that comes in its place, not a program."""

    def __init__(self, engine: KernelEngine, hook: Hook, fd: int) -> None:
        super().__init__(hook, fd)
        self._engine = engine

    def update(self, program: Any, expected: Any = None) -> None:
        """Puts another struct_ops map (or the one of that name) in place, with no moment between; only if `expected` is there
        now, when that is given. Linux 6.4. Raises HookError, KernelError."""
        new, what = _filled(self._engine, self._map(program))
        old = self._map(expected) if expected is not None else None
        attr = _UPDATE(link_fd=self.fd, new_prog_fd=new.fd)
        if old is not None:
            _UPDATE.set(attr, "flags", BPF_F_REPLACE)
            _UPDATE.set(attr, "old_prog_fd", old.fd)
        sys.bpf(Command.LINK_UPDATE, attr, f"{what}: BPF_LINK_UPDATE")

    def _map(self, which: Any) -> KernelMap:
        found: KernelMap = self._engine.map_named(which) if isinstance(which, str) else getattr(which, "raw", which)
        return found


def attach(engine: KernelEngine, program: KernelProgram | None, hook: StructOps) -> KernelLink:
    map_, what = _filled(engine, engine.map_named(hook.map))
    if map_.spec.flags & BPF_F_LINK:
        attr = _LINK(prog_fd=map_.fd, attach_type=int(AttachType.STRUCT_OPS))
        try:
            return StructOpsLink(engine, hook, sys.bpf(Command.LINK_CREATE, attr, f"{what}: BPF_LINK_CREATE"))
        except OSError as error:
            raise _why(error, what) from None

    def undo() -> None:
        if not map_.closed:  # a closed map has taken its registration with it
            map_.delete(bytes(4))

    return CallLink(hook, undo)


def _filled(engine: KernelEngine, map_: KernelMap) -> tuple[KernelMap, str]:
    """The map with its element in, which registers it unless a link does that; and what it is called."""
    spec = map_.spec
    if spec.type != MapType.STRUCT_OPS:
        raise HookError(f"map {spec.name} is of type {spec.type.label}, not struct_ops")
    target = struct_ops.Target(spec)
    what = f"struct_ops {target.name} ({spec.name})"
    try:
        map_.update(bytes(4), target.value(spec, struct_ops.programs_by_name(engine.programs, spec.name)))
    except OSError as error:
        # One that a link registers is filled once: it stays as it is when it is attached again.
        if not (error.errno == _errno.EBUSY and spec.flags & BPF_F_LINK):
            raise _why(error, what) from None
    return map_, what


def _why(error: OSError, what: str) -> Exception:
    if error.errno in (_errno.EEXIST, _errno.EBUSY):
        return HookError(f"{what}: something of that name is registered already")
    return error
