"""How the tests run an example: as its reader would, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"


def start(name: str, *words: str, inside: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """`inside`: a command that runs another one where it is wanted (nsenter)."""
    return subprocess.Popen(
        [*inside, sys.executable, "-u", "main.py", *words],
        cwd=EXAMPLES / name,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(name: str, *words: str) -> tuple[int, str, str]:
    """(exit status, output, errors)."""
    with start(name, *words) as process:
        out, err = process.communicate(timeout=120)
    return process.returncode, out, err
