"""The kinds of BTF types, one slotted class each.

A type refers to others by their id (0 is void). `name` is "" where the type has none. Sizes are in bytes; what counts
bits says so in its name.
"""

from __future__ import annotations

from ebpf.uapi.btf import INT_BOOL, INT_CHAR, INT_SIGNED, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, ClassVar, Self


class _Slotted:
    """Equality, `repr` and `replace` from the slots of a class and its bases."""

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = ()

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._fields)

    def __hash__(self) -> int:
        return hash((type(self), *(_hashable(getattr(self, name)) for name in self._fields)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._fields)})"

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed."""
        return type(self)(**{name: getattr(self, name) for name in self._fields} | changes)


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


class Type(_Slotted):
    """The base of all kinds."""

    __slots__ = ("name",)
    kind: ClassVar[Kind] = Kind.UNKN
    name: str

    def references(self) -> Iterator[int]:
        """The ids of the types that this one refers to, in the order they stand in the file."""
        return iter(())

    def mapped(self, to: Callable[[int], int]) -> Self:
        """The same type, with each id that it refers to put through `to`."""
        return self


class Void(Type):
    """Type 0: no type at all."""

    __slots__ = ()

    def __init__(self) -> None:
        self.name = "void"


class Int(Type):
    """An integer of `size` bytes. `bits` and `bit_offset` differ from the whole only in bitfields of old compilers."""

    __slots__ = ("bit_offset", "bits", "encoding", "size")
    _fields = ("name", "size", "encoding", "bits", "bit_offset")
    kind = Kind.INT

    def __init__(self, name: str, size: int, encoding: int = 0, bits: int = -1, bit_offset: int = 0) -> None:
        self.name = name
        self.size = size
        self.encoding = encoding
        self.bits = size * 8 if bits < 0 else bits
        self.bit_offset = bit_offset

    @property
    def signed(self) -> bool:
        return bool(self.encoding & INT_SIGNED)

    @property
    def is_bool(self) -> bool:
        return bool(self.encoding & INT_BOOL)

    @property
    def is_char(self) -> bool:
        """Whether the encoding says char. Most compilers leave it out: `name` is the better witness."""
        return bool(self.encoding & INT_CHAR)


class _Reference(Type):
    __slots__ = ("type",)
    type: int

    def references(self) -> Iterator[int]:
        yield self.type

    def mapped(self, to: Callable[[int], int]) -> Self:
        return self.replace(type=to(self.type))


class _Modifier(_Reference):
    __slots__ = ()
    _fields = ("type",)

    def __init__(self, type: int) -> None:
        self.name = ""
        self.type = type


class Pointer(_Modifier):
    """A pointer to `type`."""

    __slots__ = ()
    kind = Kind.PTR


class Volatile(_Modifier):
    """`volatile`."""

    __slots__ = ()
    kind = Kind.VOLATILE


class Const(_Modifier):
    """`const`."""

    __slots__ = ()
    kind = Kind.CONST


class Restrict(_Modifier):
    """`restrict`."""

    __slots__ = ()
    kind = Kind.RESTRICT


class Array(Type):
    """`nelems` of `type`; 0 is a flexible array. `index_type` is what counts them, of no use."""

    __slots__ = ("index_type", "nelems", "type")
    _fields = ("type", "index_type", "nelems")
    kind = Kind.ARRAY

    def __init__(self, type: int, index_type: int, nelems: int) -> None:
        self.name = ""
        self.type = type
        self.index_type = index_type
        self.nelems = nelems

    def references(self) -> Iterator[int]:
        yield self.type
        yield self.index_type

    def mapped(self, to: Callable[[int], int]) -> Self:
        return self.replace(type=to(self.type), index_type=to(self.index_type))


class Member(_Slotted):
    """A member of a struct or union. `bit_offset` is from the start of it; `bit_size` is 0 unless it is a bitfield."""

    __slots__ = ("bit_offset", "bit_size", "name", "type")
    _fields = ("name", "type", "bit_offset", "bit_size")

    def __init__(self, name: str, type: int, bit_offset: int, bit_size: int = 0) -> None:
        self.name = name
        self.type = type
        self.bit_offset = bit_offset
        self.bit_size = bit_size


class Struct(Type):
    """A struct of `size` bytes."""

    __slots__ = ("members", "size")
    _fields = ("name", "size", "members")
    kind = Kind.STRUCT

    def __init__(self, name: str, size: int, members: list[Member]) -> None:
        self.name = name
        self.size = size
        self.members = members

    def references(self) -> Iterator[int]:
        for member in self.members:
            yield member.type

    def mapped(self, to: Callable[[int], int]) -> Self:
        members = [Member(member.name, to(member.type), member.bit_offset, member.bit_size) for member in self.members]
        return self.replace(members=members)

    def member(self, name: str) -> Member:
        """The member of that name; KeyError if there is none. Members of anonymous members aren't looked at."""
        for member in self.members:
            if member.name == name:
                return member
        raise KeyError(name)


class Union(Struct):
    """A union of `size` bytes."""

    __slots__ = ()
    kind = Kind.UNION


class EnumValue(_Slotted):
    """A named value of an enum."""

    __slots__ = ("name", "value")
    _fields = ("name", "value")

    def __init__(self, name: str, value: int) -> None:
        self.name = name
        self.value = value


class Enum(Type):
    """An enum of `size` bytes whose values fit in 32 bits."""

    __slots__ = ("signed", "size", "values")
    _fields = ("name", "size", "signed", "values")
    kind = Kind.ENUM

    def __init__(self, name: str, size: int, signed: bool, values: list[EnumValue]) -> None:
        self.name = name
        self.size = size
        self.signed = signed
        self.values = values


class Enum64(Enum):
    """An enum of `size` bytes with values of 64 bits."""

    __slots__ = ()
    kind = Kind.ENUM64


class Forward(Type):
    """A struct or union that is named and nowhere defined."""

    __slots__ = ("is_union",)
    _fields = ("name", "is_union")
    kind = Kind.FWD

    def __init__(self, name: str, is_union: bool = False) -> None:
        self.name = name
        self.is_union = is_union


class Typedef(_Reference):
    """`typedef type name`."""

    __slots__ = ()
    _fields = ("name", "type")
    kind = Kind.TYPEDEF

    def __init__(self, name: str, type: int) -> None:
        self.name = name
        self.type = type


class Func(_Reference):
    """A function; `type` is its FuncProto, `linkage` 0 static, 1 global, 2 extern."""

    __slots__ = ("linkage",)
    _fields = ("name", "type", "linkage")
    kind = Kind.FUNC

    def __init__(self, name: str, type: int, linkage: int = 0) -> None:
        self.name = name
        self.type = type
        self.linkage = linkage


class Param(_Slotted):
    """A parameter. The last of a variadic function has neither name nor type."""

    __slots__ = ("name", "type")
    _fields = ("name", "type")

    def __init__(self, name: str, type: int) -> None:
        self.name = name
        self.type = type


class FuncProto(Type):
    """What a function takes and returns (`ret`, 0 for void)."""

    __slots__ = ("params", "ret")
    _fields = ("ret", "params")
    kind = Kind.FUNC_PROTO

    def __init__(self, ret: int, params: list[Param]) -> None:
        self.name = ""
        self.ret = ret
        self.params = params

    def references(self) -> Iterator[int]:
        yield self.ret
        for param in self.params:
            yield param.type

    def mapped(self, to: Callable[[int], int]) -> Self:
        return self.replace(ret=to(self.ret), params=[Param(param.name, to(param.type)) for param in self.params])


class Var(_Reference):
    """A global variable; `linkage` 0 static, 1 global, 2 extern."""

    __slots__ = ("linkage",)
    _fields = ("name", "type", "linkage")
    kind = Kind.VAR

    def __init__(self, name: str, type: int, linkage: int = 0) -> None:
        self.name = name
        self.type = type
        self.linkage = linkage


class SectionVariable(_Slotted):
    """Where a variable (or an extern function) lies in its section: `type` is a Var (or a Func)."""

    __slots__ = ("offset", "size", "type")
    _fields = ("type", "offset", "size")

    def __init__(self, type: int, offset: int, size: int) -> None:
        self.type = type
        self.offset = offset
        self.size = size


class DataSec(Type):
    """The variables of an ELF section. Compilers leave `size` and the offsets 0; they come from the ELF file."""

    __slots__ = ("size", "variables")
    _fields = ("name", "size", "variables")
    kind = Kind.DATASEC

    def __init__(self, name: str, size: int, variables: list[SectionVariable]) -> None:
        self.name = name
        self.size = size
        self.variables = variables

    def references(self) -> Iterator[int]:
        for variable in self.variables:
            yield variable.type

    def mapped(self, to: Callable[[int], int]) -> Self:
        variables = [SectionVariable(to(one.type), one.offset, one.size) for one in self.variables]
        return self.replace(variables=variables)


class Float(Type):
    """A floating point number of `size` bytes."""

    __slots__ = ("size",)
    _fields = ("name", "size")
    kind = Kind.FLOAT

    def __init__(self, name: str, size: int) -> None:
        self.name = name
        self.size = size


class DeclTag(_Reference):
    """`__attribute__((btf_decl_tag("name")))` on `type`, or on its member or parameter `component` (-1: on itself).

    `is_attribute`: any other attribute, spelled by `name` (kind_flag; Linux 6.14).
    """

    __slots__ = ("component", "is_attribute")
    _fields = ("name", "type", "component", "is_attribute")
    kind = Kind.DECL_TAG

    def __init__(self, name: str, type: int, component: int = -1, is_attribute: bool = False) -> None:
        self.name = name
        self.type = type
        self.component = component
        self.is_attribute = is_attribute


class TypeTag(_Reference):
    """`__attribute__((btf_type_tag("name")))` on a pointer's target. `is_attribute`: as for DeclTag."""

    __slots__ = ("is_attribute",)
    _fields = ("name", "type", "is_attribute")
    kind = Kind.TYPE_TAG

    def __init__(self, name: str, type: int, is_attribute: bool = False) -> None:
        self.name = name
        self.type = type
        self.is_attribute = is_attribute


#: What `Btf.resolve` sees through.
MODIFIERS = (Typedef, Const, Volatile, Restrict, TypeTag)

VOID = Void()
