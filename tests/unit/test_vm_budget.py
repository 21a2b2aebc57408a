"""The budget ends every program in time, helpers included, at one place in both engines; signals are heard before that."""

from __future__ import annotations

import signal
import sys

import pytest

pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")

from vm_code import EXIT, call, mov, movr, st

from ebpf.asm import Instruction, encode
from ebpf.errors import Fault
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import IDS
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm import costs
from ebpf.vm.engine import VmEngine
from ebpf.vm.helpers import present
from ebpf.vm.jit import batch
from ebpf.vm.machine import Machine
from ebpf.vm.program import VmProgram

BUDGET = 20_000


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EBPF_CACHE", "off")


def endless(*body: Instruction) -> list[Instruction]:
    slots = sum(insn.slots for insn in body)
    return [movr(6, 1), mov(9, 0), *body, Instruction(op.JMP | op.JA, offset=-slots - 1), EXIT]


def load(engine: VmEngine, code: list[Instruction], type_: ProgType = ProgType.XDP) -> VmProgram:
    maps = {"m": engine.create_map(MapSpec("m", MapType.HASH, 4, 1000, 4))}
    slot, references = 0, []
    for insn in code:
        if insn.opcode == op.LDDW:
            references.append(Reference(slot, "map", "m"))
        slot += insn.slots
    return engine.load_program(ProgramSpec("p", type_, encode(code, sys.byteorder), references=references), maps)


def frame(reg: int, at: int) -> list[Instruction]:
    return [movr(reg, 10), Instruction(op.ALU64 | op.ADD, reg, imm=at)]


#: What a program calls in each round. Some of it machine code does itself, some Python.
ROUNDS = {
    "lookup": [st(op.W, 10, -4, 1), Instruction(op.LDDW, 1, 1), *frame(2, -4), call(IDS["map_lookup_elem"])],
    "clock": [call(IDS["ktime_get_ns"])],
    "pid": [call(IDS["get_current_pid_tgid"])],
    "by number": [mov(8, IDS["get_current_pid_tgid"]), Instruction(op.JMP | op.CALL | op.X, 8)],
    "tail": [movr(1, 6), mov(2, 0), call(IDS["xdp_adjust_tail"])],
    "csum": [*frame(1, -400), mov(2, 400), mov(3, 0), mov(4, 0), mov(5, 0), call(IDS["csum_diff"])],
    "print": [*frame(1, -8), mov(2, 4), call(IDS["trace_printk"])],
    "bytes": [movr(1, 6), mov(2, 0), *frame(3, -500), mov(4, 500), call(IDS["xdp_load_bytes"])],
}


@pytest.mark.parametrize("name", ROUNDS)
def test_helpers_end_a_program_at_the_same_call_in_both(name: str) -> None:
    ends = []
    for level in (None, 0, 2):
        for budget in (BUDGET, BUDGET + 7):  # so that it isn't always the same instruction that finds it used up
            program = load(VmEngine(jit=None if level is not None else False, budget=budget), endless(*ROUNDS[name]))
            if level is not None:
                program.compile(level)
            with pytest.raises(Fault, match="budget") as caught:
                program.run(bytes(600))
            ends.append((level, budget, caught.value.slot))
    assert len({slot for _, budget, slot in ends if budget == BUDGET}) == 1, ends
    assert len({slot for _, budget, slot in ends if budget != BUDGET}) == 1, ends


def test_a_helper_is_called_as_often_as_the_budget_has_its_cost() -> None:
    made: list[int] = []
    for jit in (False, None):
        engine = VmEngine(jit=jit, budget=BUDGET, helpers={4000: lambda *_: made.append(1) or 0})  # type: ignore[func-returns-value]
        program = load(engine, endless(call(4000)))
        if jit is None:
            program.compile(2)
        with pytest.raises(Fault, match="budget"):
            program.run(bytes(60))
        assert len(made) == BUDGET // (costs.USUAL + 2)
        made.clear()


def test_every_helper_costs_something() -> None:
    assert all(costs.cost_of(number) >= 30 for number in present())


def test_bytes_cost_too() -> None:
    """Updates of values of 1,000 bytes end sooner than those of few."""
    rounds = [*frame(2, -4), Instruction(op.LDDW, 1, 1), *frame(3, -500), mov(4, 0), call(IDS["map_update_elem"])]
    assert costs.of_bytes(512) == 0 and costs.of_bytes(6400) == 100
    engine = VmEngine(jit=False, budget=BUDGET)
    program = load(engine, endless(*rounds))
    machine = engine.take()
    machine.begin(program, engine.task)
    before = machine.left
    machine.extra = [*program.maps["m"].regions()]
    machine.read(machine.extra[0].base, 1000)
    assert before - machine.left == 1000 // 64


def exhausted(code: list[Instruction], size: int, budget: int) -> Machine:
    """The machine of a program that ran out of its budget on a packet of that size."""
    engine = VmEngine(jit=False, budget=budget)
    program = load(engine, code, ProgType.SCHED_CLS)
    machine = engine.take()
    machine.begin(program, engine.task)
    program.input_of(bytes(size), b"").place(machine)
    with pytest.raises(Fault, match="budget"):
        program.execute(machine)
    return machine


def test_tags_without_end_are_bounded() -> None:
    """A packet that grows with every round costs more each time that it has to be moved."""
    machine = exhausted(endless(movr(1, 6), mov(2, 0x81), mov(3, 5), call(18)), 60, 1_000_000)
    rounds = (machine.packet.end - machine.packet.data - 60) // 4
    moves = rounds // 64  # each time room for so many is made
    assert rounds * (costs.cost_of(18) + 7) + moves * moves * 64 * 4 // 2 // 64 > 0.9 * 1_000_000
    assert 1000 < rounds < 1_000_000 // (costs.cost_of(18) + 7)


def test_copies_that_a_program_sends_are_bounded() -> None:
    code = endless(movr(1, 6), mov(2, 1), mov(3, 0), call(IDS["clone_redirect"]))
    machine = exhausted(code, 2000, BUDGET)
    assert 5 < len(machine.clones) <= BUDGET // 2000


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no setitimer here")
# Where Python looks for signals first in a callback of ctypes, it says on its error stream that it can't raise there.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("how", ["interpreter", "machine code", "batch", "function"])
@pytest.mark.parametrize("name", ["pid", "clock", "nothing"])
def test_an_interrupt_ends_a_long_run(how: str, name: str) -> None:
    """Each run ends by itself before long; there are so many that all of them would take hours."""
    body = ROUNDS.get(name, [Instruction(op.ALU64 | op.ADD, 9, imm=1)])
    program = load(VmEngine(jit=False if how == "interpreter" else None, budget=5_000_000), endless(*body))
    count = 200_000
    items, starts, lengths = bytearray(64), [0] * count, [64] * count
    if how != "interpreter":
        program.compile(2)

    function = program.function() if how == "function" else lambda item: program.run(item).retval
    batch.run_batch(program, items, [0], [64], lambda number, error: None)  # all is compiled

    def run() -> None:
        if how == "batch":
            batch.run_batch(program, items, starts, lengths, lambda number, error: None)
            return
        for _ in range(count):
            with pytest.raises(Fault):
                function(bytes(64))

    kept = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        # Again and again: one that comes while another tool's gc callback runs is lost to Python.
        signal.setitimer(signal.ITIMER_REAL, 0.2, 0.5)
        with pytest.raises(KeyboardInterrupt):
            run()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, kept)
    # The machine is as it was: the next run is one like any other.
    with pytest.raises(Fault, match="budget"):
        program.run(bytes(64))
