"""Random sequences of lookups, updates and deletes, interpreted and as machine code: results must be the same, and every byte of
the maps' memory (buckets, records, free lists, values, marks).

    python tests/fuzz/map_fuzz.py [COUNT [SEED]]
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from jit_fuzz import main as run

from ebpf.asm import Instruction, encode
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine
from ebpf.vm.maps.base import VmMap

TYPES = [
    MapType.ARRAY,
    MapType.PERCPU_ARRAY,
    MapType.HASH,
    MapType.PERCPU_HASH,
    MapType.LRU_HASH,
    MapType.LRU_PERCPU_HASH,
]
LOOKUP, UPDATE, DELETE = 1, 2, 3
_KEY, _VALUE = -64, -128
#: No errno of theirs, no flag combination: BPF_F_LOCK, and numbers that aren't flags.
_FLAGS = [0, 0, 0, 0, 1, 2, 3, 4, -1]


def program(rng: random.Random, maps: dict[str, MapSpec]) -> ProgramSpec:
    """Some operations on keys of one byte; what each gives is mixed into r0. Values are numbers that count up."""
    code: list[Instruction] = []
    references: list[Reference] = []

    def emit(opcode: int, dst: int = 0, src: int = 0, offset: int = 0, imm: int = 0) -> None:
        code.append(Instruction(opcode, dst, src, offset, imm))

    def slot() -> int:
        return sum(insn.slots for insn in code)

    emit(op.ALU64 | op.MOV, 9, imm=1)
    for number in range(rng.randrange(1, 30)):
        name = rng.choice(list(maps))
        helper = rng.choice((LOOKUP, UPDATE, UPDATE, DELETE))
        emit(op.ST | op.MEM | op.DW, 10, 0, _KEY, rng.randrange(9))
        if rng.random() < 0.1:
            emit(op.ST | op.MEM | op.B, 10, 0, _KEY + maps[name].key_size - 1, 7)
        emit(op.ST | op.MEM | op.DW, 10, 0, _VALUE, number)
        emit(op.ST | op.MEM | op.DW, 10, 0, _VALUE + 8, 100 + number)
        emit(op.ALU64 | op.MOV | op.X, 2, 10)
        emit(op.ALU64 | op.ADD, 2, imm=_KEY)
        emit(op.ALU64 | op.MOV | op.X, 3, 10)
        emit(op.ALU64 | op.ADD, 3, imm=_VALUE)
        if helper == UPDATE and rng.random() < 0.2:
            # The value may be an element of the map, and its own.
            emit(op.JMP | op.JEQ, 8, 0, 1, 0)
            emit(op.ALU64 | op.MOV | op.X, 3, 8)
        references.append(Reference(slot(), "map", name))
        emit(op.LDDW, 1, 1)
        emit(op.ALU64 | op.MOV, 4, imm=rng.choice(_FLAGS))
        emit(op.JMP | op.CALL, imm=helper)
        if helper == LOOKUP:
            emit(op.JMP | op.JEQ, 0, 0, 3, 0)
            if maps[name].value_size >= max(spec.value_size for spec in maps.values()):
                emit(op.ALU64 | op.MOV | op.X, 8, 0)
            else:
                emit(op.ALU64 | op.MOV, 6, imm=0)
            emit(op.LDX | op.MEM | op.B, 5, 0, 0)
            emit(op.ALU64 | op.ADD | op.X, 9, 5)
        else:
            emit(op.ALU64 | op.ADD | op.X, 9, 0)
        emit(op.ALU64 | op.MUL, 9, imm=31)
        if number == 0:
            # Known as a number from the beginning, a pointer or 0 later.
            code.insert(1, Instruction(op.ALU64 | op.MOV, 8, imm=0))
            references = [Reference(reference.slot + 1, "map", reference.name) for reference in references]
    emit(op.ALU64 | op.MOV | op.X, 0, 9)
    emit(op.JMP | op.EXIT)
    return ProgramSpec("maps", ProgType.UNSPEC, encode(code, sys.byteorder), references=references)


def memory(map_: VmMap) -> list[memoryview]:
    """All that a map is."""
    blocks = [map_.header] + [
        getattr(map_, name) for name in ("values", "_buckets", "_records", "_used") if hasattr(map_, name)
    ]
    return [block.view for block in blocks]


class Maps:
    """An engine; each seed has maps of its own."""

    def __init__(self) -> None:
        self.engine = VmEngine(jit=False, cpus=2)


def one(bench: Maps, seed: int) -> str | None:
    rng = random.Random(seed)
    specs = {}
    for number in range(rng.randrange(1, 4)):
        type_ = rng.choice(TYPES)
        key = 4 if "ARRAY" in type_.name else rng.choice((1, 3, 4, 8, 12, 20))
        specs[f"m{number}"] = MapSpec(f"m{number}", type_, key, rng.choice((1, 4, 8, 12, 16)), rng.randrange(1, 7))
    maps = {name: bench.engine.create_map(spec) for name, spec in specs.items()}
    loaded = bench.engine.load_program(program(rng, specs), maps)
    views = [view for map_ in maps.values() for view in memory(map_)]
    begin = [bytes(view) for view in views]
    try:
        outcomes = []
        for level in (-1, 0, 2):
            for view, kept in zip(views, begin, strict=True):
                view[:] = kept
            if level >= 0:
                loaded.compile(level)
            outcomes.append(([loaded.run().retval for _ in range(2)], [bytes(view) for view in views]))
            if outcomes[-1] != outcomes[0]:
                return f"seed {seed}, level {level}:\n  interpreter {outcomes[0]}\n  native      {outcomes[-1]}"
    finally:
        loaded.close()
        for map_ in maps.values():
            map_.close()
    return None


def main(count: int, seed: int) -> int:
    return run(count, seed, one, Maps())


if __name__ == "__main__":
    words = [int(word) for word in sys.argv[1:]]
    count, seed = [*words, *[1000, 1][len(words) :]]
    sys.exit(main(count, seed))
