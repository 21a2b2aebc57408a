"""The instruction set, judged by bpf_conformance's and ubpf's cases (../shared/corpus)."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from elf_maker import elf, func, text

from ebpf import asm
from ebpf.errors import AsmError, Fault, VerifierError
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


def native(code: bytes) -> bytes:
    """The cases' bytecode is little-endian; where it can't be decoded, it is what it is."""
    try:
        return code if sys.byteorder == "little" else asm.encode(asm.decode(code, "little"))
    except AsmError:
        return code


#: Bytecode, memory and objects below are written as little-endian machines have them.
little_endian = pytest.mark.skipif(sys.byteorder != "little", reason="the texts are little-endian")


def depends_on_byte_order(code: bytes) -> bool:
    """Whether it reads or writes memory, or swaps bytes by the machine's order."""
    return any(insn.opcode & 7 in (1, 2, 3) or insn.opcode in (0xD4, 0xDC) for insn in asm.decode(code, "little"))


def strcmp(m: Any, a: int, b: int, *_: int) -> int:
    """ubpf's tests have this as their helper 4."""
    x, y = m.read_string(a, 512), m.read_string(b, 512)
    return (x > y) - (x < y)


@pytest.mark.parametrize("how", ["interpreter", "O0", "O2"])
@pytest.mark.parametrize("case", of("isa-exec"))
def test_result(case: dict[str, Any], how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.byteorder != "little" and depends_on_byte_order(bytes.fromhex(case["insns"])):
        pytest.skip("what is expected is for little-endian machines")
    monkeypatch.setenv("EBPF_CACHE", "off")
    engine = VmEngine(helpers={4: strcmp} if case["id"] == "ubpf/string-stack" else None)
    program = engine.load_program(ProgramSpec(case["id"], code=native(bytes.fromhex(case["insns"]))), {})
    if how != "interpreter":
        pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")
        program.compile(int(how[1:]))
    assert program.run(context=bytes.fromhex(case["mem"])).retval == int(case["expected"]["r0"], 16)


@pytest.mark.parametrize("case", of("isa-unused-field", "runner-negative"))
def test_refused(case: dict[str, Any]) -> None:
    with pytest.raises(VerifierError):
        VmEngine().load_program(ProgramSpec(case["id"], code=native(bytes.fromhex(case["insns"]))), {})


def ubpf_errors() -> list[Any]:
    found = sorted((CORPUS / "ubpf" / "errors").glob("*.data"))
    if not found:
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"no corpus at {CORPUS} (set EBPF_CORPUS)"))]
    return [pytest.param(path, id=path.stem) for path in found]


#: What ubpf refuses and Linux takes: gotol (v4, opcode 6), and a helper that ubpf was given none of under that number (63).
TAKEN = {"err-unknown-opcode": 0, "err-call-unreg": -22}


@pytest.mark.parametrize("jit", [False, True], ids=["interpreter", "machine code"])
@pytest.mark.parametrize("path", ubpf_errors())
def test_what_ubpf_refuses(path: Path, jit: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused by the assembler or at load, or stopped by a fault: the same as machine code."""
    if jit:
        pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")
    monkeypatch.setenv("EBPF_CACHE", "off")
    parts = dict(re.findall(r"^-- (\w+)[^\n]*\n(.*?)(?=^-- |\Z)", path.read_text(), re.S | re.M))

    def run() -> int:
        raw = [int(word, 16).to_bytes(8, "little") for word in parts.get("raw", "").split()]
        code = native(b"".join(raw)) or asm.encode(asm.assemble(parts["asm"]))
        retval = VmEngine(jit=jit).load_program(ProgramSpec("p", code=code), {}).run().retval
        return retval - (1 << 64) if retval >> 63 else retval

    if path.stem in TAKEN:
        assert run() == TAKEN[path.stem]
        return
    with pytest.raises(Fault if "pattern" in path.read_text() else (AsmError, VerifierError)) as caught:
        run()
    assert not re.search(r"instruction \d+: instruction", str(caught.value))


@little_endian
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
        # As runners pass what they have none of: an empty memory, empty options, bytes in words of their own.
        (["", ""], "b7  00  00  00  2a  00  00  00  95  00  00  00  00  00  00  00  \n", 0, "2a"),
        (["01  02  ", "--interpret", ""], "bf20000000000000 9500000000000000", 0, "2"),
        (["0x1 2"], "0xbf 20 0 0 0 0 0 0 0x95 0 0 0 0 0 0 0", 0, "2"),
        (["--program", "b7000000 ffffffff 95000000 00000000"], "not read", 0, "ffffffffffffffff"),
        (["--program=b7000000 2a000000 95000000 00000000", "0102"], "not read", 0, "2a"),
        (["--program"], "", 2, "--program wants a value"),
        (["--interpreter", "--jit"], "", 2, "exclude each other"),
        (["01", "02"], "", 2, "one memory is wanted"),
        (["0"], "bf20000000000000 9500000000000000", 0, "1"),
        (["010"], "", 2, "not hex"),
        (["--cpu_version", "v3"], "b7000000 2a000000 95000000 00000000", 0, "2a"),
        (["--cpu_version", "v3"], "3700010002000000 9500000000000000", 1, "instruction 0: sdiv needs -mcpu=v4"),
        (["--cpu_version=v9"], "", 2, "v1 to v4"),
        ([], "", 1, "no instruction"),
        ([], "8500000000010000 9500000000000000", 1, "there is no helper 256"),
        (["--elf"], "ff", 1, "no ELF file"),
    ],
)
def test_the_plugin(
    arguments: list[str], text: str, status: int, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments, StringIO(text)) == status
    out, err = capsys.readouterr()
    assert (out.strip() == shown) if not status else (shown in err and not out)


@little_endian
def test_help_and_debug(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"], StringIO("")) == 0
    assert "--cpu_version" in capsys.readouterr().out
    assert main(["0102", "--debug"], StringIO("b7000000 2a000000 95000000 00000000")) == 0
    out, err = capsys.readouterr()
    assert out == "2a\n"
    assert "2 bytes of memory" in err
    assert "r0 = 42" in err


def object_of(code: bytes, section: str = ".text") -> str:
    """An object file as bpf_conformance's runner makes one of a test: one global function, no debug information."""
    symbol = func("main", section, 0, len(code))
    return elf([text(section, code)], [symbol]).hex(" ")


@little_endian
@pytest.mark.parametrize("how", ["--interpreter", "--jit"])
@pytest.mark.parametrize("form", ["bytecode", "object"])
def test_every_case_through_the_plugin(
    how: str, form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if how == "--jit":
        pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")
    monkeypatch.setenv("EBPF_CACHE", "off")
    found = [case for case in cases() if case["kind"] == "isa-exec" and case["id"] != "ubpf/string-stack"]
    if not found:
        pytest.skip(f"no corpus at {CORPUS} (set EBPF_CORPUS)")
    wrong = []
    for case in found:
        code = bytes.fromhex(case["insns"])
        arguments = [bytes.fromhex(case["mem"]).hex(" "), how, *(["--elf"] if form == "object" else [])]
        status = main(arguments, StringIO(object_of(code) if form == "object" else code.hex(" ")))
        out, err = capsys.readouterr()
        if status or int(out, 16) != int(case["expected"]["r0"], 16):
            wrong.append(f"{case['id']}: {out}{err}")
    assert not wrong, "\n".join(wrong)


#: What the runner puts before a program with memory for `--xdp_prolog`: r1 is the packet, r2 its length.
PROLOG = (
    "b7000000ffffffff bf16000000000000 6161000000000000 6162040000000000 bf13000000000000 0703000010000000"
    "bd23010000000000 9500000000000000 b702000010000000"
)


@little_endian
def test_an_object_for_xdp_gets_a_packet(capsys: pytest.CaptureFixture[str]) -> None:
    code = bytes.fromhex(PROLOG + "7110030000000000 0f20000000000000 9500000000000000")  # r0 = byte 3 + length
    assert main([bytes(range(16)).hex(" "), "--elf"], StringIO(object_of(code, "xdp"))) == 0
    assert capsys.readouterr().out == "13\n"


@little_endian
def test_as_a_runner_starts_it() -> None:
    command = [sys.executable, "-m", "ebpf.testing.conformance", "01  02  03  04  ", "--interpreter"]
    source = str(Path(__file__).resolve().parents[2] / "src")
    for code, status, out in (
        ("61  10  00  00  00  00  00  00  95  00  00  00  00  00  00  00  ", 0, "4030201\n"),
        ("79  10  00  00  00  00  00  00  95  00  00  00  00  00  00  00  ", 1, ""),
    ):
        done = subprocess.run(
            command, input=code + "\n", capture_output=True, text=True, env={**os.environ, "PYTHONPATH": source}
        )
        assert (done.returncode, done.stdout) == (status, out)
        assert ("instruction 0" in done.stderr) == bool(status)


@little_endian
def test_the_plugin_as_machine_code(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")
    monkeypatch.setenv("EBPF_CACHE", "off")
    assert main(["0102030405060708", "--jit"], StringIO("7910000000000000 9500000000000000")) == 0
    assert capsys.readouterr().out.strip() == "807060504030201"
    assert main(["--jit"], StringIO("7910000000000000 9500000000000000")) == 1
    assert "null pointer" in capsys.readouterr().err
