"""bpf(2) as a program of type SYSCALL may call it, on the maps of its own engine."""

from __future__ import annotations

from struct import Struct

from ebpf.errors import Fault, KernelError, NotSupported
from ebpf.uapi.commands import Command
from ebpf.uapi.errno import EBADF, EFAULT, EINVAL, ENOENT
from ebpf.vm.errno import to_program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine

#: map_type, key_size, value_size, max_entries, map_flags, inner_map_fd, numa_node, map_name.
_CREATE = Struct("=IIIIIII16s")
#: map_fd, key, value or next_key, flags.
_ELEMENT = Struct("=I4xQQQ")


def run(m: Machine, command: int, attributes: int, size: int) -> int:
    """The command with its attributes (`size` bytes of union bpf_attr): a descriptor or 0, or a negative errno."""
    try:
        if command == Command.MAP_CREATE:
            return _create(m, m.read(attributes, size))
        if command in (
            Command.MAP_LOOKUP_ELEM, Command.MAP_UPDATE_ELEM, Command.MAP_DELETE_ELEM, Command.MAP_GET_NEXT_KEY,
            Command.MAP_FREEZE,
        ):  # fmt: skip
            return _element(m, command, m.read(attributes, size))
    except KernelError as error:
        return -to_program(error.errno) if error.errno else -EINVAL
    except NotSupported:
        return -EINVAL
    except Fault:
        return -EFAULT
    return -EINVAL


def _create(m: Machine, data: bytes) -> int:
    from ebpf.spec import MapSpec
    from ebpf.uapi.map_types import MapType

    values = _CREATE.unpack(data.ljust(_CREATE.size, b"\0")[: _CREATE.size])
    type_, key, value, entries, flags, _, _, name = values
    try:
        kind = MapType(type_)
    except ValueError:
        return -EINVAL
    spec = MapSpec(name.split(b"\0")[0].decode("ascii", "replace"), kind, key, value, entries, flags)
    made = m.engine.create_map(spec)
    m.made.append(made)
    return made.fd


def _element(m: Machine, command: int, data: bytes) -> int:
    from ebpf.vm.maps.base import VmMap

    fd, key, value, flags = _ELEMENT.unpack(data.ljust(_ELEMENT.size, b"\0")[: _ELEMENT.size])
    found = m.engine.by_fd(fd)
    if not isinstance(found, VmMap):
        return -EBADF
    if command == Command.MAP_FREEZE:
        found.freeze()
        return 0
    name = m.read(key, found.key_size) if key else None
    if command == Command.MAP_GET_NEXT_KEY:
        following = found.next_key(name)
        if following is None:
            return -ENOENT
        m.write(value, following)
        return 0
    if name is None:
        return -EFAULT
    if command == Command.MAP_LOOKUP_ELEM:
        there = found.lookup(name, flags)
        if there is None:
            return -ENOENT
        m.write(value, there)
        return 0
    if command == Command.MAP_UPDATE_ELEM:
        found.update(name, m.read(value, found.value_bytes), flags)
        return 0
    return 0 if found.delete(name) else -ENOENT
