"""flow_dissector (Linux 4.20) and sk_lookup (5.9) in a network namespace, by link (5.8)."""

from __future__ import annotations

import errno as _errno
import os

from ebpf.errors import HookError
from ebpf.kernel import links, sys
from ebpf.kernel.sys import Layout
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import NetNamespace
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.links import BpfLink
    from ebpf.kernel.programs import KernelProgram

_LINK = Layout(bpf_attr.LINK_CREATE)
_TYPES = {ProgType.FLOW_DISSECTOR: AttachType.FLOW_DISSECTOR, ProgType.SK_LOOKUP: AttachType.SK_LOOKUP}


def attach(engine: KernelEngine, program: KernelProgram, hook: NetNamespace) -> BpfLink:
    attach_type = _TYPES.get(program.spec.type)
    if attach_type is None:
        raise HookError(
            f"program {program.spec.name} of type {program.spec.type.label} is not one for a network namespace"
        )
    path = hook.path or "/proc/thread-self/ns/net"
    what = f"{attach_type.label} in {path}"
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise HookError(f"there is no network namespace {path}") from None
    except OSError as error:
        raise sys.error(error.errno or 0, what) from None
    try:
        return links.create(
            hook, _LINK, what, prog_fd=program.fd, target_fd=fd, attach_type=int(attach_type)
        )  # fmt: skip
    except OSError as error:
        if error.errno in (_errno.EEXIST, _errno.E2BIG):
            raise HookError(f"{what}: another program is attached there") from None
        if error.errno == _errno.EINVAL:
            raise HookError(f"{path} is no network namespace") from None
        raise
    finally:
        os.close(fd)
