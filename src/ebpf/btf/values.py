"""What decoding gives for structs, unions and enums: small classes, made for each type."""

from __future__ import annotations

from _collections import _tuplegetter  # type: ignore[import-not-found]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any, ClassVar, Self


class EnumNumber(int):
    """A value of an enum: an `int` with a `name`."""

    name: str

    @property
    def value(self) -> int:
        return int(self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}.{self.name}: {int(self)}>"

    def __str__(self) -> str:
        return self.name

    def __reduce__(self) -> tuple[Any, ...]:
        return int, (int(self),)


class StructValue(tuple[object, ...]):
    """A struct: its fields are attributes, in order; otherwise a tuple, so it compares, hashes and unpacks as one.

    Decoding makes thousands of them, so nothing may stand in the way of C when one is made: the class of a value takes a
    sequence of all fields. The class that users are given (`Codec.record`) is a maker of such values: see `maker`.
    """

    __slots__ = ()
    #: The fields, in order; those of anonymous unions stand behind as names, and are reached through them.
    _fields: ClassVar[tuple[str, ...]] = ()
    _names: ClassVar[tuple[str, ...]] = ()
    #: Makes a value of a dict: through the type's bytes, so that what is given must fit and what isn't is 0.
    _of: ClassVar[Callable[[dict[str, Any]], Any]]

    def __getattr__(self, name: str) -> Any:
        # Only a name that the class could not be given (it would have hidden a method) gets here.
        if name in type(self)._fields and not name.startswith("__"):
            return self[type(self)._fields.index(name)]
        raise AttributeError(f"{type(self).__name__} has no field {name!r}; it has {', '.join(self._names)}")

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{value!r}" if name.startswith("_anonymous_") else f"{name}={value!r}"
            for name, value in zip(self._fields, self, strict=True)
        )
        return f"{type(self).__name__}({shown})"

    def _asdict(self) -> dict[str, Any]:
        """The fields as a dict, structs and unions inside as they are."""
        return dict(zip(self._fields, self, strict=True))

    def _replace(self, /, **changes: Any) -> Self:
        """A copy with some fields changed."""
        values = self._asdict()
        for name in changes:
            if name not in values:
                raise TypeError(f"{type(self).__name__} has no field {name!r}; it has {', '.join(self._fields)}")
        values.update(changes)
        return tuple.__new__(type(self), values.values())

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (tuple(self),)


class _Maker(type):
    """The class of makers: what is an instance of the class of values is one of the maker; and they share their names."""

    def __instancecheck__(cls, value: object) -> bool:
        return type.__instancecheck__(cls.__dict__.get("_values", cls), value)

    def __setattr__(cls, name: str, value: Any) -> None:
        values = cls.__dict__.get("_values")
        if values is None or name in ("__name__", "__qualname__", "__module__"):
            type.__setattr__(cls, name, value)
        if values is not None:
            type.__setattr__(values, name, value)


def _made(cls: type[StructValue], /, *values: Any, **fields: Any) -> StructValue:
    """`Event(pid=1)`: fields by place or by name; the others are 0. ValueError or TypeError for what doesn't fit."""
    if len(values) > len(cls._fields):
        raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, not {len(values)}")
    for name, value in zip(cls._fields, values, strict=False):
        if name in fields:
            raise TypeError(f"{cls.__name__}: {name} is given twice")
        fields[name] = value
    made: StructValue = cls._of(fields)
    return made


def maker(cls: type[StructValue]) -> type[StructValue]:
    """The class for users of a class of values: called with fields, it makes one; what decoding gives is an instance of it."""
    made: Any = _Maker(cls.__name__, (cls,), {"__slots__": (), "__new__": _made, "_values": cls})
    return made  # type: ignore[no-any-return]


class UnionValue:
    """A union: the same bytes, read as the member that is asked for."""

    __slots__ = ("_raw",)
    _readers: ClassVar[dict[str, Callable[[bytes], Any]]] = {}
    _names: ClassVar[tuple[str, ...]] = ()

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def __bytes__(self) -> bytes:
        return self._raw

    def __getattr__(self, name: str) -> Any:
        read = type(self)._readers.get(name)
        if read is None:
            raise AttributeError(f"union {type(self).__name__} has no member {name!r}; it has {', '.join(self._names)}")
        return read(self._raw)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, UnionValue):
            return NotImplemented
        return self._raw == other._raw

    def __hash__(self) -> int:
        return hash(self._raw)

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={read(self._raw)!r}" for name, read in self._readers.items())
        return f"{type(self).__name__}({shown})"

    def __reduce__(self) -> tuple[Any, ...]:
        return bytes, (self._raw,)


def _class_name(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


def _free(name: str, base: type) -> bool:
    """Whether a field may be an attribute: it must not hide what the class itself stands on."""
    return not name.startswith("_") or not hasattr(base, name)


def struct_class(name: str, fields: Sequence[str], hoisted: dict[str, int]) -> type[StructValue]:
    """A class of values for a struct with those fields. `hoisted`: names that are found inside the field of that number."""
    body: dict[str, Any] = {"__slots__": (), "_fields": tuple(fields), "__match_args__": tuple(fields)}
    for inner, at in hoisted.items():
        if _free(inner, StructValue):
            body[inner] = property(_through(at, inner))
    for at, field in enumerate(fields):
        if _free(field, StructValue):
            body[field] = _tuplegetter(at, "")
    names = [field for field in fields if not field.startswith("_anonymous_")]
    body["_names"] = tuple(names + [inner for inner in hoisted if inner not in fields])
    return type(_class_name(name), (StructValue,), body)


def _through(at: int, name: str) -> Callable[[Any], Any]:
    return lambda self: getattr(self[at], name)


def union_class(name: str, readers: dict[str, Callable[[bytes], Any]]) -> type[UnionValue]:
    """A class for a union: member name → what reads it from the union's bytes."""
    return type(_class_name(name), (UnionValue,), {"__slots__": (), "_readers": readers, "_names": tuple(readers)})


def enum_class(
    name: str, values: Iterable[tuple[str, int]]
) -> tuple[type[EnumNumber], dict[int, EnumNumber], dict[str, EnumNumber]]:
    """A class for an enum, and its members by value (the first name of each counts) and by name."""
    cls: type[EnumNumber] = type(_class_name(name or "enum"), (EnumNumber,), {})
    by_value: dict[int, EnumNumber] = {}
    by_name: dict[str, EnumNumber] = {}
    for label, value in values:
        member = cls(value)
        member.name = label
        by_name.setdefault(label, member)
        by_value.setdefault(value, member)
        if not hasattr(EnumNumber, label):
            setattr(cls, label, member)
    return cls, by_value, by_name
