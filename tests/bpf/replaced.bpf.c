// SPDX-License-Identifier: GPL-2.0 OR MIT
// A program with a global function, and one that takes its place.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual MIT/GPL";

__attribute__((noinline)) int answer(struct xdp_md *ctx)
{
	volatile int result = 1;

	return result;
}

SEC("xdp")
int whole(struct xdp_md *ctx)
{
	return answer(ctx);
}

SEC("?freplace/answer")
int other(struct xdp_md *ctx)
{
	return 2;
}
