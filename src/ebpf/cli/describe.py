"""What there is to say of the kernel's maps, programs, links and types, by bpftool's names of fields."""

from __future__ import annotations

import os
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    #: Field → (kind, id) → what is found of objects outside of them.
    Outside = dict[str, dict[tuple[str, int], Any]]

#: Fields that don't come from the object itself, and are shown where there are any.
FOUND = ("pinned", "pids")


def found_outside(with_pins: bool) -> Outside:
    """Where objects are pinned, and who holds them."""
    from ebpf.cli.holders import holders

    return {"pinned": pin_paths() if with_pins else {}, "pids": holders()}


def row_of(kind: str, fd: int, found: Outside) -> dict[str, Any]:
    """What there is to say of an object, by bpftool's names of fields. Raises KernelError."""
    from ebpf.kernel.info import describe

    row = {"map": _map, "prog": _prog, "link": _link, "btf": _btf}[kind](describe(kind, fd), fd)
    thing = (kind, row["id"])
    return row | {field: of[thing] for field, of in found.items() if thing in of}


def _proc(fd: int) -> dict[str, str]:
    """What /proc tells of a descriptor."""
    with open(f"/proc/self/fdinfo/{fd}") as file:
        return {name: value.strip() for name, _, value in (line.partition(":") for line in file)}


def _map(info: dict[str, Any], fd: int) -> dict[str, Any]:
    from ebpf.uapi.map_types import MapType

    told = _proc(fd)
    row = {
        "id": info["id"],
        "type": _label(MapType, info["type"]),
        "name": info["name"],
        "flags": info["map_flags"],
        "bytes_key": info["key_size"],
        "bytes_value": info["value_size"],
        "max_entries": info["max_entries"],
        "bytes_memlock": int(told.get("memlock", 0)),
        "frozen": int(told.get("frozen", 0)),
    }
    for name in ("btf_id", "map_extra", "ifindex"):
        if info[name]:
            row[name] = info[name]
    return row


def _prog(info: dict[str, Any], fd: int) -> dict[str, Any]:
    from ebpf.uapi.prog_types import ProgType

    boot = time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)
    row = {
        "id": info["id"],
        "type": _label(ProgType, info["type"]),
        "name": _full_name(info, fd),
        "tag": info["tag"],
        "gpl_compatible": bool(info["gpl_compatible"]),
        "loaded_at": int(boot + info["load_time"] / 1e9),
        "uid": info["created_by_uid"],
        "bytes_xlated": info["xlated_prog_len"],
        "jited": bool(info["jited_prog_len"]),
        "bytes_jited": info["jited_prog_len"],
        "bytes_memlock": int(_proc(fd).get("memlock", 0)),
        "map_ids": info["map_ids"],
        "verified_insns": info["verified_insns"],
    }
    for name in (
        "btf_id",
        "run_time_ns",
        "run_cnt",
        "recursion_misses",
        "attach_btf_obj_id",
        "attach_btf_id",
        "ifindex",
    ):
        if info[name]:
            row[name] = info[name]
    return row


def _full_name(info: dict[str, Any], fd: int) -> str:
    """A program's name, from its types where the kernel had to cut it."""
    name: str = info["name"]
    if len(name) < 15 or not info["btf_id"]:
        return name
    from ebpf.errors import EbpfError
    from ebpf.kernel import dump

    try:
        functions = dump.functions(fd, dump.types(fd))
    except (EbpfError, OSError):
        return name
    return functions[0].name if functions and functions[0].name.startswith(name) else name


def _link(info: dict[str, Any], fd: int) -> dict[str, Any]:
    from ebpf.uapi.attach_types import AttachType

    row = dict(info)
    if "attach_type" in row:
        row["attach_type"] = _label(AttachType, row["attach_type"])
    if row.get("ifindex"):
        import socket

        try:
            row["devname"] = socket.if_indextoname(row["ifindex"])
        except OSError:
            pass  # of another network namespace
    return row


def _btf(info: dict[str, Any], fd: int) -> dict[str, Any]:
    row = {
        "id": info["id"],
        "size": info["btf_size"],
        "prog_ids": [],
        "map_ids": [],
        "kernel": bool(info["kernel_btf"]),
    }
    return row | {"name": info["name"]} if info["name"] else row


def add_users(rows: list[dict[str, Any]]) -> None:
    """Adds to rows of types which maps and programs use them."""
    from ebpf.kernel.info import OBJ

    by_id = {row["id"]: row for row in rows}
    for kind in ("prog", "map"):
        for info in OBJ[kind]:
            if info["btf_id"] in by_id:
                by_id[info["btf_id"]][f"{kind}_ids"].append(info["id"])


def _label(types: Any, number: Any) -> Any:
    try:
        return types(number).label
    except ValueError:
        return number


def pin_paths() -> dict[tuple[str, int], list[str]]:
    """(kind, id) → where it is pinned, in all BPF file systems that are mounted here."""
    from ebpf.kernel import pins
    from ebpf.kernel.info import describe

    found: dict[tuple[str, int], list[str]] = {}
    for mount in dict.fromkeys(pins.mounts()):
        for path, kind in pins.walk(mount):
            try:
                fd, kind = pins.open_pin(path)
            except OSError:
                continue
            try:
                if kind:
                    found.setdefault((kind, int(describe(kind, fd)["id"])), []).append(path)
            finally:
                os.close(fd)
    return found
