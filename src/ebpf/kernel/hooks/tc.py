"""Traffic control by clsact (Linux 4.5), put there by netlink: a bpf filter in direct-action mode, or an action behind a
filter that matches everything."""

from __future__ import annotations

import errno as _errno
import os

from ebpf.errors import HookError, NotSupported
from ebpf.hooks import index_of
from ebpf.kernel.hooks._net import failed, netlink
from ebpf.kernel.links import CallLink
from ebpf.kernel.sys import object_name
from ebpf.uapi.ethernet import ETH_P_ALL
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.hooks import Tc
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.programs import KernelProgram

#: TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_INGRESS / _EGRESS) of include/uapi/linux/pkt_sched.h.
PARENTS = {"ingress": 0xFFFFFFF2, "egress": 0xFFFFFFF3}
#: The clsact qdiscs that this process made, as (network namespace, interface): the last filter takes them away.
_MADE: set[tuple[int, int]] = set()
#: The handle of the clsact qdisc itself.
_CLSACT = 0xFFFF0000


def attach(engine: KernelEngine, program: KernelProgram, hook: Tc) -> CallLink:
    if hook.direction not in PARENTS:
        raise HookError(f"tc has no direction {hook.direction!r}; there are ingress and egress")
    index = index_of(hook.interface)
    what = f"tc {hook.direction} on {hook.interface}"
    if not 0 < hook.priority < 1 << 16 or not 0 < hook.handle < 1 << 32:
        raise HookError(f"{what}: priority {hook.priority}, handle {hook.handle}; they are 1 to 65535, 1 to 2^32 - 1")
    place: dict[str, Any] = {
        "index": index,
        "handle": hook.handle,
        "parent": PARENTS[hook.direction],
        "prio": hook.priority,
        "protocol": ETH_P_ALL,
    }
    name = object_name(program.spec.name).decode()
    if program.spec.type == ProgType.SCHED_ACT:
        kind = "matchall"
        filter_: dict[str, Any] = {"action": {"kind": "bpf", "fd": program.fd, "name": name, "action": "ok"}}
    else:
        kind = "bpf"
        filter_ = {"fd": program.fd, "name": name, "direct_action": True}
    with netlink() as ip:
        where = os.stat("/proc/thread-self/ns/net").st_ino, index
        if _make_clsact(ip, index, what):
            _MADE.add(where)
        try:
            ip.tc("add-filter", kind, **filter_, **place)
        except Exception as error:
            _drop_if_unused(ip, where)
            code = getattr(error, "code", 0)
            if code == _errno.EEXIST:
                raise HookError(
                    f"{what}: priority {hook.priority}, handle {hook.handle} is taken by another filter: use another"
                ) from None
            if code == _errno.ENOENT:
                needs = "CONFIG_NET_CLS_BPF" if kind == "bpf" else "CONFIG_NET_CLS_MATCHALL and CONFIG_NET_ACT_BPF"
                raise NotSupported(what, why=f"this kernel was built without {needs}") from None
            if code:
                raise failed(code, f"{what}: netlink") from None
            raise

    def undo() -> None:
        with netlink() as ip:
            try:
                ip.tc("del-filter", kind, **place)
                _drop_if_unused(ip, where)
            except Exception as error:
                if getattr(error, "code", 0) not in (_errno.ENODEV, _errno.ENOENT, _errno.EINVAL):
                    raise  # the interface or its qdisc is gone: so is the filter

    return CallLink(hook, undo)


def _make_clsact(ip: Any, index: int, what: str) -> bool:
    """Whether a clsact qdisc had to be made. Raises KernelError."""
    try:
        ip.tc("add", "clsact", index=index)
    except Exception as error:
        code = getattr(error, "code", 0)
        if code == _errno.EEXIST:
            return False
        if code:
            raise failed(code, f"{what}: adding the clsact qdisc") from None
        raise
    return True


def _drop_if_unused(ip: Any, where: tuple[int, int]) -> None:
    """Takes the clsact qdisc away if this process put it there and nobody uses it now."""
    index = where[1]
    if where not in _MADE or any(ip.get_filters(index=index, parent=parent) for parent in PARENTS.values()):
        return
    _MADE.discard(where)
    try:
        ip.tc("del", "clsact", index=index)
    except Exception as error:
        if not getattr(error, "code", 0):
            raise
