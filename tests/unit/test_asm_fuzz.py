"""A short run of tests/fuzz/asm_fuzz.py; the long one is run by hand (a million inputs)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "fuzz"))

import asm_fuzz


def test_damaged_text_and_bytes_are_read_or_refused() -> None:
    outcomes = asm_fuzz.run(4000, seed=2)
    assert outcomes["FAILED"] == 0
    assert outcomes["text"] > 500 and outcomes["bytes"] > 200 and outcomes["refused"] > 1000
