"""A BPF file system of the test's own."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ebpf.kernel import pins


@contextmanager
def mounted(folder: Path | None = None) -> Iterator[str]:
    """Mounts one at a folder (a new one, if none is given), and takes it away with all that is pinned there."""
    if folder is None:
        with tempfile.TemporaryDirectory() as made, mounted(Path(made)):
            yield made
        return
    assert pins.mount(str(folder)) is True
    try:
        yield str(folder)
    finally:
        subprocess.run(["umount", str(folder)], check=True)
