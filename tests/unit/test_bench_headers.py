"""bench/headers.py, on a tree of three programs: what it counts, and that it says why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from c_objects import compilers

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(not compilers(), reason="no clang here")

GOOD = '#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nchar l[] SEC("license") = "GPL";\n'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A kernel's source tree in small: its libbpf has a macro that ours lacks, and lacks one that ours has."""
    tree = tmp_path / "linux-6.12"
    progs = tree / "tools/testing/selftests/bpf/progs"
    library = tree / "tools/lib/bpf"
    uapi = tree / "tools/include/uapi/linux"
    for folder in (progs, library, uapi, tree / "samples/bpf", tree / "include/uapi/linux"):
        folder.mkdir(parents=True)
    (library / "bpf_helpers.h").write_text("#define SEC(x) __attribute__((section(x), used))\n#define ONLY_THEIRS 1\n")
    (uapi / "bpf.h").write_text("\n")
    (progs / "both.c").write_text(GOOD)
    (progs / "theirs.c").write_text(GOOD + "int f(void) { return ONLY_THEIRS; }\n")
    (tree / "samples/bpf/ours.bpf.c").write_text(GOOD + "int f(void) { return XDP_PASS; }\n")
    return tree


def run(*arguments: str) -> str:
    done = subprocess.run(
        [
            sys.executable,
            str(ROOT / "bench/headers.py"),
            "--cc",
            compilers()[-1],
            "--sets",
            "tree,ours,alone",
            *arguments,
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_counts(tree: Path, tmp_path: Path) -> None:
    found = json.loads(run("--source", str(tree), "--vmlinux", str(tmp_path), "--json"))
    assert found["files"] == 3
    assert found["compiled"] == {"tree": 2, "ours": 2, "alone": 2}
    assert found["only_libbpf"] == ["progs/theirs.c"]
    assert found["only_ours"] == ["bpf/ours.bpf.c"]


def test_from_a_tarball_and_why(tree: Path, tmp_path: Path) -> None:
    archive = tmp_path / "linux.tar.xz"
    with tarfile.open(archive, "w:xz") as out:
        out.add(tree, tree.name)
    text = run("--tarball", str(archive), "--vmlinux", str(tmp_path), "--only", "th*.c,both.c", "--why")
    assert "2 files" in text
    assert "with libbpf's and not with ours: 1; the other way: 0" in text
    assert "ours   progs/theirs.c:" in text
    assert "ONLY_THEIRS" in text


def test_no_source(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench/headers.py"), "--tarball", str(tmp_path / "none")],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 77
    assert "apt install linux-source-6.12" in done.stderr
