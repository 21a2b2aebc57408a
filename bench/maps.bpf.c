// SPDX-License-Identifier: GPL-2.0 OR MIT
// Maps and a source of records for bench/maps.py: what is measured is user space, so the programs do next to nothing.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual MIT/GPL";

struct event {
	__u64 number;
	__u32 pid;
	__u32 size;
	__u64 time;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} array SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1000000);
	__uint(map_flags, BPF_F_MMAPABLE);
	__type(key, __u32);
	__type(value, __u64);
} shared SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 100000);
	__type(key, __u64);
	__type(value, __u64);
} hash SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 24);
} events SEC(".maps");

__u64 number = 0;
// libbpf takes no value type for a ring buffer: this keeps the struct among the types.
struct event *kept = 0;

SEC("tc")
int emit(void *ctx)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

	if (!event)
		return 0;
	event->number = number++;
	event->pid = 1;
	event->size = 2;
	event->time = 3;
	bpf_ringbuf_submit(event, BPF_RB_NO_WAKEUP);
	return 0;
}
