"""kprobes by tracefs's kprobe_events (Linux 4.1): the older way, and the only one that sets `maxactive`.

Such a probe has a name that every process sees, and stays until it is taken away. The names here say who made them, so that
what a killed process left is taken away by the next one.
"""

from __future__ import annotations

import errno as _errno
import os
import time

from ebpf.errors import NotSupported
from ebpf.kernel import perf, privilege, sys, tracefs
from ebpf.kernel.links import KernelLink
from ebpf.kernel.sys import Descriptor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import Hook, Kprobe
    from ebpf.kernel.programs import KernelProgram

#: The group of all our probes: a folder of events/.
GROUP = "ebpf_py"
_FILE = "kprobe_events"
#: The longest that a probe is still in use after its link was closed by us: the kernel lets go of it in the background.
_PATIENCE = 2.0

_made = 0


class TracefsLink(KernelLink):
    """An attachment over a probe with a name: closing it detaches, and takes the probe away unless a pin holds it."""

    def __init__(self, hook: Hook, inner: KernelLink, name: str) -> None:
        super().__init__(hook)
        self.inner = inner
        self.name = name

    @property
    def fd(self) -> int:
        return self.inner.fd  # type: ignore[attr-defined, no-any-return]

    def info(self) -> dict[str, object]:
        """What the kernel tells of it. Linux 5.15. Raises KernelError, NotSupported."""
        return self.inner.info()

    def pin(self, path: str) -> None:
        """Gives the attachment a name in a BPF file system; its probe stays with it. Raises KernelError, NotSupported."""
        self.inner.pin(path)

    def close(self) -> None:
        self.inner.close()
        name, self.name = self.name, ""
        if name and self.ours:
            take_away(name, _PATIENCE)


def attach(program: KernelProgram, hook: Kprobe, function: str, what: str) -> TracefsLink:
    """Raises KernelError; its errno says what is wrong with the place."""
    clear_left_overs()
    name = _define(hook, function, what)
    try:
        number = tracefs.tracepoint_id(GROUP, name)
        attr = perf.ATTR(
            type=perf.TYPE_TRACEPOINT, size=perf.ATTR.size, config=number, sample_period=1, wakeup_events=1
        )
        event = Descriptor(sys.perf_event_open(attr, -1, 0, f"{what}: perf_event_open"), what)
        return TracefsLink(hook, perf.attach(program, event, hook, hook.cookie), name)
    except BaseException:
        take_away(name, _PATIENCE)
        raise


def _define(hook: Kprobe, function: str, what: str) -> str:
    global _made
    _made += 1
    name = f"{_owner()}_{_made}"
    kind = f"r{hook.maxactive or ''}" if hook.ret else "p"
    place = f"{function}+{hook.offset}" if hook.offset else function
    try:
        _write(f"{kind}:{GROUP}/{name} {place}")
    except FileNotFoundError as error:
        if not tracefs.exists(_FILE):
            why = "tracefs has no kprobe_events (CONFIG_KPROBE_EVENTS)"
            raise NotSupported("kprobes by tracefs", why=why) from None
        raise sys.error(error.errno or 0, f"{what}: {_FILE}") from None
    except OSError as error:
        hint = privilege.denied("needs root") if error.errno in (_errno.EACCES, _errno.EPERM) else ""
        raise sys.error(error.errno or 0, f"{what}: {_FILE}", hint) from None
    return name


def _owner() -> str:
    """This process, among those of its own process-id namespace."""
    return f"p{os.stat('/proc/self/ns/pid').st_ino:x}_{os.getpid()}"


def _write(line: str) -> None:
    # Appended: opened to be overwritten, the file drops the probes of everybody.
    fd = tracefs.open_file(_FILE, os.O_WRONLY | os.O_APPEND)
    try:
        os.write(fd, line.encode())
    finally:
        os.close(fd)


def take_away(name: str, patience: float = 0.0) -> bool:
    """Drops a probe; whether it is gone. One that is in use stays."""
    end = time.monotonic() + patience
    while True:
        try:
            _write(f"-:{GROUP}/{name}")
            return True
        except FileNotFoundError:
            return True
        except OSError as error:
            if error.errno != _errno.EBUSY or time.monotonic() >= end:
                return False
        time.sleep(0.01)


def clear_left_overs() -> None:
    """Takes away the probes of our processes that are gone. Those that a pinned link still uses stay: the kernel says so."""
    namespace, _, _ = _owner().partition("_")
    for name in tracefs.names(f"events/{GROUP}"):
        whose, _, rest = name.partition("_")
        pid = rest.partition("_")[0]
        if whose == namespace and pid.isdigit() and not os.path.exists(f"/proc/{pid}"):
            take_away(name)
