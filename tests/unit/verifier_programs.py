"""Programs made at random for the verifier's tests: mostly sensible, so that verdicts are close, and never the same.

A program uses one array map ("values": 4 entries of 48 bytes), one hash map ("table": 8-byte keys, 16-byte values), one ring
buffer ("ring"), functions of its own, and what its type gives it. `make(seed)` is the same program for the same seed.
"""

from __future__ import annotations

import sys
from random import Random

from ebpf.asm import Instruction as I
from ebpf.asm import assemble, encode
from ebpf.spec import Function, MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

ALU64, ALU, LDX, STX, ST, JMP, JMP32 = op.ALU64, op.ALU, op.LDX, op.STX, op.ST, op.JMP, op.JMP32
K, X = op.K, op.X
_OPS = [op.ADD, op.SUB, op.MUL, op.AND, op.OR, op.XOR, op.LSH, op.RSH, op.ARSH, op.DIV, op.MOD]
_JUMPS = [op.JEQ, op.JNE, op.JGT, op.JGE, op.JLT, op.JLE, op.JSGT, op.JSGE, op.JSLT, op.JSLE, op.JSET]
_SIZES = {1: op.B, 2: op.H, 4: op.W, 8: op.DW}
_NUMBERS = [0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 33, 40, 47, 48, 63, 64, 100, 127, 128, 255, 256, 511, 4095, 65535, 65536,
            0x7FFFFFFF, -1, -2, -7, -8, -16, -128, -0x80000000]  # fmt: skip

MAPS = {
    "values": MapSpec("values", MapType.ARRAY, 4, 48, 4),
    "table": MapSpec("table", MapType.HASH, 8, 16, 16),
    "ring": MapSpec("ring", MapType.RINGBUF, 0, 0, 4096),
}
TYPES = [ProgType.XDP, ProgType.SOCKET_FILTER, ProgType.SCHED_CLS, ProgType.TRACEPOINT, ProgType.CGROUP_SKB]


class _Maker:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        #: How many pieces: at least, and less than.
        self.length = (4, 22)
        self.type = self.random.choice(TYPES)
        self.code: list[I | tuple[str, str]] = []
        self.kind: dict[int, str] = {1: "ctx", 10: "stack"}
        self.stack: dict[int, str] = {}
        self.references: list[tuple[int, str]] = []
        #: Jumps to be given a target: (index in code, number of pieces to skip).
        self.open: list[tuple[int, int]] = []
        #: Bodies of functions, and the calls of them: (index in code, function).
        self.functions: list[list[I]] = []
        self.calls: list[tuple[int, int]] = []

    def emit(self, insn: I) -> None:
        self.code.append(insn)

    def pick(self, kind: str) -> int | None:
        regs = [r for r, k in self.kind.items() if k == kind]
        return self.random.choice(regs) if regs else None

    def scalar(self) -> int:
        reg = self.pick("num")
        if reg is None:
            reg = self.free()
            self.emit(I(ALU64 | op.MOV | K, reg, imm=self.random.choice(_NUMBERS)))
            self.kind[reg] = "num"
        return reg

    def free(self) -> int:
        unused = [r for r in range(10) if r not in self.kind and r not in (1, 6)]
        if unused:
            return self.random.choice(unused)
        return self.random.choice([0, 2, 3, 4, 5, 7, 8, 9])

    def lddw(self, reg: int, name: str) -> None:
        self.references.append((len(self.code), name))
        self.emit(I(op.LDDW, reg, 1))

    # -- pieces

    def number(self) -> None:
        reg, r = self.free(), self.random
        way = r.randrange(5)
        if way == 0:
            self.emit(I(ALU64 | op.MOV | K, reg, imm=r.choice(_NUMBERS)))
        elif way == 1:
            self.emit(I(ALU | op.MOV | K, reg, imm=r.choice(_NUMBERS)))
        elif way == 2:
            self.emit(
                I(op.LDDW, reg, imm=r.choice([r.getrandbits(64), 1 << r.randrange(64), (1 << r.randrange(1, 64)) - 1]))
            )
        else:
            self.context_load(reg)
        self.kind[reg] = "num"

    def context_load(self, reg: int) -> None:
        base = self.pick("ctx")
        if base is None:
            self.emit(I(ALU64 | op.MOV | K, reg, imm=1))
            return
        offsets = {ProgType.XDP: [(12, 4), (16, 4)], ProgType.TRACEPOINT: [(8, 8), (16, 4), (24, 1), (16, 8)]}
        off, size = self.random.choice(offsets.get(self.type, [(0, 4), (4, 4), (8, 4), (16, 2), (8, 1), (48, 4)]))
        self.emit(I(LDX | op.MEM | _SIZES[size], reg, base, off))

    def arithmetic(self) -> None:
        r = self.random
        dst = self.scalar()
        which = r.choice(_OPS)
        kind = r.choice([ALU64, ALU64, ALU])
        if r.random() < 0.35:
            self.emit(I(kind | which | X, dst, self.scalar()))
            return
        imm = r.choice(_NUMBERS)
        if which in (op.LSH, op.RSH, op.ARSH):
            imm = r.randrange(64 if kind == ALU64 else 32)
        if which in (op.DIV, op.MOD) and imm == 0:
            imm = 3
        self.emit(I(kind | which | K, dst, imm=imm))

    def move(self) -> None:
        r = self.random
        src, dst = self.scalar(), self.free()
        if r.random() < 0.2:
            self.emit(I(ALU64 | op.MOV | X, dst, src, r.choice([8, 16, 32])))
        elif r.random() < 0.1:
            self.emit(I(ALU | op.MOV | X, dst, src, r.choice([8, 16])))
        else:
            self.emit(I(r.choice([ALU64, ALU64, ALU]) | op.MOV | X, dst, src))
        self.kind[dst] = "num"

    def unary(self) -> None:
        r = self.random
        reg = self.scalar()
        if r.random() < 0.5:
            self.emit(I(r.choice([ALU, ALU64]) | op.NEG, reg))
        else:
            self.emit(I(r.choice([ALU | op.END, ALU | op.END | X, ALU64 | op.END]), reg, imm=r.choice([16, 32, 64])))

    def bound(self) -> None:
        """A number made small, as programs do before they use it as an index."""
        r = self.random
        reg = self.scalar()
        way = r.randrange(3)
        limit = r.choice([1, 3, 7, 8, 15, 31, 40, 47, 48, 63, 255])
        if way == 0:
            self.emit(I(ALU64 | op.AND | K, reg, imm=limit))
        elif way == 1:
            self.jump(
                I(r.choice([JMP, JMP, JMP32]) | r.choice([op.JGT, op.JSGT, op.JGE]) | K, reg, imm=limit), far=True
            )
        else:
            self.emit(I(ALU64 | op.MOD | K, reg, imm=limit))

    def jump(self, insn: I, far: bool = False) -> None:
        self.open.append((len(self.code), 99 if far else self.random.randrange(1, 4)))
        self.emit(insn)

    def compare(self) -> None:
        r = self.random
        kind = r.choice([JMP, JMP, JMP32])
        reg = self.scalar()
        if r.random() < 0.4:
            self.jump(I(kind | r.choice(_JUMPS) | X, reg, self.scalar()), r.random() < 0.3)
        else:
            self.jump(I(kind | r.choice(_JUMPS) | K, reg, imm=r.choice(_NUMBERS)), r.random() < 0.3)

    def lookup(self) -> None:
        r = self.random
        name = r.choice(["values", "values", "table"])
        size = MAPS[name].key_size
        if size == 4:
            self.emit(
                I(ST | op.MEM | op.W, 10, 0, -4, r.choice([0, 1, 5]))
                if r.random() < 0.6
                else I(STX | op.MEM | op.W, 10, self.scalar(), -4)
            )
        else:
            self.emit(I(STX | op.MEM | op.DW, 10, self.scalar(), -8))
        self.emit(I(ALU64 | op.MOV | X, 2, 10))
        self.emit(I(ALU64 | op.ADD | K, 2, imm=-size))
        self.lddw(1, name)
        self.call(1)
        self.kind[0] = "maybe"
        if r.random() < 0.92:
            self.jump(I(JMP | op.JEQ | K, 0, imm=0), True)
            self.kind[0] = name
            if r.random() < 0.7:
                keep = r.choice([7, 8, 9])
                self.emit(I(ALU64 | op.MOV | X, keep, 0))
                self.kind[keep] = name

    def call(self, number: int) -> None:
        self.emit(I(JMP | op.CALL, imm=number))
        for reg in range(6):
            self.kind.pop(reg, None)

    def pure_call(self) -> None:
        self.call(self.random.choice([5, 7, 8]))
        self.kind[0] = "num"

    def value_access(self) -> None:
        r = self.random
        name = r.choice(["values", "table"])
        reg = self.pick(name)
        if reg is None:
            return
        whole = MAPS[name].value_size
        size = r.choice([1, 2, 4, 8])
        off = r.choice([0, 1, 4, 8, whole - size, whole - size, whole - size + r.choice([0, 0, 1]), r.randrange(whole)])
        self.access(reg, off, size)

    def access(self, reg: int, off: int, size: int) -> None:
        r = self.random
        way = r.randrange(4)
        if way == 0:
            self.emit(I(STX | op.MEM | _SIZES[size], reg, self.scalar(), off))
        elif way == 1:
            self.emit(I(ST | op.MEM | _SIZES[size], reg, 0, off, r.choice(_NUMBERS)))
        elif way == 2 and size < 8 and r.random() < 0.4:
            dst = self.free()
            self.emit(I(LDX | op.MEMSX | _SIZES[size], dst, reg, off))
            self.kind[dst] = "num"
        else:
            dst = self.free()
            self.emit(I(LDX | op.MEM | _SIZES[size], dst, reg, off))
            self.kind[dst] = "num"

    def value_arithmetic(self) -> None:
        r = self.random
        name = r.choice(["values", "table"])
        reg = self.pick(name)
        if reg is None or reg == 10:
            return
        if r.random() < 0.5:
            self.bound()
        if r.random() < 0.3:
            self.emit(I(ALU64 | r.choice([op.ADD, op.SUB]) | K, reg, imm=r.choice([0, 1, 4, 8, 40, -1, -8])))
        else:
            self.emit(I(ALU64 | r.choice([op.ADD, op.ADD, op.SUB]) | X, reg, self.scalar()))

    def stack_access(self) -> None:
        r = self.random
        size = r.choice([1, 2, 4, 8, 8, 8])
        off = -r.choice([8, 8, 16, 16, 24, 32, 5, 12, 20, 512, 516])
        off += r.choice([0, 0, 0, 0, 4, 1]) if size < 8 else 0
        way = r.randrange(5)
        if way == 0 and size == 8:
            reg = r.choice(list(self.kind))
            self.emit(I(STX | op.MEM | op.DW, 10, reg, off))
            self.stack[off] = self.kind[reg]
        elif way == 1:
            self.emit(I(ST | op.MEM | _SIZES[size], 10, 0, off, r.choice(_NUMBERS)))
            self.stack[off] = "num"
        elif way == 2:
            self.emit(I(STX | op.MEM | _SIZES[size], 10, self.scalar(), off))
            self.stack[off] = "num"
        elif self.stack and r.random() < 0.8:
            off = r.choice(list(self.stack))
            kind = self.stack[off]
            dst = self.free()
            size = 8 if kind != "num" and r.random() < 0.9 else r.choice([1, 2, 4, 8])
            self.emit(I(LDX | op.MEM | _SIZES[size], dst, 10, off))
            self.kind[dst] = kind if size == 8 else "num"
        else:
            dst = self.free()
            self.emit(I(LDX | op.MEM | _SIZES[size], dst, 10, off))
            self.kind[dst] = "num"

    def stack_variable(self) -> None:
        r = self.random
        reg = r.choice([2, 3, 7, 8])
        self.emit(I(ALU64 | op.MOV | X, reg, 10))
        self.emit(I(ALU64 | op.ADD | K, reg, imm=-r.choice([8, 16, 32, 64])))
        self.kind[reg] = "fp"
        self.bound()
        other = self.scalar()
        if other != reg:
            self.emit(I(ALU64 | op.ADD | X, reg, other))
        self.access(reg, r.choice([0, 0, 4, -4]), r.choice([1, 1, 4, 8]))

    def packet(self) -> None:
        r = self.random
        ctx = self.pick("ctx")
        if ctx is None or self.type not in (ProgType.XDP, ProgType.SCHED_CLS, ProgType.CGROUP_SKB):
            return
        data, end = (0, 4) if self.type == ProgType.XDP else (76, 80)
        a, b, c = r.sample([2, 3, 4, 5, 7, 8], 3)
        self.emit(I(LDX | op.MEM | op.W, a, ctx, data))
        self.emit(I(LDX | op.MEM | op.W, b, ctx, end))
        for reg in (a, b, c):
            self.kind.pop(reg, None)
        if r.random() < 0.5:
            self.bound()
            other = self.scalar()
            if other not in (a, b):
                self.emit(I(ALU64 | op.ADD | X, a, other))
        self.emit(I(ALU64 | op.MOV | X, c, a))
        need = r.choice([1, 2, 8, 14, 20])
        self.emit(I(ALU64 | op.ADD | K, c, imm=need))
        which = r.choice([op.JGT, op.JGT, op.JGE, op.JLT, op.JLE])
        first, second = (c, b) if r.random() < 0.7 else (b, c)
        self.jump(I(JMP | which | X, first, second), True)
        for _ in range(r.randrange(1, 3)):
            size = r.choice([1, 2, 4])
            self.access(a, max(0, need - size + r.choice([0, 0, 0, 1, -1])), size)
        self.kind[a] = "packet"

    def atomic(self) -> None:
        r = self.random
        reg = self.pick(r.choice(["values", "table"])) or 10
        which = r.choice([op.ADD, op.AND, op.OR, op.XOR, op.ADD | 1, op.XOR | 1, op.XCHG, op.CMPXCHG])
        src = self.scalar()
        if which == op.CMPXCHG and self.kind.get(0) != "num":
            return
        self.emit(
            I(STX | op.ATOMIC | r.choice([op.W, op.DW]), reg, src, -8 if reg == 10 else 8 * r.randrange(3), which)
        )

    def memory_call(self) -> None:
        """A helper that reads or fills memory of a size that is a number."""
        r = self.random
        if self.type == ProgType.TRACEPOINT:
            number = 113  # probe_read_kernel(dst, size, src)
            self.emit(I(ALU64 | op.MOV | X, 1, 10))
            self.emit(I(ALU64 | op.ADD | K, 1, imm=-r.choice([8, 16, 32, 64])))
            size = self.pick("num")
            if size is not None and size > 3 and r.random() < 0.5:
                self.emit(I(ALU64 | op.MOV | X, 2, size))
                if r.random() < 0.6:
                    self.emit(I(ALU64 | op.AND | K, 2, imm=r.choice([7, 8, 15, 63])))
            else:
                self.emit(I(ALU64 | op.MOV | K, 2, imm=r.choice([0, 1, 8, 16, 32, 64])))
            self.emit(I(ALU64 | op.MOV | K, 3, imm=0))
        else:
            number = 28  # csum_diff(from, from_size, to, to_size, seed)
            self.emit(I(ALU64 | op.MOV | X, 1, 10))
            self.emit(I(ALU64 | op.ADD | K, 1, imm=-r.choice([8, 16, 24])))
            self.emit(I(ALU64 | op.MOV | K, 2, imm=r.choice([4, 8, 16])))
            self.emit(I(ALU64 | op.MOV | K, 3, imm=0))
            self.emit(I(ALU64 | op.MOV | K, 4, imm=0))
            self.emit(I(ALU64 | op.MOV | K, 5, imm=0))
        self.call(number)
        self.kind[0] = "num"

    def loop(self) -> None:
        r = self.random
        reg = r.choice([7, 8, 9])
        self.emit(I(ALU64 | op.MOV | K, reg, imm=r.choice([0, 0, 1, 10])))
        self.kind[reg] = "num"
        start = len(self.code)
        for _ in range(r.randrange(1, 3)):
            dst = self.pick("num")
            if dst is not None and dst != reg:
                self.emit(
                    I(ALU64 | r.choice([op.ADD, op.XOR, op.AND, op.OR, op.LSH]) | K, dst, imm=r.choice([1, 2, 3, 7]))
                )
        step = r.choice([1, 1, 1, 2])
        self.emit(I(ALU64 | op.ADD | K, reg, imm=step))
        limit = r.choice([12, 17, 40])
        back = start - len(self.code) - 1
        self.emit(
            I(JMP | r.choice([op.JLT, op.JNE if step == 1 else op.JLT, op.JSLT, op.JLE]) | K, reg, 0, back, limit)
        )

    def record(self) -> None:
        """A record of the ring buffer: reserved, written to, given back (as a rule)."""
        r = self.random
        self.lddw(1, "ring")
        self.emit(I(ALU64 | op.MOV | K, 2, imm=r.choice([8, 16, 24])))
        self.emit(I(ALU64 | op.MOV | K, 3, imm=0))
        self.call(131)
        body: list[I] = []
        if r.random() < 0.7:
            body.append(I(ST | op.MEM | op.DW, 0, 0, r.choice([0, 0, 8, 16]), r.choice(_NUMBERS)))
        if r.random() < 0.93:
            body += [
                I(ALU64 | op.MOV | X, 1, 0),
                I(ALU64 | op.MOV | K, 2, imm=0),
                I(JMP | op.CALL, imm=r.choice([132, 133])),
            ]
        self.emit(I(JMP | op.JEQ | K, 0, 0, len(body)))
        for insn in body:
            self.emit(insn)
        for reg in range(6):
            self.kind.pop(reg, None)

    def function(self) -> int:
        """Another function: it gets a number in r1 and a pointer to 16 bytes of stack in r2."""
        r = self.random
        body = [I(ALU64 | op.MOV | X, 0, 1), I(ALU64 | op.MOV | K, 3, imm=r.choice(_NUMBERS))]
        for _ in range(r.randrange(1, 6)):
            way = r.randrange(6)
            if way == 0:
                body.append(I(ALU64 | r.choice([op.ADD, op.AND, op.OR, op.XOR, op.SUB]) | K, 0, imm=r.choice(_NUMBERS)))
            elif way == 1:
                body.append(I(ALU64 | r.choice([op.ADD, op.AND, op.MOV]) | X, 0, r.choice([1, 3])))
            elif way == 2:
                body.append(I(LDX | op.MEM | r.choice([op.W, op.DW, op.B]), 3, 2, r.choice([0, 8])))
            elif way == 3:
                body.append(I(STX | op.MEM | op.DW, 2, r.choice([0, 1, 3]), r.choice([0, 8])))
            elif way == 4:
                body += [I(r.choice([JMP, JMP32]) | r.choice(_JUMPS) | K, r.choice([0, 1, 3]), 0, 1, r.choice(_NUMBERS)),
                         I(ALU64 | op.MOV | K, 0, imm=r.choice([0, 1, 7, 64]))]  # fmt: skip
            else:
                body += [I(STX | op.MEM | op.DW, 10, r.choice([0, 1, 2]), -8), I(LDX | op.MEM | op.DW, 4, 10, -8)]
        self.functions.append([*body, I(JMP | op.EXIT)])
        return len(self.functions) - 1

    def own_call(self) -> None:
        r = self.random
        which = r.randrange(len(self.functions)) if self.functions and r.random() < 0.5 else self.function()
        number = self.scalar()
        self.emit(I(ALU64 | op.MOV | X, 1, number))
        self.emit(I(ALU64 | op.MOV | X, 2, 10))
        self.emit(I(ALU64 | op.ADD | K, 2, imm=r.choice([-16, -16, -32])))
        self.calls.append((len(self.code), which))
        self.call(0)
        self.code[-1].src = 1  # type: ignore[union-attr]
        self.kind[0] = "num"

    def build(self) -> ProgramSpec:
        r = self.random
        if r.random() < 0.8:
            self.emit(I(ALU64 | op.MOV | X, 6, 1))
            self.kind[6] = "ctx"
        for _ in range(r.randrange(1, 3)):
            self.number()
        pieces = [
            (self.number, 2), (self.arithmetic, 8), (self.move, 3), (self.unary, 1), (self.bound, 3), (self.compare, 5),
            (self.lookup, 3), (self.pure_call, 1), (self.value_access, 5), (self.value_arithmetic, 4),
            (self.stack_access, 5), (self.stack_variable, 2), (self.packet, 3), (self.atomic, 1), (self.memory_call, 2),
            (self.loop, 1), (self.record, 1), (self.own_call, 2),
        ]  # fmt: skip
        steps = r.choices([p for p, _ in pieces], [w for _, w in pieces], k=r.randrange(*self.length))
        marks: list[int] = []
        for step in steps:
            marks.append(len(self.code))
            step()
        end = len(self.code)
        if self.kind.get(0) != "num" or r.random() < 0.3:
            self.emit(I(ALU64 | op.MOV | K, 0, imm=r.choice([0, 1])))
        self.emit(I(JMP | op.EXIT))
        main = len(self.code)
        starts = []
        for body in self.functions:
            starts.append(len(self.code))
            self.code += body
        if r.random() < 0.02:
            self.code[r.randrange(main)].imm ^= 1  # type: ignore[union-attr]
        insns = [i for i in self.code if isinstance(i, I)]
        # Targets count slots; jumps skip pieces, so that what lies between stays whole.
        place: list[int] = []
        at = 0
        for insn in insns:
            place.append(at)
            at += insn.slots
        for index, skip in self.open:
            later = [m for m in marks if m > index]
            target = later[skip - 1] if len(later) >= skip else end
            insns[index].offset = place[target] - place[index] - 1
        # Loops counted instructions; count slots.
        for index, insn in enumerate(insns):
            if insn.opcode & 7 in (JMP, JMP32) and insn.offset < 0:
                target = index + 1 + insn.offset
                insn.offset = place[max(target, 0)] - place[index] - 1
        for index, which in self.calls:
            insns[index].imm = place[starts[which]] - place[index] - 1
        functions = [Function(0, "random")] + [Function(place[at], f"f{n}") for n, at in enumerate(starts)]
        program = ProgramSpec(name="random", type=self.type, license="GPL")
        program.instructions = insns
        program.functions = functions if self.functions else []
        program.references = [Reference(place[index], "map", name) for index, name in self.references]
        return program


def make(seed: int) -> ProgramSpec:
    return _Maker(seed).build()


#: How many calls of one function → how many instructions Linux 6.18 looks at. It compares what comes from other places apart.
LOOKED_AT = {1: 32, 2: 81, 3: 162, 4: 278, 5: 399, 6: 606, 8: 1050}


def calls(count: int) -> ProgramSpec:
    """Calls one function from so many places, each of which may be passed by."""
    lines = ["r6 = r1", "r7 = *(u32 *)(r6 + 0)", "r8 = *(u32 *)(r6 + 4)", "r9 = 0"]
    for n in range(count):
        lines += ["r1 = r7", "r1 += r9", "r2 = r1", "r2 += 8", f"if r2 > r8 goto next{n}"]
        lines += ["r2 = r9", "call summed", "r5 = r0", "r9 += 1", f"next{n}:"]
    lines += ["r0 = 2", "exit", "summed:", "r0 = *(u32 *)(r1 + 0)", "r3 = *(u32 *)(r1 + 4)"]
    lines += ["r0 += r3", "r3 <<= 3", "r0 ^= r2"] * 4
    code = encode(assemble("\n".join([*lines, "exit"])), sys.byteorder)
    return ProgramSpec("calls", ProgType.XDP, code, license="GPL")
