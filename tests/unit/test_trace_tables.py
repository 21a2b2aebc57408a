"""The tracer's facts and pure parts, for both machines wherever the tests run."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebpf.errors import EbpfError, HookError, KernelError, NotSupported
from ebpf.hooks import Hook, Kprobe, Ksyscall, RawTracepoint, Tracepoint, Xdp
from ebpf.spec import ProgramSpec
from ebpf.uapi.syscalls import syscalls
from ebpf.vm import trace
from ebpf.vm.arithmetic import M64
from ebpf.vm.trace import child, machine, points, ptrace, seccomp
from ebpf.vm.trace.machine import AARCH64, MACHINES, X86_64, Machine
from ebpf.vm.trace.points import ENTRY, EXIT, Stop, point
from ebpf.vm.trace.task import REGISTERS_AT, Task

# ------------------------------------------------------------------------------------------------- system calls


@pytest.mark.parametrize(
    ("name", "entry", "x86_64", "aarch64", "args"),
    [
        ("read", "read", 0, 63, "fd buf count"),
        ("execve", "execve", 59, 221, "filename argv envp"),
        ("execveat", "execveat", 322, 281, "fd filename argv envp flags"),
        ("openat", "openat", 257, 56, "dfd filename flags mode"),
        ("fstat", "newfstat", 5, 80, "fd statbuf"),
        ("uname", "newuname", 63, 160, "name"),
        ("open", "open", 2, None, "filename flags mode"),
        ("fork", "fork", 57, None, ""),
        ("clone3", "clone3", 435, 435, "uargs size"),
        ("bpf", "bpf", 321, 280, "cmd uattr size"),
        ("prlimit64", "prlimit64", 302, 261, "pid resource new_rlim old_rlim"),
        ("file_setattr", "file_setattr", 469, 469, "dfd filename ufattr usize at_flags"),
    ],
)
def test_system_calls(name: str, entry: str, x86_64: int, aarch64: int | None, args: str) -> None:
    for table, number in ((syscalls("x86_64"), x86_64), (syscalls("aarch64"), aarch64)):
        if number is None:
            assert table.find(name) is None
        else:
            call = table.find(name)
            assert call is not None
            assert (call.name, call.entry, call.number, call.args) == (name, entry, number, tuple(args.split()))
            assert table.find(entry) is call is table.by_number[number]


def test_arguments_of_clone_differ_between_machines() -> None:
    assert syscalls("x86_64").by_name["clone"].args[3:] == ("child_tidptr", "tls")
    assert syscalls("aarch64").by_name["clone"].args[3:] == ("tls", "child_tidptr")
    assert syscalls("aarch64").by_name["personality"].entry == "arm64_personality"


@pytest.mark.parametrize("name", MACHINES)
def test_the_table_is_sound(name: str) -> None:
    table = syscalls(name)
    assert 300 < len(table.by_number) == len(table.by_name) == len(table.by_entry)
    for number, call in table.by_number.items():
        assert 0 <= number < 512
        assert len(call.args) <= 6
        assert all(arg.isidentifier() for arg in call.args)
        assert call.entry.isidentifier()
    with pytest.raises(KeyError):
        syscalls("m68k")


# ----------------------------------------------------------------------------------------------------- seccomp


@given(st.sets(st.integers(0, 600)), st.lists(st.integers(0, 0xFFFF_FFFF), max_size=20))
def test_the_filter_traces_what_is_wanted_and_nothing_else(numbers: set[int], others: list[int]) -> None:
    program = seccomp.filter_for(X86_64.audit_arch, numbers)
    for number in [*range(602), *others, 0x4000_0000]:
        expected = seccomp.RET_TRACE if number in numbers else seccomp.RET_ALLOW
        assert seccomp.run(program, X86_64.audit_arch, number) == expected
        assert seccomp.run(program, 0x4000_0003, number) == seccomp.RET_ALLOW  # a 32-bit process


def test_the_filter_for_every_call() -> None:
    program = seccomp.filter_for(AARCH64.audit_arch, None)
    for number in (0, 1, 221, 600, 0x3FFF_FFFF):
        assert seccomp.run(program, AARCH64.audit_arch, number) == seccomp.RET_TRACE
    assert seccomp.run(program, AARCH64.audit_arch, 0x4000_0000) == seccomp.RET_ALLOW
    assert seccomp.run(program, X86_64.audit_arch, 1) == seccomp.RET_ALLOW


def test_a_filter_too_long_for_short_jumps() -> None:
    numbers = set(range(0, 4000, 2))
    program = seccomp.filter_for(X86_64.audit_arch, numbers)
    assert len(program) < 32768 // 4
    assert all(jt < 256 and jf < 256 for _, jt, jf, _ in program)
    for number in range(4100):
        assert (seccomp.run(program, X86_64.audit_arch, number) == seccomp.RET_TRACE) == (number in numbers)


@pytest.mark.parametrize(("numbers", "expected"), [((), []), ((5,), [(5, 5)]), ((3, 1, 2, 9, 8, 9), [(1, 3), (8, 9)])])
def test_runs_of_numbers(numbers: tuple[int, ...], expected: list[tuple[int, int]]) -> None:
    assert seccomp.ranges(numbers) == expected


# --------------------------------------------------------------------------------------------------- registers

_X86_64 = "r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi orig_rax rip cs eflags rsp ss fs_base gs_base ds es fs gs"
#: Where the C headers of each machine have what we look for: name → index of its 8-byte word.
LAYOUTS = {
    "x86_64": _X86_64.split(),
    "aarch64": [f"x{index}" for index in range(31)] + ["sp", "pc", "pstate"],
}


@pytest.mark.parametrize(
    ("machine_", "field", "names"),
    [
        (X86_64, "args", "rdi rsi rdx r10 r8 r9"),
        (X86_64, "function_args", "rdi rsi rdx rcx r8 r9"),
        (X86_64, "number", "orig_rax"),
        (X86_64, "result", "rax"),
        (X86_64, "ip", "rip"),
        (X86_64, "sp", "rsp"),
        (X86_64, "fp", "rbp"),
        (AARCH64, "args", "x0 x1 x2 x3 x4 x5"),
        (AARCH64, "function_args", "x0 x1 x2 x3 x4 x5 x6 x7"),
        (AARCH64, "number", "x8"),
        (AARCH64, "result", "x0"),
        (AARCH64, "ip", "pc"),
        (AARCH64, "sp", "sp"),
        (AARCH64, "fp", "x29"),
        (AARCH64, "link", "x30"),
    ],
)
def test_where_registers_are(machine_: Machine, field: str, names: str) -> None:
    layout = LAYOUTS[machine_.name]
    indices = getattr(machine_, field)
    assert [layout[index] for index in (indices if isinstance(indices, tuple) else (indices,))] == names.split()
    assert len(layout) == machine_.words


def _values(machine_: Machine, number: int, args: list[int], result: int = 0) -> tuple[int, ...]:
    words = [1000 + index for index in range(machine_.words)]
    words[machine_.result] = result & M64
    for index, arg in zip(machine_.args, args, strict=True):
        words[index] = arg
    words[machine_.number] = number & M64
    return tuple(words)


@pytest.mark.parametrize("machine_", MACHINES.values(), ids=MACHINES)
def test_reading_a_system_call(machine_: Machine) -> None:
    values = _values(machine_, 221, [1, 2, 3, 4, 5, 6])
    assert machine.unpack(machine_, struct.pack(f"={machine_.words}Q", *values)) == values
    assert machine.syscall_number(machine_, values) == 221
    assert machine.syscall_args(machine_, values) == [1, 2, 3, 4, 5, 6]
    assert machine.syscall_number(machine_, _values(machine_, -1, [0] * 6)) == -1


def test_the_kernels_registers_on_arm64_have_the_first_argument_apart() -> None:
    values = list(_values(AARCH64, 221, [11, 2, 3, 4, 5, 6]))
    values[0] = -2 & M64  # at exit: the result
    data = machine.kernel_registers(AARCH64, values, 11)
    assert struct.unpack_from("=Q", data, 0)[0] == -2 & M64
    assert struct.unpack_from("=Qi", data, 272) == (11, 221)
    assert len(machine.kernel_registers(X86_64, _values(X86_64, 59, [0] * 6))) == 168


@pytest.mark.parametrize("machine_", MACHINES.values(), ids=MACHINES)
def test_contexts_on_each_machine(machine_: Machine) -> None:
    table = syscalls(machine_.name)
    call = table.by_name["openat"]
    task = Task(machine_, 7, 7)
    task.at(_values(machine_, call.number, [1, 2, 3, 4, 5, 6]))
    task.call, task.args, task.result = call.number, [1, 2, 3, 4, 5, 6], -2
    stop = Stop(machine_, task)
    wrapper = {"x86_64": "__x64_sys_", "aarch64": "__arm64_sys_"}[machine_.name]

    def words(hook: Hook) -> tuple[int, ...]:
        context = point(hook, machine_, table).make(stop)
        return struct.unpack(f"={len(context) // 8}Q", context)

    for function in ("sys_openat", wrapper + "openat"):
        found = words(Kprobe(function))
        assert found[machine_.function_args[0]] == REGISTERS_AT
        assert len(found) == machine_.context == {"x86_64": 21, "aarch64": 34}[machine_.name]
    found = words(Kprobe("__do_sys_openat"))
    assert [found[index] for index in machine_.function_args[:6]] == [1, 2, 3, 4, 5, 6]
    for hook in (Kprobe("sys_openat", ret=True), Ksyscall("openat", ret=True)):
        assert words(hook)[machine_.result] == -2 & M64
    assert words(Tracepoint("syscalls", "sys_enter_openat"))[1:] == (call.number, 1, 2, 3, 4)
    assert words(Tracepoint("syscalls", "sys_exit_openat"))[1:] == (call.number, -2 & M64)
    assert words(Tracepoint("raw_syscalls", "sys_enter"))[1:] == (call.number, 1, 2, 3, 4, 5, 6)
    assert words(RawTracepoint("sys_enter"))[:3] == (REGISTERS_AT, call.number, 0)
    assert words(RawTracepoint("sys_exit"))[:3] == (REGISTERS_AT, -2 & M64, 0)
    assert struct.unpack("=Q", task.read_memory(REGISTERS_AT + 8 * machine_.args[2], 8)) == (3,)


# ------------------------------------------------------------------------------------------------------- hooks


@pytest.mark.parametrize(
    ("hook", "error", "said"),
    [
        (Kprobe("sys_execv"), HookError, "sys_execve"),
        (Kprobe("__x64_sys_opennat"), HookError, "__x64_sys_openat"),
        (Kprobe("__arm64_sys_execve"), HookError, "execve"),
        (Kprobe("sys_newfsta"), HookError, "sys_newfstat"),
        (Kprobe("sys_execve", offset=4), NotSupported, "inside"),
        (Kprobe("sys_zzqqyy"), HookError, "no kernel function 'sys_zzqqyy'"),
        (Ksyscall("execvee"), HookError, "execve"),
        (Ksyscall("qqqqqqq"), HookError, "no system call 'qqqqqqq' on x86_64"),
        (Tracepoint("syscalls", "sys_enter_execv"), HookError, "sys_enter_execve"),
        (Tracepoint("syscalls", "sys_leave_execve"), HookError, "sys_enter_"),
        (Tracepoint("block", "block_rq_issue"), NotSupported, "block/block_rq_issue"),
        (
            Tracepoint("raw_syscalls", "sys_entr"),
            HookError,
            "no tracepoint raw_syscalls/sys_entr; did you mean sys_enter or sys_exit",
        ),
        (Tracepoint("sched", "sched_process_exek"), NotSupported, "did you mean sched_process_exec"),
        (RawTracepoint("block_rq_issue"), NotSupported, "sys_enter"),
        (Xdp("eth0"), NotSupported, "Xdp"),
    ],
)
def test_hooks_that_are_not_here(hook: Hook, error: type[EbpfError], said: str) -> None:
    with pytest.raises(error) as caught:
        point(hook, X86_64, syscalls("x86_64"))
    assert type(caught.value) is error
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_function_the_kernel_has_but_that_is_no_system_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(points, "kernel_functions", lambda: {"vfs_read", "do_unlinkat"})
    with pytest.raises(NotSupported, match="system calls only"):
        point(Kprobe("vfs_read"), X86_64, syscalls("x86_64"))
    with pytest.raises(HookError, match="did you mean do_unlinkat"):
        point(Kprobe("do_unlinkatt"), X86_64, syscalls("x86_64"))
    monkeypatch.setattr(points, "kernel_functions", set)
    with pytest.raises(NotSupported):
        point(Kprobe("anything"), X86_64, syscalls("x86_64"))


def test_where_hooks_are() -> None:
    table = syscalls("x86_64")
    for hook, kind, number in [
        (Kprobe("sys_execve"), ENTRY, 59),
        (Kprobe("sys_execve", ret=True), EXIT, 59),
        (Ksyscall("fstat"), ENTRY, 5),
        (Ksyscall("newfstat", ret=True), EXIT, 5),
        (RawTracepoint("sys_exit"), EXIT, None),
    ]:
        found = point(hook, X86_64, table)
        assert (found.kind, found.number) == (kind, number)


def test_hooks_that_no_command_has() -> None:
    with pytest.raises(NotSupported, match="nothing happens there"):
        trace.watched(Xdp("eth0"), ProgramSpec("p"))


def test_other_systems_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "uname", lambda: os.uname_result(("Linux", "x", "6", "v", "riscv64")))
    with pytest.raises(NotSupported, match="x86-64 or aarch64"):
        points.check(Kprobe("sys_execve"))


# ------------------------------------------------------------------------------------------------------ parts


def test_the_file_of_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        folder.mkdir()
        (folder / "tool").write_text("#!/bin/sh\n")
    (second / "tool").chmod(0o755)
    monkeypatch.setenv("PATH", f"{first}:{second}")
    assert child.resolve("tool") == str(second / "tool")
    assert child.resolve(str(second / "tool")) == str(second / "tool")
    with pytest.raises(KernelError, match="other"):
        child.resolve("other")
    monkeypatch.chdir(second)
    assert child.resolve("./tool") == "./tool"
    monkeypatch.setenv("PATH", str(first))
    with pytest.raises(KernelError) as caught:
        child.resolve("tool")
    assert caught.value.errno == 13


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs Linux")
def test_reading_this_process() -> None:
    import ctypes

    text = ctypes.create_string_buffer(b"hello\0world", 11)
    at = ctypes.addressof(text)
    assert ptrace.read_memory(os.getpid(), at, 11) == b"hello\0world"
    assert ptrace.read_string(os.getpid(), at, 100) == b"hello\0"
    assert ptrace.read_string(os.getpid(), at, 3) == b"hel"
    assert ptrace.read_memory(os.getpid(), 16, 4) is None
    assert ptrace.read_string(os.getpid(), 16, 4) is None
    assert ptrace.write_memory(os.getpid(), at, b"J")
    assert text.raw[:5] == b"Jello"
    with pytest.raises(ProcessLookupError):
        ptrace.call(ptrace.CONT, os.getpid())
