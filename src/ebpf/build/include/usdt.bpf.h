/* SPDX-License-Identifier: MIT */
/* The name without its folder, as older programs include it. */
#include <bpf/usdt.bpf.h>
