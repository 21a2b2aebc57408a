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
        r"'((?:bpf_(?:arena_\w+|atomic|compiler|experimental|kfuncs|legacy|misc|qdisc_common|tracing_net|tcp_helpers)|"
        r"test_kmods/\w+)\.h)' file not found",
        "\\1 is of the kernel's own tests (tools/testing/selftests/bpf): put a copy beside the program, "
        "or name its folder with -I",
    ),
    (
        r"'(scx/[^']+|hid_bpf_helpers\.h)' file not found",
        "\\1 comes with the programs that use it (of the kernel: tools/sched_ext, drivers/hid/bpf): name its folder with -I",
    ),
    (
        r"(?:undeclared identifier|unknown type name|incomplete (?:definition of )?type) '(?:const )?(?:struct |enum )?"
        r"((?:SCX|scx|sched_ext)_\w+)(?: \*)?'",
        "\\1 is of sched_ext, which the kernel of this vmlinux.h is built without (CONFIG_SCHED_CLASS_EXT, Linux 6.12): put the "
        "vmlinux.h of one that has it beside the source",
    ),
    (
        r"(?:unknown type name|incomplete (?:definition of )?type) '(?:const )?(?:struct )?(hid_bpf_(?:ops|ctx))(?: \*)?'",
        "\\1 is of HID-BPF, which the kernel of this vmlinux.h is built without (CONFIG_HID_BPF, Linux 6.11): put the "
        "vmlinux.h of one that has it beside the source",
    ),
    (
        r"'((?:bpf|linux|asm|net|netinet|sys|uapi)/[^']+)' file not found",
        "\\1 is not among our headers; add its folder with -I, or install the system's (on Debian: linux-libc-dev)",
    ),
    (r"'([^']+)' file not found", "add the folder that holds \\1 with -I FOLDER"),
    (
        r"incomplete (?:definition of )?type '(?:const )?(?:struct )?(pt_regs|user_pt_regs|user_regs_struct)'",
        'include <linux/ptrace.h> or "vmlinux.h" before <bpf/bpf_tracing.h>; another machine\'s is had by --vmlinux shipped',
    ),
    (
        r"(?:unknown type name|undeclared identifier) '([us](?:8|16|32|64))'",
        'include "vmlinux.h" or "common.h" for \\1; <linux/types.h> has __\\1',
    ),
    (r"unknown type name '(__[us](?:8|16|32|64))'", 'include <linux/types.h>, <linux/bpf.h> or "vmlinux.h" first'),
    (
        r"(?:redefinition of|conflicting types for) (?:enumerator )?'(\w+)'[\s\S]*vmlinux\.h:\d+",
        '"vmlinux.h" has \\1 already: give yours another name, or leave out the header that defines it (linux/….h and vmlinux.h '
        "are one or the other)",
    ),
    (
        r"error: (?:symbol ')?(\w+)(?:' is already defined| changed binding to STB_GLOBAL)",
        "a variable or function can't have the name of a section: call it _\\1",
    ),
    (
        r"(?:undeclared (?:identifier|function)|declaration of function) "
        r"'(can_loop|cond_break|cast_kern|cast_user|load_(?:byte|half|word)|"
        r"bpf_(?:obj_(?:new|drop)|percpu_obj_new|refcount_acquire|list_push_(?:front|back)|rbtree_add|assert\w*|addr_space_cast))'",
        "\\1 is a macro of the kernel's own tests (bpf_experimental.h, bpf_arena_common.h, bpf_legacy.h): copy its definition",
    ),
    (
        r"Incorrect flag for llvm\.bpf\.preserve\.type\.info",
        "bpf_core_type_matches() needs clang 15 or later (pip install 'ebpf[clang]')",
    ),
    (r"BPF stack limit|stack limit of 512", "a BPF stack has 512 bytes: keep large data in a per-CPU array map"),
    (
        r"[Uu]nsupport(?:ed)? signed division|Cannot select:.* = (?:sdiv|srem)",
        "BPF has no signed division before v4: divide unsigned numbers, or use --cpu v4 with clang 18 or later",
    ),
    (
        r"A call to built-in function '__\w*[sdtx][fi]\d?'",
        "BPF has no floating point and no 128-bit division: count in whole numbers (thousandths, say)",
    ),
    (
        r"A call to built-in function 'abort'",
        "__builtin_trap (__bpf_unreachable) is only for what the compiler proves can't be reached",
    ),
    (
        r"A call to built-in function '(\w+)' is not supported",
        "BPF has no \\1 to call: write __builtin_\\1 with a constant size of less than 1 KiB, or a loop",
    ),
    (
        r"defined with too many args|too many args|stack arguments are not supported",
        "a function of BPF takes 5 arguments at most: hand it a struct by pointer",
    ),
    (r"VarArgs or StructRet", "a function of BPF gives back 8 bytes at most: let it fill in a struct by pointer"),
    (
        r"\b(BPF_(?:HASH|ARRAY|TABLE|PERF_OUTPUT|RINGBUF_OUTPUT|HISTOGRAM|PERCPU_ARRAY|STACK_TRACE))\(",
        '\\1 is of BCC\'s own dialect, which its library rewrites; plain C for BPF has maps in SEC(".maps")',
    ),
    (r"library function 'printf'", "BPF has no C library: bpf_printk(format, …) writes to the kernel's trace pipe"),
    (
        r"library function '(malloc|calloc|realloc|free)'",
        "BPF has no heap: keep it in a map (bpf_map_update_elem, or a per-CPU array for scratch space)",
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
    if _without_sec(messages):
        return "include <bpf/bpf_helpers.h>, which has SEC"
    return _missing(messages) or _no_such_struct(messages) or _no_such_member(messages)


def _without_sec(messages: str) -> bool:
    """Whether something is expected just where SEC stands."""
    for code, caret in re.findall(r"error: expected .*\n(.*\bSEC\(.*)\n(.*\^)", messages):
        if -1 <= len(caret) - 1 - code.index("SEC(") <= len("SEC("):
            return True
    return False


def _no_such_struct(messages: str) -> str:
    from ebpf.build.where import like

    for name in re.findall(r"incomplete (?:definition of )?type '(?:const )?(?:struct|union) (\w+)'", messages):
        close = like(name)
        if close:
            return f"the kernel has no struct {name}; did you mean {', '.join(close)}?"
    return ""


def _no_such_member(messages: str) -> str:
    """What a struct of the kernel's has, where the compiler knows no likely one."""
    from ebpf.build.where import members_of

    for name in re.findall(r"no member named '\w+' in 'struct (\w+)'(?!; did you mean)", messages):
        members = members_of(name)
        if members:
            more = f" and {len(members) - _MEMBERS} more (ebpf btf dump -n {name})" if len(members) > _MEMBERS else ""
            return f"struct {name} has {', '.join(members[:_MEMBERS])}{more}"
    return ""


#: So many members are named.
_MEMBERS = 12


#: What clang says of a name that nobody declared.
_UNKNOWN = re.compile(
    r"(?:undeclared function|implicit declaration of function|undeclared identifier|unknown type name|"
    r"incomplete (?:definition of )?type|has incomplete type) '(?:const )?(?:struct |union |enum )?(\w+)(?: \*)?'"
)


def _missing(messages: str) -> str:
    """Where the first of the unknown names that we know is defined: a kfunc is declared by the program, the rest by headers."""
    for name in dict.fromkeys(found[1] for found in _UNKNOWN.finditer(messages)):
        advice = _where(name)
        if advice:
            return advice
    return ""


def _where(name: str) -> str:
    from ebpf.build.where import header_of
    from ebpf.uapi.kfuncs import kfunc

    header = header_of(name)
    if header == '"vmlinux.h"':
        return f"{name} is the kernel's own: include {header} first, in place of the linux/….h that have the same types"
    if header:
        return f"include {header}, which has {name}"
    try:
        row = kfunc(name)
    except KeyError:
        if name.startswith("bpf_"):
            return "include <bpf/bpf_helpers.h>, and see that it is spelt right"
        return ""
    release = " of Linux {}.{}".format(*row.since) if row.since is not None else ""
    return f"it is a kfunc{release}, which a program declares: extern {row.prototype} __ksym;"
