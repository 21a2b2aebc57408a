"""CO-RE: instructions made to fit the target's types.

The compiler notes what an instruction reads of which type (`task_struct`, access string "0:12:3"); here that path is
followed by name in the target's types, and the instruction gets the offset, size or number found there. The rules, down to
what counts as compatible or ambiguous, are those of libbpf, so that a program relocates to the same instructions.

An access that the target lacks is no error yet: a program may have asked before whether it exists, and never get there.
Its instruction becomes a call of a helper that doesn't exist, and a `Poison` says what it was.
"""

from __future__ import annotations

import sys
from struct import Struct as Layout

from ebpf.btf import types
from ebpf.btf.reader import essential
from ebpf.btf.types import _Slotted
from ebpf.errors import BtfError, RelocationError
from ebpf.uapi import opcodes
from ebpf.uapi.btf import BAD_RELOCATION, INT_SIGNED, CoreKind, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebpf.btf.ext import CoreRelocation, Line
    from ebpf.btf.reader import Btf

#: What was found of pairs of types: (local id, target id, behind a pointer) → whether they match.
_Known = dict[tuple[int, int, bool], bool]

#: How long an access may be, and how deep types may nest, before it is taken for a loop.
MAX_ACCESS = 64
MAX_NESTING = 32
#: How many unnamed members one field may be looked for in.
MAX_VISITS = 0x10000

_FIELD = range(CoreKind.FIELD_BYTE_OFFSET, CoreKind.FIELD_RSHIFT_U64 + 1)
_ENUM_VALUE = (CoreKind.ENUMVAL_EXISTS, CoreKind.ENUMVAL_VALUE)
_TYPE = (
    CoreKind.TYPE_ID_LOCAL,
    CoreKind.TYPE_ID_TARGET,
    CoreKind.TYPE_EXISTS,
    CoreKind.TYPE_SIZE,
    CoreKind.TYPE_MATCHES,
)
_ANY_ENUM = (Kind.ENUM, Kind.ENUM64)
_SLOT = Layout("=BBhi")
_SIZE_CODE = {size: code for code, size in opcodes.SIZE_BYTES.items()}


class Poison(_Slotted):
    """An instruction that can't run on this target: `access` is what it reads in C, `line` where, `reason` why not."""

    __slots__ = ("access", "line", "reason", "slot")
    _fields = ("slot", "access", "line", "reason")

    def __init__(self, slot: int, access: str, line: str, reason: str) -> None:
        self.slot = slot
        self.access = access
        self.line = line
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.access}: {self.reason}" + (f" ({self.line})" if self.line else "")


def relocate(
    code: bytes,
    relocations: Sequence[CoreRelocation],
    local: Btf,
    targets: Sequence[Btf],
    lines: Sequence[Line] = (),
    *,
    program: str = "",
    poisoned: list[Poison] | None = None,
    own_types: bool = False,
    relocator: Relocator | None = None,
) -> bytes:
    """Bytecode (in this machine's byte order) with each relocation applied.

    `local` is the types of the object. `targets` are the kernel's types first and then, if there are any, its modules'
    (which are looked at only for what the kernel's lack). `poisoned` is given an entry for each instruction that the
    target can't satisfy. Raises RelocationError where libbpf would refuse to load: a malformed or ambiguous relocation.

    With `own_types` a type that no target has is as the program says it is, unless its name has a flavour (`name___old`),
    which speaks of another kernel. For a target that isn't a kernel.

    `relocator`: one for all programs of an object remembers what was found for them, as libbpf does.
    """
    if not relocations:
        return code
    if relocator is None:
        relocator = Relocator(local, targets, own_types=own_types)
    out = bytearray(code)
    for relocation in relocations:
        relocator.apply(out, relocation, lines, program, poisoned)
    return bytes(out)


def explain(poisoned: Sequence[Poison], slot: int | None, log: str) -> Poison | None:
    """What a verifier that refused a program stumbled over, if it was a missing target. `slot` is where it stopped, if that
    is known; otherwise its log says so: `12: (85) call unknown#195896080`."""
    for poison in poisoned:
        if poison.slot == slot:
            return poison
    name = f"unknown#{BAD_RELOCATION}"
    at = log.rfind(f"invalid func {name}")
    if at < 0:
        return None
    call = log.rfind(f": (85) call {name}", 0, at)
    number = log[log.rfind("\n", 0, call) + 1 : call] if call >= 0 else ""
    for poison in poisoned:
        if number.isdigit() and poison.slot == int(number):
            return poison
    return poisoned[0] if len(poisoned) == 1 else None


class Relocator:
    """Relocations of one object against one target: remembers which target types go with which local ones."""

    __slots__ = ("_candidates", "local", "own_types", "targets")

    def __init__(self, local: Btf, targets: Sequence[Btf], *, own_types: bool = False) -> None:
        self.own_types = own_types
        self.local = local
        self.targets = targets
        self._candidates: dict[int, list[tuple[Btf, int]]] = {}

    def apply(
        self,
        code: bytearray,
        relocation: CoreRelocation,
        lines: Sequence[Line] = (),
        program: str = "",
        poisoned: list[Poison] | None = None,
    ) -> None:
        """Changes the one instruction. See `relocate`."""
        spec: _Spec | None = None
        try:
            spec = _parse(self.local, relocation)
            result = self.resolve(spec)
            reason = _patch(code, relocation.slot, result)
        except (_Refused, BtfError) as error:
            access = spec.describe() if spec is not None else _describe_raw(self.local, relocation)
            line = _line(lines, relocation.slot)
            where = f"{program}: " if program else ""
            raise RelocationError(
                f"{where}{access}: {error}" + (f"\n  {line}" if line else ""),
                program=program,
                access=access,
                line=line,
            ) from None
        if reason and poisoned is not None:
            poisoned.append(Poison(relocation.slot, spec.describe(), _line(lines, relocation.slot), reason))

    def resolve(self, spec: _Spec) -> _Result:
        """What the instruction is to become, over all candidates; they must agree."""
        if spec.kind == CoreKind.TYPE_ID_LOCAL:
            return _Result(old=spec.root, new=spec.root, validate=False)
        if not self.local.name(spec.root):
            raise _Refused("a type without a name can't be found in the target")
        candidates = self._candidates_of(spec.root)
        chosen: _Result | None = None
        chosen_offset = 0
        matching = []
        for btf, type_id in candidates:
            target = _match(spec, btf, type_id)
            if target is None:
                continue
            result = _calculate(spec, target)
            if chosen is None:
                chosen, chosen_offset = result, target.bit_offset
            elif target.bit_offset != chosen_offset:
                raise _Refused(
                    f"ambiguous: the target has several types of that name, with it at bit {chosen_offset} in one "
                    f"and at bit {target.bit_offset} in another"
                )
            elif (result.poison, result.new) != (chosen.poison, chosen.new):
                raise _Refused(
                    f"ambiguous: the target has several types of that name, one gives {chosen.new}, "
                    f"another {result.new}"
                )
            matching.append((btf, type_id))
        if chosen is None:
            result = _calculate(spec, None)
            if result.poison:
                result.poison = self._why_missing(spec, candidates)
            return result
        self._candidates[spec.root] = matching
        return chosen

    def _candidates_of(self, type_id: int) -> list[tuple[Btf, int]]:
        found = self._candidates.get(type_id)
        if found is None:
            found = []
            kind = self.local.kind(type_id)
            kinds = _ANY_ENUM if kind in _ANY_ENUM else (kind,)
            name = essential(self.local.name(type_id))
            for btf in self.targets:
                own = btf.base is not None and btf.base is self.targets[0]
                for candidate in btf.find_flavours(name, own=own):
                    if btf.kind(candidate) in kinds:
                        found.append((btf, candidate))
                if found and not own:
                    break
            if not found and self.own_types and self.local.name(type_id) == name:
                found.append((self.local, type_id))
            self._candidates[type_id] = found
        return found

    def _why_missing(self, spec: _Spec, candidates: Sequence[tuple[Btf, int]]) -> str:
        kind, name = self.local.kind(spec.root).label.lower(), essential(self.local.name(spec.root))
        if not candidates:
            return f"the target has no {kind} {name}"
        if spec.kind in _ENUM_VALUE:
            return f"the target's enum {name} has no {spec.steps[0].name}"
        return f"the target's {kind} {name} has no such field, or one of another type"


class _Refused(Exception):
    pass


class _Step:
    """One step of an access: the member `name` (index `index` of the struct `type_id`), or, with no name, element `index`
    of an array of `type_id`."""

    __slots__ = ("index", "name", "type_id")

    def __init__(self, type_id: int, index: int, name: str | None = None) -> None:
        self.type_id = type_id
        self.index = index
        self.name = name


class _Spec:
    """An access in one BTF. Anonymous members are no steps: they have no name to be found by."""

    __slots__ = ("bit_offset", "btf", "depth", "kind", "path", "root", "steps", "visits")

    def __init__(self, btf: Btf, root: int, kind: int) -> None:
        self.btf = btf
        self.root = root
        self.kind = kind
        self.steps: list[_Step] = []
        self.bit_offset = 0
        self.depth = 0
        self.visits = 0
        # The members gone through, anonymous ones too: (struct id, index). Of a target only.
        self.path: list[tuple[int, int]] = []

    def describe(self) -> str:
        """As C has it: `struct sock.sk_port[1]`, `enum state::RUNNING`."""
        name = _type_text(self.btf, self.root)
        if self.kind in _ENUM_VALUE and self.steps:
            return f"{name}::{self.steps[0].name}"
        for number, step in enumerate(self.steps):
            if step.name is not None:
                name += f".{step.name}"
            elif number or step.index:
                name += f"[{step.index}]"
        return name


def _type_text(btf: Btf, type_id: int) -> str:
    try:
        found = btf.type(type_id)
    except BtfError:
        return f"type {type_id}"
    keyword = {Kind.STRUCT: "struct ", Kind.UNION: "union ", Kind.ENUM: "enum ", Kind.ENUM64: "enum "}.get(
        found.kind, ""
    )
    return keyword + (found.name or "(anonymous)")


def _describe_raw(local: Btf, relocation: CoreRelocation) -> str:
    return f"{_type_text(local, relocation.type_id)} + {relocation.access!r}"


def _line(lines: Sequence[Line], slot: int) -> str:
    found = None
    for line in lines:
        if line.slot > slot:
            break
        found = line
    return f"{found.file}:{found.line}: {found.text.strip()}" if found is not None else ""


def _parse(btf: Btf, relocation: CoreRelocation) -> _Spec:
    kind = relocation.kind
    spec = _Spec(btf, relocation.type_id, kind)
    if kind in _TYPE:
        if relocation.access != "0":
            raise _Refused(f"access {relocation.access!r} of a whole type; it must be '0'")
        btf.type(relocation.type_id)
        return spec
    if kind not in _FIELD and kind not in _ENUM_VALUE:
        raise _Refused(f"a CO-RE relocation of kind {kind}, which this doesn't know")
    parts = relocation.access.split(":")
    if not all(part.isascii() and part.isdigit() and len(part) < 11 for part in parts):
        raise _Refused(f"access {relocation.access!r} isn't numbers between colons")
    if len(parts) > MAX_ACCESS:
        raise _Refused(f"an access of {len(parts)} steps; {MAX_ACCESS} at most")
    indices = [int(part) for part in parts]
    type_id = btf.resolve(relocation.type_id)
    first = _Step(type_id, indices[0])
    spec.steps.append(first)
    if kind in _ENUM_VALUE:
        enum = btf.type(type_id)
        if not isinstance(enum, types.Enum) or len(indices) > 1 or indices[0] >= len(enum.values):
            raise _Refused(f"access {relocation.access!r} is no value of an enum")
        first.name = enum.values[indices[0]].name
        return spec
    spec.bit_offset = indices[0] * btf.size(type_id) * 8
    for index in indices[1:]:
        type_id = btf.resolve(type_id)
        holder = btf.type(type_id)
        if isinstance(holder, types.Struct):
            if index >= len(holder.members):
                raise _Refused(f"access {relocation.access!r}: {_type_text(btf, type_id)} has no member {index}")
            member = holder.members[index]
            spec.bit_offset += member.bit_offset
            if member.name:
                spec.steps.append(_Step(type_id, index, member.name))
            type_id = member.type
        elif isinstance(holder, types.Array):
            if index >= holder.nelems and not _is_flexible(btf, spec.steps[-1], holder):
                raise _Refused(f"access {relocation.access!r}: element {index} of an array of {holder.nelems}")
            type_id = btf.resolve(holder.type)
            spec.steps.append(_Step(type_id, index))
            spec.bit_offset += index * btf.size(type_id) * 8
        else:
            raise _Refused(f"access {relocation.access!r} goes into a {holder.kind.label}")
    return spec


def _is_flexible(btf: Btf, step: _Step, array: types.Array) -> bool:
    """Whether an array, reached by that step, is the flexible one at the end of a struct."""
    if step.name is None or array.nelems:
        return False
    holder = btf.type(step.type_id)
    return isinstance(holder, types.Struct) and step.index == len(holder.members) - 1


# Finding a local access in a candidate type.


def _match(local: _Spec, btf: Btf, type_id: int) -> _Spec | None:
    """The local access in a candidate type, None if that doesn't have it."""
    target = _Spec(btf, type_id, local.kind)
    if local.kind == CoreKind.TYPE_MATCHES:
        return target if _types_match(local.btf, local.root, btf, type_id, False, MAX_NESTING, {}) else None
    if local.kind in _TYPE:
        return target if _types_compatible(local.btf, local.root, btf, type_id, MAX_NESTING, set()) else None
    if local.kind in _ENUM_VALUE:
        type_id = btf.resolve(type_id)
        enum = btf.type(type_id)
        if not isinstance(enum, types.Enum):
            return None
        wanted = essential(local.steps[0].name or "")
        for index, value in enumerate(enum.values):
            if essential(value.name) == wanted:
                target.steps.append(_Step(type_id, index, value.name))
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
        target.steps.append(_Step(type_id, step.index))
        target.bit_offset += step.index * btf.size(type_id) * 8
    return target


def _deeper(target: _Spec) -> None:
    target.visits += 1
    if target.visits > MAX_VISITS:
        raise _Refused(f"more than {MAX_VISITS} members without a name to look through")
    target.depth += 1
    if target.depth > MAX_ACCESS:
        raise _Refused(f"the target's type nests deeper than {MAX_ACCESS}")


def _match_member(local: _Spec, step: _Step, target: _Spec, type_id: int) -> int | None:
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
            target.steps.append(_Step(type_id, index, member.name))
            return member.type
        found = _match_member(local, step, target, member.type)
        if found is not None:
            return found
        _back(target, member)
    return None


def _back(target: _Spec, member: types.Member) -> None:
    target.bit_offset -= member.bit_offset
    target.depth -= 1
    target.path.pop()


def _kinds_compatible(one: types.Type, other: types.Type) -> bool:
    return one.kind == other.kind or (one.kind in _ANY_ENUM and other.kind in _ANY_ENUM)


def _fields_compatible(local: Btf, local_id: int, btf: Btf, type_id: int) -> bool:
    """Whether a field of one type may be read as one of the other: any struct for any struct, any integer for any."""
    for _ in range(MAX_NESTING):
        one, other = local.type(local.resolve(local_id)), btf.type(btf.resolve(type_id))
        if isinstance(one, types.Struct) and isinstance(other, types.Struct):
            return True
        if not _kinds_compatible(one, other):
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
    raise _Refused("arrays nest too deep")


def _types_compatible(
    local: Btf, local_id: int, btf: Btf, type_id: int, level: int, seen: set[tuple[int, int]]
) -> bool:
    """Whether a type counts as existing in the target: the kinds agree through pointers, arrays and functions."""
    if not _kinds_compatible(local.type(local_id), btf.type(type_id)):
        return False
    for _ in range(MAX_NESTING):
        one, other = local.type(local.resolve(local_id)), btf.type(btf.resolve(type_id))
        if not _kinds_compatible(one, other):
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
                    raise _Refused(f"functions nest deeper than {MAX_NESTING}")
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
    raise _Refused(f"types nest deeper than {MAX_NESTING}")


def _types_match(
    local: Btf, local_id: int, btf: Btf, type_id: int, behind_pointer: bool, level: int, known: _Known
) -> bool:
    """Whether the target's type has at least what the local one has, member by member (bpf_core_type_matches)."""
    key = (local_id, type_id, behind_pointer)
    found = known.get(key)
    if found is None:
        found = known[key] = _types_match_anew(local, local_id, btf, type_id, behind_pointer, level, known)
    return found


def _types_match_anew(
    local: Btf, local_id: int, btf: Btf, type_id: int, behind_pointer: bool, level: int, known: _Known
) -> bool:
    if level <= 0:
        raise _Refused(f"types nest deeper than {MAX_NESTING}")
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
    raise _Refused(f"types nest deeper than {MAX_NESTING}")


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


# What the instruction is to hold.


class _Result:
    """`old` is what the instruction holds now (checked if `validate`), `new` what it is to hold.

    `poison`: why it can't be satisfied. `sizes`: of what a load or store touches, here and in the target, where they
    differ; `resizable` if it may be widened or narrowed.
    """

    __slots__ = ("new", "old", "poison", "resizable", "sizes", "validate")

    def __init__(self, old: int = 0, new: int = 0, validate: bool = True) -> None:
        self.old = old
        self.new = new
        self.validate = validate
        self.poison = ""
        self.sizes = (0, 0)
        self.resizable = True


class _Field:
    """One aspect of a field: its `value`, whether the instruction must already hold it, its size and type (offsets only)."""

    __slots__ = ("size", "type_id", "validate", "value")

    def __init__(self, value: int, validate: bool, size: int = 0, type_id: int = 0) -> None:
        self.value = value
        self.validate = validate
        self.size = size
        self.type_id = type_id


def _calculate(local: _Spec, target: _Spec | None) -> _Result:
    kind = local.kind
    result = _Result()
    if kind in _FIELD:
        if kind == CoreKind.FIELD_EXISTS:
            result.old, result.new = 1, int(target is not None)
            return result
        mine = _field(local)
        result.old, result.validate = mine.value, mine.validate
        if target is None:
            result.poison = "missing"
            return result
        theirs = _field(target)
        result.new = theirs.value
        if mine.size != theirs.size:
            result.sizes = (mine.size, theirs.size)
            one = local.btf.type(mine.type_id)
            other = target.btf.type(theirs.type_id)
            result.resizable = (isinstance(one, types.Pointer) and isinstance(other, types.Pointer)) or (
                isinstance(one, types.Int)
                and isinstance(other, types.Int)
                and one.encoding != INT_SIGNED
                and other.encoding != INT_SIGNED
            )
    elif kind in _ENUM_VALUE:
        if kind == CoreKind.ENUMVAL_EXISTS:
            result.old, result.new = 1, int(target is not None)
            return result
        result.old = _enum_value(local)
        if target is None:
            result.poison = "missing"
        else:
            result.new = _enum_value(target)
    else:
        result.old, result.validate = _type_value(local), kind != CoreKind.TYPE_ID_TARGET
        result.new = _type_value(target) if target is not None else 0
    return result


def _enum_value(spec: _Spec) -> int:
    enum = spec.btf.type(spec.steps[0].type_id)
    assert isinstance(enum, types.Enum)
    value = enum.values[spec.steps[0].index].value
    # A 32-bit value is read as signed, whatever the enum says; a 64-bit one as it is.
    if enum.kind == Kind.ENUM and value & 0x80000000:
        value -= 0 if value < 0 else 1 << 32
    return value & 0xFFFFFFFFFFFFFFFF


def _type_value(spec: _Spec) -> int:
    if spec.kind == CoreKind.TYPE_ID_TARGET:
        return spec.root
    if spec.kind == CoreKind.TYPE_SIZE:
        return spec.btf.size(spec.root)
    return 1


def _field(spec: _Spec) -> _Field:
    btf, kind, step = spec.btf, spec.kind, spec.steps[-1]
    bit_offset = spec.bit_offset
    if step.name is None:
        size = btf.size(step.type_id)
        if kind == CoreKind.FIELD_BYTE_OFFSET:
            return _Field(bit_offset // 8, True, size, step.type_id)
        if kind == CoreKind.FIELD_BYTE_SIZE:
            return _Field(size, True)
        raise _Refused("this can't be asked of an element of an array")
    holder = btf.type(step.type_id)
    assert isinstance(holder, types.Struct)
    member = holder.members[step.index]
    type_id = btf.resolve(member.type)
    field = btf.type(type_id)
    bit_size = member.bit_size
    if bit_size:
        # The smallest aligned unit of the field's type, or wider, that holds all of the bits.
        size = btf.size(type_id)
        offset = bit_offset // 8 // size * size if size else 0
        while not size or bit_offset + bit_size - offset * 8 > size * 8:
            if size >= 8 or not size:
                raise _Refused("a bitfield that no 64-bit load holds")
            size *= 2
            offset = bit_offset // 8 // size * size
    else:
        size = btf.size(type_id)
        offset = bit_offset // 8
        bit_size = size * 8
    exact = not member.bit_size
    if kind == CoreKind.FIELD_BYTE_OFFSET:
        if not exact:
            return _Field(offset, False)
        # A load is of one element of an array, whatever its length (libbpf 1.6).
        for _ in range(MAX_NESTING):
            if not isinstance(field, types.Array):
                break
            type_id = btf.resolve(field.type)
            field = btf.type(type_id)
        return _Field(offset, True, btf.size(type_id), type_id)
    if kind == CoreKind.FIELD_BYTE_SIZE:
        return _Field(size, exact)
    if kind == CoreKind.FIELD_SIGNED:
        return _Field(int(isinstance(field, (types.Enum, types.Int)) and field.signed), True)
    if kind == CoreKind.FIELD_LSHIFT_U64:
        if sys.byteorder == "little":
            return _Field(64 - (bit_offset + bit_size - offset * 8) & 0xFFFFFFFFFFFFFFFF, exact)
        return _Field((8 - size) * 8 + (bit_offset - offset * 8), exact)
    return _Field(64 - bit_size & 0xFFFFFFFFFFFFFFFF, True)


def _patch(code: bytearray, slot: int, result: _Result) -> str:
    """Writes the result into the instruction. Returns why it was poisoned, "" if it wasn't."""
    at = slot * 8
    if slot < 0 or at + 8 > len(code):
        raise _Refused(f"the relocation is of instruction {slot}, of {len(code) // 8}")
    opcode, registers, offset, imm = _SLOT.unpack_from(code, at)
    family = opcode & opcodes.CLASS_MASK
    old, new = result.old, result.new
    if family in (opcodes.ALU, opcodes.ALU64):
        if opcode & opcodes.X:
            raise _Refused(f"the instruction ({opcode:#04x}) has no immediate to relocate")
        if result.poison:
            return _poison(code, at, 1, result.poison)
        if result.validate and imm & 0xFFFFFFFFFFFFFFFF != old:
            raise _Refused(f"the instruction holds {imm}, the object's types say {old}")
        imm = new & 0xFFFFFFFF
        _SLOT.pack_into(code, at, opcode, registers, offset, imm - (1 << 32) if imm >> 31 else imm)
    elif family in (opcodes.LDX, opcodes.ST, opcodes.STX):
        if result.poison:
            return _poison(code, at, 1, result.poison)
        if result.validate and offset != old:
            raise _Refused(f"the instruction reads at {offset}, the object's types say {old}")
        if new > 0x7FFF:
            raise _Refused(f"in the target it is at byte {new}; an instruction reaches 32767")
        if not result.resizable:
            return _poison(
                code,
                at,
                1,
                f"it has {result.sizes[0]} bytes here and {result.sizes[1]} in the target, "
                "and only pointers and unsigned integers can be read at another size",
            )
        mine, theirs = result.sizes
        if mine != theirs:
            width = opcodes.SIZE_BYTES[opcode & opcodes.SIZE_MASK]
            if width != mine:
                raise _Refused(f"the instruction reads {width} bytes, the object's types say {mine}")
            if theirs not in _SIZE_CODE:
                raise _Refused(f"in the target it has {theirs} bytes; an instruction reads 1, 2, 4 or 8")
            opcode = opcode & ~opcodes.SIZE_MASK | _SIZE_CODE[theirs]
        _SLOT.pack_into(code, at, opcode, registers, new, imm)
    elif opcode == opcodes.LDDW:
        if at + 16 > len(code):
            raise _Refused("the second half of the 16-byte load is missing")
        second = _SLOT.unpack_from(code, at + 8)
        source = registers >> 4 if sys.byteorder == "little" else registers & 15
        if source or offset or second[:3] != (0, 0, 0):
            raise _Refused("the 16-byte load is no plain number")
        if result.poison:
            return _poison(code, at, 2, result.poison)
        value = imm & 0xFFFFFFFF | (second[3] & 0xFFFFFFFF) << 32
        if result.validate and value != old:
            raise _Refused(f"the instruction holds {value}, the object's types say {old}")
        code[at + 4 : at + 8] = (new & 0xFFFFFFFF).to_bytes(4, sys.byteorder)
        code[at + 12 : at + 16] = (new >> 32 & 0xFFFFFFFF).to_bytes(4, sys.byteorder)
    else:
        raise _Refused(f"the instruction ({opcode:#04x}) isn't one that can be relocated")
    return ""


def _poison(code: bytearray, at: int, slots: int, reason: str) -> str:
    for number in range(slots):
        _SLOT.pack_into(code, at + number * 8, opcodes.JMP | opcodes.CALL, 0, 0, BAD_RELOCATION)
    return reason
