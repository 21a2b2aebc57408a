/* SPDX-License-Identifier: MIT */
/* The context of perf event programs. */
#ifndef _LINUX_BPF_PERF_EVENT_H
#define _LINUX_BPF_PERF_EVENT_H

#include <asm/ptrace.h>

#ifndef __VMLINUX_H__
struct bpf_perf_event_data {
	bpf_user_pt_regs_t regs;
	__u64 sample_period;
	__u64 addr;
};
#endif

#endif
