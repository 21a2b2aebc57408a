"""`ebpf verify` on a terminal, in a pipe and for GitHub: what a user sees."""

from __future__ import annotations

import json
import os
import pty
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from compiled import _compiler

from ebpf import build

SOURCE = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct { __uint(type, BPF_MAP_TYPE_HASH); __type(key, __u64); __type(value, __u64); __uint(max_entries, 8); } table SEC(".maps");
SEC("xdp") int counts(struct xdp_md *ctx)
{
	for (int i = 0; i < 100; i++)
		if (ctx->rx_queue_index == i * 7)
			return XDP_DROP;
	return XDP_PASS;
}
SEC("xdp") int a_program_with_a_name_that_is_long_enough_to_be_cut(struct xdp_md *ctx)
{
	__u64 key = 1, *value;

	value = bpf_map_lookup_elem(&table, &key);	/* a comment that goes on well beyond the eighty columns that a terminal has */
	return value[0];
}
char LICENSE[] SEC("license") = "GPL";
"""
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def object_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    _compiler()
    folder = tmp_path_factory.mktemp("screen")
    source = folder / "screen.bpf.c"
    source.write_text(SOURCE)
    build.compile_file(source, folder / "screen.o")
    return folder / "screen.o"


def _environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "GITHUB_ACTIONS", "FORCE_COLOR")}
    return {**kept, "TERM": "xterm-256color", **more}


def on_terminal(*arguments: str, columns: int = 80, **more: str) -> tuple[int, str]:
    """Exit status and what came to a terminal of so many columns."""
    import fcntl
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    child = subprocess.Popen(
        [sys.executable, "-m", "ebpf", "verify", *arguments], stdin=theirs, stdout=theirs, stderr=theirs,
        env=_environment(**more),
    )  # fmt: skip
    os.close(theirs)
    out = b""
    while True:
        try:
            data = os.read(ours, 1 << 16)
        except OSError:  # the last process has closed it
            break
        if not data:
            break
        out += data
    os.close(ours)
    return child.wait(), out.decode().replace("\r\n", "\n")


def in_pipe(*arguments: str, **more: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "ebpf", "verify", *arguments], capture_output=True, text=True, env=_environment(**more)
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("columns", [80, 60])
def test_the_columns_hold(object_file: Path, columns: int) -> None:
    status, text = on_terminal(str(object_file), "--target", "none", "--stats", "--budget", "100", columns=columns)
    assert status == 5
    assert ESCAPE.search(text)
    lines = ESCAPE.sub("", text).splitlines()
    assert max(map(len, lines)) <= columns
    # A line of C is cut, an explanation goes on beside its label, and the table at the end is whole.
    cut = [line for line in lines if re.match(r" +\d+ \| ", line) and line.endswith("…")]
    assert cut
    at = next(n for n, line in enumerate(lines) if line.startswith("  usually: "))
    assert lines[at + 1].startswith(" " * len("  usually: "))
    assert "counts: over the budget of 100 instructions" in lines
    head, first, second = [line for line in lines if line.strip()][-3:]
    assert head.split() == ["program", "verdict", "instructions", "states", "ms"]
    assert re.match(r"counts +over budget +\d+ +\d+ +[\d.]+", first)
    assert re.match(r"a_program_w\w*… +refused", second)


def test_without_colour_there_is_only_text(object_file: Path) -> None:
    status, text = on_terminal(str(object_file), "--target", "none", NO_COLOR="1")
    assert status == 5
    assert "\x1b" not in text
    assert "counts: taken (" in text


def test_in_a_pipe_nothing_is_cut(object_file: Path) -> None:
    status, out, err = in_pipe(str(object_file), "--target", "none", "--stats")
    assert (status, err) == (5, "")
    assert "\x1b" not in out
    assert "…" not in out
    assert "goes on well beyond the eighty columns that a terminal has */" in out
    assert "  usually: test it first: value = bpf_map_lookup_elem(&m, &key); if (!value) return 0;" in out.splitlines()


def test_one_object_a_program(object_file: Path) -> None:
    status, out, _ = in_pipe(str(object_file), "--target", "none", "--json", "--budget", "100")
    assert status == 5
    first, second = map(json.loads, out.splitlines())
    assert first["program"] == "counts"
    assert first["taken"]
    assert first["over_budget"]
    assert not second["taken"]
    assert second["kind"] == "map-value-null"
    assert [line["line"] for line in second["source"] if line["here"]] == [17]


def test_annotations(object_file: Path) -> None:
    folder = str(object_file.parent)
    status, _, err = in_pipe(
        str(object_file), "--target", "none", "--budget", "100", GITHUB_ACTIONS="true", GITHUB_WORKSPACE=folder
    )
    assert status == 5
    over, refused = err.splitlines()
    assert re.fullmatch(r"::error::counts: checking it takes \d+ instructions, 100 are allowed", over)
    assert refused.startswith("::error file=screen.bpf.c,line=17,col=9::a_program_with_")
    assert "Usually: test it first" in refused
