"""`.BTF.ext`: what the compiler noted about instructions — the functions they belong to, their source lines, and the CO-RE
relocations. Everything is kept per ELF section, by 8-byte slot.
"""

from __future__ import annotations

from struct import Struct

from ebpf.btf.types import _Slotted
from ebpf.errors import BtfError
from ebpf.uapi.btf import MAGIC

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from ebpf.btf.reader import Btf


class FuncInfo(_Slotted):
    """The function that starts at `slot`: `type_id` is its Func."""

    __slots__ = ("slot", "type_id")
    _fields = ("slot", "type_id")

    def __init__(self, slot: int, type_id: int) -> None:
        self.slot = slot
        self.type_id = type_id


class Line(_Slotted):
    """The C line that the instructions from `slot` on came from. `line` and `column` count from 1, 0 if unknown."""

    __slots__ = ("column", "file", "line", "slot", "text")
    _fields = ("slot", "file", "text", "line", "column")

    def __init__(self, slot: int, file: str, text: str, line: int, column: int = 0) -> None:
        self.slot = slot
        self.file = file
        self.text = text
        self.line = line
        self.column = column


class CoreRelocation(_Slotted):
    """A CO-RE relocation of the instruction at `slot`: `type_id` is the root type in the object's BTF, `access` the access string
    ("0:1:2"), `kind` the number of `enum bpf_core_relo_kind`."""

    __slots__ = ("access", "kind", "slot", "type_id")
    _fields = ("slot", "type_id", "access", "kind")

    def __init__(self, slot: int, type_id: int, access: str, kind: int) -> None:
        self.slot = slot
        self.type_id = type_id
        self.access = access
        self.kind = kind


class Ext:
    """ELF section name → what is known of it, sorted by slot. `_size` is the bytes of a row in the file."""

    __slots__ = ("core", "functions", "lines")

    def __init__(self) -> None:
        self.functions: dict[str, list[FuncInfo]] = {}
        self.lines: dict[str, list[Line]] = {}
        self.core: dict[str, list[CoreRelocation]] = {}


def parse(data: bytes, btf: Btf) -> Ext:
    """Reads a `.BTF.ext` section beside its `.BTF`. Raises BtfError with the offset of what is broken."""
    if len(data) < 24:
        raise _bad(f"{len(data)} bytes are too few for a header of 24", 0)
    magic = data[0] | data[1] << 8
    order: Literal["little", "big"] = "little" if magic == MAGIC else "big"
    if order == "big" and magic != (MAGIC & 0xFF) << 8 | MAGIC >> 8:
        raise _bad(f"no BTF.ext: it begins with {magic:#06x} in place of {MAGIC:#06x}", 0)
    if order != btf.byte_order:
        raise _bad(f"it is {order}-endian, the types beside it are {btf.byte_order}-endian", 0)
    if data[2] != 1:
        raise _bad(f"version {data[2]} of BTF.ext; this reads version 1", 2)
    reader = _Reader(data, order)
    header = reader.word(4)
    if not 24 <= header <= len(data):
        raise _bad(f"a header of {header} bytes in {len(data)}", 4)
    ext = Ext()
    string = btf.string
    texts: dict[int, str] = {}

    def read(places: set[int]) -> None:
        for place in places - texts.keys():
            texts[place] = string(place)

    for name, rows in reader.table(header, 8, 8, "functions", btf):
        functions = [FuncInfo(row[0] >> 3, row[1]) for row in rows]
        ext.functions.setdefault(name, []).extend(functions)
    for name, rows in reader.table(header, 16, 16, "lines", btf):
        read({row[1] for row in rows} | {row[2] for row in rows})
        lines = [Line(row[0] >> 3, texts[row[1]], texts[row[2]], row[3] >> 10, row[3] & 0x3FF) for row in rows]
        ext.lines.setdefault(name, []).extend(lines)
    if header >= 32:
        for name, rows in reader.table(header, 24, 16, "relocations", btf):
            read({row[2] for row in rows})
            core = [CoreRelocation(row[0] >> 3, row[1], texts[row[2]], row[3]) for row in rows]
            ext.core.setdefault(name, []).extend(core)
    for per_section in (ext.functions, ext.lines, ext.core):
        for infos in per_section.values():
            infos.sort(key=_slot)
    return ext


def _slot(info: FuncInfo | Line | CoreRelocation) -> int:
    return info.slot


def _bad(message: str, offset: int) -> BtfError:
    return BtfError(message, section=".BTF.ext", offset=offset)


class _Reader:
    __slots__ = ("data", "order")

    def __init__(self, data: bytes, order: Literal["little", "big"]) -> None:
        self.data = data
        self.order = order

    def word(self, at: int) -> int:
        return int.from_bytes(self.data[at : at + 4], self.order)

    def table(
        self, header: int, field: int, least: int, what: str, btf: Btf
    ) -> Iterator[tuple[str, list[tuple[int, ...]]]]:
        """The rows of one of the tables, section by section. `field` is where the header says where it lies."""
        start, size = header + self.word(field), self.word(field + 4)
        if not size:
            return
        if start % 4:
            raise _bad(f"the {what} aren't 4-byte aligned", field)
        if start + size > len(self.data):
            raise _bad(f"{what} of {size} bytes at {start:#x} reach past the end", field)
        if size < 4:
            raise _bad(f"{what} of {size} bytes: too few for a record size", field)
        record = self.word(start)
        if record < least or record % 4:
            raise _bad(f"{what} have records of {record} bytes; at least {least}, in fours", start)
        at, end = start + 4, start + size
        while at < end:
            if end - at < 8:
                raise _bad(f"{what}: the head of a section is cut short", at)
            name, count = btf.string(self.word(at)), self.word(at + 4)
            if not count:
                raise _bad(f"{what} of section {name!r}: none", at + 4)
            if count * record > end - at - 8:
                raise _bad(f"{what} of section {name!r}: {count} records of {record} bytes reach past the end", at + 4)
            at += 8
            layout = Struct(f"{'<' if self.order == 'little' else '>'}{least // 4}I{record - least}x")
            rows = list(layout.iter_unpack(self.data[at : at + count * record]))
            for number, row in enumerate(rows):
                if row[0] & 7:
                    raise _bad(
                        f"{what} of section {name!r}: byte {row[0]:#x} is no start of an instruction",
                        at + number * record,
                    )
            yield name, rows
            at += count * record
