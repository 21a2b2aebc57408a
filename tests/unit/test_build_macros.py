"""Every public macro of our C headers: it compiles, and the instructions and relocations it gives are looked at.

One C file holds all of them, each in a section of its own; it is compiled by each compiler that is here, for both byte
orders. A row says what must be found in its section.
"""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from c_objects import Object, Section, compilers

from ebpf import build
from ebpf.errors import CompileError

PRELUDE = """
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>

char LICENSE[] SEC("license") = "GPL";

enum colour { RED = 3, BLUE = 0x1234 };
struct pair { long first, second; };
struct small { int value; };
struct page { int number; char name[16]; const char *const path; };
struct thing {
	struct thing *parent;
	struct page *page;
	int pid;
	unsigned low : 3, high : 7;
	int negative : 5;
	struct { int inner; } member;
} __attribute__((preserve_access_index));
struct plain { struct plain *next; int value; };
struct seq_file;
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} numbers SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 4);
	__uint(key_size, 4);
	__uint(value_size, 4);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} programs SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARENA);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 10);
	__ulong(map_extra, 0x1ull << 44);
} arena SEC(".maps");
extern int CONFIG_HZ __kconfig;
extern enum libbpf_tristate CONFIG_MODULES __kconfig __weak;
extern const int sched_clock_running __ksym __weak;
extern void bpf_rcu_read_lock(void) __ksym __weak;
struct kept { struct thing __kptr *own; struct thing __kptr_untrusted *seen; struct thing __percpu_kptr *each; };
__hidden __noinline int hidden_function(int n) { barrier_var(n); return n + 1; }
__weak int weak_function(struct pair *p __arg_nonnull, struct thing *t __arg_nullable) { return p && p->first; }
"""

#: name → (C of a program in SEC("t/name"), what must be found in it). `{}` stands for the section's name.
OFFSET, SIZE, EXISTS, SIGNED, LSHIFT, RSHIFT = 0, 1, 2, 3, 4, 5
LOCAL, TARGET, TYPE_EXISTS, TYPE_SIZE, ENUM_EXISTS, ENUM_VALUE, TYPE_MATCHES = 6, 7, 8, 9, 10, 11, 12

MACROS: dict[str, tuple[str, dict[str, object]]] = {
    # bpf_endian.h: all at compile time. What they give in each order is below (VALUES).
    "htons": ("int f(void *c) { return bpf_htons(0x1234); }", {}),
    "ntohs": ("int f(void *c) { return bpf_ntohs(0x1234); }", {}),
    "htonl": ("int f(void *c) { return bpf_htonl(0x12345678); }", {}),
    "ntohl": ("int f(void *c) { return bpf_ntohl(0x12345678); }", {}),
    "cpu_to_be64": ("int f(void *c) { return bpf_cpu_to_be64(0x1122334455667788ull) >> 32; }", {}),
    "be64_to_cpu": ("int f(void *c) { return (__u32)bpf_be64_to_cpu(0x1122334455667788ull); }", {}),
    "endian_constant": (
        "int f(int *c) { switch (*c) { case __bpf_constant_htons(0x0800): return 1; "
        "case __bpf_constant_htonl(0x12345678): return 2; } return 0; }",
        {},
    ),
    "kernel_version": ("int f(void *c) { return KERNEL_VERSION(5, 10, 300); }", {"returned": 0x050AFF}),
    "offsetof": ("int f(void *c) { return offsetof(struct page, path); }", {"returned": 24}),
    "container_of": (
        "long f(long *c) { return (long)container_of(c, struct pair, second); }",
        {"adds": -8},
    ),
    "unreachable": ("int f(int *c) { if (sizeof(*c) == 7) __bpf_unreachable(); return 5; }", {"returned": 5}),
    # Maps and externs.
    "lookup": (
        "int f(void *c) { __u32 k = 1; return !!bpf_map_lookup_elem(&numbers, &k); }",
        {"helpers": [1], "symbols": ["numbers"]},
    ),
    "kconfig": ("int f(void *c) { return CONFIG_HZ; }", {"symbols": ["CONFIG_HZ"]}),
    "tristate": ("int f(void *c) { return CONFIG_MODULES == TRI_MODULE; }", {"symbols": ["CONFIG_MODULES"]}),
    "ksym": ("long f(void *c) { return (long)&sched_clock_running; }", {"symbols": ["sched_clock_running"]}),
    "kfunc": ("int f(void *c) { bpf_rcu_read_lock(); return 0; }", {"kfuncs": ["bpf_rcu_read_lock"]}),
    "ksym_exists": (
        "int f(void *c) { return bpf_ksym_exists(bpf_rcu_read_lock); }",
        {"symbols": ["bpf_rcu_read_lock"], "kfuncs": []},
    ),
    # Calls.
    "tail_call_static": (
        "int f(void *c) { bpf_tail_call_static(c, &programs, 3); return 0; }",
        {"helpers": [12], "symbols": ["programs"], "argument3": 3},
    ),
    "hidden": ("int f(int *c) { return hidden_function(*c); }", {}),
    # Printing.
    "printk0": ('int f(void *c) { bpf_printk("hello"); return 0; }', {"helpers": [6]}),
    "printk1": ('int f(int *c) { bpf_printk("%d", *c); return 0; }', {"helpers": [6]}),
    "printk3": ('int f(int *c) { bpf_printk("%d %d %d", *c, 2, 3); return 0; }', {"helpers": [6]}),
    "printk4": ('int f(int *c) { bpf_printk("%d %d %d %d", *c, 2, 3, 4); return 0; }', {"helpers": [177], "words": 32}),
    "printk12": (
        'int f(int *c) { bpf_printk("%d", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, *c); return 0; }',
        {"helpers": [177], "words": 96},
    ),
    "printk_pointer": ('int f(int *c) { bpf_printk("%p%d%d%d", c, 1, 2, 3); return 0; }', {"helpers": [177]}),
    "seq_printf": (
        'int f(struct seq_file **c) { BPF_SEQ_PRINTF(*c, "%d %s\\n", 7, "x"); return 0; }',
        {"helpers": [126], "words": 16},
    ),
    "seq_printf0": (
        'int f(struct seq_file **c) { BPF_SEQ_PRINTF(*c, "plain"); return 0; }',
        {"helpers": [126], "words": 0},
    ),
    "snprintf": (
        'int f(void *c) { char b[8]; return BPF_SNPRINTF(b, sizeof(b), "%d%d", 1, 2) + b[0]; }',
        {"helpers": [165], "words": 16},
    ),
    "stream_printk": (
        'int f(int *c) { bpf_stream_printk(1, "%d", *c); return 0; }',
        {"kfuncs": ["bpf_stream_vprintk_impl"]},
    ),
    # Loops.
    "for": (
        "int f(int *c) { int i, s = 0; bpf_for(i, 0, *c) s += i; return s; }",
        {"kfunc_set": {"bpf_iter_num_new", "bpf_iter_num_next", "bpf_iter_num_destroy"}},
    ),
    "for_break": (
        "int f(int *c) { int i, s = 0; bpf_for(i, 0, 10) { if (i == *c) break; s += i; } return s; }",
        {"kfunc_set": {"bpf_iter_num_new", "bpf_iter_num_next", "bpf_iter_num_destroy"}},
    ),
    "repeat": (
        "int f(int *c) { int s = 0; bpf_repeat(9) s += *(volatile int *)c; return s; }",
        {"kfunc_set": {"bpf_iter_num_new", "bpf_iter_num_next", "bpf_iter_num_destroy"}},
    ),
    "for_each": (
        "int f(int *c) { int *at, s = 0; bpf_for_each(num, at, 2, 8) s += *at; return s; }",
        {"kfunc_set": {"bpf_iter_num_new", "bpf_iter_num_next", "bpf_iter_num_destroy"}},
    ),
    # Programs with named arguments.
    "prog0": ("int BPF_PROG(f) { return 4; }", {"returned": 4}),
    "prog": (
        "int BPF_PROG(f, struct thing *t, int n, char b) { return n + b + !!t + !!ctx; }",
        {"context_loads": {(8, 0), (8, 8), (8, 16)}},
    ),
    "prog12": (
        "long BPF_PROG(f, long a, long b, long c, long d, long e, long g, long h, long i, long j, long k, long l, long m) "
        "{ return a + m; }",
        {"context_loads": {(8, 0), (8, 88)}},
    ),
    "prog2": (
        "long BPF_PROG2(f, struct pair, p, int, n, struct small, s) { return p.first + p.second + n + s.value; }",
        {"context_words": {0, 8, 16, 24}},
    ),
    "prog2_none": ("int BPF_PROG2(f) { return 9; }", {"returned": 9}),
    "kprobe": (
        "long BPF_KPROBE(f, long a, void *b, int c) { return a + (long)b + c; }",
        {"context_words": {112, 104, 96}},
    ),
    "kprobe0": ("int BPF_KPROBE(f) { return !!ctx + 1; }", {}),
    "uprobe": ("long BPF_UPROBE(f, long a) { return a; }", {"context_loads": {(8, 112)}}),
    "kretprobe": ("long BPF_KRETPROBE(f, long r) { return r; }", {"context_loads": {(8, 80)}}),
    "kretprobe0": ("int BPF_KRETPROBE(f) { return 6; }", {"returned": 6}),
    "uretprobe": ("long BPF_URETPROBE(f, void *r) { return (long)r; }", {"context_loads": {(8, 80)}}),
    "ksyscall": (
        "long BPF_KSYSCALL(f, long a, long b, long c, long d) { return a + d; }",
        {
            "symbols": ["LINUX_HAS_SYSCALL_WRAPPER"],
            "context_words": {112},
            "helper_set": {113},
            "core": {(OFFSET, "pt_regs", f"0:{n}") for n in (14, 13, 12, 7)},
        },
    ),
    "kprobe_syscall": ("long BPF_KPROBE_SYSCALL(f, long a) { return a; }", {"symbols": ["LINUX_HAS_SYSCALL_WRAPPER"]}),
    "syscall_regs": (
        "long f(struct pt_regs *ctx) { return (long)PT_REGS_SYSCALL_REGS(ctx); }",
        {"context_loads": {(8, 112)}},
    ),
    "read_ret_ip": (
        "long f(struct pt_regs *ctx) { long ip = 0; BPF_KPROBE_READ_RET_IP(ip, ctx); return ip; }",
        {"helpers": [113], "context_loads": {(8, 152)}},
    ),
    "kret_read_ret_ip": (
        "long f(struct pt_regs *ctx) { long ip = 0; BPF_KRETPROBE_READ_RET_IP(ip, ctx); return ip; }",
        {"helpers": [113], "context_loads": {(8, 32)}},
    ),
    # CO-RE: questions.
    "field_exists": (
        "int f(struct thing *c) { return bpf_core_field_exists(c->pid) + 2 * bpf_core_field_exists(struct thing, page); }",
        {"core": {(EXISTS, "thing", "0:2"), (EXISTS, "thing", "0:1")}},
    ),
    "field_size": (
        "int f(struct thing *c) { return bpf_core_field_size(c->pid) + bpf_core_field_size(struct thing, member); }",
        {"core": {(SIZE, "thing", "0:2"), (SIZE, "thing", "0:6")}},
    ),
    "field_offset": (
        "int f(struct thing *c) { return bpf_core_field_offset(c->pid) + bpf_core_field_offset(struct thing, member.inner); }",
        {"core": {(OFFSET, "thing", "0:2"), (OFFSET, "thing", "0:6:0")}},
    ),
    "type_exists": (
        "int f(void *c) { return bpf_core_type_exists(struct pair); }",
        {"core": {(TYPE_EXISTS, "pair", "0")}},
    ),
    "type_size": ("int f(void *c) { return bpf_core_type_size(struct pair); }", {"core": {(TYPE_SIZE, "pair", "0")}}),
    "type_id_local": (
        "int f(void *c) { return bpf_core_type_id_local(struct pair); }",
        {"core": {(LOCAL, "pair", "0")}},
    ),
    "type_id_kernel": (
        "int f(void *c) { return bpf_core_type_id_kernel(struct pair); }",
        {"core": {(TARGET, "pair", "0")}},
    ),
    "enum_value": (
        "int f(void *c) { return bpf_core_enum_value(enum colour, BLUE); }",
        {"core": {(ENUM_VALUE, "colour", "1")}},
    ),
    "enum_value_exists": (
        "int f(void *c) { return bpf_core_enum_value_exists(enum colour, RED); }",
        {"core": {(ENUM_EXISTS, "colour", "0")}},
    ),
    "core_cast": (
        "int f(void **c) { return bpf_core_cast(*c, struct page)->number; }",
        {"kfuncs": ["bpf_rdonly_cast"], "core": {(TARGET, "page", "0")}},
    ),
    # CO-RE: copies.
    "core_read": (
        "int f(struct thing **c) { int v; bpf_core_read(&v, sizeof(v), &(*c)->pid); return v; }",
        {"helpers": [113], "core": {(OFFSET, "thing", "0:2")}},
    ),
    "core_read_user": (
        "int f(struct thing **c) { int v; bpf_core_read_user(&v, sizeof(v), &(*c)->pid); return v; }",
        {"helpers": [112], "core": {(OFFSET, "thing", "0:2")}},
    ),
    "core_read_str": (
        "int f(struct page **c) { char v[4]; return bpf_core_read_str(v, sizeof(v), &(*c)->name) + v[0]; }",
        {"helpers": [115], "core": {(OFFSET, "page", "0:1")}},
    ),
    "core_read_user_str": (
        "int f(struct page **c) { char v[4]; return bpf_core_read_user_str(v, sizeof(v), &(*c)->name) + v[0]; }",
        {"helpers": [114], "core": {(OFFSET, "page", "0:1")}},
    ),
    "CORE_READ1": (
        "int f(struct thing **c) { return BPF_CORE_READ(*c, pid); }",
        {"helpers": [113], "core": {(OFFSET, "thing", "0:2")}},
    ),
    "CORE_READ4": (
        "int f(struct thing **c) { return BPF_CORE_READ(*c, parent, parent, page, number); }",
        {"helpers": [113] * 4, "core": {(OFFSET, "thing", "0:0"), (OFFSET, "thing", "0:1"), (OFFSET, "page", "0:0")}},
    ),
    "CORE_READ10": (
        "int f(struct thing **c) { return BPF_CORE_READ(*c, parent, parent, parent, parent, parent, parent, parent, parent, "
        "parent, pid); }",
        {"helpers": [113] * 10},
    ),
    "CORE_READ_dots": (
        "int f(struct thing **c) { return BPF_CORE_READ(*c, parent, member.inner); }",
        {"helpers": [113] * 2, "core_list": ["0:0", "0:6:0"]},
    ),
    "CORE_READ_const": (
        "long f(struct page **c) { return (long)BPF_CORE_READ(*c, path); }",
        {"helpers": [113], "core": {(OFFSET, "page", "0:2")}},
    ),
    "CORE_READ_once": (
        "int f(struct thing **c) { int n = 0; struct thing *a[2] = {c[0], c[1]}; int v = BPF_CORE_READ(a[n++], parent, pid); "
        "return n == 1 ? v : -1; }",
        {"helpers": [113] * 2},
    ),
    "CORE_READ_INTO": (
        "int f(struct thing **c) { int v; BPF_CORE_READ_INTO(&v, *c, parent, pid); return v; }",
        {"helpers": [113] * 2},
    ),
    "CORE_READ_STR_INTO": (
        "int f(struct thing **c) { char v[8]; return BPF_CORE_READ_STR_INTO(&v, *c, page, name) + v[1]; }",
        {"helpers": [113, 115], "core_list": ["0:1", "0:1"]},
    ),
    "CORE_READ_USER": (
        "int f(struct thing **c) { return BPF_CORE_READ_USER(*c, parent, pid); }",
        {"helpers": [112] * 2},
    ),
    "CORE_READ_USER_INTO": (
        "int f(struct thing **c) { int v; BPF_CORE_READ_USER_INTO(&v, *c, parent, pid); return v; }",
        {"helpers": [112] * 2},
    ),
    "CORE_READ_USER_STR_INTO": (
        "int f(struct thing **c) { char v[8]; return BPF_CORE_READ_USER_STR_INTO(&v, *c, page, name) + v[1]; }",
        {"helpers": [112, 114]},
    ),
    "PROBE_READ": (
        "int f(struct plain **c) { return BPF_PROBE_READ(*c, next, value); }",
        {"helpers": [113] * 2, "core": set()},
    ),
    "PROBE_READ_INTO": (
        "int f(struct plain **c) { int v; BPF_PROBE_READ_INTO(&v, *c, next, value); return v; }",
        {"helpers": [113] * 2, "core": set()},
    ),
    "PROBE_READ_STR_INTO": (
        "int f(struct plain **c) { char v[4]; return BPF_PROBE_READ_STR_INTO(&v, *c, next, value) + v[0]; }",
        {"helpers": [113, 115], "core": set()},
    ),
    "PROBE_READ_USER": (
        "int f(struct plain **c) { return BPF_PROBE_READ_USER(*c, next, value); }",
        {"helpers": [112] * 2, "core": set()},
    ),
    "PROBE_READ_USER_INTO": (
        "int f(struct plain **c) { int v; BPF_PROBE_READ_USER_INTO(&v, *c, next, value); return v; }",
        {"helpers": [112] * 2, "core": set()},
    ),
    "PROBE_READ_USER_STR_INTO": (
        "int f(struct plain **c) { char v[4]; return BPF_PROBE_READ_USER_STR_INTO(&v, *c, next, value) + v[0]; }",
        {"helpers": [112, 114], "core": set()},
    ),
    "READ_BITFIELD": (
        "int f(struct thing *c) { return BPF_CORE_READ_BITFIELD(c, high); }",
        {"helpers": [], "core_kinds": {OFFSET, SIZE, SIGNED, LSHIFT, RSHIFT}},
    ),
    "READ_BITFIELD_PROBED": (
        "int f(struct thing **c) { return BPF_CORE_READ_BITFIELD_PROBED(*c, high); }",
        {"helpers": [113], "core_kinds": {OFFSET, SIZE, SIGNED, LSHIFT, RSHIFT}},
    ),
    "WRITE_BITFIELD": (
        "int f(struct thing *c) { BPF_CORE_WRITE_BITFIELD(c, high, 5); return 0; }",
        {"helpers": [], "core_kinds": {OFFSET, SIZE, LSHIFT, RSHIFT}},
    ),
}

#: Only newer compilers have the built-in.
NEWER = {
    "type_matches": (
        "int f(void *c) { return bpf_core_type_matches(struct pair); }",
        {"core": {(TYPE_MATCHES, "pair", "0")}},
    )
}

#: What the byte order macros give: (little, big).
VALUES = {
    "htons": (0x3412, 0x1234),
    "ntohs": (0x3412, 0x1234),
    "htonl": (0x78563412, 0x12345678),
    "ntohl": (0x78563412, 0x12345678),
    "cpu_to_be64": (0x88776655, 0x11223344),
    "be64_to_cpu": (0x44332211, 0x55667788),
}


def source(rows: dict[str, tuple[str, dict[str, object]]]) -> str:
    parts = [PRELUDE]
    for name, (text, _) in rows.items():
        # The function's name is f in the table: each gets its own here.
        renamed = (
            text.replace("(f,", f"(f_{name},", 1).replace("(f)", f"(f_{name})", 1).replace(" f(", f" f_{name}(", 1)
        )
        parts.append(f'SEC("t/{name}")\n{renamed}')
    return "\n".join(parts) + "\n"


@functools.cache
def compiled(cc: str, target: str, newer: bool = False) -> Object:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "macros.bpf.c")
        path.write_text(source(NEWER if newer else MACROS))
        messages: list[str] = []
        data = build.compile(
            path, cc=cc, target=target, arch="x86", cache=False, cflags=["-Wall"], report=messages.append
        )
        assert messages == []
        return Object(data)


def check(section: Section, core: list[tuple[int, str, str]], wanted: dict[str, object]) -> None:
    loads = section.context_loads
    for what, expected in wanted.items():
        found: object
        if what == "helper_set":
            found = set(section.helpers)
        elif what == "kfunc_set":
            found = set(section.kfuncs)
        elif what == "symbols":
            found = sorted(set(section.symbols.values()) - {".rodata", ".text"} - set(section.kfuncs))
        elif what == "context_loads":
            found = set(loads)
        elif what == "context_words":
            # The compiler may load the low half of a word: which half is where depends on the byte order.
            found = {offset & ~7 for _, offset in loads}
        elif what == "core":
            found = set(core)
        elif what == "core_list":
            found = [access for _, _, access in core]
        elif what == "core_kinds":
            found = {kind for kind, _, _ in core}
        elif what == "words":
            call = next(
                at for at, code in enumerate(section.code) if code.opcode == 0x85 and code.imm in (126, 165, 177)
            )
            sizes = [
                at.imm
                for at in section.code[:call]
                if at.opcode in (0xB4, 0xB7) and at.dst == (4 if section.code[call].imm == 177 else 5)
            ]
            found = sizes[-1]
        elif what == "argument3":
            found = [at.imm for at in section.code if at.opcode in (0xB4, 0xB7) and at.dst == 3][-1]
        elif what == "adds":
            found = next(at.imm for at in section.code if at.opcode == 0x07)
        else:
            found = getattr(section, what)
        assert found == expected, what


pytestmark = pytest.mark.skipif(not compilers(), reason="no clang here")
ORDERS = ("bpfel", "bpfeb")


@pytest.mark.parametrize("target", ORDERS)
@pytest.mark.parametrize("cc", compilers())
@pytest.mark.parametrize("name", MACROS)
def test_macro(name: str, cc: str, target: str) -> None:
    made = compiled(cc, target)
    assert made.machine == "EM_BPF"
    section = made.sections[f"t/{name}"]
    assert section.code[-1].opcode == 0x95 or any(at.opcode == 0x95 for at in section.code)
    check(section, made.core.get(f"t/{name}", []), MACROS[name][1])
    if name in VALUES:
        assert section.returned == VALUES[name][ORDERS.index(target)]


@pytest.mark.parametrize("name", NEWER)
@pytest.mark.parametrize("target", ORDERS)
@pytest.mark.parametrize("cc", compilers())
def test_newer_macro(name: str, cc: str, target: str) -> None:
    if build.find_compiler(cc).version < 16:
        pytest.skip("this clang is older than the built-in")
    made = compiled(cc, target, newer=True)
    check(made.sections[f"t/{name}"], made.core[f"t/{name}"], NEWER[name][1])


@pytest.mark.parametrize("cc", compilers())
@pytest.mark.parametrize("target", ORDERS)
def test_symbols(cc: str, target: str) -> None:
    made = compiled(cc, target)
    assert made.symbols["hidden_function"]["st_other"]["visibility"] == "STV_HIDDEN"
    assert made.symbols["weak_function"]["st_info"]["bind"] == "STB_WEAK"
    assert made.symbols["CONFIG_MODULES"]["st_info"]["bind"] == "STB_WEAK"
    assert made.symbols["CONFIG_HZ"]["st_info"]["bind"] == "STB_GLOBAL"
    assert made.data["license"] == b"GPL\0"
    assert b"hello\0" in made.data[".rodata"]


@pytest.mark.parametrize("cc", compilers())
def test_types_of_maps(cc: str) -> None:
    """__uint is the length of an array, __type what a pointer points to, __ulong an enumerator of 64 bits."""
    from ebpf import read
    from ebpf.uapi.map_types import MapType

    data = Path(build.INCLUDE, "bpf").is_dir()
    assert data
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "m.bpf.c")
        path.write_text(source({}))
        spec = read(build.compile(path, cc=cc, arch="x86", cache=False))
    numbers = spec.maps["numbers"]
    assert (numbers.type, numbers.key_size, numbers.value_size, numbers.max_entries) == (MapType.ARRAY, 4, 8, 4)
    assert spec.maps["programs"].pinning
    if build.find_compiler(cc).version >= 15:  # before, an enumerator has 32 bits in BTF
        assert spec.maps["arena"].map_extra == 1 << 44


#: machine → where each register lies in what <linux/ptrace.h> calls the registers: bytes.
#: PARM1…8, then SYSCALL parameters 2…6, RET, FP, RC, SP, IP. None: not in a register.
REGISTERS: dict[str, tuple[list[int | None], list[int | None], int, int | None, int, int, int]] = {
    "x86": ([112, 104, 96, 88, 72, 64, None, None], [104, 96, 56, 72, 64], 152, 32, 80, 152, 128),
    "arm64": ([0, 8, 16, 24, 32, 40, 48, 56], [8, 16, 24, 32, 40], 240, 232, 0, 248, 256),
    "arm": ([0, 8, 16, 24, None, None, None, None], [8, 16, 24, 32, 40], 112, 88, 0, 104, 120),
    "riscv": ([80, 88, 96, 104, 112, 120, 128, 136], [88, 96, 104, 112, 120], 8, 64, 80, 16, 0),
    "s390": ([40, 48, 56, 64, 72, None, None, None], [48, 56, 64, 72, 80], 136, 112, 40, 144, 16),
    "powerpc": ([24, 32, 40, 48, 56, 64, 72, 80], [32, 40, 48, 56, 64], 288, None, 24, 8, 256),
    "mips": ([32, 40, 48, 56, 64, 72, 80, 88], [40, 48, 56, 64, 72], 248, 240, 16, 232, 272),
    "loongarch": ([32, 40, 48, 56, 64, 72, 80, 88], [40, 48, 56, 64, 72], 8, 176, 32, 24, 264),
}


def registers_source(arch: str) -> tuple[str, dict[str, int]]:
    parms, syscall, ret, fp, rc, sp, ip = REGISTERS[arch]
    wanted = {f"PARM{n}": offset for n, offset in enumerate(parms, 1) if offset is not None}
    wanted |= {f"PARM{n}_SYSCALL": offset for n, offset in enumerate(syscall, 2) if offset is not None}
    wanted |= {
        name: at
        for name, at in zip(("RET", "FP", "RC", "SP", "IP"), (ret, fp, rc, sp, ip), strict=True)
        if at is not None
    }
    lines = [
        "#include <linux/bpf.h>",
        "#include <linux/ptrace.h>",
        "#include <bpf/bpf_helpers.h>",
        "#include <bpf/bpf_tracing.h>",
    ]
    for name in wanted:
        core = name.replace("_SYSCALL", "_CORE_SYSCALL") if "SYSCALL" in name else f"{name}_CORE"
        lines.append(f'SEC("t/{name}") long f_{name}(struct pt_regs *ctx) {{ return PT_REGS_{name}(ctx); }}')
        lines.append(f'SEC("t/{core}") long f_{core}(struct pt_regs **ctx) {{ return PT_REGS_{core}(*ctx); }}')
    lines.append('SEC("t/SYSCALL1") long f_1(struct pt_regs *ctx) { return PT_REGS_PARM1_SYSCALL(ctx); }')
    lines.append('SEC("t/SYSCALL1_CORE") long f_1c(struct pt_regs **ctx) { return PT_REGS_PARM1_CORE_SYSCALL(*ctx); }')
    return "\n".join(lines) + "\n", wanted


@pytest.mark.parametrize("arch", REGISTERS)
def test_registers(arch: str, tmp_path: Path) -> None:
    text, wanted = registers_source(arch)
    path = tmp_path / "registers.bpf.c"
    path.write_text(text)
    made = Object(build.compile(path, cc=compilers()[0], target=arch, cache=False))
    assert made.order == ("big" if arch in ("s390", "mips") else "little")
    for name, offset in wanted.items():
        assert made.sections[f"t/{name}"].context_loads == [(8, offset)], name
        core = name.replace("_SYSCALL", "_CORE_SYSCALL") if "SYSCALL" in name else f"{name}_CORE"
        assert made.sections[f"t/{core}"].helpers == [113], core
        assert [kind for kind, _, _ in made.core[f"t/{core}"]] == [OFFSET], core
    # The first argument of a system call is where the kernel keeps the original, and found by its types.
    original = {"arm64": "pt_regs___arm64", "riscv": "pt_regs___riscv", "s390": "pt_regs___s390"}
    if arch in original:
        assert made.core["t/SYSCALL1"] == [(OFFSET, original[arch], "0:0")]
        assert made.core["t/SYSCALL1_CORE"] == [(OFFSET, original[arch], "0:0")]
    else:
        assert "t/SYSCALL1" not in made.core
        assert len(made.core["t/SYSCALL1_CORE"]) == 1


def test_registers_of_no_machine(tmp_path: Path) -> None:
    path = tmp_path / "registers.bpf.c"
    path.write_text(registers_source("x86")[0])
    with pytest.raises(CompileError, match=r"--target x86"):
        build.compile(path, target="bpfel", cache=False)


def test_stack_arguments_are_no_register(tmp_path: Path) -> None:
    path = tmp_path / "registers.bpf.c"
    path.write_text(
        "#include <linux/bpf.h>\n#include <linux/ptrace.h>\n#include <bpf/bpf_tracing.h>\n"
        "long f(struct pt_regs *ctx) { return PT_REGS_PARM7(ctx); }\n"
    )
    with pytest.raises(CompileError, match="not pass that argument in a register"):
        build.compile(path, target="x86", cache=False)
    assert build.compile(path, target="arm64", cache=False)


USDT = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/usdt.bpf.h>
char LICENSE[] SEC("license") = "GPL";
SEC("usdt/none") long BPF_USDT(f, int first, void *second, long third) { return first + (long)second + third; }
SEC("usdt/all") long g(struct pt_regs *ctx) {
	return bpf_usdt_arg_cnt(ctx) + bpf_usdt_arg_size(ctx, 1) + bpf_usdt_cookie(ctx);
}
"""


@pytest.mark.parametrize("target", ORDERS)
@pytest.mark.parametrize("cc", compilers())
def test_usdt(cc: str, target: str, tmp_path: Path) -> None:
    path = tmp_path / "usdt.bpf.c"
    path.write_text(USDT)
    made = Object(build.compile(path, cc=cc, target=target, arch="x86", cache=False, cflags=["-Wall", "-Werror"]))
    text = made.sections[".text"]
    # By cookie where the kernel has them, else by address; the value from registers, memory of the kernel and the user.
    assert {"LINUX_HAS_BPF_COOKIE", "__bpf_usdt_specs", "__bpf_usdt_ip_to_spec_id"} <= set(text.symbols.values())
    assert {1, 112, 113, 174} == set(text.helpers)
    functions = {name for name in made.symbols if name.startswith("bpf_usdt_")}
    assert functions == {"bpf_usdt_arg", "bpf_usdt_arg_cnt", "bpf_usdt_arg_size", "bpf_usdt_cookie"}
    for name in functions:
        assert made.symbols[name]["st_info"]["bind"] == "STB_WEAK"
        assert made.symbols[name]["st_other"]["visibility"] == "STV_HIDDEN"
    # The layout that loaders fill: 12 arguments of 24 bytes, a cookie, a count.
    assert made.btf is not None
    spec = made.btf.find("__bpf_usdt_spec")
    arg = made.btf.find("__bpf_usdt_arg_spec")
    assert spec is not None
    assert arg is not None
    assert (made.btf.size(spec), made.btf.size(arg)) == (12 * 24 + 16, 24)
