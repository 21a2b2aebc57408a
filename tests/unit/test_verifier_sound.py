"""Soundness by execution: what was accepted never faults, and every register holds what was claimed of it.

Programs made at random are proved, then run by the checked interpreter on random packets and contexts, with each register
looked at before each instruction. `bench/verifier_sound.py` is the long run.
"""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
import verifier_programs as plain
import verifier_programs_kinds as kinds
import verifier_programs_wide as wide
from verifier_programs import make
from verifier_sound import REFUSED, SOUND, Runner

COUNT = 400


@pytest.mark.parametrize(
    ("programs", "count", "least"),
    [(plain, COUNT, COUNT // 6), (wide, COUNT // 2, COUNT // 12), (kinds, COUNT // 2, COUNT // 50)],
    ids=["plain", "wide", "kinds"],
)
def test_accepted_programs_keep_their_proof(
    programs: Any, count: int, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = 0
    broken: list[str] = []
    runner = Runner(programs, lambda owner, name, value: monkeypatch.setattr(owner, name, value, raising=False))
    try:
        random = Random(7)
        for seed in range(count):
            outcome, found = runner.run(seed, random)
            ran += outcome == SOUND
            broken += [f"seed {seed}: {one}" for one in found[:2]]
            assert outcome != REFUSED or not found
    finally:
        runner.close()
    assert not broken, "\n".join(broken[:10])
    assert ran > least


@pytest.mark.parametrize("seed", [3, 11])
def test_the_same_seed_is_the_same_program(seed: int) -> None:
    assert make(seed).code == make(seed).code
