"""The writer's end of a USER_RINGBUF, over either engine's."""

from __future__ import annotations

from ebpf.errors import Closed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class UserRingWriter:
    """Writes records for a program that drains them; a context manager. One writer at a time: threads need a lock of their
    own. What is reserved and not submitted when it is closed is discarded."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._reserved: dict[int, Reserved] = {}

    @property
    def room(self) -> int:
        """How many bytes are free now; a record takes 8 more than its own, rounded up to 8."""
        free: int = self._raw.room
        return free

    def write(self, record: bytes) -> bool:
        """Adds a record; False if there is no room for it now. Raises ValueError if there never will be."""
        done: bool = self._raw.write(record)
        return done

    def reserve(self, size: int) -> Reserved | None:
        """Room for a record of `size` bytes in the ring itself, to be filled and submitted; None if there is none now. The
        program gets records in the order in which they were reserved. Raises ValueError if there never will be room."""
        found = self._raw.place(size)
        if found is None:
            return None
        made = self._reserved[found[0]] = Reserved(self, *found)
        return made

    def _settle(self, made: Reserved, discard: bool) -> None:
        size = len(made.data)
        try:
            made.data.release()
        except BufferError:
            pass  # an array of the user's own lies over it
        del self._reserved[made.at]
        self._raw.settle(made.at, size, discard)

    def close(self) -> None:
        """Discards what is reserved; no more is written."""
        for made in list(self._reserved.values()):
            made.discard()
        self._raw.close()

    def __enter__(self) -> UserRingWriter:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class Reserved:
    """A record to be: `data` is its bytes in the ring, to be filled. A context manager: submitted at its end, discarded on an
    error. Once only: Closed."""

    def __init__(self, writer: UserRingWriter, at: int, data: memoryview) -> None:
        self.data = data
        self.at = at
        self._writer: UserRingWriter | None = writer

    def submit(self) -> None:
        """Lets the program have it."""
        self._taken()._settle(self, discard=False)

    def discard(self) -> None:
        """Has the program pass over it."""
        self._taken()._settle(self, discard=True)

    def _taken(self) -> UserRingWriter:
        writer, self._writer = self._writer, None
        if writer is None:
            raise Closed("the reserved record was submitted or discarded already")
        return writer

    def __enter__(self) -> Reserved:
        return self

    def __exit__(self, kind: object, *exc: object) -> None:
        if self._writer is not None:
            self.submit() if kind is None else self.discard()
