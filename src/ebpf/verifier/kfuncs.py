"""Calls of kernel functions."""

from __future__ import annotations

from ebpf.verifier.objects import unproved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ebpf.verifier.core import Verifier


def build(v: Verifier, i: int) -> Callable[[Verifier], int]:
    name = v.flow.kfunc_at(i)

    def step(v: Verifier) -> int:
        raise unproved(f"the kernel function {name}()")

    return step
