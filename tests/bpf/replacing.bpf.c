// SPDX-License-Identifier: GPL-2.0 OR MIT
// Programs that take the place of functions of `whole`, rightly and wrongly; tests say which.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

__attribute__((noinline)) int answer(struct xdp_md *ctx)
{
	volatile int result = ctx->rx_queue_index;

	return result;
}

__attribute__((noinline)) int sized(int n, __u64 *p)
{
	volatile int result = n;

	return p ? result + *p : 0;
}

__attribute__((noinline)) int scaled(int n)
{
	volatile int result = n;

	return result * 2;
}

static __attribute__((noinline)) int hidden(struct xdp_md *ctx)
{
	volatile int result = ctx->rx_queue_index;

	return result;
}

SEC("xdp")
int whole(struct xdp_md *ctx)
{
	__u64 x = 1;

	return answer(ctx) + sized(1, &x) + scaled(2) + hidden(ctx);
}

SEC("?freplace/answer")
int bounded(struct xdp_md *ctx)
{
	char *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;

	return data + 1 > end ? 0 : *data;
}

SEC("?freplace/answer")
int not_bounded(struct xdp_md *ctx)
{
	return *(char *)(long)ctx->data;
}

SEC("?freplace/answer")
int moves_packet(struct xdp_md *ctx)
{
	return bpf_xdp_adjust_head(ctx, 4);
}

SEC("?freplace/answer")
int helper_of_tc(struct xdp_md *ctx)
{
	char byte;

	return bpf_skb_load_bytes(ctx, 0, &byte, 1);
}

SEC("?freplace/answer")
int more_arguments(struct xdp_md *ctx, int more)
{
	return more;
}

SEC("?freplace/answer")
int other_argument(int *ctx)
{
	return 1;
}

SEC("?freplace/answer")
int *other_result(struct xdp_md *ctx)
{
	return 0;
}

SEC("?freplace/sized")
int memory(int n, __u64 *p)
{
	return p ? *p + n : n;
}

SEC("?freplace/scaled")
int number(int n)
{
	return n + 1;
}

SEC("?freplace/scaled")
int number_as_pointer(int n)
{
	return *(char *)(long)n;
}

SEC("?freplace/answer")
int other_context(struct __sk_buff *skb)
{
	return 1;
}

SEC("?freplace/hidden")
int of_static(struct xdp_md *ctx)
{
	return 1;
}

SEC("?freplace/nosuch")
int of_nothing(struct xdp_md *ctx)
{
	return 1;
}

SEC("?freplace/whole")
int of_main(struct xdp_md *ctx)
{
	return 2;
}
