"""Which processes hold the kernel's maps, programs, links and types open."""

from __future__ import annotations

import os

#: What /proc/PID/fd shows of a descriptor → (kind, the line of its fdinfo that has the id).
_KINDS = {
    "anon_inode:bpf-map": ("map", "map_id"),
    "anon_inode:bpf-prog": ("prog", "prog_id"),
    "anon_inode:bpf_link": ("link", "link_id"),
    "anon_inode:bpf-link": ("link", "link_id"),
    "anon_inode:btf": ("btf", "btf_id"),
}


def holders() -> dict[tuple[str, int], list[dict[str, object]]]:
    """(kind, id) → the processes with a descriptor of it, but this one, as far as this process may look; none without /proc."""
    found: dict[tuple[str, int], list[dict[str, object]]] = {}
    try:
        pids = sorted(int(name) for name in os.listdir("/proc") if name.isdigit())
    except OSError:
        return found
    for pid in pids:
        if pid == os.getpid():
            continue
        try:
            things = {thing for fd in os.listdir(f"/proc/{pid}/fd") if (thing := _thing(pid, fd))}
            if things:
                with open(f"/proc/{pid}/comm", errors="backslashreplace") as file:
                    process: dict[str, object] = {"pid": pid, "comm": file.read().rstrip("\n")}
        except OSError:
            continue  # it ended, or is somebody else's
        for thing in things:
            found.setdefault(thing, []).append(process)
    return found


def _thing(pid: int, fd: str) -> tuple[str, int] | None:
    try:
        row = _KINDS.get(os.readlink(f"/proc/{pid}/fd/{fd}").replace("[", "").replace("]", ""))
        if row is None:
            return None
        with open(f"/proc/{pid}/fdinfo/{fd}") as file:
            return row[0], next(int(line.partition(":")[2]) for line in file if line.startswith(f"{row[1]}:"))
    except (OSError, StopIteration):
        return None
