"""A capture written: pcap with nanoseconds, in this machine's byte order."""

from __future__ import annotations

import os
from struct import Struct

from ebpf.capture.files import ETHERNET, NANO
from ebpf.errors import CaptureError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

_DESCRIPTORS = "/proc/self/fd"
#: Where paths name this process's own descriptors: what is there is written to, and never replaced.
_OWN = ("/dev/std", "/dev/fd/", f"{_DESCRIPTORS}/")


class Writer:
    """Writes a pcap file with nanoseconds. A regular file appears under its name when all is written (`close`), and takes the
    place of the one that was there; what goes wrong before leaves that as it was, and nothing else. A device, a pipe or this
    process's standard output is written to as the packets come.

    Raises CaptureError, BrokenPipeError for a pipe without a reader.
    """

    def __init__(self, path: str | os.PathLike[str], link_type: int = ETHERNET) -> None:
        self.path = os.fspath(path)
        self.count = 0
        #: The name until all is written; empty where the file has none yet, or is written in place.
        self._temporary = ""
        self._in_place = self.path.startswith(_OWN) or (os.path.exists(self.path) and not os.path.isfile(self.path))
        try:
            self._file: BinaryIO | None = open(self._open(), "wb", buffering=1 << 20)  # noqa: SIM115 - closed by `close`
        except OSError as error:
            raise self._error(error) from None
        self._pack = Struct("=IIII").pack
        self._put(Struct("=IHHiIII").pack(NANO, 2, 4, 0, 0, 262144, link_type))

    def _open(self) -> int:
        if self._in_place:
            return os.open(self.path, os.O_WRONLY | os.O_CLOEXEC)
        self._target = os.path.realpath(self.path)
        folder = os.path.dirname(self._target)
        if os.path.isdir(_DESCRIPTORS):
            try:
                # A file without a name goes with this process, however it ends (Linux 3.11, most file systems).
                return os.open(folder, os.O_WRONLY | os.O_CLOEXEC | os.O_TMPFILE, 0o600)
            except OSError:
                pass
        import tempfile

        fd, self._temporary = tempfile.mkstemp(dir=folder, prefix=".capture-")
        return fd

    def _error(self, error: OSError) -> Exception:
        if isinstance(error, BrokenPipeError):
            return error
        return CaptureError(f"can't be written: {error.strerror}", path=self.path)

    def _put(self, data: bytes | memoryview) -> None:
        assert self._file is not None
        try:
            self._file.write(data)
        except OSError as error:
            self.discard()
            raise self._error(error) from None

    def write(self, data: bytes | memoryview, time: int, original: int | None = None) -> None:
        """A packet; `time` in nanoseconds since 1970."""
        seconds, fraction = divmod(time, 1_000_000_000)
        size = len(data)
        length = size if original is None else max(size, original)
        self._put(self._pack(seconds & 0xFFFFFFFF, fraction, size, length))
        self._put(data)
        self.count += 1

    def close(self) -> None:
        """Puts the file in its place."""
        file = self._file
        if file is None:
            return
        try:
            file.flush()
            if not self._in_place:
                self._name(file.fileno())
            file.close()
            self._file = None
        except OSError as error:
            self.discard()
            raise self._error(error) from None

    def _name(self, fd: int) -> None:
        umask = os.umask(0)
        os.umask(umask)
        os.fchmod(fd, 0o666 & ~umask)
        if not self._temporary:
            # A link replaces nothing: the name is a moment's, on the way to the one that is wanted.
            name = os.path.join(os.path.dirname(self._target), f".capture-{os.urandom(6).hex()}")
            # Only with a descriptor does Python follow the symbolic link.
            os.link(f"{_DESCRIPTORS}/{fd}", name, src_dir_fd=fd, follow_symlinks=True)
            self._temporary = name
        os.replace(self._temporary, self._target)
        self._temporary = ""

    def discard(self) -> None:
        """Leaves nothing."""
        file, self._file = self._file, None
        if file is None:
            return
        try:
            file.close()
        except OSError:
            pass  # what was still buffered can't be written either
        finally:
            if self._temporary:
                os.unlink(self._temporary)
                self._temporary = ""

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()
