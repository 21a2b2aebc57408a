"""Reads of memory that isn't the program's: of the task, or of the program's own memory by address.

A read that can't be made gives -EFAULT and clears the destination, as in the kernel. The memory of this process is only
readable where it is the program's own.
"""

from __future__ import annotations

from ebpf.errors import Fault
from ebpf.uapi.errno import EFAULT
from ebpf.vm.helpers.registry import helper
from ebpf.vm.memory import KERNEL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine

_PAGE = 4096


def _room(m: Machine, destination: int, size: int) -> int:
    """The size as 32 bits; there must be that much room before anything is read. Raises Fault."""
    size &= 0xFFFFFFFF
    if size:
        m.window(destination, size, True)
    return size


def _own(m: Machine, address: int, size: int) -> bytes | None:
    try:
        return m.read(address, size)
    except Fault:
        return None


def _task(m: Machine, address: int, size: int) -> bytes | None:
    try:
        data = m.task.read_memory(address, size)
    except OSError:
        return None
    return data if len(data) == size else None


def _probe(m: Machine, destination: int, size: int, data: bytes | None) -> int:
    if data is None:
        m.write_padded(destination, b"", size)
        return -EFAULT
    m.write(destination, data)
    return 0


def bytes_at(m: Machine, address: int, size: int, *, user: bool, kernel: bool) -> bytes | None:
    """Bytes of the program's own memory (`kernel`) or of the task's (`user`); None where they can't be had."""
    data = _own(m, address, size) if kernel else None
    if data is None and (user or address >= KERNEL):
        # Above KERNEL: what a tracer shows of the kernel, the registers of a system call's caller.
        data = _task(m, address, size)
    return data


def string_at(m: Machine, address: int, limit: int, *, user: bool, kernel: bool) -> bytes | None:
    """Bytes up to the 0 byte or `limit`, read page by page; None where not even one can be had."""
    if kernel:
        try:
            return m.read_string(address, limit)
        except Fault:
            if not user:
                return None
    found = b""
    while len(found) < limit:
        here = address + len(found)
        size = min(limit - len(found), _PAGE - here % _PAGE)
        part = _task(m, here, size)
        if part is None:
            return None
        end = part.find(0)
        if end >= 0:
            return found + part[:end]
        found += part
    return found


def _probe_string(m: Machine, destination: int, size: int, address: int, *, user: bool, kernel: bool) -> int:
    """Copies a string; gives its length with the 0 byte. What doesn't fit is cut, and ended by a 0 byte all the same."""
    size = _room(m, destination, size)
    if not size:
        return 0
    data = string_at(m, address, size, user=user, kernel=kernel)
    if data is None:
        m.write_padded(destination, b"", size)
        return -EFAULT
    data = data[: size - 1] + b"\0"
    m.write(destination, data)
    return len(data)


@helper
def probe_read(m: Machine, destination: int, size: int, source: int, r4: int, r5: int) -> int:
    size = _room(m, destination, size)
    return _probe(m, destination, size, bytes_at(m, source, size, user=True, kernel=True))


@helper
def probe_read_str(m: Machine, destination: int, size: int, source: int, r4: int, r5: int) -> int:
    return _probe_string(m, destination, size, source, user=True, kernel=True)


@helper
def probe_read_user(m: Machine, destination: int, size: int, source: int, r4: int, r5: int) -> int:
    size = _room(m, destination, size)
    return _probe(m, destination, size, _task(m, source, size))


@helper
def probe_read_kernel(m: Machine, destination: int, size: int, source: int, r4: int, r5: int) -> int:
    size = _room(m, destination, size)
    return _probe(m, destination, size, bytes_at(m, source, size, user=False, kernel=True))


@helper
def probe_read_user_str(m: Machine, destination: int, size: int, source: int, r4: int, r5: int) -> int:
    return _probe_string(m, destination, size, source, user=True, kernel=False)


@helper
def probe_read_kernel_str(m: Machine, destination: int, size: int, source: int, r4: int, r5: int) -> int:
    return _probe_string(m, destination, size, source, user=False, kernel=True)


@helper
def copy_from_user(m: Machine, destination: int, size: int, source: int, r4: int, r5: int) -> int:
    size = _room(m, destination, size)
    return _probe(m, destination, size, _task(m, source, size))


@helper
def probe_write_user(m: Machine, destination: int, source: int, size: int, r4: int, r5: int) -> int:
    """Writes to the task's memory. 0, or -EPERM, -EFAULT."""
    data = m.read(source, size & 0xFFFFFFFF)
    try:
        m.task.write_memory(destination, data)
    except OSError:
        return -EFAULT
    return 0
