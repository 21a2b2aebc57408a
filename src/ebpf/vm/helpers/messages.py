"""Messages of sockets (sk_msg): what a program does with the one that it judges, which is in one piece here."""

from __future__ import annotations

from ebpf.uapi.errno import EINVAL
from ebpf.vm.helpers.packet import SKB_MOST, length, resize
from ebpf.vm.helpers.registry import changes_memory, helper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine


@changes_memory
def msg_pull_data(m: Machine, context: int, start: int, end: int, flags: int, r5: int) -> int:
    """A message is in one piece here: 0, or -EINVAL."""
    start, end = start & 0xFFFFFFFF, end & 0xFFFFFFFF
    return -EINVAL if flags or start >= end or end > length(m) else 0


@changes_memory
def msg_push_data(m: Machine, context: int, start: int, size: int, flags: int, r5: int) -> int:
    """Opens a gap in the message: 0, or -EINVAL."""
    start, size = start & 0xFFFFFFFF, size & 0xFFFFFFFF
    old = length(m)
    if not flags and not size:
        return 0
    if flags or start > old or old + size > SKB_MOST:
        return -EINVAL
    after = m.packet_bytes(start, old - start) or b""
    resize(m, old + size)
    m.packet_store(start, bytes(size) + after)
    return 0


@changes_memory
def msg_pop_data(m: Machine, context: int, start: int, size: int, flags: int, r5: int) -> int:
    """Takes bytes out of the message: 0, or -EINVAL."""
    start, size = start & 0xFFFFFFFF, size & 0xFFFFFFFF
    old = length(m)
    if not flags and not size:
        return 0
    if flags or start + size > old:
        return -EINVAL
    after = m.packet_bytes(start + size, old - start - size) or b""
    m.packet_store(start, after)
    resize(m, old - size)
    return 0


@helper
def msg_apply_bytes(m: Machine, context: int, size: int, r3: int, r4: int, r5: int) -> int:
    """How far the verdict goes; one run judges one message here. 0."""
    return 0


@helper
def msg_cork_bytes(m: Machine, context: int, size: int, r3: int, r4: int, r5: int) -> int:
    return 0
