"""C as people write it for other loaders: it compiles with nothing but our headers, for both byte orders, at every level of
optimisation, and gives the programs and maps that it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from c_objects import compilers

from ebpf import build, elf
from ebpf.build import clang as clang_module
from ebpf.build.hints import hint_for
from ebpf.build.targets import ARCHES
from ebpf.errors import CompileError
from ebpf.kernel.make_map import actual_entries

pytestmark = pytest.mark.skipif(not compilers(), reason="no clang here")

#: What such programs include, whether they need it or not; in the order in which they do.
_HEADERS = """
stdbool.h stdint.h stddef.h string.h errno.h limits.h assert.h endian.h byteswap.h signal.h fcntl.h time.h
linux/bpf.h linux/types.h linux/const.h linux/kernel.h linux/stddef.h linux/string.h linux/version.h linux/ptrace.h
linux/if_ether.h linux/if_vlan.h linux/if_packet.h linux/if_arp.h linux/if_tunnel.h linux/ip.h linux/ipv6.h linux/in.h
linux/in6.h linux/tcp.h linux/udp.h linux/icmp.h linux/icmpv6.h linux/igmp.h linux/mpls.h linux/seg6.h linux/seg6_local.h
linux/pkt_cls.h linux/pkt_sched.h linux/filter.h linux/socket.h linux/un.h linux/netfilter.h linux/netfilter_ipv4.h
linux/netfilter_ipv6.h linux/sched.h linux/errno.h linux/perf_event.h linux/bpf_perf_event.h linux/bpf_common.h linux/btf.h
linux/capability.h linux/fcntl.h linux/stat.h linux/mman.h linux/signal.h linux/time.h linux/time_types.h linux/limits.h
linux/magic.h linux/kdev_t.h linux/unistd.h linux/swab.h linux/lirc.h linux/netdev.h linux/posix_types.h
asm/unistd.h asm/byteorder.h asm/types.h asm/errno.h asm/ptrace.h asm/socket.h asm-generic/types.h asm-generic/bitsperlong.h
sys/socket.h sys/types.h sys/stat.h sys/mman.h sys/syscall.h arpa/inet.h net/if.h net/ethernet.h net/if_arp.h netinet/in.h
netinet/ip.h netinet/ip6.h netinet/ip_icmp.h netinet/tcp.h netinet/udp.h netinet/if_ether.h netinet/ether.h
bpf/bpf_helpers.h bpf/bpf_endian.h bpf/bpf_tracing.h bpf/bpf_core_read.h bpf/usdt.bpf.h
"""
HEADERS = _HEADERS.split()

PACKETS = """
#include <stdint.h>
#include <string.h>
#include <arpa/inet.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/in.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <linux/icmpv6.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
struct vlan { __be16 tci, proto; };
struct flow { struct in6_addr src, dst; __be16 sport, dport; __u8 proto; } __attribute__((packed));
struct counters { __u64 packets, bytes; };
struct {
	__uint(type, BPF_MAP_TYPE_LRU_PERCPU_HASH);
	__uint(max_entries, 1024);
	__type(key, struct flow);
	__type(value, struct counters);
} flows SEC(".maps");
static __always_inline int parse(struct xdp_md *ctx, struct flow *flow, __u64 *size)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	if ((void *)(eth + 1) > end)
		return -1;
	__be16 proto = eth->h_proto;
	data = eth + 1;
#pragma unroll
	for (int i = 0; i < 2; i++) {
		if (proto != bpf_htons(ETH_P_8021Q) && proto != htons(ETH_P_8021AD))
			break;
		struct vlan *tag = data;
		if ((void *)(tag + 1) > end)
			return -1;
		proto = tag->proto;
		data = tag + 1;
	}
	__builtin_memset(flow, 0, sizeof(*flow));
	*size = end - (void *)eth;
	if (proto == bpf_htons(ETH_P_IP)) {
		struct iphdr *ip = data;
		if ((void *)(ip + 1) > end || ip->ihl < 5)
			return -1;
		flow->src.s6_addr32[3] = ip->saddr;
		memcpy(&flow->dst.s6_addr32[3], &ip->daddr, sizeof(ip->daddr));
		flow->proto = ip->protocol;
		data += ip->ihl * 4;
	} else if (proto == bpf_htons(ETH_P_IPV6)) {
		struct ipv6hdr *ip = data;
		if ((void *)(ip + 1) > end)
			return -1;
		flow->src = ip->saddr;
		flow->dst = ip->daddr;
		flow->proto = ip->nexthdr;
		data = ip + 1;
	} else {
		return -1;
	}
	if (flow->proto == IPPROTO_TCP) {
		struct tcphdr *tcp = data;
		if ((void *)(tcp + 1) > end)
			return -1;
		flow->sport = tcp->source;
		flow->dport = tcp->dest;
		return tcp->syn && !tcp->ack;
	}
	if (flow->proto == IPPROTO_UDP) {
		struct udphdr *udp = data;
		if ((void *)(udp + 1) > end)
			return -1;
		flow->sport = udp->source;
		flow->dport = udp->dest;
	}
	return 0;
}
SEC("xdp")
int count(struct xdp_md *ctx)
{
	struct counters one = { 1 }, *old;
	struct flow flow;
	int syn = parse(ctx, &flow, &one.bytes);
	if (syn < 0)
		return XDP_PASS;
	old = bpf_map_lookup_elem(&flows, &flow);
	if (old) {
		old->packets++;
		old->bytes += one.bytes;
	} else {
		bpf_map_update_elem(&flows, &flow, &one, BPF_NOEXIST);
	}
	return syn ? XDP_DROP : XDP_PASS;
}
char _license[] SEC("license") = "Dual BSD/GPL";
"""

CLASSIFIER = """
#include <stdint.h>
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <iproute2/bpf_elf.h>
#include <bpf/bpf_helpers.h>
#ifndef __section
#define __section(x) __attribute__((section(x), used))
#endif
#define ACC_MAP 1
struct bpf_elf_map __section(ELF_SECTION_MAPS) acc = {
	.type = BPF_MAP_TYPE_ARRAY, .size_key = sizeof(uint32_t), .size_value = sizeof(uint32_t), .max_elem = 2,
	.pinning = PIN_GLOBAL_NS, .id = ACC_MAP,
};
static __always_inline int account(struct __sk_buff *skb, uint32_t dir)
{
	uint32_t *bytes = bpf_map_lookup_elem(&acc, &dir);
	if (bytes)
		__sync_fetch_and_add(bytes, skb->len);
	return skb->protocol == __constant_htons(ETH_P_ARP) ? TC_ACT_SHOT : TC_ACT_OK;
}
__section("tc/ingress") int tc_ingress(struct __sk_buff *skb) { return account(skb, 0); }
__section("classifier") int tc_egress(struct __sk_buff *skb) { return account(skb, 1); }
char __license[] __section(ELF_SECTION_LICENSE) = "GPL";
"""

OLD_MAPS = """
#include <linux/ptrace.h>
#include <linux/version.h>
#include <linux/bpf.h>
#include <uapi/linux/errno.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
struct bpf_map_def { unsigned int type, key_size, value_size, max_entries, map_flags; };
struct bpf_map_def SEC("maps") counts = { .type = BPF_MAP_TYPE_HASH, .key_size = 4, .value_size = 8, .max_entries = 64 };
struct bpf_map_def SEC("maps/events") events = { .type = BPF_MAP_TYPE_PERF_EVENT_ARRAY, .key_size = 4, .value_size = 4 };
SEC("kprobe/do_sys_open")
int open_(struct pt_regs *ctx)
{
	char name[16];
	__u32 fd = PT_REGS_PARM1(ctx);
	__u64 id = bpf_get_current_pid_tgid();
	bpf_get_current_comm(name, sizeof(name));
	bpf_map_update_elem(&counts, &fd, &id, BPF_ANY);
	bpf_perf_event_output(ctx, &events, BPF_F_CURRENT_CPU, name, sizeof(name));
	bpf_printk("%s opens %d", name, fd);
	return 0;
}
SEC("kretprobe/do_sys_open") int opened(struct pt_regs *ctx) { return PT_REGS_RC(ctx) == -ENOENT; }
char _license[] SEC("license") = "GPL";
__u32 _version SEC("version") = LINUX_VERSION_CODE;
"""

SOCKETS = """
#include <stdbool.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <linux/bpf.h>
#include <linux/errno.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
struct { __uint(type, BPF_MAP_TYPE_SOCKHASH); __uint(max_entries, 64); __type(key, __u64); __type(value, __u64); }
	peers SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_SK_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __type(value, __u64); }
	since SEC(".maps");
SEC("sockops") int watch(struct bpf_sock_ops *ops)
{
	__u64 cookie = bpf_get_socket_cookie(ops);
	int yes = 1;
	if (ops->op == BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB && ops->family == AF_INET6) {
		bpf_setsockopt(ops, SOL_TCP, TCP_NODELAY, &yes, sizeof(yes));
		bpf_sock_hash_update(ops, &peers, &cookie, BPF_ANY);
	}
	return 1;
}
SEC("sk_msg") int route(struct sk_msg_md *msg) { __u64 k = msg->remote_port; return bpf_msg_redirect_hash(msg, &peers, &k, 0); }
SEC("sk_skb/stream_verdict") int verdict(struct __sk_buff *skb) { return SK_PASS; }
SEC("cgroup/connect4") int connect4(struct bpf_sock_addr *ctx)
{
	struct bpf_sock *sk = ctx->sk;
	__u64 *t = sk ? bpf_sk_storage_get(&since, sk, 0, BPF_SK_STORAGE_GET_F_CREATE) : 0;
	if (t)
		*t = bpf_ktime_get_ns();
	if (ctx->user_ip4 == bpf_htonl(INADDR_LOOPBACK) && ctx->user_port == bpf_htons(80))
		ctx->user_port = bpf_htons(8080);
	return 1;
}
SEC("cgroup/getsockopt") int getsockopt_(struct bpf_sockopt *ctx)
{
	return !(ctx->level == SOL_SOCKET && ctx->optname == SO_MARK);
}
SEC("cgroup/dev") int device(struct bpf_cgroup_dev_ctx *ctx) { return ctx->major == 1; }
SEC("cgroup/sysctl") int sysctl(struct bpf_sysctl *ctx) { return !ctx->write; }
SEC("cgroup_skb/egress") int egress(struct __sk_buff *skb) { return 1; }
SEC("sk_lookup") int lookup(struct bpf_sk_lookup *ctx) { return ctx->protocol == IPPROTO_TCP ? SK_PASS : SK_DROP; }
SEC("flow_dissector") int dissect(struct __sk_buff *skb) { return BPF_OK; }
SEC("lwt_xmit") int lwt(struct __sk_buff *skb) { return BPF_OK; }
SEC("socket") int filter(struct __sk_buff *skb) { return skb->len > 64 ? -1 : 0; }
char LICENSE[] SEC("license") = "GPL";
"""

TRACING = """
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>
#define FMODE_WRITE 2
struct event { __u64 ts, cgroup; __u32 pid, ppid, uid; int ret; char comm[TASK_COMM_LEN], path[64]; };
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 1 << 16); } events SEC(".maps");
struct task_struct___old { long state; } __attribute__((preserve_access_index));
const volatile pid_t only = 0;
static __noinline long state_of(struct task_struct *task)
{
	if (bpf_core_field_exists(task->__state))
		return BPF_CORE_READ(task, __state);
	return BPF_CORE_READ((struct task_struct___old *)task, state);
}
static __always_inline struct event *begin(void)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct event *e;
	if (only && bpf_get_current_pid_tgid() >> 32 != only)
		return 0;
	e = bpf_ringbuf_reserve(&events, sizeof(*e), 0);
	if (!e)
		return 0;
	e->ts = bpf_ktime_get_boot_ns();
	e->pid = bpf_get_current_pid_tgid() >> 32;
	e->ppid = BPF_CORE_READ(task, real_parent, tgid);
	e->uid = bpf_get_current_uid_gid();
	e->cgroup = BPF_CORE_READ(task, cgroups, dfl_cgrp, kn, id);
	e->ret = state_of(task);
	bpf_get_current_comm(e->comm, sizeof(e->comm));
	return e;
}
SEC("tp/syscalls/sys_enter_openat") int openat(struct trace_event_raw_sys_enter *ctx)
{
	struct event *e = begin();
	if (!e)
		return 0;
	bpf_probe_read_user_str(e->path, sizeof(e->path), (const char *)ctx->args[1]);
	bpf_ringbuf_submit(e, 0);
	return 0;
}
SEC("kprobe/vfs_write") int BPF_KPROBE(vfs_write, struct file *file, const char *buf, size_t count, loff_t *pos)
{
	struct qstr name;
	struct event *e;
	if (!(BPF_CORE_READ(file, f_mode) & FMODE_WRITE))
		return 0;
	e = begin();
	if (!e)
		return 0;
	BPF_CORE_READ_INTO(&name, file, f_path.dentry, d_name);
	bpf_probe_read_kernel_str(e->path, sizeof(e->path), name.name);
	bpf_ringbuf_submit(e, BPF_RB_FORCE_WAKEUP);
	return 0;
}
SEC("kretprobe/vfs_write") int BPF_KRETPROBE(vfs_write_ret, ssize_t ret) { return ret < 0; }
SEC("ksyscall/kill") int BPF_KSYSCALL(kill_, pid_t pid, int sig) { return sig == 9; }
SEC("fentry/tcp_connect") int BPF_PROG(tcp_connect, struct sock *sk)
{
	bpf_printk("%pI4 %d %d %s", &sk->__sk_common.skc_daddr, sk->__sk_common.skc_num, bpf_ntohs_(sk), "x");
	return 0;
}
SEC("raw_tp/sched_switch") int switch_(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *next = (void *)ctx->args[2];
	return BPF_CORE_READ(next, pid) == only;
}
SEC("tp_btf/sched_process_exit") int BPF_PROG(exit_, struct task_struct *p) { return p->exit_code; }
SEC("lsm/file_open") int BPF_PROG(file_open, struct file *file, int ret) { return ret ?: -(file->f_inode->i_ino == 1); }
SEC("iter/task") int dump(struct bpf_iter__task *ctx)
{
	if (ctx->task)
		BPF_SEQ_PRINTF(ctx->meta->seq, "%d %s\\n", ctx->task->pid, ctx->task->comm);
	return 0;
}
SEC("perf_event") int sample(struct bpf_perf_event_data *ctx) { return PT_REGS_IP(&ctx->regs) & 1; }
char LICENSE[] SEC("license") = "GPL";
""".replace("bpf_ntohs_(sk)", "__builtin_bswap16(sk->__sk_common.skc_dport)")

#: name → (C, programs, maps)
PROGRAMS = {
    "packets": (PACKETS, {"count"}, {"flows"}),
    "classifier": (CLASSIFIER, {"tc_ingress", "tc_egress"}, {"acc"}),
    "old_maps": (OLD_MAPS, {"open_", "opened"}, {"counts", "events"}),
    "sockets": (
        SOCKETS,
        {
            "watch", "route", "verdict", "connect4", "getsockopt_", "device", "sysctl", "egress", "lookup", "dissect", "lwt",
            "filter",
        },
        {"peers", "since"},
    ),
    "tracing": (
        TRACING,
        {
            "openat", "vfs_write", "vfs_write_ret", "kill_", "tcp_connect", "switch_", "exit_", "file_open", "dump", "sample",
        },
        {"events"},
    ),
}  # fmt: skip
#: Each level with each compiler, the byte orders in turn.
WAYS = [(cc, opt, order) for cc in compilers() for opt, order in zip(("-O1", "-O2", "-O3", "-Os"), "lblb", strict=True)]


@pytest.fixture(autouse=True)
def nothing_installed(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A machine with no kernel headers and no C library's."""
    monkeypatch.setattr(clang_module, "system_folders", list)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "wild-cache"))


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize(("cc", "opt", "order"), WAYS)
def test_programs(name: str, cc: str, opt: str, order: str) -> None:
    source, programs, maps = PROGRAMS[name]
    warnings: list[str] = []
    data = build.compile(
        f"{name}.bpf.c",
        text=source,
        cc=cc,
        opt=opt,
        target="x86" if order == "l" else "s390",
        vmlinux="shipped",
        cflags=["-Wall", "-Wno-unused-function"],
        report=warnings.append,
    )
    assert warnings == []
    spec = elf.read(data)
    assert set(spec.programs) == programs
    assert {one for one in spec.maps if not one.startswith(".")} == maps
    assert all(one.code and one.license for one in spec.programs.values())


REGISTERS = """
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>
#include <bpf/usdt.bpf.h>
SEC("kprobe/x") int BPF_KPROBE(entered, int x, int y, int z, long w)
{
	return x + y + z + w + PT_REGS_RC(ctx) + PT_REGS_IP(ctx) + PT_REGS_SP(ctx) + PT_REGS_RET(ctx);
}
SEC("kretprobe/x") int BPF_KRETPROBE(left, int ret) { return ret; }
SEC("kprobe/y") int copied(struct pt_regs *ctx)
{
	return PT_REGS_PARM1_CORE(ctx) + PT_REGS_PARM3_CORE(ctx) + PT_REGS_RC_CORE(ctx);
}
SEC("ksyscall/x") int BPF_KSYSCALL(called, int x, int y, int z, int w) { return x + y + z + w; }
SEC("kprobe/z") int nested(struct pt_regs *ctx)
{
	struct pt_regs *regs = PT_REGS_SYSCALL_REGS(ctx);
	return PT_REGS_PARM1_CORE_SYSCALL(regs) + PT_REGS_PARM4_CORE_SYSCALL(regs);
}
SEC("uprobe") int BPF_UPROBE(user, int x) { return x; }
SEC("uretprobe") int BPF_URETPROBE(user_left, int ret) { return ret; }
SEC("usdt") int BPF_USDT(probe, int x, long y) { return x + y; }
SEC("kprobe/from") int caller(struct pt_regs *ctx) { long ip; BPF_KPROBE_READ_RET_IP(ip, ctx); return ip; }
char LICENSE[] SEC("license") = "GPL";
"""


@pytest.mark.parametrize("types", ["vmlinux.h", "linux/ptrace.h"])
@pytest.mark.parametrize("arch", ARCHES)
def test_registers_of_every_machine(arch: str, types: str) -> None:
    head = '#include "vmlinux.h"\n' if types == "vmlinux.h" else "#include <linux/bpf.h>\n#include <linux/ptrace.h>\n"
    warnings: list[str] = []
    data = build.compile(
        "registers.c", text=head + REGISTERS, target=arch, vmlinux="shipped", cflags=["-Wall"], report=warnings.append
    )
    assert warnings == []
    assert set(elf.read(data).programs) == {
        "entered", "left", "copied", "called", "nested", "user", "user_left", "probe", "caller",
    }  # fmt: skip


@pytest.mark.parametrize("cc", compilers())
def test_maps_as_before_libbpf_1_0(cc: str) -> None:
    """`struct bpf_map_def` was in bpf_helpers.h then; programs that define it themselves are among those above."""
    text = OLD_MAPS.replace("struct bpf_map_def {", "struct unused {")
    found = elf.read(build.compile("old.c", text=text, cc=cc, target="x86", define=["A"])).maps["counts"]
    assert (found.key_size, found.value_size, found.max_entries) == (4, 8, 64)
    with pytest.raises(CompileError) as caught:
        build.compile("old.c", text=text + "int g(void) { return missing; }\n", cc=cc, target="x86")
    assert next(line for line in caught.value.lines if "error:" in line).endswith("undeclared identifier 'missing'")


@pytest.mark.parametrize("cc", compilers())
@pytest.mark.parametrize("order", ["as written", "backwards"])
def test_all_headers_at_once(cc: str, order: str) -> None:
    names = HEADERS if order == "as written" else ["linux/ptrace.h", *reversed(HEADERS)]
    text = "".join(f"#include <{name}>\n" for name in names)
    text += 'SEC("xdp") int f(struct xdp_md *c) { return IPPROTO_TCP + TC_ACT_OK + AF_INET + EPERM + O_RDONLY + SIGKILL; }\n'
    warnings: list[str] = []
    build.compile("all.c", text=text, cc=cc, target="x86", cflags=["-Wall"], report=warnings.append)
    assert warnings == []


@pytest.mark.parametrize("cc", compilers())
def test_the_systems_headers_stand_on_ours(cc: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What only the system has, of those that build on what we have, too."""
    monkeypatch.undo()
    names = [
        "linux/fanotify.h", "linux/tc_act/tc_bpf.h", "linux/tc_act/tc_mirred.h", "linux/loop.h", "linux/io_uring.h", "asm/kvm.h",
        "linux/netfilter/xt_osf.h", "linux/msg.h", "linux/rtnetlink.h", "linux/if_link.h", "linux/netlink.h", "linux/seccomp.h",
        "linux/vm_sockets.h", "linux/tls.h", "linux/ipc.h", "linux/timex.h", "linux/ppp_defs.h", "linux/resource.h",
    ]  # fmt: skip
    folders = [Path(one) for one in clang_module.system_folders()]
    here = [name for name in names if any((folder / name).exists() for folder in folders)]
    if not here:
        pytest.skip("no kernel headers installed")
    text = "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n" + "".join(f"#include <{name}>\n" for name in here)
    build.compile("system.c", text=text, cc=cc, target="x86", cache=False)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("#include <linux/skbuff.h>\n", 'linux/skbuff.h is the kernel\'s own: include "vmlinux.h"'),
        ("#include <net/sock.h>\n", 'net/sock.h is the kernel\'s own: include "vmlinux.h"'),
        ("#include <linux/nothing.h>\n", "linux/nothing.h is not among our headers"),
        ("#include <xdp/parsing_helpers.h>\n", "add the folder that holds xdp/parsing_helpers.h"),
    ],
)
def test_headers_that_are_missing(text: str, hint: str) -> None:
    with pytest.raises(CompileError) as caught:
        build.compile("x.c", text=text)
    assert caught.value.hint.startswith(hint)
    assert hint_for(str(caught.value)).startswith(hint)


#: Headers of the kernel's tree that programs bring along, as they lie there: they include parts that are ours then.
VENDORED = {
    "linux/types.h": """
#ifndef _UAPI_LINUX_TYPES_H
#define _UAPI_LINUX_TYPES_H
#include {}
typedef __u16 __be16;
typedef __u32 __be32, __wsum;
typedef __u16 __sum16;
typedef __u64 __be64;
#define __aligned_u64 __u64 __attribute__((aligned(8)))
#endif
""",
    "linux/stddef.h": """
#ifndef _UAPI_LINUX_STDDEF_H
#define _UAPI_LINUX_STDDEF_H
#include <linux/compiler_types.h>
#define __struct_group(TAG, NAME, ATTRS, MEMBERS...) union { struct { MEMBERS } ATTRS; struct TAG { MEMBERS } ATTRS NAME; }
static __always_inline __attribute_const__ int group(int __user *x) { return !!x; }
#endif
""",
}


@pytest.mark.parametrize("integers", ["<asm/types.h>", "<asm-generic/int-ll64.h>", "<asm-generic/types.h>"])
@pytest.mark.parametrize("cc", compilers())
def test_headers_that_a_program_brings(tmp_path: Path, cc: str, integers: str) -> None:
    (tmp_path / "linux").mkdir()
    for name, text in VENDORED.items():
        (tmp_path / name).write_text(text.replace("{}", integers, 1) if name == "linux/types.h" else text)
    source = "".join(
        f"#include <{name}>\n" for name in ("linux/types.h", "linux/compiler.h", "linux/stddef.h", *HEADERS)
    )
    source += "int f(void *p) { barrier(); return likely(p != 0) ? unlikely(group(p)) : sizeof(__kernel_fd_set); }"
    build.compile("x.c", text=source, cc=cc, include=[tmp_path], target="x86", vmlinux="shipped", cache=False)


#: Calls kfuncs that bpftool's vmlinux.h declares, and declares one itself, as programs for other kernels do.
KFUNCS = """
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
SEC("tp_btf/task_newtask")
int BPF_PROG(made, struct task_struct *task, u64 flags)
{
	struct bpf_cpumask *mask = bpf_cpumask_create();
	struct task_struct *held = bpf_task_acquire(task);

	if (held)
		bpf_task_release(held);
	if (mask)
		bpf_cpumask_release(mask);
	return 0;
}
"""


@pytest.mark.parametrize("cc", compilers())
@pytest.mark.parametrize("target", ["x86", "bpfeb"])
def test_kfuncs_that_nobody_declared(cc: str, target: str) -> None:
    data = build.compile("x.c", text=KFUNCS, cc=cc, target=target, vmlinux="shipped")
    program = elf.read(data).programs["made"]
    calls = {reference.name: reference.weak for reference in program.references if reference.kind == "kfunc"}
    assert calls == {
        "bpf_cpumask_create": True, "bpf_cpumask_release": True, "bpf_task_release": True, "bpf_task_acquire": False,
    }  # fmt: skip


@pytest.mark.parametrize("cc", compilers())
def test_kfuncs_as_a_program_has_them(cc: str) -> None:
    """One that is declared otherwise than the kernel has it stays as it is; what is unknown after that is told."""
    other = KFUNCS.replace(
        "struct task_struct *bpf_task_acquire(struct task_struct *p)", "void *bpf_task_acquire(void *p)"
    )
    build.compile("x.c", text=other, cc=cc, target="x86", vmlinux="shipped")
    with pytest.raises(CompileError) as caught:
        build.compile("x.c", text=f"{other}int g(void) {{ return missing; }}\n", cc=cc, target="x86", vmlinux="shipped")
    assert [line.rpartition("error: ")[2] for line in caught.value.lines if "error:" in line] == [
        "use of undeclared identifier 'missing'"
    ]
    unknown = other.replace("return 0;", "return bpf_xdp_metadata_of_tomorrow();")
    with pytest.raises(CompileError, match=r"bpf_xdp_metadata_of_tomorrow"):
        build.compile("x.c", text=unknown, cc=cc, target="x86", vmlinux="shipped")


def test_names_of_types_and_registers_as_older_headers_had_them() -> None:
    text = '#include "vmlinux.h"\n#include <bpf/bpf_tracing.h>\nulong a; uint b; ushort c;\n'
    build.compile("x.c", text=text, target="x86", vmlinux="shipped")
    arm = "long f(struct pt_regs *ctx) { return ((PT_REGS_ARM64 *)ctx)->regs[28]; }\n"
    build.compile("x.c", text=text + arm, target="arm64", vmlinux="shipped")
    s390 = "long f(struct pt_regs *ctx) { return ((PT_REGS_S390 *)ctx)->gprs[2]; }\n"
    build.compile("x.c", text=text + s390, target="s390", vmlinux="shipped")


@pytest.mark.parametrize("cc", compilers())
def test_perf_buffers_without_sizes(cc: str) -> None:
    """Go's loader fills in what the kernel wants of such a map anyway, so programs leave it out."""
    text = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct { __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY); } bare SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY); __uint(value_size, 4); __uint(max_entries, 8); } half SEC(".maps");
"""
    maps = elf.read(build.compile("x.c", text=text, cc=cc, target="x86")).maps
    found = {name: (one.key_size, one.value_size, one.max_entries) for name, one in maps.items()}
    assert found == {"bare": (4, 4, 0), "half": (4, 4, 8)}
    assert actual_entries(maps["half"]) == 8
    assert actual_entries(maps["bare"]) > 0


@pytest.mark.parametrize("cc", compilers())
def test_sources_are_named_from_here(cc: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "x.bpf.c").write_text(
        '#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nSEC("xdp") int f(struct xdp_md *c) { return c->rx_queue_index; }\n'
    )
    monkeypatch.chdir(tmp_path)
    for name in ("src/x.bpf.c", str(tmp_path / "src" / "x.bpf.c")):
        lines = elf.read(build.compile(name, cc=cc, target="x86", cache=False)).programs["f"].lines
        assert {line.file.removeprefix("./") for line in lines} == {"src/x.bpf.c"}


@pytest.mark.parametrize("first", ["linux/types.h", "linux/stddef.h", "asm/types.h"])
@pytest.mark.parametrize("target", ["bpfel", "x86", "arm64", "s390"])
def test_a_whole_vmlinux_after_the_integers(tmp_path: Path, first: str, target: str) -> None:
    """linux/types.h gives nothing that a machine's vmlinux.h has otherwise: names that differ, structs without a tag."""
    old = {"s390": "unsigned short", "x86": "unsigned long"}.get(target, "unsigned int")
    (tmp_path / "vmlinux.h").write_text(
        "#ifndef __VMLINUX_H__\n#define __VMLINUX_H__\n"
        "typedef unsigned short __kernel_old_uid_t;\ntypedef unsigned short __kernel_old_gid_t;\n"
        f"typedef {old} __kernel_old_dev_t;\ntypedef struct {{ int val[2]; }} __kernel_fsid_t;\n"
        "typedef struct { unsigned long fds_bits[16]; } __kernel_fd_set;\ntypedef int __kernel_key_t;\n#endif\n"
    )
    text = f'#include <{first}>\n#include "vmlinux.h"\n__kernel_fsid_t fsid;\nint f(void) {{ return fsid.val[1]; }}\n'
    build.compile("x.c", text=text, target=target, include=[tmp_path], cache=False)


#: What a compiler makes of C on the way to an object, and the flags that make it stop there.
STAGES = {".i": ["-E"], ".ll": ["-S", "-emit-llvm"], ".bc": ["-emit-llvm"], ".s": ["-S"], ".S": ["-S"]}


@pytest.mark.parametrize("cc", compilers())
@pytest.mark.parametrize("suffix", STAGES)
def test_what_is_on_the_way_to_an_object(cc: str, suffix: str, tmp_path: Path) -> None:
    """Older projects keep LLVM's code of a program, or its assembly: it includes nothing, so clang lists nothing."""
    text = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int dropped(struct xdp_md *ctx) { return ctx->ingress_ifindex ? XDP_PASS : XDP_DROP; }
"""
    c, source = tmp_path / "dropped.c", tmp_path / f"x{suffix}"
    c.write_text(text)
    whole = elf.read(build.compile(c, cc=cc, target="bpfel"))
    source.write_bytes(build.compile(c, cc=cc, target="bpfel", cflags=STAGES[suffix]))
    made = build.compile_c(source, cc=cc, target="bpfel")
    assert elf.read(made.data).programs["dropped"].code == whole.programs["dropped"].code
    assert (made.inputs, made.warnings) == ((str(source),), ())
