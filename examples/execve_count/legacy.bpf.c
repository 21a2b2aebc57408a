// SPDX-License-Identifier: MIT OR GPL-2.0-only
// The same as kprobe.bpf.c, its map written as it was before maps had types.
#include "common.h"

char __license[] SEC("license") = "Dual MIT/GPL";

struct bpf_map_def SEC("maps") kprobe_map = {
	.type = BPF_MAP_TYPE_ARRAY,
	.key_size = sizeof(u32),
	.value_size = sizeof(u64),
	.max_entries = 1,
};

SEC("kprobe/sys_execve")
int kprobe_execve()
{
	u32 key = 0;
	u64 first = 1, *count;

	count = bpf_map_lookup_elem(&kprobe_map, &key);
	if (!count) {
		bpf_map_update_elem(&kprobe_map, &key, &first, BPF_ANY);
		return 0;
	}
	__sync_fetch_and_add(count, 1);

	return 0;
}
