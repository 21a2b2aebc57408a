"""What the kernel tells of its programs, maps, types and links; all of them, by id."""

from __future__ import annotations

import errno as _errno
import os

from ebpf.kernel import sys
from ebpf.kernel.sys import Layout, address, buffer
from ebpf.uapi import bpf_attr, bpf_info
from ebpf.uapi.commands import Command
from ebpf.uapi.link_types import LinkType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ebpf.btf import Btf

_INFO = Layout(bpf_attr.OBJ_GET_INFO_BY_FD)
_ID = Layout(bpf_attr.GET_ID)
_STATS = Layout(bpf_attr.ENABLE_STATS)

_PROG, _MAP, _BTF, _LINK = (
    Layout(bpf_info.PROG),
    Layout(bpf_info.MAP),
    Layout(bpf_info.BTF),
    Layout(bpf_info.LINK),
)
#: As much as any link type tells.
_LINK_SIZE = 96
#: Fields of programs that point to arrays: field → (field of the count, bytes of an element).
PROG_ARRAYS = {
    "map_ids": ("nr_map_ids", 4),
    "xlated_prog_insns": ("xlated_prog_len", 1),
    "jited_prog_insns": ("jited_prog_len", 1),
    "jited_ksyms": ("nr_jited_ksyms", 8),
    "jited_func_lens": ("nr_jited_func_lens", 4),
    "func_info": ("nr_func_info", 8),
    "line_info": ("nr_line_info", 16),
    "jited_line_info": ("nr_jited_line_info", 8),
    "prog_tags": ("nr_prog_tags", 8),
}


def _ask(fd: int, memory: Any, size: int, what: str) -> None:
    attr = _INFO(bpf_fd=fd, info_len=size, info=address(memory))
    sys.bpf(Command.OBJ_GET_INFO_BY_FD, attr, f"{what}: BPF_OBJ_GET_INFO_BY_FD")


def _fields(layout: Layout, memory: Any) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name in layout.fields:
        if not name.startswith("_"):
            value = layout.get(memory, name)
            if isinstance(value, bytes):
                value = value.rstrip(b"\0").decode(errors="replace") if name == "name" else value.hex()
            out[name] = value
    return out


def describe(kind: str, fd: int) -> dict[str, Any]:
    """What the kernel tells of the object behind a descriptor, by the kernel's own field names; `kind` is "prog", "map",
    "btf" or "link". Pointers are followed where they lead to a name. Raises KernelError."""
    return _DESCRIBE[kind](fd)


def _prog(fd: int) -> dict[str, Any]:
    memory = buffer(_PROG.size)
    _ask(fd, memory, _PROG.size, "program")
    out = _fields(_PROG, memory)
    out["gpl_compatible"] &= 1
    for name in PROG_ARRAYS:
        del out[name]
    out["map_ids"] = map_ids(fd, out["nr_map_ids"]) if out["nr_map_ids"] else []
    return out


def map_ids(fd: int, count: int) -> list[int]:
    """The ids of the maps that a program uses."""
    data = prog_array(fd, "map_ids", count)
    return list(memoryview(data).cast("I"))


def prog_array(fd: int, field: str, count: int = 0) -> bytes:
    """One of the arrays that the kernel tells of a program, as bytes; empty where it tells none (no privilege, no JIT)."""
    count_field, size = PROG_ARRAYS[field]
    if not count:
        memory = buffer(_PROG.size)
        _ask(fd, memory, _PROG.size, "program")
        count = _PROG.get(memory, count_field)
        if not count:
            return b""
    data = buffer(count * size)
    values: dict[str, int | bytes] = {field: address(data), count_field: count}
    if field.endswith("info"):
        record = {"func_info": "func_info_rec_size", "line_info": "line_info_rec_size"}.get(
            field, "jited_line_info_rec_size"
        )
        values[record] = size
    memory = _PROG(**values)
    _ask(fd, memory, _PROG.size, "program")
    if not _PROG.get(memory, field):
        return b""
    return data.raw[: min(_PROG.get(memory, count_field), count) * size]


def _map(fd: int) -> dict[str, Any]:
    memory = buffer(_MAP.size)
    _ask(fd, memory, _MAP.size, "map")
    return _fields(_MAP, memory)


def _btf(fd: int) -> dict[str, Any]:
    name = buffer(64)
    memory = _BTF(name=address(name), name_len=64)
    _ask(fd, memory, _BTF.size, "types")
    out = _fields(_BTF, memory)
    del out["btf"], out["name_len"]
    out["name"] = name.value.decode(errors="replace")
    return out


def btf_bytes(fd: int) -> bytes:
    """The types behind a BTF descriptor, as they were loaded."""
    size = _btf(fd)["btf_size"]
    data = buffer(size)
    memory = _BTF(btf=address(data), btf_size=size)
    _ask(fd, memory, _BTF.size, "types")
    return data.raw


def btf_by_id(number: int) -> Btf:
    """Types by their id; those of a module stand on the kernel's. Raises KernelError, BtfError."""
    from ebpf.btf import Btf
    from ebpf.btf.kernel import kernel_btf

    fd = OBJ["btf"].open(number)
    try:
        found = _btf(fd)
        base = kernel_btf() if found["kernel_btf"] and found["name"] != "vmlinux" else None
        return Btf.parse(btf_bytes(fd), base)
    finally:
        os.close(fd)


def _link(fd: int) -> dict[str, Any]:
    memory = buffer(_LINK_SIZE)
    _ask(fd, memory, _LINK_SIZE, "link")
    out = _fields(_LINK, memory)
    try:
        out["type"] = LinkType(out["type"]).label
    except ValueError:
        return out
    tail = bpf_info.LINK_TAILS.get(out["type"], "")
    start = bpf_info.LINK_TAIL
    out.update(_tail(fd, tail, start, memory))
    if out["type"] == "perf_event" and out["perf_type"] in bpf_info.PERF_TAILS:
        out["perf_type"], tail = bpf_info.PERF_TAILS[out["perf_type"]]
        out.update(_tail(fd, tail, bpf_info.PERF_TAIL, memory))
    return out


def _tail(fd: int, text: str, start: int, memory: Any) -> dict[str, Any]:
    """The part of a link's info that depends on its type; a name is asked for with a second call."""
    layout = Layout(text)
    view = memoryview(memory)[start : start + layout.size]
    names = [name for name in layout.fields if name.endswith("_name")] + [
        name for name in layout.fields if name == "path"
    ]
    if names:
        name = names[0]
        length = {"path": "path_size"}.get(name, f"{name}_len" if f"{name}_len" in layout.fields else "name_len")
        text_memory = buffer(4096)
        again = buffer(_LINK_SIZE)
        part = memoryview(again)[start : start + layout.size]
        layout.set(part, name, address(text_memory))
        layout.set(part, length, 4096)
        _ask(fd, again, _LINK_SIZE, "link")
        out = _fields(layout, part)
        out[name] = text_memory.value.decode(errors="replace")
        del out[length]
    else:
        out = _fields(layout, view)
    for pointer in ("addrs", "offsets", "ref_ctr_offsets", "cookies"):
        out.pop(pointer, None)
    return out


_DESCRIBE = {"prog": _prog, "map": _map, "btf": _btf, "link": _link}


class Objects:
    """All objects of one kind in the kernel. Needs CAP_SYS_ADMIN (or CAP_BPF since 5.8)."""

    __slots__ = ("kind", "next_command", "open_command")

    def __init__(self, kind: str, next_command: Command, open_command: Command) -> None:
        self.kind = kind
        self.next_command = next_command
        self.open_command = open_command

    def ids(self) -> Iterator[int]:
        """Their ids, rising. Raises KernelError."""
        number = 0
        while True:
            attr = _ID(id=number)
            try:
                sys.bpf(self.next_command, attr, f"BPF_{self.next_command.name}")
            except OSError as error:
                if error.errno == _errno.ENOENT:
                    return
                raise
            number = _ID.get(attr, "next_id")
            yield number

    def open(self, number: int) -> int:
        """A descriptor of the object with that id. Raises KernelError (FileNotFoundError's errno: it is gone)."""
        return sys.bpf(self.open_command, _ID(id=number), f"{self.kind} {number}: BPF_{self.open_command.name}")

    def describe(self, number: int) -> dict[str, Any]:
        """What the kernel tells of the object with that id. Raises KernelError, as `open`."""
        fd = self.open(number)
        try:
            return describe(self.kind, fd)
        finally:
            os.close(fd)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """What the kernel tells of each; those that vanish meanwhile are left out."""
        for number in self.ids():
            try:
                found = self.describe(number)
            except OSError as error:
                if error.errno in (_errno.ENOENT, _errno.EAGAIN):
                    continue  # gone, or a link that is only being made
                raise
            yield found


OBJ = {
    "prog": Objects("prog", Command.PROG_GET_NEXT_ID, Command.PROG_GET_FD_BY_ID),
    "map": Objects("map", Command.MAP_GET_NEXT_ID, Command.MAP_GET_FD_BY_ID),
    "btf": Objects("btf", Command.BTF_GET_NEXT_ID, Command.BTF_GET_FD_BY_ID),
    "link": Objects("link", Command.LINK_GET_NEXT_ID, Command.LINK_GET_FD_BY_ID),
}


def enable_stats() -> sys.Descriptor:
    """Has the kernel count runs and time of all programs (`run_cnt`, `run_time_ns`) until the descriptor is closed. Linux 5.8.
    Raises KernelError."""
    fd = sys.bpf(Command.ENABLE_STATS, _STATS(type=0), "BPF_ENABLE_STATS")
    return sys.Descriptor(fd, "statistics of programs")
