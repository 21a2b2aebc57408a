"""What a program finds in the kernel's memory here: a task, and what hangs on it, laid out as the program's own types say.

Such an object has an address in the kernel's half, where nothing of this process is; it tells the struct and the task, and so is
the same in every run. What a member holds is asked when it is read, and kept until the run ends. What no row names is 0.
"""

from __future__ import annotations

import os
import sys

from ebpf.uapi.btf import Kind
from ebpf.vm.task import ProcTask, cgroup_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ebpf.btf import Btf
    from ebpf.vm.task import Task

    Value = Callable[[Task], int | bytes]
    #: Where a member is in its struct, its bytes, what it holds.
    Place = tuple[int, int, Value]

#: x86-64 maps all memory from here on.
_FIRST = 0xFFFF_8880_0000_0000
#: An object has 64 KiB of addresses, a struct has as many objects as there may be tasks (PID_MAX_LIMIT).
_TASK, _STRUCT = 16, 38
_MOST_TASKS = 1 << _STRUCT - _TASK


def address_of(struct: str, pid: int) -> int:
    """The address of a task's object; 0 for what is none."""
    return _FIRST + (_KINDS[struct] << _STRUCT) + (pid << _TASK) if 0 <= pid < _MOST_TASKS else 0


def task_at(address: int) -> int | None:
    """The thread id of the task_struct at an address; None if that is none's."""
    offset = address - _FIRST
    return offset >> _TASK if 0 <= offset < 1 << _STRUCT and not offset & (1 << _TASK) - 1 else None


def _to(struct: str) -> Value:
    return lambda task: address_of(struct, task.pid)


def _of_status(name: str, column: int = 0, base: int = 10) -> Value:
    """A number of /proc/PID/status; 0 where there is none."""

    def value(task: Task) -> int:
        words = task.status(name).split()
        return int(words[column], base) if len(words) > column else 0

    return value


def _of_stat(field: int, more: int = 0) -> Value:
    return lambda task: task.stat(field) + more


def _of_file(path: str) -> Value:
    def value(task: Task) -> int:
        try:
            with open(f"/proc/{task.pid}/{path}", "rb") as file:
                return int(file.read())
        except (OSError, ValueError):
            return 0

    return value


def _inode(process: int | str, name: str) -> int:
    """The inode of one of its namespaces, 0 where it isn't told."""
    try:
        return os.stat(f"/proc/{process}/ns/{name}").st_ino
    except OSError:
        return 0


def _namespace(name: str) -> Value:
    return lambda task: _inode(task.pid, name)


def _nodename(task: Task) -> bytes:
    """The host's name, where the task is in this process's UTS namespace."""
    same = _inode(task.pid, "uts") == _inode("self", "uts")
    return os.uname().nodename.encode() if same and hasattr(os, "uname") else b""


def _cgroup_id(task: Task) -> int:
    return int(getattr(task, "cgroup_id", 0))


_START: Value = lambda task: task.start_time  # noqa: E731
_PARENT: Value = lambda task: address_of("task_struct", task.ppid)  # noqa: E731

#: Struct → member (a path, where it lies in another) → what it holds of a task. A string stands for itself.
SHOWN: Mapping[str, Mapping[str, Value]] = {
    "task_struct": {
        "pid": lambda task: task.pid,
        "tgid": lambda task: task.tgid,
        "comm": lambda task: task.comm[:15],
        "real_parent": _PARENT,
        "parent": _PARENT,
        "group_leader": lambda task: address_of("task_struct", task.tgid),
        "start_time": _START,
        "start_boottime": _START,
        "real_start_time": _START,  # its name before Linux 5.5
        "exit_code": lambda task: getattr(task, "exit_code", 0),
        "flags": _of_stat(9),
        "prio": _of_stat(18, 100),
        "static_prio": _of_stat(19, 120),
        "loginuid.val": _of_file("loginuid"),
        "sessionid": _of_file("sessionid"),
        "cred": _to("cred"),
        "real_cred": _to("cred"),
        "mm": _to("mm_struct"),
        "nsproxy": _to("nsproxy"),
        "cgroups": _to("css_set"),
    },
    "cred": {
        **{f"{name}uid.val": _of_status("Uid", column) for column, name in enumerate(("", "e", "s", "fs"))},
        **{f"{name}gid.val": _of_status("Gid", column) for column, name in enumerate(("", "e", "s", "fs"))},
        **{f"cap_{name.lower()}": _of_status(f"Cap{code}", base=16) for name, code in (
            ("inheritable", "Inh"), ("permitted", "Prm"), ("effective", "Eff"), ("bset", "Bnd"), ("ambient", "Amb"),
        )},
        "user_ns": _to("user_namespace"),
    },
    "mm_struct": {"arg_start": _of_stat(48), "arg_end": _of_stat(49), "env_start": _of_stat(50), "env_end": _of_stat(51)},
    "nsproxy": {
        "uts_ns": _to("uts_namespace"),
        "ipc_ns": _to("ipc_namespace"),
        "mnt_ns": _to("mnt_namespace"),
        "pid_ns_for_children": _to("pid_namespace"),
        "net_ns": _to("net"),
        "cgroup_ns": _to("cgroup_namespace"),
    },
    "uts_namespace": {"ns.inum": _namespace("uts"), "name.nodename": _nodename},
    "ipc_namespace": {"ns.inum": _namespace("ipc")},
    "mnt_namespace": {"ns.inum": _namespace("mnt")},
    "pid_namespace": {"ns.inum": _namespace("pid_for_children")},
    "net": {"ns.inum": _namespace("net")},
    "cgroup_namespace": {"ns.inum": _namespace("cgroup")},
    "user_namespace": {"ns.inum": _namespace("user")},
    "css_set": {"dfl_cgrp": _to("cgroup")},
    "cgroup": {"kn": _to("kernfs_node")},
    "kernfs_node": {"id": _cgroup_id, "name": _to("the cgroup's name")},
    "linux_binprm": {"filename": _to("the program's path"), "interp": _to("the program's path")},
}  # fmt: skip
STRINGS: Mapping[str, Callable[[Task], bytes]] = {
    "the cgroup's name": lambda task: (cgroup_path(task.pid) or b"").rpartition(b"/")[2],
    "the program's path": lambda task: getattr(task, "program", b""),
}
_KINDS = {name: number for number, name in enumerate((*SHOWN, *STRINGS))}
_NAMES = tuple(_KINDS)


def places(btf: Btf, struct: str) -> tuple[int, list[Place]]:
    """The bytes of a struct as `btf` has it (0: it doesn't), and where what is shown of it is."""
    type_id = btf.find(struct, Kind.STRUCT)
    if type_id is None:
        return 0, []
    found = []
    for path, value in SHOWN[struct].items():
        place = _place(btf, type_id, path.split("."), 0)
        if place is not None:
            found.append((*place, value))
    return btf.size(type_id), found


def _place(btf: Btf, type_id: int, path: list[str], bits: int) -> tuple[int, int] | None:
    """Offset and bytes of a member; those of anonymous members are looked at, too."""
    type_id = btf.resolve(type_id)
    if not path:
        return bits >> 3, btf.size(type_id)
    if btf.kind(type_id) not in (Kind.STRUCT, Kind.UNION):
        return None
    for member in btf.type(type_id).members:  # type: ignore[attr-defined]
        rest = path if not member.name else path[1:] if member.name == path[0] else None
        if rest is not None and not member.bit_size:
            found = _place(btf, member.type, rest, bits + member.bit_offset)
            if found is not None:
                return found
    return None


class KernelObjects:
    """Those that one run has read, with what it found in them."""

    __slots__ = ("_btf", "_images", "_places", "_task")

    def __init__(self, btf: Btf | None, known: dict[str, tuple[int, list[Place]]], task: Task) -> None:
        self._btf = btf
        #: The places of the program's types, which all its runs share.
        self._places = known
        self._task = task
        self._images: dict[int, tuple[bytearray, list[Place]]] = {}

    def window(self, address: int, size: int) -> tuple[int, int, memoryview] | None:
        """(start, bytes, view) of the object that holds an access; None if none does."""
        offset = address - _FIRST
        if not 0 <= offset < len(_NAMES) << _STRUCT:
            data = self._task.read_kernel(address, size)
            return None if data is None else (address, size, memoryview(data))
        start = address - (offset & (1 << _TASK) - 1)
        offset = address - start
        if start not in self._images:
            self._images[start] = self._image(start)
        image, missing = self._images[start]
        if offset + size > len(image):
            return None
        for place in [place for place in missing if place[0] < offset + size and offset < place[0] + place[1]]:
            missing.remove(place)
            at, length, value = place
            held = value(self._about(start))
            if isinstance(held, int):
                held = (held & (1 << 8 * length) - 1).to_bytes(length, sys.byteorder)
            image[at : at + length] = held[:length].ljust(length, b"\0")
        return start, len(image), memoryview(image)

    def _image(self, start: int) -> tuple[bytearray, list[Place]]:
        """An object of zeros, and what is still to be put in."""
        name = _NAMES[start - _FIRST >> _STRUCT]
        if name in STRINGS:
            return bytearray(STRINGS[name](self._about(start)) + b"\0"), []
        if name not in self._places:
            self._places[name] = places(self._btf, name) if self._btf is not None else (0, [])
        size, rows = self._places[name]
        return bytearray(min(size, 1 << _TASK)), list(rows)

    def _about(self, start: int) -> Task:
        """The task whose object begins there."""
        pid = (start - _FIRST >> _TASK) & _MOST_TASKS - 1
        return self._task if pid == self._task.pid else ProcTask(pid)
