"""Several objects → one, as `bpftool gen object` does: sections of one name are put one behind the other, names that one object
only declares are found in the others, types are merged and each taken once.
"""

from __future__ import annotations

from struct import Struct

from ebpf.btf import Btf, types
from ebpf.btf.ext import CoreRelocation, Ext, FuncInfo, Line, parse
from ebpf.btf.ext_writer import write as write_ext
from ebpf.elf.data import finish_btf
from ebpf.elf.format import (
    OWN_TABLES,
    R_BPF_64_32,
    R_BPF_64_64,
    R_BPF_64_ABS32,
    R_BPF_64_ABS64,
    R_BPF_NONE,
    SHN_ABS,
    SHN_UNDEF,
    SHT_NOBITS,
    SHT_PROGBITS,
    STB_GLOBAL,
    STB_LOCAL,
    STB_WEAK,
    STT_FILE,
    STT_SECTION,
    STV_DEFAULT,
    ElfFile,
)
from ebpf.elf.writer import MAX_ZEROS, OutRelocation, OutSection, OutSymbol, alignment, is_debug, write_elf
from ebpf.errors import ObjectError
from ebpf.uapi.btf import EXTERN
from ebpf.uapi.opcodes import CALL, JMP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebpf.btf.build import Builder
    from ebpf.elf.format import Section, Symbol

_CALL = CALL | JMP
#: Sections that every object has once, the same in all.
_ONCE = ("license", "version")
_TYPES = (".BTF", ".BTF.ext")
#: Sections of what nobody defines: the kernel does.
_EXTERN_SECTIONS = (".ksyms", ".kconfig")


def link(objects: Sequence[tuple[str, bytes]]) -> bytes:
    """Links objects, given as (name for messages, bytes), into one. The same objects in the same order give the same bytes.

    Raises ObjectError: two definitions of one name, licenses or versions that differ, byte orders that differ, sections of
    one name and different kinds. A name that nobody defines stays as it is, for the kernel or a later link.
    """
    if not objects:
        raise ObjectError("nothing to link")
    return _Linker([_Input(number, name, data) for number, (name, data) in enumerate(objects)]).link()


class _Input:
    """An object to be linked. `place` is section → (section of the output, offset there)."""

    def __init__(self, number: int, name: str, data: bytes) -> None:
        self.number = number
        self.elf = ElfFile(data, name)
        self.btf: Btf | None = None
        self.ext: Ext | None = None
        section = self.elf.section(".BTF")
        if section is not None and section.size:
            self.btf = finish_btf(self.elf, Btf.parse(bytes(section.data)))
            beside = self.elf.section(".BTF.ext")
            if beside is not None and beside.size:
                self.ext = parse(bytes(beside.data), self.btf)
        self.place: dict[int, tuple[OutSection, int]] = {}
        self.symbols: dict[int, OutSymbol] = {}
        self.type_ids: list[int] = []


class _Global:
    """A global name: its symbol in the output, and who defines it."""

    def __init__(self, symbol: OutSymbol) -> None:
        self.symbol = symbol
        self.owner: _Input | None = None
        self.weak = True
        self.all_weak = True


class _Linker:
    def __init__(self, inputs: list[_Input]) -> None:
        self.inputs = inputs
        self.order = inputs[0].elf.byte_order
        self.sections: dict[str, OutSection] = {}
        self.section_symbols: dict[str, OutSymbol] = {}
        self.globals: dict[str, _Global] = {}
        self.symbols: list[OutSymbol] = []

    def link(self) -> bytes:
        for one in self.inputs:
            if one.elf.byte_order != self.order:
                raise one.elf.error(
                    f"it is {one.elf.byte_order}-endian, {self.inputs[0].elf.path} is {self.order}-endian"
                )
            self.place_sections(one)
        for one in self.inputs:
            self.add_symbols(one)
        for one in self.inputs:
            self.relocate(one)
        self.symbols += [found.symbol for found in self.globals.values()]
        sections = list(self.sections.values())
        sections += self.write_types()
        return write_elf(sections, [*self.section_symbols.values(), *self.symbols], self.order)

    # Sections.

    def place_sections(self, one: _Input) -> None:
        for section in one.elf.sections[1:]:
            if section.type in OWN_TABLES or is_debug(section.name):
                continue
            if section.name in _TYPES:
                continue
            one.place[section.index] = self.place(one, section)

    def place(self, one: _Input, section: Section) -> tuple[OutSection, int]:
        found = self.sections.get(section.name)
        if found is None:
            found = self.sections[section.name] = OutSection(section.name, section.type, section.flags)
        elif section.name in _ONCE:
            if found.data != bytes(section.data):
                raise one.elf.error("it differs from the other objects' (they must be the same)", section)
            return found, 0
        elif found.type != section.type:
            if {found.type, section.type} != {SHT_PROGBITS, SHT_NOBITS}:
                raise one.elf.error(f"it is of type {section.type}, in another object of type {found.type}", section)
            if max(found.size, section.size) > MAX_ZEROS:
                raise one.elf.error(f"{section.size} bytes without contents beside bytes with contents", section)
            if found.type == SHT_NOBITS:
                found.type, found.data = SHT_PROGBITS, bytes(found.size)
        align = alignment(one.elf, section)
        found.flags |= section.flags
        found.align = max(found.align, align)
        offset = (found.size if found.type == SHT_NOBITS else len(found.data)) + align - 1 & -align
        if found.type == SHT_NOBITS:
            found.size = offset + section.size
        else:
            data = bytes(section.size) if section.type == SHT_NOBITS else bytes(section.data)
            found.data = found.data.ljust(offset, b"\0") + data
        return found, offset

    # Symbols.

    def add_symbols(self, one: _Input) -> None:
        for symbol in one.elf.symbols[1:]:
            if symbol.type == STT_FILE:
                continue
            placed = one.place.get(symbol.section)
            if placed is None and symbol.section not in (SHN_UNDEF, SHN_ABS):
                continue  # in a section that isn't kept
            if symbol.type == STT_SECTION:
                if placed is not None:
                    one.symbols[symbol.index] = self.section_symbol(placed[0])
                continue
            section, offset = placed if placed is not None else (None, 0)
            made = OutSymbol(
                symbol.name,
                section,
                symbol.value + offset,
                symbol.size,
                symbol.type,
                symbol.binding,
                symbol.visibility,
                symbol.section == SHN_ABS,
            )
            if symbol.binding == STB_LOCAL:
                self.symbols.append(made)
                one.symbols[symbol.index] = made
            else:
                one.symbols[symbol.index] = self.global_symbol(one, symbol, made)

    def section_symbol(self, section: OutSection) -> OutSymbol:
        return self.section_symbols.setdefault(section.name, OutSymbol("", section, type=STT_SECTION))

    def global_symbol(self, one: _Input, symbol: Symbol, made: OutSymbol) -> OutSymbol:
        found = self.globals.get(symbol.name)
        if found is None:
            found = self.globals[symbol.name] = _Global(
                OutSymbol(symbol.name, type=symbol.type, binding=symbol.binding, visibility=symbol.visibility)
            )
        out = found.symbol
        found.all_weak &= symbol.weak
        # The most hidden of all says (gABI): internal 1, hidden 2, protected 3, and default 0 the least.
        shown = [one for one in (out.visibility, symbol.visibility) if one != STV_DEFAULT]
        out.visibility = min(shown, default=STV_DEFAULT)
        if symbol.section == SHN_UNDEF:
            if found.owner is None:
                out.binding = STB_WEAK if found.all_weak else STB_GLOBAL
            return out
        if found.owner is not None and not found.weak:
            if symbol.weak or (made.section is not None and made.section.name in _ONCE):
                return out
            raise one.elf.error(
                f"{symbol.name!r} is defined here and in {found.owner.elf.path or 'another object'}; make one of them static or"
                " __weak",
                one.elf.sections[symbol.section] if symbol.section < len(one.elf.sections) else "",
                symbol.value,
            )
        if found.owner is None or not symbol.weak:
            found.owner, found.weak = one, symbol.weak
            out.section, out.value, out.size = made.section, made.value, made.size
            out.type, out.binding, out.absolute = made.type, made.binding, made.absolute
        return out

    # Relocations.

    def relocate(self, one: _Input) -> None:
        for index, (section, shift) in one.place.items():
            for relocation in one.elf.relocations(one.elf.sections[index]):
                source = relocation.symbol
                if relocation.type == R_BPF_NONE:
                    continue
                symbol = one.symbols.get(source.index)
                if symbol is None:
                    raise one.elf.error(
                        f"a relocation to {source.name!r}, which lies in a section that isn't linked",
                        one.elf.sections[index],
                        relocation.offset,
                    )
                place = relocation.offset + shift
                addend = relocation.addend
                if source.type == STT_SECTION:
                    moved = one.place[source.section][1]
                    if addend is not None:
                        addend += moved
                    elif moved:
                        self.move(one, section, place, relocation.type, moved)
                section.relocations.append(OutRelocation(place, relocation.type, symbol, addend))

    def move(self, one: _Input, section: OutSection, place: int, kind: int, moved: int) -> None:
        """Adds to the offset into a section that stands in the place itself."""
        data = bytearray(section.data)
        o = "<" if self.order == "little" else ">"
        word = Struct(o + ("Q" if kind == R_BPF_64_ABS64 else "i"))
        if kind in (R_BPF_64_64, R_BPF_64_32):
            at, by = place + 4, moved
            if kind == R_BPF_64_32 or data[place] == _CALL:
                by = moved // 8
        elif kind in (R_BPF_64_ABS64, R_BPF_64_ABS32):
            at, by = place, moved
        else:
            raise one.elf.error(f"relocation type {kind} can't be linked", section.name, place)
        if at + word.size > len(data):
            raise one.elf.error("a relocation past the end of the section", section.name, place)
        try:
            word.pack_into(data, at, word.unpack_from(data, at)[0] + by)
        except Exception:
            raise one.elf.error("an offset that doesn't fit once it is linked", section.name, place) from None
        section.data = bytes(data)

    # Types.

    def write_types(self) -> list[OutSection]:
        from ebpf.btf.build import Builder
        from ebpf.btf.dedup import dedup

        with_types = [one for one in self.inputs if one.btf is not None]
        if not with_types:
            return []
        builder = Builder(byte_order=self.order)
        for one in with_types:
            assert one.btf is not None
            one.type_ids = builder.extend(one.btf)
        self.merge_sections(builder, with_types)
        merged, final = dedup(builder)
        out = Ext()
        for one in with_types:
            one.type_ids = [final[type_id] for type_id in one.type_ids]
            if one.ext is not None:
                self.add_ext(out, one, one.ext)
        merged, data = write_ext(out, merged)
        sections = [OutSection(".BTF", SHT_PROGBITS, data=bytes(merged.raw), align=4)]
        if out.functions or out.lines or out.core:
            sections.append(OutSection(".BTF.ext", SHT_PROGBITS, data=data, align=4))
        return sections

    def merge_sections(self, builder: Builder, inputs: list[_Input]) -> None:
        """One DATASEC a name, its variables where they are now; what another object defines is taken from there.

        What falls away becomes one more of a type that is there already, and goes when each type is taken once.
        """
        filler = next((found for found in builder.types if isinstance(found, types.Int)), None)
        if filler is None:
            filler = types.Int("int", 4, 1)
        sections: dict[str, tuple[int, list[types.SectionVariable], set[str]]] = {}
        for one in inputs:
            assert one.btf is not None
            for type_id, found in one.btf:
                new_id = one.type_ids[type_id]
                if isinstance(found, types.DataSec):
                    if found.name not in sections:
                        sections[found.name] = (new_id, [], set())
                    else:
                        builder.set(new_id, filler)
                    self.add_variables(builder, one, found, sections[found.name], filler)
                elif (
                    isinstance(found, (types.Func, types.Var))
                    and found.linkage == EXTERN
                    and self.is_defined(found.name)
                ):
                    builder.set(new_id, filler)
        for name, (section_id, variables, _) in sections.items():
            out = self.sections.get(name)
            variables.sort(key=lambda variable: variable.offset)
            if name in _EXTERN_SECTIONS:
                size = 0
            elif out is None:
                size = max((variable.offset + variable.size for variable in variables), default=0)
            else:
                size = out.size if out.type == SHT_NOBITS else len(out.data)
            builder.set(section_id, types.DataSec(name, size, variables))

    def is_defined(self, name: str) -> bool:
        found = self.globals.get(name)
        return found is not None and found.owner is not None

    def add_variables(
        self,
        builder: Builder,
        one: _Input,
        section: types.DataSec,
        into: tuple[int, list[types.SectionVariable], set[str]],
        filler: types.Type,
    ) -> None:
        assert one.btf is not None
        _, variables, known = into
        source = one.elf.section(section.name)
        shift = one.place[source.index][1] if source is not None and source.index in one.place else 0
        for variable in section.variables:
            found = one.btf.type(variable.type)
            name = found.name
            linkage = getattr(found, "linkage", 0)
            new_id = one.type_ids[variable.type]
            owner = self.globals[name].owner if linkage and name in self.globals else None
            if section.name in _EXTERN_SECTIONS:
                if name in known or owner is not None:
                    builder.set(new_id, filler)
                    continue
                known.add(name)
                if isinstance(found, types.Var):  # as the compiler wrote it: where it lies is said when it is read
                    builder.set(new_id, types.Var(name, one.type_ids[found.type], EXTERN))
                variables.append(types.SectionVariable(new_id, 0, variable.size))
                continue
            if linkage and owner is not one and (owner is not None or linkage == EXTERN):
                builder.set(new_id, filler)  # another object's definition is the one that counts
                continue
            if section.name in _ONCE and variables:
                builder.set(new_id, filler)
                continue
            variables.append(types.SectionVariable(new_id, variable.offset + shift, variable.size))

    def add_ext(self, out: Ext, one: _Input, ext: Ext) -> None:
        ids = one.type_ids
        places = {one.elf.sections[index].name: offset // 8 for index, (_, offset) in one.place.items()}

        def new_id(old: int) -> int:
            if not 0 <= old < len(ids):
                raise one.elf.error(f"no type {old}", ".BTF.ext")
            return ids[old]

        for name, functions in ext.functions.items():
            at = places.get(name, 0)
            out.functions.setdefault(name, []).extend(
                FuncInfo(info.slot + at, new_id(info.type_id)) for info in functions
            )
        for name, lines in ext.lines.items():
            at = places.get(name, 0)
            out.lines.setdefault(name, []).extend(
                Line(info.slot + at, info.file, info.text, info.line, info.column) for info in lines
            )
        for name, core in ext.core.items():
            at = places.get(name, 0)
            out.core.setdefault(name, []).extend(
                CoreRelocation(info.slot + at, new_id(info.type_id), info.access, info.kind) for info in core
            )
