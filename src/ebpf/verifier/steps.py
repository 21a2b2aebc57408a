"""What each instruction does to the abstract state: one closure per instruction, made once, run for each visit.

A step is called with the verifier, whose `regs` are the registers of the frame on top, and gives the slot that follows,
or -1 where the path ends. What can be said of an instruction without any state (its fields, the transfer function) is said
when the closure is made.
"""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.verifier import arith, branches, functions, objects, pointers
from ebpf.verifier.memory import access, check_plain_offset
from ebpf.verifier.messages import Refusal, not_readable, refuse
from ebpf.verifier.regs import (
    ADD_CONST,
    ADD_CONST32,
    ADD_CONST64,
    ARENA,
    BTF_ID,
    CONST_MAP,
    CTX,
    FLOW_KEYS,
    FUNC,
    KIND,
    MAP_VALUE,
    NOT_INIT,
    PACKETS,
    SCALAR,
    SOCKS,
    UNINIT,
    MapInfo,
    Reg,
    kind_name,
)  # fmt: skip
from ebpf.verifier.scalar import S32_MAX, S32_MIN, UNKNOWN, ZERO, const
from ebpf.verifier.tnum import M32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Step, Verifier
    from ebpf.verifier.scalar import Scalar


_WIDTH = {op.B: 1, op.H: 2, op.W: 4, op.DW: 8}
#: Immediate of the move that converts between arena address spaces.
ADDR_SPACE_CAST = 1


def need(v: Verifier, regno: int) -> Reg:
    reg = v.regs[regno]
    if reg.type == NOT_INIT:
        raise not_readable(regno)
    return reg


_BAD_ALU = "BPF_ALU uses reserved fields"


def build(v: Verifier, i: int) -> Step:
    """The step of the instruction at `i`."""
    flow = v.flow
    code, dst, src, off, imm = flow.code[i], flow.dst[i], flow.src[i], flow.off[i], flow.imm[i]
    kind = code & op.CLASS_MASK
    writes_dst = kind in (op.ALU, op.ALU64, op.LDX, op.LD) and not (
        kind == op.LD and code & op.MODE_MASK in (op.ABS, op.IND)
    )
    if writes_dst and dst == 10:
        return _read_first(v, i, kind, code, src)
    if kind == op.ALU or kind == op.ALU64:
        return _alu(v, i, code, dst, src, off, imm)
    if kind == op.LDX:
        return _load(v, i, code, dst, src, off, imm)
    if kind == op.ST:
        return _store_number(v, i, code, dst, src, off, imm)
    if kind == op.STX:
        if code & op.MODE_MASK == op.ATOMIC:
            return _atomic(v, i, code, dst, src, off, imm)
        return _store(v, i, code, dst, src, off, imm)
    if kind == op.LD:
        mode = code & op.MODE_MASK
        if mode == op.IMM:
            return _load_imm(v, i, code, dst, src, off)
        if mode in (op.ABS, op.IND):
            return _load_packet(v, i, code, dst, src, off)
        return refuse("malformed", "invalid BPF_LD mode")
    return branches.build(v, i, code, dst, src, off, imm)


def _read_first(v: Verifier, i: int, kind: int, code: int, src: int) -> Step:
    def step(v: Verifier) -> int:
        if (kind == op.LDX or (kind in (op.ALU, op.ALU64) and code & op.X)) and src <= 10:
            need(v, src)
        raise Refusal("stack-bounds", "frame pointer is read only", register=10, required="another register")

    return step


# -- arithmetic


def _alu(v: Verifier, i: int, code: int, dst: int, src: int, off: int, imm: int) -> Step:
    which = code & op.OP_MASK
    wide = code & op.CLASS_MASK == op.ALU64
    register = bool(code & op.X)
    if which in (op.NEG, op.END):
        return _unary(v, i, which, wide, code, dst, src, off, imm)
    if which == op.MOV:
        return _move(v, i, wide, register, dst, src, off, imm)
    if which > op.END:
        return refuse("malformed", f"invalid BPF_ALU opcode {which:x}")
    if (imm if register else src) or off not in (0, 1) or (off == 1 and which not in (op.MOD, op.DIV)):
        return refuse("malformed", _BAD_ALU)
    if not register:
        if which in (op.DIV, op.MOD) and imm == 0:
            return refuse("malformed", "div by zero")
        if which in (op.LSH, op.RSH, op.ARSH) and not 0 <= imm < (64 if wide else 32):
            return refuse("malformed", f"invalid shift {imm}")
    transfer = arith.alu(which, wide)
    following = i + 1
    forks = which in (op.AND, op.OR)
    # "That register plus a constant" is remembered.
    links = which in (op.ADD, op.SUB)
    negate = which == op.SUB

    if not register:
        number = const(imm)
        number_reg = number.reg

        def step(v: Verifier) -> int:
            regs = v.regs
            reg = regs[dst]
            if reg.type != SCALAR:
                return _alu_slow(v, i, which, wide, dst, -1, number_reg)
            s = reg.s
            if forks and (s.smin == -1 or s.s32min == -1):
                s = _fork(v, dst, s)
            new = transfer(s, number)
            if links and reg.id and v.capable:
                regs[dst] = _plus(reg, new, imm, wide, negate)
            else:
                regs[dst] = new.reg
            return following

        return step

    def step_register(v: Verifier) -> int:
        regs = v.regs
        reg, other = regs[dst], regs[src]
        if reg.type != SCALAR or other.type != SCALAR:
            return _alu_slow(v, i, which, wide, dst, src, other)
        s = reg.s
        if forks and other.s.const is not None and (s.smin == -1 or s.s32min == -1):
            s = _fork(v, dst, s)
        new = transfer(s, other.s)
        if not v.perfmon:
            pointers.sanitize_value(v, i, which)
        if links and reg.id and v.capable and dst != src and not (other.s.mask if wide else other.s.mask & M32):
            regs[dst] = _plus(reg, new, other.s.smin if wide else other.s.s32min, wide, negate)
        else:
            regs[dst] = new.reg
        return following

    return step_register


def _plus(reg: Reg, new: Scalar, number: int, wide: bool, negate: bool) -> Reg:
    """The sum of a scalar that others are linked to and a constant: still known to be that scalar plus something."""
    if negate:
        number = -number
    if reg.id & ADD_CONST or not S32_MIN <= number <= S32_MAX or (not wide and reg.s.umax > M32):
        return new.reg
    return Reg(SCALAR, new, number, reg.id | (ADD_CONST64 if wide else ADD_CONST32))


def _fork(v: Verifier, dst: int, s: Scalar) -> Scalar:
    """A value that is 0 or -1 (a mask made of a comparison) is looked at as two paths."""
    if s.smin == -1 and s.smax == 0:
        zero, ones = ZERO, const(-1)
    elif s.s32min == -1 and s.s32max == 0:
        zero, ones = pointers.with_low(s, 0), pointers.with_low(s, -1)
    else:
        return s
    branch = v.push_branch(v.insn, v.insn)
    branch.regs[dst] = zero.reg
    return ones


def _alu_slow(v: Verifier, i: int, which: int, wide: bool, dst: int, src: int, other: Reg) -> int:
    """Arithmetic with a pointer, or with a register that holds nothing."""
    regs = v.regs
    if src >= 0 and other.type == NOT_INIT:
        raise not_readable(src)
    reg = regs[dst]
    if reg.type == NOT_INIT:
        raise not_readable(dst)
    if reg.type == ARENA or other.type == ARENA:
        if reg.type != ARENA:
            regs[dst] = other
        return i + 1
    if reg.type != SCALAR and other.type != SCALAR:
        if which == op.SUB and v.pointer_leaks_ok:
            regs[dst] = UNKNOWN.reg
            return i + 1
        raise Refusal(
            "pointer-arithmetic", f"R{dst} pointer {_SIGN[which]} pointer prohibited", register=dst, value=reg
        )
    if reg.type != SCALAR:
        if src >= 0:
            v.mark_precise(src)
        regs[dst] = pointers.add(v, i, which, wide, dst, reg, other, True)
    else:
        v.mark_precise(dst)
        regs[dst] = pointers.add(v, i, which, wide, dst, other, reg, False)
    return i + 1


_SIGN = {op.ADD: "+=", op.SUB: "-=", op.MUL: "*=", op.DIV: "/=", op.OR: "|=", op.AND: "&=", op.LSH: "<<=", op.RSH: ">>=",
         op.MOD: "%=", op.XOR: "^=", op.ARSH: "s>>="}  # fmt: skip


def _unary(v: Verifier, i: int, which: int, wide: bool, code: int, dst: int, src: int, off: int, imm: int) -> Step:
    if which == op.NEG:
        if code & op.X or src or off or imm:
            return refuse("malformed", "BPF_NEG uses reserved fields")
    elif src or off or imm not in (16, 32, 64) or (wide and code & op.X):
        return refuse("malformed", "BPF_END uses reserved fields")

    # bswap (ALU64) always reverses; le and be where the machine's order is the other one.
    reverse = wide or bool(code & op.X) == (v.byte_order == "little")

    def step(v: Verifier) -> int:
        reg = need(v, dst)
        if reg.type != SCALAR and not v.pointer_leaks_ok:
            raise Refusal("pointer-arithmetic", f"R{dst} pointer arithmetic prohibited", register=dst, value=reg)
        if which == op.NEG and reg.type == SCALAR:
            v.regs[dst] = arith.negate(reg.s, wide).reg
        elif reg.type == SCALAR and imm == 64 and not reverse:
            pass
        elif reg.type == SCALAR:
            v.regs[dst] = arith.swap(reg.s, imm, reverse=reverse).reg
        else:
            v.regs[dst] = UNKNOWN.reg
        return i + 1

    return step


def _move(v: Verifier, i: int, wide: bool, register: bool, dst: int, src: int, off: int, imm: int) -> Step:
    following = i + 1
    bad = refuse("malformed", "BPF_MOV uses reserved fields")
    if not register:
        if src or off:
            return bad
        number = const(imm if wide else imm & 0xFFFFFFFF).reg

        def step_number(v: Verifier) -> int:
            v.regs[dst] = number
            return following

        return step_number
    if wide and off == ADDR_SPACE_CAST:
        return _cast(i, dst, src, imm)
    if imm or off not in ((0, 8, 16, 32) if wide else (0, 8, 16)):
        return bad
    if not wide:
        return _move32(i, dst, src, off)
    if off:
        return _move_signed(i, dst, src, off)

    def step(v: Verifier) -> int:
        regs = v.regs
        reg = regs[src]
        if reg.type == SCALAR:
            if reg.s.const is None and (not reg.id or reg.id & ADD_CONST):
                reg = v.link(src)
            elif reg.id & ADD_CONST:
                reg = regs[src] = reg.s.reg
        elif reg.type == NOT_INIT:
            raise not_readable(src)
        regs[dst] = reg
        return following

    return step


def _cast(i: int, dst: int, src: int, imm: int) -> Step:
    def step(v: Verifier) -> int:
        if imm not in (1, 1 << 16):
            raise Refusal("malformed", "addr_space_cast insn can only convert between address space 1 and 0")
        if not v.has_arena:
            raise Refusal(
                "malformed", "addr_space_cast insn can only be used in a program that has an associated arena"
            )
        need(v, src)
        v.regs[dst] = Reg(ARENA, UNKNOWN) if imm == 1 else UNKNOWN.reg
        return i + 1

    return step


def _move_signed(i: int, dst: int, src: int, bits: int) -> Step:
    def step(v: Verifier) -> int:
        reg = need(v, src)
        if reg.type != SCALAR:
            if not v.pointer_leaks_ok:
                raise Refusal("pointer-arithmetic", f"R{src} sign-extension part of pointer", register=src, value=reg)
            v.regs[dst] = UNKNOWN.reg
            return i + 1
        same = reg.s.umax < 1 << (bits - 1)
        if same:
            reg = v.link(src)
        s = arith.sign_extend(reg.s, bits >> 3)
        v.regs[dst] = Reg(SCALAR, s, reg.off, reg.id) if same and reg.id else s.reg
        return i + 1

    return step


def _move32(i: int, dst: int, src: int, bits: int) -> Step:
    following = i + 1

    def step(v: Verifier) -> int:
        reg = need(v, src)
        if reg.type != SCALAR:
            if not v.pointer_leaks_ok:
                raise Refusal("pointer-arithmetic", f"R{src} partial copy of pointer", register=src, value=reg)
            v.regs[dst] = arith.low32(UNKNOWN).reg
            return following
        same = reg.s.umax < (1 << (bits - 1) if bits else 1 << 32)
        if same:
            reg = v.link(src)
        s = arith.low32(reg.s) if not bits else arith.sign_extend32(reg.s, bits >> 3)
        v.regs[dst] = Reg(SCALAR, s, reg.off, reg.id) if same and reg.id else s.reg
        return following

    return step


# -- loads and stores


def _load(v: Verifier, i: int, code: int, dst: int, src: int, off: int, imm: int) -> Step:
    mode, size = code & op.MODE_MASK, _WIDTH[code & op.SIZE_MASK]
    if imm or mode not in (op.MEM, op.MEMSX) or (mode == op.MEMSX and size == 8):
        return refuse(
            "malformed", "BPF_LDX uses reserved fields" if mode in (op.MEM, op.MEMSX) else f"unknown opcode {code:02x}"
        )
    sign = mode == op.MEMSX
    following = i + 1
    types = v.access_kinds

    def step(v: Verifier) -> int:
        regs = v.regs
        pointer = regs[src]
        if pointer.type == NOT_INIT:
            raise not_readable(src)
        found = access(v, src, off, size, False, dst, None, False, sign)
        regs[dst] = found if found is not None else UNKNOWN.reg
        if types[i] != pointer.type:
            _same_kind(types, i, pointer.type, True)
        return following

    return step


#: Kinds that need code of their own for an access, so that one instruction can't serve two of them.
_OWN_CODE = frozenset((CTX, *SOCKS, BTF_ID, ARENA))


def _same_kind(types: list[int], i: int, type: int, trust_may_differ: bool = False) -> None:
    """One instruction must not reach, on different paths, kinds of memory that need different code."""
    before = types[i]
    if before == NOT_INIT:
        types[i] = type
    elif type != before and (type & KIND in _OWN_CODE or before & KIND in _OWN_CODE):
        if trust_may_differ and type & KIND == BTF_ID == before & KIND:
            return
        raise Refusal("not-pointer", "same insn cannot be used with different pointers")


def _store(v: Verifier, i: int, code: int, dst: int, src: int, off: int, imm: int) -> Step:
    if code & op.MODE_MASK != op.MEM or imm:
        return refuse("malformed", "BPF_STX uses reserved fields")
    size = _WIDTH[code & op.SIZE_MASK]
    types = v.access_kinds

    def step(v: Verifier) -> int:
        need(v, src)
        pointer = need(v, dst)
        access(v, dst, off, size, True, src)
        if types[i] != pointer.type:
            _same_kind(types, i, pointer.type)
        return i + 1

    return step


def _store_number(v: Verifier, i: int, code: int, dst: int, src: int, off: int, imm: int) -> Step:
    if code & op.MODE_MASK != op.MEM or src:
        return refuse("malformed", "BPF_ST uses reserved fields")
    size = _WIDTH[code & op.SIZE_MASK]
    types = v.access_kinds

    def step(v: Verifier) -> int:
        pointer = need(v, dst)
        access(v, dst, off, size, True, -1, imm)
        if types[i] != pointer.type:
            _same_kind(types, i, pointer.type)
        return i + 1

    return step


_RMW = {op.ADD, op.AND, op.OR, op.XOR}
_RMW |= {which | op.FETCH for which in _RMW} | {op.XCHG, op.CMPXCHG}


def _atomic(v: Verifier, i: int, code: int, dst: int, src: int, off: int, which: int) -> Step:
    size = _WIDTH[code & op.SIZE_MASK]
    if which == op.LOAD_ACQ:
        return _acquire(v, i, dst, src, off, size)
    if which == op.STORE_REL:
        return _release(v, i, dst, src, off, size)
    if which not in _RMW:
        return refuse("atomic", f"BPF_ATOMIC uses invalid atomic opcode {which & 0xFFFFFFFF:02x}")
    if size < 4:
        return refuse("atomic", "invalid atomic operand size")
    types = v.access_kinds

    def step(v: Verifier) -> int:
        regs = v.regs
        value = need(v, src)
        pointer = need(v, dst)
        if which == op.CMPXCHG and v.is_pointer(need(v, 0)):
            raise Refusal("pointer-leak", "R0 leaks addr into mem", register=0, value=regs[0])
        if v.is_pointer(value):
            raise Refusal("pointer-leak", f"R{src} leaks addr into mem", register=src, value=value)
        _atomic_place(v, dst, pointer, size, False)
        access(v, dst, off, size, False, -1, None, True)
        result = -1
        if which == op.CMPXCHG:
            result = 0
        elif which & op.FETCH:
            result = src
        loaded = access(v, dst, off, size, False, result, None, True) if result >= 0 else None
        if result == 10:
            raise Refusal("stack-bounds", "frame pointer is read only", register=10)
        # What is stored is not known here, whatever the registers hold.
        access(v, dst, off, size, True, -1, None, True)
        if result >= 0:
            regs[result] = loaded if loaded is not None else UNKNOWN.reg
        if types[i] != pointer.type:
            _same_kind(types, i, pointer.type)
        return i + 1

    return step


def _atomic_place(v: Verifier, regno: int, reg: Reg, size: int, load: bool) -> None:
    kind = reg.type & KIND
    if kind in (CTX, FLOW_KEYS) or kind in PACKETS or kind in SOCKS or (kind == ARENA and not v.arena_atomics):
        raise Refusal(
            "atomic",
            f"BPF_ATOMIC {'loads from' if load else 'stores into'} R{regno} {kind_name(reg.type)} is not allowed",
            register=regno, value=reg,
        )  # fmt: skip


def _acquire(v: Verifier, i: int, dst: int, src: int, off: int, size: int) -> Step:
    def step(v: Verifier) -> int:
        pointer = need(v, src)
        _atomic_place(v, src, pointer, size, True)
        if dst == 10:
            raise Refusal("stack-bounds", "frame pointer is read only", register=10)
        found = access(v, src, off, size, False, dst, None, True)
        v.regs[dst] = found if found is not None else UNKNOWN.reg
        _same_kind(v.access_kinds, i, pointer.type)
        return i + 1

    return step


def _release(v: Verifier, i: int, dst: int, src: int, off: int, size: int) -> Step:
    def step(v: Verifier) -> int:
        need(v, src)
        pointer = need(v, dst)
        _atomic_place(v, dst, pointer, size, False)
        access(v, dst, off, size, True, src, None, True)
        _same_kind(v.access_kinds, i, pointer.type)
        return i + 1

    return step


# -- the 16-byte load, and packet loads of old


def _load_imm(v: Verifier, i: int, code: int, dst: int, src: int, off: int) -> Step:
    if code != op.LDDW:
        return refuse("malformed", "invalid BPF_LD_IMM insn")
    if off:
        return refuse("malformed", "BPF_LD_IMM64 uses reserved fields")
    following = i + 2
    flow = v.flow
    reference = flow.references.get(i)
    if reference is None and src == 0:
        found = const(flow.imm64[i]).reg
    elif reference is not None and reference.kind in ("map", "map_value"):
        info = v.maps.get(reference.name)
        if info is None:
            return refuse("btf", f"the map {reference.name!r} is not among those given")
        wrong = _map_place(info, reference.kind, reference.offset, flow.imm[i + 1])
        if wrong:
            return refuse("malformed", wrong)
        found = _map_reg(v, info, reference.kind, reference.offset)
    elif reference is not None:
        return _symbol(v, i, dst)
    elif src == 4:
        index = flow.at[i + flow.imm[i] + 1]
        function = flow.functions[index]
        if function.is_global:
            return refuse("call", "callback function not static")
        if index == 0:
            return refuse("call", "callback function cannot be the main program")
        if not v.has_types:
            return refuse("btf", "missing btf func_info")
        found = Reg(FUNC, aux=index)
    else:
        return refuse("malformed", "unrecognized bpf_ld_imm64 insn")

    def step(v: Verifier) -> int:
        v.regs[dst] = found
        return following

    return step


def _map_place(info: MapInfo, kind: str, offset: int, second: int) -> str:
    """What is wrong with a load of a map, or of a place in its one value; empty if nothing is."""
    if kind == "map":
        return "unrecognized bpf_ld_imm64 insn" if second else ""
    if not 0 <= offset < 1 << 29:
        return f"direct value offset of {offset & 0xFFFFFFFF} is not allowed"
    name = info.spec.type.name
    if name == "ARENA":
        return ""
    if name not in ("ARRAY", "INSN_ARRAY"):
        return "no direct value access support for this map type"
    if info.spec.max_entries != 1 or offset >= info.value_size:
        return f"invalid access to map value pointer, value_size={info.value_size} off={offset}"
    return ""


def _map_reg(v: Verifier, info: MapInfo, kind: str, offset: int) -> Reg:
    if kind == "map":
        return Reg(CONST_MAP, aux=info)
    if info.spec.type.name == "ARENA":
        return UNKNOWN.reg
    return Reg(MAP_VALUE, off=offset, aux=info)


def _symbol(v: Verifier, i: int, dst: int) -> Step:
    """A kernel symbol or typed variable: what it points to is in the target's types."""

    def step(v: Verifier) -> int:
        v.regs[dst] = objects.symbol(v, v.flow.references[i])
        return i + 2

    return step


def leave_function(v: Verifier) -> int:
    return functions.leave(v)


def _load_packet(v: Verifier, i: int, code: int, dst: int, src: int, off: int) -> Step:
    mode = code & op.MODE_MASK

    def step(v: Verifier) -> int:
        if v.type_name not in ("SOCKET_FILTER", "SCHED_CLS", "SCHED_ACT"):
            raise Refusal("helper", "BPF_LD_[ABS|IND] instructions not allowed for this program type")
        if dst or off or code & op.SIZE_MASK == op.DW or (mode == op.ABS and src):
            raise Refusal("malformed", "BPF_LD_[ABS|IND] uses reserved fields")
        reg = need(v, 6)
        v.check_nothing_held("BPF_LD_[ABS|IND]")
        if reg.type != CTX:
            raise Refusal("not-pointer", "at the time of BPF_LD_ABS|IND R6 != pointer to skb", register=6, value=reg)
        if mode == op.IND:
            need(v, src)
        check_plain_offset(reg, 6)
        regs = v.regs
        regs[0] = UNKNOWN.reg
        regs[1:6] = [UNINIT] * 5
        if len(v.frames) > 1:
            # Bytes that aren't there end the function (and return 0 from it), not the program.
            v.push_branch(i + 1, i)
            regs[0] = ZERO.reg
            return leave_function(v)
        return i + 1

    return step
