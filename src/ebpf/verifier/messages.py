"""A refusal inside the verifier: the short reason that Linux's log has for the same fault (tools and tests match on it), and its
kind. What a person reads of it is made by `explain`, of the words of `ebpf.explain`."""

from __future__ import annotations

from ebpf.verifier.regs import NOT_INIT, UNINIT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Step, Verifier
    from ebpf.verifier.regs import Reg


class Refusal(Exception):
    """A program is refused. `reason` is as in Linux's log; `kind` a key of `ebpf.explain.KINDS`; `register` and `value` what was
    known where it matters; `required` what would have been right."""

    def __init__(
        self,
        kind: str,
        reason: str,
        *,
        slot: int | None = None,
        register: int | None = None,
        value: Reg | None = None,
        required: str = "",
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.slot = slot
        self.register = register
        self.value = value
        self.required = required


def not_readable(regno: int) -> Refusal:
    """Of a register that no instruction has set on this path."""
    return Refusal(
        "uninitialised", f"R{regno} !read_ok", register=regno, value=UNINIT, required="a value on every path"
    )


def need(v: Verifier, regno: int) -> Reg:
    """The register, which must hold something."""
    reg = v.regs[regno]
    if reg.type == NOT_INIT:
        raise not_readable(regno)
    return reg


def refuse(kind: str, reason: str) -> Step:
    """The step of an instruction that is refused whatever led to it."""

    def step(v: Verifier) -> int:
        raise Refusal(kind, reason)

    return step
