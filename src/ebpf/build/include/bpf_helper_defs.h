/* SPDX-License-Identifier: MIT */
/* The name without its folder, as older programs include it. */
#include <bpf/bpf_helper_defs.h>
