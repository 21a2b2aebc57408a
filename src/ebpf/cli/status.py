"""Exit statuses: one row per kind of end. docs/cli.md shows this table; a test compares the two."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ebpf import errors

OK, OTHER, USAGE = 0, 1, 2
COMPILE, OBJECT, REFUSED, NOT_SUPPORTED, PRIVILEGE, NO_HOOK = 3, 4, 5, 6, 7, 8
CANNOT_RUN, NOT_FOUND, SIGNAL = 126, 127, 128

#: status → what it means.
MEANINGS = {
    OK: "it was done",
    OTHER: "something else went wrong: a file, a system call",
    USAGE: "the command line is wrong, or lacks something",
    COMPILE: "the C source doesn't compile, or there is no compiler",
    OBJECT: "the object file (or packet capture) can't be used, or doesn't fit this kernel's types",
    REFUSED: "a program was refused by a verifier, or stopped for what it did",
    NOT_SUPPORTED: "this kernel, engine or machine lacks what is asked for",
    PRIVILEGE: "this user may not do that",
    NO_HOOK: "what a program is to be attached to doesn't exist",
    CANNOT_RUN: "COMMAND was found but can't be run",
    NOT_FOUND: "COMMAND was not found",
    SIGNAL: "128 + n: ended by signal n, ourselves or COMMAND (130: Ctrl-C too early, 141: nobody reads the output any more)",
}

_EPERM, _EACCES = 1, 13

#: The first row whose class fits counts.
_KINDS: tuple[tuple[type[BaseException], int], ...] = (
    (errors.CompileError, COMPILE),
    (errors.ObjectError, OBJECT),
    (errors.AsmError, OBJECT),
    (errors.CaptureError, OBJECT),
    (errors.RelocationError, OBJECT),
    (errors.VerifierError, REFUSED),
    (errors.Fault, REFUSED),
    (errors.NotSupported, NOT_SUPPORTED),
    (errors.HookError, NO_HOOK),
)


def of(error: BaseException) -> int:
    """The exit status for an error."""
    if isinstance(error, OSError) and error.errno in (_EPERM, _EACCES):
        return PRIVILEGE
    if isinstance(error, errors.NotSupported) and error.privilege:
        return PRIVILEGE
    return next((status for kind, status in _KINDS if isinstance(error, kind)), OTHER)


@contextmanager
def watching() -> Iterator[None]:
    """Around what goes on until Ctrl-C: that is its ordinary end, with status 0, as bpftool's."""
    try:
        yield
    except KeyboardInterrupt:
        if sys.stderr.isatty():
            print(file=sys.stderr)  # ends the line that holds ^C


def of_command(returncode: int) -> int:
    """The exit status for a COMMAND that ended: its own, or 128 + the signal that killed it."""
    return returncode if returncode >= 0 else SIGNAL - returncode
