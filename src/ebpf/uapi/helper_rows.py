"""What Linux 6.12 says of each helper.

Written by generate/helpers.py: change that, not this. `helpers` reads it, on first use, and says what it means.
"""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

#: Proto → (flags, what it returns, what it takes). `:8` is a fixed size in bytes, `@struct` a kernel type.
PROTOS: dict[str, tuple[str, str, str]] = {
    "bind": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE"),
    "bprm_opts_set": ("", "RET_INTEGER", "ARG_PTR_TO_BTF_ID@linux_binprm ARG_ANYTHING"),
    "btf_find_by_name_kind": ("might_sleep", "RET_INTEGER", "ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE ARG_ANYTHING ARG_ANYTHING"),
    "cgrp_storage_delete": ("", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_PTR_TO_BTF_ID_OR_NULL@cgroup"),
    "cgrp_storage_get": ("", "RET_PTR_TO_MAP_VALUE_OR_NULL", "ARG_CONST_MAP_PTR ARG_PTR_TO_BTF_ID_OR_NULL@cgroup ARG_PTR_TO_MAP_VALUE_OR_NULL ARG_ANYTHING"),
    "clone_redirect": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING"),
    "copy_from_user": ("might_sleep", "RET_INTEGER", "ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "copy_from_user_task": ("gpl_only might_sleep", "RET_INTEGER", "ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING ARG_PTR_TO_BTF_ID@task_struct ARG_ANYTHING"),
    "csum_diff": ("pkt_access", "RET_INTEGER", "ARG_PTR_TO_MEM|PTR_MAYBE_NULL|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_PTR_TO_MEM|PTR_MAYBE_NULL|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "csum_level": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING"),
    "csum_update": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING"),
    "current_task_under_cgroup": ("", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_ANYTHING"),
    "d_path": ("allowed=bpf_d_path_allowed", "RET_INTEGER", "ARG_PTR_TO_BTF_ID@path ARG_PTR_TO_MEM ARG_CONST_SIZE_OR_ZERO"),
    "dynptr_data": ("", "RET_PTR_TO_DYNPTR_MEM_OR_NULL", "ARG_PTR_TO_DYNPTR|MEM_RDONLY ARG_ANYTHING ARG_CONST_ALLOC_SIZE_OR_ZERO"),
    "dynptr_from_mem": ("", "RET_INTEGER", "ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING ARG_PTR_TO_DYNPTR|DYNPTR_TYPE_LOCAL|MEM_UNINIT|MEM_WRITE"),
    "dynptr_read": ("", "RET_INTEGER", "ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE_OR_ZERO ARG_PTR_TO_DYNPTR|MEM_RDONLY ARG_ANYTHING ARG_ANYTHING"),
    "dynptr_write": ("", "RET_INTEGER", "ARG_PTR_TO_DYNPTR|MEM_RDONLY ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "event_output_data": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO"),
    "find_vma": ("", "RET_INTEGER", "ARG_PTR_TO_BTF_ID@task_struct ARG_ANYTHING ARG_PTR_TO_FUNC ARG_PTR_TO_STACK_OR_NULL ARG_ANYTHING"),
    "flow_dissector_load_bytes": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE"),
    "for_each_map_elem": ("", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_PTR_TO_FUNC ARG_PTR_TO_STACK_OR_NULL ARG_ANYTHING"),
    "get_attach_cookie": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_attach_cookie_kmulti": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_attach_cookie_pe": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_attach_cookie_trace": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_attach_cookie_tracing": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_attach_cookie_umulti": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_branch_snapshot": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE_OR_ZERO"),
    "get_cgroup_classid": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_cgroup_classid_curr": ("", "RET_INTEGER", ""),
    "get_current_ancestor_cgroup_id": ("", "RET_INTEGER", "ARG_ANYTHING"),
    "get_current_cgroup_id": ("", "RET_INTEGER", ""),
    "get_current_comm": ("", "RET_INTEGER", "ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE"),
    "get_current_pid_tgid": ("", "RET_INTEGER", ""),
    "get_current_task": ("gpl_only", "RET_INTEGER", ""),
    "get_current_task_btf": ("gpl_only", "RET_PTR_TO_BTF_ID_TRUSTED@task_struct", ""),
    "get_current_uid_gid": ("", "RET_INTEGER", ""),
    "get_func_arg": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_PTR_TO_FIXED_SIZE_MEM|MEM_UNINIT|MEM_WRITE|MEM_ALIGNED:8"),
    "get_func_arg_cnt": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_func_ip_kprobe": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_func_ip_kprobe_multi": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_func_ip_tracing": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_func_ip_uprobe_multi": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_func_ret": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_FIXED_SIZE_MEM|MEM_UNINIT|MEM_WRITE|MEM_ALIGNED:8"),
    "get_hash_recalc": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_listener_sock": ("", "RET_PTR_TO_SOCKET_OR_NULL", "ARG_PTR_TO_SOCK_COMMON"),
    "get_local_storage": ("", "RET_PTR_TO_MAP_VALUE", "ARG_CONST_MAP_PTR ARG_ANYTHING"),
    "get_netns_cookie_sk_msg": ("", "RET_INTEGER", "ARG_PTR_TO_CTX_OR_NULL"),
    "get_netns_cookie_sock": ("", "RET_INTEGER", "ARG_PTR_TO_CTX_OR_NULL"),
    "get_netns_cookie_sock_addr": ("", "RET_INTEGER", "ARG_PTR_TO_CTX_OR_NULL"),
    "get_netns_cookie_sock_ops": ("", "RET_INTEGER", "ARG_PTR_TO_CTX_OR_NULL"),
    "get_netns_cookie_sockopt": ("", "RET_INTEGER", "ARG_PTR_TO_CTX_OR_NULL"),
    "get_ns_current_pid_tgid": ("", "RET_INTEGER", "ARG_ANYTHING ARG_ANYTHING ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE"),
    "get_numa_node_id": ("", "RET_INTEGER", ""),
    "get_prandom_u32": ("", "RET_INTEGER", ""),
    "get_raw_smp_processor_id": ("", "RET_INTEGER", ""),
    "get_retval": ("", "RET_INTEGER", ""),
    "get_route_realm": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_smp_processor_id": ("allow_fastcall", "RET_INTEGER", ""),
    "get_socket_cookie": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_socket_cookie_sock": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_socket_cookie_sock_addr": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_socket_cookie_sock_ops": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_socket_ptr_cookie": ("", "RET_INTEGER", "ARG_PTR_TO_BTF_ID_SOCK_COMMON|PTR_MAYBE_NULL"),
    "get_socket_uid": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "get_stack": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "get_stack_pe": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "get_stack_raw_tp": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "get_stack_sleepable": ("gpl_only might_sleep", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "get_stack_tp": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "get_stackid": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_ANYTHING"),
    "get_stackid_pe": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_ANYTHING"),
    "get_stackid_raw_tp": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_ANYTHING"),
    "get_stackid_tp": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_ANYTHING"),
    "get_task_stack": ("", "RET_INTEGER", "ARG_PTR_TO_BTF_ID@task_struct ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "get_task_stack_sleepable": ("might_sleep", "RET_INTEGER", "ARG_PTR_TO_BTF_ID@task_struct ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "ima_file_hash": ("might_sleep allowed=bpf_ima_inode_hash_allowed", "RET_INTEGER", "ARG_PTR_TO_BTF_ID@file ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE"),
    "ima_inode_hash": ("might_sleep allowed=bpf_ima_inode_hash_allowed", "RET_INTEGER", "ARG_PTR_TO_BTF_ID@inode ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE"),
    "inode_storage_delete": ("", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_PTR_TO_BTF_ID_OR_NULL@inode"),
    "inode_storage_get": ("", "RET_PTR_TO_MAP_VALUE_OR_NULL", "ARG_CONST_MAP_PTR ARG_PTR_TO_BTF_ID_OR_NULL@inode ARG_PTR_TO_MAP_VALUE_OR_NULL ARG_ANYTHING"),
    "jiffies64": ("", "RET_INTEGER", ""),
    "kallsyms_lookup_name": ("", "RET_INTEGER", "ARG_PTR_TO_MEM ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING ARG_PTR_TO_FIXED_SIZE_MEM|MEM_UNINIT|MEM_WRITE|MEM_ALIGNED:8"),
    "kptr_xchg": ("", "RET_PTR_TO_BTF_ID_OR_NULL", "ARG_KPTR_XCHG_DEST ARG_PTR_TO_BTF_ID_OR_NULL|OBJ_RELEASE"),
    "ktime_get_boot_ns": ("", "RET_INTEGER", ""),
    "ktime_get_coarse_ns": ("", "RET_INTEGER", ""),
    "ktime_get_ns": ("", "RET_INTEGER", ""),
    "ktime_get_tai_ns": ("", "RET_INTEGER", ""),
    "l3_csum_replace": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING ARG_ANYTHING ARG_ANYTHING"),
    "l4_csum_replace": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING ARG_ANYTHING ARG_ANYTHING"),
    "loop": ("", "RET_INTEGER", "ARG_SCALAR ARG_PTR_TO_FUNC ARG_PTR_TO_STACK_OR_NULL ARG_ANYTHING"),
    "lwt_in_push_encap": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE"),
    "lwt_seg6_action": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE"),
    "lwt_seg6_adjust_srh": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING"),
    "lwt_seg6_store_bytes": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE"),
    "lwt_xmit_push_encap": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE"),
    "map_delete_elem": ("pkt_access", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_PTR_TO_MAP_KEY"),
    "map_lookup_elem": ("pkt_access", "RET_PTR_TO_MAP_VALUE_OR_NULL", "ARG_CONST_MAP_PTR ARG_PTR_TO_MAP_KEY"),
    "map_lookup_percpu_elem": ("pkt_access", "RET_PTR_TO_MAP_VALUE_OR_NULL", "ARG_CONST_MAP_PTR ARG_PTR_TO_MAP_KEY ARG_ANYTHING"),
    "map_peek_elem": ("", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_PTR_TO_MAP_VALUE|MEM_UNINIT|MEM_WRITE"),
    "map_pop_elem": ("", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_PTR_TO_MAP_VALUE|MEM_UNINIT|MEM_WRITE"),
    "map_push_elem": ("pkt_access", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_PTR_TO_MAP_VALUE ARG_ANYTHING"),
    "map_update_elem": ("pkt_access", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_PTR_TO_MAP_KEY ARG_PTR_TO_MAP_VALUE ARG_ANYTHING"),
    "msg_apply_bytes": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING"),
    "msg_cork_bytes": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING"),
    "msg_pop_data": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING ARG_ANYTHING"),
    "msg_pull_data": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING ARG_ANYTHING"),
    "msg_push_data": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING ARG_ANYTHING"),
    "msg_redirect_hash": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_PTR_TO_MAP_KEY ARG_ANYTHING"),
    "msg_redirect_map": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_ANYTHING ARG_ANYTHING"),
    "override_return": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING"),
    "per_cpu_ptr": ("", "RET_PTR_TO_MEM_OR_BTF_ID|PTR_MAYBE_NULL|MEM_RDONLY", "ARG_PTR_TO_PERCPU_BTF_ID ARG_ANYTHING"),
    "perf_event_output": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO"),
    "perf_event_output_raw_tp": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO"),
    "perf_event_output_tp": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO"),
    "perf_event_read": ("gpl_only", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_ANYTHING"),
    "perf_event_read_value": ("gpl_only", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_ANYTHING ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE"),
    "perf_prog_read_value": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE"),
    "probe_read_compat": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "probe_read_compat_str": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "probe_read_kernel": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "probe_read_kernel_str": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "probe_read_user": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "probe_read_user_str": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "probe_write_user": ("gpl_only", "RET_INTEGER", "ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE"),
    "rc_keydown": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING ARG_ANYTHING"),
    "rc_pointer_rel": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING"),
    "rc_repeat": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "read_branch_records": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM_OR_NULL ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "redirect": ("", "RET_INTEGER", "ARG_ANYTHING ARG_ANYTHING"),
    "redirect_neigh": ("", "RET_INTEGER", "ARG_ANYTHING ARG_PTR_TO_MEM|PTR_MAYBE_NULL|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "redirect_peer": ("", "RET_INTEGER", "ARG_ANYTHING ARG_ANYTHING"),
    "ringbuf_discard": ("", "RET_VOID", "ARG_PTR_TO_RINGBUF_MEM|OBJ_RELEASE ARG_ANYTHING"),
    "ringbuf_discard_dynptr": ("", "RET_VOID", "ARG_PTR_TO_DYNPTR|DYNPTR_TYPE_RINGBUF|OBJ_RELEASE ARG_ANYTHING"),
    "ringbuf_output": ("", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "ringbuf_query": ("", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_ANYTHING"),
    "ringbuf_reserve": ("", "RET_PTR_TO_RINGBUF_MEM_OR_NULL", "ARG_CONST_MAP_PTR ARG_CONST_ALLOC_SIZE_OR_ZERO ARG_ANYTHING"),
    "ringbuf_reserve_dynptr": ("", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_ANYTHING ARG_ANYTHING ARG_PTR_TO_DYNPTR|DYNPTR_TYPE_RINGBUF|MEM_UNINIT|MEM_WRITE"),
    "ringbuf_submit": ("", "RET_VOID", "ARG_PTR_TO_RINGBUF_MEM|OBJ_RELEASE ARG_ANYTHING"),
    "ringbuf_submit_dynptr": ("", "RET_VOID", "ARG_PTR_TO_DYNPTR|DYNPTR_TYPE_RINGBUF|OBJ_RELEASE ARG_ANYTHING"),
    "send_signal": ("", "RET_INTEGER", "ARG_ANYTHING"),
    "send_signal_thread": ("", "RET_INTEGER", "ARG_ANYTHING"),
    "seq_printf": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_BTF_ID@seq_file ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE ARG_PTR_TO_MEM|PTR_MAYBE_NULL|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO"),
    "seq_printf_btf": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_BTF_ID@seq_file ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING"),
    "seq_write": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_BTF_ID@seq_file ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO"),
    "set_hash": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING"),
    "set_hash_invalid": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "set_retval": ("", "RET_INTEGER", "ARG_ANYTHING"),
    "sk_ancestor_cgroup_id": ("", "RET_INTEGER", "ARG_PTR_TO_BTF_ID_SOCK_COMMON ARG_ANYTHING"),
    "sk_assign": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_BTF_ID_SOCK_COMMON ARG_ANYTHING"),
    "sk_cgroup_id": ("", "RET_INTEGER", "ARG_PTR_TO_BTF_ID_SOCK_COMMON"),
    "sk_fullsock": ("", "RET_PTR_TO_SOCKET_OR_NULL", "ARG_PTR_TO_SOCK_COMMON"),
    "sk_getsockopt": ("", "RET_INTEGER", "ARG_PTR_TO_BTF_ID_SOCK_COMMON ARG_ANYTHING ARG_ANYTHING ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE"),
    "sk_lookup_assign": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_SOCKET_OR_NULL ARG_ANYTHING"),
    "sk_lookup_tcp": ("pkt_access", "RET_PTR_TO_SOCKET_OR_NULL", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING ARG_ANYTHING"),
    "sk_lookup_udp": ("pkt_access", "RET_PTR_TO_SOCKET_OR_NULL", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING ARG_ANYTHING"),
    "sk_redirect_hash": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_PTR_TO_MAP_KEY ARG_ANYTHING"),
    "sk_redirect_map": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_ANYTHING ARG_ANYTHING"),
    "sk_release": ("", "RET_INTEGER", "ARG_PTR_TO_BTF_ID_SOCK_COMMON|OBJ_RELEASE"),
    "sk_reuseport_load_bytes": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE"),
    "sk_reuseport_load_bytes_relative": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE ARG_ANYTHING"),
    "sk_select_reuseport": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_PTR_TO_MAP_KEY ARG_ANYTHING"),
    "sk_setsockopt": ("", "RET_INTEGER", "ARG_PTR_TO_BTF_ID_SOCK_COMMON ARG_ANYTHING ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE"),
    "sk_skb_adjust_room": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING ARG_ANYTHING"),
    "sk_skb_change_head": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING"),
    "sk_skb_change_tail": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING"),
    "sk_skb_pull_data": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING"),
    "sk_storage_delete": ("", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_PTR_TO_BTF_ID_SOCK_COMMON"),
    "sk_storage_delete_tracing": ("allowed=bpf_sk_storage_tracing_allowed", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_PTR_TO_BTF_ID_OR_NULL@sock_common"),
    "sk_storage_get": ("", "RET_PTR_TO_MAP_VALUE_OR_NULL", "ARG_CONST_MAP_PTR ARG_PTR_TO_BTF_ID_SOCK_COMMON ARG_PTR_TO_MAP_VALUE_OR_NULL ARG_ANYTHING"),
    "sk_storage_get_cg_sock": ("", "RET_PTR_TO_MAP_VALUE_OR_NULL", "ARG_CONST_MAP_PTR ARG_PTR_TO_CTX ARG_PTR_TO_MAP_VALUE_OR_NULL ARG_ANYTHING"),
    "sk_storage_get_tracing": ("allowed=bpf_sk_storage_tracing_allowed", "RET_PTR_TO_MAP_VALUE_OR_NULL", "ARG_CONST_MAP_PTR ARG_PTR_TO_BTF_ID_OR_NULL@sock_common ARG_PTR_TO_MAP_VALUE_OR_NULL ARG_ANYTHING"),
    "skb_adjust_room": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING ARG_ANYTHING"),
    "skb_ancestor_cgroup_id": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING"),
    "skb_cgroup_classid": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "skb_cgroup_id": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "skb_change": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING"),
    "skb_change_head": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING"),
    "skb_change_tail": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING"),
    "skb_change_type": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING"),
    "skb_check_mtu": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_PTR_TO_FIXED_SIZE_MEM|MEM_WRITE|MEM_ALIGNED:4 ARG_ANYTHING ARG_ANYTHING"),
    "skb_ecn_set_ce": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "skb_event_output": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO"),
    "skb_fib_lookup": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM ARG_CONST_SIZE ARG_ANYTHING"),
    "skb_get_tunnel_key": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE ARG_ANYTHING"),
    "skb_get_tunnel_opt": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE"),
    "skb_get_xfrm_state": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE ARG_ANYTHING"),
    "skb_load_bytes": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE"),
    "skb_load_bytes_relative": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE ARG_ANYTHING"),
    "skb_output": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_BTF_ID@sk_buff ARG_CONST_MAP_PTR ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO"),
    "skb_pull_data": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING"),
    "skb_set_tstamp": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING"),
    "skb_set_tunnel_key": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE ARG_ANYTHING"),
    "skb_set_tunnel_opt": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE"),
    "skb_store_bytes": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE ARG_ANYTHING"),
    "skb_under_cgroup": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_ANYTHING"),
    "skb_vlan_pop": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "skb_vlan_push": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING"),
    "skc_lookup_tcp": ("pkt_access", "RET_PTR_TO_SOCK_COMMON_OR_NULL", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING ARG_ANYTHING"),
    "skc_to_mptcp_sock": ("", "RET_PTR_TO_BTF_ID_OR_NULL@mptcp_sock", "ARG_PTR_TO_SOCK_COMMON"),
    "skc_to_tcp6_sock": ("", "RET_PTR_TO_BTF_ID_OR_NULL@tcp6_sock", "ARG_PTR_TO_BTF_ID_SOCK_COMMON"),
    "skc_to_tcp_request_sock": ("", "RET_PTR_TO_BTF_ID_OR_NULL@tcp_request_sock", "ARG_PTR_TO_BTF_ID_SOCK_COMMON"),
    "skc_to_tcp_sock": ("", "RET_PTR_TO_BTF_ID_OR_NULL@tcp_sock", "ARG_PTR_TO_BTF_ID_SOCK_COMMON"),
    "skc_to_tcp_timewait_sock": ("", "RET_PTR_TO_BTF_ID_OR_NULL@tcp_timewait_sock", "ARG_PTR_TO_BTF_ID_SOCK_COMMON"),
    "skc_to_udp6_sock": ("", "RET_PTR_TO_BTF_ID_OR_NULL@udp6_sock", "ARG_PTR_TO_BTF_ID_SOCK_COMMON"),
    "skc_to_unix_sock": ("", "RET_PTR_TO_BTF_ID_OR_NULL@unix_sock", "ARG_PTR_TO_BTF_ID_SOCK_COMMON"),
    "snprintf": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_MEM_OR_NULL ARG_CONST_SIZE_OR_ZERO ARG_PTR_TO_CONST_STR ARG_PTR_TO_MEM|PTR_MAYBE_NULL|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO"),
    "snprintf_btf": ("", "RET_INTEGER", "ARG_PTR_TO_MEM ARG_CONST_SIZE ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE ARG_ANYTHING"),
    "sock_addr_getsockopt": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE"),
    "sock_addr_setsockopt": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE"),
    "sock_addr_sk_lookup_tcp": ("", "RET_PTR_TO_SOCKET_OR_NULL", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING ARG_ANYTHING"),
    "sock_addr_sk_lookup_udp": ("", "RET_PTR_TO_SOCKET_OR_NULL", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING ARG_ANYTHING"),
    "sock_addr_skc_lookup_tcp": ("", "RET_PTR_TO_SOCK_COMMON_OR_NULL", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING ARG_ANYTHING"),
    "sock_from_file": ("", "RET_PTR_TO_BTF_ID_OR_NULL@socket", "ARG_PTR_TO_BTF_ID@file"),
    "sock_hash_update": ("pkt_access", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_PTR_TO_MAP_KEY ARG_ANYTHING"),
    "sock_map_update": ("pkt_access", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_PTR_TO_MAP_KEY ARG_ANYTHING"),
    "sock_ops_cb_flags_set": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING"),
    "sock_ops_getsockopt": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE"),
    "sock_ops_load_hdr_opt": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_WRITE ARG_CONST_SIZE ARG_ANYTHING"),
    "sock_ops_reserve_hdr_opt": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING"),
    "sock_ops_setsockopt": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE"),
    "sock_ops_store_hdr_opt": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE ARG_ANYTHING"),
    "spin_lock": ("", "RET_VOID", "ARG_PTR_TO_SPIN_LOCK"),
    "spin_unlock": ("", "RET_VOID", "ARG_PTR_TO_SPIN_LOCK"),
    "strncmp": ("", "RET_INTEGER", "ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE ARG_PTR_TO_CONST_STR"),
    "strtol": ("", "RET_INTEGER", "ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE ARG_ANYTHING ARG_PTR_TO_FIXED_SIZE_MEM|MEM_UNINIT|MEM_WRITE|MEM_ALIGNED:8"),
    "strtoul": ("", "RET_INTEGER", "ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE ARG_ANYTHING ARG_PTR_TO_FIXED_SIZE_MEM|MEM_UNINIT|MEM_WRITE|MEM_ALIGNED:8"),
    "sys_bpf": ("might_sleep", "RET_INTEGER", "ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE"),
    "sys_close": ("might_sleep", "RET_INTEGER", "ARG_ANYTHING"),
    "sysctl_get_current_value": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE"),
    "sysctl_get_name": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM ARG_CONST_SIZE ARG_ANYTHING"),
    "sysctl_get_new_value": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE"),
    "sysctl_set_new_value": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE"),
    "tail_call": ("", "RET_VOID", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_ANYTHING"),
    "task_pt_regs": ("gpl_only", "RET_PTR_TO_BTF_ID@pt_regs", "ARG_PTR_TO_BTF_ID@task_struct"),
    "task_storage_delete": ("", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_PTR_TO_BTF_ID_OR_NULL@task_struct"),
    "task_storage_delete_recur": ("", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_PTR_TO_BTF_ID_OR_NULL@task_struct"),
    "task_storage_get": ("", "RET_PTR_TO_MAP_VALUE_OR_NULL", "ARG_CONST_MAP_PTR ARG_PTR_TO_BTF_ID_OR_NULL@task_struct ARG_PTR_TO_MAP_VALUE_OR_NULL ARG_ANYTHING"),
    "task_storage_get_recur": ("", "RET_PTR_TO_MAP_VALUE_OR_NULL", "ARG_CONST_MAP_PTR ARG_PTR_TO_BTF_ID_OR_NULL@task_struct ARG_PTR_TO_MAP_VALUE_OR_NULL ARG_ANYTHING"),
    "tc_sk_lookup_tcp": ("pkt_access", "RET_PTR_TO_SOCKET_OR_NULL", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING ARG_ANYTHING"),
    "tc_sk_lookup_udp": ("pkt_access", "RET_PTR_TO_SOCKET_OR_NULL", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING ARG_ANYTHING"),
    "tc_skc_lookup_tcp": ("pkt_access", "RET_PTR_TO_SOCK_COMMON_OR_NULL", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING ARG_ANYTHING"),
    "tcp_check_syncookie": ("gpl_only pkt_access", "RET_INTEGER", "ARG_PTR_TO_BTF_ID_SOCK_COMMON ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE"),
    "tcp_gen_syncookie": ("gpl_only pkt_access", "RET_INTEGER", "ARG_PTR_TO_BTF_ID_SOCK_COMMON ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE"),
    "tcp_raw_check_syncookie_ipv4": ("gpl_only pkt_access", "RET_INTEGER", "ARG_PTR_TO_FIXED_SIZE_MEM:20 ARG_PTR_TO_FIXED_SIZE_MEM:20"),
    "tcp_raw_check_syncookie_ipv6": ("gpl_only pkt_access", "RET_INTEGER", "ARG_PTR_TO_FIXED_SIZE_MEM:40 ARG_PTR_TO_FIXED_SIZE_MEM:20"),
    "tcp_raw_gen_syncookie_ipv4": ("gpl_only pkt_access", "RET_INTEGER", "ARG_PTR_TO_FIXED_SIZE_MEM:20 ARG_PTR_TO_MEM ARG_CONST_SIZE_OR_ZERO"),
    "tcp_raw_gen_syncookie_ipv6": ("gpl_only pkt_access", "RET_INTEGER", "ARG_PTR_TO_FIXED_SIZE_MEM:40 ARG_PTR_TO_MEM ARG_CONST_SIZE_OR_ZERO"),
    "tcp_send_ack": ("", "RET_INTEGER", "ARG_PTR_TO_BTF_ID@tcp_sock ARG_ANYTHING"),
    "tcp_sock": ("", "RET_PTR_TO_TCP_SOCK_OR_NULL", "ARG_PTR_TO_SOCK_COMMON"),
    "this_cpu_ptr": ("", "RET_PTR_TO_MEM_OR_BTF_ID|MEM_RDONLY", "ARG_PTR_TO_PERCPU_BTF_ID"),
    "timer_cancel": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_TIMER"),
    "timer_init": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_TIMER ARG_CONST_MAP_PTR ARG_ANYTHING"),
    "timer_set_callback": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_TIMER ARG_PTR_TO_FUNC"),
    "timer_start": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_TIMER ARG_ANYTHING ARG_ANYTHING"),
    "trace_printk": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE"),
    "trace_vprintk": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE ARG_PTR_TO_MEM|PTR_MAYBE_NULL|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO"),
    "user_ringbuf_drain": ("", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_PTR_TO_FUNC ARG_PTR_TO_STACK_OR_NULL ARG_ANYTHING"),
    "xdp_adjust_head": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING"),
    "xdp_adjust_meta": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING"),
    "xdp_adjust_tail": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING"),
    "xdp_check_mtu": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_PTR_TO_FIXED_SIZE_MEM|MEM_WRITE|MEM_ALIGNED:4 ARG_ANYTHING ARG_ANYTHING"),
    "xdp_event_output": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_CONST_MAP_PTR ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO"),
    "xdp_fib_lookup": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM ARG_CONST_SIZE ARG_ANYTHING"),
    "xdp_get_buff_len": ("", "RET_INTEGER", "ARG_PTR_TO_CTX"),
    "xdp_get_buff_len_trace": ("", "RET_INTEGER", "ARG_PTR_TO_BTF_ID@xdp_buff"),
    "xdp_load_bytes": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_PTR_TO_UNINIT_MEM ARG_CONST_SIZE"),
    "xdp_output": ("gpl_only", "RET_INTEGER", "ARG_PTR_TO_BTF_ID@xdp_buff ARG_CONST_MAP_PTR ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO"),
    "xdp_redirect": ("", "RET_INTEGER", "ARG_ANYTHING ARG_ANYTHING"),
    "xdp_redirect_map": ("", "RET_INTEGER", "ARG_CONST_MAP_PTR ARG_ANYTHING ARG_ANYTHING"),
    "xdp_sk_lookup_tcp": ("pkt_access", "RET_PTR_TO_SOCKET_OR_NULL", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING ARG_ANYTHING"),
    "xdp_sk_lookup_udp": ("pkt_access", "RET_PTR_TO_SOCKET_OR_NULL", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING ARG_ANYTHING"),
    "xdp_skc_lookup_tcp": ("pkt_access", "RET_PTR_TO_SOCK_COMMON_OR_NULL", "ARG_PTR_TO_CTX ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE_OR_ZERO ARG_ANYTHING ARG_ANYTHING"),
    "xdp_store_bytes": ("", "RET_INTEGER", "ARG_PTR_TO_CTX ARG_ANYTHING ARG_PTR_TO_MEM|MEM_RDONLY ARG_CONST_SIZE"),
}

#: By id, from 1: (C prototype, proto → the programs that get it).
ROWS: tuple[tuple[str, dict[str, str]], ...] = (
    ("void *bpf_map_lookup_elem(void *map, const void *key)", {"map_lookup_elem": "*"}),  # 1 map_lookup_elem
    ("long bpf_map_update_elem(void *map, const void *key, const void *value, __u64 flags)", {"map_update_elem": "*"}),  # 2 map_update_elem
    ("long bpf_map_delete_elem(void *map, const void *key)", {"map_delete_elem": "*"}),  # 3 map_delete_elem
    ("long bpf_probe_read(void *dst, __u32 size, const void *unsafe_ptr)", {"probe_read_compat": "KPROBE TRACEPOINT PERF_EVENT RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING LSM SYSCALL"}),  # 4 probe_read
    ("__u64 bpf_ktime_get_ns(void)", {"ktime_get_ns": "*"}),  # 5 ktime_get_ns
    ("long bpf_trace_printk(const char *fmt, __u32 fmt_size, ...)", {"trace_printk": "*"}),  # 6 trace_printk
    ("__u32 bpf_get_prandom_u32(void)", {"get_prandom_u32": "*"}),  # 7 get_prandom_u32
    ("__u32 bpf_get_smp_processor_id(void)", {"get_raw_smp_processor_id": "SOCKET_FILTER CGROUP_SKB CGROUP_SOCK SOCK_OPS SK_SKB CGROUP_DEVICE SK_MSG CGROUP_SOCK_ADDR SK_REUSEPORT FLOW_DISSECTOR CGROUP_SYSCTL CGROUP_SOCKOPT STRUCT_OPS SK_LOOKUP NETFILTER", "get_smp_processor_id": "KPROBE SCHED_CLS SCHED_ACT TRACEPOINT XDP PERF_EVENT LWT_IN LWT_OUT LWT_XMIT RAW_TRACEPOINT LWT_SEG6LOCAL RAW_TRACEPOINT_WRITABLE TRACING LSM SYSCALL"}),  # 8 get_smp_processor_id
    ("long bpf_skb_store_bytes(struct __sk_buff *skb, __u32 offset, const void *from, __u32 len, __u64 flags)", {"skb_store_bytes": "SCHED_CLS SCHED_ACT LWT_XMIT SK_SKB"}),  # 9 skb_store_bytes
    ("long bpf_l3_csum_replace(struct __sk_buff *skb, __u32 offset, __u64 from, __u64 to, __u64 size)", {"l3_csum_replace": "SCHED_CLS SCHED_ACT LWT_XMIT"}),  # 10 l3_csum_replace
    ("long bpf_l4_csum_replace(struct __sk_buff *skb, __u32 offset, __u64 from, __u64 to, __u64 flags)", {"l4_csum_replace": "SCHED_CLS SCHED_ACT LWT_XMIT"}),  # 11 l4_csum_replace
    ("long bpf_tail_call(void *ctx, void *prog_array_map, __u32 index)", {"tail_call": "*"}),  # 12 tail_call
    ("long bpf_clone_redirect(struct __sk_buff *skb, __u32 ifindex, __u64 flags)", {"clone_redirect": "SCHED_CLS SCHED_ACT LWT_XMIT"}),  # 13 clone_redirect
    ("__u64 bpf_get_current_pid_tgid(void)", {"get_current_pid_tgid": "* !LIRC_MODE2"}),  # 14 get_current_pid_tgid
    ("__u64 bpf_get_current_uid_gid(void)", {"get_current_uid_gid": "KPROBE TRACEPOINT PERF_EVENT CGROUP_SOCK CGROUP_DEVICE SK_MSG RAW_TRACEPOINT CGROUP_SOCK_ADDR CGROUP_SYSCTL RAW_TRACEPOINT_WRITABLE CGROUP_SOCKOPT TRACING LSM SYSCALL *@6.16"}),  # 15 get_current_uid_gid
    ("long bpf_get_current_comm(void *buf, __u32 size_of_buf)", {"get_current_comm": "KPROBE TRACEPOINT PERF_EVENT CGROUP_SOCK CGROUP_DEVICE RAW_TRACEPOINT CGROUP_SOCK_ADDR CGROUP_SYSCTL RAW_TRACEPOINT_WRITABLE CGROUP_SOCKOPT TRACING LSM SYSCALL *@6.16"}),  # 16 get_current_comm
    ("__u32 bpf_get_cgroup_classid(struct __sk_buff *skb)", {"get_cgroup_classid": "SCHED_CLS SCHED_ACT LWT_IN LWT_OUT LWT_XMIT LWT_SEG6LOCAL", "get_cgroup_classid_curr": "CGROUP_SOCK CGROUP_DEVICE SK_MSG CGROUP_SOCK_ADDR CGROUP_SYSCTL CGROUP_SOCKOPT *@6.16"}),  # 17 get_cgroup_classid
    ("long bpf_skb_vlan_push(struct __sk_buff *skb, __be16 vlan_proto, __u16 vlan_tci)", {"skb_vlan_push": "SCHED_CLS SCHED_ACT"}),  # 18 skb_vlan_push
    ("long bpf_skb_vlan_pop(struct __sk_buff *skb)", {"skb_vlan_pop": "SCHED_CLS SCHED_ACT"}),  # 19 skb_vlan_pop
    ("long bpf_skb_get_tunnel_key(struct __sk_buff *skb, struct bpf_tunnel_key *key, __u32 size, __u64 flags)", {"skb_get_tunnel_key": "SCHED_CLS SCHED_ACT LWT_XMIT"}),  # 20 skb_get_tunnel_key
    ("long bpf_skb_set_tunnel_key(struct __sk_buff *skb, struct bpf_tunnel_key *key, __u32 size, __u64 flags)", {"skb_set_tunnel_key": "SCHED_CLS SCHED_ACT LWT_XMIT"}),  # 21 skb_set_tunnel_key
    ("__u64 bpf_perf_event_read(void *map, __u64 flags)", {"perf_event_read": "KPROBE TRACEPOINT PERF_EVENT RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING LSM SYSCALL *@6.16"}),  # 22 perf_event_read
    ("long bpf_redirect(__u32 ifindex, __u64 flags)", {"redirect": "SCHED_CLS SCHED_ACT LWT_XMIT", "xdp_redirect": "XDP"}),  # 23 redirect
    ("__u32 bpf_get_route_realm(struct __sk_buff *skb)", {"get_route_realm": "SCHED_CLS SCHED_ACT LWT_IN LWT_OUT LWT_XMIT LWT_SEG6LOCAL"}),  # 24 get_route_realm
    ("long bpf_perf_event_output(void *ctx, void *map, __u64 flags, void *data, __u64 size)", {"skb_event_output": "SOCKET_FILTER SCHED_CLS SCHED_ACT CGROUP_SKB LWT_IN LWT_OUT LWT_XMIT SK_SKB LWT_SEG6LOCAL", "perf_event_output": "KPROBE", "perf_event_output_tp": "TRACEPOINT PERF_EVENT", "xdp_event_output": "XDP", "event_output_data": "CGROUP_SOCK SOCK_OPS CGROUP_DEVICE SK_MSG CGROUP_SOCK_ADDR CGROUP_SYSCTL CGROUP_SOCKOPT SK_LOOKUP", "perf_event_output_raw_tp": "RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING LSM SYSCALL"}),  # 25 perf_event_output
    ("long bpf_skb_load_bytes(const void *skb, __u32 offset, void *to, __u32 len)", {"skb_load_bytes": "SOCKET_FILTER SCHED_CLS SCHED_ACT CGROUP_SKB LWT_IN LWT_OUT LWT_XMIT SK_SKB LWT_SEG6LOCAL", "sk_reuseport_load_bytes": "SK_REUSEPORT", "flow_dissector_load_bytes": "FLOW_DISSECTOR"}),  # 26 skb_load_bytes
    ("long bpf_get_stackid(void *ctx, void *map, __u64 flags)", {"get_stackid": "KPROBE", "get_stackid_tp": "TRACEPOINT", "get_stackid_pe": "PERF_EVENT", "get_stackid_raw_tp": "RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING LSM SYSCALL"}),  # 27 get_stackid
    ("__s64 bpf_csum_diff(__be32 *from, __u32 from_size, __be32 *to, __u32 to_size, __wsum seed)", {"csum_diff": "SCHED_CLS SCHED_ACT XDP LWT_IN LWT_OUT LWT_XMIT LWT_SEG6LOCAL"}),  # 28 csum_diff
    ("long bpf_skb_get_tunnel_opt(struct __sk_buff *skb, void *opt, __u32 size)", {"skb_get_tunnel_opt": "SCHED_CLS SCHED_ACT LWT_XMIT"}),  # 29 skb_get_tunnel_opt
    ("long bpf_skb_set_tunnel_opt(struct __sk_buff *skb, void *opt, __u32 size)", {"skb_set_tunnel_opt": "SCHED_CLS SCHED_ACT LWT_XMIT"}),  # 30 skb_set_tunnel_opt
    ("long bpf_skb_change_proto(struct __sk_buff *skb, __be16 proto, __u64 flags)", {"skb_change": "SCHED_CLS SCHED_ACT"}),  # 31 skb_change_proto
    ("long bpf_skb_change_type(struct __sk_buff *skb, __u32 type)", {"skb_change_type": "SCHED_CLS SCHED_ACT"}),  # 32 skb_change_type
    ("long bpf_skb_under_cgroup(struct __sk_buff *skb, void *map, __u32 index)", {"skb_under_cgroup": "SCHED_CLS SCHED_ACT LWT_IN LWT_OUT LWT_XMIT LWT_SEG6LOCAL"}),  # 33 skb_under_cgroup
    ("__u32 bpf_get_hash_recalc(struct __sk_buff *skb)", {"get_hash_recalc": "SCHED_CLS SCHED_ACT LWT_IN LWT_OUT LWT_XMIT LWT_SEG6LOCAL"}),  # 34 get_hash_recalc
    ("__u64 bpf_get_current_task(void)", {"get_current_task": "* !LIRC_MODE2"}),  # 35 get_current_task
    ("long bpf_probe_write_user(void *dst, const void *src, __u32 len)", {"probe_write_user": "KPROBE TRACEPOINT PERF_EVENT RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING LSM SYSCALL"}),  # 36 probe_write_user
    ("long bpf_current_task_under_cgroup(void *map, __u32 index)", {"current_task_under_cgroup": "KPROBE TRACEPOINT PERF_EVENT CGROUP_SOCK CGROUP_DEVICE RAW_TRACEPOINT CGROUP_SOCK_ADDR CGROUP_SYSCTL RAW_TRACEPOINT_WRITABLE CGROUP_SOCKOPT TRACING LSM SYSCALL *@6.16"}),  # 37 current_task_under_cgroup
    ("long bpf_skb_change_tail(struct __sk_buff *skb, __u32 len, __u64 flags)", {"skb_change_tail": "SCHED_CLS SCHED_ACT LWT_XMIT", "sk_skb_change_tail": "SK_SKB"}),  # 38 skb_change_tail
    ("long bpf_skb_pull_data(struct __sk_buff *skb, __u32 len)", {"skb_pull_data": "SCHED_CLS SCHED_ACT LWT_IN LWT_OUT LWT_XMIT LWT_SEG6LOCAL@6.18", "sk_skb_pull_data": "SK_SKB"}),  # 39 skb_pull_data
    ("__s64 bpf_csum_update(struct __sk_buff *skb, __wsum csum)", {"csum_update": "SCHED_CLS SCHED_ACT LWT_XMIT"}),  # 40 csum_update
    ("void bpf_set_hash_invalid(struct __sk_buff *skb)", {"set_hash_invalid": "SCHED_CLS SCHED_ACT LWT_XMIT"}),  # 41 set_hash_invalid
    ("long bpf_get_numa_node_id(void)", {"get_numa_node_id": "* !LIRC_MODE2"}),  # 42 get_numa_node_id
    ("long bpf_skb_change_head(struct __sk_buff *skb, __u32 len, __u64 flags)", {"skb_change_head": "SCHED_CLS SCHED_ACT LWT_XMIT", "sk_skb_change_head": "SK_SKB"}),  # 43 skb_change_head
    ("long bpf_xdp_adjust_head(struct xdp_md *xdp_md, int delta)", {"xdp_adjust_head": "XDP"}),  # 44 xdp_adjust_head
    ("long bpf_probe_read_str(void *dst, __u32 size, const void *unsafe_ptr)", {"probe_read_compat_str": "KPROBE TRACEPOINT PERF_EVENT RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING LSM SYSCALL"}),  # 45 probe_read_str
    ("__u64 bpf_get_socket_cookie(void *ctx)", {"get_socket_cookie": "SOCKET_FILTER SCHED_CLS SCHED_ACT CGROUP_SKB SK_SKB", "get_socket_cookie_sock": "CGROUP_SOCK", "get_socket_cookie_sock_ops": "SOCK_OPS", "get_socket_cookie_sock_addr": "CGROUP_SOCK_ADDR", "get_socket_ptr_cookie": "SK_REUSEPORT TRACING LSM SYSCALL"}),  # 46 get_socket_cookie
    ("__u32 bpf_get_socket_uid(struct __sk_buff *skb)", {"get_socket_uid": "SOCKET_FILTER SCHED_CLS SCHED_ACT CGROUP_SKB SK_SKB"}),  # 47 get_socket_uid
    ("long bpf_set_hash(struct __sk_buff *skb, __u32 hash)", {"set_hash": "SCHED_CLS SCHED_ACT"}),  # 48 set_hash
    ("long bpf_setsockopt(void *bpf_socket, int level, int optname, void *optval, int optlen)", {"sock_ops_setsockopt": "SOCK_OPS", "sock_addr_setsockopt": "CGROUP_SOCK_ADDR:CGROUP_INET4_BIND,CGROUP_INET6_BIND,CGROUP_INET4_CONNECT,CGROUP_INET6_CONNECT,CGROUP_UDP4_SENDMSG,CGROUP_UDP6_SENDMSG,CGROUP_UDP4_RECVMSG,CGROUP_UDP6_RECVMSG,CGROUP_INET4_GETPEERNAME,CGROUP_INET6_GETPEERNAME,CGROUP_INET4_GETSOCKNAME,CGROUP_INET6_GETSOCKNAME,CGROUP_UNIX_CONNECT,CGROUP_UNIX_SENDMSG,CGROUP_UNIX_RECVMSG", "sk_setsockopt": "CGROUP_SOCKOPT:CGROUP_SETSOCKOPT TRACING:TRACE_ITER STRUCT_OPS LSM:LSM_CGROUP"}),  # 49 setsockopt
    ("long bpf_skb_adjust_room(struct __sk_buff *skb, __s32 len_diff, __u32 mode, __u64 flags)", {"skb_adjust_room": "SCHED_CLS SCHED_ACT", "sk_skb_adjust_room": "SK_SKB"}),  # 50 skb_adjust_room
    ("long bpf_redirect_map(void *map, __u64 key, __u64 flags)", {"xdp_redirect_map": "XDP"}),  # 51 redirect_map
    ("long bpf_sk_redirect_map(struct __sk_buff *skb, void *map, __u32 key, __u64 flags)", {"sk_redirect_map": "SK_SKB"}),  # 52 sk_redirect_map
    ("long bpf_sock_map_update(struct bpf_sock_ops *skops, void *map, void *key, __u64 flags)", {"sock_map_update": "SOCK_OPS"}),  # 53 sock_map_update
    ("long bpf_xdp_adjust_meta(struct xdp_md *xdp_md, int delta)", {"xdp_adjust_meta": "XDP"}),  # 54 xdp_adjust_meta
    ("long bpf_perf_event_read_value(void *map, __u64 flags, struct bpf_perf_event_value *buf, __u32 buf_size)", {"perf_event_read_value": "KPROBE TRACEPOINT PERF_EVENT RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING LSM SYSCALL *@6.16"}),  # 55 perf_event_read_value
    ("long bpf_perf_prog_read_value(struct bpf_perf_event_data *ctx, struct bpf_perf_event_value *buf, __u32 buf_size)", {"perf_prog_read_value": "PERF_EVENT"}),  # 56 perf_prog_read_value
    ("long bpf_getsockopt(void *bpf_socket, int level, int optname, void *optval, int optlen)", {"sock_ops_getsockopt": "SOCK_OPS", "sock_addr_getsockopt": "CGROUP_SOCK_ADDR:CGROUP_INET4_BIND,CGROUP_INET6_BIND,CGROUP_INET4_CONNECT,CGROUP_INET6_CONNECT,CGROUP_UDP4_SENDMSG,CGROUP_UDP6_SENDMSG,CGROUP_UDP4_RECVMSG,CGROUP_UDP6_RECVMSG,CGROUP_INET4_GETPEERNAME,CGROUP_INET6_GETPEERNAME,CGROUP_INET4_GETSOCKNAME,CGROUP_INET6_GETSOCKNAME,CGROUP_UNIX_CONNECT,CGROUP_UNIX_SENDMSG,CGROUP_UNIX_RECVMSG", "sk_getsockopt": "CGROUP_SOCKOPT:CGROUP_SETSOCKOPT TRACING:TRACE_ITER STRUCT_OPS LSM:LSM_CGROUP"}),  # 57 getsockopt
    ("long bpf_override_return(struct pt_regs *regs, __u64 rc)", {"override_return": "KPROBE"}),  # 58 override_return
    ("long bpf_sock_ops_cb_flags_set(struct bpf_sock_ops *bpf_sock, int argval)", {"sock_ops_cb_flags_set": "SOCK_OPS"}),  # 59 sock_ops_cb_flags_set
    ("long bpf_msg_redirect_map(struct sk_msg_md *msg, void *map, __u32 key, __u64 flags)", {"msg_redirect_map": "SK_MSG"}),  # 60 msg_redirect_map
    ("long bpf_msg_apply_bytes(struct sk_msg_md *msg, __u32 bytes)", {"msg_apply_bytes": "SK_MSG"}),  # 61 msg_apply_bytes
    ("long bpf_msg_cork_bytes(struct sk_msg_md *msg, __u32 bytes)", {"msg_cork_bytes": "SK_MSG"}),  # 62 msg_cork_bytes
    ("long bpf_msg_pull_data(struct sk_msg_md *msg, __u32 start, __u32 end, __u64 flags)", {"msg_pull_data": "SK_MSG"}),  # 63 msg_pull_data
    ("long bpf_bind(struct bpf_sock_addr *ctx, struct sockaddr *addr, int addr_len)", {"bind": "CGROUP_SOCK_ADDR:CGROUP_INET4_CONNECT,CGROUP_INET6_CONNECT"}),  # 64 bind
    ("long bpf_xdp_adjust_tail(struct xdp_md *xdp_md, int delta)", {"xdp_adjust_tail": "XDP"}),  # 65 xdp_adjust_tail
    ("long bpf_skb_get_xfrm_state(struct __sk_buff *skb, __u32 index, struct bpf_xfrm_state *xfrm_state, __u32 size, __u64 flags)", {"skb_get_xfrm_state": "SCHED_CLS SCHED_ACT"}),  # 66 skb_get_xfrm_state
    ("long bpf_get_stack(void *ctx, void *buf, __u32 size, __u64 flags)", {"get_stack": "KPROBE-sleepable", "get_stack_sleepable": "KPROBE+sleepable", "get_stack_tp": "TRACEPOINT", "get_stack_pe": "PERF_EVENT", "get_stack_raw_tp": "RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING LSM SYSCALL"}),  # 67 get_stack
    ("long bpf_skb_load_bytes_relative(const void *skb, __u32 offset, void *to, __u32 len, __u32 start_header)", {"skb_load_bytes_relative": "SOCKET_FILTER SCHED_CLS SCHED_ACT CGROUP_SKB", "sk_reuseport_load_bytes_relative": "SK_REUSEPORT"}),  # 68 skb_load_bytes_relative
    ("long bpf_fib_lookup(void *ctx, struct bpf_fib_lookup *params, int plen, __u32 flags)", {"skb_fib_lookup": "SCHED_CLS SCHED_ACT", "xdp_fib_lookup": "XDP"}),  # 69 fib_lookup
    ("long bpf_sock_hash_update(struct bpf_sock_ops *skops, void *map, void *key, __u64 flags)", {"sock_hash_update": "SOCK_OPS"}),  # 70 sock_hash_update
    ("long bpf_msg_redirect_hash(struct sk_msg_md *msg, void *map, void *key, __u64 flags)", {"msg_redirect_hash": "SK_MSG"}),  # 71 msg_redirect_hash
    ("long bpf_sk_redirect_hash(struct __sk_buff *skb, void *map, void *key, __u64 flags)", {"sk_redirect_hash": "SK_SKB"}),  # 72 sk_redirect_hash
    ("long bpf_lwt_push_encap(struct __sk_buff *skb, __u32 type, void *hdr, __u32 len)", {"lwt_in_push_encap": "LWT_IN", "lwt_xmit_push_encap": "LWT_XMIT"}),  # 73 lwt_push_encap
    ("long bpf_lwt_seg6_store_bytes(struct __sk_buff *skb, __u32 offset, const void *from, __u32 len)", {"lwt_seg6_store_bytes": "LWT_SEG6LOCAL"}),  # 74 lwt_seg6_store_bytes
    ("long bpf_lwt_seg6_adjust_srh(struct __sk_buff *skb, __u32 offset, __s32 delta)", {"lwt_seg6_adjust_srh": "LWT_SEG6LOCAL"}),  # 75 lwt_seg6_adjust_srh
    ("long bpf_lwt_seg6_action(struct __sk_buff *skb, __u32 action, void *param, __u32 param_len)", {"lwt_seg6_action": "LWT_SEG6LOCAL"}),  # 76 lwt_seg6_action
    ("long bpf_rc_repeat(void *ctx)", {"rc_repeat": "LIRC_MODE2"}),  # 77 rc_repeat
    ("long bpf_rc_keydown(void *ctx, __u32 protocol, __u64 scancode, __u32 toggle)", {"rc_keydown": "LIRC_MODE2"}),  # 78 rc_keydown
    ("__u64 bpf_skb_cgroup_id(struct __sk_buff *skb)", {"skb_cgroup_id": "SCHED_CLS SCHED_ACT CGROUP_SKB"}),  # 79 skb_cgroup_id
    ("__u64 bpf_get_current_cgroup_id(void)", {"get_current_cgroup_id": "* !LIRC_MODE2"}),  # 80 get_current_cgroup_id
    ("void *bpf_get_local_storage(void *map, __u64 flags)", {"get_local_storage": "CGROUP_SKB CGROUP_SOCK SOCK_OPS CGROUP_DEVICE CGROUP_SOCK_ADDR CGROUP_SYSCTL CGROUP_SOCKOPT LSM:LSM_CGROUP"}),  # 81 get_local_storage
    ("long bpf_sk_select_reuseport(struct sk_reuseport_md *reuse, void *map, void *key, __u64 flags)", {"sk_select_reuseport": "SK_REUSEPORT"}),  # 82 sk_select_reuseport
    ("__u64 bpf_skb_ancestor_cgroup_id(struct __sk_buff *skb, int ancestor_level)", {"skb_ancestor_cgroup_id": "SCHED_CLS SCHED_ACT CGROUP_SKB"}),  # 83 skb_ancestor_cgroup_id
    ("struct bpf_sock *bpf_sk_lookup_tcp(void *ctx, struct bpf_sock_tuple *tuple, __u32 tuple_size, __u64 netns, __u64 flags)", {"tc_sk_lookup_tcp": "SCHED_CLS SCHED_ACT", "xdp_sk_lookup_tcp": "XDP", "sk_lookup_tcp": "CGROUP_SKB SK_SKB", "sock_addr_sk_lookup_tcp": "CGROUP_SOCK_ADDR"}),  # 84 sk_lookup_tcp
    ("struct bpf_sock *bpf_sk_lookup_udp(void *ctx, struct bpf_sock_tuple *tuple, __u32 tuple_size, __u64 netns, __u64 flags)", {"tc_sk_lookup_udp": "SCHED_CLS SCHED_ACT", "xdp_sk_lookup_udp": "XDP", "sk_lookup_udp": "CGROUP_SKB SK_SKB", "sock_addr_sk_lookup_udp": "CGROUP_SOCK_ADDR"}),  # 85 sk_lookup_udp
    ("long bpf_sk_release(void *sock)", {"sk_release": "SCHED_CLS SCHED_ACT XDP CGROUP_SKB SK_SKB CGROUP_SOCK_ADDR SK_LOOKUP"}),  # 86 sk_release
    ("long bpf_map_push_elem(void *map, const void *value, __u64 flags)", {"map_push_elem": "*"}),  # 87 map_push_elem
    ("long bpf_map_pop_elem(void *map, void *value)", {"map_pop_elem": "*"}),  # 88 map_pop_elem
    ("long bpf_map_peek_elem(void *map, void *value)", {"map_peek_elem": "*"}),  # 89 map_peek_elem
    ("long bpf_msg_push_data(struct sk_msg_md *msg, __u32 start, __u32 len, __u64 flags)", {"msg_push_data": "SK_MSG"}),  # 90 msg_push_data
    ("long bpf_msg_pop_data(struct sk_msg_md *msg, __u32 start, __u32 len, __u64 flags)", {"msg_pop_data": "SK_MSG"}),  # 91 msg_pop_data
    ("long bpf_rc_pointer_rel(void *ctx, __s32 rel_x, __s32 rel_y)", {"rc_pointer_rel": "LIRC_MODE2"}),  # 92 rc_pointer_rel
    ("long bpf_spin_lock(struct bpf_spin_lock *lock)", {"spin_lock": "* !LIRC_MODE2"}),  # 93 spin_lock
    ("long bpf_spin_unlock(struct bpf_spin_lock *lock)", {"spin_unlock": "* !LIRC_MODE2"}),  # 94 spin_unlock
    ("struct bpf_sock *bpf_sk_fullsock(struct bpf_sock *sk)", {"sk_fullsock": "SCHED_CLS SCHED_ACT CGROUP_SKB"}),  # 95 sk_fullsock
    ("struct bpf_tcp_sock *bpf_tcp_sock(struct bpf_sock *sk)", {"tcp_sock": "SCHED_CLS SCHED_ACT CGROUP_SKB SOCK_OPS CGROUP_SOCKOPT"}),  # 96 tcp_sock
    ("long bpf_skb_ecn_set_ce(struct __sk_buff *skb)", {"skb_ecn_set_ce": "SCHED_CLS SCHED_ACT CGROUP_SKB"}),  # 97 skb_ecn_set_ce
    ("struct bpf_sock *bpf_get_listener_sock(struct bpf_sock *sk)", {"get_listener_sock": "SCHED_CLS SCHED_ACT CGROUP_SKB"}),  # 98 get_listener_sock
    ("struct bpf_sock *bpf_skc_lookup_tcp(void *ctx, struct bpf_sock_tuple *tuple, __u32 tuple_size, __u64 netns, __u64 flags)", {"tc_skc_lookup_tcp": "SCHED_CLS SCHED_ACT", "xdp_skc_lookup_tcp": "XDP", "skc_lookup_tcp": "CGROUP_SKB SK_SKB", "sock_addr_skc_lookup_tcp": "CGROUP_SOCK_ADDR"}),  # 99 skc_lookup_tcp
    ("long bpf_tcp_check_syncookie(void *sk, void *iph, __u32 iph_len, struct tcphdr *th, __u32 th_len)", {"tcp_check_syncookie": "SCHED_CLS SCHED_ACT XDP"}),  # 100 tcp_check_syncookie
    ("long bpf_sysctl_get_name(struct bpf_sysctl *ctx, char *buf, unsigned long buf_len, __u64 flags)", {"sysctl_get_name": "CGROUP_SYSCTL"}),  # 101 sysctl_get_name
    ("long bpf_sysctl_get_current_value(struct bpf_sysctl *ctx, char *buf, unsigned long buf_len)", {"sysctl_get_current_value": "CGROUP_SYSCTL"}),  # 102 sysctl_get_current_value
    ("long bpf_sysctl_get_new_value(struct bpf_sysctl *ctx, char *buf, unsigned long buf_len)", {"sysctl_get_new_value": "CGROUP_SYSCTL"}),  # 103 sysctl_get_new_value
    ("long bpf_sysctl_set_new_value(struct bpf_sysctl *ctx, const char *buf, unsigned long buf_len)", {"sysctl_set_new_value": "CGROUP_SYSCTL"}),  # 104 sysctl_set_new_value
    ("long bpf_strtol(const char *buf, unsigned long buf_len, __u64 flags, long *res)", {"strtol": "* !LIRC_MODE2"}),  # 105 strtol
    ("long bpf_strtoul(const char *buf, unsigned long buf_len, __u64 flags, unsigned long *res)", {"strtoul": "* !LIRC_MODE2"}),  # 106 strtoul
    ("void *bpf_sk_storage_get(void *map, void *sk, void *value, __u64 flags)", {"sk_storage_get": "SCHED_CLS SCHED_ACT CGROUP_SKB SOCK_OPS SK_MSG CGROUP_SOCK_ADDR CGROUP_SOCKOPT STRUCT_OPS LSM", "sk_storage_get_cg_sock": "CGROUP_SOCK", "sk_storage_get_tracing": "TRACING SYSCALL"}),  # 107 sk_storage_get
    ("long bpf_sk_storage_delete(void *map, void *sk)", {"sk_storage_delete": "SCHED_CLS SCHED_ACT CGROUP_SKB SOCK_OPS SK_MSG CGROUP_SOCK_ADDR CGROUP_SOCKOPT STRUCT_OPS LSM", "sk_storage_delete_tracing": "TRACING SYSCALL"}),  # 108 sk_storage_delete
    ("long bpf_send_signal(__u32 sig)", {"send_signal": "KPROBE TRACEPOINT PERF_EVENT RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING LSM SYSCALL *@6.16"}),  # 109 send_signal
    ("__s64 bpf_tcp_gen_syncookie(void *sk, void *iph, __u32 iph_len, struct tcphdr *th, __u32 th_len)", {"tcp_gen_syncookie": "SCHED_CLS SCHED_ACT XDP"}),  # 110 tcp_gen_syncookie
    ("long bpf_skb_output(void *ctx, void *map, __u64 flags, void *data, __u64 size)", {"skb_output": "TRACING LSM SYSCALL"}),  # 111 skb_output
    ("long bpf_probe_read_user(void *dst, __u32 size, const void *unsafe_ptr)", {"probe_read_user": "* !LIRC_MODE2"}),  # 112 probe_read_user
    ("long bpf_probe_read_kernel(void *dst, __u32 size, const void *unsafe_ptr)", {"probe_read_kernel": "* !LIRC_MODE2"}),  # 113 probe_read_kernel
    ("long bpf_probe_read_user_str(void *dst, __u32 size, const void *unsafe_ptr)", {"probe_read_user_str": "* !LIRC_MODE2"}),  # 114 probe_read_user_str
    ("long bpf_probe_read_kernel_str(void *dst, __u32 size, const void *unsafe_ptr)", {"probe_read_kernel_str": "* !LIRC_MODE2"}),  # 115 probe_read_kernel_str
    ("long bpf_tcp_send_ack(void *tp, __u32 rcv_nxt)", {"tcp_send_ack": "STRUCT_OPS"}),  # 116 tcp_send_ack
    ("long bpf_send_signal_thread(__u32 sig)", {"send_signal_thread": "KPROBE TRACEPOINT PERF_EVENT RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING LSM SYSCALL *@6.16"}),  # 117 send_signal_thread
    ("__u64 bpf_jiffies64(void)", {"jiffies64": "* !LIRC_MODE2"}),  # 118 jiffies64
    ("long bpf_read_branch_records(struct bpf_perf_event_data *ctx, void *buf, __u32 size, __u64 flags)", {"read_branch_records": "PERF_EVENT"}),  # 119 read_branch_records
    ("long bpf_get_ns_current_pid_tgid(__u64 dev, __u64 ino, struct bpf_pidns_info *nsdata, __u32 size)", {"get_ns_current_pid_tgid": "* !LIRC_MODE2"}),  # 120 get_ns_current_pid_tgid
    ("long bpf_xdp_output(void *ctx, void *map, __u64 flags, void *data, __u64 size)", {"xdp_output": "TRACING LSM SYSCALL"}),  # 121 xdp_output
    ("__u64 bpf_get_netns_cookie(void *ctx)", {"get_netns_cookie_sock": "CGROUP_SOCK", "get_netns_cookie_sock_ops": "SOCK_OPS", "get_netns_cookie_sk_msg": "SK_MSG", "get_netns_cookie_sock_addr": "CGROUP_SOCK_ADDR SOCKET_FILTER@6.15 SCHED_CLS@6.15 SCHED_ACT@6.15 CGROUP_SKB@6.15", "get_netns_cookie_sockopt": "CGROUP_SOCKOPT"}),  # 122 get_netns_cookie
    ("__u64 bpf_get_current_ancestor_cgroup_id(int ancestor_level)", {"get_current_ancestor_cgroup_id": "* !LIRC_MODE2"}),  # 123 get_current_ancestor_cgroup_id
    ("long bpf_sk_assign(void *ctx, void *sk, __u64 flags)", {"sk_assign": "SCHED_CLS SCHED_ACT", "sk_lookup_assign": "SK_LOOKUP"}),  # 124 sk_assign
    ("__u64 bpf_ktime_get_boot_ns(void)", {"ktime_get_boot_ns": "*"}),  # 125 ktime_get_boot_ns
    ("long bpf_seq_printf(struct seq_file *m, const char *fmt, __u32 fmt_size, const void *data, __u32 data_len)", {"seq_printf": "TRACING:TRACE_ITER"}),  # 126 seq_printf
    ("long bpf_seq_write(struct seq_file *m, const void *data, __u32 len)", {"seq_write": "TRACING:TRACE_ITER"}),  # 127 seq_write
    ("__u64 bpf_sk_cgroup_id(void *sk)", {"sk_cgroup_id": "CGROUP_SKB"}),  # 128 sk_cgroup_id
    ("__u64 bpf_sk_ancestor_cgroup_id(void *sk, int ancestor_level)", {"sk_ancestor_cgroup_id": "CGROUP_SKB"}),  # 129 sk_ancestor_cgroup_id
    ("long bpf_ringbuf_output(void *ringbuf, void *data, __u64 size, __u64 flags)", {"ringbuf_output": "* !LIRC_MODE2"}),  # 130 ringbuf_output
    ("void *bpf_ringbuf_reserve(void *ringbuf, __u64 size, __u64 flags)", {"ringbuf_reserve": "* !LIRC_MODE2"}),  # 131 ringbuf_reserve
    ("void bpf_ringbuf_submit(void *data, __u64 flags)", {"ringbuf_submit": "* !LIRC_MODE2"}),  # 132 ringbuf_submit
    ("void bpf_ringbuf_discard(void *data, __u64 flags)", {"ringbuf_discard": "* !LIRC_MODE2"}),  # 133 ringbuf_discard
    ("__u64 bpf_ringbuf_query(void *ringbuf, __u64 flags)", {"ringbuf_query": "* !LIRC_MODE2"}),  # 134 ringbuf_query
    ("long bpf_csum_level(struct __sk_buff *skb, __u64 level)", {"csum_level": "SCHED_CLS SCHED_ACT LWT_XMIT"}),  # 135 csum_level
    ("struct tcp6_sock *bpf_skc_to_tcp6_sock(void *sk)", {"skc_to_tcp6_sock": "* !KPROBE !TRACEPOINT !PERF_EVENT !CGROUP_SOCK !CGROUP_DEVICE !RAW_TRACEPOINT !LIRC_MODE2 !SK_REUSEPORT !CGROUP_SYSCTL !RAW_TRACEPOINT_WRITABLE !CGROUP_SOCKOPT !STRUCT_OPS !NETFILTER"}),  # 136 skc_to_tcp6_sock
    ("struct tcp_sock *bpf_skc_to_tcp_sock(void *sk)", {"skc_to_tcp_sock": "* !KPROBE !TRACEPOINT !PERF_EVENT !CGROUP_SOCK !CGROUP_DEVICE !RAW_TRACEPOINT !LIRC_MODE2 !SK_REUSEPORT !CGROUP_SYSCTL !RAW_TRACEPOINT_WRITABLE !CGROUP_SOCKOPT !STRUCT_OPS !NETFILTER"}),  # 137 skc_to_tcp_sock
    ("struct tcp_timewait_sock *bpf_skc_to_tcp_timewait_sock(void *sk)", {"skc_to_tcp_timewait_sock": "* !KPROBE !TRACEPOINT !PERF_EVENT !CGROUP_SOCK !CGROUP_DEVICE !RAW_TRACEPOINT !LIRC_MODE2 !SK_REUSEPORT !CGROUP_SYSCTL !RAW_TRACEPOINT_WRITABLE !CGROUP_SOCKOPT !STRUCT_OPS !NETFILTER"}),  # 138 skc_to_tcp_timewait_sock
    ("struct tcp_request_sock *bpf_skc_to_tcp_request_sock(void *sk)", {"skc_to_tcp_request_sock": "* !KPROBE !TRACEPOINT !PERF_EVENT !CGROUP_SOCK !CGROUP_DEVICE !RAW_TRACEPOINT !LIRC_MODE2 !SK_REUSEPORT !CGROUP_SYSCTL !RAW_TRACEPOINT_WRITABLE !CGROUP_SOCKOPT !STRUCT_OPS !NETFILTER"}),  # 139 skc_to_tcp_request_sock
    ("struct udp6_sock *bpf_skc_to_udp6_sock(void *sk)", {"skc_to_udp6_sock": "* !KPROBE !TRACEPOINT !PERF_EVENT !CGROUP_SOCK !CGROUP_DEVICE !RAW_TRACEPOINT !LIRC_MODE2 !SK_REUSEPORT !CGROUP_SYSCTL !RAW_TRACEPOINT_WRITABLE !CGROUP_SOCKOPT !STRUCT_OPS !NETFILTER"}),  # 140 skc_to_udp6_sock
    ("long bpf_get_task_stack(struct task_struct *task, void *buf, __u32 size, __u64 flags)", {"get_task_stack": "KPROBE-sleepable TRACEPOINT-sleepable PERF_EVENT-sleepable RAW_TRACEPOINT-sleepable RAW_TRACEPOINT_WRITABLE-sleepable TRACING-sleepable LSM-sleepable SYSCALL-sleepable *@6.16", "get_task_stack_sleepable": "KPROBE+sleepable TRACEPOINT+sleepable PERF_EVENT+sleepable RAW_TRACEPOINT+sleepable RAW_TRACEPOINT_WRITABLE+sleepable TRACING+sleepable LSM+sleepable SYSCALL+sleepable"}),  # 141 get_task_stack
    ("long bpf_load_hdr_opt(struct bpf_sock_ops *skops, void *searchby_res, __u32 len, __u64 flags)", {"sock_ops_load_hdr_opt": "SOCK_OPS"}),  # 142 load_hdr_opt
    ("long bpf_store_hdr_opt(struct bpf_sock_ops *skops, const void *from, __u32 len, __u64 flags)", {"sock_ops_store_hdr_opt": "SOCK_OPS"}),  # 143 store_hdr_opt
    ("long bpf_reserve_hdr_opt(struct bpf_sock_ops *skops, __u32 len, __u64 flags)", {"sock_ops_reserve_hdr_opt": "SOCK_OPS"}),  # 144 reserve_hdr_opt
    ("void *bpf_inode_storage_get(void *map, void *inode, void *value, __u64 flags)", {"inode_storage_get": "LSM"}),  # 145 inode_storage_get
    ("int bpf_inode_storage_delete(void *map, void *inode)", {"inode_storage_delete": "LSM"}),  # 146 inode_storage_delete
    ("long bpf_d_path(struct path *path, char *buf, __u32 sz)", {"d_path": "TRACING LSM SYSCALL"}),  # 147 d_path
    ("long bpf_copy_from_user(void *dst, __u32 size, const void *user_ptr)", {"copy_from_user": "KPROBE TRACEPOINT PERF_EVENT RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING LSM SYSCALL *@6.16"}),  # 148 copy_from_user
    ("long bpf_snprintf_btf(char *str, __u32 str_size, struct btf_ptr *ptr, __u32 btf_ptr_size, __u64 flags)", {"snprintf_btf": "* !LIRC_MODE2"}),  # 149 snprintf_btf
    ("long bpf_seq_printf_btf(struct seq_file *m, struct btf_ptr *ptr, __u32 ptr_size, __u64 flags)", {"seq_printf_btf": "TRACING:TRACE_ITER"}),  # 150 seq_printf_btf
    ("__u64 bpf_skb_cgroup_classid(struct __sk_buff *skb)", {"skb_cgroup_classid": "SCHED_CLS SCHED_ACT"}),  # 151 skb_cgroup_classid
    ("long bpf_redirect_neigh(__u32 ifindex, struct bpf_redir_neigh *params, int plen, __u64 flags)", {"redirect_neigh": "SCHED_CLS SCHED_ACT"}),  # 152 redirect_neigh
    ("void *bpf_per_cpu_ptr(const void *percpu_ptr, __u32 cpu)", {"per_cpu_ptr": "* !LIRC_MODE2"}),  # 153 per_cpu_ptr
    ("void *bpf_this_cpu_ptr(const void *percpu_ptr)", {"this_cpu_ptr": "* !LIRC_MODE2"}),  # 154 this_cpu_ptr
    ("long bpf_redirect_peer(__u32 ifindex, __u64 flags)", {"redirect_peer": "SCHED_CLS SCHED_ACT"}),  # 155 redirect_peer
    ("void *bpf_task_storage_get(void *map, struct task_struct *task, void *value, __u64 flags)", {"task_storage_get_recur": "KPROBE TRACEPOINT PERF_EVENT RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING:TRACE_RAW_TP,TRACE_FENTRY,TRACE_FEXIT,MODIFY_RETURN SYSCALL *@6.16", "task_storage_get": "TRACING:TRACE_ITER LSM"}),  # 156 task_storage_get
    ("long bpf_task_storage_delete(void *map, struct task_struct *task)", {"task_storage_delete_recur": "KPROBE TRACEPOINT PERF_EVENT RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING:TRACE_RAW_TP,TRACE_FENTRY,TRACE_FEXIT,MODIFY_RETURN SYSCALL *@6.16", "task_storage_delete": "TRACING:TRACE_ITER LSM"}),  # 157 task_storage_delete
    ("struct task_struct *bpf_get_current_task_btf(void)", {"get_current_task_btf": "* !LIRC_MODE2"}),  # 158 get_current_task_btf
    ("long bpf_bprm_opts_set(struct linux_binprm *bprm, __u64 flags)", {"bprm_opts_set": "LSM"}),  # 159 bprm_opts_set
    ("__u64 bpf_ktime_get_coarse_ns(void)", {"ktime_get_coarse_ns": "* !KPROBE !TRACEPOINT !PERF_EVENT !CGROUP_DEVICE !RAW_TRACEPOINT !LIRC_MODE2 !RAW_TRACEPOINT_WRITABLE !CGROUP_SOCKOPT !TRACING !LSM !SYSCALL !NETFILTER"}),  # 160 ktime_get_coarse_ns
    ("long bpf_ima_inode_hash(struct inode *inode, void *dst, __u32 size)", {"ima_inode_hash": "LSM"}),  # 161 ima_inode_hash
    ("struct socket *bpf_sock_from_file(struct file *file)", {"sock_from_file": "TRACING LSM SYSCALL"}),  # 162 sock_from_file
    ("long bpf_check_mtu(void *ctx, __u32 ifindex, __u32 *mtu_len, __s32 len_diff, __u64 flags)", {"skb_check_mtu": "SCHED_CLS SCHED_ACT", "xdp_check_mtu": "XDP"}),  # 163 check_mtu
    ("long bpf_for_each_map_elem(void *map, void *callback_fn, void *callback_ctx, __u64 flags)", {"for_each_map_elem": "* !LIRC_MODE2"}),  # 164 for_each_map_elem
    ("long bpf_snprintf(char *str, __u32 str_size, const char *fmt, __u64 *data, __u32 data_len)", {"snprintf": "* !LIRC_MODE2"}),  # 165 snprintf
    ("long bpf_sys_bpf(__u32 cmd, void *attr, __u32 attr_size)", {"sys_bpf": "SYSCALL"}),  # 166 sys_bpf
    ("long bpf_btf_find_by_name_kind(char *name, int name_sz, __u32 kind, int flags)", {"btf_find_by_name_kind": "SYSCALL"}),  # 167 btf_find_by_name_kind
    ("long bpf_sys_close(__u32 fd)", {"sys_close": "SYSCALL"}),  # 168 sys_close
    ("long bpf_timer_init(struct bpf_timer *timer, void *map, __u64 flags)", {"timer_init": "* !LIRC_MODE2"}),  # 169 timer_init
    ("long bpf_timer_set_callback(struct bpf_timer *timer, void *callback_fn)", {"timer_set_callback": "* !LIRC_MODE2"}),  # 170 timer_set_callback
    ("long bpf_timer_start(struct bpf_timer *timer, __u64 nsecs, __u64 flags)", {"timer_start": "* !LIRC_MODE2"}),  # 171 timer_start
    ("long bpf_timer_cancel(struct bpf_timer *timer)", {"timer_cancel": "* !LIRC_MODE2"}),  # 172 timer_cancel
    ("__u64 bpf_get_func_ip(void *ctx)", {"get_func_ip_kprobe": "KPROBE:-", "get_func_ip_kprobe_multi": "KPROBE:TRACE_KPROBE_MULTI,TRACE_KPROBE_SESSION", "get_func_ip_uprobe_multi": "KPROBE:TRACE_UPROBE_MULTI,TRACE_UPROBE_SESSION", "get_func_ip_tracing": "TRACEPOINT PERF_EVENT RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING LSM SYSCALL"}),  # 173 get_func_ip
    ("__u64 bpf_get_attach_cookie(void *ctx)", {"get_attach_cookie_trace": "KPROBE:- TRACEPOINT", "get_attach_cookie_kmulti": "KPROBE:TRACE_KPROBE_MULTI,TRACE_KPROBE_SESSION", "get_attach_cookie_umulti": "KPROBE:TRACE_UPROBE_MULTI,TRACE_UPROBE_SESSION", "get_attach_cookie_pe": "PERF_EVENT", "get_attach_cookie_tracing": "RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING:TRACE_RAW_TP,TRACE_FENTRY,TRACE_FEXIT,MODIFY_RETURN", "get_attach_cookie": "LSM:LSM_MAC"}),  # 174 get_attach_cookie
    ("long bpf_task_pt_regs(struct task_struct *task)", {"task_pt_regs": "* !LIRC_MODE2"}),  # 175 task_pt_regs
    ("long bpf_get_branch_snapshot(void *entries, __u32 size, __u64 flags)", {"get_branch_snapshot": "KPROBE TRACEPOINT PERF_EVENT RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING LSM SYSCALL *@6.16"}),  # 176 get_branch_snapshot
    ("long bpf_trace_vprintk(const char *fmt, __u32 fmt_size, const void *data, __u32 data_len)", {"trace_vprintk": "* !LIRC_MODE2"}),  # 177 trace_vprintk
    ("struct unix_sock *bpf_skc_to_unix_sock(void *sk)", {"skc_to_unix_sock": "* !KPROBE !TRACEPOINT !PERF_EVENT !CGROUP_SOCK !CGROUP_DEVICE !RAW_TRACEPOINT !LIRC_MODE2 !SK_REUSEPORT !CGROUP_SYSCTL !RAW_TRACEPOINT_WRITABLE !CGROUP_SOCKOPT !STRUCT_OPS !NETFILTER"}),  # 178 skc_to_unix_sock
    ("long bpf_kallsyms_lookup_name(const char *name, int name_sz, int flags, __u64 *res)", {"kallsyms_lookup_name": "SYSCALL"}),  # 179 kallsyms_lookup_name
    ("long bpf_find_vma(struct task_struct *task, __u64 addr, void *callback_fn, void *callback_ctx, __u64 flags)", {"find_vma": "KPROBE TRACEPOINT PERF_EVENT RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING LSM SYSCALL *@6.16"}),  # 180 find_vma
    ("long bpf_loop(__u32 nr_loops, void *callback_fn, void *callback_ctx, __u64 flags)", {"loop": "* !LIRC_MODE2"}),  # 181 loop
    ("long bpf_strncmp(const char *s1, __u32 s1_sz, const char *s2)", {"strncmp": "* !LIRC_MODE2"}),  # 182 strncmp
    ("long bpf_get_func_arg(void *ctx, __u32 n, __u64 *value)", {"get_func_arg": "TRACING:TRACE_FENTRY,TRACE_FEXIT,MODIFY_RETURN LSM:LSM_MAC"}),  # 183 get_func_arg
    ("long bpf_get_func_ret(void *ctx, __u64 *value)", {"get_func_ret": "TRACING:TRACE_FENTRY,TRACE_FEXIT,MODIFY_RETURN LSM:LSM_MAC"}),  # 184 get_func_ret
    ("long bpf_get_func_arg_cnt(void *ctx)", {"get_func_arg_cnt": "TRACING:TRACE_FENTRY,TRACE_FEXIT,MODIFY_RETURN LSM:LSM_MAC"}),  # 185 get_func_arg_cnt
    ("int bpf_get_retval(void)", {"get_retval": "CGROUP_SOCK CGROUP_DEVICE:CGROUP_DEVICE CGROUP_SOCK_ADDR:CGROUP_INET4_BIND,CGROUP_INET6_BIND,CGROUP_INET4_CONNECT,CGROUP_INET6_CONNECT,CGROUP_UDP4_SENDMSG,CGROUP_UDP6_SENDMSG,CGROUP_UNIX_CONNECT,CGROUP_UNIX_SENDMSG CGROUP_SYSCTL:CGROUP_SYSCTL CGROUP_SOCKOPT LSM:LSM_CGROUP"}),  # 186 get_retval
    ("int bpf_set_retval(int retval)", {"set_retval": "CGROUP_SOCK CGROUP_DEVICE:CGROUP_DEVICE CGROUP_SOCK_ADDR:CGROUP_INET4_BIND,CGROUP_INET6_BIND,CGROUP_INET4_CONNECT,CGROUP_INET6_CONNECT,CGROUP_UDP4_SENDMSG,CGROUP_UDP6_SENDMSG,CGROUP_UNIX_CONNECT,CGROUP_UNIX_SENDMSG CGROUP_SYSCTL:CGROUP_SYSCTL CGROUP_SOCKOPT LSM:LSM_CGROUP"}),  # 187 set_retval
    ("__u64 bpf_xdp_get_buff_len(struct xdp_md *xdp_md)", {"xdp_get_buff_len": "XDP", "xdp_get_buff_len_trace": "TRACING LSM SYSCALL"}),  # 188 xdp_get_buff_len
    ("long bpf_xdp_load_bytes(struct xdp_md *xdp_md, __u32 offset, void *buf, __u32 len)", {"xdp_load_bytes": "XDP"}),  # 189 xdp_load_bytes
    ("long bpf_xdp_store_bytes(struct xdp_md *xdp_md, __u32 offset, void *buf, __u32 len)", {"xdp_store_bytes": "XDP"}),  # 190 xdp_store_bytes
    ("long bpf_copy_from_user_task(void *dst, __u32 size, const void *user_ptr, struct task_struct *tsk, __u64 flags)", {"copy_from_user_task": "KPROBE TRACEPOINT PERF_EVENT RAW_TRACEPOINT RAW_TRACEPOINT_WRITABLE TRACING LSM SYSCALL *@6.16"}),  # 191 copy_from_user_task
    ("long bpf_skb_set_tstamp(struct __sk_buff *skb, __u64 tstamp, __u32 tstamp_type)", {"skb_set_tstamp": "SCHED_CLS SCHED_ACT"}),  # 192 skb_set_tstamp
    ("long bpf_ima_file_hash(struct file *file, void *dst, __u32 size)", {"ima_file_hash": "LSM"}),  # 193 ima_file_hash
    ("void *bpf_kptr_xchg(void *dst, void *ptr)", {"kptr_xchg": "* !LIRC_MODE2"}),  # 194 kptr_xchg
    ("void *bpf_map_lookup_percpu_elem(void *map, const void *key, __u32 cpu)", {"map_lookup_percpu_elem": "* !LIRC_MODE2"}),  # 195 map_lookup_percpu_elem
    ("struct mptcp_sock *bpf_skc_to_mptcp_sock(void *sk)", {"skc_to_mptcp_sock": "* !KPROBE !TRACEPOINT !PERF_EVENT !CGROUP_SOCK !CGROUP_DEVICE !RAW_TRACEPOINT !LIRC_MODE2 !SK_REUSEPORT !CGROUP_SYSCTL !RAW_TRACEPOINT_WRITABLE !CGROUP_SOCKOPT !STRUCT_OPS !NETFILTER"}),  # 196 skc_to_mptcp_sock
    ("long bpf_dynptr_from_mem(void *data, __u32 size, __u64 flags, struct bpf_dynptr *ptr)", {"dynptr_from_mem": "* !LIRC_MODE2"}),  # 197 dynptr_from_mem
    ("long bpf_ringbuf_reserve_dynptr(void *ringbuf, __u32 size, __u64 flags, struct bpf_dynptr *ptr)", {"ringbuf_reserve_dynptr": "* !LIRC_MODE2"}),  # 198 ringbuf_reserve_dynptr
    ("void bpf_ringbuf_submit_dynptr(struct bpf_dynptr *ptr, __u64 flags)", {"ringbuf_submit_dynptr": "* !LIRC_MODE2"}),  # 199 ringbuf_submit_dynptr
    ("void bpf_ringbuf_discard_dynptr(struct bpf_dynptr *ptr, __u64 flags)", {"ringbuf_discard_dynptr": "* !LIRC_MODE2"}),  # 200 ringbuf_discard_dynptr
    ("long bpf_dynptr_read(void *dst, __u32 len, const struct bpf_dynptr *src, __u32 offset, __u64 flags)", {"dynptr_read": "* !LIRC_MODE2"}),  # 201 dynptr_read
    ("long bpf_dynptr_write(const struct bpf_dynptr *dst, __u32 offset, void *src, __u32 len, __u64 flags)", {"dynptr_write": "* !LIRC_MODE2"}),  # 202 dynptr_write
    ("void *bpf_dynptr_data(const struct bpf_dynptr *ptr, __u32 offset, __u32 len)", {"dynptr_data": "* !LIRC_MODE2"}),  # 203 dynptr_data
    ("__s64 bpf_tcp_raw_gen_syncookie_ipv4(struct iphdr *iph, struct tcphdr *th, __u32 th_len)", {"tcp_raw_gen_syncookie_ipv4": "SCHED_CLS SCHED_ACT XDP"}),  # 204 tcp_raw_gen_syncookie_ipv4
    ("__s64 bpf_tcp_raw_gen_syncookie_ipv6(struct ipv6hdr *iph, struct tcphdr *th, __u32 th_len)", {"tcp_raw_gen_syncookie_ipv6": "SCHED_CLS SCHED_ACT XDP"}),  # 205 tcp_raw_gen_syncookie_ipv6
    ("long bpf_tcp_raw_check_syncookie_ipv4(struct iphdr *iph, struct tcphdr *th)", {"tcp_raw_check_syncookie_ipv4": "SCHED_CLS SCHED_ACT XDP"}),  # 206 tcp_raw_check_syncookie_ipv4
    ("long bpf_tcp_raw_check_syncookie_ipv6(struct ipv6hdr *iph, struct tcphdr *th)", {"tcp_raw_check_syncookie_ipv6": "SCHED_CLS SCHED_ACT XDP"}),  # 207 tcp_raw_check_syncookie_ipv6
    ("__u64 bpf_ktime_get_tai_ns(void)", {"ktime_get_tai_ns": "* !LIRC_MODE2"}),  # 208 ktime_get_tai_ns
    ("long bpf_user_ringbuf_drain(void *map, void *callback_fn, void *ctx, __u64 flags)", {"user_ringbuf_drain": "* !LIRC_MODE2"}),  # 209 user_ringbuf_drain
    ("void *bpf_cgrp_storage_get(void *map, struct cgroup *cgroup, void *value, __u64 flags)", {"cgrp_storage_get": "* !LIRC_MODE2"}),  # 210 cgrp_storage_get
    ("long bpf_cgrp_storage_delete(void *map, struct cgroup *cgroup)", {"cgrp_storage_delete": "* !LIRC_MODE2"}),  # 211 cgrp_storage_delete
)
