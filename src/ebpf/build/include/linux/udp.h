/* SPDX-License-Identifier: MIT */
/* UDP (RFC 768). */
#ifndef _LINUX_UDP_H
#define _LINUX_UDP_H

#include <linux/types.h>
#include <asm/byteorder.h>

#ifndef __VMLINUX_H__
struct udphdr {
	__be16 source;
	__be16 dest;
	__be16 len;
	__sum16 check;
};
#endif

#define UDP_CORK 1
#define UDP_ENCAP 100
#define UDP_SEGMENT 103
#define UDP_GRO 104

#endif
