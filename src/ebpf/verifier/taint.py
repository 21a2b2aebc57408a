"""Which ranges of registers hold on every run.

Exploration stops where a path joins one that is proved, even if numbers that never mattered to safety differ. What was found
of those numbers further on is then not true of the joining path. Each such place is remembered; here it is followed
forwards, and what depends on it is not claimed.
"""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.verifier.scalar import Scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Verifier

#: Bits 0–9 registers; 10 anything kept in memory that a frame can reach.
_MEMORY = 1 << 10
_SAVED = 0b1111000000


def claims(v: Verifier) -> dict[int, tuple[Scalar | None, ...]]:
    assert v.ranges is not None
    marks = _spread(v) if v.tainted else {}
    out: dict[int, tuple[Scalar | None, ...]] = {}
    for slot, known in v.ranges.items():
        # Registers that nothing reads any more were not compared where paths joined.
        mask = marks.get(slot, 0) | ~v.flow.live[slot]
        out[slot] = tuple(None if mask >> n & 1 else s for n, s in enumerate(known))
    return out


def _spread(v: Verifier) -> dict[int, int]:
    flow = v.flow
    marks: dict[int, int] = {}
    work: list[int] = []

    def put(slot: int, mask: int) -> None:
        if slot < flow.count and mask & ~marks.get(slot, 0):
            marks[slot] = marks.get(slot, 0) | mask
            work.append(slot)

    for slot, up, place in v.tainted:
        bit = 1 << place if place < 16 else _MEMORY
        # A register of a caller: it is the caller's again after the call.
        put(slot if up == 0 else slot + 1, bit)
        if bit == _MEMORY:
            put(slot, bit)
    returns: dict[int, list[int]] = {}
    for i in range(flow.count):
        if flow.is_pseudo_call(i):
            returns.setdefault(flow.at[i + flow.imm[i] + 1], []).append(i)
    while work:
        i = work.pop()
        mask = marks[i]
        code = flow.code[i]
        kind, which = code & op.CLASS_MASK, code & op.OP_MASK
        use, define = flow.use_and_definition(i) if code else (0, 0)
        after = mask & ~define
        if (kind in (op.ALU, op.ALU64) and mask & use) or (kind == op.LDX and mask & _MEMORY):
            after |= define
        elif kind in (op.STX, op.ST):
            if mask & use:
                after |= _MEMORY
            if mask & _MEMORY:
                after |= define
        elif kind in (op.JMP, op.JMP32) and which == op.CALL:
            if flow.is_pseudo_call(i):
                put(i + flow.imm[i] + 1, mask & (0b111110 | _MEMORY))
            after = (mask & _SAVED) | (mask & _MEMORY)
            if mask & _MEMORY:
                after |= 1
        elif which == op.EXIT and kind == op.JMP:
            for call in returns.get(flow.owner[i], ()):
                put(call + 1, mask & (1 | _MEMORY))
            continue
        elif kind in (op.JMP, op.JMP32) and which not in (op.JA, op.JCOND) and mask & use:
            # A comparison tells of one register by the other.
            after |= use & ((1 << 10) - 1)
        if code == op.LDDW:
            put(i + 2, after)
            continue
        target = flow.jump_target(i)
        if target is not None:
            put(target, after)
            if which == op.JA:
                continue
        put(i + 1, after)
    return marks
