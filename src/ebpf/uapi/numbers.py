"""Named numbers of the kernel's interface: what `enum.IntEnum` is to its user and to a type checker, made in a tenth of the time.

A start makes two hundred of them, and `enum` is 4 ms of the 20 that loading an object may take.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import IntEnum

    class Numbers(IntEnum):
        """A member is `NAME = number`, or `NAME = number, more…`: `more` are the attributes that the class annotates, in
        their order."""

        def __new__(cls, value: int, *more: object) -> Numbers: ...

else:

    class _Table(type):
        def __new__(mcs, name, bases, space):
            rows = {key: row for key, row in space.items() if key[0] != "_" and isinstance(row, (int, tuple))}
            cls = super().__new__(mcs, name, bases, {key: value for key, value in space.items() if key not in rows})
            more = tuple(space.get("__annotations__", ()))
            members, by_value = {}, {}
            for key, row in rows.items():
                value, *rest = row if isinstance(row, tuple) else (row,)
                member = members[key] = by_value[value] = int.__new__(cls, value)
                member.__dict__["name"] = key
                member.__dict__.update(zip(more, rest, strict=True))
                type.__setattr__(cls, key, member)
            type.__setattr__(cls, "__members__", members)
            type.__setattr__(cls, "_by_value", by_value)
            return cls

        def __call__(cls, value):
            try:
                return cls._by_value[value]
            except (KeyError, TypeError):
                raise ValueError(f"{value!r} is not a valid {cls.__qualname__}") from None

        def __getitem__(cls, name):
            return cls.__members__[name]

        def __iter__(cls):
            return iter(cls._by_value.values())

        def __len__(cls):
            return len(cls._by_value)

        def __contains__(cls, value):
            return value in cls._by_value

        def __setattr__(cls, name, value):
            raise AttributeError(f"{cls.__name__} can't be changed")

    class Numbers(int, metaclass=_Table):
        def __setattr__(self, name, value):
            raise AttributeError(f"{type(self).__name__}.{self.name} can't be changed")

        @property
        def value(self):
            return int(self)

        def __repr__(self):
            return f"<{type(self).__name__}.{self.name}: {int(self)}>"

        def __str__(self):
            return int.__repr__(self)

        def __reduce_ex__(self, protocol):
            return type(self), (int(self),)

        def __deepcopy__(self, memo):
            return self
