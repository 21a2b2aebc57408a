// SPDX-License-Identifier: GPL-2.0 OR MIT
// bench/start.py's peer in C: opens, loads and attaches an object with libbpf, then says how much memory that took.
#include <bpf/libbpf.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	struct bpf_object *object = bpf_object__open_file(argv[1], NULL);
	struct bpf_program *program;
	char line[256];
	FILE *status;

	if (argc < 2 || !object || bpf_object__load(object))
		return 1;
	bpf_object__for_each_program(program, object)
		if (!bpf_program__attach(program))
			return 1;
	status = fopen("/proc/self/status", "r");
	while (status && fgets(line, sizeof(line), status))
		if (!strncmp(line, "VmHWM:", 6)) {
			fputs(line, stdout);
			fflush(stdout);
		}
	return 0;
}
