/* SPDX-License-Identifier: MIT */
#include <linux/bpf_perf_event.h>
