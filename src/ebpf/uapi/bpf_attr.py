"""The layouts of `union bpf_attr` by command, as Linux 6.18 has them (include/uapi/linux/bpf.h), and of the small structs
that it points to.

Each is "field:code …" in the order of the C struct, aligned as C aligns; codes are those of `struct` (I: u32, i: s32,
Q: u64 or a pointer, 16s: a name). Kernels that know less accept a longer struct whose unknown rest is zero.
"""

from __future__ import annotations

MAP_CREATE = (
    "map_type:I key_size:I value_size:I max_entries:I map_flags:I inner_map_fd:I numa_node:I map_name:16s map_ifindex:I "
    "btf_fd:I btf_key_type_id:I btf_value_type_id:I btf_vmlinux_value_type_id:I map_extra:Q value_type_btf_obj_fd:i "
    "map_token_fd:i excl_prog_hash:Q excl_prog_hash_size:I"
)
#: Lookup, update, delete, next key (`value` is then where the next key goes), lookup and delete, freeze (`map_fd` only).
MAP_ELEM = "map_fd:I key:Q value:Q flags:Q"
MAP_BATCH = "in_batch:Q out_batch:Q keys:Q values:Q count:I map_fd:I elem_flags:Q flags:Q"
PROG_LOAD = (
    "prog_type:I insn_cnt:I insns:Q license:Q log_level:I log_size:I log_buf:Q kern_version:I prog_flags:I prog_name:16s "
    "prog_ifindex:I expected_attach_type:I prog_btf_fd:I func_info_rec_size:I func_info:Q func_info_cnt:I "
    "line_info_rec_size:I line_info:Q line_info_cnt:I attach_btf_id:I attach_prog_fd:I core_relo_cnt:I fd_array:Q "
    "core_relos:Q core_relo_rec_size:I log_true_size:I prog_token_fd:i fd_array_cnt:I signature:Q signature_size:I "
    "keyring_id:i"
)
OBJ = "pathname:Q bpf_fd:I file_flags:I path_fd:i"
PROG_ATTACH = (
    "target_fd:I attach_bpf_fd:I attach_type:I attach_flags:I replace_bpf_fd:I relative_fd:I expected_revision:Q"
)
PROG_TEST_RUN = (
    "prog_fd:I retval:I data_size_in:I data_size_out:I data_in:Q data_out:Q repeat:I duration:I ctx_size_in:I "
    "ctx_size_out:I ctx_in:Q ctx_out:Q flags:I cpu:I batch_size:I"
)
#: `id` is start_id, prog_id, map_id, btf_id or link_id.
GET_ID = "id:I next_id:I open_flags:I fd_by_id_token_fd:i"
OBJ_GET_INFO_BY_FD = "bpf_fd:I info_len:I info:Q"
PROG_QUERY = (
    "target_fd:I attach_type:I query_flags:I attach_flags:I prog_ids:Q count:I _pad:I prog_attach_flags:Q link_ids:Q "
    "link_attach_flags:Q revision:Q"
)
RAW_TRACEPOINT_OPEN = "name:Q prog_fd:I cookie:Q"
BTF_LOAD = (
    "btf:Q btf_log_buf:Q btf_size:I btf_log_size:I btf_log_level:I btf_log_true_size:I btf_flags:I btf_token_fd:i"
)
TASK_FD_QUERY = "pid:I fd:I flags:I buf_len:I buf:Q prog_id:I fd_type:I probe_offset:Q probe_addr:Q"
LINK_UPDATE = "link_fd:I new_prog_fd:I flags:I old_prog_fd:I"
LINK_DETACH = "link_fd:I"
ENABLE_STATS = "type:I"
ITER_CREATE = "link_fd:I flags:I"
PROG_BIND_MAP = "prog_fd:I map_fd:I flags:I"
TOKEN_CREATE = "flags:I bpffs_fd:I"
PROG_STREAM_READ_BY_FD = "stream_buf:Q stream_buf_len:I stream_id:I prog_fd:I"

# BPF_LINK_CREATE: a head, and behind it one of many tails.
_LINK = "prog_fd:I target_fd:I attach_type:I flags:I "
LINK_CREATE = _LINK + "target_btf_id:I"
LINK_CREATE_ITER = _LINK + "iter_info:Q iter_info_len:I"
LINK_CREATE_PERF_EVENT = _LINK + "bpf_cookie:Q"
LINK_CREATE_KPROBE_MULTI = _LINK + "kprobe_flags:I cnt:I syms:Q addrs:Q cookies:Q"
LINK_CREATE_TRACING = _LINK + "target_btf_id:I cookie:Q"
LINK_CREATE_NETFILTER = _LINK + "pf:I hooknum:I priority:i netfilter_flags:I"
#: tcx, netkit and (Linux 6.17) cgroup; `relative_fd` is an id with BPF_F_ID.
LINK_CREATE_RELATIVE = _LINK + "relative_fd:I expected_revision:Q"
LINK_CREATE_UPROBE_MULTI = _LINK + "path:Q offsets:Q ref_ctr_offsets:Q cookies:Q cnt:I uprobe_flags:I pid:I"
