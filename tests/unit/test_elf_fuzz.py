"""Short runs of tests/fuzz/elf_fuzz.py and link_fuzz.py; the long ones are run by hand (a million inputs)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "fuzz"))

import elf_fuzz
import link_fuzz


def test_mutated_objects_are_read_or_refused() -> None:
    outcomes = elf_fuzz.run(4000, seed=2, save=False)
    assert outcomes["FAILED"] == 0
    assert outcomes["read"] > 500 and outcomes["ObjectError"] > 500


def test_mutated_objects_are_linked_and_stripped_or_refused() -> None:
    outcomes = link_fuzz.run(300, seed=2, save=False)
    assert outcomes["FAILED"] == 0
    assert min(outcomes[what] for what in ("stripped", "linked", "minimised", "refused")) > 10
