"""Watched runs: what is told of each instruction."""

from __future__ import annotations

import sys

import pytest
from vm_code import EXIT, I, mov

from ebpf.asm import Instruction, encode
from ebpf.errors import Fault
from ebpf.spec import Line, MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine
from ebpf.vm.watch import Step, Watcher


def word(value: int, size: int = 8) -> bytes:
    return value.to_bytes(size, sys.byteorder)


class Record(Watcher):
    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.done: list[int] = []

    def before(self, step: Step) -> None:
        self.steps.append(step)

    def after(self, step: Step) -> None:
        self.done.append(step.slot)


def load(*code: Instruction, **kwargs: object):  # type: ignore[no-untyped-def]
    engine = VmEngine()
    maps = {"m": engine.create_map(MapSpec("m", MapType.HASH, 4, 8, 4))}
    return engine.load_program(ProgramSpec("t", code=encode(code), **kwargs), maps), maps["m"]  # type: ignore[arg-type]


def test_every_instruction_is_told_before_and_after() -> None:
    program, _ = load(
        mov(1, 2), I(op.ALU64 | op.ADD, 0, imm=5), I(op.ALU64 | op.SUB, 1, imm=1), I(op.JMP | op.JNE, 1, offset=-3), EXIT,
        lines=[Line(0, "a.c", "int x = 2;", 1), Line(4, "a.c", "return x;", 9)],
    )  # fmt: skip
    seen = Record()
    assert program.watch(seen).run().retval == 10
    assert [step.slot for step in seen.steps] == [0, 1, 2, 3, 1, 2, 3, 4]
    assert seen.done == [0, 1, 2, 3, 1, 2, 3, 4]
    assert [step.registers[0] for step in seen.steps] == [0, 0, 5, 5, 5, 10, 10, 10]
    assert [step.line.line for step in seen.steps if step.line] == [1] * 7 + [9]
    assert seen.steps[1].instruction == I(op.ALU64 | op.ADD, 0, imm=5)


def test_calls_have_their_depth() -> None:
    program, _ = load(I(op.JMP | op.CALL, src=1, imm=1), EXIT, mov(0, 3), EXIT)
    seen = Record()
    assert program.watch(seen).run().retval == 3
    assert [(step.slot, step.depth) for step in seen.steps] == [(0, 0), (2, 1), (3, 1), (1, 0)]


def test_callbacks_are_watched_too() -> None:
    # The function's address is counted from the 16-byte load: slot 1 + 1 + 5.
    program, _ = load(
        mov(1, 2), I(op.LDDW, 2, 4, imm=5), mov(3, 0), mov(4, 0), I(op.JMP | op.CALL, imm=181), EXIT, mov(0, 0), EXIT
    )
    seen = Record()
    assert program.watch(seen).run().retval == 2
    assert [step.slot for step in seen.steps].count(7) == 2


def test_writes_are_told_with_what_was_there() -> None:
    program, _ = load(
        I(op.ST | op.MEM | op.W, 10, 0, -8, 0x11223344),
        mov(1, 1),
        I(op.STX | op.ATOMIC | op.W, 10, 1, -8, op.ADD),
        EXIT,
    )
    seen = Record()
    program.watch(seen).run()
    first, second = seen.steps[0].writes[0], seen.steps[2].writes[0]
    assert (first.old, first.new) == (bytes(4), word(0x11223344, 4))
    assert (second.old, second.new) == (word(0x11223344, 4), word(0x11223345, 4))
    assert first.address == second.address == seen.steps[0].registers[10] - 8
    assert not seen.steps[1].writes


def test_map_writes_are_told() -> None:
    program, map_ = load(
        I(op.ST | op.MEM | op.W, 10, 0, -4, 7), I(op.ST | op.MEM | op.DW, 10, 0, -16, 9), I(op.LDDW, 1, 1),
        I(op.ALU64 | op.MOV | op.X, 2, 10), I(op.ALU64 | op.ADD, 2, imm=-4), I(op.ALU64 | op.MOV | op.X, 3, 10),
        I(op.ALU64 | op.ADD, 3, imm=-16), mov(4, 0), I(op.JMP | op.CALL, imm=2), EXIT, references=[Reference(2, "map", "m")],
    )  # fmt: skip
    seen = Record()
    assert program.watch(seen).run().retval == 0
    (write,) = [write for step in seen.steps for write in step.map_writes]
    assert (write.map, write.key, write.old, write.new) == ("m", word(7, 4), None, word(9))
    assert map_.lookup(word(7, 4)) == word(9)


def test_a_watcher_changes_registers_and_ends_a_run() -> None:
    program, _ = load(mov(0, 1), I(op.ALU64 | op.ADD, 0, imm=1), EXIT)

    class Meddle(Watcher):
        def before(self, step: Step) -> None:
            if step.slot == 1:
                step.registers[0] = 40

    assert program.watch(Meddle()).run().retval == 41

    class Stop(Exception):
        pass

    class Halt(Watcher):
        def before(self, step: Step) -> None:
            raise Stop

    with pytest.raises(Stop):
        program.watch(Halt()).run()
    assert program.run().retval == 2


def test_a_fault_while_watched_says_where() -> None:
    program, _ = load(mov(1, 0), I(op.LDX | op.MEM | op.W, 0, 1), EXIT)
    seen = Record()
    with pytest.raises(Fault) as caught:
        program.watch(seen).run()
    assert caught.value.slot == 1
    assert [step.slot for step in seen.steps] == [0, 1]


def test_a_program_runs_the_same_watched_or_not() -> None:
    code = [mov(6, 0), mov(7, 1)]
    for i in range(20):
        code += [I(op.STX | op.MEM | op.DW, 10, 7, -8 - 8 * (i % 8)), I(op.ALU64 | op.MUL, 7, imm=3 + i),
                 I(op.LDX | op.MEM | op.W, 1, 10, -8 - 8 * (i * 3 % 8)), I(op.ALU64 | op.XOR | op.X, 6, 1),
                 I(op.JMP | op.JSET, 6, 0, 1, 1 << (i % 7)), I(op.ALU64 | op.ADD, 6, imm=i)]  # fmt: skip
    program, _ = load(*code, I(op.ALU64 | op.MOV | op.X, 0, 6), EXIT)
    assert program.watch(Watcher()).run().retval == program.run().retval


def test_registers_that_changed_are_told_after_it() -> None:
    program, _ = load(
        mov(1, 2), I(op.JMP | op.CALL, src=1, imm=2), I(op.ALU64 | op.ADD, 0, imm=1), EXIT, mov(0, 3), EXIT
    )
    seen: list[tuple[int, dict[int, int]]] = []

    class After(Watcher):
        def after(self, step: Step) -> None:
            seen.append((step.slot, step.changed))

    assert program.watch(After()).run().retval == 4
    assert seen == [(0, {1: 2}), (1, {}), (4, {0: 3}), (5, {}), (2, {0: 4}), (3, {})]


def helper_call(number: int, map_: str, *arguments: Instruction) -> tuple[list[Instruction], list[Reference]]:
    """A call of a helper on a map, r2 and r3 at the frame's words -8 and -16, which hold 7 and 9."""
    code = [
        I(op.ST | op.MEM | op.DW, 10, 0, -8, 7), I(op.ST | op.MEM | op.DW, 10, 0, -16, 9), I(op.LDDW, 1, 1),
        I(op.ALU64 | op.MOV | op.X, 2, 10), I(op.ALU64 | op.ADD, 2, imm=-8), I(op.ALU64 | op.MOV | op.X, 3, 10),
        I(op.ALU64 | op.ADD, 3, imm=-16), mov(4, 0), mov(5, 0), *arguments, I(op.JMP | op.CALL, imm=number), EXIT,
    ]  # fmt: skip
    return code, [Reference(2, "map", map_)]


SEVEN = word(7)


@pytest.mark.parametrize(
    ("spec", "before", "helper", "arguments", "writes"),
    [
        (MapSpec("q", MapType.QUEUE, 0, 8, 2), [1], 87, [mov(3, 0)], [(b"", None, SEVEN)]),
        (MapSpec("q", MapType.QUEUE, 0, 8, 2), [1, 2], 87, [mov(3, 0)], []),
        (MapSpec("q", MapType.QUEUE, 0, 8, 2), [1, 2], 87, [mov(3, 2)], [(b"", 1, None), (b"", None, SEVEN)]),
        (MapSpec("q", MapType.QUEUE, 0, 8, 2), [1, 2], 88, [], [(b"", 1, None)]),
        (MapSpec("s", MapType.STACK, 0, 8, 2), [1, 2], 88, [], [(b"", 2, None)]),
        (MapSpec("s", MapType.STACK, 0, 8, 2), [], 88, [], []),
        (MapSpec("b", MapType.BLOOM_FILTER, 0, 8, 2), [], 87, [mov(3, 0)], [(b"", None, SEVEN)]),
        (MapSpec("b", MapType.BLOOM_FILTER, 0, 8, 2), [], 87, [mov(3, 5)], []),
        (MapSpec("r", MapType.RINGBUF, 0, 0, 4096), [], 130, [mov(3, 8)], [(b"", None, SEVEN)]),
        (MapSpec("r", MapType.RINGBUF, 0, 0, 4096), [], 130, [mov(3, 8), mov(4, 77)], []),
        (MapSpec("l", MapType.LRU_HASH, 4, 8, 1), [1], 2, [], [(word(1, 4), 1, None), (word(7, 4), None, word(9))]),
        (MapSpec("h", MapType.HASH, 4, 8, 2), [7], 3, [], [(word(7, 4), 7, None)]),
        (MapSpec("h", MapType.HASH, 4, 8, 2), [1], 3, [], []),
        (MapSpec("a", MapType.ARRAY, 4, 8, 9), [], 2, [], [(word(7, 4), bytes(8), word(9))]),
    ],
)  # fmt: skip
def test_what_helpers_change_in_maps(
    spec: MapSpec, before: list[int], helper: int, arguments: list[Instruction],
    writes: list[tuple[bytes, int | bytes | None, bytes | None]],
) -> None:  # fmt: skip
    engine = VmEngine()
    map_ = engine.create_map(spec)
    for number in before:
        map_.update(number.to_bytes(4, sys.byteorder)[: spec.key_size], number.to_bytes(8, sys.byteorder))
    code, references = helper_call(helper, spec.name, *arguments)
    program = engine.load_program(ProgramSpec("t", code=encode(code), references=references), {spec.name: map_})
    seen = Record()
    program.watch(seen).run()
    told = [(write.key, write.old, write.new) for step in seen.steps for write in step.map_writes]
    assert told == [
        (key, old.to_bytes(8, sys.byteorder) if isinstance(old, int) else old, new) for key, old, new in writes
    ]


def test_where_an_address_lies() -> None:
    code, _ = helper_call(1, "m")
    engine = VmEngine()
    maps = {"m": engine.create_map(MapSpec("m", MapType.ARRAY, 4, 8, 9))}
    program = engine.load_program(
        ProgramSpec("t", ProgType.XDP, code=encode([I(op.ALU64 | op.MOV | op.X, 6, 1), *code]),
                    references=[Reference(3, "map", "m")]), maps,
    )  # fmt: skip
    told: list[str] = []

    class Places(Watcher):
        def before(self, step: Step) -> None:
            if step.instruction == EXIT:
                packet = step.machine.packet.data
                told.extend(
                    step.where(at)
                    for at in (step.registers[10] - 8, step.registers[6] + 4, packet + 3, step.registers[0], 1)
                )
                told.extend((step.function, step.text, step.read(packet, 2).hex()))

    program.watch(Places()).run(bytes(range(20)))
    assert told == ["stack 0 - 8", "xdp_md + 4", "packet + 3", "map m + 0", "", "t", "exit", "0001"]


def test_whatever_runs_it_is_watched_meanwhile() -> None:
    program, _ = load(mov(0, 3), EXIT, type=ProgType.XDP)
    seen = Record()
    with program.watch(seen):
        assert program.run(bytes(14)).retval == 3
        assert not program.batches()
        assert program.invoke(bytes(24)) == 3
    assert len(seen.steps) == 4
    program.run(bytes(14))
    assert len(seen.steps) == 4


def test_packets_that_helpers_write_are_told() -> None:
    # bpf_skb_store_bytes(ctx, 2, frame - 8, 4, 0)
    program, _ = load(
        I(op.ST | op.MEM | op.DW, 10, 0, -8, 7), mov(2, 2), I(op.ALU64 | op.MOV | op.X, 3, 10), I(op.ALU64 | op.ADD, 3, imm=-8),
        mov(4, 4), mov(5, 0), I(op.JMP | op.CALL, imm=9), EXIT, type=ProgType.SCHED_CLS,
    )  # fmt: skip
    seen = Record()
    assert program.watch(seen).run(bytes(range(64))).retval == 0
    (write,) = seen.steps[-2].writes
    assert (write.old, write.new) == (bytes([2, 3, 4, 5]), word(7)[:4])
