"""docs/assembly.md: its program runs, and its table is true."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from ebpf import asm

DOC = (Path(__file__).resolve().parents[2] / "docs" / "assembly.md").read_text()
ROWS = [
    re.findall(r"`([^`]+)`", line)
    for line in DOC[DOC.index("## What is read") :].splitlines()
    if line.startswith("| `")
]


def test_the_program_runs() -> None:
    block = re.search(r"\n((?:    .*\n|\n)+)\n## What is read", DOC)
    assert block
    exec(compile(dedent(block[1]), "docs/assembly.md", "exec"), {})


@pytest.mark.parametrize("lines", ROWS, ids=lambda lines: lines[0])
def test_the_table(lines: list[str]) -> None:
    behind = "\nr0 = 0\n" * 4 + "exit\ntwice: exit"
    first = asm.parse(lines[0] + behind)
    for line in lines[1:]:
        other = asm.parse(line + behind)
        if "map[" in line or "counts" in line or "kfunc" in line or "btf_id" in line:
            assert other.instructions[0].opcode in (0x18, 0x85)
        else:
            assert other.instructions[0] == first.instructions[0]
