"""The exploration: every path of a program, each instruction by its step, until all are done or one fails."""

from __future__ import annotations

import sys

from ebpf.uapi import opcodes as op
from ebpf.uapi.flags import (
    BPF_F_SLEEPABLE,
    BPF_F_STRICT_ALIGNMENT,
    BPF_F_TEST_STATE_FREQ,
    BPF_PSEUDO_CALL,
    BPF_PSEUDO_KFUNC_CALL,
)
from ebpf.uapi.helpers import GPL_LICENSES
from ebpf.verifier import callbacks, exceptions, functions, globals_, graph, maps, precision, steps
from ebpf.verifier.calls import arity, effects
from ebpf.verifier.checkpoints import Checkpoints
from ebpf.verifier.context import Context
from ebpf.verifier.flow import CALL, Flow
from ebpf.verifier.interned import join
from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import (
    ADD_CONST,
    CONST_MAP,
    CTX,
    DYNPTR_SKB,
    DYNPTR_XDP,
    KIND,
    MAP_VALUE,
    MAYBE_NULL,
    MEM,
    MOVED,
    PACKETS_ANY,
    RELEASED,
    SCALAR,
    SOCKET,
    STACK,
    UNINIT,
    XDP_SOCK,
    MapInfo,
    Reg,
)  # fmt: skip
from ebpf.verifier.scalar import Scalar
from ebpf.verifier.state import Frame, Held, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Literal

    from ebpf.btf import Btf
    from ebpf.spec import MapSpec, ProgramSpec
    from ebpf.verifier.globals_ import Argument
    from ebpf.verifier.log import Log

    Step = Callable[["Verifier"], int]

_FUNCTIONS = (BPF_PSEUDO_CALL, BPF_PSEUDO_KFUNC_CALL)
#: Instructions of a program without privilege (BPF_MAXINSNS).
MAX_UNPRIVILEGED = 4096
#: Fields whose helpers are told the map that they are in: it must be that one.
_NAMES_ITS_MAP = ("bpf_timer", "bpf_wq", "bpf_task_work")
_PACKET_READERS = frozenset(("LWT_IN", "LWT_OUT", "LWT_SEG6LOCAL", "SK_REUSEPORT", "FLOW_DISSECTOR", "CGROUP_SKB"))
_PACKET_WRITERS = frozenset(("SCHED_CLS", "SCHED_ACT", "XDP", "LWT_XMIT", "SK_SKB", "SK_MSG"))


class Verifier:
    """One verification. Steps read and change `state`; `frames` and `regs` are its frames and the registers on top."""

    def __init__(
        self,
        program: ProgramSpec,
        maps: Mapping[str, MapInfo],
        *,
        target: Btf | None,
        privileged: bool,
        limit: int,
        pending: int,
        log: Log | None = None,
        ranges: bool = False,
        all_maps: Mapping[str, MapSpec] | None = None,
        symbols: Callable[[str], bool] | None = None,
        stands_in: bool = False,
    ) -> None:
        self.program = program
        self.type_name: str = program.type.name
        self.attach_name: str = program.attach_type.name if program.attach_type is not None else ""
        self.maps = maps
        self.target = target
        #: CAP_BPF: loops, functions, precision; CAP_PERFMON: addresses may be shown, and nothing is done against speculation.
        self.capable = privileged
        self.perfmon = privileged
        self.pointer_leaks_ok = privileged
        self.uninit_stack_ok = privileged
        self.limit = limit
        self.pending_limit = pending
        self.log = log
        self.byte_order: Literal["little", "big"] = sys.byteorder
        self.strict_alignment = bool(program.flags & BPF_F_STRICT_ALIGNMENT)
        self.test_frequency = bool(program.flags & BPF_F_TEST_STATE_FREQ)
        self.sleepable = bool(program.flags & BPF_F_SLEEPABLE)
        self.has_types = program.btf is not None
        self.has_arena = any(m.spec.type.name == "ARENA" for m in maps.values())
        self.processed = 0
        self.jumps = 0
        self.insn = 0
        self.previous = -1
        self.ids = 0
        self.frame_ids = 0
        self._pending: list[tuple[State, int, int]] = []
        self._entry_open = False
        self.buffers: dict[str, int] = {}
        #: Speculation masks, without privilege: what each pointer addition was seen to add.
        self.masks: dict[int, object] = {}
        self.facts: dict[int, list[Any]] = {}
        self.ranges: dict[int, list[Scalar | None]] | None = {} if ranges else None
        self.tainted: list[tuple[int, int, int]] = []
        self.signatures: dict[int, list[Argument]] = {}
        self.named: dict[str, tuple[Any, ...]] = {}
        self.hook: tuple[Any, Any, int, str] | None = None
        self.percpu: frozenset[int] | None = None
        #: Those of the whole object: a struct_ops map names its programs.
        self.all_maps = all_maps or {}
        self.symbols = symbols
        #: Whether it replaces a function of another program: it is called as that is.
        self.stands_in = stands_in
        #: Stack slots that the instruction at hand read or wrote, as bits; for the log.
        self.touched = 0
        if not privileged and self.type_name not in ("SOCKET_FILTER", "CGROUP_SKB"):
            raise Refusal("privilege", f"programs of type {program.type.label} need CAP_BPF", slot=0)
        self.flow = Flow(program)
        self.flow.arity = arity(self)
        if not privileged:
            _check_unprivileged(self.flow)
        self.flow.walk(effects(self), allow_back_edges=privileged)
        self.access_kinds = [0] * self.flow.count
        self.plain_access = bytearray(
            1 if (c & op.CLASS_MASK) in (op.LDX, op.ST, op.STX) else 0 for c in self.flow.code
        )
        self.visits = [0] * self.flow.count
        self.context = Context(self)
        self._steps: list[Step | None] = [None] * self.flow.count
        self._build = steps.build
        self.checkpoints = Checkpoints(self)
        #: Whether a checkpoint came to be told of something that it needs (set, for who wants to know).
        self.marked = False
        self.state = State([])
        self.frames: list[Frame] = []
        self.regs: list[Reg] = []

    # -- small things that steps ask for

    def new_id(self) -> int:
        self.ids += 1
        return self.ids

    def is_pointer(self, reg: Reg) -> bool:
        """Whether showing this value to user space would show an address, and that matters."""
        return not self.pointer_leaks_ok and reg.type != SCALAR

    def link(self, regno: int) -> Reg:
        """Gives the scalar in `regno` an id, so that its copies are known to be copies."""
        regs = self.regs
        reg = regs[regno]
        if reg.id & ADD_CONST:
            reg = reg.s.reg
        if not reg.id and reg.s.const is None and reg is not MOVED and reg is not RELEASED:
            self.ids += 1
            reg = Reg(SCALAR, reg.s, 0, self.ids)
        regs[regno] = reg
        return reg

    def not_null(self, reg: Reg) -> Reg:
        """A pointer that was found not to be NULL. Its id is kept where it tells which thing a lock belongs to."""
        type = reg.type & ~MAYBE_NULL
        info = reg.aux
        if type & KIND != MAP_VALUE or not isinstance(info, MapInfo):
            return Reg(type, reg.s, reg.off, reg.id if graph.has_lock(reg) else 0, reg.ref, info, reg.uid)
        inner = info.inner
        if inner is not None:
            told_apart = any(f[0] in _NAMES_ITS_MAP for f in inner.fields.values())
            return Reg(CONST_MAP, reg.s, reg.off, 0, reg.ref, inner, reg.id if told_apart else 0)
        name = info.spec.type.name
        if name == "XSKMAP":
            return Reg(XDP_SOCK, reg.s, reg.off, 0, reg.ref)
        if name in ("SOCKMAP", "SOCKHASH"):
            return Reg(SOCKET, reg.s, reg.off, reg.ref and reg.id, reg.ref)
        has_lock = any(f[0] in ("bpf_spin_lock", "bpf_res_spin_lock") for f in info.fields.values())
        return Reg(type, reg.s, reg.off, reg.id if has_lock else 0, reg.ref, info, reg.uid)

    def may_sleep(self) -> bool:
        """Whether the program, or the callback that runs by itself, is one that may sleep."""
        state = self.state
        return state.sleepable if state.in_async else self.sleepable

    def may_access_packet(self, write: bool) -> bool:
        name = self.type_name
        if name in _PACKET_WRITERS or name == "CGROUP_SOCKOPT":
            return True
        return name in _PACKET_READERS and not write

    def reach_buffer(self, name: str, upto: int) -> None:
        if upto > self.buffers.get(name, 0):
            self.buffers[name] = upto

    def mark_precise(self, regno: int) -> None:
        if self.capable and self.regs[regno].type == SCALAR:
            precision.mark(self, regno)

    def mark_read(self, frame: Frame, spi: int) -> None:
        """Stack slot `spi` is read: each checkpoint since it was last written needs it."""
        bit = 1 << spi
        if frame.written & bit:
            return
        n, uid = frame.number, frame.uid
        at = self.state.parent
        while at is not None:
            frames = at.frames
            if n >= len(frames) or frames[n].uid != uid:
                return
            if at.read[n] & bit:
                return
            at.read[n] |= bit
            self.marked = True
            if frames[n].written & bit:
                return
            at = at.parent

    def push_history(
        self, stack: tuple[int, int] | None, flags: int = 0, linked: tuple[tuple[int, bool, int], ...] = ()
    ) -> None:
        state = self.state
        if self._entry_open:
            last = state.history
            assert last is not None
            state.history = (last[0], last[1], stack or last[2], last[3] | flags, linked or last[4], last[5])
            return
        state.history = (self.insn, self.previous, stack, flags, linked, state.history)
        state.history_length += 1
        self._entry_open = True

    def note(self, reg: Reg, off: int, size: int) -> None:
        """Remembers where a load or store goes, for the proof."""
        i = self.insn
        if not self.plain_access[i]:
            return
        s = reg.s
        low, high = reg.off + off + s.smin, reg.off + off + s.smax
        what = reg.aux if reg.type != STACK else len(self.frames) - 1 - reg.aux
        if reg.type in PACKETS_ANY:
            what = None
        fact = self.facts.get(i)
        if fact is None:
            self.facts[i] = [reg.type, what, low, high, size]
            return
        if fact[0] != reg.type:
            fact[0] = -1
        if fact[1] != what:
            fact[1] = None
        if low < fact[2]:
            fact[2] = low
        if high > fact[3]:
            fact[3] = high

    # -- paths

    def push_branch(self, insn: int, previous: int) -> State:
        """Another path, from `insn` on, as things stand; to be changed by the caller before it goes on."""
        new = self.state.copy()
        self.put_off(new, insn, previous)
        if new.parent is not None:
            new.parent.branches += 1
        return new

    def put_off(self, state: State, insn: int, previous: int, what: str = "") -> None:
        """Keeps a path for later."""
        self._pending.append((state, insn, previous))
        if len(self._pending) > self.pending_limit:
            raise Refusal("too-complex", f"The sequence of {len(self._pending)} jumps is too complex{what}.")

    def new_frame(self, number: int, subprog: int, callsite: int) -> Frame:
        self.frame_ids += 1
        frame = Frame(number, subprog, callsite, self.frame_ids)
        frame.regs[10] = Reg(STACK, aux=number)
        return frame

    def enter(self, state: State) -> None:
        """Makes `state` the one that steps work on."""
        self.state = state
        self.frames = state.frames
        self.regs = state.frames[-1].regs

    def check_nothing_held(self, what: str) -> None:
        """Refuses `what` while a reference, lock or section is open."""
        state = self.state
        if state.lock() is not None:
            raise Refusal(
                "lock",
                f"{what} cannot be used inside bpf_spin_lock-ed region",
                required="the lock given back before",
            )
        # A function that ends by itself leaves what its callers hold to them; an exception goes through all of them.
        if what == "bpf_throw" or len(self.frames) == 1:
            self.check_references(what)
        if state.irq:
            raise Refusal("rcu", f"{what} cannot be used inside bpf_local_irq_save-ed region")
        if state.rcu:
            raise Refusal("rcu", f"{what} cannot be used inside bpf_rcu_read_lock-ed region")
        if state.preempt:
            raise Refusal("rcu", f"{what} cannot be used inside bpf_preempt_disable-ed region")

    def check_references(self, what: str = "") -> None:
        for held in self.state.held:
            if held.kind == "ptr":
                text = f"Unreleased reference id={held.id} alloc_insn={held.insn}"
                if what:
                    text += f"\n{what} would lead to reference leak"
                raise Refusal("reference-leak", text, required=f"a release of what instruction {held.insn} acquired")

    def acquire(self, kind: str = "ptr", what: object = None) -> int:
        id = self.new_id()
        self.state.held = (*self.state.held, Held(id, self.insn, kind, what))
        return id

    def release(self, ref: int) -> bool:
        """Gives up reference `ref`: every register that has it is now of no use."""
        state = self.state
        kept = tuple(h for h in state.held if h.id != ref or h.kind != "ptr")
        if len(kept) == len(state.held):
            return False
        state.held = kept
        leaks = self.pointer_leaks_ok

        def change(reg: Reg) -> Reg | None:
            if reg.ref == ref:
                return RELEASED if leaks else UNINIT
            return None

        state.replace_regs(change)
        return True

    def forget_packets(self) -> None:
        """After the packet may have moved, pointers to it are of no use."""
        leaks = self.pointer_leaks_ok

        def change(reg: Reg) -> Reg | None:
            if reg.type in PACKETS_ANY or (reg.type & KIND == MEM and reg.type & (DYNPTR_SKB | DYNPTR_XDP)):
                return MOVED if leaks else UNINIT
            return None

        self.state.replace_regs(change)

    # -- the exploration

    def run_all(self) -> None:
        """The main function, then each global function that is called, each by itself; then what concerns all paths."""
        maps.check(self)
        self.check_early_exits()
        if self.type_name == "SYSCALL" and not self.sleepable:
            raise Refusal(
                "sleepable", "Syscall programs can only be sleepable", slot=0, required="the flag BPF_F_SLEEPABLE"
            )
        if self.type_name == "STRUCT_OPS" and self.program.license not in GPL_LICENSES:
            raise Refusal("helper", "struct ops programs must have a GPL compatible license", slot=0)
        if self.type_name == "EXT":
            raise Refusal(
                "replaces",
                "a program that replaces another's function, and no program with that function",
                required="the program that it is for",
            )
        if self.stands_in:
            self.run(0, globals_.entry_registers(self, 0))
        else:
            self.run()
        for function in self.flow.functions:
            function.called = function.called or function.exception_callback
        done: set[int] = set()
        while True:
            todo = [f.index for f in self.flow.functions if f.is_global and f.called and f.index not in done]
            if not todo:
                break
            for index in todo:
                done.add(index)
                if self.flow.functions[index].exception_callback:
                    exceptions.check_signature(self, index)
                self.run(index, globals_.entry_registers(self, index))
        functions.check_stack_depths(self)
        if self.capable:
            callbacks.check_kept(self)

    def check_early_exits(self) -> None:
        """Functions that a packet load or tail call may end early must return a number."""
        for function in self.flow.functions[1:]:
            for has, what in ((function.has_ld_abs, "LD_ABS"), (function.has_tail_call, "tail_call")):
                if not has:
                    continue
                if not self.has_types or not function.type_id:
                    raise Refusal("helper", f"{what} is not allowed in subprogs without BTF", slot=function.start)
                if not globals_.returns_number(self, function.index):
                    raise Refusal(
                        "helper", f"{what} is only allowed in functions that return 'int'.", slot=function.start
                    )

    def run(self, function: int = 0, arguments: list[Reg] | None = None) -> None:
        """Explores a function from its start: the main one, or one that is checked by itself."""
        first = self.new_frame(0, function, -1)
        if arguments is None:
            first.regs[1] = Reg(CTX)
        else:
            first.regs[1 : 1 + len(arguments)] = arguments
        state = State([first])
        state.sleepable = self.sleepable
        first.in_exception = self.flow.functions[function].exception_callback
        state.first = self.flow.functions[function].start
        self.checkpoints.clear()
        self._pending.clear()
        self.enter(state)
        self.insn = state.first
        self.previous = -1
        if self.log is not None:
            self.log.begin(self, function)
        self._explore()
        if self.log is not None and function:
            self.log.end(self, function)

    def _explore(self) -> None:
        prune, jump_point = self.flow.prune, self.flow.jump_point
        steps, visits, limit = self._steps, self.visits, self.limit
        visited = self.checkpoints.visited
        log, ranges = self.log, self.ranges
        slow = log is not None or ranges is not None
        while True:
            i = self.insn
            self._entry_open = False
            self.processed += 1
            if self.processed > limit:
                raise Refusal("too-complex", f"BPF program is too large. Processed {self.processed} insn")
            visits[i] += 1
            if prune[i] and visited(i):
                if log is not None:
                    log.safe(i)
                if not self._next_path():
                    return
                continue
            if jump_point[i]:
                self.push_history(None)
            if slow:
                if log is not None:
                    log.before(self, i)
                if ranges is not None:
                    self._record(i)
            step = steps[i]
            if step is None:
                step = steps[i] = self._build(self, i)
            following = step(self)
            if log is not None:
                log.after(self, i, following)
            if following < 0:
                if not self._next_path():
                    return
                continue
            self.previous = i
            self.insn = following

    def _next_path(self) -> bool:
        self._close(self.state)
        if not self._pending:
            return False
        state, insn, previous = self._pending.pop()
        self.enter(state)
        self.insn, self.previous = insn, previous
        if self.log is not None:
            self.log.resume(self)
        return True

    def _close(self, state: State) -> None:
        """A path ended: checkpoints behind it with no other path left are proved."""
        at: State | None = state
        while at is not None:
            at.branches -= 1
            if at.branches:
                return
            if at.insn >= 0:
                self.checkpoints.loops.leave(self, at)
            at = at.parent

    def _record(self, i: int) -> None:
        assert self.ranges is not None
        known = self.ranges.get(i)
        regs = self.regs
        if known is None:
            self.ranges[i] = [r.s if r.type == SCALAR else None for r in regs]
            return
        for n in range(11):
            s = known[n]
            if s is not None:
                r = regs[n]
                if r.type != SCALAR:
                    known[n] = None
                elif r.s is not s and not s.holds(r.s):
                    known[n] = join(s, r.s)


def _check_unprivileged(flow: Flow) -> None:
    """What a program may not be that is loaded without CAP_BPF."""
    if flow.count > MAX_UNPRIVILEGED:
        raise Refusal("too-complex", f"{flow.count} instructions; at most {MAX_UNPRIVILEGED} without privilege")
    if any(flow.is_pseudo_func(i) or (flow.code[i] == CALL and flow.src[i] in _FUNCTIONS) for i in range(flow.count)):
        raise Refusal(
            "helper", "loading/calling other bpf or kernel functions are allowed for CAP_BPF and CAP_SYS_ADMIN"
        )
