"""NumPy dtypes by BTF type: for arrays of values without a copy. Nothing here is imported unless a dtype is asked for.

Integers, floats, `_Bool`, enums and pointers are numbers (an enum its integer, a pointer 8 bytes); `char[n]` is `S<n>`;
structs are structured dtypes with C's offsets and size; the members of a union lie over each other, those of an anonymous
struct or union stand among their holder's. NumPy has no bitfields: the bytes that some share are one unsigned
integer (or raw bytes) called `_bits_<first byte>`.
"""

from __future__ import annotations

from ebpf.btf import types
from ebpf.errors import BtfError
from ebpf.uapi.btf import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import numpy as np

    from ebpf.btf.reader import Btf

MAX_NESTING = 32
MAX_FIELDS = 0x10000


def make(btf: Btf, type_id: int) -> np.dtype[Any]:
    """The dtype of a type; BtfError for one that has no values (void, functions)."""
    import numpy as np

    dtype: np.dtype[Any] = np.dtype(_spec(btf, type_id, 0))
    return dtype


def _spec(btf: Btf, type_id: int, depth: int) -> Any:
    """What `np.dtype` takes: a string, a dict of fields, or (spec, count)."""
    if depth > MAX_NESTING:
        raise BtfError(f"type {type_id} nests deeper than {MAX_NESTING}", section=".BTF")
    order = "<" if btf.byte_order == "little" else ">"
    target = btf.resolve(type_id)
    found = btf.type(target)
    if isinstance(found, types.Int):
        if found.is_bool and found.size == 1:
            return "?"
        letter = "i" if found.signed else "u"
        return f"{order}{letter}{found.size}" if found.size in (1, 2, 4, 8) else f"V{found.size}"
    if isinstance(found, types.Enum):
        return f"{order}{'i' if found.signed else 'u'}{found.size}"
    if isinstance(found, types.Pointer):
        return f"{order}u8"
    if isinstance(found, types.Float):
        return f"{order}f{found.size}" if found.size in (2, 4, 8) else f"V{found.size}"
    if isinstance(found, types.Array):
        element = btf.type(btf.resolve(found.type))
        if isinstance(element, types.Int) and element.name == "char":
            return f"S{found.nelems}"
        return (_spec(btf, found.type, depth + 1), (found.nelems,))
    if isinstance(found, (types.Var, types.DeclTag)):
        return _spec(btf, found.type, depth + 1)
    if not isinstance(found, (types.Struct, types.DataSec)):
        raise BtfError(f"{found.kind.label} {found.name or target} has no values", section=".BTF")
    fields: dict[str, tuple[Any, int]] = {}
    if isinstance(found, types.DataSec):
        for variable in found.variables:
            fields.setdefault(btf.name(variable.type), (_spec(btf, variable.type, depth + 1), variable.offset))
    else:
        _fields(btf, found, 0, fields, depth, [0])
    return {
        "names": list(fields),
        "formats": [spec for spec, _offset in fields.values()],
        "offsets": [offset for _spec, offset in fields.values()],
        "itemsize": found.size,
    }


def _fields(
    btf: Btf, found: types.Struct, base: int, out: dict[str, tuple[Any, int]], depth: int, seen: list[int]
) -> None:
    order = "<" if btf.byte_order == "little" else ">"
    if depth > MAX_NESTING:
        raise BtfError(f"{found.name} nests deeper than {MAX_NESTING}", section=".BTF")
    start = end = -1
    run = ""

    def close() -> None:
        nonlocal run
        if run:
            size = end - start
            out.setdefault(run, (f"{order}u{size}" if size in (1, 2, 4, 8) else f"V{size}", start))
        run = ""

    for member in found.members:
        seen[0] += 1
        if seen[0] > MAX_FIELDS:
            raise BtfError(f"{found.name} has more than {MAX_FIELDS} fields", section=".BTF")
        if member.bit_size:
            first, last = base + member.bit_offset // 8, base + -(-(member.bit_offset + member.bit_size) // 8)
            if not run or found.kind == Kind.UNION:
                close()
                start, end, run = first, last, f"_bits_{first}"
            end = max(end, last)
            continue
        close()
        offset = base + member.bit_offset // 8
        inner = btf.type(btf.resolve(member.type))
        if member.name:
            out.setdefault(member.name, (_spec(btf, member.type, depth + 1), offset))
        elif isinstance(inner, types.Struct):
            _fields(btf, inner, offset, out, depth + 1, seen)
    close()
