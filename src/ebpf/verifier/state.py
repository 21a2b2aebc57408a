"""A point of a path: frames with registers and stack, references held, locks; and the checkpoints kept of them.

Registers and stack slots never change, so a copy of a frame is two list copies. Which values had to be known precisely,
and which stack slots were read later, is kept in bit masks of the checkpoint.
"""

from __future__ import annotations

from ebpf.verifier.regs import NOT_INIT, UNINIT, Reg

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    #: (instruction, the one before it, stack access as (frame, slot) or None, registers that are pointers to stack
    #: (1 src, 2 dst), linked registers as ((frame, is_reg, number), …) or (), the entry before)
    History = tuple[int, int, tuple[int, int] | None, int, tuple[tuple[int, bool, int], ...], "History | None"]

# What a byte of stack holds.
INVALID, SPILL, MISC, ZEROED, DYN, ITER, IRQ = range(7)


class Slot:
    """Eight bytes of stack. Never changed.

    types   what each byte holds; types[0] is the byte at the highest address, as the kernel counts
    reg     what was spilled there, if types[7] is SPILL (or the special object's state), else UNINIT
    """

    __slots__ = ("reg", "types")

    def __init__(self, types: bytes, reg: Reg = UNINIT) -> None:
        self.types = types
        self.reg = reg


EMPTY = Slot(bytes([INVALID] * 8))
SPILLED = bytes([SPILL] * 8)


class Frame:
    """A function's activation. `written`: stack slots wholly written since the last checkpoint (bits)."""

    __slots__ = (
        "async_count", "callback_depth", "callsite", "in_async", "in_callback", "in_exception", "number", "regs",
        "return_range", "stack", "subprog", "uid", "written",
    )  # fmt: skip

    def __init__(self, number: int, subprog: int, callsite: int, uid: int) -> None:
        self.number = number
        self.subprog = subprog
        self.callsite = callsite
        self.uid = uid
        self.regs: list[Reg] = [UNINIT] * 11
        self.stack: list[Slot] = []
        self.written = 0
        self.in_callback = False
        self.in_async = False
        self.in_exception = False
        self.return_range: tuple[int, int] = (0, 0)
        self.callback_depth = 0
        self.async_count = 0

    def copy(self) -> Frame:
        new = Frame.__new__(Frame)
        new.number = self.number
        new.subprog = self.subprog
        new.callsite = self.callsite
        new.uid = self.uid
        new.regs = self.regs.copy()
        new.stack = self.stack.copy()
        new.written = self.written
        new.in_callback = self.in_callback
        new.in_async = self.in_async
        new.in_exception = self.in_exception
        new.return_range = self.return_range
        new.callback_depth = self.callback_depth
        new.async_count = self.async_count
        return new


LOCKS = ("lock", "res_lock", "res_lock_irq")


class Held:
    """A thing that must be given back. kind: "ptr", "irq" (interrupts are off), or a lock's, where `what` is the map or types:
    "lock" (bpf_spin_lock), "res_lock", "res_lock_irq"."""

    __slots__ = ("id", "insn", "kind", "what")

    def __init__(self, id: int, insn: int, kind: str = "ptr", what: object = None) -> None:
        self.id = id
        self.insn = insn
        self.kind = kind
        self.what = what


class State:
    """Where a path stands. As a checkpoint (`insn` ≥ 0) it also has what was learned of it since.

    branches     paths that go on from here and aren't finished
    precise      for each frame: registers (bits 0-9) and stack slots (bits 16-79) that had to be known precisely
    read         for each frame: stack slots that were read later
    history      the jumps and stack accesses since `parent`, newest first
    trail        the branches taken since the start, newest first: (instruction, taken, trail before)
    """

    __slots__ = (
        "branches", "callback_unroll", "depth", "first", "frames", "held", "history", "history_length",
        "hits", "in_async", "insn", "last", "may_goto", "misses", "parent", "precise", "preempt",
        "rcu", "read", "sleepable", "trail",
    )  # fmt: skip

    def __init__(self, frames: list[Frame]) -> None:
        self.frames = frames
        self.parent: State | None = None
        self.insn = -1
        self.first = 0
        self.last = -1
        self.branches = 1
        self.depth = 0
        self.history: History | None = None
        self.history_length = 0
        self.trail: tuple[int, bool, object] | None = None
        self.held: tuple[Held, ...] = ()
        self.rcu = 0
        self.preempt = 0
        self.may_goto = 0
        self.callback_unroll = 0
        self.in_async = False
        self.sleepable = False
        self.precise: list[int] = []
        self.read: list[int] = []
        self.hits = 0
        self.misses = 0

    def copy(self) -> State:
        """A path of its own from here."""
        new = State([frame.copy() for frame in self.frames])
        new.parent = self.parent
        new.first = self.first
        new.last = self.last
        new.depth = self.depth
        new.history = self.history
        new.history_length = self.history_length
        new.trail = self.trail
        new.held = self.held
        new.rcu = self.rcu
        new.preempt = self.preempt
        new.may_goto = self.may_goto
        new.callback_unroll = self.callback_unroll
        new.in_async = self.in_async
        new.sleepable = self.sleepable
        return new

    @property
    def regs(self) -> list[Reg]:
        return self.frames[-1].regs

    def lock(self) -> Held | None:
        """The lock that is held, if any (the last one taken)."""
        for held in reversed(self.held):
            if held.kind in LOCKS:
                return held
        return None

    @property
    def irq(self) -> Held | None:
        """What turned interrupts off last, if they are off."""
        for held in reversed(self.held):
            if held.kind == "irq":
                return held
        return None

    def replace_regs(self, change: Callable[[Reg], Reg | None]) -> None:
        """Puts `change(reg)` in place of each register and each spilled value, in every frame; None leaves it."""
        for frame in self.frames:
            regs = frame.regs
            for i in range(11):
                new = change(regs[i])
                if new is not None:
                    regs[i] = new
            for i, slot in enumerate(frame.stack):
                if slot.types[7] == SPILL and slot.reg.type != NOT_INIT:
                    new = change(slot.reg)
                    if new is not None:
                        frame.stack[i] = Slot(slot.types, new)


def scrubbed(types: bytes) -> bytes:
    """The bytes of a slot once a part of what was there is gone: what was whole is only bytes now."""
    return bytes([INVALID if t == INVALID else MISC for t in types])
