"""Programs of cgroup/bind4, connect4, sendmsg4, recvmsg4 and their kin for IPv6, on those calls of the started processes.

They may refuse a call (EPERM; not recvmsg) or change its address. A changed address is put in place of the caller's own while
the call is made, and taken back after it: the caller must not see it. Of what was received the caller sees the changed one.
There is no cgroup here: the group is the command and all that it starts.
"""

from __future__ import annotations

import errno
import os
import socket
import struct
from sys import byteorder

from ebpf.errors import NotSupported
from ebpf.hooks import Cgroup
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.trace import ptrace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from ebpf.uapi.syscalls import Syscalls
    from ebpf.vm.trace.plan import Attached
    from ebpf.vm.trace.task import Task

AF_INET, AF_INET6 = 2, 10
#: Linux's numbers: these sockets are those of a traced process, and read only there.
_SOL_SOCKET, _SO_TYPE, _SO_PROTOCOL, _SO_DOMAIN = 1, 3, 38, 39

_SENDS, _RECEIVES = ("sendto", "sendmsg", "sendmmsg"), ("recvfrom", "recvmsg", "recvmmsg")
#: Attach type → (system calls, address family).
CALLS = {
    AttachType.CGROUP_INET4_BIND: (("bind",), AF_INET),
    AttachType.CGROUP_INET6_BIND: (("bind",), AF_INET6),
    AttachType.CGROUP_INET4_CONNECT: (("connect",), AF_INET),
    AttachType.CGROUP_INET6_CONNECT: (("connect",), AF_INET6),
    AttachType.CGROUP_UDP4_SENDMSG: (_SENDS, AF_INET),
    AttachType.CGROUP_UDP6_SENDMSG: (_SENDS, AF_INET6),
    AttachType.CGROUP_UDP4_RECVMSG: (_RECEIVES, AF_INET),
    AttachType.CGROUP_UDP6_RECVMSG: (_RECEIVES, AF_INET6),
}
#: Their addresses are there only when the call is left.
RECEIVED = frozenset(_RECEIVES)
#: Linux runs the programs of these for UDP only.
_UDP = frozenset(_SENDS) | RECEIVED
_SOCK_DGRAM = 2
#: sockaddr_in: family, port, address. sockaddr_in6: family, port, flow, address (16 bytes), scope.
_SIZES = {AF_INET: 8, AF_INET6: 24}
#: struct msghdr begins with the address's pointer and length; sendmmsg has an array of them, this far apart, 1024 at most.
_NAME, _MESSAGE, _MESSAGES = struct.Struct("=QI"), 64, 1024
_CONTEXT = struct.Struct("=II16sIIIII16s4xQ")


class Run:
    """One attached program."""

    __slots__ = ("call", "family", "link", "program")

    def __init__(self, link: Attached, call: str, family: int) -> None:
        self.link = link
        self.call = call
        self.program: Any = getattr(link, "raw", link.program)
        self.family = family


def plan(links: Iterable[Attached], table: Syscalls) -> dict[int, list[Run]]:
    """Number of a system call → the programs that judge it."""
    found: dict[int, list[Run]] = {}
    for link in links:
        spec = getattr(getattr(link, "raw", link.program), "spec", None)
        if isinstance(link.hook, Cgroup) and spec is not None and spec.type == ProgType.CGROUP_SOCK_ADDR:
            if spec.attach_type not in CALLS:
                raise NotSupported(
                    f"{spec.section} in a traced command",
                    why="it has bind, connect, sendmsg and recvmsg, of IPv4 and IPv6",
                )
            names, family = CALLS[spec.attach_type]
            for name in names:
                found.setdefault(table.by_name[name].number, []).append(Run(link, name, family))
    return found


def _places(task: Task, call: str, count: int) -> Iterator[tuple[int, int, int]]:
    """Where the addresses of a call are in the caller's memory, their lengths, and where those are (0: in a register). A message
    of a connected socket has none: it was judged when it connected."""
    arguments = task.args
    if call in ("bind", "connect"):
        yield arguments[1], arguments[2], 0
    elif call == "sendto":
        yield arguments[4], arguments[5], 0
    elif call == "recvfrom":
        length = ptrace.read_memory(task.pid, arguments[5], 4)
        yield arguments[4], int.from_bytes(length or b"", byteorder), arguments[5]
    else:
        for number in range(min(count, _MESSAGES)):
            header = arguments[1] + number * _MESSAGE
            name = ptrace.read_memory(task.pid, header, _NAME.size)
            if name is None:
                return
            yield *_NAME.unpack(name), header + 8


def judge(runs: Iterable[Run], task: Task, before: dict[int, bytes], result: int = 0) -> None:
    """Runs the programs at the entry of a call, or at the exit of one that received (and gave `result`). `task.override` is set
    if one refuses; into `before` comes where the caller's memory was changed, and what was there.

    As in Linux sendmmsg sends what comes before a message that is refused. That one is made to fail by its length.
    """
    runs = list(runs)
    call = runs[0].call
    count = {"sendmmsg": task.args[2] & 0xFFFF_FFFF, "recvmmsg": result}.get(call, 1)
    kind = None
    for number, (at, length, length_at) in enumerate(_places(task, call, count)):
        # Messages may share one address: each is judged by what the caller put there.
        data = before.get(at) or (
            ptrace.read_memory(task.pid, at, 28 if length >= 28 else 16) if at and length >= 16 else None
        )
        if data is None:
            continue  # none, or the call itself will say so
        family = int.from_bytes(data[:2], byteorder)
        now = data
        for run in runs:
            if run.family != family or len(data) < _SIZES[family]:
                continue
            kind = kind or _socket(task.tgid, task.args[0])
            if kind[0] != family or (call in _UDP and kind[1] != _SOCK_DGRAM):
                continue
            verdict, after = run.program.invoke_changing(_context(now, *kind), task)
            if not verdict & 1 and call not in RECEIVED:
                if not number:
                    task.override = -errno.EPERM
                elif ptrace.write_memory(task.pid, length_at, bytes(4)):
                    before[length_at] = length.to_bytes(4, byteorder)
                return
            now = _address(now, after)
        if now != data and ptrace.write_memory(task.pid, at, now):
            before[at] = data


def _context(data: bytes, family: int, type_: int, protocol: int) -> bytes:
    """struct bpf_sock_addr; addresses and the port as they are on the wire."""
    port = int.from_bytes(data[2:4], byteorder)
    four, six = (data[4:8], bytes(16)) if family == AF_INET else (bytes(4), data[8:24])
    return _CONTEXT.pack(family, int.from_bytes(four, byteorder), six, port, family, type_, protocol, 0, bytes(16), 0)


def _address(data: bytes, context: bytes) -> bytes:
    """The socket address with what a program wrote."""
    # user_ip4 at byte 4, user_ip6 at 8, user_port at 24; the port's two bytes are the lower ones of its number.
    port = int.from_bytes(context[24:28], byteorder) & 0xFFFF
    head = data[:2] + port.to_bytes(2, byteorder)
    if int.from_bytes(data[:2], byteorder) == AF_INET:
        return head + context[4:8] + data[8:]
    return head + data[4:8] + context[8:24] + data[24:]


def _socket(tgid: int, fd: int) -> tuple[int, int, int]:
    """(family, type, protocol) of a traced process's socket, by way of a copy of its descriptor (pidfd_getfd, Linux 5.6)."""
    try:
        pidfd = os.pidfd_open(tgid)
        try:
            copy = ptrace.get_fd(pidfd, fd & 0xFFFF_FFFF)
        finally:
            os.close(pidfd)
        with socket.socket(fileno=copy) as own:
            return tuple(own.getsockopt(_SOL_SOCKET, option) for option in (_SO_DOMAIN, _SO_TYPE, _SO_PROTOCOL))  # type: ignore[return-value]
    except OSError:
        return 0, 0, 0
