"""Makes this process look like one of another system, as far as the standard library bears it: `become("win32")`, "darwin".

Modules that aren't there can't be imported, `os` and others lack what they lack there, /proc, /sys (and on Windows /dev) are no
folders. What others have imported before stays as it was for them: the standard library, and click, rich, NumPy, llvmlite, which
know those systems themselves. So `become` comes before the first import of `ebpf`, and after theirs.
"""

from __future__ import annotations

import builtins
import contextlib
import ctypes
import errno
import importlib
import importlib.abc
import mmap
import os
import platform
import select
import signal
import socket
import sys
from typing import Any

#: What the modules of CPython 3.11 have on Windows (its module `nt`), beside what os.py itself makes.
_NT = """
    DirEntry F_OK O_APPEND O_BINARY O_CREAT O_EXCL O_NOINHERIT O_RANDOM O_RDONLY O_RDWR O_SEQUENTIAL O_SHORT_LIVED
    O_TEMPORARY O_TEXT O_TRUNC O_WRONLY R_OK TMP_MAX W_OK X_OK _exit abort access chdir chmod close closerange cpu_count
    device_encoding dup dup2 environ error execv execve fspath fstat fsync ftruncate get_inheritable get_terminal_size
    getcwd getcwdb getlogin getpid getppid isatty kill link listdir lseek lstat mkdir open pipe putenv read readlink
    remove rename replace rmdir scandir set_inheritable spawnv spawnve stat stat_result statvfs_result strerror symlink
    system terminal_size times times_result truncate umask uname_result unlink unsetenv urandom utime waitpid
    waitstatus_to_exitcode write
"""
_NT_SIGNALS = {"SIGABRT", "SIGFPE", "SIGILL", "SIGINT", "SIGSEGV", "SIGTERM"}
_UNIX_MODULES = (
    "fcntl",
    "resource",
    "pwd",
    "grp",
    "termios",
    "tty",
    "pty",
    "posix",
    "syslog",
    "_posixsubprocess",
    "_posixshmem",
)
#: What only Linux has of what Python shows.
_LINUX_OS = """
    O_TMPFILE O_PATH O_DIRECT O_LARGEFILE O_NOATIME EFD_CLOEXEC EFD_NONBLOCK EFD_SEMAPHORE eventfd eventfd_read
    eventfd_write memfd_create MFD_CLOEXEC pidfd_open sched_getaffinity sched_setaffinity posix_fadvise copy_file_range
    splice getxattr setxattr listxattr removexattr getrandom getresuid getresgid setresuid setresgid pipe2 waitid
    unshare setns PIDFD_NONBLOCK
"""
_LINUX_SIGNALS = ["SIGRTMIN", "SIGRTMAX", "SIGSTKFLT", "SIGPWR", "SIGPOLL", "SIGCLD"]


def become(system: str) -> None:
    windows = system == "win32"
    for name in (
        "numpy",
        "llvmlite.binding",
        "click.testing",
        "rich.console",
        "rich.table",
        "rich.live",
        "elftools.elf.elffile",
    ):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    for name in (
        "asyncio",
        "multiprocessing",
        "platform",
        "subprocess",
        "tempfile",
        "importlib.metadata",
        "pickle",
        "ctypes.util",
    ):
        importlib.import_module(name)
    assert not any(name.partition(".")[0] == "ebpf" for name in sys.modules), "what is imported already has seen Linux"
    refused = {"pyroute2"} | (set(_UNIX_MODULES) if windows else set())
    for name in refused & set(sys.modules):
        del sys.modules[name]
    sys.meta_path.insert(0, _Refuses(refused, system))
    if windows:
        _take(
            os,
            [name for name in dir(importlib.import_module("os")) if name in _POSIX_NAMES and name not in _NT.split()],
        )
        _take(
            signal,
            [name for name in dir(signal) if name.startswith("SIG") and name[3].isalpha() and name not in _NT_SIGNALS],
        )
        _take(signal, ["pthread_sigmask", "pthread_kill", "sigwait", "setitimer", "alarm", "pause", "siginterrupt"])
        _take(select, [name for name in dir(select) if name.startswith(("epoll", "EPOLL", "poll", "POLL"))])
        _take(mmap, [name for name in dir(mmap) if name.startswith(("MAP_", "PROT_", "MADV_"))])
        platform.machine = lambda: "AMD64"
        mmap.mmap = _WindowsMap  # type: ignore[misc]
        ctypes.CDLL, ctypes.PyDLL = _named_only(ctypes.CDLL), _named_only(ctypes.PyDLL)  # type: ignore[misc]
    else:
        _take(os, _LINUX_OS.split())
        _take(signal, [*_LINUX_SIGNALS, "sigtimedwait", "sigwaitinfo", "pidfd_send_signal"])
        _take(select, [name for name in dir(select) if name.lower().startswith("epoll")])
        _take(mmap, ["MAP_POPULATE", "MAP_STACK", "MAP_DENYWRITE", "MAP_EXECUTABLE"])
        ctypes.CDLL, ctypes.PyDLL = _without_linux(ctypes.CDLL), _without_linux(ctypes.PyDLL)  # type: ignore[misc]
        for number, name in _DARWIN_ERRORS.items():
            errno.errorcode.pop(getattr(errno, name))
            setattr(errno, name, number)
        errno.errorcode.update(_DARWIN_ERRORS)
        os.uname = lambda: os.uname_result(("Darwin", "mac", "24.0.0", "Darwin Kernel Version 24.0.0", "arm64"))
    _take(
        socket,
        [
            name
            for name in dir(socket)
            if name.startswith(("AF_NETLINK", "AF_PACKET", "NETLINK_", "PACKET_", "SO_BINDTO"))
        ],
    )
    _hide(("/proc", "/sys", "/dev") if windows else ("/proc", "/sys"))
    sys.platform = system


#: Names of `posix`, asked before that can't be imported any more.
_POSIX_NAMES = frozenset(dir(importlib.import_module("posix")))


def _take(module: Any, names: list[str]) -> None:
    for name in names:
        if hasattr(module, name):
            delattr(module, name)


class _Refuses(importlib.abc.MetaPathFinder):
    def __init__(self, names: set[str], system: str) -> None:
        self.names = names
        self.system = system

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> None:
        if fullname.partition(".")[0] in self.names:
            raise ModuleNotFoundError(f"there is no {fullname} on {self.system}", name=fullname)


class _WindowsMap(mmap.mmap):
    """mmap as Windows has it: without flags and protection."""

    def __new__(
        cls, fileno: int, length: int, tagname: str | None = None, access: int = 0, offset: int = 0
    ) -> _WindowsMap:
        return super().__new__(cls, fileno, length, access=access, offset=offset)


def _named_only(of: Any) -> Any:
    class Library(of):  # type: ignore[misc]
        def __init__(self, name: str | None, *args: Any, **options: Any) -> None:
            if name is None:
                raise TypeError("LoadLibrary() argument 1 must be str, not None")
            super().__init__(name, *args, **options)

    return Library


_DARWIN_ERRORS = {
    35: "EAGAIN",
    11: "EDEADLK",
    96: "ENODATA",
    102: "EOPNOTSUPP",
    84: "EOVERFLOW",
    100: "EPROTO",
    78: "ENOSYS",
}
#: Functions of Linux's C libraries alone.
_LINUX_C = {
    "process_vm_readv",
    "process_vm_writev",
    "prctl",
    "memfd_create",
    "eventfd",
    "epoll_create1",
    "gettid",
    "tgkill",
    "unshare",
}


def _without_linux(of: Any) -> Any:
    class Library(of):  # type: ignore[misc]
        def __getattr__(self, name: str) -> Any:
            if name in _LINUX_C:
                raise AttributeError(f"dlsym(RTLD_DEFAULT, {name}): symbol not found")
            return super().__getattr__(name)

    return Library


def _hide(folders: tuple[str, ...]) -> None:
    def hidden(path: object) -> bool:
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        return isinstance(path, str) and any(path == folder or path.startswith(f"{folder}/") for folder in folders)

    def wrapped(function: Any) -> Any:
        def call(path: Any, *args: Any, **options: Any) -> Any:
            if hidden(os.fspath(path) if hasattr(path, "__fspath__") else path):
                raise FileNotFoundError(2, "No such file or directory", path)
            return function(path, *args, **options)

        return call

    for name in ("open", "stat", "lstat", "listdir", "scandir", "readlink", "access"):
        setattr(os, name, wrapped(getattr(os, name)))
    builtins.open = wrapped(builtins.open)
