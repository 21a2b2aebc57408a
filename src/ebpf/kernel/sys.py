"""The one place that makes raw system calls: bpf(2), perf_event_open(2) and the few others that Python has no name for.

Numbers are those of each machine's include/uapi/asm/unistd.h. Everything else in this room goes through here.
"""

from __future__ import annotations

import ctypes
import errno as _errno
import os
import sys
from struct import Struct

from ebpf.errors import Closed, KernelError, NotSupported
from ebpf.uapi.commands import Command
from ebpf.uapi.flags import BPF_OBJ_NAME_LEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Buffer = ctypes.Array[ctypes.c_char]

#: The kernel's own "operation not supported", which should never reach user space and does.
ENOTSUPP = 524

#: machine → (bpf, perf_event_open); the names are those of uname(2).
_NUMBERS = {
    "x86_64": (321, 298),
    "aarch64": (280, 241),
    "riscv64": (280, 241),
    "loongarch64": (280, 241),
    "s390x": (351, 331),
    "ppc64le": (361, 319),
    "ppc64": (361, 319),
    "i686": (357, 336),
    "armv7l": (386, 364),
}
#: What a process of 32 bits has its numbers from where the kernel, whose name uname(2) tells, is of 64.
_OF_32_BITS = {
    "x86_64": "i686",
    "i586": "i686",
    "i386": "i686",
    "aarch64": "armv7l",
    "armv8l": "armv7l",
    "armv6l": "armv7l",
}
# The same on every machine (since 5.1 numbers are given out together).
_FSOPEN, _FSCONFIG, _FSMOUNT, _MOVE_MOUNT = 430, 431, 432, 429
_FSCONFIG_SET_STRING, _FSCONFIG_CMD_CREATE = 1, 6
_MOVE_MOUNT_F_EMPTY_PATH = 4
_MAP_FIXED_NOREPLACE, _MAP_FAILED = 0x100000, ctypes.c_void_p(-1).value

#: Why nothing here can be done on another system; "" on Linux.
ELSEWHERE = "" if sys.platform == "linux" else f"this is {sys.platform}: there is no Linux kernel here"

if sys.platform == "linux":
    machine = os.uname().machine
    release = os.uname().release
    NR_BPF, NR_PERF_EVENT_OPEN = _NUMBERS.get(
        machine if sys.maxsize > 1 << 32 else _OF_32_BITS.get(machine, machine), (0, 0)
    )
    #: Lets other threads run meanwhile, and tells errno: for what may block.
    syscall = ctypes.CDLL(None, use_errno=True).syscall
    #: Keeps the interpreter lock: for map operations that take less time than giving it up and taking it back.
    fast_syscall = ctypes.PyDLL(None, use_errno=True).syscall
    #: The same without keeping errno, which costs 50 ns: for what seldom fails, and can be asked again by `fast_syscall`.
    quick_syscall = ctypes.PyDLL(None).syscall
else:
    machine = release = ""
    NR_BPF = NR_PERF_EVENT_OPEN = 0

    def syscall(*_args: object) -> int:
        raise NotSupported("bpf(2)", why=ELSEWHERE)

    fast_syscall = quick_syscall = syscall


def kernel_release() -> tuple[int, int]:
    """The running kernel's version, as (major, minor); (0, 0) where there is no Linux."""
    numbers = release.split("-")[0].split(".")
    try:
        return int(numbers[0]), int(numbers[1])
    except (IndexError, ValueError):
        return (0, 0)


class Layout:
    """A struct of the kernel's interface, from its row in `ebpf.uapi.bpf_attr`.

    Called with fields by name it gives a buffer with those set and the rest 0; `get` reads a field back.
    """

    __slots__ = ("fields", "size")

    def __init__(self, text: str) -> None:
        self.fields: dict[str, tuple[int, Struct]] = {}
        offset = 0
        for word in text.split():
            name, _, code = word.partition(":")
            packer = Struct("=" + code)
            align = 1 if code.endswith("s") else packer.size
            offset = -(-offset // align) * align
            self.fields[name] = (offset, packer)
            offset += packer.size
        self.size = -(-offset // 8) * 8

    def __call__(self, **values: int | bytes) -> Buffer:
        buffer = (ctypes.c_char * self.size)()
        fields = self.fields
        for name, value in values.items():
            offset, packer = fields[name]
            packer.pack_into(buffer, offset, value)
        return buffer

    def get(self, buffer: Any, name: str) -> Any:
        offset, packer = self.fields[name]
        return packer.unpack_from(buffer, offset)[0]

    def set(self, buffer: Any, name: str, value: int | bytes) -> None:
        offset, packer = self.fields[name]
        packer.pack_into(buffer, offset, value)


def buffer(data: bytes | int) -> Buffer:
    """Memory that a system call may read or write: a copy of `data`, or that many zero bytes."""
    if isinstance(data, int):
        return (ctypes.c_char * data)()
    return (ctypes.c_char * max(len(data), 1)).from_buffer_copy(data or b"\0")


def address(memory: Any) -> int:
    """Where a `buffer` is. The caller keeps the buffer alive."""
    return ctypes.addressof(memory)


def error(number: int, call: str, hint: str = "") -> KernelError:
    """A KernelError, with the kernel's private numbers in words."""
    err = KernelError(number, call, hint=hint)
    if number == ENOTSUPP:
        err.strerror = "Operation not supported by this kernel"
    return err


_AGAIN = (Command.PROG_LOAD, Command.LINK_GET_FD_BY_ID)
#: What a token can give the right to.
_WITH_TOKEN = (Command.MAP_CREATE, Command.PROG_LOAD, Command.BTF_LOAD)


def object_name(name: str) -> bytes:
    """A name as the kernel takes it: 15 bytes of letters, digits, "_" and "."."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "_.") else "_" for c in name).encode()[
        : BPF_OBJ_NAME_LEN - 1
    ]


def bpf(command: int, attr: Any, call: str) -> int:
    """bpf(2). Gives its result, or raises KernelError for `call`, which says what it was for."""
    tries = 0
    while True:
        result: int = syscall(NR_BPF, int(command), attr, ctypes.sizeof(attr))
        if result >= 0:
            return result
        number = ctypes.get_errno()
        if number == _errno.EINTR or (number == _errno.EAGAIN and command in _AGAIN and tries < 5):
            # The verifier gives up with EAGAIN when a signal is waiting; a link that is being made has an id already.
            tries += 1
            continue
        if number == _errno.EPERM and command in _WITH_TOKEN:
            from ebpf.kernel import tokens

            if tokens.put_into(command, attr):
                continue
        raise error(number, call, explain(number, command))


_memlock_raised = False


def with_memlock(call: Callable[[], int]) -> int:
    """`call()`; where a kernel before 5.11 refuses it because maps and programs count as locked memory, the limit is
    raised and the call made once more."""
    global _memlock_raised
    try:
        return call()
    except KernelError as error:
        if error.errno != _errno.EPERM or kernel_release() >= (5, 11) or _memlock_raised:
            raise
    import resource

    _memlock_raised = True
    try:
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except (ValueError, OSError):
        pass  # no privilege for that: the second try says so
    return call()


def explain(number: int, command: int) -> str:
    """What to do about an errno of bpf(2), where it says the same thing whatever the arguments were."""
    if number == _errno.ENOSYS:
        return "this system has no bpf(2)"
    if number == _errno.EPERM:
        from ebpf.kernel.privilege import why_refused

        return why_refused(command)
    if number == _errno.E2BIG and command not in (Command.PROG_LOAD, Command.MAP_UPDATE_ELEM, Command.MAP_CREATE):
        return "this kernel doesn't know some of what was asked for"
    if number in (_errno.EMFILE, _errno.ENFILE):
        return "too many open descriptors: raise `ulimit -n`"
    return ""


def perf_event_open(attr: Any, pid: int, cpu: int, call: str, group: int = -1, flags: int = 8) -> int:
    """perf_event_open(2): a descriptor, by default closed on exec (PERF_FLAG_FD_CLOEXEC). Raises KernelError."""
    result: int = syscall(NR_PERF_EVENT_OPEN, attr, pid, cpu, group, flags)
    if result < 0:
        number = ctypes.get_errno()
        hint = ""
        if number in (_errno.EPERM, _errno.EACCES):
            hint = _no_events()
        elif number in (_errno.EMFILE, _errno.ENFILE):
            hint = "too many open descriptors: raise `ulimit -n`"
        raise error(number, call, hint)
    return result


def _no_events() -> str:
    """Why a perf event is refused: privilege, or a kernel that refuses it to everyone."""
    from ebpf.kernel.privilege import denied

    return denied("needs CAP_PERFMON or root")


def ioctl(fd: int, request: int, argument: int, call: str) -> int:
    """ioctl(2) with a number as its argument. Raises KernelError."""
    import fcntl

    try:
        return fcntl.ioctl(fd, request, argument)
    except OSError as err:
        number = err.errno or 0
        hint = _no_events() if number in (_errno.EPERM, _errno.EACCES) else ""
        raise error(number, call, hint) from None


def detached_mount(filesystem: str, call: str) -> int:
    """A descriptor of the root of a new mount of `filesystem` that nobody else sees: nothing to undo but close it.
    Linux 5.2, CAP_SYS_ADMIN. Raises KernelError."""
    context: int = syscall(_FSOPEN, filesystem.encode(), 1)
    if context < 0:
        number = ctypes.get_errno()
        raise error(number, call, "needs CAP_SYS_ADMIN or root" if number == _errno.EPERM else "")
    try:
        if syscall(_FSCONFIG, context, _FSCONFIG_CMD_CREATE, None, None, 0) < 0:
            raise error(ctypes.get_errno(), call)
        mount: int = syscall(_FSMOUNT, context, 1, 0)
        if mount < 0:
            raise error(ctypes.get_errno(), call)
        return mount
    finally:
        os.close(context)


def move_mount(mount: int, path: str, call: str) -> None:
    """Puts a detached mount at `path`. Raises KernelError."""
    if syscall(_MOVE_MOUNT, mount, b"", -100, os.fsencode(path), _MOVE_MOUNT_F_EMPTY_PATH) < 0:
        raise error(ctypes.get_errno(), call)


def map_at(fd: int, size: int, protection: int, place: int, call: str) -> memoryview:
    """Memory of a descriptor at an address where nothing is yet (Linux 4.17); it goes when the last view of it does. Raises
    KernelError."""
    import mmap

    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long)
    libc.munmap.argtypes = (ctypes.c_void_p, ctypes.c_size_t)
    unmap = libc.munmap
    got = libc.mmap(place, size, protection, mmap.MAP_SHARED | _MAP_FIXED_NOREPLACE, fd, 0)
    if got != place:
        number = ctypes.get_errno() if got == _MAP_FAILED else _errno.EEXIST
        if got != _MAP_FAILED:  # a kernel that takes the address for a wish
            unmap(got, size)
        raise error(number, call, "something else is there" if number == _errno.EEXIST else "")

    class Region(ctypes.c_ubyte * size):  # type: ignore[misc]
        def __del__(self) -> None:
            unmap(place, size)

    return memoryview(Region.from_address(place)).cast("B")


class Descriptor:
    """A file descriptor with one owner: closed once, by `close` or when it is dropped."""

    __slots__ = ("_fd", "what")

    def __init__(self, fd: int, what: str) -> None:
        self._fd = fd
        self.what = what

    @property
    def fd(self) -> int:
        """The number. Raises Closed."""
        if self._fd < 0:
            raise Closed(f"{self.what} is closed")
        return self._fd

    @property
    def closed(self) -> bool:
        return self._fd < 0

    def fileno(self) -> int:
        return self.fd

    def close(self) -> None:
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)

    def __enter__(self) -> Descriptor:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def detach(self) -> int:
        """Gives the descriptor away: the caller closes it."""
        fd, self._fd = self.fd, -1
        return fd

    def __del__(self) -> None:
        # Not seen to be closed: whoever dropped it can't be told any more, but nothing may stay behind.
        try:
            self.close()
        except (AttributeError, TypeError, OSError):
            pass
