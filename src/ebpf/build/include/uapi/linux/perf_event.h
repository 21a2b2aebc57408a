/* SPDX-License-Identifier: MIT */
#include <linux/perf_event.h>
