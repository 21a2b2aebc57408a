"""Pointers to kernel objects kept in map values."""

from __future__ import annotations

from ebpf.verifier.objects import unproved
from ebpf.verifier.regs import MapInfo, Reg

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.calls import Meta
    from ebpf.verifier.core import Verifier


def access(
    v: Verifier,
    regno: int,
    reg: Reg,
    info: MapInfo,
    field: tuple[str, int, int],
    write: bool,
    value: int,
    imm: int | None,
) -> Reg | None:
    raise unproved("a kptr")


def check_exchange(v: Verifier, regno: int, reg: Reg, meta: Meta) -> None:
    raise unproved("bpf_kptr_xchg()")
