"""What to do about a compiler's message, where it can be known."""

from __future__ import annotations

import re

#: A pattern in the compiler's messages → what to do. The first that fits is said; \\1 is what the group caught.
HINTS: tuple[tuple[str, str], ...] = (
    (
        r"registers differ from machine to machine|Must specify a BPF target arch",
        "PT_REGS_… and BPF_KPROBE read a machine's registers: say which with --target x86 (or arm64, …; "
        "native is this machine), or -D__TARGET_ARCH_x86",
    ),
    (
        r"no member named '__unsupported__'",
        "this machine does not pass that argument in a register; read it from the stack",
    ),
    (
        # Of the kernel's include/, not of its interface: these are in no package of headers for programs.
        r"'((?:linux/(?:blkdev|blk_types|cred|dcache|device|fs_struct|fdtable|inetdevice|interrupt|kconfig|ktime|mm|mm_types|mount|"
        r"net|netdevice|nsproxy|path|pid|pid_namespace|ns_common|rcupdate|sched/\w+|skbuff|slab|spinlock|uaccess|workqueue|binfmts|"
        r"trace_events|tracepoint|user_namespace|utsname|ftrace|kprobes|kobject|module|list|lsm_hooks|security|oom|cgroup)|"
        r"net/(?!if\.|ethernet\.|if_arp\.|route\.|ppp)\w+|trace/\w+/\w+|generated/\w+)\.h)' file not found",
        "\\1 is the kernel's own: include \"vmlinux.h\" in its place, which has the kernel's types (ebpf vmlinux > vmlinux.h)",
    ),
    (
        r"'((?:bpf|linux|asm|net|netinet|sys|uapi)/[^']+)' file not found",
        "\\1 is not among our headers; add its folder with -I, or install the system's (on Debian: linux-libc-dev)",
    ),
    (r"'([^']+)' file not found", "add the folder that holds \\1 with -I FOLDER"),
    (
        r"incomplete type 'struct bpf_map_def'|use of undeclared identifier 'bpf_map_def'",
        'maps in SEC("maps") need `#include "common.h"` or -DEBPF_LEGACY_MAPS; the newer form is SEC(".maps")',
    ),
    (
        r"incomplete (?:definition of )?type '(?:const )?(?:struct )?(pt_regs|user_pt_regs|user_regs_struct)'",
        'include <linux/ptrace.h> or "vmlinux.h" before <bpf/bpf_tracing.h>',
    ),
    (
        r"(?:unknown type name|undeclared identifier) '([us](?:8|16|32|64))'",
        'include "vmlinux.h" or "common.h" for \\1; <linux/types.h> has __\\1',
    ),
    (r"unknown type name '(__[us](?:8|16|32|64))'", 'include <linux/types.h>, <linux/bpf.h> or "vmlinux.h" first'),
    (
        r"(?:undeclared function|implicit declaration of function|undeclared identifier) '(SEC|bpf_\w+|__uint|__type)'",
        "include <bpf/bpf_helpers.h>, and see that \\1 is spelt right",
    ),
    (
        r"(?:redefinition of|conflicting types for) (?:enumerator )?'(\w+)'[\s\S]*vmlinux\.h:\d+",
        '"vmlinux.h" has \\1 already: give yours another name, or leave out the header that defines it (linux/….h and vmlinux.h '
        "are one or the other)",
    ),
    (r"BPF stack limit|stack limit of 512", "a BPF stack has 512 bytes: keep large data in a per-CPU array map"),
    (
        r"[Uu]nsupport(?:ed)? signed division|Cannot select:.* = (?:sdiv|srem)",
        "BPF has no signed division before v4: divide unsigned numbers, or use --cpu v4 with clang 18 or later",
    ),
    (
        r"A call to built-in function 'abort'",
        "__builtin_trap (__bpf_unreachable) is only for what the compiler proves can't be reached",
    ),
    (
        r"A call to built-in function '(\w+)' is not supported",
        "BPF has no \\1 to call: write __builtin_\\1 with a constant size, or a loop",
    ),
    (
        r"unknown target CPU '?(v\d)|unknown CPU name|not a recognized processor",
        "this clang does not know that --cpu; v3 is known since clang 9, v4 since clang 17",
    ),
)


def hint_for(messages: str) -> str:
    """One line for a person, or empty."""
    for pattern, advice in HINTS:
        match = re.search(pattern, messages)
        if match:
            return match.expand(advice)
    return ""
