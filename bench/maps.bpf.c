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

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} events_lost SEC(".maps");

__u64 number = 0;
// Of how many runs one gives a record: what sets the rate of bench/events.py.
const volatile __u64 every = 1;
__u64 runs = 0;
char room[64 + sizeof(struct event)];
// libbpf takes no value type for a ring buffer: this keeps the struct among the types.
struct event *kept = 0;

static __always_inline void lose(void)
{
	__u32 zero = 0;
	__u64 *lost = bpf_map_lookup_elem(&events_lost, &zero);

	if (lost)
		__sync_fetch_and_add(lost, 1);
}

// Records of 24 to 87 bytes.
SEC("tc")
int emit_varying(void *ctx)
{
	struct event *event = (void *)room;
	__u32 more = (number * 37) & 63;

	event->number = number++;
	event->pid = 1;
	event->size = more;
	if (bpf_ringbuf_output(&events, room, sizeof(*event) + more, BPF_RB_NO_WAKEUP))
		lose();
	return 0;
}

// Live: the reader is woken when it has taken all that was there.
SEC("tc")
int emit_live(void *ctx)
{
	struct event *event;

	if (every > 1 && runs++ % every)
		return 0;
	event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	if (!event) {
		lose();
		return 0;
	}
	event->number = number++;
	event->pid = 1;
	event->size = 2;
	event->time = 3;
	bpf_ringbuf_submit(event, 0);
	return 0;
}

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
