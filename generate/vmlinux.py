"""Writes the vmlinux.h that we ship: the types that ordinary programs name, out of a kernel's BTF.

    python generate/vmlinux.py [BTF]      by default /sys/kernel/btf/vmlinux of a kernel of the newest interface

What a type holds by value comes with it; what it points to is only declared. CO-RE finds the fields of the kernel that
a program runs on by name, so it does not matter that the layouts are those of one kernel and one configuration.
Registers (struct pt_regs) differ from machine to machine and are written here, for the machine of __TARGET_ARCH_x.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from ebpf.btf import Array, Btf, Enum, Struct, Typedef, dump, header, kernel  # noqa: E402
from ebpf.btf.types import Enum64  # noqa: E402

TARGET = ROOT / "src" / "ebpf" / "build" / "vmlinux" / "vmlinux.h"

#: Names, and shell-like patterns of names, of structs, unions, enums and typedefs. What this kernel lacks is left out.
_NAMES = """
__u8 __u16 __u32 __u64 __s8 __s16 __s32 __s64 u8 u16 u32 u64 s8 s16 s32 s64 bool __be16 __be32 __be64 __le16 __le32 __le64
__sum16 __wsum size_t ssize_t loff_t off_t pid_t uid_t gid_t mode_t umode_t dev_t ino_t sector_t blkcnt_t fmode_t gfp_t
uid16_t gid16_t time64_t ktime_t atomic_t atomic64_t atomic_long_t refcount_t spinlock_t rwlock_t kuid_t kgid_t
kernel_cap_t ulong ushort uint u_short u_int
sa_family_t socklen_t clockid_t uintptr_t uint8_t uint16_t uint32_t uint64_t int8_t int16_t int32_t int64_t
phys_addr_t resource_size_t dma_addr_t pgoff_t vm_fault_t pgd_t pte_t nodemask_t cpumask_t sigset_t uuid_t guid_t dev_t
possible_net_t netdev_features_t sk_buff_data_t sockptr_t blk_opf_t blk_status_t blk_mq_req_flags_t req_flags_t
__kernel_sa_family_t __kernel_size_t __kernel_ssize_t __kernel_pid_t __kernel_uid32_t __kernel_gid32_t __kernel_time64_t
__kernel_loff_t __kernel_off_t __kernel_clockid_t __kernel_timespec __kernel_sockaddr_storage __kernel_old_timeval

list_head hlist_head hlist_node hlist_nulls_node hlist_nulls_head rb_node rb_root rb_root_cached llist_head llist_node
rcu_head callback_head kref kobject kset xarray xa_node radix_tree_node idr maple_tree rhash_head rhashtable work_struct
delayed_work timer_list hrtimer completion mutex rw_semaphore rwsem spinlock raw_spinlock seqcount wait_queue_head
wait_queue_entry percpu_counter percpu_ref bitmap cpumask nodemask timespec64 qstr lockref

task_struct thread_info mm_struct vm_area_struct vm_struct cred user_struct user_namespace nsproxy pid upid pid_namespace
uts_namespace ipc_namespace mnt_namespace time_namespace cgroup_namespace net ns_common group_info key signal_struct
sighand_struct sigpending kernel_siginfo siginfo sigaction k_sigaction rlimit files_struct fdtable fs_struct
io_context sched_entity sched_dl_entity sched_rt_entity sched_statistics sched_info rq cfs_rq task_group
cgroup css_set cgroup_subsys_state cgroup_root cgroup_subsys mem_cgroup kernfs_node kernfs_root linux_binprm
task_io_accounting taskstats tty_struct signal_struct rusage seccomp audit_context io_uring_task io_ring_ctx io_kiocb

file inode dentry path vfsmount mount super_block file_system_type address_space block_device file_operations
inode_operations super_operations dentry_operations filename iattr kstat linux_dirent64 iov_iter iovec kvec kiocb
pipe_inode_info pipe_buffer eventpoll epitem poll_table_struct open_how open_flags nameidata xattr fown_struct file_lock
file_ra_state readahead_control writeback_control backing_dev_info bio bio_vec bvec_iter bio_set request request_queue
gendisk hd_struct block_device disk_stats blk_mq_hw_ctx blk_mq_ctx blk_plug scsi_cmnd scsi_device page folio kmem_cache
slab zone pglist_data compact_control scan_control mmu_gather oom_control shrinker shrink_control ext4_inode_info xfs_inode
nfs4_state rpc_task rpc_clnt

sk_buff skb_shared_info sk_buff_head skb_frag sock sock_common inet_sock inet_connection_sock tcp_sock udp_sock raw_sock
raw6_sock tcp6_sock udp6_sock unix_sock unix_address netlink_sock mptcp_sock tcp_request_sock tcp_timewait_sock
inet_request_sock inet_timewait_sock request_sock request_sock_queue socket socket_wq proto proto_ops sockaddr sockaddr_in
sockaddr_in6 sockaddr_un sockaddr_nl sockaddr_ll in_addr in6_addr in_device in6_pktinfo ipv6_pinfo inet6_dev
inet_hashinfo inet_bind_bucket inet_listen_hashbucket net_device net_device_stats net_device_ops rtnl_link_stats64
netdev_queue napi_struct softnet_data Qdisc qdisc_skb_cb qdisc_size_table tc_skb_ext neighbour neigh_table dst_entry
socket_alloc udp_table nexthop erspan_metadata bpf_tcp_req_attrs kallsym_iter sched_domain
rtable rt6_info fib_info fib_nh fib6_info fib6_nh flowi flowi4 flowi6 flowi_common nf_conn nf_conntrack_tuple
nf_conntrack_tuple_hash nf_conntrack_man nf_hook_state nf_hook_ops nft_chain nft_rule nft_table xt_table nf_hook_entries
ipt_entry ip_tunnel ip_tunnel_key ip_tunnel_info vlan_hdr vlan_ethhdr vxlanhdr gre_base_hdr ethhdr arphdr iphdr ipv6hdr
ip_auth_hdr ip_esp_hdr ipv6_opt_hdr ipv6_rt_hdr ipv6_sr_hdr frag_hdr tcphdr udphdr icmphdr icmp6hdr igmphdr sctphdr
mpls_label nlmsghdr nlattr genlmsghdr msghdr user_msghdr cmsghdr ucred scm_cookie tcp_info tcp_skb_cb tcp_options_received
tcp_congestion_ops tcp_md5sig_key tcp_fastopen_context rate_sample ack_sample sk_psock sk_msg xdp_buff xdp_frame
xdp_rxq_info xdp_txq_info xdp_mem_info bpf_skb_data_end inet_skb_parm inet6_skb_parm skb_shared_hwtstamps tls_context
wireless_dev ieee80211_hdr packet_sock vsock_sock xfrm_state tun_struct veth_priv netns_ipv4 netns_ipv6 netns_ct

pt_regs user_regs_struct perf_event perf_event_attr perf_sample_data perf_branch_entry perf_raw_record
trace_entry trace_event_call ftrace_event_field kprobe kretprobe kretprobe_instance uprobe uprobe_task module
irqaction irq_desc irq_data softirq_action tasklet_struct device device_driver bus_type class usb_device pci_dev
input_event clock_event_device cpuidle_device cpufreq_policy thermal_zone_device notifier_block

bpf_attr bpf_insn bpf_map bpf_array bpf_htab bpf_prog bpf_prog_aux bpf_link bpf_link_primer bpf_tracing_link bpf_cgroup_link
bpf_iter_meta bpf_iter__* bpf_iter_num bpf_iter_task bpf_iter_css bpf_iter_bits bpf_iter_css_task
bpf_crypto_params bpf_crypto_ctx clock_t bpf_iter_kmem_cache bpf_iter_task_vma
bpf_timer bpf_wq bpf_spin_lock bpf_dynptr bpf_list_head bpf_list_node bpf_rb_root bpf_rb_node bpf_refcount bpf_cpumask
bpf_lpm_trie_key_u8 bpf_lpm_trie_key_hdr bpf_cgroup_storage_key bpf_perf_event_data_kern
bpf_perf_event_value bpf_raw_tracepoint_args bpf_sock bpf_sock_addr bpf_sock_addr_kern bpf_sock_ops bpf_sock_ops_kern
bpf_sock_tuple bpf_tcp_sock bpf_xdp_sock bpf_sysctl bpf_sockopt bpf_sockopt_kern bpf_sk_lookup bpf_sk_lookup_kern
bpf_cgroup_dev_ctx bpf_devmap_val bpf_cpumap_val bpf_fib_lookup bpf_redir_neigh bpf_tunnel_key bpf_xfrm_state
bpf_flow_keys bpf_flow_dissector bpf_pidns_info bpf_stack_build_id bpf_func_info bpf_line_info bpf_prog_info bpf_map_info
bpf_btf_info bpf_link_info bpf_iter_link_info bpf_nf_ctx bpf_ct_opts bpf_local_storage bpf_run_ctx bpf_tramp_run_ctx
__sk_buff xdp_md sk_msg_md sk_reuseport_md sk_reuseport_kern btf_ptr btf bpf_core_relo bpf_session_run_ctx bpf_verifier_env
bpf_cmd bpf_map_type bpf_prog_type bpf_attach_type bpf_link_type bpf_func_id bpf_ret_code xdp_action sk_action
tcx_action_base bpf_adj_room_mode bpf_hdr_start_off bpf_lwt_encap_mode bpf_check_mtu_flags bpf_check_mtu_ret
bpf_stack_build_id_status bpf_task_fd_type bpf_core_relo_kind bpf_kfunc_flags bpf_cgroup_iter_order bpf_stats_type
bpf_perf_event_type bpf_cond_pseudo_jmp bpf_addr_space_cast

pid_type sock_type sock_flags skb_drop_reason nf_inet_hooks nf_ip_hook_priorities ip_conntrack_info ip_conntrack_status
ip_conntrack_dir tcp_ca_state tcp_ca_event tcp_conntrack req_opf req_op zone_type migrate_type node_stat_item
zone_stat_item vm_event_item lru_list pageflags perf_type_id perf_sw_ids perf_hw_id perf_event_sample_format
perf_callchain_context hrtimer_mode kernel_read_file_id kernel_load_data_id lockdown_reason task_work_notify_mode
cgroup_subsys_id cgroup1_subsys fault_flag bh_state_bits mapping_flags key_need_perm integrity_status netdev_xdp_act
netdev_cmd qdisc_state_t flow_dissector_key_id l2tp_debug_flags fs_value_type fsnotify_data_type iter_type

trace_event_raw_* syscall_trace_enter syscall_trace_exit trace_print_flags bpf_dummy_* bpf_key bpf_token bpf_*_map bpf_*_opts
bpf_stack_map bpf_shtab bpf_dtab bpf_queue_stack bpf_local_storage* bpf_struct_ops* bpf_iter* bpf_map_ops bpf_prog_stats
bpf_trampoline bpf_ksym bpf_mem_alloc bpf_ringbuf* btf_enum btf_enum64 btf_type btf_member btf_param btf_array btf_header
btf_var btf_var_secinfo btf_decl_tag xdp_* xsk_* tcp_* udp_* sk_* skb_* inet_* inet6_* netns_* nf_conn* nf_hook* nf_inet* nf_nat*
ip_vs_conn* ip_options* ipv6_* vxlan_metadata vxlan_rdst vxlan_dev vxlanhdr* geneve_opt genevehdr tcp_word_hdr gre_base_hdr
qdisc_* tc_* tcf_* cls_bpf* fib_* fib6_* neigh_* dst_* flow_keys* flow_dissector_key_* seq_file seq_operations nh_info
nlmsgerr rtattr rtmsg ndmsg ifinfomsg ifaddrmsg tcmsg sock_filter sock_fprog seccomp_data seccomp_filter mnt_idmap mmsghdr
compat_timespec64 key_type keyring_list kernfs_* cgroup_* css_task_iter blk_mq_* blk_plug blkcg_gq block_device* bio_* gendisk
request_* io_uring_* sched_* cfs_* rt_rq dl_rq pid_namespace signalfd_siginfo mm_* vm_* vma_iterator mem_cgroup* oom_control
swap_info_struct page_pool* file_* inode_* dentry_* super_block* fs_context fsnotify_* fanotify_event inotify_event ext4_inode
pipe_* eventfd_ctx tty_* user_arg_ptr elf64_hdr elf64_phdr elf64_shdr elf64_sym elf32_hdr perf_event_* perf_sample_data
perf_mem_data_src irq_data irq_common_data tasklet_* timer_list workqueue_struct worker worker_pool pool_workqueue futex_*
rt_mutex* kmem_cache* slab slabobj_ext net_device* net_rate* netdev_* napi_* netlink_* packet_* unix_* vsock_* virtio_vsock_hdr
tls_* mptcp_* sctp_* xfrm_* bonding slave dev_ifalias proto_accept_arg reuseport_array lpm_trie* prog_test_*
"""

#: Enums by one of their values: many have no name, or have got one not long ago.
_ENUMERATORS = """
false __PAGE_SIZE TASK_COMM_LEN SK_PACING_NONE ICSK_ACK_TIMER BPF_MAX_LOOPS INET_ECN_NOT_ECT
BPF_ANY BPF_F_NO_PREALLOC BPF_F_INGRESS BPF_F_INDEX_MASK BPF_RB_NO_WAKEUP BPF_RB_AVAIL_DATA BPF_RINGBUF_BUSY_BIT
BPF_LOCAL_STORAGE_GET_F_CREATE BPF_F_SKIP_FIELD_MASK BPF_F_SYSCTL_BASE_NAME BPF_F_BPRM_SECUREEXEC BPF_F_RECOMPUTE_CSUM
BPF_F_HDR_FIELD_MASK BPF_F_PSEUDO_HDR BPF_F_TUNINFO_IPV6 BPF_F_ZERO_CSUM_TX BPF_F_TUNINFO_FLAGS BPF_CSUM_LEVEL_QUERY
BPF_F_ADJ_ROOM_FIXED_GSO BPF_ADJ_ROOM_ENCAP_L2_MASK BPF_SK_LOOKUP_F_REPLACE BPF_SKB_TSTAMP_UNSPEC BPF_SOCK_OPS_VOID
BPF_SOCK_OPS_RTO_CB_FLAG BPF_LOAD_HDR_OPT_TCP_SYN BPF_WRITE_HDR_TCP_CURRENT_MSS BPF_FIB_LOOKUP_DIRECT BPF_F_TIMER_ABS
BPF_FIB_LKUP_RET_SUCCESS BPF_F_NEIGH BPF_F_CURRENT_NETNS BPF_FLOW_DISSECTOR_F_PARSE_1ST_FRAG BTF_F_COMPACT BPF_REG_0
BPF_F_GET_BRANCH_RECORDS_SIZE BPF_F_KPROBE_MULTI_RETURN BPF_F_UPROBE_MULTI_RETURN BPF_TASK_ITER_ALL_PROCS BPF_TCP_ESTABLISHED
TCP_BPF_IW CSS_TASK_ITER_PROCS SK_PACING_NEEDED
ICSK_ACK_NOW PERF_COUNT_HW_CACHE_L1D PERF_COUNT_HW_CACHE_OP_READ
PERF_COUNT_HW_CACHE_RESULT_MISS SEG6_LOCAL_ACTION_END_T
NDA_DST RTA_OIF RTM_GETROUTE RT_TABLE_MAIN BPF_DEVCG_ACC_MKNOD
IPPROTO_IP IPPROTO_TCP TCP_ESTABLISHED TCPF_ESTABLISHED NFPROTO_UNSPEC TCP_FLAG_CWR
HI_SOFTIRQ BTF_KIND_UNKN ICMP_MIB_NUM LINUX_MIB_NUM MM_FILEPAGES PERF_EF_START SKBTX_HW_TSTAMP SKB_GSO_TCPV4 TCA_ACT_UNSPEC
TRACE_EVENT_FL_FILTERED FTRACE_OPS_FL_ENABLED SOCK_WAKE_IO IPV6_SADDR_RULE_INIT WORKINGSET_ACTIVATE
"""

NAMES, ENUMERATORS = _NAMES.split(), _ENUMERATORS.split()

#: struct pt_regs and its relations, as the kernel spells them.
REGISTERS = """\
#if defined(__TARGET_ARCH_arm64)
struct user_pt_regs {
	__u64 regs[31];
	__u64 sp;
	__u64 pc;
	__u64 pstate;
};
struct pt_regs {
	union {
		struct user_pt_regs user_regs;
		struct {
			u64 regs[31];
			u64 sp;
			u64 pc;
			u64 pstate;
		};
	};
	u64 orig_x0;
	s32 syscallno;
	u32 pmr;
};
typedef struct user_pt_regs bpf_user_pt_regs_t;
#elif defined(__TARGET_ARCH_arm)
struct pt_regs {
	unsigned long uregs[18];
};
typedef struct pt_regs bpf_user_pt_regs_t;
#elif defined(__TARGET_ARCH_riscv)
struct user_regs_struct {
	unsigned long pc, ra, sp, gp, tp, t0, t1, t2, s0, s1;
	unsigned long a0, a1, a2, a3, a4, a5, a6, a7;
	unsigned long s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, t3, t4, t5, t6;
};
struct pt_regs {
	unsigned long epc, ra, sp, gp, tp, t0, t1, t2, s0, s1;
	unsigned long a0, a1, a2, a3, a4, a5, a6, a7;
	unsigned long s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, t3, t4, t5, t6;
	unsigned long status, badaddr, cause, orig_a0;
};
typedef struct user_regs_struct bpf_user_pt_regs_t;
#elif defined(__TARGET_ARCH_s390)
typedef struct {
	unsigned long mask;
	unsigned long addr;
} __attribute__((aligned(8))) psw_t;
typedef struct {
	unsigned long args[1];
	psw_t psw;
	unsigned long gprs[16];
} user_pt_regs;
struct pt_regs {
	union {
		user_pt_regs user_regs;
		struct {
			unsigned long args[1];
			psw_t psw;
			unsigned long gprs[16];
		};
	};
	unsigned long orig_gpr2;
};
typedef user_pt_regs bpf_user_pt_regs_t;
#elif defined(__TARGET_ARCH_powerpc)
struct pt_regs {
	unsigned long gpr[32];
	unsigned long nip, msr, orig_gpr3, ctr, link, xer, ccr, softe, trap, dar, dsisr, result;
};
typedef struct pt_regs bpf_user_pt_regs_t;
#elif defined(__TARGET_ARCH_mips)
struct pt_regs {
	unsigned long regs[32];
	unsigned long cp0_status, hi, lo, cp0_badvaddr, cp0_cause, cp0_epc;
};
typedef struct pt_regs bpf_user_pt_regs_t;
#elif defined(__TARGET_ARCH_loongarch)
struct user_pt_regs {
	unsigned long regs[32];
	unsigned long orig_a0, csr_era, csr_badv, reserved[10];
} __attribute__((aligned(8)));
struct pt_regs {
	unsigned long regs[32];
	unsigned long orig_a0, csr_era, csr_badvaddr, csr_crmd, csr_prmd, csr_euen, csr_ecfg, csr_estat;
};
typedef struct user_pt_regs bpf_user_pt_regs_t;
#elif defined(__TARGET_ARCH_sparc)
enum { UREG_I0 = 8, UREG_I1, UREG_I2, UREG_I3, UREG_I4, UREG_I5, UREG_FP, UREG_I7 };
struct pt_regs {
	unsigned long u_regs[16];
	unsigned long tstate, tpc, tnpc;
	unsigned int y, magic;
};
typedef struct pt_regs bpf_user_pt_regs_t;
#elif defined(__TARGET_ARCH_arc)
struct user_regs_struct {
	unsigned long pad;
	struct {
		unsigned long bta, lp_start, lp_end, lp_count, status32, ret, blink, fp, gp;
		unsigned long r12, r11, r10, r9, r8, r7, r6, r5, r4, r3, r2, r1, r0, sp;
	} scratch;
	unsigned long pad2;
	struct {
		unsigned long r25, r24, r23, r22, r21, r20, r19, r18, r17, r16, r15, r14, r13;
	} callee;
	unsigned long efa, stop_pc;
};
typedef struct user_regs_struct bpf_user_pt_regs_t;
#else /* x86, and where no machine is named */
struct pt_regs {
	unsigned long r15, r14, r13, r12, bp, bx, r11, r10, r9, r8, ax, cx, dx, si, di;
	unsigned long orig_ax, ip, cs, flags, sp, ss;
};
typedef struct pt_regs bpf_user_pt_regs_t;
#endif

struct bpf_perf_event_data {
	bpf_user_pt_regs_t regs;
	__u64 sample_period;
	__u64 addr;
};

"""

HEAD = """\
/* SPDX-License-Identifier: MIT */
/*
 * The kernel types that ordinary programs name, for machines whose kernel does not tell its own. Fields are found by
 * name in the kernel that a program is loaded into (CO-RE). Written by generate/vmlinux.py.
 */
#ifndef __VMLINUX_H__
#define __VMLINUX_H__

#ifndef BPF_NO_PRESERVE_ACCESS_INDEX
#pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
#endif

typedef unsigned char __u8;
typedef short __s16;
typedef unsigned short __u16;
typedef int __s32;
typedef unsigned int __u32;
typedef long long __s64;
typedef unsigned long long __u64;
typedef __s32 s32;
typedef __u32 u32;
typedef __u64 u64;

"""
TAIL = """
#ifndef BPF_NO_PRESERVE_ACCESS_INDEX
#pragma clang attribute pop
#endif

{kfuncs}
#endif /* __VMLINUX_H__ */
"""


def roots(btf: Btf) -> tuple[list[int], list[str]]:
    """The ids of all that is wanted, and the names that this kernel lacks."""
    import fnmatch

    wanted, missing = set(), []
    patterns = [re.compile(fnmatch.translate(name)) for name in NAMES if "*" in name]
    enumerators = set(ENUMERATORS)
    for type_id, found in btf:
        values = [one.name for one in found.values] if isinstance(found, (Enum, Enum64)) else []
        by_name = isinstance(found, (Struct, Enum, Enum64, Typedef)) and any(one.match(found.name) for one in patterns)
        if by_name or not enumerators.isdisjoint(values):
            wanted.add(type_id)
    for name in NAMES:
        if "*" not in name:
            found_id = btf.find(name)
            if found_id is None:
                missing.append(name)
            else:
                wanted.add(found_id)
    wanted.update(header.kfunc_types(btf))
    registers = {type_id for name in ("pt_regs", "user_regs_struct") for type_id in btf.find_all(name)}
    known: dict[int, bool] = dict.fromkeys(registers, True)
    return sorted(type_id for type_id in wanted if not holds_registers(btf, type_id, known)), missing


def holds_registers(btf: Btf, type_id: int, known: dict[int, bool]) -> bool:
    """Whether a type has a machine's registers inside it: those are written here, for each machine."""
    found = known.get(type_id)
    if found is None:
        known[type_id] = False  # what it points back to doesn't matter
        inner = btf.type(type_id)
        if isinstance(inner, Struct):
            held = [member.type for member in inner.members]
        elif isinstance(inner, (Array, Typedef)) or type(inner).__name__ in ("Const", "Volatile", "TypeTag"):
            held = [inner.type]
        else:
            held = []
        found = known[type_id] = any(holds_registers(btf, one, known) for one in held)
    return found


def main() -> int:
    btf = Btf.parse(Path(sys.argv[1]).read_bytes()) if len(sys.argv) > 1 else kernel.kernel_btf()
    ids, missing = roots(btf)
    body = dump.dump(btf, ids).replace("typedef struct pt_regs bpf_user_pt_regs_t;\n\n", "")
    if re.search(r"^struct (pt_regs|user_pt_regs|user_regs_struct) \{", body, re.M):
        print("registers are held by value by some type: leave that out", file=sys.stderr)
        return 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(HEAD + REGISTERS + body + TAIL.format(kfuncs=header.kfunc_prototypes(btf, header.ASKED_KFUNCS)))
    print(
        f"{TARGET.relative_to(ROOT)}: {len(ids)} roots, {TARGET.stat().st_size} bytes; not in this kernel: {' '.join(missing)}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
