"""A short run of tests/fuzz/safety.py without the kernel; tests/host has one with it, and the long one is run by hand."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")

sys.path.append(str(Path(__file__).resolve().parents[1] / "fuzz"))

import safety
import safety_programs


def test_random_programs_end_and_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EBPF_CACHE", "off")
    monkeypatch.setattr(safety, "OPTIMISED", 5)
    run = safety.Run(kernel=False)
    for begin in range(0, 4 * safety.CHUNK, safety.CHUNK):
        run.chunk([(safety.kinds_of(n, ""), n) for n in range(begin, begin + safety.CHUNK)])
    assert run.differences == []
    for end in ("value", "fault", "refused", "native O0", "native O2"):
        assert run.counts[end] > 5, run.counts


@pytest.mark.parametrize("kind", safety_programs.KINDS)
def test_a_program_is_the_same_each_time(kind: str) -> None:
    one, other = (safety_programs.case(kind, 7) for _ in range(2))
    assert (one.spec.code, one.data, one.context) == (other.spec.code, other.data, other.context)
    assert one.spec.code != safety_programs.case(kind, 8).spec.code


def test_machine_code_that_differs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run would see it: here machine code of another program is put in its place."""
    monkeypatch.setenv("EBPF_CACHE", "off")
    run = safety.Run(kernel=False)
    load = safety.Batch.load

    def shuffled(batch: safety.Batch, text: str, level: int, names: list[str]) -> object:
        others = [key for key in batch.codes if key != text]
        return load(batch, others[0], level, names) if others else load(batch, text, level, names)

    monkeypatch.setattr(safety.Batch, "load", shuffled)
    run.chunk([("careful", seed) for seed in range(8)])
    assert any(difference["where"] == "O0" for difference in run.differences)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork(2) here")
def test_a_worker_that_dies_is_noted_and_another_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    chunk = safety.Run.chunk

    def dies(run: safety.Run, cases: list[tuple[str, int]], at: object = None) -> None:
        if cases[0][1] == safety.CHUNK:
            os.abort()
        chunk(run, cases[:4], at)

    monkeypatch.setattr(safety.Run, "chunk", dies)
    monkeypatch.setattr(safety.signal, "SIGKILL", 9)
    summary = tmp_path / "summary.json"
    arguments = ["--no-kernel", "--summary", str(summary), "--count", str(3 * safety.CHUNK)]
    assert safety.main(arguments) == 1
    found = json.loads(summary.read_text())
    assert [difference["where"] for difference in found["differences"]] == ["died"]
    assert found["differences"][0]["chunk"] == safety.CHUNK
    assert found["counts"]["programs"] == 8 and found["next"] == [3 * safety.CHUNK]
    # A run that has come to its end has nothing left to do.
    assert safety.main(arguments) == 1
    assert json.loads(summary.read_text())["counts"]["programs"] == 8
