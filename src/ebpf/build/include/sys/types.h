/* SPDX-License-Identifier: MIT */
#ifndef _SYS_TYPES_H
#define _SYS_TYPES_H

/* Only size_t: "vmlinux.h" has a wchar_t of its own. */
#define __need_size_t
#include <stddef.h>
#include <stdint.h>
#include <linux/posix_types.h>
#include <linux/types.h>

#ifndef __VMLINUX_H__
typedef __kernel_ssize_t ssize_t;
typedef __kernel_pid_t pid_t;
typedef __kernel_uid32_t uid_t;
typedef __kernel_gid32_t gid_t;
typedef __kernel_mode_t mode_t;
typedef __kernel_off_t off_t;
typedef __kernel_loff_t loff_t;
typedef __kernel_key_t key_t;
typedef __kernel_clockid_t clockid_t;
typedef __kernel_ino_t ino_t;
typedef unsigned long dev_t;
typedef unsigned long nlink_t;
#endif

#endif
