"""The part of a kernel's types that a set of objects is relocated against: small enough to ship for each kernel without BTF.

Structs keep only the members that relocations go through; pointers lead nowhere unless a relocation asks what they point to.
Against the small BTF every relocation gives what it gives against the whole one, but for a type's id in the target.
"""

from __future__ import annotations

from ebpf.btf import types
from ebpf.btf.access import Access, Refused, match, parse
from ebpf.btf.build import Builder
from ebpf.btf.core import Relocator
from ebpf.errors import BtfError
from ebpf.uapi.btf import CoreKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ebpf.btf.ext import CoreRelocation
    from ebpf.btf.reader import Btf

#: Types nested deeper than this are no C.
MAX_NESTING = 64


def minimal(target: Btf, objects: Iterable[tuple[Btf, Iterable[CoreRelocation]]]) -> Btf:
    """What `target` must have for these objects: pairs of an object's types and its CO-RE relocations.

    A relocation that is malformed, or that the target lacks, adds nothing; `core.relocate` will say so.
    """
    keeper = _Keeper(target)
    for local, relocations in objects:
        relocator = Relocator(local, [target])
        for relocation in relocations:
            if relocation.kind == CoreKind.TYPE_ID_LOCAL:
                continue
            try:
                spec = parse(local, relocation)
                for btf, type_id in relocator._candidates_of(spec.root) if local.name(spec.root) else ():
                    found = match(spec, btf, type_id)
                    if found is not None:
                        keeper.keep(found)
            except (Refused, BtfError):
                continue
    return keeper.build()


class _Keeper:
    """`kept`: ids that stay; for a struct, the indices of the members that do."""

    __slots__ = ("btf", "deep", "kept", "whole")

    def __init__(self, btf: Btf) -> None:
        self.btf = btf
        self.kept: dict[int, set[int]] = {}
        # Types whose pointers, and whose members, were followed.
        self.deep: set[int] = set()
        self.whole: set[int] = set()

    def keep(self, spec: Access) -> None:
        if spec.kind == CoreKind.TYPE_MATCHES:
            self.members(spec.root, 0)
            return
        self.type(spec.root, spec.kind not in _FIELDS, 0)
        for type_id, index in spec.path:
            found = self.btf.type(type_id)
            assert isinstance(found, types.Struct)
            self.kept.setdefault(type_id, set()).add(index)
            self.type(found.members[index].type, False, 0)

    def type(self, type_id: int, pointers: bool, depth: int) -> None:
        """Keeps a type and what its size and kind hang on; with `pointers`, also what pointers and functions lead to."""
        seen = self.deep if pointers else self.kept
        if type_id == 0 or (type_id in seen):
            return
        if depth > MAX_NESTING:
            raise BtfError(f"type {type_id} nests deeper than {MAX_NESTING}", section=".BTF")
        self.kept.setdefault(type_id, set())
        if pointers:
            self.deep.add(type_id)
        found = self.btf.type(type_id)
        if isinstance(found, types.Pointer):
            if pointers:
                self.type(found.type, True, depth + 1)
        elif isinstance(found, types.Array):
            self.type(found.type, pointers, depth + 1)
            self.type(found.index_type, False, depth + 1)
        elif isinstance(found, types.FuncProto):
            for target in found.references():
                self.type(target, pointers, depth + 1)
        elif isinstance(found, types._Reference):
            self.type(found.type, pointers, depth + 1)

    def members(self, type_id: int, depth: int) -> None:
        """Keeps a type with all its members, and theirs; behind a pointer only names count."""
        if type_id in self.whole:
            return
        if depth > MAX_NESTING:
            raise BtfError(f"type {type_id} nests deeper than {MAX_NESTING}", section=".BTF")
        self.whole.add(type_id)
        self.type(type_id, True, 0)
        found = self.btf.type(type_id)
        if isinstance(found, types.Struct):
            self.kept[type_id].update(range(len(found.members)))
        if not isinstance(found, types.Pointer):
            for target in found.references():
                self.members(target, depth + 1)

    def build(self) -> Btf:
        order = sorted(self.kept)
        new_ids = {old: new for new, old in enumerate(order, 1)}
        builder = Builder(byte_order=self.btf.byte_order)
        for old in order:
            found = self.btf.type(old)
            if isinstance(found, types.Struct):
                wanted = self.kept[old]
                found = found.replace(members=[one for at, one in enumerate(found.members) if at in wanted])
            builder.add(found.mapped(lambda target: new_ids.get(target, 0)))
        return builder.btf()


_FIELDS = range(CoreKind.FIELD_BYTE_OFFSET, CoreKind.FIELD_RSHIFT_U64 + 1)
