"""C names → Python names."""

from __future__ import annotations

import keyword
import re
from collections.abc import Collection


def identifier(name: str) -> str:
    """A Python name for a C name, which may hold dots ("main.count") or be a word of Python's ("from")."""
    name = re.sub(r"\W", "_", name)
    if not name or name[0].isdigit():
        name = f"_{name}"
    return f"{name}_" if keyword.iskeyword(name) else name


def class_name(name: str) -> str:
    """ "execve_count" → "ExecveCount". Capitals inside stay: "HTTPEvent" → "HTTPEvent"."""
    parts = re.split(r"[^0-9A-Za-z]+", name)
    joined = "".join(part[:1].upper() + part[1:] for part in parts if part)
    if not joined or joined[0].isdigit():
        joined = f"_{joined}"
    return f"{joined}_" if keyword.iskeyword(joined) else joined


def unused(name: str, taken: Collection[str]) -> str:
    """The name, or the name with the first number that makes it new."""
    if name not in taken:
        return name
    number = 2
    while f"{name}{number}" in taken:
        number += 1
    return f"{name}{number}"


def is_field(name: str) -> bool:
    """Whether a C member can be an attribute written in a class: no word of Python's, no name that a class would mangle."""
    return (
        name.isidentifier() and not keyword.iskeyword(name) and not (name.startswith("__") and not name.endswith("__"))
    )
