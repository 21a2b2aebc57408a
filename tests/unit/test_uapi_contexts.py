"""The context table: layouts, and what may be accessed."""

from __future__ import annotations

import pytest

from ebpf.uapi import contexts
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.contexts import access, context, rules
from ebpf.uapi.prog_types import ProgType as T

# Struct → (size, offsets of some members), from `pahole`-like listings of vmlinux.
LAYOUTS = {
    "__sk_buff": (192, {"len": 0, "cb": 48, "data": 76, "data_end": 80, "data_meta": 140, "flow_keys": 144, "tstamp": 152,
                        "wire_len": 160, "gso_segs": 164, "sk": 168, "gso_size": 176, "tstamp_type": 180, "hwtstamp": 184}),
    "xdp_md": (24, {"data": 0, "egress_ifindex": 20}),
    "bpf_sock": (80, {"src_ip4": 24, "src_port": 44, "dst_port": 48, "dst_ip4": 52, "state": 72, "rx_queue_mapping": 76}),
    "bpf_tcp_sock": (112, {"bytes_received": 80, "dsack_dups": 96, "icsk_retransmits": 108}),
    "bpf_sock_addr": (72, {"user_ip6": 8, "user_port": 24, "msg_src_ip6": 44, "sk": 64}),
    "bpf_sock_ops": (224, {"op": 0, "args": 4, "reply": 4, "replylong": 4, "family": 20, "sk_txhash": 164,
                           "bytes_received": 168, "sk": 184, "skb_data": 192, "skb_hwtstamp": 216}),
    "sk_msg_md": (80, {"family": 16, "size": 68, "sk": 72}),
    "sk_reuseport_md": (56, {"len": 16, "hash": 32, "sk": 40, "migrating_sk": 48}),
    "bpf_sysctl": (8, {"write": 0, "file_pos": 4}),
    "bpf_sockopt": (40, {"optval": 8, "level": 24, "retval": 36}),
    "bpf_sk_lookup": (72, {"sk": 0, "cookie": 0, "family": 8, "remote_port": 36, "local_ip4": 40, "ingress_ifindex": 64}),
    "bpf_cgroup_dev_ctx": (12, {"minor": 8}),
    "bpf_flow_keys": (56, {"n_proto": 10, "ipv6_src": 16, "ipv4_src": 16, "ipv6_dst": 32, "flags": 48, "flow_label": 52}),
    "bpf_nf_ctx": (16, {"state": 0, "skb": 8}),
    "bpf_raw_tracepoint_args": (96, {"args": 0}),
    "pt_regs": (168, {"r15": 0, "ax": 80, "di": 112, "orig_ax": 120, "ip": 128, "sp": 152, "ss": 160}),
    "bpf_perf_event_data": (184, {"regs": 0, "sample_period": 168, "addr": 176}),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(name: str) -> None:
    size, offsets = LAYOUTS[name]
    struct = context(name)
    assert struct.size == size
    assert {field: struct.field(field).offset for field in offsets} == offsets
    assert max(field.end for field in struct.fields) <= size


def test_the_other_machine() -> None:
    regs = context("pt_regs", "aarch64")
    assert (regs.size, regs.field("sp").offset, regs.field("pc").offset) == (336, 248, 256)
    assert context("bpf_perf_event_data", "aarch64").field("sample_period").offset == 272
    assert access(T.KPROBE, 264, 8, machine="aarch64")
    assert not access(T.KPROBE, 168, 8, machine="x86_64")


def test_unknown() -> None:
    with pytest.raises(KeyError):
        context("sk_buff")
    with pytest.raises(KeyError):
        context("xdp_md").field("len")


@pytest.mark.parametrize("prog_type", [t for t in T if t.context])
def test_every_context_of_the_type_table_is_here(prog_type: T) -> None:
    assert context(prog_type.context)
    assert next(iter(rules(prog_type).values())).field in {
        field
        for name in (prog_type.context, f"{prog_type.context}/writable")
        if name in contexts._LAYOUTS
        for field in context(name).fields
    }


def test_types_that_btf_describes() -> None:
    for prog_type in (T.TRACING, T.LSM, T.STRUCT_OPS, T.EXT):
        assert rules(prog_type) == {}
        assert access(prog_type, 0, 8) is None


READ = [
    # type, attach type, offset, size, what comes out (None: refused)
    (T.XDP, None, 0, 4, "PTR_TO_PACKET"),
    (T.XDP, None, 4, 4, "PTR_TO_PACKET_END"),
    (T.XDP, None, 8, 4, "PTR_TO_PACKET_META"),
    (T.XDP, None, 12, 4, ""),
    (T.XDP, None, 12, 2, None),
    (T.XDP, None, 0, 8, None),
    (T.XDP, None, 20, 4, None),
    (T.XDP, A.XDP_DEVMAP, 20, 4, ""),
    (T.XDP, None, 24, 4, None),
    (T.XDP, None, -4, 4, None),
    (T.XDP, None, 0, 3, None),
    (T.SOCKET_FILTER, None, 76, 4, None),
    (T.SCHED_CLS, None, 76, 4, "PTR_TO_PACKET"),
    (T.SCHED_CLS, None, 76, 2, None),
    (T.SCHED_CLS, None, 0, 4, ""),
    (T.SCHED_CLS, None, 2, 2, ""),
    (T.SCHED_CLS, None, 3, 1, ""),
    (T.SCHED_CLS, None, 0, 8, None),
    (T.SCHED_CLS, None, 48, 8, ""),
    (T.SCHED_CLS, None, 52, 8, None),
    (T.SCHED_CLS, None, 64, 8, None),
    (T.SCHED_CLS, None, 180, 1, ""),
    (T.SOCKET_FILTER, None, 180, 1, None),
    (T.SCHED_CLS, None, 168, 8, "PTR_TO_SOCK_COMMON_OR_NULL"),
    (T.CGROUP_SKB, A.CGROUP_INET_INGRESS, 152, 8, ""),
    (T.SK_SKB, None, 8, 4, None),
    (T.FLOW_DISSECTOR, None, 144, 8, "PTR_TO_FLOW_KEYS"),
    (T.FLOW_DISSECTOR, None, 0, 4, None),
    (T.CGROUP_SOCK_ADDR, A.CGROUP_INET4_CONNECT, 4, 4, ""),
    (T.CGROUP_SOCK_ADDR, A.CGROUP_INET6_CONNECT, 4, 4, None),
    (T.CGROUP_SOCK_ADDR, A.CGROUP_INET6_CONNECT, 8, 8, ""),
    (T.CGROUP_SOCK_ADDR, A.CGROUP_INET6_CONNECT, 12, 8, None),
    (T.CGROUP_SOCK_ADDR, None, 8, 8, None),
    (T.CGROUP_SOCK, A.CGROUP_INET4_POST_BIND, 24, 4, ""),
    (T.CGROUP_SOCK, A.CGROUP_INET_SOCK_CREATE, 24, 4, None),
    (T.SK_LOOKUP, A.SK_LOOKUP, 36, 4, ""),
    (T.SK_LOOKUP, A.SK_LOOKUP, 38, 2, ""),
    (T.SK_REUSEPORT, None, 20, 1, None),
    (T.SK_REUSEPORT, None, 20, 2, ""),
    (T.CGROUP_SOCKOPT, A.CGROUP_GETSOCKOPT, 36, 4, ""),
    (T.CGROUP_SOCKOPT, A.CGROUP_SETSOCKOPT, 36, 4, None),
    (T.CGROUP_SOCKOPT, A.CGROUP_SETSOCKOPT, 8, 8, "PTR_TO_PACKET"),
    (T.TRACEPOINT, None, 0, 8, None),
    (T.TRACEPOINT, None, 8, 8, ""),
    (T.TRACEPOINT, None, 8191, 1, ""),
    (T.TRACEPOINT, None, 8192, 1, None),
    (T.RAW_TRACEPOINT, None, 88, 8, ""),
    (T.RAW_TRACEPOINT, None, 96, 8, None),
    (T.RAW_TRACEPOINT_WRITABLE, None, 0, 8, "PTR_TO_TP_BUFFER"),
    (T.RAW_TRACEPOINT_WRITABLE, None, 0, 4, None),
    (T.PERF_EVENT, None, 0, 4, None),
    (T.PERF_EVENT, None, 168, 4, ""),
    (T.NETFILTER, A.NETFILTER, 8, 8, "PTR_TO_BTF_ID"),
    (T.SYSCALL, None, 65534, 1, ""),
    (T.SYSCALL, None, 65535, 1, None),
    (T.LIRC_MODE2, None, 0, 4, ""),
    ("PTR_TO_SOCKET", None, 16, 4, ""),
    ("PTR_TO_SOCK_COMMON", None, 16, 4, None),
    ("PTR_TO_SOCK_COMMON", None, 4, 4, ""),
    ("PTR_TO_TCP_SOCK", None, 88, 8, ""),
    ("PTR_TO_FLOW_KEYS", None, 1, 4, ""),
    ("PTR_TO_FLOW_KEYS", None, 54, 4, None),
]  # fmt: skip


@pytest.mark.parametrize(("owner", "attach_type", "offset", "size", "result"), READ)
def test_reads(owner: T | str, attach_type: A | None, offset: int, size: int, result: str | None) -> None:
    rule = access(owner, offset, size, attach_type=attach_type)
    assert (rule.pointer if rule is not None else None) == result


@pytest.mark.parametrize(
    ("prog_type", "attach_type", "offset", "size", "taken"),
    [
        (T.SOCKET_FILTER, None, 48, 4, True),
        (T.SOCKET_FILTER, None, 48, 1, True),
        (T.SOCKET_FILTER, None, 8, 4, False),
        (T.SCHED_CLS, None, 8, 4, True),
        (T.SCHED_CLS, None, 8, 2, False),
        (T.SCHED_CLS, None, 152, 8, True),
        (T.SCHED_CLS, None, 76, 4, False),
        (T.SK_SKB, None, 48, 4, False),
        (T.XDP, None, 0, 4, False),
        (T.SOCK_OPS, None, 4, 4, True),
        (T.SOCK_OPS, None, 8, 4, False),
        (T.CGROUP_SOCKOPT, A.CGROUP_SETSOCKOPT, 32, 4, True),
        (T.CGROUP_SOCKOPT, A.CGROUP_SETSOCKOPT, 36, 4, False),
        (T.CGROUP_SOCKOPT, A.CGROUP_GETSOCKOPT, 36, 4, True),
        (T.CGROUP_SYSCTL, None, 4, 4, True),
        (T.CGROUP_SYSCTL, None, 4, 2, False),
        (T.CGROUP_SOCK_ADDR, A.CGROUP_UDP6_SENDMSG, 48, 8, True),
        (T.KPROBE, None, 0, 8, False),
        (T.SYSCALL, None, 8, 8, True),
    ],
)
def test_writes(prog_type: T, attach_type: A | None, offset: int, size: int, taken: bool) -> None:
    assert (access(prog_type, offset, size, write=True, attach_type=attach_type) is not None) == taken


def test_a_sign_extending_load_reads_no_packet_pointer() -> None:
    assert access(T.XDP, 0, 4)
    assert not access(T.XDP, 0, 4, sign_extend=True)
    assert access(T.XDP, 12, 4, sign_extend=True)


def test_rules_by_field() -> None:
    skb = rules(T.SCHED_CLS)
    assert "flow_keys" not in skb
    assert {name for name, rule in skb.items() if rule.write} == {
        "mark", "tc_index", "priority", "tc_classid", "cb", "tstamp", "queue_mapping",
    }  # fmt: skip
    assert rules(T.SCHED_CLS) is skb
    netfilter = rules(T.NETFILTER)
    assert (netfilter["skb"].struct, netfilter["state"].struct) == ("sk_buff", "nf_hook_state")
