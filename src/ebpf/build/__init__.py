"""C to object files: finds clang, brings the headers, keeps what it made.

    from ebpf import build
    data = build.compile("count.bpf.c", target="bpfel")         # the object, bytes
    build.compile_file("count.bpf.c", "count.bpf.o")

Our own headers are searched first (after the folders that a caller names) and are enough for ordinary programs, on a
machine that has no kernel headers and no C library's; what they lack is looked for in /usr/include, last.
"""

from __future__ import annotations

import os
from pathlib import Path

from ebpf.build.clang import INCLUDE, TIMEOUT, Compiled, compile_c, make_rule, write_object
from ebpf.build.compilers import Compiler, find_compiler
from ebpf.errors import CompileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypedDict, Unpack

    class Options(TypedDict, total=False):
        """What `compile` takes."""

        target: str
        cc: str | os.PathLike[str] | None
        cflags: Sequence[str]
        include: Sequence[str | os.PathLike[str]]
        define: Sequence[str]
        opt: str
        cpu: str
        arch: str | None
        vmlinux: str
        cache: bool
        timeout: float
        report: Callable[[str], None] | None


__all__ = [
    "INCLUDE",
    "TIMEOUT",
    "Compiled",
    "Compiler",
    "compile",
    "compile_c",
    "compile_file",
    "find_compiler",
    "make_rule",
    "write_object",
]


def compile(
    source: str | os.PathLike[str],
    *,
    target: str = "native",
    cc: str | os.PathLike[str] | None = None,
    cflags: Sequence[str] = (),
    include: Sequence[str | os.PathLike[str]] = (),
    define: Sequence[str] = (),
    opt: str = "-O2",
    cpu: str = "v3",
    arch: str | None = None,
    vmlinux: str = "auto",
    cache: bool = True,
    timeout: float = TIMEOUT,
    report: Callable[[str], None] | None = None,
    text: str | bytes | None = None,
) -> bytes:
    """Compiles one C file for BPF and gives the object file's bytes, with BTF and debug information.

    target   "bpfel" or "bpfeb" (a byte order; any machine), "native" (this machine), or a machine: "x86", "arm64", …
    arch     the machine whose registers PT_REGS_… and BPF_KPROBE read, where `target` is only a byte order
    cc       the clang to use: a path or a name, "zig" for the `ziglang` wheel's; by default $EBPF_CC, clang ≥ 14 on the
             PATH, or the wheel's
    include  folders to look for headers in, before ours; `define`: "NAME" or "NAME=VALUE"; `cflags`: anything else
    opt      "-O2", "-O1", … ; `cpu`: the instruction set, "v1" … "v4"
    vmlinux  whose types `#include "vmlinux.h"` gives where no folder has one: "kernel" (this machine's), "shipped" (ours,
             the same everywhere) or "auto": the kernel's if it has them and the target is this machine or a byte order
    cache    take the object from the cache if nothing that went into it has changed, and put it there
    timeout  seconds until the compiler is stopped
    report   called with each line of the compiler's warnings
    text     the C itself, where it is not in a file: `source` is then what messages call it, and says whose folder
             `#include "…"` looks into

    Raises CompileError (the compiler's own lines, and what to do), ValueError for an unknown target.
    """
    compiled = compile_c(
        source,
        target=target,
        cc=cc,
        cflags=cflags,
        include=include,
        define=define,
        opt=opt,
        cpu=cpu,
        arch=arch,
        vmlinux=vmlinux,
        cache=cache,
        timeout=timeout,
        text=text,
    )
    if report is not None:
        for line in compiled.warnings:
            report(line)
    return compiled.data


def compile_file(
    source: str | os.PathLike[str], output: str | os.PathLike[str] | None = None, **options: Unpack[Options]
) -> Path:
    """As `compile`, with its options, and writes the object: to `output`, by default the source's name with .o in this folder."""
    data = compile(source, **options)
    target_path = Path(output) if output is not None else Path(Path(source).with_suffix(".o").name)
    try:
        write_object(target_path, data)
    except OSError as error:
        raise CompileError(f"{target_path} {error.strerror}") from error
    return target_path
