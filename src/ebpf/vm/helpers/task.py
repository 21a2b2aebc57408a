"""The current task: `Machine.task`, which a tracer supplies; else this process."""

from __future__ import annotations

from struct import Struct

from ebpf.errors import Fault
from ebpf.uapi.errno import E2BIG, EAGAIN, EINVAL
from ebpf.uapi.map_types import MapType
from ebpf.vm.helpers.registry import helper
from ebpf.vm.kernel_objects import address_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine

_PIDS = Struct("=II")


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
    m.write_padded(buffer, m.task.comm[: min(size, 16) - 1], size)
    return 0


@helper
def get_current_task(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """The address of its task_struct: what the program's own types have of it, as far as it is known here, is read from there."""
    return address_of("task_struct", m.task.pid)


@helper
def get_current_cgroup_id(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """The id of the task's cgroup v2 folder, 0 where it isn't known."""
    return int(getattr(m.task, "cgroup_id", 0))


@helper
def current_task_under_cgroup(m: Machine, map_: int, index: int, r3: int, r4: int, r5: int) -> int:
    """1 if the task is in the cgroup at `index` of a cgroup array, else 0; -E2BIG, -EAGAIN (nothing there)."""
    import sys

    found = m.map_of(map_)
    if found.spec.type != MapType.CGROUP_ARRAY:
        raise Fault(f"map {found.spec.name} is no cgroup array", program=m.program.spec.name)
    index &= 0xFFFFFFFF
    if index >= found.max_entries:
        return -E2BIG
    value = found.get(index.to_bytes(4, sys.byteorder))
    if value is None:
        return -EAGAIN
    return int(int.from_bytes(value, sys.byteorder) == getattr(m.task, "cgroup_id", 0))


@helper
def get_current_ancestor_cgroup_id(m: Machine, level: int, r2: int, r3: int, r4: int, r5: int) -> int:
    return int(getattr(m.task, "cgroup_id", 0)) if level & 0xFFFFFFFF == 0 else 0


@helper
def get_ns_current_pid_tgid(m: Machine, device: int, inode: int, out: int, size: int, r5: int) -> int:
    """pid and tgid (struct bpf_pidns_info) in this process's own pid namespace: 0, or -EINVAL for another one."""
    import os

    size &= 0xFFFFFFFF
    try:
        mine = os.stat("/proc/self/ns/pid")
    except OSError:
        mine = None
    if size != 8 or mine is None or (mine.st_dev, mine.st_ino) != (device, inode):
        m.write_padded(out, b"", size)
        return -EINVAL
    m.write(out, _PIDS.pack(m.task.pid, m.task.tgid))
    return 0


@helper
def get_current_task_btf(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """As get_current_task, with its type."""
    return address_of("task_struct", m.task.pid)


@helper
def copy_from_user_task(m: Machine, destination: int, size: int, source: int, task: int, flags: int) -> int:
    from ebpf.vm.helpers.probe import copy_from_user

    return -EINVAL if flags else copy_from_user(m, destination, size, source, 0, 0)


# -- the cgroup of a packet's or a socket's owner, which is the task here


@helper
def skb_ancestor_cgroup_id(m: Machine, context: int, level: int, r3: int, r4: int, r5: int) -> int:
    """As get_current_ancestor_cgroup_id: packets are the task's."""
    return get_current_ancestor_cgroup_id(m, level, 0, 0, 0, 0)


@helper
def sk_cgroup_id(m: Machine, socket: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """As get_current_cgroup_id: sockets are the task's."""
    return get_current_cgroup_id(m, 0, 0, 0, 0, 0)


@helper
def sk_ancestor_cgroup_id(m: Machine, socket: int, level: int, r3: int, r4: int, r5: int) -> int:
    return get_current_ancestor_cgroup_id(m, level, 0, 0, 0, 0)


@helper
def skb_under_cgroup(m: Machine, context: int, map_: int, index: int, r4: int, r5: int) -> int:
    """As current_task_under_cgroup: packets are the task's."""
    return current_task_under_cgroup(m, map_, index, 0, 0, 0)
