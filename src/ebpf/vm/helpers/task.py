"""The current task: `Machine.task`, which a tracer supplies; else this process."""

from __future__ import annotations

from errno import EINVAL

from ebpf.vm.helpers.registry import helper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine


@helper
def get_current_pid_tgid(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """Process id << 32 | thread id."""
    return m.task.tgid << 32 | m.task.pid


@helper
def get_current_uid_gid(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """Group << 32 | user."""
    return m.task.gid << 32 | m.task.uid


@helper
def get_current_comm(m: Machine, buffer: int, size: int, r3: int, r4: int, r5: int) -> int:
    """The task's name, cut to fit and filled up with 0. 0, or -EINVAL for no room."""
    size &= 0xFFFFFFFF
    if not size:
        return -EINVAL
    m.write(buffer, m.task.comm[: min(size, 16) - 1].ljust(size, b"\0"))
    return 0


@helper
def get_current_task(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """In the kernel the address of a task_struct. Here there is none: 0."""
    return 0


@helper
def get_current_cgroup_id(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """The id of the task's cgroup v2 folder, 0 where it isn't known."""
    return int(getattr(m.task, "cgroup_id", 0))
