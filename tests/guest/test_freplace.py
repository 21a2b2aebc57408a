"""freplace: a function of a program that runs, replaced by another program and given back."""

from __future__ import annotations

from pathlib import Path

import pytest

import ebpf
from ebpf import hooks
from ebpf.kernel.engine import KernelEngine

ROOT = Path(__file__).resolve().parents[2]


def test_a_function_is_replaced_and_given_back() -> None:
    spec = ebpf.compile(ROOT / "tests" / "bpf" / "replaced.bpf.c")
    with KernelEngine() as engine:
        whole = engine.load_program(spec.programs["whole"], {})
        assert whole.run(bytes(64)).retval == 1
        with pytest.raises(ebpf.HookError, match=r"say which program"):
            engine.load_program(spec.programs["other"], {})
        with pytest.raises(ebpf.HookError, match=r"program whole has no function nosuch"):
            engine.load_program(spec.programs["other"].replace(target="nosuch"), {}, target=whole)
        other = engine.load_program(spec.programs["other"], {}, target=whole)
        with engine.attach(other, hooks.Freplace()):
            assert whole.run(bytes(64)).retval == 2
        assert whole.run(bytes(64)).retval == 1


def test_the_target_is_said_when_the_object_is_loaded() -> None:
    spec = ebpf.compile(ROOT / "tests" / "bpf" / "replaced.bpf.c")
    patch = spec.copy()
    patch.programs["whole"].autoload, patch.programs["other"].autoload = False, True
    with ebpf.load(spec, engine="kernel") as obj:
        whole = obj.programs["whole"]
        with ebpf.load(patch, targets={"other": whole}) as replacement:
            replacement.attach()
            assert whole.run(bytes(64)).retval == 2
        assert whole.run(bytes(64)).retval == 1


def test_the_verifier_says_what_the_kernel_says() -> None:
    """Of programs that take a function's place rightly and wrongly. That one moves the packet matters since Linux 6.14."""
    from ebpf.verifier import verify

    spec = ebpf.compile(ROOT / "tests" / "bpf" / "replacing.bpf.c")
    whole = spec.programs["whole"]
    differ = []
    with KernelEngine() as engine:
        loaded = engine.load_program(whole, {})
        for name, program in spec.programs.items():
            if name in ("whole", "moves_packet"):
                continue
            ours = theirs = ""
            try:
                verify(program, spec.maps, replaces=whole)
            except ebpf.VerifierError as error:
                ours = error.reason
            try:
                engine.load_program(program, {}, target=loaded).close()
            except ebpf.EbpfError as error:
                theirs = str(error)
            if bool(ours) != bool(theirs):
                differ.append(f"{name}: the kernel {theirs or 'takes it'}; here {ours or 'taken'}")
    assert not differ, "\n".join(differ)
