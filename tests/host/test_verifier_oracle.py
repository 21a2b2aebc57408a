"""The running kernel as the judge of the verifier: the same verdict on programs made at random, and never a laxer one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ebpf.errors import VerifierError
from ebpf.verifier import verify

sys.path.insert(0, str(Path(__file__).parent.parent / "unit"))
from verifier_oracle import Oracle
from verifier_programs import MAPS, make

pytestmark = pytest.mark.host


def test_never_laxer_and_seldom_stricter() -> None:
    lax: list[int] = []
    strict: list[int] = []
    count = 1200
    with Oracle(MAPS) as oracle:
        for seed in range(count):
            program = make(seed)
            errno, _ = oracle.ask(program)
            try:
                verify(program, MAPS, max_processed=20_000)
                taken = True
            except VerifierError:
                taken = False
            if taken and errno:
                lax.append(seed)
            elif not taken and not errno:
                strict.append(seed)
    assert not lax, f"accepted, though the kernel refuses: seeds {lax}"
    assert len(strict) <= count // 200, f"refused, though the kernel accepts: seeds {strict}"
