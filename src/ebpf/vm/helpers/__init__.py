"""The helpers of the vm, by kind: which file has which. A file is imported when the first helper of it is asked for, as a start
counts; a test holds this index against the files."""

from __future__ import annotations

from importlib import import_module

from ebpf.uapi.helpers import IDS
from ebpf.vm.helpers.registry import CHANGES_MEMORY, HELPERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.helpers.registry import Helper

#: File → its helpers.
FILES: dict[str, str] = {
    "checksum": """
        l3_csum_replace l4_csum_replace csum_diff csum_update csum_level
    """,
    "map": """
        map_lookup_elem map_update_elem map_delete_elem tail_call get_local_storage map_push_elem map_pop_elem
        map_peek_elem spin_lock spin_unlock sk_storage_get sk_storage_delete inode_storage_get inode_storage_delete
        task_storage_get task_storage_delete for_each_map_elem timer_init timer_set_callback timer_start
        timer_cancel loop kptr_xchg map_lookup_percpu_elem cgrp_storage_get cgrp_storage_delete
    """,
    "messages": """
        msg_apply_bytes msg_cork_bytes msg_pull_data msg_push_data msg_pop_data
    """,
    "network": """
        get_socket_cookie get_socket_uid setsockopt getsockopt bind fib_lookup sk_lookup_tcp sk_lookup_udp
        sk_release sk_fullsock get_listener_sock skc_lookup_tcp get_netns_cookie sk_assign check_mtu get_retval
        set_retval
    """,
    "output": """
        perf_event_output skb_output xdp_output ringbuf_output ringbuf_reserve ringbuf_submit ringbuf_discard
        ringbuf_query dynptr_from_mem ringbuf_reserve_dynptr ringbuf_submit_dynptr ringbuf_discard_dynptr
        dynptr_read dynptr_write dynptr_data user_ringbuf_drain
    """,
    "packet": """
        skb_store_bytes get_cgroup_classid skb_vlan_push skb_vlan_pop get_route_realm skb_load_bytes
        skb_change_proto skb_change_type
        get_hash_recalc skb_change_tail skb_pull_data set_hash_invalid skb_change_head xdp_adjust_head set_hash
        skb_adjust_room xdp_adjust_meta xdp_adjust_tail skb_load_bytes_relative skb_cgroup_id skb_ecn_set_ce
        skb_cgroup_classid xdp_get_buff_len xdp_load_bytes xdp_store_bytes skb_set_tstamp
    """,
    "probe": """
        probe_read probe_write_user probe_read_str probe_read_user probe_read_kernel probe_read_user_str
        probe_read_kernel_str copy_from_user
    """,
    "redirect": """
        clone_redirect redirect redirect_map sk_redirect_map msg_redirect_map msg_redirect_hash sk_redirect_hash
        sk_select_reuseport redirect_neigh redirect_peer
    """,
    "system": """
        ktime_get_ns get_prandom_u32 get_smp_processor_id get_numa_node_id jiffies64 ktime_get_boot_ns per_cpu_ptr
        this_cpu_ptr ktime_get_coarse_ns sys_bpf btf_find_by_name_kind sys_close kallsyms_lookup_name
        ktime_get_tai_ns
    """,
    "task": """
        get_current_pid_tgid get_current_uid_gid get_current_comm get_current_task current_task_under_cgroup
        get_current_cgroup_id get_ns_current_pid_tgid get_current_ancestor_cgroup_id get_current_task_btf
        copy_from_user_task skb_under_cgroup skb_ancestor_cgroup_id sk_cgroup_id sk_ancestor_cgroup_id
    """,
    "text": """
        trace_printk strtol strtoul snprintf trace_vprintk strncmp
    """,
    "trace": """
        perf_event_read get_stackid perf_event_read_value perf_prog_read_value get_stack read_branch_records
        get_task_stack get_func_ip get_attach_cookie get_branch_snapshot
    """,
    "traced": """
        override_return send_signal send_signal_thread
    """,
    "tunnel": """
        skb_get_tunnel_key skb_set_tunnel_key skb_get_tunnel_opt skb_set_tunnel_opt
    """,
}

_file_of: dict[int, str] = {IDS[name]: file for file, names in FILES.items() for name in names.split()}


def find(number: int) -> Helper | None:
    """A helper by its number; None if the vm has none such."""
    found = HELPERS.get(number)
    if found is None and number in _file_of:
        import_module(f"ebpf.vm.helpers.{_file_of[number]}")
        found = HELPERS[number]
    return found


def present() -> frozenset[int]:
    """The numbers of all helpers here."""
    return frozenset(_file_of)


def changes_memory(number: int) -> bool:
    """Whether packet and record pointers must be checked anew after that helper."""
    find(number)
    return number in CHANGES_MEMORY


__all__ = ["FILES", "changes_memory", "find", "present"]
