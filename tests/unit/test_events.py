"""The reader of events over both engines: the same object, the same calls, the same records."""

from __future__ import annotations

import asyncio
import errno
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ebpf
from compiling import a_compiler
from ebpf import build
from ebpf.errors import Closed, EbpfError
from ebpf.events import Events, parse, walk
from ebpf.uapi.flags import BPF_RINGBUF_BUSY_BIT, BPF_RINGBUF_DISCARD_BIT

SOURCE = Path(__file__).resolve().parents[1] / "bpf" / "events.bpf.c"
PACKET = bytes(64)
SIZE = 24


@pytest.fixture(params=["vm", pytest.param("kernel", marks=pytest.mark.host)])
def obj(request: pytest.FixtureRequest) -> Iterator[ebpf.Object]:
    with a_compiler():
        code = build.compile(SOURCE)
    # There is a perf buffer for each CPU: on one CPU, what is written in order is read in order.
    affinity = getattr(os, "sched_getaffinity", lambda _: {0})(0)
    if request.param == "kernel":
        os.sched_setaffinity(0, {min(affinity)})
    try:
        with ebpf.load(code, engine=request.param) as obj:
            yield obj
    finally:
        if request.param == "kernel":
            os.sched_setaffinity(0, affinity)


def write(obj: ebpf.Object, program: str, count: int) -> None:
    obj.programs[program].raw.run(PACKET, repeat=count)


def more_of(number: int) -> int:
    return number * 37 % 100


def right(event: Any, number: int, more: int = 0) -> bool:
    return bool(event == (number, more, 1, "probe") and event.color.name == "GREEN" and event.name == "probe")


@pytest.mark.parametrize("program", ["fixed", "varying"])
def test_a_loop_gives_typed_records(obj: ebpf.Object, program: str) -> None:
    with obj.events["events"] as events:
        for start in range(0, 3000, 300):
            write(obj, program, 300)
            for number, event in enumerate(events, start):
                assert right(event, number, more_of(number) if program == "varying" else 0)
                if number == start + 299:
                    break
        assert (events.seen, events.delivered, events.lost) == (3000, 3000, 0)


def test_the_account(obj: ebpf.Object) -> None:
    with obj.events["events"] as events:
        write(obj, "fixed", 10)
        first = next(iter(events))
        assert right(first, 0)
        assert (events.seen, events.delivered, events.lost) == (10, 1, 0)
        assert "seen=10 delivered=1" in repr(events)
        got = len(events.read())
        assert got == 9 and events.delivered == 10
        # More than there is room for: what the program counts in events_lost is the reader's account of it.
        write(obj, "fixed", 3000)
        kept = events.read()
        assert 0 < len(kept) <= (1 << 16) // 32
        assert events.lost == 3000 - len(kept)
        assert events.seen == events.delivered == 10 + len(kept)


def test_records_of_unknown_size_are_memoryviews(obj: ebpf.Object) -> None:
    with obj.events["plain"] as events:
        write(obj, "untyped", 200)
        got = events.read()
        assert [len(event) for event in got] == [8 + more_of(number) for number in range(200)]
        assert [int.from_bytes(event[:8], sys.byteorder) for event in got] == list(range(200))
        assert all(isinstance(event, memoryview) for event in got)


def test_perf_buffers_of_each_cpu(obj: ebpf.Object) -> None:
    with obj.events.open("cpus", type="event", pages=16) as events:
        write(obj, "by_cpu", 200)
        assert all(right(event, number, more_of(number)) for number, event in enumerate(events.read(10)))
        assert events.seen == 200
        write(obj, "by_cpu", 20000)
        got = len(events.read())
        assert 0 < got < 20000
        write(obj, "by_cpu", 1)  # the kernel tells of lost records with the next one
        assert len(events.read(10)) == 1
        assert got + events.lost == 20000


def test_several_maps_in_one_loop(obj: ebpf.Object) -> None:
    with obj.events.open("events", "plain", type="event") as events:
        write(obj, "fixed", 5)
        write(obj, "varying", 5)
        assert [event.number for event in events.read()] == list(range(10))
        write(obj, "untyped", 2)
        assert [event.number for event in events.read()] == [10]
        with pytest.raises(EbpfError, match="events: a record of 15 bytes, the type has 24"):
            events.read()
        write(obj, "fixed", 1)
        assert [event.number for event in events.read()] == [12]


@pytest.mark.parametrize("way", ["one by one", "varying", "same"])
def test_a_record_too_short_is_told_once_and_left_behind(obj: ebpf.Object, way: str) -> None:
    pytest.importorskip("numpy")
    lengths = [8 + more_of(number) for number in range(200)]
    with obj.events.open("plain", type="event") as events:
        write(obj, "untyped", 200)
        got: list[int] = []
        told: list[int] = []
        while len(got) + len(told) < 200:
            try:
                if way == "one by one":
                    got += [event.number for event in events.read()]
                elif way == "varying":
                    got += next(events.batches(0, varying=True)).fields["number"].tolist()
                else:
                    got += next(events.batches(0))["number"].tolist()
            except EbpfError as error:
                told.append(int(str(error).split(" bytes, the type has 24")[0].split()[-1]))
        assert got == [number for number, length in enumerate(lengths) if length >= SIZE]
        assert told == [length for length in lengths if length < SIZE]
        assert events.seen == len(got)


def test_callbacks_and_timeouts(obj: ebpf.Object) -> None:
    with obj.events["events"] as events:
        assert events.wait(0.01) is False and events.read(0.01) == []
        write(obj, "fixed", 10)
        seen: list[Any] = []
        assert events.run(seen.append, timeout=0.01) == 10
        assert [event.number for event in seen] == list(range(10))
        write(obj, "fixed", 10)
        assert events.run(lambda event: event.number < 15) == 6
        assert [event.number for event in events.read()] == [16, 17, 18, 19]


def test_asyncio_without_a_thread(obj: ebpf.Object) -> None:
    async def main() -> list[int]:
        got: list[int] = []

        async def later() -> None:
            for _ in range(5):
                await asyncio.sleep(0.001)
                write(obj, "fixed", 100)

        with obj.events["events"] as events:
            writer = asyncio.create_task(later())
            async for event in events:
                got.append(event.number)
                if len(got) == 500:
                    break
            await writer
        return got

    before = threading.active_count()
    assert asyncio.run(asyncio.wait_for(main(), 60)) == list(range(500))
    assert threading.active_count() == before


def test_batches_of_one_length(obj: ebpf.Object) -> None:
    pytest.importorskip("numpy")
    with obj.events["events"] as events:
        write(obj, "fixed", 1000)
        total = 0
        for batch in events.batches(0, limit=300):
            assert len(batch) <= 300
            assert batch["number"].tolist() == list(range(total, total + len(batch)))
            assert (batch["color"] == 1).all() and batch["name"][0].startswith(b"probe")
            total += len(batch)
        assert total == events.seen == events.delivered == 1000


def _walks() -> list[Any]:
    found: list[Any] = [walk._python]
    try:
        found.append(walk._native())
    except ImportError:
        pass
    return found


@pytest.mark.parametrize("way", range(2), ids=["python", "machine code"])
@pytest.mark.parametrize("limit", [0, 7])
def test_batches_of_different_lengths(obj: ebpf.Object, way: int, limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numpy")
    ways = _walks()
    if way >= len(ways):
        pytest.skip("llvmlite is not installed")
    monkeypatch.setattr(walk, "_walk", ways[way])
    with obj.events["events"] as events:
        # Several times round the ring.
        for start in range(0, 4000, 400):
            write(obj, "varying", 400)
            number = start
            for batch in events.batches(0, limit=limit, varying=True):
                assert not limit or len(batch) <= limit
                assert batch.lengths.tolist() == [SIZE + more_of(n) for n in range(number, number + len(batch))]
                assert batch.fields["number"].tolist() == list(range(number, number + len(batch)))
                assert batch.fields["size"].tolist() == [more_of(n) for n in range(number, number + len(batch))]
                assert [len(record) for record in batch] == batch.lengths.tolist()
                assert [int.from_bytes(record[:8], sys.byteorder) for record in batch] == batch.fields[
                    "number"
                ].tolist()
                assert bytes(batch[0]) == batch.data[batch.starts[0] : batch.starts[0] + batch.lengths[0]].tobytes()
                number += len(batch)
            assert number == start + 400
        assert events.seen == events.delivered == 4000 and events.lost == 0
    with obj.events["plain"] as events:
        write(obj, "untyped", 100)
        (batch,) = events.batches(0)
        assert batch.fields is None and len(batch) == 100
        assert batch.lengths.tolist() == [8 + more_of(n) for n in range(4000, 4100)]
    with obj.events.open("cpus", type="event") as events:
        write(obj, "by_cpu", 100)
        batches = list(events.batches(0.01, varying=True))
        assert [n for batch in batches for n in batch.fields["number"].tolist()] == list(range(4100, 4200))
        # The kernel pads a sample, header and all, to 8 bytes, and counts that in.
        lengths = [len(record) for batch in batches for record in batch]
        assert all(0 <= got - SIZE - more_of(n) < 8 for n, got in enumerate(lengths, 4100))


def test_batches_tell_what_they_need(obj: ebpf.Object) -> None:
    pytest.importorskip("numpy")
    with obj.events["plain"] as events, pytest.raises(EbpfError, match="need a type"):
        events.batches(varying=False)


def test_a_closed_reader_ends_its_loops(obj: ebpf.Object) -> None:
    events = obj.events["events"]
    write(obj, "fixed", 3)
    seen = []
    for event in events:
        seen.append(event)
        if len(seen) == 3:
            events.close()
    assert len(seen) == 3
    with pytest.raises(Closed):
        events.read()


def test_closing_wakes_a_thread_that_waits(obj: ebpf.Object) -> None:
    events = obj.events["events"]
    events.fileno()
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    ended: list[object] = []
    threads = [threading.Thread(target=lambda: ended.append(list(events)), daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    while events._waiter is not None and not events._waiter._threads:
        pass
    events.close()
    for thread in threads:
        thread.join(60)
    assert ended == [[], []]
    if before:
        assert len(os.listdir("/proc/self/fd")) < before


@pytest.mark.skipif(not hasattr(os, "eventfd"), reason="epoll is of Linux")
def test_who_is_out_of_descriptors_waits_later(obj: ebpf.Object, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was half made is not waited on: it would never wake anybody."""
    with obj.events["events"] as events:
        assert all(ring.fileno() >= 0 for ring in events._rings)
        before = os.listdir("/proc/self/fd")
        with monkeypatch.context() as patched:
            patched.setattr(os, "eventfd", refused)
            with pytest.raises(OSError, match="Too many open files"):
                events.fileno()
        assert os.listdir("/proc/self/fd") == before
        assert events.fileno() >= 0 and len(os.listdir("/proc/self/fd")) == len(before) + 2


def refused(*_: object) -> int:
    raise OSError(errno.EMFILE, "Too many open files")


@pytest.mark.parametrize("way", ["loop", "read", "batches"])
def test_closing_under_a_reader_at_any_moment(obj: ebpf.Object, way: str) -> None:
    """A thread reads all the time; the reader is closed under it, early or late."""
    if way == "batches":
        pytest.importorskip("numpy")
    wrong: list[BaseException] = []

    def use(events: Events) -> None:
        try:
            if way == "loop":
                for _ in events:
                    pass
            elif way == "batches":
                for batch in events.batches():
                    del batch
            else:
                with pytest.raises(Closed):
                    while True:
                        events.read(1)
        except BaseException as error:
            wrong.append(error)

    for round_ in range(30):
        events = obj.events["events"]
        thread = threading.Thread(target=use, args=(events,))
        thread.start()
        write(obj, "varying", round_ % 7 * 40)
        events.close()
        thread.join(60)
        assert not thread.is_alive()
    assert wrong == []


def test_an_overwritable_perf_buffer_keeps_the_newest(obj: ebpf.Object) -> None:
    with obj.events.open("cpus", type="event", pages=1, overwrite=True) as events:
        write(obj, "by_cpu", 3000)
        kept = [event.number for event in events.read()]
        assert kept and kept == list(range(3000 - len(kept), 3000))


class Memory:
    """A ring of a piece of memory."""

    kind, cpu = "ring", -1

    def __init__(self, data: bytes) -> None:
        self.data = memoryview(data)
        self.at = 0

    def fileno(self) -> int:
        return -1

    def take(self) -> memoryview:
        return self.data[self.at :]

    def done(self, size: int) -> None:
        self.at += size

    def close(self) -> None:
        pass


def record(data: bytes, flags: int = 0) -> bytes:
    padded = data + bytes(-len(data) % 8)
    return (len(data) | flags).to_bytes(4, sys.byteorder) + bytes(4) + padded


@pytest.mark.parametrize("way", range(2), ids=["python", "machine code"])
def test_discarded_records_and_those_being_written(way: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numpy")
    ways = _walks()
    if way >= len(ways):
        pytest.skip("llvmlite is not installed")
    monkeypatch.setattr(walk, "_walk", ways[way])
    one, two, three = b"a" * 9, b"", b"c" * 40
    whole = record(one) + record(b"x" * 30, BPF_RINGBUF_DISCARD_BIT) + record(two) + record(three)
    ring = Memory(whole + record(b"busy", BPF_RINGBUF_BUSY_BIT) + record(b"behind"))
    events = Events([ring])  # type: ignore[list-item]
    (batch,) = events.batches(0)
    assert [bytes(item) for item in batch] == [one, two, three]
    list(events.batches(0))
    assert ring.at == len(whole)
    assert [bytes(item) for item in Events([Memory(ring.data[: len(whole)])]).read()] == [one, two, three]  # type: ignore[list-item]


def test_runs_of_one_length() -> None:
    same = record(b"12345678") * 40
    assert parse.uniform(memoryview(same), 512) == (8, 40)
    assert parse.uniform(memoryview(same), 30) == (8, 30)
    assert parse.uniform(memoryview(same[: 16 * 3] + record(b"1")), 512) == (8, 3)
    assert parse.uniform(memoryview(same[: 16 * 20] + record(b"1") + same), 512) == (8, 20)
    assert parse.uniform(memoryview(b""), 512) == (0, 0)
    assert parse.uniform(memoryview(record(b"1", BPF_RINGBUF_BUSY_BIT) + same), 512) == (0, 0)
    mixed = b"".join(record(bytes(n % 5)) for n in range(100))
    assert [bytes(item) for item in Events([Memory(mixed)]).read()] == [bytes(n % 5) for n in range(100)]  # type: ignore[list-item]
