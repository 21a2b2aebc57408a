"""Exceptions: bpf_throw(), and the function that a program names to be run for what it throws."""

from __future__ import annotations

from ebpf.btf import DeclTag
from ebpf.uapi.btf import GLOBAL
from ebpf.uapi.btf import Kind as BtfKind
from ebpf.verifier.functions import check_return
from ebpf.verifier.globals_ import signature
from ebpf.verifier.messages import Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ebpf.btf import Btf
    from ebpf.spec import ProgramSpec
    from ebpf.verifier.core import Verifier

#: The declaration tag on a program's function that names its callback.
TAG = "exception_callback:"


def named(btf: Btf | None, type_id: int) -> list[str]:
    """The callbacks that the function of that type id names; one at most in a program that is right."""
    if btf is None or not type_id or btf.raw.find(TAG.encode()) < 0:
        return []
    return [
        tag.name.removeprefix(TAG)
        for _, tag in btf
        if isinstance(tag, DeclTag) and tag.type == type_id and tag.component == -1 and tag.name.startswith(TAG)
    ]


def slot_of(program: ProgramSpec) -> int:
    """Where the program's exception callback begins, 0 if it has none of its own. Raises Refusal."""
    main = next((f for f in program.functions if not f.slot), None)
    names = named(program.btf, main.type_id) if main is not None else []
    if not names:
        return 0
    if len(names) > 1:
        raise Refusal("exception", "multiple exception callback tags for main subprog", slot=0)
    btf = program.btf
    assert btf is not None
    type_id = btf.find(names[0], BtfKind.FUNC)
    if type_id is None:
        raise Refusal("exception", f"exception callback '{names[0]}' could not be found in BTF", slot=0)
    function: Any = btf.type(type_id)
    if function.linkage != GLOBAL:
        raise Refusal("exception", f"exception callback '{names[0]}' must have global linkage", slot=0)
    slot = next((f.slot for f in program.functions if f.type_id == type_id), None)
    if slot is None:
        raise Refusal("exception", "exception callback type id not found in func_info", slot=0)
    if not slot:
        raise Refusal("exception", "invalid exception callback insn_off in func_info: 0", slot=0)
    return slot


def check_signature(v: Verifier, index: int) -> None:
    """It takes one number."""
    arguments = signature(v, index)
    if len(arguments) != 1 or arguments[0].kind != "scalar":
        raise Refusal(
            "exception",
            "exception cb only supports single integer argument",
            slot=v.flow.functions[index].start,
            required="int callback(u64 cookie)",
        )


def throw(v: Verifier) -> int:
    """The path ends; without a callback, what is thrown is what the program returns."""
    v.check_nothing_held("bpf_throw")
    if not any(function.exception_callback for function in v.flow.functions):
        check_return(v, 1)
    return -1
