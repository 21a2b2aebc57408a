"""The shape of a program, before any value is looked at: instructions, functions, jumps, what is reached, and which
registers are still needed at each instruction."""

from __future__ import annotations

import sys
from struct import Struct

from ebpf.uapi import opcodes as op
from ebpf.uapi.flags import BPF_PSEUDO_CALL, BPF_PSEUDO_FUNC, BPF_PSEUDO_KFUNC_CALL
from ebpf.uapi.helpers import GPL_LICENSES, IDS
from ebpf.verifier import exceptions
from ebpf.verifier.messages import Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.spec import ProgramSpec, Reference

_SLOT = Struct("<BBhi" if sys.byteorder == "little" else ">BBhi")

CALL = op.JMP | op.CALL
EXIT = op.JMP | op.EXIT
JA = op.JMP | op.JA
JA32 = op.JMP32 | op.JA
MAY_GOTO = op.JMP | op.JCOND
#: Helpers that run a callback inside the call.
_SYNC_CALLBACKS = frozenset(IDS[name] for name in ("for_each_map_elem", "find_vma", "loop", "user_ringbuf_drain"))


def _all_opcodes() -> bytes:
    """Which opcode bytes are instructions."""
    known = bytearray(256)
    for kind in (op.ALU, op.ALU64):
        for which in (op.ADD, op.SUB, op.MUL, op.DIV, op.OR, op.AND, op.LSH, op.RSH, op.MOD, op.XOR, op.MOV, op.ARSH):
            known[kind | which] = known[kind | which | op.X] = 1
        known[kind | op.NEG] = known[kind | op.END] = 1
    known[op.ALU | op.END | op.X] = 1
    for kind in (op.JMP, op.JMP32):
        for which in (op.JEQ, op.JGT, op.JGE, op.JSET, op.JNE, op.JSGT, op.JSGE, op.JLT, op.JLE, op.JSLT, op.JSLE):
            known[kind | which] = known[kind | which | op.X] = 1
    for code in (JA, JA32, CALL, EXIT, MAY_GOTO, op.LDDW):
        known[code] = 1
    for size in (op.B, op.H, op.W, op.DW):
        known[op.LDX | op.MEM | size] = known[op.ST | op.MEM | size] = known[op.STX | op.MEM | size] = 1
        known[op.STX | op.ATOMIC | size] = 1
        if size != op.DW:
            known[op.LDX | op.MEMSX | size] = known[op.LD | op.ABS | size] = known[op.LD | op.IND | size] = 1
    return bytes(known)


_OPCODES = _all_opcodes()


class Function:
    """A function of the program: slots `start` … `end`. `depth` is the stack it uses, in bytes, as found so far."""

    __slots__ = (
        "async_callback", "callback", "called", "calls", "changes_packet", "depth", "end", "exception_callback",
        "has_ld_abs", "has_tail_call", "index", "is_global", "might_sleep", "name", "start", "throws", "type_id",
    )  # fmt: skip

    def __init__(self, index: int, start: int) -> None:
        self.index = index
        self.start = start
        self.end = start
        self.name = ""
        self.is_global = False
        self.type_id = 0
        self.depth = 0
        self.callback = False
        self.async_callback = False
        self.exception_callback = False
        self.has_tail_call = False
        self.has_ld_abs = False
        self.changes_packet = False
        self.might_sleep = False
        self.called = False
        self.throws: list[int] = []  # instructions that call bpf_throw()
        self.calls: list[tuple[int, int, bool]] = []  # (instruction, function, by a call and not as a callback)


class Flow:
    """A program taken apart.

    code, dst, src, off, imm   by slot; the second half of a 16-byte load has code 0
    imm64                      the whole immediate of 16-byte loads, by slot
    prune                      slots where states are kept and compared;  jump_point: where a path may come from elsewhere
    force                      slots where a state is always kept
    live                       registers needed at each slot (bits 0–9)
    """

    def __init__(self, program: ProgramSpec) -> None:
        code = program.code
        if not code or len(code) % 8:
            raise Refusal("malformed", f"bytecode of {len(code)} bytes is no whole number of instructions")
        columns = list(zip(*_SLOT.iter_unpack(code), strict=True))
        self.code: list[int] = list(columns[0])
        low_first = sys.byteorder == "little"
        self.dst: list[int] = [r & 15 if low_first else r >> 4 for r in columns[1]]
        self.src: list[int] = [r >> 4 if low_first else r & 15 for r in columns[1]]
        self.off: list[int] = list(columns[2])
        self.imm: list[int] = list(columns[3])
        self.count = len(self.code)
        self.imm64: dict[int, int] = {}
        self.references: dict[int, Reference] = {ref.slot: ref for ref in program.references}
        self.prune = bytearray(self.count + 1)
        self.jump_point = bytearray(self.count + 1)
        self.force = bytearray(self.count + 1)
        self.calls_callback = bytearray(self.count + 1)
        self.iter_next = bytearray(self.count + 1)
        self.live: list[int] = []
        #: How many arguments a call reads; told by who knows the helpers.
        self.arity: Callable[[int], int] = lambda _: 5
        self.functions: list[Function] = []
        self.at: dict[int, int] = {}
        self.owner: list[int] = []
        self._pair_loads()
        self._find_functions(program)
        self._check_jumps()

    # -- decoding

    def _pair_loads(self) -> None:
        i, code, imm = 0, self.code, self.imm
        while i < self.count:
            if self.dst[i] > 10 or self.src[i] > 10:
                if self.dst[i] > 10 or code[i] not in (op.LDDW, CALL):
                    raise Refusal("malformed", f"R{max(self.dst[i], self.src[i])} is invalid", slot=i)
            self._check_encoding(i)
            if code[i] == op.LDDW:
                if i + 1 >= self.count or self.code[i + 1] or self.dst[i + 1] or self.src[i + 1] or self.off[i + 1]:
                    raise Refusal("malformed", "invalid bpf_ld_imm64 insn", slot=i)
                self.imm64[i] = (imm[i] & 0xFFFFFFFF) | (imm[i + 1] & 0xFFFFFFFF) << 32
                i += 1
            i += 1

    def _check_encoding(self, i: int) -> None:
        """What Linux asks of every instruction, reached or not."""
        code = self.code[i]
        if code & op.CLASS_MASK == op.LDX and (code & op.MODE_MASK not in (op.MEM, op.MEMSX) or self.imm[i]):
            raise Refusal("malformed", "BPF_LDX uses reserved fields", slot=i)
        if not _OPCODES[code]:
            raise Refusal("malformed", f"unknown opcode {code:02x}", slot=i)

    def is_pseudo_call(self, i: int) -> bool:
        return self.code[i] == CALL and self.src[i] == BPF_PSEUDO_CALL

    def is_pseudo_func(self, i: int) -> bool:
        return self.code[i] == op.LDDW and self.src[i] == BPF_PSEUDO_FUNC

    def is_helper_call(self, i: int) -> bool:
        return self.code[i] == CALL and self.src[i] == 0

    def kfunc_at(self, i: int) -> str:
        """The name of the kernel function called at `i`, empty if it calls none."""
        if self.code[i] == CALL and self.src[i] == BPF_PSEUDO_KFUNC_CALL:
            ref = self.references.get(i)
            return ref.name if ref is not None else f"#{self.imm[i]}"
        return ""

    # -- functions

    def _find_functions(self, program: ProgramSpec) -> None:
        thrown_to = exceptions.slot_of(program)
        starts = {0, thrown_to}
        free = program.license in GPL_LICENSES
        for i in range(self.count):
            if self.code[i] == CALL and self.src[i] == BPF_PSEUDO_KFUNC_CALL and not free:
                raise Refusal("helper", "cannot call kernel function from non-GPL compatible program", slot=i)
            if self.is_pseudo_call(i) or self.is_pseudo_func(i):
                target = i + self.imm[i] + 1
                if not 0 <= target < self.count:
                    raise Refusal("control-flow", f"call to invalid destination {target}", slot=i)
                starts.add(target)
        known = {f.slot: f for f in program.functions}
        # What no types say to be global is verified with its callers, as a static function.
        typed = program.btf is not None and all(start in known and known[start].type_id for start in starts)
        for index, start in enumerate(sorted(starts)):
            function = Function(index, start)
            about = known.get(start)
            function.name = about.name if about else (program.name if start == 0 else f"func#{index}")
            function.is_global = typed and about is not None and about.is_global and start != 0
            function.type_id = about.type_id if about else 0
            function.exception_callback = function.callback = bool(start) and start == thrown_to
            self.functions.append(function)
            self.at[start] = index
        for function, following in zip(self.functions, [*self.functions[1:], None], strict=True):
            function.end = following.start if following is not None else self.count
            self.owner.extend([function.index] * (function.end - function.start))
        for i in range(self.count):
            function = self.functions[self.owner[i]]
            if self.is_pseudo_call(i) or self.is_pseudo_func(i):
                function.calls.append((i, self.at[i + self.imm[i] + 1], self.is_pseudo_call(i)))
            elif self.kfunc_at(i) == "bpf_throw":
                function.throws.append(i)
            elif self.is_helper_call(i) and self.imm[i] == IDS["tail_call"]:
                function.has_tail_call = True
            elif self.code[i] & op.CLASS_MASK == op.LD and self.code[i] & op.MODE_MASK in (op.ABS, op.IND):
                function.has_ld_abs = True

    def jump_target(self, i: int) -> int | None:
        """Where the jump at `i` goes, None if it is no jump (calls and exits aren't)."""
        code = self.code[i]
        kind = code & op.CLASS_MASK
        if kind != op.JMP and kind != op.JMP32:
            return None
        which = code & op.OP_MASK
        if which == op.CALL or which == op.EXIT:
            return None
        return i + 1 + (self.imm[i] if code == JA32 else self.off[i])

    def _check_jumps(self) -> None:
        for function in self.functions:
            for i in range(function.start, function.end):
                target = self.jump_target(i)
                if target is not None and not function.start <= target < function.end:
                    raise Refusal("control-flow", f"jump out of range from insn {i} to {target}", slot=i)
            last = self.code[function.end - 1]
            if last not in (EXIT, JA, JA32):
                raise Refusal("control-flow", "last insn is not an exit or jmp", slot=function.end - 1)

    # -- reachability

    def walk(self, effects: Callable[[int], tuple[bool, bool]], allow_back_edges: bool = True) -> None:
        """Visits all that can be reached, and marks where states are to be kept. Refuses what can't be reached."""
        seen = bytearray(self.count)
        on_path = bytearray(self.count)
        roots = [0] + [f.start for f in self.functions if f.exception_callback]
        for root in roots:
            if seen[root]:
                continue
            stack: list[tuple[int, list[int]]] = [(root, self._successors(root))]
            seen[root] = on_path[root] = 1
            while stack:
                i, rest = stack[-1]
                if not rest:
                    on_path[i] = 0
                    stack.pop()
                    continue
                following = rest.pop(0)
                if following >= self.count:
                    raise Refusal("control-flow", f"jump out of range from insn {i} to {following}", slot=i)
                if on_path[following] and not allow_back_edges and self.owner[i] == self.owner[following]:
                    raise Refusal("loop", f"back-edge from insn {i} to {following}", slot=i)
                if not seen[following]:
                    seen[following] = on_path[following] = 1
                    stack.append((following, self._successors(following)))
        i = 0
        while i < self.count:
            if not seen[i]:
                raise Refusal("control-flow", f"unreachable insn {i}", slot=i)
            if self.code[i] == op.LDDW:
                if seen[i + 1]:
                    raise Refusal("control-flow", f"jump into the middle of ldimm64 insn {i}", slot=i)
                i += 1
            i += 1
        self._spread_effects(effects)
        self._find_live()

    def _successors(self, i: int) -> list[int]:
        code = self.code[i]
        kind = code & op.CLASS_MASK
        after = i + (2 if code == op.LDDW else 1)
        if self.is_pseudo_func(i):
            self.prune[after] = self.jump_point[after] = self.prune[i] = 1
            return [after, self._branch(i + self.imm[i] + 1)]
        if kind != op.JMP and kind != op.JMP32:
            return [after]
        which = code & op.OP_MASK
        if which == op.EXIT:
            return []
        if which == op.CALL:
            return self._call(i)
        if which == op.JA:
            target = self.jump_target(i)
            assert target is not None
            self.prune[target] = self.jump_point[target] = 1
            return [target]
        self.prune[i] = 1
        if code == MAY_GOTO:
            self.force[i] = 1
        return [i + 1, self._branch(i + 1 + self.off[i])]

    def _branch(self, target: int) -> int:
        """Where a path may come from elsewhere: the way back from there must be known."""
        if 0 <= target < self.count:
            self.prune[target] = self.jump_point[target] = 1
        return target

    def _call(self, i: int) -> list[int]:
        source, number = self.src[i], self.imm[i]
        self.prune[i + 1] = self.jump_point[i + 1] = 1
        if source == 0:
            if number == IDS["timer_set_callback"]:
                self.prune[i] = 1
            if number in _SYNC_CALLBACKS:
                self.calls_callback[i] = self.force[i] = self.prune[i] = self.jump_point[i] = 1
        elif source == BPF_PSEUDO_KFUNC_CALL:
            name = self.kfunc_at(i)
            if name.startswith("bpf_iter_") and name.endswith("_next"):
                self.iter_next[i] = self.prune[i] = self.force[i] = 1
            elif name == "bpf_rbtree_add_impl":
                self.calls_callback[i] = self.force[i] = self.prune[i] = self.jump_point[i] = 1
            elif name == "bpf_wq_set_callback_impl":
                self.prune[i] = 1
        elif source == BPF_PSEUDO_CALL:
            self.prune[i] = 1
            return [i + 1, self._branch(i + self.imm[i] + 1)]
        return [i + 1]

    def _spread_effects(self, effects: Callable[[int], tuple[bool, bool]]) -> None:
        """A function changes the packet, or may sleep, if one that it calls does. `effects` tells it of a call."""
        for i in range(self.count):
            if self.code[i] == CALL and self.src[i] != BPF_PSEUDO_CALL:
                changes, sleeps = effects(i)
                function = self.functions[self.owner[i]]
                function.changes_packet |= changes
                function.might_sleep |= sleeps
        changed = True
        while changed:
            changed = False
            for function in self.functions:
                for _, callee, _ in function.calls:
                    other = self.functions[callee]
                    if other.changes_packet > function.changes_packet or other.might_sleep > function.might_sleep:
                        function.changes_packet |= other.changes_packet
                        function.might_sleep |= other.might_sleep
                        changed = True

    # -- liveness of registers

    def use_and_definition(self, i: int) -> tuple[int, int]:
        """The registers that the instruction at `i` reads, and those it writes, as bits."""
        code, dst, src = self.code[i], 1 << self.dst[i], 1 << self.src[i]
        kind = code & op.CLASS_MASK
        if kind == op.LD:
            mode = code & op.MODE_MASK
            if mode == op.IMM:
                return 0, dst
            return 0b1111111111, 0  # Linux takes all registers as needed here
        if kind == op.LDX:
            return src, dst
        if kind == op.ST:
            return dst, 0
        if kind == op.STX:
            if code & op.MODE_MASK != op.ATOMIC:
                return dst | src, 0
            which = self.imm[i]
            if which == op.CMPXCHG:
                return dst | src | 1, 1
            if which == op.LOAD_ACQ:
                return src, dst
            if which == op.STORE_REL:
                return dst | src, 0
            return dst | src, (src if which & op.FETCH else 0)
        which = code & op.OP_MASK
        if kind in (op.ALU, op.ALU64):
            if which == op.MOV:
                return (src if code & op.X else 0), dst
            if which in (op.NEG, op.END):
                return dst, dst
            return dst | (src if code & op.X else 0), dst
        if which == op.EXIT:
            return 1, 0
        if which == op.CALL:
            return (2 << self.arity(i)) - 2, 0b111111
        if which in (op.JA, op.JCOND):
            return 0, 0
        return dst | (src if code & op.X else 0), 0

    def goes_back(self) -> bool:
        """Whether any jump goes back."""
        return any((target := self.jump_target(i)) is not None and target <= i for i in range(self.count))

    def following(self) -> list[tuple[int, ...]]:
        """Where each instruction may go within its function; a call goes on behind itself."""
        following: list[tuple[int, ...]] = []
        for i in range(self.count):
            code = self.code[i]
            if code == EXIT:
                following.append(())
            elif code == op.LDDW:
                following.append((i + 2,))
            else:
                target = self.jump_target(i)
                if target is None:
                    following.append((i + 1,))
                elif code in (JA, JA32):
                    following.append((target,))
                else:
                    following.append((i + 1, target))
        return following

    def _find_live(self) -> None:
        count = self.count
        masks = [self.use_and_definition(i) if self.code[i] else (0, 0) for i in range(count)]
        following = self.following()
        live = [0] * (count + 1)
        changed = True
        while changed:
            changed = False
            for i in range(count - 1, -1, -1):
                out = 0
                for j in following[i]:
                    if j < count:
                        out |= live[j]
                use, define = masks[i]
                new = (out & ~define) | use
                if new != live[i]:
                    live[i] = new
                    changed = True
        self.live = live
