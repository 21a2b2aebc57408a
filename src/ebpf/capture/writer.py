"""A capture written: pcap with nanoseconds, in this machine's byte order."""

from __future__ import annotations

from struct import Struct

from ebpf._files import Draft
from ebpf.capture.chunk import ETHERNET
from ebpf.capture.pcap import NANO
from ebpf.errors import CaptureError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from ebpf.capture.chunk import Chunk


class Writer:
    """Writes a pcap file with nanoseconds. A file appears under its name when all is written (`close`), and takes the place of
    the one that was there; what goes wrong before leaves that as it was, and nothing else. A device, a pipe or this
    process's standard output is written to as the packets come.

    Raises CaptureError, BrokenPipeError for a pipe without a reader.
    """

    def __init__(self, path: str | os.PathLike[str], link_type: int = ETHERNET) -> None:
        self.path = str(path)
        self.count = 0
        self._draft: Draft | None = None
        try:
            self._draft = Draft(path, buffering=1 << 20)
        except OSError as error:
            raise self._error(error) from None
        self._pack = Struct("=IIII").pack
        self._put(Struct("=IHHiIII").pack(NANO, 2, 4, 0, 0, 262144, link_type))

    def _error(self, error: OSError) -> Exception:
        if isinstance(error, BrokenPipeError):
            return error
        return CaptureError(f"can't be written: {error.strerror}", path=self.path)

    def _put(self, data: bytes | memoryview) -> None:
        assert self._draft is not None
        try:
            self._draft.file.write(data)
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

    def write_some(self, chunk: Chunk, numbers: Sequence[int]) -> None:
        """Packets of a chunk, as they are in its memory now, by their numbers in it."""
        view, starts, lengths, stamp, pack = (
            memoryview(chunk.data),
            chunk.starts,
            chunk.lengths,
            chunk.stamp,
            self._pack,
        )
        parts: list[bytes | memoryview] = []
        for number in numbers:
            seconds, fraction, original = stamp(number)
            start, size = starts[number], lengths[number]
            parts.append(pack(seconds & 0xFFFFFFFF, fraction, size, original if original > size else size))
            parts.append(view[start : start + size])
        self._put(b"".join(parts))
        self.count += len(numbers)

    def close(self) -> None:
        """Puts the file in its place."""
        draft, self._draft = self._draft, None
        if draft is not None:
            try:
                draft.keep()
            except OSError as error:
                raise self._error(error) from None

    def discard(self) -> None:
        """Leaves nothing."""
        draft, self._draft = self._draft, None
        if draft is not None:
            draft.discard()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()
