"""Kernel functions: what the vm gives is what this kernel gives, for the programs of tests/unit/kfunc_programs.py."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "unit"))

import kfunc_programs as programs

import ebpf
from compiling import compiled
from ebpf.btf.kernel import kernel_btf
from ebpf.uapi.btf import Kind

pytestmark = pytest.mark.host


def load(source: str, needs: str) -> ebpf.Object:
    if kernel_btf().find(needs, Kind.FUNC) is None:
        pytest.skip(f"this kernel has no {needs}")
    return ebpf.load(compiled(source), engine="kernel")


@pytest.fixture(scope="module")
def strings() -> Iterator[ebpf.Object]:
    with load(programs.STRINGS, "bpf_strnstr") as obj:
        yield obj


@pytest.mark.parametrize("case", programs.STRING_CASES, ids=programs.STRING_IDS)
def test_strings(case: tuple[str, bytes, bytes, int, int, int, int], strings: ebpf.Object) -> None:
    result = programs.string(strings, case)
    if case[0] == "casecmp" and result == 99:
        pytest.skip("this kernel has no bpf_strcasecmp")
    assert result == case[-1]


def test_masks_of_cpus() -> None:
    with load(programs.MASKS, "bpf_cpumask_create") as obj:
        assert programs.results(obj, "masks")[: len(programs.MASK_RESULTS)] == programs.MASK_RESULTS


def test_dynptrs_locks_and_the_users_memory() -> None:
    with load(programs.OTHERS + programs.USER, "bpf_dynptr_memset") as obj:
        assert programs.results(obj, "locks")[:3] == [7, 8, -1]
        assert programs.results(obj, "dynptrs")[: len(programs.DYNPTR_RESULTS)] == programs.DYNPTR_RESULTS
        assert bytes(obj.variables["text"].value) == programs.DYNPTR_TEXT
        text = ctypes.create_string_buffer(b"user's text")
        obj.variables["user"].value = ctypes.addressof(text)
        assert programs.results(obj, "strings")[: len(programs.USER_RESULTS)] == programs.USER_RESULTS
        text_now = bytes(obj.variables["text"].value)
        assert (text_now[:12], text_now[16:]) == programs.USER_TEXT
