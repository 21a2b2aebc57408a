/* SPDX-License-Identifier: MIT */
/*
 * One header for small programs, as older examples have it: the kernel's types under their short names, maps in the old
 * and the new form, helpers, packets, registers. Newer programs include what they need by name.
 */
#ifndef ___EBPF_COMMON_H
#define ___EBPF_COMMON_H

#ifndef __VMLINUX_H__
#include <linux/types.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ptrace.h>
#include <stdbool.h>

typedef __s8 s8;
typedef __u8 u8;
typedef __s16 s16;
typedef __u16 u16;
typedef __s32 s32;
typedef __u32 u32;
typedef __s64 s64;
typedef __u64 u64;
#endif

#ifndef EBPF_LEGACY_MAPS
#define EBPF_LEGACY_MAPS 1
#endif
#include <bpf/bpf_helpers.h>

#endif
