"""Other libraries to measure beside ours, installed by name where asked for: into a folder of their own, never beside ours.

`python -m bench --peers NAME…` installs pylibbpf and pythonbpf from PyPI into a folder that it removes afterwards, and tells
the benchmarks of it by EBPF_BENCH_PEERS. libbpf (Debian: libbpf-dev) is compiled against with gcc; BCC is Debian's
python3-bpfcc; Go's cilium/ebpf is Debian's golang-github-cilium-ebpf-dev with golang-go.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
NAMES = ("pylibbpf", "pythonbpf")
VARIABLE = "EBPF_BENCH_PEERS"


@contextmanager
def installed() -> Iterator[None]:
    """A folder with the peers of PyPI; what can't be installed is left out and said."""
    with tempfile.TemporaryDirectory(prefix="ebpf-bench-") as folder:
        for name in NAMES:
            made = subprocess.run(
                [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, name],
                check=False, capture_output=True, text=True,
            )  # fmt: skip
            if made.returncode:
                print(f"# {name} can't be installed: {made.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        os.environ[VARIABLE] = folder
        yield


def folder() -> str:
    """Where the peers of PyPI are; "" if none were asked for."""
    return os.environ.get(VARIABLE, "")


def pylibbpf() -> object | None:
    """The module, if it is there."""
    if folder() and folder() not in sys.path:
        sys.path.append(folder())
    try:
        import pylibbpf
    except ImportError:
        return None
    found: object = pylibbpf
    return found


def libbpf(source: str, target: Path) -> Path | None:
    """A C program of this folder linked with libbpf, in `target`; None where gcc or libbpf-dev is missing."""
    if shutil.which("gcc") is None:
        return None
    path = target / Path(source).stem
    made = subprocess.run(
        ["gcc", "-O2", "-o", str(path), str(HERE / source), "-lbpf"], check=False, capture_output=True, text=True
    )
    return path if made.returncode == 0 else None


def go(source: str, target: Path) -> Path | None:
    """A Go program of this folder built with Debian's cilium/ebpf, in `target`; None where Go or that is missing."""
    if shutil.which("go") is None:
        return None
    path = target / Path(source).stem
    made = subprocess.run(
        ["go", "build", "-o", str(path), str(HERE / source)],
        check=False,
        capture_output=True,
        env=os.environ | {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(target / "go")},
    )
    return path if made.returncode == 0 else None


def pin_to_a_cpu() -> None:
    """This process on the last CPU it may use, so that rounds don't move about."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
