// A flow dissector: IPv4 and IPv6 with VLAN tags in front, TCP and UDP ports.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

static __always_inline void *at(struct __sk_buff *skb, __u16 offset, __u32 size)
{
	void *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;

	if (offset > 1024 || data + offset + size > end)
		return 0;
	return data + offset;
}

static __always_inline int ports(struct __sk_buff *skb, struct bpf_flow_keys *keys)
{
	__be16 *found = at(skb, keys->thoff, 4);

	if (keys->ip_proto != IPPROTO_TCP && keys->ip_proto != IPPROTO_UDP)
		return BPF_OK;
	if (!found)
		return BPF_DROP;
	keys->sport = found[0];
	keys->dport = found[1];
	return BPF_OK;
}

SEC("flow_dissector")
int dissect(struct __sk_buff *skb)
{
	struct bpf_flow_keys *keys = skb->flow_keys;
	__be16 proto = keys->n_proto;
	__u32 outside = 0;

	for (int i = 0; i < 2; i++) {
		__be16 *tag;

		if (proto != bpf_htons(ETH_P_8021Q) && proto != bpf_htons(ETH_P_8021AD))
			break;
		tag = at(skb, keys->nhoff, 4);
		if (!tag)
			return BPF_DROP;
		proto = tag[1];
		keys->nhoff += 4;
	}
	keys->n_proto = proto;
	if (proto == bpf_htons(ETH_P_IP)) {
		struct iphdr *ip = at(skb, keys->nhoff, sizeof(*ip));

		if (!ip)
			return BPF_DROP;
		keys->addr_proto = ETH_P_IP;
		keys->ip_proto = ip->protocol;
		keys->ipv4_src = ip->saddr;
		keys->ipv4_dst = ip->daddr;
		keys->thoff = keys->nhoff + (ip->ihl << 2);
		keys->is_frag = !!(ip->frag_off & bpf_htons(0x3fff));
		return ports(skb, keys);
	}
	if (proto == bpf_htons(ETH_P_IPV6)) {
		struct ipv6hdr *ip = at(skb, keys->nhoff, sizeof(*ip));

		if (!ip)
			return BPF_DROP;
		keys->addr_proto = ETH_P_IPV6;
		keys->ip_proto = ip->nexthdr;
		__builtin_memcpy(keys->ipv6_src, &ip->saddr, 16);
		__builtin_memcpy(keys->ipv6_dst, &ip->daddr, 16);
		keys->thoff = keys->nhoff + sizeof(*ip);
		return ports(skb, keys);
	}
	/* offsets outside of the packet are brought back into it */
	keys->nhoff = 3;
	keys->thoff = 60000;
	if (bpf_skb_load_bytes(skb, 0, &outside, sizeof(outside)))
		keys->flow_label = 0xfa;
	return 129; /* BPF_FLOW_DISSECTOR_CONTINUE */
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
