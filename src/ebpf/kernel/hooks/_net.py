"""Interfaces and netlink, for the hooks of the network."""

from __future__ import annotations

import socket

from ebpf.errors import HookError, NotSupported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def index_of(interface: str | int) -> int:
    """The number of an interface. Raises HookError with the names there are."""
    if isinstance(interface, int):
        if interface <= 0:
            raise HookError(f"{interface} is no number of an interface")
        return interface
    try:
        return socket.if_nametoindex(interface)
    except OSError:
        names = ", ".join(name for _, name in socket.if_nameindex())
        raise HookError(f"there is no network interface {interface!r} in this namespace; there are {names}") from None


def netlink() -> Any:
    """A netlink socket for routing, by pyroute2. Raises NotSupported."""
    try:
        from pyroute2 import IPRoute
    except ImportError:
        raise NotSupported("netlink", hint="pip install pyroute2") from None
    return IPRoute()
