"""Random programs through the interpreter: each ends in a result, a Fault or a refusal at load, and nothing else.

    python tests/fuzz/vm_fuzz.py [SEED [COUNT]]

Programs are instructions with fields that the loader takes, pointers and maps in their registers, and calls of every helper.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from ebpf.asm import Instruction, encode
from ebpf.errors import Fault, VerifierError
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine
from ebpf.vm.helpers import present
from ebpf.vm.structure import wrong

I = Instruction  # noqa: E741
_IMMEDIATES = [0, 0, 1, 16, 32, 64, -1, op.XCHG, op.CMPXCHG]
_OFFSETS = [0, 0, 1, 1, 2, -8, -16, 8]
_TYPES = [ProgType.XDP, ProgType.SCHED_CLS, ProgType.KPROBE, ProgType.UNSPEC, ProgType.SOCKET_FILTER]
_PACKETS = {ProgType.XDP, ProgType.SCHED_CLS, ProgType.SOCKET_FILTER}
#: Tail calls have no helper to call.
_HELPERS = sorted(present() - {12})
MAPS = [
    MapSpec("array", MapType.ARRAY, 4, 8, 3),
    MapSpec("hash", MapType.HASH, 4, 12, 3),
    MapSpec("ring", MapType.RINGBUF, 0, 0, 4096),
    MapSpec("queue", MapType.QUEUE, 0, 8, 2),
    MapSpec("lpm", MapType.LPM_TRIE, 8, 8, 4, 1),
]


def any_instruction(pure: random.Random) -> Instruction:
    """One that the loader takes."""
    while True:
        insn = I(
            pure.randrange(256),
            pure.randrange(11),
            pure.choice([0, pure.randrange(11)]),
            pure.choice(_OFFSETS),
            pure.choice([*_IMMEDIATES, pure.getrandbits(31)]),
        )
        if insn.opcode == op.LDDW:
            return I(op.LDDW, pure.randrange(10), imm=pure.choice([0, 1, 1 << 32, 1 << 63, pure.getrandbits(64)]))
        if not wrong(insn):
            return insn


def program(pure: random.Random) -> ProgramSpec:
    code: list[Instruction] = []
    references: list[Reference] = []
    slot = 0
    for _ in range(pure.randrange(3, 25)):
        chance = pure.random()
        if chance < 0.15:
            references.append(Reference(slot, "map", pure.choice(MAPS).name))
            insn = I(op.LDDW, pure.randrange(1, 6), 1)
        elif chance < 0.3:
            insn = I(op.JMP | op.CALL, imm=pure.choice(_HELPERS))
        elif chance < 0.45:
            insn = I(op.ALU64 | op.MOV | op.X, pure.randrange(10), 10)
        elif chance < 0.55:
            insn = I(op.ALU64 | op.ADD, pure.randrange(10), imm=pure.choice([-8, -16, -4, -64, 8, 1]))
        else:
            insn = any_instruction(pure)
        code.append(insn)
        slot += insn.slots
    code.append(I(op.JMP | op.EXIT))
    return ProgramSpec("fuzz", pure.choice(_TYPES), encode(code), references=references)


def one(seed: int) -> str:
    """How the program of a seed ends: "result", "fault" or "refused". Anything else is raised."""
    pure = random.Random(seed)
    engine = VmEngine(jit=False, budget=2000)
    try:
        maps = {spec.name: engine.create_map(spec.copy()) for spec in MAPS}
        spec = program(pure)
        try:
            loaded = engine.load_program(spec, maps)
        except VerifierError:
            return "refused"
        try:
            if spec.type in _PACKETS:
                loaded.run(bytes(pure.randrange(34, 80)))
            else:
                loaded.run(context=bytes(168))
        except Fault:
            return "fault"
        return "result"
    finally:
        engine.close()


if __name__ == "__main__":
    first = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    ends: dict[str, int] = {}
    for number in range(first, first + count):
        end = one(number)
        ends[end] = ends.get(end, 0) + 1
    print(ends)
