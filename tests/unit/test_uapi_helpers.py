"""The helper table: ids, first kernels, prototypes, what the verifier asks, and who may call what."""

from __future__ import annotations

import pytest

from ebpf.uapi import helpers
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.helpers import Kind, helper
from ebpf.uapi.prog_types import ProgType

MAYBE_NULL = frozenset({"PTR_MAYBE_NULL"})


def test_ids_and_names() -> None:
    assert len(helpers.NAMES) == 212
    assert len(helpers.IDS) == 211
    assert helpers.NAMES[0] == "unspec"
    assert "unspec" not in helpers.IDS


@pytest.mark.parametrize(
    ("number", "name", "since"),
    [
        (1, "map_lookup_elem", (3, 19)),
        (4, "probe_read", (4, 1)),
        (12, "tail_call", (4, 2)),
        (27, "get_stackid", (4, 6)),
        (44, "xdp_adjust_head", (4, 10)),
        (51, "redirect_map", (4, 14)),
        (67, "get_stack", (4, 18)),
        (84, "sk_lookup_tcp", (4, 20)),
        (93, "spin_lock", (5, 1)),
        (112, "probe_read_user", (5, 5)),
        (130, "ringbuf_output", (5, 8)),
        (156, "task_storage_get", (5, 11)),
        (164, "for_each_map_elem", (5, 13)),
        (169, "timer_init", (5, 15)),
        (174, "get_attach_cookie", (5, 15)),
        (181, "loop", (5, 17)),
        (194, "kptr_xchg", (5, 19)),
        (209, "user_ringbuf_drain", (6, 1)),
        (211, "cgrp_storage_delete", (6, 2)),
    ],
)
def test_known_rows(number: int, name: str, since: tuple[int, int]) -> None:
    assert helpers.NAMES[number] == name
    assert helpers.since(number) == since
    row = helper(number)
    assert (row.id, row.name, row.since) == (number, name, since)
    assert helper(name) is helper("bpf_" + name) is row
    assert f"bpf_{name}(" in row.prototype


@pytest.mark.parametrize("which", [0, 212, -1, "no_such_helper", "unspec"])
def test_unknown(which: int | str) -> None:
    with pytest.raises(KeyError):
        helper(which)


@pytest.mark.parametrize("number", range(1, 212))
def test_every_row_is_whole(number: int) -> None:
    row = helper(number)
    assert row.returns
    assert row.rules
    assert all(type_ and name for type_, name in row.parameters)
    assert len(row.parameters) <= 5
    for proto in row.protos:
        assert proto.returns.kind.startswith("RET_")
        assert proto.returns.kind not in helpers.EXTENDED
        assert len(proto.arguments) <= len(row.parameters) + (3 if row.variadic else 0)
        for argument in proto.arguments:
            assert argument.kind.startswith("ARG_")
            assert argument.kind not in helpers.EXTENDED
            assert (argument.size > 0) == ("MEM_FIXED_SIZE" in argument.flags)
    known = {t.name for t in ProgType}
    attach = {t.name for t in AttachType} | {"-"}
    for rule in row.rules:
        assert rule.prog_type in known
        assert rule.attach_types <= attach


def test_kinds_are_taken_apart() -> None:
    lookup = helper("map_lookup_elem").protos[0]
    assert lookup.returns == Kind("RET_PTR_TO_MAP_VALUE", MAYBE_NULL)
    assert lookup.returns.maybe_null
    assert lookup.arguments == (Kind("ARG_CONST_MAP_PTR"), Kind("ARG_PTR_TO_MAP_KEY"))
    assert lookup.pkt_access and not lookup.gpl_only and not lookup.might_sleep
    strtol = helper("strtol").protos[0]
    assert strtol.arguments[3] == Kind(
        "ARG_PTR_TO_MEM", frozenset({"MEM_FIXED_SIZE", "MEM_UNINIT", "MEM_WRITE", "MEM_ALIGNED"}), size=8
    )
    comm = helper("get_current_comm").protos[0]
    assert comm.arguments[0].flags == {"MEM_UNINIT", "MEM_WRITE"}
    reserve = helper("ringbuf_reserve").protos[0]
    assert reserve.returns == Kind("RET_PTR_TO_MEM", frozenset({"PTR_MAYBE_NULL", "MEM_RINGBUF"}))
    assert helper("ringbuf_submit").protos[0].arguments[0].flags == {"OBJ_RELEASE"}
    assert helper("get_task_stack").protos[0].arguments[0].struct == "task_struct"
    assert helper("skc_to_tcp6_sock").protos[0].returns.struct == "tcp6_sock"
    assert helper("tcp_send_ack").protos[0].arguments[0].struct == "tcp_sock"


def test_c_prototypes() -> None:
    assert helper("map_update_elem").prototype == (
        "long bpf_map_update_elem(void *map, const void *key, const void *value, __u64 flags)"
    )
    row = helper("trace_printk")
    assert row.variadic
    assert row.returns == "long"
    assert row.parameters == (("const char *", "fmt"), ("__u32", "fmt_size"))
    assert helper("skb_load_bytes").parameters[0] == ("const void *", "skb")
    assert helper("skb_store_bytes").parameters[0] == ("struct __sk_buff *", "skb")
    assert helper("get_prandom_u32").parameters == ()
    # One helper, several contexts: the first parameter is any of them.
    assert helper("get_socket_cookie").parameters == (("void *", "ctx"),)
    assert helper("sk_assign").parameters[0] == ("void *", "ctx")
    assert helper("sk_lookup_tcp").returns == "struct bpf_sock *"


@pytest.mark.parametrize(
    ("name", "prog_type", "attach_type", "sleepable", "proto"),
    [
        ("map_lookup_elem", ProgType.XDP, None, False, "map_lookup_elem"),
        ("xdp_adjust_head", ProgType.XDP, None, False, "xdp_adjust_head"),
        ("xdp_adjust_head", ProgType.SCHED_CLS, None, False, None),
        ("perf_event_output", ProgType.KPROBE, None, False, "perf_event_output"),
        ("perf_event_output", ProgType.TRACEPOINT, None, False, "perf_event_output_tp"),
        ("perf_event_output", ProgType.PERF_EVENT, None, False, "perf_event_output_tp"),
        ("perf_event_output", ProgType.XDP, None, False, "xdp_event_output"),
        ("perf_event_output", ProgType.SCHED_CLS, None, False, "skb_event_output"),
        ("perf_event_output", ProgType.CGROUP_DEVICE, None, False, "event_output_data"),
        ("get_stackid", ProgType.RAW_TRACEPOINT, None, False, "get_stackid_raw_tp"),
        ("get_stackid", ProgType.XDP, None, False, None),
        ("get_func_ip", ProgType.KPROBE, None, False, "get_func_ip_kprobe"),
        ("get_func_ip", ProgType.KPROBE, AttachType.TRACE_KPROBE_MULTI, False, "get_func_ip_kprobe_multi"),
        ("get_func_ip", ProgType.KPROBE, AttachType.TRACE_UPROBE_SESSION, False, "get_func_ip_uprobe_multi"),
        ("get_func_ip", ProgType.TRACING, AttachType.TRACE_FENTRY, False, "get_func_ip_tracing"),
        ("get_stack", ProgType.KPROBE, None, True, "get_stack_sleepable"),
        ("get_stack", ProgType.KPROBE, None, False, "get_stack"),
        ("get_func_ret", ProgType.TRACING, AttachType.TRACE_FEXIT, False, "get_func_ret"),
        ("get_func_ret", ProgType.TRACING, AttachType.TRACE_RAW_TP, False, None),
        ("seq_printf", ProgType.TRACING, AttachType.TRACE_ITER, False, "seq_printf"),
        ("seq_printf", ProgType.TRACING, AttachType.TRACE_FENTRY, False, None),
        ("bind", ProgType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET4_CONNECT, False, "bind"),
        ("bind", ProgType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET4_BIND, False, None),
        ("get_retval", ProgType.CGROUP_SKB, AttachType.CGROUP_INET_INGRESS, False, None),
        ("get_retval", ProgType.CGROUP_SOCKOPT, AttachType.CGROUP_GETSOCKOPT, False, "get_retval"),
        ("setsockopt", ProgType.STRUCT_OPS, None, False, "sk_setsockopt"),
        ("setsockopt", ProgType.SOCK_OPS, None, False, "sock_ops_setsockopt"),
        ("sys_bpf", ProgType.SYSCALL, None, True, "sys_bpf"),
        ("rc_repeat", ProgType.LIRC_MODE2, None, False, "rc_repeat"),
        ("ringbuf_output", ProgType.LIRC_MODE2, None, False, None),
        ("sk_assign", ProgType.SK_LOOKUP, None, False, "sk_lookup_assign"),
        ("sk_assign", ProgType.SCHED_CLS, None, False, "sk_assign"),
        ("sk_select_reuseport", ProgType.SK_REUSEPORT, None, False, "sk_select_reuseport"),
        ("skb_load_bytes", ProgType.SK_REUSEPORT, None, False, "sk_reuseport_load_bytes"),
        ("skb_load_bytes", ProgType.FLOW_DISSECTOR, None, False, "flow_dissector_load_bytes"),
        ("redirect", ProgType.XDP, None, False, "xdp_redirect"),
        ("get_retval", ProgType.CGROUP_DEVICE, AttachType.CGROUP_DEVICE, False, "get_retval"),
        ("get_retval", ProgType.CGROUP_DEVICE, None, False, None),
        ("task_storage_get", ProgType.XDP, None, False, "task_storage_get_recur"),
        ("task_storage_get", ProgType.LSM, AttachType.LSM_MAC, False, "task_storage_get"),
        ("get_cgroup_classid", ProgType.SCHED_CLS, None, False, "get_cgroup_classid"),
        ("get_cgroup_classid", ProgType.KPROBE, None, False, "get_cgroup_classid_curr"),
    ],
)
def test_which_proto_a_program_gets(
    name: str, prog_type: ProgType, attach_type: AttachType | None, sleepable: bool, proto: str | None
) -> None:
    found = helper(name).proto(prog_type, attach_type, sleepable)
    assert (found.name if found else None) == proto


def test_gpl_and_sleep() -> None:
    gpl = {name for name in helpers.IDS if helper(name).gpl_only}
    assert {"trace_printk", "probe_read_kernel", "ktime_get_boot_ns", "map_lookup_elem"} & gpl == {
        "trace_printk",
        "probe_read_kernel",
    }
    assert helper("copy_from_user").protos[0].might_sleep
    assert "XDP" in helper("xdp_adjust_head").prog_types
    assert helper("xdp_adjust_head").prog_types == {"XDP"}


def test_what_later_kernels_allow() -> None:
    since = {rule.prog_type: rule.since for rule in helper("get_current_comm").rules}
    assert since["KPROBE"] is None
    assert since["XDP"] == (6, 16)
    assert "LIRC_MODE2" not in since
    since = {rule.prog_type: rule.since for rule in helper("get_netns_cookie").rules}
    assert (since["SK_MSG"], since["SCHED_CLS"]) == (None, (6, 15))
