/* SPDX-License-Identifier: MIT */
/* Group membership of IPv4 (RFC 1112, 2236, 3376). */
#ifndef _LINUX_IGMP_H
#define _LINUX_IGMP_H

#include <linux/types.h>
#include <asm/byteorder.h>

#ifndef __VMLINUX_H__
struct igmphdr {
	__u8 type;
	__u8 code;
	__sum16 csum;
	__be32 group;
};
#endif

#define IGMP_HOST_MEMBERSHIP_QUERY 0x11
#define IGMP_HOST_MEMBERSHIP_REPORT 0x12
#define IGMP_DVMRP 0x13
#define IGMP_PIM 0x14
#define IGMP_TRACE 0x15
#define IGMPV2_HOST_MEMBERSHIP_REPORT 0x16
#define IGMP_HOST_LEAVE_MESSAGE 0x17
#define IGMPV3_HOST_MEMBERSHIP_REPORT 0x22
#define IGMP_MTRACE_RESP 0x1e
#define IGMP_MTRACE 0x1f
#define IGMP_MINLEN 8
#define IGMP_TIMER_SCALE 10

#endif
