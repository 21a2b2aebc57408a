"""Kernel functions for tasks and cgroups: the current task is the only one that is known here, and its cgroup.

What stands for a task is what bpf_get_current_task_btf gives; what stands for a cgroup is its id. Neither is to be read through.
"""

from __future__ import annotations

from ebpf.uapi.errno import EFAULT, EINVAL
from ebpf.vm.helpers.probe import string_at
from ebpf.vm.helpers.registry import KFUNCS, kfunc, nothing, same
from ebpf.vm.helpers.task import get_current_cgroup_id, get_current_task_btf
from ebpf.vm.helpers.traced import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine

_PAD_ZEROS = 1
_PIDTYPE_PID, _PIDTYPE_TGID = 0, 1


KFUNCS["bpf_task_acquire"] = KFUNCS["bpf_cgroup_acquire"] = same
KFUNCS["bpf_task_release"] = KFUNCS["bpf_cgroup_release"] = nothing


@kfunc
def bpf_task_from_pid(m: Machine, pid: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """What stands for the current task, if that is its thread id; 0 else."""
    return get_current_task_btf(m, 0, 0, 0, 0, 0) if pid & 0xFFFFFFFF == m.task.pid else 0


KFUNCS["bpf_task_from_vpid"] = bpf_task_from_pid


@kfunc
def bpf_cgroup_from_id(m: Machine, number: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """What stands for the task's cgroup, if that is its id; 0 else."""
    return number if number == get_current_cgroup_id(m, 0, 0, 0, 0, 0) else 0


@kfunc
def bpf_task_under_cgroup(m: Machine, task: int, cgroup: int, r3: int, r4: int, r5: int) -> int:
    """1 if the task is in the cgroup, else 0."""
    return int(bool(cgroup) and cgroup == get_current_cgroup_id(m, 0, 0, 0, 0, 0))


@kfunc
def bpf_send_signal_task(m: Machine, task: int, number: int, type_: int, value: int, r5: int) -> int:
    """To the thread (type 0) or the process (1): 0, or -EINVAL; -EPERM for a task that nobody traces."""
    type_ &= 0xFFFFFFFF
    if type_ not in (_PIDTYPE_PID, _PIDTYPE_TGID):
        return -EINVAL
    return signal(m, number, type_ == _PIDTYPE_PID)


@kfunc
def bpf_copy_from_user_str(m: Machine, destination: int, size: int, source: int, flags: int, r5: int) -> int:
    """Copies a string of the task's (Linux 6.12); its length with the 0 byte. What doesn't fit is cut, and ended by a 0 byte all
    the same; flag 1 fills up the rest with 0. -EINVAL (flags), -EFAULT."""
    size &= 0xFFFFFFFF
    if flags & ~_PAD_ZEROS:
        return -EINVAL
    if not size:
        return 0
    m.window(destination, size, True)
    data = string_at(m, source, size, user=True, kernel=False)
    if data is None:
        if flags:
            m.write_padded(destination, b"", size)
        return -EFAULT
    data = data[: size - 1] + b"\0"
    if flags:
        m.write_padded(destination, data, size)
    else:
        m.write(destination, data)
    return len(data)


@kfunc
def bpf_copy_from_user_task_str(m: Machine, destination: int, size: int, source: int, task: int, flags: int) -> int:
    return bpf_copy_from_user_str(m, destination, size, source, flags, 0)
