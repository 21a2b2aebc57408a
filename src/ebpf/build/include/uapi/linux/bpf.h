/* SPDX-License-Identifier: MIT */
#include <linux/bpf.h>
