"""Objects of the kernel that programs find in the vm: where their members are, what they hold, and that they can't be misused."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from trace_host import can_trace

import ebpf
from compiling import a_compiler
from ebpf.btf import Array, Const, Int, Member, Pointer, Struct, Typedef, Union
from ebpf.btf.build import Builder
from ebpf.errors import Fault
from ebpf.vm.engine import VmEngine
from ebpf.vm.kernel_objects import SHOWN, STRINGS, KernelObjects, address_of, places, task_at
from ebpf.vm.task import ProcTask, SelfTask

HEAD = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>
char LICENSE[] SEC("license") = "GPL";
#pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
struct kuid { unsigned int val; };
struct cred { long usage; struct kuid uid; unsigned long cap_effective; };
struct task_struct {
	long state; union { int pid; char bytes[8]; }; int tgid; struct task_struct *real_parent; char comm[16]; int exit_code;
	const struct cred *cred; void *stack; unsigned long start_time;
};
struct task_struct___new { unsigned int __state; int pid; };
struct linux_binprm { void *vma; const char *filename; };
#pragma clang attribute pop
long numbers[8];
char text[4][64];
"""


def objects(btf: Any, task: Any = None) -> KernelObjects:
    return KernelObjects(btf, {}, task or SelfTask())


def number(shown: KernelObjects, address: int, size: int = 4) -> int:
    found = shown.window(address, size)
    assert found is not None
    start, length, view = found
    assert 0 <= address - start <= length - size
    return int.from_bytes(view[address - start : address - start + size], sys.byteorder)


def test_every_object_has_its_own_addresses() -> None:
    kinds = [*SHOWN, *STRINGS]
    spans = sorted(address_of(kind, pid) for kind in kinds for pid in (0, 1, 4_194_303))
    assert len(set(spans)) == 3 * len(kinds)
    assert all(second - first >= 1 << 16 for first, second in pairwise(spans))
    assert spans[0] >= 1 << 63 and spans[-1] + (1 << 16) < 0xFFFF_C900_0000_0000, "where the registers are"
    assert [task_at(address_of("task_struct", pid)) for pid in (0, 7, 4_194_303)] == [0, 7, 4_194_303]
    assert [task_at(address) for address in (0, address_of("task_struct", 7) + 8, address_of("cred", 7))] == [None] * 3
    assert address_of("task_struct", -1) == address_of("task_struct", 1 << 22) == 0


def types() -> tuple[Any, int]:
    """A task_struct with members inside others, behind a typedef, and as a bit field; and where `pid` is."""
    builder = Builder([Int("int", 4), Int("char", 1)])
    pid_t = builder.add(Typedef("pid_t", 1))
    inner = builder.add(Union("", 8, [Member("tgid", pid_t, 0), Member("whole", builder.add(Const(1)), 0)]))
    comm = builder.add(Array(2, 1, 8))
    login = builder.add(Struct("kuid", 4, [Member("val", 1, 0)]))
    members = [
        Member("pid", pid_t, 32), Member("", inner, 64), Member("comm", comm, 128), Member("exit_code", 1, 192, 4),
        Member("loginuid", login, 224), Member("real_parent", builder.add(Pointer(0)), 256),
    ]  # fmt: skip
    builder.add(Struct("task_struct", 40, members))
    return builder.btf(), 4


def test_members_are_where_the_programs_own_types_have_them() -> None:
    size, found = places(types()[0], "task_struct")
    assert size == 40
    rows = {value: name for name, value in reversed(SHOWN["task_struct"].items())}
    assert {rows[value]: (offset, length) for offset, length, value in found} == {
        "pid": (4, 4),
        "tgid": (8, 4),
        "comm": (16, 8),
        "loginuid.val": (28, 4),
        "real_parent": (32, 8),
    }
    assert places(types()[0], "cred") == (0, [])


def test_what_a_task_is() -> None:
    task = SelfTask()
    shown = objects(types()[0], task)
    here = address_of("task_struct", task.pid)
    assert number(shown, here + 4) == task.pid
    assert number(shown, here + 8) == os.getpid()
    assert number(shown, here + 32, 8) == address_of("task_struct", os.getppid())
    assert number(shown, here) == 0, "nobody says what that is"
    found = shown.window(here + 16, 8)
    assert found is not None
    assert bytes(found[2][16:24]) == task.comm[:8].ljust(8, b"\0")
    parent = address_of("task_struct", os.getppid())
    assert number(shown, parent + 8) == os.getppid()


@pytest.mark.parametrize("address", [0, 1, 0xFFFF_8880_0000_0000 - 1, (1 << 64) - 8, address_of("cred", 1)])
def test_where_nothing_is_nothing_is_found(address: int) -> None:
    assert objects(types()[0]).window(address, 8) is None
    assert objects(None).window(address_of("task_struct", os.getpid()), 4) is None, "a program without types"
    assert objects(types()[0]).window(address_of("task_struct", 1) + 36, 8) is None, "over the end"


def test_a_task_that_is_gone_is_all_zeros() -> None:
    gone = ProcTask(4_194_303)
    assert (gone.tgid, gone.ppid, gone.comm, gone.uid, gone.start_time, gone.cgroup_id) == (4_194_303, 0, b"", 0, 0, 0)
    assert ProcTask(0).comm == b"swapper/0"
    for rows in SHOWN.values():
        for value in rows.values():
            assert isinstance(value(gone), (int, bytes))
    for text in STRINGS.values():
        assert text(gone) == b""


def test_a_value_is_asked_for_when_it_is_read_and_once_in_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Asked(SelfTask):
        @property
        def exit_code(self) -> int:
            asked.append("exit_code")
            return 256

    builder = Builder([Int("int", 4)])
    builder.add(Struct("task_struct", 8, [Member("pid", 1, 0), Member("exit_code", 1, 32)]))
    task = Asked()
    shown, here = objects(builder.btf(), task), address_of("task_struct", task.pid)
    assert number(shown, here) == task.pid
    assert asked == []
    assert [number(shown, here + 4) for _ in range(3)] == [256] * 3
    assert asked == ["exit_code"]


@pytest.fixture(params=[False, True], ids=["interpreted", "machine code"])
def load(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Any]:
    if request.param:
        pytest.importorskip("llvmlite")

    def loaded(body: str) -> Any:
        source = tmp_path / "a.bpf.c"
        source.write_text(HEAD + body)
        with a_compiler():
            spec = ebpf.compile(source)
        obj = ebpf.load(spec, engine=VmEngine(jit=request.param))
        request.addfinalizer(obj.close)
        return obj

    return loaded


def test_a_program_reads_its_task(load: Callable[[str], Any]) -> None:
    obj = load("""
    SEC("raw_tp/x") int p(void *ctx) {
      struct task_struct *task = (void *)bpf_get_current_task();
      numbers[0] = BPF_CORE_READ(task, pid);
      numbers[1] = BPF_CORE_READ(task, real_parent, tgid);
      numbers[2] = BPF_CORE_READ(task, cred, uid.val);
      numbers[3] = bpf_core_field_exists(((struct task_struct___new *)0)->pid)
        + 2 * bpf_core_field_exists(((struct task_struct___new *)0)->__state);
      numbers[4] = bpf_core_read(text[1], 8, &task->stack) || text[1][0];
      numbers[5] = bpf_probe_read_kernel(text[2], 64, (void *)task + bpf_core_type_size(struct task_struct) - 63);
      BPF_CORE_READ_STR_INTO(&text[0], task, comm);
      return 0; }
    """)
    obj.programs["p"].run()
    task = obj.engine.task
    efault = -14
    assert list(obj.variables["numbers"].value)[:6] == [task.pid, os.getppid(), os.getuid(), 1, 0, efault]
    assert obj.variables["text"].value[0] == task.comm.decode()


def test_a_program_reads_its_task_without_a_helper(load: Callable[[str], Any]) -> None:
    obj = load("""
    SEC("raw_tp/x") int p(void *ctx) {
      struct task_struct *task = (void *)bpf_get_current_task_btf();
      for (int i = 0; i < 4; i++)
        numbers[i] += task->pid + task->real_parent->tgid + i;
      return task->cred->uid.val; }
    """)
    both = obj.engine.task.pid + os.getppid()
    for turn in (1, 2, 3):
        assert obj.programs["p"].run().retval == os.getuid()
        assert list(obj.variables["numbers"].value)[:4] == [turn * (both + i) for i in range(4)]


def test_each_run_asks_anew(load: Callable[[str], Any]) -> None:
    class Counting(SelfTask):
        asked = 0

        @property
        def exit_code(self) -> int:
            self.asked += 1
            return self.asked

    obj = load("""
    SEC("raw_tp/x") int p(void *ctx) {
      struct task_struct *task = (void *)bpf_get_current_task_btf();
      return task->exit_code * 10 + *(volatile int *)&task->exit_code; }
    """)
    obj.engine.task = Counting()
    assert [obj.programs["p"].run().retval for _ in range(4)] == [11, 22, 33, 44]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("*(volatile int *)&task->pid = 1", "objects of the kernel are read-only"),
        ("__sync_fetch_and_add(&task->pid, 1)", "objects of the kernel are read-only"),
        ("numbers[0] = *(volatile long *)((void *)task + 4096)", "no memory of the program's"),
    ],
)
def test_what_a_program_must_not_do(load: Callable[[str], Any], body: str, why: str) -> None:
    obj = load(f"""
    SEC("raw_tp/x") int p(void *ctx) {{
      struct task_struct *task = (void *)bpf_get_current_task_btf(); {body}; return 0; }}
    """)
    with pytest.raises(Fault, match=why):
        obj.programs["p"].run()
    assert obj.engine.task.pid == SelfTask().pid


@can_trace
def test_of_a_command(load: Callable[[str], Any], tmp_path: Path) -> None:
    obj = load("""
    struct { __uint(type, BPF_MAP_TYPE_TASK_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __type(value, long);
    } mine SEC(".maps");
    SEC("tp_btf/sched_process_exec") int BPF_PROG(started, struct task_struct *task, int old, struct linux_binprm *program) {
      long *kept = bpf_task_storage_get(&mine, task, 0, 1);
      if (kept) *kept = 7;
      numbers[0] = task->pid == task->tgid && task->pid == (bpf_get_current_pid_tgid() >> 32);
      BPF_CORE_READ_STR_INTO(&text[0], task, real_parent, comm);
      bpf_probe_read_kernel_str(text[1], 64, BPF_CORE_READ(program, filename));
      return 0; }
    SEC("tp/sched/sched_process_exit") int ended(void *ctx) {
      struct task_struct *task = (void *)bpf_get_current_task_btf();
      long *kept = bpf_task_storage_get(&mine, task, 0, 0), *none = bpf_task_storage_get(&mine, task->real_parent, 0, 0);
      numbers[1] = task->exit_code;
      numbers[2] = kept ? *kept : -1;
      numbers[3] = !none;
      numbers[4] = bpf_ktime_get_boot_ns() - task->start_time < 3600000000000;
      return 0; }
    """)
    script = tmp_path / "script"
    script.write_text("#!/bin/sh\nexit 3\n")
    script.chmod(0o755)
    obj.attach()
    process = obj.spawn([str(script)])
    assert process.wait(60) == 3
    process.close()
    assert list(obj.variables["numbers"].value)[:5] == [1, 3 << 8, 7, 1, 1]
    parent, program = obj.variables["text"].value[:2]
    assert (parent, program) == (Path("/proc/self/comm").read_text().strip(), str(script)[:63])
