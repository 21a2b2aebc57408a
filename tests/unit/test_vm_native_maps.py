"""Map changes, clocks and random numbers as generated code: what the helpers do, without calling them; safe beside threads."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest

pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")

from vm_code import EXIT, call, ldx, mov, movr, st

from ebpf.asm import Instruction, encode
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType
from ebpf.vm.engine import VmEngine
from ebpf.vm.maps.hash import HashTable
from ebpf.vm.program import VmProgram

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fuzz"))
import map_fuzz

LDDW = Instruction(op.LDDW, 1, 1)
_HASHES = [MapType.HASH, MapType.PERCPU_HASH, MapType.LRU_HASH, MapType.LRU_PERCPU_HASH]
#: map[the 8 bytes at r1] += 1, as most programs that count do it.
COUNT = [
    ldx(op.DW, 2, 1, 0),
    Instruction(op.STX | op.MEM | op.DW, 10, 2, -8),
    st(op.DW, 10, -16, 1),
    movr(2, 10),
    Instruction(op.ALU64 | op.ADD, 2, imm=-8),
    LDDW,
    call(1),
    Instruction(op.JMP | op.JEQ, 0, 0, 3, 0),
    mov(1, 1),
    Instruction(op.STX | op.ATOMIC | op.DW, 0, 1, 0, op.ADD),
    Instruction(op.JMP | op.JA, offset=8),
    movr(2, 10),
    Instruction(op.ALU64 | op.ADD, 2, imm=-8),
    movr(3, 10),
    Instruction(op.ALU64 | op.ADD, 3, imm=-16),
    mov(4, 1),
    LDDW,
    call(2),
    mov(0, 0),
    EXIT,
]
DELETE = [movr(2, 1), LDDW, call(3), EXIT]


def load(engine: VmEngine, code: list[Instruction], map_: object, level: int | None = 2) -> VmProgram:
    references, slot = [], 0
    for insn in code:
        if insn.opcode == op.LDDW:
            references.append(Reference(slot, "map", "m"))
        slot += insn.slots
    spec = ProgramSpec("p", code=encode(code, sys.byteorder), references=references)
    program = engine.load_program(spec, {"m": map_})  # type: ignore[dict-item]
    if level is not None:
        program.compile(level)
    return program


def number(value: int, size: int = 8) -> bytes:
    return value.to_bytes(size, sys.byteorder)


def spied(program: VmProgram, which: str) -> list[int]:
    """Notes each call of a helper in Python."""
    seen: list[int] = []
    real = program._functions[which]

    def helper(m: object, *arguments: int) -> int:
        seen.append(1)
        return real(m, *arguments)  # type: ignore[operator,no-any-return]

    program._functions[which] = helper
    return seen


@pytest.mark.parametrize("level", [0, 2])
@pytest.mark.parametrize("type_", _HASHES, ids=lambda type_: type_.name)
def test_counting_by_key_needs_no_python(type_: MapType, level: int) -> None:
    engine = VmEngine(jit=False, cpus=2)
    map_ = engine.create_map(MapSpec("m", type_, 8, 8, 100))
    program, delete = load(engine, COUNT, map_, level), load(engine, DELETE, map_, level)
    python = [spied(program, name) for name in ("h_1", "h_2")] + [spied(delete, "h_3")]
    for turn in range(3):
        for key in range(50 + turn):
            assert program.run(context=number(key)).retval == 0
    assert [map_.lookup(number(key))[:8] for key in (0, 49, 50, 51)] == [number(n) for n in (3, 3, 2, 1)]  # type: ignore[index]
    assert delete.run(context=number(7)).retval == 0
    assert delete.run(context=number(7)).retval == 2**64 - 2
    assert map_.lookup(number(7)) is None
    assert sorted(map_.keys()) == sorted(number(key) for key in range(52) if key != 7)
    assert python == [[], [], []]


def test_a_full_map() -> None:
    engine = VmEngine(jit=False)
    full = engine.create_map(MapSpec("m", MapType.HASH, 8, 8, 2))
    program = load(engine, [*COUNT[:-2], EXIT], full)
    assert [program.run(context=number(key)).retval for key in (1, 2, 3)] == [0, 0, 2**64 - 7]
    recent = engine.create_map(MapSpec("m", MapType.LRU_HASH, 8, 8, 2))
    program = load(engine, COUNT, recent)
    for key in (1, 2, 1, 3):
        program.run(context=number(key))
    assert sorted(recent.keys()) == [number(1), number(3)]


def test_who_is_in_the_middle_of_a_change_is_waited_for() -> None:
    """Generated code leaves the map to the helper, which takes its lock, if anybody has it, or if the map has timers."""
    engine = VmEngine(jit=False)
    map_ = engine.create_map(MapSpec("m", MapType.HASH, 8, 8, 4))
    program = load(engine, COUNT, map_)
    seen = spied(program, "h_2")
    program.run(context=number(1))
    assert not seen
    with map_.lock:
        program.run(context=number(2))
    assert len(seen) == 1
    map_.has_timers()
    program.run(context=number(3))
    assert len(seen) == 2
    assert len(map_.keys()) == 3


def test_an_engines_own_helpers_come_first() -> None:
    engine = VmEngine(
        jit=False, helpers={2: lambda m, *_: 77, 5: lambda m, *_: 78, 7: lambda m, *_: 79, 8: lambda m, *_: 80}
    )
    map_ = engine.create_map(MapSpec("m", MapType.HASH, 8, 8, 4))
    update = [movr(2, 1), movr(3, 1), mov(4, 0), LDDW, call(2), EXIT]
    assert load(engine, update, map_).run(context=number(1)).retval == 77
    assert [load(engine, [call(helper), EXIT], map_).run().retval for helper in (5, 7, 8)] == [78, 79, 80]


@pytest.mark.parametrize(("helper", "clock"), [(5, "monotonic"), (125, "BOOTTIME"), (160, "monotonic"), (208, "TAI")])
def test_clocks(helper: int, clock: str) -> None:
    engine = VmEngine(jit=False)
    program = engine.load_program(ProgramSpec("p", code=encode([call(helper), EXIT], sys.byteorder)), {})
    program.compile()
    python = spied(program, f"h_{helper}")

    def now() -> int:
        which = getattr(time, f"CLOCK_{clock}", None)
        return time.monotonic_ns() if which is None else time.clock_gettime_ns(which)

    before = now()
    between = program.run().retval
    assert before <= between <= now()
    assert bool(python) == (sys.platform != "linux")
    if sys.platform == "linux":
        state = program.engine._free[-1].native
        assert state is not None
        from ebpf.vm.jit.state import FIELDS

        state.words[FIELDS["clock_gettime"] // 8] = 0
        before = now()
        assert before <= program.run().retval <= now()
        assert python


def test_random_numbers_are_of_32_bits_and_differ() -> None:
    engine = VmEngine(jit=False)
    program = engine.load_program(ProgramSpec("p", code=encode([call(7), EXIT], sys.byteorder)), {})
    program.compile()
    found = {program.run().retval for _ in range(2000)}
    assert len(found) > 1990 and max(found) < 1 << 32
    assert all(sum(value >> bit & 1 for value in found) in range(800, 1200) for bit in range(32))


@pytest.mark.parametrize("type_", _HASHES, ids=lambda type_: type_.name)
def test_threads_and_generated_code_change_one_map(type_: MapType, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Python code changes slowly, generated code in another thread doesn't meet half done."""
    hash_of = HashTable.hash

    def hash_in_time(self: HashTable, key: bytes) -> int:
        # In the middle of each change: another thread's turn.
        time.sleep(0)
        return hash_of(self, key)

    monkeypatch.setattr(HashTable, "hash", hash_in_time)
    engine = VmEngine(jit=False, cpus=2)
    map_ = engine.create_map(MapSpec("m", type_, 8, 8, 40))
    assert isinstance(map_, HashTable)
    count, delete = load(engine, COUNT, map_), load(engine, DELETE, map_)
    wrong: list[BaseException] = []
    value = bytes(map_.value_bytes)

    def natively() -> None:
        for turn in range(200):
            count.run(context=number(turn * 7 % 64))
            delete.run(context=number(turn * 5 % 64))

    def slowly() -> None:
        for turn in range(200):
            key = number(turn * 3 % 64)
            try:
                map_.update(key, value)
            except OSError:
                assert not type_.name.startswith("LRU")  # it is full at times
            map_.lookup(key)
            map_.delete(number(turn * 11 % 64))

    def guarded(work: object) -> None:
        try:
            work()  # type: ignore[operator]
        except BaseException as error:
            wrong.append(error)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=guarded, args=(work,)) for work in (natively, slowly, natively, slowly)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert not wrong
    keys = map_.keys()
    assert len(keys) == len(set(keys)) == map_.count
    assert all(map_.lookup(key) is not None for key in keys)
    walked, key = 0, map_.next_key(None)
    while key is not None:
        walked, key = walked + 1, map_.next_key(key)
    assert walked == len(keys)
    free, at = 0, map_.counters[60 // 4]
    while at:
        free, at = free + 1, map_.links[(at - 1) * (map_.record >> 2)]
    assert free + len(keys) == map_.counters[64 // 4] <= map_.max_entries
    assert not map_.counters[88 // 4]


def test_random_changes_agree_with_the_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EBPF_CACHE", "off")
    bench = map_fuzz.Maps()
    for seed in range(8):
        assert map_fuzz.one(bench, 50_000 + seed) is None
