"""docs/refusals.md tells what the running kernel says of the twenty refusals: the last line of its log for each."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import ebpf

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "generate"))
sys.path.insert(0, str(ROOT / "tests" / "unit"))
from test_verifier_refused import REFUSED  # noqa: E402
from verifier_refusals import PAGE, SOURCE, kernel_says  # noqa: E402

pytestmark = pytest.mark.host


def test_the_page_says_what_the_kernel_says() -> None:
    if not os.uname().release.startswith("6.18."):
        pytest.skip("the page shows what Linux 6.18 says")
    page = PAGE.read_text()
    spec = ebpf.compile(str(SOURCE))
    missing = []
    for name in REFUSED:
        shown = page.partition(f"## {name.replace('_', ' ').capitalize()}\n")[2].partition("## ")[0]
        log = kernel_says(spec, name)
        # Registers and offsets are the compiler's; the reason's first words are not.
        if not log or " ".join(log[-1].split()[-3:]) not in shown:
            missing.append((name, log[-1:]))
    assert not missing, f"run generate/verifier_refusals.py: {missing}"
