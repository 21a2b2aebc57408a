/* SPDX-License-Identifier: MIT */
/*
 * What linux/types.h gives beside integers: names that are the same types on every 64-bit machine, so that a vmlinux.h may
 * follow. A struct without a tag can't be declared twice, and some names differ: those are in asm-generic/posix_types.h.
 */
#ifndef __EBPF_POSIX_TYPES_H
#define __EBPF_POSIX_TYPES_H

#ifndef __VMLINUX_H__

typedef long __kernel_long_t;
typedef unsigned long __kernel_ulong_t;
typedef __kernel_ulong_t __kernel_ino_t;
typedef unsigned int __kernel_mode_t;
typedef int __kernel_pid_t;
typedef unsigned int __kernel_uid_t;
typedef unsigned int __kernel_gid_t;
typedef unsigned int __kernel_uid32_t;
typedef unsigned int __kernel_gid32_t;
typedef __kernel_ulong_t __kernel_size_t;
typedef __kernel_long_t __kernel_ssize_t;
typedef __kernel_long_t __kernel_off_t;
typedef long long __kernel_loff_t;
typedef __kernel_long_t __kernel_time_t;
typedef long long __kernel_time64_t;
typedef __kernel_long_t __kernel_clock_t;
typedef int __kernel_timer_t;
typedef int __kernel_clockid_t;
typedef char *__kernel_caddr_t;
typedef unsigned short __kernel_sa_family_t;
typedef int __kernel_daddr_t;
typedef int __kernel_ipc_pid_t;
typedef __kernel_long_t __kernel_suseconds_t;
typedef __kernel_long_t __kernel_old_time_t;
typedef __kernel_long_t __kernel_ptrdiff_t;
typedef unsigned short __kernel_uid16_t;
typedef unsigned short __kernel_gid16_t;
typedef int __kernel_key_t;
typedef int __kernel_mqd_t;
typedef void (*__kernel_sighandler_t)(int);

#endif /* __VMLINUX_H__ */

#endif
