"""Calls of helpers: those that generated code does itself, and the way to Python for all others.

Itself: looking up, updating and deleting in arrays and hash tables (`lookups`, `updates`), the number of the CPU, clocks, random
numbers. An engine's own helpers (`VmEngine(helpers=…)`) come first, whatever their number.
"""

from __future__ import annotations

from ebpf.uapi.helpers import IDS
from ebpf.vm.costs import USUAL, cost_of
from ebpf.vm.jit.builder import COLD
from ebpf.vm.jit.kinds import LOOKUP, STACK, is_kfunc_call
from ebpf.vm.jit.outputs import OUTPUTS, OutputEmitter
from ebpf.vm.jit.packets import ON_PACKETS, READERS
from ebpf.vm.jit.prefixes import STALE
from ebpf.vm.jit.state import FAULT_SIGNAL
from ebpf.vm.structure import CALLX

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.asm import Instruction
    from ebpf.vm.jit.lines import Value

#: Stands in the lines where every remembered window is to be forgotten: how many there are shows at the end.
FORGET = "  ; forget"
#: Stands where the frame is to be copied to where Python finds it: what is in it shows at the end.
COPY = "  ; copy"

_UPDATE, _DELETE, _TAIL_CALL = IDS["map_update_elem"], IDS["map_delete_elem"], IDS["tail_call"]
_RANDOM, _CPU, _NODE = IDS["get_prandom_u32"], IDS["get_smp_processor_id"], IDS["get_numa_node_id"]
#: Helper → Linux's number of the clock that it reads: CLOCK_MONOTONIC, BOOTTIME, TAI.
_CLOCKS = {
    IDS["ktime_get_ns"]: 1,
    IDS["ktime_get_coarse_ns"]: 1,
    IDS["ktime_get_boot_ns"]: 7,
    IDS["ktime_get_tai_ns"]: 11,
}
#: Helpers that only read a program's memory, and the arguments that they take.
_READERS = {LOOKUP: 2, _UPDATE: 4, _DELETE: 2, **dict.fromkeys(_CLOCKS, 0), **dict.fromkeys(READERS | OUTPUTS, 5)}


class HelperEmitter(OutputEmitter):
    def call_helper(self, slot: int, insn: Instruction) -> None:
        plain = (
            insn.opcode != CALLX and not is_kfunc_call(insn) and insn.imm not in self.module.program.engine.own_helpers
        )
        if insn.opcode != CALLX:
            self.charge(USUAL if is_kfunc_call(insn) else cost_of(insn.imm))
        if plain and self._itself(slot, insn):
            return
        self._returned(slot, self._python(slot, insn, reads_only=plain and insn.imm in _READERS))

    def _itself(self, slot: int, insn: Instruction) -> bool:
        """Emits a helper that needs no Python; False if it isn't one."""
        number = insn.imm
        if number == LOOKUP:
            return self._lookup(slot) or self._lookup_prefix(slot, insn)
        if number in (_UPDATE, _DELETE):
            return self._change(slot, insn)
        if number == _CPU:
            self.set(0, self.load_field("cpu"))
        elif number == _NODE:
            self.set(0, 0)
        elif number == _RANDOM:
            self._random()
        elif number in _CLOCKS:
            self._clock(slot, insn, _CLOCKS[number])
        else:
            if number in OUTPUTS:
                return self.output(slot, insn)
            return number in ON_PACKETS and self.on_packet(slot, insn)
        return True

    # -- by Python

    def _python(self, slot: int, insn: Instruction, *, reads_only: bool = False) -> str:
        """Calls a helper by its function in Python; what it gives. One that only reads may be given the address of a copy of the
        frame."""
        if reads_only:
            count = _READERS[insn.imm]
            arguments = [self._from_outside(reg) if reg <= count else 0 for reg in range(1, 6)]
            self.lines.append(COPY)
        else:
            arguments = [self.number(reg) for reg in range(1, 6)]
        self.save()
        tail = insn.opcode != CALLX and not is_kfunc_call(insn) and insn.imm == _TAIL_CALL
        callback = self.load_field("call_tail" if tail else "call_helper", "ptr")
        which: Value = self.number(insn.dst) if insn.opcode == CALLX else slot
        where = f"i64 {which}, i64 {1 if insn.opcode == CALLX else 0}, i64 {slot}"
        values = ", ".join(f"i64 {value}" for value in arguments)
        self._check_signals()
        self.before_python()
        result = self.temp(f"call i64 {callback}(ptr %m, {where}, {values}, i64 %depth)")
        self.after_callback()
        if tail:
            happened = self.temp(f"icmp ne i64 {self.load_field('value')}, 0")
            over, good = self.new_label(), self.new_label()
            self.line(f"br i1 {happened}, label %{over}, label %{good}")
            self.label(over)
            self.line(f"ret i64 {result}")
            self.label(good)
        self.returned_from(slot)
        return result

    def _check_signals(self) -> None:
        """Ends the function if a signal's handler raised: a callback could not say so, since Python looks for signals before it
        begins."""
        check = self.load_field("check_signals", "ptr")
        raised = self.temp(f"icmp ne i32 {self.temp(f'call i32 {check}()')}, 0")
        good = self.new_label()
        self.line(f"br i1 {raised}, label %{self.fault(FAULT_SIGNAL)}, label %{good}, {COLD}")
        self.label(good)

    def _from_outside(self, reg: int) -> Value:
        """A register as a number, for somebody who finds a copy of the frame in the machine's stack."""
        if self.kind(reg).origin != STACK:
            return self.number(reg)
        return self.add(self.temp("ptrtoint ptr %stack_frame to i64"), self.get(reg))

    def returned_from(self, slot: int) -> None:
        """After a call of something that may have changed what is kept in registers."""
        moved = slot in self.module.forgetful
        self.restore(moved=moved)
        self.bases = {}
        if moved:
            self.lines.append(FORGET)

    def _returned(self, slot: int, result: Value) -> None:
        """Sets r0 after a call that gave a number."""
        origin = self.after.regs[0].origin
        if origin is not None:
            self.lookups.add(slot)
            pointer = self.temp(f"inttoptr i64 {result} to ptr")
            self.line(f"store ptr {pointer}, ptr %v{slot}")
            self.bases.pop(origin, None)
            self.set(0, 0)
        else:
            self.set(0, result)

    def or_python(self, slot: int, insn: Instruction, quick: Value, good: str) -> None:
        """Sets r0 to `quick` if the condition `good` holds, else to what Python gives."""
        here, slow, done = self.new_label(), self.new_label(), self.new_label()
        self.line(f"br label %{here}")
        self.label(here)
        self.line(f"br i1 {good}, label %{done}, label %{slow}, !prof !2")
        kept, kept_bases, values = self.lines, dict(self.bases), list(self.values)
        self.lines = []
        self.label(slow)
        other = self._python(slot, insn, reads_only=True)
        last = self.new_label()
        self.line(f"br label %{last}")
        self.label(last)
        self.line(f"br label %{done}")
        self.cold += self.lines
        self.lines, self.bases, self.values = kept, kept_bases, values
        self.label(done)
        self.set(0, self.temp(f"phi i64 [ {quick}, %{here} ], [ {other}, %{last} ]"))

    # -- maps

    def _map(self) -> tuple[str, int] | None:
        """What r1 stands for, if it is sure to be a map."""
        origin = self.kind(1).origin
        return origin if origin is not None and origin[0] == "map" and self.get(1) == 0 else None

    def _lookup(self, slot: int) -> bool:
        origin = self._map()
        lookup = self.module.lookup_of(origin) if origin is not None else None
        if origin is None or lookup is None:
            return False
        key = self.place(2, 0, lookup.key_size, write=False)
        if key is None:
            return False
        pointer = lookup.emit(self, self.base(origin), key)
        self.lookups.add(slot)
        self.line(f"store ptr {pointer}, ptr %v{slot}")
        self.bases.pop(("value", slot), None)
        self.set(0, 0)
        return True

    def _lookup_prefix(self, slot: int, insn: Instruction) -> bool:
        origin = self._map()
        number = self.module.prefixes_of(origin) if origin is not None else None
        if origin is None or number is None:
            return False
        key = self.place(2, 0, self.module.map_at(origin).key_size, write=False)
        if key is None:
            return False
        found = self.temp(f"call i64 @prefix{number}(ptr {self.base(origin)}, ptr {key})")
        self.or_python(slot, insn, found, self.temp(f"icmp ne i64 {found}, {STALE}"))
        self._returned(slot, self.get(0))
        return True

    def _change(self, slot: int, insn: Instruction) -> bool:
        origin = self._map()
        number = self.module.changes_of(origin) if origin is not None else None
        if origin is None or number is None:
            return False
        map_ = self.module.map_at(origin)
        delete = insn.imm == _DELETE
        if delete and not self.module.deletes(origin):
            return False
        key = self.place(2, 0, map_.key_size, write=False)
        if key is None:
            return False
        if delete:
            status = self.temp(f"call i64 @delete{number}(ptr {self.base(origin)}, ptr {key})")
        else:
            value = self.place(3, 0, map_.value_size, write=False)
            if value is None:
                return False
            cpu = self.load_field("cpu") if map_.per_cpu else "0"
            status = self.temp(
                f"call i64 @update{number}(ptr {self.base(origin)}, ptr {key}, ptr {value}, i64 {self.number(4)}, i64 {cpu})"
            )
        self.or_python(slot, insn, status, self.temp(f"icmp sle i64 {status}, 0"))
        return True

    # -- time and chance

    def _clock(self, slot: int, insn: Instruction, clock: int) -> None:
        function = self.load_field("clock_gettime", "ptr")
        there, ask, read = self.new_label(), self.new_label(), self.new_label()
        missing = self.temp(f"icmp eq ptr {function}, null")
        self.line(f"br label %{there}")
        self.label(there)
        self.line(f"br i1 {missing}, label %{read}, label %{ask}, {COLD}")
        self.label(ask)
        self.time = True
        failed = self.temp(f"call i32 {function}(i32 {clock}, ptr %time)")
        self.line(f"br label %{read}")
        self.label(read)
        status = self.temp(f"phi i32 [ 1, %{there} ], [ {failed}, %{ask} ]")
        seconds = self.temp("load i64, ptr %time")
        rest = self.temp(f"load i64, ptr {self.temp('getelementptr inbounds i8, ptr %time, i64 8')}")
        whole = self.temp(f"mul i64 {seconds}, 1000000000")
        now = self.temp(f"add i64 {whole}, {rest}")
        self.or_python(slot, insn, now, self.temp(f"icmp eq i32 {status}, 0"))

    def _random(self) -> None:
        """xorshift64*, from a seed of the system's."""
        value = self.load_field("random")
        for shift, by in (("lshr", 12), ("shl", 25), ("lshr", 27)):
            value = self.temp(f"xor i64 {value}, {self.temp(f'{shift} i64 {value}, {by}')}")
        self.store_field("random", value)
        product = self.temp(f"mul i64 {value}, {0x2545F4914F6CDD1D}")
        self.set(0, self.temp(f"lshr i64 {product}, 32"))
