"""The rooms of docs/architecture.md: who may import whom, and what a start may not import."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "ebpf"
OPEN = {"errors", "_record", "_files"}


def rooms() -> dict[str, set[str]]:
    """room → the rooms it may import, from the table in docs/architecture.md."""
    table: dict[str, set[str]] = {}
    for line in (ROOT / "docs" / "architecture.md").read_text().splitlines():
        row = re.fullmatch(r"\| `(\w+)` \|.*\|([^|]*)\|", line)
        if row:
            may = set(re.findall(r"`(\w+)`", row[2]))
            if "all above" in row[2]:
                may |= set(table)
            table[row[1]] = may | OPEN
    return table


def imports(path: Path) -> set[str]:
    """The rooms of ours that a file imports; `ebpf` is the public module itself."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            names = [node.module or ""]
            if node.module == "ebpf":
                names = [f"ebpf.{alias.name}" if (SRC / alias.name).exists() or (SRC / f"{alias.name}.py").exists()
                         else "ebpf" for alias in node.names]  # fmt: skip
        for name in names:
            parts = name.split(".")
            if parts[0] == "ebpf":
                found.add(parts[1] if len(parts) > 1 else "ebpf")
    return found


def test_every_file_has_a_room() -> None:
    known = set(rooms()) | {"__init__", "__main__", "py"}
    assert {path.name.split(".")[0] for path in SRC.iterdir() if path.name != "__pycache__"} <= known


@pytest.mark.parametrize("room", sorted(rooms()))
def test_nothing_imports_upwards(room: str) -> None:
    files = [SRC / f"{room}.py"] if (SRC / f"{room}.py").exists() else sorted((SRC / room).rglob("*.py"))
    for path in files:
        wrong = imports(path) - rooms()[room] - {room}
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}, which docs/architecture.md doesn't allow"


def test_the_verifiers_page_names_each_of_its_files() -> None:
    page = (ROOT / "docs" / "verifier.md").read_text()
    named = [name for row in re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", page, re.M) for name in re.findall(r"\w+", row)]
    assert sorted(named) == sorted(path.stem for path in (SRC / "verifier").glob("*.py") if path.stem != "__init__")


HEAVY = {"numpy", "llvmlite", "click", "rich", "pyroute2", "elftools", "dataclasses", "typing", "inspect"}


def modules_of(code: str) -> set[str]:
    """The modules that a bare Python has imported once it ran some code."""
    head = f"import sys; sys.path.insert(0, {str(SRC.parent)!r})\n"
    command = [sys.executable, "-S", "-c", f"{head}{code}\nprint(*sys.modules)"]
    out = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(out.stdout.split())


def test_a_start_is_light() -> None:
    assert not HEAVY & modules_of("import ebpf")


def test_loading_and_attaching_is_light(tmp_path: Path) -> None:
    from ebpf import build

    path = tmp_path / "kprobe.bpf.o"
    path.write_bytes(build.compile(ROOT / "examples" / "execve_count" / "kprobe.bpf.c"))
    code = f"""
import ebpf
with ebpf.load({str(path)!r}, engine="vm") as obj:
    obj.attach()
    assert obj.maps["kprobe_map"][0] == 0
"""
    assert not HEAVY & modules_of(code)
