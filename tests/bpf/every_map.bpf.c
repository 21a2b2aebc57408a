// Every type of map, and programs that use those which user space can't use alone.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

enum color { RED, GREEN = 5 };
struct point { int x, y; };
struct value {
	struct point at;
	enum color color;
	unsigned low : 3, high : 5;
	union { unsigned number; unsigned char bytes[4]; };
	unsigned short row[3];
	char name[8];
	_Bool on;
};
struct key { unsigned pid; char comm[4]; };
struct locked { struct bpf_spin_lock lock; unsigned count; };
struct prefix4 { unsigned prefixlen; unsigned char address[4]; };
struct prefix6 { unsigned prefixlen; unsigned char address[16]; };
struct record { unsigned long long number; };

#define MAP(NAME, TYPE, KEY, VALUE, ENTRIES) \
	struct { __uint(type, BPF_MAP_TYPE_##TYPE); __type(key, KEY); __type(value, VALUE); __uint(max_entries, ENTRIES); } \
		NAME SEC(".maps")
#define STORAGE(NAME, TYPE) \
	struct { __uint(type, BPF_MAP_TYPE_##TYPE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); \
		 __type(value, struct record); } NAME SEC(".maps")
#define INNER(NAME, TYPE) \
	struct { __uint(type, BPF_MAP_TYPE_##TYPE); __uint(max_entries, 4); __type(key, __u32); __array(values, struct inner); } \
		NAME SEC(".maps")

MAP(hash, HASH, struct key, struct value, 4);
MAP(array, ARRAY, __u32, struct value, 4);
MAP(locks, ARRAY, __u32, struct locked, 2);
MAP(percpu_hash, PERCPU_HASH, __u32, __u32, 4);
MAP(percpu_array, PERCPU_ARRAY, __u32, __u64, 4);
MAP(lru_hash, LRU_HASH, __u32, __u64, 64);
MAP(lru_percpu_hash, LRU_PERCPU_HASH, __u32, __u64, 64);
MAP(devmap, DEVMAP, __u32, __u32, 4);
MAP(devmap_hash, DEVMAP_HASH, __u32, __u32, 4);
MAP(cpumap, CPUMAP, __u32, __u32, 4);
MAP(xskmap, XSKMAP, __u32, __u32, 4);
MAP(sockmap, SOCKMAP, __u32, __u64, 4);
MAP(sockhash, SOCKHASH, struct key, __u64, 4);
MAP(reuseport_sockarray, REUSEPORT_SOCKARRAY, __u32, __u64, 4);
MAP(cgroup_array, CGROUP_ARRAY, __u32, __u32, 4);
STORAGE(sk_storage, SK_STORAGE);
STORAGE(inode_storage, INODE_STORAGE);
STORAGE(task_storage, TASK_STORAGE);
STORAGE(cgrp_storage, CGRP_STORAGE);
struct { __uint(type, BPF_MAP_TYPE_LPM_TRIE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, struct prefix4);
	 __type(value, __u32); __uint(max_entries, 8); } lpm_trie SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_LPM_TRIE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, struct prefix6);
	 __type(value, __u32); __uint(max_entries, 8); } lpm_trie6 SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_QUEUE); __type(value, struct point); __uint(max_entries, 3); } queue SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_STACK); __type(value, struct point); __uint(max_entries, 3); } stack SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_BLOOM_FILTER); __type(value, __u32); __uint(max_entries, 1000); } bloom_filter SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); __type(value, struct record); } ringbuf SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY); __uint(key_size, 4); __uint(value_size, 4); } perf_event_array SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_USER_RINGBUF); __uint(max_entries, 4096); } user_ringbuf SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_STACK_TRACE); __uint(key_size, 4); __uint(value_size, 64); __uint(max_entries, 16); }
	stack_trace SEC(".maps");
struct inner { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, __u32); };
struct inner one SEC(".maps"), two SEC(".maps");
INNER(array_of_maps, ARRAY_OF_MAPS);
INNER(hash_of_maps, HASH_OF_MAPS);
struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(key_size, 4); __uint(value_size, 4); __uint(max_entries, 4); }
	prog_array SEC(".maps");

long long sum;
long stack_id;

SEC("tc") int jump(void *ctx) { bpf_tail_call(ctx, &prog_array, 2); return 1; }
SEC("tc") int seven(void *ctx) { return 7; }
SEC("tc") int emit(void *ctx)
{
	struct record record = { .number = 42 };

	bpf_ringbuf_output(&ringbuf, &record, sizeof(record), 0);
	bpf_perf_event_output(ctx, &perf_event_array, BPF_F_CURRENT_CPU, &record, sizeof(record));
	return 0;
}
static long add(struct bpf_dynptr *record, void *ctx)
{
	long long *number = bpf_dynptr_data(record, 0, sizeof(*number));

	if (number)
		sum += *number;
	return 0;
}
SEC("syscall") int drain(void *ctx) { return bpf_user_ringbuf_drain(&user_ringbuf, add, 0, 0); }
SEC("raw_tp") int trace(void *ctx) { stack_id = bpf_get_stackid(ctx, &stack_trace, 0); return 0; }
SEC("tc") int counts_on_this_cpu(void *ctx)
{
	__u32 key = 1;
	__u64 *value = bpf_map_lookup_elem(&percpu_array, &key);

	if (value)
		*value += 1;
	return 0;
}
char LICENSE[] SEC("license") = "GPL";
