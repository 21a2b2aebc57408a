"""The started command, from finding its file to execve in the child."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import sys

from ebpf.errors import KernelError
from ebpf.vm.trace import ptrace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebpf.vm.trace.seccomp import Filter

CAP_SYS_ADMIN = 21


def resolve(command: str) -> str:
    """The file that a shell would run for `command`. Found beforehand, so that the start is one execve, not one per folder
    of PATH. KernelError: ENOENT if there is none, EACCES if there is one that may not be run."""
    if os.path.dirname(command):
        candidates = [command]
    else:
        path = os.environ.get("PATH", os.defpath)
        candidates = [os.path.join(folder or ".", command) for folder in path.split(os.pathsep)] if command else []
    refused = ""
    for candidate in candidates:
        if os.path.isfile(candidate):
            if os.access(candidate, os.X_OK):
                return candidate
            refused = refused or candidate
        elif os.path.isdir(candidate) and os.path.dirname(command):
            refused = candidate
    if refused:
        raise KernelError(errno.EACCES, f"run {refused}", hint="it is no file that may be executed")
    where = "there is no such file" if os.path.dirname(command) else "no folder of PATH has it"
    raise KernelError(errno.ENOENT, f"run {command!r}", hint=where)


def may_filter_freely() -> bool:
    """Whether a seccomp filter needs no no_new_privs here: CAP_SYS_ADMIN."""
    try:
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith("CapEff:"):
                    return bool(int(line.split()[1], 16) >> CAP_SYS_ADMIN & 1)
    except OSError:
        pass
    return False


class Child:
    """A forked child that waits for `go` before it runs the command. `pid` is its id."""

    def __init__(self, path: str, command: Sequence[str], filter_: Filter | None, no_new_privs: bool) -> None:
        arguments = [os.fsencode(word) for word in command]
        environment = dict(os.environb)
        go_read, self._go = os.pipe()
        self._failed, failed_write = os.pipe()
        # Anything that was written but not flushed would be written by the child too if it ended by exit(); it never does.
        self.pid = fork()
        if self.pid == 0:
            try:
                os.close(self._go)
                ptrace.make_traceable()
                os.write(failed_write, b"r")
                _run(os.fsencode(path), arguments, environment, filter_, no_new_privs, go_read, failed_write)
            finally:
                os._exit(127)
        os.close(go_read)
        os.close(failed_write)

    def ready(self) -> None:
        """Waits until the child may be traced."""
        os.read(self._failed, 1)

    def go(self) -> None:
        os.write(self._go, b"g")

    def failure(self) -> int:
        """Waits until the command runs (0), or says with which errno it could not be run."""
        said = os.read(self._failed, 16)
        return int(said) if said else 0

    def close(self) -> None:
        """A child that was not let go ends by itself."""
        for fd in (self._go, self._failed):
            os.close(fd)


def fork() -> int:
    """fork(2), without what Python says of it where threads run."""
    if sys.version_info >= (3, 12):
        # Python warns of forks while threads run, as locks that they hold stay held in the child. This child takes none.
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return os.fork()
    return os.fork()


def _run(
    path: bytes,
    arguments: list[bytes],
    environment: dict[bytes, bytes],
    filter_: Filter | None,
    no_new_privs: bool,
    go: int,
    failed: int,
) -> None:
    try:
        if os.read(go, 1) != b"g":
            os._exit(127)
        # What Python changed for itself and execve would hand on.
        for ignored in (signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(ignored, signal.SIG_DFL)
        if no_new_privs and ptrace.prctl(ptrace.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "no_new_privs")
        if filter_ is not None:
            filter_.install()
        os.execve(path, arguments, environment)
    except OSError as error:
        os.write(failed, str(error.errno).encode())
