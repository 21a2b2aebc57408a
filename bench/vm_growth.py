"""How the vm's cost grows: `python bench/vm_growth.py`. One JSON line a figure, and a table of each kind at the end.

With the length of a program, the size of a map, the size of a packet, the number of maps. CPU time; the process keeps to one CPU.
"""

from __future__ import annotations

import os
import random
import sys
from array import array
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from jit import show, timed

from ebpf.asm import Instruction as I
from ebpf.asm import encode
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine
from ebpf.vm.jit import batch
from ebpf.vm.jit.compile import compiler
from ebpf.vm.jit.module import Module
from ebpf.vm.program import VmProgram

EXIT = I(op.JMP | op.EXIT)


def best(call: Callable[[], object], repeat: int, rounds: int = 5) -> float:
    call()
    return min(timed(call, repeat) for _ in range(rounds))


def load(code: list[I], maps: dict[str, MapSpec] | None = None, references: list[Reference] | None = None) -> VmProgram:
    engine = VmEngine(jit=False, cpus=2)
    made = {name: engine.create_map(spec) for name, spec in (maps or {}).items()}
    spec = ProgramSpec("p", ProgType.XDP, encode(code, sys.byteorder), references=references or [])
    return engine.load_program(spec, made)


def program_length(table: list[tuple[str, ...]]) -> None:
    """Arithmetic and stores to the frame, without loops."""
    piece = [
        I(op.ALU64 | op.ADD, 0, imm=3),
        I(op.ALU64 | op.XOR | op.X, 0, 3),
        I(op.ALU64 | op.MUL, 0, imm=7),
        I(op.STX | op.MEM | op.DW, 10, 0, -8),
        I(op.LDX | op.MEM | op.DW, 3, 10, -8),
    ]
    table.append(("instructions", "load us", "O0 ms", "O2 ms", "linked ms", "one run interpreted us", "one run O2 us"))
    made = compiler()
    for length in (50, 500, 2000, 8000, 32000):
        code = [I(op.ALU64 | op.MOV, 0, imm=1), *piece * (length // 5), EXIT]
        loading = best(lambda code=code: load(code), 1, 3)
        program = load(code)
        repeat = 3 if length < 8000 else 1
        levels = [best(lambda p=program, at=at: made.assemble(Module(p).run_text, at), 1, repeat) for at in (0, 2)]
        data = made.assemble(Module(program).run_text, 2)
        linking = best(lambda data=data: made.link(data, ["run"]), 1)
        packet = bytes(64)
        slow = best(partial(program.run, packet, repeat=3), 1) / 3
        program.compile()
        quick = best(partial(program.run, packet, repeat=100), 1) / 100
        row = (loading * 1e6, levels[0] * 1e3, levels[1] * 1e3, linking * 1e3, slow * 1e6, quick * 1e6)
        table.append((str(length), *(f"{value:.4g}" for value in row)))


def map_size(table: list[tuple[str, ...]]) -> None:
    """A lookup of a key of 8 bytes that is there, in keys' random order, in the generated code; with an interpreted one."""
    code = [
        I(op.LDX | op.MEM | op.W, 2, 1, 0),
        I(op.LDX | op.MEM | op.W, 3, 1, 4),
        I(op.ALU64 | op.MOV | op.X, 4, 2),
        I(op.ALU64 | op.ADD, 4, imm=14),
        I(op.ALU64 | op.MOV, 0, imm=0),
        I(op.JMP | op.JGT | op.X, 4, 3, 8),
        I(op.LDX | op.MEM | op.DW, 5, 2, 0),
        I(op.STX | op.MEM | op.DW, 10, 5, -8),
        I(op.ALU64 | op.MOV | op.X, 2, 10),
        I(op.ALU64 | op.ADD, 2, imm=-8),
        I(op.LDDW, 1, 1),
        I(op.JMP | op.CALL, imm=1),
        I(op.JMP | op.JA),
        EXIT,
    ]
    table.append(("entries", "array ns", "hash ns", "LRU hash ns", "per-CPU hash ns", "one interpreted run ns"))
    count = 20_000
    for entries in (100, 10_000, 1_000_000):
        row = [str(entries)]
        for type_ in (MapType.ARRAY, MapType.HASH, MapType.LRU_HASH, MapType.PERCPU_HASH):
            size = 4 if type_ == MapType.ARRAY else 8
            program = load(code, {"m": MapSpec("m", type_, size, 8, entries)}, [Reference(10, "map", "m")])
            map_ = program.maps["m"]
            value = bytes(map_.value_bytes)
            if size == 8:
                for key in range(entries):
                    map_.put(key.to_bytes(8, sys.byteorder), value, 0)
            rng = random.Random(1)
            items = bytearray(
                b"".join(rng.randrange(entries).to_bytes(8, sys.byteorder) + bytes(8) for _ in range(count))
            )
            starts, lengths = array("Q", range(0, 16 * count, 16)), array("I", [16]) * count
            spent = best(lambda p=program, i=items, s=starts, n=lengths: batch.run_batch(p, i, s, n), 1)
            row.append(f"{spent / count * 1e9:.3g}")
            if type_ == MapType.HASH:
                program.native = None
                slow = best(lambda p=program, i=items: p.run(bytes(i[:16]), repeat=2000), 1) / 2000
        table.append((*row, f"{slow * 1e9:.4g}"))


def packet_size(table: list[tuple[str, ...]]) -> None:
    """A filter that looks at the first 14 bytes, and one that adds up all."""
    head = [
        I(op.LDX | op.MEM | op.W, 2, 1, 0),
        I(op.LDX | op.MEM | op.W, 3, 1, 4),
        I(op.ALU64 | op.MOV | op.X, 4, 2),
        I(op.ALU64 | op.ADD, 4, imm=14),
        I(op.ALU64 | op.MOV, 0, imm=2),
    ]
    first = [*head, I(op.JMP | op.JGT | op.X, 4, 3, 1), I(op.LDX | op.MEM | op.B, 0, 2, 12), EXIT]
    whole = [
        *head,
        I(op.ALU64 | op.MOV | op.X, 4, 2),
        I(op.ALU64 | op.ADD, 4, imm=1),
        I(op.JMP | op.JGT | op.X, 4, 3, 4),
        I(op.LDX | op.MEM | op.B, 5, 2, 0),
        I(op.ALU64 | op.ADD | op.X, 0, 5),
        I(op.ALU64 | op.MOV | op.X, 2, 4),
        I(op.JMP | op.JA, offset=-6),
        EXIT,
    ]
    table.append(("bytes", "filter, batch ns", "sum of all, batch ns", "filter, one run us"))
    for size in (64, 256, 1500, 9000, 65000):
        count = max(500, 500_000 // size)
        items = bytearray(size * count)
        starts, lengths = array("Q", range(0, size * count, size)), array("I", [size]) * count
        row = [str(size)]
        for code in (first, whole):
            program = load(code)
            spent = best(lambda p=program, i=items, s=starts, n=lengths: batch.run_batch(p, i, s, n), 5)
            row.append(f"{spent / count * 1e9:.4g}")
        program = load(first)
        program.compile()
        packet = bytes(size)
        table.append((*row, f"{best(partial(program.run, packet, repeat=200), 1) / 200 * 1e6:.3g}"))


def number_of_maps(table: list[tuple[str, ...]]) -> None:
    """A lookup in each of so many arrays."""
    table.append(("maps", "load us", "O2 ms", "one run O2 us", "each lookup ns"))
    for maps in (1, 8, 64, 256):
        code = [I(op.ST | op.MEM | op.W, 10, 0, -4, 1)]
        references = []
        for number in range(maps):
            code += [I(op.ALU64 | op.MOV | op.X, 2, 10), I(op.ALU64 | op.ADD, 2, imm=-4)]
            references.append(Reference(sum(insn.slots for insn in code), "map", f"m{number}"))
            code += [
                I(op.LDDW, 1, 1),
                I(op.JMP | op.CALL, imm=1),
                I(op.JMP | op.JEQ, 0, 0, 2),
                I(op.ALU64 | op.MOV, 1, imm=1),
                I(op.STX | op.MEM | op.DW, 0, 1),
            ]
        code += [I(op.ALU64 | op.MOV, 0, imm=2), EXIT]
        specs = {f"m{number}": MapSpec(f"m{number}", MapType.ARRAY, 4, 8, 16) for number in range(maps)}
        loading = best(lambda c=code, s=specs, r=references: load(c, s, r), 1, 3)
        program = load(code, specs, references)
        compiling = best(lambda p=program: compiler().assemble(Module(p).run_text, 2), 1, 2)
        program.compile()
        packet = bytes(64)
        items, starts, lengths = bytearray(64 * 1000), array("Q", range(0, 64_000, 64)), array("I", [64]) * 1000
        each = best(partial(batch.run_batch, program, items, starts, lengths), 5) / 1000
        one = best(partial(program.run, packet, repeat=200), 1) / 200
        row = (loading * 1e6, compiling * 1e3, one * 1e6, each / maps * 1e9)
        table.append((str(maps), *(f"{value:.4g}" for value in row)))


def main() -> None:
    os.environ["EBPF_CACHE"] = "off"
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    tables: dict[str, list[tuple[str, ...]]] = {}
    for kind in (program_length, map_size, packet_size, number_of_maps):
        table = tables[kind.__name__] = []
        kind(table)
        for row in table[1:]:
            for name, value in zip(table[0][1:], row[1:], strict=True):
                what, _, unit = name.rpartition(" ")
                show(f"{row[0]} {table[0][0]}: {what}", float(value), unit)
    for name, table in tables.items():
        print(f"\n{name.replace('_', ' ')}")
        widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
        for row in table:
            print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))


if __name__ == "__main__":
    main()
