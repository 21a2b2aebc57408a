"""Capture files: which format one is of. One compressed by gzip, bzip2 or xz is unpacked as it is read."""

from __future__ import annotations

from ebpf._files import open_to_read
from ebpf.capture import pcap, pcapng
from ebpf.capture.source import Source, unpacked
from ebpf.errors import CaptureError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from ebpf.capture.chunk import Chunk, Scan


def read(path: str | os.PathLike[str], scan: Scan | None = None) -> Iterator[Chunk]:
    """The packets of a capture, piece by piece; `scan` finds those of a piece quicker than Python, and the pieces of a pcap file
    then lie in the same memory, one after the other: a chunk is good until the next.

    CaptureError says what is wrong at which offset; what lies before comes first.
    """
    import os

    try:
        file = open_to_read(path)  # closed below
    except OSError as error:
        raise CaptureError(f"can't be read: {error.strerror}", path=os.fspath(path)) from None
    with file, unpacked(file) as plain:
        source = Source(plain, os.fspath(path))
        if not source.fill(24 if source.fill(4) and source.data[:4] != pcapng.MAGIC else 28):
            raise source.error("is no capture: it is too short", 0)
        if source.data[:4] == pcapng.MAGIC:
            yield from pcapng.read(source, scan)
        else:
            yield from pcap.read(source, scan)
        if source.broken is not None:
            raise source.broken
