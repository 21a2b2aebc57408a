"""Error numbers on their way between programs, which know Linux's, and Python's users, who know this system's (`errno`)."""

from __future__ import annotations

import errno

from ebpf.uapi import errno as linux

#: Linux's number → this system's.
_HERE: dict[int, int] = {
    number: getattr(errno, name)
    for name, number in vars(linux).items()
    if name.startswith("E") and hasattr(errno, name)
}
_THERE = {here: there for there, here in _HERE.items()}


def to_python(number: int) -> int:
    """This system's number for one of Linux's; one that it has no name for stays as it is."""
    return _HERE.get(number, number)


def to_program(number: int) -> int:
    """Linux's number for one of this system's."""
    return _THERE.get(number, number)
