"""docs/types.md: its program runs."""

from __future__ import annotations

import re
from pathlib import Path

from compiled import _compiler

PAGE = Path(__file__).resolve().parents[2] / "docs" / "types.md"


def test_the_program_runs() -> None:
    _compiler()
    block = re.search(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert block is not None
    exec(compile(block[1], "docs/types.md", "exec"), {})
