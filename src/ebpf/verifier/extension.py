"""Programs that replace a function of another (freplace): verified as if they were that function, in its program's type."""

from __future__ import annotations

from ebpf.btf import Enum, Int, Pointer, Struct, Void
from ebpf.uapi.btf import GLOBAL
from ebpf.verifier.core import Verifier
from ebpf.verifier.messages import Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.btf import Btf
    from ebpf.spec import Function, ProgramSpec


def stand_in(program: ProgramSpec, replaced: ProgramSpec) -> ProgramSpec:
    """The program as one of the type that it stands in for. Raises Refusal where it can't take the function's place."""
    name = program.target or replaced.name
    if replaced.type.name == "EXT":
        raise Refusal("btf", "Cannot recursively attach", required="a program that replaces nothing itself")
    if replaced.attach_type is not None and replaced.attach_type.name in (
        "TRACE_FENTRY",
        "TRACE_FEXIT",
        "TRACE_FSESSION",
    ):
        raise Refusal("btf", "Cannot extend fentry/fexit")
    function = next((f for f in replaced.functions if f.name == name), None)
    if function is None or replaced.btf is None or not function.type_id:
        raise Refusal("btf", f"Subprog {name} doesn't exist", required=f"a function of the program {replaced.name}")
    theirs: Any = replaced.btf.type(function.type_id)
    if function.slot and not (function.is_global or theirs.linkage == GLOBAL):
        raise Refusal("btf", "Cannot replace static functions", required="a function that is not static")
    own: Function | None = program.functions[0] if program.functions else None
    if program.btf is None or own is None or not own.type_id:
        raise Refusal("btf", "Tracing programs must provide btf_id", required="types of the program")
    mine: Any = program.btf.type(own.type_id)
    _match(program.btf, mine, replaced.btf, theirs)
    return program.replace(type=replaced.type, attach_type=replaced.attach_type)


def _match(btf: Btf, mine: Any, other: Btf, theirs: Any) -> None:
    """Both functions have the same signature, but for what typedefs and qualifiers say."""
    a: Any = btf.type(mine.type)
    b: Any = other.type(theirs.type)
    first, second = mine.name, theirs.name
    if len(a.params) != len(b.params):
        raise Refusal("btf", f"{first}() has {len(a.params)} args while {second}() has {len(b.params)} args")
    x, y = _shape(btf, a.ret), _shape(other, b.ret)
    if x[0] != y[0]:
        raise Refusal("btf", f"Return type {x[0]} of {first}() doesn't match type {y[0]} of {second}()")
    for n, (one, two) in enumerate(zip(a.params, b.params, strict=True)):
        x, y = _shape(btf, one.type), _shape(other, two.type)
        if x[0] != y[0]:
            raise Refusal("btf", f"arg{n} in {first}() is {x[0]} while {second}() has {y[0]}")
        if x[1] != y[1]:
            raise Refusal("btf", f"arg{n} in {first}() has size {x[1]} while {second}() has {y[1]}")
        if x[0] != "PTR":
            continue
        # Of pointers only the context may be handed over.
        for struct, name in ((x[2], first), (y[2], second)):
            if not struct:
                raise Refusal("btf", f"arg{n} in {name}() is not a pointer to context")
        if x[2] != y[2]:
            raise Refusal("btf", f"arg{n} {first}(struct {x[2]} *) doesn't match {second}(struct {y[2]} *)")


def _shape(btf: Btf, type_id: int) -> tuple[str, int, str]:
    """(kind, bytes of a number, the struct that a pointer points to), without qualifiers and typedefs."""
    found = btf.type(btf.resolve(type_id))
    if isinstance(found, Void):
        return "VOID", 0, ""
    size = found.size if isinstance(found, (Int, Enum)) else 0
    to = btf.type(btf.resolve(found.type)) if isinstance(found, Pointer) else None
    return found.kind.name, size, to.name if type(to) is Struct else ""


def check_effects(v: Verifier, program: ProgramSpec, replaced: ProgramSpec) -> None:
    """The callers of the function were verified on the strength of what it does not do."""
    name = program.target or replaced.name
    start = next(function.slot for function in replaced.functions if function.name == name)
    other = Verifier(replaced, v.maps, target=v.target, privileged=True, limit=v.limit, pending=v.pending_limit).flow
    theirs = other.functions[other.at[start]]
    own = v.flow.functions[0]
    if own.changes_packet and not theirs.changes_packet:
        raise Refusal("packet-moved", "Extension program changes packet data, while original does not")
    if own.might_sleep and not theirs.might_sleep:
        raise Refusal("btf", "Extension program may sleep, while original does not")
