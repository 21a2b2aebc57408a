"""ELF64 files for BPF, written: what stripping and linking of objects stand on."""

from __future__ import annotations

from struct import Struct

from ebpf._record import Record, field
from ebpf.elf.format import (
    EM_BPF,
    ET_REL,
    OWN_TABLES,
    SHN_ABS,
    SHN_LORESERVE,
    SHN_UNDEF,
    SHT_NOBITS,
    SHT_REL,
    SHT_RELA,
    SHT_STRTAB,
    SHT_SYMTAB,
    STB_LOCAL,
    STT_FILE,
    STT_NOTYPE,
    STT_SECTION,
    ElfFile,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from ebpf.elf.format import Section


class OutSymbol(Record):
    """A symbol to be written. `section` is None for one that is undefined; `absolute` for one in no section."""

    name: str
    section: OutSection | None = None
    value: int = 0
    size: int = 0
    type: int = STT_NOTYPE
    binding: int = STB_LOCAL
    visibility: int = 0
    absolute: bool = False


class OutRelocation(Record):
    """A relocation to be written; REL when `addend` is None."""

    offset: int
    type: int
    symbol: OutSymbol
    addend: int | None = None


class OutSection(Record):
    """A section to be written. `size` counts for NOBITS only."""

    name: str
    type: int
    flags: int = 0
    data: bytes = b""
    size: int = 0
    align: int = 1
    entsize: int = 0
    relocations: list[OutRelocation] = field(default_factory=list)


def write_elf(sections: list[OutSection], symbols: list[OutSymbol], order: Literal["little", "big"]) -> bytes:
    """A relocatable file of these sections and symbols. The same input gives the same bytes."""
    o = "<" if order == "little" else ">"
    header, entry = Struct(o + "IIQQQQIIQQ"), Struct(o + "IBBHQQ")
    number = {id(section): index for index, section in enumerate(sections, 1)}
    if len(sections) * 2 + 4 >= SHN_LORESERVE:
        raise ValueError(f"{len(sections)} sections are too many for one file")
    strings = _Strings()
    # Local symbols come first (gABI); the table's `info` is where the others begin.
    ordered = sorted(symbols, key=lambda symbol: symbol.binding != STB_LOCAL)
    place = {id(symbol): index for index, symbol in enumerate(ordered, 1)}
    table = bytearray(entry.size)
    for symbol in ordered:
        where = SHN_ABS if symbol.absolute else number[id(symbol.section)] if symbol.section is not None else SHN_UNDEF
        info = symbol.binding << 4 | symbol.type
        table += entry.pack(strings.add(symbol.name), info, symbol.visibility, where, symbol.value, symbol.size)
    locals_ = 1 + sum(symbol.binding == STB_LOCAL for symbol in ordered)
    symtab = len(sections) + 1
    # name, type, flags, data, size, link, info, align, entsize
    rows: list[tuple[str, int, int, bytes, int, int, int, int, int]] = []
    for section in sections:
        size = section.size if section.type == SHT_NOBITS else len(section.data)
        rows.append(
            (section.name, section.type, section.flags, section.data, size, 0, 0, section.align, section.entsize)
        )
    rows.append((".symtab", SHT_SYMTAB, 0, bytes(table), len(table), symtab + 1, locals_, 8, entry.size))
    rows.append((".strtab", SHT_STRTAB, 0, strings.data, len(strings.data), 0, 0, 1, 0))
    for section in sections:
        for rela in (False, True):
            chosen = [one for one in section.relocations if (one.addend is not None) == rela]
            if not chosen:
                continue
            row = Struct(o + ("QQq" if rela else "QQ"))
            data = b"".join(
                row.pack(one.offset, place[id(one.symbol)] << 32 | one.type, *([one.addend] if rela else []))
                for one in chosen
            )
            name, kind = (".rela", SHT_RELA) if rela else (".rel", SHT_REL)
            rows.append((name + section.name, kind, 0, data, len(data), symtab, number[id(section)], 8, row.size))
    names = _Strings()
    offsets = [names.add(row[0]) for row in rows]
    offsets.append(names.add(".shstrtab"))
    rows.append((".shstrtab", SHT_STRTAB, 0, names.data, len(names.data), 0, 0, 1, 0))
    body = bytearray()
    headers = bytearray(header.size)
    for at, (_, kind, flags, data, size, link, info, align, entsize) in zip(offsets, rows, strict=True):
        body += bytes(-(64 + len(body)) % max(align, 1))
        headers += header.pack(at, kind, flags, 0, 64 + len(body), size, link, info, align, entsize)
        if kind != SHT_NOBITS:
            body += data
    body += bytes(-len(body) % 8)
    ident = b"\x7fELF\x02" + (b"\x01" if order == "little" else b"\x02") + b"\x01" + bytes(9)
    head = Struct(o + "HHIQQQIHHHHHH").pack(
        ET_REL, EM_BPF, 1, 0, 0, 64 + len(body), 0, 64, 0, 0, header.size, len(rows) + 1, len(rows)
    )
    return ident + head + bytes(body) + bytes(headers)


class _Strings:
    """A string table, each string once."""

    def __init__(self) -> None:
        self.data = b"\0"
        self._places: dict[str, int] = {"": 0}

    def add(self, text: str) -> int:
        place = self._places.get(text)
        if place is None:
            place = self._places[text] = len(self.data)
            self.data += text.encode() + b"\0"
        return place


#: Sections aligned to more than a page, or with more bytes than this where none stand in the file, are damage.
MAX_ALIGN, MAX_ZEROS = 4096, 1 << 26


def alignment(elf: ElfFile, section: Section) -> int:
    """What a section is to be aligned to. Raises ObjectError for what is no alignment."""
    align = max(section.align, 1)
    if align > MAX_ALIGN or align & (align - 1):
        raise elf.error(f"an alignment of {section.align} bytes", section)
    return align


def is_debug(name: str) -> bool:
    return name.startswith(".debug_") or name in (".llvm_addrsig", ".eh_frame", ".comment")


def strip(data: bytes, path: str = "") -> bytes:
    """The object without DWARF, and without symbols that nothing needs (labels, section symbols of what is gone).

    BTF stays, but for its relocations, which no loader applies. Raises ObjectError for what is no BPF object.
    """
    elf = ElfFile(data, path)
    kept: dict[int, OutSection] = {}
    for section in elf.sections[1:]:
        if section.type in OWN_TABLES or is_debug(section.name):
            continue
        kept[section.index] = OutSection(
            section.name,
            section.type,
            section.flags,
            bytes(section.data),
            section.size,
            alignment(elf, section),
            section.entsize,
        )
    used: set[int] = set()
    relocations = {
        index: elf.relocations(elf.sections[index])
        for index, section in kept.items()
        if section.name not in (".BTF", ".BTF.ext")
    }
    for found in relocations.values():
        used.update(relocation.symbol.index for relocation in found)
    symbols: dict[int, OutSymbol] = {}
    for symbol in elf.symbols[1:]:
        if symbol.type == STT_FILE or (
            symbol.index not in used
            and (symbol.type == STT_SECTION or (symbol.binding == STB_LOCAL and symbol.type == STT_NOTYPE))
        ):
            continue
        if symbol.section != SHN_UNDEF and symbol.section != SHN_ABS and symbol.section not in kept:
            continue
        symbols[symbol.index] = OutSymbol(
            symbol.name,
            kept.get(symbol.section),
            symbol.value,
            symbol.size,
            symbol.type,
            symbol.binding,
            symbol.visibility,
            symbol.section == SHN_ABS,
        )
    for index, found in relocations.items():
        for relocation in found:
            target = symbols.get(relocation.symbol.index)
            if target is None:
                raise elf.error(
                    f"a relocation to {relocation.symbol.name!r}, which lies in a debug section",
                    elf.sections[index],
                    relocation.offset,
                )
            kept[index].relocations.append(OutRelocation(relocation.offset, relocation.type, target, relocation.addend))
    return write_elf(list(kept.values()), list(symbols.values()), elf.byte_order)
