"""The faces of maps that hold no entries but events on their way: from programs, or to them."""

from __future__ import annotations

from ebpf.objects import codecs
from ebpf.objects.held import Held
from ebpf.uapi.map_types import MapType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Generic

    from typing_extensions import TypeVar  # for type checkers, which bring it

    from ebpf.events import Events
    from ebpf.objects.user_ring import UserRingWriter

    E = TypeVar("E", default=Any)
else:
    E = Any = object
    Generic = {object: object}  # so that Generic[E] is `object`: no typing when this runs


class Ring(Held, Generic[E]):
    """A RINGBUF (Linux 5.8) or PERF_EVENT_ARRAY (4.3): records, not entries. Read it with `open()`, or `Object.events[name]`."""

    if not TYPE_CHECKING:

        def __class_getitem__(cls, event):
            return cls

    def open(self, *, pages: int = 0, overwrite: bool = False) -> Events[E]:
        """A reader of its records, a context manager: `for event in ring.open(): …`. What a record is, the map's definition says
        (`__type(value, struct event)`), or bpf2py was told. `pages` and `overwrite` are of perf buffers: see
        `Object.events.open`, which also counts what was lost in a map NAME_lost. KernelError."""
        from ebpf.events import open_events

        return open_events(self.raw, pages=pages, overwrite=overwrite)

    def __repr__(self) -> str:
        return self._shown(
            f"{type(self).__name__} {self.name} {self.spec.type.label} max_entries={self.spec.max_entries}"
        )


class PerfEvents(Ring[E]):
    """A PERF_EVENT_ARRAY: what a program writes to it is read with `Object.events[name]`; or, for programs that read counters
    (bpf_perf_event_read), `map[index] = event`: the descriptor of a perf event, or an object with `fileno()`."""

    def __setitem__(self, index: int, event: Any) -> None:
        data = codecs.u32(index)
        self.raw.update(data, codecs.u32(self.raw.number_of(event)))

    def __delitem__(self, index: int) -> None:
        if not self.raw.delete(codecs.u32(index)):
            raise KeyError(index)


class UserRing(Ring[Any]):
    """A USER_RINGBUF (Linux 6.1): records from here to a program that drains them (bpf_user_ringbuf_drain)."""

    def writer(self) -> UserRingWriter:
        """The writer's end, a context manager: `write(record)` adds bytes and says whether there was room, `reserve(size)` gives
        the room itself; `room` is how much there is. One writer at a time. KernelError."""
        from ebpf.objects.user_ring import UserRingWriter

        return UserRingWriter(self.raw.writer())


#: A face apart from the others' (`ebpf.objects.faces`): most objects have an event ring, and of the rest none.
FACES: dict[MapType, Any] = {
    MapType.RINGBUF: Ring,
    MapType.USER_RINGBUF: UserRing,
    MapType.PERF_EVENT_ARRAY: PerfEvents,
}
