"""Maps: look up, update, delete, tail calls."""

from __future__ import annotations

from ebpf.vm.helpers.registry import helper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine


@helper
def map_lookup_elem(m: Machine, map_: int, key: int, r3: int, r4: int, r5: int) -> int:
    """The address of a key's value, or 0."""
    found = m.map_of(map_)
    return found.address_of(m.read(key, found.key_size), m.cpu)


@helper
def map_update_elem(m: Machine, map_: int, key: int, value: int, flags: int, r5: int) -> int:
    """Sets a key's value: 0, or -EINVAL, -E2BIG, -EEXIST, -ENOENT."""
    found = m.map_of(map_)
    data = m.read(key, found.key_size), m.read(value, found.value_size)
    with found.lock:
        return found.put_one(*data, flags, m.cpu)


@helper
def map_delete_elem(m: Machine, map_: int, key: int, r3: int, r4: int, r5: int) -> int:
    """Takes a key out: 0, or -ENOENT; -EINVAL for an array."""
    found = m.map_of(map_)
    data = m.read(key, found.key_size)
    with found.lock:
        return found.remove(data)


@helper
def tail_call(m: Machine, context: int, map_: int, index: int, r4: int, r5: int) -> int:
    """Never called: the interpreter and the JIT turn it into a jump (`Machine.tail_call`)."""
    raise AssertionError
