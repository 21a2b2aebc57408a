"""The types that CO-RE finds in the vm."""

from __future__ import annotations

import pytest

import ebpf
from compiling import compiled
from ebpf.btf import types
from ebpf.vm.target import target_btf
from ebpf.vm.trace.machine import AARCH64, X86_64


@pytest.mark.parametrize(
    ("struct", "size", "offsets"),
    [
        ("trace_entry", 8, {"type": 0, "flags": 2, "preempt_count": 3, "pid": 4}),
        ("trace_event_raw_sys_enter", 64, {"id": 8, "args": 16, "__data": 64}),
        ("trace_event_raw_sys_exit", 24, {"id": 8, "ret": 16}),
        ("syscall_trace_exit", 24, {"nr": 8, "ret": 16}),
        (
            "trace_event_raw_sched_process_fork",
            48,
            {"parent_comm": 8, "parent_pid": 24, "child_comm": 28, "child_pid": 44},
        ),
        ("trace_event_raw_sched_process_exec", 20, {"__data_loc_filename": 8, "pid": 12, "old_pid": 16}),
        ("trace_event_raw_sched_process_exit", 36, {"comm": 8, "pid": 24, "prio": 28, "group_dead": 32}),
    ],
)
def test_layouts(struct: str, size: int, offsets: dict[str, int]) -> None:
    for machine in ("x86_64", "aarch64", "riscv64"):
        btf = target_btf(machine)
        found = btf.type(btf.find(struct))
        assert isinstance(found, types.Struct)
        assert found.size == size
        assert {name: found.member(name).bit_offset // 8 for name in offsets} == offsets


def test_registers() -> None:
    btf = target_btf("x86_64")
    regs = btf.type(btf.find("pt_regs"))
    assert isinstance(regs, types.Struct)
    assert regs.size == 8 * X86_64.context
    for names, index in ((("di", "rdi"), 14), (("orig_ax", "orig_rax"), 15), (("r10",), 7), (("ss",), 20)):
        assert {regs.member(name).bit_offset for name in names} == {64 * index}
    btf = target_btf("aarch64")
    regs = btf.type(btf.find("pt_regs"))
    assert isinstance(regs, types.Struct)
    assert regs.member("orig_x0").bit_offset == 64 * AARCH64.context
    assert regs.member("syscallno").bit_offset == 64 * AARCH64.context + 64
    assert btf.size(btf.find("user_pt_regs")) == 8 * AARCH64.context


def test_facts_of_the_vm_do_not_depend_on_the_kernel_beneath(monkeypatch: pytest.MonkeyPatch) -> None:
    """An old kernel has neither cookies nor wrappers; links and system calls here have them. What the caller says comes first."""
    from ebpf.elf import kconfig

    spec = compiled(
        '#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nchar l[] SEC("license") = "GPL";\n'
        "extern _Bool LINUX_HAS_BPF_COOKIE __kconfig;\nextern _Bool LINUX_HAS_SYSCALL_WRAPPER __kconfig;\n"
        "extern unsigned int LINUX_KERNEL_VERSION __kconfig;\n"
        'SEC("xdp") int p(void *c) { return LINUX_HAS_BPF_COOKIE + 2 * LINUX_HAS_SYSCALL_WRAPPER + '
        "4 * (LINUX_KERNEL_VERSION == 0x50400); }\n"
    )
    old = {"LINUX_KERNEL_VERSION": 0x50400, "LINUX_HAS_BPF_COOKIE": 0, "LINUX_HAS_SYSCALL_WRAPPER": 0}
    monkeypatch.setattr(kconfig, "this_machine", lambda names=None: old)
    for given, wanted in ((None, 7), ({"LINUX_HAS_BPF_COOKIE": 0}, 6), ({"LINUX_KERNEL_VERSION": 1}, 3)):
        with ebpf.load(spec, engine="vm", kconfig=given) as obj:
            assert obj.programs["p"].run(bytes(64)).retval == wanted
