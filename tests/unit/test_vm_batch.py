"""Batches and functions of machine code: what one run after the other does, for every kind of context."""

from __future__ import annotations

import array as arrays
import sys
from pathlib import Path

import pytest

pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")

from vm_code import EXIT, call, ldx, mov, movr, st

from ebpf.asm import Instruction, encode
from ebpf.errors import Closed, Fault, KernelError
from ebpf.objects.program import Program
from ebpf.spec import ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import IDS
from ebpf.uapi.prog_types import ProgType
from ebpf.vm import contexts
from ebpf.vm.engine import VmEngine
from ebpf.vm.jit import batch, calls
from ebpf.vm.program import VmProgram

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fuzz"))
import batch_fuzz
import jit_fuzz


@pytest.fixture(autouse=True, params=[0, 2], ids=["O0", "O2"])
def level(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> int:
    """The level that programs are compiled at."""
    wanted: int = request.param
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(VmProgram, "_warm", lambda program: program.compile(wanted))
    return wanted


def load(engine: VmEngine, code: list[Instruction], **more: object) -> VmProgram:
    return engine.load_program(ProgramSpec("p", code=encode(code, sys.byteorder), **more), {})  # type: ignore[arg-type]


def xdp(*code: Instruction) -> tuple[VmEngine, VmProgram]:
    engine = VmEngine()
    return engine, load(engine, list(code), type=ProgType.XDP)


#: Gives the packet's first byte, or 1000 for an empty one; counts nothing.
FIRST_BYTE = [
    ldx(op.W, 2, 1, 0),
    ldx(op.W, 3, 1, 4),
    movr(4, 2),
    Instruction(op.ALU64 | op.ADD, 4, imm=1),
    mov(0, 1000),
    Instruction(op.JMP | op.JGT | op.X, 4, 3, 1),
    ldx(op.B, 0, 2, 0),
    EXIT,
]


def test_a_callable_of_machine_code() -> None:
    _, program = xdp(*FIRST_BYTE)
    call_it = calls.prepare(program, data=b"\x2a" * 20)
    assert [call_it() for _ in range(3)] == [42, 42, 42]
    assert calls.prepare(program)() == 1000
    with pytest.raises(TypeError):
        call_it(1)  # type: ignore[call-arg]
    program.close()
    with pytest.raises(Closed):
        calls.prepare(program)


def test_a_callable_raises_faults_and_goes_on() -> None:
    _, program = xdp(ldx(op.W, 2, 1, 0), ldx(op.B, 0, 2, 5), EXIT)
    call_it = calls.prepare(program, data=b"1234")
    for _ in range(2):
        with pytest.raises(Fault, match="instruction 1") as caught:
            call_it()
        assert caught.value.slot == 1
    assert calls.prepare(program, data=b"123456")() == ord("6")


def test_a_batch_is_what_one_run_after_the_other_is() -> None:
    _, program = xdp(*FIRST_BYTE)
    packets = [bytes([i % 256]) * (14 + i % 5) for i in range(300)]
    buffer = bytearray(b"".join(packets))
    starts, at = [], 0
    for packet in packets:
        starts.append(at)
        at += len(packet)
    verdicts = batch.run_batch(program, buffer, starts, [len(packet) for packet in packets])
    assert list(verdicts) == [program.run(packet).retval for packet in packets]
    assert list(batch.run_batch(program, bytearray(), [], [])) == []


def test_a_function_of_packets_is_what_one_run_is() -> None:
    _, program = xdp(*FIRST_BYTE)
    function = calls.function(program)
    for packet in (b"\x07" * 14, b"\x08" * 60, b"\x09" * (calls.ROOM + 1)):
        assert function(packet) == program.run(packet).retval == packet[0]
    with pytest.raises(TypeError, match="expected bytes, str found"):
        function("x" * 14)  # type: ignore[arg-type]
    for _ in range(2):
        with pytest.raises(KernelError, match="at least 14 bytes"):
            function(bytes(13))
    assert function(b"\x0a" * 14) == 10
    program.close()
    with pytest.raises(Closed):
        calls.function(program)


def test_a_function_that_is_called_while_it_runs() -> None:
    seen = []

    def again(m: object, r1: int, *rest: int) -> int:
        # The number in r1 says how deep it is: the packet's first byte.
        seen.append(r1)
        return function(bytes([r1 - 1]) * 14) + 100 if r1 else 0

    engine = VmEngine(helpers={4000: again})
    program = load(engine, [ldx(op.W, 2, 1, 0), ldx(op.B, 1, 2, 0), call(4000), EXIT], type=ProgType.XDP)
    function = calls.function(program)
    assert function(b"\x02" * 14) == 200
    assert seen == [2, 1, 0]
    assert function(b"\x01" * 14) == 100


def test_a_function_of_contexts_and_its_faults() -> None:
    program = load(VmEngine(), [ldx(op.DW, 0, 1, 8), EXIT], type=ProgType.TRACEPOINT)
    function = calls.function(program)
    assert function(bytes(8) + b"\5" + bytes(7)) == 5
    for _ in range(2):
        with pytest.raises(Fault, match="instruction 0"):
            function(bytes(15))
    assert function(bytes(8) + b"\6" + bytes(7)) == 6


#: Program type → a program that reads and writes what its context lets it.
SKB = [
    ldx(op.W, 6, 1, 16),  # protocol
    ldx(op.W, 2, 1, 4),  # pkt_type
    ldx(op.W, 3, 1, 0),  # len
    ldx(op.W, 4, 1, 48),  # cb[0], which the last packet must not have left
    Instruction(op.ALU64 | op.LSH, 2, imm=16),
    Instruction(op.ALU64 | op.LSH, 3, imm=20),
    Instruction(op.ALU64 | op.ADD | op.X, 6, 2),
    Instruction(op.ALU64 | op.ADD | op.X, 6, 3),
    Instruction(op.ALU64 | op.ADD | op.X, 6, 4),
    Instruction(op.STX | op.MEM | op.W, 1, 6, 48),
    movr(0, 6),
    EXIT,
]
OF_TYPE = {
    ProgType.XDP: [ldx(op.W, 0, 1, 12), *FIRST_BYTE],
    ProgType.SCHED_CLS: SKB,
    ProgType.SCHED_ACT: SKB,
    ProgType.SOCKET_FILTER: SKB,
    ProgType.CGROUP_SKB: SKB,
    ProgType.LWT_IN: SKB,
    ProgType.LWT_XMIT: SKB,
    ProgType.TRACEPOINT: [ldx(op.DW, 0, 1, 8), EXIT],
    ProgType.KPROBE: [ldx(op.DW, 0, 1, 112), EXIT],
    ProgType.PERF_EVENT: [ldx(op.DW, 0, 1, 128), EXIT],
    ProgType.RAW_TRACEPOINT: [ldx(op.DW, 0, 1, 8), EXIT],
    ProgType.CGROUP_SOCK_ADDR: [ldx(op.W, 0, 1, 24), st(op.W, 1, 24, 77), EXIT],
    ProgType.SYSCALL: [ldx(op.W, 0, 1, 12), st(op.W, 1, 12, 9), EXIT],
    ProgType.UNSPEC: [movr(0, 2), EXIT],
}


@pytest.mark.parametrize("type_", OF_TYPE, ids=lambda type_: type_.name)
@pytest.mark.parametrize("calls_back", [False, True], ids=["alone", "with helpers"])
def test_a_batch_of_any_type_is_what_one_run_after_the_other_is(type_: ProgType, calls_back: bool) -> None:
    code = list(OF_TYPE[type_])
    if calls_back:
        # A helper that only Python has sees the machine as in a run of its own.
        code = [movr(9, 1), mov(1, 0), call(14), movr(1, 9), *code]
    program = load(VmEngine(), code, type=type_)
    macs = (bytes(12), b"\x33" + bytes(11), b"\x02" + bytes(11))
    types = (b"\x08\x00", b"\x86\xdd", b"\x08\x06", b"\x00\x20")
    items = [
        (mac + kind + bytes([number, 0xFF]) * 60)[: 160 + number]
        for number in range(4)
        for mac in macs
        for kind in types
    ]
    items = [item.ljust(184, b"\1") for item in items] + [item[:size] for item in items[:8] for size in (13, 14, 30)]
    items += [mac + kind + b"\xff\xff" for mac in macs for kind in types]
    wanted: list[object] = []
    for item in items:
        try:
            wanted.append(program.run(item).retval & 0xFFFFFFFF)
        except (Fault, KernelError) as error:
            wanted.append(str(error).split("at 0x")[0])
    errors: dict[int, str] = {}
    results = Program(program, program.engine).run_batch(
        items, on_fault=lambda number, error: errors.__setitem__(number, str(error).split("at 0x")[0])
    )
    found = [errors.get(number, result) for number, result in enumerate(results)]
    layout = contexts.layout_of(type_, 0, None)
    for number, item in enumerate(items):
        # One run fills a short context up with zeros; a batch asks for a whole one.
        if not layout.has_packet and len(item) < layout.size:
            assert "a context of" in str(found[number])
        else:
            assert found[number] == wanted[number], f"item {number}"


def test_a_batch_that_writes_into_contexts() -> None:
    program = Program(load(VmEngine(), OF_TYPE[ProgType.SYSCALL], type=ProgType.SYSCALL), VmEngine())
    buffer = bytearray(range(32))
    assert list(program.run_batch(buffer, [0, 16], [16, 16])) == [0x0F0E0D0C, 0x1F1E1D1C]
    assert buffer[12:16] == buffer[28:] == b"\x09\0\0\0" and buffer[:12] == bytes(range(12))


def test_the_budget_of_a_batch_is_each_items_own() -> None:
    rounds = [mov(0, 0), Instruction(op.ALU64 | op.ADD, 0, imm=1), Instruction(op.JMP | op.JLT, 0, 0, -2, 90), EXIT]
    program = load(VmEngine(budget=200), rounds, type=ProgType.XDP)
    assert list(batch.run_batch(program, bytearray(14 * 9), range(0, 126, 14), [14] * 9)) == [90] * 9
    endless = load(VmEngine(budget=200), [mov(0, 0), Instruction(op.JMP | op.JA, offset=-1), EXIT], type=ProgType.XDP)
    faults: list[int] = []
    batch.run_batch(endless, bytearray(28), [0, 14], [14, 14], lambda number, _: faults.append(number))
    assert faults == [0, 1]


def test_random_batches_agree_with_the_interpreter(level: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("EBPF_CACHE", "off")
    bench = jit_fuzz.Bench()
    for seed in range(15):
        assert batch_fuzz.one(bench, 100_000 * level + seed) is None


def test_a_batch_writes_into_its_packets() -> None:
    _, program = xdp(*FIRST_BYTE[:6], st(op.B, 2, 0, 9), mov(0, 2), EXIT)
    buffer = bytearray(b"a" * 16 + b"b" * 14)
    batch.run_batch(program, buffer, [0, 16], [16, 14])
    assert buffer == b"\x09" + b"a" * 15 + b"\x09" + b"b" * 13


@pytest.mark.parametrize(
    ("starts", "lengths", "why"),
    [
        ([0, 80], [20, 21], "packet 1 ends at 101, after the buffer's 100 bytes"),
        ([2**64 - 1], [20], "packet 0 ends"),
        ([0], [1, 2], "1 starts and 2 lengths"),
    ],
)
def test_a_batch_of_packets_that_are_not_there(starts: list[int], lengths: list[int], why: str) -> None:
    _, program = xdp(*FIRST_BYTE)
    with pytest.raises(ValueError, match=why):
        batch.run_batch(program, bytearray(100), starts, lengths)


def test_a_batch_stops_at_a_fault() -> None:
    _, program = xdp(ldx(op.W, 2, 1, 0), ldx(op.B, 0, 2, 20), st(op.B, 2, 0, 7), EXIT)
    buffer = bytearray(60)
    with pytest.raises(Fault, match="instruction 1"):
        batch.run_batch(program, buffer, [0, 30, 44], [30, 14, 14])
    assert buffer == b"\7" + bytes(59)


def test_a_batch_counts_only_into_room_enough() -> None:
    _, program = xdp(*FIRST_BYTE)
    for tallies in (arrays.array("Q", bytes(8 * 15)), arrays.array("I", bytes(4 * 16))):
        with pytest.raises(ValueError, match="tallies are 16"):
            batch.run_batch(program, bytearray(14), [0], [14], None, tallies)
    tallies = arrays.array("Q", bytes(8 * 16))
    batch.run_batch(program, bytearray(b"\x03" * 14 + b"\xff" * 14), [0, 14], [14, 14], None, tallies)
    assert {number: count for number, count in enumerate(tallies) if count} == {3: 1, 15: 1}


def test_a_batch_fills_results_that_are_given() -> None:
    _, program = xdp(*FIRST_BYTE)
    results = arrays.array("I", [7, 7, 7])
    refused: list[int] = []
    items = bytearray(b"\x03" * 14 + b"\x04" * 27)
    given = batch.run_batch(
        program, items, [0, 14, 28], [14, 14, 13], lambda number, _: refused.append(number), None, results
    )
    assert given is results and list(results) == [3, 4, 0] and refused == [2]
    for wrong in (arrays.array("I", [0, 0]), arrays.array("Q", [0, 0, 0])):
        with pytest.raises(ValueError, match='results are 3 of "I"'):
            batch.run_batch(program, bytearray(42), [0, 14, 28], [14] * 3, None, None, wrong)


def test_a_batch_needs_programs_that_free_nothing() -> None:
    spec = ProgramSpec("p", ProgType.XDP, encode([mov(1, 0), Instruction(op.JMP | op.CALL, src=2, imm=-1), EXIT]))
    program = VmEngine().load_program(spec.replace(references=[Reference(1, "kfunc", "bpf_cpumask_release")]), {})
    with pytest.raises(ValueError, match="calls bpf_cpumask_release at instruction 1, which may free memory or end it"):
        batch.run_batch(program, bytearray(4), [0], [4])
    with pytest.raises(ValueError, match="run one by one"):
        batch.run_batch(load(VmEngine(), [mov(0, 0), EXIT], type=ProgType.SK_MSG), bytearray(4), [0], [4])


@pytest.mark.parametrize(
    ("type_", "python"), [(ProgType.XDP, False), (ProgType.SCHED_CLS, False), (ProgType.SCHED_CLS, True)]
)
def test_redirects_are_told_of_each_run_and_of_no_other(type_: ProgType, python: bool) -> None:
    """Packets of one byte: its low two bits are the flags, the others the interface; 0xff goes nowhere."""
    ends = ([ldx(op.W, 2, 1, 0), ldx(op.W, 3, 1, 4)] if type_ == ProgType.XDP else
                 [ldx(op.W, 2, 1, 76), ldx(op.W, 3, 1, 80)])  # fmt: skip
    also = [movr(1, 8), mov(2, 9), mov(3, 0), call(IDS["clone_redirect"])] if python else []
    code = [
        movr(8, 1), *ends, movr(4, 2), Instruction(op.ALU64 | op.ADD, 4, imm=1), mov(0, 77),
        Instruction(op.JMP | op.JGT | op.X, 4, 3, 8 + len(also)), ldx(op.B, 1, 2, 0),
        Instruction(op.JMP | op.JEQ, 1, offset=6 + len(also), imm=255),
        movr(2, 1), Instruction(op.ALU64 | op.AND, 2, imm=3), Instruction(op.ALU64 | op.RSH, 1, imm=2),
        call(IDS["redirect"]), movr(7, 0), *also, movr(0, 7), EXIT,
    ]  # fmt: skip
    native, slow = (load(VmEngine(jit=jit), code, type=type_) for jit in (None, False))
    packets = [bytes([first]) + bytes(13) for first in (12, 13, 15, 255, 20, 255, 0xFC)]

    def seen(program: VmProgram, packet: bytes) -> tuple[int, object, int]:
        result = program.run(data=packet)
        return result.retval, result.redirect, len(result.clones)

    wanted = [seen(slow, packet) for packet in packets]
    assert {redirect is None for _, redirect, _ in wanted} == {True, False}
    native.compile()
    assert [seen(native, packet) for packet in packets] == wanted
    assert list(Program(native, native.engine).run_batch(packets)) == [retval for retval, _, _ in wanted]
    assert seen(native, packets[3]) == wanted[3]
