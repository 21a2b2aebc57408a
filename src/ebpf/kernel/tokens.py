"""BPF tokens (Linux 6.9): rights that whoever mounted a BPF file system gave to a user namespace.

A container's manager mounts bpffs there with `delegate_cmds=`, `delegate_maps=`, `delegate_progs=`, `delegate_attachs=`. A
process in the namespace that has CAP_BPF there makes a token of it; with the token's descriptor the kernel takes its maps,
programs and types. It is made and used when the kernel has refused without: nobody has to ask for it.
"""

from __future__ import annotations

import errno as _errno
import os

from ebpf.errors import NotSupported
from ebpf.kernel import sys
from ebpf.kernel.sys import Descriptor, Layout
from ebpf.uapi import bpf_attr
from ebpf.uapi.commands import Command
from ebpf.uapi.flags import BPF_F_TOKEN_FD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_CREATE = Layout(bpf_attr.TOKEN_CREATE)
#: Command → (its attr, the field of flags, the field of the token).
_FIELDS = {
    Command.MAP_CREATE: (Layout(bpf_attr.MAP_CREATE), "map_flags", "map_token_fd"),
    Command.PROG_LOAD: (Layout(bpf_attr.PROG_LOAD), "prog_flags", "prog_token_fd"),
    Command.BTF_LOAD: (Layout(bpf_attr.BTF_LOAD), "btf_flags", "btf_token_fd"),
}
_found: Descriptor | None = None
_looked_in = ""


def create(path: str) -> Descriptor:
    """A token of the BPF file system mounted at `path`. Raises KernelError: EPERM without CAP_BPF in the namespace that it was
    mounted for, ENOENT where it delegates nothing, EOPNOTSUPP in the first user namespace. NotSupported before Linux 6.9."""
    folder = Descriptor(os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC), path)
    try:
        attr = _CREATE(bpffs_fd=folder.fd)
        return Descriptor(
            sys.bpf(Command.TOKEN_CREATE, attr, f"a token of {path}: BPF_TOKEN_CREATE"), f"token of {path}"
        )
    except OSError as error:
        if error.errno == _errno.EINVAL and sys.kernel_release() < (6, 9):
            raise NotSupported(f"a token of {path}", since=(6, 9)) from None
        raise
    finally:
        folder.close()


def places() -> list[str]:
    """Where a BPF file system that delegates something is mounted."""
    from ebpf.kernel.pins import mounted

    return [folder for folder, kind, options in mounted() if kind == "bpf" and "delegate_" in options]


def delegated() -> int:
    """The descriptor of this process's token, made when it is first asked for; -1 where there is none to be had."""
    global _found, _looked_in
    mounts = ":".join(places())
    if _found is None and mounts and mounts != _looked_in:
        _looked_in = mounts
        for path in mounts.split(":"):
            try:
                _found = create(path)
                break
            except (OSError, NotSupported):
                continue
    return _found.fd if _found is not None else -1


def put_into(command: int, attr: Any) -> bool:
    """Makes a refused command one with the token; False if it was, or there is none."""
    row = _FIELDS.get(Command(command))
    if row is None:
        return False
    layout, flags, field = row
    if len(attr) < layout.size or layout.get(attr, flags) & BPF_F_TOKEN_FD:
        return False
    token = delegated()
    if token < 0:
        return False
    layout.set(attr, flags, layout.get(attr, flags) | BPF_F_TOKEN_FD)
    layout.set(attr, field, token)
    return True
