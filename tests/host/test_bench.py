"""The benchmarks run: what they start starts, and what they count is all there. No figure is looked at."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"


def rows(name: str, **environment: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, str(BENCH / f"{name}.py")],
        capture_output=True, text=True, timeout=300, env=os.environ | environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_start_is_measured_in_a_process_of_its_own() -> None:
    found = {str(row["name"]): row for row in rows("start", EBPF_BENCH_ROUNDS="1")}
    ours = found["start to attached, 7 maps: ebpf"]
    bare = found["start to attached, 7 maps: bare Python"]
    assert isinstance(ours["MiB"], float) and isinstance(bare["MiB"], float)
    assert ours["MiB"] > bare["MiB"] > 1


def test_live_events_are_all_accounted_for() -> None:
    pytest.importorskip("numpy")
    for row in rows("live", EBPF_BENCH_RATE="50000", EBPF_BENCH_SECONDS="1"):
        assert row["missing"] == row["lost"], row
        seen, missing = row["seen"], row["missing"]
        assert isinstance(seen, int) and isinstance(missing, int)
        assert seen + missing >= 50000


def test_every_figure_of_maps_is_measured() -> None:
    pytest.importorskip("numpy")
    sys.path.insert(0, str(BENCH))
    try:
        from maps import TARGETS  # type: ignore[import-not-found]
    finally:
        sys.path.remove(str(BENCH))
    found = {row["name"]: row for row in rows("maps", EBPF_BENCH_ROUNDS="1")}
    assert set(TARGETS) <= set(found)
    assert all("target" in found[name] for name in TARGETS)


def test_growth() -> None:
    pytest.importorskip("numpy")
    found = rows("growth", EBPF_BENCH_ENTRIES="1000")
    assert [row["count"] for row in found] == [1, 10, 100, 1000, 100, 1000, 1, 4, 16, 64]
