/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SWAB_H
#define _LINUX_SWAB_H

#include <linux/types.h>

/* In constant expressions too. */
#define ___ebpf_at(x, from, to) ((((x) >> ((from) * 8)) & 0xff) << ((to) * 8))
#define __swab16(x) ((__u16)(___ebpf_at((__u16)(x), 0, 1) | ___ebpf_at((__u16)(x), 1, 0)))
#define __swab32(x)                                                                                                   \
	((__u32)(___ebpf_at((__u32)(x), 0, 3) | ___ebpf_at((__u32)(x), 1, 2) | ___ebpf_at((__u32)(x), 2, 1) |          \
		 ___ebpf_at((__u32)(x), 3, 0)))
#define __swab64(x) ((__u64)__swab32((__u64)(x)) << 32 | __swab32((__u64)(x) >> 32))

#endif
