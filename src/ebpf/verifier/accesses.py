"""Steps of the instructions that reach memory: loads, stores, atomic operations, the 16-byte load, and packet loads of old."""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.verifier import functions, symbols
from ebpf.verifier.bounds import check_plain_offset
from ebpf.verifier.interned import const
from ebpf.verifier.memory import access
from ebpf.verifier.messages import Refusal, need, not_readable, refuse
from ebpf.verifier.regs import (
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
    SOCKS,
    UNINIT,
    MapInfo,
    Reg,
    kind_name,
)  # fmt: skip
from ebpf.verifier.scalar import UNKNOWN, ZERO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Step, Verifier


def load(v: Verifier, i: int, code: int, dst: int, src: int, off: int, imm: int) -> Step:
    mode, size = code & op.MODE_MASK, op.SIZE_BYTES[code & op.SIZE_MASK]
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


def store(v: Verifier, i: int, code: int, dst: int, src: int, off: int, imm: int) -> Step:
    if code & op.MODE_MASK != op.MEM or imm:
        return refuse("malformed", "BPF_STX uses reserved fields")
    size = op.SIZE_BYTES[code & op.SIZE_MASK]
    types = v.access_kinds

    def step(v: Verifier) -> int:
        need(v, src)
        pointer = need(v, dst)
        access(v, dst, off, size, True, src)
        if types[i] != pointer.type:
            _same_kind(types, i, pointer.type)
        return i + 1

    return step


def store_number(v: Verifier, i: int, code: int, dst: int, src: int, off: int, imm: int) -> Step:
    if code & op.MODE_MASK != op.MEM or src:
        return refuse("malformed", "BPF_ST uses reserved fields")
    size = op.SIZE_BYTES[code & op.SIZE_MASK]
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


def atomic(v: Verifier, i: int, code: int, dst: int, src: int, off: int, which: int) -> Step:
    size = op.SIZE_BYTES[code & op.SIZE_MASK]
    if which == op.LOAD_ACQ:
        return _acquire(i, dst, src, off, size)
    if which == op.STORE_REL:
        return _release(i, dst, src, off, size)
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
        _atomic_place(dst, pointer, size, False)
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


def _atomic_place(regno: int, reg: Reg, size: int, load: bool) -> None:
    kind = reg.type & KIND
    if kind in (CTX, FLOW_KEYS) or kind in PACKETS or kind in SOCKS:
        raise Refusal(
            "atomic",
            f"BPF_ATOMIC {'loads from' if load else 'stores into'} R{regno} {kind_name(reg.type)} is not allowed",
            register=regno, value=reg,
        )  # fmt: skip


def _acquire(i: int, dst: int, src: int, off: int, size: int) -> Step:
    def step(v: Verifier) -> int:
        pointer = need(v, src)
        _atomic_place(src, pointer, size, True)
        if dst == 10:
            raise Refusal("stack-bounds", "frame pointer is read only", register=10)
        found = access(v, src, off, size, False, dst, None, True)
        v.regs[dst] = found if found is not None else UNKNOWN.reg
        _same_kind(v.access_kinds, i, pointer.type)
        return i + 1

    return step


def _release(i: int, dst: int, src: int, off: int, size: int) -> Step:
    def step(v: Verifier) -> int:
        need(v, src)
        pointer = need(v, dst)
        _atomic_place(dst, pointer, size, False)
        access(v, dst, off, size, True, src, None, True)
        _same_kind(v.access_kinds, i, pointer.type)
        return i + 1

    return step


# -- the 16-byte load, and packet loads of old


def load_imm(v: Verifier, i: int, code: int, dst: int, src: int, off: int) -> Step:
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
        found = _map_reg(info, reference.kind, reference.offset)
    elif reference is not None:
        return _symbol(i, dst)
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


def _map_reg(info: MapInfo, kind: str, offset: int) -> Reg:
    if kind == "map":
        return Reg(CONST_MAP, aux=info)
    if info.spec.type.name == "ARENA":
        return UNKNOWN.reg
    return Reg(MAP_VALUE, off=offset, aux=info)


def _symbol(i: int, dst: int) -> Step:
    """A kernel symbol or typed variable: what it points to is in the target's types."""

    def step(v: Verifier) -> int:
        v.regs[dst] = symbols.symbol(v, v.flow.references[i])
        return i + 2

    return step


def load_packet(i: int, code: int, dst: int, src: int, off: int) -> Step:
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
            return functions.leave(v)
        return i + 1

    return step
