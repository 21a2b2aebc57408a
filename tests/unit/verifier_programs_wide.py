"""Programs made at random of what `verifier_programs` leaves out: callbacks, open-coded iterators, dynptrs, references that are
kept, atomics of every kind, spills of odd sizes, comparisons of a register with itself, signed division, loads from the packet
of old, functions that call functions. `make(seed)` is the same program for the same seed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from verifier_programs import _JUMPS, _NUMBERS, _SIZES, ALU, ALU64, JMP, JMP32, LDX, MAPS, ST, STX, K, X, _Maker

from ebpf.asm import Instruction as I
from ebpf.btf import Btf, Func, FuncProto, Int, Param
from ebpf.btf.build import Builder
from ebpf.spec import Function, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import IDS
from ebpf.uapi.prog_types import ProgType

__all__ = ["MAPS", "make"]
_FETCHES = [op.ADD, op.AND, op.OR, op.XOR, op.ADD | 1, op.AND | 1, op.OR | 1, op.XOR | 1, op.XCHG, op.CMPXCHG]


@cache
def types() -> Btf:
    """u64, int f(u64, u64, u64, u64), and static functions of that type: id 4 is the main one, 5 … the others."""
    functions = [Func("random", 3, 0), *(Func(f"f{n}", 3, 0) for n in range(30))]
    params = [Param(name, 1) for name in "abcd"]
    return Btf.parse(bytes(Builder([Int("long", 8, 0, 64), Int("int", 4, 1, 32), FuncProto(2, params), *functions])))


class _Wide(_Maker):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.types = types
        self.kfuncs: list[tuple[int, str]] = []
        #: 16-byte loads of a function's address: (index in code, function).
        self.pointers: list[tuple[int, int]] = []

    # -- pieces

    def self_compare(self) -> None:
        reg = self.scalar()
        self.jump(
            I(self.random.choice([JMP, JMP32]) | self.random.choice(_JUMPS) | X, reg, reg), self.random.random() < 0.3
        )

    def odd_spill(self) -> None:
        r = self.random
        size, base = r.choice([1, 2, 4]), -r.choice([8, 16, 24])
        self.emit(I(STX | op.MEM | _SIZES[size], 10, self.scalar(), base + r.choice([0, 0, 8 - size, 4 % (9 - size)])))
        if r.random() < 0.5:
            self.emit(
                I(ST | op.MEM | _SIZES[r.choice([1, 2, 4])], 10, 0, base + r.choice([0, 2, 4]), r.choice(_NUMBERS))
            )
        dst, width = self.free(), r.choice([1, 2, 4, 8])
        mode = op.MEMSX if width < 8 and r.random() < 0.2 else op.MEM
        self.emit(I(LDX | mode | _SIZES[width], dst, 10, base + r.choice([0, 0, 0, 8 - width])))
        self.kind[dst] = "num"

    def atomic(self) -> None:
        r = self.random
        reg = self.pick(r.choice(["values", "table"])) or 10
        at = r.choice([-8, -16]) if reg == 10 else 8 * r.randrange(3)
        way = r.random()
        if way < 0.2:
            dst = self.free()
            self.emit(I(STX | op.ATOMIC | r.choice([op.B, op.H, op.W, op.DW]), dst, reg, at, op.LOAD_ACQ))
            self.kind[dst] = "num"
        elif way < 0.4:
            self.emit(I(STX | op.ATOMIC | r.choice([op.B, op.H, op.W, op.DW]), reg, self.scalar(), at, op.STORE_REL))
        else:
            which = r.choice(_FETCHES)
            if which == op.CMPXCHG and self.kind.get(0) != "num":
                return
            self.emit(I(STX | op.ATOMIC | r.choice([op.W, op.DW]), reg, self.scalar(), at, which))

    def signed_division(self) -> None:
        r = self.random
        which = r.choice([op.DIV, op.MOD])
        if r.random() < 0.4:
            self.emit(I(r.choice([ALU, ALU64]) | which | X, self.scalar(), self.scalar(), 1))
        else:
            self.emit(I(r.choice([ALU, ALU64]) | which | K, self.scalar(), 0, 1, r.choice([1, 2, 7, -1, -3, 48])))

    def old_load(self) -> None:
        if self.type not in (ProgType.SOCKET_FILTER, ProgType.SCHED_CLS) or self.kind.get(6) != "ctx":
            return
        r = self.random
        mode = r.choice([op.ABS, op.IND])
        self.emit(
            I(
                op.LD | mode | r.choice([op.B, op.H, op.W]),
                0,
                self.scalar() if mode == op.IND else 0,
                0,
                r.choice([0, 14]),
            )
        )
        for reg in range(6):
            self.kind.pop(reg, None)
        self.kind[0] = "num"

    def callback(self) -> None:
        """bpf_loop() or bpf_for_each_map_elem() with a body of its own, that may change a number on this stack."""
        r = self.random
        each = r.random() < 0.4
        body = [I(ALU64 | op.MOV | K, 0, imm=r.choice([0, 0, 0, 1, 1]))]
        data = 4 if each else 2
        for _ in range(r.randrange(1, 4)):
            way = r.randrange(5)
            if way == 0:
                body.append(I(LDX | op.MEM | op.DW, 3, data, r.choice([0, 8])))
            elif way == 1:
                body.append(I(ST | op.MEM | op.DW, data, 0, r.choice([0, 8]), r.choice(_NUMBERS)))
            elif way == 2:
                body += [
                    I(LDX | op.MEM | op.DW, 5, data, 0),
                    I(ALU64 | op.ADD | K, 5, imm=1),
                    I(STX | op.MEM | op.DW, data, 5, 0),
                ]
            elif way == 3 and each:
                body.append(I(LDX | op.MEM | r.choice([op.W, op.DW]), 5, 3, r.choice([0, 8, 40])))
            else:
                body.append(I(JMP | r.choice(_JUMPS) | K, 1 if not each else 0, 0, 0, r.choice([0, 1, 5])))
        self.functions.append([*body, I(JMP | op.EXIT)])
        self.emit(I(ST | op.MEM | op.DW, 10, 0, -16, r.choice([0, 1, 7])))
        self.emit(I(ST | op.MEM | op.DW, 10, 0, -8, 0))
        if each:
            self.lddw(1, r.choice(["values", "table"]))
        else:
            self.emit(I(ALU64 | op.MOV | K, 1, imm=r.choice([0, 1, 3, 100])))
        self.pointers.append((len(self.code), len(self.functions) - 1))
        self.emit(I(op.LDDW, 2, 4))
        self.emit(I(ALU64 | op.MOV | X, 3, 10))
        self.emit(I(ALU64 | op.ADD | K, 3, imm=-16))
        self.emit(I(ALU64 | op.MOV | K, 4, imm=0))
        self.call(IDS["for_each_map_elem" if each else "loop"])
        self.kind[0] = "num"
        dst = r.choice([7, 8, 9])
        self.emit(I(LDX | op.MEM | op.DW, dst, 10, -16))
        self.kind[dst] = "num"

    def kfunc(self, name: str) -> None:
        self.kfuncs.append((len(self.code), name))
        self.call(0)
        self.code[-1].src = 2  # type: ignore[union-attr]

    def iterator(self) -> None:
        """bpf_for(): new, next in a loop, destroy; now and then something is left out."""
        r = self.random
        at = -r.choice([40, 48])
        first = [I(ALU64 | op.MOV | X, 1, 10), I(ALU64 | op.ADD | K, 1, imm=at)]
        keep = r.choice([7, 8, 9])
        self.emit(I(ALU64 | op.MOV | K, keep, imm=0))
        self.kind[keep] = "num"
        for insn in first:
            self.emit(insn)
        self.emit(I(ALU64 | op.MOV | K, 2, imm=r.choice([0, 1, -5])))
        self.emit(I(ALU64 | op.MOV | K, 3, imm=r.choice([0, 4, 10])))
        if r.random() < 0.97:
            self.kfunc("bpf_iter_num_new")
        head = len(self.code)
        for insn in first:
            self.emit(I(insn.opcode, insn.dst, insn.src, 0, insn.imm))
        self.kfunc("bpf_iter_num_next")
        body = [I(LDX | op.MEM | op.W, 4, 0, 0)]
        if r.random() < 0.7:
            body.append(I(ALU64 | r.choice([op.ADD, op.AND, op.XOR, op.MOV]) | X, keep, 4))
        if r.random() < 0.4:
            body.append(I(ALU64 | op.AND | K, keep, imm=r.choice([7, 31])))
        if r.random() < 0.3:
            body.append(I(JMP | r.choice(_JUMPS) | K, 4, 0, 0, 3))
        self.emit(I(JMP | op.JEQ | K, 0, 0, len(body) + 1))
        for insn in body:
            self.emit(insn)
        self.emit(I(JMP | op.JA, 0, 0, head - len(self.code) - 1))
        for insn in first:
            self.emit(I(insn.opcode, insn.dst, insn.src, 0, insn.imm))
        if r.random() < 0.95:
            self.kfunc("bpf_iter_num_destroy")
        for reg in range(6):
            self.kind.pop(reg, None)

    def dynptr(self) -> None:
        r = self.random
        reg = self.pick(r.choice(["values", "table"]))
        place = -r.choice([64, 80])
        if reg is not None and reg > 5 and r.random() < 0.6:
            self.emit(I(ALU64 | op.MOV | X, 1, reg))
            self.emit(I(ALU64 | op.MOV | K, 2, imm=r.choice([1, 8, 16])))
            self.emit(I(ALU64 | op.MOV | K, 3, imm=0))
            self.emit(I(ALU64 | op.MOV | X, 4, 10))
            self.emit(I(ALU64 | op.ADD | K, 4, imm=place))
            self.call(IDS["dynptr_from_mem"])
            kept = False
        else:
            self.lddw(1, "ring")
            self.emit(I(ALU64 | op.MOV | K, 2, imm=r.choice([8, 16])))
            self.emit(I(ALU64 | op.MOV | K, 3, imm=0))
            self.emit(I(ALU64 | op.MOV | X, 4, 10))
            self.emit(I(ALU64 | op.ADD | K, 4, imm=place))
            self.call(IDS["ringbuf_reserve_dynptr"])
            kept = True
        if r.random() < 0.7:
            self.emit(I(ALU64 | op.MOV | X, 1, 10))
            self.emit(I(ALU64 | op.ADD | K, 1, imm=place + r.choice([0, 0, 0, 0, 8])))
            self.emit(I(ALU64 | op.MOV | K, 2, imm=r.choice([0, 4])))
            self.emit(I(ALU64 | op.MOV | K, 3, imm=r.choice([4, 8])))
            self.call(IDS["dynptr_data"])
            body = [I(r.choice([ST, ST, STX]) | op.MEM | op.W, 0, 10, r.choice([0, 0, 4, 8]))]
            if body[0].opcode & 7 == ST:
                body[0].src = 0
            else:
                body[0].src = 0 if r.random() < 0.5 else 10
            if r.random() < 0.9:
                self.emit(I(JMP | op.JEQ | K, 0, 0, len(body)))
            for insn in body:
                self.emit(insn)
        if kept and r.random() < 0.93:
            self.emit(I(ALU64 | op.MOV | X, 1, 10))
            self.emit(I(ALU64 | op.ADD | K, 1, imm=place))
            self.emit(I(ALU64 | op.MOV | K, 2, imm=0))
            self.call(IDS[r.choice(["ringbuf_submit_dynptr", "ringbuf_discard_dynptr"])])
        for number in range(6):
            self.kind.pop(number, None)

    def kept_record(self) -> None:
        """A reserved record that is kept on the stack for a while, and given back through that."""
        r = self.random
        self.lddw(1, "ring")
        self.emit(I(ALU64 | op.MOV | K, 2, imm=16))
        self.emit(I(ALU64 | op.MOV | K, 3, imm=0))
        self.call(IDS["ringbuf_reserve"])
        at = -r.choice([24, 32])
        self.emit(I(STX | op.MEM | op.DW, 10, 0, at))
        tail = [I(LDX | op.MEM | op.DW, 1, 10, at)]
        if r.random() < 0.6:
            tail.append(I(ST | op.MEM | op.DW, 1, 0, r.choice([0, 8, 8, 16]), 5))
        tail += [
            I(ALU64 | op.MOV | K, 2, imm=0),
            I(JMP | op.CALL, imm=IDS[r.choice(["ringbuf_submit", "ringbuf_discard"])]),
        ]
        self.emit(I(JMP | op.JEQ | K, 0, 0, len(tail)))
        if r.random() < 0.95:
            for insn in tail:
                self.emit(insn)
        for number in range(6):
            self.kind.pop(number, None)
        self.stack[at] = "num"

    def pieces(self) -> list[tuple[Callable[[], None], int]]:
        """What is chosen from, and how often."""
        return [
            (self.self_compare, 2), (self.odd_spill, 4), (self.atomic, 3), (self.signed_division, 1), (self.old_load, 1),
            (self.callback, 2), (self.iterator, 2), (self.dynptr, 2), (self.kept_record, 1),
        ]  # fmt: skip

    def build(self) -> ProgramSpec:
        r = self.random
        extra = self.pieces()
        chosen = r.choices([p for p, _ in extra], [w for _, w in extra], k=r.randrange(1, 6))
        usual = self.value_access

        def mixed() -> None:
            # The plain pieces are chosen by the base class; these come in among them.
            if chosen:
                chosen.pop()()
            usual()

        self.value_access = self.number = mixed  # type: ignore[method-assign]
        program = super().build()
        place, at = [], 0
        insns = program.instructions
        for insn in insns:
            place.append(at)
            at += insn.slots
        starts = [f.slot for f in program.functions[1:]]
        for index, which in self.pointers:
            insns[index].imm = (starts[which] - place[index] - 1) & 0xFFFFFFFF
        program.instructions = insns
        program.references += [Reference(place[index], "kfunc", name) for index, name in self.kfuncs]
        program.references.sort(key=lambda reference: reference.slot)
        program.btf = self.types()
        program.functions = [
            Function(function.slot, function.name, 4 + n)
            for n, function in enumerate(program.functions or [Function(0, "random")])
        ]
        return program


def make(seed: int) -> ProgramSpec:
    return _Wide(seed).build()
