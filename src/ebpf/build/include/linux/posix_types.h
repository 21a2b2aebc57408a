/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_POSIX_TYPES_H
#define _LINUX_POSIX_TYPES_H

#include <linux/stddef.h>
#include <asm/posix_types.h>

#ifndef __VMLINUX_H__

typedef int __kernel_key_t;
typedef int __kernel_mqd_t;
typedef struct {
	unsigned long fds_bits[1024 / (8 * sizeof(long))];
} __kernel_fd_set;
typedef void (*__kernel_sighandler_t)(int);

#endif /* __VMLINUX_H__ */

#endif
