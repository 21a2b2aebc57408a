"""Random programs through the interpreter and through generated code: they must agree on everything.

    python tests/fuzz/jit_fuzz.py [COUNT [SEED]] [--proved]

Agree on how the run ends (a value, or a fault at the same instruction), on r0, and on every byte of the context and the
maps. Programs are made of what real ones do (stack, context, packet, map values, loops, calls) and bent at random, so that
many go wrong somewhere. With --proved, those that the verifier takes run without the checks that its proof makes needless.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from ebpf.asm import Instruction, encode
from ebpf.errors import Fault, VerifierError
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.verifier import verify
from ebpf.vm.engine import VmEngine

Outcome = tuple[object, ...]
BUDGET = 20_000
_ALU = [op.ADD, op.SUB, op.MUL, op.DIV, op.OR, op.AND, op.LSH, op.RSH, op.MOD, op.XOR, op.MOV, op.ARSH]
_JUMPS = [op.JEQ, op.JGT, op.JGE, op.JSET, op.JNE, op.JSGT, op.JSGE, op.JLT, op.JLE, op.JSLT, op.JSLE]
_SIZES = [op.W, op.H, op.B, op.DW]
_NUMBERS = [0, 1, -1, 2, 4, 7, 8, 16, 31, 32, 63, 64, 255, 4096, 0x7FFFFFFF, -0x80000000, 12345, -8, -16, -512, 511]


#: Where the context has the packet's start and end.
PACKET_FIELDS = {ProgType.XDP: (0, 4), ProgType.SCHED_CLS: (76, 80)}


class Maker:
    """Makes one program of `length` pieces or so."""

    def __init__(self, rng: random.Random, type_: ProgType) -> None:
        self.rng = rng
        self.type = type_
        self.code: list[Instruction] = []
        self.references: list[tuple[int, str]] = []

    def emit(self, opcode: int, dst: int = 0, src: int = 0, offset: int = 0, imm: int = 0) -> None:
        self.code.append(Instruction(opcode, dst, src, offset, imm))

    def slots(self) -> int:
        return sum(insn.slots for insn in self.code)

    def reg(self) -> int:
        return self.rng.randrange(10)

    def number(self) -> int:
        rng = self.rng
        return rng.choice(_NUMBERS) if rng.random() < 0.8 else rng.randint(-(1 << 31), (1 << 31) - 1)

    def alu(self) -> None:
        rng = self.rng
        kind = rng.choice((op.ALU, op.ALU64, op.ALU64))
        operation = rng.choice(_ALU)
        offset = rng.choice((0, 1)) if operation in (op.DIV, op.MOD) else 0
        if rng.random() < 0.5:
            if operation == op.MOV and rng.random() < 0.3:
                offset = rng.choice((8, 16, 32) if kind == op.ALU64 else (8, 16))
            self.emit(kind | operation | op.X, self.reg(), rng.randrange(11), offset)
        else:
            self.emit(kind | operation | op.K, self.reg(), 0, offset, self.number())

    def unary(self) -> None:
        rng = self.rng
        if rng.random() < 0.5:
            self.emit(rng.choice((op.ALU, op.ALU64)) | op.NEG, self.reg())
        else:
            self.emit(rng.choice((op.ALU, op.ALU | op.X, op.ALU64)) | op.END, self.reg(), imm=rng.choice((16, 32, 64)))

    def frame_offset(self, size: int) -> int:
        if self.rng.random() < 0.03:
            return self.rng.choice((0, -513, 8, -1032, -1100, 520))
        return -self.rng.randrange(1, 9) * 8 + self.rng.choice((0, 0, 0, 8 - size))

    def stack(self) -> None:
        rng = self.rng
        size = rng.choice(_SIZES)
        offset = self.frame_offset(op.SIZE_BYTES[size])
        what = rng.random()
        if what < 0.4:
            self.emit(op.STX | op.MEM | size, 10, rng.randrange(11), offset)
        elif what < 0.6:
            self.emit(op.ST | op.MEM | size, 10, 0, offset, self.number())
        else:
            mode = op.MEMSX if size != op.DW and rng.random() < 0.2 else op.MEM
            self.emit(op.LDX | mode | size, self.reg(), 10, offset)

    def frame_pointer(self) -> None:
        reg = self.reg()
        self.emit(op.ALU64 | op.MOV | op.X, reg, 10)
        self.emit(op.ALU64 | op.ADD | op.K, reg, imm=self.frame_offset(8))

    def memory(self) -> None:
        """An access through any register."""
        rng = self.rng
        size = rng.choice(_SIZES)
        offset = rng.choice((0, 0, 0, 4, 8, 12, -4, -8, 16, 3))
        what = rng.random()
        if what < 0.5:
            self.emit(op.LDX | op.MEM | size, self.reg(), rng.choice((1, 6, 6, 7, 0, self.reg())), offset)
        elif what < 0.75:
            self.emit(op.STX | op.MEM | size, rng.choice((1, 6, 7, 0, self.reg())), self.reg(), offset)
        else:
            wide = rng.choice((op.W, op.DW))
            operation = rng.choice((op.ADD, op.OR, op.AND, op.XOR, op.XCHG, op.CMPXCHG))
            operation |= op.FETCH if rng.random() < 0.5 else 0
            self.emit(
                op.STX | op.ATOMIC | wide,
                rng.choice((10, 7, 0, self.reg())),
                self.reg(),
                rng.choice((-8, -16, 0, 4, -4)),
                operation,
            )

    def mask(self) -> None:
        """A number small enough to be an index."""
        reg = self.reg()
        self.emit(op.ALU64 | op.AND | op.K, reg, imm=self.rng.choice((3, 7, 15, 63, 255)))

    def load_map(self, reg: int, name: str) -> None:
        self.references.append((self.slots(), name))
        self.emit(op.LDDW, reg, 1 if name != "data" else 2)

    def lookup(self) -> None:
        rng = self.rng
        name = rng.choice(("array", "array", "hash", "percpu"))
        key = rng.randrange(6)
        self.emit(op.ST | op.MEM | op.DW, 10, 0, -8, key)
        self.emit(op.ALU64 | op.MOV | op.X, 2, 10)
        self.emit(op.ALU64 | op.ADD | op.K, 2, imm=-8)
        self.load_map(1, name)
        self.emit(op.JMP | op.CALL, imm=1)
        if rng.random() < 0.9:
            self.emit(op.JMP | op.JEQ | op.K, 0, 0, 1, 0)
            self.emit(op.LDX | op.MEM | rng.choice(_SIZES), self.rng.choice((3, 4, 8)), 0, rng.choice((0, 0, 8, 13)))
        if rng.random() < 0.5:
            self.emit(op.ALU64 | op.MOV | op.X, 7, 0)

    def update(self) -> None:
        rng = self.rng
        self.emit(op.ST | op.MEM | op.DW, 10, 0, -8, rng.randrange(6))
        self.emit(op.ALU64 | op.MOV | op.X, 2, 10)
        self.emit(op.ALU64 | op.ADD | op.K, 2, imm=-8)
        self.emit(op.ALU64 | op.MOV | op.X, 3, 10)
        self.emit(op.ALU64 | op.ADD | op.K, 3, imm=-40)
        self.load_map(1, rng.choice(("array", "hash")))
        self.emit(op.ALU64 | op.MOV | op.K, 4, imm=rng.choice((0, 0, 1, 2)))
        self.emit(op.JMP | op.CALL, imm=rng.choice((2, 2, 3)))

    def data(self) -> None:
        self.load_map(self.rng.choice((7, 8)), "data")

    def packet(self) -> None:
        """The usual way to the packet: data, data_end, a check, some loads."""
        rng = self.rng
        data, end = PACKET_FIELDS[self.type]
        self.emit(op.ALU64 | op.MOV | op.X, 2, 6)
        self.emit(op.LDX | op.MEM | op.W, 7, 2, data)
        self.emit(op.LDX | op.MEM | op.W, 8, 2, end)
        self.emit(op.ALU64 | op.MOV | op.X, 3, 7)
        self.emit(op.ALU64 | op.ADD | op.K, 3, imm=rng.choice((4, 8, 14, 40)))
        if rng.random() < 0.9:
            self.emit(op.JMP | rng.choice((op.JGT, op.JGE, op.JSGT)) | op.X, 3, 8, 2)
        self.emit(op.LDX | op.MEM | rng.choice(_SIZES), 4, 7, rng.choice((0, 3, 6, 12)))
        self.emit(op.STX | op.MEM | rng.choice(_SIZES), 7, 4, rng.choice((0, 3, 6)))

    def skb(self) -> None:
        """Some fields of a `__sk_buff`, read and written."""
        rng = self.rng
        self.emit(op.LDX | op.MEM | op.W, self.reg(), 6, rng.choice((0, 4, 16, 8, 48, 40, 68)))
        if rng.random() < 0.5:
            self.emit(op.STX | op.MEM | op.W, 6, self.reg(), rng.choice((8, 32, 48, 52, 72)))

    def loop(self) -> None:
        """A counted loop over whatever register 7 points to, or over nothing."""
        rng = self.rng
        counter, step = rng.choice((8, 9)), rng.choice((1, 2, 4))
        self.emit(op.ALU64 | op.MOV | op.K, counter, imm=0)
        if rng.random() < 0.5:
            self.emit(op.ALU64 | op.MOV | op.X, 5, rng.choice((6, 7)))
        top = self.slots()
        body = rng.randrange(3)
        if body == 0:
            self.emit(op.LDX | op.MEM | rng.choice(_SIZES), 4, 5, 0)
            self.emit(op.ALU64 | op.ADD | op.X, 3, 4)
            self.emit(op.ALU64 | op.ADD | op.K, 5, imm=step)
        else:
            for _ in range(rng.randrange(1, 4)):
                rng.choice((self.alu, self.stack))()
        self.emit(op.ALU64 | op.ADD | op.K, counter, imm=1)
        self.emit(op.JMP | op.JLT | op.K, counter, 0, top - self.slots() - 1, rng.choice((3, 8, 40, 3000)))

    def branch(self) -> None:
        rng = self.rng
        self.emit(
            rng.choice((op.JMP, op.JMP32)) | rng.choice(_JUMPS) | op.K,
            self.reg(),
            0,
            rng.choice((1, 1, 2, 3)),
            self.number(),
        ) if rng.random() < 0.6 else self.emit(
            rng.choice((op.JMP, op.JMP32)) | rng.choice(_JUMPS) | op.X, self.reg(), self.reg(), rng.choice((1, 2))
        )

    def call(self) -> None:
        self.emit(op.JMP | op.CALL, src=1, imm=-1)  # filled in by make()

    def make(self, pieces: int, *, tidy: bool = False) -> ProgramSpec:
        """A program; a tidy one has no second function, and sets its registers before it reads them."""
        rng = self.rng
        self.emit(op.ALU64 | op.MOV | op.X, 6, 1)
        self.emit(op.ALU64 | op.MOV | op.X, 7, 1)
        choices = [self.alu, self.alu, self.unary, self.stack, self.stack, self.frame_pointer, self.memory, self.memory,
                   self.mask, self.lookup, self.update, self.data, self.loop, self.branch, self.branch, self.call]  # fmt: skip
        if self.type in PACKET_FIELDS:
            choices += [self.packet, self.packet, self.packet]
        if self.type == ProgType.SCHED_CLS:
            choices += [self.skb, self.skb]
        if tidy:
            choices = [choice for choice in choices if choice != self.call]
            for reg in (0, 2, 3, 4, 5, 8, 9):
                self.emit(op.ALU64 | op.MOV | op.K, reg, imm=self.number())
            for offset in range(-64, 0, 8):
                self.emit(op.ST | op.MEM | op.DW, 10, 0, offset, self.number())
        for _ in range(pieces):
            rng.choice(choices)()
        self._end(tidy=tidy)
        function = self.slots()
        for _ in range(0 if tidy else rng.randrange(1, 5)):
            rng.choice([self.alu, self.stack, self.memory, self.mask, self.branch])()
        if not tidy:
            self._end()
        slot = 0
        for insn in self.code:
            if insn.opcode == op.JMP | op.CALL and insn.src == 1:
                insn.imm = function - slot - 1
            slot += insn.slots
        self._keep_jumps_in(function)
        references = [
            Reference(
                slot, "map_value" if name == "data" else "map", name, 4 * rng.randrange(3) if name == "data" else 0
            )
            for slot, name in self.references
        ]
        return ProgramSpec("fuzz", self.type, encode(self.code, sys.byteorder), references=references)

    def _end(self, *, tidy: bool = False) -> None:
        # Targets of the last jumps.
        for _ in range(3):
            self.emit(op.ALU64 | op.MOV | op.K, 3, imm=0)
        if tidy:
            self.emit(op.ALU64 | op.AND | op.K if self.rng.random() < 0.3 else op.ALU64 | op.MOV | op.K, 0, imm=3)
            self.emit(op.JMP | op.EXIT)
            return
        if self.rng.random() < 0.3:
            self.emit(op.ALU64 | op.MOV | op.X, 0, self.reg())
        self.emit(op.JMP | op.EXIT)

    def _keep_jumps_in(self, function: int) -> None:
        """Moves jumps that would land in the middle of a 16-byte load to the instruction after it."""
        second = set()
        slot = 0
        for insn in self.code:
            if insn.slots == 2:
                second.add(slot + 1)
            slot += insn.slots
        slot = 0
        for insn in self.code:
            jump = insn.opcode & 7 in (op.JMP, op.JMP32) and insn.opcode & op.OP_MASK not in (op.CALL, op.EXIT)
            if jump and slot + 1 + insn.offset in second:
                insn.offset += 1
            slot += insn.slots


MAPS = {
    "array": MapSpec("array", MapType.ARRAY, 4, 16, 4),
    "hash": MapSpec("hash", MapType.HASH, 8, 20, 4),
    "percpu": MapSpec("percpu", MapType.PERCPU_ARRAY, 4, 8, 3),
    "data": MapSpec("data", MapType.ARRAY, 4, 24, 1),
}


class Bench:
    """An engine with maps that are put back to how they began before each run."""

    def __init__(self) -> None:
        self.engine = VmEngine(jit=False, budget=BUDGET, cpus=2)
        self.maps = {name: self.engine.create_map(spec) for name, spec in MAPS.items()}

    def reset(self) -> None:
        for name, map_ in self.maps.items():
            for key, _ in list(map_.items()):
                if name != "hash":
                    map_.update(key, bytes(range(1, map_.value_bytes + 1)))
        self._empty()
        for key in range(2):
            self.maps["hash"].update(key.to_bytes(8, sys.byteorder), bytes(range(20)))

    def _empty(self) -> None:
        """Empties the hash so that new elements come to lie where they did the time before: r0 may be their address."""
        table = self.maps["hash"]
        for key, _ in list(table.items()):
            table.delete(key)
        for number in range(table.max_entries):
            table.update((100 + number).to_bytes(8, sys.byteorder), bytes(20))
        for index in reversed(range(table.max_entries)):
            table.delete(table.key_at(index))  # type: ignore[attr-defined]

    def contents(self) -> dict[str, dict[bytes, bytes]]:
        return {name: dict(map_.items()) for name, map_ in self.maps.items()}

    def outcome(self, program: object, data: bytes, context: bytes) -> Outcome:
        self.reset()
        try:
            result = program.run(data, context)  # type: ignore[attr-defined]
        except Fault as fault:
            return ("fault", fault.slot, fault.address, self.contents())
        return ("value", result.retval, result.data, result.context, self.contents())


def one(bench: Bench, seed: int) -> str | None:
    """Runs one program; what differs, or None. Raises VerifierError for one that can't be loaded."""
    rng = random.Random(seed)
    type_ = rng.choice((ProgType.UNSPEC, ProgType.XDP))
    spec = Maker(rng, type_).make(rng.randrange(2, 14))
    data = bytes(rng.randrange(256) for _ in range(rng.choice((14, 15, 40, 64)))) if type_ == ProgType.XDP else b""
    context = bytes(rng.randrange(256) for _ in range(rng.choice((0, 16, 64)))) if type_ == ProgType.UNSPEC else b""
    program = bench.engine.load_program(spec, bench.maps)
    try:
        expected = bench.outcome(program, data, context)
        for level in (0, 2):
            program.compile(level)
            found = bench.outcome(program, data, context)
            if found != expected:
                return f"seed {seed}, level {level}:\n  interpreter {expected}\n  native      {found}"
    finally:
        program.close()
    return None


def proved(bench: Bench, seed: int) -> str | None:
    """Runs one program that the verifier takes, unchecked; VerifierError for one that it doesn't take. Small ones, since of
    random programs it takes few."""
    rng = random.Random(seed)
    spec = Maker(rng, ProgType.XDP).make(rng.randrange(1, 7), tidy=True)
    spec.license = "GPL"
    proof = verify(spec, MAPS, max_processed=20_000)
    data = bytes(rng.randrange(256) for _ in range(rng.choice((14, 40, 64))))
    program = bench.engine.load_program(spec, bench.maps)
    try:
        expected = bench.outcome(program, data, b"")
        if expected[0] != "value":
            return f"seed {seed}: the verifier took a program that faults: {expected}"
        program.proof = proof
        program.compile(2)
        found = bench.outcome(program, data, b"")
        return None if found == expected else f"seed {seed}, proved:\n  interpreter {expected}\n  native      {found}"
    finally:
        program.close()


def main(count: int, seed: int, what: Callable[[Any, int], str | None] = one, bench: object = None) -> int:
    bench = bench or Bench()
    ran = refused = wrong = 0
    for number in range(seed, seed + count):
        try:
            difference = what(bench, number)
        except VerifierError:
            refused += 1
            continue
        ran += 1
        if difference:
            wrong += 1
            print(difference)
    print(f"{ran} programs ran, {refused} were refused, {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    what = proved if "--proved" in sys.argv else one
    words = [int(word) for word in sys.argv[1:] if word.isdigit()]
    count, seed = [*words, *[1000, 1][len(words) :]]
    sys.exit(main(count, seed, what))
