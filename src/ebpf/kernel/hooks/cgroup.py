"""cgroup v2 folders: programs for what happens to the processes in them, by link (Linux 5.7) or the older attachment (4.10).
Programs stand in an order by link or by "multi" since Linux 6.17."""

from __future__ import annotations

import errno as _errno
import os

from ebpf.errors import HookError, NotSupported
from ebpf.kernel import links, privilege, sys
from ebpf.kernel.hooks._order import anchor_flags
from ebpf.kernel.info import OBJ
from ebpf.kernel.sys import Layout
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.flags import BPF_F_ALLOW_MULTI, BPF_F_ALLOW_OVERRIDE, BPF_F_PREORDER, BPF_F_REPLACE
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import Cgroup
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.links import KernelLink
    from ebpf.kernel.programs import KernelProgram

_LINK = Layout(bpf_attr.LINK_CREATE_RELATIVE)
FLAGS = {"": 0, "none": 0, "override": BPF_F_ALLOW_OVERRIDE, "multi": BPF_F_ALLOW_MULTI}
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
    if program.spec.type == ProgType.LSM and attach_type != AttachType.LSM_CGROUP:
        raise HookError(
            f'program {program.spec.name} guards the whole machine; one for a cgroup is SEC("lsm_cgroup/…")'
        )
    if hook.flags not in FLAGS:
        raise HookError(f"a cgroup attachment has no flags {hook.flags!r}; there are none, override, multi, or a link")
    if hook.replaces and hook.flags != "multi":
        raise HookError('replaces= names a program that was attached by flags="multi": a link has update() for that')
    what = f"{attach_type.label} on {hook.path}"
    if program.spec.type == ProgType.LSM and (why := privilege.lsm_lacks()):
        raise NotSupported(what, why=why)
    place, relative = anchor_flags(hook.anchor)
    place |= BPF_F_PREORDER if hook.preorder else 0
    if place and hook.flags in ("none", "override"):
        raise HookError(f'{what}: only a link, or programs attached by flags="multi", stand in an order')
    fd = open_folder(hook.path, what)
    try:
        if not hook.flags:
            try:
                return links.create(
                    hook, _LINK, what, prog_fd=program.fd, target_fd=fd, attach_type=int(attach_type), flags=place,
                    relative_fd=relative,
                )  # fmt: skip
            except OSError as error:
                if error.errno != _errno.EINVAL or sys.kernel_release() >= (5, 7):
                    raise
            return links.legacy_attach(hook, program, fd, int(attach_type), what, FLAGS["multi"])
        return _legacy(program, hook, fd, attach_type, what, place, relative)
    except OSError as error:
        raise _why(error, hook, attach_type, what, relative) from None
    finally:
        os.close(fd)


def _legacy(
    program: KernelProgram, hook: Cgroup, fd: int, attach_type: AttachType, what: str, place: int, relative: int
) -> KernelLink:
    flags = FLAGS[hook.flags] | place
    if not hook.replaces:
        return links.legacy_attach(hook, program, fd, int(attach_type), what, flags, relative_fd=relative)
    old = OBJ["prog"].open(hook.replaces)
    try:
        return links.legacy_attach(
            hook, program, fd, int(attach_type), what, flags | BPF_F_REPLACE, replace_bpf_fd=old, relative_fd=relative
        )
    finally:
        os.close(old)


def _why(error: OSError, hook: Cgroup, attach_type: AttachType, what: str, relative: int) -> Exception:
    if error.errno in (_errno.EINVAL, _errno.E2BIG):
        for used, since, feature in (
            (True, attach_type.since, what),
            (hook.preorder, (6, 15), f"{what}: preorder"),
            (hook.anchor[0], (6, 17), f"{what}: an order of programs"),
        ):
            if used and sys.kernel_release() < since:
                return NotSupported(feature, since=since)
    if error.errno == _errno.EPERM and privilege.has(
        privilege.capabilities(), privilege.CAP_NET_ADMIN, privilege.CAP_SYS_ADMIN
    ):
        return HookError(
            f"{what}: a program is attached there, or above it, in a way that allows no other (no override, no multi)"
        )
    if error.errno == _errno.ENOENT and hook.replaces:
        return HookError(f'{what}: program {hook.replaces} is not attached there (by flags="multi")')
    if relative and error.errno in (_errno.ENOENT, _errno.EINVAL, _errno.EBADF):
        kind = "link" if hook.anchor[0].endswith("-link") else "program"
        hint = (
            ""
            if kind == "link"
            else " by itself: one that a link holds is named by its link, before-link or after-link"
        )
        return HookError(f"{what}: the anchor, {kind} {relative}, is not attached there{hint}")
    return error


def _where_v2_is() -> str:
    """Where cgroup v2 is mounted, for somebody who named a folder of v1, or nothing."""
    try:
        with open("/proc/self/mounts", encoding="utf-8", errors="surrogateescape") as file:
            mounts = [line.split()[1] for line in file if line.split()[2] == "cgroup2"]
    except OSError:
        return ""
    return f"; cgroup v2 is at {', '.join(mounts)}" if mounts else "; cgroup v2 is mounted nowhere here"


def open_folder(path: str, what: str) -> int:
    """A descriptor of a cgroup v2 folder; the caller closes it. Raises HookError, KernelError."""
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
        raise HookError(f"{path} is no cgroup v2 folder (it has no cgroup.controllers){_where_v2_is()}")
    return fd
