"""IR text piece by piece: names, registers, values; what `access` and `emit` stand on."""

from __future__ import annotations

from ebpf.vm.jit.kinds import STACK, Function, Kind
from ebpf.vm.jit.lines import Lines
from ebpf.vm.jit.state import FAULT_LOST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.jit.kinds import Origin, State
    from ebpf.vm.jit.lines import Value
    from ebpf.vm.jit.module import Module

#: What a branch is marked with that is hardly ever taken, and one that nearly always is; defined in module.py.
COLD, LIKELY = "!prof !0", "!prof !2"


def signed(value: int, bits: int = 64) -> int:
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


class Builder(Lines):
    """Lines of one function, and where each register is while they are made.

    `values` are the registers' current names (or numbers), None for one that is still in its place in memory; `dirty` a mask of
    those that have changed since.
    """

    def __init__(self, module: Module, function: Function, *, main: bool) -> None:
        super().__init__()
        self.module = module
        self.function = function
        self.structure = function.structure
        self.main = main
        self.cold: list[str] = []
        self.sites = 0
        # What it calls may reach its frame by arithmetic on their own; then it must lie where the machine knows it.
        self.escaped = function.calls_functions()
        self.lookups: set[int] = set()
        self.gotos: set[int] = set()
        self.used_frame: set[int] = set()
        self.misses = False
        self.saves = False
        #: Masks of the registers that have a place in memory, and one for the interpreter to take over with.
        self.placed = 0
        self.missed = 0
        self.time = False
        self.loop_misses: set[int] = set()
        self.values: list[Value | None] = [None] * 11
        self.dirty = 0
        # What is known of the registers before this instruction, and after it.
        self.state: State
        self.after: State
        self.bases: dict[Origin, str] = {}
        self.slot = 0
        self.loop: int | None = None

    # -- registers

    def get(self, reg: int) -> Value:
        value = self.values[reg]
        if value is None:
            value = self.values[reg] = self.temp(f"load i64, ptr {self.home(reg)}")
        return value

    def home(self, reg: int) -> str:
        """A register's place in memory."""
        self.placed |= 1 << reg
        return f"%r{reg}"

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
            found = self.temp("load ptr, ptr %packet") if self.main else self.load_field("packet", "ptr")
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

    # -- what the state says before and after something outside of this function runs

    def save(self) -> None:
        """Puts what is kept in registers into the state, for whoever is called. The main function says so to its caller, too."""
        if self.main:
            self.saves = True
            self.line("call void @save(ptr %m, ptr %left, ptr %packet, ptr %length, i64 %item, ptr %status)")
        else:
            self.store_field("left", self.temp("load i64, ptr %left"))

    def before_python(self) -> None:
        """Before Python is called: it must say that it came back well."""
        self.store_field("fault", FAULT_LOST)

    def leave(self) -> None:
        """Before a function ends well."""
        if not self.main:
            self.store_field("left", self.temp("load i64, ptr %left"))

    def restore(self, *, moved: bool) -> None:
        """After a call: the budget, and where the packet is now if it may have moved."""
        self.line(f"store i64 {self.load_field('left')}, ptr %left")
        if self.main and moved:
            self.line(f"store ptr {self.load_field('packet', 'ptr')}, ptr %packet")
            self.line(f"store i64 {self.load_field('length', extra=', !range !3')}, ptr %length")

    def packet_length(self) -> str:
        return self.temp("load i64, ptr %length") if self.main else self.load_field("length", extra=", !range !3")
