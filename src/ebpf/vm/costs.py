"""What a call of a helper takes off the budget, in slots: in proportion to the time that it takes in the interpreter, where a
slot is some 50 ns. So a program that calls helpers in a loop ends when one that doesn't would, and in machine code at the
same call.

What goes by bytes is charged besides where the bytes are known: `Machine.read` and `write`, above `BY_BYTES`. Machine code leaves
so many to Python.
"""

from __future__ import annotations

from ebpf.uapi.helpers import IDS

#: Of all that isn't below, kernel functions and helpers of the engine's own included.
USUAL = 50
#: Of each round of a helper that goes round (bpf_loop, bpf_for_each_map_elem), with the slots of the function that it calls.
ROUND = 8
#: More bytes than this cost a slot for each so many.
BY_BYTES, BYTES_A_SLOT = 512, 64

_COSTS = {
    30: """
        map_lookup_elem map_update_elem map_delete_elem ktime_get_ns ktime_get_coarse_ns ktime_get_boot_ns
        ktime_get_tai_ns get_prandom_u32 get_smp_processor_id get_numa_node_id
    """,
    120: """
        trace_printk trace_vprintk perf_event_output skb_output xdp_output snprintf get_ns_current_pid_tgid
        copy_from_user copy_from_user_task probe_read_user probe_read_user_str clone_redirect fib_lookup
        skb_vlan_push skb_vlan_pop get_current_comm btf_find_by_name_kind sys_bpf
    """,
    2000: "get_stackid get_stack get_task_stack",
}
_cost_of = {IDS[name]: cost for cost, names in _COSTS.items() for name in names.split()}


def cost_of(number: int) -> int:
    """Slots that a call of a helper takes."""
    return _cost_of.get(number, USUAL)


def of_bytes(size: int) -> int:
    """Slots that so many bytes take."""
    return size // BYTES_A_SLOT if size > BY_BYTES else 0
