"""The files of tracefs: ids of tracepoints, names of functions that can be traced.

Where tracefs isn't mounted, a mount of our own is opened that no other process sees: nothing to set up, nothing to undo.
"""

from __future__ import annotations

import os

from ebpf.kernel import sys

_PLACES = ("/sys/kernel/tracing", "/sys/kernel/debug/tracing")
_own = -1


def _directory() -> int | str:
    """A path of tracefs, or the descriptor of a mount of our own. Raises OSError."""
    global _own
    for place in _PLACES:
        if os.path.exists(place + "/events"):
            return place
    if _own < 0:
        _own = sys.detached_mount("tracefs", "tracefs is mounted neither at /sys/kernel/tracing nor ours to mount")
    return _own


def open_file(path: str, flags: int = os.O_RDONLY) -> int:
    """Opens a file of tracefs by its path there. Raises OSError."""
    base = _directory()
    if isinstance(base, str):
        return os.open(f"{base}/{path}", flags | os.O_CLOEXEC)
    return os.open(path, flags | os.O_CLOEXEC, dir_fd=base)


def read(path: str) -> str:
    """All of a file. Raises OSError."""
    fd = open_file(path)
    try:
        parts = []
        while part := os.read(fd, 1 << 16):
            parts.append(part)
        return b"".join(parts).decode(errors="replace")
    finally:
        os.close(fd)


def names(path: str) -> list[str]:
    """The names in a folder, [] where there is none."""
    try:
        base = _directory()
        if isinstance(base, str):
            return os.listdir(f"{base}/{path}")
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=base)
        try:
            return os.listdir(fd)
        finally:
            os.close(fd)
    except OSError:
        return []


def exists(path: str) -> bool:
    try:
        os.close(open_file(path))
    except OSError:
        return False
    return True


def tracepoint_id(category: str, name: str) -> int:
    """The number that perf_event_open(2) knows a tracepoint by. Raises OSError (FileNotFoundError: no such one)."""
    return int(read(f"events/{category}/{name}/id"))


def record_size(category: str, name: str) -> int:
    """How many bytes the fields of a tracepoint's record reach to, by its `format`. Raises OSError."""
    size = 0
    for line in read(f"events/{category}/{name}/format").splitlines():
        facts = dict(part.strip().split(":", 1) for part in line.split(";") if ":" in part)
        if "offset" in facts:
            size = max(size, int(facts["offset"]) + int(facts["size"]))
    return size


def traceable_functions() -> set[str]:
    """The functions that ftrace can attach to; empty where the kernel doesn't tell."""
    try:
        return {line.split(None, 1)[0] for line in read("available_filter_functions").splitlines() if line}
    except OSError:
        return set()
