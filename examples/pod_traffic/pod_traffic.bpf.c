// What each container sends and receives: bytes and packets by cgroup, for every cgroup below the one it is attached to.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct traffic {
    __u64 received, received_packets;
    __u64 sent, sent_packets;
};

struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 4096);
    __type(key, __u64); // id of the cgroup: the inode of its folder
    __type(value, struct traffic);
} by_cgroup SEC(".maps");

static __always_inline struct traffic *traffic_of(struct __sk_buff *skb)
{
    __u64 cgroup = bpf_skb_cgroup_id(skb);
    struct traffic *found = bpf_map_lookup_elem(&by_cgroup, &cgroup), empty = {};

    if (!found) {
        bpf_map_update_elem(&by_cgroup, &cgroup, &empty, BPF_NOEXIST);
        found = bpf_map_lookup_elem(&by_cgroup, &cgroup);
    }
    return found;
}

SEC("cgroup_skb/ingress")
int receive(struct __sk_buff *skb)
{
    struct traffic *traffic = traffic_of(skb);

    if (traffic) {
        __sync_fetch_and_add(&traffic->received, skb->len);
        __sync_fetch_and_add(&traffic->received_packets, 1);
    }
    return 1; // let it pass
}

SEC("cgroup_skb/egress")
int send(struct __sk_buff *skb)
{
    struct traffic *traffic = traffic_of(skb);

    if (traffic) {
        __sync_fetch_and_add(&traffic->sent, skb->len);
        __sync_fetch_and_add(&traffic->sent_packets, 1);
    }
    return 1;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
