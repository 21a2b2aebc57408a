"""An object's types in the form that the kernel takes.

What the object only names (`extern … __ksym`) stands in the types as extern, which the kernel refuses: it has to look like
something that is defined. A parameter without a name (`static int f(struct sk_buff *, int)`), which it refuses too, is given one.
Type ids and positions of strings stay as they are, so that what refers to them stays right.
Facts: kernel/bpf/btf.c (btf_datasec_check_meta, btf_func_check, btf_var_check_meta).
"""

from __future__ import annotations

from struct import Struct

from ebpf.btf import types
from ebpf.errors import BtfError
from ebpf.uapi.btf import Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.btf.reader import Btf

_GLOBAL = 1
_SECTION = ".ksyms"
_NAME = b"dummy_ksym\0"
_PLACE = 4  # bytes that each thing seems to take


def loadable(btf: Btf) -> bytes:
    """The bytes of the types, the section .ksyms made of variables: an int for each thing in it. Functions are global, and
    all their parameters have names."""
    section_id = btf.find(_SECTION, Kind.DATASEC)
    section = btf.type(section_id) if section_id is not None else None
    nameless = _nameless(btf)
    externs = section_id is not None and isinstance(section, types.DataSec) and not section.size
    if not externs and not nameless:
        return bytes(btf.raw)
    o = "<" if btf.byte_order == "little" else ">"
    word, header = Struct(o + "I"), Struct(o + "HBBIIIII")
    raw = bytearray(btf.raw)
    magic, version, flags, length, type_start, type_size, string_start, string_size = header.unpack_from(raw)
    put = word.pack_into
    name, added = string_size, b""
    for place in nameless:
        put(raw, place, name)
    if externs:
        assert isinstance(section, types.DataSec)
        int_id = next((number for number, found in btf if isinstance(found, types.Int) and found.size == 4), 0)
        if not int_id:
            int_id = len(btf)
            added += Struct(o + "4I").pack(name, Kind.INT << 24, 4, 32)
        dummy = len(btf) + (1 if added else 0)
        added += Struct(o + "4I").pack(name, Kind.VAR << 24, int_id, _GLOBAL)
        assert section_id is not None
        at = btf.position(section_id)
        put(raw, at + 8, _PLACE * len(section.variables))
        for index, variable in enumerate(section.variables):
            place = at + 12 + index * 12
            put(raw, place + 4, index * _PLACE)
            put(raw, place + 8, _PLACE)
            own = btf.position(variable.type)
            extern = btf.type(variable.type)
            if isinstance(extern, types.Func):
                put(raw, own + 4, Kind.FUNC << 24 | _GLOBAL)
                put(raw, place, dummy)
            elif not isinstance(extern, types.Var):
                raise BtfError(f"type {variable.type} in {_SECTION} is no variable and no function", section=".BTF")
            else:
                put(raw, own + 8, int_id)
                put(raw, own + 12, _GLOBAL)
    start = length + type_start
    kinds = bytes(raw[start : start + type_size]) + added
    strings = bytes(raw[length + string_start : length + string_start + string_size]) + _NAME
    head = header.pack(magic, version, flags, length, 0, len(kinds), len(kinds), len(strings))
    return head + bytes(raw[header.size : length]) + kinds + strings


def _nameless(btf: Btf) -> list[int]:
    """Where the names of the parameters of functions would stand that have none. (A variadic function's last has no type.)"""
    places = []
    for type_id in range(btf.start_id, len(btf)):
        if btf.kind(type_id) != Kind.FUNC:
            continue
        func = btf.type(type_id)
        proto = btf.type(func.type) if isinstance(func, types.Func) else None
        if isinstance(func, types.Func) and isinstance(proto, types.FuncProto):
            first = btf.position(func.type) + 12
            places += [first + at * 8 for at, param in enumerate(proto.params) if param.type and not param.name]
    return places
