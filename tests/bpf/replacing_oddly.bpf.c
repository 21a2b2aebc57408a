// SPDX-License-Identifier: GPL-2.0 OR MIT
// Functions of a program, and programs that can't take their places: by their arguments, or at all.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual MIT/GPL";

__attribute__((noinline)) int answer(struct xdp_md *ctx, int x)
{
	volatile int result = ctx->rx_queue_index + x;

	return result;
}

__attribute__((noinline)) int alone(struct xdp_md *ctx)
{
	volatile int result = ctx->rx_queue_index + 1;

	return result;
}

static __attribute__((noinline)) int hidden(struct xdp_md *ctx)
{
	volatile int result = ctx->rx_queue_index;

	return result;
}

SEC("xdp")
int whole(struct xdp_md *ctx)
{
	return answer(ctx, 1) + alone(ctx) + hidden(ctx);
}

SEC("?freplace/answer")
int right(struct xdp_md *ctx, int x)
{
	return 3;
}

SEC("?freplace/right")
int right_again(struct xdp_md *ctx, int x)
{
	return 2;
}

SEC("?freplace/answer")
int fewer(struct xdp_md *ctx)
{
	return 2;
}

SEC("?freplace/answer")
int more(struct xdp_md *ctx, int x, int y)
{
	return 2;
}

SEC("?freplace/answer")
int other_context(struct __sk_buff *ctx, int x)
{
	return 2;
}

SEC("?freplace/alone")
int other_kind(int x)
{
	return 2;
}

SEC("?freplace/hidden")
int hidden_one(struct xdp_md *ctx)
{
	return 2;
}

SEC("?freplace/nosuch")
int nowhere(struct xdp_md *ctx)
{
	return 2;
}

SEC("?fentry/alone")
int watches(void *ctx)
{
	return 0;
}
