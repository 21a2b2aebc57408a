/* One common mistake a program: each is refused, and docs/refusals.md shows how. The order is that of the page. */
#include "common.h"

SEC("xdp") int map_value_not_tested(struct xdp_md *ctx)
{
	__u64 key = 1, *value;

	value = bpf_map_lookup_elem(&table, &key);
	return value[0];
}

SEC("xdp") int packet_not_bounded(struct xdp_md *ctx)
{
	unsigned char *data = (void *)(long)ctx->data;

	return data[12];
}

SEC("xdp") int packet_bounded_too_short(struct xdp_md *ctx)
{
	unsigned char *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;

	if (data + 14 > end)
		return XDP_DROP;
	return data[23];
}

SEC("xdp") int packet_after_it_moved(struct xdp_md *ctx)
{
	unsigned char *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;

	if (data + 14 > end)
		return XDP_DROP;
	bpf_xdp_adjust_head(ctx, 4);
	return data[0];
}

SEC("xdp") int array_index_not_bounded(struct xdp_md *ctx)
{
	__u64 key = 1, (*value)[4];

	value = bpf_map_lookup_elem(&table, &key);
	if (!value)
		return XDP_PASS;
	return (*value)[ctx->rx_queue_index];
}

SEC("xdp") int index_bounded_above_only(struct xdp_md *ctx)
{
	__u64 key = 1;
	int index = (int)ctx->rx_queue_index;
	char *value;

	value = bpf_map_lookup_elem(&table, &key);
	if (!value || index >= 4)
		return XDP_PASS;
	return value[index];
}

SEC("xdp") int stack_index_not_bounded(struct xdp_md *ctx)
{
	volatile char buffer[16] = {};
	__u32 index = ctx->rx_queue_index;

	return buffer[index];
}

SEC("socket") __attribute__((naked)) int register_not_initialised(struct __sk_buff *skb)
{
	asm volatile("r0 = r7\n exit\n");
}

SEC("xdp") int loop_without_end(struct xdp_md *ctx)
{
	volatile __u32 turn = 0;

	while (ctx->rx_queue_index != 7)
		turn = 1;
	return turn;
}

SEC("xdp") int record_not_submitted(struct xdp_md *ctx)
{
	__u64 *record = bpf_ringbuf_reserve(&ring, 8, 0);

	if (!record)
		return XDP_PASS;
	*record = 1;
	return XDP_PASS;
}

SEC("xdp") int record_used_after_submit(struct xdp_md *ctx)
{
	__u64 *record = bpf_ringbuf_reserve(&ring, 8, 0);

	if (!record)
		return XDP_PASS;
	bpf_ringbuf_submit(record, 0);
	*record = 1;
	return XDP_PASS;
}

SEC("tc") int socket_not_released(struct __sk_buff *skb)
{
	struct bpf_sock_tuple tuple = {};
	struct bpf_sock *sk;

	sk = bpf_sk_lookup_tcp(skb, &tuple, sizeof(tuple.ipv4), BPF_F_CURRENT_NETNS, 0);
	return sk ? 1 : 0;
}

SEC("xdp") int context_field_not_there(struct xdp_md *ctx)
{
	return *(__u32 *)((char *)ctx + 64);
}

SEC("socket") int context_written(struct __sk_buff *skb)
{
	*(volatile __u32 *)&skb->len = 0;
	return 0;
}

SEC("tp/syscalls/sys_enter_getpid") int number_as_pointer(__u64 *ctx)
{
	return *(int *)ctx[2];
}

SEC("xdp") int helper_of_another_type(struct xdp_md *ctx)
{
	__u8 byte;

	return bpf_skb_load_bytes(ctx, 0, &byte, 1);
}

SEC("cgroup/skb") int wrong_return_value(struct __sk_buff *skb)
{
	return skb->len;
}

SEC("xdp") int context_pointer_moved(struct xdp_md *ctx)
{
	__u32 offset = ctx->rx_queue_index & 4;

	return *(__u32 *)((char *)ctx + offset);
}

static __attribute__((noinline)) int deep(volatile char *from)
{
	volatile char buffer[300] = {};

	buffer[299] = from[0];
	return buffer[299];
}

SEC("xdp") int stack_too_deep(struct xdp_md *ctx)
{
	volatile char buffer[300] = {};

	buffer[0] = ctx->rx_queue_index;
	return deep(buffer) + buffer[0];
}

SEC("tc") int call_under_lock(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct locked *value = bpf_map_lookup_elem(&guarded, &key);

	if (!value)
		return 0;
	bpf_spin_lock(&value->lock);
	value->count = bpf_ktime_get_ns();
	bpf_spin_unlock(&value->lock);
	return 0;
}
