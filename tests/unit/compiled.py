"""C sources compiled for tests, once a run; skipped with the reason where there is no clang."""

from __future__ import annotations

import functools
import os
import shutil
import sys
import textwrap
from pathlib import Path
from typing import Literal

import pytest

from ebpf import build, elf
from ebpf.errors import CompileError
from ebpf.spec import ObjectSpec

TARGETS = {"little": "bpfel", "big": "bpfeb"}


@functools.cache
def _compiler() -> None:
    try:
        build.find_compiler()
    except CompileError as error:
        pytest.skip(str(error))


def compile_c(
    folder: Path,
    source: str,
    order: Literal["little", "big"] = sys.byteorder,
    name: str = "test.bpf.c",
    cc: str | None = None,
) -> bytes:
    """The object of a C source (text), made in that folder."""
    _compiler()
    path = folder / name
    path.write_text(textwrap.dedent(source))
    return build.compile(path, target=TARGETS[order], cc=cc, cache=False)


def read_c(folder: Path, source: str, order: Literal["little", "big"] = sys.byteorder) -> ObjectSpec:
    return elf.read(compile_c(folder, source, order), path="test.bpf.o")


def compiled(folder: Path, source: Path) -> Path:
    """The object file of a C file of the tests', made in that folder."""
    _compiler()
    target = folder / "test.o"
    build.compile_file(source, target)
    return target


def clangs() -> list[str]:
    """Every clang on PATH, each once: "clang", and those with a number that it isn't."""
    found: dict[str, str] = {}
    for name in ("clang", *(f"clang-{number}" for number in range(10, 31))):
        path = shutil.which(name)
        if path:
            found.setdefault(os.path.realpath(path), name)
    return list(found.values())
