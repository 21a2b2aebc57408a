/* SPDX-License-Identifier: MIT */
/* The kernel's names of the integer types, as BPF sees them: 64-bit long and pointers, whatever machine compiles. */
#ifndef _ASM_GENERIC_INT_LL64_H
#define _ASM_GENERIC_INT_LL64_H

#ifndef __VMLINUX_H__

typedef signed char __s8;
typedef unsigned char __u8;
typedef short __s16;
typedef unsigned short __u16;
typedef int __s32;
typedef unsigned int __u32;
typedef long long __s64;
typedef unsigned long long __u64;

#endif /* __VMLINUX_H__ */

#endif
