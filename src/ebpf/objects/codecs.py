"""How a map's keys and values look in Python: by BTF where there is a type, by rule where the kernel has one, else bytes."""

from __future__ import annotations

import struct
import sys

from ebpf.uapi.btf import Kind
from ebpf.uapi.map_types import INDEXED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ebpf.spec import MapSpec

    Pack = Callable[[Any], bytes]
    Unpack = Callable[[bytes], Any]
    Codec = tuple[Pack, Unpack]

_NUMBERS = frozenset("bBhHiIqQfd")
#: This machine's byte order, which is the kernel's.
ORDER = sys.byteorder


def u32(value: int) -> bytes:
    """A number of 32 bits. ValueError, TypeError for what is none."""
    return scalar("I")[0](value)


def number(data: bytes) -> int:
    """An unsigned number of whatever length."""
    return int.from_bytes(data, ORDER)


def scalar(fmt: str, what: str = "") -> Codec:
    """Pack and unpack for one struct format character, in this machine's byte order. `what` it is, for errors."""
    codec = struct.Struct("=" + fmt)
    unpack = codec.unpack
    size = codec.size
    title = f"{what}: " if what else ""

    def pack(value: Any) -> bytes:
        try:
            return codec.pack(value)
        except struct.error:
            if isinstance(value, (bytes, bytearray, memoryview)) and len(value) == size:
                return bytes(value)
            if isinstance(value, int):
                raise ValueError(f"{title}{value} does not fit in {8 * size} bits ({fmt!r})") from None
            raise _mismatch(value, f"a number of {8 * size} bits ({fmt!r})", title) from None

    return pack, lambda data: unpack(data)[0]


def raw(size: int, what: str) -> Codec:
    """Bytes of exactly `size`; a whole number that fits is taken too, in this machine's byte order."""

    def pack(value: Any) -> bytes:
        if isinstance(value, int):
            try:
                return value.to_bytes(size, ORDER, signed=value < 0)
            except OverflowError:
                raise ValueError(f"{what}: {value} does not fit in {size} bytes") from None
        try:
            data = bytes(memoryview(value))
        except TypeError:
            raise _mismatch(value, f"bytes for {what}") from None
        if len(data) != size:
            raise ValueError(f"{what} is {size} bytes, not {len(data)}")
        return data

    return pack, bytes


def for_key(spec: MapSpec) -> Codec:
    if spec.btf is not None and spec.key_type:
        return _by_type(spec, spec.key_type, spec.key_size, "key")
    if spec.type in INDEXED and spec.key_size == 4:
        return scalar("I", f"the key of map {spec.name}")
    return raw(spec.key_size, f"the key of map {spec.name}")


def for_value(spec: MapSpec) -> Codec:
    if spec.btf is not None and spec.value_type:
        return _by_type(spec, spec.value_type, spec.value_size, "value")
    return raw(spec.value_size, f"the value of map {spec.name}")


def may_be_numbers(spec: MapSpec) -> bool:
    """Whether `codes` may have both letters: told by the kinds alone, without making what reads the types."""
    for type_id, plain in ((spec.key_type, spec.type in INDEXED and spec.key_size == 4), (spec.value_type, False)):
        if spec.btf is None or not type_id:
            if not plain:
                return False
        elif spec.btf.kind(spec.btf.resolve(type_id)) not in (Kind.INT, Kind.PTR, Kind.FLOAT):
            return False
    return True


def codes(spec: MapSpec) -> tuple[str, str]:
    """The letters in the `struct` module of key and value where they are plain numbers, else ""."""
    key = value = ""
    if spec.btf is not None and spec.key_type:
        codec = spec.btf.codec(spec.key_type)
        key = codec.code if codec.size == spec.key_size else ""
    elif spec.type in INDEXED and spec.key_size == 4:
        key = "I"
    if spec.btf is not None and spec.value_type:
        codec = spec.btf.codec(spec.value_type)
        value = codec.code if codec.size == spec.value_size else ""
    return (key if key in _NUMBERS else "", value if value in _NUMBERS else "")


def _by_type(spec: MapSpec, type_id: int, size: int, what: str) -> Codec:
    assert spec.btf is not None
    codec = spec.btf.codec(type_id)
    title = f"the {what} of map {spec.name}"
    if codec.size != size:  # a wrong size must never reach the kernel as a stray read
        return raw(size, title)
    return scalar(codec.code, title) if codec.code else (named(codec.encode, title), codec.decode)


def named(encode: Pack, title: str) -> Pack:
    """An encoder whose errors begin with what was to be encoded."""

    def pack(value: Any) -> bytes:
        try:
            return encode(value)
        except TypeError as error:
            raise TypeError(f"{title}: {error}") from None
        except ValueError as error:
            raise ValueError(f"{title}: {error}") from None

    return pack


def _mismatch(value: object, wanted: str, title: str = "") -> TypeError:
    return TypeError(f"{title}{value!r} ({type(value).__name__}) where {wanted} is wanted")
