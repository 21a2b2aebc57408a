"""When a program becomes machine code: cached, quick to make, quick to run; threads, forks, ends of processes; our own linker."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")

from vm_code import EXIT, mov

from ebpf.asm import Instruction, encode
from ebpf.spec import ProgramSpec
from ebpf.uapi import opcodes as op
from ebpf.vm.engine import VmEngine
from ebpf.vm.jit import cache, link, tiers
from ebpf.vm.jit import compile as llvm
from ebpf.vm.program import VmProgram

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fuzz"))
import jit_fuzz

SOURCE = Path(__file__).resolve().parents[2] / "src"


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def rounds(count: int, step: int = 1) -> list[Instruction]:
    """Goes round until r0 is `count`."""
    return [mov(0, 0), Instruction(op.ALU64 | op.ADD, 0, imm=step), Instruction(op.JMP | op.JLT, 0, 0, -2, count), EXIT]


def load(engine: VmEngine, code: list[Instruction]) -> VmProgram:
    return engine.load_program(ProgramSpec("p", code=encode(code, sys.byteorder)), {})


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.001)


def level(program: VmProgram) -> int:
    return program.native.level if program.native is not None else -1


def test_a_program_rises_while_it_runs() -> None:
    program = load(VmEngine(), rounds(1000))
    seen = set()

    def run() -> bool:
        seen.add(level(program))
        assert program.run().retval == 1000
        return level(program) == 2

    until(run)
    assert seen >= {-1, 0}
    assert program.run().retval == 1000
    until(tiers.idle)


def test_one_that_must_be_machine_code_is_at_once() -> None:
    program = load(VmEngine(jit=True), rounds(5))
    assert program.run().retval == 5
    assert level(program) == 0


def test_one_that_may_not_be_never_is() -> None:
    program = load(VmEngine(jit=False), rounds(100_000))
    for _ in range(3):
        assert program.run().retval == 100_000
    assert program.native is None


def test_what_was_made_before_is_used_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    load(VmEngine(), rounds(7)).compile()
    monkeypatch.setattr(llvm.Compiler, "assemble", lambda *_: pytest.fail("it was compiled again"))
    program = load(VmEngine(jit=True), rounds(7))
    assert program.run().retval == 7
    assert level(program) == 2


def test_a_program_that_is_closed_while_it_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    real = tiers.compile_program
    monkeypatch.setattr(tiers, "compile_program", lambda program, at: made.append(program) or real(program, at))
    program, other = load(VmEngine(), rounds(1000)), load(VmEngine(), rounds(2000))
    program.close()
    with llvm._lock:
        tiers._queue.append((program, 0))
        tiers.rise(other, at_once=False)
    until(lambda: level(other) == 0)
    until(tiers.idle)
    assert made == [other]


def test_what_llvm_does_not_compile_is_interpreted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(llvm.Compiler, "assemble", fail)
    program = load(VmEngine(), rounds(60_000))
    assert program.run().retval == 60_000
    assert program.run().retval == 60_000
    until(tiers.idle)
    assert program.run().retval == 60_000
    assert program.native is None


def python(code: str, **environment: str) -> str:
    """What a process of its own prints; it must end well."""
    done = subprocess.run(
        [sys.executable, "-c", PREAMBLE + textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"PYTHONPATH": str(SOURCE)} | environment,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout


PREAMBLE = """
import os, sys, threading, time
from ebpf.vm.engine import VmEngine
from ebpf.spec import ProgramSpec
def load(rounds, more=0, jit=None):
    code = bytes.fromhex("b700000000000000") + bytes.fromhex("0700000001000000") * (1 + more)
    back = (0x10000 - 2 - more).to_bytes(2, "little").hex()
    code += bytes.fromhex("a500" + back) + rounds.to_bytes(4, "little") + bytes.fromhex("9500000000000000")
    return VmEngine(jit=jit).load_program(ProgramSpec("p", code=code), {})
"""


@pytest.mark.skipif(not link.possible(), reason="our own linker is for x86-64 Linux")
def test_a_process_that_finds_its_program_in_the_cache_needs_no_llvm() -> None:
    python("load(9).compile()")
    out = python("""
        program = load(9, jit=True)
        assert program.run().retval == 9
        print(program.native.level, sorted({"llvmlite", "ebpf.vm.jit.tiers", "re", "hashlib"} & set(sys.modules)))
    """)
    assert out == "2 ['ebpf.vm.jit.tiers']\n"


@pytest.mark.parametrize("daemon", [False, True])
@pytest.mark.parametrize("what", ["asks", "compiles"])
def test_a_process_that_ends_while_a_program_is_compiled(what: str, daemon: bool) -> None:
    """Whoever asked for it or is at it: the thread of a traced command is one that nobody waits for."""
    code = """
        import atexit
        atexit.register(lambda: print("LLVM is", "busy" if llvm._lock.locked() else "idle"))  # asked last of all
        from ebpf.vm.jit import compile as llvm
        program = load(8_000, more=7_000)
        seen = threading.Event()
        def asks():
            while not seen.is_set():
                program.run()
        def compiles():
            program.compile(2)
        thread = threading.Thread(target=WHAT, daemon=DAEMON)
        thread.start()
        while not llvm._lock.locked() or not llvm._compiler:
            time.sleep(0.001)
        seen.set()
    """
    out = python(code.replace("WHAT", what).replace("DAEMON", str(daemon)), EBPF_CACHE="off")
    assert out == "LLVM is idle\n"


def test_forks_while_programs_are_compiled() -> None:
    """A child can compile, whatever the thread of its parent was doing."""
    out = python("""
        import warnings
        warnings.simplefilter("ignore")
        for number in range(4):
            program = load(2_000 + number, more=100 * number)
            for _ in range(200):
                assert program.run().retval >= 2_000
            child = os.fork()
            if not child:
                other = load(3_000 + number)
                other.compile(0)
                assert other.run().retval == 3_000 + number
                while program.native is None or program.native.level != 2:
                    assert program.run().retval >= 2_000
                os._exit(0)
            assert os.waitpid(child, 0)[1] == 0
        print("done")
    """)
    assert out == "done\n"


@pytest.mark.skipif(not link.possible(), reason="our own linker is for x86-64 Linux")
def test_our_own_linker_and_llvm_give_the_same_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llvm, "_compiler", None)
    linked = []
    real = link.link
    monkeypatch.setattr(link, "link", lambda *args: linked.append(real(*args)) or linked[-1])

    def load_anew(text: str, at: int, names: list[str]) -> object:
        data = made.assemble(text, at)
        return link.link(data, names) or pytest.fail("an object that our linker doesn't take")

    made = llvm.Compiler()
    monkeypatch.setattr(llvm, "load", load_anew)
    bench = jit_fuzz.Bench()
    for seed in range(25):
        assert jit_fuzz.one(bench, 7_000_000 + seed) is None
    assert len(linked) == 50


@pytest.mark.skipif(not link.possible(), reason="our own linker is for x86-64 Linux")
@pytest.mark.parametrize(
    "text",
    [
        # Constants, a table of them, the C library's functions, another function.
        """
        declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
        declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
        @table = internal constant [4 x i32] [i32 70, i32 71, i32 72, i32 73]
        define internal i64 @other(ptr %m, i64 %n) noinline {
          call void @llvm.memset.p0.i64(ptr %m, i8 0, i64 %n, i1 false)
          ret i64 1
        }
        define i64 @run(ptr %m) {
          %n = load i64, ptr %m
          %to = getelementptr i8, ptr %m, i64 8
          call void @llvm.memcpy.p0.p0.i64(ptr %to, ptr %m, i64 %n, i1 false)
          %copied = load i64, ptr %to
          %one = call i64 @other(ptr %m, i64 %n)
          %zero = load i64, ptr %m
          %index = and i64 %copied, 3
          %at = getelementptr [4 x i32], ptr @table, i64 0, i64 %index
          %found = load i32, ptr %at
          %wide = zext i32 %found to i64
          %a = add i64 %wide, %zero
          %b = add i64 %a, %one
          ret i64 %b
        }""",
        # A jump table.
        """
        define i64 @run(ptr %m) {
          %n = load i64, ptr %m
          switch i64 %n, label %none [ i64 8, label %a i64 9, label %b i64 10, label %c i64 11, label %d i64 12, label %e ]
        a:
          ret i64 71
        b:
          %x = load volatile i64, ptr %m
          ret i64 %x
        c:
          store volatile i64 1, ptr %m
          ret i64 5
        d:
          store volatile i64 2, ptr %m
          ret i64 7
        e:
          store volatile i64 3, ptr %m
          ret i64 7
        none:
          ret i64 0
        }""",
    ],
)
def test_our_own_linker_relocates(text: str) -> None:
    import ctypes

    for at in (0, 2):
        linked = link.link(llvm.compiler().assemble(text, at), ["run"])
        assert linked is not None
        memory = (ctypes.c_uint64 * 4)(8)
        assert ctypes.CFUNCTYPE(ctypes.c_uint64, ctypes.c_void_p)(linked.addresses["run"])(memory) == 71


@pytest.mark.skipif(not link.possible(), reason="our own linker is for x86-64 Linux")
def test_our_own_linker_leaves_what_it_does_not_know() -> None:
    """Names that nobody should call, memory that is written, objects of another machine, and pieces of objects."""
    simple = "define i64 @run() {\n ret i64 1\n}"
    calls = "declare i64 @system(ptr)\ndefine i64 @run(ptr %m) {\n %r = call i64 @system(ptr %m)\n ret i64 %r\n}"
    writes = "@x = global i64 1\ndefine ptr @run() {\n ret ptr @x\n}"
    made = llvm.compiler()
    for text in (calls, writes):
        assert link.link(made.assemble(text, 2), ["run"]) is None
    assert link.link(llvm.Compiler("aarch64-unknown-linux-gnu").assemble(simple, 2), ["run"]) is None
    data = made.assemble(simple, 2)
    assert link.link(data, ["run"]) is not None
    assert link.link(data, ["walk"]) is None
    for size in range(0, len(data), 16):
        link.link(data[:size], ["run"])  # whatever comes out, nothing is raised


def test_the_names_of_cached_code_tell_programs_levels_and_cpus_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {llvm._name(text, at) for text in ("a", "b") for at in (0, 2)}
    monkeypatch.setattr(llvm, "_known", "")
    monkeypatch.setattr(llvm, "_cpu", lambda: "another")
    names.add(llvm._name("a", 2))
    monkeypatch.setattr(llvm, "_known", "")
    monkeypatch.setattr(llvm, "installed", lambda: "another")
    names.add(llvm._name("a", 2))
    # Where the CPU can't be told from files, LLVM is asked.
    monkeypatch.setattr(llvm, "_known", "")
    monkeypatch.setattr(llvm, "_cpu", lambda: "")
    names.add(llvm._name("a", 2))
    assert len(names) == 7
    assert cache.folder()
