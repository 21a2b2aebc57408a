// SPDX-License-Identifier: GPL-2.0 OR MIT
// bench/live.py's peer in C: reads the ring buffer pinned at argv[1] with libbpf until the number argv[2] has come or 60 s are over;
// prints how many records came, how many were missing and the ns of CPU time for each.
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static __u64 next, seen, missing, sum;

static double at(clockid_t clock)
{
	struct timespec found;

	clock_gettime(clock, &found);
	return found.tv_sec * 1e9 + found.tv_nsec;
}

static int take(void *context, void *data, size_t size)
{
	__u64 number = *(__u64 *)data;

	sum += *(__u32 *)(data + 8);
	missing += number - next;
	next = number + 1;
	seen++;
	return 0;
}

int main(int argc, char **argv)
{
	struct ring_buffer *ring = ring_buffer__new(bpf_obj_get(argv[1]), take, NULL, NULL);
	__u64 wanted = strtoull(argv[2], NULL, 10);
	double start = at(CLOCK_MONOTONIC), cpu = at(CLOCK_PROCESS_CPUTIME_ID);

	if (!ring)
		return 1;
	printf("ready\n");
	fflush(stdout);
	while (next < wanted && at(CLOCK_MONOTONIC) - start < 60e9)
		ring_buffer__poll(ring, 100);
	cpu = at(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	printf("%llu %llu %f\n", (unsigned long long)seen, (unsigned long long)missing, cpu / (seen ? seen : 1));
	return sum != seen;
}
