"""Asking the kernel who is attached where: programs of a cgroup, an interface, a network namespace or a sockmap, and the
probe behind a descriptor of another process."""

from __future__ import annotations

from struct import Struct

from ebpf._record import Frozen
from ebpf.kernel import sys
from ebpf.kernel.sys import Layout, address, buffer
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.commands import Command

_QUERY = Layout(bpf_attr.PROG_QUERY)
_TASK = Layout(bpf_attr.TASK_FD_QUERY)
_U32 = Struct("=I")
#: Programs, links of tcx and netkit: as many as a query is asked for at once.
_MOST = 64
#: BPF_F_QUERY_EFFECTIVE: those of the cgroups above, too.
EFFECTIVE = 1
#: `enum bpf_task_fd_type`.
PROBES = ("raw_tracepoint", "tracepoint", "kprobe", "kretprobe", "uprobe", "uretprobe")


class Attached(Frozen):
    """Programs at a place, in the order in which they run: their ids, and the ids of their links (0: none), where the kernel
    tells (tcx, netkit: Linux 6.6). `flags` are those that they were attached with; `revision` changes with each (6.6)."""

    prog_ids: tuple[int, ...]
    link_ids: tuple[int, ...] = ()
    flags: int = 0
    revision: int = 0


def attached(target: int, attach_type: AttachType, *, effective: bool = False) -> Attached:
    """Which programs of an attach type are at `target`: the descriptor of a cgroup's folder (Linux 4.15), a network namespace
    (4.20), a lirc device or a sockmap (5.18), or the index of an interface (tcx, netkit: 6.6). Raises KernelError."""
    programs, links = buffer(4 * _MOST), buffer(4 * _MOST)
    by_interface = attach_type in (
        AttachType.TCX_INGRESS,
        AttachType.TCX_EGRESS,
        AttachType.NETKIT_PRIMARY,
        AttachType.NETKIT_PEER,
    )
    attr = _QUERY(
        target_fd=target,
        attach_type=int(attach_type),
        query_flags=EFFECTIVE if effective else 0,
        prog_ids=address(programs),
        count=_MOST,
    )
    if by_interface:
        _QUERY.set(attr, "link_ids", address(links))
    sys.bpf(Command.PROG_QUERY, attr, f"asking for programs of {attach_type.label}: BPF_PROG_QUERY")
    count = min(_QUERY.get(attr, "count"), _MOST)

    def ids(memory: sys.Buffer) -> tuple[int, ...]:
        return tuple(number for (number,) in _U32.iter_unpack(memory.raw[: 4 * count]))

    return Attached(
        ids(programs),
        ids(links) if by_interface else (),
        _QUERY.get(attr, "attach_flags"),
        _QUERY.get(attr, "revision"),
    )


class Probe(Frozen):
    """What the descriptor of a perf event is: its kind ("kprobe", …), the program on it, the name (or the path of the binary),
    the offset in it, and the address of a kernel function."""

    kind: str
    prog_id: int
    name: str
    offset: int = 0
    address: int = 0


def probe_of(pid: int, fd: int) -> Probe:
    """The probe behind a descriptor of a process (Linux 4.18, CAP_SYS_ADMIN). Raises KernelError: EOPNOTSUPP if it is none."""
    name = buffer(4096)
    attr = _TASK(pid=pid, fd=fd, buf=address(name), buf_len=4096)
    sys.bpf(Command.TASK_FD_QUERY, attr, f"asking for descriptor {fd} of process {pid}: BPF_TASK_FD_QUERY")
    number = _TASK.get(attr, "fd_type")
    return Probe(
        PROBES[number] if number < len(PROBES) else str(number),
        _TASK.get(attr, "prog_id"),
        name.value.decode(errors="replace"),
        _TASK.get(attr, "probe_offset"),
        _TASK.get(attr, "probe_addr"),
    )
