"""Programs on one socket: filters (Linux 3.19) and the choice in a reuseport group (4.19)."""

from __future__ import annotations

import errno as _errno
import os
import socket

from ebpf.errors import HookError
from ebpf.kernel import sys
from ebpf.kernel.links import CallLink
from ebpf.kernel.sys import Descriptor
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import Socket
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.programs import KernelProgram

# include/uapi/asm-generic/socket.h; parisc and sparc have others, and no place here.
SO_ATTACH_BPF, SO_DETACH_BPF = 50, 27
SO_ATTACH_REUSEPORT_EBPF, SO_DETACH_REUSEPORT_BPF = 52, 68


def attach(engine: KernelEngine, program: KernelProgram, hook: Socket) -> CallLink:
    reuseport = program.spec.type == ProgType.SK_REUSEPORT
    put, take = (SO_ATTACH_REUSEPORT_EBPF, SO_DETACH_REUSEPORT_BPF) if reuseport else (SO_ATTACH_BPF, SO_DETACH_BPF)
    what = f"{program.spec.type.label} on socket {hook.fd}"
    try:
        own = Descriptor(os.dup(hook.fd), what)
    except OSError as error:
        raise sys.error(error.errno or 0, what, "no such open descriptor") from None
    try:
        _set(own.fd, put, program.fd)
    except OSError as error:
        own.close()
        if error.errno == _errno.ENOTSOCK:
            raise HookError(f"descriptor {hook.fd} is no socket") from None
        hint = "the socket needs SO_REUSEPORT, and to be bound" if reuseport and error.errno == _errno.EINVAL else ""
        raise sys.error(error.errno or 0, what, hint) from None

    def undo() -> None:
        try:
            _set(own.fd, take, 0)
        except OSError as error:
            if error.errno != _errno.ENOENT:
                raise sys.error(error.errno or 0, f"detaching {what}") from None
        own.close()

    return CallLink(hook, undo)


def _set(fd: int, option: int, value: int) -> None:
    # A Python socket over the number, which is not closed with it.
    over = socket.socket(fileno=fd)
    try:
        over.setsockopt(socket.SOL_SOCKET, option, value)
    finally:
        over.detach()
