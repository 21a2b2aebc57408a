"""The hooks that a traced command has, and the context that a program gets at each.

Layouts are those of the kernel's tracepoint formats (/sys/kernel/tracing/events/*/*/format) and of `struct pt_regs`.
The first 8 bytes of a tracepoint's record are the kernel's own; programs may not read them.
"""

from __future__ import annotations

import struct

from ebpf.errors import HookError, NotSupported
from ebpf.hooks import Kprobe, Ksyscall, RawTracepoint, Tracepoint
from ebpf.uapi.syscalls import INNER, WRAPPERS, syscalls
from ebpf.vm.arithmetic import M64
from ebpf.vm.kernel_objects import address_of
from ebpf.vm.trace import NEEDS, machine
from ebpf.vm.trace.task import REGISTERS_AT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ebpf.hooks import Hook
    from ebpf.uapi.syscalls import Syscall, Syscalls
    from ebpf.vm.trace.machine import Machine
    from ebpf.vm.trace.task import Task

    Make = Callable[["Stop"], bytes]

#: Kinds of moment. ENTRY and EXIT are of one system call, or of each (number None).
ENTRY, EXIT, FORK, EXEC, END = "entry", "exit", "fork", "exec", "end"


class Stop:
    """What is known at a moment: the thread, and what the kind of moment adds."""

    __slots__ = ("child", "group_dead", "machine", "old_pid", "task")

    def __init__(self, machine: Machine, task: Task) -> None:
        self.machine = machine
        self.task = task
        self.child = 0
        self.old_pid = 0
        self.group_dead = False


class Point:
    """Where a hook is in a traced command: the kind of moment, the system call's number (None: every one), whether programs run
    before others there (`early`), and the context."""

    __slots__ = ("early", "kind", "make", "number")

    def __init__(self, kind: str, make: Make, number: int | None = None, early: bool = False) -> None:
        self.kind = kind
        self.make = make
        self.number = number
        self.early = early


# ---------------------------------------------------------------------------------------------------------- contexts

#: An address such as a kernel function has; only its difference from others means something.
_TEXT = 0xFFFF_FFFF_8100_0000


def _wrapper_entry(stop: Stop) -> bytes:
    call = stop.task.call
    return machine.function_context(stop.machine, (REGISTERS_AT, call), ip=_TEXT + 16 * call)


def _function_entry(stop: Stop) -> bytes:
    return machine.function_context(stop.machine, stop.task.args, ip=_TEXT + 16 * stop.task.call)


def _function_return(stop: Stop) -> bytes:
    task = stop.task
    return machine.function_context(stop.machine, (), task.result & M64, ip=_TEXT + 16 * task.call)


def _enter_record(count: int) -> Make:
    pack = struct.Struct(f"=8xi4x{count}Q").pack

    def make(stop: Stop) -> bytes:
        return pack(stop.task.call, *stop.task.args[:count])

    return make


def _exit_record(stop: Stop) -> bytes:
    return struct.pack("=8xi4xq", stop.task.call, stop.task.result)


def _any_enter_record(stop: Stop) -> bytes:
    return struct.pack("=8xq6Q", stop.task.call, *stop.task.args)


def _any_exit_record(stop: Stop) -> bytes:
    return struct.pack("=8xqq", stop.task.call, stop.task.result)


#: A raw tracepoint's program may read 12 arguments, whatever the tracepoint has.
_RAW_ARGS = 12


def _raw(*args: int) -> bytes:
    return struct.pack(f"={_RAW_ARGS}Q", *(arg & M64 for arg in args), *[0] * (_RAW_ARGS - len(args)))


def _task(pid: int) -> int:
    return address_of("task_struct", pid)


def _raw_enter(stop: Stop) -> bytes:
    return _raw(REGISTERS_AT, stop.task.call)


def _raw_exit(stop: Stop) -> bytes:
    return _raw(REGISTERS_AT, stop.task.result)


def _fork_record(stop: Stop) -> bytes:
    # As before Linux 6.16, which holds the two names by reference.
    comm = stop.task.comm
    return struct.pack("=8x16si16si", comm, stop.task.pid, comm, stop.child)


def _exec_record(stop: Stop) -> bytes:
    name = stop.task.program + b"\0"
    return struct.pack("=8xIii", len(name) << 16 | 20, stop.task.pid, stop.old_pid) + name


def _end_record(stop: Stop) -> bytes:
    return struct.pack("=8x16sii?7x", stop.task.comm, stop.task.pid, 120, stop.group_dead)


#: category/name → the moment and its record.
LIFETIME: dict[tuple[str, str], tuple[str, Make]] = {
    ("sched", "sched_process_fork"): (FORK, _fork_record),
    ("sched", "sched_process_exec"): (EXEC, _exec_record),
    ("sched", "sched_process_exit"): (END, _end_record),
}
EVERY_CALL: dict[tuple[str, str], tuple[str, Make]] = {
    ("raw_syscalls", "sys_enter"): (ENTRY, _any_enter_record),
    ("raw_syscalls", "sys_exit"): (EXIT, _any_exit_record),
}
RAW: dict[str, tuple[str, Make]] = {
    "sys_enter": (ENTRY, _raw_enter),
    "sys_exit": (EXIT, _raw_exit),
    "sched_process_fork": (FORK, lambda stop: _raw(_task(stop.task.pid), _task(stop.child))),
    "sched_process_exec": (
        EXEC,
        lambda stop: _raw(_task(stop.task.pid), stop.old_pid, address_of("linux_binprm", stop.task.pid)),
    ),
    "sched_process_exit": (END, lambda stop: _raw(_task(stop.task.pid), stop.group_dead)),
}

# ------------------------------------------------------------------------------------------------------------- hooks


def this_machine() -> tuple[Machine, Syscalls]:
    found = machine.this_machine()
    if found is None:
        raise NotSupported("tracing a command in the vm", why=NEEDS)
    return found, syscalls(found.name)


def check(hook: Hook) -> None:
    """Raises HookError if there is no such hook, NotSupported if this engine can't watch it."""
    point(hook, *this_machine())


def point(hook: Hook, machine: Machine, table: Syscalls) -> Point:
    """Where the hook is. Raises as `check`."""
    if isinstance(hook, Kprobe):
        return _kprobe(hook, table)
    if isinstance(hook, Ksyscall):
        call = _known(table, hook.syscall, f"system call {hook.syscall!r}")
        return Point(EXIT, _function_return, call.number, early=True) if hook.ret else Point(
            ENTRY, _wrapper_entry, call.number
        )  # fmt: skip
    if isinstance(hook, Tracepoint):
        return _tracepoint(hook, table)
    if isinstance(hook, RawTracepoint):
        if hook.name not in RAW:
            raise NotSupported(f"raw tracepoint {hook.name!r} in the vm", why=f"it has {', '.join(RAW)}")
        kind, make = RAW[hook.name]
        return Point(kind, make, early=kind == ENTRY)
    raise NotSupported(f"{type(hook).__name__} in a traced command")


def _kprobe(hook: Kprobe, table: Syscalls) -> Point:
    found = table.of_function(hook.function)
    if found is None:
        for prefix in (*WRAPPERS[table.machine], *INNER):
            if hook.function.startswith(prefix):
                _known(table, hook.function[len(prefix) :], f"kernel function {hook.function!r}", prefix)
        raise _no_syscall(hook.function, table)
    if hook.offset:
        raise NotSupported(f"a kprobe inside {hook.function} in the vm", why="it has no kernel code to stop in")
    call, wrapper = found
    if hook.ret:
        return Point(EXIT, _function_return, call.number, early=True)
    return Point(ENTRY, _wrapper_entry if wrapper else _function_entry, call.number)


def _no_syscall(function: str, table: Syscalls) -> HookError | NotSupported:
    """A function that is no system call: one that the running kernel has, or one that nobody has."""
    names = kernel_functions()
    if function in names or not names:
        return NotSupported(
            f"kprobe on {function} in the vm", why="it runs kprobes on system calls only", hint="use the kernel engine"
        )
    first = WRAPPERS[table.machine][0]
    calls = {f"{prefix}{entry}" for prefix in ("sys_", first) for entry in table.by_entry}
    return HookError(f"no kernel function {function!r}{_suggest(_close(function, names | calls))}")


def _tracepoint(hook: Tracepoint, table: Syscalls) -> Point:
    key = hook.category, hook.name
    found = LIFETIME.get(key) or EVERY_CALL.get(key)
    if found:
        return Point(*found, early=found[0] == ENTRY)
    if hook.category == "syscalls":
        what = f"tracepoint {hook.category}/{hook.name}"
        for prefix in ("sys_enter_", "sys_exit_"):
            if hook.name.startswith(prefix):
                call = table.by_entry.get(hook.name.removeprefix(prefix)) or _unknown(
                    table, hook.name.removeprefix(prefix), what, prefix
                )
                if prefix == "sys_enter_":
                    return Point(ENTRY, _enter_record(len(call.args)), call.number)
                return Point(EXIT, _exit_record, call.number)
        raise HookError(f"no {what}: a name begins with sys_enter_ or sys_exit_")
    close = _close(hook.name, [name for category, name in (*LIFETIME, *EVERY_CALL) if category == hook.category])
    if hook.category == "raw_syscalls":  # which has these two and no other
        raise HookError(f"no tracepoint {hook.category}/{hook.name}{_suggest(close)}")
    raise NotSupported(
        f"tracepoint {hook.category}/{hook.name} in the vm",
        why="it has syscalls/*, raw_syscalls/* and " + ", ".join("/".join(name) for name in LIFETIME),
        hint=f"use the kernel engine{_suggest(close)}",
    )


def _known(table: Syscalls, name: str, what: str, prefix: str = "") -> Syscall:
    return table.find(name) or _unknown(table, name, what, prefix)


def _unknown(table: Syscalls, name: str, what: str, prefix: str) -> Syscall:
    close = [f"{prefix}{entry}" for entry in _close(name, table.by_entry)]
    raise HookError(f"no {what} on {table.machine}{_suggest(close)}")


def _close(name: str, names: Iterable[str]) -> list[str]:
    import difflib

    # Of a kernel's hundred thousand functions only those that begin alike; comparing all takes seconds.
    names = [other for other in names if other[:3] == name[:3] or len(name) < 16 > len(other)][:5000]
    return difflib.get_close_matches(name, names, 3, 0.7)


def _suggest(names: list[str]) -> str:
    return f"; did you mean {' or '.join(names[:3])}?" if names else ""


def kernel_functions() -> set[str]:
    """Names of the running kernel's functions; empty where it doesn't say. Anyone may read the names, not the addresses."""
    try:
        with open("/proc/kallsyms", encoding="ascii", errors="replace") as file:
            return {words[2] for words in map(str.split, file) if len(words) > 2 and words[1] in "tT"}
    except OSError:
        return set()
