/* SPDX-License-Identifier: MIT */
/* The name without its folder, as older programs include it. */
#include <bpf/bpf_core_read.h>
