"""Which maps a program of a type may use at all, before any instruction is looked at."""

from __future__ import annotations

from ebpf.verifier.messages import Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.verifier.core import Verifier
    from ebpf.verifier.regs import MapInfo

#: A program may name so many maps.
MOST = 64
_TRACING = frozenset(("KPROBE", "TRACEPOINT", "PERF_EVENT", "RAW_TRACEPOINT", "RAW_TRACEPOINT_WRITABLE"))
#: Special field → what Linux calls it, where programs that trace can't use it.
_NOT_TRACING = {
    "bpf_list_head": "bpf_{list_head,rb_root}", "bpf_rb_root": "bpf_{list_head,rb_root}", "bpf_spin_lock": "bpf_spin_lock",
    "bpf_res_spin_lock": "bpf_spin_lock", "bpf_timer": "bpf_timer", "bpf_wq": "bpf_wq",
}  # fmt: skip
#: What programs that sleep may use.
_SLEEPABLE = frozenset(
    (
        "HASH", "LRU_HASH", "ARRAY", "PERCPU_HASH", "PERCPU_ARRAY", "LRU_PERCPU_HASH", "ARRAY_OF_MAPS", "HASH_OF_MAPS",
        "RINGBUF", "USER_RINGBUF", "INODE_STORAGE", "SK_STORAGE", "TASK_STORAGE", "CGRP_STORAGE", "QUEUE", "STACK", "ARENA",
        "INSN_ARRAY", "PROG_ARRAY",
    )
)  # fmt: skip


def check(v: Verifier) -> None:
    """Raises Refusal for a map that the program can't use."""
    if len(v.maps) > MOST:
        raise Refusal("map-kind", f"The total number of maps per program has reached the limit of {MOST}", slot=0)
    for reference in v.program.references:
        info = v.maps.get(reference.name) if reference.kind in ("map", "map_value") else None
        if info is not None:
            wrong = _wrong(v, info)
            if wrong:
                raise Refusal("map-kind", wrong, slot=reference.slot)
    for kinds, text in (
        (("CGROUP_STORAGE",), "only one cgroup storage of each type is allowed"),
        (("PERCPU_CGROUP_STORAGE",), "only one cgroup storage of each type is allowed"),
        (("ARENA",), "Only one arena per program"),
    ):
        if sum(info.spec.type.name in kinds for info in v.maps.values()) > 1:
            raise Refusal("map-kind", text, slot=0)


def _wrong(v: Verifier, info: MapInfo) -> str:
    name = info.spec.type.name
    kinds = {field[0] for field in info.fields.values()}
    if v.type_name in _TRACING:
        for kind in sorted(kinds & _NOT_TRACING.keys()):
            return f"tracing progs cannot use {_NOT_TRACING[kind]} yet"
    if v.type_name == "SOCKET_FILTER" and kinds & {"bpf_spin_lock", "bpf_res_spin_lock"}:
        return "socket filter progs cannot use bpf_spin_lock yet"
    if name == "STRUCT_OPS":
        return "bpf_struct_ops map cannot be used in prog"
    if v.sleepable and name not in _SLEEPABLE:
        return "Sleepable programs can only use array, hash, ringbuf and local storage maps"
    if name == "ARENA" and not v.pointer_leaks_ok:
        return "CAP_BPF and CAP_PERFMON are required to use arena"
    return ""
