"""The command line, run in this process."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout

from ebpf.cli import main


def run(*arguments: str) -> tuple[int, str, str]:
    """`ebpf ARGUMENTS...`: the exit status, what it printed, and what it said on standard error."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main.guarded(main.group, "ebpf", list(arguments))
    return status, out.getvalue(), err.getvalue()
