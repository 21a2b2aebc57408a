// An XDP filter for the capture tests: counts packets by protocol, drops TCP to port 23, and marks what goes to port 7.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/tcp.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 256);
    __type(key, __u32);
    __type(value, __u64);
} protocols SEC(".maps");

SEC("xdp")
int filter(struct xdp_md *ctx)
{
    void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
    struct ethhdr *eth = data;
    struct iphdr *ip = (void *)(eth + 1);
    __u64 one = 1, *count;
    __u32 protocol;

    if ((void *)(eth + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP) || (void *)(ip + 1) > end)
        return XDP_PASS;
    protocol = ip->protocol;
    count = bpf_map_lookup_elem(&protocols, &protocol);
    if (count)
        __sync_fetch_and_add(count, 1);
    else
        bpf_map_update_elem(&protocols, &protocol, &one, BPF_ANY);
    if (protocol == 6) {
        struct tcphdr *tcp = (void *)ip + ip->ihl * 4;

        if ((void *)(tcp + 1) > end)
            return XDP_ABORTED;
        if (tcp->dest == bpf_htons(23))
            return XDP_DROP;
        if (tcp->dest == bpf_htons(7)) {
            ip->tos = 0xb8;
            return XDP_TX;
        }
    }
    return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
