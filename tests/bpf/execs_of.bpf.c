// Counts execve for the processes whose name is in a map: what a test of its own process tree stands on.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct name {
    char text[16];
};

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 8);
    __type(key, struct name);
    __type(value, __u64);
} names SEC(".maps");

SEC("kprobe/sys_execve")
int count_execve(void *ctx)
{
    struct name name = {};
    __u64 *count;

    bpf_get_current_comm(&name, sizeof(name));
    count = bpf_map_lookup_elem(&names, &name);
    if (count)
        __sync_fetch_and_add(count, 1);
    return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
