// SPDX-License-Identifier: MIT OR GPL-2.0-only
// Counts calls of execve, in the one element of an array.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char __license[] SEC("license") = "Dual MIT/GPL";

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} kprobe_map SEC(".maps");

SEC("kprobe/sys_execve")
int kprobe_execve()
{
	__u32 key = 0;
	__u64 first = 1, *count;

	count = bpf_map_lookup_elem(&kprobe_map, &key);
	if (!count) {
		bpf_map_update_elem(&kprobe_map, &key, &first, BPF_ANY);
		return 0;
	}
	__sync_fetch_and_add(count, 1);
	return 0;
}
