"""Functions, and the programs they make.

A program is a function in a section of its own kind (`SEC("xdp")`); the functions that it calls or whose address it takes are
put behind it, each once, in the order in which they are met, depth first — libbpf's order, so that the same object gives
the same bytecode. Positions are in 8-byte slots.
"""

from __future__ import annotations

from struct import Struct

from ebpf.btf import types
from ebpf.elf.format import (
    R_BPF_64_32,
    R_BPF_64_64,
    R_BPF_64_ABS64,
    R_BPF_NONE,
    SHN_UNDEF,
    STT_FUNC,
    STT_NOTYPE,
    STT_OBJECT,
    STT_SECTION,
)
from ebpf.elf.sections import take_section
from ebpf.spec import CoreRelocation, Function, Line, ProgramSpec, Reference
from ebpf.uapi.btf import GLOBAL
from ebpf.uapi.flags import (
    BPF_PSEUDO_BTF_ID,
    BPF_PSEUDO_CALL,
    BPF_PSEUDO_FUNC,
    BPF_PSEUDO_KFUNC_CALL,
    BPF_PSEUDO_MAP_FD,
    BPF_PSEUDO_MAP_VALUE,
)
from ebpf.uapi.opcodes import CALL, JMP, LDDW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeVar

    from ebpf.elf.context import Context
    from ebpf.elf.format import ElfFile, Relocation, Section, Symbol
    from ebpf.spec import ReferenceKind

    Info = TypeVar("Info", Line, CoreRelocation)

_CALL = CALL | JMP
#: A program with all its functions can't be longer than what the kernel takes (BPF_COMPLEXITY_LIMIT_INSNS, Linux 5.2).
MAX_SLOTS = 1_000_000
#: All programs of an object together; each has its own copy of the functions that they share.
MAX_TOTAL = 4_000_000


_NO_LIBRARY = "BPF has no C library: __builtin_memcpy() and its kin need a small, constant size"
#: What compilers call by themselves: name, or its beginning → what to do.
_CALLED_BY_COMPILERS = {
    "memcpy": _NO_LIBRARY,
    "memmove": _NO_LIBRARY,
    "memset": _NO_LIBRARY,
    "memcmp": _NO_LIBRARY,
    "bcmp": _NO_LIBRARY,
    "__ubsan": "build it with -fno-sanitize=all",
    "__stack_chk": "build it with -fno-stack-protector",
}


class Code:
    """A function as it lies in its section: slots `start` … `end`. `callees` is slot → function, both relative."""

    __slots__ = ("callees", "code", "end", "is_global", "name", "references", "section", "start", "type_id")

    def __init__(self, section: Section, start: int, end: int, name: str, is_global: bool, type_id: int) -> None:
        self.section = section
        self.start = start
        self.end = end
        self.name = name
        self.is_global = is_global
        self.type_id = type_id
        self.code: bytearray | None = None
        self.callees: list[tuple[int, Code, bool]] = []
        self.references: list[Reference] = []


def read_programs(ctx: Context) -> None:
    """Adds every program of the object to the spec."""
    linker = Linker(ctx)
    main: list[Code] = []
    text: list[Code] = []
    for section in ctx.elf.sections:
        if section.executable and section.size:
            functions = linker.functions[section.index]
            if section.name == ".text":
                text = functions
            else:
                # A static function in a program's section is a helper of the programs there.
                entries = [function for function in functions if function.is_global]
                main += entries or functions
    if not main and len(text) == 1:
        main = text  # an object of one function needs no section name: its user gives the type
    for function in main:
        if function.name in ctx.spec.programs:
            raise ctx.error(f"a second program called {function.name!r}", function.section, function.start * 8)
        ctx.spec.programs[function.name] = linker.program(function)


class Linker:
    """The functions of an object, and programs made of them."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.big = ctx.elf.byte_order == "big"
        self.imm = Struct(ctx.elf.order + "i")
        #: section → its functions, by place
        self.functions: dict[int, list[Code]] = {}
        self.starts: dict[tuple[int, int], Code] = {}
        self.relocations: dict[int, dict[int, Relocation]] = {}
        self.total = 0
        for section in ctx.elf.sections:
            if section.executable and section.size:
                self.functions[section.index] = functions = _functions(ctx, section)
                for function in functions:
                    self.starts[section.index, function.start] = function

    def program(self, main: Code) -> ProgramSpec:
        ctx = self.ctx
        name = main.section.name
        spec = ProgramSpec(
            name=main.name,
            section=name,
            license=ctx.spec.license,
            version=ctx.spec.version,
            autoload=not name.startswith("?"),
            btf=ctx.btf,
        )
        take_section(spec, name)
        self.link(spec, main)
        return spec

    def link(self, spec: ProgramSpec, main: Code) -> None:
        """Puts the bytecode of `main` and of all that it needs into the spec."""
        code = bytearray()
        placed: dict[int, int] = {}
        calls: list[tuple[int, Code, bool]] = []
        # Depth first, as if each function were put in place when its first call is met. What exceptions are given to comes last.
        roots = [(-1, main, False), *((-1, function, False) for function in self.thrown_to(main))]
        todo = [iter(roots)]
        bases = [0]
        while todo:
            step = next(todo[-1], None)
            if step is None:
                todo.pop()
                bases.pop()
                continue
            slot, function, is_call = step
            if slot >= 0:
                calls.append((bases[-1] + slot, function, is_call))
            if id(function) in placed:
                continue
            base = placed[id(function)] = len(code) // 8
            self.prepare(function)
            assert function.code is not None
            code += function.code
            if len(code) > MAX_SLOTS * 8:
                raise self.ctx.error(
                    f"program {spec.name!r} has more than {MAX_SLOTS} instructions", main.section, main.start * 8
                )
            self.total += len(function.code) // 8
            if self.total > MAX_TOTAL:
                raise self.ctx.error(f"its programs have more than {MAX_TOTAL} instructions together", main.section)
            self.describe(spec, function, base)
            todo.append(iter(function.callees))
            bases.append(base)
        for slot, function, _ in calls:
            self.imm.pack_into(code, slot * 8 + 4, placed[id(function)] - slot - 1)
        spec.code = bytes(code)
        spec.references.sort(key=_slot)

    def thrown_to(self, main: Code) -> list[Code]:
        """The function that `main` names for exceptions (its declaration tag `exception_callback:NAME`), if it names one."""
        btf = self.ctx.btf
        if btf is None or not main.type_id or btf.raw.find(b"exception_callback:") < 0:
            return []
        from ebpf.btf.types import DeclTag

        names = [
            tag.name.partition(":")[2]
            for _, tag in btf
            if isinstance(tag, DeclTag) and tag.type == main.type_id and tag.name.startswith("exception_callback:")
        ]
        return [f for f in self.starts.values() if f.is_global and f.name in names]

    def describe(self, spec: ProgramSpec, function: Code, base: int) -> None:
        """Function, lines and relocations of a function that was put at slot `base`."""
        shift = base - function.start
        spec.functions.append(Function(base, function.name, function.type_id, function.is_global))
        for reference in function.references:
            spec.references.append(reference.replace(slot=reference.slot + base))
        ext = self.ctx.ext
        if ext is None:
            return
        name = function.section.name
        lines = _between(ext.lines.get(name), function.start, function.end)
        core = _between(ext.core.get(name), function.start, function.end)
        if shift:
            lines = [Line(one.slot + shift, one.file, one.text, one.line, one.column) for one in lines]
            core = [CoreRelocation(one.slot + shift, one.type_id, one.access, one.kind) for one in core]
        spec.lines += lines
        spec.core += core

    def prepare(self, function: Code) -> None:
        """Takes a function's bytes out of its section and resolves its relocations, once."""
        if function.code is not None:
            return
        section = function.section
        start, end = function.start, function.end
        function.code = code = bytearray(section.data[start * 8 : end * 8])
        by_slot = self.relocations.get(section.index)
        if by_slot is None:
            by_slot = self.relocations[section.index] = self.section_relocations(section)
        opcodes = bytes(code[::8])
        # Calls, and addresses of functions, that the compiler resolved by itself have no relocation.
        wanted = {slot for slot in range(len(opcodes)) if opcodes[slot] in (_CALL, LDDW)}
        for slot in sorted(wanted | {place - start for place in by_slot if start <= place < end}):
            relocation = by_slot.get(start + slot)
            if relocation is not None:
                self.relocate(function, slot, relocation)
            elif self.source(code, slot) == (BPF_PSEUDO_CALL if opcodes[slot] == _CALL else BPF_PSEUDO_FUNC):
                place = start + slot + 1 + self.imm.unpack_from(code, slot * 8 + 4)[0]
                # One within the same symbol (an assembler's; compilers give each function its own) is right as it is.
                if not start < place < end or (section.index, place) in self.starts:
                    self.call(function, slot, section, place)

    def section_relocations(self, section: Section) -> dict[int, Relocation]:
        ctx = self.ctx
        by_slot: dict[int, Relocation] = {}
        for relocation in ctx.elf.relocations(section):
            if relocation.type == R_BPF_NONE:
                continue
            if relocation.offset % 8:
                raise ctx.error("a relocation inside of an instruction", section, relocation.offset)
            if relocation.type not in (R_BPF_64_64, R_BPF_64_ABS64, R_BPF_64_32):
                raise ctx.error(f"relocation type {relocation.type} means nothing in code", section, relocation.offset)
            if relocation.offset // 8 in by_slot:
                raise ctx.error("a second relocation of one instruction", section, relocation.offset)
            by_slot[relocation.offset // 8] = relocation
        return by_slot

    def source(self, code: bytearray, slot: int) -> int:
        registers = code[slot * 8 + 1]
        return registers & 15 if self.big else registers >> 4

    def set_source(self, code: bytearray, slot: int, source: int) -> None:
        registers = code[slot * 8 + 1]
        code[slot * 8 + 1] = registers & 0xF0 | source if self.big else registers & 15 | source << 4

    def relocate(self, function: Code, slot: int, relocation: Relocation) -> None:
        ctx, code = self.ctx, function.code
        assert code is not None
        symbol = relocation.symbol
        opcode = code[slot * 8]
        imm = self.imm.unpack_from(code, slot * 8 + 4)[0]
        if opcode == _CALL:
            if symbol.section == SHN_UNDEF:
                self.kernel_function(function, slot, symbol)
                return
            target = self.code_section(function, slot, symbol)
            if relocation.addend is not None:
                place = (symbol.value + relocation.addend) // 8
            elif imm + 1 == symbol.value:  # of a function; GNU as has its own place there, in bytes
                place = symbol.value // 8
            else:
                place = symbol.value // 8 + imm + 1
            self.call(function, slot, target, place)
            return
        if opcode != LDDW:
            raise self.at(
                function, slot, f"a relocation to {_name(ctx.elf, symbol)} in an instruction that holds no address"
            )
        if slot + 1 >= function.end - function.start:
            raise self.at(function, slot, "the second half of a 16-byte load is missing")
        if symbol.section == SHN_UNDEF:
            self.extern(function, slot, symbol)
            return
        if symbol.section >= len(ctx.elf.sections):
            raise self.at(function, slot, f"a relocation to {_name(ctx.elf, symbol)}, which lies in no section")
        section = ctx.elf.sections[symbol.section]
        offset = symbol.value + (imm if relocation.addend is None else relocation.addend)
        if section.executable:
            self.call(function, slot, section, offset // 8)
            return
        if section.index in ctx.data_maps:
            if not 0 <= offset <= section.size:
                raise self.at(
                    function, slot, f"offset {offset} is outside of section {section.name} ({section.size} bytes)"
                )
            self.refer(function, slot, BPF_PSEUDO_MAP_VALUE, "map_value", ctx.data_maps[section.index], offset)
            return
        places = ctx.maps_at.get(section.index)
        if places is not None:
            if offset not in places:
                raise self.at(function, slot, f"no map at offset {offset:#x} of section {section.name}")
            self.refer(function, slot, BPF_PSEUDO_MAP_FD, "map", places[offset])
            return
        raise self.at(
            function,
            slot,
            f"a relocation to {_name(ctx.elf, symbol)} in section {section.name}, which holds no data or map",
        )

    def at(self, function: Code, slot: int, message: str) -> Exception:
        return self.ctx.error(f"{function.name}: {message}", function.section, (function.start + slot) * 8)

    def refer(
        self,
        function: Code,
        slot: int,
        source: int,
        kind: ReferenceKind,
        name: str,
        offset: int = 0,
        weak: bool = False,
        type_id: int = 0,
    ) -> None:
        """Notes the reference, and writes what is known already: the source register, and the offset of a value."""
        code = function.code
        assert code is not None
        self.set_source(code, slot, source)
        self.imm.pack_into(code, slot * 8 + 4, 0)
        if kind != "kfunc":
            code[slot * 8 + 12 : slot * 8 + 16] = (offset & 0xFFFFFFFF).to_bytes(4, self.ctx.elf.byte_order)
        function.references.append(Reference(slot, kind, name, offset, weak, type_id))

    def code_section(self, function: Code, slot: int, symbol: Symbol) -> Section:
        sections = self.ctx.elf.sections
        if symbol.section < len(sections) and sections[symbol.section].executable:
            return sections[symbol.section]
        raise self.at(function, slot, f"a call of {_name(self.ctx.elf, symbol)}, which is no function")

    def call(self, function: Code, slot: int, section: Section, place: int) -> None:
        """A call of (or the address of) the function at slot `place` of a section."""
        code = function.code
        assert code is not None
        target = self.starts.get((section.index, place))
        if target is None:
            raise self.at(function, slot, f"no function begins at offset {place * 8:#x} of section {section.name}")
        is_call = code[slot * 8] == _CALL
        if not is_call:
            if slot + 1 >= function.end - function.start:
                raise self.at(function, slot, "the second half of a 16-byte load is missing")
            self.imm.pack_into(code, slot * 8 + 12, 0)
        self.set_source(code, slot, BPF_PSEUDO_CALL if is_call else BPF_PSEUDO_FUNC)
        function.callees.append((slot, target, is_call))

    def kernel_function(self, function: Code, slot: int, symbol: Symbol) -> None:
        extern = self.ctx.externs.get(symbol.name)
        if extern is None or extern.kind != "ksym":
            raise self.at(function, slot, self.missing(symbol, "a function"))
        self.refer(function, slot, BPF_PSEUDO_KFUNC_CALL, "kfunc", extern.name, 0, extern.weak, extern.type_id)

    def extern(self, function: Code, slot: int, symbol: Symbol) -> None:
        extern = self.ctx.externs.get(symbol.name)
        if extern is None:
            raise self.at(function, slot, self.missing(symbol, "a map or variable"))
        if extern.kind == "kconfig":
            self.refer(function, slot, BPF_PSEUDO_MAP_VALUE, "map_value", ".kconfig", extern.offset)
        else:
            self.refer(function, slot, BPF_PSEUDO_BTF_ID, "ksym", extern.name, 0, extern.weak, extern.type_id)

    def missing(self, symbol: Symbol, what: str) -> str:
        text = f"{_name(self.ctx.elf, symbol)} is {what} that the object doesn't define"
        head = symbol.name.partition("_handle_")[0].partition("_fail")[0]
        if head in _CALLED_BY_COMPILERS:
            return f"{text}; {_CALLED_BY_COMPILERS[head]}"
        if self.ctx.btf is None:
            return f"{text}; kernel symbols and configuration need BTF: build it with -g"
        return f"{text}; declare it __ksym or __kconfig if the kernel has it, or link the object that defines it"


def _slot(reference: Reference) -> int:
    return reference.slot


def _name(elf: ElfFile, symbol: Symbol) -> str:
    if symbol.type == STT_SECTION and symbol.section < len(elf.sections):
        return f"section {elf.sections[symbol.section].name}"
    return repr(symbol.name)


def _between(infos: list[Info] | None, start: int, end: int) -> list[Info]:
    """The infos of slots `start` … `end`; they are sorted by slot."""
    if not infos:
        return []
    return infos[_first(infos, start) : _first(infos, end)]


def _first(infos: Sequence[Line | CoreRelocation], slot: int) -> int:
    """Where the first is that isn't before `slot`. (`bisect` would be one more module to load.)"""
    low, high = 0, len(infos)
    while low < high:
        middle = low + high >> 1
        if infos[middle].slot < slot:
            low = middle + 1
        else:
            high = middle
    return low


def _functions(ctx: Context, section: Section) -> list[Code]:
    """The functions of a section, by symbols, and where symbols are gone by BTF.

    Old LLVM gave functions symbols without a type or a size, beside those of its labels ("LBB0_1").
    """
    if section.size % 8:
        raise ctx.error(f"{section.size} bytes are no whole number of 8-byte instructions", section)
    noted = {info.slot: info.type_id for info in ctx.ext.functions.get(section.name, ())} if ctx.ext else {}
    starts: dict[int, tuple[str, bool, int]] = {}
    for symbol in ctx.symbols_in(section):
        if symbol.type != STT_FUNC:
            if symbol.type == STT_OBJECT or symbol.type != STT_NOTYPE or not symbol.name:
                continue
            if not symbol.is_global and symbol.value // 8 not in noted:
                continue
        if symbol.value % 8 or symbol.value >= section.size:
            raise ctx.error(f"function {symbol.name!r} begins at no instruction of the section", section, symbol.value)
        if symbol.size % 8 or symbol.value + symbol.size > section.size:
            raise ctx.error(f"function {symbol.name!r} has a bad size of {symbol.size} bytes", section, symbol.value)
        starts.setdefault(symbol.value // 8, (symbol.name, symbol.is_global and not symbol.hidden, symbol.size // 8))
    named = bool(starts)
    if ctx.btf is not None:
        for slot, type_id in noted.items():
            func = ctx.btf.type(type_id)
            if not isinstance(func, types.Func):
                raise ctx.error(f"type {type_id} is said to be a function, but is none", section, slot * 8)
            if slot not in starts:
                if slot * 8 >= section.size:
                    raise ctx.error(f"function {func.name!r} is past the end of the section", section, slot * 8)
                # Where others have a symbol, one without is no program: a helper, or a weak function that lost.
                starts[slot] = (func.name, func.linkage == GLOBAL and not named, 0)
    if not starts:
        # A section stripped of all names is one program.
        name = section.name.removeprefix("?").rpartition("/")[2]
        starts[0] = ("".join(char if char.isalnum() else "_" for char in name), True, 0)
    places = sorted(starts)
    out = []
    for index, start in enumerate(places):
        name, is_global, size = starts[start]
        limit = places[index + 1] if index + 1 < len(places) else section.size // 8
        if start + size > limit:
            raise ctx.error(f"function {name!r} reaches into the next one", section, start * 8)
        out.append(Code(section, start, start + size if size else limit, name, is_global, noted.get(start, 0)))
    return out
