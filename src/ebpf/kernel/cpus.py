"""The CPUs that this machine can have and has, as the kernel numbers them."""

from __future__ import annotations

_found: dict[str, list[int]] = {}


def _read(name: str) -> list[int]:
    if name not in _found:
        with open(f"/sys/devices/system/cpu/{name}") as file:
            _found[name] = parse(file.read())
    return _found[name]


def parse(text: str) -> list[int]:
    """ "0-2,5" → [0, 1, 2, 5]: the form of /sys/devices/system/cpu/*."""
    cpus: list[int] = []
    for part in text.strip().split(","):
        first, _, last = part.partition("-")
        if first:
            cpus.extend(range(int(first), int(last or first) + 1))
    return cpus


def possible() -> int:
    """How many values a per-CPU map holds for each key: every CPU that could ever be plugged in."""
    return len(_read("possible"))


def online() -> list[int]:
    """The CPUs that run now."""
    _found.pop("online", None)
    return _read("online")
