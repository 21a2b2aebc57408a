"""Why a helper is not in the vm, in a few words: what `load` says when a program calls it."""

from __future__ import annotations

_REASONS: tuple[tuple[str, str], ...] = (
    ("it walks kernel objects by their BTF types", "d_path seq_printf seq_write seq_printf_btf snprintf_btf find_vma"),
    ("there is no task_struct here", "task_pt_regs get_current_task_btf copy_from_user_task task_storage_get"),
)


def reason(name: str) -> str:
    """The reason for a helper by name, without `bpf_`."""
    for why, names in _REASONS:
        if name in names.split():
            return why
    return "it means nothing outside of the kernel"
