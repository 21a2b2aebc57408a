"""What the compiler made of a piece of C: for tests of the headers. Not the library's own reader, so that a mistake there
and a mistake here don't agree."""

from __future__ import annotations

import functools
from io import BytesIO

from elftools.elf.elffile import ELFFile

from ebpf import build
from ebpf.asm import Instruction, decode
from ebpf.btf import Btf, ext
from ebpf.errors import CompileError

#: The source register of a call: of a helper; of a function, which a relocation names.
HELPER_CALL, NAMED_CALL = 0, 1


@functools.cache
def compilers() -> tuple[str, ...]:
    """The compilers that are here, as `cc` takes them."""
    found = []
    for name in ("clang", "zig"):
        try:
            build.find_compiler(name)
        except CompileError:
            continue
        found.append(name)
    return tuple(found)


class Section:
    """A section of code: its instructions, and what names fill in (slot → symbol)."""

    def __init__(self, name: str, code: list[Instruction], symbols: dict[int, str], undefined: set[str]) -> None:
        self.name = name
        self.code = code
        self.symbols = symbols
        self.undefined = undefined

    @property
    def helpers(self) -> list[int]:
        return [at.imm for at in self.code if at.opcode == 0x85 and at.src == HELPER_CALL]

    @property
    def kfuncs(self) -> list[str]:
        slots, slot = [], 0
        for at in self.code:
            if at.opcode == 0x85 and at.src == NAMED_CALL and self.symbols.get(slot) in self.undefined:
                slots.append(self.symbols[slot])
            slot += at.slots
        return slots

    @property
    def context_loads(self) -> list[tuple[int, int]]:
        """(size in bytes, offset) of what is loaded by the argument register before it is changed."""
        sizes = {0x00: 4, 0x08: 2, 0x10: 1, 0x18: 8}
        holders, found = {1}, []
        for at in self.code:
            if at.opcode & 0x07 == 0x01 and at.src in holders:
                found.append((sizes[at.opcode & 0x18], at.offset))
            if at.opcode == 0xBF and at.src in holders:
                holders.add(at.dst)
            elif at.opcode & 0x07 in (0x00, 0x01, 0x04, 0x07):
                holders.discard(at.dst)
            elif at.opcode == 0x85:
                holders -= {1, 2, 3, 4, 5}
        return found

    @property
    def returned(self) -> int | None:
        """The constant that is returned, if it is one."""
        if [at.opcode for at in self.code][1:] != [0x95] or self.code[0].opcode not in (0xB4, 0xB7, 0x18):
            return None
        return self.code[0].imm & 0xFFFFFFFF if self.code[0].opcode == 0xB4 else self.code[0].imm


class Object:
    """An object file: sections of code by name, CO-RE questions by section, symbols."""

    def __init__(self, data: bytes) -> None:
        elf = ELFFile(BytesIO(data))
        self.machine = elf["e_machine"]
        self.order = "little" if elf.little_endian else "big"
        table = elf.get_section_by_name(".symtab")
        self.symbols = {symbol.name: symbol for symbol in table.iter_symbols() if symbol.name}
        self.data = {section.name: section.data() for section in elf.iter_sections() if section["sh_size"]}
        self.sections: dict[str, Section] = {}
        undefined = {name for name, symbol in self.symbols.items() if symbol["st_shndx"] == "SHN_UNDEF"}
        relocations: dict[str, dict[int, str]] = {}
        for section in elf.iter_sections():
            if section["sh_type"] in ("SHT_REL", "SHT_RELA") and not section.name.startswith(
                (".rel.debug", ".rel.BTF")
            ):
                place = elf.get_section(section["sh_info"]).name
                relocations[place] = {
                    entry["r_offset"] // 8: self._symbol_name(elf, table.get_symbol(entry["r_info_sym"]))
                    for entry in section.iter_relocations()
                }
        for section in elf.iter_sections():
            if section["sh_flags"] & 0x4:
                code = decode(section.data(), self.order) if section["sh_size"] else []  # type: ignore[arg-type]
                self.sections[section.name] = Section(section.name, code, relocations.get(section.name, {}), undefined)
        self.btf = Btf.parse(self.data[".BTF"]) if ".BTF" in self.data else None
        self.core: dict[str, list[tuple[int, str, str]]] = {}
        if self.btf is not None and ".BTF.ext" in self.data:
            for name, found in ext.parse(self.data[".BTF.ext"], self.btf).core.items():
                self.core[name] = [(entry.kind, self.btf.name(entry.type_id), entry.access) for entry in found]

    @staticmethod
    def _symbol_name(elf: ELFFile, symbol: object) -> str:
        name = symbol.name  # type: ignore[attr-defined]
        return name or elf.get_section(symbol["st_shndx"]).name  # type: ignore[index,no-any-return]
