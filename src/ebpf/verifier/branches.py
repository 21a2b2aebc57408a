"""Jumps: which way, and what each way tells of the registers compared."""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.verifier import branch, calls, equal, functions
from ebpf.verifier.arith import alu
from ebpf.verifier.interned import const
from ebpf.verifier.messages import Refusal, not_readable, refuse
from ebpf.verifier.regs import (
    ADD_CONST,
    ADD_CONST32,
    AT_PACKET_END,
    BEYOND_PACKET_END,
    BTF_ID,
    BUF,
    CONST_MAP,
    KIND,
    MAP_KEY,
    MAP_VALUE,
    MAX_PACKET_OFF,
    MAYBE_NULL,
    MEM,
    NOT_INIT,
    PACKET,
    PACKET_END,
    PACKET_META,
    PACKETS_ANY,
    RCU,
    SCALAR,
    SOCK_COMMON,
    SOCKET,
    STACK,
    TCP_SOCK,
    TRUSTED,
    XDP_SOCK,
    Reg,
)  # fmt: skip
from ebpf.verifier.state import SPILL, Slot, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Step, Verifier


#: Most registers that are refined together.
MAX_LINKED = 6
_NEVER_NULL = frozenset((SOCKET, TCP_SOCK, XDP_SOCK, BUF, MAP_VALUE, MAP_KEY, SOCK_COMMON, MEM, CONST_MAP))


def build(v: Verifier, i: int, code: int, dst: int, src: int, off: int, imm: int) -> Step:
    which, kind = code & op.OP_MASK, code & op.CLASS_MASK
    if which == op.CALL:
        if code & op.X or (src != 2 and off) or src not in (0, 1, 2) or dst or kind == op.JMP32:
            return refuse("malformed", "BPF_CALL uses reserved fields")
        return calls.build(v, i, src, imm)
    if which == op.EXIT:
        if code & op.X or imm or src or dst or kind == op.JMP32:
            return refuse("malformed", "BPF_EXIT uses reserved fields")
        return functions.leave
    if which == op.JA:
        if code & op.X or src or dst or (imm if kind == op.JMP else off):
            return refuse("malformed", "BPF_JA uses reserved fields")
        target = v.flow.jump_target(i)
        assert target is not None

        def jump(v: Verifier) -> int:
            v.jumps += 1
            return target

        return jump
    if which == op.JCOND:
        return _may_goto(i, code, dst, src, off, imm)
    if which > op.JCOND:
        return refuse("malformed", f"invalid BPF_JMP/JMP32 opcode {which:x}")
    register = bool(code & op.X)
    if (register and imm) or (not register and src):
        return refuse("malformed", "BPF_JMP/JMP32 uses reserved fields")
    return _conditional(i, which, kind == op.JMP, dst, src if register else -1, off, imm)


def _may_goto(i: int, code: int, dst: int, src: int, off: int, imm: int) -> Step:
    def step(v: Verifier) -> int:
        v.jumps += 1
        if code != op.JMP | op.JCOND or src or dst or imm or off == 0:
            raise Refusal("malformed", f"invalid may_goto off {off} imm {imm}")
        state = v.state
        assert state.parent is not None
        before = v.checkpoints.behind(state.parent, i)
        queued = v.push_branch(i + 1, i)
        queued.may_goto += 1
        if before is not None:
            equal.widen(v, before, queued)
        return i + 1 + off

    return step


def _not_null(reg: Reg) -> bool:
    if reg.type & MAYBE_NULL or not reg.s.smin > -(1 << 29) or reg.s.smax >= 1 << 29:
        return False
    kind = reg.type & KIND
    return kind in _NEVER_NULL or (kind == BTF_ID and bool(reg.type & (TRUSTED | RCU) or reg.ref))


def _predict(which: int, wide: bool, a: Reg, b: Reg) -> bool | None:
    if a.type == SCALAR and b.type == SCALAR:
        return branch.outcome(which, wide, a.s, b.s)
    if a.type in PACKETS_ANY and b.type in PACKETS_ANY and wide:
        if b.type == PACKET_END:
            packet = a
        elif a.type == PACKET_END:
            packet, which = b, branch.FLIP[which]
        else:
            return None
        reach = packet.aux
        if not isinstance(reach, int) or reach >= 0:
            return None
        if which in (branch.JLE, branch.JGT):
            return which == branch.JGT if reach == BEYOND_PACKET_END else None
        if which in (branch.JLT, branch.JGE):
            return which == branch.JGE
        return None
    if not wide:
        return None
    if b.type != SCALAR or b.s.const is None:
        a, b, which = b, a, branch.FLIP[which]
    if b.type != SCALAR or b.s.const != 0 or not _not_null(a):
        return None
    return {branch.JEQ: False, branch.JNE: True}.get(which)


def _conditional(i: int, which: int, wide: bool, dst: int, src: int, off: int, imm: int) -> Step:
    number = const(imm)
    number_reg = number.reg
    following, target = i + 1, i + 1 + off
    opposite = branch.ELSE[which]
    null_test = src < 0 and wide and imm == 0 and which in (branch.JEQ, branch.JNE)

    def step(v: Verifier) -> int:
        v.jumps += 1
        regs = v.regs
        a = regs[dst]
        if a.type == NOT_INIT:
            raise not_readable(dst)
        flags = 0
        if src >= 0:
            b = regs[src]
            if b.type == NOT_INIT:
                raise not_readable(src)
            if b.type != SCALAR and not v.pointer_leaks_ok and not (a.type in PACKETS_ANY and b.type in PACKETS_ANY):
                raise Refusal("pointer-compare", f"R{src} pointer comparison prohibited", register=src, value=b)
            if b.type == STACK:
                flags |= 1
        else:
            b = number_reg
        if a.type == STACK:
            flags |= 2
        if flags:
            v.push_history(None, flags)
        way = _predict(which, wide, a, b)
        if way is not None:
            if a.type == SCALAR:
                v.mark_precise(dst)
            if src >= 0 and b.type == SCALAR:
                v.mark_precise(src)
            return target if way else following
        linked: list[tuple[int, bool, int]] = []
        if b.type == SCALAR and b.id:
            _collect(v, b.id & ~ADD_CONST, linked)
        if a.type == SCALAR and a.id:
            _collect(v, a.id & ~ADD_CONST, linked)
        if len(linked) > 1:
            v.push_history(None, 0, tuple(linked))
        other = v.push_branch(target, i)
        state = v.state
        other.trail = (i, True, state.trail)
        state.trail = (i, False, state.trail)
        if a.type == SCALAR and b.type == SCALAR:
            a, b = regs[dst], regs[src] if src >= 0 else b
            same = src == dst
            for there, chosen in ((state, opposite), (other, which)):
                one, two = branch.refine(chosen, wide, a.s, b.s, same)
                their = there.regs
                if src >= 0:
                    their[src] = b if two is b.s else Reg(SCALAR, two, b.off, b.id)
                their[dst] = a if one is a.s else Reg(SCALAR, one, a.off, a.id)
                if linked:
                    if src >= 0 and b.id:
                        _spread(there, their[src], linked)
                    if a.id:
                        _spread(there, their[dst], linked)
        elif wide and src >= 0 and a.type != SCALAR and b.type != SCALAR:
            if a.type & KIND != BTF_ID and b.type & KIND != BTF_ID and which in (branch.JEQ, branch.JNE):
                sure = other.regs if which == branch.JEQ else regs
                if _not_null(a) and b.type & MAYBE_NULL:
                    sure[src] = v.not_null(b)
                elif _not_null(b) and a.type & MAYBE_NULL:
                    sure[dst] = v.not_null(a)
        if null_test and a.type & MAYBE_NULL:
            decide_null(v, state, a, which == branch.JNE)
            decide_null(v, other, a, which == branch.JEQ)
        elif not (src >= 0 and wide and _match_packet(which, a, b, dst, src, state, other)):
            if a.type != SCALAR and not v.pointer_leaks_ok:
                raise Refusal("pointer-compare", f"R{dst} pointer comparison prohibited", register=dst, value=a)
        return following

    return step


def decide_null(v: Verifier, state: State, reg: Reg, null: bool) -> None:
    """Every copy of a pointer that may be NULL is, or is not."""
    id, ref = reg.id, reg.ref
    if null and ref and ref == id:
        state.held = tuple(h for h in state.held if h.id != id)

    def change(r: Reg) -> Reg | None:
        if not r.type & MAYBE_NULL or r.id != id:
            return None
        if null:
            return r.s.reg
        return v.not_null(r)

    state.replace_regs(change)


def _match_packet(which: int, a: Reg, b: Reg, dst: int, src: int, this: State, other: State) -> bool:
    """A comparison of a packet pointer with the end (or of a metadata pointer with the packet's start)."""

    def ends(packet: Reg, end: Reg) -> bool:
        return (packet.type == PACKET and end.type == PACKET_END) or (
            packet.type == PACKET_META and end.type == PACKET and end.off == 0 and end.s.const == 0
        )

    if which not in (branch.JGT, branch.JLT, branch.JGE, branch.JLE):
        return False
    if ends(a, b):
        packet, number = a, dst
    elif ends(b, a):
        packet, number = b, src
        which = branch.FLIP[which]
    else:
        return False
    # packet <which> end is true on the other path. `fits`: the path where the packet pointer isn't beyond the end.
    beyond, fits = (other, this) if which in (branch.JGT, branch.JGE) else (this, other)
    # "> end" leaves "<= end": all up to the pointer is there. ">= end" leaves "< end": one byte more.
    open_end = which in (branch.JGE, branch.JLT)
    _reach(fits, packet, open_end)
    regs = beyond.regs
    if regs[number].type == PACKET:
        regs[number] = regs[number].but(aux=AT_PACKET_END if open_end else BEYOND_PACKET_END)
    return True


def _reach(state: State, packet: Reg, open_end: bool) -> None:
    if packet.off < 0 or (packet.off == 0 and open_end):
        return
    if packet.s.umax > MAX_PACKET_OFF or packet.s.umax + packet.off > MAX_PACKET_OFF:
        return
    reach = packet.off + (1 if open_end else 0)
    type, id = packet.type, packet.id

    def change(r: Reg) -> Reg | None:
        if r.type == type and r.id == id and r.aux < reach:
            return r.but(aux=reach)
        return None

    state.replace_regs(change)


# -- scalars that hold the same number, or that number plus a constant


def _collect(v: Verifier, id: int, linked: list[tuple[int, bool, int]]) -> None:
    """Adds to `linked` what holds that number (or it plus a constant), as far as it is still needed."""
    keep = ~ADD_CONST
    frames = v.frames
    place = v.insn
    for frame in reversed(frames):
        regs = frame.regs
        live = v.flow.live[place]
        place = frame.callsite
        for n in range(10):
            reg = regs[n]
            if live >> n & 1 and reg.type == SCALAR and reg.id and reg.id & keep == id:
                entry = (frame.number, True, n)
                if len(linked) < MAX_LINKED:
                    if entry not in linked:
                        linked.append(entry)
                else:
                    regs[n] = reg.s.reg
        for n, slot in enumerate(frame.stack):
            if slot.types[7] == SPILL and slot.reg.type == SCALAR and slot.reg.id and slot.reg.id & keep == id:
                entry = (frame.number, False, n)
                if len(linked) < MAX_LINKED:
                    if entry not in linked:
                        linked.append(entry)
                else:
                    frame.stack[n] = Slot(slot.types, slot.reg.s.reg)


def _spread(state: State, known: Reg, linked: list[tuple[int, bool, int]]) -> None:
    """What was learned of one is learned of all that are linked to it."""
    plus, plus32 = alu(op.ADD, True), alu(op.ADD, False)
    id = known.id & ~ADD_CONST
    for number, is_register, n in linked:
        frame = state.frames[number]
        if is_register:
            reg = frame.regs[n]
        else:
            slot = frame.stack[n]
            if slot.types[7] != SPILL:
                continue
            reg = slot.reg
        if reg is known or reg.type != SCALAR or reg.id & ~ADD_CONST != id:
            continue
        if (reg.id ^ known.id) & ADD_CONST == ADD_CONST:
            continue  # one sum is of 64 bits, the other of 32: neither tells of the other
        if reg.off == known.off:
            new = known
        else:
            add = plus32 if (reg.id | known.id) & ADD_CONST32 else plus
            new = Reg(SCALAR, add(known.s, const(reg.off - known.off)), reg.off, reg.id)
        if is_register:
            frame.regs[n] = new
        else:
            frame.stack[n] = Slot(slot.types, new)
