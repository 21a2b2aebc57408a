"""Link types.

Numbers are those of `enum bpf_link_type` in Linux 6.18; `since` is the first Linux release that has the row
(the release whose tree first holds it). `UNSPEC` (0) is left out where it means nothing.
"""

from __future__ import annotations

from ebpf.uapi.numbers import Numbers


class LinkType(Numbers):
    """`enum bpf_link_type`. `label` is the name as bpftool writes it."""

    since: tuple[int, int]

    RAW_TRACEPOINT = 1, (4, 17)
    TRACING = 2, (5, 5)
    CGROUP = 3, (5, 7)
    ITER = 4, (5, 8)
    NETNS = 5, (5, 8)
    XDP = 6, (5, 9)
    PERF_EVENT = 7, (5, 15)
    KPROBE_MULTI = 8, (5, 18)
    STRUCT_OPS = 9, (6, 4)
    NETFILTER = 10, (6, 4)
    TCX = 11, (6, 6)
    UPROBE_MULTI = 12, (6, 6)
    NETKIT = 13, (6, 7)
    SOCKMAP = 14, (6, 10)

    @property
    def label(self) -> str:
        return self.name.lower()
