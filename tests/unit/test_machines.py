"""What depends on the machine beneath: numbers of system calls, which machines have a JIT and can be traced on, and what is done
where they don't. On this machine, told that it is another."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import ebpf
from ebpf.events import walk
from ebpf.kernel import sys as kernel_sys
from ebpf.vm.engine import VmEngine
from ebpf.vm.jit import compile as jit
from ebpf.vm.trace import machine

SRC = Path(__file__).resolve().parents[2] / "src"


def on(monkeypatch: pytest.MonkeyPatch, name: str, bits: int = 64) -> None:
    monkeypatch.setattr(os, "uname", lambda: os.uname_result(("Linux", "x", "6.1.0", "v", name)))
    monkeypatch.setattr(sys, "maxsize", (1 << bits - 1) - 1)


@pytest.mark.parametrize(
    ("name", "bits", "why"),
    [
        ("x86_64", 64, ""),
        ("aarch64", 64, ""),
        ("arm64", 64, ""),
        ("s390x", 64, "it needs x86-64 or aarch64, this is s390x"),
        ("x86_64", 32, "it needs x86-64 or aarch64 and a Python of 64 bits, this is x86_64"),
        ("armv7l", 32, "it needs x86-64 or aarch64 and a Python of 64 bits, this is armv7l"),
    ],
)
def test_machines_with_a_jit(monkeypatch: pytest.MonkeyPatch, name: str, bits: int, why: str) -> None:
    on(monkeypatch, name, bits)
    assert jit._wrong_machine() == why
    if why:
        assert not jit.available()
        for call in (lambda: VmEngine(jit=True), jit.installed, lambda: jit.Compiler()):
            with pytest.raises(ebpf.NotSupported) as caught:
                call()
            assert why in str(caught.value)


def test_without_uname_the_platform_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    import platform

    monkeypatch.delattr(os, "uname")
    monkeypatch.setattr(platform, "machine", lambda: "AMD64")
    monkeypatch.setattr(sys, "maxsize", (1 << 63) - 1)
    assert not jit._wrong_machine()


@pytest.mark.parametrize(
    ("name", "bits", "known"),
    [("x86_64", 64, "x86_64"), ("aarch64", 64, "aarch64"), ("x86_64", 32, ""), ("aarch64", 32, ""), ("s390x", 64, "")],
)
def test_machines_whose_commands_are_traced(monkeypatch: pytest.MonkeyPatch, name: str, bits: int, known: str) -> None:
    on(monkeypatch, name, bits)
    found = machine.this_machine()
    assert (found.name if found is not None else "") == known


@pytest.mark.skipif(sys.platform != "linux", reason="these are Linux's")
@pytest.mark.parametrize(
    ("name", "bits", "numbers"),
    [
        ("x86_64", 64, (321, 298)),
        ("x86_64", 32, (357, 336)),
        ("i686", 32, (357, 336)),
        ("aarch64", 64, (280, 241)),
        ("aarch64", 32, (386, 364)),
        ("armv8l", 32, (386, 364)),
        ("s390x", 64, (351, 331)),
        ("sparc64", 64, (0, 0)),
    ],
)
def test_numbers_of_system_calls(name: str, bits: int, numbers: tuple[int, int]) -> None:
    """A process of 32 bits has its own, though uname(2) tells the kernel's machine."""
    code = f"""
import os, sys
os.uname = lambda: os.uname_result(("Linux", "x", "6.1.0", "v", {name!r}))
sys.maxsize = {(1 << bits - 1) - 1}
from ebpf.kernel import sys as kernel
print(kernel.NR_BPF, kernel.NR_PERF_EVENT_OPEN, kernel.machine)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": str(SRC)})
    assert done.stdout.split() == [*map(str, numbers), name], done.stderr


def test_a_machine_without_a_number_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from ebpf.kernel import features

    monkeypatch.setattr(kernel_sys, "NR_BPF", 0)
    monkeypatch.setattr(kernel_sys, "machine", "sparc64")
    assert features.no_access() == "the number of bpf(2) on sparc64 is not known"


def test_llvmlite_that_can_t_be_loaded_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("llvmlite")
    monkeypatch.setitem(sys.modules, "llvmlite.binding", None)
    with pytest.raises(ebpf.NotSupported, match="the JIT: llvmlite can't be loaded"):
        jit.Compiler()


def test_records_are_found_without_llvm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too old an llvmlite, or one for another machine: the way through a ring is Python's."""

    def broken(*_: Any) -> None:
        raise RuntimeError("no such target")

    binding = pytest.importorskip("llvmlite.binding")
    monkeypatch.setattr(walk, "_walk", None)
    monkeypatch.setattr(binding.Target, "from_default_triple", broken)
    assert walk.walker() is walk._python


#: Where this system's numbers are meant: what Python's users and ptrace(2) get.
THIS_SYSTEM = {"errno.py", "task.py", "testrun.py", "jit/batch.py"}


def test_programs_get_linux_s_error_numbers() -> None:
    """`errno` has other ones on macOS, Windows and WebAssembly: what is given to a program comes from `ebpf.uapi.errno`."""
    folder = SRC / "ebpf" / "vm"
    for path in folder.rglob("*.py"):
        name = path.relative_to(folder).as_posix()
        if not name.startswith("trace/") and name not in THIS_SYSTEM:
            assert not re.search(r"^\s*(from errno import|import errno)", path.read_text(), re.M), name


@pytest.mark.skipif(sys.platform != "linux", reason="these are Linux's")
def test_capabilities_without_proc() -> None:
    """A root that sees no /proc has them all the same; it was taken for one that has none."""
    from ebpf.kernel import privilege

    assert privilege._asked() == privilege.capabilities()


def test_clocks_that_can_t_be_read_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    from ebpf.vm.helpers import system

    monkeypatch.setattr(time, "CLOCK_TAI", 12345, raising=False)
    assert system._clock("CLOCK_TAI") is None and system._clock("CLOCK_OF_NOBODY") is None
    assert system._clock("CLOCK_MONOTONIC") is not None
