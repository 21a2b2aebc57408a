"""docs/tutorial.md: its programs compile, and its Python prints what the page says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from trace_host import can_trace

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "tutorial.md").read_text()
SOURCES = {name: text for text, name in re.findall(r"```c\n(// (\S+)\n.*?)```", PAGE, re.S)}
#: (code, what the page says that it prints)
PYTHON = re.findall(r"```python\n(.*?)```\n\n((?:    [^\n]*\n)+)", PAGE, re.S)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in SOURCES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_the_page_is_read_whole() -> None:
    assert sorted(SOURCES) == ["count.bpf.c", "drop.bpf.c", "who.bpf.c"]
    assert len(PYTHON) == PAGE.count("```python") == 3


@can_trace
@pytest.mark.parametrize(("code", "output"), PYTHON, ids=["count", "who", "drop"])
def test_it_prints_what_the_page_says(folder: Path, code: str, output: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    wanted = [line.strip() for line in output.splitlines()]
    assert [line.replace(Path(sys.executable).name, "python") for line in done.stdout.split()] == wanted


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    code = (
        "from ebpf.cli import main; main.bpf2py()" if words[0] == "bpf2py" else "from ebpf.cli import main; main.main()"
    )
    words = words[words[0] == "bpf2py" :]
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
    )


@can_trace
def test_the_command_lines(folder: Path) -> None:
    done = run(folder, "run", "--engine", "vm", "count.bpf.c", "--", "sh", "-c", "/bin/true; /bin/true")
    assert done.returncode == 0
    assert done.stdout.endswith("calls=3\n")
    assert done.stderr == "ebpf: engine: vm (as asked for)\n"
    assert run(folder, "verify", "drop.bpf.c").returncode == 0
    careless = SOURCES["drop.bpf.c"].replace("(void *)(ethernet + 1) > end", "!end")
    (folder / "drop.bpf.c").write_text(careless)
    done = run(folder, "verify", "drop.bpf.c")
    assert done.returncode != 0
    assert "h_proto" in done.stdout
    assert "data_end" in done.stdout


def test_bpf2py_writes_what_the_page_says(folder: Path) -> None:
    done = run(folder, "bpf2py", "who", "who.bpf.c")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"    $ bpf2py who who.bpf.c\n    {done.stdout.replace(chr(10), chr(10) + '    ').rstrip()}\n" in PAGE
    assert "class Who(" in (folder / "who.py").read_text()
