"""ELF64 relocatable files, as far as BPF objects need it: sections, symbols, relocations, both byte orders.

Facts: the System V ABI's gABI chapters "Object Files" and "Sections"; machine number and relocation types from LLVM's
"BPF ELF relocations". Everything is read in place (memoryviews on one buffer); names are looked up as they are asked for.
"""

from __future__ import annotations

from struct import Struct

from ebpf.errors import ObjectError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

EM_NONE, EM_BPF = 0, 247
ET_REL = 1

SHT_NULL, SHT_PROGBITS, SHT_SYMTAB, SHT_STRTAB, SHT_RELA, SHT_NOBITS, SHT_REL = 0, 1, 2, 3, 4, 8, 9
SHT_GROUP, SHT_SYMTAB_SHNDX = 17, 18
#: Tables of the file itself, that a file written anew has anew.
OWN_TABLES = frozenset((SHT_SYMTAB, SHT_STRTAB, SHT_REL, SHT_RELA, SHT_GROUP, SHT_SYMTAB_SHNDX))
SHF_WRITE, SHF_ALLOC, SHF_EXECINSTR, SHF_COMPRESSED = 0x1, 0x2, 0x4, 0x800

SHN_UNDEF, SHN_LORESERVE, SHN_ABS, SHN_COMMON, SHN_XINDEX = 0, 0xFF00, 0xFFF1, 0xFFF2, 0xFFFF

STB_LOCAL, STB_GLOBAL, STB_WEAK = 0, 1, 2
STT_NOTYPE, STT_OBJECT, STT_FUNC, STT_SECTION, STT_FILE, STT_TLS = 0, 1, 2, 3, 4, 6
STV_DEFAULT, STV_INTERNAL, STV_HIDDEN = 0, 1, 2

R_BPF_NONE, R_BPF_64_64, R_BPF_64_ABS64, R_BPF_64_ABS32, R_BPF_64_NODYLD32, R_BPF_64_32 = 0, 1, 2, 3, 4, 10

#: Names longer than this are taken for damage: clang's and rustc's are far shorter, and a bad string table would cost memory.
MAX_NAME = 4096
#: The most bytes that a section without bytes in the file (.bss, an arena) may ask for: no map takes a larger value (INT_MAX).
MAX_NOBITS = (1 << 31) - 1

_SECTION_SYMBOLS = frozenset((SHN_ABS, SHN_COMMON))


class Section:
    """A section header and its bytes. `data` of a NOBITS section is empty; `size` is what it asks for."""

    __slots__ = ("align", "data", "entsize", "flags", "index", "info", "link", "name", "offset", "size", "type")

    def __init__(self, index: int, header: tuple[int, ...]) -> None:
        _, self.type, self.flags, _, self.offset, self.size, self.link, self.info, self.align, self.entsize = header
        self.index = index
        self.name = ""
        self.data = memoryview(b"")

    @property
    def executable(self) -> bool:
        return self.type == SHT_PROGBITS and bool(self.flags & SHF_EXECINSTR)

    def __repr__(self) -> str:
        return f"Section({self.index}, {self.name!r}, {self.size} bytes)"


class Symbol:
    """A symbol. `section` is an index of a section, or SHN_UNDEF, SHN_ABS, SHN_COMMON; `value` an offset into the section."""

    __slots__ = ("_elf", "_name", "_name_offset", "binding", "index", "section", "size", "type", "value", "visibility")

    def __init__(self, elf: ElfFile, index: int, entry: tuple[int, ...]) -> None:
        self._name_offset, info, other, self.section, self.value, self.size = entry
        self.index = index
        self.binding = info >> 4
        self.type = info & 15
        self.visibility = other & 3
        self._elf = elf
        self._name: str | None = None

    @property
    def name(self) -> str:
        if self._name is None:
            self._name = self._elf.symbol_name(self._name_offset, self.index)
        return self._name

    @property
    def weak(self) -> bool:
        return self.binding == STB_WEAK

    @property
    def is_global(self) -> bool:
        return self.binding in (STB_GLOBAL, STB_WEAK)

    @property
    def hidden(self) -> bool:
        return self.visibility in (STV_HIDDEN, STV_INTERNAL)

    def __repr__(self) -> str:
        return f"Symbol({self.name!r}, section {self.section}, value {self.value:#x}, size {self.size})"


class Relocation:
    """A place (`offset` bytes into its section) that depends on a symbol. `addend` is None where it is in the place itself."""

    __slots__ = ("addend", "offset", "symbol", "type")

    def __init__(self, offset: int, type: int, symbol: Symbol, addend: int | None) -> None:
        self.offset = offset
        self.type = type
        self.symbol = symbol
        self.addend = addend

    def __repr__(self) -> str:
        return f"Relocation({self.offset:#x}, type {self.type}, {self.symbol!r}, {self.addend})"


class ElfFile:
    """A relocatable ELF64 file for BPF. Raises ObjectError for anything else, or where a header lies."""

    def __init__(self, data: bytes | bytearray | memoryview, path: str = "") -> None:
        self.path = path
        view = memoryview(data)
        self.data = view
        if len(view) < 64:
            if bytes(view[:4]) != b"\x7fELF":
                raise self.error("no ELF file" if len(view) else "the file is empty")
            raise self.error(f"the ELF header needs 64 bytes, the file has {len(view)}", offset=0)
        if bytes(view[:4]) == b"BC\xc0\xde":
            raise self.error(
                "LLVM bitcode, no object: compile without -emit-llvm and -flto, or further with clang -x ir"
            )
        if bytes(view[:4]) != b"\x7fELF":
            raise self.error("no ELF file: it doesn't begin with 7f 45 4c 46", offset=0)
        if view[4] != 2:
            raise self.error("a 32-bit ELF file; BPF objects are 64-bit", offset=4)
        if view[5] not in (1, 2):
            raise self.error(f"unknown byte order {view[5]}", offset=5)
        self.byte_order: Literal["little", "big"] = "little" if view[5] == 1 else "big"
        self.order = order = "<" if view[5] == 1 else ">"
        (
            type_,
            machine,
            version,
            _entry,
            _phoff,
            shoff,
            _flags,
            _ehsize,
            _phentsize,
            _phnum,
            shentsize,
            shnum,
            shstrndx,
        ) = Struct(order + "HHIQQQIHHHHHH").unpack_from(view, 16)
        if machine not in (EM_BPF, EM_NONE):  # clang before 4.0 wrote EM_NONE
            raise self.error(
                f"an ELF file for machine {machine}, not for BPF ({EM_BPF}); build it with clang -target bpf", offset=18
            )
        if type_ != ET_REL:
            raise self.error(f"an ELF file of type {type_}; a BPF object is relocatable (type 1)", offset=16)
        if version != 1:
            raise self.error(f"unknown ELF version {version}", offset=20)
        self.sections = self._read_sections(shoff, shentsize, shnum, shstrndx)
        self.symbols: list[Symbol] = []
        self._strings = memoryview(b"")
        self._symbol_section = ""
        self._read_symbols()
        #: index of a section → the sections with its relocations
        self._relocations: dict[int, list[Section]] = {}
        for section in self.sections:
            if section.type in (SHT_REL, SHT_RELA):
                if not 0 < section.info < len(self.sections):
                    raise self.error(f"relocations for section {section.info}, which doesn't exist", section)
                self._relocations.setdefault(section.info, []).append(section)

    def error(self, message: str, section: Section | str = "", offset: int | None = None) -> ObjectError:
        name = section.name if isinstance(section, Section) else section
        return ObjectError(message, path=self.path, section=name, offset=offset)

    def _read_sections(self, shoff: int, shentsize: int, shnum: int, shstrndx: int) -> list[Section]:
        view = self.data
        header = Struct(self.order + "IIQQQQIIQQ")
        if not shoff:
            raise self.error("it has no section headers")
        if shentsize != header.size:
            raise self.error(f"section headers of {shentsize} bytes, expected {header.size}", offset=58)
        if shoff + header.size > len(view):
            raise self.error(
                f"section headers at {shoff:#x} are past the end of the file ({len(view)} bytes)", offset=40
            )
        first = header.unpack_from(view, shoff)
        if shnum == 0:  # more than 0xfeff sections: the count is in the first header
            shnum = first[5]
        if shstrndx == SHN_XINDEX:
            shstrndx = first[6]
        end = shoff + shnum * header.size
        if end > len(view):
            raise self.error(f"{shnum} section headers at {shoff:#x} run past the end of the file", offset=60)
        sections = [Section(index, fields) for index, fields in enumerate(header.iter_unpack(view[shoff:end]))]
        for section in sections:
            if section.type == SHT_NULL:
                section.size = 0
                continue
            if section.type == SHT_NOBITS:
                continue
            if section.offset + section.size > len(view):
                raise self.error(
                    f"section {section.index} ({section.size} bytes at {section.offset:#x}) runs past the end of the file"
                    f" ({len(view)} bytes)",
                    offset=shoff + section.index * header.size,
                )
            section.data = view[section.offset : section.offset + section.size]
        if not shstrndx < len(sections) or sections[shstrndx].type != SHT_STRTAB:
            raise self.error(f"section {shstrndx} should hold the sections' names, but is no string table", offset=62)
        names = sections[shstrndx].data
        for section, (name, *_) in zip(sections, header.iter_unpack(view[shoff:end]), strict=True):
            section.name = self._string(names, name, f"the name of section {section.index}")
        for section in sections:
            if section.type == SHT_NOBITS and section.size > MAX_NOBITS:
                raise self.error(f"{section.size} bytes are more than any map can hold", section)
        return sections

    def _read_symbols(self) -> None:
        tables = [section for section in self.sections if section.type == SHT_SYMTAB]
        if not tables:
            return
        if len(tables) > 1:
            raise self.error("a second symbol table", tables[1])
        table = tables[0]
        entry = Struct(self.order + "IBBHQQ")
        if table.entsize not in (0, entry.size) or table.size % entry.size:
            raise self.error(f"{table.size} bytes are no whole number of {entry.size}-byte symbols", table)
        if not table.link < len(self.sections) or self.sections[table.link].type != SHT_STRTAB:
            raise self.error(f"its names should be in section {table.link}, which is no string table", table)
        self._strings = self.sections[table.link].data
        self._symbol_section = table.name
        count = len(self.sections)
        self.symbols = symbols = []
        for index, fields in enumerate(entry.iter_unpack(table.data)):
            where = fields[3]
            if where >= count and where not in _SECTION_SYMBOLS:
                raise self.error(
                    f"symbol {index} is in section {where}, which doesn't exist", table, offset=index * entry.size
                )
            symbols.append(Symbol(self, index, fields))

    def symbol_name(self, offset: int, index: int) -> str:
        return self._string(self._strings, offset, f"the name of symbol {index}", self._symbol_section)

    def _string(self, table: memoryview, offset: int, what: str, section: str = "") -> str:
        if offset == 0:
            return ""
        if offset >= len(table):
            raise self.error(
                f"{what} is at {offset:#x}, past the end of its string table ({len(table)} bytes)", section
            )
        piece = bytes(table[offset : offset + MAX_NAME + 1])
        end = piece.find(0)
        if end < 0:
            why = "is longer than 4096 bytes" if len(piece) > MAX_NAME else "has no end"
            raise self.error(f"{what} (at {offset:#x} in its string table) {why}", section)
        try:
            return piece[:end].decode()
        except UnicodeDecodeError:
            raise self.error(f"{what} is no UTF-8 text", section) from None

    def section(self, name: str) -> Section | None:
        """The first section of that name."""
        for section in self.sections:
            if section.name == name:
                return section
        return None

    def relocations(self, section: Section) -> list[Relocation]:
        """The relocations of a section, in the order of their places."""
        out: list[Relocation] = []
        symbols = self.symbols
        for table in self._relocations.get(section.index, ()):
            rela = table.type == SHT_RELA
            entry = Struct(self.order + ("QQq" if rela else "QQ"))
            if table.size % entry.size or table.entsize not in (0, entry.size):
                raise self.error(f"{table.size} bytes are no whole number of {entry.size}-byte relocations", table)
            for index, fields in enumerate(entry.iter_unpack(table.data)):
                offset, info = fields[0], fields[1]
                number = info >> 32
                if number >= len(symbols):
                    raise self.error(f"symbol {number} doesn't exist", table, offset=index * entry.size)
                if offset >= section.size:
                    raise self.error(
                        f"relocation {index} is for offset {offset:#x}, past the end of section {section.name}",
                        table,
                        offset=index * entry.size,
                    )
                out.append(Relocation(offset, info & 0xFFFFFFFF, symbols[number], fields[2] if rela else None))
        out.sort(key=_offset)
        return out


def _offset(relocation: Relocation) -> int:
    return relocation.offset
