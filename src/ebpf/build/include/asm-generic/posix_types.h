/* SPDX-License-Identifier: MIT */
#ifndef __ASM_GENERIC_POSIX_TYPES_H
#define __ASM_GENERIC_POSIX_TYPES_H /* as the system's header says, should another of its headers ask for it */

#include <ebpf/posix_types.h>

#ifndef __VMLINUX_H__

typedef unsigned int __kernel_old_uid_t;
typedef unsigned int __kernel_old_gid_t;
typedef unsigned int __kernel_old_dev_t;
typedef struct {
	int val[2];
} __kernel_fsid_t;

#endif /* __VMLINUX_H__ */

#endif
