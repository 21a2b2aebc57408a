"""A capture file as it is read: in pieces, so that memory does not grow with the file, and unpacked if it is compressed."""

from __future__ import annotations

from ebpf.errors import CaptureError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

#: No packet or block is longer (libpcap's MAXIMUM_SNAPLEN is 262144; a USB capture may have 128 MiB).
MOST = 128 << 20
#: How a compressed file begins, and the module of the standard library that reads it.
_PACKED = ((b"\x1f\x8b", "gzip"), (b"BZh", "bz2"), (b"\xfd7zXZ\0", "lzma"))


class Source:
    """A file read in pieces; `at` is the offset in the file of the first byte not yet taken."""

    #: What is read from the file at once: it should stay in a CPU's cache until it is done with.
    piece = 1 << 20

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.file = file
        self.name = name
        self.data = bytearray()
        self.at = 0
        self.ended = False
        #: Why no more could be read, or unpacked: told when what came before is done.
        self.broken: CaptureError | None = None

    def fill(self, size: int) -> bool:
        """Reads until `size` bytes are at hand; False if the file ends before."""
        while len(self.data) < size and not self.ended:
            piece = bytearray(max(self.piece, size - len(self.data)))
            count = self.read_into(memoryview(piece))
            self.ended = not count
            self.data += memoryview(piece)[:count]
        return len(self.data) >= size

    def read_into(self, room: memoryview) -> int:
        """Puts what comes next into `room`: how many bytes, 0 at the end, and where the file can't be read or unpacked
        (`broken`)."""
        try:
            count: int = self.file.readinto1(room)  # type: ignore[attr-defined]
        except _unreadable() as error:
            why = (error.strerror if isinstance(error, OSError) else None) or str(error)
            self.broken = CaptureError(f"can't be read to its end: {why}", path=self.name)
            return 0
        return count

    def take(self, size: int) -> None:
        self.data = self.data[size:]
        self.at += size

    def error(self, message: str, position: int) -> CaptureError:
        return self.broken or CaptureError(message, path=self.name, offset=self.at + position)


def _unreadable() -> tuple[type[Exception], ...]:
    """What reading and unpacking raise."""
    import lzma
    import zlib

    return OSError, EOFError, zlib.error, lzma.LZMAError


def unpacked(file: BinaryIO) -> BinaryIO:
    """The file, or what reads the one that is compressed in it."""
    try:
        begin = file.peek(8)  # type: ignore[attr-defined]
    except OSError:
        return file  # the first read will say why
    module = next((name for magic, name in _PACKED if begin.startswith(magic)), None)
    if module is None:
        return file
    from importlib import import_module

    opened: BinaryIO = import_module(module).open(file)
    return opened
