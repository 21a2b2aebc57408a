// SPDX-License-Identifier: GPL-2.0 OR MIT
// bench/maps.py's peer in C: the same maps and records with libbpf. For each line that it reads it does one round and prints
// "name ns" lines, ns of CPU time for one operation, then an empty line.
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#define COUNT 20000
#define ENTRIES 100000
#define BIG 1000000
#define CHUNK 16384

static __u64 keys[ENTRIES], values[ENTRIES];
static volatile __u64 sink;
static __u64 total;

static double now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
	return at.tv_sec * 1e9 + at.tv_nsec;
}

static int take(void *context, void *data, size_t size)
{
	total += *(__u32 *)(data + 8);
	return 0;
}

static void fill(int fd, int repeat)
{
	char packet[64] = {};
	LIBBPF_OPTS(bpf_test_run_opts, options, .data_in = packet, .data_size_in = sizeof(packet), .repeat = repeat);

	if (bpf_prog_test_run_opts(fd, &options))
		exit(1);
}

int main(int argc, char **argv)
{
	struct bpf_object *object = bpf_object__open_file(argv[1], NULL);
	struct ring_buffer *ring;
	int array, hash, shared, emit, varying;
	__u64 *memory;
	char line[64];

	if (!object || bpf_object__load(object))
		return 1;
	array = bpf_object__find_map_fd_by_name(object, "array");
	hash = bpf_object__find_map_fd_by_name(object, "hash");
	shared = bpf_object__find_map_fd_by_name(object, "shared");
	emit = bpf_program__fd(bpf_object__find_program_by_name(object, "emit"));
	varying = bpf_program__fd(bpf_object__find_program_by_name(object, "emit_varying"));
	ring = ring_buffer__new(bpf_object__find_map_fd_by_name(object, "events"), take, NULL, NULL);
	memory = mmap(NULL, BIG * 8, PROT_READ | PROT_WRITE, MAP_SHARED, shared, 0);
	if (!ring || memory == MAP_FAILED)
		return 1;
	while (fgets(line, sizeof(line), stdin)) {
		__u32 index = 3, count;
		__u64 value = 7, sum = 0, key, place = 0;
		double start = now();

		for (int i = 0; i < COUNT; i++)
			bpf_map_lookup_elem(array, &index, &value);
		printf("array lookup %f\n", (now() - start) / COUNT);
		start = now();
		for (int i = 0; i < COUNT; i++)
			bpf_map_update_elem(array, &index, &value, 0);
		printf("array update %f\n", (now() - start) / COUNT);
		start = now();
		for (key = 0; key < COUNT; key++)
			bpf_map_update_elem(hash, &key, &value, 0);
		printf("hash update %f\n", (now() - start) / COUNT);
		start = now();
		for (key = 0; key < COUNT; key++)
			bpf_map_lookup_elem(hash, &key, &value);
		printf("hash lookup %f\n", (now() - start) / COUNT);
		start = now();
		for (key = 0; key < COUNT; key++)
			bpf_map_delete_elem(hash, &key);
		printf("hash delete %f\n", (now() - start) / COUNT);
		for (key = 0; key < ENTRIES; key++)
			bpf_map_update_elem(hash, &key, &key, 0);
		start = now();
		for (__u32 at = 0, more = 1; more && at < ENTRIES; at += count) {
			count = ENTRIES - at < CHUNK ? ENTRIES - at : CHUNK;
			more = !bpf_map_lookup_batch(hash, at ? &place : NULL, &place, keys + at, values + at, &count, NULL);
			sum += count;
		}
		printf("batch lookup %f\n", (now() - start) / ENTRIES);
		start = now();
		for (int i = 0; i < BIG; i++)
			sum += memory[i];
		sink = sum;
		printf("mapped array %f\n", (now() - start) / BIG);
		fill(emit, ENTRIES);
		start = now();
		ring_buffer__consume(ring);
		printf("ring %f\n", (now() - start) / ENTRIES);
		fill(varying, ENTRIES);
		start = now();
		ring_buffer__consume(ring);
		printf("varying ring %f\n", (now() - start) / ENTRIES);
		printf("\n");
		fflush(stdout);
	}
	return 0;
}
