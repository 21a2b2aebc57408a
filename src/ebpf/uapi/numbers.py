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
            names = {row[0] if isinstance(row, tuple) else row: key for key, row in rows.items()}
            more = tuple(space.get("__annotations__", ()))
            for key, value in {"_rows": rows, "_names": names, "_more": more, "_made": {}, "_by_value": {}}.items():
                type.__setattr__(cls, key, value)
            return cls

        def __getattr__(cls, key):
            # A member is made when it is first asked for: most never are.
            try:
                row = cls._rows[key]
            except KeyError:
                raise AttributeError(f"{cls.__name__} has no {key!r}") from None
            value, *rest = row if isinstance(row, tuple) else (row,)
            member = int.__new__(cls, value)
            member.__dict__["name"] = key
            member.__dict__.update(zip(cls._more, rest, strict=True))
            member = cls._made.setdefault(key, member)  # another thread may have been first
            type.__setattr__(cls, key, member)
            return member

        def __call__(cls, value):
            try:
                return cls._by_value[value]
            except (KeyError, TypeError):
                if not isinstance(value, int) or value not in cls._names:
                    raise ValueError(f"{value!r} is not a valid {cls.__qualname__}") from None
            member = cls._by_value[value] = getattr(cls, cls._names[value])
            return member

        @property
        def __members__(cls):
            return {key: getattr(cls, key) for key in cls._rows}

        def __getitem__(cls, name):
            cls._rows[name]  # KeyError
            return getattr(cls, name)

        def __iter__(cls):
            return (getattr(cls, key) for key in cls._names.values())

        def __len__(cls):
            return len(cls._names)

        def __contains__(cls, value):
            return value in cls._names

        def __dir__(cls):
            return [*super().__dir__(), *cls._rows]

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
