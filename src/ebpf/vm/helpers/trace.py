"""Tracing: stacks, cookies, counters."""

from __future__ import annotations

import sys

from ebpf.errors import Fault
from ebpf.uapi.errno import EFAULT, EINVAL
from ebpf.uapi.flags import (
    BPF_F_CURRENT_CPU,
    BPF_F_FAST_STACK_CMP,
    BPF_F_INDEX_MASK,
    BPF_F_REUSE_STACKID,
    BPF_F_SKIP_FIELD_MASK,
    BPF_F_USER_BUILD_ID,
    BPF_F_USER_STACK,
)
from ebpf.vm.helpers.registry import helper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine

_DEEPEST = 127


def user_stack(m: Machine, most: int = _DEEPEST) -> list[int]:
    """Return addresses of the task's user stack, by frame pointers; empty where there is no such stack."""
    registers = getattr(m.task, "user_registers", None)
    if registers is None:
        return []
    ip, _, frame = registers()
    found = [ip] if ip else []
    while frame and not frame & 7 and len(found) < most:
        try:
            data = m.task.read_memory(frame, 16)
        except OSError:
            break
        following = int.from_bytes(data[:8], sys.byteorder)
        back = int.from_bytes(data[8:], sys.byteorder)
        if not back:
            break
        found.append(back)
        if following <= frame:
            break
        frame = following
    return found


@helper
def get_stackid(m: Machine, context: int, map_: int, flags: int, r4: int, r5: int) -> int:
    """Keeps the task's user stack in a stack map; its id, or -EINVAL, -EFAULT (no stack; the kernel's is none here), -EEXIST."""
    from ebpf.vm.maps.stacktrace import StackTrace

    found = m.map_of(map_)
    if not isinstance(found, StackTrace):
        raise Fault(f"map {found.spec.name} is no stack trace map", program=m.program.spec.name)
    if flags & ~(BPF_F_SKIP_FIELD_MASK | BPF_F_USER_STACK | BPF_F_FAST_STACK_CMP | BPF_F_REUSE_STACKID):
        return -EINVAL
    addresses = user_stack(m)[flags & BPF_F_SKIP_FIELD_MASK :] if flags & BPF_F_USER_STACK else []
    return found.add(addresses, flags) if addresses else -EFAULT


def _stack(m: Machine, buffer: int, size: int, flags: int) -> int:
    size &= 0xFFFFFFFF
    user, by_id = flags & BPF_F_USER_STACK, flags & BPF_F_USER_BUILD_ID
    unit = 32 if by_id else 8
    if flags & ~(BPF_F_SKIP_FIELD_MASK | BPF_F_USER_STACK | BPF_F_USER_BUILD_ID) or size % unit or (by_id and not user):
        m.write_padded(buffer, b"", size)
        return -EINVAL
    addresses = user_stack(m)[flags & BPF_F_SKIP_FIELD_MASK :][: size // unit] if user else []
    if not addresses:
        m.write_padded(buffer, b"", size)
        return -EFAULT
    if by_id:
        # BPF_STACK_BUILD_ID_IP: status 2, no build id, the address itself.
        data = b"".join(
            (2).to_bytes(4, sys.byteorder) + bytes(20) + address.to_bytes(8, sys.byteorder) for address in addresses
        )
    else:
        data = b"".join(address.to_bytes(8, sys.byteorder) for address in addresses)
    m.write_padded(buffer, data, size)
    return len(data)


@helper
def get_stack(m: Machine, context: int, buffer: int, size: int, flags: int, r5: int) -> int:
    """The task's user stack into a buffer; bytes written, or -EINVAL, -EFAULT with the buffer cleared."""
    return _stack(m, buffer, size, flags)


@helper
def get_task_stack(m: Machine, task: int, buffer: int, size: int, flags: int, r5: int) -> int:
    return _stack(m, buffer, size, flags)


@helper
def get_attach_cookie(m: Machine, context: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """The cookie of the attachment that this run comes from."""
    return m.cookie


@helper
def get_func_ip(m: Machine, context: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """The address of the probed function, as the context has it (x86-64: ip at byte 128 of pt_regs)."""
    import sys

    if m.layout is None or m.layout.size < 136:
        return 0
    return int.from_bytes(m.context_block.view[128:136], sys.byteorder)


@helper
def get_branch_snapshot(m: Machine, buffer: int, size: int, flags: int, r4: int, r5: int) -> int:
    """No processor's branch records are to be had here: -ENOENT, as on a machine without them."""
    from ebpf.uapi.errno import ENOENT

    return -ENOENT


@helper
def read_branch_records(m: Machine, context: int, buffer: int, size: int, flags: int, r5: int) -> int:
    from ebpf.uapi.errno import ENOENT

    return -EINVAL if flags & ~1 else -ENOENT


@helper
def perf_prog_read_value(m: Machine, context: int, buffer: int, size: int, r4: int, r5: int) -> int:
    """The event's counter, enabled and running time (struct bpf_perf_event_value): 0, or -EINVAL (size)."""
    size &= 0xFFFFFFFF
    m.write_padded(buffer, b"", size)
    return 0 if size == 24 else -EINVAL


def _no_counter(m: Machine, map_: int, flags: int) -> int:
    """Why there is no counter at an entry of a perf event array."""
    from ebpf.uapi.errno import E2BIG, ENOENT

    found = m.map_of(map_)
    if flags & ~BPF_F_INDEX_MASK:
        return -EINVAL
    index = m.cpu if flags == BPF_F_CURRENT_CPU else flags
    return -E2BIG if index >= found.max_entries else -ENOENT


@helper
def perf_event_read(m: Machine, map_: int, flags: int, r3: int, r4: int, r5: int) -> int:
    """There are no counters here: -ENOENT, as for an empty entry; -EINVAL (flags), -E2BIG."""
    return _no_counter(m, map_, flags)


@helper
def perf_event_read_value(m: Machine, map_: int, flags: int, buffer: int, size: int, r5: int) -> int:
    """As perf_event_read, with the buffer cleared; -EINVAL for a size other than 24."""
    size &= 0xFFFFFFFF
    m.write_padded(buffer, b"", size)
    return _no_counter(m, map_, flags) if size == 24 else -EINVAL
