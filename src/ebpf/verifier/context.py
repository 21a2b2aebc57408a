"""Access to the context: what a field gives. What may be accessed is in `ebpf.uapi.contexts`."""

from __future__ import annotations

import platform

from ebpf.uapi import contexts
from ebpf.verifier import attached, objects
from ebpf.verifier.messages import Refusal
from ebpf.verifier.regs import (
    BTF_ID,
    FLOW_KEYS,
    MAYBE_NULL,
    PACKET,
    PACKET_END,
    PACKET_META,
    SOCK_COMMON,
    SOCKET,
    TCP_SOCK,
    TP_BUFFER,
    TRUSTED,
    XDP_SOCK,
    Reg,
)  # fmt: skip
from ebpf.verifier.scalar import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Verifier

#: Program types whose context is plain memory for helpers: no field in it stands for another.
_UNCONVERTED = frozenset(
    (
        "KPROBE", "TRACEPOINT", "RAW_TRACEPOINT", "RAW_TRACEPOINT_WRITABLE", "TRACING", "LSM", "CGROUP_DEVICE", "SYSCALL",
        "STRUCT_OPS", "LIRC_MODE2", "NETFILTER", "EXT",
    )
)  # fmt: skip
_TYPED = frozenset(("TRACING", "LSM", "STRUCT_OPS", "EXT"))
_POINTERS = {
    "PTR_TO_PACKET": PACKET, "PTR_TO_PACKET_END": PACKET_END, "PTR_TO_PACKET_META": PACKET_META,
    "PTR_TO_FLOW_KEYS": FLOW_KEYS, "PTR_TO_SOCKET": SOCKET, "PTR_TO_SOCKET_OR_NULL": SOCKET | MAYBE_NULL,
    "PTR_TO_SOCK_COMMON_OR_NULL": SOCK_COMMON | MAYBE_NULL, "PTR_TO_TP_BUFFER": TP_BUFFER,
    "PTR_TO_BTF_ID": BTF_ID | TRUSTED,
}  # fmt: skip
#: Program type → the struct that stands for its context in C.
STRUCTS = {
    "SOCKET_FILTER": "__sk_buff", "SCHED_CLS": "__sk_buff", "SCHED_ACT": "__sk_buff", "XDP": "xdp_md",
    "CGROUP_SKB": "__sk_buff", "CGROUP_SOCK": "bpf_sock", "CGROUP_SOCK_ADDR": "bpf_sock_addr", "LWT_IN": "__sk_buff",
    "LWT_OUT": "__sk_buff", "LWT_XMIT": "__sk_buff", "LWT_SEG6LOCAL": "__sk_buff", "SOCK_OPS": "bpf_sock_ops",
    "SK_SKB": "__sk_buff", "SK_MSG": "sk_msg_md", "FLOW_DISSECTOR": "__sk_buff", "KPROBE": "bpf_user_pt_regs_t",
    "PERF_EVENT": "bpf_perf_event_data", "RAW_TRACEPOINT": "bpf_raw_tracepoint_args",
    "RAW_TRACEPOINT_WRITABLE": "bpf_raw_tracepoint_args", "CGROUP_DEVICE": "bpf_cgroup_dev_ctx",
    "CGROUP_SYSCTL": "bpf_sysctl", "CGROUP_SOCKOPT": "bpf_sockopt", "LIRC_MODE2": "u32",
    "SK_REUSEPORT": "sk_reuseport_md", "SK_LOOKUP": "bpf_sk_lookup", "NETFILTER": "bpf_nf_ctx",
}  # fmt: skip
#: What of the kernel's own structs stands for the context, too, where a kernel function takes it; of no other.
PROJECTIONS = {"__sk_buff": "sk_buff", "xdp_md": "xdp_buff"}
_SOCKETS = {
    SOCKET: "PTR_TO_SOCKET", SOCK_COMMON: "PTR_TO_SOCK_COMMON", TCP_SOCK: "PTR_TO_TCP_SOCK", XDP_SOCK: "PTR_TO_XDP_SOCK",
}  # fmt: skip
#: Fields of __sk_buff that CGROUP_SKB programs get only with CAP_BPF (for writing: the time stamp).
_CAPABLE = frozenset(("data", "data_end"))


def stands_for_context(type_name: str, struct: str) -> bool:
    """Whether an argument of that struct is the context of a program of the type."""
    name = STRUCTS.get(type_name, "")
    return bool(struct) and struct in (name, PROJECTIONS.get(name))


class Context:
    """The rules for the context of one program."""

    def __init__(self, v: Verifier) -> None:
        self.name = v.type_name
        self.attach = v.program.attach_type
        if self.name == "CGROUP_SOCK" and self.attach is None:
            from ebpf.uapi.attach_types import AttachType

            self.attach = AttachType.CGROUP_INET_SOCK_CREATE
        self.converted = self.name not in _UNCONVERTED
        self.machine = platform.machine()
        self._known: dict[tuple[int, int, bool, bool], contexts.Rule | None] = {}

    def access(self, v: Verifier, off: int, size: int, write: bool, sign: bool) -> Reg:
        """What a load of the context gives. Raises Refusal for what may not be accessed."""
        if self.name in _TYPED:
            return attached.context_field(v, off, size, write)
        key = (off, size, write, sign)
        if key not in self._known:
            self._known[key] = contexts.access(
                self.name, off, size, write=write, attach_type=self.attach, sign_extend=sign, machine=self.machine
            )
        rule = self._known[key]
        if rule is None or self._needs_more(v, rule, write):
            raise Refusal(
                "context", f"invalid bpf_context access off={off} size={size}",
                required="a field of the context that this program type may access, in its width",
            )  # fmt: skip
        if self.name == "SYSCALL":
            v.reach_buffer("context", off + size)
        if not rule.pointer:
            return UNKNOWN.reg
        type = _POINTERS[rule.pointer]
        if rule.pointer == "PTR_TO_BTF_ID":
            return objects.pointer_to(v, rule.struct, TRUSTED)
        return Reg(type, id=v.new_id() if type & MAYBE_NULL else 0, aux=0 if type in (PACKET, PACKET_META) else None)

    def _needs_more(self, v: Verifier, rule: contexts.Rule, write: bool) -> bool:
        if v.capable or self.name != "CGROUP_SKB":
            return False
        return rule.field.name in _CAPABLE or (write and rule.field.name == "tstamp")

    def socket_access(self, kind: int, off: int, size: int) -> bool:
        """Whether a field of a socket may be read."""
        return contexts.access(_SOCKETS[kind], off, size) is not None
