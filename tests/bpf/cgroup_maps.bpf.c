// The maps that belong to a cgroup: a value for each that the program is attached to.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct { __uint(type, BPF_MAP_TYPE_CGROUP_STORAGE); __type(key, struct bpf_cgroup_storage_key); __type(value, __u64); }
	cgroup_storage SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE); __type(key, __u64); __type(value, __u64); }
	percpu_cgroup_storage SEC(".maps");

SEC("cgroup_skb/egress") int count(void *ctx)
{
	__u64 *shared = bpf_get_local_storage(&cgroup_storage, 0);
	__u64 *own = bpf_get_local_storage(&percpu_cgroup_storage, 0);

	__sync_fetch_and_add(shared, 1);
	*own += 1;
	return 1;
}
char LICENSE[] SEC("license") = "GPL";
