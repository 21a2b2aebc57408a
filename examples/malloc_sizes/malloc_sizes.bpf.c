// How much memory a program asks malloc for: a histogram of powers of two.
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 64);
    __type(key, __u32);
    __type(value, __u64);
} sizes SEC(".maps");

SEC("uprobe/libc.so.6:malloc")
int BPF_UPROBE(on_malloc, unsigned long size)
{
    __u32 slot = 0;
    __u64 *count;

    for (int shift = 32; shift; shift >>= 1) {
        if (size >> shift) {
            size >>= shift;
            slot += shift;
        }
    }
    count = bpf_map_lookup_elem(&sizes, &slot);
    if (count)
        __sync_fetch_and_add(count, 1);
    return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
