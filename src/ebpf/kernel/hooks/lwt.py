"""Programs on a route, by netlink: light-weight tunnels (Linux 4.10), and End.BPF of segment routing (4.18)."""

from __future__ import annotations

import errno as _errno

from ebpf.errors import HookError, NotSupported
from ebpf.hooks import index_of
from ebpf.kernel import sys
from ebpf.kernel.hooks._net import failed, netlink
from ebpf.kernel.links import CallLink
from ebpf.kernel.sys import object_name
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.hooks import Lwt
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.programs import KernelProgram

#: What pyroute2 calls the place of a program in LWT_BPF_*.
_PLACES = {ProgType.LWT_IN: "in", ProgType.LWT_OUT: "out", ProgType.LWT_XMIT: "xmit"}
#: LWT_BPF_MAX_HEADROOM of include/uapi/linux/lwtunnel.h.
MOST_HEADROOM = 256


def attach(engine: KernelEngine, program: KernelProgram, hook: Lwt) -> CallLink:
    from ipaddress import ip_address, ip_network

    kind = program.spec.type
    what = f"{kind.label} on the route to {hook.destination}"
    try:
        destination = ip_network(hook.destination)
        via = str(ip_address(hook.via)) if hook.via else ""
    except ValueError as error:
        raise HookError(f"{what}: {error}") from None
    if not 0 <= hook.headroom <= MOST_HEADROOM or (hook.headroom and kind != ProgType.LWT_XMIT):
        raise HookError(f"{what}: headroom {hook.headroom}; lwt_xmit takes 0 to {MOST_HEADROOM} bytes, the others none")
    if kind == ProgType.LWT_SEG6LOCAL and destination.version != 6:
        raise HookError(f"{what}: segments are of IPv6")
    route: dict[str, Any] = {"dst": str(destination), "oif": index_of(hook.interface), "table": hook.table}
    if via:
        route["gateway"] = via
    name = object_name(program.spec.name).decode()
    if kind == ProgType.LWT_SEG6LOCAL:
        encap = {"type": "seg6local", "action": "End.BPF", "bpf": {"fd": program.fd, "name": name}}
    else:
        place: dict[str, Any] = {"fd": program.fd, "name": name}
        if hook.headroom:
            place["headroom"] = hook.headroom
        encap = {"type": "bpf", _PLACES[kind]: place}
    try:
        with netlink() as ip:
            ip.route("add", encap=encap, **route)
    except Exception as error:
        code = getattr(error, "code", 0)
        if code == _errno.EEXIST:
            raise HookError(f"{what}: there is such a route already (`ip route show table {hook.table}`)") from None
        if code in (_errno.EOPNOTSUPP, sys.ENOTSUPP):
            why = "CONFIG_IPV6_SEG6_BPF" if kind == ProgType.LWT_SEG6LOCAL else "CONFIG_LWTUNNEL_BPF"
            raise NotSupported(what, why=f"this kernel was built without {why}") from None
        if code in (_errno.ENETUNREACH, _errno.EHOSTUNREACH, _errno.ENETDOWN):
            raise HookError(f"{what}: {hook.via or hook.interface} can't be reached from here, or is down") from None
        if code:
            raise failed(code, f"{what}: netlink") from None
        raise

    def undo() -> None:
        try:
            with netlink() as ip:
                ip.route("del", **route)
        except Exception as error:
            if getattr(error, "code", 0) not in (_errno.ENODEV, _errno.ESRCH, _errno.ENOENT):
                raise  # the interface is gone, and the route with it

    return CallLink(hook, undo)
