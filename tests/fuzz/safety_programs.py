"""The programs of the safety run (safety.py): by kind and seed, the same each time.

any       whatever instructions the loader takes, calls of every helper, five program types
made      what real programs do (stack, context, packet, map values, loops, calls), bent at random (jit_fuzz.Maker)
careful   made so that Linux's verifier takes most of them: maps of every kind that a program can walk, packets, tail
          calls, functions, atomics, helpers that give the same each time
bent      a careful one with one to three fields of its instructions changed
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

import jit_fuzz
import vm_fuzz

from ebpf.asm import Instruction, decode, encode
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.flags import BPF_F_NO_PREALLOC, BPF_F_RDONLY_PROG, BPF_F_WRONLY_PROG, BPF_F_ZERO_SEED
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.structure import is_jump, jump_target, wrong

I = Instruction  # noqa: E741
KINDS = ("any", "made", "careful", "bent", "asked")
#: The verifier takes next to none of the others.
FOR_THE_KERNEL = ("careful", "bent", "asked")
EXIT = I(op.JMP | op.EXIT)
_ALU, _JUMPS, _NUMBERS = jit_fuzz._ALU, jit_fuzz._JUMPS, jit_fuzz._NUMBERS
_SIZES = [op.B, op.H, op.W, op.DW]

#: What all programs share. The same on the kernel's side; `ring` and `targets` are made there, too.
MAPS = {
    spec.name: spec
    for spec in (
        MapSpec("array", MapType.ARRAY, 4, 16, 4),
        MapSpec("hash", MapType.HASH, 8, 20, 4),
        MapSpec("percpu", MapType.PERCPU_ARRAY, 4, 8, 3),
        MapSpec("data", MapType.ARRAY, 4, 24, 1),
        MapSpec("phash", MapType.PERCPU_HASH, 8, 16, 4),
        MapSpec("lru", MapType.LRU_HASH, 8, 24, 64),
        MapSpec("queue", MapType.QUEUE, 0, 8, 2),
        MapSpec("stack", MapType.STACK, 0, 8, 3),
        MapSpec("lpm", MapType.LPM_TRIE, 8, 8, 4, 1),
        MapSpec("ring", MapType.RINGBUF, 0, 0, 4096),
        MapSpec("targets_xdp", MapType.PROG_ARRAY, 4, 4, 4),
        MapSpec("targets_skb", MapType.PROG_ARRAY, 4, 4, 4),
    )
}
#: What programs of kind `any` may name besides, and the kernel's side has not.
OTHERS = {
    spec.name: spec
    for spec in (
        MapSpec("lpcpu", MapType.LRU_PERCPU_HASH, 4, 8, 8),
        MapSpec("bloom", MapType.BLOOM_FILTER, 0, 8, 16, BPF_F_ZERO_SEED),
        MapSpec("traces", MapType.STACK_TRACE, 4, 64, 4),
        MapSpec("perf", MapType.PERF_EVENT_ARRAY, 4, 4, 2),
        MapSpec("user", MapType.USER_RINGBUF, 0, 0, 4096),
        MapSpec("cgroups", MapType.CGROUP_ARRAY, 4, 4, 2),
        MapSpec("devices", MapType.DEVMAP, 4, 4, 4),
        MapSpec("hdevices", MapType.DEVMAP_HASH, 4, 8, 4),
        MapSpec("cpus", MapType.CPUMAP, 4, 4, 4),
        MapSpec("xsks", MapType.XSKMAP, 4, 4, 4),
        MapSpec("sockets", MapType.SOCKMAP, 4, 4, 4),
        MapSpec("hsockets", MapType.SOCKHASH, 4, 4, 4),
        MapSpec("reuse", MapType.REUSEPORT_SOCKARRAY, 4, 8, 4),
        MapSpec("cgstore", MapType.CGROUP_STORAGE, 16, 8, 0),
        MapSpec("tasks", MapType.TASK_STORAGE, 4, 8, 0, BPF_F_NO_PREALLOC),
        MapSpec("socks", MapType.SK_STORAGE, 4, 8, 0, BPF_F_NO_PREALLOC),
        MapSpec("inodes", MapType.INODE_STORAGE, 4, 8, 0, BPF_F_NO_PREALLOC),
        MapSpec("cgrps", MapType.CGRP_STORAGE, 4, 8, 0, BPF_F_NO_PREALLOC),
        MapSpec("maps", MapType.ARRAY_OF_MAPS, 4, 4, 2),
        MapSpec("hmaps", MapType.HASH_OF_MAPS, 4, 4, 2),
        MapSpec("ro", MapType.ARRAY, 4, 8, 2, BPF_F_RDONLY_PROG),
        MapSpec("wo", MapType.HASH, 4, 8, 2, BPF_F_WRONLY_PROG),
    )
}
#: Those that a careful program looks things up in, with the size of a value that it may reach.
_WALKED = {"array": 16, "hash": 20, "percpu": 8, "phash": 16, "lru": 24, "lpm": 8}
SKB_FIELDS = [0, 4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 52, 56, 60, 64]
_SKB_WRITABLE = [8, 32, 48, 52, 56, 60, 64]


class Case:
    """One program and what it is run on."""

    def __init__(self, kind: str, seed: int, spec: ProgramSpec, data: bytes, context: bytes) -> None:
        self.kind = kind
        self.seed = seed
        self.spec = spec
        self.data = data
        self.context = context


def targets(type_: ProgType) -> list[ProgramSpec]:
    """What tail calls go to: at index 0 a plain program, at 1 one that writes to a map, at 2 one that calls itself."""
    name = "targets_xdp" if type_ == ProgType.XDP else "targets_skb"
    plain = [I(op.ALU64 | op.MOV, 0, imm=77), EXIT]
    writes = [
        I(op.ST | op.MEM | op.W, 10, 0, -4, 2),
        I(op.ALU64 | op.MOV | op.X, 2, 10),
        I(op.ALU64 | op.ADD, 2, imm=-4),
        I(op.LDDW, 1, 1),
        I(op.JMP | op.CALL, imm=1),
        I(op.JMP | op.JEQ, 0, 0, 2),
        I(op.ALU64 | op.MOV, 1, imm=5),
        I(op.STX | op.ATOMIC | op.DW, 0, 1, 0, op.ADD),
        I(op.ALU64 | op.MOV, 0, imm=1),
        EXIT,
    ]
    again = [
        I(op.ALU64 | op.MOV | op.X, 6, 1),
        I(op.ST | op.MEM | op.W, 10, 0, -4, 1),
        I(op.ALU64 | op.MOV | op.X, 2, 10),
        I(op.ALU64 | op.ADD, 2, imm=-4),
        I(op.LDDW, 1, 1),
        I(op.JMP | op.CALL, imm=1),
        I(op.JMP | op.JEQ, 0, 0, 2),
        I(op.ALU64 | op.MOV, 1, imm=1),
        I(op.STX | op.ATOMIC | op.DW, 0, 1, 0, op.ADD),
        I(op.ALU64 | op.MOV | op.X, 1, 6),
        I(op.LDDW, 2, 1),
        I(op.ALU64 | op.MOV, 3, imm=2),
        I(op.JMP | op.CALL, imm=12),
        I(op.ALU64 | op.MOV, 0, imm=2),
        EXIT,
    ]
    code = [
        (plain, []),
        (writes, [Reference(3, "map", "array")]),
        (again, [Reference(4, "map", "array"), Reference(11, "map", name)]),
    ]
    return [
        ProgramSpec(f"target{n}", type_, encode(insns, sys.byteorder), references=references, license="GPL")
        for n, (insns, references) in enumerate(code)
    ]


class Careful:
    """r6 is the context, r8 and r9 are numbers, the top 64 bytes of the stack are set; all else is made where it is used."""

    def __init__(self, pure: random.Random, type_: ProgType) -> None:
        self.pure = pure
        self.type = type_
        self.code: list[Instruction] = []
        self.references: list[Reference] = []
        self.calls: list[int] = []
        self.slot = 0

    def emit(self, opcode: int, dst: int = 0, src: int = 0, offset: int = 0, imm: int = 0) -> None:
        insn = I(opcode, dst, src, offset, imm)
        self.code.append(insn)
        self.slot += insn.slots

    def number(self) -> int:
        pure = self.pure
        return pure.choice(_NUMBERS) if pure.random() < 0.7 else pure.randint(-(1 << 31), (1 << 31) - 1)

    def any_of(self, *what: int) -> int:
        return self.pure.choice(what)

    def mov(self, dst: int, src: int) -> None:
        self.emit(op.ALU64 | op.MOV | op.X, dst, src)

    def movi(self, dst: int, imm: int) -> None:
        self.emit(op.ALU64 | op.MOV, dst, imm=imm)

    def map(self, reg: int, name: str) -> None:
        self.references.append(Reference(self.slot, "map", name))
        self.emit(op.LDDW, reg, 1)

    def helper(self, number: int) -> None:
        self.emit(op.JMP | op.CALL, imm=number)

    def stack_pointer(self, reg: int, offset: int) -> None:
        self.mov(reg, 10)
        self.emit(op.ALU64 | op.ADD, reg, imm=offset)

    # -- pieces. After each, r0 … r5 and r7 may be anything.

    def numbers(self) -> None:
        """Arithmetic on r0 … r5, r8, r9."""
        pure = self.pure
        temps = pure.sample([0, 1, 2, 3, 4, 5], pure.randrange(1, 4))
        for reg in temps:
            if pure.random() < 0.5:
                self.mov(reg, self.any_of(8, 9))
            elif pure.random() < 0.2:
                self.emit(op.LDDW, reg, imm=pure.getrandbits(64))
            else:
                self.movi(reg, self.number())
        regs = [*temps, 8, 9]
        for _ in range(pure.randrange(1, 8)):
            self.alu(pure.choice(regs), regs)

    def alu(self, dst: int, regs: list[int]) -> None:
        pure = self.pure
        kind = pure.choice((op.ALU, op.ALU64, op.ALU64))
        chance = pure.random()
        if chance < 0.06:
            self.emit(kind | op.NEG, dst)
        elif chance < 0.12:
            self.emit(pure.choice((op.ALU, op.ALU | op.X, op.ALU64)) | op.END, dst, imm=pure.choice((16, 32, 64)))
        else:
            operation = pure.choice(_ALU)
            offset = pure.choice((0, 0, 1)) if operation in (op.DIV, op.MOD) else 0
            if pure.random() < 0.5:
                if operation == op.MOV and pure.random() < 0.4:
                    offset = pure.choice((8, 16, 32) if kind == op.ALU64 else (8, 16))
                self.emit(kind | operation | op.X, dst, pure.choice(regs), offset)
            else:
                imm = self.number()
                if operation in (op.LSH, op.RSH, op.ARSH):
                    imm = pure.randrange(64 if kind == op.ALU64 else 32)
                elif operation in (op.DIV, op.MOD):
                    imm = imm or 7
                self.emit(kind | operation, dst, 0, offset, imm)

    def stack(self) -> None:
        pure = self.pure
        for _ in range(pure.randrange(1, 4)):
            size = pure.choice(_SIZES)
            n = op.SIZE_BYTES[size]
            offset = -n * pure.randrange(1, 64 // n + 1)
            what = pure.random()
            if what < 0.35:
                self.emit(op.STX | op.MEM | size, 10, self.any_of(8, 9), offset)
            elif what < 0.55:
                self.emit(op.ST | op.MEM | size, 10, 0, offset, self.number())
            else:
                mode = op.MEMSX if size != op.DW and pure.random() < 0.3 else op.MEM
                self.emit(op.LDX | mode | size, self.any_of(8, 9), 10, offset)

    def stack_at_a_number(self) -> None:
        """Reads the stack where r1 says: the kernel follows ranges for it."""
        pure = self.pure
        self.mov(1, self.any_of(8, 9))
        self.emit(op.ALU64 | op.AND, 1, imm=pure.choice((7, 15, 31)))
        self.mov(2, 10)
        self.emit(op.ALU64 | op.ADD, 2, imm=-64)
        self.emit(op.ALU64 | op.ADD | op.X, 2, 1)
        self.emit(op.LDX | op.MEM | op.B, self.any_of(8, 9), 2, pure.randrange(32))

    def atomic(self, reg: int, offset: int, *, four: bool = True) -> None:
        pure = self.pure
        size = pure.choice((op.W, op.DW)) if four else op.DW
        operation = pure.choice((op.ADD, op.OR, op.AND, op.XOR, op.XCHG, op.CMPXCHG))
        if operation in (op.ADD, op.OR, op.AND, op.XOR):
            operation |= op.FETCH if pure.random() < 0.5 else 0
        elif operation == op.CMPXCHG:
            # Of 8 bytes only: Linux 6.18 on x86-64 forgets at times to clear the upper half of r0 after 4.
            size = op.DW
            self.mov(3, reg)
            reg = 3
            self.mov(0, self.any_of(8, 9))
        self.emit(op.STX | op.ATOMIC | size, reg, self.any_of(8, 9), offset, operation)

    def stack_atomic(self) -> None:
        self.atomic(10, -8 * self.pure.randrange(1, 9))

    def key(self, name: str) -> None:
        """r2 points to a key of a map on the stack."""
        pure = self.pure
        if name == "lpm":
            self.emit(op.ST | op.MEM | op.W, 10, 0, -72, pure.choice((0, 8, 16, 24, 32, 33)))
            self.emit(op.ST | op.MEM | op.W, 10, 0, -68, pure.choice((0, 0x0A, 0x010A, 0x02010A, 0x0302010A)))
        elif pure.random() < 0.3:
            self.mov(2, self.any_of(8, 9))
            self.emit(op.ALU64 | op.AND, 2, imm=7)
            self.emit(op.STX | op.MEM | op.DW, 10, 2, -72)
        else:
            self.emit(op.ST | op.MEM | op.DW, 10, 0, -72, pure.randrange(6))
        self.stack_pointer(2, -72)

    def lookup(self) -> None:
        pure = self.pure
        name = pure.choice([*_WALKED])
        self.key(name)
        self.map(1, name)
        self.helper(1)
        # What the value is used for, jumped over where there is none.
        at = len(self.code)
        self.emit(op.JMP | op.JEQ, 0, 0, 0, 0)
        begin = self.slot
        self.value(_WALKED[name])
        self.code[at].offset = self.slot - begin

    def value(self, bytes_: int) -> None:
        """What r0 points to is read and written. It stays in r7, as r0 may take part in an exchange."""
        pure = self.pure
        self.mov(7, 0)
        if pure.random() < 0.25:
            self.mov(1, self.any_of(8, 9))
            self.emit(op.ALU64 | op.AND, 1, imm=7)
            self.emit(op.ALU64 | op.ADD | op.X, 7, 1)
            self.emit(op.LDX | op.MEM | op.B, self.any_of(8, 9), 7, 0)
            self.emit(op.STX | op.MEM | op.B, 7, self.any_of(8, 9), 0)
            return
        for _ in range(pure.randrange(1, 4)):
            size = pure.choice(_SIZES)
            n = op.SIZE_BYTES[size]
            offset = n * pure.randrange(bytes_ // n)
            what = pure.random()
            if what < 0.4:
                mode = op.MEMSX if size != op.DW and pure.random() < 0.2 else op.MEM
                self.emit(op.LDX | mode | size, self.any_of(8, 9), 7, offset)
            elif what < 0.7:
                self.emit(op.STX | op.MEM | size, 7, self.any_of(8, 9), offset)
            elif what < 0.8:
                self.emit(op.ST | op.MEM | size, 7, 0, offset, self.number())
            else:
                self.atomic(7, 8 * pure.randrange(bytes_ // 8))

    def update(self) -> None:
        pure = self.pure
        name = pure.choice([*_WALKED])
        self.key(name)
        if pure.random() < 0.7:
            self.stack_pointer(3, -64 + 8 * pure.randrange(4))
            self.map(1, name)
            self.movi(4, pure.choice((0, 0, 0, 1, 2, 3, 4, 7)))
            self.helper(2)
        else:
            self.map(1, name)
            self.helper(3)
        self.mov(self.any_of(8, 9), 0)

    def queue(self) -> None:
        pure = self.pure
        name = pure.choice(("queue", "stack"))
        what = pure.choice((87, 87, 88, 89))
        self.map(1, name)
        self.stack_pointer(2, -8 * pure.randrange(1, 9))
        if what == 87:
            self.movi(3, pure.choice((0, 0, 2, 1)))
        self.helper(what)
        self.mov(self.any_of(8, 9), 0)

    def data(self) -> None:
        self.references.append(Reference(self.slot, "map_value", "data", 8 * self.pure.randrange(2)))
        self.emit(op.LDDW, 0, 2)
        self.value(8)

    def packet(self) -> None:
        pure = self.pure
        skb = self.type == ProgType.SCHED_CLS
        data, end = (76, 80) if skb else (0, 4)
        self.emit(op.LDX | op.MEM | op.W, 7, 6, data)
        self.emit(op.LDX | op.MEM | op.W, 2, 6, end)
        size = pure.choice((4, 8, 14, 34, 60))
        moving = pure.random() < 0.3
        if moving:
            self.mov(4, self.any_of(8, 9))
            self.emit(op.ALU64 | op.AND, 4, imm=pure.choice((3, 15, 31)))
            self.emit(op.ALU64 | op.ADD | op.X, 7, 4)
        self.mov(3, 7)
        self.emit(op.ALU64 | op.ADD, 3, imm=size)
        at = len(self.code)
        if pure.random() < 0.7:
            self.emit(op.JMP | op.JGT | op.X, 3, 2, 0)
        else:
            self.emit(op.JMP | op.JLT | op.X, 2, 3, 0)
        begin = self.slot
        for _ in range(pure.randrange(1, 4)):
            code = pure.choice(_SIZES)
            n = op.SIZE_BYTES[code]
            if n > size:
                continue
            offset = pure.randrange(size - n + 1)
            if pure.random() < 0.6:
                mode = op.MEMSX if code != op.DW and pure.random() < 0.2 else op.MEM
                self.emit(op.LDX | mode | code, self.any_of(8, 9), 7, offset)
            else:
                self.emit(op.STX | op.MEM | code, 7, self.any_of(8, 9), offset)
        self.code[at].offset = self.slot - begin

    def context(self) -> None:
        pure = self.pure
        if self.type == ProgType.XDP:
            self.emit(op.LDX | op.MEM | op.W, self.any_of(8, 9), 6, pure.choice((12, 16)))
        elif pure.random() < 0.5:
            self.emit(op.LDX | op.MEM | op.W, self.any_of(8, 9), 6, pure.choice(SKB_FIELDS))
        else:
            self.emit(op.STX | op.MEM | op.W, 6, self.any_of(8, 9), pure.choice(_SKB_WRITABLE))

    def packet_helper(self) -> None:
        """Loads, stores and sizes of the packet by helpers, and sums over memory."""
        pure = self.pure
        chance = pure.random()
        if chance < 0.25:
            self.stack_pointer(1, -64)
            self.movi(2, pure.choice((0, 4, 8, 32)))
            self.stack_pointer(3, -32)
            self.movi(4, pure.choice((0, 4, 8, 32)))
            self.mov(5, self.any_of(8, 9))
            self.helper(28)
        elif chance < 0.6:
            load = pure.random() < 0.5
            self.mov(1, 6)
            self.movi(2, pure.choice((0, 1, 12, 13, 14, 60, 70)))
            self.stack_pointer(3, -64)
            self.movi(4, pure.choice((1, 2, 4, 8, 16, 40)))
            if self.type == ProgType.XDP:
                self.helper(189 if load else 190)
            else:
                if not load:
                    self.movi(5, 0)
                self.helper(26 if load else 9)
        elif self.type == ProgType.XDP:
            self.mov(1, 6)
            self.movi(2, pure.choice((-64, -16, -4, 0, 4, 13, 14, 40, 400, -400)))
            self.helper(pure.choice((44, 54, 65)))
        else:
            self.mov(1, 6)
            self.movi(2, pure.choice((14, 20, 34, 60, 100, 200)))
            self.movi(3, 0)
            self.helper(38)
        self.mov(self.any_of(8, 9), 0)

    def text(self) -> None:
        """Numbers read out of a text on the stack."""
        pure = self.pure
        word = pure.choice((b"12345", b" -77x", b"0x1fZ", b"077", b"", b"99999999999999999999", b"-", b"+5")).ljust(
            32, b"\0"
        )
        for at in range(0, 32, 4):
            self.emit(
                op.ST | op.MEM | op.W, 10, 0, -64 + at, int.from_bytes(word[at : at + 4], sys.byteorder, signed=True)
            )
        self.stack_pointer(1, -64)
        self.movi(2, pure.choice((1, 5, 8, 32)))
        self.movi(3, pure.choice((0, 8, 10, 16)))
        self.emit(op.ST | op.MEM | op.DW, 10, 0, -16, 0)
        self.stack_pointer(4, -16)
        self.helper(pure.choice((105, 106)))
        self.mov(self.any_of(8, 9), 0)

    def loop(self) -> None:
        pure = self.pure
        counter = 7
        self.movi(counter, 0)
        top = self.slot
        for _ in range(pure.randrange(1, 3)):
            if pure.random() < 0.5:
                self.alu(self.any_of(8, 9), [8, 9])
            else:
                self.stack()
        self.emit(op.ALU64 | op.ADD, counter, imm=1)
        self.emit(op.JMP | op.JLT, counter, 0, top - self.slot - 1, pure.choice((2, 3, 8, 40)))

    def branch(self) -> None:
        """A jump over another piece."""
        pure = self.pure
        kind = pure.choice((op.JMP, op.JMP32))
        at = len(self.code)
        if pure.random() < 0.5:
            self.emit(kind | pure.choice(_JUMPS) | op.X, self.any_of(8, 9), self.any_of(8, 9))
        else:
            self.emit(kind | pure.choice(_JUMPS), self.any_of(8, 9), 0, 0, self.number())
        begin = self.slot
        pure.choice((self.numbers, self.stack, self.lookup, self.packet, self.stack_atomic))()
        self.code[at].offset = self.slot - begin

    def call(self) -> None:
        self.mov(1, 8)
        self.mov(2, 9)
        self.movi(3, self.number())
        self.calls.append(len(self.code))
        self.emit(op.JMP | op.CALL, src=1)
        self.mov(self.any_of(8, 9), 0)

    def tail_call(self) -> None:
        pure = self.pure
        self.mov(1, 6)
        self.map(2, "targets_xdp" if self.type == ProgType.XDP else "targets_skb")
        if pure.random() < 0.5:
            self.movi(3, pure.randrange(5))
        else:
            self.mov(3, self.any_of(8, 9))
            self.emit(op.ALU64 | op.AND, 3, imm=7)
        self.helper(12)

    def spill(self) -> None:
        """Pointers go to the stack and back."""
        self.emit(op.STX | op.MEM | op.DW, 10, 6, -80)
        self.emit(op.ALU64 | op.MOV, 6, imm=0)
        self.emit(op.LDX | op.MEM | op.DW, 6, 10, -80)

    def make(self, pieces: int) -> ProgramSpec:
        pure = self.pure
        self.mov(6, 1)
        for reg in (8, 9):
            self.emit(op.LDDW, reg, imm=pure.getrandbits(64)) if pure.random() < 0.5 else self.movi(reg, self.number())
        for offset in range(-64, 0, 8):
            self.emit(op.STX | op.MEM | op.DW, 10, self.any_of(8, 9), offset)
        rare = [self.packet_helper, self.text, self.spill, self.call, self.context, self.queue, self.stack_at_a_number]
        usual = [self.numbers, self.numbers, self.stack, self.stack_atomic, self.lookup, self.lookup, self.update,
                 self.packet, self.packet, self.loop, self.branch, self.branch, self.data]  # fmt: skip
        for _ in range(pieces):
            pure.choice(usual if pure.random() < 0.65 else rare)()
        if pure.random() < 0.08:
            self.tail_call()
        self.mov(0, self.any_of(8, 9))
        self.emit(op.JMP | op.EXIT)
        if self.calls:
            self._function()
        return ProgramSpec(
            "fuzz", self.type, encode(self.code, sys.byteorder), references=self.references, license="GPL"
        )

    def _function(self) -> None:
        start = self.slot
        slot = 0
        for number, insn in enumerate(self.code):
            if number in self.calls:
                insn.imm = start - slot - 1
            slot += insn.slots
        self.mov(8, 1)
        self.mov(9, 2)
        self.emit(op.STX | op.MEM | op.DW, 10, 3, -8)
        regs = [1, 2, 3, 8, 9]
        for _ in range(self.pure.randrange(1, 6)):
            self.alu(self.pure.choice(regs), regs)
        if self.pure.random() < 0.4:
            self.emit(op.LDX | op.MEM | op.DW, 8, 10, -8)
        if self.pure.random() < 0.4:
            self.lookup()
        self.mov(0, self.any_of(8, 9))
        self.emit(op.JMP | op.EXIT)


#: Numbers of 32 bits for the arguments of helpers.
_SMALL = (0, 1, 2, 3, 4, 6, 7, 8, 12, 13, 14, 15, 18, 20, 24, 34, 40, 54, 60, 64, 100, 1500, 0xFFFF, 0x10000)
_ODD = (-1, -2, -4, -14, -20, -40, 0x7FFFFFFF, -0x80000000)
_FLAGS = (0, 0, 0, 1, 2, 3, 4, 8, 16, 0x10, 0x12, 0x14, 0x20, 0x22, 0x24, 0x34, 0x50, 0x80, 0x100, 0xFF)
#: Helper → the kinds of its arguments after the context: n a number, s a small one, f flags, p a protocol, b bytes on the stack
#: and how many, w bytes to be written there and how many; after a q the context isn't the first argument.
_ASK_SKB = {
    9: "sbf", 10: "snnf", 11: "snnf", 18: "pn", 19: "", 26: "sw", 31: "pf", 32: "f", 38: "sf", 39: "s", 41: "", 43: "sf",
    48: "n", 50: "nsf", 68: "swf", 97: "", 100: "n", 135: "f", 192: "nf", 24: "", 17: "",
}  # fmt: skip
_ASK_XDP = {44: "n", 54: "n", 65: "n", 188: "", 189: "sw", 190: "sb"}


class Asked(Careful):
    """Helpers of packets, one after the other."""

    def ask(self) -> None:
        pure = self.pure
        table = _ASK_XDP if self.type == ProgType.XDP else _ASK_SKB
        number = pure.choice([*table])
        self.mov(1, 6)
        reg = 2
        for kind in table[number]:
            if kind in "bw":
                self.stack_pointer(reg, -64)
                self.movi(reg + 1, pure.choice((1, 2, 4, 6, 14, 20, 40)))
                reg += 2
                continue
            if kind == "n":
                value = pure.choice((*_SMALL, *_ODD))
            elif kind == "s":
                value = pure.choice(_SMALL) if pure.random() < 0.85 else pure.choice(_ODD)
            elif kind == "p":
                value = pure.choice((0x0008, 0xDD86, 0x0081, 0xA888, 0xB588, 0, 1))
            else:
                value = pure.choice(_FLAGS)
            self.movi(reg, value)
            reg += 1
        self.helper(number)
        self.emit(op.ALU64 | op.MUL, 9, imm=31)
        self.emit(op.ALU64 | op.ADD | op.X, 9, 0)

    def fields(self) -> None:
        if self.type == ProgType.XDP:
            return
        for offset in (0, 4, 12, 16, 20, 24, 28, 32):
            self.emit(op.LDX | op.MEM | op.W, 2, 6, offset)
            self.emit(op.ALU64 | op.MUL, 9, imm=31)
            self.emit(op.ALU64 | op.ADD | op.X, 9, 2)

    def make(self, pieces: int) -> ProgramSpec:
        self.mov(6, 1)
        self.movi(9, 7)
        for offset in range(-64, 0, 8):
            self.emit(op.LDDW, 2, imm=self.pure.getrandbits(64))
            self.emit(op.STX | op.MEM | op.DW, 10, 2, offset)
        for _ in range(pieces):
            self.ask()
            if self.pure.random() < 0.5:
                self.fields()
        for offset in range(-64, -24, 8):
            self.emit(op.LDX | op.MEM | op.DW, 2, 10, offset)
            self.emit(op.ALU64 | op.MUL, 9, imm=31)
            self.emit(op.ALU64 | op.ADD | op.X, 9, 2)
        self.mov(0, 9)
        self.emit(op.JMP | op.EXIT)
        return ProgramSpec(
            "fuzz", self.type, encode(self.code, sys.byteorder), references=self.references, license="GPL"
        )


def _frame(pure: random.Random) -> bytes:
    """An Ethernet frame: of IPv4, IPv6, behind a VLAN's tag, or of nobody's kind."""
    ends = pure.choice((bytes(12), b"\xff" * 6 + bytes(6), pure.randbytes(12)))
    payload = pure.randbytes(pure.choice((0, 8, 20, 60, 200)))
    four = bytes([0x45, pure.randrange(256)]) + (20 + len(payload)).to_bytes(2, "big") + pure.randbytes(4)
    four += bytes([64, pure.choice((1, 6, 17))]) + pure.randbytes(10) + payload
    six = b"\x60" + pure.randbytes(3) + len(payload).to_bytes(2, "big") + bytes([pure.choice((6, 17, 58)), 64])
    six += pure.randbytes(32) + payload
    kind = pure.randrange(5)
    if kind == 0:
        return ends + b"\x86\xdd" + six
    if kind == 1:
        return ends + b"\x81\x00" + pure.randbytes(2) + b"\x08\x00" + four
    if kind == 2:
        return ends + b"\x88\xb5" + payload
    return ends + b"\x08\x00" + four


def bend(pure: random.Random, spec: ProgramSpec) -> ProgramSpec:
    """One to three fields of its instructions changed. References stay: a load of a map keeps its shape."""
    code = decode(spec.code, sys.byteorder)
    held = {reference.slot for reference in spec.references}
    slot = 0
    free = []
    for insn in code:
        if slot not in held:
            free.append(insn)
        slot += insn.slots
    for _ in range(pure.randrange(1, 4)):
        insn = pure.choice(free)
        before = insn.opcode, insn.dst, insn.src, insn.offset, insn.imm
        for _ in range(8):
            _change(pure, insn)
            if not wrong(insn) or pure.random() < 0.02:
                break
            insn.opcode, insn.dst, insn.src, insn.offset, insn.imm = before
    return spec.replace(code=encode(code, sys.byteorder))


def _change(pure: random.Random, insn: Instruction) -> None:
    what = pure.random()
    if insn.slots == 2:
        insn.imm = pure.getrandbits(64)
    elif what < 0.15:
        insn.dst = pure.randrange(11)
    elif what < 0.3:
        insn.src = pure.randrange(11)
    elif what < 0.5:
        insn.offset = pure.choice((0, 1, 2, 4, 8, -1, -4, -8, -72, insn.offset + 1, insn.offset - 1, -insn.offset))
    elif what < 0.75:
        insn.imm = pure.choice((*_NUMBERS, insn.imm + 1, insn.imm - 1, insn.imm ^ 1 << pure.randrange(31), 1, 2, 3))
        insn.imm = (insn.imm + (1 << 31)) % (1 << 32) - (1 << 31)
    elif what < 0.85:
        insn.opcode ^= 1 << pure.randrange(8)
        if insn.opcode == op.LDDW:
            insn.opcode = op.ALU64 | op.MOV
    elif what < 0.95:
        insn.opcode = insn.opcode & 15 | pure.randrange(15) << 4
    else:
        insn.opcode, insn.dst, insn.src, insn.offset, insn.imm = op.ALU64 | op.MOV | op.X, 8, 8, 0, 0


_ANY = [name for name in (*MAPS, *OTHERS) if not name.startswith("targets")]


def _with_jumps_inside(pure: random.Random, spec: ProgramSpec) -> ProgramSpec:
    """Most jumps that the loader would refuse go to some instruction instead."""
    code = decode(spec.code, sys.byteorder)
    starts = []
    slot = 0
    for insn in code:
        starts.append(slot)
        slot += insn.slots
    for insn, slot in zip(code, starts, strict=True):
        if is_jump(insn) and jump_target(insn, slot) not in starts and pure.random() < 0.97:
            offset = pure.choice(starts) - slot - 1
            if insn.opcode == op.JMP32 | op.JA:
                insn.imm = offset
            else:
                insn.offset = offset
    return spec.replace(code=encode(code, sys.byteorder))


def _packet(pure: random.Random, least: int) -> bytes:
    size = pure.choice((least, 15, 40, 64, 64, 100))
    # No IP: what the kernel would ask of its header isn't asked here.
    return bytes(pure.randrange(256) for _ in range(12)) + b"\x88\xb5" + pure.randbytes(max(0, size - 14))


def _pieces(pure: random.Random, most: int) -> int:
    """Rather few: small programs find the same faults, and more of them are run."""
    return min(pure.randint(1, most), pure.randint(1, most))


def case(kind: str, seed: int) -> Case:
    pure = random.Random(f"{kind} {seed}")
    context = b""
    if kind == "any":
        spec = _with_jumps_inside(pure, vm_fuzz.program(pure))
        packet = spec.type in vm_fuzz._PACKETS
        spec.references = [Reference(reference.slot, "map", pure.choice(_ANY)) for reference in spec.references]
        return Case(kind, seed, spec, _packet(pure, 34) if packet else b"", b"" if packet else bytes(168))
    if kind == "made":
        type_ = pure.choice((ProgType.UNSPEC, ProgType.XDP))
        spec = jit_fuzz.Maker(pure, type_).make(_pieces(pure, 13), tidy=pure.random() < 0.2)
        if type_ == ProgType.UNSPEC:
            context = pure.randbytes(pure.choice((0, 16, 64)))
        spec.license = "GPL"
        return Case(kind, seed, spec, _packet(pure, 14) if type_ == ProgType.XDP else b"", context)
    type_ = pure.choice((ProgType.XDP, ProgType.XDP, ProgType.SCHED_CLS))
    if kind == "asked":
        return Case(kind, seed, Asked(pure, type_).make(_pieces(pure, 5)), _frame(pure), context)
    spec = Careful(pure, type_).make(_pieces(pure, 8))
    if kind == "bent":
        spec = bend(pure, spec)
    return Case(kind, seed, spec, _packet(pure, 14), context)
