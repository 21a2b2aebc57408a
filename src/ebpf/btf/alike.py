"""Whether a whole type of one BTF is the same in another's: for CO-RE's questions of types (exists, size, matches).

The rules are those of libbpf.
"""

from __future__ import annotations

from ebpf.btf import types
from ebpf.btf.access import MAX_NESTING, Refused, kinds_compatible
from ebpf.btf.reader import essential
from ebpf.uapi.btf import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.btf.reader import Btf

#: What was found of pairs of types: (local id, target id, behind a pointer) → whether they match.
_Known = dict[tuple[int, int, bool], bool]


def compatible(local: Btf, local_id: int, btf: Btf, type_id: int) -> bool:
    """Whether a type counts as existing in the target: the kinds agree through pointers, arrays and functions."""
    return _types_compatible(local, local_id, btf, type_id, MAX_NESTING, set())


def matches(local: Btf, local_id: int, btf: Btf, type_id: int) -> bool:
    """Whether the target's type has at least what the local one has, member by member (bpf_core_type_matches)."""
    return _types_match(local, local_id, btf, type_id, False, MAX_NESTING, {})


def _types_compatible(
    local: Btf, local_id: int, btf: Btf, type_id: int, level: int, seen: set[tuple[int, int]]
) -> bool:
    if not kinds_compatible(local.type(local_id), btf.type(type_id)):
        return False
    for _ in range(MAX_NESTING):
        one, other = local.type(local.resolve(local_id)), btf.type(btf.resolve(type_id))
        if not kinds_compatible(one, other):
            return False
        if isinstance(one, types.Int) and isinstance(other, types.Int):
            return not one.bit_offset and not other.bit_offset
        if isinstance(one, (types.Void, types.Struct, types.Enum, types.Forward)):
            return True
        if isinstance(one, (types.Pointer, types.Array)) and isinstance(other, (types.Pointer, types.Array)):
            local_id, type_id = one.type, other.type
        elif isinstance(one, types.FuncProto) and isinstance(other, types.FuncProto):
            if len(one.params) != len(other.params):
                return False
            for mine, theirs in zip(one.params, other.params, strict=True):
                if level <= 0:
                    raise Refused(f"functions nest deeper than {MAX_NESTING}")
                # One that doesn't fit ends it all: what was seen before, did.
                pair = (mine.type, theirs.type)
                if pair in seen:
                    continue
                seen.add(pair)
                if not _types_compatible(
                    local, local.resolve(mine.type), btf, btf.resolve(theirs.type), level - 1, seen
                ):
                    return False
            local_id, type_id = one.ret, other.ret
        else:
            return False
    raise Refused(f"types nest deeper than {MAX_NESTING}")


def _types_match(
    local: Btf, local_id: int, btf: Btf, type_id: int, behind_pointer: bool, level: int, known: _Known
) -> bool:
    key = (local_id, type_id, behind_pointer)
    found = known.get(key)
    if found is None:
        found = known[key] = _types_match_anew(local, local_id, btf, type_id, behind_pointer, level, known)
    return found


def _types_match_anew(
    local: Btf, local_id: int, btf: Btf, type_id: int, behind_pointer: bool, level: int, known: _Known
) -> bool:
    if level <= 0:
        raise Refused(f"types nest deeper than {MAX_NESTING}")
    for _ in range(MAX_NESTING):
        one, other = local.type(local.resolve(local_id)), btf.type(btf.resolve(type_id))
        if essential(_own_name(one)) != essential(_own_name(other)):
            return False
        if isinstance(one, types.Void):
            return isinstance(other, types.Void)
        if isinstance(one, types.Forward):
            if isinstance(other, types.Forward):
                return one.is_union == other.is_union
            return behind_pointer and other.kind == (Kind.UNION if one.is_union else Kind.STRUCT)
        if isinstance(one, types.Enum):
            if not isinstance(other, types.Enum) or one.size != other.size or len(one.values) > len(other.values):
                return False
            return {essential(value.name) for value in one.values} <= {essential(value.name) for value in other.values}
        if isinstance(one, types.Struct):
            if behind_pointer and isinstance(other, types.Forward):
                return other.is_union == (one.kind == Kind.UNION)
            if not isinstance(other, types.Struct) or one.kind != other.kind:
                return False
            return behind_pointer or _members_match(local, one, btf, other, level, known)
        if one.kind != other.kind:
            return False
        if isinstance(one, types.Int) and isinstance(other, types.Int):
            return one.size == other.size and one.signed == other.signed
        if isinstance(one, types.Pointer) and isinstance(other, types.Pointer):
            behind_pointer = True
            local_id, type_id = one.type, other.type
        elif isinstance(one, types.Array) and isinstance(other, types.Array):
            if one.nelems != other.nelems:
                return False
            local_id, type_id = one.type, other.type
        elif isinstance(one, types.FuncProto) and isinstance(other, types.FuncProto):
            if len(one.params) != len(other.params):
                return False
            for mine, theirs in zip(one.params, other.params, strict=True):
                if not _types_match(local, mine.type, btf, theirs.type, behind_pointer, level - 1, known):
                    return False
            local_id, type_id = one.ret, other.ret
        else:
            return False
    raise Refused(f"types nest deeper than {MAX_NESTING}")


def _own_name(found: types.Type) -> str:
    return "" if isinstance(found, types.Void) else found.name


def _members_match(local: Btf, one: types.Struct, btf: Btf, other: types.Struct, level: int, known: _Known) -> bool:
    if len(one.members) > len(other.members):
        return False
    by_name: dict[str, list[types.Member]] = {}
    for member in other.members:
        by_name.setdefault(essential(member.name), []).append(member)
    return all(
        any(
            _types_match(local, mine.type, btf, theirs.type, False, level - 1, known)
            for theirs in by_name.get(essential(mine.name), ())
        )
        for mine in one.members
    )
