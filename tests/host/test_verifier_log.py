"""`verify(…, log=True)` against the log of the running kernel's verifier at level 2, line by line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ebpf.errors import VerifierError
from ebpf.verifier import verify

sys.path.insert(0, str(Path(__file__).parent.parent / "unit"))
from verifier_logs import first_difference
from verifier_oracle import Oracle
from verifier_programs import MAPS, make

pytestmark = pytest.mark.host
COUNT = 300


def test_line_by_line() -> None:
    differ: dict[int, tuple[int, str, str]] = {}
    with Oracle(MAPS, names=True) as oracle:
        for seed in range(COUNT):
            program = make(seed)
            _, kernel = oracle.ask(program, 2)
            try:
                ours = verify(program, MAPS, max_processed=20_000, log=True).log
            except VerifierError as error:
                ours = error.log
            found = first_difference(kernel, ours)
            if found is not None:
                differ[seed] = found
    assert len(differ) <= COUNT // 100, "\n".join(f"seed {seed}: {found}" for seed, found in differ.items())
