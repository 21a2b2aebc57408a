"""The ring buffers and perf buffers of an object, opened for reading by name."""

from __future__ import annotations

from ebpf.errors import BtfError
from ebpf.uapi.map_types import MapType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ebpf.engine import RawMap
    from ebpf.events import Events
    from ebpf.spec import ObjectSpec
else:
    from _collections_abc import Mapping  # `collections.abc`, without what `collections` imports

SOURCES = frozenset({MapType.RINGBUF, MapType.PERF_EVENT_ARRAY})


class EventSources(Mapping[str, "Events"]):
    """`with obj.events["events"] as events: for event in events: …` — a new reader at each use, to be closed by its user.

    What a record is, the map's definition says (`__type(value, struct event)`), or `open(…, type="event")`. A map NAME_lost (an
    array of one u64, plain or per-CPU) counts what there was no room for in NAME: the reader's `lost` is from it.
    """

    def __init__(self, spec: ObjectSpec, maps: Mapping[str, RawMap]) -> None:
        self._spec = spec
        self._maps = maps

    def __getitem__(self, name: str) -> Events:
        return self.open(name)

    def open(self, *names: str, type: str = "", pages: int = 0, overwrite: bool = False) -> Events:
        """A reader of one or several of them as one stream. `type` is the name of the struct that a record is; `pages` (a power
        of two) and `overwrite` (new records take the place of old ones) are of perf buffers. KeyError, BtfError, KernelError."""
        from ebpf.events import open_events

        if not names:
            raise TypeError("which ring buffer or perf buffer?")
        for name in names:
            if name not in self:
                raise KeyError(f"no ring buffer or perf buffer {name!r}; there are: {', '.join(self) or 'none'}")
        btf = self._spec.btf
        type_id = 0
        if type:
            found = btf.find(type) if btf is not None else None
            if found is None:
                raise BtfError(f"the object has no type {type!r} for records of {names[0]}")
            type_id = found
        perf = self._spec.maps[names[0]].type == MapType.PERF_EVENT_ARRAY
        lost = None if perf else self._maps.get(f"{names[0]}_lost")
        maps = [self._maps[name] for name in names]
        return open_events(*maps, btf=btf, type_id=type_id, lost=lost, pages=pages, overwrite=overwrite)

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._maps if self._spec.maps[name].type in SOURCES)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: object) -> bool:
        return name in self._maps and self._spec.maps[str(name)].type in SOURCES

    def __repr__(self) -> str:
        return f"{{{', '.join(map(repr, self))}}}"
