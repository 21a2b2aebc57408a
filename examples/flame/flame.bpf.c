// SPDX-License-Identifier: GPL-2.0 OR MIT
// Where processes are when a clock ticks: how often each pair of stacks was seen.
#include <linux/bpf.h>
#include <linux/bpf_perf_event.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct place {
	__u32 pid;
	__s32 user; // ids in `stacks`, negative where there is none
	__s32 kernel;
	char comm[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, struct place);
	__type(value, __u64);
} counts SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 16384);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, 127 * sizeof(__u64));
} stacks SEC(".maps");

SEC("perf_event")
int sample(struct bpf_perf_event_data *ctx)
{
	struct place place = {.pid = bpf_get_current_pid_tgid() >> 32};
	__u64 one = 1, *count;

	place.user = bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK);
	place.kernel = bpf_get_stackid(ctx, &stacks, 0);
	bpf_get_current_comm(place.comm, sizeof(place.comm));
	count = bpf_map_lookup_elem(&counts, &place);
	if (count)
		__sync_fetch_and_add(count, 1);
	else
		bpf_map_update_elem(&counts, &place, &one, BPF_NOEXIST);
	return 0;
}
