"""Structs and unions ⇄ bytes: what lies where in them, bitfields, anonymous members.

See `ebpf.btf.codec` for what they are in Python.
"""

from __future__ import annotations

from struct import Struct as Layout
from struct import error as LayoutError

from ebpf.btf import types
from ebpf.btf.codec import MAX_FIELDS, MAX_NESTING, Codec, make_inner, wrong, wrong_size
from ebpf.btf.values import EnumNumber, StructValue, UnionValue, enum_class, struct_class, union_class
from ebpf.errors import BtfError
from ebpf.uapi.btf import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from ebpf.btf.reader import Btf


class _Place:
    """A field of a struct, anonymous structs taken apart. A bitfield has `bits`; `bit_offset` is from the struct's start."""

    __slots__ = ("bit_offset", "bits", "name", "type_id")

    def __init__(self, name: str, type_id: int, bit_offset: int, bits: int) -> None:
        self.name = name
        self.type_id = type_id
        self.bit_offset = bit_offset
        self.bits = bits


def _places(btf: Btf, found: types.Struct | types.DataSec) -> list[_Place]:
    out: list[_Place] = []
    if isinstance(found, types.DataSec):
        for variable in found.variables:
            target = btf.type(variable.type)
            if isinstance(target, types.Var):
                out.append(_Place(target.name, target.type, variable.offset * 8, 0))
        out.sort(key=lambda place: place.bit_offset)
    else:
        _flatten(btf, found, 0, out, 0)
    return out


def _flatten(btf: Btf, found: types.Struct, base: int, out: list[_Place], depth: int) -> None:
    if depth > MAX_NESTING:
        raise BtfError(f"struct {found.name} holds itself", section=".BTF")
    for member in found.members:
        if len(out) > MAX_FIELDS:
            raise BtfError(f"struct {found.name} has more than {MAX_FIELDS} fields", section=".BTF")
        if not member.name:
            inner = btf.type(btf.resolve(member.type))
            if inner.kind == Kind.STRUCT:
                assert isinstance(inner, types.Struct)
                _flatten(btf, inner, base + member.bit_offset, out, depth + 1)
                continue
            if not isinstance(inner, types.Union):
                continue
        out.append(_Place(member.name, member.type, base + member.bit_offset, member.bit_size))


def _bits(btf: Btf, place: _Place, start: int, end: int) -> tuple[Callable[[int], Any], Callable[[Any], int]]:
    """How to take a bitfield out of the integer of bytes start … end, and how to make it to be put in."""
    width = place.bits
    field = btf.type(btf.resolve(place.type_id))
    if not isinstance(field, (types.Int, types.Enum)) or not width <= field.size * 8:
        raise BtfError(f"bitfield {place.name} of {width} bits of a {field.kind.label}", section=".BTF")
    into = place.bit_offset - start * 8
    shift = into if btf.byte_order == "little" else (end - start) * 8 - into - width
    mask, signed = (1 << width) - 1, field.signed
    low, high = (-(1 << width - 1), mask >> 1) if signed else (0, mask)
    is_bool = isinstance(field, types.Int) and field.is_bool
    by_value: dict[int, EnumNumber] = {}
    by_name: dict[str, EnumNumber] = {}
    if isinstance(field, types.Enum):
        _cls, by_value, by_name = enum_class(field.name, [(value.name, value.value) for value in field.values])

    def take(whole: int) -> Any:
        value = whole >> shift & mask
        if value > high:
            value -= mask + 1
        return bool(value) if is_bool else by_value.get(value, value)

    def put(value: Any) -> int:
        if isinstance(value, str) and value in by_name:
            value = by_name[value]
        if not isinstance(value, int):
            raise TypeError(f"{place.name}: {value!r} is no integer")
        if not low <= value <= high:
            raise ValueError(f"{place.name}: {value!r} doesn't fit in {width} bits ({low} … {high})")
        return (value & mask) << shift

    return take, put


class _Run:
    """Bytes that bitfields share: one part of the layout, several fields of the value."""

    __slots__ = ("order", "puts", "size", "takes")

    def __init__(self, btf: Btf, places: Sequence[_Place], start: int, end: int) -> None:
        self.size = end - start
        self.order = btf.byte_order
        pairs = [_bits(btf, place, start, end) for place in places]
        self.takes = [take for take, _put in pairs]
        self.puts = [put for _take, put in pairs]

    def decode(self, data: bytes) -> list[Any]:
        whole = int.from_bytes(data, self.order)
        return [take(whole) for take in self.takes]

    def encode(self, values: Sequence[Any]) -> bytes:
        whole = 0
        for put, value in zip(self.puts, values, strict=True):
            whole |= put(value)
        return whole.to_bytes(self.size, self.order)


def struct(btf: Btf, found: types.Struct | types.DataSec, order: str, depth: int, title: str) -> Codec:
    places = _places(btf, found)
    layout, at = order, 0
    # For each part of the layout: how many fields it is, and how to read and write it (None: it is the field).
    parts: list[tuple[int, Callable[[Any], Any] | None, Callable[[Any], bytes] | None]] = []
    names: list[str] = []
    zeros: list[Any] = []
    hoisted: dict[str, int] = {}
    number = 0
    while number < len(places):
        place = places[number]
        start = place.bit_offset // 8
        last = number + 1
        if place.bits:
            while last < len(places) and places[last].bits and places[last].bit_offset >= places[last - 1].bit_offset:
                last += 1
            end = max(-(-(other.bit_offset + other.bits) // 8) for other in places[number:last])
            run = _Run(btf, places[number:last], start, end)
            parts.append((last - number, run.decode, run.encode))
            code = f"{end - start}s"
            names += [other.name for other in places[number:last]]
            zeros += [0] * (last - number)
        else:
            codec = make_inner(btf, place.type_id, depth + 1)
            end = start + codec.size
            code = codec.code or f"{codec.size}s"
            parts.append((1, None, None) if codec.code else (1, codec.decode, codec.encode))
            zeros.append(0 if codec.code else None)
            if place.name:
                names.append(place.name)
            else:
                names.append(f"_anonymous_{len(names)}")
                for name in getattr(codec.values or codec.record, "_names", ()):
                    hoisted.setdefault(name, len(names) - 1)
        if start < at or end > found.size or (place.bit_offset % 8 and not place.bits):
            raise BtfError(
                f"{title}.{place.name} at bit {place.bit_offset} overlaps, or ends past byte {found.size}",
                section=".BTF",
            )
        layout += (f"{start - at}x" if start > at else "") + code
        at = end
        number = last
    layout += f"{found.size - at}x" if found.size > at else ""
    return _record(title, found.size, Layout(layout), parts, names, zeros, hoisted)


def _record(
    title: str,
    size: int,
    layout: Layout,
    parts: list[tuple[int, Callable[[Any], Any] | None, Callable[[Any], bytes] | None]],
    names: list[str],
    zeros: list[Any],
    hoisted: dict[str, int],
) -> Codec:
    pack, unpack = layout.pack, layout.unpack
    cls = struct_class(title, names, hoisted)
    plain = all(decode is None for _count, decode, _encode in parts)
    single = all(count == 1 for count, _decode, _encode in parts)
    converters = [(at, decode) for at, (_count, decode, _encode) in enumerate(parts) if decode is not None]

    def decode_plain(data: Any) -> Any:
        try:
            return cls(unpack(data))
        except LayoutError:
            raise wrong_size(title, size, data) from None

    def decode_single(data: Any) -> Any:
        try:
            values = list(unpack(data))
        except LayoutError:
            raise wrong_size(title, size, data) from None
        for at, convert in converters:
            values[at] = convert(values[at])
        return cls(values)

    def decode_any(data: Any) -> Any:
        try:
            raw = unpack(data)
        except LayoutError:
            raise wrong_size(title, size, data) from None
        values: list[Any] = []
        for part, (count, convert, _encode) in zip(raw, parts, strict=True):
            if convert is None:
                values.append(part)
            elif count == 1 and not isinstance(getattr(convert, "__self__", None), _Run):
                values.append(convert(part))
            else:
                values += convert(part)
        return cls(values)

    position = {name: at for at, name in enumerate(names)}

    def spread(value: Any) -> Sequence[Any]:
        """The fields of what was given, in order; None for a field that is to be 0."""
        if isinstance(value, StructValue) and value._names != cls._names:
            value = {name: getattr(value, name) for name in value._names}
        if not isinstance(value, dict):
            if isinstance(value, (str, bytes)) or not hasattr(value, "__len__"):
                raise TypeError(f"{title} is made of a dict, a record or a sequence, not of {value!r}")
            if len(value) != len(names):
                raise ValueError(f"{title} has {len(names)} fields ({', '.join(names)}), not {len(value)}")
            return value  # type: ignore[no-any-return]
        fields = list(zeros)
        for name, item in value.items():
            at = position.get(name)
            if at is not None:
                fields[at] = item
                continue
            at = hoisted.get(name)
            if at is None:
                known = [known for known in names if not known.startswith("_anonymous_")] + list(hoisted)
                raise ValueError(f"{title} has no field {name!r}; it has {', '.join(known)}")
            fields[at] = {**(fields[at] or {}), name: item}
        return fields

    def encode_any(value: Any) -> bytes:
        fields = spread(value)
        arguments: list[Any] = []
        at = 0
        for count, _decode, convert in parts:
            if convert is None:
                arguments.append(fields[at])
            else:
                run = isinstance(getattr(convert, "__self__", None), _Run)
                try:
                    if run:
                        arguments.append(convert(fields[at : at + count]))
                    else:
                        arguments.append(b"" if fields[at] is None else convert(fields[at]))
                except (TypeError, ValueError) as error:
                    # Which of the bitfields it is, the error says itself.
                    raise type(error)(f"{title}.{error}" if run else f"{title}.{names[at]}: {error}") from None
            at += count
        return write(arguments)

    def encode_plain(value: Any) -> bytes:
        return write(value if type(value) is cls else spread(value))

    def write(arguments: Sequence[Any]) -> bytes:
        try:
            return pack(*arguments)
        except LayoutError as error:
            at, culprit = _culprit(layout, parts, arguments)
            raise wrong(f"{title}.{names[at]}", culprit, error) from None

    encode = encode_plain if plain else encode_any
    decode = decode_plain if plain else decode_single if single and _no_runs(parts) else decode_any
    cls._of = staticmethod(lambda fields: decode(encode(fields)))
    codec = Codec(size, encode, decode)
    codec.values = cls
    if plain or (single and _no_runs(parts)):
        codec.columns = layout.format, converters
    return codec


def _no_runs(parts: Sequence[tuple[int, Any, Any]]) -> bool:
    return not any(isinstance(getattr(decode, "__self__", None), _Run) for _count, decode, _encode in parts)


def _culprit(layout: Layout, parts: Sequence[tuple[int, Any, Any]], arguments: Sequence[Any]) -> tuple[int, Any]:
    """Which field `struct` refused: it doesn't say."""
    codes = layout.format
    order, rest = codes[0], [code for code in _codes(codes[1:]) if not code.endswith("x")]
    at = 0
    for code, (count, _decode, _encode), argument in zip(rest, parts, arguments, strict=True):
        try:
            Layout(order + code).pack(argument)
        except LayoutError:
            return at, argument
        at += count
    return 0, arguments


def _codes(text: str) -> Iterator[str]:
    number = ""
    for letter in text:
        number += letter
        if not letter.isdigit():
            yield number
            number = ""


def union(btf: Btf, found: types.Union, depth: int, title: str) -> Codec:
    size = found.size
    # Name → how to read it; and the ways to write: the names it takes, how, and where in the union.
    readers: dict[str, Callable[[bytes], Any]] = {}
    writers: list[tuple[frozenset[str], Callable[[dict[str, Any]], bytes], int]] = []
    for member in found.members:
        start = member.bit_offset // 8
        if member.bit_size:
            end = -(-(member.bit_offset + member.bit_size) // 8)
            run = _Run(btf, [_Place(member.name, member.type, member.bit_offset, member.bit_size)], start, end)
            if member.name and end <= size:
                readers.setdefault(member.name, _reader(run.decode, start, end, 0))
                writers.append((frozenset((member.name,)), _run_writer(run, member.name), start))
            continue
        inner = btf.type(btf.resolve(member.type))
        if not member.name and not isinstance(inner, types.Struct):
            continue
        codec = make_inner(btf, member.type, depth + 1)
        end = start + codec.size
        if end > size:
            raise BtfError(f"union {title}: {member.name or 'a member'} ends past byte {size}", section=".BTF")
        if member.name:
            readers.setdefault(member.name, _reader(codec.decode, start, end))
            writers.append((frozenset((member.name,)), _member_writer(codec, member.name), start))
        else:
            names = getattr(codec.values or codec.record, "_names", ())
            for name in names:
                readers.setdefault(name, _reader(codec.decode, start, end, name))
            writers.append((frozenset(names), codec.encode, start))
    cls = union_class(title, readers)

    def encode(value: Any) -> bytes:
        if isinstance(value, UnionValue):
            data = value._raw
        elif isinstance(value, dict):
            data = b""
            for names, write, start in writers:
                if value.keys() <= names:
                    data = bytes(start) + write(value) if value else b""
                    break
            else:
                raise ValueError(
                    f"union {title} is made of a dict with one member of it ({', '.join(readers)}), not {value!r}"
                )
        elif isinstance(value, (bytes, bytearray, memoryview)):
            data = bytes(value)
        else:
            raise TypeError(f"union {title} is made of a dict with one member, or of bytes, not of {value!r}")
        if len(data) > size:
            raise ValueError(f"union {title} has {size} bytes, not {len(data)}")
        return data.ljust(size, b"\0")

    def decode(data: Any) -> Any:
        if len(data) != size:
            raise wrong_size(f"union {title}", size, data)
        return cls(bytes(data))

    return Codec(size, encode, decode, record=cls)


def _reader(
    decode: Callable[[Any], Any], start: int, end: int, part: str | int | None = None
) -> Callable[[bytes], Any]:
    if part is None:
        return lambda raw: decode(raw[start:end])
    if isinstance(part, int):
        return lambda raw: decode(raw[start:end])[part]
    return lambda raw: getattr(decode(raw[start:end]), part)


def _run_writer(run: _Run, name: str) -> Callable[[dict[str, Any]], bytes]:
    return lambda value: run.encode([value[name]])


def _member_writer(codec: Codec, name: str) -> Callable[[dict[str, Any]], bytes]:
    return lambda value: codec.encode(value[name])
