"""Ring buffers and perf buffers of this kernel through the reader."""

from __future__ import annotations

import asyncio
import errno
import os
import struct
import threading
import time
from collections.abc import Iterator

import pytest
from programs import emit, program

from ebpf.asm import Instruction as I
from ebpf.errors import Closed, EbpfError
from ebpf.events import Events, open_events
from ebpf.kernel.engine import KernelEngine
from ebpf.kernel.maps import KernelMap
from ebpf.kernel.programs import KernelProgram
from ebpf.spec import MapSpec, Reference
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

pytestmark = pytest.mark.host
PACKET = bytes(64)


class Source:
    """A program that writes a numbered record at each run, and its maps."""

    def __init__(self, engine: KernelEngine, *, size: int = 16, perf: bool = False, room: int = 1 << 16) -> None:
        array = MapSpec("counts", MapType.ARRAY, 4, 8, 1)
        kind = (
            MapSpec("events", MapType.PERF_EVENT_ARRAY, 4, 4)
            if perf
            else MapSpec("events", MapType.RINGBUF, 0, 0, room)
        )
        self.maps: dict[str, KernelMap] = {
            "counts": engine.create_map(array),
            "lost": engine.create_map(array.replace(name="lost")),
            "events": engine.create_map(kind),
        }
        self.program: KernelProgram = engine.load_program(
            emit(ProgType.SCHED_CLS, size, helper=25 if perf else 130), self.maps
        )

    def write(self, count: int) -> None:
        self.program.run(PACKET, repeat=count)

    def reader(self, *more: KernelMap, **options: object) -> Events:
        # The kernel itself tells what a perf buffer lost.
        perf = self.maps["events"].spec.type == MapType.PERF_EVENT_ARRAY
        return open_events(self.maps["events"], *more, lost=None if perf else self.maps["lost"], **options)


def numbers(events: list[memoryview]) -> list[int]:
    return [struct.unpack_from("=Q", event)[0] for event in events]


@pytest.fixture(params=["ring", "perf"])
def source(request: pytest.FixtureRequest) -> Iterator[Source]:
    # There is a perf buffer for each CPU: on one CPU, what is written in order is read in order.
    cpus = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cpus)})
    try:
        with KernelEngine() as engine:
            yield Source(engine, perf=request.param == "perf")
    finally:
        os.sched_setaffinity(0, cpus)


def test_every_record_comes_once_and_in_order(source: Source) -> None:
    with source.reader() as events:
        assert events.read() == []
        source.write(700)
        assert numbers(events.read()) == list(range(700))
        # Past the end of the buffer, several times round.
        for start in range(700, 20000, 700):
            source.write(700)
            assert numbers(events.read(1)) == list(range(start, start + 700))
        assert events.lost == 0
        assert events.seen == 20300


def test_a_loop_waits_and_ends_with_close(source: Source) -> None:
    seen = []
    with source.reader() as events:
        source.write(3)
        for event in events:
            seen.append(numbers([event])[0])
            if len(seen) == 3:
                source.write(2)
            if len(seen) == 5:
                break
        source.write(1)
        assert numbers([next(iter(events))]) == [5]
    assert seen == [0, 1, 2, 3, 4]
    with pytest.raises(Closed):
        events.read()


def test_what_a_loop_leaves_is_there_for_the_next(source: Source) -> None:
    with source.reader() as events:
        source.write(10)
        first = [next(iter(events)) for _ in range(4)]
        assert numbers(first) == [0, 1, 2, 3]
        assert numbers(events.read()) == [4, 5, 6, 7, 8, 9]


def test_waiting_ends_in_time(source: Source) -> None:
    with source.reader() as events:
        before = time.monotonic()
        assert events.wait(0.05) is False
        assert events.read(0.05) == []
        assert time.monotonic() - before >= 0.1
        threading.Timer(0.05, source.write, (1,)).start()
        assert events.wait(10) is True


def test_lost_records_are_counted(source: Source) -> None:
    perf = source.maps["events"].spec.type == MapType.PERF_EVENT_ARRAY
    with source.reader(pages=2 if perf else 0) as events:
        source.write(10000)
        got = len(events.read())
        assert 0 < got < 10000
        source.write(1)  # a perf buffer tells of lost records when it has room again
        assert numbers(events.read()) == [10000]
        assert got + 1 + events.lost == 10001


def test_a_ring_that_loses_says_how_many() -> None:
    with KernelEngine() as engine:
        source = Source(engine, room=4096)
        with source.reader() as events:
            source.write(1000)
            got = len(events.read())
            assert got == 4096 // 24
            assert events.lost == 1000 - got


def test_callbacks(source: Source) -> None:
    with source.reader() as events:
        source.write(10)
        seen: list[memoryview] = []
        assert events.run(seen.append, timeout=0.01) == 10
        assert numbers(seen) == list(range(10))
        source.write(10)
        assert events.run(lambda event: numbers([event])[0] < 13) == 4
        assert numbers(events.read()) == list(range(14, 20))


def test_asyncio_without_a_thread(source: Source) -> None:
    async def main() -> list[int]:
        got: list[int] = []

        async def later() -> None:
            for _ in range(5):
                await asyncio.sleep(0.01)
                source.write(100)

        with source.reader() as events:
            writer = asyncio.create_task(later())
            async for event in events:
                got += numbers([event])
                if len(got) == 500:
                    break
            await writer
        return got

    assert threading.active_count() == 1
    assert asyncio.run(main()) == list(range(500))
    assert threading.active_count() == 1


def test_closing_ends_a_waiting_task() -> None:
    async def main(source: Source) -> str:
        events = source.reader()

        async def read() -> str:
            async for _ in events:
                pass
            return "ended"

        task = asyncio.create_task(read())
        await asyncio.sleep(0.02)
        events.close()
        return await asyncio.wait_for(task, 5)

    with KernelEngine() as engine:
        assert asyncio.run(main(Source(engine))) == "ended"


def test_several_rings_in_one_loop() -> None:
    with KernelEngine() as engine:
        sources = [Source(engine) for _ in range(3)]
        with open_events(*(source.maps["events"] for source in sources)) as events:
            for source in sources:
                source.write(100)
            assert sorted(numbers(events.read())) == sorted(list(range(100)) * 3)
            sources[2].write(1)
            assert events.wait(5)


def test_bytes_are_all_there_and_stay() -> None:
    with KernelEngine() as engine:
        source = Source(engine, size=40)
        with source.reader() as events:
            source.write(5)
            kept = events.read()
            for _ in range(200):
                source.write(50)
                events.read()
            assert [bytes(event) for event in kept] == [struct.pack("=Q", i) * 5 for i in range(5)]


def test_batches_need_a_type(source: Source) -> None:
    with source.reader() as events, pytest.raises(EbpfError, match=r"need a type"):
        events.batches(varying=False)


def test_batches_are_arrays_without_a_copy(source: Source) -> None:
    np = pytest.importorskip("numpy")
    dtype = np.dtype([("number", "=u8"), ("again", "=u8")])
    with source.reader() as events:
        events._dtype = lambda: dtype
        source.write(1000)
        total = []
        for batch in events.batches(0, limit=300):
            assert len(batch) <= 300
            assert (batch["again"] == batch["number"]).all()
            total += batch["number"].tolist()
        assert total == list(range(1000))
        # The room is given back: many times the size of the ring goes through.
        for start in range(1000, 21000, 1000):
            source.write(1000)
            got = [n for batch in events.batches(0) for n in batch["number"].tolist()]
            assert got == list(range(start, start + 1000))


def test_an_overwritable_perf_buffer_keeps_the_newest() -> None:
    with KernelEngine() as engine:
        source = Source(engine, perf=True)
        with source.reader(pages=1, overwrite=True) as events:
            source.write(5000)
            kept = numbers(events.read())
            assert kept and kept[-1] == 4999
            assert kept == list(range(kept[0], 5000))


def test_a_perf_buffer_takes_records_while_somebody_reads() -> None:
    """bpf_perf_event_output gives -ENOENT before and afterwards."""
    code = [
        I(0x7A, 10, offset=-8, imm=5),
        I(0x18, 2),
        I(0x18, 3, imm=0xFFFFFFFF),  # BPF_F_CURRENT_CPU
        I(0xBF, 4, 10),
        I(0x07, 4, imm=-8),
        I(0xB7, 5, imm=8),
        I(0x85, imm=25),
        I(0x95),
    ]
    with KernelEngine() as engine:
        map_ = engine.create_map(MapSpec("events", MapType.PERF_EVENT_ARRAY, 4, 4))
        spec = program(ProgType.SCHED_CLS, code, Reference(1, "map", "events"))
        loaded = engine.load_program(spec, {"events": map_})
        nobody = 2**32 - errno.ENOENT
        assert loaded.run(PACKET).retval == nobody
        with open_events(map_) as events:
            assert loaded.run(PACKET).retval == 0
            assert numbers(events.read()) == [5] and events.lost == 0
        assert loaded.run(PACKET).retval == nobody


def test_nothing_stays_open() -> None:
    before = len(os.listdir("/proc/self/fd"))
    for perf in (False, True):
        with KernelEngine() as engine:
            source = Source(engine, perf=perf)
            with source.reader() as events:
                source.write(3)
                events.fileno()
                events.read()
            events.close()
    assert len(os.listdir("/proc/self/fd")) == before
