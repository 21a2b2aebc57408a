// SPDX-License-Identifier: GPL-2.0 OR MIT
// Records of one size and of different sizes, by ring buffer and by perf buffer; what there was no room for is counted.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

enum color { RED, GREEN };

struct event {
	__u64 number;
	__u32 size;
	enum color color;
	char name[8];
};

#define MOST 128

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 16);
	__type(value, struct event);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 16);
} plain SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__type(key, __u32);
	__type(value, __u32);
} cpus SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} events_lost SEC(".maps"), plain_lost SEC(".maps");

__u64 number = 0;
char room[MOST + sizeof(struct event)];
struct event *kept = 0;

static void lose(void *map)
{
	__u32 zero = 0;
	__u64 *lost = bpf_map_lookup_elem(map, &zero);

	if (lost)
		__sync_fetch_and_add(lost, 1);
}

static struct event *fill(__u32 more)
{
	struct event *event = (void *)room;

	event->number = number++;
	event->size = more;
	event->color = GREEN;
	__builtin_memcpy(event->name, "probe\0x", 8);
	return event;
}

// How much longer than a struct event: 0 to 99 bytes, by the number.
static __always_inline __u32 more_of(__u64 n)
{
	__u32 more = (n * 37) % 100;

	// The compiler knows that it is below 100 and would leave out what tells the verifier so.
	asm volatile("" : "+r"(more));
	return more & (MOST - 1);
}

SEC("tc")
int fixed(void *ctx)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

	if (!event) {
		number++;
		lose(&events_lost);
		return 0;
	}
	__builtin_memcpy(event, fill(0), sizeof(*event));
	bpf_ringbuf_submit(event, 0);
	return 0;
}

SEC("tc")
int varying(void *ctx)
{
	__u32 more = more_of(number);

	if (bpf_ringbuf_output(&events, fill(more), sizeof(struct event) + more, 0))
		lose(&events_lost);
	return 0;
}

SEC("tc")
int untyped(void *ctx)
{
	__u32 more = more_of(number);

	if (bpf_ringbuf_output(&plain, fill(more), 8 + more, 0))
		lose(&plain_lost);
	return 0;
}

SEC("tc")
int by_cpu(void *ctx)
{
	__u32 more = more_of(number);

	bpf_perf_event_output(ctx, &cpus, BPF_F_CURRENT_CPU, fill(more), sizeof(struct event) + more);
	return 0;
}
