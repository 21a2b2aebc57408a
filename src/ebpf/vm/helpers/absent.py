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


#: The same of kernel functions. A "*" stands for anything.
KFUNC_REASONS: tuple[tuple[str, str], ...] = (
    (
        "it is for struct_ops: schedulers, congestion control, input devices",
        "scx_bpf_* bpf_iter_scx_* bbr_* cubictcp_* dctcp_* tcp_* hid_bpf_* bpf_sk_assign_tcp_reqsk bpf_sock_ops_*",
    ),
    (
        "it is for iterators over objects of the kernel",
        "bpf_iter_css_* bpf_iter_task_* bpf_iter_dmabuf_* bpf_iter_kmem_cache_* bpf_get_kmem_cache bpf_sock_destroy",
    ),
    (
        "it asks files, keys and cgroups of the kernel",
        """bpf_get_dentry_xattr bpf_set_dentry_xattr bpf_remove_dentry_xattr bpf_get_file_xattr bpf_get_fsverity_digest
        bpf_get_task_exe_file bpf_put_file bpf_path_d_path bpf_key_put bpf_lookup_*_key bpf_verify_pkcs7_signature
        bpf_cgroup_ancestor bpf_cgroup_read_xattr bpf_task_get_cgroup1 cgroup_rstat_*""",
    ),
    ("there is no connection tracking here", "bpf_ct_* bpf_skb_ct_* bpf_xdp_ct_* bpf_xdp_flow_lookup"),
    ("there is no IPsec here", "bpf_skb_*_xfrm_info bpf_xdp_get_xfrm_state bpf_xdp_xfrm_state_release"),
    ("it changes how the kernel routes a packet", "bpf_skb_*_fou_encap"),
    ("its ciphers are the kernel's", "bpf_crypto_*"),
    ("there are no probes with sessions here", "bpf_session_*"),
    ("nothing returns to user space here", "bpf_task_work_*"),
    ("addresses of Unix sockets can't be changed here", "bpf_sock_addr_set_sun_path"),
    ("it ends the machine", "crash_kexec"),
)


def kfunc_reason(name: str) -> str:
    """Why a kernel function is not in the vm, behind a colon; of one that nobody knows those that are called like it."""
    from fnmatch import fnmatchcase

    from ebpf.errors import did_you_mean
    from ebpf.uapi.kfuncs import names

    for why, patterns in KFUNC_REASONS:
        if any(fnmatchcase(name, pattern) for pattern in patterns.split()):
            return f": {why}"
    known = names()
    return "" if name in known else did_you_mean(name, known)


def reason(name: str) -> str:
    """The reason for a helper by name, without `bpf_`."""
    for why, names in REASONS:
        if name in names.split():
            return why
    return "it means nothing outside of the kernel"
