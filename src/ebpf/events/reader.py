"""The reader: records one by one, from asyncio, or many at a time as NumPy arrays.

The consumer's position is stored once for many records: storing it for each would bounce its cache line between the CPU that
writes and the one that reads, and slow the program in the kernel down.
"""

from __future__ import annotations

import select
import time
from _thread import RLock
from itertools import chain

from ebpf.errors import Closed, EbpfError
from ebpf.events import parse
from ebpf.events.waiting import Waiter
from ebpf.uapi.flags import BPF_RINGBUF_BUSY_BIT, BPF_RINGBUF_HDR_SZ

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence
    from typing import Any, Generic, Self

    import numpy as np
    from typing_extensions import TypeVar  # for type checkers, which bring it

    from ebpf.btf import Btf
    from ebpf.btf.codec import Codec
    from ebpf.engine import RawMap, RawRing
    from ebpf.events.records import Cutter
    from ebpf.events.same import SameLength

    E = TypeVar("E", default=Any)
else:
    E, Generic = 0, (object,)  # so that Generic[E] is `object`: no typing when this runs

#: Records decoded before the first of them is handed out. More than 700 alive would call Python's collector of garbage.
CHUNK = 512
#: How often rings without a descriptor are looked at, in seconds.
_LOOK = 0.002
#: How long to leave a record alone that is being written, in seconds: the descriptor is readable already.
_PAUSE = 0.0001


class Events(Generic[E]):
    """Records of one or several ring buffers or perf buffers. A context manager.

    for event in events                 waits for each; ends when the reader is closed
    async for event in events           the same in asyncio, without a thread
    events.read(timeout=…)              all that are there, after waiting for the first one
    for batch in events.batches()       NumPy structured arrays over the ring's own memory: see there
    events.run(callback, timeout=…)     a call for each

    An event is what the type's codec gives (a record); without a type, a memoryview of its bytes. `seen` counts the records
    that were taken out of the rings, `delivered` those of them that were handed on, `lost` those that there was no room for,
    where that is known: the kernel tells it of perf buffers; of a ring buffer, the program has to count them (see
    `open_events`).
    """

    if not TYPE_CHECKING:

        def __class_getitem__(cls, event):
            return cls

    def __init__(
        self,
        rings: Sequence[RawRing],
        *,
        codec: Codec | None = None,
        dtype: Callable[[], np.dtype[Any]] | None = None,
        lost: Callable[[], int] | None = None,
        name: str = "events",
    ) -> None:
        self._rings = list(rings)
        self._codec = codec
        self._dtype = dtype
        self._count_lost = lost
        self._told_lost = 0
        self._lost_before = lost() if lost is not None else 0
        #: Events that were decoded and not yet handed out; a loop that is left leaves the rest to the next one.
        self._waiting: Any = iter([])
        self._error: EbpfError | None = None
        self._pending: tuple[RawRing, int] | None = None
        self._next_ring = 0
        self._waiter: Waiter | None = None
        self._lock = RLock()
        self.name = name
        self.seen = 0
        self._closed = False

    # -- waiting -----------------------------------------------------------------------------------------------------

    def fileno(self) -> int:
        """A descriptor that is readable while there are records: for select, poll, or an event loop of your own. -1 where
        the engine has none."""
        with self._lock:
            if self._closed:
                raise Closed(f"{self.name} is closed")
            if self._waiter is None:
                fds = [ring.fileno() for ring in self._rings]
                if any(fd < 0 for fd in fds) or not hasattr(select, "epoll"):
                    return -1
                self._waiter = Waiter(fds)
            return self._waiter.fileno()

    def wait(self, timeout: float | None = None) -> bool:
        """Waits until there are records, `timeout` seconds at most (None: without end); whether there are any. Raises
        Closed."""
        if self._waiting.__length_hint__() or self._ready():
            return True
        deadline = None if timeout is None else time.monotonic() + timeout
        self.fileno()
        waiter = self._waiter
        while True:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                return self._ready()
            if waiter is not None:
                waiter.wait(-1 if left is None else left)
            else:
                time.sleep(_LOOK if left is None else min(_LOOK, left))
            if self._ready():
                return True
            if waiter is not None and (left is None or left > _PAUSE):
                time.sleep(_PAUSE)

    def _unless_closed(self, step: Callable[..., Any], *args: Any) -> Any:
        """`step(…)`, which looks at the rings' memory. Raises Closed, also when another thread closes the reader meanwhile:
        the memory is given back then."""
        if self._closed:
            raise Closed(f"{self.name} is closed")
        try:
            return step(*args)
        except ValueError:
            if not self._is_open():
                raise Closed(f"{self.name} was closed") from None
            raise

    def _ready(self) -> bool:
        found: bool = self._unless_closed(self._any_ready)
        return found

    def _any_ready(self) -> bool:
        for ring in self._rings:
            memory = ring.take()
            # A record that is still being written wakes nobody up when it is looked at.
            if len(memory) and not (ring.kind == "ring" and memory[:4].cast("I")[0] & BPF_RINGBUF_BUSY_BIT):
                return True
        return False

    def _is_open(self) -> bool:
        return not self._closed

    # -- one at a time -----------------------------------------------------------------------------------------------

    def _chunk(self) -> list[Any]:
        """The next records of any ring, decoded; [] if there are none. The rings take turns. Raises Closed."""
        found: list[Any] = self._unless_closed(self._next_chunk)
        return found

    def _next_chunk(self) -> list[Any]:
        if self._error is not None:
            error, self._error = self._error, None
            raise error
        self._release()
        rings = self._rings
        for turn in range(len(rings)):
            number = (self._next_ring + turn) % len(rings)
            ring = rings[number]
            while True:
                memory = ring.take()
                if not len(memory):
                    break
                events, used = self._decoded(ring, memory)
                memory.release()
                ring.done(used)
                if events:
                    self._next_ring = number + 1
                    self.seen += len(events)
                    return events
                if not used:
                    break
        return []

    def _decoded(self, ring: RawRing, memory: memoryview) -> tuple[list[Any], int]:
        codec = self._codec
        size = codec.size if codec is not None else 0
        if ring.kind == "ring":
            length, count = parse.uniform(memory, CHUNK)
            step = (length + BPF_RINGBUF_HDR_SZ + 7) & ~7
            used = count * step
            if count and length >= size and (count >= parse.RUN or used == len(memory)):
                if codec is not None:
                    return codec.many(memory[:used], BPF_RINGBUF_HDR_SZ, step - BPF_RINGBUF_HDR_SZ - size), used
                whole = memoryview(bytes(memory[:used]))
                return [whole[at : at + length] for at in range(BPF_RINGBUF_HDR_SZ, used, step)], used
            starts, lengths, used, _ = parse.ring(memory, CHUNK)
        else:
            starts, lengths, used, lost = parse.perf(memory, CHUNK)
            self._told_lost += lost
        # One copy for all: the writer gets its room back, and what was handed out stays as it is.
        whole = memoryview(bytes(memory[:used]))
        if codec is None:
            return [whole[at : at + length] for at, length in zip(starts, lengths, strict=True)], used
        if lengths and min(lengths) < size:
            # What comes before it is handed out first; then it is told, and left behind.
            at = next(i for i, length in enumerate(lengths) if length < size)
            if not at:
                ring.done(starts[1] - _before(ring) if len(starts) > 1 else used)
                raise self._short(lengths[0], size)
            starts, used = starts[:at], starts[at] - _before(ring)
        return codec.many_at(whole, starts), used

    def _short(self, length: int, size: int) -> EbpfError:
        return EbpfError(f"{self.name}: a record of {length} bytes, the type has {size}")

    def __iter__(self) -> Iterator[E]:
        """Events as they come, without end: until the reader is closed, also by another thread."""
        return chain.from_iterable(self._lists())

    def _lists(self) -> Iterator[Iterator[E]]:
        while self._is_open():
            yield self._waiting
            try:
                events = self._chunk()
                if events:
                    self._waiting = iter(events)
                else:
                    self.wait()
            except Closed:
                return

    def read(self, timeout: float | None = 0) -> list[E]:
        """All events that are there now, after waiting up to `timeout` seconds for the first (None: without end)."""
        out: list[E] = list(self._waiting)
        self._take_all(out)
        if not out and timeout != 0 and self.wait(timeout):
            self._take_all(out)
        return out

    def _take_all(self, out: list[Any]) -> None:
        try:
            while events := self._chunk():
                out += events
        except EbpfError as error:
            if not out:
                raise
            self._error = error  # for the next call: these are good

    def run(self, callback: Callable[[E], object], timeout: float | None = None) -> int:
        """Calls `callback` for each event, for `timeout` seconds (None: without end) or until it returns False; how many
        calls were made."""
        deadline = None if timeout is None else time.monotonic() + timeout
        calls = 0
        while True:
            left = None if deadline is None else max(deadline - time.monotonic(), 0)
            events = self.read(left)
            for at, event in enumerate(events):
                calls += 1
                if callback(event) is False:
                    self._waiting = iter(events[at + 1 :])
                    return calls
            if left == 0 or (not events and deadline is not None and time.monotonic() >= deadline):
                return calls

    # -- asyncio -----------------------------------------------------------------------------------------------------

    async def __aiter__(self) -> AsyncIterator[E]:
        """Events as they come. The loop watches the descriptor; there is no thread."""
        import asyncio

        loop = asyncio.get_running_loop()
        while self._is_open():
            for event in self._waiting:
                yield event
            try:
                events = self._chunk()
                fd = self.fileno()
            except Closed:
                return
            if events:
                self._waiting = iter(events)
                # A ring that is never empty must not keep other tasks from running.
                await asyncio.sleep(0)
                continue
            if fd < 0:
                await asyncio.sleep(_LOOK)
                continue
            woken = loop.create_future()
            self._wake = (loop, woken)
            loop.add_reader(fd, _set, woken)
            try:
                await woken
            finally:
                loop.remove_reader(fd)
                self._wake = None

    _wake: Any = None

    # -- NumPy -------------------------------------------------------------------------------------------------------

    def batches(self, timeout: float | None = None, *, limit: int = 0, varying: bool | None = None) -> Iterator[Any]:
        """Many events at a time, over the ring's own memory, without a copy: a batch is good until the next one is asked for.
        Each holds the records that are there, `limit` at most. Ends after `timeout` seconds without a record (None: never), and
        when the reader is closed. Needs NumPy.

        With a type: structured arrays of the type's dtype (`.copy()` one to keep it), each of records of one length; what a
        record has beyond its type isn't shown. Records of perf buffers are copied (the buffer's end may cut them).
        With `varying`, and without a type: `Records`, for records of different lengths: arrays of their places, and the
        beginning of each by its type. Machine code finds them where llvmlite is installed (20 ns a record at most, else 200).
        Raises EbpfError for a record that is shorter than the type.
        """
        if varying is None:
            varying = self._dtype is None
        dtype = self._dtype() if self._dtype is not None else None
        if varying:
            from ebpf.events.records import Cutter

            return self._take_batches(timeout, Cutter(dtype, limit))
        if dtype is None:
            raise EbpfError(f"{self.name}: batches of records of one length need a type; say which struct a record is")
        from ebpf.events.same import SameLength

        return self._take_batches(timeout, SameLength(dtype, limit))

    def _take_batches(self, timeout: float | None, cutter: Cutter | SameLength) -> Iterator[Any]:
        while self._is_open():
            try:
                found = self._unless_closed(self._next_batch, cutter)
                if found is None:
                    if not self.wait(timeout):
                        return
                    continue
            except Closed:
                return
            yield found
            del found
        self._release()

    def _release(self) -> None:
        """Gives the room of the last batch back to the writer."""
        pending, self._pending = self._pending, None
        if pending is not None:
            ring, size = pending
            try:
                ring.done(size)
            except ValueError:
                if not self._closed:
                    raise

    def _next_batch(self, cutter: Cutter | SameLength) -> Any:
        self._release()
        for turn in range(len(self._rings)):
            number = (self._next_ring + turn) % len(self._rings)
            ring = self._rings[number]
            while True:
                memory = ring.take()
                if not len(memory):
                    break
                batch, used, lost, short = cutter.cut(ring, memory)
                self._told_lost += lost
                self._pending = (ring, used)
                if short >= 0:
                    raise self._short(short, cutter.size)
                if batch is not None:
                    self._next_ring = number + 1
                    self.seen += len(batch)
                    return batch
                self._release()
                if not used:
                    break
        return None

    # -- the account -------------------------------------------------------------------------------------------------

    @property
    def delivered(self) -> int:
        """How many records were handed on; the others of `seen` wait in this reader."""
        waiting: int = self._waiting.__length_hint__()
        return self.seen - waiting

    @property
    def lost(self) -> int:
        """How many records there was no room for since the reader was opened, as far as it is told."""
        counted = self._count_lost() - self._lost_before if self._count_lost is not None else 0
        return self._told_lost + counted

    @property
    def closed(self) -> bool:
        return self._closed

    def close(self) -> None:
        """Ends the reading; a second call does nothing. Loops over the reader end, those of threads that wait, too."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        wake = self._wake
        if wake is not None:
            loop, woken = wake
            if not loop.is_closed():
                loop.call_soon_threadsafe(_set, woken)
        self._pending = None
        for ring in self._rings:
            ring.close()
        if self._waiter is not None:
            self._waiter.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        state = "closed" if self._closed else f"{len(self._rings)} rings"
        return f"<Events {self.name} {state} seen={self.seen} delivered={self.delivered}>"


def _before(ring: RawRing) -> int:
    """How many bytes of a record come before its data."""
    return BPF_RINGBUF_HDR_SZ if ring.kind == "ring" else parse.PERF_HEADER


def _set(future: Any) -> None:
    if not future.done():
        future.set_result(None)


def open_events(
    *maps: RawMap,
    btf: Btf | None = None,
    type_id: int = 0,
    lost: RawMap | None = None,
    pages: int = 0,
    overwrite: bool = False,
) -> Events:
    """A reader of one or several ring buffers (Linux 5.8) or perf buffers, as one stream.

    `btf` and `type_id` say what a record is; otherwise it is the value type of the first map (`__type(value, struct event)`).
    `lost` is an array, plain or per-CPU, of one u64 in which the program counts the records that bpf_ringbuf_reserve or
    _output had no room for. `pages` (a power of two, 64 if 0) and `overwrite` are of perf buffers. Raises KernelError.
    """
    spec = maps[0].spec
    if not type_id and spec.btf is not None and spec.value_type:
        btf, type_id = spec.btf, spec.value_type
    codec = dtype = None
    if btf is not None and type_id:
        types, number = btf, type_id
        codec = btf.codec(type_id)

        def dtype() -> np.dtype[Any]:
            return types.dtype(number)

    rings: list[RawRing] = []
    try:
        for map_ in maps:
            rings += map_.rings(pages, overwrite)
        count = _counter(lost) if lost is not None else None
        return Events(rings, codec=codec, dtype=dtype, lost=count, name=spec.name)
    except BaseException:
        for ring in rings:
            ring.close()
        raise


def _counter(map_: RawMap) -> Callable[[], int]:
    def count() -> int:
        data = map_.lookup(bytes(map_.spec.key_size))
        return sum(memoryview(data).cast("Q")) if data else 0

    return count
