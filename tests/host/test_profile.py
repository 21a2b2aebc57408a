"""A clock's samples of a process whose hot function is known, as the lines that flame graphs are made of."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from bisect import bisect_right
from collections import Counter
from pathlib import Path

import pytest

import ebpf
from ebpf.binaries.symbols import Binary

pytestmark = pytest.mark.host

ROOT = Path(__file__).resolve().parents[2]
#: Frame pointers are what the kernel walks; `cold` runs once for a thousand runs of `hot`.
SOURCE = """
volatile unsigned long sink;
#define KEEP __attribute__((noinline, noclone, used))
KEEP void hot(void) { for (int i = 0; i < 20000; i++) sink += i; asm volatile(""); }
KEEP void cold(void) { for (int i = 0; i < 20; i++) sink += i; asm volatile(""); }
KEEP void outer(void) { for (int i = 0; i < 1000; i++) hot(); cold(); asm volatile(""); }
int main(void) { for (;;) outer(); }
"""


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("busy")
    (folder / "busy.c").write_text(SOURCE)
    found = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    compiler = [found] if found else [sys.executable, "-m", "ziglang", "cc"]
    command = [*compiler, "-O0", "-fno-omit-frame-pointer", "busy.c", "-o", "busy"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no C compiler for this machine: {done.stderr[:200]}")
    return folder / "busy"


class Names:
    """The functions of one program where a process has it in memory."""

    def __init__(self, path: Path, pid: int) -> None:
        self._maps = []
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, _, offset, _, _, *name = line.split(None, 5)
            if name and name[0].strip() == str(path):
                start, _, end = span.partition("-")
                self._maps.append((int(start, 16), int(end, 16), int(offset, 16)))
        with Binary(str(path)) as binary:
            places = sorted((binary.place_of_function(name), name) for name in ("hot", "cold", "outer", "main"))
        self._starts = [place for place, _ in places]
        self._names = [name for _, name in places]

    def of(self, address: int) -> str:
        for start, end, offset in self._maps:
            if start <= address < end:
                at = bisect_right(self._starts, address - start + offset) - 1
                return self._names[at] if at >= 0 else "?"
        return ""


def test_the_hot_function_is_the_flame(busy: Path) -> None:
    spec = ebpf.compile(ROOT / "tests" / "bpf" / "profile.bpf.c")
    child = subprocess.Popen([str(busy)])
    try:
        with ebpf.load(spec, engine="kernel") as obj:
            counts, stacks = obj.maps["counts"], obj.maps["stacks"]
            with obj.programs["sample"].attach_perf_event("software", "cpu-clock", frequency=999, pid=child.pid):
                deadline = time.monotonic() + 60
                while sum(counts.values()) < 100 and time.monotonic() < deadline:
                    time.sleep(0.05)
            names = Names(busy, child.pid)
            folded: Counter[str] = Counter()
            for number, times in counts.items():
                frames = [names.of(address) for address in stacks[number]]
                # The kernel gives the innermost first; below main lies libc.
                folded[";".join(name for name in reversed(frames) if name)] += times
    finally:
        child.kill()
        child.wait()
    total = sum(folded.values())
    assert total >= 100
    line, times = folded.most_common(1)[0]
    assert line == "main;outer;hot", folded
    assert times >= 0.8 * total
    assert all(times > 0 and "main" in line for line, times in folded.items() if line.endswith("hot"))
