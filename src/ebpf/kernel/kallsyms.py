"""Symbols of the kernel, from /proc/kallsyms: addresses for programs, names to suggest when one is misspelt."""

from __future__ import annotations

PATH = "/proc/kallsyms"


def address_of(name: str) -> int | None:
    """The address of a kernel symbol, None if there is none; 0 where addresses are hidden (kernel.kptr_restrict)."""
    try:
        with open(PATH, "rb") as file:
            text = file.read()
    except OSError:
        return None
    # A module's symbol is followed by a tab and the module.
    places = [at for end in (b"\n", b"\t") if (at := text.find(b" " + name.encode() + end)) >= 0]
    if not places:
        return None
    line = text[text.rfind(b"\n", 0, min(places)) + 1 : min(places)]
    return int(line.split()[0], 16)


def _functions() -> list[str]:
    """The name of each kernel function: types t and T, weak ones w and W; none where there is no such file."""
    import re

    try:
        with open(PATH, "rb") as file:
            text = file.read().decode(errors="replace")
    except OSError:
        return []
    found: list[str] = re.findall(r"^\S+ [tTwW] (\S+)", text, re.MULTILINE | re.ASCII)
    return found


def functions() -> set[str]:
    """The names of all kernel functions."""
    return set(_functions())


def unique_functions() -> set[str]:
    """The names of kernel functions that stand for one function only."""
    from collections import Counter

    return {name for name, count in Counter(_functions()).items() if count == 1}
