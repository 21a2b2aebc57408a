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

from ebpf.vm.machine import Machine
from ebpf.vm.program import VmProgram


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


@pytest.mark.parametrize("level", [0, 2])
def test_machine_code_that_differs_is_told(level: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run would see it: here machine code gives one more than it should."""
    monkeypatch.setenv("EBPF_CACHE", "off")
    monkeypatch.setattr(safety, "OPTIMISED", 4)
    plain = VmProgram.execute

    def execute(program: VmProgram, machine: Machine, length: int = 0) -> int:
        wrong = program.native is not None and program.native.level == level
        return plain(program, machine, length) + wrong

    monkeypatch.setattr(VmProgram, "execute", execute)
    run = safety.Run(kernel=False)
    run.chunk([("careful", seed) for seed in range(8)])
    assert {difference["where"] for difference in run.differences} == {f"O{level}"}


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
