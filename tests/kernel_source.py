"""The kernel's own tests, as sources to compile at test time: never kept here.

$EBPF_LINUX names an unpacked tree. Else Debian's package linux-source-6.12 is looked for in /usr/src, unpacked or as its
archive; of that the parts that tests read are unpacked once, into .cache of this checkout (root only: the host lane reads them).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSION = "6.12"
PARTS = (
    "tools/testing/selftests/bpf",
    "tools/include",
    "tools/lib/bpf",
    "include/uapi",
    "samples/bpf",
    "lib/test_bpf.c",
)


def find() -> Path | None:
    """The root of a kernel source tree with its BPF selftests, or None."""
    name = f"linux-source-{VERSION}"
    cached = ROOT / ".cache" / name
    for place in (os.environ.get("EBPF_LINUX", ""), f"/usr/src/{name}", str(cached)):
        if place and (Path(place) / PARTS[0]).is_dir():
            return Path(place)
    archive = Path(f"/usr/src/{name}.tar.xz")
    if not archive.exists() or not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("tar"):
        return None
    try:
        cached.parent.mkdir(exist_ok=True)
    except OSError:
        return None  # the checkout can't be written to, as in a guest
    with tempfile.TemporaryDirectory(dir=cached.parent) as folder:
        wanted = [f"{name}/{part}" for part in PARTS]
        if subprocess.run(["tar", "xf", str(archive), "-C", folder, *wanted], check=False).returncode:
            return None
        (Path(folder) / name).rename(cached)
    return cached
