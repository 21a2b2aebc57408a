"""System calls: names, numbers and arguments on x86-64 and aarch64, and the functions that a kprobe knows them by.

The rows are those of Linux 6.12 (and the later ones) as `generate/syscalls.py` found them.
"""

from __future__ import annotations

#: Prefixes of the functions behind a system call. The first of a machine is the wrapper, whose one argument points to the
#: caller's registers (x86-64 since Linux 4.17, arm64 since 4.19); `sys_` is the name that people write, and means the same.
WRAPPERS = {"x86_64": ("__x64_sys_", "sys_"), "aarch64": ("__arm64_sys_", "sys_")}
#: Prefixes of the functions behind the wrapper, which take the arguments themselves.
INNER = ("__se_sys_", "__do_sys_")


class Syscall:
    """One system call on one machine.

    `name` is what user space calls it, `entry` the kernel's entry function without `sys_` ("fstat", "newfstat"): kprobes and
    tracepoints (`sys_enter_newfstat`) are named after the entry. `args` are the names in the tracepoint's record.
    """

    __slots__ = ("args", "entry", "name", "number")

    def __init__(self, name: str, entry: str, number: int, args: tuple[str, ...]) -> None:
        self.name = name
        self.entry = entry
        self.number = number
        self.args = args

    def __repr__(self) -> str:
        return f"Syscall({self.name!r}, {self.entry!r}, {self.number}, {self.args!r})"


class Syscalls:
    """The system calls of one machine ("x86_64" or "aarch64"), found by number, by name or by entry function."""

    def __init__(self, machine: str) -> None:
        from ebpf.uapi.syscalls_table import ROWS

        column = {"x86_64": 2, "aarch64": 3}[machine]
        self.machine = machine
        self.by_number: dict[int, Syscall] = {}
        self.by_entry: dict[str, Syscall] = {}
        self.by_name: dict[str, Syscall] = {}
        for row in ROWS:
            number = row[column]
            if isinstance(number, int) and number >= 0:
                call = Syscall(row[0], row[1], number, tuple(row[4].split()))
                self.by_number[number] = self.by_entry[call.entry] = self.by_name[call.name] = call

    def find(self, name: str) -> Syscall | None:
        """By entry function ("newfstat"), else by name ("fstat")."""
        return self.by_entry.get(name) or self.by_name.get(name)

    def of_function(self, function: str) -> tuple[Syscall, bool] | None:
        """The system call behind a kernel function, and whether that is the wrapper that takes the caller's registers."""
        for prefix in WRAPPERS[self.machine]:
            if function.startswith(prefix):
                call = self.by_entry.get(function[len(prefix) :])
                return (call, True) if call else None
        for prefix in INNER:
            if function.startswith(prefix):
                call = self.by_entry.get(function[len(prefix) :])
                return (call, False) if call else None
        return None


_made: dict[str, Syscalls] = {}


def syscalls(machine: str) -> Syscalls:
    """The table of a machine; KeyError for a machine that has none here."""
    if machine not in _made:
        _made[machine] = Syscalls(machine)
    return _made[machine]
