// How long system calls take: a histogram of powers of two for each, in microseconds.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define SLOTS 20

struct histogram {
    __u64 slots[SLOTS]; // slot n: 2^n microseconds to the next
};

struct call {
    __u64 started; // nanoseconds since boot
    __s64 number;
};

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 10240);
    __type(key, __u64); // process and thread
    __type(value, struct call);
} running SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 512);
    __type(key, __u32); // number of the system call
    __type(value, struct histogram);
} latencies SEC(".maps");

static const struct histogram empty;

static __always_inline __u32 log2(__u64 value)
{
    __u32 result = 0;

    for (int shift = 32; shift; shift >>= 1) {
        if (value >> shift) {
            value >>= shift;
            result += shift;
        }
    }
    return result;
}

SEC("raw_tp/sys_enter")
int enter(struct bpf_raw_tracepoint_args *ctx)
{
    __u64 thread = bpf_get_current_pid_tgid();
    struct call call = {bpf_ktime_get_ns(), ctx->args[1]};

    bpf_map_update_elem(&running, &thread, &call, BPF_ANY);
    return 0;
}

SEC("raw_tp/sys_exit")
int leave(struct bpf_raw_tracepoint_args *ctx)
{
    __u64 thread = bpf_get_current_pid_tgid();
    struct call *call = bpf_map_lookup_elem(&running, &thread);
    struct histogram *histogram;
    __u32 number, slot;

    if (!call)
        return 0;
    number = call->number;
    slot = log2((bpf_ktime_get_ns() - call->started) / 1000);
    bpf_map_delete_elem(&running, &thread);
    histogram = bpf_map_lookup_elem(&latencies, &number);
    if (!histogram) {
        bpf_map_update_elem(&latencies, &number, &empty, BPF_NOEXIST);
        histogram = bpf_map_lookup_elem(&latencies, &number);
        if (!histogram)
            return 0;
    }
    if (slot >= SLOTS)
        slot = SLOTS - 1;
    __sync_fetch_and_add(&histogram->slots[slot], 1);
    return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
