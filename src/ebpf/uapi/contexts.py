"""What programs are handed: the structs user space knows their contexts by, and what may be read and written in each.

Layouts are those of include/uapi/linux/bpf.h (Linux 6.18), the same on every 64-bit machine; pt_regs is per machine. What may
be accessed is by the kernel's `*_is_valid_access` functions (net/core/filter.c, kernel/bpf/cgroup.c,
kernel/trace/bpf_trace.c, net/netfilter/nf_bpf_link.c); tests/host/test_context_table.py asks the running kernel.

TRACING, LSM, STRUCT_OPS and EXT programs are not here: their arguments have the types of the function or struct member that they
are attached to, by BTF.
"""

from __future__ import annotations

from ebpf._record import Frozen
from ebpf.uapi.prog_types import ProgType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.uapi.attach_types import AttachType

#: Bytes of a type here. "ptr" is a 64-bit pointer (`__bpf_md_ptr`).
SIZES = {"u8": 1, "u16": 2, "u32": 4, "u64": 8, "s32": 4, "be16": 2, "be32": 4, "ptr": 8}

#: The contexts that come with a packet.
PACKET_STRUCTS = frozenset(["xdp_md", "__sk_buff", "sk_msg_md", "sk_reuseport_md"])
#: Of the types with a `__sk_buff`, those that see the link's header; to the others the packet begins behind it.
LINK_LEVEL = frozenset([ProgType.SCHED_CLS, ProgType.SCHED_ACT])


class Field(Frozen):
    """A member: `size` is that of one element in bytes, `count` the length of an array (1 else)."""

    name: str
    type: str
    offset: int
    size: int
    count: int = 1

    @property
    def end(self) -> int:
        return self.offset + self.size * self.count


class Context(Frozen):
    """A struct: `fields` in order of offsets, members of unions one after the other."""

    name: str
    size: int
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """KeyError if it has no such field."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


class Rule(Frozen):
    """How a field may be accessed. `mode`, always aligned to the access's own size unless it is "bytes":

    exact   the whole element
    narrow  reads of 1, 2, 4 (of 8-byte fields 8) bytes within an element; writes of a whole element
    narrow2 as narrow, not one byte
    head    as narrow, only from an element's first byte
    wide    as narrow, and 8 bytes that are two elements, for writes too
    any     1, 2, 4 or 8 bytes anywhere in the field, for writes too
    port    1 or 2 bytes of a 2-byte field, or 4 bytes from its start, as it once was
    bytes   1, 2, 4 or 8 bytes anywhere in the struct, across fields and whatever the alignment

    `pointer` is what a read gives if it is no number: the kernel's PTR_TO_… name; `struct` its BTF type where it has one.
    `read_in`, `write_in`: the attach types (names) it is limited to; empty is any.
    """

    field: Field
    mode: str
    read: bool = True
    write: bool = False
    pointer: str = ""
    struct: str = ""
    read_in: frozenset[str] = frozenset()
    write_in: frozenset[str] = frozenset()


#: Struct → members: `name:type[count]`, u32 where there is no type; "=" begins where the member before did (a union).
_LAYOUTS = {
    "__sk_buff": """
        len pkt_type mark queue_mapping protocol vlan_present vlan_tci vlan_proto priority ingress_ifindex ifindex tc_index
        cb[5] hash tc_classid data data_end napi_id family remote_ip4 local_ip4 remote_ip6[4] local_ip6[4] remote_port
        local_port data_meta flow_keys:ptr tstamp:u64 wire_len gso_segs sk:ptr gso_size tstamp_type:u8 hwtstamp:u64""",
    "xdp_md": "data data_end data_meta ingress_ifindex rx_queue_index egress_ifindex",
    "bpf_sock": """
        bound_dev_if family type protocol mark priority src_ip4 src_ip6[4] src_port dst_port:be16 dst_ip4 dst_ip6[4] state
        rx_queue_mapping:s32""",
    "bpf_tcp_sock": """
        snd_cwnd srtt_us rtt_min snd_ssthresh rcv_nxt snd_nxt snd_una mss_cache ecn_flags rate_delivered rate_interval_us
        packets_out retrans_out total_retrans segs_in data_segs_in segs_out data_segs_out lost_out sacked_out
        bytes_received:u64 bytes_acked:u64 dsack_dups delivered delivered_ce icsk_retransmits""",
    "bpf_xdp_sock": "queue_id",
    "bpf_sock_addr": """
        user_family user_ip4 user_ip6[4] user_port family type protocol msg_src_ip4 msg_src_ip6[4] sk:ptr""",
    "bpf_sock_ops": """
        op args[4] =reply =replylong[4] family remote_ip4 local_ip4 remote_ip6[4] local_ip6[4] remote_port local_port
        is_fullsock snd_cwnd srtt_us bpf_sock_ops_cb_flags state rtt_min snd_ssthresh rcv_nxt snd_nxt snd_una mss_cache
        ecn_flags rate_delivered rate_interval_us packets_out retrans_out total_retrans segs_in data_segs_in segs_out
        data_segs_out lost_out sacked_out sk_txhash bytes_received:u64 bytes_acked:u64 sk:ptr skb_data:ptr skb_data_end:ptr
        skb_len skb_tcp_flags skb_hwtstamp:u64""",
    "sk_msg_md": """
        data:ptr data_end:ptr family remote_ip4 local_ip4 remote_ip6[4] local_ip6[4] remote_port local_port size sk:ptr""",
    "sk_reuseport_md": "data:ptr data_end:ptr len eth_protocol ip_protocol bind_inany hash sk:ptr migrating_sk:ptr",
    "bpf_sysctl": "write file_pos",
    "bpf_sockopt": "sk:ptr optval:ptr optval_end:ptr level:s32 optname:s32 optlen:s32 retval:s32",
    "bpf_sk_lookup": """
        sk:ptr =cookie:u64 family protocol remote_ip4:be32 remote_ip6:be32[4] remote_port:be16 _pad:u16 local_ip4:be32
        local_ip6:be32[4] local_port ingress_ifindex""",
    "bpf_cgroup_dev_ctx": "access_type major minor",
    "bpf_flow_keys": """
        nhoff:u16 thoff:u16 addr_proto:u16 is_frag:u8 is_first_frag:u8 is_encap:u8 ip_proto:u8 n_proto:be16 sport:be16
        dport:be16 ipv6_src:u32[4] =ipv4_src:be32 ipv6_dst:u32[4] flags flow_label:be32""",
    # Both members are pointers in the kernel's own struct (include/linux/netfilter.h).
    "bpf_nf_ctx": "state:ptr skb:ptr",
    "bpf_raw_tracepoint_args": "args:u64[12]",
    # The same where the first argument is a buffer that the program may write to.
    "bpf_raw_tracepoint_args/writable": "buffer:u64 args:u64[11]",
    "bpf_perf_event_data": "regs:u64[21] sample_period:u64 addr:u64",
    "bpf_perf_event_data/aarch64": "regs:u64[34] sample_period:u64 addr:u64",
    "pt_regs": """
        r15:u64 r14:u64 r13:u64 r12:u64 bp:u64 bx:u64 r11:u64 r10:u64 r9:u64 r8:u64 ax:u64 cx:u64 dx:u64 si:u64 di:u64
        orig_ax:u64 ip:u64 cs:u64 flags:u64 sp:u64 ss:u64""",
    # What user space knows as user_pt_regs, and what the kernel's pt_regs has behind it.
    "pt_regs/aarch64": "regs:u64[31] sp:u64 pc:u64 pstate:u64 _kernel:u64[8]",
    # No struct has these: 8 bytes that belong to the kernel, then the record of the tracepoint's format file;
    # what the caller of BPF_PROG_TEST_RUN gives; the sample of an infrared receiver.
    "tracepoint": "_common:u64 record:u8[8184]",
    "syscall": "data:u8[65535]",
    "lirc": "sample",
}  # fmt: skip


def context(name: str, machine: str = "x86_64") -> Context:
    """A struct by its name. `machine` ("x86_64", "aarch64") counts for pt_regs and bpf_perf_event_data. KeyError if unknown."""
    key = f"{name}/{machine}" if f"{name}/{machine}" in _LAYOUTS else name
    found = _contexts.get(key)
    if found is None:
        found = _contexts[key] = _lay_out(name, _LAYOUTS[key])
    return found


_contexts: dict[str, Context] = {}


def _lay_out(name: str, members: str) -> Context:
    fields = []
    start = end = 0
    align = 1
    for member in members.split():
        union = member[0] == "="
        member = member.lstrip("=")
        member, _, count = member.rstrip("]").partition("[")
        member, _, type_ = member.partition(":")
        type_ = type_ or "u32"
        size = SIZES[type_]
        align = max(align, size)
        if not union:
            start = -(-end // size) * size
        fields.append(Field(member, type_, start, size, int(count or 1)))
        end = max(end, fields[-1].end)
    return Context(name, -(-end // align) * align, tuple(fields))


class _Owner(Frozen):
    """The rules of one kind of program or pointer, as text: see `_OWNERS`."""

    struct: str
    #: Fields that may be read; "*" is all, "-x" all but x, "a..b" from a to b.
    read: str = "*"
    write: str = ""
    #: "mode: fields" …; a field in none is "narrow" if it has 4 bytes or less, else "exact".
    modes: str = ""
    #: "field: PTR_TO_X" …
    pointers: str = ""
    #: "fields: attach types" …
    read_in: str = ""
    write_in: str = ""


_SKB_MODES = "any: cb | exact: data data_end data_meta remote_ip4..local_ip6"
_PACKET = "data: PTR_TO_PACKET | data_end: PTR_TO_PACKET_END"
_SKB_POINTERS = _PACKET + " | sk: PTR_TO_SOCK_COMMON_OR_NULL"
_TC = _Owner(
    "__sk_buff",
    read="* -family..local_port -flow_keys",
    write="mark tc_index priority tc_classid cb tstamp queue_mapping",
    modes=_SKB_MODES,
    pointers=_SKB_POINTERS + " | data_meta: PTR_TO_PACKET_META",
)
_LWT = _Owner(
    "__sk_buff",
    read="* -tc_classid -family..local_port -data_meta -tstamp -wire_len -hwtstamp -flow_keys -tstamp_type",
    write="mark priority cb",
    modes=_SKB_MODES,
    pointers=_SKB_POINTERS,
)
_IP4 = (
    "CGROUP_INET4_BIND CGROUP_INET4_CONNECT CGROUP_INET4_GETPEERNAME CGROUP_INET4_GETSOCKNAME CGROUP_UDP4_SENDMSG "
    "CGROUP_UDP4_RECVMSG"
)
_ADDR_IN = (
    f"user_ip4: {_IP4} | user_ip6: {_IP4.replace('4', '6')} | "
    "msg_src_ip4: CGROUP_UDP4_SENDMSG | msg_src_ip6: CGROUP_UDP6_SENDMSG"
)
_SOCK_MODES = (
    "head: state family type protocol src_port rx_queue_mapping | exact: bound_dev_if mark priority | port: dst_port"
)
_CREATE = "CGROUP_INET_SOCK_CREATE CGROUP_INET_SOCK_RELEASE"

#: Program type, or kind of pointer to a struct of the same sort → its rules.
_OWNERS = {
    "SOCKET_FILTER": _Owner(
        "__sk_buff",
        read="* -tc_classid -data -data_meta -data_end -family..local_port -tstamp -wire_len -hwtstamp -flow_keys -tstamp_type",
        write="cb",
        modes=_SKB_MODES,
        pointers="sk: PTR_TO_SOCK_COMMON_OR_NULL",
    ),
    "SCHED_CLS": _TC,
    "SCHED_ACT": _TC,
    "CGROUP_SKB": _Owner(
        "__sk_buff",
        read="* -tc_classid -data_meta -wire_len -flow_keys -tstamp_type",
        write="mark priority cb tstamp",
        modes=_SKB_MODES,
        pointers=_SKB_POINTERS,
    ),
    "LWT_IN": _LWT,
    "LWT_OUT": _LWT,
    "LWT_XMIT": _LWT,
    "LWT_SEG6LOCAL": _LWT,
    "SK_SKB": _Owner(
        "__sk_buff",
        read="* -tc_classid -data_meta -tstamp -wire_len -hwtstamp -mark -flow_keys -tstamp_type",
        write="tc_index priority",
        modes=_SKB_MODES,
        pointers=_SKB_POINTERS,
    ),
    "FLOW_DISSECTOR": _Owner(
        "__sk_buff",
        read="data data_end flow_keys",
        modes="exact: data data_end",
        pointers=_PACKET + " | flow_keys: PTR_TO_FLOW_KEYS",
    ),
    "XDP": _Owner(
        "xdp_md",
        modes="exact: *",
        pointers=_PACKET + " | data_meta: PTR_TO_PACKET_META",
        read_in="egress_ifindex: XDP_DEVMAP",
    ),
    "CGROUP_SOCK": _Owner(
        "bpf_sock",
        write="bound_dev_if mark priority",
        modes=_SOCK_MODES,
        read_in=f"bound_dev_if mark priority: {_CREATE} | src_ip4: CGROUP_INET4_POST_BIND | src_ip6: CGROUP_INET6_POST_BIND"
        " | src_port: CGROUP_INET4_POST_BIND CGROUP_INET6_POST_BIND",
        write_in=f"bound_dev_if mark priority: {_CREATE}",
    ),
    "CGROUP_SOCK_ADDR": _Owner(
        "bpf_sock_addr",
        write="user_ip4 user_ip6 user_port msg_src_ip4 msg_src_ip6",
        modes="exact: user_family family type protocol | wide: user_ip6 msg_src_ip6",
        pointers="sk: PTR_TO_SOCKET",
        read_in=_ADDR_IN,
        write_in=_ADDR_IN,
    ),
    "SOCK_OPS": _Owner(
        "bpf_sock_ops",
        write="reply sk_txhash",
        modes="head: skb_tcp_flags | exact: *",
        pointers="sk: PTR_TO_SOCKET_OR_NULL | skb_data: PTR_TO_PACKET | skb_data_end: PTR_TO_PACKET_END",
    ),
    "SK_MSG": _Owner("sk_msg_md", modes="exact: *", pointers=_PACKET + " | sk: PTR_TO_SOCKET"),
    "SK_REUSEPORT": _Owner(
        "sk_reuseport_md",
        modes="exact: hash | narrow2: eth_protocol",
        pointers=_PACKET + " | sk: PTR_TO_SOCKET | migrating_sk: PTR_TO_SOCK_COMMON_OR_NULL",
    ),
    "SK_LOOKUP": _Owner("bpf_sk_lookup", modes="port: remote_port", pointers="sk: PTR_TO_SOCKET_OR_NULL"),
    "CGROUP_DEVICE": _Owner("bpf_cgroup_dev_ctx", modes="exact: major minor"),
    "CGROUP_SYSCTL": _Owner("bpf_sysctl", write="file_pos"),
    "CGROUP_SOCKOPT": _Owner(
        "bpf_sockopt",
        write="retval optname level optlen",
        modes="exact: *",
        pointers="sk: PTR_TO_SOCKET | optval: PTR_TO_PACKET | optval_end: PTR_TO_PACKET_END",
        read_in="retval: CGROUP_GETSOCKOPT",
        write_in="retval: CGROUP_GETSOCKOPT | optname level: CGROUP_SETSOCKOPT",
    ),
    "NETFILTER": _Owner("bpf_nf_ctx", pointers="state: PTR_TO_BTF_ID@nf_hook_state | skb: PTR_TO_BTF_ID@sk_buff"),
    "KPROBE": _Owner("pt_regs", modes="any: *"),
    "TRACEPOINT": _Owner("tracepoint", read="record", modes="any: record"),
    "RAW_TRACEPOINT": _Owner("bpf_raw_tracepoint_args", modes="any: args"),
    "RAW_TRACEPOINT_WRITABLE": _Owner(
        "bpf_raw_tracepoint_args/writable", modes="any: args", pointers="buffer: PTR_TO_TP_BUFFER"
    ),
    "PERF_EVENT": _Owner("bpf_perf_event_data", modes="exact: regs | narrow: sample_period addr"),
    "SYSCALL": _Owner("syscall", write="data", modes="any: data"),
    "LIRC_MODE2": _Owner("lirc", modes="exact: sample"),
    # What helpers and fields point to.
    "PTR_TO_SOCKET": _Owner("bpf_sock", modes=_SOCK_MODES),
    "PTR_TO_SOCK_COMMON": _Owner("bpf_sock", read="* -type..priority", modes=_SOCK_MODES),
    "PTR_TO_TCP_SOCK": _Owner("bpf_tcp_sock", modes="exact: *"),
    "PTR_TO_XDP_SOCK": _Owner("bpf_xdp_sock", modes="exact: *"),
    "PTR_TO_FLOW_KEYS": _Owner("bpf_flow_keys", write="*", modes="bytes: *"),
}


def rules(owner: ProgType | str, machine: str = "x86_64") -> dict[str, Rule]:
    """Field → how programs of a type may access it in their context, or, for "PTR_TO_SOCKET" and the like, in what such a
    pointer points to. Fields that may be neither read nor written are left out. Empty for the types that BTF describes."""
    name = owner if isinstance(owner, str) else owner.name
    key = (name, machine)
    if key not in _rules:
        text = _OWNERS.get(name)
        _rules[key] = _read(text, context(text.struct, machine)) if text is not None else {}
    return _rules[key]


def access(
    owner: ProgType | str,
    offset: int,
    size: int,
    *,
    write: bool = False,
    attach_type: AttachType | None = None,
    sign_extend: bool = False,
    machine: str = "x86_64",
) -> Rule | None:
    """The rule that allows an access of `size` bytes at `offset`; None if the kernel refuses it.

    `sign_extend`: it is a sign-extending load, which packet pointers can't be read by.
    """
    if size not in (1, 2, 4, 8) or offset < 0:
        return None
    table = rules(owner, machine)
    for rule in table.values():
        field = rule.field
        if not field.offset <= offset < field.end:
            continue
        only = rule.write_in if write else rule.read_in
        if (
            (rule.write if write else rule.read)
            and (not only or (attach_type is not None and attach_type.name in only))
            and not (sign_extend and rule.pointer.startswith("PTR_TO_PACKET"))
            and (_fits(rule, offset, size, write) or (rule.mode == "bytes" and offset + size <= _end(table)))
        ):
            return rule
    return None


def _end(table: dict[str, Rule]) -> int:
    return max(rule.field.end for rule in table.values())


def _fits(rule: Rule, offset: int, size: int, write: bool) -> bool:
    field, mode = rule.field, rule.mode
    if offset % size or mode == "bytes":
        return False
    if mode == "any":
        return offset + size <= field.end
    if mode == "wide" and size == 8:
        return offset + 8 <= field.end
    if mode == "port" and size == 4:
        return offset == field.offset
    if write or mode == "exact":
        return size == field.size and (offset - field.offset) % field.size == 0
    if mode == "head" and (offset - field.offset) % field.size:
        return False
    return size <= field.size and (mode != "narrow2" or size >= 2)


_rules: dict[tuple[str, str], dict[str, Rule]] = {}


def _read(text: _Owner, struct: Context) -> dict[str, Rule]:
    names = [field.name for field in struct.fields]
    read, write = _names(text.read, names), _names(text.write, names)
    modes = {name: mode for mode, list_ in _pairs(text.modes) for name in _names(list_, names)}
    # A named field goes before "*".
    modes |= {name: mode for mode, list_ in _pairs(text.modes) if "*" not in list_ for name in _names(list_, names)}
    pointers = dict(_pairs(text.pointers))
    read_in = {name: types for list_, types in _pairs(text.read_in) for name in list_.split()}
    write_in = {name: types for list_, types in _pairs(text.write_in) for name in list_.split()}
    out = {}
    for field in struct.fields:
        name = field.name
        if name in read or name in write:
            pointer, _, target = pointers.get(name, "").partition("@")
            out[name] = Rule(
                field,
                modes.get(name, "narrow" if field.size <= 4 else "exact"),
                name in read,
                name in write,
                pointer,
                target,
                frozenset(read_in.get(name, "").split()),
                frozenset(write_in.get(name, "").split()),
            )
    return out


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs = [part.split(":") for part in text.split("|") if part.strip()]
    return [(left.strip(), right.strip()) for left, right in pairs]


def _names(text: str, names: list[str]) -> set[str]:
    out: set[str] = set()
    for word in text.split():
        first, _, last = word.lstrip("-").partition("..")
        some = names if first == "*" else names[names.index(first) : names.index(last or first) + 1]
        out = out - set(some) if word[0] == "-" else out | set(some)
    return out
