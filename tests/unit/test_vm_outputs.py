"""Ring buffers and perf buffers filled by machine code: every byte of them as the interpreter leaves it."""

from __future__ import annotations

import random
import sys

import pytest

pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")

from vm_code import EXIT, call, ldx, mov, movr, st

from ebpf.asm import Instruction, encode
from ebpf.errors import Fault
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import IDS
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine
from ebpf.vm.jit import batch
from ebpf.vm.maps.ring import RingReader
from ebpf.vm.program import VmProgram

MAPS = {
    "ring": MapSpec("ring", MapType.RINGBUF, 0, 0, 4096),
    "other": MapSpec("other", MapType.RINGBUF, 0, 0, 8192),
    "perf": MapSpec("perf", MapType.PERF_EVENT_ARRAY, 4, 4, 2),
}


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EBPF_CACHE", "off")


class Maker:
    def __init__(self, rng: random.Random, type_: ProgType) -> None:
        self.rng = rng
        self.type = type_
        self.code = [movr(6, 1), mov(9, 0), *(st(op.DW, 10, at, rng.randrange(1 << 31)) for at in range(-256, 0, 8))]
        self.references: list[Reference] = []

    def slot(self) -> int:
        return sum(insn.slots for insn in self.code)

    def map(self, reg: int, name: str) -> None:
        self.references.append(Reference(self.slot(), "map", name))
        self.code.append(Instruction(op.LDDW, reg, 1))

    def mix(self) -> None:
        self.code += [Instruction(op.ALU64 | op.MUL, 9, imm=31), Instruction(op.ALU64 | op.ADD | op.X, 9, 0)]

    def frame(self, reg: int) -> None:
        self.code += [movr(reg, 10), Instruction(op.ALU64 | op.ADD, reg, imm=-256)]

    def ring_output(self) -> None:
        self.map(1, self.rng.choice(("ring", "ring", "other")))
        self.frame(2)
        self.code += [mov(3, self.rng.choice((1, 8, 13, 200))), mov(4, self.rng.choice((0, 0, 0, 1, 2, 3, 4)))]
        self.code.append(call(IDS["ringbuf_output"]))
        self.mix()

    def perf_output(self) -> None:
        rng = self.rng
        self.code.append(movr(1, 6))
        self.map(2, "perf")
        packet = rng.choice((0, 0, 5, 14, 900)) << 32
        flags = rng.choice((0xFFFFFFFF, 0xFFFFFFFF, 0, 1, 2, 1 << 60)) | packet
        self.code.append(Instruction(op.LDDW, 3, imm=flags - (1 << 64) if flags >> 63 else flags))
        self.frame(4)
        self.code += [mov(5, rng.choice((1, 8, 13, 200))), call(IDS["perf_event_output"])]
        self.mix()

    def record(self) -> None:
        """Reserves, fills, gives; some forget to, some are given twice, some hold two, some call Python in between."""
        rng = self.rng
        reg = rng.choice((7, 8))
        self.map(1, rng.choice(("ring", "ring", "other")))
        size = rng.choice((8, 8, 24, 100, 5000))
        self.code += [mov(2, size), mov(3, rng.choice((0, 0, 0, 0, 1))), call(IDS["ringbuf_reserve"]), movr(reg, 0)]
        inside: list[Instruction] = [st(op.DW, reg, rng.choice((0, 0, 0, 16, 99)), 77), ldx(op.W, 0, reg, 4)]
        if rng.random() < 0.3:
            inside.append(call(IDS["get_smp_processor_id"] if rng.random() < 0.5 else IDS["get_current_task"]))
        gives = rng.choice(("ringbuf_submit", "ringbuf_submit", "ringbuf_discard", ""))
        if gives:
            inside += [movr(1, reg), mov(2, rng.choice((0, 0, 1, 2))), call(IDS[gives])]
            if rng.random() < 0.07:
                inside += [movr(1, reg), mov(2, 0), call(IDS[gives])]
            if rng.random() < 0.07:
                inside.append(ldx(op.W, 0, reg, 0))
        self.code += [Instruction(op.JMP | op.JEQ, reg, offset=len(inside)), *inside]

    def query(self) -> None:
        self.map(1, "ring")
        self.code += [mov(2, self.rng.randrange(4)), call(IDS["ringbuf_query"])]
        self.mix()

    def make(self) -> ProgramSpec:
        for _ in range(self.rng.randrange(1, 7)):
            self.rng.choice((self.ring_output, self.perf_output, self.record, self.record, self.query))()
        self.code += [movr(0, 9), EXIT]
        return ProgramSpec("outputs", self.type, encode(self.code, sys.byteorder), references=self.references)


class Side:
    """An engine with the maps, and what becomes of them."""

    def __init__(self, spec: ProgramSpec, rng: random.Random) -> None:
        self.engine = VmEngine(cpus=2)
        self.maps = {name: self.engine.create_map(map_) for name, map_ in MAPS.items()}
        self.program: VmProgram = self.engine.load_program(spec, self.maps)
        self.buffers = []
        if rng.random() < 0.9:
            self.buffers.append(self.maps["perf"].open_buffer(0, 1, wakeup_events=rng.choice((1, 3))))  # type: ignore[attr-defined]
        if rng.random() < 0.5:
            self.buffers.append(self.maps["perf"].open_buffer(1, 1, overwrite=rng.random() < 0.5))  # type: ignore[attr-defined]
        self.readers = [RingReader(self.maps[name]) for name in ("ring", "other")]  # type: ignore[arg-type]

    def read(self) -> None:
        for reader in [*self.readers, *self.buffers]:
            reader.done(len(reader.take()))

    def contents(self) -> list[object]:
        rings = [self.maps[name] for name in ("ring", "other")]
        found: list[object] = [bytes(ring.store.view) for ring in rings]  # type: ignore[attr-defined]
        found += [(ring.pending, ring.wakeup._raised) for ring in rings]  # type: ignore[attr-defined]
        return [*found, *((bytes(b.store.view), b.lost, b._since, b.wakeup._raised) for b in self.buffers)]


def check(seed: int, level: int) -> None:
    type_ = (ProgType.XDP, ProgType.TRACEPOINT, ProgType.SCHED_CLS)[seed % 3]
    spec = Maker(random.Random(seed), type_).make()
    items = [bytes([number]) * 64 for number in range(12)]
    sides = [Side(spec, random.Random(seed)) for _ in range(3)]
    ends: list[list[object]] = [[], [], []]
    for side, end in zip(sides[:2], ends, strict=False):
        if side is sides[1]:
            side.program.compile(level)
        else:
            side.engine.jit = False
        for number, item in enumerate(items):
            if number % 6 == 5:
                side.read()
            try:
                result = side.program.run(item) if type_ != ProgType.TRACEPOINT else side.program.run(context=item)
                end.append(result.retval & 0xFFFFFFFF)
            except Fault as fault:
                end.append(fault.slot)
            end.append(side.contents())
    assert ends[0] == ends[1], (seed, level)
    side, end = sides[2], ends[2]
    side.program.compile(level)
    for part in (items[:5], items[5:11], items[11:]):
        faults: dict[int, BaseException] = {}
        results = batch.run_batch(
            side.program,
            bytearray(b"".join(part)),
            range(0, 64 * len(part), 64),
            [64] * len(part),
            faults.__setitem__,
        )
        slots = {number: getattr(fault, "slot", None) for number, fault in faults.items()}
        end.append([slots.get(number, result) for number, result in enumerate(results)])
        end.append(side.contents())
        if part is not items[11:]:
            side.read()
    wanted = ends[0]
    assert end[0] == wanted[0:10:2] and end[1] == wanted[9], (seed, level, "batch")
    assert end[2] == wanted[10:22:2] and end[3] == wanted[21], (seed, level, "batch")
    for side in sides:
        side.engine.close()


@pytest.mark.parametrize("level", [0, 2])
def test_random_programs_that_give_events_out(level: int) -> None:
    for seed in range(1000 * level, 1000 * level + (6 if level else 24)):
        check(seed, level)


def test_what_goes_well_needs_no_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the reader is woken, that is."""
    from ebpf.vm.helpers import registry

    for type_ in (ProgType.XDP, ProgType.TRACEPOINT):
        maker = Maker(random.Random(1), type_)
        maker.map(1, "ring")
        maker.frame(2)
        maker.code += [mov(3, 8), mov(4, 0), call(IDS["ringbuf_output"])]
        maker.map(1, "other")
        maker.code += [mov(2, 16), mov(3, 0), call(IDS["ringbuf_reserve"]), Instruction(op.JMP | op.JEQ, 0, offset=4)]
        maker.code += [st(op.DW, 0, 8, 5), movr(1, 0), mov(2, 0), call(IDS["ringbuf_submit"]), movr(1, 6)]
        maker.map(2, "perf")
        maker.code.append(Instruction(op.LDDW, 3, imm=0xFFFFFFFF))
        maker.frame(4)
        maker.code += [mov(5, 8), call(IDS["perf_event_output"]), EXIT]
        spec = ProgramSpec("p", type_, encode(maker.code, sys.byteorder), references=maker.references)
        side = Side(spec, random.Random(3))
        items = bytearray(64 * 20)
        run = lambda count: list(batch.run_batch(side.program, items, range(0, 64 * count, 64), [64] * count))  # noqa: B023, E731
        assert run(1) == [0]
        with monkeypatch.context() as patch:
            for name in ("ringbuf_output", "ringbuf_reserve", "ringbuf_submit", "perf_event_output"):
                patch.setitem(side.program._functions, f"h_{IDS[name]}", lambda *_: pytest.fail("Python was called"))
            assert run(20) == [0] * 20
        assert registry.HELPERS[IDS["ringbuf_output"]].__name__ == "ringbuf_output"
        assert [len(reader.take()) for reader in side.readers] == [21 * 16, 21 * 24]
        assert len(side.buffers[0].take()) == 21 * 24
        side.engine.close()


def test_a_record_that_is_kept_goes_when_its_run_ends() -> None:
    code = [Instruction(op.LDDW, 1, 1), mov(2, 8), mov(3, 0), call(IDS["ringbuf_reserve"]), EXIT]
    spec = ProgramSpec("p", ProgType.XDP, encode(code, sys.byteorder), references=[Reference(0, "map", "ring")])
    for run in ("one", "many"):
        side = Side(spec, random.Random(0))
        side.program.compile(2)
        ring = side.maps["ring"]
        if run == "one":
            for _ in range(1000):
                side.program.run(bytes(14))
                ring.consumer = ring.producer  # type: ignore[attr-defined]
        else:
            for _ in range(10):
                batch.run_batch(side.program, bytearray(1400), range(0, 1400, 14), [14] * 100)
                ring.consumer = ring.producer  # type: ignore[attr-defined]
        assert ring.producer == 16_000  # type: ignore[attr-defined]
        side.engine.close()


def test_python_code_in_the_map_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    maker = Maker(random.Random(1), ProgType.XDP)
    maker.map(1, "ring")
    maker.frame(2)
    maker.code += [mov(3, 8), mov(4, 1), call(IDS["ringbuf_output"]), EXIT]
    spec = ProgramSpec("p", ProgType.XDP, encode(maker.code, sys.byteorder), references=maker.references)
    side = Side(spec, random.Random(0))
    side.program.compile(2)
    asked: list[int] = []
    helper = side.program._functions[f"h_{IDS['ringbuf_output']}"]

    def counted(*arguments: int) -> int:
        asked.append(1)
        return helper(*arguments)  # type: ignore[operator, no-any-return]

    monkeypatch.setitem(side.program._functions, f"h_{IDS['ringbuf_output']}", counted)
    side.program.run(bytes(14))
    assert not asked
    with side.maps["ring"].lock:
        side.program.run(bytes(14))
    assert asked == [1]
    side.program.run(bytes(14))
    assert asked == [1] and len(side.readers[0].take()) == 48


if __name__ == "__main__":
    first, count = map(int, sys.argv[1:3])
    for number in range(first, first + count):
        check(number, 0 if number % 4 else 2)
