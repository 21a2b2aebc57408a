"""Rules that are tables: who may call which helper, which map it takes, what acquires and casts, what a program may return."""

from __future__ import annotations

from ebpf.uapi.helpers import IDS
from ebpf.verifier import attached

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Verifier


def _numbers(names: str) -> frozenset[int]:
    return frozenset(IDS[name] for name in names.split())


#: Helpers for those with CAP_BPF only (bpf_base_func_proto), whatever the type of the program.
NEEDS_BPF = _numbers(
    "spin_lock spin_unlock jiffies64 per_cpu_ptr this_cpu_ptr timer_init timer_set_callback timer_start timer_cancel kptr_xchg "
    "for_each_map_elem loop user_ringbuf_drain ringbuf_reserve_dynptr ringbuf_submit_dynptr ringbuf_discard_dynptr "
    "dynptr_from_mem dynptr_read dynptr_write dynptr_data cgrp_storage_get cgrp_storage_delete get_current_cgroup_id "
    "get_current_ancestor_cgroup_id"
)
#: Helpers for those with CAP_PERFMON only: they show addresses, or what other tasks do.
NEEDS_PERFMON = _numbers(
    "trace_printk trace_vprintk get_current_comm get_current_task get_current_task_btf task_pt_regs get_task_stack find_vma "
    "probe_read_user probe_read_kernel probe_read_user_str probe_read_kernel_str copy_from_user copy_from_user_task "
    "snprintf snprintf_btf perf_event_read perf_event_read_value send_signal send_signal_thread get_branch_snapshot "
    "skc_to_tcp6_sock skc_to_tcp_sock skc_to_tcp_timewait_sock skc_to_tcp_request_sock skc_to_udp6_sock skc_to_unix_sock "
    "skc_to_mptcp_sock"
)
#: Functions of the kernel in which bpf_d_path() may be called.
D_PATH = frozenset(("security_file_permission", "security_inode_getattr", "security_file_open", "security_path_truncate",
                     "vfs_truncate", "vfs_fallocate", "dentry_open", "vfs_getattr", "filp_close"))  # fmt: skip

#: Helpers after which pointers into the packet are of no use: they may have moved it.
CHANGES_PACKET = _numbers(
    "clone_redirect l3_csum_replace l4_csum_replace lwt_push_encap lwt_seg6_action lwt_seg6_adjust_srh lwt_seg6_store_bytes "
    "msg_pop_data msg_pull_data msg_push_data skb_adjust_room skb_change_head skb_change_proto skb_change_tail skb_pull_data "
    "skb_store_bytes skb_vlan_pop skb_vlan_push store_hdr_opt xdp_adjust_head xdp_adjust_meta xdp_adjust_tail tail_call"
)

#: Helpers whose result must be released.
ACQUIRES = frozenset(("sk_lookup_tcp", "sk_lookup_udp", "skc_lookup_tcp", "ringbuf_reserve", "kptr_xchg"))
#: Helpers that give another view of what they are given, under the same reference.
CASTS = frozenset(
    (
        "tcp_sock", "sk_fullsock", "skc_to_tcp_sock", "skc_to_tcp6_sock", "skc_to_udp6_sock", "skc_to_mptcp_sock",
        "skc_to_tcp_timewait_sock", "skc_to_tcp_request_sock",
    )
)  # fmt: skip
WRITES_MAP = _numbers("map_delete_elem map_update_elem map_push_elem map_pop_elem")

_LOCAL = {
    "sk_storage": "SK_STORAGE",
    "inode_storage": "INODE_STORAGE",
    "task_storage": "TASK_STORAGE",
    "cgrp_storage": "CGRP_STORAGE",
}
_RINGBUF = frozenset(
    (
        "ringbuf_output", "ringbuf_reserve", "ringbuf_query", "ringbuf_reserve_dynptr", "ringbuf_submit_dynptr",
        "ringbuf_discard_dynptr",
    )
)  # fmt: skip
_PERF = frozenset(("perf_event_read", "perf_event_output", "skb_output", "perf_event_read_value", "xdp_output"))

#: Map type → the only helpers that take such a map (types that are not here: any helper).
HELPERS_OF_MAP: dict[str, frozenset[str]] = {
    "PROG_ARRAY": frozenset(("tail_call",)),
    "PERF_EVENT_ARRAY": _PERF,
    "RINGBUF": _RINGBUF,
    "USER_RINGBUF": frozenset(("user_ringbuf_drain",)),
    "STACK_TRACE": frozenset(("get_stackid",)),
    "CGROUP_ARRAY": frozenset(("skb_under_cgroup", "current_task_under_cgroup")),
    "CGROUP_STORAGE": frozenset(("get_local_storage",)),
    "PERCPU_CGROUP_STORAGE": frozenset(("get_local_storage",)),
    "DEVMAP": frozenset(("redirect_map", "map_lookup_elem")),
    "DEVMAP_HASH": frozenset(("redirect_map", "map_lookup_elem")),
    "CPUMAP": frozenset(("redirect_map",)),
    "XSKMAP": frozenset(("redirect_map", "map_lookup_elem")),
    "ARRAY_OF_MAPS": frozenset(("map_lookup_elem",)),
    "HASH_OF_MAPS": frozenset(("map_lookup_elem",)),
    "SOCKMAP": frozenset(("sk_redirect_map", "sock_map_update", "msg_redirect_map", "sk_select_reuseport", "map_lookup_elem")),
    "SOCKHASH": frozenset(
        ("sk_redirect_hash", "sock_hash_update", "msg_redirect_hash", "sk_select_reuseport", "map_lookup_elem")
    ),
    "REUSEPORT_SOCKARRAY": frozenset(("sk_select_reuseport",)),
    "QUEUE": frozenset(("map_peek_elem", "map_pop_elem", "map_push_elem")),
    "STACK": frozenset(("map_peek_elem", "map_pop_elem", "map_push_elem")),
    "BLOOM_FILTER": frozenset(("map_peek_elem", "map_push_elem")),
    **{kind: frozenset((f"{name}_get", f"{name}_delete", "kptr_xchg")) for name, kind in _LOCAL.items()},
}  # fmt: skip

#: Helper → the only types of maps that it takes.
MAPS_OF_HELPER: dict[str, frozenset[str]] = {
    "tail_call": frozenset(("PROG_ARRAY",)),
    **dict.fromkeys(_PERF, frozenset(("PERF_EVENT_ARRAY",))),
    **dict.fromkeys(_RINGBUF, frozenset(("RINGBUF",))),
    "user_ringbuf_drain": frozenset(("USER_RINGBUF",)),
    "get_stackid": frozenset(("STACK_TRACE",)),
    "current_task_under_cgroup": frozenset(("CGROUP_ARRAY",)),
    "skb_under_cgroup": frozenset(("CGROUP_ARRAY",)),
    "redirect_map": frozenset(("DEVMAP", "DEVMAP_HASH", "CPUMAP", "XSKMAP")),
    **dict.fromkeys(("sk_redirect_map", "msg_redirect_map", "sock_map_update"), frozenset(("SOCKMAP",))),
    **dict.fromkeys(("sk_redirect_hash", "msg_redirect_hash", "sock_hash_update"), frozenset(("SOCKHASH",))),
    "get_local_storage": frozenset(("CGROUP_STORAGE", "PERCPU_CGROUP_STORAGE")),
    "sk_select_reuseport": frozenset(("REUSEPORT_SOCKARRAY", "SOCKMAP", "SOCKHASH")),
    "map_pop_elem": frozenset(("QUEUE", "STACK")),
    **dict.fromkeys(("map_peek_elem", "map_push_elem"), frozenset(("QUEUE", "STACK", "BLOOM_FILTER"))),
    "map_lookup_percpu_elem": frozenset(("PERCPU_ARRAY", "PERCPU_HASH", "LRU_PERCPU_HASH")),
    **{f"{name}_{verb}": frozenset((kind,)) for name, kind in _LOCAL.items() for verb in ("get", "delete")},
}  # fmt: skip

_SOCKMAP_UPDATERS = frozenset(
    ("SOCKET_FILTER", "SCHED_CLS", "SCHED_ACT", "XDP", "SK_REUSEPORT", "FLOW_DISSECTOR", "SK_LOOKUP")
)


def sockmap_update_allowed(v: Verifier, helper: str) -> bool:
    """Whether such a program may change a sockmap by the general map helpers."""
    if helper not in ("map_update_elem", "map_delete_elem"):
        return False
    if v.type_name == "TRACING":
        return v.attach_name == "TRACE_ITER"
    if v.type_name == "SOCK_OPS":
        return helper == "map_delete_elem"
    return v.type_name in _SOCKMAP_UPDATERS


_ONE_ONLY = frozenset(
    ("CGROUP_UDP4_RECVMSG", "CGROUP_UDP6_RECVMSG", "CGROUP_UNIX_RECVMSG", "CGROUP_INET4_GETPEERNAME",
     "CGROUP_INET6_GETPEERNAME", "CGROUP_UNIX_GETPEERNAME", "CGROUP_INET4_GETSOCKNAME", "CGROUP_INET6_GETSOCKNAME",
     "CGROUP_UNIX_GETSOCKNAME")
)  # fmt: skip


def return_range(v: Verifier) -> tuple[int, int] | str | None:
    """What the program may return: (least, most), None for anything, "void" where nothing is returned."""
    name, attach = v.type_name, v.attach_name
    if name == "CGROUP_SOCK_ADDR":
        if attach in _ONE_ONLY:
            return 1, 1
        return (0, 3) if attach in ("CGROUP_INET4_BIND", "CGROUP_INET6_BIND") else (0, 1)
    if name == "CGROUP_SKB":
        return (0, 3) if attach == "CGROUP_INET_EGRESS" else (0, 1)
    if name in (
        "CGROUP_SOCK",
        "SOCK_OPS",
        "CGROUP_DEVICE",
        "CGROUP_SYSCTL",
        "CGROUP_SOCKOPT",
        "SK_LOOKUP",
        "NETFILTER",
    ):
        return 0, 1
    if name == "RAW_TRACEPOINT":
        return None
    if name == "TRACING":
        if attach in ("TRACE_FENTRY", "TRACE_FEXIT"):
            return 0, 0
        return (0, 1) if attach == "TRACE_ITER" else None
    if name == "KPROBE":
        return (0, 1) if attach in ("TRACE_KPROBE_SESSION", "TRACE_UPROBE_SESSION") else None
    if name in ("LSM", "STRUCT_OPS"):
        return attached.hook_return_range(v)
    return None


def returns_int(v: Verifier) -> bool:
    """Whether only the lower 32 bits of what the program returns are looked at: `return_32bit` of check_return_code."""
    return v.type_name == "LSM" and v.attach_name != "LSM_CGROUP"


_PRIVATE_STACK = frozenset(("KPROBE", "TRACEPOINT", "PERF_EVENT", "RAW_TRACEPOINT", "TRACING", "LSM"))


def private_stack(v: Verifier) -> bool:
    """Whether the kernel gives each of its functions a stack of its own (x86-64 and arm64, 6.13 on)."""
    if v.type_name not in _PRIVATE_STACK:
        return False
    if v.type_name == "TRACING" and v.attach_name not in (
        "TRACE_FENTRY",
        "TRACE_FEXIT",
        "MODIFY_RETURN",
        "TRACE_RAW_TP",
        "TRACE_ITER",
    ):
        return False
    # A tail call would have to leave it behind.
    return not any(f.has_tail_call for f in v.flow.functions)
