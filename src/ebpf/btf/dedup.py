"""Types that are the same, taken once.

Two types are the same if nothing in C could tell them apart: same kind, name, size and members, and what they refer to is
the same in turn — around loops, too. That is the coarsest partition that each type's references respect, and it is
found as such: types start out grouped by what they say of themselves and are split by the groups of what they refer to,
until nothing splits any more.

A forward declaration counts as the definition of that name, if there is only one (up to forward declarations inside it).
Variables and sections are never the same as others.
"""

from __future__ import annotations

from ebpf.btf import types
from ebpf.btf.build import Builder
from ebpf.btf.reader import Btf
from ebpf.errors import BtfError
from ebpf.uapi.btf import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


def dedup(source: Btf | Builder) -> tuple[Btf, list[int]]:
    """The types with each taken once, in the order of their first, and the new id of each old id by index.

    A split BTF keeps its base as it is; its own types are compared with each other only.
    """
    start = source.start_id
    found = [type_ for _id, type_ in source] if isinstance(source, Btf) else source.types
    end = start + len(found)
    for number, type_ in enumerate(found, start):
        for target in type_.references():
            if not 0 <= target < end:
                raise BtfError(f"type {number} refers to {target}; ids end at {end - 1}", section=".BTF")
    forwards = _resolve_forwards(found, start)
    groups = _partition(found, start, forwards, names_only=False)
    first: dict[int, int] = {}
    kept: list[int] = []
    new_ids = list(range(start))
    for number, group in enumerate(groups):
        if number in forwards:
            continue
        if group not in first:
            first[group] = start + len(kept)
            kept.append(number)
    new_ids += [first[groups[forwards.get(number, number)]] for number in range(len(found))]
    builder = Builder(
        (found[number].mapped(lambda old: new_ids[old]) for number in kept),
        base=source.base,
        byte_order=source.byte_order,
    )
    return builder.btf(), new_ids


def _shallow(number: int, found: types.Type) -> tuple[Any, ...]:
    """What a type says of itself, without what it refers to."""
    kind = found.kind
    if isinstance(found, types.Struct):
        return (kind, found.name, found.size, *((m.name, m.bit_offset, m.bit_size) for m in found.members))
    if isinstance(found, types.Enum):
        return (kind, found.name, found.size, found.signed, *((value.name, value.value) for value in found.values))
    if isinstance(found, types.FuncProto):
        return (kind, *(param.name for param in found.params))
    if isinstance(found, types.Array):
        return (kind, found.nelems)
    if isinstance(found, (types.Var, types.DataSec)):
        return (kind, number)
    fields = tuple(getattr(found, field) for field in found._fields if field != "type")
    return (kind, *fields)


def _partition(found: Sequence[types.Type], start: int, forwards: dict[int, int], *, names_only: bool) -> list[int]:
    """The group of each type. `forwards`: index of a forward declaration → of what stands for it.

    `names_only`: pointers to named structs and unions, declared or defined, are the same if the names are.
    """
    numbers: dict[object, int] = {}

    def group(key: object) -> int:
        return numbers.setdefault(key, len(numbers))

    # Groups of ids before `start` (void, a base's types): each its own, negative so as not to meet the others.
    references: list[list[int]] = []
    groups: list[int] = []
    for number, type_ in enumerate(found):
        targets: list[int] = []
        if names_only and isinstance(type_, types.Pointer) and type_.type >= start:
            target = found[type_.type - start]
            if isinstance(target, (types.Struct, types.Forward)) and target.name:
                union = target.is_union if isinstance(target, types.Forward) else target.kind == Kind.UNION
                groups.append(group((Kind.PTR, target.name, union)))
                references.append(targets)
                continue
        groups.append(group(_shallow(number, type_)))
        for target_id in type_.references():
            at = target_id - start
            targets.append(forwards.get(at, at) if at >= 0 else ~target_id)
        references.append(targets)
    for number, other in forwards.items():
        groups[number], references[number] = groups[other], references[other]
    count = len(set(groups))
    while True:
        numbers = {}
        groups = [
            group((own, *[groups[at] if at >= 0 else at for at in targets])) if targets else group(own)
            for own, targets in zip(groups, references, strict=True)
        ]
        if len(numbers) == count:
            return groups
        count = len(numbers)


def _resolve_forwards(found: Sequence[types.Type], start: int) -> dict[int, int]:
    """Forward declarations whose name has one definition: their index → its index."""
    declared: dict[tuple[Kind, str], list[int]] = {}
    for number, type_ in enumerate(found):
        if isinstance(type_, types.Forward):
            declared.setdefault((Kind.UNION if type_.is_union else Kind.STRUCT, type_.name), []).append(number)
        elif isinstance(type_, types.Enum) and not type_.values and type_.name:
            declared.setdefault((Kind.ENUM, type_.name), []).append(number)
    if not declared:
        return {}
    definitions: dict[tuple[Kind, str], dict[int, int]] = {}
    groups = _partition(found, start, {}, names_only=True)
    for number, type_ in enumerate(found):
        kind = Kind.ENUM if type_.kind == Kind.ENUM64 else type_.kind
        if (kind, type_.name) in declared and (isinstance(type_, types.Struct) or _has_values(type_)):
            definitions.setdefault((kind, type_.name), {}).setdefault(groups[number], number)
    out: dict[int, int] = {}
    for key, numbers in declared.items():
        defined = definitions.get(key, {})
        if len(defined) == 1:
            (target,) = defined.values()
            out.update(dict.fromkeys(numbers, target))
    return out


def _has_values(found: types.Type) -> bool:
    return isinstance(found, types.Enum) and bool(found.values)
