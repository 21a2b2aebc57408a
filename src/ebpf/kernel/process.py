"""A command started to be watched: an ordinary child, with exactly one execve(2)."""

from __future__ import annotations

import errno as _errno
import os

from ebpf.errors import KernelError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class ChildProcess:
    """A child of this process. `returncode` is as in `subprocess`: the exit status, or minus the signal's number."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The return code, None while it runs."""
        return self._wait(os.WNOHANG)

    def _wait(self, options: int) -> int | None:
        if self.returncode is None:
            try:
                pid, status = os.waitpid(self.pid, options)
            except ChildProcessError:
                self.returncode = 0  # someone else has taken its status (SIGCHLD ignored)
                return self.returncode
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Waits for its end; the return code. Raises TimeoutError after `timeout` seconds."""
        if timeout is not None and self.returncode is None:
            import select

            fd = os.pidfd_open(self.pid)
            try:
                poller = select.poll()
                poller.register(fd, select.POLLIN)
                if not poller.poll(max(timeout, 0) * 1000):
                    raise TimeoutError(f"process {self.pid} still runs after {timeout} s")
            finally:
                os.close(fd)
        code = self._wait(0)
        assert code is not None
        return code

    def send_signal(self, signal: int) -> None:
        """Sends a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, signal)

    def __enter__(self) -> ChildProcess:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends it (SIGKILL) if it still runs, and takes its status."""
        if self.poll() is None:
            os.kill(self.pid, 9)
            self._wait(0)


def spawn(command: Sequence[str]) -> ChildProcess:
    """Starts `command`, looked up in PATH once. Raises KernelError (ENOENT, EACCES, ENOEXEC)."""
    if not command:
        raise ValueError("no command")
    path = find(command[0])
    import signal

    # Python ignores these two; a command expects the usual.
    usual = [number for name in ("SIGPIPE", "SIGXFSZ") if (number := getattr(signal, name, None)) is not None]
    try:
        pid = os.posix_spawn(path, list(command), os.environ, setsigdef=usual)
    except OSError as error:
        hint = "no interpreter line (#!) and no program for this machine" if error.errno == _errno.ENOEXEC else ""
        raise KernelError(error.errno or 0, f"starting {command[0]}", hint=hint) from None
    return ChildProcess(pid)


def find(name: str) -> str:
    """The path of a command. Raises KernelError: ENOENT, or EACCES if it isn't executable."""
    import shutil

    found = shutil.which(name)
    if found:
        return found
    if os.path.isdir(name):
        raise KernelError(_errno.EACCES, f"starting {name}", hint="it is a folder")
    if os.path.exists(name) and os.path.dirname(name):
        raise KernelError(_errno.EACCES, f"starting {name}", hint=f"it is not executable: chmod +x {name}")
    raise KernelError(_errno.ENOENT, f"starting {name}", hint="" if os.path.dirname(name) else "not found in PATH")
