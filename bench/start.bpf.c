// SPDX-License-Identifier: GPL-2.0 OR MIT
// What bench/start.py loads: seven maps and a program on every system call that counts for one process only (none here).
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual MIT/GPL";

#define MAP(kind, name, value_type) \
	struct { \
		__uint(type, kind); \
		__uint(max_entries, 1024); \
		__type(key, __u32); \
		__type(value, value_type); \
	} name SEC(".maps")

struct event {
	__u64 time;
	__u32 pid;
	__u32 number;
	char comm[16];
};

MAP(BPF_MAP_TYPE_ARRAY, config, __u32);
MAP(BPF_MAP_TYPE_HASH, counts, __u64);
MAP(BPF_MAP_TYPE_HASH, last, struct event);
MAP(BPF_MAP_TYPE_LRU_HASH, recent, __u64);
MAP(BPF_MAP_TYPE_PERCPU_ARRAY, sums, __u64);
MAP(BPF_MAP_TYPE_PERCPU_HASH, by_cpu, __u64);

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 16);
} events SEC(".maps");

SEC("raw_tp/sys_enter")
int count(void *ctx)
{
	__u32 zero = 0, pid = bpf_get_current_pid_tgid() >> 32, one = 1;
	__u32 *wanted = bpf_map_lookup_elem(&config, &zero);
	struct event event = {}, *sent;
	__u64 *seen, start = 1;

	if (!wanted || *wanted != pid)
		return 0;
	event.time = bpf_ktime_get_ns();
	event.pid = pid;
	bpf_get_current_comm(event.comm, sizeof(event.comm));
	seen = bpf_map_lookup_elem(&counts, &pid);
	if (seen)
		__sync_fetch_and_add(seen, 1);
	else
		bpf_map_update_elem(&counts, &pid, &start, BPF_ANY);
	bpf_map_update_elem(&last, &pid, &event, BPF_ANY);
	bpf_map_update_elem(&recent, &pid, &start, BPF_ANY);
	bpf_map_update_elem(&by_cpu, &pid, &start, BPF_ANY);
	seen = bpf_map_lookup_elem(&sums, &one);
	if (seen)
		*seen += 1;
	sent = bpf_ringbuf_reserve(&events, sizeof(event), 0);
	if (sent) {
		*sent = event;
		bpf_ringbuf_submit(sent, 0);
	}
	return 0;
}
