"""Watched runs: what is told of each instruction."""

from __future__ import annotations

import pytest

from ebpf.asm import Instruction, encode
from ebpf.errors import Fault
from ebpf.spec import Line, MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType
from ebpf.vm.engine import VmEngine
from ebpf.vm.watch import Step, Watcher

I = Instruction  # noqa: E741
EXIT = I(op.JMP | op.EXIT)


def mov(dst: int, imm: int) -> Instruction:
    return I(op.ALU64 | op.MOV, dst, imm=imm)


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
    assert (first.old, first.new) == (bytes(4), b"\x44\x33\x22\x11")
    assert (second.old, second.new) == (b"\x44\x33\x22\x11", b"\x45\x33\x22\x11")
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
    assert (write.map, write.key, write.old, write.new) == ("m", b"\7\0\0\0", None, b"\x09" + bytes(7))
    assert map_.lookup(b"\7\0\0\0") == b"\x09" + bytes(7)


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
