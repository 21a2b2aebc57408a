"""BTF as it is made: types added one by one, written out as bytes; several BTFs put into one."""

from __future__ import annotations

import sys
from struct import Struct as Layout

from ebpf.btf import types
from ebpf.btf.reader import Btf
from ebpf.errors import BtfError
from ebpf.uapi.btf import HEADER_SIZE, MAGIC, VERSION, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Literal

#: `vlen` has 16 bits.
MAX_VLEN = 0xFFFF


class Builder:
    """Types to be written. Ids are given in order, from 1 (or, on a base, from its end), and may be used before they are.

    builder = Builder()
    int_ = builder.add(Int("int", 4, INT_SIGNED))
    node = builder.reserve()
    builder.set(node, Struct("node", 16, [Member("next", builder.add(Pointer(node)), 0), …]))
    btf = builder.btf()
    """

    __slots__ = ("base", "byte_order", "types")

    def __init__(
        self,
        types: Iterable[types.Type] = (),
        *,
        base: Btf | None = None,
        byte_order: Literal["little", "big"] = sys.byteorder,
    ) -> None:
        self.base = base
        self.byte_order: Literal["little", "big"] = base.byte_order if base is not None else byte_order
        self.types = list(types)

    @property
    def start_id(self) -> int:
        return len(self.base) if self.base is not None else 1

    def add(self, type: types.Type) -> int:
        """Adds a type; returns its id."""
        self.types.append(type)
        return self.start_id + len(self.types) - 1

    def reserve(self) -> int:
        """An id for a type that comes later, by `set`."""
        return self.add(types.VOID)

    def set(self, type_id: int, type: types.Type) -> None:
        """Puts a type in the place of another."""
        self.types[type_id - self.start_id] = type

    def extend(self, btf: Btf) -> list[int]:
        """Adds all types of another BTF (not those of its base). Returns its ids' new ids, by index: 0 stays 0."""
        shift = self.start_id + len(self.types) - btf.start_id
        kept = list(range(btf.start_id))
        ids = kept + [type_id + shift for type_id in range(btf.start_id, len(btf))]
        for _type_id, found in btf:
            self.types.append(found.mapped(lambda old: _looked_up(ids, old)))
        return ids

    def __bytes__(self) -> bytes:
        """The types as a `.BTF` section. Raises BtfError for what the format can't hold."""
        strings = _Strings(self.base)
        words: list[int] = []
        for number, found in enumerate(self.types, self.start_id):
            try:
                _write(found, strings, words)
            except _TooBig as error:
                raise BtfError(f"type {number} ({found.kind.label} {found.name}): {error}") from None
        order = "<" if self.byte_order == "little" else ">"
        try:
            body = Layout(f"{order}{len(words)}I").pack(*words)
        except Exception:
            number = self._culprit()
            raise BtfError(f"type {number} holds a number that doesn't fit in 32 bits: {self._at(number)!r}") from None
        text = bytes(strings.data)
        head = Layout(order + "HBBIIIII").pack(MAGIC, VERSION, 0, HEADER_SIZE, 0, len(body), len(body), len(text))
        return head + body + text

    def _at(self, type_id: int) -> types.Type:
        return self.types[type_id - self.start_id]

    def _culprit(self) -> int:
        for number, found in enumerate(self.types, self.start_id):
            words: list[int] = []
            _write(found, _Strings(self.base), words)
            if not all(0 <= word <= 0xFFFFFFFF for word in words):
                return number
        return 0

    def btf(self) -> Btf:
        """The types, written and read again."""
        return Btf.parse(bytes(self), self.base)


def _looked_up(ids: Sequence[int], old: int) -> int:
    if not 0 <= old < len(ids):
        raise BtfError(f"no type {old}; ids end at {len(ids) - 1}", section=".BTF")
    return ids[old]


class _TooBig(Exception):
    pass


class _Strings:
    """The string section: each string once."""

    __slots__ = ("base", "data", "known", "start")

    def __init__(self, base: Btf | None) -> None:
        self.base = base
        self.start = base._string_end if base is not None else 0
        self.data = bytearray(b"\0" if base is None else b"")
        self.known: dict[str, int] = {"": 0}

    def add(self, text: str) -> int:
        offset = self.known.get(text)
        if offset is None:
            encoded = text.encode("utf-8", "surrogateescape")
            if b"\0" in encoded:
                raise _TooBig(f"a NUL in the name {text!r}")
            found = self.base._places(encoded, flavours=False) if self.base is not None else []
            if found:
                offset = found[0]
            else:
                offset = self.start + len(self.data)
                self.data += encoded + b"\0"
            self.known[text] = offset
        return offset


def _write(found: types.Type, strings: _Strings, words: list[int]) -> None:
    """Appends the words of one type."""
    name, vlen, flag, third = strings.add(found.name), 0, 0, 0
    rest: list[int] = []
    if isinstance(found, types.Int):
        third = found.size
        if not (0 <= found.encoding <= 15 and 0 <= found.bit_offset <= 255 and 0 <= found.bits <= 255):
            raise _TooBig("encoding, bits or bit offset out of range")
        rest = [found.encoding << 24 | found.bit_offset << 16 | found.bits]
    elif isinstance(found, types.Array):
        rest = [found.type, found.index_type, found.nelems]
    elif isinstance(found, types.Struct):
        third, vlen = found.size, len(found.members)
        flag = int(any(member.bit_size for member in found.members))
        for member in found.members:
            if flag and not (0 <= member.bit_offset < 1 << 24 and 0 <= member.bit_size <= 255):
                raise _TooBig(f"member {member.name}: with bitfields, offsets have 24 bits and widths 8")
            rest += (strings.add(member.name), member.type, member.bit_offset | (member.bit_size << 24 if flag else 0))
    elif isinstance(found, types.Enum):
        third, vlen, flag = found.size, len(found.values), int(found.signed)
        wide = found.kind == Kind.ENUM64
        for value in found.values:
            if not -(1 << 63) <= value.value < 1 << (64 if wide else 32) or (not wide and value.value < -(1 << 31)):
                raise _TooBig(f"{value.name} is {value.value}, too big")
            rest += (strings.add(value.name), value.value & 0xFFFFFFFF)
            if wide:
                rest.append(value.value >> 32 & 0xFFFFFFFF)
    elif isinstance(found, types.FuncProto):
        third, vlen = found.ret, len(found.params)
        for param in found.params:
            rest += (strings.add(param.name), param.type)
    elif isinstance(found, types.DataSec):
        third, vlen = found.size, len(found.variables)
        for variable in found.variables:
            rest += (variable.type, variable.offset, variable.size)
    elif isinstance(found, types.Forward):
        flag = int(found.is_union)
    elif isinstance(found, types.Float):
        third = found.size
    elif isinstance(found, types.Void):
        raise _TooBig("its id was reserved and never set")
    else:
        assert isinstance(found, types._Reference)
        third = found.type
        if isinstance(found, types.Func):
            vlen = found.linkage
        elif isinstance(found, types.Var):
            rest = [found.linkage]
        elif isinstance(found, types.DeclTag):
            flag = int(found.is_attribute)
            rest = [found.component & 0xFFFFFFFF]
        elif isinstance(found, types.TypeTag):
            flag = int(found.is_attribute)
    if vlen > MAX_VLEN:
        raise _TooBig(f"{vlen} members; {MAX_VLEN} at most")
    words += (name, flag << 31 | found.kind << 24 | vlen, third)
    words += rest


def merge(btfs: Sequence[Btf], *, byte_order: Literal["little", "big"] | None = None) -> tuple[Btf, list[list[int]]]:
    """Several BTFs as one, types that are the same taken once (see `dedup`). Also gives, for each of them, its ids' new ids.

    Variables and sections stay apart, also those of the same name: what becomes of them is for a linker to say.
    Split BTFs can't be merged.
    """
    from ebpf.btf.dedup import dedup

    if any(btf.base is not None for btf in btfs):
        raise BtfError("a split BTF can't be merged; its base belongs to it")
    builder = Builder(byte_order=byte_order or (btfs[0].byte_order if btfs else sys.byteorder))
    ids = [builder.extend(btf) for btf in btfs]
    merged, final = dedup(builder)
    return merged, [[final[type_id] for type_id in one] for one in ids]
