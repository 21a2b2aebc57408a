"""Symbols of the kernel, from /proc/kallsyms: addresses for programs, names to suggest when one is misspelt."""

from __future__ import annotations

from ebpf.errors import close_names as close_names
from ebpf.errors import did_you_mean as did_you_mean

_PATH = "/proc/kallsyms"


def address_of(name: str) -> int | None:
    """The address of a kernel symbol, None if there is none; 0 where addresses are hidden (kernel.kptr_restrict)."""
    try:
        with open(_PATH, "rb") as file:
            text = file.read()
    except OSError:
        return None
    # A module's symbol is followed by a tab and the module.
    places = [at for end in (b"\n", b"\t") if (at := text.find(b" " + name.encode() + end)) >= 0]
    if not places:
        return None
    line = text[text.rfind(b"\n", 0, min(places)) + 1 : min(places)]
    return int(line.split()[0], 16)


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
