"""Loads and stores: checked by the origin of the address, or found by the machine.

A check that fails is no fault: the address may lie in another region that the program may use, and the interpreter's rule
is the rule. So the interpreter takes over (a miss). A loop that reads nothing it writes it does over from its head: then
nothing that changes in the loop is needed outside, which is what lets LLVM move the check out of it.
"""

from __future__ import annotations

from ebpf.uapi.flags import MAX_BPF_STACK
from ebpf.vm.jit.builder import LIKELY, Builder
from ebpf.vm.jit.kinds import CONTEXT, PACKET, STACK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.jit.lines import Value


class Accessor(Builder):
    # -- misses

    def require(self, condition: str) -> None:
        """Goes on if `condition` holds; else the interpreter takes over at this instruction, or at the head of a loop that
        can be done over."""
        good = self.new_label()
        if self.loop is not None:
            self.loop_misses.add(self.loop)
            self.line(f"br i1 {condition}, label %{good}, label %missloop{self.loop}, {LIKELY}")
            self.label(good)
            return
        self.misses = True
        label = self.new_label()
        self.line(f"br i1 {condition}, label %{good}, label %{label}, {LIKELY}")
        kept, kept_bases = self.lines, dict(self.bases)
        values = list(self.values)
        self.lines = []
        self.label(label)
        live = self.function.live[self.slot]
        for reg in range(10):
            if live >> reg & 1:
                value = self.get(reg)
                origin = self.kind(reg).origin
                if origin == STACK:
                    value = self.add(self.temp("ptrtoint ptr %stack_frame to i64"), value)
                elif origin is not None:
                    value = self.add(self.base_number(origin), value)
                self.line(f"store i64 {value}, ptr %x{reg}")
                self.missed |= 1 << reg
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
            return self._proved_number(reg, offset, size, write=write)
        at = self.add(self.get(reg), offset, nsw=kind.good)
        if origin == STACK:
            if isinstance(at, int):
                if not 0 <= at <= MAX_BPF_STACK - size:
                    return None
                self.used_frame.update(range(at, at + size))
            else:
                self.escaped = True
                if not self._proved("stack", size, -MAX_BPF_STACK, 0):
                    self.require(self.temp(f"icmp ult i64 {at}, {MAX_BPF_STACK - size + 1}"))
        elif origin == CONTEXT:
            if not self._context_good(at, size, write=write):
                return None
            if isinstance(at, int):
                used = self.module.context_written if write else self.module.context_read
                used.update(range(at, at + size))
        elif origin == PACKET and not write and self._proved("packet", size):
            pass
        elif origin == PACKET:
            self._within(at, self.packet_length(), size)
        else:
            map_ = self.module.map_at(self.function.looked_up.get(origin[1], origin))
            bytes_ = self.module.size_of(map_, write=write)
            if bytes_ < size:
                return None
            proved = self._proved("map_value", size, 0, bytes_, map_.spec.name)
            base = self.base(origin)
            if origin[0] == "value" and not proved:
                null = self.temp(f"icmp eq ptr {base}, null")
                self.require(self.temp(f"xor i1 {null}, true"))
            if isinstance(at, int):
                if not 0 <= at <= bytes_ - size:
                    return None
            elif not proved:
                self.require(self.temp(f"icmp ult i64 {at}, {bytes_ - size + 1}"))
        return self.temp(f"getelementptr inbounds i8, ptr {self.base(origin)}, i64 {at}")

    def _proved(self, region: str, size: int, low: int = 0, end: int = 0, map_name: str = "") -> bool:
        """Whether the verifier proved this access to stay inside a region: of a map's value or the function's own frame, from
        byte `low` up to `end`, which is held against what it says of the offsets."""
        fact = self.module.facts.get(self.slot)
        if fact is None or fact.region != region or fact.size != size:
            return False
        if region == "packet":
            return True
        return fact.up == 0 and fact.map == map_name and low <= fact.low and fact.high + size <= end

    def _proved_number(self, reg: int, offset: int, size: int, *, write: bool) -> str | None:
        """A place whose origin isn't known here, but which the verifier proved to be good; None if it did not."""
        fact = self.module.facts.get(self.slot)
        if fact is None:
            return None
        map_ = self.module.map_named(fact.map)
        if not (
            (not write and self._proved("packet", size))
            or self._proved("stack", size, -MAX_BPF_STACK, 0)
            or (map_ and self._proved("map_value", size, 0, self.module.size_of(map_, write=write), fact.map))
        ):
            return None
        return self.temp(f"inttoptr i64 {self.add(self.number(reg), offset)} to ptr")

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
        self.line(f"br i1 {inside}, label %{fast}, label %{slow}, {LIKELY}")
        self.label(slow)
        self.save()
        what = size | (256 if write else 0)
        answer = self.temp(f"call i64 @find(ptr %m, i64 {address}, i64 {what}, i64 {self.slot}, i64 %depth)")
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
