"""Types as a list, one after the other with their ids: the lines that `bpftool btf dump` prints, which BPF developers read."""

from __future__ import annotations

from ebpf.btf import types
from ebpf.uapi.btf import INT_BOOL, INT_CHAR, INT_SIGNED, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebpf.btf.reader import Btf

_ENCODING = {0: "(none)", INT_SIGNED: "SIGNED", INT_CHAR: "CHAR", INT_BOOL: "BOOL"}
_LINKAGE = ("static", "global", "extern")


def listing(btf: Btf, type_id: int) -> Iterator[str]:
    """The lines of one type; those of its members, values, parameters or variables begin with a tab. Raises BtfError."""
    found = btf.type(type_id)
    head = f"[{type_id}] {found.kind.name} '{found.name or '(anon)'}'"
    if isinstance(found, types.Struct):
        yield f"{head} size={found.size} vlen={len(found.members)}"
        for member in found.members:
            text = f"\t'{member.name or '(anon)'}' type_id={member.type} bits_offset={member.bit_offset}"
            yield text + (f" bitfield_size={member.bit_size}" if member.bit_size and not _old(btf, member) else "")
    elif isinstance(found, types.Enum):
        sign = "SIGNED" if found.signed else "UNSIGNED"
        yield f"{head} encoding={sign} size={found.size} vlen={len(found.values)}"
        suffix = "" if found.kind == Kind.ENUM else "LL" if found.signed else "ULL"
        for value in found.values:
            yield f"\t'{value.name}' val={value.value}{suffix}"
    elif isinstance(found, types.FuncProto):
        yield f"{head} ret_type_id={found.ret} vlen={len(found.params)}"
        for param in found.params:
            yield f"\t'{param.name or '(anon)'}' type_id={param.type}"
    elif isinstance(found, types.DataSec):
        yield f"{head} size={found.size} vlen={len(found.variables)}"
        for variable in found.variables:
            target = btf.type(variable.type)
            what = f"{target.kind.name} '{target.name}'"
            yield f"\ttype_id={variable.type} offset={variable.offset} size={variable.size} ({what})"
    else:
        yield head + _rest(found)


def _rest(found: types.Type) -> str:
    if isinstance(found, types.Int):
        encoding = _ENCODING.get(found.encoding, "UNKN")
        return f" size={found.size} bits_offset={found.bit_offset} nr_bits={found.bits} encoding={encoding}"
    if isinstance(found, types.Array):
        return f" type_id={found.type} index_type_id={found.index_type} nr_elems={found.nelems}"
    if isinstance(found, types.Forward):
        return f" fwd_kind={'union' if found.is_union else 'struct'}"
    if isinstance(found, types.Float):
        return f" size={found.size}"
    if isinstance(found, types.Func):
        return f" type_id={found.type} linkage={_linkage(found.linkage)}"
    if isinstance(found, types.Var):
        return f" type_id={found.type}, linkage={_linkage(found.linkage)}"
    if isinstance(found, types.DeclTag):
        return f" type_id={found.type} component_idx={found.component}"
    return f" type_id={found.type}" if isinstance(found, types._Reference) else ""


def _linkage(number: int) -> str:
    return _LINKAGE[number] if number < len(_LINKAGE) else "(unknown)"


def _old(btf: Btf, member: types.Member) -> bool:
    """Whether a bitfield is one of an old compiler: its width is said by its type."""
    target = btf.type(member.type)
    return isinstance(target, types.Int) and (target.bits != target.size * 8 or bool(target.bit_offset))
