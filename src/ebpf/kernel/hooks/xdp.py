"""XDP: packets as an interface receives them, by link (Linux 5.9), else by netlink."""

from __future__ import annotations

import errno as _errno
import os

from ebpf.errors import HookError, NotSupported
from ebpf.hooks import index_of
from ebpf.kernel import links, sys
from ebpf.kernel.hooks._net import failed, netlink
from ebpf.kernel.links import CallLink, KernelLink
from ebpf.kernel.sys import Descriptor, Layout
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import Xdp
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.programs import KernelProgram

#: XDP_FLAGS_* of include/uapi/linux/if_link.h.
MODES = {"": 0, "generic": 1 << 1, "native": 1 << 2, "offload": 1 << 3}
_IN_MAPS = (AttachType.XDP_DEVMAP, AttachType.XDP_CPUMAP)
_UPDATE_IF_NOEXIST, _REPLACE = 1 << 0, 1 << 4

_LINK = Layout(bpf_attr.LINK_CREATE)


def attach(engine: KernelEngine, program: KernelProgram, hook: Xdp) -> KernelLink:
    if hook.mode not in MODES:
        raise HookError(f"XDP has no mode {hook.mode!r}; there are generic, native, offload")
    if program.spec.attach_type in _IN_MAPS:
        raise HookError(
            f"program {program.spec.name} was loaded to run out of a map ({program.spec.attach_type.label}), not on an interface"
        )
    index = index_of(hook.interface)
    what = f"xdp on {hook.interface}"
    try:
        return links.create(
            hook,
            _LINK,
            what,
            prog_fd=program.fd,
            target_fd=index,
            attach_type=int(AttachType.XDP),
            flags=MODES[hook.mode],
        )
    except OSError as error:
        if error.errno == _errno.EINVAL and sys.kernel_release() < (5, 9):
            return by_netlink(program, hook, index)
        raise _why(hook, error) from None


def _why(hook: Xdp, error: OSError) -> Exception:
    what = f"xdp on {hook.interface}"
    if error.errno in (_errno.EBUSY, _errno.EEXIST):
        return HookError(f"{what}: another XDP program is attached there (`ip link` shows it)")
    if hook.mode == "offload" and error.errno == _errno.EINVAL:
        return NotSupported(
            f'{what}, mode="offload"', why="its network card runs no programs", hint='use "native" or "generic"'
        )
    if error.errno in (_errno.EOPNOTSUPP, _errno.ERANGE):
        return HookError(
            f'{what}: its driver has no {hook.mode or "native"} XDP, or not at this MTU; mode="generic" always works'
        )
    return error


def by_netlink(program: KernelProgram, hook: Xdp, index: int) -> CallLink:
    """The way before links: the interface holds the program until it is told to let go. An attached one stays there."""
    flags = MODES[hook.mode] | _UPDATE_IF_NOEXIST
    own = Descriptor(os.dup(program.fd), f"xdp on {hook.interface}")
    try:
        with netlink() as ip:
            ip.link("set", index=index, xdp={"attrs": [("IFLA_XDP_FD", own.fd), ("IFLA_XDP_FLAGS", flags)]})
    except Exception as error:
        own.close()
        code = getattr(error, "code", 0)
        if code:
            raise _why(hook, failed(code, f"xdp on {hook.interface}: netlink")) from None
        raise

    def undo() -> None:
        try:
            with netlink() as ip:
                attrs = [
                    ("IFLA_XDP_FD", -1),
                    ("IFLA_XDP_FLAGS", MODES[hook.mode] | _REPLACE),
                    ("IFLA_XDP_EXPECTED_FD", own.fd),
                ]
                ip.link("set", index=index, xdp={"attrs": attrs})
        except Exception as error:
            if getattr(error, "code", 0) not in (_errno.ENODEV, _errno.EEXIST, _errno.ENOENT):
                raise  # the interface is gone, or holds another program by now: nothing of ours is left
        own.close()

    return CallLink(hook, undo)
