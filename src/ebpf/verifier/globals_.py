"""Global functions: checked by themselves against what their signature says, and called on the strength of it."""

from __future__ import annotations

from ebpf.btf.types import MODIFIERS, DeclTag, Enum, Int, Pointer, Struct, Typedef, TypeTag, Void
from ebpf.errors import BtfError
from ebpf.verifier import dynptrs, objects
from ebpf.verifier.arguments import check_offset
from ebpf.verifier.context import STRUCTS
from ebpf.verifier.memory import check_memory_argument
from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import (
    ARENA,
    BTF_ID,
    CTX,
    KIND,
    MAYBE_NULL,
    MEM,
    RCU,
    RDONLY,
    SCALAR,
    TRUSTED,
    UNTRUSTED,
    Reg,
    is_null,
    kind_name,
)  # fmt: skip
from ebpf.verifier.scalar import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.btf import Btf
    from ebpf.verifier.core import Verifier


class Argument:
    """What a parameter takes. kind: "scalar", "ctx", "mem" (of `size` bytes), "dynptr", "arena", "object"."""

    __slots__ = ("flags", "kind", "size", "type")

    def __init__(self, kind: str, size: int = 0, flags: int = 0, type: tuple[object, ...] | None = None) -> None:
        self.kind = kind
        self.size = size
        self.flags = flags
        self.type = type


def tags_of(btf: Btf, function: int) -> dict[int, list[str]]:
    """Parameter (from 0; -1 the function) → its `arg:…` and other declaration tags."""
    out: dict[int, list[str]] = {}
    for _, found in btf:
        if isinstance(found, DeclTag) and found.type == function:
            out.setdefault(found.component, []).append(found.name)
    return out


def _strip(btf: Btf, type_id: int, names: list[str]) -> int:
    """Without modifiers and typedefs; the typedefs' names are put into `names`, type tags with a @ before."""
    for _ in range(64):
        found = btf.type(type_id)
        if isinstance(found, Typedef):
            names.append(found.name)
        elif isinstance(found, TypeTag):
            names.append("@" + found.name)
        elif not isinstance(found, MODIFIERS):
            return type_id
        type_id = found.type
    return type_id


def signature(v: Verifier, index: int) -> list[Argument]:
    """What the function's parameters take. Raises Refusal for a signature that no global function may have."""
    known = v.signatures.get(index)
    if known is not None:
        return known
    function = v.flow.functions[index]
    btf = v.program.btf
    if btf is None or not function.type_id:
        raise Refusal("btf", f"global function {function.name}() has no types", slot=function.start)
    func: Any = btf.type(function.type_id)
    proto: Any = btf.type(func.type)
    params = proto.params
    if len(params) > 5:
        raise Refusal(
            "call",
            f"Global function {function.name}() with {len(params)} > 5 args. Buggy compiler.",
            slot=function.start,
        )
    if not (isinstance(btf.type(btf.resolve(proto.ret)), (Int, Enum)) or (not proto.ret and not index)):
        raise Refusal(
            "call",
            f"Global function {function.name}() doesn't return scalar. Only those are supported.",
            slot=function.start,
        )
    tags = tags_of(btf, function.type_id)
    out = []
    for n, param in enumerate(params):
        out.append(_argument(v, btf, function.name, n, param.type, tags.get(n, [])))
    v.signatures[index] = out
    return out


def returns_number(v: Verifier, index: int) -> bool:
    """Whether the function's type says that it returns an integer."""
    btf = v.program.btf
    assert btf is not None
    func: Any = btf.type(v.flow.functions[index].type_id)
    proto: Any = btf.type(func.type)
    return isinstance(btf.type(btf.resolve(proto.ret)), (Int, Enum))


def _argument(v: Verifier, btf: Btf, name: str, n: int, type_id: int, tags: list[str]) -> Argument:
    words = {t.removeprefix("arg:") for t in tags if t.startswith("arg:")}
    flags = 0 if "nonnull" in words else MAYBE_NULL
    names: list[str] = []
    type_id = _strip(btf, type_id, names)
    found = btf.type(type_id)
    if isinstance(found, (Int, Enum)):
        if words:
            raise Refusal("call", f"arg#{n} type tag is not supported for scalars in {name}()")
        return Argument("scalar")
    if not isinstance(found, Pointer):
        raise Refusal("call", f"Arg#{n} type {found.kind.name} in {name}() is not supported yet.")
    if "ctx" in words:
        return Argument("ctx")
    if "arena" in words or "@arena" in names:
        return Argument("arena")
    inner: list[str] = []
    target_id = _strip(btf, found.type, inner)
    target = btf.type(target_id)
    wanted = STRUCTS.get(v.type_name)
    if not words & {"trusted", "untrusted"} and wanted and (target.name == wanted or wanted in inner):
        return Argument("ctx")
    if "@arena" in inner:
        return Argument("arena")
    if type(target) is Struct and target.name == "bpf_dynptr":
        return Argument("dynptr")
    if "trusted" in words:
        return Argument(
            "object", flags=flags | TRUSTED if "nullable" in words else TRUSTED, type=objects.core_type(v, target.name)
        )
    if "untrusted" in words:
        if isinstance(target, Struct):
            return Argument("object", flags=UNTRUSTED, type=objects.core_type(v, target.name))
        return Argument("mem", size=0, flags=UNTRUSTED | RDONLY)
    try:
        size = btf.size(target_id)
    except BtfError:
        size = 0
    if not size:
        what = "VOID " if isinstance(target, Void) else f"{target.kind.name} {target.name}"
        raise Refusal("call", f"arg#{n} reference type('{what}') size cannot be determined: -22")
    return Argument("mem", size=size, flags=flags)


def check_call(v: Verifier, index: int) -> None:
    """Whether the registers are what the function's parameters take."""
    function = v.flow.functions[index]
    regs = v.regs
    try:
        arguments = signature(v, index)
        for n, argument in enumerate(arguments):
            _check(v, n, n + 1, regs[n + 1], argument)
    except Refusal as refusal:
        refusal.reason += f"\nCaller passes invalid args into func#{index} ('{function.name}')"
        refusal.kind = "call" if refusal.kind == "argument" else refusal.kind
        raise


def _check(v: Verifier, n: int, regno: int, reg: Reg, argument: Argument) -> None:
    kind = argument.kind
    if kind == "scalar":
        if reg.type != SCALAR:
            raise Refusal("call", f"R{regno} is not a scalar", register=regno, value=reg, required="a number")
    elif kind == "ctx":
        check_offset(reg, regno, False)
        if reg.type != CTX:
            raise Refusal("call", f"arg#{n} expects pointer to ctx", register=regno, value=reg, required="the context")
    elif kind == "mem":
        if argument.flags & UNTRUSTED:
            return
        check_offset(reg, regno, False)
        check_memory_argument(v, regno, argument.size)
        if not argument.flags & MAYBE_NULL and (reg.type & MAYBE_NULL or is_null(reg)):
            raise Refusal("call", f"arg#{n} is expected to be non-NULL", register=regno, value=reg)
    elif kind == "arena":
        if reg.type not in (ARENA, SCALAR):
            raise Refusal("call", f"R{regno} is not a pointer to arena or scalar.", register=regno, value=reg)
    elif kind == "dynptr":
        check_offset(reg, regno, False)
        dynptrs.argument(v, regno, reg, frozenset(("MEM_RDONLY",)))
    else:
        if is_null(reg) and argument.flags & MAYBE_NULL:
            return
        _check_object(v, regno, reg, argument)


def _check_object(v: Verifier, regno: int, reg: Reg, argument: Argument) -> None:
    """An argument of a global function that is tagged as trusted."""
    type = reg.type & ~MAYBE_NULL if argument.flags & MAYBE_NULL else reg.type
    if type not in (BTF_ID, BTF_ID | TRUSTED, BTF_ID | RCU) and not (
        argument.flags & UNTRUSTED and type & KIND == BTF_ID
    ):
        raise Refusal(
            "call",
            f"R{regno} type={kind_name(reg.type)} expected=ptr_, trusted_ptr_, rcu_ptr_",
            register=regno,
            value=reg,
        )
    if argument.flags & UNTRUSTED:
        return
    btf, type_id, name = reg.aux
    assert argument.type is not None
    need_btf, need_id, wanted = argument.type
    if not objects.same_struct(btf, type_id, reg.off, need_btf, need_id, False):  # type: ignore[arg-type]
        raise Refusal("call", f"R{regno} is of type {name} but {wanted} is expected", register=regno, value=reg)


def entry_registers(v: Verifier, index: int) -> list[Reg]:
    """r1 … as a global function that is checked by itself gets them."""
    out = []
    for argument in signature(v, index):
        kind, flags = argument.kind, argument.flags
        if kind == "scalar":
            out.append(UNKNOWN.reg)
        elif kind == "ctx":
            out.append(Reg(CTX))
        elif kind == "mem":
            out.append(Reg(MEM | flags, aux=argument.size, id=v.new_id() if flags & MAYBE_NULL else 0))
        elif kind == "arena":
            out.append(Reg(ARENA, UNKNOWN))
        elif kind == "dynptr":
            out.append(dynptrs.callback_argument(v))
        else:
            out.append(Reg(BTF_ID | flags, aux=argument.type, id=v.new_id() if flags & MAYBE_NULL else 0))
    return out
