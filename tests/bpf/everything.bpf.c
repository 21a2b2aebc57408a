// SPDX-License-Identifier: GPL-2.0 OR MIT
// What a compiler makes of C, through the kernel engine: types, lines, globals, subprograms, typed events, storages,
// kernel functions and variables, arguments of USDT probes.
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/usdt.bpf.h>

char LICENSE[] SEC("license") = "Dual MIT/GPL";

struct event {
	__u64 number;
	__u32 pid;
	char comm[16];
	__u16 size;
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
	__type(value, struct event);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} events_lost SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, __u64);
} per_task SEC(".maps");

const volatile __u32 wanted = 0;
__u64 emitted = 0;
__u64 generations = 0;

static __attribute__((noinline)) void emit(struct event *event)
{
	event->number = emitted++; // one process, one thread: the test's own
	event->pid = bpf_get_current_pid_tgid() >> 32;
	event->size = 7;
	bpf_get_current_comm(event->comm, sizeof(event->comm));
}

SEC("tp/syscalls/sys_enter_getppid")
int on_getppid(void *ctx)
{
	struct event *event;

	if (bpf_get_current_pid_tgid() >> 32 != wanted)
		return 0;
	event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	if (!event) {
		__u32 zero = 0;
		__u64 *lost = bpf_map_lookup_elem(&events_lost, &zero);

		if (lost)
			__sync_fetch_and_add(lost, 1);
		return 0;
	}
	emit(event);
	bpf_ringbuf_submit(event, 0);
	return 0;
}

SEC("usdt")
int BPF_USDT(on_gc, int generation)
{
	__sync_fetch_and_add(&generations, 100 + generation);
	return 0;
}


extern const void schedule __ksym;

SEC("raw_tp/sys_enter")
int on_ksym(void *ctx)
{
	if (bpf_get_current_pid_tgid() >> 32 == wanted && (long)&schedule != 0)
		emitted += 0;
	return 0;
}

SEC("syscall")
int by_hand(__u64 *ctx)
{
	*ctx += 5;
	return 3;
}
