"""Pointers to kernel objects kept in map values."""

from __future__ import annotations

from ebpf.uapi import opcodes as op
from ebpf.verifier import objects
from ebpf.verifier.bounds import check_plain_offset
from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import (
    ALLOC,
    BTF_ID,
    KIND,
    MAYBE_NULL,
    MEM,
    PERCPU,
    RCU,
    TRUSTED,
    UNTRUSTED,
    MapInfo,
    Reg,
    is_null,
    kind_name,
)  # fmt: skip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.btf import Btf
    from ebpf.verifier.arguments import Meta
    from ebpf.verifier.core import Verifier

    Field = tuple[str, int, int]


def pointee(v: Verifier, owner: Btf, field: Field) -> tuple[object, ...]:
    """(types, id, name) of what the field points to: the kernel's struct of that name, or else the program's own."""
    name = objects.type_name(owner, field[1])
    if v.target is not None:
        try:
            return objects.core_type(v, name)
        except Refusal:
            pass
    return owner, owner.resolve(field[1]), name


def access(
    v: Verifier, regno: int, info: MapInfo, field: Field, write: bool, value: int, imm: int | None
) -> Reg | None:
    """A direct load or store of the field."""
    kind = field[0]
    if v.flow.code[v.insn] & op.MODE_MASK != op.MEM:
        raise Refusal("field", "kptr in map can only be accessed using BPF_MEM instruction mode", register=regno)
    if write and kind in ("kptr_ref", "kptr_percpu"):
        raise Refusal("field", "store to referenced kptr disallowed", register=regno, required="bpf_kptr_xchg()")
    if write and kind == "uptr":
        raise Refusal("field", "store to uptr disallowed", register=regno)
    assert info.spec.btf is not None
    what = pointee(v, info.spec.btf, field)
    if not write:
        if kind == "uptr":
            return Reg(MEM | MAYBE_NULL, id=v.new_id(), aux=info.spec.btf.size(field[1]))
        return Reg(BTF_ID | _loaded(v, kind, what), id=v.new_id(), aux=what)
    if value >= 0:
        stored = v.regs[value]
        if is_null(stored):
            v.mark_precise(value)
            return None
        check_match(v, (kind, what), stored, value)
    elif imm:
        raise Refusal("field", f"BPF_ST imm must be 0 when storing to kptr at off={field[2]}", register=regno)
    return None


def _loaded(v: Verifier, kind: str, what: tuple[object, ...]) -> int:
    kernel = what[0] is v.target
    safe = kind == "kptr_percpu" or (kind == "kptr_ref" and (not kernel or what[2] in objects.RCU_PROTECTED))
    if not safe or not objects.in_rcu(v):
        return MAYBE_NULL | UNTRUSTED
    return MAYBE_NULL | RCU | (PERCPU if kind == "kptr_percpu" else 0 if kernel else ALLOC)


def check_exchange(v: Verifier, regno: int, reg: Reg, meta: Meta) -> None:
    """The place that bpf_kptr_xchg() changes."""
    if isinstance(reg.aux, MapInfo):
        info = reg.aux
        if info.spec.btf is None or not info.spec.value_type:
            raise Refusal("btf", f"map '{info.name}' has to have BTF in order to use bpf_kptr_xchg", register=regno)
        fields, owner = info.fields, info.spec.btf
    else:
        fields, owner = objects.fields_of(reg), reg.aux[0]
    if reg.s.const is None:
        raise Refusal(
            "field",
            f"R{regno} doesn't have constant offset. kptr has to be at the constant offset",
            register=regno,
            value=reg,
        )
    if not any(f[0].startswith("kptr") for f in fields.values()):
        raise Refusal("field", f"R{regno} has no valid kptr", register=regno, value=reg)
    at = reg.off + reg.s.const
    field = fields.get(at)
    if field is None or not field[0].startswith("kptr"):
        raise Refusal("field", f"off={at} doesn't point to kptr", register=regno, value=reg)
    if field[0] == "kptr_unref":
        raise Refusal("field", f"off={at} kptr isn't referenced kptr", register=regno, value=reg)
    meta.field = (field[0], pointee(v, owner, field))


def check_match(v: Verifier, field: Any, reg: Reg, regno: int) -> None:
    """Whether the object may be put into the field."""
    kind, what = field
    btf, type_id, wanted = what
    bad = Refusal(
        "field", f"invalid kptr access, R{regno} type={kind_name(reg.type)}"
        f"{reg.aux[2] if isinstance(reg.aux, tuple) else ''} expected=ptr_{wanted}", register=regno, value=reg,
    )  # fmt: skip
    if reg.type & KIND != BTF_ID:
        raise bad
    if reg.aux[0] is v.target:
        allowed = MAYBE_NULL | TRUSTED | RCU | (UNTRUSTED if kind == "kptr_unref" else 0)
    else:
        allowed = MAYBE_NULL | ALLOC | (PERCPU if kind == "kptr_percpu" else 0)
    if reg.type & ~KIND & ~allowed or (kind == "kptr_percpu") != bool(reg.type & PERCPU):
        raise bad
    check_plain_offset(reg, regno, True)
    if not objects.same_struct(
        reg.aux[0], reg.aux[1], reg.off, btf, type_id, kind != "kptr_unref", not reg.type & ALLOC
    ):
        raise bad


def exchanged(v: Verifier, meta: Meta, flags: int) -> Reg:
    """What bpf_kptr_xchg() gives: what was there before."""
    kind, what = meta.field
    own = what[0] is not v.target
    return Reg(BTF_ID | flags | (ALLOC if own else 0) | (PERCPU if own and kind == "kptr_percpu" else 0), aux=what)
