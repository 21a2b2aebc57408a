"""The kernel functions (kfuncs) of the vm, all of them: whoever wants one imports this, which reads the files that add them."""

from __future__ import annotations

from ebpf.vm.helpers import basics, control, cpumasks, dynptrs, owned, strings, tasks
from ebpf.vm.helpers.registry import KFUNCS

#: After these, what was found of memory must be looked for anew.
FORGETFUL = frozenset(
    (
        "bpf_obj_drop_impl", "bpf_percpu_obj_drop_impl", "bpf_cpumask_release", "bpf_list_push_front_impl",
        "bpf_list_push_back_impl", "bpf_rbtree_add_impl", "bpf_throw",
    )
)  # fmt: skip

__all__ = ["FORGETFUL", "KFUNCS", "basics", "control", "cpumasks", "dynptrs", "owned", "strings", "tasks"]
