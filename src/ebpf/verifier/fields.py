"""The special fields of map values and allocated objects, found in their types: locks, timers, kptrs, lists, trees."""

from __future__ import annotations

from ebpf.btf.types import MODIFIERS, Array, DataSec, Pointer, Struct, TypeTag, Var

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.btf import Btf, Type
    from ebpf.verifier.regs import MapInfo

#: struct name → bytes.
SPECIAL = {
    "bpf_spin_lock": 4, "bpf_res_spin_lock": 4, "bpf_timer": 16, "bpf_wq": 16, "bpf_list_head": 16, "bpf_list_node": 24,
    "bpf_rb_root": 16, "bpf_rb_node": 32, "bpf_refcount": 4, "bpf_task_work": 8,
}  # fmt: skip
#: Type tag of a pointer → the kind of field.
_KPTR_TAGS = {"kptr_untrusted": "kptr_unref", "kptr": "kptr_ref", "percpu_kptr": "kptr_percpu", "uptr": "uptr"}


#: A value that has more special fields has none for Linux (BTF_FIELDS_MAX).
MOST = 11
#: What a value may have one of only, and what an array can't be made of.
_ONCE = frozenset(("bpf_spin_lock", "bpf_res_spin_lock", "bpf_timer", "bpf_wq", "bpf_refcount", "bpf_task_work"))
_LOCKS = frozenset(("bpf_spin_lock", "bpf_res_spin_lock"))
_ROOTS = frozenset(("bpf_list_head", "bpf_rb_root"))
_ALONE = _ONCE | {"bpf_list_node", "bpf_rb_node"}


def find(btf: Btf, type_id: int) -> dict[int, tuple[str, int, int]]:
    """offset → (kind, type id of the field or of what it points to, bytes). Empty where Linux finds the fields to be wrong."""
    out: dict[int, tuple[str, int, int]] = {}
    try:
        _search(btf, type_id, 0, out, 0)
    except _Wrong:
        return {}
    kinds = [field[0] for field in out.values()]
    if len(out) > MOST or any(kinds.count(kind) > 1 for kind in _ONCE):
        return {}
    if not _ROOTS.isdisjoint(kinds) and _LOCKS.isdisjoint(kinds):  # what is to guard it?
        return {}
    if "bpf_refcount" not in kinds and kinds.count("bpf_list_node") and kinds.count("bpf_rb_node"):
        return {}  # in two places at once, and nothing counts them
    return {at: field for at, field in out.items() if at % (4 if field[2] == 4 else 8) == 0}


class _Wrong(Exception):
    """The fields can't be as they are."""


def _search(btf: Btf, type_id: int, base: int, out: dict[int, tuple[str, int, int]], depth: int) -> None:
    tags: list[str] = []
    is_pointer = False
    found: Type
    for _ in range(64):
        found = btf.type(type_id)
        if isinstance(found, TypeTag):
            tags.append(found.name)
        elif isinstance(found, Pointer):
            if is_pointer:
                return
            is_pointer = True
        elif not isinstance(found, (*MODIFIERS, Var)):
            break
        type_id = found.type
    if is_pointer:
        for tag in tags:
            if tag in _KPTR_TAGS:
                out[base] = (_KPTR_TAGS[tag], type_id, 8)
        return
    if type(found) is Struct and found.name in SPECIAL:
        out[base] = (found.name, type_id, SPECIAL[found.name])
        return
    if depth > 8:
        return
    if isinstance(found, Struct):
        for member in found.members:
            if not member.bit_size and member.bit_offset % 8 == 0:
                _search(btf, member.type, base + member.bit_offset // 8, out, depth + 1)
    elif isinstance(found, Array):
        count = found.nelems
        if not count:
            return
        first: dict[int, tuple[str, int, int]] = {}
        _search(btf, found.type, 0, first, depth + 1)
        if first:
            size = btf.size(found.type)
            if count > 1 and (len(first) * count > MOST or any(field[0] in _ALONE for field in first.values())):
                raise _Wrong
            for n in range(count):
                for at, field in first.items():
                    out[base + n * size + at] = field
    elif isinstance(found, DataSec):
        for variable in found.variables:
            _search(btf, variable.type, base + variable.offset, out, depth + 1)


def fill(info: MapInfo) -> None:
    """Finds the fields of a map's value."""
    spec = info.spec
    if spec.btf is None or not spec.value_type:
        return
    try:
        info.fields = find(spec.btf, spec.value_type)
    except Exception:
        info.fields = {}
