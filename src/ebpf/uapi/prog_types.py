"""Program types, with the struct that user space knows their context by (empty: no fixed one).

Numbers are those of `enum bpf_prog_type` in Linux 6.18; `since` is the first Linux release that has the row
(the release whose tree first holds it). `UNSPEC` (0) is left out where it means nothing.
"""

from __future__ import annotations

from ebpf.uapi.numbers import Numbers


class ProgType(Numbers):
    """`enum bpf_prog_type`. `label` is the name as bpftool writes it."""

    since: tuple[int, int]
    context: str

    UNSPEC = 0, (0, 0), ""
    SOCKET_FILTER = 1, (3, 19), "__sk_buff"
    KPROBE = 2, (4, 1), "pt_regs"
    SCHED_CLS = 3, (4, 1), "__sk_buff"
    SCHED_ACT = 4, (4, 1), "__sk_buff"
    TRACEPOINT = 5, (4, 7), ""
    XDP = 6, (4, 8), "xdp_md"
    PERF_EVENT = 7, (4, 9), "bpf_perf_event_data"
    CGROUP_SKB = 8, (4, 10), "__sk_buff"
    CGROUP_SOCK = 9, (4, 10), "bpf_sock"
    LWT_IN = 10, (4, 10), "__sk_buff"
    LWT_OUT = 11, (4, 10), "__sk_buff"
    LWT_XMIT = 12, (4, 10), "__sk_buff"
    SOCK_OPS = 13, (4, 13), "bpf_sock_ops"
    SK_SKB = 14, (4, 14), "__sk_buff"
    CGROUP_DEVICE = 15, (4, 15), "bpf_cgroup_dev_ctx"
    SK_MSG = 16, (4, 17), "sk_msg_md"
    RAW_TRACEPOINT = 17, (4, 17), "bpf_raw_tracepoint_args"
    CGROUP_SOCK_ADDR = 18, (4, 17), "bpf_sock_addr"
    LWT_SEG6LOCAL = 19, (4, 18), "__sk_buff"
    LIRC_MODE2 = 20, (4, 18), ""
    SK_REUSEPORT = 21, (4, 19), "sk_reuseport_md"
    FLOW_DISSECTOR = 22, (4, 20), "__sk_buff"
    CGROUP_SYSCTL = 23, (5, 2), "bpf_sysctl"
    RAW_TRACEPOINT_WRITABLE = 24, (5, 2), "bpf_raw_tracepoint_args"
    CGROUP_SOCKOPT = 25, (5, 3), "bpf_sockopt"
    TRACING = 26, (5, 5), ""
    STRUCT_OPS = 27, (5, 6), ""
    EXT = 28, (5, 6), ""
    LSM = 29, (5, 7), ""
    SK_LOOKUP = 30, (5, 9), "bpf_sk_lookup"
    SYSCALL = 31, (5, 14), ""
    NETFILTER = 32, (6, 4), "bpf_nf_ctx"

    @property
    def label(self) -> str:
        return self.name.lower()
