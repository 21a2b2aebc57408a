/* Programs for tests/unit/test_verifier_rules.py: kernel functions with rules of their own, and values with special fields. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#ifndef __ksym
#define __ksym __attribute__((section(".ksyms")))
#endif
#define handled_by(name) __attribute__((btf_decl_tag("exception_callback:" #name)))

struct bpf_res_spin_lock {
	__u32 val;
} __attribute__((aligned(4)));
struct with_res_lock {
	struct bpf_res_spin_lock lock;
	__u32 other;
};
struct one_lock {
	__u64 number;
	struct bpf_spin_lock lock;
};
struct timed {
	struct bpf_timer timer;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, struct with_res_lock);
} locks SEC(".maps"), more_locks SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct one_lock);
} with_lock SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct timed);
} with_timer SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} ring SEC(".maps");

int bpf_res_spin_lock(struct bpf_res_spin_lock *lock) __ksym;
void bpf_res_spin_unlock(struct bpf_res_spin_lock *lock) __ksym;
int bpf_res_spin_lock_irqsave(struct bpf_res_spin_lock *lock, unsigned long *flags__irq_flag) __ksym;
void bpf_res_spin_unlock_irqrestore(struct bpf_res_spin_lock *lock, unsigned long *flags__irq_flag) __ksym;
void bpf_local_irq_save(unsigned long *flags__irq_flag) __ksym;
void bpf_local_irq_restore(unsigned long *flags__irq_flag) __ksym;
void bpf_throw(__u64 cookie) __ksym;

static __always_inline struct with_res_lock *find(void *map, __u32 key)
{
	return bpf_map_lookup_elem(map, &key);
}

SEC("tc") int lock_and_give_back(struct __sk_buff *skb)
{
	struct with_res_lock *one = find(&locks, skb->mark), *two = find(&more_locks, skb->mark);

	if (!one || !two || bpf_res_spin_lock(&one->lock))
		return 0;
	if (!bpf_res_spin_lock(&two->lock)) {
		two->other++;
		bpf_res_spin_unlock(&two->lock);
	}
	bpf_res_spin_unlock(&one->lock);
	return 0;
}

SEC("tc") int lock_may_fail(struct __sk_buff *skb)
{
	struct with_res_lock *one = find(&locks, skb->mark);

	if (!one)
		return 0;
	bpf_res_spin_lock(&one->lock);
	bpf_res_spin_unlock(&one->lock);
	return 0;
}

SEC("tc") int lock_kept(struct __sk_buff *skb)
{
	struct with_res_lock *one = find(&locks, skb->mark);

	return one ? bpf_res_spin_lock(&one->lock) : 0;
}

SEC("tc") int lock_twice(struct __sk_buff *skb)
{
	struct with_res_lock *one = find(&locks, skb->mark);

	if (!one || bpf_res_spin_lock(&one->lock))
		return 0;
	if (!bpf_res_spin_lock(&one->lock))
		bpf_res_spin_unlock(&one->lock);
	bpf_res_spin_unlock(&one->lock);
	return 0;
}

SEC("tc") int locks_out_of_order(struct __sk_buff *skb)
{
	struct with_res_lock *one = find(&locks, skb->mark), *two = find(&more_locks, skb->mark);

	if (!one || !two || bpf_res_spin_lock(&one->lock))
		return 0;
	if (bpf_res_spin_lock(&two->lock)) {
		bpf_res_spin_unlock(&one->lock);
		return 0;
	}
	bpf_res_spin_unlock(&one->lock);
	bpf_res_spin_unlock(&two->lock);
	return 0;
}

SEC("tc") int lock_of_another(struct __sk_buff *skb)
{
	struct with_res_lock *one = find(&locks, skb->mark), *two = find(&more_locks, skb->mark);

	if (!one || !two || bpf_res_spin_lock(&one->lock))
		return 0;
	bpf_res_spin_unlock(&two->lock);
	return 0;
}

SEC("tc") int lock_with_irq(struct __sk_buff *skb)
{
	struct with_res_lock *one = find(&locks, skb->mark);
	unsigned long flags;

	if (!one || bpf_res_spin_lock_irqsave(&one->lock, &flags))
		return 0;
	one->other++;
	bpf_res_spin_unlock_irqrestore(&one->lock, &flags);
	return 0;
}

SEC("tc") int irq_and_back(struct __sk_buff *skb)
{
	unsigned long outer, inner;

	bpf_local_irq_save(&outer);
	bpf_local_irq_save(&inner);
	bpf_local_irq_restore(&inner);
	bpf_local_irq_restore(&outer);
	return 0;
}

SEC("tc") int irq_kept(struct __sk_buff *skb)
{
	unsigned long flags;

	bpf_local_irq_save(&flags);
	return 0;
}

SEC("tc") int irq_out_of_order(struct __sk_buff *skb)
{
	unsigned long outer, inner;

	bpf_local_irq_save(&outer);
	bpf_local_irq_save(&inner);
	bpf_local_irq_restore(&outer);
	bpf_local_irq_restore(&inner);
	return 0;
}

SEC("tc") int irq_of_the_lock(struct __sk_buff *skb)
{
	struct with_res_lock *one = find(&locks, skb->mark);
	unsigned long flags, others;

	if (!one)
		return 0;
	bpf_local_irq_save(&flags);
	if (!bpf_res_spin_lock_irqsave(&one->lock, &others))
		bpf_res_spin_unlock_irqrestore(&one->lock, &flags);
	bpf_local_irq_restore(&flags);
	return 0;
}

SEC("tc") int irq_twice(struct __sk_buff *skb)
{
	unsigned long flags;

	bpf_local_irq_save(&flags);
	bpf_local_irq_save(&flags);
	bpf_local_irq_restore(&flags);
	return 0;
}

SEC("tc") int irq_not_saved(struct __sk_buff *skb)
{
	unsigned long flags = 0;

	asm volatile("" : : "r"(&flags) : "memory");
	bpf_local_irq_restore(&flags);
	return 0;
}

SEC("cgroup/skb") int irq_number_only(struct __sk_buff *skb)
{
	unsigned long flags;

	bpf_local_irq_save(&flags);
	bpf_local_irq_restore(&flags);
	return skb->mark;
}

SEC("cgroup_skb/ingress") int throws(struct __sk_buff *skb)
{
	if (skb->mark)
		bpf_throw(1);
	return 0;
}

SEC("cgroup_skb/ingress") int throws_wrong(struct __sk_buff *skb)
{
	if (skb->mark)
		bpf_throw(7);
	return 0;
}

__noinline int handler(__u64 cookie)
{
	return cookie == 7;
}

SEC("cgroup_skb/ingress") handled_by(handler) int throws_to_another(struct __sk_buff *skb)
{
	if (skb->mark)
		bpf_throw(7);
	return 0;
}

SEC("tc") int throws_holding(struct __sk_buff *skb)
{
	void *record = bpf_ringbuf_reserve(&ring, 8, 0);

	if (!record)
		return 0;
	bpf_throw(0);
	bpf_ringbuf_discard(record, 0);
	return 0;
}

static __noinline int turn(__u32 index, void *data)
{
	bpf_throw(0);
	return 0;
}

SEC("tc") int throws_in_callback(struct __sk_buff *skb)
{
	return bpf_loop(2, turn, 0, 0);
}

SEC("cgroup_skb/ingress") handled_by(handler) int handler_called(struct __sk_buff *skb)
{
	return handler(skb->mark) ? 1 : 0;
}

__noinline int handler_of_too_much(__u64 cookie)
{
	return cookie;
}

SEC("cgroup_skb/ingress")
handled_by(handler_of_too_much) int handler_returns_too_much(struct __sk_buff *skb)
{
	bpf_throw(0);
	return 0;
}

__noinline int handler_with_pointer(struct one_lock *one)
{
	return 0;
}

SEC("cgroup_skb/ingress")
handled_by(handler_with_pointer) int handler_of_pointer(struct __sk_buff *skb)
{
	bpf_throw(0);
	return 0;
}

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} others SEC(".maps");

static __noinline int to_another(struct __sk_buff *skb)
{
	bpf_tail_call(skb, &others, 0);
	return skb->mark & 1;
}

SEC("tc") int packet_before_another(struct __sk_buff *skb)
{
	unsigned char *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;
	int byte;

	if (data + 1 > end)
		return 0;
	byte = data[0];
	return to_another(skb) + byte;
}

SEC("tc") int packet_after_another(struct __sk_buff *skb)
{
	unsigned char *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;

	if (data + 1 > end || to_another(skb))
		return 0;
	return data[0];
}

SEC("cgroup_skb/ingress") int returns_of_another(struct __sk_buff *skb)
{
	return to_another(skb);
}

char LICENSE[] SEC("license") = "GPL";
