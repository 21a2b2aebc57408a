"""Programs made at random around kernel objects and special fields: locks, timers, work queues, kptrs, lists and trees of values,
objects of the program's own, references of kernel functions, cpumasks, dynptrs of packets, and constants in read-only data.

`make(seed)` is the same program for the same seed. Most pieces are right; now and then an instruction is left out, doubled or
changed, so that the programs that are wrong are wrong in many ways.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache

from verifier_programs import JMP, LDX, ST, STX, I, K, X
from verifier_programs import MAPS as PLAIN
from verifier_programs_wide import _Wide

from ebpf.asm import assemble
from ebpf.btf import (
    Array,
    Btf,
    DeclTag,
    Func,
    FuncProto,
    Int,
    Member,
    Param,
    Pointer,
    Struct,
    Type,
    TypeTag,
)  # fmt: skip
from ebpf.btf.build import Builder
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import IDS
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

__all__ = ["MAPS", "make"]

_BITS = 8


def _struct(name: str, size: int, *members: tuple[str, int, int]) -> Struct:
    return Struct(name, size, [Member(label, type_id, at * _BITS) for label, type_id, at in members])


#: What programs and maps share: kernel structs by name (Linux looks at names and sizes only), a node, and the values of maps.
_NODE, _LEAF, _HELD, _TIMED, _WORKED, _KEEPS, _COUNTED, _PLAIN, _CONSTANTS = range(56, 65)
_TYPES: list[Type] = [
    Int("long", 8, 0, 64),
    Int("int", 4, 1, 32),
    FuncProto(2, [Param(name, 1) for name in "abcd"]),
    *(Func("random" if n == 0 else f"f{n - 1}", 3, 0) for n in range(31)),
    # 35 …
    Array(1, 2, 2),
    Array(1, 2, 3),
    Array(1, 2, 4),
    _struct("bpf_spin_lock", 4, ("val", 2, 0)),
    _struct("bpf_timer", 16, ("__opaque", 35, 0)),
    _struct("bpf_wq", 16, ("__opaque", 35, 0)),
    _struct("bpf_list_head", 16, ("__opaque", 35, 0)),
    _struct("bpf_list_node", 24, ("__opaque", 36, 0)),
    _struct("bpf_rb_root", 16, ("__opaque", 35, 0)),
    _struct("bpf_rb_node", 32, ("__opaque", 37, 0)),
    _struct("bpf_refcount", 4, ("__opaque", 2, 0)),
    # 46 …: pointers that a map keeps
    _struct("task_struct", 4, ("pid", 2, 0)),
    _struct("cgroup", 4, ("id", 2, 0)),
    TypeTag("kptr", 46),
    Pointer(48),
    TypeTag("kptr_untrusted", 46),
    Pointer(50),
    TypeTag("kptr", 47),
    Pointer(52),
    TypeTag("kptr", 56),
    Pointer(54),
    # 56 …
    _struct("our_node", 40, ("data", 1, 0), ("list", 42, 8), ("more", 1, 32)),
    _struct("our_leaf", 48, ("data", 1, 0), ("tree", 44, 8), ("more", 1, 40)),
    _struct("held", 48, ("lock", 38, 0), ("count", 2, 4), ("list", 41, 8), ("tree", 43, 24), ("last", 1, 40)),
    _struct("timed", 32, ("timer", 39, 0), ("count", 1, 16), ("more", 1, 24)),
    _struct("worked", 32, ("count", 1, 0), ("wq", 40, 8), ("more", 1, 24)),
    _struct("keeps", 40, ("task", 49, 0), ("loose", 51, 8), ("cgroup", 53, 16), ("node", 55, 24), ("count", 1, 32)),
    _struct(
        "counted",
        80,
        ("list", 42, 0),
        ("tree", 44, 24),
        ("refs", 45, 56),
        ("count", 2, 60),
        ("data", 1, 64),
        ("more", 1, 72),
    ),
    _struct("plain", 24, ("a", 1, 0), ("b", 1, 8), ("c", 1, 16)),
    _struct("constants", 32, ("numbers", 37, 0)),
    DeclTag("contains:our_node:list", 58, 2),
    DeclTag("contains:our_leaf:tree", 58, 3),
]


@cache
def types() -> Btf:
    return Btf.parse(bytes(Builder(_TYPES)))


#: The constants of the read-only map, 4 bytes each.
NUMBERS = [3, 0, 0xFFFFFFFF, 16, 64, 0x80000000, 7, 1]


def _maps() -> dict[str, MapSpec]:
    def array(name: str, size: int, type_id: int, kind: MapType = MapType.ARRAY, entries: int = 2) -> MapSpec:
        return MapSpec(name, kind, 4, size, entries, btf=types(), key_type=2, value_type=type_id)

    constants = array("constants", 32, _CONSTANTS, entries=1)
    constants.flags = 1 << 7  # BPF_F_RDONLY_PROG
    constants.contents = [(bytes(4), b"".join(n.to_bytes(4, sys.byteorder) for n in NUMBERS))]
    constants.frozen = True
    return {
        **PLAIN,
        "held": array("held", 48, _HELD),
        "timed": array("timed", 32, _TIMED),
        "timed_hash": array("timed_hash", 32, _TIMED, MapType.HASH),
        "worked": array("worked", 32, _WORKED),
        "keeps": array("keeps", 40, _KEEPS),
        "constants": constants,
        "data": array("data", 24, _PLAIN, entries=1),
    }


MAPS = _maps()

#: Fields of the value of each map that may be read and written as numbers: (offset, bytes).
_FREE = {"held": [(4, 4), (40, 8)], "timed": [(16, 8), (24, 8)], "worked": [(0, 8), (24, 8)], "keeps": [(32, 8)]}
_SPECIAL = {"held": [0, 8, 24], "timed": [0, 8], "worked": [8, 16], "keeps": [0, 8, 16, 24]}


@cache
def _line(text: str) -> tuple[int, int, int, int, int]:
    insn = assemble(text)[0]
    return insn.opcode, insn.dst, insn.src, insn.offset, insn.imm


class _Kinds(_Wide):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        if self.type in (ProgType.SOCKET_FILTER, ProgType.TRACEPOINT) and self.random.random() < 0.6:
            self.type = self.random.choice([ProgType.SCHED_CLS, ProgType.XDP, ProgType.SYSCALL])
        self.types = types
        self.length = (2, 9)

    def text(self, *lines: str) -> None:
        """Instructions as text, after each of which nothing is known to be kept but what pieces say."""
        for line in lines:
            self.emit(I(*_line(line)))

    def unless_null(self, reg: int, body: list[str | tuple[str, str]], often: float = 0.95) -> None:
        """`body` where the register isn't NULL (as a rule)."""
        start = len(self.code)
        tested = self.random.random() < often
        if tested:
            self.text(f"if r{reg} == 0 goto +0")
        for step in body:
            self.step(step)
        if tested:
            self.skip_to_here(start)

    def skip_to_here(self, at: int) -> None:
        """The jump at `at` goes to what comes next."""
        jump = self.code[at]
        assert isinstance(jump, I)
        jump.offset = sum(insn.slots for insn in self.code[at + 1 :] if isinstance(insn, I))

    def step(self, step: str | tuple[str, str]) -> None:
        if isinstance(step, str):
            self.text(step)
            return
        kind, name = step
        if kind == "kfunc":
            self.kfunc(name)
        elif kind == "map":
            self.lddw(int(name[1]), name.partition(" ")[2])
        elif kind == "helper":
            self.call(IDS[name])

    def forget(self) -> None:
        for number in range(6):
            self.kind.pop(number, None)

    def value_of(self, name: str, keep: int) -> int:
        """A value of the map in `keep`, tested (as a rule): the index of the jump that goes around what follows."""
        r = self.random
        self.text(f"*(u32 *)(r10 - 4) = {r.choice([0, 1, 1, 7])}", "r2 = r10", "r2 += -4")
        self.lddw(1, name)
        self.call(IDS["map_lookup_elem"])
        at = len(self.code)
        if r.random() < 0.97:
            self.text("if r0 == 0 goto +0")
        else:
            self.text("if r0 == 7 goto +0")
        self.text(f"r{keep} = r0")
        return at

    def done(self, at: int, keep: int) -> None:
        self.skip_to_here(at)
        self.forget()
        self.kind.pop(keep, None)
        self.stack.pop(-8, None)

    def field(self, reg: int, name: str) -> None:
        """Reads or writes a number of the value, seldom one that it mustn't."""
        r = self.random
        off, size = r.choice(_FREE[name]) if r.random() < 0.93 else (r.choice(_SPECIAL[name]), r.choice([4, 8]))
        width = f"u{8 * size}"
        way = r.randrange(3)
        if way == 0:
            self.text(f"*({width} *)(r{reg} + {off}) = {r.choice([0, 1, 77])}")
        elif way == 1:
            self.text(f"r4 = *({width} *)(r{reg} + {off})")
        else:
            self.text(f"r4 = {r.choice([1, 5])}")
            if r.random() < 0.3:
                self.emit(I(STX | op.ATOMIC | (op.DW if size == 8 else op.W), reg, 4, off, op.ADD))
            else:
                self.text(f"*({width} *)(r{reg} + {off}) = r4")

    # -- pieces

    def locked(self) -> None:
        """A value's lock, and what may be done under it."""
        r = self.random
        around = self.value_of("held", 7)
        new = r.random() < 0.7
        inner = -1
        listed = r.random() < 0.5
        if new:
            self.new("node" if listed else "leaf")
            inner = len(self.code)
            self.text("if r0 == 0 goto +0", "r8 = r0")
            if r.random() < 0.5:
                self.text(f"*(u64 *)(r8 + {r.choice([0, 0, 32, 40]) if r.random() < 0.9 else 8}) = 5")
        self.text("r1 = r7")
        self.call(IDS["spin_lock"])
        owned = new
        for _ in range(r.randrange(1, 4)):
            way = r.randrange(8)
            if way < 2:
                self.field(7, "held")
            elif way in (2, 3) and owned:
                if listed == (r.random() < 0.95):
                    self.push_list()
                else:
                    self.add_tree()
                owned = False
            elif way == 4:
                self.peek()
            elif way == 5 and r.random() < 0.1:
                self.call(IDS["ktime_get_ns"])
            elif way == 6 and owned and r.random() < 0.3:
                self.text("r4 = *(u64 *)(r8 + 0)")
        taken = r.random() < 0.5
        if taken:
            self.take()
        if r.random() < 0.96:
            self.text("r1 = r7")
            self.call(IDS["spin_unlock"])
        if taken:
            self.give_back(9)
        if owned and r.random() < 0.95:
            self.text("r1 = r8", "r2 = 0")
            self.kfunc("bpf_obj_drop_impl")
        elif not owned and new and r.random() < 0.3:
            self.text(f"r4 = *(u64 *)(r8 + {r.choice([0, 8])})")
        if inner >= 0:
            self.skip_to_here(inner)
        self.done(around, 7)
        for reg in (8, 9):
            self.kind.pop(reg, None)

    def new(self, name: str) -> None:
        r = self.random
        number = {"node": _NODE, "leaf": _LEAF, "counted": _COUNTED, "plain": _PLAIN}[name]
        if r.random() < 0.02:
            number = 2
        self.text(f"r1 = {number}", "r2 = 0")
        self.kfunc("bpf_obj_new_impl")

    def push_list(self) -> None:
        r = self.random
        self.text(
            "r1 = r7",
            f"r1 += {r.choice([8, 8, 8, 8, 24])}",
            "r2 = r8",
            f"r2 += {r.choice([8] * 9 + [0])}",
            "r3 = 0",
            "r4 = 0",
        )
        self.kfunc(r.choice(["bpf_list_push_front_impl", "bpf_list_push_back_impl"]))

    def add_tree(self) -> None:
        r = self.random
        body = [
            f"r3 = *(u64 *)(r1 {r.choice(['- 8', '+ 32'])})",
            "r4 = *(u64 *)(r2 - 8)",
            "r0 = 0",
            "if r3 >= r4 goto +1",
            "r0 = 1",
        ]
        if r.random() < 0.1:
            body.insert(0, r.choice(["*(u64 *)(r1 + 32) = 1", "r5 = *(u64 *)(r1 + 0)", "r1 = *(u64 *)(r1 + 40)"]))
        self.functions.append([*(I(*_line(line)) for line in body), I(JMP | op.EXIT)])
        self.text("r1 = r7", f"r1 += {r.choice([24] * 9 + [8])}", "r2 = r8", f"r2 += {r.choice([8] * 9 + [0])}")
        self.pointers.append((len(self.code), len(self.functions) - 1))
        self.emit(I(op.LDDW, 3, 4))
        self.text("r4 = 0", "r5 = 0")
        self.kfunc("bpf_rbtree_add_impl")

    def peek(self) -> None:
        """Looks at what a list or tree holds, without taking it out."""
        r = self.random
        off, name = r.choice(
            [(8, "bpf_list_front"), (8, "bpf_list_back"), (24, "bpf_rbtree_first"), (24, "bpf_rbtree_root")]
        )
        self.text("r1 = r7", f"r1 += {off}")
        self.kfunc(name)
        body: list[str | tuple[str, str]] = []
        if "rbtree" in name and r.random() < 0.4:
            body = ["r1 = r7", "r1 += 24", "r2 = r0", ("kfunc", r.choice(["bpf_rbtree_left", "bpf_rbtree_right"]))]
        else:
            body = [f"r4 = *(u64 *)(r0 {r.choice(['- 8', '+ 24', '+ 32', '+ 0']) if r.random() < 0.95 else '+ 40'})"]
        self.unless_null(0, body)

    def take(self) -> None:
        """Takes something out of the list or tree, into r9."""
        r = self.random
        way = r.randrange(3)
        if way < 2:
            self.text("r1 = r7", "r1 += 8")
            self.kfunc(r.choice(["bpf_list_pop_front", "bpf_list_pop_back"]))
        else:
            self.text("r1 = r7", "r1 += 24")
            self.kfunc("bpf_rbtree_first")
            at = len(self.code)
            self.text("if r0 == 0 goto +0", "r1 = r7", "r1 += 24", "r2 = r0")
            self.kfunc("bpf_rbtree_remove")
            self.skip_to_here(at)
        self.text("r9 = r0")
        self.owner = -8

    def give_back(self, reg: int) -> None:
        r = self.random
        body: list[str | tuple[str, str]] = [f"r1 = r{reg}"]
        if self.owner:
            body.append(f"r1 += {self.owner if r.random() < 0.95 else 0}")
        body += ["r2 = 0", ("kfunc", "bpf_obj_drop_impl")]
        self.unless_null(reg, body if r.random() < 0.96 else body[:1])

    def counted(self) -> None:
        r = self.random
        self.new("counted")
        at = len(self.code)
        self.text("if r0 == 0 goto +0", "r8 = r0")
        second = r.random() < 0.8
        if second:
            self.text("r1 = r8", "r2 = 0")
            self.kfunc("bpf_refcount_acquire_impl")
            self.text("r9 = r0")
        self.text(f"*(u32 *)(r8 + {r.choice([60, 60, 60, 56])}) = 1")
        for reg in (8, 9) if second else (8,):
            if r.random() < 0.96:
                if reg == 9 and r.random() < 0.3:
                    self.unless_null(9, ["r1 = r9", "r2 = 0", ("kfunc", "bpf_obj_drop_impl")])
                else:
                    self.text(f"r1 = r{reg}", "r2 = 0")
                    self.kfunc("bpf_obj_drop_impl")
        self.skip_to_here(at)
        self.forget()
        for reg in (8, 9):
            self.kind.pop(reg, None)

    def own(self) -> None:
        """An object of the program's own, maybe kept in a map."""
        r = self.random
        around = self.value_of("keeps", 7)
        self.new(r.choice(["node"] * 5 + ["plain"]))
        inner = len(self.code)
        self.text("if r0 == 0 goto +0", "r8 = r0")
        if r.random() < 0.5:
            self.text(f"*(u64 *)(r8 + {r.choice([0, 32, 40, 16])}) = 5")
        if r.random() < 0.7:
            self.text("r1 = r7", f"r1 += {r.choice([24] * 8 + [0, 16])}", "r2 = r8")
            self.call(IDS["kptr_xchg"])
            self.text("r8 = r0")
            self.unless_null(8, ["r1 = r8", "r2 = 0", ("kfunc", "bpf_obj_drop_impl")])
        else:
            self.text("r1 = r8", "r2 = 0")
            self.kfunc("bpf_obj_drop_impl")
        self.skip_to_here(inner)
        self.done(around, 7)
        self.kind.pop(8, None)

    def timer(self) -> None:
        r = self.random
        name = r.choice(["timed", "timed", "timed_hash"])
        around = self.value_of(name, 7)
        for which in r.choice([["init", "set", "start"], ["start"], ["cancel"], ["init"], ["set"], ["init", "set"]]):
            self.text("r1 = r7")
            if r.random() < 0.04:
                self.text(f"r1 += {r.choice([8, 16, 4])}")
            if which == "init":
                self.lddw(2, name if r.random() < 0.95 else "timed")
                self.text(f"r3 = {r.choice([1, 0, 7])}")
                self.call(IDS["timer_init"])
            elif which == "set":
                self.late(["r3"])
                self.call(IDS["timer_set_callback"])
            elif which == "start":
                self.text(f"r2 = {r.choice([0, 1000])}", f"r3 = {r.choice([0, 1])}")
                self.call(IDS["timer_start"])
            else:
                self.call(IDS["timer_cancel"])
        if r.random() < 0.5:
            self.field(7, "timed")
        self.done(around, 7)

    def late(self, registers: list[str]) -> None:
        """A callback that gets map, key and value, in r2."""
        r = self.random
        body = []
        for _ in range(r.randrange(0, 3)):
            body.append(
                r.choice(
                    ["r5 = *(u64 *)(r3 + 16)", "*(u64 *)(r3 + 24) = 3", "r5 = *(u32 *)(r2 + 0)", "r5 = *(u64 *)(r3 + 24)",
                     "r5 = *(u64 *)(r3 + 0)", "r5 = *(u64 *)(r3 + 32)", "*(u64 *)(r10 - 8) = 1"]
                    if r.random() < 0.9 else ["r5 = r9", "r5 = *(u64 *)(r2 + 8)"]
                )
            )  # fmt: skip
        body.append(f"r0 = {0 if r.random() < 0.96 else 1}")
        self.functions.append([*(I(*_line(line)) for line in body), I(JMP | op.EXIT)])
        self.pointers.append((len(self.code), len(self.functions) - 1))
        self.emit(I(op.LDDW, 2, 4))

    def work(self) -> None:
        r = self.random
        around = self.value_of("worked", 7)
        for which in r.choice([["init", "set", "start"], ["start"], ["init"], ["set"], ["init", "set"]]):
            self.text("r1 = r7", f"r1 += {8 if r.random() < 0.96 else 0}")
            if which == "init":
                self.lddw(2, "worked" if r.random() < 0.96 else "timed")
                self.text(f"r3 = {r.choice([0, 0, 1])}")
                self.kfunc("bpf_wq_init")
            elif which == "set":
                self.late([])
                self.text("r3 = 0", "r4 = 0")
                self.kfunc("bpf_wq_set_callback_impl")
            else:
                self.text("r2 = 0")
                self.kfunc("bpf_wq_start")
        if r.random() < 0.5:
            self.field(7, "worked")
        self.done(around, 7)

    def kernel_object(self) -> None:
        """A task or cgroup: acquired, read, maybe kept in a map, released."""
        r = self.random
        task = r.random() < 0.7
        around = self.value_of("keeps", 7)
        self.text(f"r1 = {r.choice([1, 2])}")
        self.kfunc("bpf_task_from_pid" if task else "bpf_cgroup_from_id")
        inner = len(self.code)
        self.text("if r0 == 0 goto +0", "r8 = r0")
        if r.random() < 0.5:
            self.text(
                f"r4 = *({r.choice(['u32', 'u64', 'u16'])} *)(r8 + {r.choice([0, 8, 16, 24, 32, 64, 100, 1024])})"
            )
        if r.random() < 0.1:
            self.text(f"*(u32 *)(r8 + {r.choice([0, 16])}) = 0")
        if r.random() < 0.4:
            self.text("r1 = r8")
            self.kfunc("bpf_task_acquire" if task else "bpf_cgroup_acquire")
            self.text("r9 = r0")
            release: list[str | tuple[str, str]] = [
                "r1 = r9",
                ("kfunc", "bpf_task_release" if task else "bpf_cgroup_release"),
            ]
            self.unless_null(9, release)
        if r.random() < 0.6:
            off = (0 if task else 16) if r.random() < 0.93 else r.choice([0, 8, 16, 24])
            self.text("r1 = r7", f"r1 += {off}", "r2 = r8")
            self.call(IDS["kptr_xchg"])
            self.text("r8 = r0")
            body: list[str | tuple[str, str]] = [
                "r1 = r8",
                ("kfunc", "bpf_task_release" if task else "bpf_cgroup_release"),
            ]
            self.unless_null(8, body if r.random() < 0.95 else body[:1])
        elif r.random() < 0.96:
            self.text("r1 = r8")
            self.kfunc("bpf_task_release" if task else "bpf_cgroup_release")
        self.skip_to_here(inner)
        self.done(around, 7)
        for reg in (8, 9):
            self.kind.pop(reg, None)

    def kept_pointer(self) -> None:
        """A pointer that a map keeps, loaded and read, in an RCU section or not."""
        r = self.random
        around = self.value_of("keeps", 7)
        rcu = r.random() < 0.6
        if rcu:
            self.kfunc("bpf_rcu_read_lock")
        off = r.choice([0, 0, 0, 8, 16, 24])
        self.text(f"r8 = *({'u64' if r.random() < 0.97 else 'u32'} *)(r7 + {off})")
        body: list[str | tuple[str, str]] = []
        if r.random() < 0.6:
            body.append(f"r4 = *(u32 *)(r8 + {r.choice([0, 16, 24, 56, 64, 100])})")
        if r.random() < 0.5:
            name = "bpf_cgroup_acquire" if off == 16 else "bpf_task_acquire"
            release = "bpf_cgroup_release" if off == 16 else "bpf_task_release"
            body += ["r1 = r8", ("kfunc", name), "r9 = r0"]
            start = len(self.code)
            if r.random() < 0.95:
                self.text("if r8 == 0 goto +0")
            for step in body:
                self.step(step)
            self.unless_null(9, ["r1 = r9", ("kfunc", release)])
            first = self.code[start]
            if isinstance(first, I) and first.opcode == JMP | op.JEQ | K:
                self.skip_to_here(start)
        else:
            self.unless_null(8, body, 0.8)
        if r.random() < 0.1:
            self.text(f"*(u64 *)(r7 + {off}) = {r.choice([0, 0, 1])}")
        if rcu and r.random() < 0.97:
            self.kfunc("bpf_rcu_read_unlock")
        if rcu and r.random() < 0.15:
            self.text("r4 = *(u32 *)(r8 + 0)")
        self.done(around, 7)
        for reg in (8, 9):
            self.kind.pop(reg, None)

    def mask(self) -> None:
        """A cpumask, as tracing programs have it."""
        r = self.random
        self.kfunc("bpf_cpumask_create")
        body: list[str | tuple[str, str]] = [
            "r8 = r0",
            f"r1 = {r.choice([0, 3])}",
            "r2 = r8",
            ("kfunc", "bpf_cpumask_set_cpu"),
        ]
        if r.random() < 0.5:
            body += ["r1 = r8", ("kfunc", "bpf_cpumask_first")]
        if r.random() < 0.95:
            body += ["r1 = r8", ("kfunc", "bpf_cpumask_release")]
        self.unless_null(0, body)
        self.forget()
        self.kind.pop(8, None)

    def packet_dynptr(self) -> None:
        r = self.random
        if self.kind.get(6) != "ctx":
            return
        xdp = self.type == ProgType.XDP
        if r.random() < 0.03:
            xdp = not xdp
        place = -r.choice([64, 80])
        self.text("r1 = r6", "r2 = 0", "r3 = r10", f"r3 += {place}")
        self.kfunc("bpf_dynptr_from_xdp" if xdp else "bpf_dynptr_from_skb")
        for _ in range(r.randrange(1, 4)):
            self.use_dynptr(place)
        self.forget()

    def use_dynptr(self, place: int) -> None:
        r = self.random
        way = r.randrange(8)
        self.text("r1 = r10", f"r1 += {place}")
        if way < 3:
            rdwr = r.random() < 0.4
            size = r.choice([4, 8, 14, 20])
            self.text(f"r2 = {r.choice([0, 4, 14])}")
            if r.random() < 0.7:
                self.text("r3 = r10", f"r3 += {-32 if r.random() < 0.93 else -8}")
            else:
                self.text("r3 = 0")
            self.text(f"r4 = {size}")
            self.kfunc("bpf_dynptr_slice_rdwr" if rdwr else "bpf_dynptr_slice")
            at = r.choice([0, 0, size - 4, size - 4, size - 3])
            line = f"*(u32 *)(r0 + {at}) = 1" if rdwr or r.random() < 0.1 else f"r4 = *(u32 *)(r0 + {at})"
            self.unless_null(0, [line])
        elif way == 3:
            self.text(f"r2 = {r.choice([0, 2])}", f"r3 = {r.choice([4, 9])}")
            self.kfunc("bpf_dynptr_adjust")
        elif way == 4:
            self.kfunc(r.choice(["bpf_dynptr_size", "bpf_dynptr_is_null", "bpf_dynptr_is_rdonly"]))
        elif way == 5:
            self.text("r2 = r10", f"r2 += {-48 if r.random() < 0.9 else place}")
            self.kfunc("bpf_dynptr_clone")
        elif way == 6:
            size = r.choice([4, 8, 16])
            self.text("r3 = r1", "r1 = r10", "r1 += -32", f"r2 = {size}", f"r4 = {r.choice([0, 5])}", "r5 = 0")
            self.call(IDS["dynptr_read"])
        else:
            self.text("r2 = 0", "r3 = r10", "r3 += -32", f"r4 = {r.choice([4, 8])}", f"r5 = {r.choice([0, 0, 1])}")
            self.text("*(u64 *)(r10 - 32) = 1")
            self.call(IDS["dynptr_write"])
        self.forget()

    def constant(self) -> None:
        """A number of read-only data, which decides where the program goes."""
        r = self.random
        at = 4 * r.randrange(8)
        first = r.choice([0, at])
        self.constants.append((len(self.code), "constants", first))
        self.emit(I(op.LDDW, 2, 2))
        dst, size = self.free(), r.choice([4, 4, 4, 1, 2, 8])
        mode = op.MEMSX if size < 8 and r.random() < 0.2 else op.MEM
        width = {1: op.B, 2: op.H, 4: op.W, 8: op.DW}[size]
        self.emit(I(LDX | mode | width, dst, 2, at - first + r.choice([0, 0, 0, 1 if size == 1 else 0])))
        if r.random() < 0.05:
            self.emit(I(ST | op.MEM | op.W, 2, 0, 0, 1))
        self.kind[dst] = "num"
        if r.random() < 0.6:
            self.jump(
                I(JMP | r.choice([op.JEQ, op.JNE, op.JGT, op.JSLT]) | K, dst, 0, 0, r.choice([0, 3, 7, 16, -1])), True
            )
        if r.random() < 0.4:
            self.constants.append((len(self.code), "data", r.choice([0, 8, 16, 20])))
            self.emit(I(op.LDDW, 3, 2))
            self.emit(I(r.choice([LDX, STX]) | op.MEM | op.W, 3, 3, 0))
            if self.code[-1].opcode & 7 == STX:  # type: ignore[union-attr]
                self.code[-1].src = dst  # type: ignore[union-attr]
            self.kind.pop(3, None)
        self.kind.pop(2, None)

    def variable(self) -> None:
        """A place in the data found by a constant of the read-only data."""
        r = self.random
        self.constants.append((len(self.code), "constants", 0))
        self.emit(I(op.LDDW, 2, 2))
        self.text(f"r3 = *(u32 *)(r2 + {4 * r.randrange(8)})")
        self.constants.append((len(self.code), "data", 0))
        self.emit(I(op.LDDW, 4, 2))
        self.emit(I(op.ALU64 | op.ADD | X, 4, 3))
        self.text(f"r5 = *(u{r.choice([8, 32, 64])} *)(r4 + {r.choice([0, 8])})")
        for reg in (2, 3, 4, 5):
            self.kind.pop(reg, None)

    def pieces(self) -> list[tuple[Callable[[], None], int]]:
        out: list[tuple[Callable[[], None], int]] = [
            (self.locked, 4), (self.counted, 2), (self.own, 2), (self.timer, 3), (self.work, 2), (self.kernel_object, 3),
            (self.kept_pointer, 3), (self.packet_dynptr, 4), (self.constant, 4), (self.variable, 2),
        ]  # fmt: skip
        if self.type in (ProgType.TRACEPOINT, ProgType.SYSCALL) or self.random.random() < 0.05:
            out.append((self.mask, 2))
        if self.random.random() < 0.4:
            out += super().pieces()
        return out

    def build(self) -> ProgramSpec:
        self.constants: list[tuple[int, str, int]] = []
        self.owner = 0
        program = super().build()
        r = self.random
        insns = program.instructions
        place, at = [], 0
        for insn in insns:
            place.append(at)
            at += insn.slots
        program.references += [Reference(place[index], "map_value", name, off) for index, name, off in self.constants]
        program.references.sort(key=lambda reference: reference.slot)
        if program.type == ProgType.SYSCALL:
            program.flags |= 16  # BPF_F_SLEEPABLE
        if r.random() < 0.25:
            self.spoil(program, insns)
        return program

    def spoil(self, program: ProgramSpec, insns: list[I]) -> None:
        """One instruction (no call, jump or 16-byte load) becomes another."""
        r = self.random
        plain = [n for n, insn in enumerate(insns) if insn.opcode & 7 not in (JMP, op.JMP32, op.LD)]
        if not plain:
            return
        n = r.choice(plain)
        way = r.randrange(4)
        if way == 0:
            insns[n] = I(op.ALU64 | op.MOV | X, insns[n].dst if insns[n].dst != 10 else 0, r.choice([0, 7, 8, 9, 10]))
        elif way == 1:
            insns[n].offset += r.choice([-8, -4, 4, 8, 1]) if insns[n].opcode & 7 in (LDX, ST, STX) else 0
        elif way == 2:
            insns[n] = I(op.ALU64 | op.MOV | K, r.choice([1, 2, 3, 7, 8]), imm=r.choice([0, 0, 1]))
        else:
            insns[n] = insns[r.choice(plain)]
        program.instructions = insns


def make(seed: int) -> ProgramSpec:
    return _Kinds(seed).build()
