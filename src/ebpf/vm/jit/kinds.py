"""What is known of each register before a program runs: a pointer with a known origin, or just a number.

A pointer with an origin is kept as its offset from the origin's base, so that generated code is `getelementptr base, offset`
and a bounds check is one comparison that LLVM can hoist. This is never trusted for safety: an offset is checked against
the origin's size at each access, and whatever 64 bits a register holds, "that number minus the base" is an exact
offset.

The analysis runs over one function at a time: forward over its blocks for the kinds, backward for liveness.
"""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.uapi.flags import BPF_PSEUDO_CALL, BPF_PSEUDO_KFUNC_CALL, MAX_BPF_STACK
from ebpf.vm.structure import CALLX, GOTOL, called_function, is_jump, jump_target

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ebpf.asm import Instruction
    from ebpf.vm.structure import Structure

    #: (what, which): ("stack", 0), ("context", 0), ("packet", 0), ("value", slot of the lookup), ("global", slot that
    #: stands for the map), ("map", same) for a map's own address; None for a number.
    Origin = tuple[str, int]

STACK: Origin = ("stack", 0)
CONTEXT: Origin = ("context", 0)
PACKET: Origin = ("packet", 0)

#: bpf_map_lookup_elem
LOOKUP = 1
#: What a call leaves in use: its arguments.
ARGUMENTS = 0b111110


class Kind:
    """What a register holds. `origin` None: a number, and `good` says that it lies within ±2**33.

    With an origin: an offset from its base, `at` if it is known, and `good` says that it lies within ±2**61, so that offsets
    compare as addresses do. (A program goes round at most its budget of times and adds at most 2**33 each time.)
    """

    __slots__ = ("at", "good", "origin")

    def __init__(self, origin: Origin | None, good: bool, at: int | None = None) -> None:
        self.origin = origin
        self.good = good
        self.at = at

    def moved(self, by: int | None, *, good: bool) -> Kind:
        """The pointer with a number added to it: `by`, if it is known."""
        at = self.at + by if self.at is not None and by is not None else None
        return Kind(self.origin, self.good and good, at if at is not None and abs(at) < 1 << 40 else None)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Kind):
            return NotImplemented
        return self.origin == other.origin and self.good == other.good and self.at == other.at

    __hash__ = None  # type: ignore[assignment]


NUMBER = Kind(None, False)
SMALL = Kind(None, True)


def join(a: Kind, b: Kind) -> Kind:
    if a.origin != b.origin:
        return NUMBER
    if a == b:
        return a
    return Kind(a.origin, a.good and b.good, a.at if a.at == b.at else None) if a.origin else NUMBER


def passed_on(kind: Kind) -> Kind:
    """What a function may know of an argument of that kind: frames and looked-up values are their own function's."""
    shared = kind.origin is None or kind.origin in (CONTEXT, PACKET) or kind.origin[0] in ("global", "map")
    return kind if shared else NUMBER


class Context:
    """What a program's context holds at which offset, for the analysis: `data`, `end` and `meta` are the offsets of the
    4-byte fields that hold the packet's pointers, -1 where there is none."""

    __slots__ = ("data", "end", "meta")

    def __init__(self, data: int = -1, end: int = -1, meta: int = -1) -> None:
        self.data = data
        self.end = end
        self.meta = meta


class State:
    """Kinds of r0 … r10, and of 8-byte words spilled to the frame (by offset from r10)."""

    __slots__ = ("regs", "spills")

    def __init__(self, regs: list[Kind], spills: dict[int, Kind]) -> None:
        self.regs = regs
        self.spills = spills

    def copy(self) -> State:
        return State(list(self.regs), dict(self.spills))


class Function:
    """The analysis of one function.

    `blocks` are (first slot, end); `entry[first]` the state there; `live[slot]` the registers (a mask) that may be read
    at or after a slot; `escapes`: a pointer into the frame becomes a number, or is used with an offset that isn't
    constant; `loops[header]` is the end slot of a loop that can be done over (see `_loops`).
    """

    def __init__(
        self,
        structure: Structure,
        start: int,
        context: Context,
        maps: dict[int, tuple[Origin, int]],
        *,
        moves_packet: Iterable[int] = (),
        main: bool,
        passed: list[Kind] | None = None,
    ) -> None:
        self.structure = structure
        self.start = start
        self.end = structure.end_of[start]
        self.context = context
        #: slot of a 16-byte load → its origin ("map" or "global"; the slot that stands for the map), and the offset
        self.maps = maps
        self.moves_packet = set(moves_packet)
        #: slot of a lookup → the origin of the map that it looks in
        self.looked_up: dict[int, Origin] = {}
        self.blocks = self._blocks()
        self.block_end = dict(self.blocks)
        self.entry: dict[int, State] = {}
        self._kinds(main, passed)
        self.live = self._liveness()
        self.loops = self._loops()

    # -- blocks

    def _blocks(self) -> list[tuple[int, int]]:
        at = self.structure.at
        leaders = {self.start} | {slot for slot in self.structure.targets if self.start <= slot < self.end}
        for slot in range(self.start, self.end):
            insn = at[slot]
            if insn is not None and slot + 1 < self.end and (is_jump(insn) or insn.opcode == op.JMP | op.EXIT):
                leaders.add(slot + 1)
        ordered = sorted(leaders)
        return list(zip(ordered, [*ordered[1:], self.end], strict=True))

    def successors(self, first: int, end: int) -> list[int]:
        last = self.last_slot(first, end)
        insn = self.structure.at[last]
        assert insn is not None
        if insn.opcode == op.JMP | op.EXIT:
            return []
        if is_jump(insn):
            target = jump_target(insn, last)
            if insn.opcode in (op.JMP | op.JA, GOTOL):
                return [target]
            return [target, last + 1] if last + 1 < self.end else [target]
        return [end] if end < self.end else []

    def last_slot(self, first: int, end: int) -> int:
        last = end - 1
        return last if self.structure.at[last] is not None else last - 1

    def calls_functions(self) -> bool:
        """Whether it calls functions of the program, or takes the address of one."""
        return any(
            insn is not None and called_function(insn, slot) is not None
            for slot, insn in enumerate(self.structure.at[self.start : self.end], self.start)
        )

    # -- kinds

    def _kinds(self, main: bool, passed: list[Kind] | None) -> None:
        regs = [NUMBER] * 10 + [Kind(STACK, True, MAX_BPF_STACK)]
        for reg in (0, 6, 7, 8, 9):
            regs[reg] = SMALL
        if main:
            regs[1] = Kind(CONTEXT, True, 0)
        elif passed is not None:
            regs[1:6] = passed
        self.entry[self.start] = State(regs, {})
        work = [self.start]
        ends = self.block_end
        while work:
            first = work.pop()
            state = self.entry[first].copy()
            for slot in range(first, ends[first]):
                insn = self.structure.at[slot]
                if insn is not None:
                    self.step(slot, insn, state)
            for target in self.successors(first, ends[first]):
                known = self.entry.get(target)
                if known is None:
                    self.entry[target] = state.copy()
                    work.append(target)
                elif self._merge(known, state):
                    work.append(target)

    @staticmethod
    def _merge(known: State, new: State) -> bool:
        changed = False
        for reg in range(10):
            joined = join(known.regs[reg], new.regs[reg])
            if joined != known.regs[reg]:
                known.regs[reg] = joined
                changed = True
        for offset in list(known.spills):
            joined = join(known.spills[offset], new.spills.get(offset, NUMBER))
            if joined != known.spills[offset]:
                changed = True
                if joined.origin is None:
                    del known.spills[offset]
                else:
                    known.spills[offset] = joined
        return changed

    def step(self, slot: int, insn: Instruction, state: State) -> None:
        """The effect of one instruction on the kinds."""
        code = insn.opcode
        kind = code & op.CLASS_MASK
        regs = state.regs
        if kind in (op.ALU, op.ALU64):
            regs[insn.dst] = self._alu(insn, regs, wide=kind == op.ALU64)
        elif kind == op.LDX:
            regs[insn.dst] = self._loaded(insn, state)
        elif kind == op.LD:
            if code == op.LDDW:
                found = self.maps.get(slot)
                regs[insn.dst] = Kind(found[0], True, found[1]) if found else NUMBER
            else:
                regs[0] = SMALL
        elif kind in (op.ST, op.STX):
            self._stored(insn, state)
        elif code & op.OP_MASK == op.CALL and kind == op.JMP:
            self._called(slot, insn, state)

    def _alu(self, insn: Instruction, regs: list[Kind], *, wide: bool) -> Kind:
        operation = insn.opcode & op.OP_MASK
        register = bool(insn.opcode & op.X)
        if operation == op.END:
            return NUMBER if insn.imm == 64 else SMALL
        if not wide:
            return SMALL
        if operation == op.MOV:
            if not register:
                return SMALL
            if insn.offset == 0:
                return regs[insn.src]
            return SMALL if insn.offset != 1 else NUMBER
        left = regs[insn.dst]
        right = regs[insn.src] if register else SMALL
        if operation == op.ADD:
            if left.origin and not right.origin:
                return left.moved(None if register else insn.imm, good=right.good)
            if right.origin and not left.origin:
                return right.moved(None, good=left.good)
            return NUMBER
        if operation == op.SUB:
            if left.origin and not right.origin:
                return left.moved(None if register else -insn.imm, good=right.good)
            return NUMBER
        if operation == op.AND and not left.origin and not right.origin:
            return SMALL if (not register and insn.imm >= 0) or (left.good and right.good) else NUMBER
        if operation == op.RSH and not register and insn.imm >= 31:
            return SMALL
        if operation in (op.OR, op.XOR) and not left.origin and not right.origin:
            return SMALL if left.good and right.good and (register or insn.imm >= 0) else NUMBER
        return NUMBER

    def _loaded(self, insn: Instruction, state: State) -> Kind:
        base = state.regs[insn.src]
        size = insn.opcode & op.SIZE_MASK
        pointers = (self.context.data, self.context.end, self.context.meta)
        plain = size == op.W and insn.opcode & op.MODE_MASK == op.MEM and base.origin == CONTEXT
        if plain and base.at is not None and base.at + insn.offset >= 0 and base.at + insn.offset in pointers:
            return Kind(PACKET, True, 0 if base.at + insn.offset == self.context.data else None)
        if size == op.DW:
            if insn.src == 10:
                return state.spills.get(insn.offset, NUMBER)
            return NUMBER
        return SMALL

    def _stored(self, insn: Instruction, state: State) -> None:
        code = insn.opcode
        size = op.SIZE_BYTES[code & op.SIZE_MASK]
        if code & op.MODE_MASK == op.ATOMIC:
            if insn.imm == op.LOAD_ACQ:
                state.regs[insn.dst] = NUMBER if size == 8 else SMALL
            elif insn.imm == op.CMPXCHG:
                state.regs[0] = NUMBER if size == 8 else SMALL
            elif insn.imm & op.FETCH and insn.imm != op.STORE_REL:
                state.regs[insn.src] = NUMBER if size == 8 else SMALL
        if insn.dst == 10:
            for offset in [o for o in state.spills if o < insn.offset + size and insn.offset < o + 8]:
                del state.spills[offset]
            if size == 8 and code & op.CLASS_MASK == op.STX and code & op.MODE_MASK == op.MEM:
                kind = state.regs[insn.src]
                if kind.origin and kind.origin[0] not in ("map",):
                    # What comes back may have been written over by a pointer: the origin is a guess, its range isn't known.
                    state.spills[insn.offset] = Kind(kind.origin, False)

    def _called(self, slot: int, insn: Instruction, state: State) -> None:
        regs = state.regs
        first = regs[1].origin
        if insn.opcode == op.JMP | op.CALL and insn.src == 0 and insn.imm == LOOKUP and first and first[0] == "map":
            origin = ("value", slot)
            for reg in range(10):
                if regs[reg].origin == origin:
                    regs[reg] = NUMBER
            for offset in [o for o, kind in state.spills.items() if kind.origin == origin]:
                del state.spills[offset]
            regs[0] = Kind(origin, True, 0)
            self.looked_up[slot] = first
            return
        if slot in self.moves_packet:
            for reg in range(10):
                if regs[reg].origin == PACKET:
                    regs[reg] = NUMBER
            for offset in [o for o, kind in state.spills.items() if kind.origin == PACKET]:
                del state.spills[offset]
        regs[0] = NUMBER

    # -- liveness

    def _liveness(self) -> dict[int, int]:
        """For each slot, the registers (bit mask) that may be read there or later."""
        at = self.structure.at
        live_in: dict[int, int] = {first: 0 for first, _ in self.blocks}
        live: dict[int, int] = {}
        changed = True
        while changed:
            changed = False
            for first, end in reversed(self.blocks):
                mask = 0
                for target in self.successors(first, end):
                    mask |= live_in[target]
                for slot in range(end - 1, first - 1, -1):
                    insn = at[slot]
                    if insn is not None:
                        reads, writes = uses(insn)
                        mask = (mask & ~writes) | reads
                    live[slot] = mask
                if mask != live_in[first]:
                    live_in[first] = mask
                    changed = True
        return live

    # -- loops that can be done over

    def _loops(self) -> dict[int, int]:
        """header → end, for the widest stretches of code that go back to their header, are entered there only, call nothing,
        and read nothing that they write. What goes wrong inside can start again from the header."""
        at = self.structure.at
        jumps = [
            (slot, jump_target(insn, slot))
            for slot in range(self.start, self.end)
            if (insn := at[slot]) is not None and is_jump(insn)
        ]
        ends: dict[int, int] = {}
        for slot, target in jumps:
            if target <= slot:
                ends[target] = max(ends.get(target, 0), slot + 1)
        found: dict[int, int] = {}
        for header, end in sorted(ends.items()):
            if any(h <= header < e for h, e in found.items()):
                continue
            inside = [insn for slot in range(header, end) if (insn := at[slot]) is not None]
            if not all(_can_be_done_over(insn) for insn in inside):
                continue
            if any(header < target < end and not header <= slot < end for slot, target in jumps):
                continue
            if any(header <= slot < end and target < header for slot, target in jumps):
                continue
            if header in self.entry and self._writes_apart(header, end):
                found[header] = end
        return found

    def _writes_apart(self, header: int, end: int) -> bool:
        """Whether what is written between two slots is sure not to be what is read there."""
        reads: set[str | None] = set()
        writes: set[str | None] = set()
        for first, stop in self.blocks:
            if not header <= first < end or first not in self.entry:
                continue
            state = self.entry[first].copy()
            for slot in range(first, stop):
                insn = self.structure.at[slot]
                if insn is None:
                    continue
                kind = insn.opcode & op.CLASS_MASK
                if kind == op.LDX:
                    reads.add(_memory(state.regs[insn.src].origin))
                elif kind in (op.ST, op.STX):
                    writes.add(_memory(state.regs[insn.dst].origin))
                self.step(slot, insn, state)
        return not writes or (None not in reads | writes and not reads & writes)


def _memory(origin: Origin | None) -> str | None:
    """Which memory an origin stands for: values of maps may be each other's."""
    return None if origin is None else "map" if origin[0] in ("value", "global", "map") else origin[0]


def _can_be_done_over(insn: Instruction) -> bool:
    kind = insn.opcode & op.CLASS_MASK
    if kind == op.STX:
        return insn.opcode & op.MODE_MASK == op.MEM
    if kind in (op.JMP, op.JMP32):
        return insn.opcode & op.OP_MASK not in (op.CALL, op.EXIT, op.JCOND)
    return not (kind == op.LD and insn.opcode != op.LDDW)


def uses(insn: Instruction) -> tuple[int, int]:
    """The registers that an instruction reads and writes, as masks."""
    code = insn.opcode
    kind = code & op.CLASS_MASK
    dst, src = 1 << insn.dst, 1 << insn.src
    if kind in (op.ALU, op.ALU64):
        operation = code & op.OP_MASK
        if operation == op.MOV:
            return (src if code & op.X else 0), dst
        if operation in (op.NEG, op.END):
            return dst, dst
        return dst | (src if code & op.X else 0), dst
    if kind == op.LDX:
        return src, dst
    if kind == op.LD:
        if code == op.LDDW:
            return 0, dst
        return (1 << 6) | (src if code & op.MODE_MASK == op.IND else 0), 1
    if kind == op.ST:
        return dst, 0
    if kind == op.STX:
        if code & op.MODE_MASK != op.ATOMIC:
            return dst | src, 0
        if insn.imm == op.LOAD_ACQ:
            return src, dst
        if insn.imm == op.CMPXCHG:
            return dst | src | 1, 1
        return dst | src, src if insn.imm & op.FETCH and insn.imm != op.STORE_REL else 0
    operation = code & op.OP_MASK
    if operation == op.EXIT:
        return 1, 0
    if operation == op.CALL:
        return ARGUMENTS | (dst if code == CALLX else 0), 1
    if operation in (op.JA, op.JCOND):
        return 0, 0
    return dst | (src if code & op.X else 0), 0


def is_local_call(insn: Instruction) -> bool:
    return insn.opcode == op.JMP | op.CALL and insn.src == BPF_PSEUDO_CALL


def is_kfunc_call(insn: Instruction) -> bool:
    return insn.opcode == op.JMP | op.CALL and insn.src == BPF_PSEUDO_KFUNC_CALL
