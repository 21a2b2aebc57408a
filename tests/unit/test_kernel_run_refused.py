"""What is said of a run that Linux refuses: what the program's type wants, or that it has no run."""

from __future__ import annotations

import errno

import pytest

from ebpf.kernel.run_refused import why
from ebpf.kernel.sys import ENOTSUPP
from ebpf.spec import ProgramSpec
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.prog_types import ProgType as P

NO_RUN = 'runs no program of type {} by hand: attach it, or run it with engine="vm"'


@pytest.mark.parametrize(
    ("type_", "attach", "number", "data", "context", "said"),
    [
        (P.KPROBE, None, ENOTSUPP, 0, 0, NO_RUN.format("kprobe")),
        (P.TRACEPOINT, None, ENOTSUPP, 64, 0, NO_RUN.format("tracepoint")),
        (P.STRUCT_OPS, None, errno.EOPNOTSUPP, 0, 0, NO_RUN.format("struct_ops")),
        (P.TRACING, A.TRACE_RAW_TP, errno.EFAULT, 0, 0, NO_RUN.format("tracing (trace_raw_tp)")),
        (P.TRACING, A.TRACE_ITER, errno.EFAULT, 0, 0, NO_RUN.format("tracing (trace_iter)")),
        (P.XDP, A.XDP_DEVMAP, errno.EINVAL, 64, 0, NO_RUN.format("xdp (xdp_devmap)")),
        (P.XDP, A.XDP, errno.EINVAL, 3, 0, "a program of type xdp wants a packet of 14 bytes or more"),
        (P.SCHED_CLS, None, errno.EINVAL, 0, 0, "a program of type sched_cls wants a packet of 14 bytes or more"),
        (P.RAW_TRACEPOINT, None, errno.EINVAL, 0, 0, "wants its arguments, 8 bytes each"),
        (P.SK_LOOKUP, None, errno.EINVAL, 0, 0, "wants a context and no packet"),
        (P.SCHED_CLS, None, errno.ENOSPC, 64, 16, "struct __sk_buff is longer than the 16 bytes of the context"),
    ],
)
def test_why(type_: P, attach: A | None, number: int, data: int, context: int, said: str) -> None:
    assert said in why(ProgramSpec("p", type_, attach_type=attach), number, data, context)


@pytest.mark.parametrize(
    ("type_", "attach", "number", "data", "context"),
    [
        (P.XDP, A.XDP, errno.EINVAL, 64, 24),
        (P.TRACING, A.TRACE_FENTRY, errno.EINVAL, 0, 0),
        (P.KPROBE, None, errno.EINTR, 0, 0),
        (P.SYSCALL, None, errno.ENOMEM, 0, 8),
    ],
)
def test_nothing_is_said_of_what_is_not_known(type_: P, attach: A | None, number: int, data: int, context: int) -> None:
    assert why(ProgramSpec("p", type_, attach_type=attach), number, data, context) == ""
