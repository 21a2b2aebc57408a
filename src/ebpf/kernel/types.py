"""The kernel's own types (BTF): of vmlinux and of its modules."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebpf.btf import Btf

VMLINUX = "/sys/kernel/btf/vmlinux"


def kernel_types() -> Sequence[Btf]:
    """[vmlinux], [] where the kernel shows no BTF. Raises BtfError."""
    return []
