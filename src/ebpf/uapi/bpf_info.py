"""What BPF_OBJ_GET_INFO_BY_FD tells, as Linux 6.18 has it (include/uapi/linux/bpf.h); the form is `ebpf.uapi.bpf_attr`'s.

An older kernel fills in less; the rest stays 0.
"""

from __future__ import annotations

PROG = (
    "type:I id:I tag:8s jited_prog_len:I xlated_prog_len:I jited_prog_insns:Q xlated_prog_insns:Q load_time:Q "
    "created_by_uid:I nr_map_ids:I map_ids:Q name:16s ifindex:I gpl_compatible:I netns_dev:Q netns_ino:Q "
    "nr_jited_ksyms:I nr_jited_func_lens:I jited_ksyms:Q jited_func_lens:Q btf_id:I func_info_rec_size:I func_info:Q "
    "nr_func_info:I nr_line_info:I line_info:Q jited_line_info:Q nr_jited_line_info:I line_info_rec_size:I "
    "jited_line_info_rec_size:I nr_prog_tags:I prog_tags:Q run_time_ns:Q run_cnt:Q recursion_misses:Q verified_insns:I "
    "attach_btf_obj_id:I attach_btf_id:I _pad:I"
)
MAP = (
    "type:I id:I key_size:I value_size:I max_entries:I map_flags:I name:16s ifindex:I btf_vmlinux_value_type_id:I "
    "netns_dev:Q netns_ino:Q btf_id:I btf_key_type_id:I btf_value_type_id:I btf_vmlinux_id:I map_extra:Q"
)
BTF = "btf:Q btf_size:I id:I name:Q name_len:I kernel_btf:I"

#: The head of every link, and behind it (at offset 16) a tail by `enum bpf_link_type`.
LINK = "type:I id:I prog_id:I"
LINK_TAIL = 16
#: Link type → its tail. A field "x:Q" with "x_len:I" (or `name_len`) behind it is a buffer that the caller gives.
LINK_TAILS = {
    "raw_tracepoint": "tp_name:Q tp_name_len:I _pad:I cookie:Q",
    "tracing": "attach_type:I target_obj_id:I target_btf_id:I _pad:I cookie:Q",
    "cgroup": "cgroup_id:Q attach_type:I",
    "iter": "target_name:Q target_name_len:I map_id:I",
    "netns": "netns_ino:I attach_type:I",
    "xdp": "ifindex:I",
    "struct_ops": "map_id:I",
    "netfilter": "pf:I hooknum:I priority:i flags:I",
    "kprobe_multi": "addrs:Q count:I flags:I missed:Q cookies:Q",
    "uprobe_multi": "path:Q offsets:Q ref_ctr_offsets:Q cookies:Q path_size:I count:I flags:I pid:I",
    "tcx": "ifindex:I attach_type:I",
    "netkit": "ifindex:I attach_type:I",
    "sockmap": "map_id:I attach_type:I",
    "perf_event": "perf_type:I _pad:I",
}
#: `enum bpf_perf_event_type` → the rest of a perf_event link's tail (from offset 24 of the whole).
PERF_TAIL = 24
PERF_TAILS = {
    1: ("uprobe", "file_name:Q name_len:I offset:I cookie:Q"),
    2: ("uretprobe", "file_name:Q name_len:I offset:I cookie:Q"),
    3: ("kprobe", "func_name:Q name_len:I offset:I addr:Q missed:Q cookie:Q"),
    4: ("kretprobe", "func_name:Q name_len:I offset:I addr:Q missed:Q cookie:Q"),
    5: ("tracepoint", "tp_name:Q name_len:I _pad:I cookie:Q"),
    6: ("event", "event_config:Q event_type:I _pad:I cookie:Q"),
}
