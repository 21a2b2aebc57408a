"""What the target of a section name is called in the kernel's types, by expected attach type.

The kernel's macros make these names: DECLARE_TRACE (`btf_trace_NAME`), DEFINE_BPF_ITER_FUNC (`bpf_iter_NAME`), LSM_HOOK
(`bpf_lsm_NAME`); a function is called as it is.
"""

from __future__ import annotations

from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.btf import Kind

#: attach type → what stands before the target's name, the kind of its type, and what to call it for a person.
TARGETS = {
    AttachType.TRACE_RAW_TP: ("btf_trace_", Kind.TYPEDEF, "tracepoint"),
    AttachType.TRACE_ITER: ("bpf_iter_", Kind.FUNC, "iterator"),
    AttachType.LSM_MAC: ("bpf_lsm_", Kind.FUNC, "security hook"),
    AttachType.LSM_CGROUP: ("bpf_lsm_", Kind.FUNC, "security hook"),
    AttachType.TRACE_FENTRY: ("", Kind.FUNC, "function with types"),
    AttachType.TRACE_FEXIT: ("", Kind.FUNC, "function with types"),
    AttachType.MODIFY_RETURN: ("", Kind.FUNC, "function with types"),
    AttachType.TRACE_FSESSION: ("", Kind.FUNC, "function with types"),
}
#: What stands before the name of a system call in that of its functions: by architecture, then what all have
#: (arch/*/include/asm/syscall_wrapper.h; one without arguments has only the last in the types).
SYSCALL_PREFIXES = ("__x64_sys_", "__arm64_sys_", "__s390x_sys_", "__riscv_sys_", "sys_", "__se_sys_", "__do_sys_")
