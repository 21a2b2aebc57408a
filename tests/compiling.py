"""For tests that compile C: skipped where there is no compiler. What a compiler says of the C itself is a failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ebpf.errors import CompileError


@contextmanager
def a_compiler() -> Iterator[None]:
    try:
        yield
    except CompileError as error:
        if error.lines:
            raise
        pytest.skip(f"no compiler: {error}")
