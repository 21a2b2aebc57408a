"""Many kernel functions by one link (Linux 5.18); entry and return by one program, `session` (6.10)."""

from __future__ import annotations

import ctypes
import errno as _errno
import fnmatch
from array import array

from ebpf.errors import HookError, NotSupported, did_you_mean
from ebpf.kernel import kallsyms, links, privilege, sys, tracefs
from ebpf.kernel.hooks.kprobe import syscall_functions
from ebpf.kernel.sys import Layout, address, buffer
from ebpf.uapi import bpf_attr
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.flags import BPF_F_KPROBE_MULTI_RETURN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebpf.hooks import KprobeMulti
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.links import BpfLink
    from ebpf.kernel.programs import KernelProgram

_LINK = Layout(bpf_attr.LINK_CREATE_KPROBE_MULTI)


def attach(engine: KernelEngine, program: KernelProgram, hook: KprobeMulti) -> BpfLink:
    attach_type = AttachType.TRACE_KPROBE_SESSION if hook.session else AttachType.TRACE_KPROBE_MULTI
    if sys.kernel_release() < attach_type.since:
        raise NotSupported("kprobe.session" if hook.session else "kprobe.multi", since=attach_type.since)
    names = matching(hook.patterns)
    if hook.cookies and len(hook.cookies) != len(names):
        raise HookError(f"kprobe.multi: {len(hook.cookies)} cookies for {len(names)} functions")
    texts = [name.encode() + b"\0" for name in names]
    block = buffer(b"".join(texts))
    pointers = (ctypes.c_uint64 * len(texts))()
    at = address(block)
    for i, text in enumerate(texts):
        pointers[i] = at
        at += len(text)
    cookies = buffer(array("Q", hook.cookies).tobytes())
    what = f"kprobe.multi on {len(names)} functions ({', '.join(hook.patterns)})"
    try:
        return links.create(
            hook,
            _LINK,
            what,
            prog_fd=program.fd,
            attach_type=int(attach_type),
            kprobe_flags=BPF_F_KPROBE_MULTI_RETURN if hook.ret else 0,
            cnt=len(names),
            syms=address(pointers),
            cookies=address(cookies) if hook.cookies else 0,
        )
    except OSError as error:
        if error.errno == sys.ENOTSUPP or error.errno == _errno.EOPNOTSUPP:
            raise NotSupported(what, why="this kernel has no fprobe (CONFIG_FPROBE)") from None
        if error.errno == _errno.EINVAL and program.spec.attach_type != attach_type:
            raise HookError(
                f"{what}: the program was loaded for another kind of probe, not {attach_type.label}"
            ) from None
        raise


def matching(patterns: Sequence[str]) -> list[str]:
    """The functions that ftrace can attach to and whose name one of the patterns is or matches; names that stand for more
    than one function are left out unless they are given as they are. Raises HookError."""
    if not patterns:
        raise HookError("kprobe.multi: say which functions")
    known = tracefs.traceable_functions()
    if not known:
        why = privilege.denied("available_filter_functions in tracefs can't be read")
        raise NotSupported("choosing kernel functions", why=why)
    found: dict[str, None] = {}
    unique: set[str] | None = None
    for pattern in patterns:
        exact = next((name for name in syscall_functions(pattern) if name in known), None)
        if exact is not None:
            found[exact] = None
            continue
        if unique is None:
            unique = kallsyms.unique_functions()
        matched = [name for name in fnmatch.filter(known, pattern) if name in unique]
        if not matched:
            raise HookError(f"the kernel has no function {pattern} to attach to" + did_you_mean(pattern, known))
        found.update(dict.fromkeys(sorted(matched)))
    return list(found)
