"""tests/unit/hot.c, compiled for this machine; skipped where there is no C compiler."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("hot.c")


def build(folder: Path, *options: str, name: str = "hot") -> Path:
    """A program (or, with -shared, a library) in that folder. -O0: every function has its frame."""
    compiler = shutil.which("gcc") or shutil.which("cc") or shutil.which("clang")
    if compiler is None:
        pytest.skip("no C compiler for this machine")
    path = folder / name
    command = [compiler, "-O0", "-fno-omit-frame-pointer", *options, "-o", str(path), str(SOURCE)]
    subprocess.run(command, check=True, capture_output=True)
    return path
