"""Why a helper is not in the vm, in a few words: what `load` says when a program calls it."""

from __future__ import annotations

#: (reason, the helpers without `bpf_`)
REASONS: tuple[tuple[str, str], ...] = (
    (
        "it reads objects of the kernel by their BTF types",
        """d_path snprintf_btf find_vma sock_from_file task_pt_regs skc_to_tcp6_sock skc_to_tcp_sock skc_to_tcp_timewait_sock
        skc_to_tcp_request_sock skc_to_udp6_sock skc_to_unix_sock skc_to_mptcp_sock""",
    ),
    ("it is for iterators over objects of the kernel", "seq_printf seq_write seq_printf_btf"),
    (
        "the arguments of kernel functions (fentry, fexit) are not to be had here",
        "get_func_arg get_func_ret get_func_arg_cnt",
    ),
    (
        "there is no TCP connection of the kernel's behind a packet here",
        """tcp_sock tcp_send_ack sock_ops_cb_flags_set load_hdr_opt store_hdr_opt reserve_hdr_opt""",
    ),
    (
        "SYN cookies are made with a secret of the kernel's",
        """tcp_check_syncookie tcp_gen_syncookie tcp_raw_gen_syncookie_ipv4 tcp_raw_gen_syncookie_ipv6
        tcp_raw_check_syncookie_ipv4 tcp_raw_check_syncookie_ipv6""",
    ),
    ("sockets are put into a map by user space here", "sock_map_update sock_hash_update"),
    ("there are no sysctls here", "sysctl_get_name sysctl_get_current_value sysctl_get_new_value sysctl_set_new_value"),
    ("there is no IPsec here", "skb_get_xfrm_state"),
    (
        "it changes how the kernel routes a packet",
        "lwt_push_encap lwt_seg6_store_bytes lwt_seg6_adjust_srh lwt_seg6_action",
    ),
    ("there is no infrared receiver here", "rc_repeat rc_keydown rc_pointer_rel"),
    ("it asks a security module of the kernel", "ima_inode_hash ima_file_hash bprm_opts_set"),
)


def reason(name: str) -> str:
    """The reason for a helper by name, without `bpf_`."""
    for why, names in REASONS:
        if name in names.split():
            return why
    return "it means nothing outside of the kernel"
