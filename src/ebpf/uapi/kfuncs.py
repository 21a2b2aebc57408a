"""Kernel functions that programs may call by BTF (kfuncs): those of Linux 6.12 to 6.18, with flags, prototypes and program types.

Kfuncs are no stable interface: a kernel's own BTF says which it has and with what types. This table is for what BTF doesn't say
(flags and program types), and for machines without such a kernel. It is written by generate/kfuncs.py; `since` is by the
history of the kernel, kept here by hand, and None where it isn't known.
"""

from __future__ import annotations

from ebpf._record import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.uapi.prog_types import ProgType

#: First release → the kfuncs that came with it. A word that ends in "*" stands for all names that begin so.
_SINCE = {
    (5, 13): "tcp_* bbr_* cubictcp_* dctcp_*",
    (5, 18): "bpf_xdp_ct_lookup bpf_skb_ct_lookup bpf_ct_release",
    (
        6,
        0,
    ): """bpf_xdp_ct_alloc bpf_skb_ct_alloc bpf_ct_insert_entry bpf_ct_set_timeout bpf_ct_change_timeout bpf_ct_set_status
        bpf_ct_change_status""",
    (6, 1): """crash_kexec bpf_ct_set_nat_info cgroup_rstat_* bpf_lookup_user_key bpf_lookup_system_key bpf_key_put
        bpf_verify_pkcs7_signature""",
    (6, 2): """bpf_obj_new_impl bpf_obj_drop_impl bpf_list_* bpf_task_acquire bpf_task_release bpf_task_from_pid
        bpf_cgroup_acquire bpf_cgroup_release bpf_cgroup_ancestor bpf_cast_to_kern_ctx bpf_rdonly_cast bpf_rcu_read_*
        bpf_skb_get_xfrm_info bpf_skb_set_xfrm_info""",
    (6, 3): """bpf_rbtree_* hid_bpf_get_data hid_bpf_allocate_context hid_bpf_release_context hid_bpf_hw_request
        bpf_xdp_metadata_rx_timestamp bpf_xdp_metadata_rx_hash bpf_cpumask_*""",
    (6, 4): """bpf_refcount_acquire_impl bpf_dynptr_from_* bpf_dynptr_slice* bpf_iter_num_* bpf_cgroup_from_id
        bpf_skb_get_fou_encap bpf_skb_set_fou_encap""",
    (
        6,
        5,
    ): """bpf_dynptr_adjust bpf_dynptr_is_null bpf_dynptr_is_rdonly bpf_dynptr_size bpf_dynptr_clone bpf_sock_destroy
        bpf_task_under_cgroup bpf_cpumask_first_and""",
    (6, 6): "bpf_map_sum_elem_count",
    (6, 7): """bpf_throw bpf_percpu_obj_* bpf_iter_task_* bpf_iter_css_* bpf_sock_addr_set_sun_path""",
    (6, 8): """bpf_task_get_cgroup1 bpf_cpumask_weight bpf_get_file_xattr bpf_get_fsverity_digest bpf_xdp_get_xfrm_state
        bpf_xdp_xfrm_state_release bpf_xdp_metadata_rx_vlan_tag""",
    (6, 9): "bpf_arena_* bpf_sk_assign_tcp_reqsk",
    (6, 10): "bpf_wq_* bpf_preempt_* bpf_crypto_* bpf_session_*",
    (6, 11): "bpf_iter_bits_* bpf_xdp_flow_lookup hid_bpf_*",
    (
        6,
        12,
    ): "scx_bpf_* bpf_iter_scx_* bpf_copy_from_user_str bpf_get_task_exe_file bpf_put_file bpf_path_d_path bpf_get_dentry_xattr",
    (
        6,
        13,
    ): """bpf_get_kmem_cache bpf_iter_kmem_cache_* bpf_send_signal_task scx_bpf_dsq_insert scx_bpf_dsq_insert_vtime
        scx_bpf_dsq_move*""",
    (6, 14): "bpf_task_from_vpid bpf_local_irq_*",
    (
        6,
        15,
    ): """bpf_copy_from_user_task_str bpf_cpumask_populate bpf_res_spin_* bpf_set_dentry_xattr bpf_remove_dentry_xattr
        bpf_sock_ops_enable_tx_tstamp""",
    (
        6,
        16,
    ): """bpf_dynptr_copy bpf_rbtree_root bpf_rbtree_left bpf_rbtree_right bpf_list_front bpf_list_back bpf_iter_dmabuf_*
        bpf_probe_read_* bpf_copy_from_user_dynptr bpf_copy_from_user_str_dynptr bpf_copy_from_user_task_dynptr
        bpf_copy_from_user_task_str_dynptr""",
    (6, 17): "__bpf_trap bpf_arena_reserve_pages bpf_cgroup_read_xattr bpf_dynptr_memset bpf_str*",
    (
        6,
        18,
    ): """bpf_strcasecmp bpf_stream_vprintk_impl bpf_dynptr_from_skb_meta bpf_task_work_schedule_* bpf_xdp_pull_data""",
}


class Kfunc(Frozen):
    """A kfunc. `prototype` is its C declaration in the kernel's types, `parameters` are (type, name): the end of a name counts
    (`__sz` and `__szk`: the size of the one before, `__k`: a constant, `__ign`: not checked, `__opt`, `__nullable`: may be NULL,
    `__str`: a constant string). `flags` are names of `enum` KF_…. `prog_types` None is every type.
    `filter` is the kernel's function that limits the programs further, or empty.
    """

    name: str
    since: tuple[int, int] | None
    prototype: str
    returns: str
    parameters: tuple[tuple[str, str], ...]
    flags: frozenset[str]
    prog_types: frozenset[str] | None
    filter: str

    def __repr__(self) -> str:
        return f"Kfunc({self.name!r})"

    def allowed(self, prog_type: ProgType) -> bool:
        """Whether programs of the type may call it (a `filter` may still say no)."""
        return self.prog_types is None or prog_type.name in self.prog_types


def names() -> list[str]:
    """The names of all kfuncs of the table, sorted."""
    from ebpf.uapi.kfunc_rows import ROWS

    return list(ROWS)


def kfunc(name: str) -> Kfunc:
    """The row of a kfunc. KeyError if the table has none."""
    found = _kfuncs.get(name)
    if found is None:
        from ebpf.uapi.kfunc_rows import ROWS

        prototype, flags, programs, filter_ = ROWS[name]
        head, tail = prototype.split("(", 1)
        parameters = [] if tail == "void)" else _split(tail[:-1])
        found = _kfuncs[name] = Kfunc(
            name=name,
            since=_since(name),
            prototype=prototype,
            returns=head.removesuffix(name).strip(),
            parameters=tuple(_declarator(p) for p in parameters),
            flags=frozenset(flags.split()),
            prog_types=None if programs == "*" else frozenset(programs.split()),
            filter=filter_,
        )
    return found


_kfuncs: dict[str, Kfunc] = {}


def _since(name: str) -> tuple[int, int] | None:
    found: tuple[int, tuple[int, int]] | None = None
    for release, words in _SINCE.items():
        for word in words.split():
            # The whole name goes before the beginning of one.
            rank = 10_000 if word == name else len(word) if word[-1] == "*" and name.startswith(word[:-1]) else 0
            if rank and (found is None or rank > found[0]):
                found = rank, release
    return found[1] if found else None


def _split(parameters: str) -> list[str]:
    """At the commas that are in no bracket."""
    out, depth, start = [], 0, 0
    for at, char in enumerate(parameters):
        depth += (char == "(") - (char == ")")
        if char == "," and not depth:
            out.append(parameters[start:at].strip())
            start = at + 1
    return [*out, parameters[start:].strip()]


def _declarator(text: str) -> tuple[str, str]:
    if "(" in text:  # a function: `bool (less)(struct a *x)`
        result, rest = text.split("(", 1)
        name, _, arguments = rest.partition(")")
        return f"{result.strip()} (*){arguments}", name.lstrip("*")
    at = max(text.rfind(" "), text.rfind("*")) + 1
    return text[:at].rstrip(), text[at:]
