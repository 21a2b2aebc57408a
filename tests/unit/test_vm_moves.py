"""Helpers of packets as machine code: what they do to a packet, one by one and in batches, is what the interpreter does."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")

from vm_code import EXIT, add, call, ldx, mov, movr, st

from ebpf.asm import Instruction, encode
from ebpf.capture.run import run as run_capture
from ebpf.capture.writer import Writer
from ebpf.errors import Fault, KernelError
from ebpf.objects.program import Program
from ebpf.spec import ProgramSpec
from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import IDS
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine
from ebpf.vm.jit import batch
from ebpf.vm.program import VmProgram

ALL = 0xFFFFFFFF
IP, IPV6, VLAN = b"\x08\x00", b"\x86\xdd", b"\x81\x00"


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EBPF_CACHE", "off")


class Maker:
    """A program that calls helpers of packets in a row, with arguments that mostly make sense, and mixes what they give into
    r9."""

    def __init__(self, rng: random.Random, type_: ProgType) -> None:
        self.rng = rng
        self.type = type_
        self.code = [movr(6, 1), mov(9, 0)]
        for offset in range(-64, 0, 8):
            self.code.append(st(op.DW, 10, offset, rng.randrange(1, 1 << 31)))

    def call(self, name: str, *arguments: int | str) -> None:
        self.code.append(movr(1, 6))
        for reg, value in enumerate(arguments, 2):
            if value == "frame":
                self.code += [movr(reg, 10), add(reg, -64)]
            elif isinstance(value, int):
                self.code.append(mov(reg, value))
        self.code.append(call(IDS[name]))
        self.mix()

    def mix(self) -> None:
        self.code += [Instruction(op.ALU64 | op.MUL, 9, imm=31), Instruction(op.ALU64 | op.ADD | op.X, 9, 0)]

    def field(self, at: int) -> None:
        self.code.append(ldx(op.W, 0, 6, at))
        self.mix()

    def pointers(self, data: int, end: int) -> None:
        """The packet's length, and its bytes as far as a loop reads them."""
        self.code += [
            ldx(op.W, 7, 6, data),
            ldx(op.W, 8, 6, end),
            movr(0, 8),
            Instruction(op.ALU64 | op.SUB | op.X, 0, 7),
        ]
        self.mix()
        self.code += [
            movr(2, 7),
            add(2, 14),
            Instruction(op.JMP | op.JGT | op.X, 2, 8, 3),
            ldx(op.W, 0, 7, 8),
            Instruction(op.ALU64 | op.ADD | op.X, 9, 0),
            st(op.B, 7, 3, self.rng.randrange(256)),
        ]

    def xdp(self) -> None:
        rng = self.rng
        what = rng.randrange(7)
        if what == 0:
            self.call("xdp_adjust_head", rng.choice((-20, -14, 4, 20, -300, 60, 0)))
        elif what == 1:
            self.call("xdp_adjust_tail", rng.choice((-20, 30, 4, -60, 5000, 0)))
        elif what == 2:
            self.call("xdp_adjust_meta", rng.choice((-4, -32, 4, -3, -300)))
        elif what == 3:
            self.call("xdp_load_bytes", rng.choice((0, 12, 40, 70000, 2**31 - 1, -1)), "frame", rng.choice((1, 8, 40)))
            self.code.append(ldx(op.DW, 0, 10, -64))
            self.mix()
        elif what == 4:
            self.call("xdp_store_bytes", rng.choice((0, 12, 40, 70000, -1)), "frame", rng.choice((1, 8, 20)))
        elif what == 5:
            self.call("xdp_get_buff_len")
        else:
            self.pointers(0, 4)

    def skb(self) -> None:
        rng = self.rng
        offset = rng.choice((0, 12, 14, 24, 60, 2**31 - 1, -1))
        what = rng.randrange(15)
        if what == 0:
            self.call("skb_change_tail", rng.choice((20, 64, 120, 5, 4000, 17000)), rng.choice((0, 0, 0, 1)))
        elif what == 1:
            self.call("skb_change_head", rng.choice((4, 14, 20, 300)), rng.choice((0, 0, 0, 1)))
        elif what == 2:
            self.call("skb_change_proto", rng.choice((0xDD86, 0x0008, 0x0008, 0x0608)), 0)
        elif what in (3, 4):
            flags = rng.choice((0, 0, 2, 4, 0x20, 0x80, 0x100, 0x22, 0x200))
            self.call("skb_adjust_room", rng.choice((-20, 20, 8, -8, 50, -40, 5000)), rng.choice((0, 1, 1, 2)), flags)
        elif what == 5:
            self.call("skb_vlan_push", rng.choice((0x0081, 0xA888, 8)), rng.randrange(1 << 12))
        elif what == 6:
            self.call("skb_vlan_pop")
        elif what == 7:
            self.call("skb_load_bytes", offset, "frame", rng.choice((1, 8, 40)))
            self.code.append(ldx(op.DW, 0, 10, -64))
            self.mix()
        elif what == 8:
            start = rng.choice((0, 1, 1, 2))
            self.call("skb_load_bytes_relative", offset, "frame", rng.choice((1, 8, 12)), start)
            self.code.append(ldx(op.DW, 0, 10, -64))
            self.mix()
        elif what == 9:
            self.call("skb_store_bytes", offset, "frame", rng.choice((1, 8, 20)), rng.choice((0, 1, 2, 3, 4)))
        elif what == 10:
            self.call("skb_pull_data", rng.choice((0, 30, 500)))
        elif what == 11:
            self.call(
                "l3_csum_replace",
                rng.choice((24, 25, 2, 70)),
                *rng.choice(((5, 7, 2), (9, 1 << 30, 4), (0, 77, 0), (1, 2, 0), (1, 2, 3))),
            )
        elif what == 12:
            flags = rng.choice((0, 0x10, 0x20, 0x60, 0x30, 0x100))
            self.call(
                "l4_csum_replace",
                rng.choice((36, 2, 40)),
                *rng.choice(((5, 7, 2 | flags), (9, -3, 4 | flags), (0, 77, flags))),
            )
        elif what == 13:
            for at in (0, 16, 20, 24, 28):  # len, protocol, and those of the tag
                self.field(at)
        elif self.type in (ProgType.SCHED_CLS, ProgType.SCHED_ACT, ProgType.CGROUP_SKB, ProgType.LWT_XMIT):
            self.pointers(76, 80)

    def make(self, pieces: int) -> ProgramSpec:
        piece = self.xdp if self.type == ProgType.XDP else self.skb
        for _ in range(pieces):
            piece()
            if self.rng.random() < 0.15:
                self.csum_diff()
            if self.rng.random() < 0.1:
                self.code.append(call(IDS["get_current_pid_tgid"]))  # what only Python has
        self.code += [movr(0, 9), EXIT]
        return ProgramSpec("moves", self.type, encode(self.code, sys.byteorder))

    def csum_diff(self) -> None:
        one, other = self.rng.choice(((0, 4), (4, 0), (16, 16), (8, 12), (0, 0), (3, 4)))
        self.code += [movr(1, 10), add(1, -64), mov(2, one), movr(3, 10), add(3, -32), mov(4, other)]
        self.code += [mov(5, self.rng.choice((0, 5, -1))), call(IDS["csum_diff"])]
        self.mix()


def packets(rng: random.Random) -> list[bytes]:
    found = []
    for _ in range(6):
        size = rng.choice((14, 34, 54, 60, 64, 200, 1500))
        packet = bytearray(rng.randrange(256) for _ in range(size))
        packet[12:14] = rng.choice((IP, IP, IPV6, VLAN, b"\x00\x20"))
        if rng.random() < 0.3:
            packet[16:18] = rng.choice((IP, VLAN, b"\0\1"))
        found.append(bytes(packet[:size]))
    return found


def one_by_one(program: VmProgram, items: list[bytes], header: int) -> list[object]:
    found: list[object] = []
    for item in items:
        try:
            result = program.run(item)
            found.append((result.retval & ALL, item[:header] + result.data[header:]))
        except (Fault, KernelError) as error:
            found.append(str(error).split("at 0x")[0])
    return found


TYPES = (ProgType.XDP, ProgType.SCHED_CLS, ProgType.LWT_XMIT, ProgType.SOCKET_FILTER, ProgType.SCHED_ACT)


def check(seed: int, level: int) -> None:
    rng = random.Random(seed)
    type_ = TYPES[seed % len(TYPES)]
    spec = Maker(rng, type_).make(rng.randrange(1, 9))
    items = packets(rng)
    header = 14 if type_ in (ProgType.LWT_XMIT, ProgType.SOCKET_FILTER) else 0
    interpreted = VmEngine(jit=False).load_program(spec, {})
    wanted = one_by_one(interpreted, items, header)
    program = VmEngine().load_program(spec, {})
    program.compile(level)
    assert one_by_one(program, items, header) == wanted, seed
    errors: dict[int, str] = {}
    after: list[bytes] = []
    results = Program(program, program.engine).run_batch(
        items, on_fault=lambda number, error: errors.__setitem__(number, str(error).split("at 0x")[0]), out=after
    )
    found = [errors.get(number, (result, after[number])) for number, result in enumerate(results)]
    assert found == wanted, seed
    # In place: those that are as long as before.
    buffer = bytearray(b"".join(items))
    starts = [sum(map(len, items[:number])) for number in range(len(items))]
    batch.run_batch(program, buffer, starts, list(map(len, items)), lambda number, error: None)
    for number, (item, start) in enumerate(zip(items, starts, strict=True)):
        end = wanted[number]
        if isinstance(end, tuple):
            moves_it = program.compile(level).module.moves
            kept = end[1] if len(end[1]) == len(item) or not moves_it else item
            assert buffer[start : start + len(item)] == kept, (seed, number)
    interpreted.close()
    program.close()


@pytest.mark.parametrize("level", [0, 2])
def test_random_programs_that_move_packets(level: int) -> None:
    for seed in range(100 * level, 100 * level + (15 if level else 40)):
        check(seed, level)


def load(type_: ProgType, *code: Instruction, engine: VmEngine | None = None) -> VmProgram:
    spec = ProgramSpec("p", type_, encode([movr(6, 1), *code], sys.byteorder))
    return (engine or VmEngine()).load_program(spec, {})


def argument(name: str, *values: int) -> list[Instruction]:
    return [movr(1, 6), *(mov(reg, value) for reg, value in enumerate(values, 2)), call(IDS[name])]


#: Type → calls that go well for an IPv4 packet of 60 bytes, and the length of the packet after them.
GOOD = {
    ProgType.XDP: ([("xdp_adjust_head", -20), ("xdp_adjust_tail", 8), ("xdp_adjust_meta", -8)], 96),
    ProgType.SCHED_CLS: (
        [
            ("skb_change_tail", 80, 0),
            ("skb_adjust_room", 20, 1, 0),
            ("skb_adjust_room", -4, 0, 0),
            ("skb_change_proto", 0xDD86, 0),
            ("skb_vlan_push", 0x0081, 5),
            ("skb_vlan_pop",),
            ("skb_pull_data", 40),
            ("l3_csum_replace", 24, 1, 2, 2),
            ("l4_csum_replace", 36, 1, 2, 4),
            ("skb_change_head", 14, 0),
        ],
        130,
    ),
}


@pytest.mark.parametrize("type_", GOOD, ids=lambda type_: type_.name)
def test_moves_that_go_well_need_no_python(type_: ProgType, monkeypatch: pytest.MonkeyPatch) -> None:
    from ebpf.vm.helpers import registry

    calls, length = GOOD[type_]
    for row in calls:
        monkeypatch.setitem(registry.HELPERS, IDS[row[0]], lambda *_: pytest.fail("Python was called"))
    code = [Instruction(op.ALU64 | op.OR | op.X, 9, 0)]
    program = load(type_, mov(9, 0), *(insn for row in calls for insn in argument(*row) + code), movr(0, 9), EXIT)
    packet = bytes(12) + IP + bytes(46)
    after: list[bytes] = []
    results = Program(program, program.engine).run_batch([packet] * 5, out=after)
    assert list(results) == [0] * 5
    assert [len(data) for data in after] == [length] * 5 and len(set(after)) == 1


def test_packets_longer_than_the_room_first_made() -> None:
    program = load(ProgType.XDP, *argument("xdp_adjust_head", -4), EXIT)
    items = [b"\x07" * size for size in (20, 70_000, 30, 300_000)]
    after: list[bytes] = []
    assert list(Program(program, program.engine).run_batch(items, out=after)) == [0] * 4
    assert after == [bytes(4) + item for item in items]


def test_packets_that_grow_more_than_there_was_room_for() -> None:
    program = load(ProgType.SCHED_CLS, *argument("skb_change_tail", 16_000, 0), EXIT)
    items = [bytes([number]) * 60 for number in range(100)]
    after: list[bytes] = []
    assert list(Program(program, program.engine).run_batch(items, out=after)) == [0] * 100
    assert after == [item.ljust(16_000, b"\0") for item in items]


def test_a_fault_leaves_nothing_for_the_next_packet() -> None:
    """The first packet's program writes into its headroom and faults; the next one's grows into it."""
    code = [
        *argument("xdp_adjust_head", -16),
        ldx(op.W, 2, 6, 0),
        ldx(op.B, 3, 2, 16),
        ldx(op.B, 0, 2, 0),  # 0 for every packet: nobody wrote here
        st(op.DW, 2, 0, 0x55555555),
        Instruction(op.JMP | op.JNE, 3, offset=1, imm=9),
        ldx(op.B, 3, 2, 4000),
        EXIT,
    ]
    program = load(ProgType.XDP, *code)
    items = [bytes([number]) * 20 for number in (9, 1, 9, 2)]
    faults: dict[int, Exception] = {}
    after: list[bytes] = []
    results = Program(program, program.engine).run_batch(items, on_fault=faults.__setitem__, out=after)
    assert list(results) == [0] * 4 and sorted(faults) == [0, 2]
    written = b"\x55" * 4 + bytes(12)
    assert after == [b"", written + items[1], b"", written + items[3]]


@pytest.mark.parametrize("type_", [ProgType.XDP, ProgType.SCHED_CLS, ProgType.LWT_XMIT], ids=lambda type_: type_.name)
def test_a_capture_through_a_program_that_moves_is_what_one_by_one_is(type_: ProgType, tmp_path: Path) -> None:
    """Some packets cut, some dropped, some refused, some longer and some shorter afterwards."""
    rng = random.Random(7)
    with Writer(tmp_path / "in.pcap") as writer:
        for number in range(600):
            item = packets(rng)[0] if number % 50 else bytes(9)
            writer.write(item, 1_700_000_000_000_000_000 + number, len(item) + 7 if number % 3 else None)
    if type_ == ProgType.XDP:
        move = [ldx(op.W, 2, 6, 0), ldx(op.B, 8, 2, 1), *argument("xdp_adjust_head", 4)]
    else:
        move = [ldx(op.W, 8, 6, 4), *argument("skb_change_tail", 50, 0)]
    code = [*move, movr(0, 8), Instruction(op.ALU64 | op.AND, 0, imm=3), EXIT]
    found = []
    for engine in (VmEngine(jit=False), VmEngine()):
        program = load(type_, *code, engine=engine)
        assert program.batches() == (engine.jit is None)
        out = tmp_path / "out.pcap"
        summary = run_capture(program, tmp_path / "in.pcap", out=out, sample=3)
        shown = (summary.verdicts, summary.samples, summary.skipped, summary.faults, summary.written)
        found.append((shown, out.read_bytes()))
    assert found[0] == found[1]
    assert found[0][0][2] >= 12


def test_a_tail_call_in_a_batch_may_move_the_packet() -> None:
    from ebpf.spec import MapSpec, Reference
    from ebpf.uapi.map_types import MapType

    engine = VmEngine()
    jumps = engine.create_map(MapSpec("jumps", MapType.PROG_ARRAY, 4, 4, 2))
    target = load(ProgType.XDP, *argument("xdp_adjust_head", -6), call(14), mov(0, 3), EXIT, engine=engine)
    jumps.update_object(bytes(4), target)
    code = [
        movr(6, 1), ldx(op.W, 2, 6, 0), ldx(op.B, 3, 2, 0), Instruction(op.LDDW, 2, 1), movr(1, 6), call(12), mov(0, 1), EXIT,
    ]  # fmt: skip
    spec = ProgramSpec("p", ProgType.XDP, encode(code, sys.byteorder), references=[Reference(3, "map", "jumps")])
    program = engine.load_program(spec, {"jumps": jumps})
    items = [bytes([number % 2]) * 30 for number in range(20)]
    wanted = one_by_one(program, items, 0)
    after: list[bytes] = []
    results = Program(program, engine).run_batch(items, out=after)
    assert list(zip(results, after, strict=True)) == wanted
    assert list(results)[:2] == [3, 1] and after[0] == bytes(36)


if __name__ == "__main__":
    first, count = map(int, sys.argv[1:3])
    for number in range(first, first + count):
        check(number, 0 if number % 4 else 2)
