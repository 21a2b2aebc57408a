"""The examples' and tests' own objects through every command that reads objects (tests/fuzz/objects.py has more of them)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from compiled import _compiler

from ebpf import build

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "fuzz"))
import objects  # noqa: E402

SOURCES = ["tests/bpf/everything.bpf.c", "tests/bpf/every_map.bpf.c", "examples/exec_snoop/exec_snoop.bpf.c"]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("target", ["bpfel", "bpfeb"])
def test_every_command(source: str, target: str, tmp_path: Path) -> None:
    _compiler()
    path = tmp_path / "object.o"
    path.write_bytes(build.compile(ROOT / source, target=target, arch="x86", vmlinux="shipped"))
    said = {step: objects.tried(step, path, tmp_path) for step in objects.STEPS}
    assert not {step: text for step, (kind, text) in said.items() if kind == "broken"}
    assert {step for step, (kind, _) in said.items() if kind} <= {"verify"}


def test_what_breaks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.o"
    path.write_bytes(b"no object")
    assert objects.tried("link", path, tmp_path)[0] == "refused"
    monkeypatch.setitem(objects.STEPS, "link", lambda path, folder: 1 / 0)
    kind, said = objects.tried("link", path, tmp_path)
    assert kind == "broken" and "ZeroDivisionError" in said
