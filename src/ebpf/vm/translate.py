"""Bytecode → Python source: how the interpreter gets its speed.

Each BPF function becomes one Python function whose locals are the registers, so that an instruction costs what one line of
Python costs. Every line of the source belongs to one instruction (`Translation.slots`), which is how a traceback
becomes a `Fault` that names its instruction and nothing has to be kept while the program runs.

    def f0(m, d, r1, r2, r3, r4, r5):      m: the Machine; d: the number of the stack frame

Blocks of instructions stand in a tree of `if p < …` around one `while`, so that falling through and jumping forward cost
a few comparisons and only a jump back goes round the loop.

An access through a register remembers the memory it hit last time (b, e, v: first and last good address, view), and asks
the machine when the address lies outside. An access through r10 is settled here.

The budget is charged where a program goes back: a backward jump costs the slots that it goes back over, a call those of the
function it calls, a helper what `costs` says. What a program executes is so at most its budget and its length.
"""

from __future__ import annotations

import sys

from ebpf.uapi import opcodes as op
from ebpf.uapi.flags import BPF_PSEUDO_CALL, BPF_PSEUDO_KFUNC_CALL, MAX_BPF_STACK
from ebpf.vm.arithmetic import M32, M64
from ebpf.vm.costs import USUAL, cost_of
from ebpf.vm.structure import CALLX, GOTOL, Structure, is_address_cast, is_jump, jump_target

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

    from ebpf.asm import Instruction
    from ebpf.errors import Fault
    from ebpf.vm.program import VmProgram

_S32 = 1 << 31
_S64 = 1 << 63
_LITTLE = sys.byteorder == "little"

#: What Python says that translated code is a file of.
FILE = "<bpf program>"
#: BPF_MAX_LOOPS: what one may_goto goes round at most (Linux 6.9).
MAY_GOTO_LIMIT = 8 << 20

#: How many `if`s may stand in one another within a block (Python takes 100 levels in all).
_MAX_NESTED = 8

_SIGNED = {op.JSGT: ">", op.JSGE: ">=", op.JSLT: "<", op.JSLE: "<="}
_UNSIGNED = {op.JEQ: "==", op.JNE: "!=", op.JGT: ">", op.JGE: ">=", op.JLT: "<", op.JLE: "<=", op.JSET: "&"}


class Translator:
    """Makes Python of a program.

    `constants` gives the value of a 16-byte load by slot, `calls` the Python name of what a call at a slot calls. With
    `resume`, the function that this slot lies in begins there, with the registers in `m.resumed` and its frame as it is.
    `changes_memory` are the slots of helper calls after which remembered memory is no longer good (a packet that moved, a
    record that was given away). With `hooked`, a call of `m.step` stands before each instruction.
    """

    def __init__(
        self,
        structure: Structure,
        constants: dict[int, int],
        calls: dict[int, str],
        changes_memory: set[int],
        *,
        hooked: bool = False,
        resume: int | None = None,
    ) -> None:
        self.structure = structure
        self.resume = resume
        self.constants = constants
        self.calls = calls
        self.hooked = hooked
        self.lines: list[str] = []
        self.slots: list[int] = [0]
        self.slot = 0
        self.site = 0
        self.windows: list[int] = []
        self.forgets: list[int] = []
        self.leaders: list[int] = []
        self.block_of: dict[int, int] = {}
        self.indent = ""
        self.forgetful = structure.with_callers(changes_memory)

    def translate(self) -> tuple[str, list[int]]:
        """The source, and the slot that each of its lines came from (0 is the line before the first)."""
        for start in self.structure.starts:
            self._function(start, self.structure.end_of[start])
        return "\n".join(self.lines) + "\n", self.slots

    # -- lines

    def emit(self, text: str) -> None:
        self.lines.append(self.indent + text)
        self.slots.append(self.slot)

    # -- functions and blocks

    def _function(self, start: int, end: int) -> None:
        at = self.structure.at
        self.leaders = leaders = self._leaders(start, end)
        self.block_of = {slot: number for number, slot in enumerate(leaders)}
        ends = [*leaders[1:], end]
        self.windows = []
        self.forgets = []
        self.loops = any(
            insn is not None and is_jump(insn) and jump_target(insn, slot) <= slot
            for slot, insn in enumerate(at[start:end], start)
        )
        self.slot = start
        self.indent = ""
        self.emit(f"def f{start}(m, d, r1, r2, r3, r4, r5):")
        self.indent = " "
        header = len(self.lines)
        resume = self.resume if self.resume is not None and start <= self.resume < end else None
        if resume is None:
            self.emit("s = m.frames[d]; r10 = m.tops[d]; s[:] = zeros")
            self.emit("r0 = r6 = r7 = r8 = r9 = 0")
        else:
            self.emit("s = m.frames[d]; r10 = m.tops[d]")
            self.emit("r0, r1, r2, r3, r4, r5, r6, r7, r8, r9 = m.resumed")
        gotos = [slot for slot in range(start, end) if (i := at[slot]) is not None and i.opcode == op.JMP | op.JCOND]
        if gotos:
            self.emit(" = ".join(f"g{slot}" for slot in gotos) + f" = {MAY_GOTO_LIMIT}")
        if len(leaders) == 1 and not self.loops:
            self._block(start, end)
        else:
            self.emit(f"p = {0 if resume is None else self.block_of[resume]}")
            self.emit("while 1:")
            self.indent += " "
            self._tree(0, len(leaders), ends)
        if self.windows:
            names = " = ".join(f"b{site}" for site in self.windows)
            ends_ = " = ".join(f"e{site}" for site in self.windows)
            self.lines[header] += f"; {names} = 1; {ends_} = 0"
            for line in self.forgets:
                self.lines[line] += f"; {ends_} = 0"

    def _leaders(self, start: int, end: int) -> list[int]:
        """Where blocks begin: at jump targets, and where `if`s would stand too deep in one another."""
        leaders = {start} | {slot for slot in self.structure.targets if start <= slot < end}
        if self.resume is not None and start <= self.resume < end:
            leaders.add(self.resume)
        depth = 0
        for slot in range(start, end):
            insn = self.structure.at[slot]
            if slot in leaders:
                depth = 0
            if insn is not None and is_jump(insn) and jump_target(insn, slot) > slot + 1 and insn.opcode != GOTOL:
                depth += 1
                if depth == _MAX_NESTED and slot + 1 < end:
                    leaders.add(slot + 1)
        return sorted(leaders)

    def _tree(self, low: int, high: int, ends: list[int]) -> None:
        """Blocks `low` … `high` - 1. Entered with p >= low; left with p >= high, or by `continue` or `return`."""
        if high - low == 1:
            self._block(self.leaders[low], ends[low])
            return
        middle = (low + high) // 2
        indent = self.indent
        self.slot = self.leaders[low]
        self.emit(f"if p < {middle}:")
        self.indent += " "
        self._tree(low, middle, ends)
        self.indent = indent
        self.slot = self.leaders[middle]
        if high == len(self.leaders):
            # Nothing lies behind: whoever came here has p >= middle, and blocks never fall out of the function.
            self._tree(middle, high, ends)
        else:
            self.emit(f"if p < {high}:")
            self.indent += " "
            self._tree(middle, high, ends)
            self.indent = indent

    def _block(self, first: int, end: int) -> None:
        number = self.block_of[first]
        outer = self.indent
        self.slot = first
        for slot in range(first, end):
            insn = self.structure.at[slot]
            if insn is None:
                continue
            self.slot = slot
            if self.hooked:
                self._call_before(slot)
            ended = self._instruction(slot, insn)
            if ended:
                self.indent = outer
                return
        self.emit(f"p = {number + 1}")
        self.indent = outer

    def _call_before(self, slot: int) -> None:
        registers = ", ".join(f"r{i}" for i in range(10))
        self.emit(f"{registers} = m.step({slot}, d, [{registers}, r10])")

    def _go(self, slot: int, target: int) -> None:
        """Emits the jump from `slot` to `target`."""
        number = self.block_of[target]
        if target <= slot:
            self.emit(f"m.left -= {slot - target + 1}")
            self.emit("if m.left < 0: m.exhausted()")
            self.emit(f"p = {number}; continue")
        else:
            self.emit(f"p = {number}")

    # -- instructions

    def _instruction(self, slot: int, insn: Instruction) -> bool:
        """Emits one instruction; True if nothing behind it in its block runs."""
        kind = insn.opcode & op.CLASS_MASK
        if kind in (op.ALU, op.ALU64):
            self._alu(insn, wide=kind == op.ALU64)
            return False
        if kind in (op.JMP, op.JMP32):
            return self._jump(slot, insn, wide=kind == op.JMP)
        if kind == op.LDX:
            self._load(insn)
        elif kind == op.LD:
            self._load_other(slot, insn)
        elif kind == op.ST or insn.opcode & op.MODE_MASK == op.MEM:
            self._store(insn)
        else:
            self._atomic(insn)
        return False

    def _alu(self, insn: Instruction, *, wide: bool) -> None:
        d = f"r{insn.dst}"
        operation = insn.opcode & op.OP_MASK
        register = bool(insn.opcode & op.X)
        if operation == op.END:
            self._swap(d, insn.imm, swapped=wide or register == _LITTLE)
            return
        if operation == op.MOV:
            self._move(d, insn, wide=wide, register=register)
            return
        s = f"r{insn.src}" if register else str(insn.imm & (M64 if wide else M32))
        mask = M64 if wide else M32
        bits = 64 if wide else 32
        low_d, low_s = (d, s) if wide or not register else (f"({d} & {M32})", f"({s} & {M32})")
        if not wide:
            low_d = f"({d} & {M32})"
        shift = f"({s} & {bits - 1})" if register else str(insn.imm & (bits - 1))
        if operation == op.ADD:
            # A negative immediate is better subtracted: the numbers stay small.
            text = f"{d} - {-insn.imm} & {mask}" if not register and insn.imm < 0 else f"{d} + {s} & {mask}"
        elif operation == op.SUB:
            text = f"{d} - {s} & {mask}"
        elif operation == op.MUL:
            text = f"{d} * {s} & {mask}"
        elif operation in (op.OR, op.AND, op.XOR):
            sign = {op.OR: "|", op.AND: "&", op.XOR: "^"}[operation]
            text = f"{d} {sign} {s}" if wide else f"({d} {sign} {s}) & {M32}"
        elif operation == op.LSH:
            text = f"{d} << {shift} & {mask}"
        elif operation == op.RSH:
            text = f"{low_d} >> {shift}"
        elif operation == op.ARSH:
            half = _S64 if wide else _S32
            text = f"(({low_d} ^ {half}) - {half}) >> {shift} & {mask}"
        elif operation == op.NEG:
            text = f"-{d} & {mask}"
        elif insn.offset:
            text = f"{'sdiv' if operation == op.DIV else 'smod'}({d}, {s}, {bits})"
        elif operation == op.DIV:
            text = f"{low_d} // {low_s} if {low_s} else 0"
        else:
            text = f"{low_d} % {low_s} if {low_s} else {low_d}"
        self.emit(f"{d} = {text}")

    def _swap(self, d: str, bits: int, *, swapped: bool) -> None:
        if swapped:
            self.emit(f"{d} = swap({d}, {bits // 8})")
        elif bits < 64:
            self.emit(f"{d} &= {(1 << bits) - 1}")

    def _move(self, d: str, insn: Instruction, *, wide: bool, register: bool) -> None:
        mask = M64 if wide else M32
        s = f"r{insn.src}"
        if not register:
            self.emit(f"{d} = {insn.imm & mask}")
        elif insn.offset and not is_address_cast(insn.opcode, insn.offset):
            low, half = (1 << insn.offset) - 1, 1 << (insn.offset - 1)
            self.emit(f"{d} = ({s} & {low} ^ {half}) - {half} & {mask}")
        else:
            self.emit(f"{d} = {s}" if wide else f"{d} = {s} & {M32}")

    def _jump(self, slot: int, insn: Instruction, *, wide: bool) -> bool:
        code = insn.opcode
        operation = code & op.OP_MASK
        if operation == op.EXIT:
            self.emit("return r0")
            return True
        if operation == op.CALL:
            return self._call(slot, insn)
        target = jump_target(insn, slot)
        if operation == op.JA or code == GOTOL:
            self._go(slot, target)
            return True
        if operation == op.JCOND:
            condition = f"g{slot} < 1"
            self.emit(f"g{slot} -= 1")
        else:
            condition = self._condition(insn, wide=wide)
        following = self.block_of.get(slot + 1)
        self.emit(f"if {condition}:")
        outer = self.indent
        self.indent += " "
        self._go(slot, target)
        self.indent = outer
        if target > slot and target != slot + 1:
            # What follows in the tree is skipped by p; what follows here, by `else`.
            if following is not None:
                self.emit(f"else: p = {following}")
                return True
            self.emit("else:")
            self.indent += " "
        elif following is not None:
            self.emit(f"p = {following}")
            return True
        return False

    def _condition(self, insn: Instruction, *, wide: bool) -> str:
        operation = insn.opcode & op.OP_MASK
        register = bool(insn.opcode & op.X)
        d = f"r{insn.dst}" if wide else f"r{insn.dst} & {M32}"
        s = f"r{insn.src}" if wide else f"r{insn.src} & {M32}"
        k = insn.imm & (M64 if wide else M32)
        sign = _UNSIGNED.get(operation)
        if sign is not None:
            if operation == op.JSET:
                return f"{d} & {s if register else k}"
            left = d if wide else f"({d})"
            right = str(k) if not register else s if wide else f"({s})"
            return f"{left} {sign} {right}"
        half = _S64 if wide else _S32
        return f"{d} ^ {half} {_SIGNED[operation]} " + (f"{s} ^ {half}" if register else str(k ^ half))

    def _call(self, slot: int, insn: Instruction) -> bool:
        arguments = "r1, r2, r3, r4, r5"
        if insn.opcode == CALLX:
            self.emit(f"r0 = m.call_by_number(r{insn.dst}, {arguments}) & {M64}")
        elif insn.src == BPF_PSEUDO_CALL:
            target = slot + 1 + insn.imm
            self.emit(f"m.left -= {self.structure.end_of[target] - target}")
            self.emit("if m.left < 0: m.exhausted()")
            self.emit("m.enter(d + 1)")
            self.emit(f"r0 = f{target}(m, d + 1, {arguments})")
            self.emit("m.depth = d")
        else:
            name = self.calls[slot]
            kfunc = insn.src == BPF_PSEUDO_KFUNC_CALL
            self.emit(f"m.left -= {USUAL if kfunc else cost_of(insn.imm)}")
            self.emit("if m.left < 0: m.exhausted()")
            if name == "tail_call" and insn.src != BPF_PSEUDO_KFUNC_CALL:
                self.emit(f"t = m.tail_call(d, {arguments})")
                self.emit("if t is not None: return t")
                self.emit(f"r0 = {M64 - 1}")
            else:
                self.emit(f"r0 = {name}(m, {arguments}) & {M64}")
        if slot in self.forgetful:
            self.emit("_ = 0")
            self.forgets.append(len(self.lines) - 1)
        return False

    # -- memory

    def _window(self) -> int:
        self.site += 1
        self.windows.append(self.site)
        return self.site

    def _load(self, insn: Instruction) -> None:
        size = op.SIZE_BYTES[insn.opcode & op.SIZE_MASK]
        d = f"r{insn.dst}"
        sign = insn.opcode & op.MODE_MASK == op.MEMSX
        if insn.src == 10 and self._in_frame(insn.offset, size):
            self.emit(f"{d} = " + self._read("s", str(MAX_BPF_STACK + insn.offset), size))
        else:
            self._load_from(d, f"r{insn.src}", insn.offset, size)
        if sign:
            low, half = (1 << 8 * size) - 1, 1 << (8 * size - 1)
            self.emit(f"{d} = ({d} & {low} ^ {half}) - {half} & {M64}")

    def _load_from(self, d: str, base: str, offset: int, size: int) -> None:
        n = self._window()
        if offset:
            self.emit(f"a = {base} {'+' if offset > 0 else '-'} {abs(offset)}")
            base = "a"
        self.emit(f"if b{n} <= {base} <= e{n}: {d} = " + self._read(f"v{n}", f"{base} - b{n}", size))
        self.emit(f"else: {d}, b{n}, e{n}, v{n} = m.load({base}, {size})")

    def _store(self, insn: Instruction) -> None:
        size = op.SIZE_BYTES[insn.opcode & op.SIZE_MASK]
        mask = (1 << 8 * size) - 1
        if insn.opcode & op.CLASS_MASK == op.ST:
            value = str(insn.imm & mask)
        else:
            value = f"r{insn.src}" if size == 8 else f"r{insn.src} & {mask}"
        if insn.dst == 10 and self._in_frame(insn.offset, size) and not self.hooked:
            self.emit(self._write("s", str(MAX_BPF_STACK + insn.offset), size, value))
            return
        self._store_to(f"r{insn.dst}", insn.offset, size, value)

    def _store_to(self, base: str, offset: int, size: int, value: str) -> None:
        if offset:
            self.emit(f"a = {base} {'+' if offset > 0 else '-'} {abs(offset)}")
            base = "a"
        if self.hooked:
            self.emit(f"m.store({base}, {size}, {value})")
            return
        n = self._window()
        self.emit(f"if b{n} <= {base} <= e{n}: " + self._write(f"v{n}", f"{base} - b{n}", size, value))
        self.emit(f"else: b{n}, e{n}, v{n} = m.store({base}, {size}, {value})")

    def _atomic(self, insn: Instruction) -> None:
        size = op.SIZE_BYTES[insn.opcode & op.SIZE_MASK]
        operation = insn.imm
        if operation == op.LOAD_ACQ:
            self._load_from(f"r{insn.dst}", f"r{insn.src}", insn.offset, size)
            return
        if operation == op.STORE_REL:
            self._store_to(f"r{insn.dst}", insn.offset, size, f"r{insn.src} & {(1 << 8 * size) - 1}")
            return
        result = "r0" if operation == op.CMPXCHG else f"r{insn.src}" if operation & op.FETCH else "_"
        address = f"r{insn.dst} + {insn.offset}" if insn.offset else f"r{insn.dst}"
        self.emit(f"{result} = m.atomic({operation}, {address}, {size}, r{insn.src}, r0)")

    def _load_other(self, slot: int, insn: Instruction) -> None:
        if insn.opcode == op.LDDW:
            self.emit(f"r{insn.dst} = {self.constants.get(slot, insn.imm)}")
            return
        size = op.SIZE_BYTES[insn.opcode & op.SIZE_MASK]
        index = str(insn.imm) if insn.opcode & op.MODE_MASK == op.ABS else f"r{insn.src} + {insn.imm}"
        # A load from outside of the packet ends the program with 0 (RFC 9669, 5.5).
        self.emit(f"a = m.load_packet({index}, {size}, r6)")
        self.emit("if a is None: return 0")
        self.emit("r0 = a")

    @staticmethod
    def _in_frame(offset: int, size: int) -> bool:
        return -MAX_BPF_STACK <= offset <= -size

    @staticmethod
    def _read(view: str, at: str, size: int) -> str:
        return f"{view}[{at}]" if size == 1 else f"get{size}({view}, {at})[0]"

    @staticmethod
    def _write(view: str, at: str, size: int, value: str) -> str:
        return f"{view}[{at}] = {value}" if size == 1 else f"put{size}({view}, {at}, {value})"


def located(fault: Fault, traceback: TracebackType | None) -> Fault:
    """A fault with the program, the instruction and the source line that it happened in, from its traceback."""
    found = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == FILE:
            found = traceback
        traceback = traceback.tb_next
    if found is None or fault.slot is not None:
        return fault
    names = found.tb_frame.f_globals
    program: VmProgram = names["__program__"]
    slot = names["__lines__"][found.tb_lineno]
    return program.fault(fault.message, slot, fault.address)
