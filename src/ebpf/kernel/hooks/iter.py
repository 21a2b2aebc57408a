"""Iterators over kernel objects (Linux 5.8): read as text."""

from __future__ import annotations

import os
from struct import Struct

from ebpf.kernel import sys
from ebpf.kernel.links import BpfLink
from ebpf.kernel.sys import Layout, address, buffer
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.commands import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebpf.hooks import Iter
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.programs import KernelProgram

_LINK = Layout(bpf_attr.LINK_CREATE_ITER)
_CREATE = Layout(bpf_attr.ITER_CREATE)
#: `union bpf_iter_link_info`, the map's part, filled up to the whole (16 bytes).
_MAP = Struct("=I12x")


class IterLink(BpfLink):
    """An attached iterator: each `read` walks the kernel's objects anew."""

    def open(self) -> int:
        """A descriptor to read one walk from; the caller closes it. Raises KernelError."""
        return sys.bpf(Command.ITER_CREATE, _CREATE(link_fd=self.fd), f"{self.what}: BPF_ITER_CREATE")

    def chunks(self) -> Iterator[bytes]:
        """What the program writes in one walk, as it comes. Raises KernelError."""
        fd = self.open()
        try:
            while True:
                try:
                    data = os.read(fd, 1 << 16)
                except BlockingIOError:
                    continue  # the kernel asks to go on: nothing was written at this object
                except OSError as error:
                    raise sys.error(error.errno or 0, f"{self.what}: reading") from None
                if not data:
                    return
                yield data
        finally:
            os.close(fd)

    def read(self) -> bytes:
        """All that the program writes in one walk. Raises KernelError."""
        return b"".join(self.chunks())

    def text(self) -> str:
        """The same as text."""
        return self.read().decode(errors="replace")


def attach(engine: KernelEngine, program: KernelProgram, hook: Iter) -> IterLink:
    what = f"iter/{program.spec.target}"
    info = buffer(_MAP.pack(engine.map_named(hook.map).fd if hook.map else 0))
    attr = _LINK(prog_fd=program.fd, attach_type=int(AttachType.TRACE_ITER))
    if hook.map:
        _LINK.set(attr, "iter_info", address(info))
        _LINK.set(attr, "iter_info_len", _MAP.size)
    return IterLink(hook, sys.bpf(Command.LINK_CREATE, attr, f"{what}: BPF_LINK_CREATE"))
