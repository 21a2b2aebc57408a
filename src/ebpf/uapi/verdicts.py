"""What a network program's return value means: `enum xdp_action`, TC_ACT_* (include/uapi/linux/bpf.h, pkt_cls.h).

`passes`: the packet goes on, somewhere. A value without a row has no name: XDP takes it for XDP_ABORTED, tc for TC_ACT_UNSPEC.
"""

from __future__ import annotations

from ebpf._record import Frozen
from ebpf.uapi.prog_types import ProgType


class Verdict(Frozen):
    value: int
    name: str
    passes: bool


_XDP = (
    Verdict(0, "XDP_ABORTED", False),
    Verdict(1, "XDP_DROP", False),
    Verdict(2, "XDP_PASS", True),
    Verdict(3, "XDP_TX", True),
    Verdict(4, "XDP_REDIRECT", True),
)
_TC = (
    Verdict(-1, "TC_ACT_UNSPEC", True),
    Verdict(0, "TC_ACT_OK", True),
    Verdict(1, "TC_ACT_RECLASSIFY", True),
    Verdict(2, "TC_ACT_SHOT", False),
    Verdict(3, "TC_ACT_PIPE", True),
    Verdict(4, "TC_ACT_STOLEN", False),
    Verdict(5, "TC_ACT_QUEUED", False),
    Verdict(6, "TC_ACT_REPEAT", True),
    Verdict(7, "TC_ACT_REDIRECT", True),
    Verdict(8, "TC_ACT_TRAP", False),
)
_CGROUP = (Verdict(0, "drop", False), Verdict(1, "allow", True))
_LWT = (
    Verdict(0, "BPF_OK", True),
    Verdict(2, "BPF_DROP", False),
    Verdict(7, "BPF_REDIRECT", True),
    Verdict(128, "BPF_LWT_REROUTE", True),
)

#: Program type → its verdicts by value. A socket filter has none: it says how many bytes to keep, 0 to drop.
VERDICTS: dict[ProgType, dict[int, Verdict]] = {
    type_: {row.value: row for row in rows}
    for type_, rows in (
        (ProgType.XDP, _XDP),
        (ProgType.SCHED_CLS, _TC),
        (ProgType.SCHED_ACT, _TC),
        (ProgType.CGROUP_SKB, _CGROUP),
        (ProgType.LWT_IN, _LWT),
        (ProgType.LWT_OUT, _LWT),
        (ProgType.LWT_XMIT, _LWT),
    )
}
