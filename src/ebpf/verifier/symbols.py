"""The kernel's variables and functions that a program names (`extern … __ksym`)."""

from __future__ import annotations

from ebpf.btf import Func, Struct, Var
from ebpf.uapi.btf import Kind as BtfKind
from ebpf.verifier import objects
from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import BTF_ID, MEM, PERCPU, RDONLY, Reg
from ebpf.verifier.scalar import UNKNOWN, ZERO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.btf import Btf
    from ebpf.spec import Reference
    from ebpf.verifier.core import Verifier


def symbol(v: Verifier, reference: Reference) -> Reg:
    """The address of a kernel symbol: a typed variable or function of the target's types, or a number (`extern const void x`)."""
    name = reference.name
    shown = v.symbols is None or v.symbols(name)
    if not _is_typed(v, reference):
        if not shown and not reference.weak:
            raise Refusal("target", f"the target has no symbol {name}")
        return UNKNOWN.reg if shown else ZERO.reg
    btf = objects.target(v)
    found = btf.find(name, BtfKind.VAR)
    if found is None:
        found = btf.find(name, BtfKind.FUNC)
    if found is None:
        if reference.weak:
            return ZERO.reg
        raise Refusal("target", f"the target has no variable {name}")
    if not shown:
        raise Refusal("btf", f"ldimm64 failed to find the address for kernel symbol '{name}'.")
    thing: Any = btf.type(found)
    if isinstance(thing, Func):
        return Reg(MEM | RDONLY, aux=0)
    type_id = thing.type
    if found in _percpu(v, btf):
        return Reg(BTF_ID | PERCPU, aux=(btf, type_id, objects.type_name(btf, type_id)))
    if isinstance(btf.type(btf.resolve(type_id)), Struct):
        return Reg(BTF_ID, aux=(btf, type_id, objects.type_name(btf, type_id)))
    return Reg(MEM | RDONLY, aux=btf.size(type_id))


def _is_typed(v: Verifier, reference: Reference) -> bool:
    """Whether the extern has a type other than `const void`; without one only its address is meant."""
    btf = v.program.btf
    if not reference.type_id or btf is None:
        return False
    extern: Any = btf.type(reference.type_id)
    return not isinstance(extern, Var) or bool(btf.resolve(extern.type))


def _percpu(v: Verifier, btf: Btf) -> frozenset[int]:
    if v.percpu is None:
        section = btf.find(".data..percpu", BtfKind.DATASEC)
        found: Any = btf.type(section) if section is not None else None
        v.percpu = frozenset(one.type for one in found.variables) if found is not None else frozenset()
    return v.percpu
