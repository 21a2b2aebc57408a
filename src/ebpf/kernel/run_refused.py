"""Why BPF_PROG_TEST_RUN was refused, as far as the program's type and what it was given tell."""

from __future__ import annotations

import errno

from ebpf.kernel.sys import ENOTSUPP
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.spec import ProgramSpec

_ETHERNET = "a packet of 14 bytes or more, from its Ethernet header on: run(data)"
_ARGUMENTS = "its arguments, 8 bytes each: run(context=…)"
#: Types that have a run (the `test_run` of their bpf_prog_ops) → what they want for it.
_WANTED = {
    **dict.fromkeys(
        (ProgType.SOCKET_FILTER, ProgType.SCHED_CLS, ProgType.SCHED_ACT, ProgType.XDP, ProgType.CGROUP_SKB, ProgType.LWT_IN,
         ProgType.LWT_OUT, ProgType.LWT_XMIT, ProgType.FLOW_DISSECTOR, ProgType.NETFILTER), _ETHERNET),
    ProgType.RAW_TRACEPOINT: _ARGUMENTS,
    ProgType.TRACING: "",
    ProgType.SK_LOOKUP: "a context and no packet: run(context=…), a struct bpf_sk_lookup",
    ProgType.SYSCALL: "a context and no packet: run(context=…)",
}  # fmt: skip
#: Of these types, what has none: all that isn't at a function's entry or return; what comes after a redirect.
_TRACED = frozenset({AttachType.TRACE_FENTRY, AttachType.TRACE_FEXIT, AttachType.MODIFY_RETURN})
_REDIRECTED = frozenset({AttachType.XDP_DEVMAP, AttachType.XDP_CPUMAP})


def why(spec: ProgramSpec, number: int, data: int, context: int) -> str:
    """What to do about the error `number` of a run with `data` bytes of packet and `context` bytes of context; empty where
    nothing is known."""
    type_, attach = spec.type, spec.attach_type
    left_out = attach is not None and (attach not in _TRACED if type_ is ProgType.TRACING else attach in _REDIRECTED)
    if left_out or (type_ not in _WANTED and number in (ENOTSUPP, errno.EOPNOTSUPP, errno.EINVAL)):
        kind = f"{type_.label} ({attach.label})" if left_out and attach is not None else type_.label
        return f'Linux runs no program of type {kind} by hand: attach it, or run it with engine="vm"'
    if number == errno.ENOSPC and context:
        return f"struct {type_.context} is longer than the {context} bytes of the context"
    wanted = _WANTED.get(type_, "")
    if number == errno.EINVAL and wanted and (data < 14 if wanted is _ETHERNET else not context):
        return f"a program of type {type_.label} wants {wanted}"
    return ""
