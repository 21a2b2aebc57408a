"""Plain data classes that cost nothing to import.

`dataclasses` pulls in `inspect`, `ast` and `dis`: 8 ms on a start that is meant to take 15. A record is what a
dataclass is to its user and to a type checker (PEP 681), with one generic `__init__` in place of generated code.
For things that come by the thousand (instructions, types, line infos) use a slotted class instead.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ClassVar, Self, TypeVar, dataclass_transform

    T = TypeVar("T")
else:

    def dataclass_transform(**_kwargs):
        return lambda cls: cls


class _Factory:
    __slots__ = ("make",)

    def __init__(self, make: Callable[[], object]) -> None:
        self.make = make


def field(*, default_factory: Callable[[], T]) -> T:
    """A field whose default is made anew for each record."""
    return _Factory(default_factory)  # type: ignore[return-value]


_MISSING = object()


class _RecordBase:
    _fields: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        fields = dict(cls._fields)
        for name, annotation in cls.__annotations__.items():
            if not name.startswith("_") and not str(annotation).startswith("ClassVar"):
                fields[name] = cls.__dict__.get(name, _MISSING)
                if isinstance(fields[name], _Factory):
                    delattr(cls, name)
        cls._fields = fields

    def _fill(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        fields = self._fields
        if len(args) > len(fields):
            raise TypeError(f"{type(self).__name__} takes {len(fields)} values, not {len(args)}")
        values = self.__dict__
        values.update(zip(fields, args, strict=False))
        for name, value in kwargs.items():
            if name not in fields:
                raise TypeError(f"{type(self).__name__} has no field {name!r}; it has {', '.join(fields)}")
            if name in values:
                raise TypeError(f"{type(self).__name__}: {name} is given twice")
            values[name] = value
        if len(values) != len(fields):
            for name, default in fields.items():
                if name not in values:
                    if default is _MISSING:
                        raise TypeError(f"{type(self).__name__} needs {name}")
                    values[name] = default.make() if isinstance(default, _Factory) else default

    def _astuple(self) -> tuple[Any, ...]:
        return tuple(self.__dict__[name] for name in self._fields)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._astuple() == other._astuple()

    def __repr__(self) -> str:
        shown = []
        for name, default in self._fields.items():
            value = self.__dict__[name]
            usual = default.make() if isinstance(default, _Factory) else default
            if value is not usual and value != usual:
                shown.append(f"{name}={_short(value)}")
        return f"{type(self).__name__}({', '.join(shown)})"

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed."""
        return type(self)(**{**self.__dict__, **changes})


def _short(value: object) -> str:
    """A value in a repr that somebody reads: of bytecode how long it is, of a long list how it begins."""
    if type(value) is bytes and len(value) > _LONG_BYTES:
        return f"<{len(value)} bytes>"
    if type(value) is list and len(value) > _LONG_LIST:
        return f"[{', '.join(map(_short, value[:_LONG_LIST]))}, … {len(value)} in all]"
    return repr(value)


_LONG_BYTES, _LONG_LIST = 64, 4


@dataclass_transform(field_specifiers=(field,))
class Record(_RecordBase):
    """A base for data that may be edited; `__repr__` leaves out what is as usual, and is short."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._fill(args, kwargs)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen(_RecordBase):
    """A base for data that never changes: rows of tables, hooks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._fill(args, kwargs)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} can't be changed; use replace({name}=…)")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} can't be deleted")

    def __hash__(self) -> int:
        return hash((type(self), self._astuple()))


class Slotted:
    """A base for data that comes by the thousand: a subclass has `__slots__` and its own `__init__` that takes them by name."""

    __slots__: tuple[str, ...] = ()

    def _values(self) -> tuple[Any, ...]:
        return tuple([getattr(self, name) for name in type(self).__slots__])

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in zip(type(self).__slots__, self._values(), strict=True))
        return f"{type(self).__name__}({shown})"

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed."""
        return type(self)(**{**dict(zip(type(self).__slots__, self._values(), strict=True)), **changes})
