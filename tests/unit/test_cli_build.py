"""`ebpf build`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from c_objects import Object, compilers

from ebpf import build
from ebpf.cli import main, status
from ebpf.cli.build import outputs, split_flags

pytestmark = pytest.mark.skipif(not compilers(), reason="no clang here")

SMALL = (
    '#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nSEC("xdp") int f(struct xdp_md *ctx) { return ANSWER; }\n'
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.delenv("EBPF_CC", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.bpf.c").write_text(SMALL)
    return tmp_path


def run(*arguments: str) -> int:
    return main.guarded(main.group, "ebpf", ["build", *arguments])


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".c")


def answer(path: Path) -> int | None:
    return Object(path.read_bytes()).sections["xdp"].returned


def test_one_object(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("x.bpf.c", "-D", "ANSWER=7") == 0
    assert names(folder) == ["x.bpf.o"]
    assert answer(folder / "x.bpf.o") == 7
    out, err = capsys.readouterr()
    assert out == f"x.bpf.o: {(folder / 'x.bpf.o').stat().st_size} bytes\n"
    assert err == ""


@pytest.mark.parametrize(
    ("arguments", "made"),
    [
        (["-o", "y.o"], ["y.o"]),
        (["-o", "new/"], ["new"]),
        (["--target", "bpfel,bpfeb"], ["x.bpf_bpfeb.o", "x.bpf_bpfel.o"]),
        (["--target", "arm64"], ["x.bpf.o"]),
        (["-MD"], ["x.bpf.d", "x.bpf.o"]),
        (["-MF", "deps", "-o", "z"], ["deps", "z"]),
    ],
)
def test_where_it_goes(arguments: list[str], made: list[str], folder: Path) -> None:
    assert run("x.bpf.c", *arguments, "-DANSWER=1", "-q") == 0
    assert names(folder) == made
    if made == ["new"]:
        assert names(folder / "new") == ["x.bpf.o"]


def test_byte_orders(folder: Path) -> None:
    assert run("x.bpf.c", "--target", "bpfel, bpfeb", "-DANSWER=1") == 0
    assert [Object((folder / f"x.bpf_{name}.o").read_bytes()).order for name in ("bpfel", "bpfeb")] == ["little", "big"]


def test_a_depfile_that_make_reads(folder: Path) -> None:
    (folder / "my header.h").write_text("#define ANSWER 3\n")
    (folder / "x.bpf.c").write_text('#include "my header.h"\n' + SMALL)
    assert run("x.bpf.c", "-MD") == 0
    text = (folder / "x.bpf.d").read_text()
    assert text.startswith("x.bpf.o: \\\n  x.bpf.c \\\n  ")
    assert "  my\\ header.h" in text
    found = build.clang.parse_depfile(text)  # type: ignore[attr-defined]
    assert found[:2] == ["x.bpf.c", "my header.h"]
    assert str(build.INCLUDE / "linux" / "bpf.h") in found
    # The second time it comes from the cache, and says the same.
    assert run("x.bpf.c", "-MD") == 0
    assert (folder / "x.bpf.d").read_text() == text
    assert run("x.bpf.c", "-MD", "--", "-MP") == 0
    assert (folder / "x.bpf.d").read_text() == text


def test_options_reach_the_compiler(folder: Path) -> None:
    (folder / "inc").mkdir()
    (folder / "inc" / "own.h").write_text("#define ANSWER 5\n")
    (folder / "x.bpf.c").write_text("#include <own.h>\n" + SMALL)
    for options in (
        ["-I", "inc"],
        ["-Iinc"],
        ["--", "-I", "inc"],
        ["-O1", "-I", "inc"],
        ["--cc", compilers()[-1], "-I", "inc"],
    ):
        assert run("x.bpf.c", "--no-cache", *options) == 0, options
        assert answer(folder / "x.bpf.o") == 5


def test_json(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert run("x.bpf.c", "--json", "-DANSWER=1", "--target", "bpfel,bpfeb") == 0
    out = json.loads(capsys.readouterr().out)
    assert [(row["source"], row["target"], row["object"]) for row in out] == [
        ("x.bpf.c", "bpfel", "x.bpf_bpfel.o"),
        ("x.bpf.c", "bpfeb", "x.bpf_bpfeb.o"),
    ]
    assert all(row["bytes"] == (folder / row["object"]).stat().st_size for row in out)


def test_warnings_go_to_stderr(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "x.bpf.c").write_text("int f(void) { int unused; return 0; }\n")
    assert run("x.bpf.c", "--", "-Wall") == 0
    assert "unused variable" in capsys.readouterr().err
    assert run("x.bpf.c", "-q", "--", "-Wall") == 0
    assert capsys.readouterr().err == ""


def test_strip(folder: Path) -> None:
    assert run("x.bpf.c", "-DANSWER=6", "-q") == 0
    whole = Object((folder / "x.bpf.o").read_bytes())
    assert run("x.bpf.c", "-DANSWER=6", "-q", "--strip") == 0
    made = Object((folder / "x.bpf.o").read_bytes())
    assert made.sections["xdp"].returned == 6
    assert any(name.startswith(".debug") for name in whole.data)
    assert not any(name.startswith(".debug") for name in made.data)
    assert {".BTF", ".BTF.ext"} <= set(made.data)


def test_where_our_headers_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--include-dir") == 0
    assert capsys.readouterr().out == f"{build.INCLUDE}\n"


@pytest.mark.parametrize(
    ("arguments", "exit_status", "message"),
    [
        ([], status.USAGE, "no C file to compile"),
        (["missing.c"], status.COMPILE, "missing.c: No such file or directory"),
        (["x.bpf.c"], status.COMPILE, "use of undeclared identifier 'ANSWER'"),
        (["x.bpf.c", "--target", "vax"], status.USAGE, "no target 'vax'"),
        (["x.bpf.c", "--target", ","], status.USAGE, "--target names nothing"),
        (["x.bpf.c", "--arch", "vax"], status.USAGE, "no machine 'vax'"),
        (["x.bpf.c", "--cc", "no-such-clang"], status.COMPILE, "'no-such-clang' was not found"),
        (["x.bpf.c", "-D", "ANSWER=1", "-o", "no/such/x.o"], status.OTHER, "can't be written"),
        (
            ["x.bpf.c", "--target", "bpfel,bpfeb", "-MF", "d"],
            status.USAGE,
            "-MF names one file, and there are 2 objects",
        ),
        (["x.bpf.c", "sub/x.bpf.c"], status.USAGE, "two objects would be called x.bpf.o"),
        (["x.bpf.c", "--vmlinux", "mine"], status.USAGE, "--vmlinux"),
        (
            ["x.bpf.c", "-DANSWER=1", "--target", "bpfel,bpfeb", "-o", "x.bpf.c"],
            status.COMPILE,
            "x.bpf.c can't be made",
        ),
    ],
)
def test_bad_input(
    arguments: list[str], exit_status: int, message: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == exit_status
    out, err = capsys.readouterr()
    assert message in err
    assert out == ""
    assert names(folder) == []


def test_flags_and_files() -> None:
    assert split_flags(("a.c", "b.c", "-DX", "-include", "y.h")) == (["a.c", "b.c"], ["-DX", "-include", "y.h"])
    assert split_flags(("a.c",)) == (["a.c"], [])
    assert outputs(["a/x.bpf.c", "b/y.c"], ["native"], None) == {
        ("a/x.bpf.c", "native"): Path("x.bpf.o"),
        ("b/y.c", "native"): Path("y.o"),
    }
    with pytest.raises(click.UsageError):
        outputs(["a/x.c", "b/x.c"], ["native"], None)


def test_as_a_command(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from ebpf.cli.main import main; main()", "build", "x.bpf.c"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(os.path.abspath(path) for path in sys.path if path)},
    )
    assert done.returncode == status.COMPILE
    assert done.stderr.startswith("ebpf: x.bpf.c did not compile\nx.bpf.c:3:")
    assert names(folder) == []


def test_whose_types(folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """--vmlinux reaches the compiler."""
    from ebpf.build import vmlinux

    for number, name in enumerate(("SHIPPED", "kernel")):
        types = tmp_path_factory.mktemp(name)
        (types / "vmlinux.h").write_text(f"#define WHOSE {number + 1}\n")
        if name == "SHIPPED":
            monkeypatch.setattr(vmlinux, "SHIPPED", types)
        else:
            monkeypatch.setattr(vmlinux, "_of_this_kernel", lambda types=types: types)
    (folder / "y.c").write_text('#include "vmlinux.h"\nint f(void) { return WHOSE; }\n')
    for choice, answer in (("shipped", 1), ("kernel", 2), ("auto", 2)):
        assert run("y.c", "--vmlinux", choice) == 0
        assert Object((folder / "y.o").read_bytes()).sections[".text"].returned == answer
