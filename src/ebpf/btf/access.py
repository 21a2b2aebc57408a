"""What an instruction reads of which type: parsed from a CO-RE relocation, and found again, by name, in another's types.

The compiler notes an access as a type and a string of indices ("0:12:3"). The rules, down to what counts as compatible, are
those of libbpf.
"""

from __future__ import annotations

from ebpf.btf import types
from ebpf.btf.reader import essential
from ebpf.errors import BtfError
from ebpf.uapi.btf import CoreKind, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.btf.ext import CoreRelocation
    from ebpf.btf.reader import Btf

#: How long an access may be, and how deep types may nest, before it is taken for a loop.
MAX_ACCESS = 64
MAX_NESTING = 32
#: How many unnamed members one field may be looked for in.
MAX_VISITS = 0x10000

FIELD = range(CoreKind.FIELD_BYTE_OFFSET, CoreKind.FIELD_RSHIFT_U64 + 1)
ENUM_VALUE = (CoreKind.ENUMVAL_EXISTS, CoreKind.ENUMVAL_VALUE)
TYPE = (
    CoreKind.TYPE_ID_LOCAL,
    CoreKind.TYPE_ID_TARGET,
    CoreKind.TYPE_EXISTS,
    CoreKind.TYPE_SIZE,
    CoreKind.TYPE_MATCHES,
)
ANY_ENUM = (Kind.ENUM, Kind.ENUM64)


class Refused(Exception):
    """A malformed or ambiguous relocation: libbpf would refuse to load it, too."""


class Step:
    """One step of an access: the member `name` (index `index` of the struct `type_id`), or, with no name, element `index`
    of an array of `type_id`."""

    __slots__ = ("index", "name", "type_id")

    def __init__(self, type_id: int, index: int, name: str | None = None) -> None:
        self.type_id = type_id
        self.index = index
        self.name = name


class Access:
    """An access in one BTF. Anonymous members are no steps: they have no name to be found by."""

    __slots__ = ("bit_offset", "btf", "depth", "kind", "path", "root", "steps", "visits")

    def __init__(self, btf: Btf, root: int, kind: int) -> None:
        self.btf = btf
        self.root = root
        self.kind = kind
        self.steps: list[Step] = []
        self.bit_offset = 0
        self.depth = 0
        self.visits = 0
        # The members gone through, anonymous ones too: (struct id, index). Of a target only.
        self.path: list[tuple[int, int]] = []

    def describe(self) -> str:
        """As C has it: `struct sock.sk_port[1]`, `enum state::RUNNING`."""
        name = type_text(self.btf, self.root)
        if self.kind in ENUM_VALUE and self.steps:
            return f"{name}::{self.steps[0].name}"
        for number, step in enumerate(self.steps):
            if step.name is not None:
                name += f".{step.name}"
            elif number or step.index:
                name += f"[{step.index}]"
        return name


def type_text(btf: Btf, type_id: int) -> str:
    try:
        found = btf.type(type_id)
    except BtfError:
        return f"type {type_id}"
    keyword = {Kind.STRUCT: "struct ", Kind.UNION: "union ", Kind.ENUM: "enum ", Kind.ENUM64: "enum "}.get(
        found.kind, ""
    )
    return keyword + (found.name or "(anonymous)")


def parse(btf: Btf, relocation: CoreRelocation) -> Access:
    kind = relocation.kind
    spec = Access(btf, relocation.type_id, kind)
    if kind in TYPE:
        if relocation.access != "0":
            raise Refused(f"access {relocation.access!r} of a whole type; it must be '0'")
        btf.type(relocation.type_id)
        return spec
    if kind not in FIELD and kind not in ENUM_VALUE:
        raise Refused(f"a CO-RE relocation of kind {kind}, which this doesn't know")
    parts = relocation.access.split(":")
    if not all(part.isascii() and part.isdigit() and len(part) < 11 for part in parts):
        raise Refused(f"access {relocation.access!r} isn't numbers between colons")
    if len(parts) > MAX_ACCESS:
        raise Refused(f"an access of {len(parts)} steps; {MAX_ACCESS} at most")
    indices = [int(part) for part in parts]
    type_id = btf.resolve(relocation.type_id)
    first = Step(type_id, indices[0])
    spec.steps.append(first)
    if kind in ENUM_VALUE:
        enum = btf.type(type_id)
        if not isinstance(enum, types.Enum) or len(indices) > 1 or indices[0] >= len(enum.values):
            raise Refused(f"access {relocation.access!r} is no value of an enum")
        first.name = enum.values[indices[0]].name
        return spec
    spec.bit_offset = indices[0] * btf.size(type_id) * 8
    for index in indices[1:]:
        type_id = btf.resolve(type_id)
        holder = btf.type(type_id)
        if isinstance(holder, types.Struct):
            if index >= len(holder.members):
                raise Refused(f"access {relocation.access!r}: {type_text(btf, type_id)} has no member {index}")
            member = holder.members[index]
            spec.bit_offset += member.bit_offset
            if member.name:
                spec.steps.append(Step(type_id, index, member.name))
            type_id = member.type
        elif isinstance(holder, types.Array):
            if index >= holder.nelems and not _is_flexible(btf, spec.steps[-1], holder):
                raise Refused(f"access {relocation.access!r}: element {index} of an array of {holder.nelems}")
            type_id = btf.resolve(holder.type)
            spec.steps.append(Step(type_id, index))
            spec.bit_offset += index * btf.size(type_id) * 8
        else:
            raise Refused(f"access {relocation.access!r} goes into a {holder.kind.label}")
    return spec


def _is_flexible(btf: Btf, step: Step, array: types.Array) -> bool:
    """Whether an array, reached by that step, is the flexible one at the end of a struct."""
    if step.name is None or array.nelems:
        return False
    holder = btf.type(step.type_id)
    return isinstance(holder, types.Struct) and step.index == len(holder.members) - 1


# Finding a local access in a candidate type.


def match(local: Access, btf: Btf, type_id: int) -> Access | None:
    """The local access in a candidate type, None if that doesn't have it."""
    target = Access(btf, type_id, local.kind)
    if local.kind in TYPE:
        from ebpf.btf import alike

        same = alike.matches if local.kind == CoreKind.TYPE_MATCHES else alike.compatible
        return target if same(local.btf, local.root, btf, type_id) else None
    if local.kind in ENUM_VALUE:
        type_id = btf.resolve(type_id)
        enum = btf.type(type_id)
        if not isinstance(enum, types.Enum):
            return None
        wanted = essential(local.steps[0].name or "")
        for index, value in enumerate(enum.values):
            if essential(value.name) == wanted:
                target.steps.append(Step(type_id, index, value.name))
                return target
        return None
    for number, step in enumerate(local.steps):
        type_id = btf.resolve(type_id)
        if step.name is not None:
            found = _match_member(local, step, target, type_id)
            if found is None:
                return None
            type_id = found
            continue
        if number:
            array = btf.type(type_id)
            if not isinstance(array, types.Array):
                return None
            if step.index >= array.nelems and not _is_flexible(btf, target.steps[-1], array):
                return None
            type_id = btf.resolve(array.type)
        _deeper(target)
        target.steps.append(Step(type_id, step.index))
        target.bit_offset += step.index * btf.size(type_id) * 8
    return target


def _deeper(target: Access) -> None:
    target.visits += 1
    if target.visits > MAX_VISITS:
        raise Refused(f"more than {MAX_VISITS} members without a name to look through")
    target.depth += 1
    if target.depth > MAX_ACCESS:
        raise Refused(f"the target's type nests deeper than {MAX_ACCESS}")


def _match_member(local: Access, step: Step, target: Access, type_id: int) -> int | None:
    """Finds the member of a local step in a target type, and in its anonymous members; returns the member's type."""
    btf = target.btf
    type_id = btf.resolve(type_id)
    holder = btf.type(type_id)
    if not isinstance(holder, types.Struct):
        return None
    for index, member in enumerate(holder.members):
        if member.name and member.name != step.name:
            continue
        _deeper(target)
        target.bit_offset += member.bit_offset
        target.path.append((type_id, index))
        if member.name:
            local_holder = local.btf.type(step.type_id)
            assert isinstance(local_holder, types.Struct)
            if not _fields_compatible(local.btf, local_holder.members[step.index].type, btf, member.type):
                _back(target, member)
                return None
            target.steps.append(Step(type_id, index, member.name))
            return member.type
        found = _match_member(local, step, target, member.type)
        if found is not None:
            return found
        _back(target, member)
    return None


def _back(target: Access, member: types.Member) -> None:
    target.bit_offset -= member.bit_offset
    target.depth -= 1
    target.path.pop()


def kinds_compatible(one: types.Type, other: types.Type) -> bool:
    return one.kind == other.kind or (one.kind in ANY_ENUM and other.kind in ANY_ENUM)


def _fields_compatible(local: Btf, local_id: int, btf: Btf, type_id: int) -> bool:
    """Whether a field of one type may be read as one of the other: any struct for any struct, any integer for any."""
    for _ in range(MAX_NESTING):
        one, other = local.type(local.resolve(local_id)), btf.type(btf.resolve(type_id))
        if isinstance(one, types.Struct) and isinstance(other, types.Struct):
            return True
        if not kinds_compatible(one, other):
            return False
        if isinstance(one, (types.Pointer, types.Float)):
            return True
        if isinstance(one, (types.Enum, types.Forward)):
            names = essential(one.name), essential(other.name)
            return not all(names) or names[0] == names[1]
        if isinstance(one, types.Int) and isinstance(other, types.Int):
            return not one.bit_offset and not other.bit_offset
        if not (isinstance(one, types.Array) and isinstance(other, types.Array)):
            return False
        local_id, type_id = one.type, other.type
    raise Refused("arrays nest too deep")
