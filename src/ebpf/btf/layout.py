"""How a C compiler lays out structs: what alignment a type has, and which structs must be packed to come out as BTF says.

BTF has the offsets and sizes but not the attributes that made them. A struct is taken to be packed where no natural layout can
give its offsets or its size; every other gap is plain padding.
"""

from __future__ import annotations

from ebpf.btf import types
from ebpf.errors import BtfError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.btf.reader import Btf

MAX_NESTING = 64


class Layouts:
    """Alignments, kept as they are worked out."""

    __slots__ = ("_alignments", "_packed", "btf")

    def __init__(self, btf: Btf) -> None:
        self.btf = btf
        self._alignments: dict[int, int] = {}
        self._packed: dict[int, bool] = {}

    def alignment(self, type_id: int, depth: int = 0) -> int:
        """The alignment of a type in bytes, as the compiler has it for the C that is dumped."""
        if depth > MAX_NESTING:
            raise BtfError(f"type {type_id} holds itself, or nests deeper than {MAX_NESTING}", section=".BTF")
        target = self.btf.resolve(type_id)
        known = self._alignments.get(target)
        if known is not None:
            return known
        found = self.btf.type(target)
        if isinstance(found, types.Pointer):
            out = 8
        elif isinstance(found, (types.Int, types.Enum, types.Float)):
            out = min(1 << max(found.size - 1, 0).bit_length(), 16)
        elif isinstance(found, (types.Array, types.Var)):
            out = self.alignment(found.type, depth + 1)
        elif isinstance(found, types.Struct):
            out = 1 if self.packed(target, found, depth) else self._natural(found, depth)
        else:
            out = 1
        self._alignments[target] = out
        return out

    def _natural(self, found: types.Struct, depth: int) -> int:
        return max((self.alignment(member.type, depth + 1) for member in found.members), default=1)

    def packed(self, type_id: int, found: types.Struct, depth: int = 0) -> bool:
        """Whether a struct or union needs `__attribute__((packed))`."""
        known = self._packed.get(type_id)
        if known is None:
            known = self._packed[type_id] = self._must_pack(found, depth)
        return known

    def _must_pack(self, found: types.Struct, depth: int) -> bool:
        widest = self._natural(found, depth)
        if found.size % widest:
            return True
        for member in found.members:
            bits = self.alignment(member.type, depth + 1) * 8
            if member.bit_size:
                # A bitfield stays within one aligned unit of its type.
                if member.bit_offset % bits + member.bit_size > bits:
                    return True
            elif member.bit_offset % bits:
                return True
        return False

    def next_offset(self, member: types.Member, at: int, packed: bool) -> int:
        """Where the compiler puts a member that follows bit `at`."""
        if member.bit_size:
            unit = self.alignment(member.type) * 8
            if packed or at % unit + member.bit_size <= unit:
                return at
            return -(-at // unit) * unit
        step = 8 if packed else self.alignment(member.type) * 8
        return -(-at // step) * step

    def end(self, member: types.Member) -> int:
        """The bit behind a member."""
        return member.bit_offset + (member.bit_size or self.btf.size(member.type) * 8)
