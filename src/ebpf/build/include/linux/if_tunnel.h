/* SPDX-License-Identifier: MIT */
/* Tunnel keys and flags. */
#ifndef _LINUX_IF_TUNNEL_H
#define _LINUX_IF_TUNNEL_H

#include <linux/types.h>

#define GRE_CSUM ((__be16)___ebpf_be16(0x8000))
#define GRE_ROUTING ((__be16)___ebpf_be16(0x4000))
#define GRE_KEY ((__be16)___ebpf_be16(0x2000))
#define GRE_SEQ ((__be16)___ebpf_be16(0x1000))
#define GRE_STRICT ((__be16)___ebpf_be16(0x0800))
#define GRE_VERSION ((__be16)___ebpf_be16(0x0007))
#define GRE_VERSION_0 ((__be16)___ebpf_be16(0x0000))
#define GRE_VERSION_1 ((__be16)___ebpf_be16(0x0001))
#define TUNNEL_CSUM ((__be16)___ebpf_be16(0x01))
#define TUNNEL_KEY ((__be16)___ebpf_be16(0x04))
#define TUNNEL_SEQ ((__be16)___ebpf_be16(0x08))
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ___ebpf_be16(x) ((((x) & 0xff) << 8) | (((x) >> 8) & 0xff))
#else
#define ___ebpf_be16(x) (x)
#endif

#endif
