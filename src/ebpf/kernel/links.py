"""What an attachment is held by: closing it detaches."""

from __future__ import annotations

import errno as _errno
import os

from ebpf.errors import NotSupported
from ebpf.hooks import Attachment, Hook
from ebpf.kernel import sys
from ebpf.kernel.sys import Descriptor, Layout
from ebpf.uapi import bpf_attr
from ebpf.uapi.commands import Command
from ebpf.uapi.flags import BPF_F_REPLACE
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ebpf.kernel.programs import KernelProgram

_UPDATE = Layout(bpf_attr.LINK_UPDATE)
_DETACH = Layout(bpf_attr.LINK_DETACH)
_ATTACH = Layout(bpf_attr.PROG_ATTACH)
#: The types of links that have those operations: `struct bpf_link_ops` of each in kernel/bpf, net and kernel/trace.
_UPDATABLE = ("cgroup", "iter", "netns", "xdp", "struct_ops", "tcx", "netkit", "sockmap")
_DETACHABLE = ("cgroup", "netns", "xdp", "struct_ops", "netfilter", "tcx", "netkit", "sockmap")


def _descriptor_of(program: Any) -> int:
    if not hasattr(program, "fileno"):
        raise TypeError(f"a link takes a program of the kernel, not {type(program).__name__}")
    number: int = program.fileno()
    return number


class KernelLink(Attachment):
    """An attachment, a context manager. Closed once; closing twice does nothing."""

    def __init__(self, hook: Hook) -> None:
        self.hook = hook
        self._pid = os.getpid()

    @property
    def ours(self) -> bool:
        """Whether this process made it. What a child after fork closes, on purpose or at its end, is its copy of the descriptors:
        what stands beside them (a filter, a line in tracefs) is its parent's."""
        return self._pid == os.getpid()

    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> KernelLink:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class BpfLink(KernelLink):
    """A link object of the kernel (Linux 5.7). What it stands on (a perf event, say) is closed behind it."""

    def __init__(self, hook: Hook, fd: int, *beneath: Descriptor) -> None:
        super().__init__(hook)
        self._descriptor = Descriptor(fd, f"link {hook!r}")
        self._beneath = beneath

    @property
    def fd(self) -> int:
        return self._descriptor.fd

    @property
    def what(self) -> str:
        return self._descriptor.what

    def fileno(self) -> int:
        return self._descriptor.fd

    def info(self) -> dict[str, object]:
        """What the kernel tells of it (Linux 5.8), by the kernel's field names. Raises KernelError."""
        from ebpf.kernel.info import describe

        return describe("link", self.fd)

    def update(self, program: Any, expected: Any = None) -> None:
        """Puts another program in place, with no moment between; only if `expected` is there now, when that is given.
        Raises KernelError, NotSupported (probes and tracing can't be updated)."""
        attr = _UPDATE(
            link_fd=self.fd,
            new_prog_fd=_descriptor_of(program),
            flags=BPF_F_REPLACE if expected is not None else 0,
            old_prog_fd=_descriptor_of(expected) if expected is not None else 0,
        )
        try:
            self._ask(Command.LINK_UPDATE, attr, _UPDATABLE, "updating")
        except OSError as error:
            hint = self._why_not(error, program, expected) or getattr(error, "hint", "")
            raise sys.error(error.errno or 0, f"{self.what}: BPF_LINK_UPDATE", hint) from None

    def _why_not(self, error: OSError, program: Any, expected: Any) -> str:
        """The kernel says EPERM of another program in the place of the expected one, EINVAL of whatever doesn't fit."""
        if error.errno == _errno.EPERM and expected is not None:
            return "another program than the expected one is there"
        if error.errno != _errno.EINVAL:
            return ""
        from ebpf.kernel.info import OBJ, describe
        from ebpf.kernel.pins import kind_of

        if (kind := kind_of(program.fileno())) != "prog":
            return f"a {kind or 'thing'} can't take the place of its program"
        there = OBJ["prog"].describe(int(str(self.info()["prog_id"])))
        new, old = (
            f"{info['name']} of type {ProgType(info['type']).label}"
            for info in (describe("prog", program.fileno()), there)
        )
        return f"{new} can't take the place of {old}, or was loaded for another hook"

    def _ask(self, command: Command, attr: sys.Buffer, kinds: tuple[str, ...], doing: str) -> None:
        try:
            sys.bpf(command, attr, f"{self.what}: BPF_{command.name}")
        except OSError as error:
            # The kernel says only that something was invalid.
            kind = self.info()["type"] if error.errno in (_errno.EINVAL, _errno.EOPNOTSUPP) else ""
            if kind and kind not in kinds:
                raise NotSupported(
                    f"{doing} a link of type {kind}",
                    why=f"Linux has that for {', '.join(kinds)}",
                    hint="close it instead",
                ) from None
            raise

    def pin(self, path: str) -> None:
        """Gives the attachment a name in a BPF file system: it stays when this process ends. Raises KernelError."""
        from ebpf.kernel.pins import pin

        pin(self.fd, path)

    def detach(self) -> None:
        """Detaches now, whoever else holds the link. Linux 5.9. Raises KernelError, NotSupported (as for `update`)."""
        self._ask(Command.LINK_DETACH, _DETACH(link_fd=self.fd), _DETACHABLE, "detaching")

    def close(self) -> None:
        self._descriptor.close()
        for descriptor in self._beneath:
            descriptor.close()


def create(
    hook: Hook,
    layout: Layout,
    what: str,
    *,
    hint: str = "",
    **fields: int,
) -> BpfLink:
    """BPF_LINK_CREATE with these fields. Raises KernelError, with `hint` where the kernel's word alone says little."""
    call = f"{what}: BPF_LINK_CREATE"
    try:
        return BpfLink(hook, sys.bpf(Command.LINK_CREATE, layout(**fields), call))
    except OSError as error:
        if hint and not getattr(error, "hint", ""):
            raise sys.error(error.errno or 0, call, hint) from None
        raise


def legacy_attach(
    hook: Hook,
    program: KernelProgram,
    target: int,
    attach_type: int,
    what: str,
    flags: int = 0,
    **fields: int,
) -> CallLink:
    """BPF_PROG_ATTACH, for hooks or kernels without links; closing detaches. `fields` are further ones of the call."""
    # Descriptors of our own, since the user may close program and place before the link; made first, since who is out of
    # descriptors could not take back what is attached.
    own = Descriptor(os.dup(program.fd), what)
    place = Descriptor(os.dup(target), what)
    attr = _ATTACH(target_fd=target, attach_bpf_fd=program.fd, attach_type=attach_type, attach_flags=flags, **fields)
    sys.bpf(Command.PROG_ATTACH, attr, f"{what}: BPF_PROG_ATTACH")

    def undo() -> None:
        try:
            again = _ATTACH(target_fd=place.fd, attach_bpf_fd=own.fd, attach_type=attach_type)
            sys.bpf(Command.PROG_DETACH, again, f"{what}: BPF_PROG_DETACH")
        except OSError as error:
            if error.errno != _errno.ENOENT:
                raise  # another program was put in its place, or it was taken away: nothing of ours is left
        own.close()
        place.close()

    return CallLink(hook, undo)


class FoundLink(BpfLink):
    """A link that was opened by its id or pin; what it is attached to, the kernel knows (`info`)."""


def open_link(which: int | str) -> FoundLink:
    """The link with an id (Linux 5.8), or pinned at a path. Raises KernelError, EbpfError."""
    from ebpf.kernel.pins import open_thing

    return FoundLink(Hook(), open_thing("link", which))


class CallLink(KernelLink):
    """An attachment that a call of its own takes away: for hooks older than links."""

    def __init__(self, hook: Hook, undo: Callable[[], None]) -> None:
        super().__init__(hook)
        self._undo: Callable[[], None] | None = undo

    def close(self) -> None:
        """Detaches. Where the kernel refuses that, it may be tried again; when the link is dropped, it is."""
        undo, self._undo = self._undo, None
        if undo is not None and self.ours:
            try:
                undo()
            except BaseException:
                self._undo = undo
                raise

    def __del__(self) -> None:
        try:
            self.close()
        except Exception:
            pass


class ManyLinks(KernelLink):
    """Several attachments that stand and fall together."""

    def __init__(self, hook: Hook, links: list[KernelLink]) -> None:
        super().__init__(hook)
        self.links = links

    def close(self) -> None:
        links, self.links = self.links, []
        first: Exception | None = None
        for link in reversed(links):
            try:
                link.close()
            except Exception as error:
                first = first or error
        if first is not None:
            raise first
