"""A short run of tests/fuzz/safety.py with the kernel: in a process of its own, which gives up privileges for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")

pytestmark = pytest.mark.host
SAFETY = Path(__file__).resolve().parents[1] / "fuzz" / "safety.py"


def test_random_programs_agree_with_the_kernel(tmp_path: Path) -> None:
    summary = tmp_path / "summary.json"
    done = subprocess.run(
        [sys.executable, str(SAFETY), "--count", "960", "--seed", "5000000", "--summary", str(summary)],
        capture_output=True,
        text=True,
        timeout=550,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    counts = json.loads(summary.read_text())["counts"]
    assert counts["programs"] == 960
    # The kernel takes most of those that are made with care, and some of those that were bent after.
    assert counts["kernel ran careful"] > 60 and counts["kernel ran bent"] > 5, counts
    assert counts["kernel ran asked"] > 60, counts
    assert counts["native O0"] > 400 and counts["native O2"] > 10, counts
