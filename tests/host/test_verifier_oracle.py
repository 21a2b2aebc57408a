"""The running kernel as the judge of the verifier: the same verdict on programs made at random, and never a laxer one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from ebpf.btf.kernel import kernel_btf
from ebpf.errors import VerifierError
from ebpf.kernel.engine import KernelEngine
from ebpf.uapi.prog_types import ProgType
from ebpf.verifier import verify

sys.path.insert(0, str(Path(__file__).parent.parent / "unit"))
sys.path.insert(0, str(Path(__file__).parent))
import verifier_programs_kinds as kinds
import verifier_programs_wide as wide
from test_kernel_reasons import without_perfmon
from verifier_oracle import Oracle
from verifier_programs import LOOKED_AT, MAPS, calls, make

pytestmark = pytest.mark.host


def test_never_laxer_and_seldom_stricter() -> None:
    lax: list[int] = []
    strict: list[int] = []
    count = 1200
    with Oracle(MAPS) as oracle:
        for seed in range(count):
            program = make(seed)
            errno, _ = oracle.ask(program)
            try:
                verify(program, MAPS, max_processed=20_000)
                taken = True
            except VerifierError:
                taken = False
            if taken and errno:
                lax.append(seed)
            elif not taken and not errno:
                strict.append(seed)
    assert not lax, f"accepted, though the kernel refuses: seeds {lax}"
    assert len(strict) <= count // 200, f"refused, though the kernel accepts: seeds {strict}"


@pytest.mark.parametrize(("programs", "least"), [(wide, 50), (kinds, 40)], ids=["wide", "kinds"])
def test_the_same_of_callbacks_and_kernel_objects(programs: Any, least: int) -> None:
    """These programs go through the kernel engine, which brings their types and the kernel's functions."""
    differ: list[str] = []
    target = kernel_btf()
    taken = 0
    with KernelEngine() as engine:
        maps = {name: engine.create_map(spec.copy()) for name, spec in programs.MAPS.items()}
        for seed in range(250):
            program = programs.make(seed)
            ours = theirs = ""
            try:
                engine.load_program(program, maps).close()
            except VerifierError as error:
                theirs = error.reason
            try:
                verify(program, programs.MAPS, target=target, max_processed=30_000)
                taken += 1
            except VerifierError as error:
                ours = error.reason
            if bool(ours) != bool(theirs):
                differ.append(f"seed {seed}: the kernel {theirs or 'takes it'}; here {ours or 'taken'}")
    assert not differ, "\n".join(differ)
    assert taken > least


def test_never_laxer_without_privilege() -> None:
    """What a process with CAP_BPF alone may not load, one without any privilege may neither; here only the first may try."""
    lax: list[int] = []
    taken = 0
    with Oracle(MAPS) as oracle:

        def ask() -> None:
            nonlocal taken
            for seed in range(1500):
                program = make(seed)
                if program.type not in (ProgType.SOCKET_FILTER, ProgType.CGROUP_SKB):
                    continue
                try:
                    verify(program, MAPS, privileged=False)
                except VerifierError:
                    continue
                taken += 1
                if oracle.ask(program)[0]:
                    lax.append(seed)

        without_perfmon(ask)
    assert not lax, f"accepted without privilege, though the kernel refuses: seeds {lax}"
    assert taken > 20


@pytest.mark.parametrize(("count", "looked_at"), LOOKED_AT.items())
def test_as_many_instructions_are_looked_at(count: int, looked_at: int) -> None:
    """A function's states are kept by where it was called, as Linux does it."""
    with Oracle({}) as oracle:
        error, log = oracle.ask(calls(count), 4)
    assert not error
    assert f"processed {looked_at} insns" in log
