"""How two BTFs differ: what named types came, went, and changed, said in C."""

from __future__ import annotations

from ebpf._record import Frozen
from ebpf.btf import types
from ebpf.btf.dump import declaration
from ebpf.errors import BtfError
from ebpf.uapi.btf import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ebpf.btf.reader import Btf

#: A struct with more members than this, those without a name taken apart, is no C.
MAX_FIELDS = 0x10000
#: Kinds that are known by their name. An enum is an enum, whichever way its values are kept.
_NAMED = (Kind.STRUCT, Kind.UNION, Kind.ENUM, Kind.ENUM64, Kind.TYPEDEF, Kind.FUNC, Kind.VAR, Kind.INT, Kind.FLOAT)


class Change(Frozen):
    """`change` is "added", "removed" or "changed"; `details` are the lines of a change."""

    kind: str
    name: str
    change: str
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        sign = {"added": "+", "removed": "-", "changed": "~"}[self.change]
        return "\n    ".join([f"{sign} {self.kind} {self.name}", *self.details])


def compare(old: Btf, new: Btf, names: Sequence[str] | None = None) -> list[Change]:
    """The changes from `old` to `new`, by kind and name. `names`: of these types only.

    Types are compared as C writes them: a struct by its size and its members' names, types and places (of anonymous members,
    too), not by what happened to the types that its pointers lead to. Of several types of one name the first counts.
    """
    mine, theirs = _named(old, names), _named(new, names)
    out = []
    for key in sorted(mine.keys() | theirs.keys()):
        kind, name = key
        one, other = mine.get(key), theirs.get(key)
        if one is None:
            out.append(Change(kind, name, "added"))
        elif other is None:
            out.append(Change(kind, name, "removed"))
        else:
            details = tuple(_differences(_lines(old, one), _lines(new, other)))
            if details:
                out.append(Change(kind, name, "changed", details))
    return out


def _named(btf: Btf, names: Sequence[str] | None) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    wanted = (
        sorted(type_id for name in names for type_id in btf.find_all(name)) if names is not None else range(1, len(btf))
    )
    for type_id in wanted:
        kind = btf.kind(type_id)
        if kind in _NAMED:
            name = btf.name(type_id)
            if name:
                label = "enum" if kind == Kind.ENUM64 else kind.label.lower()
                found.setdefault((label, name), type_id)
    return found


def _lines(btf: Btf, type_id: int) -> dict[str, str]:
    """What a type says: a name within it → its line."""
    found = btf.type(type_id)
    if isinstance(found, types.Struct):
        out = {"": f"size {found.size}"}
        for count, (name, text) in enumerate(_members(btf, found, 0, 0)):
            if count > MAX_FIELDS:
                raise BtfError(f"{found.name} has more than {MAX_FIELDS} members", section=".BTF")
            out.setdefault(name, text)
        return out
    if isinstance(found, types.Enum):
        return {"": f"size {found.size}"} | {value.name: f"{value.name} = {value.value}" for value in found.values}
    if isinstance(found, types.Int):
        return {"": f"size {found.size}, encoding {found.encoding}"}
    if isinstance(found, types.Float):
        return {"": f"size {found.size}"}
    target = found.type if isinstance(found, types.Typedef) else type_id
    return {"": _declared(btf, target, found.name)}


def _members(btf: Btf, found: types.Struct, base: int, depth: int) -> Iterator[tuple[str, str]]:
    if depth > 32:
        raise BtfError(f"{found.name} nests deeper than 32", section=".BTF")
    for member in found.members:
        offset = base + member.bit_offset
        inner = btf.type(btf.resolve(member.type))
        if not member.name and isinstance(inner, types.Struct):
            yield from _members(btf, inner, offset, depth + 1)
            continue
        place = f"at byte {offset // 8}" + (f" bit {offset % 8}" if offset % 8 or member.bit_size else "")
        width = f": {member.bit_size}" if member.bit_size else ""
        yield member.name, f"{_declared(btf, member.type, member.name)}{width}, {place}"


def _declared(btf: Btf, type_id: int, name: str) -> str:
    """A declaration in one line; what has no name is only called what it is."""
    return " ".join(declaration(btf, type_id, name, brief=True).split())


def _differences(old: dict[str, str], new: dict[str, str]) -> Iterator[str]:
    for name in [*old, *(name for name in new if name not in old)]:
        one, other = old.get(name), new.get(name)
        if one == other:
            continue
        if one is None:
            yield f"+ {other}"
        elif other is None:
            yield f"- {one}"
        else:
            yield f"{one} → {other}"
