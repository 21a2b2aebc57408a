"""Symbols of the kernel, from /proc/kallsyms: addresses for programs, names to suggest when one is misspelt."""

from __future__ import annotations

from ebpf.errors import close_names as close_names
from ebpf.errors import did_you_mean as did_you_mean

_PATH = "/proc/kallsyms"


def address_of(name: str) -> int | None:
    """The address of a kernel symbol, None if there is none; 0 where addresses are hidden (kernel.kptr_restrict)."""
    wanted = name.encode()
    try:
        with open(_PATH, "rb") as file:
            for line in file:
                parts = line.split(None, 3)
                if parts[2] == wanted:
                    return int(parts[0], 16)
    except OSError:
        pass
    return None


def functions() -> set[str]:
    """The names of all kernel functions (types t and T)."""
    found = set()
    try:
        with open(_PATH, "rb") as file:
            for line in file:
                parts = line.split(None, 3)
                if parts[1] in b"tTwW":
                    found.add(parts[2].decode(errors="replace"))
    except OSError:
        pass
    return found


def unique_functions() -> set[str]:
    """The names of kernel functions that stand for one function only."""
    once: set[str] = set()
    more: set[str] = set()
    try:
        with open(_PATH, "rb") as file:
            for line in file:
                parts = line.split(None, 3)
                if parts[1] in b"tTwW":
                    name = parts[2].decode(errors="replace")
                    (more if name in once else once).add(name)
    except OSError:
        pass
    return once - more
