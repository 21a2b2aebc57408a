"""C to objects: finding the compiler, its errors and our hints, targets, the cache, what is left behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from c_objects import Object, compilers
from hypothesis import given
from hypothesis import strategies as st

from ebpf import build
from ebpf.build import clang as clang_module
from ebpf.build import compilers as compilers_module
from ebpf.build.cache import ObjectCache, cache_folder, digest, file_digest
from ebpf.build.clang import parse_depfile, readable
from ebpf.build.hints import hint_for
from ebpf.build.targets import ALIASES, ARCHES, Target, native_arch, native_triple, target_for
from ebpf.errors import CompileError

ROOT = Path(__file__).resolve().parents[2]
needs_clang = pytest.mark.skipif(not compilers(), reason="no clang here")

SMALL = (
    '#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nSEC("xdp") int f(struct xdp_md *ctx) { return XDP_PASS; }\n'
)


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.delenv("EBPF_CC", raising=False)
    return folder


def write(folder: Path, text: str, name: str = "x.bpf.c") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def fake_compiler(folder: Path, script: str, name: str = "clang") -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n" + script)
    path.chmod(0o755)
    return path


# ---- What is compiled ----


@needs_clang
@pytest.mark.parametrize("example", ["kprobe", "legacy"])
@pytest.mark.parametrize("target", ["bpfel", "bpfeb"])
@pytest.mark.parametrize("cc", compilers())
def test_examples(example: str, target: str, cc: str) -> None:
    made = Object(build.compile(ROOT / f"examples/execve_count/{example}.bpf.c", cc=cc, target=target))
    assert made.machine == "EM_BPF"
    assert made.order == ("little" if target == "bpfel" else "big")
    section = made.sections["kprobe/sys_execve"]
    assert section.helpers == [1, 2]
    assert set(section.symbols.values()) == {"kprobe_map"}
    assert made.data["license"] == b"Dual MIT/GPL\0"
    if example == "legacy":
        order = made.order
        fields = [int.from_bytes(made.data["maps"][at : at + 4], order) for at in range(0, 20, 4)]  # type: ignore[arg-type]
        assert fields == [2, 4, 8, 1, 0]


@needs_clang
@pytest.mark.parametrize("cc", compilers())
def test_every_header_stands_alone(cc: str, tmp_path: Path) -> None:
    """With -Wall, in one order and in the other, on a machine with no headers of its own."""
    found = [path for path in build.INCLUDE.rglob("*.h") if "#include_next" not in path.read_text()]
    headers = sorted(path.relative_to(build.INCLUDE).as_posix() for path in found)
    assert {"common.h", "bpf/usdt.bpf.h", "linux/if_ether.h", "uapi/linux/bpf.h"} <= set(headers)
    # The kernel's own linux/compiler.h is no part of its interface.
    public = [name for name in headers if name.startswith("linux/") and "enums" not in name and "/compiler" not in name]
    assert all(f"uapi/{name}" in headers for name in public)
    flags = ["-Wall", "-Werror", "-fsyntax-only", "-nostdinc", "-DBPF_NO_GLOBAL_DATA"]
    for part in (headers[: len(headers) // 2], headers[len(headers) // 2 :], headers, headers[::-1]):
        text = "".join(f"#include <{name}>\n" for name in part)
        write(tmp_path, text)
        compiler = build.find_compiler(cc)
        command = [*compiler.command, "-target", "bpfel", *flags, "-D__TARGET_ARCH_x86", "-isystem", str(build.INCLUDE)]
        done = subprocess.run(
            [*command, "-isystem", compiler.headers, str(tmp_path / "x.bpf.c")], capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, "")


LIBBPF = Path("/usr/include/bpf/bpf_helpers.h")


@needs_clang
@pytest.mark.skipif(not LIBBPF.exists(), reason="libbpf-dev is not installed: nothing to compare with")
def test_no_name_of_libbpf_is_missing(tmp_path: Path) -> None:
    names = ("bpf_helpers", "bpf_tracing", "bpf_core_read", "bpf_endian", "usdt.bpf", "bpf_helper_defs")
    text = "#include <linux/bpf.h>\n#include <linux/ptrace.h>\n"
    path = write(tmp_path, text + "".join(f"#include <bpf/{name}.h>\n" for name in names))
    compiler = build.find_compiler()
    command = [*compiler.command, "-target", "bpfel", "-nostdinc", "-E", "-dM", "-D__TARGET_ARCH_x86"]
    command += ["-isystem", str(build.INCLUDE), "-isystem", compiler.headers, str(path)]
    ours = macros(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    theirs = set()
    for name in names:
        theirs |= macros((LIBBPF.parent / f"{name}.h").read_text())
    # Three underscores, and guards, are nobody's interface; __BPF_TARGET_MISSING is only for no machine.
    private = {
        name
        for name in theirs
        if name.startswith(("___", "__BPF", "__USDT", "__PT_", "__CORE_BITFIELD", "bpf_target_"))
    }
    assert theirs - private - ours == set()
    assert {"BPF_KPROBE", "BPF_CORE_READ", "bpf_printk", "SEC", "PT_REGS_PARM1"} <= theirs & ours


def macros(text: str) -> set[str]:
    import re

    return set(re.findall(r"^\s*#\s*define\s+(\w+)", text, re.M))


def test_every_helper_has_its_number() -> None:
    import re

    from ebpf.uapi.helpers import IDS

    text = (build.INCLUDE / "bpf" / "bpf_helper_defs.h").read_text()
    declared = re.findall(r"^static .*\(\*const bpf_(\w+)\)\(.*\) .* = \(void \*\)(\d+);$", text, re.M)
    assert {name: int(number) for name, number in declared} == IDS


def test_generated_headers_are_as_the_tables_say() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "generate/headers.py"), "--check"], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@needs_clang
def test_user_headers_come_before_ours(tmp_path: Path) -> None:
    (tmp_path / "inc" / "bpf").mkdir(parents=True)
    (tmp_path / "inc" / "bpf" / "bpf_helpers.h").write_text('#define SEC(x) __attribute__((section("own/" x), used))\n')
    made = Object(build.compile(write(tmp_path, SMALL), include=[tmp_path / "inc"]))
    assert "own/xdp" in made.sections


@needs_clang
def test_flags(tmp_path: Path) -> None:
    text = SMALL + "int other(void) { return NUMBER + OTHER; }\n"
    made = Object(build.compile(write(tmp_path, text), define=["NUMBER=40"], cflags=["-DOTHER=2"]))
    assert made.sections[".text"].returned == 42
    assert (
        len(
            Object(build.compile(write(tmp_path, text), define=["NUMBER=1", "OTHER=1"], opt="-O1"))
            .sections[".text"]
            .code
        )
        == 2
    )
    # v1 has no 32-bit conditional jumps (class 6), v3 has.
    compare = SMALL + "int other(int a, int b) { return a < b ? 5 : a; }\n"
    for cpu, has in (("v1", False), ("v3", True)):
        code = Object(build.compile(write(tmp_path, compare), cpu=cpu)).sections[".text"].code
        assert any(at.opcode & 7 == 6 for at in code) is has


@needs_clang
def test_the_same_bytes_from_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the folder nor the time goes into an object."""
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        write(folder, SMALL)
        monkeypatch.chdir(folder)
        made.append(build.compile("x.bpf.c", cache=False))
        assert str(folder).encode() not in made[-1]
    assert made[0] == made[1]


@needs_clang
def test_compile_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = write(tmp_path, SMALL)
    assert build.compile_file(source) == Path("x.bpf.o")
    assert Path("x.bpf.o").read_bytes() == build.compile(source)
    assert stat.S_IMODE(Path("x.bpf.o").stat().st_mode) == 0o666 & ~current_umask()
    assert build.compile_file(source, tmp_path / "y.o").read_bytes() == build.compile(source)
    with pytest.raises(CompileError, match=r"missing/y\.o can't be written: No such file"):
        build.compile_file(source, "missing/y.o")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.bpf.c", "x.bpf.o", "y.o"]


def current_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@needs_clang
def test_warnings_are_reported_each_time(tmp_path: Path) -> None:
    source = write(tmp_path, SMALL + "int g(void) { int unused; return 0; }\n")
    for _ in range(2):  # the second is from the cache
        lines: list[str] = []
        build.compile(source, cflags=["-Wall"], report=lines.append)
        assert any("unused variable 'unused'" in line for line in lines)


# ---- Targets ----


def test_targets() -> None:
    assert target_for("bpfel") == Target("bpfel")
    assert target_for("bpfeb", "s390") == Target("bpfeb", "s390")
    assert target_for("bpfel", "amd64") == Target("bpfel", "x86")
    assert target_for("native").triple == native_triple()
    assert target_for("arm64") == Target("bpfel", "arm64")
    assert target_for("ppc64") == Target("bpfeb", "powerpc")
    assert {alias.arch for alias in ALIASES.values()} <= set(ARCHES)
    for wrong in ("vax", "x86 "):
        with pytest.raises(ValueError, match="there are bpfel, bpfeb, native, x86"):
            target_for(wrong)
    with pytest.raises(ValueError, match="no machine 'vax'"):
        target_for("bpfel", "vax")


@pytest.mark.parametrize(("machine", "arch"), [("x86_64", "x86"), ("aarch64", "arm64"), ("s390x", "s390"), ("vax", "")])
def test_native_machine(machine: str, arch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    names = os.uname()
    monkeypatch.setattr(os, "uname", lambda: type(names)((*names[:4], machine)))
    assert target_for("native").arch == arch


# ---- Finding a compiler ----


def test_a_named_compiler_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fake_compiler(tmp_path, 'case $1 in --version) echo "clang version 17.0.1";; *) echo /res;; esac')
    found = build.find_compiler(path)
    assert (found.command, found.version, found.headers) == ((str(path),), 17, "/res/include")
    monkeypatch.setenv("EBPF_CC", str(path))
    assert build.find_compiler() == found
    with pytest.raises(CompileError, match=r"the compiler 'nothing-of-that-name' was not found\nhint: pip install"):
        build.find_compiler("nothing-of-that-name")
    monkeypatch.setenv("EBPF_CC", "nothing-of-that-name")
    with pytest.raises(CompileError, match=r"\$EBPF_CC 'nothing-of-that-name' was not found"):
        build.find_compiler()


def test_a_command_with_arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrapper = fake_compiler(tmp_path, 'case $2 in --version) echo "clang version $1.0.1";; *) echo /res;; esac', "wrap")
    monkeypatch.setenv("EBPF_CC", f"{wrapper} 19")
    found = build.find_compiler()
    assert (found.command, found.version, found.headers) == ((str(wrapper), "19"), 19, "/res/include")
    spaced = tmp_path / "a folder"
    spaced.mkdir()
    inside = fake_compiler(spaced, 'case $1 in --version) echo "clang version 18.1";; *) echo /res;; esac')
    assert build.find_compiler(inside).command == (str(inside),)


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ('echo "clang version 11.0.1"', "is clang 11; 14 or later is needed"),
        ('echo "gcc (GCC) 13.2"', "is no clang: it says 'gcc"),
        ("echo broken >&2; exit 3", "--version failed\nbroken"),
    ],
)
def test_a_named_compiler_that_will_not_do(script: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(CompileError) as caught:
        build.find_compiler(fake_compiler(tmp_path, script))
    assert message in str(caught.value)
    assert caught.value.hint.startswith("pip install 'ebpf[clang]'")


def test_a_compiler_that_can_not_be_run(tmp_path: Path) -> None:
    path = tmp_path / "clang"
    path.write_bytes(b"\x7fELF nonsense")
    path.chmod(0o755)
    with pytest.raises(CompileError, match="can't be run"):
        build.find_compiler(path)


def test_a_compiler_that_never_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compilers_module, "ASK_TIMEOUT", 0.2)
    with pytest.raises(CompileError, match="--version gave no answer in 0 s"):
        build.find_compiler(fake_compiler(tmp_path, "exec sleep 10"))


def test_old_ones_on_the_path_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = 'case $1 in --version) echo "clang version %d.0.0";; *) echo /res;; esac'
    fake_compiler(tmp_path, script % 11)
    newer = fake_compiler(tmp_path, script % 16, "clang-16")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert build.find_compiler().command == (str(newer),)
    newer.unlink()
    monkeypatch.setattr(compilers_module, "_ziglang", lambda: None)
    with pytest.raises(CompileError) as caught:
        build.find_compiler()
    assert str(caught.value).splitlines() == [
        "there is no clang to compile C for BPF",
        f"{tmp_path / 'clang'} is clang 11, 14 or later is needed",
        "hint: pip install 'ebpf[clang]' brings one, or install clang 14 or later (on Debian: apt install clang)",
    ]


def test_the_answer_is_kept_until_the_file_changes(tmp_path: Path) -> None:
    count = tmp_path / "count"
    script = f'case $1 in --version) echo x >> {count}; echo "clang version %d.0.0";; *) echo /res;; esac'
    path = fake_compiler(tmp_path, script % 15)
    assert build.find_compiler(path).version == build.find_compiler(path).version == 15
    assert len(count.read_text().split()) == 1
    fake_compiler(tmp_path, script % 16 + "\n")
    assert build.find_compiler(path).version == 16


def test_zig_by_name() -> None:
    zig = compilers_module._ziglang()
    if zig is None:
        with pytest.raises(CompileError, match="ziglang is not installed"):
            build.find_compiler("zig")
        pytest.skip("ziglang is not installed")
    assert build.find_compiler("zig").command == zig
    assert build.find_compiler(f"{zig[0]} cc").command == zig
    assert build.find_compiler(zig[0]).command == zig  # the program itself is no compiler, `zig clang` is


def test_the_wheels_is_the_last_resort(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    zig = compilers_module._ziglang()
    if zig is None:
        pytest.skip("ziglang is not installed")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert build.find_compiler().command == zig
    assert Object(build.compile(write(tmp_path, SMALL))).sections["xdp"].returned == 2


# ---- What goes wrong ----


@needs_clang
def test_errors_have_the_compilers_lines(tmp_path: Path) -> None:
    source = write(tmp_path, SMALL + "int g(void) { return missing; }\n")
    with pytest.raises(CompileError) as caught:
        build.compile(source)
    assert str(caught.value).splitlines()[0] == f"{source} did not compile"
    assert any("x.bpf.c:4:22: error: use of undeclared identifier 'missing'" in line for line in caught.value.lines)


@pytest.mark.parametrize("name", ["missing.c", "folder", "nul\0"])
def test_sources_that_can_not_be_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises((CompileError, ValueError), match=r"No such file|Is a directory|null"):
        build.compile(tmp_path / name)


#: C → what the hint says.
HINTS = {
    '#include "vmlinuz.h"\n': "add the folder that holds vmlinuz.h with -I FOLDER",
    "#include <linux/no_such_header.h>\n": "linux/no_such_header.h is not among our headers",
    "#include <linux/bpf.h>\nu32 x;\n": 'include "vmlinux.h" or "common.h" for u32',
    "__u64 x;\n": "include <linux/types.h>",
    '#include <linux/bpf.h>\nint x SEC("maps");\n': "",
    "#include <linux/bpf.h>\nint f(void) { return bpf_ktime_get_ns(); }\n": "include <bpf/bpf_helpers.h>, which has bpf_ktime",
    "#include <linux/bpf.h>\n#include <bpf/bpf_tracing.h>\nlong f(struct pt_regs *r) { return PT_REGS_RC(r); }": "ptrace.h",
    "void g(void *); int f(void) { volatile char big[600]; big[0] = 1; g((void *)big); return 0; }\n": "per-CPU array",
}


@needs_clang
@pytest.mark.parametrize("text", HINTS, ids=range(len(HINTS)))
def test_hints(text: str, tmp_path: Path) -> None:
    with pytest.raises(CompileError) as caught:
        build.compile(write(tmp_path, text), target="x86")
    assert HINTS[text] in caught.value.hint
    assert "\\" not in caught.value.hint


@given(st.text())
def test_hints_of_anything(text: str) -> None:
    assert isinstance(hint_for(text), str)


def test_a_crash_is_told_in_its_first_lines() -> None:
    text = (
        "x.c:1: error: a\nfatal error: error in backend: Cannot select: 0x1f2e3d4c: i32 = sdiv 0x1f2e3d4d\n"
        "  0x1f2e3d4d: i32 = sub nsw\n\nIn function: f\nPLEASE submit a bug report to x\nStack dump:\n0. y\n"
    )
    assert readable(text) == [
        "x.c:1: error: a",
        "fatal error: error in backend: Cannot select: 0x1f2e3d4c: i32 = sdiv 0x1f2e3d4d",
        "In function: f",
    ]
    assert "signed division" in hint_for(text)


ANSWERS = (
    'case "$*" in *--version*) echo "clang version 17.0.1"; exit;; *-print-resource-dir*) echo /res; exit;; esac\n'
)


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("exec sleep 20", "was stopped after 0.3 s"),
        ("kill -SEGV $$", "was killed by signal 11"),
        ("exit 0", "wrote no object"),
        ("echo no >&2; exit 1", "did not compile\nno"),
        (
            "printf 'PLEASE submit a bug report\\nStack dump:\\n0.\\tArguments: a\\n1.\\tx.c:3:1: at f\\n #0 0x7f z' >&2; exit 1",
            "clang crashed\nx.c:3:1: at f\nhint: a fault of the compiler's own: try another one",
        ),
    ],
)
def test_nothing_is_left_behind(script: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    compiler = fake_compiler(tmp_path, ANSWERS + script)
    with pytest.raises(CompileError) as caught:
        build.compile(write(tmp_path, SMALL), cc=compiler, timeout=0.3 if "sleep" in script else 60)
    assert message in str(caught.value)
    assert list(temporary.iterdir()) == []


def test_an_interrupt_ends_the_compiler_and_leaves_nothing(tmp_path: Path) -> None:
    """As Ctrl-C does: SIGINT to the whole group."""
    started = tmp_path / "started"
    compiler = fake_compiler(tmp_path, ANSWERS + f"echo $$ > {started}.new; mv {started}.new {started}; exec sleep 300")
    program = f"from ebpf import build\nbuild.compile({str(write(tmp_path, SMALL))!r}, cc={str(compiler)!r})\n"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", program], env=environment, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        deadline = time.monotonic() + 60
        while not started.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        child = int(started.read_text())
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert b"KeyboardInterrupt" in errors
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    assert list(tmp_path.glob("ebpf-build-*")) == []


# ---- The cache ----


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that were really compiled."""
    real, seen = clang_module._run, []

    def run(compiler: build.Compiler, flags: list[str], path: str, *rest: object) -> build.Compiled:
        seen.append(path)
        return real(compiler, flags, path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(clang_module, "_run", run)
    return seen


def aged(path: Path) -> Path:
    """A file as if written a while ago: what is newer than a compilation is not kept."""
    os.utime(path, (1_000_000_000, 1_000_000_000))
    return path


@needs_clang
def test_what_was_compiled_is_not_compiled_again(tmp_path: Path, runs: list[str], own_cache: Path) -> None:
    source = aged(write(tmp_path, SMALL))
    first = build.compile_c(source)
    second = build.compile_c(source)
    assert (first.cached, second.cached, len(runs)) == (False, True, 1)
    assert (first.data, set(first.inputs)) == (second.data, set(second.inputs))
    assert str(source) in second.inputs
    build.compile(source, cache=False)
    assert len(runs) == 2
    folder = own_cache / "ebpf" / "objects"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.iterdir())
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


@needs_clang
def test_whatever_goes_in_is_part_of_the_key(tmp_path: Path, runs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    source = aged(write(tmp_path, SMALL))
    kinds: list[dict[str, object]] = [
        {},
        {"target": "bpfeb"},
        {"opt": "-O1"},
        {"cpu": "v2"},
        {"define": ["X=1"]},
        {"define": ["X=2"]},
        {"include": [tmp_path]},
        {"cflags": ["-DX=1", "-DY"]},
        {"arch": "arm64", "target": "bpfel"},
        *({"cc": name} for name in compilers()[1:]),
    ]
    for options in kinds:
        build.compile(source, **options)  # type: ignore[arg-type]
    assert len(runs) == len(kinds)
    for options in kinds:
        build.compile(source, **options)  # type: ignore[arg-type]
    assert len(runs) == len(kinds)
    source.write_text(SMALL + "\n")
    aged(source)
    build.compile(source)
    other = aged(write(tmp_path, SMALL, "y.bpf.c"))
    build.compile(other)
    assert len(runs) == len(kinds) + 2


@needs_clang
def test_headers_are_watched(tmp_path: Path, runs: list[str]) -> None:
    late = tmp_path / "late"
    early = tmp_path / "early"
    late.mkdir()
    early.mkdir()
    header = aged(write(late, "#define ANSWER 1\n", "own.h"))
    source = aged(write(tmp_path, '#include "own.h"\nint f(void) { return ANSWER; }\n'))
    options = {"include": [early, late]}

    def answer() -> int | None:
        return Object(build.compile(source, **options)).sections[".text"].returned  # type: ignore[arg-type]

    assert (answer(), answer(), len(runs)) == (1, 1, 1)
    header.write_text("#define ANSWER 2\n")
    aged(header)
    assert (answer(), answer(), len(runs)) == (2, 2, 2)
    header.write_text("#define ANSWER 1\n")
    aged(header)
    assert answer() == 1
    # A header that is found before the old one, and one beside the source, which comes first of all.
    aged(write(early, "#define ANSWER 3\n", "own.h"))
    assert (answer(), answer()) == (3, 3)
    beside = aged(write(tmp_path, "#define ANSWER 4\n", "own.h"))
    assert answer() == 4
    beside.unlink()
    assert answer() == 3
    header.unlink()
    (early / "own.h").unlink()
    with pytest.raises(CompileError, match=r"own\.h"):
        answer()


@needs_clang
def test_what_changes_meanwhile_is_not_kept(tmp_path: Path, runs: list[str]) -> None:
    source = write(tmp_path, SMALL)
    future = time.time() + 100
    os.utime(source, (future, future))
    build.compile(source)
    build.compile(source)
    assert len(runs) == 2


@needs_clang
def test_damaged_entries_are_made_anew(tmp_path: Path, runs: list[str], own_cache: Path) -> None:
    source = aged(write(tmp_path, SMALL))
    good = build.compile(source)
    folder = own_cache / "ebpf" / "objects"
    count = 1
    for pattern, damage in (
        ("*.o", b""),
        ("*.o", b"\x7fELF"),
        ("*.json", b"{"),
        ("*.json", b"[]"),
        ("*.json", b'{"inputs": 1}'),
    ):
        for path in folder.glob(pattern):
            path.write_bytes(damage)
        assert build.compile(source) == good
        count += 1
        assert len(runs) == count


@needs_clang
@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners here")
def test_what_others_can_write_is_not_trusted(tmp_path: Path, runs: list[str], own_cache: Path) -> None:
    source = aged(write(tmp_path, SMALL))
    build.compile(source)
    folder = own_cache / "ebpf" / "objects"
    for path in (*folder.glob("*.json"), folder):
        mode = path.stat().st_mode
        path.chmod(mode | 0o022)
        before = len(runs)
        build.compile(source)
        assert len(runs) == before + 1
        path.chmod(mode)
    build.compile(source)
    before = len(runs)
    build.compile(source)
    assert len(runs) == before
    # A link to elsewhere is not followed.
    entry = next(folder.glob("*.json"))
    entry.rename(tmp_path / "moved.json")
    entry.symlink_to(tmp_path / "moved.json")
    build.compile(source)
    assert len(runs) == before + 1


@needs_clang
def test_a_cache_that_can_not_be_written_is_no_error(
    tmp_path: Path, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(write(tmp_path, "", "file")))
    source = aged(write(tmp_path, SMALL))
    assert build.compile(source) == build.compile(source)
    assert len(runs) == 2


#: What a first try doesn't compile, and a second one, with more macros, does.
TWICE = {
    "kfuncs that nobody declared": """#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
SEC("syscall") int f(void *ctx) { bpf_rcu_read_lock(); bpf_rcu_read_unlock(); return 0; }
""",
    "the struct of old maps": """#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct bpf_map_def SEC("maps") counts = { .type = 2, .key_size = 4, .value_size = 8, .max_entries = 1 };
""",
}


@needs_clang
@pytest.mark.parametrize("text", TWICE.values(), ids=TWICE)
def test_what_is_compiled_at_the_second_try_is_kept_for_the_first(
    text: str, tmp_path: Path, runs: list[str], own_cache: Path
) -> None:
    header = aged(write(tmp_path, "#define LIMIT 1\n", "limit.h"))
    source = aged(write(tmp_path, f'#include "limit.h"\n{text}'))
    first = build.compile_c(source, vmlinux="shipped")
    assert len(runs) == 2
    second = build.compile_c(source, vmlinux="shipped")
    assert (second.cached, second.data, len(runs)) == (True, first.data, 2)
    header.write_text("#define LIMIT 2\n")
    assert not build.compile_c(aged(source), vmlinux="shipped").cached


@needs_clang
def test_types_that_only_a_header_asks_for_are_this_kernels_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_cache: Path
) -> None:
    """What such a source compiles to isn't kept without its types: they are another kernel's after the next boot."""
    kernels = [tmp_path / "one", tmp_path / "two"]
    for size, folder in enumerate(kernels, 1):
        folder.mkdir()
        aged(write(folder, f"struct task {{ char name[{size}]; }};\n", "vmlinux.h"))
    aged(write(tmp_path, '#include "vmlinux.h"\n', "types.h"))
    source = aged(write(tmp_path, '#include "types.h"\nint size = sizeof(struct task);\n'))
    made = []
    for folder in kernels * 2:
        monkeypatch.setattr(clang_module, "vmlinux_folder", lambda *_, at=folder: at)
        made.append(build.compile_c(source))
    assert [one.cached for one in made] == [False, False, True, True]
    assert made[0].data == made[2].data != made[1].data == made[3].data


@needs_clang
def test_many_at_once(tmp_path: Path) -> None:
    source = aged(write(tmp_path, SMALL))
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(build.compile(source))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert len(set(made)) == 1
    assert build.compile_c(source).cached


def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "ebpf"
    for wrong in ("", "relative"):
        monkeypatch.setenv("XDG_CACHE_HOME", wrong)
        monkeypatch.setenv("HOME", str(tmp_path))
        assert cache_folder() == tmp_path / ".cache" / "ebpf"


@given(st.lists(st.text()), st.lists(st.text()))
def test_keys_differ_where_the_parts_do(one: list[str], other: list[str]) -> None:
    assert (digest(one) == digest(other)) == (one == other)


def test_an_entry_that_names_a_file_outside_stays_inside(tmp_path: Path) -> None:
    store = ObjectCache(tmp_path)
    store.keep("k", {}, [], [], b"data")
    entry = json.loads((store.folder / "k.json").read_text())
    write(tmp_path, "data", "outside")
    entry["object"] = "../outside"
    (store.folder / "k.json").write_text(json.dumps(entry))
    assert store.find("k") is None


def test_big_files_are_known_by_their_time(tmp_path: Path) -> None:
    path = tmp_path / "big"
    path.write_bytes(bytes((1 << 20) + 1))
    first = file_digest(str(path))
    assert file_digest(str(path)) == first != ""
    aged(path)
    assert file_digest(str(path)) not in ("", first)
    assert file_digest(str(tmp_path / "none")) == file_digest(str(tmp_path)) == ""


def test_a_cache_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ObjectCache, "MOST_FILES", 10)
    store = ObjectCache(tmp_path)
    for number in range(12):
        store.keep(f"k{number}", {}, [], [], b"data%d" % number)
        for path in store.folder.iterdir():  # clocks may be too coarse to tell them apart
            os.utime(path, ns=(int(path.stat().st_mtime) * 10**9 - 10**10 * (12 - number),) * 2)
    assert len(list(store.folder.iterdir())) <= 10
    assert store.find("k0") is None
    found = store.find("k11")
    assert found is not None
    assert found.data == b"data11"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("o: a.c b.h\n", ["a.c", "b.h"]),
        ("o: a.c \\\n  b\\ c.h \\\n  d$$e.h\n", ["a.c", "b c.h", "d$e.h"]),
        ("o: a\\#b.c\r\n", ["a#b.c"]),
        ("o:\n", []),
        ("", []),
    ],
)
def test_depfiles(text: str, names: list[str]) -> None:
    assert parse_depfile(text) == names


@needs_clang
def test_names_with_spaces(tmp_path: Path, runs: list[str]) -> None:
    folder = tmp_path / "a b $c #d"
    folder.mkdir()
    aged(write(folder, "#define ANSWER 1\n", "own header.h"))
    source = aged(write(folder, '#include "own header.h"\nint f(void) { return ANSWER; }\n', "x y.c"))
    made = build.compile_c(source)
    assert {str(source), str(folder / "own header.h")} <= set(made.inputs)
    assert build.compile_c(source).cached


# ---- vmlinux.h ----

TYPES = """#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>
char LICENSE[] SEC("license") = "GPL";
SEC("kprobe/x") int BPF_KPROBE(f, struct file *file) {
	struct task_struct *task = (void *)bpf_get_current_task();
	return BPF_CORE_READ(task, real_parent, tgid) + BPF_CORE_READ(file, f_inode, i_ino);
}
SEC("tp/sched/sched_switch") int g(struct trace_event_raw_sched_switch *ctx) { return ctx->prev_pid; }
SEC("perf_event") long h(struct bpf_perf_event_data *ctx) { return PT_REGS_IP(&ctx->regs) + ctx->addr; }
SEC("xdp") int i(struct xdp_md *ctx) {
	struct iphdr *ip = (void *)(long)ctx->data;
	return (void *)(ip + 1) > (void *)(long)ctx->data_end || ip->protocol != IPPROTO_TCP ? XDP_DROP : XDP_PASS;
}
"""


@needs_clang
@pytest.mark.parametrize(
    "arch", ["x86", "arm64", "arm", "riscv", "s390", "powerpc", "mips", "loongarch", "sparc", "arc"]
)
def test_the_shipped_types(arch: str, tmp_path: Path) -> None:
    messages: list[str] = []
    data = build.compile(
        write(tmp_path, TYPES), target=arch, vmlinux="shipped", cflags=["-Wall"], report=messages.append
    )
    assert messages == []
    made = Object(data)
    names = [name for _, name, _ in made.core["kprobe/x"]]
    assert names[-4:] == ["task_struct", "task_struct", "file", "inode"]
    assert [name for _, name, _ in made.core["tp/sched/sched_switch"]] == ["trace_event_raw_sched_switch"]


@needs_clang
def test_whose_types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runs: list[str]) -> None:
    """A header of the program's own, else the kernel's, else ours; also where another header asks for it."""
    from ebpf.build import vmlinux

    kernel = tmp_path / "kernel"
    kernel.mkdir()
    (kernel / "vmlinux.h").write_text("#define WHOSE 1\n")
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "vmlinux.h").write_text("#define WHOSE 2\n")
    monkeypatch.setattr(vmlinux, "SHIPPED", shipped)
    monkeypatch.setattr(vmlinux, "_of_this_kernel", lambda: kernel)
    for part in (kernel, shipped):
        aged(part / "vmlinux.h")
    source = aged(write(tmp_path, '#include "vmlinux.h"\nint f(void) { return WHOSE; }\n'))

    def whose(path: Path = source, **options: object) -> int | None:
        return Object(build.compile(path, **options)).sections[".text"].returned  # type: ignore[arg-type]

    assert whose() == whose() == 1
    assert len(runs) == 1
    assert whose(vmlinux="kernel") == 1
    assert whose(vmlinux="shipped") == 2
    another = "arm64" if native_arch() != "arm64" else "riscv"  # whose registers this kernel's types don't have
    assert whose(target=another) == whose(target="bpfel", arch=another) == 2
    assert whose(target=another, vmlinux="kernel") == whose(target="bpfel") == 1
    aged(write(tmp_path, '#include "vmlinux.h"\n', "mine.h"))
    indirect = aged(write(tmp_path, '#include "mine.h"\nint f(void) { return WHOSE; }\n', "y.c"))
    assert whose(indirect) == whose(indirect) == 1
    own = tmp_path / "own"
    own.mkdir()
    aged(write(own, "#define WHOSE 3\n", "vmlinux.h"))
    assert whose(include=[own]) == 3
    assert whose(cflags=["-I", str(own)]) == 3
    aged(write(tmp_path, "#define WHOSE 4\n", "vmlinux.h"))
    assert (whose(), whose(include=[own]), whose(indirect)) == (4, 4, 4)
    with pytest.raises(ValueError, match=r"no vmlinux\.h 'other'; there are auto, kernel, shipped"):
        vmlinux.vmlinux_folder("other")


def no_types(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from ebpf.btf import kernel

    monkeypatch.setattr(kernel, "SYSFS", str(tmp_path / "nothing"))
    monkeypatch.setattr(kernel, "_kernel", None)


def test_a_kernel_without_types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ebpf.build import vmlinux

    no_types(monkeypatch, tmp_path)
    assert vmlinux.vmlinux_folder() == vmlinux.SHIPPED
    with pytest.raises(CompileError, match=r"vmlinux\.h of this kernel can't be had: "):
        vmlinux.vmlinux_folder("kernel")


@needs_clang
def test_the_hint_where_only_the_shipped_types_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_types(monkeypatch, tmp_path)
    source = write(tmp_path, '#include "vmlinux.h"\nint f(struct kvm_vcpu *v) { return v->vcpu_id; }\n')
    with pytest.raises(CompileError) as caught:
        build.compile(source)
    assert caught.value.hint.startswith("vmlinux.h is the one that comes with ebpf")
    assert str(caught.value).count(f"{source} did not compile") == 1


def test_the_kernels_types_are_written_once(monkeypatch: pytest.MonkeyPatch, own_cache: Path) -> None:
    from ebpf.btf import Btf, Int, header, kernel
    from ebpf.btf.build import Builder
    from ebpf.build import vmlinux

    builder = Builder()
    builder.add(Int("int", 4, 1))
    made: list[int] = []
    real = header.header
    monkeypatch.setattr(kernel, "build_id", lambda: "ab12")
    monkeypatch.setattr(kernel, "kernel_btf", builder.btf)

    def counted(btf: Btf, **words: str) -> str:
        made.append(1)
        return real(btf, **words)

    monkeypatch.setattr(header, "header", counted)
    folder = vmlinux.vmlinux_folder("kernel")
    assert folder.parent == own_cache / "ebpf" / "vmlinux" and folder.name.startswith("ab12-")
    assert "#define __VMLINUX_H__" in (folder / "vmlinux.h").read_text()
    assert vmlinux.vmlinux_folder("kernel") == folder
    assert made == [1]
    # Another version of what writes it writes its own.
    with monkeypatch.context() as patch:
        patch.setattr(vmlinux.zlib, "crc32", lambda data: 0x77)
        assert vmlinux.vmlinux_folder("kernel").name == "ab12-00000077"
        assert made.pop() and made == [1]
    # What others may have written is written anew, or not used.
    (folder / "vmlinux.h").chmod(0o666)
    assert vmlinux.vmlinux_folder("kernel") == folder
    assert made == [1, 1]
    assert stat.S_IMODE((folder / "vmlinux.h").stat().st_mode) == 0o600
    folder.chmod(0o777)
    with pytest.raises(CompileError, match="can be written by others"):
        vmlinux.vmlinux_folder("kernel")
    assert vmlinux.vmlinux_folder() == vmlinux.SHIPPED


# ---- C that is in no file ----


@needs_clang
@pytest.mark.parametrize("cc", compilers())
def test_text(cc: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runs: list[str]) -> None:
    import ebpf

    (tmp_path / "sub").mkdir()
    aged(write(tmp_path / "sub", "#define ANSWER 7\n", "own.h"))
    monkeypatch.chdir(tmp_path)
    text = SMALL + '#include "own.h"\nint g(void) { return ANSWER; }\n'
    made = build.compile_c("sub/made up.c", text=text, cc=cc)
    assert Object(made.data).sections[".text"].returned == 7
    assert "sub/own.h" in made.inputs
    assert not (tmp_path / "sub/made up.c").exists()
    assert build.compile_c("sub/made up.c", text=text.encode(), cc=cc).cached
    assert not build.compile_c("sub/made up.c", text=text + "\n", cc=cc).cached
    spec = ebpf.compile("sub/made up.c", text=text, cc=cc)
    assert spec.programs["f"].lines[0].file.endswith("sub/made up.c")
    with pytest.raises(CompileError) as caught:
        build.compile('a "b".c', text="int f(void) { return missing; }", cc=cc)
    assert caught.value.lines[0].startswith('a "b".c:1:22: error: use of undeclared identifier')
    with pytest.raises(CompileError, match=r"x\.c: is an object file, not C"):
        build.compile("x.c", text=made.data, cc=cc)


def test_a_rule_for_make(tmp_path: Path) -> None:
    """What make reads: names with blanks, `$`, `#` and letters of any kind; a header that is gone since stops nothing."""
    made, inputs = ["out dir/a b.o", "ü$x.py"], ["my prög.c", "inc #1$/in c.h", "plain.h"]
    rule = build.make_rule(made, inputs)
    assert parse_depfile(rule.decode()) == inputs
    assert rule.decode() == (
        "out\\ dir/a\\ b.o ü$$x.py: \\\n  my\\ prög.c \\\n  inc\\ \\#1$$/in\\ c.h \\\n  plain.h\n"
        "inc\\ \\#1$$/in\\ c.h:\nplain.h:\n"
    )
    assert build.make_rule(["x.o"], ["a\udcff.c"]) == b"x.o: \\\n  a\xff.c\n"
    if shutil.which("make") is None:
        pytest.skip("no make here")
    (tmp_path / "Makefile").write_bytes("all: ü$$x.py\nü$$x.py:\n\t@false\n".encode() + rule)
    for number, name in enumerate([*inputs, "ü$x.py"]):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (number, number))

    def up_to_date() -> bool:
        done = subprocess.run(["make", "-q"], cwd=tmp_path, capture_output=True, text=True)
        assert done.stderr == ""
        return done.returncode == 0

    assert up_to_date()
    os.utime(tmp_path / "inc #1$/in c.h", (10, 10))
    assert not up_to_date()
    os.utime(tmp_path / "ü$x.py", (11, 11))
    assert up_to_date()
    (tmp_path / "plain.h").unlink()
    assert not up_to_date()
