"""What is said of common mistakes: the compiler's line, and what to do."""

from __future__ import annotations

import pytest
from c_objects import compilers

from ebpf import build
from ebpf.build.where import header_of
from ebpf.errors import CompileError

LINUX = "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n"
KERNEL = '#include "vmlinux.h"\n#include <bpf/bpf_helpers.h>\n#include <bpf/bpf_tracing.h>\n'

#: C → how the hint begins.
MISTAKES = {
    '#include <linux/bpf.h>\nSEC("xdp") int f(struct xdp_md *c) { return 1; }': "include <bpf/bpf_helpers.h>, which has SEC",
    '#include <bpf/bpf_helpers.h>\nSEC("xdp") int f(struct xdp_md *c) { return c->data; }':
        "include <linux/bpf.h>, which has xdp_md",
    '#include <bpf/bpf_helpers.h>\nstruct { __uint(type, BPF_MAP_TYPE_ARRAY); } m SEC(".maps");':
        "include <linux/bpf.h>, which has BPF_MAP_TYPE_ARRAY",
    LINUX + "int f(void) { return htons(1); }": "include <arpa/inet.h>, which has htons",
    LINUX + "int f(void) { return bpf_htons(1); }": "include <bpf/bpf_endian.h>, which has bpf_htons",
    LINUX + "int f(void) { return bpf_nonsense(1); }": "include <bpf/bpf_helpers.h>, and see that it is spelt right",
    LINUX + "bool f(void) { return 1; }": "include <stdbool.h>, which has bool",
    LINUX + "uint8_t f(void) { return 1; }": "include <stdint.h>, which has uint8_t",
    LINUX + "u32 f(void) { return 1; }": 'include "vmlinux.h" or "common.h" for u32; <linux/types.h> has __u32',
    LINUX + "int f(struct task_struct *t) { return t->pid; }": 'task_struct is the kernel\'s own: include "vmlinux.h" first',
    KERNEL + "int f(void) { return ETH_P_IP; }": "include <linux/if_ether.h>, which has ETH_P_IP",
    KERNEL + "int f(void) { return -EPERM; }": "include <errno.h>, which has EPERM",
    KERNEL + "int f(void) { return !!bpf_task_from_pid(1); }":
        "it is a kfunc of Linux 6.2, which a program declares: extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;",
    KERNEL + "struct task_struct { int own; };": '"vmlinux.h" has task_struct already: give yours another name',
    LINUX + 'int f(void) { printf("x"); return 0; }': "BPF has no C library: bpf_printk",
    LINUX + "void *f(void) { return malloc(3); }": "BPF has no heap: keep it in a map",
    LINUX + "double f(double a) { return a / 3; }": "BPF has no floating point",
    LINUX + "__attribute__((noinline)) int g(int a, int b, int c, int d, int e, int f) { return a + f; }\n"
    'SEC("xdp") int f(void *c) { return g(1, 2, 3, 4, 5, *(int *)c); }': "a function of BPF takes 5 arguments at most",
    LINUX + 'char license[] SEC("license") = "GPL";': "a variable or function can't have the name of a section: call it _license",
    LINUX + "int f(void) { return nobody_knows(1) + htons(1); }": "include <arpa/inet.h>, which has htons",
    LINUX + '#include "bpf_experimental.h"': "bpf_experimental.h is of the kernel's own tests",
    LINUX + "#include <scx/common.bpf.h>": "scx/common.bpf.h comes with the programs that use it",
    LINUX + "int f(void) { while (can_loop); return 0; }": "can_loop is a macro of the kernel's own tests",
    LINUX + 'SEC("socket") int f(struct __sk_buff *s) { return load_byte(s, 0); }': "load_byte is a macro of the kernel's own",
    KERNEL + "int f(struct trace_event_raw_sys_enter *c) { return c->nr; }":
        "struct trace_event_raw_sys_enter has ent, id, args, __data",
    KERNEL + "int f(struct task_struct *t) { return t->no_such_name; }": "struct task_struct has thread_info, __state, ",
    KERNEL + "int f(struct trace_event_raw_sys_entr *c) { return c->id; }":
        "the kernel has no struct trace_event_raw_sys_entr; did you mean trace_event_raw_sys_enter",
    LINUX + 'struct { __uint(type, BPF_MAP_TYPE_ARRAY); } m SEC(".maps")\nint g;': "",
    LINUX + "int g(int a) { return a; }\n" + 'SEC("xdp") int f(void *c) { return g(1, 2); }': "",
    LINUX + "struct event; int f(struct event *e) { return e->pid; }": "",
    LINUX + 'SEC("xdp") int f(struct xdp_md *c) { return c->no_such_name; }': "struct xdp_md has data, data_end, data_meta",
    KERNEL + 'SEC(".struct_ops.link") struct sched_ext_ops ops = { .name = "mine" };':
        "sched_ext_ops is of sched_ext, which the kernel of this vmlinux.h is built without",
    KERNEL + "u64 f(void) { return SCX_DSQ_LOCAL; }": "SCX_DSQ_LOCAL is of sched_ext",
    KERNEL + 'SEC(".struct_ops.link") struct hid_bpf_ops ops = { .flags = 0 };': "hid_bpf_ops is of HID-BPF",
    KERNEL + "int f(struct hid_bpf_ctx *ctx) { return ctx->size; }": "hid_bpf_ctx is of HID-BPF",
    "BPF_HASH(counts, int);\nint f(void) { return 0; }": "BPF_HASH is of BCC's own dialect",
}  # fmt: skip


@pytest.mark.skipif(not compilers(), reason="no clang here")
@pytest.mark.parametrize("text", MISTAKES)
def test_hints(text: str) -> None:
    # clang 14 is the oldest and clang 22 the newest: one after the other says it in its words.
    for cc in compilers():
        try:
            build.compile("x.c", text=text + "\n", cc=cc, vmlinux="shipped", cache=False)
        except CompileError as error:
            hint = error.hint
        else:
            continue  # newer compilers take more
        assert hint.startswith(MISTAKES[text]) and bool(hint) == bool(MISTAKES[text]), cc
        assert any("error" in line for line in error_lines(text, cc))


def error_lines(text: str, cc: str) -> tuple[str, ...]:
    with pytest.raises(CompileError) as caught:
        build.compile("x.c", text=text + "\n", cc=cc, vmlinux="shipped", cache=False)
    return caught.value.lines


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("IPPROTO_TCP", "<linux/in.h>"), ("iphdr", "<linux/ip.h>"), ("BPF_F_CURRENT_CPU", "<linux/bpf.h>"),
        ("bpf_map_lookup_elem", "<bpf/bpf_helpers.h>"), ("PT_REGS_PARM1", "<bpf/bpf_tracing.h>"), ("__u64", "<linux/types.h>"),
        ("SIGKILL", "<signal.h>"), ("NF_DROP", "<linux/netfilter.h>"), ("size_t", "<stddef.h>"), ("XDP_PASS", "<linux/bpf.h>"),
        ("bpf_elf_map", "<bpf_elf.h>"), ("mm_struct", '"vmlinux.h"'), ("no_such_name", ""),
    ],
)  # fmt: skip
def test_where_a_name_is(name: str, header: str) -> None:
    assert header_of(name) == header


@pytest.mark.skipif(not compilers(), reason="no clang here")
@pytest.mark.parametrize("cc", compilers())
def test_what_is_said_many_times_stands_there_once(cc: str) -> None:
    text = LINUX + "int f(void *c) { char a[700]; bpf_get_current_comm(a, 700); for (int i = 0; i < 700; i++) a[i] = i; " \
        "bpf_trace_printk(a, 700); a[5] = 3; a[1] = a[2]; bpf_trace_printk(a, 700); return a[3]; }"  # fmt: skip
    with pytest.raises(CompileError, match="a BPF stack has 512 bytes") as caught:
        build.compile("x.c", text=text + "\n", cc=cc, cache=False)
    said = [line for line in caught.value.lines if "stack limit" in line]
    assert said and len(said) == len(set(said))
