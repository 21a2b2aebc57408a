"""One file per kind of hook, each with `attach(engine, program, hook) -> KernelLink`. This table says which."""

from __future__ import annotations

from ebpf import hooks
from ebpf.errors import HookError, NotSupported
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.prog_types import ProgType
from ebpf.uapi.prog_types import ProgType as P

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.hooks import Hook
    from ebpf.kernel.engine import KernelEngine
    from ebpf.kernel.links import KernelLink
    from ebpf.kernel.programs import KernelProgram

_CGROUP = (
    P.CGROUP_SKB, P.CGROUP_SOCK, P.CGROUP_SOCK_ADDR, P.CGROUP_SOCKOPT, P.CGROUP_SYSCTL, P.CGROUP_DEVICE, P.SOCK_OPS, P.LSM,
)  # fmt: skip

#: The class of a hook → the module of this folder that attaches to it, imported when it is first used; and the program types
#: that can be attached there.
ATTACHERS: dict[type[Hook], tuple[str, tuple[ProgType, ...]]] = {
    hooks.Kprobe: ("kprobe", (P.KPROBE,)),
    hooks.Ksyscall: ("kprobe", (P.KPROBE,)),
    hooks.KprobeMulti: ("kprobe_multi", (P.KPROBE,)),
    hooks.Uprobe: ("uprobe", (P.KPROBE,)),
    hooks.UprobeMulti: ("uprobe_multi", (P.KPROBE,)),
    hooks.Usdt: ("usdt", (P.KPROBE,)),
    hooks.Tracepoint: ("tracepoint", (P.TRACEPOINT,)),
    hooks.RawTracepoint: ("raw_tracepoint", (P.RAW_TRACEPOINT, P.RAW_TRACEPOINT_WRITABLE)),
    hooks.Tracing: ("tracing", (P.TRACING,)),
    hooks.Lsm: ("tracing", (P.LSM,)),
    hooks.Freplace: ("tracing", (P.EXT,)),
    hooks.PerfEvent: ("perf_event", (P.PERF_EVENT,)),
    hooks.Xdp: ("xdp", (P.XDP, P.EXT)),
    hooks.Tc: ("tc", (P.SCHED_CLS, P.SCHED_ACT)),
    hooks.Tcx: ("tcx", (P.SCHED_CLS,)),
    hooks.Netkit: ("tcx", (P.SCHED_CLS,)),
    hooks.Cgroup: ("cgroup", _CGROUP),
    hooks.NetNamespace: ("netns", (P.FLOW_DISSECTOR, P.SK_LOOKUP)),
    hooks.Socket: ("socket", (P.SOCKET_FILTER, P.SK_REUSEPORT)),
    hooks.SockMap: ("sockmap", (P.SK_SKB, P.SK_MSG)),
    hooks.Netfilter: ("netfilter", (P.NETFILTER,)),
    hooks.Lwt: ("lwt", (P.LWT_IN, P.LWT_OUT, P.LWT_XMIT, P.LWT_SEG6LOCAL)),
    hooks.Lirc: ("lirc", (P.LIRC_MODE2,)),
    hooks.Iter: ("iter", (P.TRACING,)),
    hooks.StructOps: ("struct_ops", (P.STRUCT_OPS,)),
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
    row = ATTACHERS.get(type(hook))
    kind = type(hook).__name__
    if row is None:
        raise NotSupported(f"attaching to {kind} in the kernel")
    module, types = row
    if program.spec.type not in types:
        wanted = " or ".join(type_.label for type_ in types)
        raise HookError(f"program {program.spec.name} is of type {program.spec.type.label}; {kind} takes {wanted}")
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
