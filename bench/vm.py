"""How quick the vm is: `python bench/vm.py`. One JSON line a figure: name, value, unit.

Each figure is the best of several rounds: what the machine can do, not what it was doing.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from ebpf.asm import Instruction, encode
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine

I = Instruction  # noqa: E741
EXIT = I(op.JMP | op.EXIT)


def show(name: str, value: float, unit: str) -> None:
    print(json.dumps({"name": name, "value": round(value, 3), "unit": unit}), flush=True)


def best(function: object, rounds: int = 5) -> float:
    found = []
    for _ in range(rounds):
        start = time.process_time()
        function()  # type: ignore[operator]
        found.append(time.process_time() - start)
    return min(found)


def alu_loop(n: int) -> bytes:
    """Six instructions a round."""
    return encode(
        [
            I(op.ALU64 | op.MOV, 0), I(op.ALU64 | op.MOV, 1, imm=n),
            I(op.ALU64 | op.ADD, 0, imm=7), I(op.ALU64 | op.MUL, 0, imm=3), I(op.ALU64 | op.XOR | op.X, 0, 1),
            I(op.ALU64 | op.RSH, 0, imm=1), I(op.ALU64 | op.SUB, 1, imm=1), I(op.JMP | op.JNE, 1, offset=-6), EXIT,
        ]
    )  # fmt: skip


def stack_loop(n: int) -> bytes:
    """Four instructions a round, two of them memory through r10, two through another register: six in all."""
    return encode(
        [
            I(op.ALU64 | op.MOV, 1, imm=n), I(op.ALU64 | op.MOV | op.X, 2, 10), I(op.ALU64 | op.ADD, 2, imm=-16),
            I(op.STX | op.MEM | op.DW, 10, 1, -8), I(op.LDX | op.MEM | op.DW, 3, 10, -8),
            I(op.STX | op.MEM | op.DW, 2, 3), I(op.LDX | op.MEM | op.W, 0, 2),
            I(op.ALU64 | op.SUB, 1, imm=1), I(op.JMP | op.JNE, 1, offset=-6), EXIT,
        ]
    )  # fmt: skip


def counter(n: int) -> bytes:
    """Looks up key 1 and adds to its value, n times: ten instructions a round."""
    return encode(
        [
            I(op.ALU64 | op.MOV, 6, imm=n),
            I(op.ST | op.MEM | op.W, 10, 0, -4, 1), I(op.ALU64 | op.MOV | op.X, 2, 10), I(op.ALU64 | op.ADD, 2, imm=-4),
            I(op.LDDW, 1, 1), I(op.JMP | op.CALL, imm=1), I(op.JMP | op.JEQ, 0, offset=2),
            I(op.ALU64 | op.MOV, 1, imm=1), I(op.STX | op.ATOMIC | op.DW, 0, 1),
            I(op.ALU64 | op.SUB, 6, imm=1), I(op.JMP | op.JNE, 6, offset=-11), EXIT,
        ]
    )  # fmt: skip


def load(code: bytes, **maps: object):  # type: ignore[no-untyped-def]
    engine = VmEngine(jit=False)
    made = {name: engine.create_map(spec) for name, spec in maps.items()}  # type: ignore[arg-type]
    references = [Reference(4, "map", name) for name in made]
    return engine, engine.load_program(ProgramSpec("bench", code=code, references=references), made), made


def main() -> None:
    n = 100_000
    for name, code, per_round in (("alu_loop", alu_loop(n), 6), ("memory_loop", stack_loop(n), 6)):
        _, program, _ = load(code)
        show(f"interpreter.{name}", per_round * n / best(program.run) / 1e6, "M instructions/s")
    n = 20_000
    for kind in (MapType.ARRAY, MapType.HASH, MapType.PERCPU_ARRAY, MapType.PERCPU_HASH):
        _, program, maps = load(counter(n), m=MapSpec("m", kind, 4, 8, 1024))
        maps["m"].update(b"\1\0\0\0", bytes(maps["m"].value_bytes))
        show(f"interpreter.count_in_{kind.label}", best(program.run) / n * 1e9, "ns a round of 10 instructions")
    _, program, _ = load(encode([I(op.ALU64 | op.MOV, 0, imm=1), EXIT]))
    context = bytes(16)
    show("interpreter.invoke", best(lambda: [program.invoke(context) for _ in range(10_000)]) / 1e4 * 1e9, "ns a call")
    engine, program, _ = load(encode([I(op.ALU64 | op.MOV, 0, imm=2), EXIT]))
    xdp = engine.load_program(program.spec.replace(type=ProgType.XDP), {})
    packet = bytes(64)
    show("interpreter.xdp_run", best(lambda: xdp.run(packet, repeat=10_000)) / 1e4 * 1e9, "ns a packet")
    straight = encode([*[I(op.ALU64 | op.ADD, 0, imm=1)] * 2000, EXIT])
    show("interpreter.translate", best(lambda: load(straight)[1].main) / 2001 * 1e6, "us an instruction")
    for kind in (MapType.ARRAY, MapType.HASH):
        map_ = engine.create_map(MapSpec("m", kind, 4, 8, 10_000))
        keys = [i.to_bytes(4, sys.byteorder) for i in range(10_000)]
        show(
            f"map.{kind.label}.update", best(lambda m=map_, k=keys: [m.update(key, bytes(8)) for key in k]) * 1e5, "ns"
        )
        show(f"map.{kind.label}.lookup", best(lambda m=map_, k=keys: [m.lookup(key) for key in k]) * 1e5, "ns")
        show(f"map.{kind.label}.items", best(lambda m=map_: list(m.items())) * 1e5, "ns an entry")


if __name__ == "__main__":
    main()
