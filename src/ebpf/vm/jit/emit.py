"""A BPF function → LLVM IR, as text.

The interpreter's behaviour is the rule: what may be accessed, when a run ends, what it costs. See `kinds` for how registers
are kept, `state` for what is shared with Python, and `ebpf.vm.jit` for how an access that isn't where its origin says is
settled (a miss).
"""

from __future__ import annotations

import sys

from ebpf.uapi import opcodes as op
from ebpf.uapi.flags import MAX_BPF_STACK, MAX_CALL_FRAMES
from ebpf.vm.jit.kinds import (
    CONTEXT,
    LOOKUP,
    PACKET,
    STACK,
    Function,
    Kind,
    is_kfunc_call,
    is_local_call,
)
from ebpf.vm.jit.state import FAULT_BUDGET, FAULT_DEPTH, FIELDS
from ebpf.vm.memory import FRAME_STRIDE
from ebpf.vm.structure import CALLX, GOTOL, is_address_cast, is_jump, jump_target
from ebpf.vm.translate import MAY_GOTO_LIMIT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.asm import Instruction
    from ebpf.vm.jit.kinds import Origin, State
    from ebpf.vm.jit.module import Module

    Value = int | str

M64 = (1 << 64) - 1
_LITTLE = sys.byteorder == "little"
_PREDICATES = {
    op.JEQ: "eq",
    op.JNE: "ne",
    op.JGT: "ugt",
    op.JGE: "uge",
    op.JLT: "ult",
    op.JLE: "ule",
    op.JSGT: "sgt",
    op.JSGE: "sge",
    op.JSLT: "slt",
    op.JSLE: "sle",
}
_BINARY = {op.ADD: "add", op.SUB: "sub", op.MUL: "mul", op.OR: "or", op.AND: "and", op.XOR: "xor"}
_SHIFTS = {op.LSH: "shl", op.RSH: "lshr", op.ARSH: "ashr"}
_ATOMIC_OPS = {op.ADD: "add", op.OR: "or", op.AND: "and", op.XOR: "xor"}
#: What a branch that is hardly ever taken is marked with; defined in module.py.
COLD = "!prof !0"
#: Stands in the lines where every remembered window is to be forgotten: how many there are shows at the end.
_FORGET = "  ; forget"


def signed(value: int, bits: int = 64) -> int:
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


class FunctionEmitter:
    """Emits one function. `text()` is the whole of it once `emit()` is done."""

    def __init__(self, module: Module, function: Function, *, main: bool) -> None:
        self.module = module
        self.function = function
        self.structure = function.structure
        self.main = main
        self.lines: list[str] = []
        self.cold: list[str] = []
        self.temps = 0
        self.sites = 0
        self.escaped = False
        self.lookups: set[int] = set()
        self.gotos: set[int] = set()
        self.used_frame: set[int] = set()
        self.misses = False
        self.loop_misses: set[int] = set()
        self.values: list[Value | None] = [None] * 11
        self.dirty = 0
        self.state: State
        self.bases: dict[Origin, str] = {}
        self.slot = 0
        self.loop: int | None = None

    # -- small pieces

    def temp(self, text: str) -> str:
        self.temps += 1
        name = f"%t{self.temps}"
        self.lines.append(f"  {name} = {text}")
        return name

    def line(self, text: str) -> None:
        self.lines.append("  " + text)

    def label(self, name: str) -> None:
        self.lines.append(f"{name}:")

    def new_label(self) -> str:
        self.temps += 1
        return f"l{self.temps}"

    def field(self, name: str) -> str:
        return self.temp(f"getelementptr inbounds i8, ptr %m, i64 {FIELDS[name]}")

    def load_field(self, name: str, type_: str = "i64", extra: str = "") -> str:
        return self.temp(f"load {type_}, ptr {self.field(name)}{extra}")

    def store_field(self, name: str, value: Value) -> None:
        self.line(f"store i64 {value}, ptr {self.field(name)}")

    # -- registers

    def get(self, reg: int) -> Value:
        value = self.values[reg]
        if value is None:
            value = self.values[reg] = self.temp(f"load i64, ptr %r{reg}")
        return value

    def set(self, reg: int, value: Value) -> None:
        self.values[reg] = value
        self.dirty |= 1 << reg

    def kind(self, reg: int) -> Kind:
        return self.state.regs[reg]

    def number(self, reg: int) -> Value:
        """A register as the number that the program sees. A frame's address that gets out makes the frame escape."""
        kind = self.kind(reg)
        value = self.get(reg)
        if kind.origin is None:
            return value
        if kind.origin == STACK:
            self.escaped = True
        return self.add(self.base_number(kind.origin), value)

    def base(self, origin: Origin) -> str:
        """The base of an origin, a `ptr`."""
        known = self.bases.get(origin)
        if known is not None:
            return known
        what, which = origin
        if what == "stack":
            found = "%frame"
        elif what == "context":
            found = "%context"
        elif what == "packet":
            found = self.load_field("packet", "ptr", ", !nonnull !1")
        elif what == "value":
            found = self.temp(f"load ptr, ptr %v{which}")
        else:
            place = self.temp(f"getelementptr inbounds i8, ptr %constants, i64 {8 * self.module.constant(which)}")
            found = self.temp(f"load ptr, ptr {place}, !invariant.load !1, !nonnull !1")
        self.bases[origin] = found
        return found

    def base_number(self, origin: Origin) -> str:
        return self.temp(f"ptrtoint ptr {self.base(origin)} to i64")

    def add(self, left: Value, right: Value, *, nsw: bool = False) -> Value:
        if isinstance(left, int) and isinstance(right, int):
            return signed(left + right)
        if right == 0:
            return left
        if left == 0:
            return right
        return self.temp(f"add {'nsw ' if nsw else ''}i64 {left}, {right}")

    def sub(self, left: Value, right: Value, *, nsw: bool = False) -> Value:
        if isinstance(left, int) and isinstance(right, int):
            return signed(left - right)
        if right == 0:
            return left
        return self.temp(f"sub {'nsw ' if nsw else ''}i64 {left}, {right}")

    def narrow(self, value: Value, bits: int) -> Value:
        if isinstance(value, int):
            return signed(value, bits)
        return self.temp(f"trunc i64 {value} to i{bits}")

    def widen(self, value: Value, bits: int, how: str = "zext") -> Value:
        if isinstance(value, int):
            return signed(value & ((1 << bits) - 1)) if how == "zext" else signed(value, bits)
        return self.temp(f"{how} i{bits} {value} to i64")

    # -- the function

    def emit(self) -> None:
        function = self.function
        for first, end in function.blocks:
            if first not in function.entry:
                continue  # nothing gets there
            self.state = function.entry[first].copy()
            self.values = [None] * 11
            self.values[10] = MAX_BPF_STACK
            self.dirty = 0
            self.bases = {}
            self.loop = next((header for header, stop in function.loops.items() if header <= first < stop), None)
            self.label(f"b{first}")
            ended = False
            for slot in range(first, end):
                insn = self.structure.at[slot]
                if insn is None:
                    continue
                self.slot = slot
                ended = self.instruction(slot, insn)
                function.step(slot, insn, self.state)
                if ended:
                    break
            if not ended:
                self.flush([end])
                self.line(f"br label %{self.edge(end, 0)}")

    def text(self) -> str:
        """The finished function."""
        linkage = "internal"
        arguments = ", ".join(f"i64 %a{reg}" for reg in range(1, 6))
        head = [f"define {linkage} i64 @f{self.function.start}(ptr noalias %m, i64 %depth, {arguments}) {{", "entry:"]
        forget = "\n".join(f"  store i64 0, ptr %we{site}" for site in range(1, self.sites + 1))
        body = [forget if line is _FORGET else line for line in self.lines]
        self.lines = []
        self.line(f"%constants_at = getelementptr inbounds i8, ptr %m, i64 {FIELDS['constants']}")
        self.line("%constants = load ptr, ptr %constants_at, !invariant.load !1, !nonnull !1")
        self.line(f"%context_at = getelementptr inbounds i8, ptr %m, i64 {FIELDS['context']}")
        self.line("%context = load ptr, ptr %context_at, !invariant.load !1")
        self.line(f"%stack_at = getelementptr inbounds i8, ptr %m, i64 {FIELDS['stack']}")
        self.line("%stack_all = load ptr, ptr %stack_at, !invariant.load !1, !nonnull !1")
        self.line(f"%stack_offset = mul i64 %depth, {FRAME_STRIDE}")
        self.line("%stack_frame = getelementptr inbounds i8, ptr %stack_all, i64 %stack_offset")
        if self.escaped:
            self.line("%frame = getelementptr inbounds i8, ptr %stack_frame, i64 0")
        else:
            self.line(f"%frame = alloca [{MAX_BPF_STACK} x i8], align 16")
        self.line(f"call void @llvm.memset.p0.i64(ptr align 16 %frame, i8 0, i64 {MAX_BPF_STACK}, i1 false)")
        for reg in range(10):
            self.line(f"%r{reg} = alloca i64")
        self.line("%left = alloca i64")
        self.line(f"%left_in = load i64, ptr {self.field('left')}")
        self.line("store i64 %left_in, ptr %left")
        for slot in sorted(self.lookups):
            self.line(f"%v{slot} = alloca ptr")
            self.line(f"store ptr null, ptr %v{slot}")
        for slot in sorted(self.gotos):
            self.line(f"%g{slot} = alloca i64")
            self.line(f"store i64 {MAY_GOTO_LIMIT}, ptr %g{slot}")
        for site in range(1, self.sites + 1):
            self.line(f"%wb{site} = alloca i64")
            self.line(f"%we{site} = alloca i64")
            self.line(f"store i64 1, ptr %wb{site}")
            self.line(f"store i64 0, ptr %we{site}")
        entry = self.function.entry[self.function.start].regs
        for reg in range(10):
            if entry[reg].origin == CONTEXT:
                self.line(f"store i64 0, ptr %r{reg}")
            elif 1 <= reg <= 5:
                self.line(f"store i64 %a{reg}, ptr %r{reg}")
            else:
                self.line(f"store i64 0, ptr %r{reg}")
        if self.misses:
            for reg in range(10):
                self.line(f"%x{reg} = alloca i64")
            self.line("%xslot = alloca i64")
        self.snapshot_if_loop(self.function.start, entry)
        self.line(f"br label %b{self.function.start}")
        prologue = self.lines
        self.lines = []
        if self.misses:
            self._miss_block()
        for header in sorted(self.loop_misses):
            self.label(f"missloop{header}")
            self._copy_frame()
            self._resume(header)
        tail = self.lines
        return "\n".join([*head, *prologue, *body, *self.cold, *tail, "}"])

    def _miss_block(self) -> None:
        self.label("miss")
        self._copy_frame()
        for reg in range(10):
            value = self.temp(f"load i64, ptr %x{reg}")
            self.store_field(f"r{reg}", value)
        left = self.temp("load i64, ptr %left")
        self.store_field("left", left)
        self._resume(self.temp("load i64, ptr %xslot"))

    def _copy_frame(self) -> None:
        """Puts a frame that only this code knew where the interpreter finds it."""
        if self.escaped:
            return
        self.line(f"call void @llvm.memset.p0.i64(ptr %stack_frame, i8 0, i64 {MAX_BPF_STACK}, i1 false)")
        words = sorted({byte // 8 for byte in self.used_frame})
        for word in words:
            source = self.temp(f"getelementptr inbounds i8, ptr %frame, i64 {8 * word}")
            target = self.temp(f"getelementptr inbounds i8, ptr %stack_frame, i64 {8 * word}")
            value = self.temp(f"load i64, ptr {source}")
            self.line(f"store i64 {value}, ptr {target}")

    def _resume(self, slot: Value) -> None:
        callback = self.load_field("call_resume", "ptr")
        result = self.temp(f"call i64 {callback}(ptr %m, i64 {slot}, i64 %depth)")
        self.line(f"ret i64 {result}")

    # -- between blocks

    def flush(self, targets: list[int]) -> None:
        """Puts registers that changed, and that may be read later, where the next block finds them."""
        live = 0
        for target in targets:
            live |= self.function.live[target]
        for reg in range(10):
            if self.dirty >> reg & 1 and live >> reg & 1:
                self.line(f"store i64 {self.get(reg)}, ptr %r{reg}")
        self.dirty = 0

    def edge(self, target: int, cost: int) -> str:
        """The label to branch to for a jump to `target`, which costs `cost` of the budget: the block itself, or one that first
        turns pointers into numbers, charges the budget, or takes a snapshot."""
        function = self.function
        live = function.live[target]
        entry = function.entry[target].regs
        convert = [
            reg
            for reg in range(10)
            if live >> reg & 1 and self.kind(reg).origin is not None and entry[reg].origin is None
        ]
        enters = target in function.loops and self.loop != target
        if not convert and not cost and not enters:
            return f"b{target}"
        label = self.new_label()
        kept, kept_bases, values = self.lines, dict(self.bases), list(self.values)
        self.lines = []
        self.label(label)
        for reg in convert:
            # A frame's own address may be needed here only: it escapes all the same.
            self.line(f"store i64 {self.number(reg)}, ptr %r{reg}")
        if cost:
            self._charge(cost)
        if enters:
            self.snapshot_if_loop(target, entry)
        self.line(f"br label %b{target}")
        self.cold += self.lines
        self.lines, self.bases, self.values = kept, kept_bases, values
        return label

    def snapshot_if_loop(self, target: int, entry: list[Kind]) -> None:
        """Before a loop that only reads: keeps what the interpreter needs to do the loop over."""
        if target not in self.function.loops:
            return
        for reg in range(10):
            if self.function.live[target] >> reg & 1:
                value: Value = self.temp(f"load i64, ptr %r{reg}")
                origin = entry[reg].origin
                if origin is not None:
                    value = self.add(self._outside(origin), value)
                self.store_field(f"r{reg}", value)
            else:
                self.store_field(f"r{reg}", 0)
        self.store_field("left", self.temp("load i64, ptr %left"))

    def _outside(self, origin: Origin) -> str:
        """The base of an origin as the interpreter knows it: a frame is in the machine's stack."""
        if origin == STACK:
            return self.temp("ptrtoint ptr %stack_frame to i64")
        self.bases.pop(origin, None)
        found = self.base_number(origin)
        self.bases.pop(origin, None)
        return found

    def _charge(self, cost: int) -> None:
        before = self.temp("load i64, ptr %left")
        after = self.temp(f"sub nsw i64 {before}, {cost}")
        self.line(f"store i64 {after}, ptr %left")
        empty = self.temp(f"icmp slt i64 {after}, 0")
        good = self.new_label()
        self.line(f"br i1 {empty}, label %{self.fault(FAULT_BUDGET)}, label %{good}, {COLD}")
        self.label(good)

    def fault(self, code: int) -> str:
        """A block that ends the run at this instruction."""
        label = self.new_label()
        kept = self.lines
        self.lines = []
        self.label(label)
        self.store_field("fault", code)
        self.store_field("slot", self.slot)
        self.line("ret i64 0")
        self.cold += self.lines
        self.lines = kept
        return label

    def after_callback(self) -> None:
        """Ends the function if what was called has ended the run."""
        fault = self.load_field("fault")
        bad = self.temp(f"icmp ne i64 {fault}, 0")
        good = self.new_label()
        over = self.new_label()
        self.line(f"br i1 {bad}, label %{over}, label %{good}, {COLD}")
        self.label(over)
        self.line("ret i64 0")
        self.label(good)

    def save_left(self) -> None:
        self.store_field("left", self.temp("load i64, ptr %left"))

    def load_left(self) -> None:
        self.line(f"store i64 {self.load_field('left')}, ptr %left")

    # -- misses

    def require(self, condition: str) -> None:
        """Goes on if `condition` holds; else the interpreter takes over at this instruction, or at the head of a loop that
        only reads."""
        good = self.new_label()
        if self.loop is not None:
            self.loop_misses.add(self.loop)
            self.line(f"br i1 {condition}, label %{good}, label %missloop{self.loop}, !prof !2")
            self.label(good)
            return
        self.misses = True
        label = self.new_label()
        self.line(f"br i1 {condition}, label %{good}, label %{label}, !prof !2")
        kept, kept_bases = self.lines, dict(self.bases)
        values = list(self.values)
        self.lines = []
        self.label(label)
        live = self.function.live[self.slot]
        for reg in range(10):
            value: Value = 0
            if live >> reg & 1:
                value = self.get(reg)
                origin = self.kind(reg).origin
                if origin == STACK:
                    value = self.add(self.temp("ptrtoint ptr %stack_frame to i64"), value)
                elif origin is not None:
                    value = self.add(self.base_number(origin), value)
            self.line(f"store i64 {value}, ptr %x{reg}")
        self.line(f"store i64 {self.slot}, ptr %xslot")
        self.line("br label %miss")
        self.cold += self.lines
        self.lines, self.bases, self.values = kept, kept_bases, values
        self.label(good)

    # -- memory

    def place(self, reg: int, offset: int, size: int, *, write: bool) -> str | None:
        """A `ptr` to `size` bytes at `offset` from a register, checked by its origin; None where only the machine can tell."""
        kind = self.kind(reg)
        origin = kind.origin
        if origin is None or origin[0] == "map":
            return None
        at = self.add(self.get(reg), offset, nsw=kind.good)
        if origin == STACK:
            if isinstance(at, int):
                if not 0 <= at <= MAX_BPF_STACK - size:
                    return None
                self.used_frame.update(range(at, at + size))
            else:
                self.escaped = True
                self.require(self.temp(f"icmp ult i64 {at}, {MAX_BPF_STACK - size + 1}"))
        elif origin == CONTEXT:
            if not self._context_good(at, size, write=write):
                return None
        elif origin == PACKET:
            length = self.load_field("writable" if write else "length", extra=", !range !3")
            self._within(at, length, size)
        else:
            bytes_ = self.module.size_of(self.function.looked_up.get(origin[1], origin), write=write)
            if bytes_ < size:
                return None
            base = self.base(origin)
            if origin[0] == "value":
                null = self.temp(f"icmp eq ptr {base}, null")
                self.require(self.temp(f"xor i1 {null}, true"))
            if isinstance(at, int):
                if not 0 <= at <= bytes_ - size:
                    return None
            else:
                self.require(self.temp(f"icmp ult i64 {at}, {bytes_ - size + 1}"))
        return self.temp(f"getelementptr inbounds i8, ptr {self.base(origin)}, i64 {at}")

    def _within(self, at: Value, length: str, size: int) -> None:
        """Requires 0 <= at <= length - size, all of them signed."""
        if isinstance(at, str):
            self.require(self.temp(f"icmp sge i64 {at}, 0"))
        elif at < 0:
            self.require("false")
        last = self.temp(f"sub nsw i64 {length}, {size}")
        self.require(self.temp(f"icmp sle i64 {at}, {last}"))

    def _context_good(self, at: Value, size: int, *, write: bool) -> bool:
        model = self.module.context
        if model.dynamic:
            if write and not model.writable_all:
                return False
            self._within(at, self.load_field("context_size", extra=", !range !3"), size)
            return True
        runs = model.writable if write else model.runs
        return isinstance(at, int) and any(start <= at and at + size <= end for start, end in runs)

    def window(self, address: Value, size: int, *, write: bool) -> tuple[str, str, str]:
        """For an address that nothing is known of. Emits up to the block where it is found good; gives the pointer, the label
        of the block that the machine itself gave a value in (`state.value`), and the label to go on at."""
        self.sites += 1
        site = self.sites
        fast, slow, found, given, done = (self.new_label() for _ in range(5))
        first = self.temp(f"load i64, ptr %wb{site}")
        last = self.temp(f"load i64, ptr %we{site}")
        low = self.temp(f"icmp uge i64 {address}, {first}")
        high = self.temp(f"icmp ule i64 {address}, {last}")
        inside = self.temp(f"and i1 {low}, {high}")
        self.line(f"br i1 {inside}, label %{fast}, label %{slow}, !prof !2")
        self.label(slow)
        callback = self.load_field("call_window", "ptr")
        what = size | (256 if write else 0)
        answer = self.temp(f"call i64 {callback}(ptr %m, i64 {address}, i64 {what}, i64 {self.slot}, i64 %depth)")
        over = self.new_label()
        self.line(f"switch i64 {answer}, label %{over} [ i64 1, label %{found} i64 2, label %{given} ]")
        self.label(over)
        self.line("ret i64 0")
        self.label(found)
        self.line(f"store i64 {self.load_field('first')}, ptr %wb{site}")
        self.line(f"store i64 {self.load_field('last')}, ptr %we{site}")
        self.line(f"br label %{fast}")
        self.label(fast)
        pointer = self.temp(f"inttoptr i64 {address} to ptr")
        return pointer, given, done

    def load(self, reg: int, offset: int, size: int) -> Value:
        """The bytes at an address, extended with 0 to 64 bits."""
        bits = 8 * size
        place = self.place(reg, offset, size, write=False)
        if place is not None:
            value: Value = self.temp(f"load i{bits}, ptr {place}, align 1")
            return value if size == 8 else self.widen(value, bits)
        pointer, given, done = self.window(self.add(self.number(reg), offset), size, write=False)
        value = self.temp(f"load i{bits}, ptr {pointer}, align 1")
        if size < 8:
            value = self.widen(value, bits)
        here = self.new_label()
        self.line(f"br label %{here}")
        self.label(here)
        self.line(f"br label %{done}")
        self.label(given)
        other = self.load_field("value")
        self.line(f"br label %{done}")
        self.label(done)
        return self.temp(f"phi i64 [ {value}, %{here} ], [ {other}, %{given} ]")

    def store(self, reg: int, offset: int, size: int, value: Value) -> None:
        bits = 8 * size
        place = self.place(reg, offset, size, write=True)
        text = f"store i{bits} {self.narrow(value, bits) if size < 8 else value}, ptr "
        if place is not None:
            self.line(text + f"{place}, align 1")
            return
        pointer, given, done = self.window(self.add(self.number(reg), offset), size, write=True)
        self.line(text + f"{pointer}, align 1")
        self.line(f"br label %{done}")
        self.label(given)
        self.line(f"br label %{done}")
        self.label(done)

    # -- instructions

    def instruction(self, slot: int, insn: Instruction) -> bool:
        """Emits one instruction; True if it ends its block."""
        kind = insn.opcode & op.CLASS_MASK
        if kind in (op.ALU, op.ALU64):
            self._alu(slot, insn, wide=kind == op.ALU64)
        elif kind in (op.JMP, op.JMP32):
            return self._jump(slot, insn, wide=kind == op.JMP)
        elif kind == op.LDX:
            self._load(slot, insn)
        elif kind == op.LD:
            return self._load_other(slot, insn)
        elif kind == op.ST:
            self.store(insn.dst, insn.offset, op.SIZE_BYTES[insn.opcode & op.SIZE_MASK], signed(insn.imm))
        elif insn.opcode & op.MODE_MASK == op.MEM:
            size = op.SIZE_BYTES[insn.opcode & op.SIZE_MASK]
            self.store(insn.dst, insn.offset, size, self.number(insn.src))
        else:
            self._atomic(slot, insn)
        return False

    def _result(self, slot: int, insn: Instruction) -> Kind:
        """What the analysis says of the destination after this instruction."""
        after = self.state.copy()
        self.function.step(slot, insn, after)
        return after.regs[insn.dst]

    def _alu(self, slot: int, insn: Instruction, *, wide: bool) -> None:
        operation = insn.opcode & op.OP_MASK
        register = bool(insn.opcode & op.X)
        dst = insn.dst
        if operation == op.END:
            self._swap(insn, swapped=wide or register == _LITTLE)
            return
        if operation == op.MOV:
            if not register:
                self.set(dst, signed(insn.imm) if wide else insn.imm & 0xFFFFFFFF)
            elif not wide or (insn.offset and not is_address_cast(insn.opcode, insn.offset)):
                value = self.number(insn.src)
                if insn.offset:
                    value = self.widen(self.narrow(value, insn.offset), insn.offset, "sext")
                self.set(dst, value if wide else self.widen(self.narrow(value, 32), 32))
            elif self._result(slot, insn).origin is None:
                self.set(dst, self.number(insn.src))
            else:
                self.set(dst, self.get(insn.src))
            return
        if wide and operation in (op.ADD, op.SUB):
            self._add(slot, insn, register=register)
            return
        bits = 64 if wide else 32
        left = self.number(dst)
        right: Value = self.number(insn.src) if register else signed(insn.imm, bits)
        if not wide:
            left = self.narrow(left, 32)
            right = self.narrow(right, 32) if register else right
        value = self._compute(operation, insn.offset, left, right, bits)
        self.set(dst, value if wide else self.widen(value, 32))

    def _add(self, slot: int, insn: Instruction, *, register: bool) -> None:
        """64-bit addition and subtraction, which keep a pointer a pointer."""
        result = self._result(slot, insn)
        dst = insn.dst
        subtract = insn.opcode & op.OP_MASK == op.SUB
        mine = self.kind(dst).origin
        other = self.kind(insn.src).origin if register else None
        if result.origin is not None:
            left, right = self.get(dst), (self.get(insn.src) if register else insn.imm)
            combine = self.sub if subtract else self.add
            self.set(dst, combine(left, right, nsw=result.good))
        elif subtract and mine is not None and mine == other:
            self.set(dst, self.sub(self.get(dst), self.get(insn.src)))  # the bases cancel each other out
        else:
            left, right = self.number(dst), (self.number(insn.src) if register else insn.imm)
            self.set(dst, self.sub(left, right) if subtract else self.add(left, right))

    def _compute(self, operation: int, offset: int, left: Value, right: Value, bits: int) -> Value:
        type_ = f"i{bits}"
        if operation in _BINARY:
            return self.temp(f"{_BINARY[operation]} {type_} {left}, {right}")
        if operation in _SHIFTS:
            if isinstance(right, int):
                right = right & (bits - 1)
            else:
                right = self.temp(f"and {type_} {right}, {bits - 1}")
            return self.temp(f"{_SHIFTS[operation]} {type_} {left}, {right}")
        if operation == op.NEG:
            return self.temp(f"sub {type_} 0, {left}")
        return self._divide(operation, left, right, type_, is_signed=bool(offset), bits=bits)

    def _divide(self, operation: int, left: Value, right: Value, type_: str, *, is_signed: bool, bits: int) -> Value:
        """Division by 0 gives 0, the remainder of it the dividend; the least number by -1 gives itself (RFC 9669, 4.1)."""
        remainder = operation == op.MOD
        name = ("srem" if remainder else "sdiv") if is_signed else ("urem" if remainder else "udiv")
        zero = self.temp(f"icmp eq {type_} {right}, 0")
        if is_signed:
            minus = self.temp(f"icmp eq {type_} {right}, -1")
            either = self.temp(f"or i1 {zero}, {minus}")
            safe = self.temp(f"select i1 {either}, {type_} 1, {type_} {right}")
            quotient = self.temp(f"{name} {type_} {left}, {safe}")
            by_minus = "0" if remainder else self.temp(f"sub {type_} 0, {left}")
            quotient = self.temp(f"select i1 {minus}, {type_} {by_minus}, {type_} {quotient}")
        else:
            safe = self.temp(f"select i1 {zero}, {type_} 1, {type_} {right}")
            quotient = self.temp(f"{name} {type_} {left}, {safe}")
        return self.temp(f"select i1 {zero}, {type_} {left if remainder else 0}, {type_} {quotient}")

    def _swap(self, insn: Instruction, *, swapped: bool) -> None:
        bits = insn.imm
        value = self.number(insn.dst)
        if not swapped and bits == 64:
            self.set(insn.dst, value)
            return
        if bits < 64:
            value = self.narrow(value, bits)
        if swapped:
            value = self.temp(f"call i{bits} @llvm.bswap.i{bits}(i{bits} {value})")
        self.set(insn.dst, value if bits == 64 else self.widen(value, bits))

    def _load(self, slot: int, insn: Instruction) -> None:
        size = op.SIZE_BYTES[insn.opcode & op.SIZE_MASK]
        result = self._result(slot, insn)
        pointer = self._packet_pointer(insn, size)
        if pointer is not None:
            self.set(insn.dst, pointer if result.origin == PACKET else self.add(self.base_number(PACKET), pointer))
            return
        value = self.load(insn.src, insn.offset, size)
        if insn.opcode & op.MODE_MASK == op.MEMSX:
            value = self.widen(self.narrow(value, 8 * size), 8 * size, "sext")
        if result.origin is not None:
            value = self.sub(value, self.base_number(result.origin))
        self.set(insn.dst, value)

    def _packet_pointer(self, insn: Instruction, size: int) -> Value | None:
        """The offset from the packet's first byte that one of the context's pointers stands for; None if it is none."""
        model = self.module.context
        if size != 4 or insn.opcode & op.MODE_MASK != op.MEM or self.kind(insn.src).origin != CONTEXT:
            return None
        at = self.add(self.get(insn.src), insn.offset)
        if not isinstance(at, int) or at < 0 or at not in (model.data, model.end, model.meta):
            return None
        if at == model.data:
            return 0
        return self.load_field("length", extra=", !range !3") if at == model.end else self.load_field("meta")

    def _load_other(self, slot: int, insn: Instruction) -> bool:
        if insn.opcode == op.LDDW:
            origin = self.function.maps.get(slot)
            if origin is not None:
                self.set(insn.dst, self.module.offset_of(slot))
            elif slot in self.module.addresses:
                place = self.temp(f"getelementptr inbounds i8, ptr %constants, i64 {8 * self.module.constant(slot)}")
                self.set(insn.dst, self.temp(f"load i64, ptr {place}, !invariant.load !1"))
            else:
                self.set(insn.dst, signed(insn.imm))
            return False
        return self._load_packet(insn)

    def _load_packet(self, insn: Instruction) -> bool:
        """LD_ABS and LD_IND: bytes of the packet in network order; outside of it the function ends with 0."""
        size = op.SIZE_BYTES[insn.opcode & op.SIZE_MASK]
        if not self.module.context.has_packet or self.kind(6).origin != CONTEXT or self.get(6) != 0:
            # r6 must be the context; the interpreter says what is wrong.
            self.require("false")
        index: Value = insn.imm
        if insn.opcode & op.MODE_MASK == op.IND:
            index = self.add(self.number(insn.src), insn.imm)
        at = self.widen(self.narrow(index, 32), 32, "sext")
        low = self.temp(f"icmp sge i64 {at}, 0")
        length = self.load_field("length", extra=", !range !3")
        high = self.temp(f"icmp sle i64 {at}, {self.temp(f'sub nsw i64 {length}, {size}')}")
        good, over = self.new_label(), self.new_label()
        self.line(f"br i1 {self.temp(f'and i1 {low}, {high}')}, label %{good}, label %{over}")
        self.label(over)
        self.save_left()
        self.line("ret i64 0")
        self.label(good)
        place = self.temp(f"getelementptr inbounds i8, ptr {self.base(PACKET)}, i64 {at}")
        bits = 8 * size
        value: Value = self.temp(f"load i{bits}, ptr {place}, align 1")
        if size > 1 and _LITTLE:
            value = self.temp(f"call i{bits} @llvm.bswap.i{bits}(i{bits} {value})")
        self.set(0, self.widen(value, bits))
        return False

    def _atomic(self, slot: int, insn: Instruction) -> None:
        size = op.SIZE_BYTES[insn.opcode & op.SIZE_MASK]
        operation = insn.imm
        if operation == op.LOAD_ACQ:
            self.set(insn.dst, self.load(insn.src, insn.offset, size))
            self.line("fence acquire")
            return
        value = self.number(insn.src)
        if operation == op.STORE_REL:
            self.line("fence release")
            self.store(insn.dst, insn.offset, size, value)
            return
        expected: Value = self.number(0) if operation == op.CMPXCHG else 0
        bits = 8 * size
        place = self.place(insn.dst, insn.offset, size, write=True)
        slow, fast, done = self.new_label(), self.new_label(), self.new_label()
        address = (
            self.temp(f"ptrtoint ptr {place} to i64") if place is not None else self.add(self.number(insn.dst), insn.offset)
        )
        if place is not None:
            # Where it isn't aligned no machine instruction does it; the interpreter's lock does.
            odd = self.temp(f"and i64 {address}, {size - 1}")
            aligned = self.temp(f"icmp eq i64 {odd}, 0")
            self.line(f"br i1 {aligned}, label %{fast}, label %{slow}, !prof !2")
            self.label(fast)
            quick = self._native_atomic(operation, place, value, expected, bits)
            self.line(f"br label %{done}")
        else:
            quick = 0
            self.line(f"br i1 false, label %{fast}, label %{slow}")
            self.label(fast)
            self.line(f"br label %{done}")
        self.label(slow)
        if place is not None and self.kind(insn.dst).origin == STACK:
            self.escaped = True
        callback = self.load_field("call_atomic", "ptr")
        where = self.slot << 8 | size
        other = self.temp(
            f"call i64 {callback}(ptr %m, i64 {operation}, i64 {address}, i64 {where}, i64 {value}, i64 {expected}, i64 %depth)"
        )
        self.after_callback()
        last = self.new_label()
        self.line(f"br label %{last}")
        self.label(last)
        self.line(f"br label %{done}")
        self.label(done)
        old = self.temp(f"phi i64 [ {quick}, %{fast} ], [ {other}, %{last} ]")
        if operation == op.CMPXCHG:
            self.set(0, old)
        elif operation & op.FETCH:
            self.set(insn.src, old)

    def _native_atomic(self, operation: int, place: str, value: Value, expected: Value, bits: int) -> Value:
        type_ = f"i{bits}"
        if bits < 64:
            value, expected = self.narrow(value, bits), self.narrow(expected, bits)
        if operation == op.CMPXCHG:
            pair = self.temp(
                f"cmpxchg ptr {place}, {type_} {expected}, {type_} {value} seq_cst seq_cst, align {bits // 8}"
            )
            old: Value = self.temp(f"extractvalue {{ {type_}, i1 }} {pair}, 0")
        else:
            name = "xchg" if operation == op.XCHG else _ATOMIC_OPS[operation & ~op.FETCH]
            old = self.temp(f"atomicrmw {name} ptr {place}, {type_} {value} seq_cst, align {bits // 8}")
        return old if bits == 64 else self.widen(old, bits)

    # -- jumps and calls

    def _jump(self, slot: int, insn: Instruction, *, wide: bool) -> bool:
        code = insn.opcode
        operation = code & op.OP_MASK
        if operation == op.EXIT:
            value = self.number(0)
            self.save_left()
            self.line(f"ret i64 {value}")
            return True
        if operation == op.CALL:
            return self._call(slot, insn)
        target = jump_target(insn, slot)
        cost = slot - target + 1 if target <= slot else 0
        if operation == op.JA or code == GOTOL:
            self.flush([target])
            self.line(f"br label %{self.edge(target, cost)}")
            return True
        if operation == op.JCOND:
            self.gotos.add(slot)
            before = self.temp(f"load i64, ptr %g{slot}")
            condition = self.temp(f"icmp slt i64 {before}, 1")
            self.line(f"store i64 {self.temp(f'sub i64 {before}, 1')}, ptr %g{slot}")
        else:
            condition = self._condition(insn, wide=wide)
        if slot + 1 >= self.function.end:
            raise AssertionError("a conditional jump ends a function")
        self.flush([target, slot + 1])
        taken = self.edge(target, cost)
        self.line(f"br i1 {condition}, label %{taken}, label %{self.edge(slot + 1, 0)}")
        return True

    def _condition(self, insn: Instruction, *, wide: bool) -> str:
        operation = insn.opcode & op.OP_MASK
        register = bool(insn.opcode & op.X)
        predicate = _PREDICATES.get(operation)
        left_kind, right_kind = self.kind(insn.dst), self.kind(insn.src) if register else Kind(None, True)
        if wide and register and left_kind.origin is not None and left_kind.origin == right_kind.origin and predicate:
            if predicate in ("eq", "ne") or (left_kind.good and right_kind.good):
                # Addresses lie below 2**63, and so do these offsets: they compare as the addresses do.
                predicate = predicate.replace("u", "s") if predicate not in ("eq", "ne") else predicate
                return self.temp(f"icmp {predicate} i64 {self.get(insn.dst)}, {self.get(insn.src)}")
        bits = 64 if wide else 32
        if wide and not register and insn.imm == 0 and predicate in ("eq", "ne") and self._is_plain_value(insn.dst):
            base = self.base(self.kind(insn.dst).origin or STACK)
            return self.temp(f"icmp {predicate} ptr {base}, null")
        left = self.number(insn.dst)
        right: Value = self.number(insn.src) if register else signed(insn.imm, bits)
        if not wide:
            left = self.narrow(left, 32)
            right = self.narrow(right, 32) if register else right
        if operation == op.JSET:
            both = self.temp(f"and i{bits} {left}, {right}")
            return self.temp(f"icmp ne i{bits} {both}, 0")
        return self.temp(f"icmp {predicate} i{bits} {left}, {right}")

    def _is_plain_value(self, reg: int) -> bool:
        origin = self.kind(reg).origin
        return origin is not None and origin[0] == "value" and self.get(reg) == 0

    def _settle(self, slot: int, insn: Instruction) -> None:
        """Makes numbers of pointers whose base this call changes: an older result of this lookup, a packet that moves."""
        after = self._after_call(slot, insn)
        for reg in range(1, 10):
            if self.kind(reg).origin is not None and after.regs[reg].origin is None:
                value = self.number(reg)
                self.state.regs[reg] = Kind(None, False)
                self.set(reg, value)

    def _call(self, slot: int, insn: Instruction) -> bool:
        self._settle(slot, insn)
        if is_local_call(insn):
            self._call_local(slot, insn)
            return False
        number = insn.imm
        if insn.opcode != CALLX and not is_kfunc_call(insn):
            if number == LOOKUP and self._lookup(slot):
                return False
            if self.module.native_helper(self, number):
                return False
        arguments = [self.number(reg) for reg in range(1, 6)]
        self._call_python(slot, insn, arguments)
        return False

    def _call_python(self, slot: int, insn: Instruction, arguments: list[Value]) -> None:
        self.save_left()
        tail = insn.opcode != CALLX and not is_kfunc_call(insn) and insn.imm == 12
        callback = self.load_field("call_tail" if tail else "call_helper", "ptr")
        which: Value = self.number(insn.dst) if insn.opcode == CALLX else slot
        where = f"i64 {which}, i64 {1 if insn.opcode == CALLX else 0}, i64 {slot}"
        values = ", ".join(f"i64 {value}" for value in arguments)
        result = self.temp(f"call i64 {callback}(ptr %m, {where}, {values}, i64 %depth)")
        self.after_callback()
        if tail:
            happened = self.temp(f"icmp ne i64 {self.load_field('value')}, 0")
            over, good = self.new_label(), self.new_label()
            self.line(f"br i1 {happened}, label %{over}, label %{good}")
            self.label(over)
            self.line(f"ret i64 {result}")
            self.label(good)
        self.load_left()
        self.bases = {}
        if slot in self.module.forgetful:
            self.lines.append(_FORGET)
        self._returned(slot, insn, result)

    def _returned(self, slot: int, insn: Instruction, result: str) -> None:
        """Sets r0 after a call that gave a number."""
        origin = self._after_call(slot, insn).regs[0].origin
        if origin is not None:
            self.lookups.add(slot)
            pointer = self.temp(f"inttoptr i64 {result} to ptr")
            self.line(f"store ptr {pointer}, ptr %v{slot}")
            self.bases.pop(origin, None)
            self.set(0, 0)
        else:
            self.set(0, result)

    def _after_call(self, slot: int, insn: Instruction) -> State:
        after = self.state.copy()
        self.function.step(slot, insn, after)
        return after

    def _call_local(self, slot: int, insn: Instruction) -> None:
        target = slot + 1 + insn.imm
        arguments = [self.number(reg) for reg in range(1, 6)]
        self._charge(self.structure.end_of[target] - target)
        deeper = self.temp("add nsw i64 %depth, 1")
        fits = self.temp(f"icmp slt i64 {deeper}, {MAX_CALL_FRAMES}")
        good = self.new_label()
        self.line(f"br i1 {fits}, label %{good}, label %{self.fault(FAULT_DEPTH)}, !prof !2")
        self.label(good)
        self.save_left()
        values = ", ".join(f"i64 {value}" for value in arguments)
        result = self.temp(f"call i64 @f{target}(ptr %m, i64 {deeper}, {values})")
        self.after_callback()
        self.load_left()
        self.bases = {}
        if slot in self.module.forgetful:
            self.lines.append(_FORGET)
        self.set(0, result)

    # -- map lookups in place

    def _lookup(self, slot: int) -> bool:
        """Emits a lookup of a map whose layout is known; False if the helper must do it."""
        origin = self.kind(1).origin
        if origin is None or origin[0] != "map" or self.get(1) != 0:
            return False
        lookup = self.module.lookup_of(origin)
        if lookup is None:
            return False
        key = self.place(2, 0, lookup.key_size, write=False)
        if key is None:
            return False
        handle = self.base(origin)
        pointer = lookup.emit(self, handle, key)
        self.lookups.add(slot)
        self.line(f"store ptr {pointer}, ptr %v{slot}")
        self.bases.pop(("value", slot), None)
        self.set(0, 0)
        return True
