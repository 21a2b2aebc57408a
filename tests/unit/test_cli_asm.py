"""`ebpf asm` and `ebpf disasm --raw`: text to bytecode and back."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from ebpf.asm import assemble, encode
from ebpf.cli import main

TEXT = """
twice:                    // a function
    r0 = r1
    r0 += r1
    if r0 s> 0x10 goto out
    r1 = 0x1122334455667788 ll
    lock *(u64 *)(r1 + 8) += r0
out:
    exit
"""


class Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def run(*arguments: str) -> int:
    return main.guarded(main.group, "ebpf", list(arguments))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "twice.s").write_text(TEXT)
    return tmp_path


@pytest.mark.parametrize("target", ["bpfel", "bpfeb", "native"])
def test_there_and_back(target: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    order = {"bpfel": "little", "bpfeb": "big"}.get(target, sys.byteorder)
    code = encode(assemble(TEXT), order)  # type: ignore[arg-type]
    assert run("asm", "twice.s", "--target", target) == 0
    digits = capsys.readouterr().out
    assert bytes.fromhex(digits) == code
    assert all(len(line.split()) == 8 for line in digits.splitlines())
    assert run("asm", "twice.s", "--target", target, "-o", "twice.bin") == 0
    assert capsys.readouterr().out == f"wrote twice.bin, {len(code)} bytes\n"
    assert (folder / "twice.bin").read_bytes() == code
    (folder / "twice.hex").write_text(digits)
    for name in ("twice.bin", "twice.hex"):
        assert run("disasm", "--raw", name, "--target", target, "--no-numbers") == 0
        assert assemble(capsys.readouterr().out) == assemble(TEXT)


def test_names_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "x.s").write_text("f: r1 = map[counts]\ncall bpf_map_lookup_elem\nexit\n")
    assert run("asm", "x.s", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["bytes"]) == 2 * 4 * 8
    assert found["references"] == [{"slot": 0, "kind": "map", "name": "counts"}]
    assert found["labels"] == [{"slot": 0, "name": "f"}]


def test_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(b"r0 = 2; exit"))
    assert run("asm", "--target", "bpfel") == 0
    assert capsys.readouterr().out == "b7 00 00 00 02 00 00 00\n95 00 00 00 00 00 00 00\n"


@pytest.mark.parametrize(
    ("text", "options", "code", "message"),
    [
        (b"r0 = 2\nr0 = r77\n", (), 4, "x.s: line 2: "),
        (b"goto +5\n", (), 4, "x.s: instruction 0: ja goes to 6, which is outside the program"),
        (b"r0 s/= r1\nexit\n", ("--cpu", "v3"), 4, "needs -mcpu=v4, not v3"),
        (b"\xff\xfe", (), 4, "x.s is no UTF-8 text: byte 0x0"),
        (b"exit\n", ("--cpu", "v9"), 2, "'v9' is none of v1, v2, v3, v4"),
    ],
)
def test_bad_text(
    text: bytes, options: tuple[str, ...], code: int, message: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "x.s").write_bytes(text)
    assert run("asm", "x.s", "-o", "x.bin", *options) == code
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert message in err
    assert not (folder / "x.bin").exists()


@pytest.mark.parametrize("data", [b"", b"1234567", b"b7 00 00"])
def test_what_is_no_bytecode(data: bytes, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "x.bin").write_bytes(data)
    assert run("disasm", "--raw", "x.bin") == 4
    assert "are no whole number of instructions of 8" in capsys.readouterr().err
