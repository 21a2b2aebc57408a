"""docs/kernel.md: its examples run as they stand, its table knows every map type and every face."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ebpf.objects import faces, rings
from ebpf.objects.map import PLAIN
from ebpf.uapi.map_types import MapType

pytestmark = pytest.mark.host
ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "kernel.md").read_text()


def test_the_table_is_complete() -> None:
    rows = {}
    for line in TEXT.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[1].startswith("`"):
            rows.update(dict.fromkeys(re.findall(r"`(\w+)`", cells[0]), cells[1].strip("`")))
    special = {**faces._FACES, **rings.FACES}
    wanted = {type_.label: "Map" if type_ in PLAIN else special[type_].__name__ for type_ in MapType if type_}
    assert rows == wanted


def test_the_first_kernels_are_those_of_the_facts() -> None:
    for line in TEXT.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[1].startswith("`"):
            told = set(re.findall(r"\d+\.\d+", cells[3]))
            since = {".".join(map(str, MapType[label.upper()].since)) for label in re.findall(r"`(\w+)`", cells[0])}
            assert told == since, line


def test_the_examples_run(tmp_path: Path) -> None:
    (source,) = re.findall(r"```c\n(.*?)```", TEXT, re.DOTALL)
    (tmp_path / "counts.bpf.c").write_text(source)
    examples = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert len(examples) >= 6
    (tmp_path / "examples.py").write_text("\n".join(examples))
    # A mount namespace of its own, for /sys/fs/bpf.
    script = f"while umount /sys/fs/bpf 2>/dev/null; do :; done; exec {sys.executable} examples.py"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
