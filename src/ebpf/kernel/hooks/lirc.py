"""Infrared receivers (Linux 4.18)."""

from __future__ import annotations

import os

from ebpf.errors import HookError
from ebpf.kernel import links, sys
from ebpf.uapi.attach_types import AttachType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import Lirc
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.links import CallLink
    from ebpf.kernel.programs import KernelProgram


def attach(engine: KernelEngine, program: KernelProgram, hook: Lirc) -> CallLink:
    what = f"lirc_mode2 on {hook.path}"
    try:
        fd = os.open(hook.path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise HookError(f"there is no infrared receiver {hook.path}") from None
    except OSError as error:
        raise sys.error(error.errno or 0, what) from None
    try:
        return links.legacy_attach(hook, program, fd, int(AttachType.LIRC_MODE2), what)
    finally:
        os.close(fd)
