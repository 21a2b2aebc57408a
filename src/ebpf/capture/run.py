"""A program over a capture: what it says of each packet, and the packets that go on."""

from __future__ import annotations

from array import array

from ebpf._record import Record, field
from ebpf.capture.chunk import Moved
from ebpf.capture.files import read
from ebpf.capture.frames import as_ethernet, hidden
from ebpf.capture.writer import Writer
from ebpf.errors import CaptureError, Fault, KernelError
from ebpf.uapi.prog_types import ProgType
from ebpf.uapi.verdicts import VERDICTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from typing import Any

    from ebpf.capture.chunk import Chunk
    from ebpf.engine import RawProgram

    #: number (from 1), time (ns since 1970), packet, verdict
    Seen = Callable[[int, int, bytes, int], object]


#: An engine that runs many packets in one call counts the verdicts below this, and all others together.
_OTHERS = 15


class Summary(Record):
    """What came out: `packets` of `size` bytes in all, and how many of which verdict (`named`: by name).

    `samples` are the first packets of each verdict: number (from 1), time (ns since 1970), bytes after the run. `faults` packets
    ended in a fault, the first one being `fault`; `skipped` couldn't be given to the program (shorter than an Ethernet
    header, say), the first for the reason `why_skipped`.
    """

    program: str
    type: ProgType = ProgType.UNSPEC
    packets: int = 0
    size: int = 0
    verdicts: dict[int, int] = field(default_factory=dict)
    samples: dict[int, list[tuple[int, int, bytes]]] = field(default_factory=dict)
    written: int = 0
    faults: int = 0
    fault: Fault | None = None
    skipped: int = 0
    why_skipped: str = ""
    seconds: float = 0.0

    @property
    def named(self) -> dict[str, int]:
        """The verdicts by the kernel's names for them: {"XDP_PASS": 30, "XDP_DROP": 3}."""
        found: dict[str, int] = {}
        for verdict, count in self.verdicts.items():
            name = name_of(self.type, verdict)
            found[name] = found.get(name, 0) + count
        return found


def name_of(type_: ProgType, verdict: int) -> str:
    """A verdict's name in the kernel's words."""
    if type_ == ProgType.SOCKET_FILTER:
        return "drop" if verdict == 0 else "keep"
    row = VERDICTS.get(type_, {}).get(verdict)
    return row.name if row else f"({verdict})"


def passes(type_: ProgType, verdict: int) -> bool:
    """Whether a packet of this verdict goes on."""
    if type_ == ProgType.SOCKET_FILTER:
        return verdict != 0
    row = VERDICTS.get(type_, {}).get(verdict)
    return row.passes if row else type_ in (ProgType.SCHED_CLS, ProgType.SCHED_ACT)


def run(
    program: RawProgram,
    source: str | os.PathLike[str],
    *,
    out: str | os.PathLike[str] | None = None,
    seen: Seen | None = None,
    sample: int = 0,
) -> Summary:
    """Runs a network program over a capture, on either engine.

    `out` takes the packets that go on, as the program left them. `seen` is called for every packet; `sample` packets of each
    verdict are kept. Packets without an Ethernet header get one where it is known what follows (`ebpf.capture.frames`). Raises
    CaptureError: for a capture of another link; for a damaged one, once what lies before the damage is done and written
    (`error.summary`).
    """
    type_ = program.spec.type
    if type_ not in VERDICTS and type_ != ProgType.SOCKET_FILTER:
        raise CaptureError(f"program {program.spec.name} ({type_.label}) is no program for packets")
    runner = _Runner(program, seen, sample)
    if out is None:
        runner.over(source, None)
        return runner.summary
    if _same(source, out):
        raise CaptureError("is the capture that is read: write to another file", path=str(out))
    with Writer(out) as writer:
        try:
            runner.over(source, writer)
        except CaptureError as error:
            if error.summary is not None and runner.summary.packets:
                writer.close()  # what lies before the damage is good
            raise
    return runner.summary


def _same(source: str | os.PathLike[str], out: str | os.PathLike[str]) -> bool:
    """Whether both are one regular file."""
    import os

    try:
        return os.path.isfile(out) and os.path.samefile(source, out)
    except OSError:
        return False  # what can't be read is told of when it is read


class _Runner:
    def __init__(self, program: RawProgram, seen: Seen | None, sample: int) -> None:
        self.program = program
        self.sample = sample
        self.type = program.spec.type
        self.hidden = hidden(self.type)
        self.seen = seen
        self.summary = Summary(program.spec.name, self.type)
        self.batch = self._batch()

    def _batch(self) -> Any:
        """The engine's way to run many packets in one call, None if this program or engine has none."""
        run_packets = getattr(self.program, "run_packets", None)
        return run_packets if run_packets is not None and self.program.batches() else None  # type: ignore[attr-defined]

    def over(self, source: str | os.PathLike[str], writer: Writer | None) -> None:
        from time import perf_counter

        start = perf_counter()
        chunks = read(source, getattr(self.program, "scan_packets", None) if self.batch else None)
        while True:
            try:
                chunk = next(chunks, None)
            except CaptureError as error:
                error.summary = self.summary
                raise
            if chunk is None:
                return
            self._chunk(as_ethernet(chunk, str(source)), writer)
            self.summary.seconds = perf_counter() - start

    def _chunk(self, chunk: Chunk, writer: Writer | None) -> None:
        first = self.summary.packets + 1
        self.summary.packets += len(chunk)
        self.summary.size += chunk.total
        if self.batch is not None:
            self._in_one_call(chunk, writer, first)
        else:
            self._one_by_one(chunk, writer, first)

    def _count(self, verdict: int, by: int = 1) -> None:
        self.summary.verdicts[verdict] = self.summary.verdicts.get(verdict, 0) + by

    def _fault(self, fault: Fault) -> None:
        self.summary.faults += 1
        self.summary.fault = self.summary.fault or fault

    def _skip(self, error: KernelError) -> None:
        self.summary.skipped += 1
        self.summary.why_skipped = self.summary.why_skipped or str(error)

    def _verdict(self, result: int) -> int:
        """A result of 32 bits as a verdict: that of a socket filter is a length, others have a sign."""
        return result - (1 << 32) if result >> 31 and self.type != ProgType.SOCKET_FILTER else result

    def _in_one_call(self, chunk: Chunk, writer: Writer | None, first: int) -> None:
        left_out: set[int] = set()

        def on_fault(number: int, error: Exception) -> None:
            left_out.add(number)
            if isinstance(error, KernelError):
                self._skip(error)
            else:
                assert isinstance(error, Fault)
                self._fault(error)

        tallies = array("Q", bytes(8)) * (_OTHERS + 1)
        out = self.program.packets_out()  # type: ignore[attr-defined]
        results = self.batch(chunk.data, chunk.starts, chunk.lengths, on_fault, tallies, None, out)
        if out is not None:
            chunk = Moved(chunk, out.data, out.starts, out.lengths)
        for result, count in enumerate(tallies[:-1]):
            if count:
                self._count(result, count)
        if tallies[-1]:
            from collections import Counter

            for result, count in Counter(results).items():
                if result >= _OTHERS:
                    self._count(self._verdict(result), count)
        if self.seen is None and (writer is None or self.type != ProgType.SOCKET_FILTER):
            self._samples(chunk, results, left_out, first)
            if writer is not None:
                on = {result for result in set(results) if passes(self.type, self._verdict(result))}
                numbers = [number for number, result in enumerate(results) if result in on and number not in left_out]
                writer.write_some(chunk, numbers)
                self.summary.written += len(numbers)
            return
        view = memoryview(chunk.data)
        for number, result in enumerate(results):
            if number in left_out:
                continue
            start = chunk.starts[number]
            data = view[start : start + chunk.lengths[number]]
            self._out(chunk, number, data, self._verdict(result), writer, first)

    def _samples(self, chunk: Chunk, results: array[int], left_out: set[int], first: int) -> None:
        """Keeps the first packets of each verdict without going through all."""
        for verdict in self.summary.verdicts:
            kept = self.summary.samples.setdefault(verdict, [])
            number = -1
            while len(kept) < self.sample:
                try:
                    number = results.index(verdict & 0xFFFFFFFF, number + 1)
                except ValueError:
                    break
                if number not in left_out:
                    start = chunk.starts[number]
                    self._keep(chunk, number, chunk.data[start : start + chunk.lengths[number]], verdict, first)

    def _keep(self, chunk: Chunk, number: int, data: bytes | bytearray | memoryview, verdict: int, first: int) -> None:
        """Keeps a packet as a sample, if there aren't enough of its verdict."""
        if not self.sample:
            return
        kept = self.summary.samples.setdefault(verdict, [])
        if len(kept) < self.sample:
            kept.append((first + number, chunk.time(number), bytes(data)))

    def _out(
        self, chunk: Chunk, number: int, data: bytes | memoryview, verdict: int, writer: Writer | None, first: int
    ) -> None:
        self._keep(chunk, number, data, verdict, first)
        if self.seen is not None:
            self.seen(first + number, chunk.time(number), bytes(data), verdict)
        if writer is not None and passes(self.type, verdict):
            original = chunk.original(number)
            cut = chunk.lengths[number] < original
            if self.type == ProgType.SOCKET_FILTER:
                data, cut = data[:verdict], True
            writer.write(data, chunk.time(number), original if cut else None)
            self.summary.written += 1

    def _one_by_one(self, chunk: Chunk, writer: Writer | None, first: int) -> None:
        view = memoryview(chunk.data)
        for number, start in enumerate(chunk.starts):
            packet = bytes(view[start : start + chunk.lengths[number]])
            try:
                result = self.program.run(packet)
            except Fault as fault:
                self._fault(fault)
                continue
            except KernelError as error:
                self._skip(error)
                continue
            verdict = self._verdict(result.retval & 0xFFFFFFFF)
            self._count(verdict)
            data = packet[: self.hidden] + result.data[self.hidden :]
            self._out(chunk, number, data, verdict, writer, first)
