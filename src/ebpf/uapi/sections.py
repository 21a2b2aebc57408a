"""Section names: what a program is, by the section that its C puts it in.

The rows are libbpf's 116 spellings (the 101 of libbpf 1.5, two of 1.6, thirteen of Linux 7's libbpf) and two of libbpf
before 1.0. A name matches a row when it is the row's name, or the row's name, a slash and a target; the longest row wins
(`ebpf.elf.sections.section_of`). `hook` names the kind of hook, one word for a class of `ebpf.hooks`; "map" is a program that
only runs out of a map, "" one that is run by bpf(2) alone, or whose link is not known here.
"""

from __future__ import annotations

from ebpf._record import Slotted
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.prog_types import ProgType as P

#: May sleep: loaded with BPF_F_SLEEPABLE.
SLEEPABLE = 1
#: Knows packets of more than one buffer: loaded with BPF_F_XDP_HAS_FRAGS.
FRAGS = 2
#: A kernel that doesn't know the attach type loads the program without it.
OPTIONAL = 4
#: Loaded for a kernel function or type that the target names.
BTF = 8
#: What follows the slash says where to attach.
TARGET = 16
#: Runs at return.
RETURN = 32
#: Runs at entry and at return.
SESSION = 64


class Section(Slotted):
    """A spelling of a section name. `traits` is a set of the flags above."""

    __slots__ = ("name", "type", "attach_type", "hook", "traits")  # noqa: RUF023 - the order of repr

    def __init__(self, name: str, type: P, attach_type: A | None, hook: str, traits: int = 0) -> None:
        self.name = name
        self.type = type
        self.attach_type = attach_type
        self.hook = hook
        self.traits = traits


SECTIONS: dict[str, Section] = {}


def _rows(*rows: Section) -> None:
    SECTIONS.update((row.name, row) for row in rows)


_rows(
    Section("socket", P.SOCKET_FILTER, None, "socket"),
    Section("sk_reuseport/migrate", P.SK_REUSEPORT, A.SK_REUSEPORT_SELECT_OR_MIGRATE, "socket"),
    Section("sk_reuseport", P.SK_REUSEPORT, A.SK_REUSEPORT_SELECT, "socket"),
    Section("kprobe", P.KPROBE, None, "kprobe", TARGET),
    Section("uprobe", P.KPROBE, None, "uprobe", TARGET),
    Section("uprobe.s", P.KPROBE, None, "uprobe", SLEEPABLE | TARGET),
    Section("kretprobe", P.KPROBE, None, "kprobe", TARGET | RETURN),
    Section("uretprobe", P.KPROBE, None, "uprobe", TARGET | RETURN),
    Section("uretprobe.s", P.KPROBE, None, "uprobe", SLEEPABLE | TARGET | RETURN),
    Section("kprobe.multi", P.KPROBE, A.TRACE_KPROBE_MULTI, "kprobe_multi", TARGET),
    Section("kretprobe.multi", P.KPROBE, A.TRACE_KPROBE_MULTI, "kprobe_multi", TARGET | RETURN),
    Section("kprobe.session", P.KPROBE, A.TRACE_KPROBE_SESSION, "kprobe_multi", TARGET | SESSION),
    Section("uprobe.multi", P.KPROBE, A.TRACE_UPROBE_MULTI, "uprobe_multi", TARGET),
    Section("uretprobe.multi", P.KPROBE, A.TRACE_UPROBE_MULTI, "uprobe_multi", TARGET | RETURN),
    Section("uprobe.multi.s", P.KPROBE, A.TRACE_UPROBE_MULTI, "uprobe_multi", SLEEPABLE | TARGET),
    Section("uretprobe.multi.s", P.KPROBE, A.TRACE_UPROBE_MULTI, "uprobe_multi", SLEEPABLE | TARGET | RETURN),
    Section("ksyscall", P.KPROBE, None, "ksyscall", TARGET),
    Section("kretsyscall", P.KPROBE, None, "ksyscall", TARGET | RETURN),
    Section("usdt", P.KPROBE, None, "usdt", TARGET),
    Section("usdt.s", P.KPROBE, None, "usdt", SLEEPABLE | TARGET),
    Section("tc/ingress", P.SCHED_CLS, A.TCX_INGRESS, "tcx"),
    Section("tc/egress", P.SCHED_CLS, A.TCX_EGRESS, "tcx"),
    Section("tcx/ingress", P.SCHED_CLS, A.TCX_INGRESS, "tcx"),
    Section("tcx/egress", P.SCHED_CLS, A.TCX_EGRESS, "tcx"),
    Section("tc", P.SCHED_CLS, None, "tc"),
    Section("classifier", P.SCHED_CLS, None, "tc"),
    Section("action", P.SCHED_ACT, None, "tc"),
    Section("netkit/primary", P.SCHED_CLS, A.NETKIT_PRIMARY, "netkit"),
    Section("netkit/peer", P.SCHED_CLS, A.NETKIT_PEER, "netkit"),
    Section("tracepoint", P.TRACEPOINT, None, "tracepoint", TARGET),
    Section("tp", P.TRACEPOINT, None, "tracepoint", TARGET),
    Section("raw_tracepoint", P.RAW_TRACEPOINT, None, "raw_tracepoint", TARGET),
    Section("raw_tp", P.RAW_TRACEPOINT, None, "raw_tracepoint", TARGET),
    Section("raw_tracepoint.w", P.RAW_TRACEPOINT_WRITABLE, None, "raw_tracepoint", TARGET),
    Section("raw_tp.w", P.RAW_TRACEPOINT_WRITABLE, None, "raw_tracepoint", TARGET),
    Section("tp_btf", P.TRACING, A.TRACE_RAW_TP, "tracing", BTF | TARGET),
    Section("fentry", P.TRACING, A.TRACE_FENTRY, "tracing", BTF | TARGET),
    Section("fmod_ret", P.TRACING, A.MODIFY_RETURN, "tracing", BTF | TARGET),
    Section("fexit", P.TRACING, A.TRACE_FEXIT, "tracing", BTF | TARGET),
    Section("fentry.s", P.TRACING, A.TRACE_FENTRY, "tracing", SLEEPABLE | BTF | TARGET),
    Section("fmod_ret.s", P.TRACING, A.MODIFY_RETURN, "tracing", SLEEPABLE | BTF | TARGET),
    Section("fexit.s", P.TRACING, A.TRACE_FEXIT, "tracing", SLEEPABLE | BTF | TARGET),
    Section("freplace", P.EXT, None, "freplace", BTF | TARGET),
    Section("lsm", P.LSM, A.LSM_MAC, "lsm", BTF | TARGET),
    Section("lsm.s", P.LSM, A.LSM_MAC, "lsm", SLEEPABLE | BTF | TARGET),
    Section("lsm_cgroup", P.LSM, A.LSM_CGROUP, "cgroup", BTF | TARGET),
    Section("iter", P.TRACING, A.TRACE_ITER, "iter", BTF | TARGET),
    Section("iter.s", P.TRACING, A.TRACE_ITER, "iter", SLEEPABLE | BTF | TARGET),
    Section("syscall", P.SYSCALL, None, "", SLEEPABLE),
    Section("xdp.frags/devmap", P.XDP, A.XDP_DEVMAP, "map", FRAGS),
    Section("xdp/devmap", P.XDP, A.XDP_DEVMAP, "map"),
    Section("xdp.frags/cpumap", P.XDP, A.XDP_CPUMAP, "map", FRAGS),
    Section("xdp/cpumap", P.XDP, A.XDP_CPUMAP, "map"),
    Section("xdp.frags", P.XDP, A.XDP, "xdp", FRAGS),
    Section("xdp", P.XDP, A.XDP, "xdp", OPTIONAL),
    Section("perf_event", P.PERF_EVENT, None, "perf_event"),
    Section("lwt_in", P.LWT_IN, None, ""),
    Section("lwt_out", P.LWT_OUT, None, ""),
    Section("lwt_xmit", P.LWT_XMIT, None, ""),
    Section("lwt_seg6local", P.LWT_SEG6LOCAL, None, ""),
    Section("sockops", P.SOCK_OPS, A.CGROUP_SOCK_OPS, "cgroup", OPTIONAL),
    Section("sk_skb/stream_parser", P.SK_SKB, A.SK_SKB_STREAM_PARSER, "sockmap", OPTIONAL),
    Section("sk_skb/stream_verdict", P.SK_SKB, A.SK_SKB_STREAM_VERDICT, "sockmap", OPTIONAL),
    Section("sk_skb/verdict", P.SK_SKB, A.SK_SKB_VERDICT, "sockmap", OPTIONAL),
    Section("sk_skb", P.SK_SKB, None, "sockmap"),
    Section("sk_msg", P.SK_MSG, A.SK_MSG_VERDICT, "sockmap", OPTIONAL),
    Section("lirc_mode2", P.LIRC_MODE2, A.LIRC_MODE2, "lirc", OPTIONAL),
    Section("flow_dissector", P.FLOW_DISSECTOR, A.FLOW_DISSECTOR, "netns", OPTIONAL),
    Section("cgroup_skb/ingress", P.CGROUP_SKB, A.CGROUP_INET_INGRESS, "cgroup", OPTIONAL),
    Section("cgroup_skb/egress", P.CGROUP_SKB, A.CGROUP_INET_EGRESS, "cgroup", OPTIONAL),
    Section("cgroup/skb", P.CGROUP_SKB, None, "cgroup"),
    Section("cgroup/sock_create", P.CGROUP_SOCK, A.CGROUP_INET_SOCK_CREATE, "cgroup"),
    Section("cgroup/sock_release", P.CGROUP_SOCK, A.CGROUP_INET_SOCK_RELEASE, "cgroup"),
    Section("cgroup/sock", P.CGROUP_SOCK, A.CGROUP_INET_SOCK_CREATE, "cgroup", OPTIONAL),
    Section("cgroup/post_bind4", P.CGROUP_SOCK, A.CGROUP_INET4_POST_BIND, "cgroup"),
    Section("cgroup/post_bind6", P.CGROUP_SOCK, A.CGROUP_INET6_POST_BIND, "cgroup"),
    Section("cgroup/bind4", P.CGROUP_SOCK_ADDR, A.CGROUP_INET4_BIND, "cgroup"),
    Section("cgroup/bind6", P.CGROUP_SOCK_ADDR, A.CGROUP_INET6_BIND, "cgroup"),
    Section("cgroup/connect4", P.CGROUP_SOCK_ADDR, A.CGROUP_INET4_CONNECT, "cgroup"),
    Section("cgroup/connect6", P.CGROUP_SOCK_ADDR, A.CGROUP_INET6_CONNECT, "cgroup"),
    Section("cgroup/connect_unix", P.CGROUP_SOCK_ADDR, A.CGROUP_UNIX_CONNECT, "cgroup"),
    Section("cgroup/sendmsg4", P.CGROUP_SOCK_ADDR, A.CGROUP_UDP4_SENDMSG, "cgroup"),
    Section("cgroup/sendmsg6", P.CGROUP_SOCK_ADDR, A.CGROUP_UDP6_SENDMSG, "cgroup"),
    Section("cgroup/sendmsg_unix", P.CGROUP_SOCK_ADDR, A.CGROUP_UNIX_SENDMSG, "cgroup"),
    Section("cgroup/recvmsg4", P.CGROUP_SOCK_ADDR, A.CGROUP_UDP4_RECVMSG, "cgroup"),
    Section("cgroup/recvmsg6", P.CGROUP_SOCK_ADDR, A.CGROUP_UDP6_RECVMSG, "cgroup"),
    Section("cgroup/recvmsg_unix", P.CGROUP_SOCK_ADDR, A.CGROUP_UNIX_RECVMSG, "cgroup"),
    Section("cgroup/getpeername4", P.CGROUP_SOCK_ADDR, A.CGROUP_INET4_GETPEERNAME, "cgroup"),
    Section("cgroup/getpeername6", P.CGROUP_SOCK_ADDR, A.CGROUP_INET6_GETPEERNAME, "cgroup"),
    Section("cgroup/getpeername_unix", P.CGROUP_SOCK_ADDR, A.CGROUP_UNIX_GETPEERNAME, "cgroup"),
    Section("cgroup/getsockname4", P.CGROUP_SOCK_ADDR, A.CGROUP_INET4_GETSOCKNAME, "cgroup"),
    Section("cgroup/getsockname6", P.CGROUP_SOCK_ADDR, A.CGROUP_INET6_GETSOCKNAME, "cgroup"),
    Section("cgroup/getsockname_unix", P.CGROUP_SOCK_ADDR, A.CGROUP_UNIX_GETSOCKNAME, "cgroup"),
    Section("cgroup/sysctl", P.CGROUP_SYSCTL, A.CGROUP_SYSCTL, "cgroup"),
    Section("cgroup/getsockopt", P.CGROUP_SOCKOPT, A.CGROUP_GETSOCKOPT, "cgroup"),
    Section("cgroup/setsockopt", P.CGROUP_SOCKOPT, A.CGROUP_SETSOCKOPT, "cgroup"),
    Section("cgroup/dev", P.CGROUP_DEVICE, A.CGROUP_DEVICE, "cgroup", OPTIONAL),
    Section("struct_ops", P.STRUCT_OPS, None, "struct_ops", TARGET),
    Section("struct_ops.s", P.STRUCT_OPS, None, "struct_ops", SLEEPABLE | TARGET),
    Section("sk_lookup", P.SK_LOOKUP, A.SK_LOOKUP, "netns"),
    Section("netfilter", P.NETFILTER, A.NETFILTER, "netfilter"),
    Section("uprobe.session", P.KPROBE, A.TRACE_UPROBE_SESSION, "uprobe_multi", TARGET | SESSION),
    Section("uprobe.session.s", P.KPROBE, A.TRACE_UPROBE_SESSION, "uprobe_multi", SLEEPABLE | TARGET | SESSION),
    # Spellings of Linux 7: tracepoints of system calls may sleep; sessions and many functions at once by fentry's way.
    Section("tracepoint.s", P.TRACEPOINT, None, "tracepoint", SLEEPABLE | TARGET),
    Section("tp.s", P.TRACEPOINT, None, "tracepoint", SLEEPABLE | TARGET),
    Section("raw_tracepoint.s", P.RAW_TRACEPOINT, None, "raw_tracepoint", SLEEPABLE | TARGET),
    Section("raw_tp.s", P.RAW_TRACEPOINT, None, "raw_tracepoint", SLEEPABLE | TARGET),
    Section("tp_btf.s", P.TRACING, A.TRACE_RAW_TP, "tracing", SLEEPABLE | BTF | TARGET),
    Section("fsession", P.TRACING, A.TRACE_FSESSION, "tracing", BTF | TARGET | SESSION),
    Section("fsession.s", P.TRACING, A.TRACE_FSESSION, "tracing", SLEEPABLE | BTF | TARGET | SESSION),
    Section("fentry.multi", P.TRACING, A.TRACE_FENTRY_MULTI, "", TARGET),
    Section("fexit.multi", P.TRACING, A.TRACE_FEXIT_MULTI, "", TARGET),
    Section("fsession.multi", P.TRACING, A.TRACE_FSESSION_MULTI, "", TARGET | SESSION),
    Section("fentry.multi.s", P.TRACING, A.TRACE_FENTRY_MULTI, "", SLEEPABLE | TARGET),
    Section("fexit.multi.s", P.TRACING, A.TRACE_FEXIT_MULTI, "", SLEEPABLE | TARGET),
    Section("fsession.multi.s", P.TRACING, A.TRACE_FSESSION_MULTI, "", SLEEPABLE | TARGET | SESSION),
    # Spellings of libbpf before 1.0.
    Section("xdp_devmap", P.XDP, A.XDP_DEVMAP, "map"),
    Section("xdp_cpumap", P.XDP, A.XDP_CPUMAP, "map"),
)
