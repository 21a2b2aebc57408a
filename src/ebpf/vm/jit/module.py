"""A whole program → one LLVM module, as text, and what the text leaves open: constants by number.

Nothing of a run or of this process is in the text (no address, no map), so that a compiled object can be kept on disk and
loaded by another process: addresses stand in a table that the state points to.
"""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.uapi.flags import BPF_F_RDONLY_PROG, BPF_PSEUDO_FUNC
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.contexts import OPEN_ENDED, WRITABLE, layout_of
from ebpf.vm.jit import batch_entry, checksums, entry, find, kinds, lookups, moves, outputs, prefixes, updates
from ebpf.vm.jit.emit import FunctionEmitter
from ebpf.vm.structure import called_function

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ebpf.uapi.attach_types import AttachType
    from ebpf.verifier import Fact
    from ebpf.vm.jit.kinds import Origin
    from ebpf.vm.jit.lookups import Lookup
    from ebpf.vm.maps.base import VmMap
    from ebpf.vm.program import VmProgram

_HEAD = """\
declare void @llvm.memset.p0.i64(ptr writeonly, i8, i64, i1 immarg)
declare void @llvm.memcpy.p0.p0.i64(ptr noalias writeonly, ptr noalias readonly, i64, i1 immarg)
declare void @llvm.memmove.p0.p0.i64(ptr writeonly, ptr readonly, i64, i1 immarg)
declare i16 @llvm.bswap.i16(i16)
declare i32 @llvm.bswap.i32(i32)
declare i64 @llvm.bswap.i64(i64)
!0 = !{!"branch_weights", i32 1, i32 1048575}
!1 = !{}
!2 = !{!"branch_weights", i32 1048575, i32 1}
!3 = !{i64 0, i64 4294967296}
attributes #0 = { nounwind }
"""


class ContextModel:
    """What the context of a program's type is, as generated code sees it."""

    def __init__(self, type_: ProgType, attach_type: AttachType | None = None) -> None:
        self.layout = layout = layout_of(type_, 0, attach_type)
        self.dynamic = type_ in OPEN_ENDED
        self.writable_all = type_ in WRITABLE
        self.runs: list[tuple[int, int]] = [] if self.dynamic else list(layout.runs)
        self.writable: list[tuple[int, int]] = [] if self.dynamic else list(layout.writable)
        self.data, self.end, self.meta = layout.packet
        self.has_packet = layout.has_packet


class Module:
    """The text of a program's module. `values()` fills the table of constants for the maps that the program has."""

    def __init__(self, program: VmProgram) -> None:
        self.program = program
        self.structure = program.structure
        self.context = ContextModel(program.spec.type, program.spec.attach_type)
        #: The calls after which memory may be gone or elsewhere.
        self.forgetful = self.structure.with_callers(program.changes)
        #: slot → what the verifier proved of the access there
        self.facts: Mapping[int, Fact] = program.proof.facts if program.proof is not None else {}
        #: slot of a 16-byte load → the map it names
        self._maps: dict[int, VmMap] = {}
        #: the same → (("map" or "global"), the slot that stands for the map)
        self.origins: dict[int, Origin] = {}
        #: slots whose constant is an address that is no map's
        self.addresses: set[int] = set()
        self._numbers: dict[tuple[str, int], int] = {}
        #: Which bytes of the context are read and written in place: known when the functions are made.
        self.context_read: set[int] = set()
        self.context_written: set[int] = set()
        #: Whether something outside of it may be called: Python then finds the context as it is before a run.
        self.calls_out = False
        helpers = {
            insn.imm
            for insn in self.structure.at
            if insn is not None and insn.opcode == op.JMP | op.CALL and not insn.src
        }
        #: Whether its packets may be moved: by this program, or one that takes its place.
        self.moves = self.context.has_packet and not helpers.isdisjoint(moves.MOVERS)
        #: Whether it reserves records in rings.
        self.reserves = outputs.RESERVE in helpers
        #: Function that fills rings → its text.
        self._outputs: dict[str, str] = {}
        #: Helper of packets → the name and the text of the function that does it, and how many arguments that takes.
        self._packet_functions: dict[int, tuple[str, str, int] | None] = {}
        #: The slot that stands for a map → the functions that change it, empty if there are none.
        self._changes: dict[int, str] = {}
        #: The slot that stands for a map → the function that looks prefixes up in it, empty if there is none.
        self._prefixes: dict[int, str] = {}
        #: First slot of a function → what is known of its arguments wherever it is called.
        self.passed: dict[int, list[kinds.Kind]] = {}
        self._find_constants()
        self._functions = self._text()
        #: The whole module for one run.
        self.run_text = self._functions + entry.run_text(self)

    @property
    def batch_text(self) -> str:
        """The whole module for a batch."""
        return self._functions + batch_entry.batch_text(self, self.program.spec)

    def _find_constants(self) -> None:
        program = self.program
        references = {reference.slot: reference for reference in program.spec.references}
        first: dict[tuple[str, str], int] = {}
        for slot, insn in enumerate(self.structure.at):
            if insn is None or insn.opcode != op.LDDW:
                continue
            reference = references.get(slot)
            if insn.src == BPF_PSEUDO_FUNC:
                self.addresses.add(slot)
            elif reference is not None and reference.kind in ("map", "map_value"):
                what = "map" if reference.kind == "map" else "global"
                stands = first.setdefault((what, reference.name), slot)
                self._maps[slot] = program.maps[reference.name]
                self.origins[slot] = (what, stands)
            elif slot in program.constants:
                self.addresses.add(slot)

    def _text(self) -> str:
        parts = [_HEAD]
        context = kinds.Context(self.context.data, self.context.end, self.context.meta)
        maps = {slot: (origin, self.offset_of(slot)) for slot, origin in self.origins.items()}
        emitters = []
        for start, known in self._in_order():
            main = start == 0 and self.has_main
            function = kinds.Function(
                self.structure,
                start,
                context,
                maps,
                moves_packet=self.forgetful,
                main=main,
                passed=self.passed.get(start) if known else None,
            )
            emitter = FunctionEmitter(self, function, main=main)
            emitter.emit()
            emitters.append(emitter)
        parts += [emitter.text() for emitter in emitters]
        if any(emitter.sites for emitter in emitters):
            parts.append(find.text(self, self._maps))
        self.calls_out = not self.has_main or any(emitter.saves for emitter in emitters)
        if any(emitter.saves for emitter in emitters):
            parts.append(entry.SAVE)
        parts += [function[1] for function in self._packet_functions.values() if function is not None]
        parts += self._outputs.values()
        return "\n".join([*parts, *self._changes.values(), *self._prefixes.values()]) + "\n"

    def _in_order(self) -> Iterator[tuple[int, bool]]:
        """The functions, callers first as far as can be, and whether all their callers came before: what they are passed is then
        known."""
        calls: dict[int, set[int]] = {start: set() for start in self.structure.starts}
        taken = set()
        for slot, insn in enumerate(self.structure.at):
            target = called_function(insn, slot) if insn is not None else None
            if target is not None and insn is not None and insn.opcode == op.LDDW:
                taken.add(target)
            elif target is not None:
                calls[target].add(self.structure.function_of(slot))
        #: Whether the main function is nothing else: not called, its address not taken.
        self.has_main = 0 not in taken and not calls[0]
        left = list(self.structure.starts)
        done: set[int] = set()
        while left:
            start = next((start for start in left if calls[start] <= done), left[0])
            yield start, calls[start] <= done and start not in taken
            left.remove(start)
            done.add(start)

    # -- constants

    def constant(self, slot: int) -> int:
        """The place in the table of what a 16-byte load gives (of a map: what stands for it)."""
        what = self.origins.get(slot, ("address", slot))[0]
        return self._numbers.setdefault((what, slot), len(self._numbers))

    def values(self) -> list[int]:
        """The table of constants, for this process."""
        table = []
        for what, slot in self._numbers:
            if what == "map":
                table.append(self._maps[slot].handle)
            elif what == "global":
                table.append(self._maps[slot].address_of(bytes(4), 0))
            else:
                table.append(self.program.constants[slot])
        return table

    def offset_of(self, slot: int) -> int:
        """How far from the first byte of its map's value a 16-byte load points; 0 for a map itself."""
        if self.origins[slot][0] == "map":
            return 0
        return self.program.constants[slot] - self._maps[slot].address_of(bytes(4), 0)

    def map_at(self, origin: Origin) -> VmMap:
        """The map that an origin ("map" or "global") stands for."""
        return self._maps[origin[1]]

    def map_named(self, name: str) -> VmMap | None:
        return next((map_ for map_ in self._maps.values() if map_.spec.name == name), None)

    def size_of(self, map_: VmMap, *, write: bool) -> int:
        """The bytes that may be reached from the base of a map's value; 0 where it may not be written."""
        return 0 if write and map_.spec.flags & BPF_F_RDONLY_PROG else map_.value_size

    # -- what is done in place

    def lookup_of(self, origin: Origin) -> Lookup | None:
        return lookups.lookup_of(self._maps[origin[1]])

    def prefixes_of(self, origin: Origin) -> int | None:
        """The number of the function that looks prefixes up in a map (prefixes.py); None where the helper must."""
        number = origin[1]
        if number not in self._prefixes:
            self._prefixes[number] = prefixes.function_of(self._maps[number], number)
        if not self._prefixes[number]:
            return None
        self._maps[number].walked = True  # type: ignore[attr-defined]
        return number

    def mover_of(self, number: int) -> tuple[str, int] | None:
        """The function that a helper which moves packets is, and how many arguments it takes; None where the helper must."""
        return self._packet_function(number, lambda: moves.mover(self.program.spec, self.context.layout, number))

    def replacer_of(self, number: int) -> str | None:
        """The function that a helper which changes a packet's checksum is."""
        if self.context.layout.name != "__sk_buff":
            return None
        name = checksums.REPLACERS[number]
        found = self._packet_function(number, lambda: (name, checksums.replacer(name), 4))
        return found[0] if found is not None else None

    def output_of(self, name: str) -> str:
        """A function that fills rings (outputs.py); its name."""
        if name not in self._outputs:
            self._outputs[name] = outputs.text(name)
        return name

    def _packet_function(self, number: int, make: Callable[[], tuple[str, str, int] | None]) -> tuple[str, int] | None:
        if number not in self._packet_functions:
            self._packet_functions[number] = make()
        found = self._packet_functions[number]
        return (found[0], found[2]) if found is not None else None

    def changes_of(self, origin: Origin) -> int | None:
        """The number of the functions that change a map (updates.py); None where the helpers must."""
        number = origin[1]
        if number not in self._changes:
            self._changes[number] = updates.functions_of(self._maps[number], number) or ""
        return number if self._changes[number] else None

    def deletes(self, origin: Origin) -> bool:
        """Whether those functions delete, too."""
        return lookups.is_hash(self._maps[origin[1]])
