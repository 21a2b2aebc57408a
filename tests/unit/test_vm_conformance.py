"""The instruction set, judged by bpf_conformance's and ubpf's cases (../shared/corpus)."""

from __future__ import annotations

import json
import os
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from ebpf.errors import VerifierError
from ebpf.spec import ProgramSpec
from ebpf.testing.conformance import main
from ebpf.vm.engine import VmEngine

CORPUS = Path(os.environ.get("EBPF_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus"))


@cache
def cases() -> list[dict[str, Any]]:
    path = CORPUS / "manifest.json"
    if not path.exists():
        return []
    return [case for case in json.loads(path.read_text())["cases"] if "insns" in case]


def of(*kinds: str) -> Any:
    found = [case for case in cases() if case["kind"] in kinds]
    if not found:
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"no corpus at {CORPUS} (set EBPF_CORPUS)"))]
    return [pytest.param(case, id=case["id"]) for case in found]


def strcmp(m: Any, a: int, b: int, *_: int) -> int:
    """ubpf's tests have this as their helper 4."""
    x, y = m.read_string(a, 512), m.read_string(b, 512)
    return (x > y) - (x < y)


@pytest.mark.parametrize("how", ["interpreter", "O0", "O2"])
@pytest.mark.parametrize("case", of("isa-exec"))
def test_result(case: dict[str, Any], how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EBPF_CACHE", "off")
    engine = VmEngine(helpers={4: strcmp} if case["id"] == "ubpf/string-stack" else None)
    program = engine.load_program(ProgramSpec(case["id"], code=bytes.fromhex(case["insns"])), {})
    if how != "interpreter":
        pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")
        program.compile(int(how[1:]))
    assert program.run(context=bytes.fromhex(case["mem"])).retval == int(case["expected"]["r0"], 16)


@pytest.mark.parametrize("case", of("isa-unused-field", "runner-negative"))
def test_refused(case: dict[str, Any]) -> None:
    with pytest.raises(VerifierError):
        VmEngine().load_program(ProgramSpec(case["id"], code=bytes.fromhex(case["insns"])), {})


@pytest.mark.parametrize(
    ("arguments", "text", "status", "shown"),
    [
        (["--interpreter"], "b7000000 2a000000 95000000 00000000", 0, "2a"),
        (["0102030405060708", "--interpreter"], "bf20000000000000 9500000000000000", 0, "8"),
        (["0102030405060708"], "7910000000000000 9500000000000000", 0, "807060504030201"),
        ([], "bf20000000000000 9500000000000000", 0, "0"),
        ([], "ff", 1, "whole number of 8-byte slots"),
        ([], "zz", 2, "not hex"),
        (["--what"], "", 2, "usage"),
        ([], "7910000000000000 9500000000000000", 1, "null pointer"),
    ],
)
def test_the_plugin(
    arguments: list[str], text: str, status: int, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments, StringIO(text)) == status
    out, err = capsys.readouterr()
    assert (out.strip() == shown) if not status else (shown in err and not out)


def test_the_plugin_as_machine_code(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")
    monkeypatch.setenv("EBPF_CACHE", "off")
    assert main(["0102030405060708", "--jit"], StringIO("7910000000000000 9500000000000000")) == 0
    assert capsys.readouterr().out.strip() == "807060504030201"
    assert main(["--jit"], StringIO("7910000000000000 9500000000000000")) == 1
    assert "null pointer" in capsys.readouterr().err
