"""Makes ELF64 files by hand, byte for byte, right or wrong: what the tests of the object reader stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from struct import pack
from typing import Literal

ORDER = {"little": "<", "big": ">"}


@dataclass
class Sec:
    name: str
    data: bytes = b""
    type: int = 1  # PROGBITS
    flags: int = 2  # ALLOC
    size: int | None = None  # NOBITS
    relocations: list[tuple[int, int, str] | tuple[int, int, str, int]] = field(default_factory=list)


@dataclass
class Sym:
    name: str
    section: str = ""  # "" is undefined
    value: int = 0
    size: int = 0
    type: int = 0
    binding: int = 1
    visibility: int = 0


def code(*slots: tuple[int, int, int, int, int], order: Literal["little", "big"] = "little") -> bytes:
    """(opcode, dst, src, offset, imm) each a slot."""
    out = b""
    for opcode, dst, src, offset, imm in slots:
        registers = dst << 4 | src if order == "big" else src << 4 | dst
        out += pack(ORDER[order] + "BBhi", opcode, registers, offset, imm)
    return out


def text(name: str, data: bytes, *relocations: tuple[int, int, str] | tuple[int, int, str, int]) -> Sec:
    return Sec(name, data, 1, 6, relocations=list(relocations))


def func(name: str, section: str, value: int = 0, size: int = 0, binding: int = 1, visibility: int = 0) -> Sym:
    return Sym(name, section, value, size, 2, binding, visibility)


def elf(
    sections: Sequence[Sec],
    symbols: Sequence[Sym] = (),
    order: Literal["little", "big"] = "little",
    machine: int = 247,
    type: int = 1,
) -> bytes:
    """A file of those sections and symbols. A relocation of three is REL, of four (with an addend) RELA."""
    o = ORDER[order]
    names = b"\0"
    strings = b"\0"
    index = {"": 0, "*ABS*": 0xFFF1} | {sec.name: number for number, sec in enumerate(sections, 1)}
    table = pack(o + "IBBHQQ", 0, 0, 0, 0, 0, 0)
    number_of: dict[str, int] = {}
    for sec in sections:  # a section symbol each, named as the section
        number_of.setdefault(sec.name, len(table) // 24)
        table += pack(o + "IBBHQQ", 0, 3, 0, index[sec.name], 0, 0)
    for sym in symbols:
        number_of[sym.name] = len(table) // 24
        where = index[sym.section]
        table += pack(
            o + "IBBHQQ", len(strings), sym.binding << 4 | sym.type, sym.visibility, where, sym.value, sym.size
        )
        strings += sym.name.encode() + b"\0"
    rows: list[tuple[str, int, int, bytes, int, int, int, int]] = []  # name type flags data size link info entsize
    for sec in sections:
        rows.append((sec.name, sec.type, sec.flags, sec.data, sec.size or len(sec.data), 0, 0, 0))
    symtab = len(sections) + 1
    rows.append((".symtab", 2, 0, table, len(table), symtab + 1, 1, 24))
    rows.append((".strtab", 3, 0, strings, len(strings), 0, 0, 0))
    for number, sec in enumerate(sections, 1):
        rel = b"".join(pack(o + "QQ", r[0], number_of[r[2]] << 32 | r[1]) for r in sec.relocations if len(r) == 3)
        rela = b"".join(
            pack(o + "QQq", r[0], number_of[r[2]] << 32 | r[1], r[3]) for r in sec.relocations if len(r) == 4
        )
        if rel:
            rows.append((".rel" + sec.name, 9, 0, rel, len(rel), symtab, number, 16))
        if rela:
            rows.append((".rela" + sec.name, 4, 0, rela, len(rela), symtab, number, 24))
    name_at = []
    for row in [*rows, (".shstrtab",)]:
        name_at.append(len(names))
        names += row[0].encode() + b"\0"
    rows.append((".shstrtab", 3, 0, names, len(names), 0, 0, 0))
    body = b""
    headers = pack(o + "IIQQQQIIQQ", *[0] * 10)
    for at, (_, kind, flags, data, size, link, info, entsize) in zip(name_at, rows, strict=True):
        body += bytes(-len(body) % 8)
        headers += pack(o + "IIQQQQIIQQ", at, kind, flags, 0, 64 + len(body), size, link, info, 8, entsize)
        body += data
    body += bytes(-len(body) % 8)
    ident = b"\x7fELF\x02" + (b"\x01" if order == "little" else b"\x02") + b"\x01" + bytes(9)
    head = pack(o + "HHIQQQIHHHHHH", type, machine, 1, 0, 0, 64 + len(body), 0, 64, 0, 0, 64, len(rows) + 1, len(rows))
    return ident + head + body + headers
