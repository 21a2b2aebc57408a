"""What a type of the object looks like in Python: the annotation of its values, and the record classes this needs.

The rules are those of `ebpf.btf.codec`, which makes the values.
"""

from __future__ import annotations

from ebpf._record import Frozen, Record, field
from ebpf.bind.names import class_name, is_field, unused
from ebpf.btf import Array, Btf, Const, DataSec, Enum, Float, Int, Pointer, Struct, Type, Union, Var, Volatile
from ebpf.btf.codec import typedef_name
from ebpf.btf.dump import declaration
from ebpf.errors import BtfError

#: Deeper than this a type is taken for a loop (the codec refuses it then).
_MAX_DEPTH = 64


class Field(Frozen):
    """A field of a record: what reading gives, what may be given, and its C type."""

    name: str
    reads: str
    takes: str
    c_type: str


class Shape(Record):
    """A class of the module. `kind` is "struct", "union" or "enum"."""

    name: str
    kind: str
    type_id: int
    title: str
    size: int
    fields: list[Field] = field(default_factory=list)
    values: list[tuple[str, int]] = field(default_factory=list)


class Shapes:
    """The classes of one module, made as annotations ask for them."""

    def __init__(self, btf: Btf | None, taken: set[str]) -> None:
        self.btf = btf
        self.taken = taken
        self.shapes: dict[int, Shape] = {}

    def annotation(self, type_id: int, context: str, depth: int = 0) -> tuple[str, str]:
        """What reading a value of that type gives, and what may be written in its place. `context` names nameless types."""
        assert self.btf is not None
        if depth > _MAX_DEPTH:
            raise BtfError(f"type {type_id} holds itself", section=".BTF")
        btf = self.btf
        target = btf.resolve(type_id)
        found = btf.type(target)
        if isinstance(found, Var):
            return self.annotation(found.type, context, depth + 1)
        if isinstance(found, Int):
            return ("bool", "bool") if found.is_bool else ("int", "int")
        if isinstance(found, Pointer):
            return "int", "int"
        if isinstance(found, Float):
            return "float", "float"
        if isinstance(found, Enum):
            if not found.name and not typedef_name(btf, type_id):
                return "int", "int | str"
            name = self._enum(target, found, type_id, context)
            return name, f"{name} | int | str"
        if isinstance(found, Array):
            element = btf.type(btf.resolve(found.type))
            if isinstance(element, Int) and element.size == 1 and not element.is_bool:
                if element.name == "char":
                    return "str", "str | bytes"
                if not element.signed:
                    return "bytes", "bytes"
            reads, takes = self.annotation(found.type, context, depth + 1)
            return f"tuple[{reads}, ...]", f"Sequence[{takes}]"
        if isinstance(found, Struct):
            name = self._struct(target, found, type_id, context, depth)
            return name, f"{name} | Mapping[str, Any]"
        return "Any", "Any"

    def _name(self, found: Type, type_id: int, context: str) -> str:
        assert self.btf is not None
        name = found.name or typedef_name(self.btf, type_id) or context
        name = unused(class_name(name), self.taken)
        self.taken.add(name)
        return name

    def _enum(self, target: int, found: Enum, type_id: int, context: str) -> str:
        assert self.btf is not None
        shape = self.shapes.get(target)
        if shape is None:
            title = f"enum {found.name}" if found.name else typedef_name(self.btf, type_id) or "an enum without a name"
            values = [(value.name, value.value) for value in found.values if is_field(value.name)]
            name = self._name(found, type_id, context)
            shape = self.shapes[target] = Shape(name, "enum", target, title, found.size, values=values)
        return shape.name

    def _struct(self, target: int, found: Struct, type_id: int, context: str, depth: int) -> str:
        assert self.btf is not None
        shape = self.shapes.get(target)
        if shape is None:
            kind = "union" if isinstance(found, Union) else "struct"
            title = (
                f"{kind} {found.name}" if found.name else typedef_name(self.btf, type_id) or f"a {kind} without a name"
            )
            name = self._name(found, type_id, context)
            shape = self.shapes[target] = Shape(name, kind, target, title, found.size)
            self._fields(shape, found, name, depth)
        return shape.name

    def _fields(self, shape: Shape, found: Struct, context: str, depth: int) -> None:
        """The members, those of anonymous structs and unions among them."""
        assert self.btf is not None
        if depth > _MAX_DEPTH:
            raise BtfError(f"{shape.title} holds itself", section=".BTF")
        for member in found.members:
            inner = self.btf.type(self.btf.resolve(member.type))
            if not member.name:
                if isinstance(inner, Struct):
                    self._fields(shape, inner, context, depth + 1)
                continue
            reads, takes = self.annotation(member.type, f"{context}_{member.name}", depth + 1)
            if is_field(member.name) and all(member.name != other.name for other in shape.fields):
                bits = f": {member.bit_size}" if member.bit_size else ""
                shape.fields.append(Field(member.name, reads, takes, c_type(self.btf, member.type) + bits))


def c_type(btf: Btf | None, type_id: int) -> str:
    """How C would name a type, for docstrings: without const and volatile of its own, tags as `__kptr`."""
    if btf is None or not type_id:
        return "void"
    for _ in range(_MAX_DEPTH):
        found = btf.type(type_id)
        if not isinstance(found, (Const, Volatile)):
            break
        type_id = found.type
    if isinstance(found, DataSec):
        return found.name
    return declaration(btf, type_id, brief=True).replace(" [", "[")
