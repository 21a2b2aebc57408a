"""The example on the kernel engine: exact counts, both map forms, and nothing left after SIGKILL."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import ebpf

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "execve_count"
FIVE = ["sh", "-c", "for i in 1 2 3 4 5; do /bin/true; done"]


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT / "src")}


def kprobes() -> list[str]:
    return Path("/sys/kernel/tracing/kprobe_events").read_text().splitlines()


def programs() -> int:
    """How many BPF programs this kernel holds, by the descriptors of all processes that can be seen."""
    from ebpf.kernel import sys as kernel_sys
    from ebpf.uapi.commands import Command

    count, last = 0, 0
    layout = kernel_sys.Layout("start_id:I next_id:I open_flags:I")
    while True:
        attr = layout(start_id=last)
        try:
            kernel_sys.bpf(Command.PROG_GET_NEXT_ID, attr, "next program")
        except ebpf.KernelError:
            return count
        last = layout.get(attr, "next_id")
        count += 1


def script(folder: Path, name: str, lines: str) -> Path:
    """A command whose process is called `name`, so that its execs can be told from all others."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)
    return path


def test_counts_exactly_the_execs_of_one_tree(tmp_path: Path) -> None:
    command = script(tmp_path, "ebpf-tree", "for i in 1 2 3 4 5 6 7; do /bin/true; done")
    before = programs()
    with ebpf.load(ROOT / "tests" / "bpf" / "execs_of.bpf.c", engine="kernel") as obj:
        key = {"text": b"ebpf-tree".ljust(16, b"\0")}
        obj.maps["names"][key] = 0
        with obj.programs["count_execve"].attach():
            assert obj.spawn([str(command)]).wait() == 0
            assert obj.maps["names"][key] == 7
        assert obj.spawn([str(command)]).wait() == 0
        assert obj.maps["names"][key] == 7, "the link is closed"
    assert programs() == before


@pytest.mark.parametrize("form", ["kprobe", "legacy"])
def test_both_map_forms_count(form: str) -> None:
    with ebpf.load(EXAMPLE / f"{form}.bpf.c") as obj:
        assert obj.engine.name == "kernel", obj.why
        obj.attach()
        counter = obj.maps["kprobe_map"].typed(value="Q")
        start = counter[0]
        assert obj.spawn(FIVE).wait() == 0
        assert counter[0] - start == 6  # sh and five times true


def test_run_says_the_same_as_the_vm() -> None:
    counts = {}
    for engine in ("kernel", "vm"):
        out = subprocess.run(
            [sys.executable, "-m", "ebpf", "run", "--json", "--engine", engine, str(EXAMPLE / "kprobe.bpf.c"), "--", *FIVE],
            env=environment(), capture_output=True, text=True, timeout=200, check=False,
        )  # fmt: skip
        assert out.returncode == 0, out.stderr
        last = json.loads(out.stdout.splitlines()[-1])
        counts[engine] = last["maps"]["kprobe_map"]
    assert counts["kernel"] == counts["vm"]


def test_nothing_stays_after_sigkill() -> None:
    before, probes = programs(), kprobes()
    child = subprocess.Popen(
        [sys.executable, "-m", "ebpf", "run", "--json", str(EXAMPLE / "kprobe.bpf.c")],
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert child.stdout is not None
        assert child.stdout.readline().startswith("{")
        assert programs() == before + 1
    finally:
        child.send_signal(signal.SIGKILL)
        child.communicate()
    deadline = time.monotonic() + 20
    while programs() != before and time.monotonic() < deadline:
        time.sleep(0.2)
    assert programs() == before
    assert kprobes() == probes


def test_main_prints_a_line_a_second(tmp_path: Path) -> None:
    work = tmp_path / "execve_count"
    work.mkdir()
    for name in ("kprobe.bpf.c", "main.py"):
        (work / name).write_bytes((EXAMPLE / name).read_bytes())
    subprocess.run([sys.executable, "-m", "ebpf", "generate", str(work)], env=environment(), check=True, timeout=200)
    child = subprocess.Popen(
        [sys.executable, str(work / "main.py")], env=environment(), stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(2)]
    finally:
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=30)
    for line in lines:
        date, clock, *rest = line.split()
        time.strptime(f"{date} {clock}", "%Y/%m/%d %H:%M:%S")
        assert rest[:2] == ["sys_execve", "called"] and rest[2].isdigit() and rest[3] == "times"
    assert child.returncode == 0


def test_a_function_that_is_not_there_names_its_like() -> None:
    with ebpf.load(EXAMPLE / "kprobe.bpf.c", engine="kernel") as obj:
        with pytest.raises(ebpf.HookError, match="vfs_read"):
            obj.programs["kprobe_execve"].attach_kprobe("vfs_raed")
        assert obj.links == []
