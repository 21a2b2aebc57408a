"""Kernel objects known by their types (BTF): what may be read through a pointer to one, and what a call takes and gives."""

from __future__ import annotations

from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import Reg

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.spec import Reference
    from ebpf.uapi.helpers import Kind, Proto
    from ebpf.verifier.calls import Meta
    from ebpf.verifier.core import Verifier
    from ebpf.verifier.globals_ import Argument


def unproved(what: str) -> Refusal:
    return Refusal("not-supported", f"{what} can't be proved yet")


def access(v: Verifier, regno: int, reg: Reg, off: int, size: int, write: bool, value: int) -> Reg:
    raise unproved("access through a typed kernel pointer")


def access_map(v: Verifier, regno: int, reg: Reg, off: int, size: int, write: bool) -> Reg:
    raise unproved("access to the inside of a map")


def symbol(v: Verifier, reference: Reference) -> Reg:
    raise unproved(f"the kernel symbol {reference.name}")


def check_argument(v: Verifier, regno: int, reg: Reg, kind: Kind, meta: Meta, as_memory: bool) -> None:
    raise unproved("a typed kernel pointer as an argument")


def check_object(v: Verifier, regno: int, reg: Reg, argument: Argument) -> None:
    raise unproved("a typed kernel pointer as an argument")


def core_type(v: Verifier, name: str) -> tuple[object, ...]:
    raise unproved(f"an argument of the kernel's type {name}")


def pointer_to(v: Verifier, name: str, flags: int) -> Reg:
    raise unproved(f"a pointer to the kernel's {name}")


def result(v: Verifier, proto: Proto, meta: Meta, flags: int, arguments: list[Reg]) -> Reg:
    raise unproved("a helper's typed result")


def context_field(v: Verifier, off: int, size: int, write: bool) -> Reg | int | None:
    raise unproved("the context of this program type")


def hook_return_range(v: Verifier) -> tuple[int, int] | str | None:
    raise unproved("the return value of this program type")


def fields_of(v: Verifier, reg: Reg) -> dict[int, tuple[str, int, int]]:
    return {}
