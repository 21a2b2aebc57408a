// What is in a capture: packets and bytes by IP protocol.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

struct amount {
    __u64 packets, bytes;
};

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 256);
    __type(key, __u32);
    __type(value, struct amount);
} protocols SEC(".maps");

SEC("xdp")
int count(struct xdp_md *ctx)
{
    void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
    struct ethhdr *ethernet = data;
    struct iphdr *ip = (void *)(ethernet + 1);
    struct amount *found, none = {};
    __u32 protocol;

    if ((void *)(ip + 1) > end || ethernet->h_proto != bpf_htons(ETH_P_IP))
        return XDP_PASS;
    protocol = ip->protocol;
    found = bpf_map_lookup_elem(&protocols, &protocol);
    if (!found) {
        bpf_map_update_elem(&protocols, &protocol, &none, BPF_NOEXIST);
        found = bpf_map_lookup_elem(&protocols, &protocol);
    }
    if (found) {
        found->packets += 1;
        found->bytes += end - data;
    }
    return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
