"""A short run of tests/fuzz/elf_fuzz.py; the long one is run by hand (a million inputs)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "fuzz"))

import elf_fuzz


def test_mutated_objects_are_read_or_refused() -> None:
    outcomes = elf_fuzz.run(4000, seed=2, save=False)
    assert outcomes["FAILED"] == 0
    assert outcomes["read"] > 500 and outcomes["ObjectError"] > 500
