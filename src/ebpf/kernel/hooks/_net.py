"""Netlink, for the hooks of the network."""

from __future__ import annotations

import errno as _errno

from ebpf.errors import NotSupported
from ebpf.kernel import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.errors import KernelError


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
