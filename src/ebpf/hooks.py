"""Where a program is attached: one small frozen class per kind of hook, plain data.

`ebpf.uapi.sections` turns a section name into one of these; `Program.attach_…` makes them from arguments; each engine
has one function per class that it can attach.
"""

from __future__ import annotations

from ebpf._record import Frozen
from ebpf.errors import HookError, NotSupported
from ebpf.uapi.prog_types import ProgType as P

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ebpf.spec import ProgramSpec


class Hook(Frozen):
    """The base of all hooks."""


def check_cookies(hook: Hook) -> None:
    """Raises HookError for a hook with a cookie that is no u64."""
    for cookie in (getattr(hook, "cookie", 0), *getattr(hook, "cookies", ())):
        if not isinstance(cookie, int) or not 0 <= cookie < 1 << 64:
            raise HookError(f"{type(hook).__name__}: a cookie is a number from 0 to 2^64 - 1, not {cookie!r}")


class Attachment:
    """The base of what `attach` gives: what only links of the kernel can do is NotSupported for the others."""

    hook: Hook

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.hook!r}>"

    def info(self) -> dict[str, object]:
        raise self._no_link("tell of itself")

    def update(self, program: Any, expected: Any = None) -> None:
        raise self._no_link("take another program")

    def pin(self, path: str) -> None:
        raise self._no_link("be pinned")

    def detach(self) -> None:
        raise self._no_link("be detached from outside")

    def _no_link(self, what: str) -> NotSupported:
        return NotSupported(f"an attachment that can {what}", why=f"{self.hook!r} is no link of the kernel here")


def index_of(interface: str | int) -> int:
    """The number of a network interface of this process's namespace, by name or number. Raises HookError with the names there
    are."""
    import socket

    try:
        if isinstance(interface, int):
            socket.if_indextoname(interface)
            return interface
        return socket.if_nametoindex(interface)
    except TypeError:
        raise HookError(f"an interface is a name or a number, not {interface!r}") from None
    except (OSError, OverflowError):
        numbered = isinstance(interface, int)
        names = ", ".join(f"{name} ({index})" if numbered else name for index, name in socket.if_nameindex())
        raise HookError(f"there is no network interface {interface!r} in this namespace; there are {names}") from None


class Kprobe(Hook):
    """Entry (or return, with `ret`) of a kernel function, or `offset` bytes into it. Linux 4.1.

    `maxactive` is how many calls may be under way at once and still have their return seen (with `ret`, 1 to 4096; 0 is the
    kernel's choice). `mode` is the way: "link" (Linux 5.15), "event" (a perf event, 4.17), "tracefs" (kprobe_events, 4.1;
    the only one that has `maxactive`), or "" for the first of them that serves."""

    function: str
    offset: int = 0
    ret: bool = False
    cookie: int = 0
    maxactive: int = 0
    mode: str = ""


class KprobeMulti(Hook):
    """Many kernel functions at once, by shell pattern or by name. Linux 5.18; `session` 6.10."""

    patterns: Sequence[str]
    ret: bool = False
    session: bool = False
    cookies: Sequence[int] = ()


class Ksyscall(Hook):
    """A system call by its name ("execve"), whatever the kernel function is called on this machine."""

    syscall: str
    ret: bool = False
    cookie: int = 0


class Uprobe(Hook):
    """Entry (or return) of a function of a user-space binary. `binary` is a path, or a library or program name to look up.
    `pid` limits it to one process; 0 is this process, -1 is every process. Linux 4.1 (event), 5.15 (cookie)."""

    binary: str
    function: str = ""
    offset: int = 0
    ret: bool = False
    pid: int = -1
    cookie: int = 0
    ref_ctr_offset: int = 0


class UprobeMulti(Hook):
    """Many functions of one binary at once. Linux 6.6; `session` 6.13."""

    binary: str
    patterns: Sequence[str]
    ret: bool = False
    session: bool = False
    pid: int = -1
    cookies: Sequence[int] = ()


class Usdt(Hook):
    """A statically defined tracepoint of a user-space binary."""

    binary: str
    provider: str
    name: str
    pid: int = -1
    cookie: int = 0


class Tracepoint(Hook):
    """A kernel tracepoint by category and name ("syscalls", "sys_enter_execve"). Linux 4.7."""

    category: str
    name: str
    cookie: int = 0


class RawTracepoint(Hook):
    """A kernel tracepoint with its raw arguments ("sys_enter"). Linux 4.17. `cookie` 6.10."""

    name: str
    cookie: int = 0


class Tracing(Hook):
    """fentry, fexit, fmod_return, tp_btf: what the program was loaded for. Linux 5.5."""

    cookie: int = 0


class Lsm(Hook):
    """A security hook: what the program was loaded for. Linux 5.7, booted with `lsm=…,bpf`; `cookie` 5.19."""

    cookie: int = 0


class PerfEvent(Hook):
    """Samples of a perf event. `kind` "software" or "hardware", `config` its number or name ("cpu-clock"),
    each `period` events or `frequency` times a second; `cpu` -1 is every CPU, `pid` -1 every process. `cgroup` is a folder
    of cgroup v2: the processes in it and below. Linux 4.9; `cookie` 5.15."""

    kind: str = "software"
    config: int | str = "cpu-clock"
    period: int = 0
    frequency: int = 0
    pid: int = -1
    cpu: int = -1
    cgroup: str = ""
    cookie: int = 0


class Xdp(Hook):
    """Packets as they arrive at a network interface (name or index). `mode` "", "generic", "native" or "offload"."""

    interface: str | int
    mode: str = ""


class Tc(Hook):
    """Traffic control on an interface: clsact by netlink. A classifier is put there in direct-action mode, an action
    (SEC("action")) behind a filter that matches everything. `direction` "ingress" or "egress"."""

    interface: str | int
    direction: str = "ingress"
    priority: int = 1
    handle: int = 1


class Tcx(Hook):
    """Traffic control by link. Linux 6.6. `anchor`: ("before"|"after", link or program id) or ("first"|"last", 0)."""

    interface: str | int
    direction: str = "ingress"
    anchor: tuple[str, int] = ("", 0)


class Netkit(Hook):
    """A netkit device. Linux 6.7."""

    interface: str | int
    peer: bool = False
    anchor: tuple[str, int] = ("", 0)


class Cgroup(Hook):
    """A cgroup v2 folder. `flags` "" (link), or the older attachment: "none" (alone), "override" (one below takes its place)
    or "multi" (all run). `replaces`, with "multi": the id of the program to take the place of. `anchor` as in `Tcx` (Linux 6.17);
    `preorder`: before the programs of cgroups below (6.15)."""

    path: str
    flags: str = ""
    replaces: int = 0
    anchor: tuple[str, int] = ("", 0)
    preorder: bool = False


class NetNamespace(Hook):
    """flow_dissector or sk_lookup in a network namespace; `path` empty is this process's own."""

    path: str = ""


class Socket(Hook):
    """A socket filter or reuseport program on a socket's descriptor."""

    fd: int


class SockMap(Hook):
    """sk_skb, sk_msg programs on a sockmap or sockhash, by the map's name in the object."""

    map: str


class Netfilter(Hook):
    """A netfilter hook. Linux 6.4. `family` "ipv4" or "ipv6"; `hook` "prerouting", "input", "forward", "output",
    "postrouting"."""

    family: str
    hook: str
    priority: int = 0
    defrag: bool = False


class Lirc(Hook):
    """An infrared receiver (/dev/lirc0). Linux 4.18."""

    path: str


class Iter(Hook):
    """An iterator over kernel objects: read as text. Linux 5.8.

    `map` limits it to a map's elements; `pid` or `tid` to one process or thread (Linux 6.1); `cgroup`, a folder of cgroup v2,
    to a part of the tree (6.1), walked in `order`: "self", "descendants" (down, the parent first), "descendants-post" (the
    parent last) or "ancestors"."""

    map: str = ""
    pid: int = 0
    tid: int = 0
    cgroup: str = ""
    order: str = "descendants"


class Lwt(Hook):
    """Packets that a route takes: a light-weight tunnel. The route to `destination` ("10.1.0.0/24", "fc00::/16") is made, and
    taken away again; it leaves by `interface`, or goes `via` a router. Linux 4.10 (in, out, xmit), 4.18 (seg6local).
    `headroom` is the room for headers that an xmit program adds, at most 256 bytes."""

    destination: str
    interface: str | int
    via: str = ""
    table: int = 254
    headroom: int = 0


class StructOps(Hook):
    """A struct_ops map registered with the kernel, by the map's name."""

    map: str


class Freplace(Hook):
    """Replaces a global function of another program: what it was loaded for. Linux 5.6."""


_CGROUP = (
    P.CGROUP_SKB, P.CGROUP_SOCK, P.CGROUP_SOCK_ADDR, P.CGROUP_SOCKOPT, P.CGROUP_SYSCTL, P.CGROUP_DEVICE, P.SOCK_OPS, P.LSM,
)  # fmt: skip

#: The program types that can be attached to a kind of hook.
PROGRAMS: dict[type[Hook], tuple[P, ...]] = {
    Kprobe: (P.KPROBE,),
    Ksyscall: (P.KPROBE,),
    KprobeMulti: (P.KPROBE,),
    Uprobe: (P.KPROBE,),
    UprobeMulti: (P.KPROBE,),
    Usdt: (P.KPROBE,),
    Tracepoint: (P.TRACEPOINT,),
    RawTracepoint: (P.RAW_TRACEPOINT, P.RAW_TRACEPOINT_WRITABLE),
    Tracing: (P.TRACING,),
    Lsm: (P.LSM,),
    Freplace: (P.EXT,),
    PerfEvent: (P.PERF_EVENT,),
    Xdp: (P.XDP, P.EXT),
    Tc: (P.SCHED_CLS, P.SCHED_ACT),
    Tcx: (P.SCHED_CLS,),
    Netkit: (P.SCHED_CLS,),
    Cgroup: _CGROUP,
    NetNamespace: (P.FLOW_DISSECTOR, P.SK_LOOKUP),
    Socket: (P.SOCKET_FILTER, P.SK_REUSEPORT),
    SockMap: (P.SK_SKB, P.SK_MSG),
    Netfilter: (P.NETFILTER,),
    Lwt: (P.LWT_IN, P.LWT_OUT, P.LWT_XMIT, P.LWT_SEG6LOCAL),
    Lirc: (P.LIRC_MODE2,),
    Iter: (P.TRACING,),
    StructOps: (P.STRUCT_OPS,),
}


def check_program(hook: Hook, program: ProgramSpec) -> None:
    """HookError for a program of a type that this kind of hook doesn't take."""
    types = PROGRAMS.get(type(hook), ())
    if program.type not in types:
        kind, wanted = type(hook).__name__, " or ".join(type_.label for type_ in types)
        raise HookError(f"program {program.name} is of type {program.type.label}; {kind} takes {wanted}")
