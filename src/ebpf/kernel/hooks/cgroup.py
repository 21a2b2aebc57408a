"""cgroup v2 folders: programs for what happens to the processes in them, by link (Linux 5.7) or the older attachment (4.10)."""

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
    from ebpf.hooks import Cgroup
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.links import KernelLink
    from ebpf.kernel.programs import KernelProgram

_LINK = Layout(bpf_attr.LINK_CREATE)
#: BPF_F_ALLOW_OVERRIDE, BPF_F_ALLOW_MULTI.
FLAGS = {"": 0, "none": 0, "override": 1 << 0, "multi": 1 << 1}
#: The attach type of a program that was loaded without one.
DEFAULTS = {
    ProgType.CGROUP_SKB: AttachType.CGROUP_INET_INGRESS,
    ProgType.CGROUP_SOCK: AttachType.CGROUP_INET_SOCK_CREATE,
    ProgType.SOCK_OPS: AttachType.CGROUP_SOCK_OPS,
    ProgType.CGROUP_DEVICE: AttachType.CGROUP_DEVICE,
    ProgType.CGROUP_SYSCTL: AttachType.CGROUP_SYSCTL,
}


def attach(engine: KernelEngine, program: KernelProgram, hook: Cgroup) -> KernelLink:
    attach_type = program.spec.attach_type
    if attach_type is None:
        attach_type = DEFAULTS.get(program.spec.type)
    if attach_type is None:
        raise HookError(f"program {program.spec.name} of type {program.spec.type.label} is not one for a cgroup")
    if hook.flags not in FLAGS:
        raise HookError(f"a cgroup attachment has no flags {hook.flags!r}; there are none, override, multi, or a link")
    what = f"{attach_type.label} on {hook.path}"
    fd = _open(hook.path, what)
    try:
        if not hook.flags:
            try:
                return links.create(
                    hook, _LINK, what, prog_fd=program.fd, target_fd=fd, attach_type=int(attach_type)
                )  # fmt: skip
            except OSError as error:
                if error.errno != _errno.EINVAL or sys.kernel_release() >= (5, 7):
                    raise
            return links.legacy_attach(hook, program, fd, int(attach_type), what, FLAGS["multi"])
        return links.legacy_attach(hook, program, fd, int(attach_type), what, FLAGS[hook.flags])
    except OSError as error:
        if error.errno == _errno.EPERM and sys_allowed():
            raise HookError(
                f"{what}: a program is attached there, or above it, in a way that allows no other (no override, no multi)"
            ) from None
        raise
    finally:
        os.close(fd)


def sys_allowed() -> bool:
    """Whether the process has the privilege, so that EPERM has another cause."""
    from ebpf.kernel import features

    mask = features.capabilities()
    return any(mask >> bit & 1 for bit in (features.CAP_NET_ADMIN, features.CAP_SYS_ADMIN))


def _open(path: str, what: str) -> int:
    try:
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise HookError(f"there is no cgroup {path}") from None
    except NotADirectoryError:
        raise HookError(f"{path} is no folder, so no cgroup") from None
    except OSError as error:
        raise sys.error(error.errno or 0, what) from None
    if not os.path.exists(f"{path}/cgroup.controllers"):
        os.close(fd)
        raise HookError(f"{path} is no cgroup v2 folder (it has no cgroup.controllers)")
    return fd
