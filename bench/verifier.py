"""How fast the verifier is: `python bench/verifier.py`. CPU time, best of several; one line a figure."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "unit"))
from verifier_programs import MAPS, make

from ebpf.asm import Instruction
from ebpf.errors import VerifierError
from ebpf.spec import ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.prog_types import ProgType
from ebpf.verifier import interned, verify

A, J, LDX = op.ALU64, op.JMP, op.LDX | op.MEM


def program(*insns: Instruction, references: tuple[Reference, ...] = ()) -> ProgramSpec:
    spec = ProgramSpec(name="bench", type=ProgType.XDP, license="GPL", references=list(references))
    spec.instructions = list(insns)
    return spec


def packet_parser() -> ProgramSpec:
    """About 50 instructions: bounds of three headers, fields of each, a lookup and a counter."""
    code = [Instruction(LDX | op.W, 2, 1, 0), Instruction(LDX | op.W, 3, 1, 4), Instruction(A | op.MOV | op.X, 6, 2)]
    tail: list[int] = []
    at = 0
    for header in (14, 20, 8):
        code += [Instruction(A | op.MOV | op.X, 4, 6), Instruction(A | op.ADD, 4, imm=at + header)]
        tail.append(len(code))
        code.append(Instruction(J | op.JGT | op.X, 4, 3))
        for field in range(4):
            if header == 14 and not field:
                code += [Instruction(A | op.MOV, 7, imm=0), Instruction(LDX | op.H, 5, 6, 12)]
            else:
                code += [Instruction(LDX | op.B, 5, 6, at + field), Instruction(A | op.ADD | op.X, 7, 5)]
        at += header
    code += [Instruction(A | op.AND, 7, imm=3), Instruction(op.STX | op.MEM | op.W, 10, 7, -4),
             Instruction(A | op.MOV | op.X, 2, 10), Instruction(A | op.ADD, 2, imm=-4)]  # fmt: skip
    slot = len(code)
    code += [Instruction(op.LDDW, 1, 1), Instruction(J | op.CALL, imm=1), Instruction(J | op.JEQ, 0, 0, 2),
             Instruction(A | op.MOV, 1, imm=1), Instruction(op.STX | op.ATOMIC | op.DW, 0, 1, 0, op.ADD)]  # fmt: skip
    end = len(code)
    code += [Instruction(A | op.MOV, 0, imm=2), Instruction(J | op.EXIT)]
    for index in tail:
        code[index].offset = end + 1 - index - 1
    return program(*code, references=(Reference(slot, "map", "values"),))


def loop(turns: int) -> ProgramSpec:
    body = [Instruction(A | op.ADD, 7, imm=3), Instruction(A | op.XOR | op.X, 8, 7), Instruction(A | op.AND, 8, imm=255),
            Instruction(op.STX | op.MEM | op.DW, 10, 8, -8), Instruction(LDX | op.DW, 9, 10, -8)]  # fmt: skip
    return program(
        Instruction(A | op.MOV, 0, imm=0), Instruction(A | op.MOV, 7, imm=0), Instruction(A | op.MOV, 8, imm=0), *body,
        Instruction(A | op.ADD, 0, imm=1), Instruction(J | op.JLT, 0, 0, -len(body) - 2, turns), Instruction(J | op.EXIT),
    )  # fmt: skip


def branches(count: int) -> ProgramSpec:
    """Unknown conditions one after another: what pruning is for."""
    code = [Instruction(LDX | op.W, 6, 1, 16), Instruction(A | op.MOV, 0, imm=0)]
    for n in range(count):
        code += [Instruction(J | op.JEQ, 6, 0, 2, n), Instruction(A | op.ADD, 0, imm=1), Instruction(A | op.XOR, 7, imm=0)
                 if n else Instruction(A | op.MOV, 7, imm=0)]  # fmt: skip
        code.append(Instruction(A | op.MOV, 7, imm=n))
    return program(*code, Instruction(A | op.AND, 0, imm=1), Instruction(J | op.EXIT))


def best(work: Callable[[], object], times: int = 5) -> float:
    out = []
    for _ in range(times):
        interned.forget()
        started = time.process_time()
        work()
        out.append(time.process_time() - started)
    return min(out)


def main() -> None:
    parser = packet_parser()
    verify(parser, MAPS)
    seconds = best(lambda: verify(parser, MAPS), 20)
    print(f"packet parser, {len(parser.code) // 8} instructions: {seconds * 1000:.2f} ms")
    for name, spec in (("loop of 20,000 turns", loop(20_000)), ("200 branches, one after the other", branches(200))):
        processed = verify(spec, MAPS).processed
        seconds = best(lambda spec=spec: verify(spec, MAPS), 3)  # type: ignore[misc]
        print(f"{name}: {processed} looked at in {seconds:.2f} s, {processed / seconds:,.0f} a second")
    count = 300
    specs = [make(seed) for seed in range(count)]

    def all_random() -> int:
        total = 0
        for spec in specs:
            try:
                total += verify(spec, MAPS, max_processed=20_000).processed
            except VerifierError:
                pass
        return total

    all_random()
    print(f"{count} programs made at random: {best(all_random, 3) / count * 1000:.2f} ms each")


if __name__ == "__main__":
    main()
