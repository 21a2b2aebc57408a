"""The kernel's own vectors (lib/test_bpf.c), as tests/kernel_vectors.py runs them; the longest of them by hand."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))

import kernel_vectors


def test_every_vector_of_the_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EBPF_CACHE", "off")
    jit = importlib.util.find_spec("llvmlite") is not None
    try:
        vectors = kernel_vectors.run(tmp_path, 2000, jit=jit)
    except LookupError as error:
        pytest.skip(str(error))
    assert vectors.wrong == []
    # 925 in Linux 6.12, 10 of them of tail calls; 178 are longer.
    assert vectors.counts["programs"] > 700 and vectors.counts["classic"] > 100, vectors.counts
