"""Python values ⇄ bytes, by BTF type.

| C | Python |
| --- | --- |
| integers, pointers | `int` |
| `_Bool` | `bool` |
| `float`, `double` | `float` |
| enums | the enum's own class, an `int` with a `name`; a number it has no name for stays an `int`. Names encode, too |
| `char[n]` | `str`: up to the first NUL, UTF-8 (what isn't becomes surrogates and encodes back). `str` or `bytes` encode |
| `unsigned char[n]` (`__u8`, `u8`, …) | `bytes`, all of them |
| other arrays | `tuple`; any sequence of the right length encodes |
| structs, sections | a record: a tuple with names. A dict, another record or a sequence encodes; what a dict leaves out is 0 |
| unions | a `UnionValue`: each member is read when asked for. A dict with one member, or bytes, encodes |

Members of anonymous structs and unions are reached, and given in a dict, as in C: as if they were the outer one's own.
Padding is written as 0, and not read. Byte order is the BTF's. Structs and unions have a file of
their own, `ebpf.btf.composites`.
"""

from __future__ import annotations

from itertools import repeat, starmap
from struct import Struct as Layout
from struct import error as LayoutError

from ebpf.btf import types
from ebpf.btf.values import StructValue, enum_class, maker
from ebpf.errors import BtfError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from ebpf.btf.reader import Btf

_INT_CODES = {1: "B", 2: "H", 4: "I", 8: "Q"}
_FLOAT_CODES = {2: "e", 4: "f", 8: "d"}
#: Deeper nesting of structs than this is taken for a loop.
MAX_NESTING = 64
#: No value of a map or context comes near this many bytes.
MAX_SIZE = 1 << 30
#: A struct with more fields than this, its anonymous structs' among them, is no C; nor are so many elements without a size.
MAX_FIELDS = 0x10000


#: What a struct or union is called that has no name, not by a typedef either.
NAMELESS = "(anonymous)"


class Codec:
    """Values of one type. `size` is in bytes.

    `encode(value)` gives bytes; `decode(data)` (bytes-like, exactly `size` long) gives a value. Both raise ValueError or
    TypeError, with the name of the field, for what doesn't fit.

    `pack(value)` and `unpack(data)[0]` do the same; for a plain number (`code` is its letter in the `struct` module)
    they are the bound methods of a `struct.Struct` and raise `struct.error`.
    `record` is the class of what decoding gives, for structs, unions and enums; called with fields it makes one.
    """

    __slots__ = ("_record", "code", "columns", "decode", "encode", "order", "pack", "size", "unpack", "values")

    def __init__(
        self,
        size: int,
        encode: Callable[[Any], bytes],
        decode: Callable[[Any], Any],
        *,
        code: str = "",
        order: str = "",
        record: Any = None,
        pack: Callable[[Any], bytes] | None = None,
        unpack: Callable[[Any], tuple[Any, ...]] | None = None,
    ) -> None:
        self.size = size
        self.encode = encode
        self.decode = decode
        self.code = code
        #: Of a plain number: "<" or ">".
        self.order = order
        self._record = record
        #: The class that the values of a struct are made of.
        self.values: type[StructValue] | None = None
        self.pack = pack or encode
        self.unpack = unpack or (lambda data: (decode(data),))
        #: For records whose fields `struct` can take apart: (its format, [(field, what makes a value of it)]). For many
        #: records at once, field by field: `many`.
        self.columns: tuple[str, list[tuple[int, Callable[[Any], Any]]]] | None = None

    @property
    def record(self) -> Any:
        if self._record is None and self.values is not None:
            self._record = maker(self.values)
        return self._record

    def many(self, data: Any, before: int = 0, after: int = 0) -> list[Any]:
        """The values that lie one after the other in `data`, each with so many bytes before and after it that mean nothing."""
        order, body = self._layout()
        return self._from_rows(Layout(f"{order}{before}x{body}{after}x").iter_unpack(data))

    def many_at(self, data: Any, starts: Iterable[int]) -> list[Any]:
        """The values that begin at these bytes of `data`."""
        return self._from_rows(map(Layout("".join(self._layout())).unpack_from, repeat(data), starts))

    def _layout(self) -> tuple[str, str]:
        """Byte order and format of what `_from_rows` takes rows of."""
        if self.columns is not None:
            return self.columns[0][0], self.columns[0][1:]
        return (self.order, self.code) if self.code else ("", f"{self.size}s")

    def _from_rows(self, rows: Iterable[tuple[Any, ...]]) -> list[Any]:
        if self.columns is None:
            return [value for (value,) in rows] if self.code else [self.decode(value) for (value,) in rows]
        cls: Any = self.values
        if self.columns[1]:
            fields: list[Any] = list(zip(*rows, strict=True))
            for at, convert in self.columns[1] if fields else ():
                fields[at] = map(convert, fields[at])
            rows = zip(*fields, strict=True)
        # Quicker than `map(cls, rows)`: the tuple that `zip` makes, and takes back each time, is the call's arguments as it is.
        return list(starmap(cls, zip(rows)))  # noqa: RUF058


def make(btf: Btf, type_id: int) -> Codec:
    """The codec of a type; BtfError for one that has no values (void, functions). Use `Btf.codec`, which keeps them."""
    return make_inner(btf, type_id, 0)


def make_inner(btf: Btf, type_id: int, depth: int) -> Codec:
    known = btf._codecs.get(type_id)
    if known is not None:
        return known
    if depth > MAX_NESTING:
        raise BtfError(f"type {type_id} holds itself, or nests deeper than {MAX_NESTING}", section=".BTF")
    target = btf.resolve(type_id)
    found = btf.type(target)
    if target in btf._codecs:
        # A typedef's values are of its type's own class.
        codec = btf._codecs[target]
    elif isinstance(found, (types.Var, types.DeclTag)):
        codec = make_inner(btf, found.type, depth + 1)
    else:
        size = btf.size(target)
        if size > MAX_SIZE:
            raise BtfError(f"{found.name or target} has {size} bytes, more than any value", section=".BTF")
        order = "<" if btf.byte_order == "little" else ">"
        if isinstance(found, types.Int):
            codec = _integer(btf, found, order)
        elif isinstance(found, types.Pointer):
            codec = _number("pointer", order, "Q")
        elif isinstance(found, types.Enum):
            codec = _enum(found, order, found.name or typedef_name(btf, type_id))
        elif isinstance(found, types.Float):
            code = _FLOAT_CODES.get(size)
            codec = _number(found.name, order, code) if code else _raw(found.name, size)
        elif isinstance(found, types.Array):
            codec = _array(btf, found, order, size, depth)
        else:
            assert isinstance(found, (types.Struct, types.DataSec))
            from ebpf.btf import composites

            title = found.name or typedef_name(btf, type_id) or NAMELESS
            if isinstance(found, types.Union):
                codec = composites.union(btf, found, depth, title)
            else:
                codec = composites.struct(btf, found, order, depth, title)
    btf._codecs[target] = btf._codecs[type_id] = codec
    return codec


def typedef_name(btf: Btf, type_id: int) -> str:
    """The name of the first typedef on the way to what a type is, or empty: what C calls a struct without a name of its own."""
    for _ in range(MAX_NESTING):
        found = btf.type(type_id)
        if isinstance(found, types.Typedef):
            return found.name
        if not isinstance(found, types.MODIFIERS):
            break
        type_id = found.type
    return ""


def _integer(btf: Btf, found: types.Int, order: str) -> Codec:
    code = _INT_CODES.get(found.size)
    if code is None:
        return _wide(found, btf.byte_order)
    if found.is_bool and found.size == 1:
        return _number(found.name, order, "?")
    return _number(found.name, order, code.lower() if found.signed else code)


def _number(name: str, order: str, code: str) -> Codec:
    layout = Layout(order + code)
    pack, unpack, size = layout.pack, layout.unpack, layout.size

    def encode(value: Any) -> bytes:
        try:
            return pack(value)
        except LayoutError as error:
            raise wrong(name, value, error) from None

    def decode(data: Any) -> Any:
        try:
            return unpack(data)[0]
        except LayoutError:
            raise wrong_size(name, size, data) from None

    return Codec(size, encode, decode, code=code, order=order, pack=pack, unpack=unpack)


def wrong(name: str, value: object, error: object) -> Exception:
    kind = TypeError if "required argument" in str(error) or "must be" in str(error) else ValueError
    return kind(f"{name}: {value!r} doesn't fit: {error}")


def wrong_size(name: str, size: int, data: Any) -> ValueError:
    return ValueError(f"{name} has {size} bytes, not {len(data)}")


def _wide(found: types.Int, order: Any) -> Codec:
    """Integers that `struct` has no letter for, such as __int128."""
    size, signed, name = found.size, found.signed, found.name

    def encode(value: Any) -> bytes:
        try:
            return int(value).to_bytes(size, order, signed=signed)
        except OverflowError as error:
            raise ValueError(f"{name}: {value!r} doesn't fit: {error}") from None

    def decode(data: Any) -> int:
        if len(data) != size:
            raise wrong_size(name, size, data)
        return int.from_bytes(data, order, signed=signed)

    return Codec(size, encode, decode)


def _raw(name: str, size: int) -> Codec:
    """Bytes as they are; shorter ones are filled up with 0."""

    def encode(value: Any) -> bytes:
        try:
            data = bytes(memoryview(value))
        except TypeError:
            raise TypeError(f"{name or f'an array of {size} bytes'} is made of bytes, not of {value!r}") from None
        if len(data) > size:
            raise ValueError(f"{name or 'array'}: {len(data)} bytes in a place for {size}")
        return data.ljust(size, b"\0")

    def decode(data: Any) -> bytes:
        if len(data) != size:
            raise wrong_size(name or "array", size, data)
        return bytes(data)

    return Codec(size, encode, decode)


def _text(size: int) -> Codec:
    def encode(value: Any) -> bytes:
        try:
            data = value.encode("utf-8", "surrogateescape") if isinstance(value, str) else bytes(memoryview(value))
        except TypeError:
            raise TypeError(f"{value!r} ({type(value).__name__}) where text or bytes is wanted") from None
        if len(data) > size:
            raise ValueError(f"{value!r} has {len(data)} bytes in a place for {size}")
        return data.ljust(size, b"\0")

    def decode(data: Any) -> str:
        if len(data) != size:
            raise wrong_size("char array", size, data)
        return bytes(data).partition(b"\0")[0].decode("utf-8", "surrogateescape")

    return Codec(size, encode, decode, record=str)


def _enum(found: types.Enum, order: str, title: str) -> Codec:
    code = _INT_CODES.get(found.size)
    if code is None:
        raise BtfError(f"enum {title} of {found.size} bytes", section=".BTF")
    number = _number(f"enum {title}", order, code.lower() if found.signed else code)
    cls, by_value, by_name = enum_class(title, [(value.name, value.value) for value in found.values])
    number_encode, number_decode = number.encode, number.decode
    get = by_value.get

    def encode(value: Any) -> bytes:
        if isinstance(value, str):
            member = by_name.get(value)
            if member is None:
                raise ValueError(f"enum {title} has no {value!r}; it has {', '.join(list(by_name)[:12])}")
            value = member
        return number_encode(value)

    def decode(data: Any) -> int:
        value: int = number_decode(data)
        return get(value, value)

    return Codec(found.size, encode, decode, record=cls)


def _check_count(value: Any, count: int) -> None:
    if isinstance(value, (str, bytes)) or not hasattr(value, "__len__"):
        raise TypeError(f"{value!r} ({type(value).__name__}) where a sequence of {count} is wanted")
    if len(value) != count:
        raise ValueError(f"an array of {count} elements, not {len(value)}")


def _array(btf: Btf, found: types.Array, order: str, size: int, depth: int) -> Codec:
    element_id = btf.resolve(found.type)
    element = btf.type(element_id)
    if isinstance(element, types.Int) and element.size == 1 and not element.is_bool:
        if element.name == "char":
            return _text(size)
        if not element.signed:
            return _raw("", size)
    inner = make_inner(btf, found.type, depth + 1)  # not what is behind a typedef, which may be all the name it has
    count, step = found.nelems, inner.size
    if inner.code:
        layout = Layout(f"{order}{count}{inner.code}")
        pack, unpack = layout.pack, layout.unpack

        def encode_numbers(value: Any) -> bytes:
            try:
                return pack(*value)
            except TypeError:
                _check_count(value, count)
                raise
            except LayoutError as error:
                _check_count(value, count)
                raise wrong("array", value, error) from None

        def decode_numbers(data: Any) -> tuple[Any, ...]:
            try:
                return unpack(data)
            except LayoutError:
                raise wrong_size("array", size, data) from None

        return Codec(size, encode_numbers, decode_numbers)
    if not step and count > MAX_FIELDS:
        raise BtfError(f"an array of {count} elements without a size", section=".BTF")
    encode_one, decode_one = inner.encode, inner.decode

    def encode(value: Any) -> bytes:
        _check_count(value, count)
        return b"".join([encode_one(item) for item in value])

    def decode(data: Any) -> tuple[Any, ...]:
        if len(data) != size:
            raise wrong_size("array", size, data)
        if not step:
            return (decode_one(b""),) * count
        return tuple([decode_one(data[at : at + step]) for at in range(0, size, step)])

    return Codec(size, encode, decode)
