"""The table of kfuncs."""

from __future__ import annotations

import re

import pytest

from ebpf.uapi.kfuncs import kfunc, names
from ebpf.uapi.prog_types import ProgType as T


@pytest.mark.parametrize("name", names())
def test_every_row_is_whole(name: str) -> None:
    row = kfunc(name)
    assert re.fullmatch(rf".*\b{name}\(.+\)", row.prototype)
    assert row.returns
    assert all(type_ and re.fullmatch(r"\w+", parameter) for type_, parameter in row.parameters)
    assert all(re.fullmatch(r"KF_[A-Z_]+", flag) for flag in row.flags)
    if row.prog_types is not None:
        assert row.prog_types
        assert row.prog_types <= {t.name for t in T}
    assert row.since is not None


@pytest.mark.parametrize(
    ("name", "since", "flags", "allowed", "refused"),
    [
        ("bpf_rcu_read_lock", (6, 2), set(), T.SOCKET_FILTER, None),
        ("bpf_task_acquire", (6, 2), {"KF_ACQUIRE", "KF_RCU", "KF_RET_NULL"}, T.TRACING, T.SOCKET_FILTER),
        ("bpf_task_release", (6, 2), {"KF_RELEASE"}, T.LSM, T.SK_MSG),
        ("bpf_iter_num_new", (6, 4), {"KF_ITER_NEW"}, T.XDP, None),
        ("bpf_iter_num_next", (6, 4), {"KF_ITER_NEXT", "KF_RET_NULL"}, T.XDP, None),
        ("bpf_dynptr_from_skb", (6, 4), {"KF_TRUSTED_ARGS"}, T.SCHED_CLS, T.XDP),
        ("bpf_dynptr_from_xdp", (6, 4), set(), T.XDP, T.SCHED_CLS),
        ("bpf_xdp_metadata_rx_hash", (6, 3), {"KF_TRUSTED_ARGS"}, T.XDP, T.SCHED_CLS),
        ("bpf_get_file_xattr", (6, 8), {"KF_SLEEPABLE", "KF_TRUSTED_ARGS"}, T.LSM, T.XDP),
        ("bpf_session_cookie", (6, 10), set(), T.KPROBE, T.XDP),
        ("hid_bpf_get_data", (6, 3), {"KF_RET_NULL"}, T.STRUCT_OPS, T.XDP),
        ("hid_bpf_hw_output_report", (6, 11), {"KF_SLEEPABLE"}, T.SYSCALL, T.XDP),
        ("scx_bpf_dispatch", (6, 12), {"KF_RCU"}, T.STRUCT_OPS, T.TRACING),
        ("scx_bpf_dsq_move", (6, 13), {"KF_RCU"}, T.STRUCT_OPS, T.TRACING),
        ("scx_bpf_dsq_nr_queued", (6, 12), set(), T.STRUCT_OPS, T.SCHED_CLS),
        ("tcp_slow_start", (5, 13), set(), T.STRUCT_OPS, T.TRACING),
    ],
)
def test_known_rows(name: str, since: tuple[int, int], flags: set[str], allowed: T, refused: T | None) -> None:
    row = kfunc(name)
    assert (row.since, row.flags) == (since, flags)
    assert row.allowed(allowed)
    assert refused is None or not row.allowed(refused)


def test_parameters() -> None:
    row = kfunc("bpf_dynptr_slice")
    assert row.returns == "void *"
    assert row.parameters == (
        ("const struct bpf_dynptr *", "p"), ("u32", "offset"), ("void *", "buffer__opt"), ("u32", "buffer__szk"),
    )  # fmt: skip
    assert kfunc("bpf_rcu_read_lock").parameters == ()
    less = kfunc("bpf_rbtree_add_impl").parameters[2]
    assert less == ("bool (*)(struct bpf_rb_node *a, const struct bpf_rb_node *b)", "less")


def test_unknown() -> None:
    with pytest.raises(KeyError):
        kfunc("bpf_modify_return_test_tp")
