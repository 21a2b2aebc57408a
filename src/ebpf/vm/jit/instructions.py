"""Single instructions: arithmetic, loads and stores, atomics, conditions."""

from __future__ import annotations

import sys

from ebpf.uapi import opcodes as op
from ebpf.vm.jit.access import Accessor
from ebpf.vm.jit.builder import COLD, LIKELY, signed
from ebpf.vm.jit.kinds import CONTEXT, PACKET, STACK, Kind
from ebpf.vm.jit.state import FAULT_BUDGET
from ebpf.vm.structure import is_address_cast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.asm import Instruction
    from ebpf.vm.jit.lines import Value

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


class InstructionEmitter(Accessor):
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

    def charge(self, cost: int) -> None:
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
        if self.main:
            self.line("store i64 1, ptr %status")
        self.store_field("fault", code)
        self.store_field("slot", self.slot)
        self.line("ret i64 0")
        self.cold += self.lines
        self.lines = kept
        return label

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
            elif self.after.regs[insn.dst].origin is None:
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
        result = self.after.regs[insn.dst]
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
        result = self.after.regs[insn.dst]
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
        return self.packet_length() if at == model.end else self.load_field("meta")

    def _load_other(self, slot: int, insn: Instruction) -> bool:
        if insn.opcode == op.LDDW:
            found = self.function.maps.get(slot)
            if found is not None:
                self.set(insn.dst, found[1])
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
        if not isinstance(index, int) or index < 0:
            # SKF_NET_OFF and SKF_LL_OFF: the interpreter knows where the headers are.
            self.require(self.temp(f"icmp sge i64 {at}, 0"))
        length = self.packet_length()
        high = self.temp(f"icmp sle i64 {at}, {self.temp(f'sub nsw i64 {length}, {size}')}")
        good, over = self.new_label(), self.new_label()
        self.line(f"br i1 {high}, label %{good}, label %{over}")
        self.label(over)
        self.leave()
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
            self.temp(f"ptrtoint ptr {place} to i64")
            if place is not None
            else self.add(self.number(insn.dst), insn.offset)
        )
        if place is not None:
            # Where it isn't aligned no machine instruction does it; the interpreter's lock does.
            odd = self.temp(f"and i64 {address}, {size - 1}")
            aligned = self.temp(f"icmp eq i64 {odd}, 0")
            self.line(f"br i1 {aligned}, label %{fast}, label %{slow}, {LIKELY}")
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
        self.save()
        callback = self.load_field("call_atomic", "ptr")
        self.before_python()
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

    def _condition(self, insn: Instruction, *, wide: bool) -> str:
        operation = insn.opcode & op.OP_MASK
        register = bool(insn.opcode & op.X)
        predicate = _PREDICATES.get(operation)
        left_kind, right_kind = self.kind(insn.dst), self.kind(insn.src) if register else Kind(None, True)
        alike = wide and register and left_kind.origin is not None and left_kind.origin == right_kind.origin
        equality = predicate in ("eq", "ne")
        if alike and predicate and (equality or (left_kind.good and right_kind.good)):
            # Addresses lie below 2**63, and so do these offsets: they compare as the addresses do.
            predicate = predicate if equality else predicate.replace("u", "s")
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
