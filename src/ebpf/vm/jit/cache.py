"""Machine code on disk, in a folder that nobody else can write: what is found there is run.

A folder or file that belongs to somebody else, or that others may write, is not used: the code is made anew. Files are
named by a hash of all that made them, written whole or not at all, and each carries a hash of its contents.
"""

from __future__ import annotations

import os
import stat
import sys

try:
    from _blake2 import blake2b  # hashlib brings OpenSSL with it, which takes longer than the rest of a start
except ImportError:
    from hashlib import blake2b

#: The folder is emptied of its oldest half when it holds more files than this.
MOST = 4000


def folder() -> str | None:
    """The cache's folder, made if need be; None where there can be none ($EBPF_CACHE=off, no home, not ours)."""
    if os.environ.get("EBPF_CACHE") == "off" or sys.platform == "win32":
        return None
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    if not os.path.isabs(base):
        return None
    path = os.path.join(base, "ebpf", "jit")
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)
        return path if _ours(os.lstat(path), stat.S_ISDIR) else None
    except OSError:
        return None


def _ours(found: os.stat_result, kind: object) -> bool:
    """Whether it is of the kind asked for, ours, and nobody else can write it."""
    return bool(kind(found.st_mode)) and found.st_uid == os.geteuid() and not found.st_mode & 0o022  # type: ignore[operator]


def name_of(text: str) -> str:
    """What a file is called whose code is made from all that stands in `text`."""
    return blake2b(text.encode(), digest_size=32).hexdigest()


def get(name: str) -> bytes | None:
    path = folder()
    if path is None:
        return None
    try:
        fd = os.open(os.path.join(path, name + ".o"), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    with open(fd, "rb") as file:
        if not _ours(os.fstat(fd), stat.S_ISREG):
            return None
        data = file.read()
    digest, code = data[:32], data[32:]
    return code if blake2b(code, digest_size=32).digest() == digest else None


def put(name: str, code: bytes) -> None:
    path = folder()
    if path is None:
        return
    target = os.path.join(path, name + ".o")
    temporary = f"{target}.{os.getpid()}"
    try:
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            with open(fd, "wb") as file:
                file.write(blake2b(code, digest_size=32).digest() + code)
            os.replace(temporary, target)
        except BaseException:
            os.unlink(temporary)
            raise
        _tidy(path)
    except OSError:
        return  # a full disk must not stop a program


def _tidy(path: str) -> None:
    names = os.listdir(path)
    if len(names) <= MOST:
        return
    files = sorted((os.lstat(os.path.join(path, name)).st_mtime, name) for name in names)
    for _time, name in files[: len(files) // 2]:
        os.unlink(os.path.join(path, name))
