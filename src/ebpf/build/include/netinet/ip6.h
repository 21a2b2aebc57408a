/* SPDX-License-Identifier: MIT */
/* IPv6 (RFC 3542) as C libraries spell it. */
#ifndef _NETINET_IP6_H
#define _NETINET_IP6_H

#include <netinet/in.h>

#ifndef __VMLINUX_H__
struct ip6_hdr {
	union {
		struct ip6_hdrctl {
			__u32 ip6_un1_flow;
			__u16 ip6_un1_plen;
			__u8 ip6_un1_nxt;
			__u8 ip6_un1_hlim;
		} ip6_un1;
		__u8 ip6_un2_vfc;
	} ip6_ctlun;
	struct in6_addr ip6_src;
	struct in6_addr ip6_dst;
};
#endif
#define ip6_vfc ip6_ctlun.ip6_un2_vfc
#define ip6_flow ip6_ctlun.ip6_un1.ip6_un1_flow
#define ip6_plen ip6_ctlun.ip6_un1.ip6_un1_plen
#define ip6_nxt ip6_ctlun.ip6_un1.ip6_un1_nxt
#define ip6_hlim ip6_ctlun.ip6_un1.ip6_un1_hlim
#define ip6_hops ip6_ctlun.ip6_un1.ip6_un1_hlim

#endif
