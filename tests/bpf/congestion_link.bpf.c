// SPDX-License-Identifier: GPL-2.0 OR MIT
// Two congestion controls of one name: the second takes the place of the first by its link (Linux 6.4).
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

struct sock {
	int dummy;
} __attribute__((preserve_access_index));

struct tcp_congestion_ops {
	__u32 (*ssthresh)(struct sock *sk);
	void (*cong_avoid)(struct sock *sk, __u32 ack, __u32 acked);
	__u32 (*undo_cwnd)(struct sock *sk);
	char name[16];
};

__u64 first_calls = 0, second_calls = 0;

SEC("struct_ops")
__u32 BPF_PROG(ssthresh, struct sock *sk)
{
	return 2;
}

SEC("struct_ops")
void BPF_PROG(first_avoid, struct sock *sk, __u32 ack, __u32 acked)
{
	__sync_fetch_and_add(&first_calls, 1);
}

SEC("struct_ops")
void BPF_PROG(second_avoid, struct sock *sk, __u32 ack, __u32 acked)
{
	__sync_fetch_and_add(&second_calls, 1);
}

SEC("struct_ops")
__u32 BPF_PROG(undo_cwnd, struct sock *sk)
{
	return 10;
}

SEC(".struct_ops.link")
struct tcp_congestion_ops first = {
	.ssthresh = (void *)ssthresh,
	.cong_avoid = (void *)first_avoid,
	.undo_cwnd = (void *)undo_cwnd,
	.name = "ebpf_linked",
};

SEC(".struct_ops.link")
struct tcp_congestion_ops second = {
	.ssthresh = (void *)ssthresh,
	.cong_avoid = (void *)second_avoid,
	.undo_cwnd = (void *)undo_cwnd,
	.name = "ebpf_linked",
};
