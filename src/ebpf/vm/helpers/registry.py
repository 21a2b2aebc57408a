"""How a helper is found: by its number, in one table to which its file adds it; a kernel function (kfunc) by its name.

A helper is a function of the machine and five registers, unsigned 64 bits each; what it gives is taken modulo 2**64, so that
a negative errno needs no care. It reads and writes the program's memory only through the machine, which checks.
"""

from __future__ import annotations

from ebpf.uapi.helpers import IDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from ebpf.vm.machine import Machine

    Helper = Callable[[Machine, int, int, int, int, int], int]
    F = TypeVar("F", bound=Helper)

#: Number → function.
HELPERS: dict[int, Helper] = {}

#: Name, as the kernel's BTF has it → function. They take what helpers take.
KFUNCS: dict[str, Helper] = {}

#: Numbers of helpers after which memory that a program could reach before may be gone or elsewhere.
CHANGES_MEMORY: set[int] = set()


def helper(function: F) -> F:
    """Adds a helper to the table; its name is the kernel's without `bpf_`."""
    HELPERS[IDS[function.__name__]] = function
    return function


def changes_memory(function: F) -> F:
    """Adds a helper after which packet pointers, or pointers to a record, are no longer good."""
    CHANGES_MEMORY.add(IDS[function.__name__])
    return helper(function)


def kfunc(function: F) -> F:
    """Adds a kernel function to the table, under its own name."""
    KFUNCS[function.__name__] = function
    return function


def nothing(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """0: it means something only in a kernel."""
    return 0


def same(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """What it is given: only the type changes, or a count of references."""
    return r1
