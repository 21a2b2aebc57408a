"""ptrace(2) and its neighbours, as thin as can be. Numbers are those of linux/ptrace.h, linux/prctl.h and wait(2).

All calls on a traced thread must come from the thread that seized it. Errors are OSError with the call's errno; a traced
thread that was killed meanwhile answers ESRCH at any time.
"""

from __future__ import annotations

import ctypes
import errno
import os

# Requests.
POKEDATA = 5
CONT, SINGLESTEP, SYSCALL = 7, 9, 24
GETEVENTMSG, GETSIGINFO = 0x4201, 0x4202
GETREGSET, SETREGSET = 0x4204, 0x4205
SEIZE, INTERRUPT, LISTEN = 0x4206, 0x4207, 0x4208

# Options.
O_TRACESYSGOOD, O_TRACEFORK, O_TRACEVFORK, O_TRACECLONE = 0x1, 0x2, 0x4, 0x8
O_TRACEEXEC, O_TRACEEXIT, O_TRACESECCOMP, O_EXITKILL = 0x10, 0x40, 0x80, 0x100000

# What a stop is for: bits 16… of the wait status.
EVENT_FORK, EVENT_VFORK, EVENT_CLONE, EVENT_EXEC, EVENT_EXIT, EVENT_SECCOMP, EVENT_STOP = 1, 2, 3, 4, 6, 7, 128

# elf.h: the general registers; on arm64 the number of the system call, apart.
NT_PRSTATUS, NT_ARM_SYSTEM_CALL = 1, 0x404

# wait(2): children of every kind, and none of another thread's.
WALL, WNOTHREAD = 0x40000000, 0x20000000

PR_GET_DUMPABLE, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 3, 4, 22, 38


def make_traceable() -> None:
    """A process that gave up its rights (setuid) may not be traced by its own user until it says so or runs a program."""
    if prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 1:
        prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)


class IoVec(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("len", ctypes.c_size_t))


# PyDLL keeps the interpreter lock: these calls take a microsecond, taking the lock anew may take many.
_libc = ctypes.PyDLL(None, use_errno=True)
_ptrace = _libc.ptrace
_ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_ptrace.restype = ctypes.c_long
_vm_readv = _libc.process_vm_readv
_vm_readv.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong)
_vm_readv.restype = ctypes.c_ssize_t
_vm_writev = _libc.process_vm_writev
_vm_writev.argtypes = _vm_readv.argtypes
_vm_writev.restype = ctypes.c_ssize_t
prctl = _libc.prctl
prctl.argtypes = (ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong)


def call(request: int, tid: int, address: int = 0, data: int = 0) -> int:
    result: int = _ptrace(request, tid, address, data)
    if result == -1:
        errno = ctypes.get_errno()
        raise OSError(errno, os.strerror(errno))
    return result


_message = ctypes.c_ulong()
_message_at = ctypes.addressof(_message)
#: siginfo_t: signal, errno, code, and more.
_siginfo = (ctypes.c_int * 32)()
_siginfo_at = ctypes.addressof(_siginfo)
_SI_CODE, _SIGTRAP = 2, 5


_SYS_PIDFD_GETFD = 438  # on every machine
_syscall = _libc.syscall
_syscall.restype = ctypes.c_long


def get_fd(pidfd: int, fd: int) -> int:
    """A copy of another process's descriptor. Linux 5.6; who may trace a process may do it."""
    copy: int = _syscall(ctypes.c_long(_SYS_PIDFD_GETFD), ctypes.c_long(pidfd), ctypes.c_long(fd), ctypes.c_long(0))
    if copy < 0:
        errno = ctypes.get_errno()
        raise OSError(errno, os.strerror(errno))
    return copy


def event_message(tid: int, event: int) -> int:
    """What the event that a thread stopped for says: a new thread's id, the former id of one that called exec. Raises
    ProcessLookupError where it was killed meanwhile: it may stand in EVENT_EXIT then, whose message is another."""
    call(GETEVENTMSG, tid, 0, _message_at)
    message = _message.value
    call(GETSIGINFO, tid, 0, _siginfo_at)
    if _siginfo[_SI_CODE] != _SIGTRAP | event << 8:
        raise ProcessLookupError(errno.ESRCH, "it was killed at its event")
    return message


def exit_code(tid: int) -> int:
    """What a thread in EVENT_EXIT ends with, as wait(2) will tell it; 0 where it was killed meanwhile."""
    try:
        return event_message(tid, EVENT_EXIT)
    except OSError:
        return 0


class Registers:
    """The general registers of a traced thread, as the kernel lays them out for this machine (`machine.py` reads them)."""

    __slots__ = ("_at", "_buffer", "_vector")

    def __init__(self, size: int) -> None:
        self._buffer = ctypes.create_string_buffer(size)
        self._vector = IoVec(ctypes.addressof(self._buffer), size)
        self._at = ctypes.addressof(self._vector)

    def get(self, tid: int) -> bytes:
        self._vector.len = len(self._buffer)
        call(GETREGSET, tid, NT_PRSTATUS, self._at)
        return self._buffer.raw


def set_registers(tid: int, which: int, values: bytes) -> None:
    buffer = ctypes.create_string_buffer(values, len(values))
    vector = IoVec(ctypes.addressof(buffer), len(values))
    call(SETREGSET, tid, which, ctypes.addressof(vector))


def _transfer(function: object, tid: int, address: int, buffer: object, size: int) -> int:
    local, remote = IoVec(ctypes.addressof(buffer), size), IoVec(address, size)  # type: ignore[arg-type]
    return function(tid, ctypes.addressof(local), 1, ctypes.addressof(remote), 1, 0)  # type: ignore[operator, no-any-return]


def read_memory(tid: int, address: int, size: int) -> bytes | None:
    """`size` bytes of a process's memory, or None if they aren't all there."""
    if not size:
        return b""
    if not 0 <= address < 1 << 64:
        return None
    buffer = ctypes.create_string_buffer(size)
    return buffer.raw if _transfer(_vm_readv, tid, address, buffer, size) == size else None


def read_string(tid: int, address: int, size: int) -> bytes | None:
    """The bytes up to the first NUL (with it), at most `size`; None if one of them can't be read."""
    found = b""
    while len(found) < size:
        # Never across the end of a page at once: the next may not be there, and need not be.
        step = min(size - len(found), 256, 4096 - (address + len(found)) % 4096)
        part = read_memory(tid, address + len(found), step)
        if part is None:
            return None
        end = part.find(b"\0")
        if end >= 0:
            return found + part[: end + 1]
        found += part
    return found


def write_memory(tid: int, address: int, data: bytes) -> bool:
    """Writes where the process itself may write; whether all of it was written."""
    buffer = ctypes.create_string_buffer(data, len(data))
    return _transfer(_vm_writev, tid, address, buffer, len(data)) == len(data)
