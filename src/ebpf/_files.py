"""Files that are written whole or not at all."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO


_DESCRIPTORS = "/proc/self/fd"
#: Where paths name this process's own descriptors, which may lead to a file that others write to as well.
_OWN = ("/dev/std", "/dev/fd/", f"{_DESCRIPTORS}/")
#: Those that are there without a /dev, too, and where this process may not open what they lead to (a socket, another's terminal).
STANDARD = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}


class Draft:
    """A file that comes under its name when all of it is written (`keep`), or never (`discard`). On Linux it has no name
    before, and goes with a process that is killed.

    A link is followed: what it leads to is replaced. A name of something else than a file (a device, a pipe, /dev/stdout) is
    written to as it is, for nothing may take its place. `mode` is the new file's, less the user's mask. Raises OSError.
    """

    def __init__(self, path: str | os.PathLike[str], mode: int = 0o666, *, buffering: int = -1) -> None:
        name = os.fspath(path)
        #: The name of the draft, if it has one.
        self._draft = ""
        self._place = ""
        if name in STANDARD:
            descriptor = os.dup(STANDARD[name])
        elif name.startswith(_OWN) or (os.path.exists(name) and not os.path.isfile(name)):
            descriptor = os.open(name, os.O_WRONLY)
        else:
            self._place = os.path.realpath(name) if os.path.islink(name) else name
            descriptor = self._open(mode)
        self.file: BinaryIO = os.fdopen(descriptor, "wb", buffering)

    def _open(self, mode: int) -> int:
        if os.path.isdir(_DESCRIPTORS):
            try:
                folder = os.path.dirname(self._place) or "."
                return os.open(folder, os.O_WRONLY | os.O_TMPFILE, mode)
            except OSError:
                pass  # not in this file system (Linux 3.11, most of them)
        self._draft = self._name()
        return os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)

    def _name(self) -> str:
        folder, last = os.path.split(self._place)
        return os.path.join(folder, f".{last[:40]}.{os.urandom(8).hex()}")

    def keep(self) -> None:
        """Puts it in its place."""
        try:
            self.file.flush()
            if self._place and not self._draft:
                # A link replaces nothing: this name is a moment's. Only with a descriptor does Python follow the one in /proc.
                fd, name = self.file.fileno(), self._name()
                os.link(f"{_DESCRIPTORS}/{fd}", name, src_dir_fd=fd, follow_symlinks=True)
                self._draft = name
            self.file.close()
            if self._draft:
                os.replace(self._draft, self._place)
        except BaseException:
            self.discard()
            raise

    def discard(self) -> None:
        """Leaves nothing. A second call, or one after `keep`, does nothing that matters."""
        try:
            self.file.close()
        except OSError:
            pass  # what was still to be written: nobody wants it
        if self._draft:
            try:
                os.unlink(self._draft)
            except OSError:
                pass


def open_to_read(path: str | os.PathLike[str]) -> BinaryIO:
    """A file's bytes. Raises OSError."""
    name = os.fspath(path)
    return open(os.dup(STANDARD[name]) if name in STANDARD else name, "rb")


def write_whole(path: str | os.PathLike[str], data: bytes, mode: int = 0o666) -> None:
    """Writes a file as a `Draft`."""
    draft = Draft(path, mode)
    try:
        draft.file.write(data)
    except BaseException:
        draft.discard()
        raise
    draft.keep()


def write_all(files: Sequence[tuple[str | os.PathLike[str], bytes]]) -> None:
    """Writes files as `write_whole`: none comes under its name before all are written. OSError says which can't be."""
    drafts: list[Draft] = []
    path: str | os.PathLike[str] = ""
    try:
        for path, data in files:
            drafts.append(Draft(path))
            drafts[-1].file.write(data)
            drafts[-1].file.flush()
        for (path, _data), draft in zip(files, drafts, strict=True):  # noqa: B007 - for what an error names
            draft.keep()
    except BaseException as error:
        for draft in drafts:
            draft.discard()
        if isinstance(error, OSError):
            raise OSError(error.errno, f"can't be written: {error.strerror}", os.fspath(path)) from error
        raise
