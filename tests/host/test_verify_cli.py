"""`ebpf verify --compare`: the kernel is asked about the same program, alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.host
ROOT = Path(__file__).resolve().parents[2]

HEAD = "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n"
TAIL_CALLS = """
int second(struct xdp_md *);
struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 2); __uint(key_size, 4); __array(values, int (void *)); }
    programs SEC(".maps") = { .values = { [1] = (void *)&second } };
SEC("xdp") int first(struct xdp_md *ctx) { bpf_tail_call(ctx, &programs, 1); return XDP_PASS; }
SEC("xdp") int second(struct xdp_md *ctx) { return XDP_DROP; }
"""
CUSTOM = """
__attribute__((section("from-container"), used)) int mine(struct __sk_buff *skb) { skb->mark = skb->ifindex; return 0; }
"""
LICENSE = 'char LICENSE[] SEC("license") = "GPL";\n'


def verify(source: Path, text: str, *words: str) -> subprocess.CompletedProcess[str]:
    source.write_text(HEAD + text + LICENSE)
    return subprocess.run(
        [sys.executable, "-m", "ebpf", "verify", str(source), "--compare", *words],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        check=False,
    )


def test_programs_that_a_map_holds(tmp_path: Path) -> None:
    done = verify(tmp_path / "calls.bpf.c", TAIL_CALLS)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("the kernel takes it") == 2


def test_what_the_section_does_not_say(tmp_path: Path) -> None:
    done = verify(tmp_path / "custom.bpf.c", CUSTOM)
    assert done.returncode == 4 and 'SEC("from-container")' in done.stderr and "--type says it" in done.stderr
    for kind in ("tc", "sched_cls"):
        done = verify(tmp_path / "custom.bpf.c", CUSTOM, "--type", kind)
        assert done.returncode == 0 and "the kernel takes it" in done.stdout, done.stderr
