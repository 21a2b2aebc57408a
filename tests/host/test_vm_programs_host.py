"""The interpreter against the kernel: generated programs, the same result, the same bytes in packets and maps."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from ebpf.asm import Instruction, encode
from ebpf.errors import EbpfError, KernelError, VerifierError
from ebpf.kernel.engine import KernelEngine
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine

pytestmark = pytest.mark.host

I = Instruction  # noqa: E741
EXIT = I(op.JMP | op.EXIT)
ALU = [op.ADD, op.SUB, op.MUL, op.DIV, op.OR, op.AND, op.LSH, op.RSH, op.MOD, op.XOR, op.MOV, op.ARSH]
JUMPS = [op.JEQ, op.JGT, op.JGE, op.JSET, op.JNE, op.JSGT, op.JSGE, op.JLT, op.JLE, op.JSLT, op.JSLE]
WIDTHS = [op.B, op.H, op.W, op.DW]
ATOMICS = [op.ADD, op.OR, op.AND, op.XOR]
INTERESTING = [0, 1, 2, -1, -2, 7, 31, 32, 63, 64, 127, 128, 255, 256, 0x7FFF, -0x8000, 0x7FFFFFFF, -0x80000000]


@pytest.fixture(scope="module")
def engines() -> Iterator[tuple[KernelEngine, VmEngine]]:
    from ebpf.kernel import cpus

    kernel, vm = KernelEngine(), VmEngine(cpus=cpus.possible(), jit=False)
    yield kernel, vm
    vm.close()
    kernel.close()


class Generator:
    """Random programs that the kernel's verifier takes: registers r0, r6–r9 hold numbers, the stack's top 64 bytes are set, loops
    are only forward."""

    def __init__(self, seed: int) -> None:
        self.pure = random.Random(seed)
        self.code: list[Instruction] = []
        self.references: list[Reference] = []

    def emit(self, *instructions: Instruction) -> None:
        self.code += instructions

    @property
    def slot(self) -> int:
        return sum(insn.slots for insn in self.code)

    def number(self) -> int:
        pure = self.pure
        return pure.choice(INTERESTING) if pure.random() < 0.6 else pure.randrange(-(1 << 31), 1 << 31)

    def register(self) -> int:
        return self.pure.choice([0, 6, 7, 8, 9])

    def start(self) -> None:
        for register in (0, 6, 7, 8, 9):
            self.emit(I(op.LDDW, register, imm=self.pure.getrandbits(64)))
        for offset in range(-64, 0, 8):
            self.emit(I(op.STX | op.MEM | op.DW, 10, self.register(), offset))

    def alu(self) -> Instruction:
        pure = self.pure
        wide = pure.random() < 0.5
        kind = op.ALU64 if wide else op.ALU
        chance = pure.random()
        dst = self.register()
        if chance < 0.06:
            return I(kind | op.NEG, dst)
        if chance < 0.14:
            end = op.ALU64 | op.END if wide else op.ALU | op.END | pure.choice([op.K, op.X])
            return I(end, dst, imm=pure.choice([16, 32, 64]))
        operation = pure.choice(ALU)
        if pure.random() < 0.5:
            offset = pure.choice([0, 1]) if operation in (op.DIV, op.MOD) else 0
            if operation == op.MOV:
                offset = pure.choice([0, 8, 16, 32] if wide else [0, 8, 16])
            return I(kind | operation | op.X, dst, self.register(), offset)
        imm = self.number()
        if operation in (op.LSH, op.RSH, op.ARSH):
            imm = pure.randrange(64 if wide else 32)
        offset = 0
        if operation in (op.DIV, op.MOD):
            imm = imm or 3
            offset = pure.choice([0, 1])
        return I(kind | operation, dst, 0, offset, imm)

    def memory(self) -> Instruction:
        pure = self.pure
        width = pure.choice(WIDTHS)
        size = op.SIZE_BYTES[width]
        offset = -pure.randrange(size, 65) // size * size
        offset = max(offset, -64)
        chance = pure.random()
        if chance < 0.35:
            return I(op.STX | op.MEM | width, 10, self.register(), offset)
        if chance < 0.5:
            return I(op.ST | op.MEM | width, 10, 0, offset, self.number())
        if chance < 0.65:
            wide = pure.choice([op.W, op.DW])
            size = op.SIZE_BYTES[wide]
            offset = -8 * pure.randrange(1, 9)
            what = pure.random()
            if what < 0.2:
                return I(op.STX | op.ATOMIC | wide, 10, self.register(), offset, op.XCHG)
            if what < 0.4:
                # Of 8 bytes only: Linux 6.18 on x86-64 forgets at times to clear the upper half of r0 after 4 bytes.
                return I(op.STX | op.ATOMIC | op.DW, 10, self.register(), offset, op.CMPXCHG)
            return I(op.STX | op.ATOMIC | wide, 10, self.register(), offset, pure.choice(ATOMICS) | pure.choice([0, 1]))
        if chance < 0.75 and width != op.DW:
            return I(op.LDX | op.MEMSX | width, self.register(), 10, offset)
        return I(op.LDX | op.MEM | width, self.register(), 10, offset)

    def block(self, length: int) -> list[Instruction]:
        return [self.alu() if self.pure.random() < 0.65 else self.memory() for _ in range(length)]

    def branch(self) -> None:
        """A conditional jump over a few instructions."""
        pure = self.pure
        skipped = self.block(pure.randrange(1, 5))
        kind = pure.choice([op.JMP, op.JMP32])
        operation = pure.choice(JUMPS)
        if pure.random() < 0.5:
            jump = I(kind | operation | op.X, self.register(), self.register(), len(skipped))
        else:
            jump = I(kind | operation, self.register(), 0, len(skipped), self.number())
        self.emit(jump, *skipped)

    def count(self, maps: list[str]) -> None:
        """Looks something up in a map and changes it, or updates or deletes."""
        pure = self.pure
        name = pure.choice(maps)
        self.emit(I(op.ST | op.MEM | op.W, 10, 0, -72, pure.randrange(6)))
        self.emit(I(op.ALU64 | op.MOV | op.X, 2, 10), I(op.ALU64 | op.ADD, 2, imm=-72))
        self.references.append(Reference(self.slot, "map", name))
        self.emit(I(op.LDDW, 1, 1))
        what = pure.random()
        if what < 0.6:
            register = pure.choice([6, 7, 8, 9])
            change = pure.choice(
                [
                    I(op.STX | op.ATOMIC | op.DW, 0, register, 0, op.ADD | pure.choice([0, 1])),
                    I(op.STX | op.MEM | op.W, 0, register, 4),
                    I(op.LDX | op.MEM | op.DW, register, 0, 0),
                    I(op.LDX | op.MEMSX | op.H, register, 0, 2),
                ]
            )
            self.emit(I(op.JMP | op.CALL, imm=1), I(op.JMP | op.JEQ, 0, 0, 1, 0), change)
        elif what < 0.85:
            self.emit(I(op.ALU64 | op.MOV | op.X, 3, 10), I(op.ALU64 | op.ADD, 3, imm=-64))
            self.emit(I(op.ALU64 | op.MOV, 4, imm=pure.choice([0, 0, 1, 2, 3])), I(op.JMP | op.CALL, imm=2))
        else:
            self.emit(I(op.JMP | op.CALL, imm=3))
        # A pointer is nothing to compute with.
        self.emit(I(op.ALU64 | op.MOV, 0, imm=pure.randrange(1000)))

    def finish(self) -> None:
        """Mixes all that a program can see into r0."""
        for register in (6, 7, 8, 9):
            self.emit(I(op.ALU64 | op.XOR | op.X, 0, register), I(op.ALU64 | op.MUL, 0, imm=31))
        for offset in range(-64, 0, 8):
            self.emit(I(op.LDX | op.MEM | op.DW, 1, 10, offset), I(op.ALU64 | op.XOR | op.X, 0, 1))
            self.emit(I(op.ALU64 | op.MUL, 0, imm=131))
        self.emit(
            I(op.ALU64 | op.MOV | op.X, 1, 0), I(op.ALU64 | op.RSH, 1, imm=32), I(op.ALU64 | op.XOR | op.X, 0, 1), EXIT
        )


def calls(generator: Generator) -> None:
    """Appends a function, and calls it."""
    body = Generator(generator.pure.getrandbits(32))
    body.start()
    body.emit(I(op.ALU64 | op.XOR | op.X, 6, 1), *body.block(10))
    body.finish()
    generator.emit(I(op.ALU64 | op.MOV | op.X, 1, 7), I(op.JMP | op.CALL, src=1, imm=0))
    call = len(generator.code) - 1
    generator.finish()
    at = sum(insn.slots for insn in generator.code[: call + 1])
    generator.code[call] = I(op.JMP | op.CALL, src=1, imm=generator.slot - at)
    generator.emit(*body.code)


MAPS = {
    "array": MapSpec("array", MapType.ARRAY, 4, 8, 4),
    "hash": MapSpec("hash", MapType.HASH, 4, 8, 3),
    "percpu": MapSpec("percpu", MapType.PERCPU_ARRAY, 4, 8, 4),
}


def spec_of(seed: int, maps: list[str], *, calling: bool = False) -> ProgramSpec:
    generator = Generator(seed)
    generator.start()
    for _ in range(generator.pure.randrange(2, 8)):
        chance = generator.pure.random()
        if maps and chance < 0.4:
            generator.count(maps)
        elif chance < 0.7:
            generator.branch()
        else:
            generator.emit(*generator.block(generator.pure.randrange(1, 8)))
    if calling:
        calls(generator)
    else:
        generator.finish()
    return ProgramSpec(
        f"random{seed}", ProgType.SCHED_CLS, encode(generator.code), license="GPL", references=generator.references
    )


def compare(engines: tuple[KernelEngine, VmEngine], spec: ProgramSpec, names: list[str]) -> bool:
    """Runs a program twice on both engines; False if the kernel refuses it."""
    seen: list[Any] = []
    for engine in engines:
        maps = {name: engine.create_map(MAPS[name].copy()) for name in names}
        program = None
        try:
            program = engine.load_program(spec.copy(), maps)
            results = [program.run(bytes(64)).retval & 0xFFFFFFFF for _ in range(2)]
            contents = {}
            for name, map_ in maps.items():
                entries = sorted(map_.items())
                if name == "percpu":
                    # Which CPU a program ran on is chance: what all values give together is not.
                    entries = [(k, bytes(sorted(v[i : i + 8] for i in range(0, len(v), 8)) == [])) for k, v in entries]
                contents[name] = entries
            seen.append((results, contents))
        except VerifierError:
            if isinstance(engine, KernelEngine):
                return False
            raise
        finally:
            if program is not None:
                program.close()
            for map_ in maps.values():
                map_.close()
    assert seen[0] == seen[1], spec.instructions
    return True


@pytest.mark.parametrize("kind", ["plain", "calls", "maps"])
def test_generated_programs(kind: str, engines: tuple[KernelEngine, VmEngine]) -> None:
    names = ["array", "hash"] if kind == "maps" else []
    base = {"plain": 0, "calls": 10_000, "maps": 20_000}[kind]
    count = int(os.environ.get("EBPF_FUZZ", "150"))
    ran = sum(compare(engines, spec_of(base + seed, names, calling=kind == "calls"), names) for seed in range(count))
    assert ran > count * 0.7, f"the kernel took only {ran} of {count} programs"


# -- packets


def run_both(
    engines: tuple[KernelEngine, VmEngine], type_: ProgType, code: list[Instruction], data: bytes, context: bytes = b""
) -> list[Any]:
    out: list[Any] = []
    for engine in engines:
        program = engine.load_program(ProgramSpec("packet", type_, encode(code), license="GPL"), {})
        try:
            room = {"data_room": 1 << 16} if engine is engines[0] else {}
            result = program.run(data, context, **room)
            after = bytes(result.context) if context else b""
            out.append((result.retval & 0xFFFFFFFF, bytes(result.data), after))
        except KernelError as error:
            out.append(("errno", error.errno))
        finally:
            program.close()
    return out


def mov(dst: int, imm: int) -> Instruction:
    return I(op.ALU64 | op.MOV, dst, imm=imm)


def movr(dst: int, src: int) -> Instruction:
    return I(op.ALU64 | op.MOV | op.X, dst, src)


def st(size: int, dst: int, offset: int, imm: int) -> Instruction:
    return I(op.ST | op.MEM | size, dst, 0, offset, imm)


def call(number: int) -> Instruction:
    return I(op.JMP | op.CALL, imm=number)


IP4 = (
    bytes.fromhex("ffffffffffff0202020202020800")
    + bytes.fromhex("4500002c000100004006f6c90a0000010a000002")
    + bytes(range(24))
)
IP6 = bytes.fromhex("02000000000102020202020286dd") + bytes.fromhex("6000000000140640") + bytes(range(32)) + bytes(20)
VLAN = IP4[:12] + bytes.fromhex("81000064") + IP4[12:]
QINQ = IP4[:12] + bytes.fromhex("88a800c881000064") + IP4[12:]
OTHER = bytes(12) + b"\x88\xb5" + bytes(40)
LENGTH = bytes(12) + b"\x81\0\0\1" + b"\0\x20" + bytes(40)
NOVELL = bytes(12) + b"\x81\0\0\1" + b"\0\x20\xff\xff" + bytes(40)
PACKETS = {"ip4": IP4, "ip6": IP6, "vlan": VLAN, "qinq": QINQ, "other": OTHER, "short": bytes(14), "raw": bytes(60),
           "length": LENGTH, "novell": NOVELL}  # fmt: skip

STACK = [I(op.LDDW, 3, imm=0x1122334455667788), I(op.STX | op.MEM | op.DW, 10, 3, -8), movr(6, 1)]


def helper_call(number: int, *arguments: int | str) -> list[Instruction]:
    """A call with the context, then numbers; "fp-8" is the address of eight bytes on the stack."""
    code = [*STACK, movr(1, 6)]
    for register, argument in enumerate(arguments, 2):
        if argument == "fp-8":
            code += [movr(register, 10), I(op.ALU64 | op.ADD, register, imm=-8)]
        else:
            assert isinstance(argument, int)
            code += [I(op.LDDW, register, imm=argument & (1 << 64) - 1)]
    return [*code, call(number)]


def then_stack() -> list[Instruction]:
    """Adds what lies on the stack to the result."""
    return [I(op.LDX | op.MEM | op.DW, 1, 10, -8), I(op.ALU64 | op.MUL, 0, imm=1000003), I(op.ALU64 | op.XOR | op.X, 0, 1),
            movr(1, 0), I(op.ALU64 | op.RSH, 1, imm=32), I(op.ALU64 | op.XOR | op.X, 0, 1), EXIT]  # fmt: skip


XDP_CALLS = {
    "head": [(44, n) for n in (0, 4, -4, 14, 40, 60, -216, -217, -256, 1000)],
    "tail": [(65, n) for n in (0, 10, -10, -40, 3000, 3700, -1000)],
    "meta": [(54, n) for n in (0, -4, -3, -32, -36, -64, 4, -252, -256)],
    "length": [(188,)],
    "load": [(189, 0, "fp-8", 8), (189, 12, "fp-8", 4), (189, 60, "fp-8", 8), (189, 4000, "fp-8", 1)],
    "store": [(190, 0, "fp-8", 8), (190, 12, "fp-8", 4), (190, 60, "fp-8", 8)],
}


@pytest.mark.parametrize("packet", PACKETS)
@pytest.mark.parametrize("kind", XDP_CALLS)
def test_xdp_helpers(kind: str, packet: str, engines: tuple[KernelEngine, VmEngine]) -> None:
    for number, *arguments in XDP_CALLS[kind]:
        code = [*helper_call(number, *arguments), *then_stack()]
        kernel, vm = run_both(engines, ProgType.XDP, code, PACKETS[packet])
        assert kernel == vm, (number, arguments)


SKB_CALLS = {
    "load": [(26, 0, "fp-8", 8), (26, 14, "fp-8", 4), (26, 70, "fp-8", 8), (26, -1, "fp-8", 1)],
    "load_relative": [(68, 0, "fp-8", 8, 0), (68, 0, "fp-8", 8, 1), (68, 70, "fp-8", 8, 1), (68, 0, "fp-8", 8, 2)],
    "store": [(9, 0, "fp-8", 8, 0), (9, 14, "fp-8", 4, 1), (9, 70, "fp-8", 8, 0), (9, 0, "fp-8", 8, 4)],
    "pull": [(39, 0), (39, 14), (39, 5000)],
    "tail": [(38, n, 0) for n in (0, 14, 20, 40, 100, 1500, 100000)] + [(38, 40, 1)],
    "head": [(43, n, 0) for n in (0, 4, 14, 64, 100000)] + [(43, 4, 1)],
    "proto": [(31, 0xDD86, 0), (31, 0x0008, 0), (31, 0x0081, 0), (31, 0x0008, 1)],
    "type": [(32, n) for n in (0, 1, 3, 4)],
    "room_net": [(50, n, 0, 0) for n in (0, 4, 20, -4, -20, -40, 4096, -4096)],
    "room_mac": [(50, n, 1, 0) for n in (0, 4, 20, -4, -20, -40)] + [(50, 4, 2, 0), (50, 4, 1, 1 << 20)],
    "vlan_push": [(18, 0x0081, 100), (18, 0xA888, 5), (18, 0, 7)],
    "vlan_pop": [(19,)],
    "l3_csum": [(10, 24, 0x1234, 0x4321, 2), (10, 24, 1, 99, 4), (10, 24, 0, 77, 0), (10, 25, 0, 0, 2), (10, 24, 1, 1, 3),
                (10, 400, 0, 0, 2), (10, 24, 0, 0, 32)],
    "l4_csum": [(11, 50, 0x1234, 0x4321, 2), (11, 50, 5, 6, 4 | 16), (11, 50, 0, 5, 0), (11, 14, 0, 0, 2 | 32),
                (11, 16, 0xFFFF, 0, 2 | 32), (11, 50, 5, 6, 512)],
    "hash_invalid": [(41,)],
    "ecn": [(97,)],
    "csum_level": [(135, 0), (135, 1), (135, 2), (135, 3), (135, 9)],
    "csum_update": [(40, 5)],
    "tunnel": [(20, "fp-8", 4, 0)],
}  # fmt: skip


def then_context() -> list[Instruction]:
    """Adds what a tc program sees in its context to the result."""
    code = []
    for offset in (0, 4, 16, 20, 24, 28, 160):
        code += [
            I(op.LDX | op.MEM | op.W, 1, 6, offset),
            I(op.ALU64 | op.MUL, 0, imm=1000003),
            I(op.ALU64 | op.XOR | op.X, 0, 1),
        ]
    return [*code, *then_stack()]


@pytest.mark.parametrize("packet", PACKETS)
@pytest.mark.parametrize("kind", SKB_CALLS)
def test_tc_helpers(kind: str, packet: str, engines: tuple[KernelEngine, VmEngine]) -> None:
    for number, *arguments in SKB_CALLS[kind]:
        code = [*helper_call(number, *arguments), *then_context()]
        kernel, vm = run_both(engines, ProgType.SCHED_CLS, code, PACKETS[packet])
        assert kernel == vm, (number, arguments)


@pytest.mark.parametrize("packet", PACKETS)
@pytest.mark.parametrize("kind", ["head", "room_net", "room_mac", "vlan_push", "vlan_pop", "proto"])
def test_where_headers_are_after_a_change(kind: str, packet: str, engines: tuple[KernelEngine, VmEngine]) -> None:
    for start in (0, 1):
        for number, *arguments in SKB_CALLS[kind]:
            look = [
                movr(1, 6),
                mov(2, 1),
                movr(3, 10),
                I(op.ALU64 | op.ADD, 3, imm=-8),
                mov(4, 8),
                mov(5, start),
                call(68),
            ]
            code = [*helper_call(number, *arguments), *look, *then_stack()]
            kernel, vm = run_both(engines, ProgType.SCHED_CLS, code, PACKETS[packet])
            assert kernel == vm, (number, arguments, start)


def test_checksums_that_are_known_to_be_good(engines: tuple[KernelEngine, VmEngine]) -> None:
    """Levels up and down, and what becomes of them when room is made in the packet or taken away."""
    room = [(50, 4, 1, 0), (50, 4, 1, 1 << 5), (50, -4, 1, 0), (50, 8, 0, 0)]
    steps = [(135, level) for level in (0, 1, 2, 3)]
    for calls in [*product(steps, repeat=3), ((135, 1),) * 5, *(((135, 1), (135, 1), one) for one in room)]:
        code = [movr(6, 1)]
        for number, *arguments in (*calls, (135, 0)):
            code += [movr(1, 6), *(mov(at, value) for at, value in enumerate(arguments, 2)), call(number)]
        kernel, vm = run_both(engines, ProgType.SCHED_CLS, [*code, EXIT], PACKETS["ip4"])
        assert kernel == vm, calls


@pytest.mark.parametrize("sizes", [(0, 8), (8, 0), (4, 8), (8, 4), (8, 8), (3, 8), (0, 0)])
def test_csum_diff(sizes: tuple[int, int], engines: tuple[KernelEngine, VmEngine]) -> None:
    pure = random.Random(repr(sizes))
    for _ in range(20):
        code = [
            I(op.LDDW, 3, imm=pure.getrandbits(64)), I(op.STX | op.MEM | op.DW, 10, 3, -8),
            I(op.LDDW, 3, imm=pure.getrandbits(64)), I(op.STX | op.MEM | op.DW, 10, 3, -16),
            movr(1, 10), I(op.ALU64 | op.ADD, 1, imm=-8), mov(2, sizes[0]),
            movr(3, 10), I(op.ALU64 | op.ADD, 3, imm=-16), mov(4, sizes[1]), mov(5, pure.getrandbits(31)), call(28),
            EXIT,
        ]  # fmt: skip
        kernel, vm = run_both(engines, ProgType.SCHED_CLS, code, bytes(64))
        assert kernel == vm


@pytest.mark.parametrize("type_", [ProgType.SCHED_CLS, ProgType.SOCKET_FILTER, ProgType.CGROUP_SKB])
@pytest.mark.parametrize("packet", PACKETS)
def test_contexts(type_: ProgType, packet: str, engines: tuple[KernelEngine, VmEngine]) -> None:
    """Field by field: what a program reads in its context."""
    for offset in (0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 64, 84):
        code = [I(op.LDX | op.MEM | op.W, 0, 1, offset), EXIT]
        if type_ == ProgType.CGROUP_SKB:
            # Such a program may only give 0 or 1: the kernel is asked whether it sees what the vm sees.
            seen = engines[1].load_program(ProgramSpec("look", type_, encode(code)), {}).run(PACKETS[packet]).retval
            code = [
                *code[:1],
                I(op.LDDW, 2, imm=seen),
                mov(3, 0),
                I(op.JMP | op.JNE | op.X, 0, 2, 1),
                mov(3, 1),
                movr(0, 3),
                EXIT,
            ]
        kernel, vm = run_both(engines, type_, code, PACKETS[packet])
        assert kernel == vm, offset


def test_tc_context_in_and_out(engines: tuple[KernelEngine, VmEngine]) -> None:
    """What a caller sets of a __sk_buff, what the program makes of it, and what comes back."""
    from struct import pack_into

    code = [st(op.W, 1, 8, 77), st(op.W, 1, 52, 5), st(op.W, 1, 32, 3), I(op.LDX | op.MEM | op.W, 0, 1, 48), EXIT]
    fields = [(8, 4, 1), (32, 4, 2), (48, 4, 3), (64, 4, 9), (152, 8, 99), (160, 4, 100), (160, 4, 7), (160, 4, 70000),
              (164, 4, 5), (164, 4, 70000), (176, 4, 6), (0, 4, 1), (16, 4, 1), (68, 4, 1), (144, 8, 1), (180, 1, 1)]  # fmt: skip
    for offset, size, value in fields:
        context = bytearray(192)
        pack_into({1: "=B", 4: "=I", 8: "=Q"}[size], context, offset, value)
        kernel, vm = run_both(engines, ProgType.SCHED_CLS, code, IP4, bytes(context))
        assert kernel == vm, (offset, value)


def test_xdp_context(engines: tuple[KernelEngine, VmEngine]) -> None:
    for offset in (12, 16):
        code = [I(op.LDX | op.MEM | op.W, 0, 1, offset), EXIT]
        kernel, vm = run_both(engines, ProgType.XDP, code, IP4)
        assert kernel == vm, offset
    from struct import pack

    pass_ = [mov(0, 2), EXIT]
    for words in ((0, 58, 0, 0, 0, 0), (4, 58, 0, 0, 0, 0), (4, 40, 0, 1, 0, 0), (3, 58, 0, 0, 0, 0), (0, 99, 0, 0, 0, 0),
                  (0, 58, 4, 0, 0, 0), (0, 58, 0, 0, 1, 0), (0, 58, 0, 0, 0, 3)):  # fmt: skip
        kernel, vm = run_both(engines, ProgType.XDP, pass_, IP4, pack("=6I", *words))
        assert kernel == vm, words


def test_what_the_kernel_takes_the_vm_takes(engines: tuple[KernelEngine, VmEngine]) -> None:
    """Random bytes as programs: what the kernel loads, the vm loads, and runs to the same end."""
    kernel, vm = engines
    pure = random.Random(7)
    for _ in range(300):
        code = [mov(0, 0)]
        for _ in range(pure.randrange(1, 6)):
            code.append(I(pure.randrange(256), pure.randrange(11), pure.choice([0, 0, 1, 10]), pure.choice([0, 0, 1, -1]),
                          pure.choice([0, 0, 1, 16, 32])))  # fmt: skip
        code.append(EXIT)
        try:
            spec = ProgramSpec("bytes", ProgType.SCHED_CLS, encode(code), license="GPL")
            loaded = kernel.load_program(spec.copy(), {})
        except EbpfError:
            continue
        mine = vm.load_program(spec, {})
        assert loaded.run(bytes(64)).retval == mine.run(bytes(64)).retval & 0xFFFFFFFF
        loaded.close()


def test_a_packet_that_grows_far(engines: tuple[KernelEngine, VmEngine]) -> None:
    """All of it comes back, unasked."""
    code = encode([mov(2, 12345), mov(3, 0), call(38), EXIT])
    spec = ProgramSpec("grow", ProgType.SCHED_CLS, code, license="GPL")
    kernel, vm = (engine.load_program(spec, {}).run(bytes(range(64))) for engine in engines)
    assert kernel.retval == vm.retval == 0 and kernel.data == vm.data == bytes(range(64)) + bytes(12345 - 64)
