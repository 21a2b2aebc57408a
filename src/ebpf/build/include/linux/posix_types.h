/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_POSIX_TYPES_H
#define _LINUX_POSIX_TYPES_H

#include <linux/stddef.h>
#include <asm/posix_types.h>

#ifndef __VMLINUX_H__

typedef struct {
	unsigned long fds_bits[1024 / (8 * sizeof(long))];
} __kernel_fd_set;

#endif /* __VMLINUX_H__ */

#endif
