"""Where `#include "vmlinux.h"` is found when a program brings none: the types of this kernel, or those that we ship.

This kernel's are written once, from /sys/kernel/btf/vmlinux, to `$XDG_CACHE_HOME/ebpf/vmlinux/BUILD-ID-WRITER/vmlinux.h`
(WRITER: a sum of the code that writes it, so that another version of ours writes its own). The
shipped ones are the types that ordinary programs name, as Linux 6.18 has them. With either, CO-RE finds the fields of
the kernel that a program is loaded into, so that where it was compiled makes no difference.
"""

from __future__ import annotations

import zlib
from importlib import resources
from pathlib import Path

from ebpf._files import write_whole
from ebpf.build.cache import cache_folder, is_ours
from ebpf.build.targets import native_arch
from ebpf.errors import BtfError, CompileError, NotSupported

NAME = "vmlinux.h"

#: The header that we ship.
SHIPPED = Path(__file__).resolve().parent / "vmlinux"

CHOICES = ("auto", "kernel", "shipped")


def vmlinux_folder(choice: str = "auto", arch: str = "") -> Path:
    """The folder whose vmlinux.h a program gets: "kernel" (this one's), "shipped", or "auto": the kernel's if it has types.

    `arch` is the machine that is compiled for, if it is known: where it is another than this one, "auto" is the shipped header,
    since this kernel's has the registers (`struct pt_regs`) of this machine only.

    Raises CompileError for "kernel" where that can't be, ValueError for another choice.
    """
    if choice not in CHOICES:
        raise ValueError(f"no vmlinux.h {choice!r}; there are {', '.join(CHOICES)}")
    if choice == "shipped" or (choice == "auto" and arch not in ("", native_arch())):
        return SHIPPED
    try:
        return _of_this_kernel()
    except (NotSupported, BtfError, OSError) as error:
        if choice == "kernel":
            raise CompileError(f"vmlinux.h of this kernel can't be had: {error}") from error
        return SHIPPED


def _of_this_kernel() -> Path:
    from ebpf.btf import header
    from ebpf.btf.kernel import build_id, kernel_btf

    base = cache_folder()
    identity = build_id()
    if base is None or not identity:
        raise NotSupported("a place for the kernel's vmlinux.h", why="there is no cache folder that is safe to use")
    ours = (resources.files("ebpf.btf").joinpath(file) for file in ("dump.py", "header.py"))
    writer = zlib.crc32(b"".join(file.read_bytes() for file in ours))
    folder = base / "vmlinux" / f"{identity}-{writer:08x}"
    path = folder / NAME
    if is_ours(folder) and is_ours(path):
        return folder
    text = header.header(kernel_btf(), kfuncs=header.ASKED_KFUNCS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not is_ours(folder):
        raise NotSupported("a place for the kernel's vmlinux.h", why=f"{folder} can be written by others")
    write_whole(path, text.encode(), 0o600)
    return folder
