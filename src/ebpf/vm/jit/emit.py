"""A BPF function → LLVM IR, as text: blocks, jumps, calls and the frame around them.

The interpreter's behaviour is the rule: what may be accessed, when a run ends, what it costs. See `kinds` for how registers
are kept, `access` for loads and stores, `instructions` for the rest, `state` for what is shared with Python.
"""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.uapi.flags import MAX_BPF_STACK, MAX_CALL_FRAMES
from ebpf.vm.jit.builder import LIKELY, signed
from ebpf.vm.jit.entry import MAIN
from ebpf.vm.jit.helpers import COPY, FORGET, HelperEmitter
from ebpf.vm.jit.kinds import STACK, Kind, is_local_call, join, passed_on
from ebpf.vm.jit.state import AT, FAULT_DEPTH
from ebpf.vm.memory import FRAME_STRIDE
from ebpf.vm.structure import GOTOL, jump_target
from ebpf.vm.translate import MAY_GOTO_LIMIT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.asm import Instruction
    from ebpf.vm.jit.kinds import Origin
    from ebpf.vm.jit.lines import Value


class FunctionEmitter(HelperEmitter):
    """Emits one function. `text()` is the whole of it once `emit()` is done."""

    # -- the function

    def emit(self) -> None:
        function = self.function
        for first, end in function.blocks:
            if first not in function.entry:
                continue  # nothing gets there
            self.state = function.entry[first].copy()
            self.values = [kind.at if kind.origin else None for kind in self.state.regs]
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
                self.after = self.state.copy()
                function.step(slot, insn, self.after)
                ended = self.instruction(slot, insn)
                self.state = self.after
                if ended:
                    break
            if not ended:
                self.flush([end])
                self.line(f"br label %{self.edge(end, 0)}")

    def text(self) -> str:
        """The finished function."""
        arguments = ", ".join(f"i64 %a{reg}" for reg in range(1, 6))
        head = f"define internal i64 @f{self.function.start}(ptr noalias %m, ptr %context, i64 %depth, {arguments}) #0 {{\nentry:"
        if self.main:
            head = "\n".join([MAIN, "entry:", *(f"  %{name} = add i64 0, 0" for name in ("depth", "a3", "a4", "a5"))])
        forget = "\n".join(f"  store i64 0, ptr %we{site}" for site in range(1, self.sites + 1))
        body, cold = (
            [forget if line is FORGET else self._copied() if line is COPY else line for line in lines]
            for lines in (self.lines, self.cold)
        )
        self.lines = []
        self.line(f"%constants_at = {AT['constants']}")
        self.line("%constants = load ptr, ptr %constants_at, !invariant.load !1, !nonnull !1")
        self.line(f"%stack_at = {AT['stack']}")
        self.line("%stack_all = load ptr, ptr %stack_at, !invariant.load !1, !nonnull !1")
        self.line(f"%stack_offset = mul i64 %depth, {FRAME_STRIDE}")
        self.line("%stack_frame = getelementptr inbounds i8, ptr %stack_all, i64 %stack_offset")
        if self.escaped:
            self.line("%frame = getelementptr inbounds i8, ptr %stack_frame, i64 0")
        else:
            self.line(f"%frame = alloca [{MAX_BPF_STACK} x i8], align 16")
        self.line(f"call void @llvm.memset.p0.i64(ptr align 16 %frame, i8 0, i64 {MAX_BPF_STACK}, i1 false)")
        entry = self.function.entry[self.function.start].regs
        kept, self.lines = self.lines, []
        self.snapshot_if_loop(self.function.start, entry)
        snapshot, self.lines = self.lines, kept
        placed = [reg for reg in range(10) if self.placed >> reg & 1]
        for reg in placed:
            self.line(f"%r{reg} = alloca i64")
        self.line("%left = alloca i64")
        if self.main:
            self.line("store i64 %left_in, ptr %left")
            self.line("%packet = alloca ptr")
            self.line("store ptr %packet_in, ptr %packet")
            self.line("%length = alloca i64")
            self.line("%length_wide = zext i32 %length_in to i64")
            self.line("store i64 %length_wide, ptr %length")
        else:
            self.line(f"store i64 {self.load_field('left')}, ptr %left")
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
        for reg in placed:
            origin, at = entry[reg].origin, entry[reg].at
            value: Value = f"%a{reg}" if 1 <= reg <= 5 else 0
            if origin is not None:
                self.bases = {}
                value = at if at is not None else self.sub(value, self.base_number(origin))
            self.line(f"store i64 {value}, ptr %r{reg}")
        self.bases = {}
        if self.time:
            self.line("%time = alloca [16 x i8], align 8")
        if self.misses:
            for reg in range(10):
                if self.missed >> reg & 1:
                    self.line(f"%x{reg} = alloca i64")
                    self.line(f"store i64 0, ptr %x{reg}")
            self.line("%xslot = alloca i64")
        self.lines += snapshot
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
        return "\n".join([head, *prologue, *body, *cold, *tail, "}"])

    def _miss_block(self) -> None:
        self.label("miss")
        self._copy_frame()
        for reg in range(10):
            self.store_field(f"r{reg}", self.temp(f"load i64, ptr %x{reg}") if self.missed >> reg & 1 else 0)
        self._resume(self.temp("load i64, ptr %xslot"))

    def _copied(self) -> str:
        """The lines of `_copy_frame`."""
        kept, self.lines = self.lines, []
        self._copy_frame()
        made, self.lines = self.lines, kept
        return "\n".join(made)

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
        self.save()
        callback = self.load_field("call_resume", "ptr")
        self.before_python()
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
                self.line(f"store i64 {self.get(reg)}, ptr {self.home(reg)}")
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
            self.line(f"store i64 {self.number(reg)}, ptr {self.home(reg)}")
        if cost:
            self.charge(cost)
        if enters:
            self.snapshot_if_loop(target, entry)
        self.line(f"br label %b{target}")
        self.cold += self.lines
        self.lines, self.bases, self.values = kept, kept_bases, values
        return label

    def snapshot_if_loop(self, target: int, entry: list[Kind]) -> None:
        """Before a loop that can be done over: keeps what the interpreter needs to do the loop over."""
        if target not in self.function.loops:
            return
        for reg in range(10):
            if self.function.live[target] >> reg & 1:
                value: Value = self.temp(f"load i64, ptr {self.home(reg)}")
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

    # -- jumps and calls

    def _jump(self, slot: int, insn: Instruction, *, wide: bool) -> bool:
        code = insn.opcode
        operation = code & op.OP_MASK
        if operation == op.EXIT:
            value = self.number(0)
            self.leave()
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

    def _settle(self, slot: int, insn: Instruction) -> None:
        """Makes numbers of pointers whose base this call changes: an older result of this lookup, a packet that moves."""
        for reg in range(1, 10):
            if self.kind(reg).origin is not None and self.after.regs[reg].origin is None:
                value = self.number(reg)
                self.state.regs[reg] = Kind(None, False)
                self.set(reg, value)

    def _call(self, slot: int, insn: Instruction) -> bool:
        self._settle(slot, insn)
        if is_local_call(insn):
            self._call_local(slot, insn)
            return False
        self.call_helper(slot, insn)
        return False

    def _call_local(self, slot: int, insn: Instruction) -> None:
        target = slot + 1 + insn.imm
        given = [passed_on(self.kind(reg)) for reg in range(1, 6)]
        before = self.module.passed.get(target, given)
        self.module.passed[target] = [join(one, other) for one, other in zip(before, given, strict=True)]
        arguments = [self.number(reg) for reg in range(1, 6)]
        self.charge(self.structure.end_of[target] - target)
        deeper = self.temp("add nsw i64 %depth, 1")
        fits = self.temp(f"icmp slt i64 {deeper}, {MAX_CALL_FRAMES}")
        good = self.new_label()
        self.line(f"br i1 {fits}, label %{good}, label %{self.fault(FAULT_DEPTH)}, {LIKELY}")
        self.label(good)
        self.save()
        values = ", ".join(f"i64 {value}" for value in arguments)
        result = self.temp(f"call i64 @f{target}(ptr %m, ptr %context, i64 {deeper}, {values})")
        self.after_callback()
        self.returned_from(slot)
        self.set(0, result)
