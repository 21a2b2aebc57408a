"""The helper functions of BPF programs (`enum bpf_func_id`): ids 1 to 211, the whole list of Linux 6.18.

No helper was added after Linux 6.2: what is new since then is a kfunc. `NAMES`, `IDS` and `since` are cheap; `helper`
reads the large table (`helper_rows`, written by generate/helpers.py from a Linux source tree) on first use.

The first kernels are by the history of include/uapi/linux/bpf.h: ids were given in order, so each release has a range.
"""

from __future__ import annotations

from bisect import bisect_right

from ebpf._record import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.uapi.attach_types import AttachType
    from ebpf.uapi.prog_types import ProgType

#: What a program's license has to be for helpers marked gpl_only (`license_is_gpl_compatible` of include/linux/license.h).
GPL_LICENSES = frozenset(("GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL"))

#: Id → name without `bpf_`.
NAMES: tuple[str, ...] = tuple(
    """
    unspec map_lookup_elem map_update_elem map_delete_elem probe_read ktime_get_ns trace_printk get_prandom_u32
    get_smp_processor_id skb_store_bytes l3_csum_replace l4_csum_replace tail_call clone_redirect
    get_current_pid_tgid get_current_uid_gid get_current_comm get_cgroup_classid skb_vlan_push skb_vlan_pop
    skb_get_tunnel_key skb_set_tunnel_key perf_event_read redirect get_route_realm perf_event_output
    skb_load_bytes get_stackid csum_diff skb_get_tunnel_opt skb_set_tunnel_opt skb_change_proto skb_change_type
    skb_under_cgroup get_hash_recalc get_current_task probe_write_user current_task_under_cgroup skb_change_tail
    skb_pull_data csum_update set_hash_invalid get_numa_node_id skb_change_head xdp_adjust_head probe_read_str
    get_socket_cookie get_socket_uid set_hash setsockopt skb_adjust_room redirect_map sk_redirect_map
    sock_map_update xdp_adjust_meta perf_event_read_value perf_prog_read_value getsockopt override_return
    sock_ops_cb_flags_set msg_redirect_map msg_apply_bytes msg_cork_bytes msg_pull_data bind xdp_adjust_tail
    skb_get_xfrm_state get_stack skb_load_bytes_relative fib_lookup sock_hash_update msg_redirect_hash
    sk_redirect_hash lwt_push_encap lwt_seg6_store_bytes lwt_seg6_adjust_srh lwt_seg6_action rc_repeat rc_keydown
    skb_cgroup_id get_current_cgroup_id get_local_storage sk_select_reuseport skb_ancestor_cgroup_id sk_lookup_tcp
    sk_lookup_udp sk_release map_push_elem map_pop_elem map_peek_elem msg_push_data msg_pop_data rc_pointer_rel
    spin_lock spin_unlock sk_fullsock tcp_sock skb_ecn_set_ce get_listener_sock skc_lookup_tcp tcp_check_syncookie
    sysctl_get_name sysctl_get_current_value sysctl_get_new_value sysctl_set_new_value strtol strtoul
    sk_storage_get sk_storage_delete send_signal tcp_gen_syncookie skb_output probe_read_user probe_read_kernel
    probe_read_user_str probe_read_kernel_str tcp_send_ack send_signal_thread jiffies64 read_branch_records
    get_ns_current_pid_tgid xdp_output get_netns_cookie get_current_ancestor_cgroup_id sk_assign ktime_get_boot_ns
    seq_printf seq_write sk_cgroup_id sk_ancestor_cgroup_id ringbuf_output ringbuf_reserve ringbuf_submit
    ringbuf_discard ringbuf_query csum_level skc_to_tcp6_sock skc_to_tcp_sock skc_to_tcp_timewait_sock
    skc_to_tcp_request_sock skc_to_udp6_sock get_task_stack load_hdr_opt store_hdr_opt reserve_hdr_opt
    inode_storage_get inode_storage_delete d_path copy_from_user snprintf_btf seq_printf_btf skb_cgroup_classid
    redirect_neigh per_cpu_ptr this_cpu_ptr redirect_peer task_storage_get task_storage_delete
    get_current_task_btf bprm_opts_set ktime_get_coarse_ns ima_inode_hash sock_from_file check_mtu
    for_each_map_elem snprintf sys_bpf btf_find_by_name_kind sys_close timer_init timer_set_callback timer_start
    timer_cancel get_func_ip get_attach_cookie task_pt_regs get_branch_snapshot trace_vprintk skc_to_unix_sock
    kallsyms_lookup_name find_vma loop strncmp get_func_arg get_func_ret get_func_arg_cnt get_retval set_retval
    xdp_get_buff_len xdp_load_bytes xdp_store_bytes copy_from_user_task skb_set_tstamp ima_file_hash kptr_xchg
    map_lookup_percpu_elem skc_to_mptcp_sock dynptr_from_mem ringbuf_reserve_dynptr ringbuf_submit_dynptr
    ringbuf_discard_dynptr dynptr_read dynptr_write dynptr_data tcp_raw_gen_syncookie_ipv4
    tcp_raw_gen_syncookie_ipv6 tcp_raw_check_syncookie_ipv4 tcp_raw_check_syncookie_ipv6 ktime_get_tai_ns
    user_ringbuf_drain cgrp_storage_get cgrp_storage_delete
    """.split()  # noqa: SIM905
)

#: Name without `bpf_` → id.
IDS: dict[str, int] = {name: number for number, name in enumerate(NAMES)}
del IDS["unspec"]

#: The first id that each release added.
_FIRST_ID: tuple[tuple[int, tuple[int, int]], ...] = (
    (1, (3, 19)), (4, (4, 1)), (12, (4, 2)), (17, (4, 3)), (23, (4, 4)), (26, (4, 5)), (27, (4, 6)), (31, (4, 8)),
    (37, (4, 9)), (42, (4, 10)), (45, (4, 11)), (46, (4, 12)), (48, (4, 13)), (51, (4, 14)), (54, (4, 15)), (58, (4, 16)),
    (60, (4, 17)), (65, (4, 18)), (81, (4, 19)), (84, (4, 20)), (91, (5, 0)), (93, (5, 1)), (99, (5, 2)), (109, (5, 3)),
    (111, (5, 5)), (116, (5, 6)), (119, (5, 7)), (125, (5, 8)), (136, (5, 9)), (142, (5, 10)), (156, (5, 11)),
    (163, (5, 12)), (164, (5, 13)), (166, (5, 14)), (169, (5, 15)), (176, (5, 16)), (180, (5, 17)), (186, (5, 18)),
    (194, (5, 19)), (204, (6, 0)), (208, (6, 1)), (210, (6, 2)),
)  # fmt: skip


def since(number: int) -> tuple[int, int]:
    """The first Linux release that has helper `number`. KeyError if there is no such helper."""
    if not 0 < number < len(NAMES):
        raise KeyError(number)
    return _FIRST_ID[bisect_right(_FIRST_ID, (number, (99, 0))) - 1][1]


#: Kinds that `enum bpf_arg_type` and `enum bpf_return_type` define by others: name → (kind, flags).
EXTENDED: dict[str, tuple[str, frozenset[str]]] = {
    "ARG_PTR_TO_MAP_VALUE_OR_NULL": ("ARG_PTR_TO_MAP_VALUE", frozenset({"PTR_MAYBE_NULL"})),
    "ARG_PTR_TO_MEM_OR_NULL": ("ARG_PTR_TO_MEM", frozenset({"PTR_MAYBE_NULL"})),
    "ARG_PTR_TO_CTX_OR_NULL": ("ARG_PTR_TO_CTX", frozenset({"PTR_MAYBE_NULL"})),
    "ARG_PTR_TO_SOCKET_OR_NULL": ("ARG_PTR_TO_SOCKET", frozenset({"PTR_MAYBE_NULL"})),
    "ARG_PTR_TO_STACK_OR_NULL": ("ARG_PTR_TO_STACK", frozenset({"PTR_MAYBE_NULL"})),
    "ARG_PTR_TO_BTF_ID_OR_NULL": ("ARG_PTR_TO_BTF_ID", frozenset({"PTR_MAYBE_NULL"})),
    "ARG_PTR_TO_UNINIT_MEM": ("ARG_PTR_TO_MEM", frozenset({"MEM_UNINIT", "MEM_WRITE"})),
    "ARG_PTR_TO_FIXED_SIZE_MEM": ("ARG_PTR_TO_MEM", frozenset({"MEM_FIXED_SIZE"})),
    "RET_PTR_TO_MAP_VALUE_OR_NULL": ("RET_PTR_TO_MAP_VALUE", frozenset({"PTR_MAYBE_NULL"})),
    "RET_PTR_TO_SOCKET_OR_NULL": ("RET_PTR_TO_SOCKET", frozenset({"PTR_MAYBE_NULL"})),
    "RET_PTR_TO_TCP_SOCK_OR_NULL": ("RET_PTR_TO_TCP_SOCK", frozenset({"PTR_MAYBE_NULL"})),
    "RET_PTR_TO_SOCK_COMMON_OR_NULL": ("RET_PTR_TO_SOCK_COMMON", frozenset({"PTR_MAYBE_NULL"})),
    "RET_PTR_TO_RINGBUF_MEM_OR_NULL": ("RET_PTR_TO_MEM", frozenset({"PTR_MAYBE_NULL", "MEM_RINGBUF"})),
    "RET_PTR_TO_DYNPTR_MEM_OR_NULL": ("RET_PTR_TO_MEM", frozenset({"PTR_MAYBE_NULL"})),
    "RET_PTR_TO_BTF_ID_OR_NULL": ("RET_PTR_TO_BTF_ID", frozenset({"PTR_MAYBE_NULL"})),
    "RET_PTR_TO_BTF_ID_TRUSTED": ("RET_PTR_TO_BTF_ID", frozenset({"PTR_TRUSTED"})),
}


class Kind(Frozen):
    """What the verifier asks of an argument, or knows of a result, in the kernel's words.

    `kind` is one of the plain `ARG_…` or `RET_…` of include/linux/bpf.h, `flags` those of `enum bpf_type_flag` with it;
    kinds that the kernel defines by others are taken apart (ARG_PTR_TO_UNINIT_MEM is ARG_PTR_TO_MEM with MEM_UNINIT and
    MEM_WRITE). `size` in bytes where MEM_FIXED_SIZE is set, else 0. `struct`: the kernel's type that a BTF pointer
    must have or has; empty where the verifier works it out.
    """

    kind: str
    flags: frozenset[str] = frozenset()
    size: int = 0
    struct: str = ""

    @property
    def maybe_null(self) -> bool:
        return "PTR_MAYBE_NULL" in self.flags


class Proto(Frozen):
    """One `struct bpf_func_proto`: what a call needs and gives. `name` is the kernel's, without `bpf_` and `_proto`.

    gpl_only        only for programs whose license is compatible with the GPL
    pkt_access      arguments may point into a packet
    might_sleep     only for sleepable programs
    allow_fastcall  scratches no register but its arguments' and r0 (`bpf_fastcall`)
    allowed         the kernel's function that further limits the attach target, or empty
    """

    name: str
    returns: Kind
    arguments: tuple[Kind, ...]
    gpl_only: bool = False
    pkt_access: bool = False
    might_sleep: bool = False
    allow_fastcall: bool = False
    allowed: str = ""


class Rule(Frozen):
    """Programs that get `proto`: of one type; `attach_types` empty is any of them, a name in it else; `sleepable` None
    is both. The attach type "-" is a program loaded without one. `since`: where Linux allowed these programs later than
    6.12 (earlier changes are not kept), the release that did."""

    proto: Proto
    prog_type: str
    attach_types: frozenset[str] = frozenset()
    sleepable: bool | None = None
    since: tuple[int, int] | None = None


class Helper(Frozen):
    """A helper function. `prototype` is its C declaration in user space's types; `parameters` are (type, name) in C,
    without the `...` of a `variadic` one. `rules` say which programs may call it and with which proto."""

    id: int
    name: str
    since: tuple[int, int]
    prototype: str
    returns: str
    parameters: tuple[tuple[str, str], ...]
    variadic: bool
    protos: tuple[Proto, ...]
    rules: tuple[Rule, ...]

    def __repr__(self) -> str:
        return f"Helper({self.id}, {self.name!r})"

    def proto(
        self, prog_type: ProgType, attach_type: AttachType | None = None, sleepable: bool = False
    ) -> Proto | None:
        """What a call in such a program is checked by; None if such a program may not call it.

        STRUCT_OPS is as for tcp_congestion_ops. EXT (freplace) programs have the helpers of their target: ask with its type.
        """
        for rule in self.rules:
            if rule.prog_type != prog_type.name or (rule.sleepable is not None and rule.sleepable != sleepable):
                continue
            if not rule.attach_types or (attach_type.name if attach_type is not None else "-") in rule.attach_types:
                return rule.proto
        return None

    @property
    def prog_types(self) -> frozenset[str]:
        """The names of the program types of which at least some programs may call it."""
        return frozenset(rule.prog_type for rule in self.rules)

    @property
    def gpl_only(self) -> bool:
        """True if every proto of it is GPL-only."""
        return all(proto.gpl_only for proto in self.protos)


def helper(which: int | str) -> Helper:
    """The row of a helper, by id or by name (with or without `bpf_`). KeyError if there is none."""
    number = which if isinstance(which, int) else IDS[which.removeprefix("bpf_")]
    found = _helpers.get(number)
    if found is None:
        found = _helpers[number] = _read(number)
    return found


_helpers: dict[int, Helper] = {}
_protos: dict[str, Proto] = {}


def _read(number: int) -> Helper:
    from ebpf.uapi.helper_rows import ROWS

    first = since(number)
    prototype, served = ROWS[number - 1]
    head, _, tail = prototype.rstrip(")").partition("(")
    parameters = [] if tail == "void" else tail.split(", ")
    variadic = parameters[-1:] == ["..."]
    protos = {name: _proto(name) for name in served}
    return Helper(
        id=number,
        name=NAMES[number],
        since=first,
        prototype=prototype,
        returns=_declarator(head)[0],
        parameters=tuple(_declarator(p) for p in (parameters[:-1] if variadic else parameters)),
        variadic=variadic,
        protos=tuple(protos.values()),
        rules=tuple(_rules(protos, served)),
    )


def _declarator(text: str) -> tuple[str, str]:
    at = max(text.rfind(" "), text.rfind("*")) + 1
    return text[:at].rstrip(), text[at:]


def _kind(text: str) -> Kind:
    text, _, struct = text.partition("@")
    text, _, size = text.partition(":")
    kind, *flags = text.split("|")
    kind, implied = EXTENDED.get(kind, (kind, frozenset()))
    return Kind(kind, implied | frozenset(flags), int(size or 0), struct)


def _proto(name: str) -> Proto:
    if name not in _protos:
        from ebpf.uapi.helper_rows import PROTOS

        flags, returns, arguments = PROTOS[name]
        values: dict[str, bool | str] = {}
        for flag in flags.split():
            key, _, value = flag.partition("=")
            values[key] = value or True
        _protos[name] = Proto(name, _kind(returns), tuple(map(_kind, arguments.split())), **values)  # type: ignore[arg-type]
    return _protos[name]


def _rules(protos: dict[str, Proto], served: dict[str, str]) -> list[Rule]:
    out: list[Rule] = []
    rest: list[tuple[Proto, str]] = []
    for name, programs in served.items():
        words = programs.split()
        if words[:1] == ["*"]:
            out += [Rule(protos[name], t) for t in _prog_types() if "!" + t not in words]
        for word in words:
            word, _, release = word.partition("@")
            if word == "*" and release:
                rest.append((protos[name], release))
            elif word[0] not in "*!":
                sleepable = None if not word.endswith("sleepable") else word[-10] == "+"
                kind, _, attach = (word if sleepable is None else word[:-10]).partition(":")
                types = frozenset(attach.split(",")) if attach else frozenset()
                out.append(Rule(protos[name], kind, types, sleepable, _release(release)))
    for proto, release in rest:
        seen = {rule.prog_type for rule in out} | {"LIRC_MODE2"}
        out += [Rule(proto, t, since=_release(release)) for t in _prog_types() if t not in seen]
    return out


def _prog_types() -> list[str]:
    from ebpf.uapi.prog_types import ProgType

    return [t.name for t in ProgType if t.name not in ("UNSPEC", "EXT")]


def _release(text: str) -> tuple[int, int] | None:
    major, _, minor = text.partition(".")
    return (int(major), int(minor)) if text else None
