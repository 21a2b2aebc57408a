"""Lookups in prefix maps as generated code: what the helper finds, without calling it while nothing changes."""

from __future__ import annotations

import random
import sys

import pytest

pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")

from test_vm_native_maps import EXIT, LDDW, load, number, spied
from vm_code import call, ldx, mov, movr, st

from ebpf.asm import Instruction
from ebpf.spec import MapSpec
from ebpf.uapi import opcodes as op
from ebpf.uapi.flags import BPF_F_NO_PREALLOC
from ebpf.uapi.map_types import MapType
from ebpf.vm.engine import VmEngine

#: The value of the key at r1, 0 where there is none.
LOOKUP = [
    movr(2, 1), LDDW, call(1), Instruction(op.JMP | op.JEQ, 0, 0, 1, 0), ldx(op.DW, 0, 0, 0), EXIT,
]  # fmt: skip


def prefixes(engine: VmEngine, key_size: int, entries: int = 1000) -> object:
    return engine.create_map(MapSpec("m", MapType.LPM_TRIE, key_size, 8, entries, BPF_F_NO_PREALLOC))


def key(length: int, data: bytes) -> bytes:
    return number(length, 4) + data


@pytest.mark.parametrize("level", [0, 2])
@pytest.mark.parametrize("size", [1, 2, 4, 7, 8, 9, 16, 17])
def test_what_is_found_is_what_the_map_gives(size: int, level: int) -> None:
    """Keys near the prefixes, by all lengths, while prefixes come and go. 17 bytes are left to the helper."""
    pure = random.Random(size)
    engine = VmEngine(jit=False)
    map_ = prefixes(engine, 4 + size)
    program = load(engine, LOOKUP, map_, level)
    known: list[bytes] = []
    found = 0
    for turn in range(12):
        for _ in range(pure.randrange(6)):
            base = bytearray(pure.choice(known)[4:] if known and pure.random() < 0.6 else pure.randbytes(size))
            base[pure.randrange(size)] ^= 1 << pure.randrange(8)
            new = key(pure.randrange(8 * size + 1), bytes(base))
            map_.update(new, number(len(known) + 1))  # type: ignore[attr-defined]
            known.append(new)
        if turn % 4 == 3 and known:
            map_.delete(pure.choice(list(map_.keys())))  # type: ignore[attr-defined]
        for _ in range(60):
            data = bytearray(pure.choice(known)[4:] if known else bytes(size))
            if pure.random() < 0.7:
                data[pure.randrange(size)] ^= 1 << pure.randrange(8)
            asked = key(pure.choice((8 * size, 8 * size, pure.randrange(8 * size + 1), 8 * size + 1)), bytes(data))
            wanted = map_.lookup(asked)  # type: ignore[attr-defined]
            assert program.run(context=asked).retval == int.from_bytes(wanted or b"", sys.byteorder)
            found += wanted is not None
    assert found > 100


@pytest.mark.parametrize("level", [0, 2])
def test_the_helper_is_called_after_a_change_only(level: int) -> None:
    engine = VmEngine(jit=False)
    map_ = prefixes(engine, 8)
    for third in range(40):
        map_.update(key(24, bytes([10, 1, third, 0])), number(third))  # type: ignore[attr-defined]
    program = load(engine, LOOKUP, map_, level)
    python = spied(program, "h_1")

    def ask() -> list[int]:
        return [program.run(context=key(32, bytes([10, 1, third, 9]))).retval for third in range(40)]

    assert ask() == list(range(40))
    assert len(python) == 10  # as long as making an index takes
    assert ask() == list(range(40))
    assert len(python) == 10
    map_.update(key(24, bytes([10, 1, 5, 0])), number(77))  # type: ignore[attr-defined]
    assert ask()[5] == 77
    assert len(python) == 10  # a value in its place
    map_.update(key(32, bytes([10, 1, 6, 9])), number(78))  # type: ignore[attr-defined]
    assert ask()[6] == 78
    assert len(python) == 21
    map_.delete(key(24, bytes([10, 1, 0, 0])))  # type: ignore[attr-defined]
    assert ask()[0] == 0
    assert len(python) == 31


@pytest.mark.parametrize("level", [None, 0, 2])
def test_a_program_that_changes_the_map_that_it_asks(level: int | None) -> None:
    """It looks up, adds its key with all bits, and looks up again: the second answer is the new prefix."""
    engine = VmEngine(jit=False)
    map_ = prefixes(engine, 8)
    map_.update(key(8, bytes([10, 0, 0, 0])), number(1))  # type: ignore[attr-defined]
    again = [movr(2, 6), LDDW, call(1), Instruction(op.JMP | op.JEQ, 0, 0, 9, 0), ldx(op.DW, 0, 0, 0)]
    code = [
        movr(6, 1), *again[:3], Instruction(op.JMP | op.JEQ, 0, 0, 16, 0), ldx(op.DW, 7, 0, 0),
        st(op.DW, 10, -8, 5), movr(2, 6), movr(3, 10), Instruction(op.ALU64 | op.ADD, 3, imm=-8), mov(4, 0), LDDW, call(2),
        *again[:3], Instruction(op.JMP | op.JEQ, 0, 0, 3, 0), ldx(op.DW, 0, 0, 0),
        Instruction(op.ALU64 | op.LSH, 0, imm=8), Instruction(op.ALU64 | op.OR | op.X, 0, 7), EXIT,
    ]  # fmt: skip
    program = load(engine, code, map_, level)
    for last in range(20):
        assert program.run(context=key(32, bytes([10, 0, 0, last]))).retval == 5 << 8 | 1
    assert program.run(context=key(32, bytes([11, 0, 0, 1]))).retval == 0
