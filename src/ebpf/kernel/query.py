"""Asking the kernel who is attached where: programs of a cgroup, an interface, a network namespace or a sockmap, and the
probe behind a descriptor of another process."""

from __future__ import annotations

import errno
import os
from struct import Struct

from ebpf._record import Frozen
from ebpf.errors import HookError
from ebpf.kernel import sys
from ebpf.kernel.sys import Layout, address, buffer
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.commands import Command
from ebpf.uapi.flags import BPF_F_QUERY_EFFECTIVE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_QUERY = Layout(bpf_attr.PROG_QUERY)
_TASK = Layout(bpf_attr.TASK_FD_QUERY)
_U32 = Struct("=I")
_ATTRIBUTE, _TCA_BPF_ID = Struct("=HHI"), 11
#: Programs, links of tcx and netkit: as many as a query is asked for at once.
_MOST = 64
#: Attach types whose programs are found by an interface's index.
BY_INTERFACE = (AttachType.TCX_INGRESS, AttachType.TCX_EGRESS, AttachType.NETKIT_PRIMARY, AttachType.NETKIT_PEER)
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
    by_interface = attach_type in BY_INTERFACE
    attr = _QUERY(
        target_fd=target,
        attach_type=int(attach_type),
        query_flags=BPF_F_QUERY_EFFECTIVE if effective else 0,
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


def _row(attach_type: str, prog_id: int, link_id: int = 0, flags: str = "") -> dict[str, Any]:
    from ebpf.kernel.info import OBJ

    try:
        name = OBJ["prog"].describe(prog_id)["name"]
    except OSError:
        name = ""  # it went meanwhile
    return {"attach_type": attach_type, "prog_id": prog_id, "name": name, "link_id": link_id, "flags": flags}


#: What BPF_PROG_QUERY says of how a cgroup's programs were attached.
_FLAGS = {0: "", 1: "override", 2: "multi"}


def of_cgroup(path: str) -> list[dict[str, Any]]:
    """The programs that are attached to a cgroup: attach type, program, name, flags. Raises KernelError, HookError."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise HookError(f"no cgroup {path}: {error.strerror}") from None
    rows = []
    try:
        for kind in AttachType:
            if not kind.name.startswith("CGROUP_"):
                continue
            try:
                found = attached(fd, kind)
            except OSError as error:
                if error.errno == errno.EBADF:
                    raise HookError(f"{path} is no folder of cgroup v2") from None
                if error.errno == errno.EPERM:
                    raise
                continue  # an attach type that this kernel doesn't have
            rows += [
                _row(kind.label, number, 0, _FLAGS.get(found.flags, str(found.flags))) for number in found.prog_ids
            ]
    finally:
        os.close(fd)
    return rows


def of_interface(name: str) -> list[dict[str, Any]]:
    """The programs at an interface of this network namespace: XDP, tc by netlink, tcx, netkit. Raises KernelError, HookError."""
    from ebpf.hooks import index_of
    from ebpf.kernel.hooks._net import netlink
    from ebpf.kernel.hooks.tc import PARENTS

    index = index_of(name)
    rows = []
    with netlink() as ip:
        (link,) = ip.get_links(index)
        xdp = link.get_attr("IFLA_XDP")
        for mode in ("DRV", "SKB", "HW"):
            number = xdp.get_attr(f"IFLA_XDP_{mode}_PROG_ID") if xdp is not None else None
            if number:
                rows.append(_row("xdp", number, 0, {"DRV": "native", "SKB": "generic", "HW": "offload"}[mode]))
        for direction, parent in PARENTS.items():
            for one in ip.get_filters(index=index, parent=parent):
                options = one.get_attr("TCA_OPTIONS") if one.get_attr("TCA_KIND") == "bpf" else None
                number = _tc_program(options) if options is not None else 0
                if number:
                    rows.append(_row(f"tc_{direction}", number, 0, f"priority {one['info'] >> 16}"))
    for kind in BY_INTERFACE:
        try:
            found = attached(index, kind)
        except OSError:
            continue  # no such device, or an older kernel
        rows += [_row(kind.label, number, link) for number, link in zip(found.prog_ids, found.link_ids, strict=True)]
    return rows


def _tc_program(options: Any) -> int:
    """The id of a filter's program, in an attribute that pyroute2 has no name for: u16 length, u16 type, u32 id."""
    for slot in options["attrs"]:
        value = slot[1]  # decodes it, which taking it apart as a tuple would not
        data = getattr(value, "data", None)
        if data is not None:
            length, kind, number = _ATTRIBUTE.unpack_from(data, value.offset)
            if (length, kind) == (8, _TCA_BPF_ID):
                return int(number)
    return 0


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
