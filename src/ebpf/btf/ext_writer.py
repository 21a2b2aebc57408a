"""`.BTF.ext` as it is written: the counterpart of `ebpf.btf.ext`."""

from __future__ import annotations

from struct import Struct

from ebpf.btf.reader import Btf

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ebpf.btf.ext import Ext

_MAGIC = 0xEB9F


def write(ext: Ext, btf: Btf) -> tuple[Btf, bytes]:
    """The section's bytes, and the types again: with the strings that lines and relocations name added to theirs."""
    o = "<" if btf.byte_order == "little" else ">"
    strings = _Strings(btf, o)
    add = strings.add
    functions = {name: [(info.slot * 8, info.type_id) for info in infos] for name, infos in ext.functions.items()}
    lines = {
        name: [
            (info.slot * 8, add(info.file), add(info.text), info.line << 10 | min(info.column, 0x3FF)) for info in infos
        ]
        for name, infos in ext.lines.items()
    }
    core = {
        name: [(info.slot * 8, info.type_id, add(info.access), info.kind) for info in infos]
        for name, infos in ext.core.items()
    }
    parts = [_table(o, rows, width, add) for rows, width in ((functions, 2), (lines, 4), (core, 4))]
    places: list[int] = []
    at = 0
    for part in parts:
        places += [at, len(part)]
        at += len(part)
    header = Struct(o + "HBBI6I").pack(_MAGIC, 1, 0, 32, *places)
    return strings.btf(), header + b"".join(parts)


def _table(o: str, rows: Mapping[str, Sequence[tuple[int, ...]]], width: int, add: _Adder) -> bytes:
    if not any(rows.values()):
        return b""
    row, head, word = Struct(f"{o}{width}I"), Struct(o + "2I"), Struct(o + "I")
    out = [word.pack(row.size)]
    for name, infos in rows.items():
        if infos:
            out.append(head.pack(add(name), len(infos)))
            out += [row.pack(*info) for info in infos]
    return b"".join(out)


class _Strings:
    """The strings of types, and more behind them."""

    def __init__(self, btf: Btf, o: str) -> None:
        raw = bytes(btf.raw)
        self._header = Struct(o + "HBBIIIII")
        self._fields = self._header.unpack_from(raw)
        _, _, _, length, _, _, start, size = self._fields
        self._raw = raw[: length + start]
        self._data = bytearray(raw[length + start : length + start + size])
        self._places: dict[str, int] = {"": 0}
        at = 0
        for text in bytes(self._data).split(b"\0")[:-1]:
            self._places.setdefault(text.decode("utf-8", "surrogateescape"), at)
            at += len(text) + 1

    def add(self, text: str) -> int:
        place = self._places.get(text)
        if place is None:
            place = self._places[text] = len(self._data)
            self._data += text.encode("utf-8", "surrogateescape") + b"\0"
        return place

    def btf(self) -> Btf:
        head = self._header.pack(*self._fields[:-1], len(self._data))
        return Btf.parse(head + self._raw[self._header.size :] + bytes(self._data))


if TYPE_CHECKING:
    from collections.abc import Callable

    _Adder = Callable[[str], int]
