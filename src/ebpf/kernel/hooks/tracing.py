"""fentry, fexit, fmod_return, tp_btf, LSM and freplace: attached to what the program was loaded for (Linux 5.5 to 5.7)."""

from __future__ import annotations

import errno as _errno

from ebpf.errors import HookError, NotSupported
from ebpf.hooks import Freplace
from ebpf.kernel import links, privilege, sys
from ebpf.kernel.info import OBJ
from ebpf.kernel.links import BpfLink
from ebpf.kernel.sys import Layout
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.commands import Command
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import Hook, Lsm, Tracing
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.programs import KernelProgram

_OPEN = Layout(bpf_attr.RAW_TRACEPOINT_OPEN)
_TRACING = Layout(bpf_attr.LINK_CREATE_TRACING)


def attach(engine: KernelEngine, program: KernelProgram, hook: Tracing | Lsm | Freplace) -> BpfLink:
    spec = program.spec
    if not spec.target:
        raise HookError(f"program {spec.name}: section {spec.section!r} names no function, so it was loaded for none")
    if spec.attach_type == AttachType.LSM_CGROUP:
        raise HookError(f"program {spec.name} guards a cgroup: attach it to one")
    what = f"{spec.section.removeprefix('?') or spec.type.label} ({spec.name})"
    if spec.type == ProgType.LSM and (why := privilege.lsm_lacks()):
        raise NotSupported(what, why=why)
    try:
        if not isinstance(hook, Freplace) and hook.cookie:
            return links.create(
                hook,
                _TRACING,
                what,
                prog_fd=program.fd,
                attach_type=int(spec.attach_type or 0),
                cookie=hook.cookie,
            )
        # BPF_LINK_CREATE does the same since 5.19; this does it since 5.5.
        attr = _OPEN(prog_fd=program.fd)
        try:
            return BpfLink(hook, sys.bpf(Command.RAW_TRACEPOINT_OPEN, attr, f"{what}: BPF_RAW_TRACEPOINT_OPEN"))
        except OSError as error:
            if error.errno != _errno.EINVAL or program.target is None:
                raise
            return _again(program, hook, what)
    except OSError as error:
        if error.errno == _errno.EBUSY:
            raise HookError(f"{what}: {_why_busy(program)}") from None
        hint = {
            _errno.EPERM: f"the kernel is locked down, or {spec.target} may not be changed",
            _errno.EOPNOTSUPP: "this machine or kernel has no trampolines for that",
            sys.ENOTSUPP: "this machine or kernel has no trampolines for that",
        }.get(error.errno or 0)
        if hint:
            raise sys.error(error.errno or 0, what, hint) from None
        raise


def _again(program: KernelProgram, hook: Hook, what: str) -> BpfLink:
    """The place in another program that a program was loaded for is taken by its first link; then it is to be named (5.10)."""
    assert program.target is not None
    other, function = program.target
    if program.spec.type != ProgType.EXT:
        raise HookError(f"{what}: a program watches a function of another program once: load it again")
    return links.create(hook, _TRACING, what, prog_fd=program.fd, target_fd=other.fd, target_btf_id=function)


def _why_busy(program: KernelProgram) -> str:
    spec = program.spec
    number = program.info()["id"]
    if any(link["prog_id"] == number for link in OBJ["link"]):
        return "the program is attached there already"
    if spec.type == ProgType.EXT:
        return f"another program has the place of {spec.target}, or watches it"
    return f"{spec.target} is one of the functions that nobody may trace (notrace), or another tool has changed it"
