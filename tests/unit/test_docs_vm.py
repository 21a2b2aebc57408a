"""docs/vm.md: its watchers run, over the tutorial's packet filter."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from test_docs_tutorial import ROOT, SOURCES

import ebpf
from compiling import a_compiler

PAGE = (ROOT / "docs" / "vm.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.split("## Instruction by instruction")[1].split("\n## ")[0], re.S)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "drop.bpf.c").write_text(SOURCES["drop.bpf.c"])
    monkeypatch.chdir(tmp_path)
    with a_compiler():
        ebpf.compile("drop.bpf.c")
    return tmp_path


def test_coverage_of_lines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(BLOCKS[0], {})
    lines = capsys.readouterr().out.splitlines()
    marks = {line[2:].split(" ", 1)[1]: line[0] for line in lines}
    assert marks["if ((void *)(ethernet + 1) > end)"] == " "
    assert "return ethernet->h_proto == bpf_htons(ETH_P_IP) ? XDP_PASS : XDP_DROP;" in marks
    assert set(marks.values()) == {" "}
    # Without a step told, no line was come by.
    exec(BLOCKS[0].replace("if step.line:", "if False:"), {})
    assert {line[0] for line in capsys.readouterr().out.splitlines()} == {"-"}


def test_a_debugger(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(BLOCKS) == 2
    exec("import ebpf\nfrom ebpf.vm.watch import Watcher\n" + BLOCKS[1], {})
    out = capsys.readouterr().out
    assert re.search(r"only_ip:\d+: if r\d > r\d goto", out)
    assert re.search(r"r\d = 0x[0-9a-f]+ packet \+ 14\n", out)


def test_what_the_page_says_of_conformance() -> None:
    (command,) = re.findall(r"\$ (echo .* \| python -m ebpf\.testing\.conformance .*)\n    3\n", PAGE)
    source = command.replace("python -m", f"PYTHONPATH={ROOT / 'src'} {sys.executable} -m")
    done = subprocess.run(["sh", "-c", source], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("3\n", "")
