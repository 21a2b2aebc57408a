"""One file per kind of hook, each with `attach(engine, program, hook) -> KernelLink`. This table says which."""

from __future__ import annotations

from ebpf import hooks
from ebpf.errors import HookError, NotSupported
from ebpf.uapi.attach_types import AttachType as A

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import Hook
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.links import KernelLink
    from ebpf.kernel.programs import KernelProgram

#: The class of a hook → the module of this folder that attaches to it, imported when it is first used.
ATTACHERS: dict[type[Hook], str] = {
    hooks.Kprobe: "kprobe",
    hooks.Ksyscall: "kprobe",
    hooks.KprobeMulti: "kprobe_multi",
    hooks.Uprobe: "uprobe",
    hooks.UprobeMulti: "uprobe_multi",
    hooks.Usdt: "usdt",
    hooks.Tracepoint: "tracepoint",
    hooks.RawTracepoint: "raw_tracepoint",
    hooks.Tracing: "tracing",
    hooks.Lsm: "tracing",
    hooks.Freplace: "tracing",
    hooks.PerfEvent: "perf_event",
    hooks.Xdp: "xdp",
    hooks.Tc: "tc",
    hooks.Tcx: "tcx",
    hooks.Netkit: "tcx",
    hooks.Cgroup: "cgroup",
    hooks.NetNamespace: "netns",
    hooks.Socket: "socket",
    hooks.SockMap: "sockmap",
    hooks.Netfilter: "netfilter",
    hooks.Lwt: "lwt",
    hooks.Lirc: "lirc",
    hooks.Iter: "iter",
    hooks.StructOps: "struct_ops",
}


#: What a program was loaded for that can go nowhere else; and what takes none but such a one.
_LOADED_FOR = {
    A.TRACE_KPROBE_MULTI: hooks.KprobeMulti,
    A.TRACE_KPROBE_SESSION: hooks.KprobeMulti,
    A.TRACE_UPROBE_MULTI: hooks.UprobeMulti,
    A.TRACE_UPROBE_SESSION: hooks.UprobeMulti,
}


def attach(engine: KernelEngine, program: KernelProgram, hook: Hook) -> KernelLink:
    """Attaches by the hook's class. Raises HookError, NotSupported or KernelError."""
    module = ATTACHERS.get(type(hook))
    kind = type(hook).__name__
    if module is None:
        raise NotSupported(f"attaching to {kind} in the kernel")
    hooks.check_program(hook, program.spec)
    attach_type = program.spec.attach_type
    wanted_hook = _LOADED_FOR.get(attach_type) if attach_type is not None else None
    if attach_type is not None and wanted_hook not in (None, type(hook)):
        raise HookError(
            f"program {program.spec.name} was loaded for {attach_type.label}: it takes {wanted_hook.__name__}, not {kind}"
        )
    hooks.check_cookies(hook)
    # Not `importlib`, which a start would have to wait for.
    attacher = __import__(f"ebpf.kernel.hooks.{module}", fromlist=["attach"])
    link: KernelLink = attacher.attach(engine, program, hook)
    return link
