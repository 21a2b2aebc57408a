"""Instructions → text, as readers of llvm-objdump and bpftool know it. `assembler` reads it back."""

from __future__ import annotations

import re
import sys

from ebpf.asm.checker import jump_of, row_of
from ebpf.asm.instruction import Instruction, decode
from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import NAMES
from ebpf.uapi.instructions import ATOMIC_NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Protocol

    from ebpf.asm.instruction import ByteOrder
    from ebpf.uapi.instructions import InstructionRow

    class FunctionLike(Protocol):
        """As `ebpf.spec.Function`."""

        @property
        def slot(self) -> int: ...
        @property
        def name(self) -> str: ...

    class ReferenceLike(Protocol):
        """As `ebpf.spec.Reference`."""

        @property
        def slot(self) -> int: ...
        @property
        def kind(self) -> str: ...
        @property
        def name(self) -> str: ...
        @property
        def offset(self) -> int: ...

    class LineLike(Protocol):
        """As `ebpf.spec.Line`."""

        @property
        def slot(self) -> int: ...
        @property
        def text(self) -> str: ...
        @property
        def file(self) -> str: ...
        @property
        def line(self) -> int: ...


JUMP_SIGNS = {
    op.JEQ: "==", op.JGT: ">", op.JGE: ">=", op.JSET: "&", op.JNE: "!=", op.JSGT: "s>", op.JSGE: "s>=", op.JLT: "<",
    op.JLE: "<=", op.JSLT: "s<", op.JSLE: "s<=",
}  # fmt: skip
BITS = {op.B: 8, op.H: 16, op.W: 32, op.DW: 64}
END_NAMES = {op.ALU | op.END | op.K: "le", op.ALU | op.END | op.X: "be", op.ALU64 | op.END: "bswap"}
LDDW_SHAPES = {1: "map[fd:{}]", 5: "map[idx:{}]", 3: "btf_id[{}]"}


def text(insn: Instruction, *, label: str = "", reference: ReferenceLike | None = None, kernel: bool = False) -> str:
    """One instruction as text, without slot number or label of its own.

    `label`: the name of where it jumps, calls or points. `reference`: what an engine is to put there, shown by name.
    `kernel`: as the log of Linux's verifier has it: `r0 = *(u32 *)(r1 +4)`, `goto pc+3`.
    What is no valid instruction is shown as `.insn opcode, dst, src, offset, imm`.
    """
    return _text(insn, row_of(insn), label, reference, kernel)


def _text(
    insn: Instruction, row: InstructionRow | None, label: str, reference: ReferenceLike | None, kernel: bool = False
) -> str:
    shown = _shown(insn, row, f" <{label}>" if label else "", reference, kernel) if row is not None else ""
    return shown or f".insn {insn.opcode:#04x}, {insn.dst}, {insn.src}, {insn.offset}, {insn.imm:#x}"


def _shown(insn: Instruction, row: InstructionRow, label: str, reference: ReferenceLike | None, kernel: bool) -> str:
    pc = "pc" if kernel else ""
    opcode, imm = insn.opcode, insn.imm
    if opcode != op.LDDW and imm & 0x80000000:
        imm = (imm & 0xFFFFFFFF) - (1 << 32)
    form = row.form
    cls = opcode & op.CLASS_MASK
    letter = "w" if cls in (op.ALU, op.JMP32) else "r"
    dst, src = f"{letter}{insn.dst}", f"{letter}{insn.src}"

    if form == "alu":
        sign = op.ALU_SIGNS[opcode & op.OP_MASK]
        return f"{dst} {'s' if insn.offset else ''}{sign} {src if opcode & op.X else imm}"
    if form in ("load", "load_sx", "store", "store_imm"):
        place = f"*({'s' if form == 'load_sx' else 'u'}{BITS[opcode & op.SIZE_MASK]} *)"
        if form in ("load", "load_sx"):
            return f"{dst} = {place}{_place(f'r{insn.src}', insn.offset, kernel)}"
        return f"{place}{_place(dst, insn.offset, kernel)} = {src if form == 'store' else imm}"
    if form == "cond":
        right = src if opcode & op.X else f"{imm & 0xFFFFFFFF:#x}"
        return f"if {dst} {JUMP_SIGNS[opcode & op.OP_MASK]} {right} goto {pc}{insn.offset:+d}{label}"
    if form in ("jump", "may_goto"):
        return f"{'goto' if form == 'jump' else 'may_goto'} {pc}{insn.offset:+d}{label}"
    if form == "jump32":
        return f"gotol {pc}{imm:+d}{label}"
    if form == "call":
        return f"call bpf_{NAMES[imm]}#{imm}" if 0 < imm < len(NAMES) else f"call {imm & 0xFFFFFFFF:#x}"
    if form == "call_local":
        return f"call pc{imm:+d}{label}"
    if form == "call_kfunc":
        name = _name(reference.name) + "#" if reference is not None else ""
        if kernel:
            return f"call {name or 'kernel-function#'}{imm}"
        return f"call kfunc {name}{imm}" + (f" btf {insn.offset}" if insn.offset else "")
    if form == "lddw":
        return _lddw(insn, label, reference, kernel)
    if form == "exit":
        return "exit"
    if form == "callx":
        return f"callx {dst}"
    if form == "neg":
        return f"{dst} = -{dst}"
    if form == "movsx":
        return f"{dst} = (s{insn.offset}){src}"
    if form == "end":
        return f"r{insn.dst} = {END_NAMES[opcode]}{imm} r{insn.dst}"
    if form == "cast":
        return f"{dst} = addr_space_cast({src}, {imm >> 16}, {imm & 0xFFFF})"
    if form in ("abs", "ind"):
        base = f"r{insn.src} + " if form == "ind" else ""
        return f"r0 = *(u{BITS[opcode & op.SIZE_MASK]} *)skb[{base}{imm}]"
    return _atomic(insn, form, imm, kernel)


def _lddw(insn: Instruction, label: str, reference: ReferenceLike | None, kernel: bool) -> str:
    low, high = insn.imm & 0xFFFFFFFF, insn.imm >> 32 & 0xFFFFFFFF
    dst, kind = f"r{insn.dst}", insn.src
    if reference is not None:
        if reference.kind == "map":
            return f"{dst} = map[{_name(reference.name)}]"
        if reference.kind == "map_value":
            return f"{dst} = map[{_name(reference.name)}][0]+{reference.offset}"
        # By its BTF id, or (`ll`) as a plain 64-bit number.
        return f"{dst} = ksym[{_name(reference.name)}]" + ("" if kind == 3 else " ll")
    if kind == 0:
        return f"{dst} = {insn.imm & 0xFFFFFFFFFFFFFFFF:#x}" + ("" if kernel else " ll")
    if kind in (2, 6):
        return f"{dst} = map[{'fd' if kind == 2 else 'idx'}:{_signed(low)}][0]+{high}"
    if kind == 4:
        return f"{dst} = subprog[{_signed(low):+d}]{label}" if not high else ""
    if kind == 3 and high:
        return f"{dst} = btf_id[{low}, fd:{_signed(high)}]"
    return f"{dst} = {LDDW_SHAPES[kind].format(_signed(low) if kind != 3 else low)}" if not high else ""


def _atomic(insn: Instruction, form: str, imm: int, kernel: bool) -> str:
    bits = BITS[insn.opcode & op.SIZE_MASK]
    letter = "r" if bits == 64 or kernel else "w"
    place, src = _place(f"r{insn.dst}", insn.offset, kernel), f"{letter}{insn.src}"
    if form == "load_acquire":
        return f"{letter}{insn.dst} = load_acquire((u{bits} *){_place(f'r{insn.src}', insn.offset, kernel)})"
    if form == "store_release":
        return f"store_release((u{bits} *){place}, {src})"
    suffix = "64" if bits == 64 else ""
    if imm == op.XCHG:
        return f"{src} = atomic{suffix}_xchg((u{bits} *){place}, {src})"
    if imm == op.CMPXCHG:
        return f"{letter}0 = atomic{suffix}_cmpxchg((u{bits} *){place}, {letter}0, {src})"
    if imm & op.FETCH:
        return f"{src} = atomic{suffix}_fetch_{ATOMIC_NAMES[imm & ~op.FETCH]}((u{bits} *){place}, {src})"
    return f"lock *(u{bits} *){place} {op.ALU_SIGNS[imm]} {src}"


def _place(register: str, offset: int, kernel: bool) -> str:
    return f"({register} {offset:+d})" if kernel else f"({register} {'-' if offset < 0 else '+'} {abs(offset)})"


def _signed(value: int) -> int:
    return value - (1 << 32) if value & 0x80000000 else value


def _name(name: str) -> str:
    """A name that the assembler takes for one."""
    return re.sub(r"[^\w.$]", "_", name, flags=re.ASCII)


def disassemble(
    code: bytes | Iterable[Instruction],
    *,
    byte_order: ByteOrder = sys.byteorder,
    functions: Iterable[FunctionLike] = (),
    references: Iterable[ReferenceLike] = (),
    lines: Iterable[LineLike] = (),
    places: bool = False,
    notes: Mapping[int, str] | None = None,
    numbers: bool = True,
    labels: bool = True,
) -> Iterator[str]:
    """A program as text, a line at a time (without line ends). `assemble` gives the same instructions back.

    code        bytecode in `byte_order` (by default this machine's), or instructions
    functions   names for places: a label line before each, and a name behind each call of it
    references  maps and kernel symbols by name: `r1 = map[counts]`
    lines       C lines: `; i = ctx->x;` before the instruction they begin at
    places      whether a C line says where it is: `; i = ctx->x; @ count.c:12`
    notes       slot → a remark behind the instruction, after `//`
    numbers     whether each instruction has its slot number before it
    labels      whether the targets of jumps get names (`L12`) and label lines

    Raises AsmError for bytes that are no whole number of instructions; one that is none is shown as `.insn`.
    """
    insns = decode(code, byte_order) if isinstance(code, bytes) else list(code)
    targets: dict[int, list[tuple[str, str]]] = {}
    at: list[int] = []
    rows: list[InstructionRow | None] = []
    slot = 0
    jumps: dict[int, int] = {}
    named: dict[int, str] = {}
    for insn in insns:
        at.append(slot)
        row = row_of(insn)
        rows.append(row)
        distance = jump_of(insn, row) if row is not None else None
        if distance is not None and row is not None:
            jumps[slot] = slot + 1 + distance
            targets.setdefault(slot + 1 + distance, []).append((row.form, ""))
        slot += insn.slots
    starts = set(at)
    used: set[str] = set()
    if labels:
        for function in functions:
            if function.slot in starts and function.slot not in named:
                named[function.slot] = _unique(_name(function.name) or "func", function.slot, used)
        for target, forms in sorted(targets.items()):
            if target in starts and target not in named:
                call = any(form in ("call_local", "lddw") for form, _ in forms)
                named[target] = _unique("func_" + str(target) if call else f"L{target}", target, used)
    by_slot = {reference.slot: reference for reference in references}
    c_lines: dict[int, list[str]] = {}
    for line in lines:
        shown = " ".join(line.text.split())
        if places and line.file:
            shown = f"{shown} @ {line.file}:{line.line}".lstrip()
        c_lines.setdefault(line.slot, []).append(shown)
    width = len(str(max(slot - 1, 0))) + 1
    for slot, insn, row in zip(at, insns, rows, strict=True):
        if slot in named:
            yield f"{named[slot]}:"
        for c_line in c_lines.get(slot, ()):
            if c_line:
                yield f"; {c_line}"
        shown = _text(insn, row, named.get(jumps.get(slot, -1), ""), by_slot.get(slot))
        note = f" // {notes[slot]}" if notes and slot in notes else ""
        yield f"{slot:>{width}}: {shown}{note}" if numbers else f"  {shown}{note}"


def _unique(name: str, slot: int, used: set[str]) -> str:
    if not re.match(r"[A-Za-z_.$]", name):
        name = "_" + name
    if name in used:
        name = f"{name}.{slot}"
    used.add(name)
    return name
