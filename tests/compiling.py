"""For tests that compile C: skipped where there is no compiler. What a compiler says of the C itself is a failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import ebpf
from ebpf.errors import CompileError


@contextmanager
def a_compiler() -> Iterator[None]:
    try:
        yield
    except CompileError as error:
        if error.lines:
            raise
        pytest.skip(f"no compiler: {error}")


def compiled(source: str | Path, **options: Any) -> ebpf.ObjectSpec:
    """A file of C, or C itself."""
    with a_compiler():
        if isinstance(source, Path):
            return ebpf.compile(source, **options)
        return ebpf.compile("test.bpf.c", text=source, **options)
