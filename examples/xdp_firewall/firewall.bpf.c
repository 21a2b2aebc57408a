// Drops packets from blocked networks (IPv4) before Linux sees them, and counts what was dropped and passed.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

struct network {
    __u32 prefixlen;
    __u32 address; // network byte order
};

struct {
    __uint(type, BPF_MAP_TYPE_LPM_TRIE);
    __uint(map_flags, BPF_F_NO_PREALLOC);
    __uint(max_entries, 10000);
    __type(key, struct network);
    __type(value, __u64); // packets dropped
} blocked SEC(".maps");

__u64 passed;

SEC("xdp")
int firewall(struct xdp_md *ctx)
{
    void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
    struct ethhdr *ethernet = data;
    struct iphdr *ip = (void *)(ethernet + 1);
    struct network source = {.prefixlen = 32};
    __u64 *dropped;

    if ((void *)(ip + 1) > end || ethernet->h_proto != bpf_htons(ETH_P_IP))
        goto pass;
    source.address = ip->saddr;
    dropped = bpf_map_lookup_elem(&blocked, &source);
    if (!dropped)
        goto pass;
    __sync_fetch_and_add(dropped, 1);
    return XDP_DROP;
pass:
    __sync_fetch_and_add(&passed, 1);
    return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
