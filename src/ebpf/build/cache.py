"""Objects that were compiled before, found again by what went into them.

An entry is two files below `$XDG_CACHE_HOME/ebpf/objects`. The first is named by what is known before compiling (the
compiler, the flags, the source's path and bytes) and lists what the compiler read: each header with the hash of its
bytes, and the places where a header would have been found first had it been there. The second is named by all of
those together and holds the object. Any change, a new header in front of an old one too, misses.

Entries are written beside their place and moved there, so that a reader sees all or nothing. What belongs to another
user is not read. A cache that can't be written is no error.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from ebpf._files import write_whole
from ebpf._record import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def cache_folder() -> Path | None:
    """`$XDG_CACHE_HOME/ebpf`, by default ~/.cache/ebpf, made if missing; None if there is no place that is this user's own."""
    if not hasattr(os, "geteuid"):
        local = os.environ.get("LOCALAPPDATA", "")
        return Path(local) / "ebpf" / "cache" if local else None
    from ebpf.btf.kernel import cache_folder as shared

    folder = shared()
    return Path(folder) if folder is not None else None


def digest(parts: Iterable[bytes | str]) -> str:
    """One hash of many parts, each with its length, so that no two lists of parts give the same bytes."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "little"))
        total.update(data)
    return total.hexdigest()


#: A file of more bytes than this (a kernel's vmlinux.h has 3 million) is known by its size and time: reading it would take
#: longer than all the rest.
BIG = 1 << 20


def file_digest(path: str) -> str:
    """The hash of a file's bytes (of a big one: its size and time of change); empty if it can't be read."""
    try:
        with Path(path).open("rb") as file:
            status = os.fstat(file.fileno())
            if status.st_size > BIG:
                return f"{status.st_size} bytes at {status.st_mtime_ns}"
            return hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return ""


def is_ours(path: Path) -> bool:
    """Whether a file or folder is this user's own, and no other may write to it."""
    try:
        status = path.lstat()
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


class Entry(Frozen):
    """What is kept: the object, the files it was made of, the warnings that came with it."""

    data: bytes
    inputs: tuple[str, ...]
    warnings: tuple[str, ...]


class ObjectCache:
    """The cache in one folder."""

    #: Changes when what is kept, or what goes into a key, changes.
    FORMAT = 1
    #: Two for each object.
    MOST_FILES = 2000

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "objects"

    def find(self, key: str) -> Entry | None:
        """The object made from `key` before, if all that went into it is as it was."""
        listed = self._read(self.folder / f"{key}.json")
        if listed is None:
            return None
        try:
            entry = json.loads(listed)
            inputs: dict[str, str] = entry["inputs"]
            absent: list[str] = entry["absent"]
            name: str = entry["object"]
            expected: str = entry["digest"]
            warnings = tuple(map(str, entry["warnings"]))
        except (ValueError, KeyError, TypeError):
            return None
        if any(file_digest(path) != known for path, known in inputs.items()):
            return None
        if any(os.path.lexists(path) for path in absent):
            return None
        data = self._read(self.folder / Path(name).name)
        if data is None or hashlib.sha256(data).hexdigest() != expected:
            return None
        return Entry(data, tuple(inputs), warnings)

    def keep(
        self, key: str, inputs: Mapping[str, str], absent: Iterable[str], warnings: Iterable[str], data: bytes
    ) -> None:
        """Keeps `data` as what `key` and `inputs` (path → hash) give."""
        name = digest([key, *(f"{path}={known}" for path, known in sorted(inputs.items()))]) + ".o"
        entry = {
            "inputs": dict(inputs),
            "absent": sorted(absent),
            "warnings": list(warnings),
            "object": name,
            "digest": hashlib.sha256(data).hexdigest(),
        }
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not is_ours(self.folder):
                return
            write_whole(self.folder / name, data, 0o600)
            write_whole(self.folder / f"{key}.json", json.dumps(entry).encode(), 0o600)
            self._prune()
        except OSError:
            return

    def _prune(self) -> None:
        """Past MOST_FILES, the older half goes: by when it was written, which is all that is known everywhere."""
        files = list(os.scandir(self.folder))
        if len(files) <= self.MOST_FILES:
            return
        files.sort(key=lambda file: file.stat(follow_symlinks=False).st_mtime_ns)
        for file in files[: len(files) // 2]:
            Path(file).unlink(missing_ok=True)

    def _read(self, path: Path) -> bytes | None:
        if not is_ours(self.folder) or not is_ours(path):
            return None
        try:
            return path.read_bytes()
        except OSError:
            return None
