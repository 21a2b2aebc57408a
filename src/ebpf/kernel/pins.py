"""Pins: names in a BPF file system that keep maps, programs and links alive without a process (Linux 4.4; links 5.7)."""

from __future__ import annotations

import errno as _errno
import os

from ebpf.errors import EbpfError
from ebpf.kernel import sys
from ebpf.kernel.info import OBJ, describe
from ebpf.kernel.make_map import actual_entries
from ebpf.kernel.maps import KernelMap
from ebpf.kernel.sys import Layout, address, buffer
from ebpf.uapi import bpf_attr
from ebpf.uapi.commands import Command
from ebpf.uapi.map_types import MapType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ebpf.spec import MapSpec

#: Where everyone looks for it.
BPFFS = "/sys/fs/bpf"
_OBJ = Layout(bpf_attr.OBJ)
#: What is in the name that /proc/self/fd shows for a descriptor → the kind by its word in `ebpf.kernel.info`. Kernels
#: write them with and without brackets.
_KINDS = {"bpf-map": "map", "bpf-prog": "prog", "bpf_link": "link", "bpf-link": "link"}


def mounted() -> list[tuple[str, str, str]]:
    """(folder, kind of file system, what else is said of it) of everything that is mounted here."""
    found = []
    try:
        with open("/proc/self/mountinfo", errors="surrogateescape") as file:
            for line in file:
                fields, _, rest = line.partition(" - ")
                kind, _, options = rest.partition(" ")
                # Blanks, backslashes and the like stand as three octal digits.
                first, *more = fields.split(" ")[4].split("\\")
                found.append((first + "".join(chr(int(part[:3], 8)) + part[3:] for part in more), kind, options))
    except (OSError, ValueError):
        pass
    return found


def mounts() -> list[str]:
    """The folders at which a BPF file system is mounted."""
    return [folder for folder, kind, _ in mounted() if kind == "bpf"]


def is_bpffs(path: str) -> bool:
    """Whether the folder `path` lies in a BPF file system."""
    real = os.path.realpath(path)
    best, found = "", ""
    for folder, kind, _ in mounted():
        if (real == folder or real.startswith(folder.rstrip("/") + "/")) and len(folder) >= len(best):
            best, found = folder, kind
    return found == "bpf"


def mount(path: str = BPFFS) -> bool:
    """Sees to it that a BPF file system is mounted at `path`; whether it had to be. Linux 5.2, CAP_SYS_ADMIN. Raises
    KernelError."""
    if is_bpffs(path):
        return False
    if not os.path.isdir(path):
        raise sys.error(_errno.ENOENT, f"mounting a BPF file system at {path}", "the folder doesn't exist")
    fd = sys.detached_mount("bpf", f"mounting a BPF file system at {path}")
    try:
        sys.move_mount(fd, path, f"mounting a BPF file system at {path}")
    finally:
        os.close(fd)
    return True


def pin(fd: int, path: str) -> None:
    """Gives a map, program or link the name `path`; folders that are missing are made, and a BPF file system is mounted at
    /sys/fs/bpf if that is where it goes and none is there. Raises KernelError."""
    text = buffer(os.fsencode(path) + b"\0")
    call = f"pinning at {path}"
    attr = _OBJ(pathname=address(text), bpf_fd=fd)
    try:
        try:
            sys.bpf(Command.OBJ_PIN, attr, call)
        except OSError as error:
            if error.errno not in (_errno.EPERM, _errno.ENOENT) or not _made_room(path):
                raise
            sys.bpf(Command.OBJ_PIN, attr, call)
    except OSError as error:
        hint = {
            _errno.EEXIST: "the name is taken: unpin it first",
            _errno.ENOENT: "the folder doesn't exist",
            _errno.EINVAL: "not a map, program or link",
        }.get(error.errno or 0, "")
        if error.errno == _errno.EPERM and not is_bpffs(os.path.dirname(path) or "."):
            hint = f"it lies in no BPF file system (they are at {', '.join(mounts()) or 'no place: mount one'})"
        elif error.errno == _errno.EPERM and "." in os.path.basename(path):
            hint = "a name in a BPF file system has no dot"
        raise sys.error(error.errno or 0, call, hint or getattr(error, "hint", "")) from None


def _made_room(path: str) -> bool:
    """Mounts the BPF file system where everyone looks for it, if nobody has, and makes folders in it; whether it had to."""
    folder = os.path.dirname(os.path.abspath(path))
    changed = False
    if f"{folder}/".startswith(f"{BPFFS}/") and os.path.isdir(BPFFS) and not is_bpffs(BPFFS):
        changed = mount()
    if not os.path.isdir(folder) and is_bpffs(folder):
        os.makedirs(folder)
        changed = True
    return changed


def open_pin(path: str, flags: int = 0) -> tuple[int, str]:
    """(descriptor, kind) of what is pinned at `path`; the caller closes it. Kinds are "map", "prog", "link". Raises
    KernelError."""
    text = buffer(os.fsencode(path) + b"\0")
    call = f"opening the pin {path}"
    try:
        fd = sys.bpf(Command.OBJ_GET, _OBJ(pathname=address(text), file_flags=flags), call)
    except OSError as error:
        here = error.errno in (_errno.EACCES, _errno.EROFS, _errno.EINVAL) and os.path.exists(path)
        hint = "it is no pin of a BPF object" if here and not is_bpffs(path) else ""
        raise sys.error(error.errno or 0, call, hint) from None
    return fd, kind_of(fd)


def open_thing(kind: str, which: int | str) -> int:
    """The descriptor of a "map", "prog" or "link" by its id or pin; the caller closes it. Raises KernelError, EbpfError."""
    if isinstance(which, int):
        return OBJ[kind].open(which)
    fd, found = open_pin(which)
    if found != kind:
        os.close(fd)
        raise EbpfError(f"{which} is a {found or 'thing of another kind'}, not a {kind}")
    return fd


def kind_of(fd: int) -> str:
    """Whether a descriptor is a "map", a "prog" or a "link"; "" if none of these."""
    try:
        name = os.readlink(f"/proc/self/fd/{fd}")
    except OSError:
        return ""
    return next((kind for text, kind in _KINDS.items() if text in name), "")


def unpin(path: str) -> None:
    """Takes the name away; what nothing else holds goes with it. Raises KernelError."""
    try:
        os.unlink(path)
    except OSError as error:
        raise sys.error(error.errno or 0, f"unpinning {path}") from None


def walk(path: str = BPFFS) -> Iterator[tuple[str, str]]:
    """(path, kind) of every pin below a folder."""
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            full = f"{folder}/{name}"
            try:
                fd, kind = open_pin(full)
            except OSError:
                continue
            os.close(fd)
            yield full, kind


def reuse_or_make(spec: MapSpec, folder: str, make: Callable[[], KernelMap]) -> KernelMap:
    """The map pinned as `folder`/NAME, if it fits the spec; else a new one, pinned there. Raises KernelError, EbpfError."""
    path = f"{folder}/{spec.name}"
    while True:
        try:
            fd, kind = open_pin(path)
        except OSError as error:
            if error.errno != _errno.ENOENT:
                raise
        else:
            try:
                if kind != "map":
                    raise EbpfError(f"{path} is pinned, but it is a {kind}, not a map")
                differs = differences(spec, fd)
                if differs:
                    raise EbpfError(
                        f"map {spec.name}: what is pinned at {path} is another map ({differs}); unpin it, or rename this one"
                    )
            except BaseException:
                os.close(fd)
                raise
            return KernelMap(fd, spec)
        made = make()
        try:
            pin(made.fd, path)
            return made
        except OSError as error:
            made.close()
            if error.errno != _errno.EEXIST:
                raise
            # Someone pinned the same map meanwhile: theirs counts.
        except BaseException:
            made.close()
            raise


def share(spec: MapSpec, fd: int) -> KernelMap:
    """The map behind a descriptor, which stays its owner's, as the one that `spec` means. Raises EbpfError if it is another."""
    differs = differences(spec, fd)
    if differs:
        raise EbpfError(f"map {spec.name}: the map that is to be used is another one ({differs})")
    return KernelMap(os.dup(fd), spec)


def differences(spec: MapSpec, fd: int) -> str:
    """In what the map behind a descriptor isn't the one that `spec` means; "" if it is."""
    info = describe("map", fd)
    wanted: dict[str, object] = {
        "type": spec.type.label,
        "key_size": spec.key_size,
        "value_size": spec.value_size,
        "max_entries": spec.max_entries,
        "map_flags": spec.flags,
        "map_extra": spec.map_extra,
    }
    info["type"] = MapType(info["type"]).label
    # The kernel makes a size of these where the spec has none, or another.
    if spec.type in (MapType.RINGBUF, MapType.USER_RINGBUF, MapType.PERF_EVENT_ARRAY):
        wanted["max_entries"] = actual_entries(spec)
    return ", ".join(
        f"{name} {info[name]} in place of {value}" for name, value in wanted.items() if info[name] != value
    )
