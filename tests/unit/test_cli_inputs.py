"""Commands that take a FILE, given what is none: one clear line, an exit status of its own, nothing half written."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from c_objects import compilers

from ebpf import build
from ebpf.cli import main

SOURCE = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, __u64); } m SEC(".maps");
SEC("xdp") int f(struct xdp_md *c) { __u32 k = 0; __u64 *v = bpf_map_lookup_elem(&m, &k); if (v) ++*v; return XDP_PASS; }
char l[] SEC("license") = "GPL";
"""
ROOT = Path(__file__).resolve().parents[2]
ALONE = "C on standard input (-) is compiled alone, and -o says where to"
ODD = os.fsdecode(b"\xff\xfe")

pytestmark = pytest.mark.skipif(not compilers(), reason="no clang here")


@pytest.fixture(scope="module")
def whole() -> bytes:
    return build.compile("ok.c", text=SOURCE)


@pytest.fixture
def folder(tmp_path: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.o").mkdir()
    (tmp_path / "folder.c").mkdir()
    for name, data in {
        "ok.o": whole,
        "ok.c": SOURCE.encode(),
        "empty.o": b"",
        "text.o": b"hello\n",
        "half.o": whole[: len(whole) // 2],
        "head.o": whole[:40],
        "program.o": Path(sys.executable).read_bytes()[:200_000],
        "wrong.c": b"int f(void) { return missing; }\n",
    }.items():
        (tmp_path / name).write_bytes(data)
    with (tmp_path / "huge.o").open("wb") as file:
        file.truncate(1 << 28)  # a hole: nothing of it is on the disk
    return tmp_path


#: The commands that read FILE as an object; what they would write is OUT.
READERS = [
    ("show", "FILE"), ("show", "--json", "FILE"), ("disasm", "FILE"), ("disasm", "--json", "--source", "FILE"),
    ("check", "FILE"), ("verify", "FILE"), ("run", "FILE", "--engine", "vm", "--", "true"), ("link", "out.o", "FILE"),
    ("exec", "FILE", "--pcap", "none.pcap"), ("bind", "stem", "FILE", "--output-dir", "OUT"),
]  # fmt: skip
TYPES = [
    ("btf", "dump", "FILE"), ("btf", "list", "--json", "FILE"), ("btf", "diff", "FILE", "ok.o"), ("btf", "diff", "ok.o", "FILE"),
    ("check", "ok.o", "--btf", "FILE"), ("vmlinux", "OUT", "--btf", "FILE"),
]  # fmt: skip
#: FILE → what is said of it by readers of objects, and by readers of types.
WRONG = {
    "missing.o": ("No such file or directory", "No such file or directory"),
    "empty.o": ("the file is empty", "the file is empty"),
    "text.o": ("no ELF file", "neither an ELF file nor BTF"),
    "huge.o": ("no ELF file", "neither an ELF file nor BTF"),
    "half.o": ("are past the end of the file", "can't be read"),
    "head.o": ("needs 64 bytes, the file has 40", "can't be read"),
    "folder.o": ("Is a directory", "Is a directory"),
    f"{ODD}.o": ("No such file or directory", "No such file or directory"),
}


def run(*arguments: str) -> int:
    return main.guarded(main.group, "ebpf", list(arguments))


@pytest.mark.parametrize("command", [*READERS, *TYPES], ids=" ".join)
def test_what_is_no_object(command: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, messages in WRONG.items():
        if name == "huge.o" and command[:2] not in (("show", "FILE"), ("btf", "dump")):
            continue  # it takes a while: once a reader
        before = sorted(path.name for path in folder.iterdir())
        code = run(*(name if word == "FILE" else word.lower() if word == "OUT" else word for word in command))
        out, err = capsys.readouterr()
        assert (code, out) in [(1, ""), (4, "")], (name, code, out)
        assert messages[command in TYPES] in err, (name, err)
        assert name.encode("utf-8", "backslashreplace").decode() in err
        assert err.count("\n") == 1
        assert err.startswith("ebpf: ")
        assert sorted(path.name for path in folder.iterdir()) == before, name


@pytest.mark.parametrize(
    "command", [*(row for row in READERS if row[0] != "link"), ("build", "FILE", "-o", "OUT")], ids=" ".join
)
@pytest.mark.parametrize(
    ("name", "message"),
    [("missing.c", "No such file"), ("folder.c", "Is a directory"), ("wrong.c", "undeclared identifier 'missing'")],
)
def test_c_that_does_not_compile(
    command: tuple[str, ...], name: str, message: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path.name for path in folder.iterdir())
    assert run(*(name if word == "FILE" else word.lower() if word == "OUT" else word for word in command)) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert sorted(path.name for path in folder.iterdir()) == before


def test_an_object_is_no_c(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", "ok.o", "-o", "out.o") == 3
    assert capsys.readouterr().err == "ebpf: ok.o: is an object file, not C\n"
    Path("c-with-no-suffix").write_text(SOURCE)
    assert run("build", "c-with-no-suffix", "-o", "out.o", "-q") == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read anything")
def test_what_may_not_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("ok.o").chmod(0)
    assert run("show", "ok.o") == 2
    assert "'ok.o' is not readable" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [("build", "ok.c", "-o", "PLACE"), ("link", "PLACE", "ok.o"), ("vmlinux", "PLACE", "--btf", "ok.o")],
    ids=lambda command: command[0],
)
def test_where_nothing_can_be_written(
    command: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*("no/such/place" if word == "PLACE" else word for word in command)) == 1
    out, err = capsys.readouterr()
    assert (out, err) == ("", "ebpf: no/such/place: can't be written: No such file or directory\n")


def test_a_write_leaves_what_was_there_or_all_of_the_new(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = {"x.o": b"old", "x.h": b"old"}
    for name, data in old.items():
        Path(name).write_bytes(data)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", full)
        assert [run("build", "ok.c", "-o", "x.o"), run("link", "x.o", "ok.o"), run("vmlinux", "x.h", "--btf", "ok.o")] == [
            1, 1, 1,
        ]  # fmt: skip
    assert {name: Path(name).read_bytes() for name in old} == old
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


#: Commands that write a file.
WRITERS = [
    ("build", "ok.c", "-o", "PLACE"), ("link", "objects", "PLACE", "ok.o"), ("vmlinux", "PLACE", "--btf", "ok.o"),
    ("btf", "minimal", "ok.o", "PLACE", "ok.o"),
    ("build", "ok.c", "-o", "out.o", "-MF", "PLACE"),
]  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("command", WRITERS, ids=lambda command: command[0])
def test_a_device_is_written_to_never_replaced(
    command: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As root, a file in place of /dev/null or /dev/stdout breaks the machine."""
    for name, device in (("null", os.devnull), ("full", "/dev/full")):
        Path(name).symlink_to(device)  # should it be replaced, it is only this link
        code = run(*(name if word == "PLACE" else word for word in command))
        err = capsys.readouterr().err
        if name == "null":
            assert (code, err) == (0, "")
        else:
            assert code in (1, 4)
            assert err == "ebpf: full: can't be written: No space left on device\n"
        assert Path(name).is_symlink()


# ------------------------------------------------------------------------------------------------ standard input


class Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("show", "-"), "f  xdp"),
        (("disasm", "-"), "call bpf_map_lookup_elem#1"),
        (("verify", "-"), "f"),
        (("build", "-", "-o", "out.o"), "out.o: "),
    ],
)
@pytest.mark.parametrize("kind", ["object", "c"])
def test_standard_input(
    command: tuple[str, ...],
    said: str,
    kind: str,
    folder: Path,
    whole: bytes,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(whole if kind == "object" else SOURCE.encode()))
    code = run(*command)
    out, err = capsys.readouterr()
    if command[0] == "build" and kind == "object":
        assert (code, err) == (3, "ebpf: <stdin>: is an object file, not C\n")
    else:
        assert (code, err) == (0, "")
        assert said in out


def test_standard_input_that_is_empty_or_wrong(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for command, data, code, message in (
        (("show", "-"), b"", 4, "ebpf: <stdin>: the file is empty\n"),
        (("build", "-"), b"", 2, f"ebpf: {ALONE}; see ebpf build --help\n"),
        (("btf", "list", "-"), b"x", 4, "ebpf: -: holds no types: it is neither an ELF file nor BTF\n"),
    ):  # fmt: skip
        monkeypatch.setattr(sys, "stdin", Stdin(data))
        assert run(*command) == code
        assert capsys.readouterr().err == message
    monkeypatch.setattr(sys, "stdin", Stdin(b"int f(void) { return missing; }"))
    assert run("build", "-", "-o", "out.o") == 3
    assert "<stdin>:1:22: error: use of undeclared identifier 'missing'" in capsys.readouterr().err


# ------------------------------------------------------------------------------------------------ standard output


def start(*arguments: str, **options: object) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "ebpf", *arguments],
        stderr=subprocess.PIPE,
        **{"env": {**os.environ, "PYTHONPATH": str(ROOT / "src")}, **options},  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("command", [("show", "ok.o"), ("disasm", "ok.o"), ("btf", "dump", "ok.o"), ("--help",)])
def test_a_pipe_without_a_reader(command: tuple[str, ...], folder: Path) -> None:
    read, write = os.pipe()
    process = start(*command, stdout=write)
    os.close(read)
    os.close(write)
    assert (process.communicate(timeout=60)[1], process.returncode) == (b"", 141)


def test_names_that_are_no_text(folder: Path, whole: bytes) -> None:
    """Where output may hold text only, and in places that have few characters."""
    name = os.fsencode(f"{ODD}.o")
    Path(os.fsdecode(name)).write_bytes(whole)
    for encoding, first in (("utf-8:strict", b"\\udcff\\udcfe.o: "), ("ascii:strict", b"??.o: ")):
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": encoding}
        process = start("show", os.fsdecode(name), stdout=subprocess.PIPE, env=environment)
        out, err = process.communicate(timeout=60)
        assert (err, process.returncode) == (b"", 0)
        assert out.startswith(first)
    assert run("bind", "stem", f"{ODD}.o", "--output-dir", "out", "--target", "native") == 0
    assert "stem" in Path("out/stem.py").read_text(encoding="utf-8")


def test_a_full_disk(folder: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    with Path("/dev/full").open("wb") as full:
        process = start("show", "ok.o", stdout=full)
        err = process.communicate(timeout=60)[1]
    assert process.returncode != 0
    assert b"Traceback" not in err


@pytest.mark.skipif(os.name != "posix", reason="descriptors are closed by the shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_no_output_at_all(folder: Path, closed: str) -> None:
    code = "from ebpf.cli import main; main.main()"
    command = f"exec {sys.executable} -c '{code}' show ok.o {closed}"
    done = subprocess.run(
        ["sh", "-c", command], env=os.environ | {"PYTHONPATH": str(ROOT / "src")}, capture_output=True
    )
    assert (done.returncode, done.stderr) == (0, b"")


# ------------------------------------------------------------------------------------------------ the other byte order

CORE = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct task_struct { int pid; } __attribute__((preserve_access_index));
const volatile int wanted = 1;
SEC("raw_tp/sched_switch") int f(struct { struct task_struct *prev; } *c) {
    struct task_struct *prev = c->prev;
    int pid = 0;
    bpf_probe_read_kernel(&pid, sizeof(pid), &prev->pid);
    return pid == wanted;
}
char l[] SEC("license") = "GPL";
"""


@pytest.mark.parametrize(
    "command",
    [
        ("verify", "x.o"), ("verify", "x.o", "--compare"), ("verify", "x.o", "--target", "none", "--json"), ("check", "x.o"),
        ("run", "x.o", "--engine", "vm", "--", "true"), ("prog", "run", "x.o", "--data", "00"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_an_object_of_the_other_byte_order(
    command: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What would run or prove it says so, before it takes an instruction of it for something else."""
    mine, other = ("bpfel", "bpfeb") if sys.byteorder == "little" else ("bpfeb", "bpfel")
    Path("x.o").write_bytes(build.compile("x.c", text=CORE, target=other))
    assert run(*command) == 4
    out, err = capsys.readouterr()
    word = {"bpfel": "little", "bpfeb": "big"}[other]
    assert (out, err) == ("", f"ebpf: x.o: is {word}-endian, this machine is not; compile it for {mine}\n")


def test_what_only_looks_takes_either_byte_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for target in ("bpfel", "bpfeb"):
        Path("x.o").write_bytes(build.compile("x.c", text=CORE, target=target))
        assert run("disasm", "--source", "x.o") == run("show", "--json", "x.o") == 0
        out, err = capsys.readouterr()
        assert "raw_tp/sched_switch" in out
        assert not err


# ------------------------------------------------------------------------------------------------ what C calls a type


@pytest.mark.parametrize(
    ("declaration", "shown"),
    [
        ("int v[2][3];", "int[2][3]"), ("char *v[4];", "char *[4]"), ("int (*v)[3];", "int (*)[3]"), ("int **v;", "int **"),
        ("void **v;", "void **"), ("int *(*v)[2][3];", "int *(*)[2][3]"), ("const char *const v;", "const char *"),
        ("typedef int four[4]; four v[2];", "four[2]"), ("struct { int x; } v[2];", "struct {…}[2]"),
        ("union u { int x; } *v[2];", "union u *[2]"), ("enum e { A } v;", "enum e"), ("int (*v)(int);", "int (*)(int)"),
    ],
)  # fmt: skip
def test_c_types_are_shown_as_c_says_them(
    declaration: str, shown: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    uses = 'static void *volatile seen; __attribute__((section("xdp"), used)) int f(void *c) { seen = (void *)&v; return 0; }'
    Path("x.o").write_bytes(build.compile("x.c", text=f"{declaration}\n{uses}"))
    assert run("show", "--json", "x.o") == 0
    (variable,) = [one for one in json.loads(capsys.readouterr().out)["variables"] if one["name"] == "v"]
    assert variable["type"] == shown
