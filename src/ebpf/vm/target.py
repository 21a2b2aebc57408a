"""The types that CO-RE finds in the vm: those of the contexts and of the kernel memory that it shows.

Layouts are those of `struct pt_regs` (arch/x86/include/asm/ptrace.h, arch/arm64/include/asm/ptrace.h) and of the tracepoints'
formats as Linux had them before 6.16. Every other type is as a program declares it.
"""

from __future__ import annotations

import platform
import re

from ebpf.btf.build import Builder
from ebpf.btf.types import Array, Int, Member, Struct
from ebpf.uapi.btf import INT_BOOL, INT_SIGNED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ebpf.btf import Btf

#: name → size, encoding
_NUMBERS = {
    "char": (1, INT_SIGNED),
    "bool": (1, INT_BOOL),
    "u8": (1, 0),
    "u16": (2, 0),
    "u32": (4, 0),
    "s32": (4, INT_SIGNED),
    "u64": (8, 0),
    "s64": (8, INT_SIGNED),
}

#: Of every machine: name, then members in their order, laid out as C does.
_COMMON = """
trace_entry: u16 type, u8 flags, u8 preempt_count, s32 pid
trace_event_raw_sys_enter: trace_entry ent, s64 id, u64 args[6], char __data[0]
trace_event_raw_sys_exit: trace_entry ent, s64 id, s64 ret, char __data[0]
syscall_trace_enter: trace_entry ent, s32 nr, u64 args[0]
syscall_trace_exit: trace_entry ent, s32 nr, s64 ret
trace_event_raw_sched_process_fork: trace_entry ent, char parent_comm[16], s32 parent_pid, char child_comm[16], s32 child_pid
trace_event_raw_sched_process_exec: trace_entry ent, u32 __data_loc_filename, s32 pid, s32 old_pid, char __data[0]
trace_event_raw_sched_process_template: trace_entry ent, char comm[16], s32 pid, s32 prio, char __data[0]
trace_event_raw_sched_process_exit: trace_entry ent, char comm[16], s32 pid, s32 prio, bool group_dead, char __data[0]
bpf_raw_tracepoint_args: u64 args[0]
"""

_X86_64 = (
    "pt_regs: u64 r15, u64 r14, u64 r13, u64 r12, u64 bp, u64 bx, u64 r11, u64 r10, u64 r9, u64 r8, u64 ax, u64 cx, u64 dx, "
    "u64 si, u64 di, u64 orig_ax, u64 ip, u64 cs, u64 flags, u64 sp, u64 ss"
)
#: `struct pt_regs` of <asm/ptrace.h>, which user space and programs without vmlinux.h include, names the same registers so.
_ALIASES = {
    "x86_64": {
        **{name: "r" + name for name in ("bp", "bx", "ax", "cx", "dx", "si", "di", "ip", "sp")},
        "orig_ax": "orig_rax",
        "flags": "eflags",
    }
}
_AARCH64 = """
user_pt_regs: u64 regs[31], u64 sp, u64 pc, u64 pstate
pt_regs: u64 regs[31], u64 sp, u64 pc, u64 pstate, u64 orig_x0, s32 syscallno, u32 unused2
"""
_MACHINES = {"x86_64": _X86_64, "AMD64": _X86_64, "aarch64": _AARCH64, "arm64": _AARCH64}


def build(text: str, aliases: Mapping[str, str]) -> Btf:
    """Types from lines such as those above; members of `pt_regs` under their aliases, too."""
    builder = Builder()
    made: dict[str, tuple[int, int, int]] = {}  # name → id, size, alignment
    for name, (size, encoding) in _NUMBERS.items():
        made[name] = builder.add(Int(name, size, encoding)), size, size
    index = made["u32"][0]
    for line in filter(None, map(str.strip, text.splitlines())):
        struct, members = line.split(": ")
        fields, offset, widest = [], 0, 1
        for member in members.split(", "):
            match = re.fullmatch(r"(\w+) (\w+)(?:\[(\d+)\])?", member)
            assert match is not None, member
            type_id, size, alignment = made[match[1]]
            offset += -offset % alignment
            widest = max(widest, alignment)
            if match[3] is not None:
                type_id = builder.add(Array(type_id, index, int(match[3])))
                size *= int(match[3])
            fields.append(Member(match[2], type_id, 8 * offset))
            if struct == "pt_regs" and match[2] in aliases:
                fields.append(Member(aliases[match[2]], type_id, 8 * offset))
            offset += size
        offset += -offset % widest
        made[struct] = builder.add(Struct(struct, offset, fields)), offset, widest
    return builder.btf()


_made: dict[str, Btf] = {}


def target_btf(machine: str = "") -> Btf:
    """The types for a machine, by default this one."""
    machine = machine or platform.machine()
    if machine not in _made:
        _made[machine] = build(_COMMON + _MACHINES.get(machine, ""), _ALIASES.get(machine, {}))
    return _made[machine]
