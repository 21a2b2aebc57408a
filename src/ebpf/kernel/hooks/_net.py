"""Interfaces and netlink, for the hooks of the network."""

from __future__ import annotations

import errno as _errno
import socket

from ebpf.errors import HookError, NotSupported
from ebpf.kernel import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.errors import KernelError


def index_of(interface: str | int) -> int:
    """The number of an interface. Raises HookError with the names there are."""
    if isinstance(interface, int):
        if any(index == interface for index, _ in socket.if_nameindex()):
            return interface
    else:
        try:
            return socket.if_nametoindex(interface)
        except OSError:
            pass
    names = ", ".join(
        f"{name} ({index})" if isinstance(interface, int) else name for index, name in socket.if_nameindex()
    )
    raise HookError(f"there is no network interface {interface!r} in this namespace; there are {names}")


def failed(number: int, call: str) -> KernelError:
    """The error of a netlink request, which has errno's numbers."""
    hint = "needs CAP_NET_ADMIN over this network namespace" if number in (_errno.EPERM, _errno.EACCES) else ""
    return sys.error(number, call, hint)


def netlink() -> Any:
    """A netlink socket for routing, by pyroute2. Raises NotSupported."""
    try:
        from pyroute2 import IPRoute
    except ImportError:
        raise NotSupported("netlink", hint="pip install pyroute2") from None
    return IPRoute()
