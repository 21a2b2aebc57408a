/* SPDX-License-Identifier: MIT */
/* IPv4 addresses, protocols (IANA) and socket options. */
#ifndef _LINUX_IN_H
#define _LINUX_IN_H

#include <linux/posix_types.h>
#include <linux/types.h>
#include <asm/byteorder.h>
#include <linux/socket.h>

#ifndef __VMLINUX_H__
enum {
	IPPROTO_IP = 0,
	IPPROTO_ICMP = 1,
	IPPROTO_IGMP = 2,
	IPPROTO_IPIP = 4,
	IPPROTO_TCP = 6,
	IPPROTO_EGP = 8,
	IPPROTO_PUP = 12,
	IPPROTO_UDP = 17,
	IPPROTO_IDP = 22,
	IPPROTO_TP = 29,
	IPPROTO_DCCP = 33,
	IPPROTO_IPV6 = 41,
	IPPROTO_RSVP = 46,
	IPPROTO_GRE = 47,
	IPPROTO_ESP = 50,
	IPPROTO_AH = 51,
	IPPROTO_MTP = 92,
	IPPROTO_BEETPH = 94,
	IPPROTO_ENCAP = 98,
	IPPROTO_PIM = 103,
	IPPROTO_COMP = 108,
	IPPROTO_L2TP = 115,
	IPPROTO_SCTP = 132,
	IPPROTO_UDPLITE = 136,
	IPPROTO_MPLS = 137,
	IPPROTO_ETHERNET = 143,
	IPPROTO_RAW = 255,
	IPPROTO_SMC = 256,
	IPPROTO_MPTCP = 262,
	IPPROTO_MAX,
};

struct in_addr {
	__be32 s_addr;
};

struct sockaddr_in {
	__kernel_sa_family_t sin_family;
	__be16 sin_port;
	struct in_addr sin_addr;
	unsigned char __pad[8];
};

struct ip_mreqn {
	struct in_addr imr_multiaddr;
	struct in_addr imr_address;
	int imr_ifindex;
};

struct in_pktinfo {
	int ipi_ifindex;
	struct in_addr ipi_spec_dst;
	struct in_addr ipi_addr;
};
#endif
#define sin_zero __pad

#define IP_TOS 1
#define IP_TTL 2
#define IP_HDRINCL 3
#define IP_OPTIONS 4
#define IP_RECVOPTS 6
#define IP_PKTINFO 8
#define IP_MTU_DISCOVER 10
#define IP_RECVERR 11
#define IP_RECVTTL 12
#define IP_RECVTOS 13
#define IP_MTU 14
#define IP_FREEBIND 15
#define IP_TRANSPARENT 19
#define IP_BIND_ADDRESS_NO_PORT 24
#define IP_MULTICAST_IF 32
#define IP_MULTICAST_TTL 33
#define IP_MULTICAST_LOOP 34
#define IP_LOCAL_PORT_RANGE 51

#define INADDR_ANY ((unsigned long)0x00000000)
#define INADDR_BROADCAST ((unsigned long)0xffffffff)
#define INADDR_NONE ((unsigned long)0xffffffff)
#define INADDR_LOOPBACK 0x7f000001

#define IN_CLASSA(a) ((((long)(a)) & 0x80000000) == 0)
#define IN_CLASSB(a) ((((long)(a)) & 0xc0000000) == 0x80000000)
#define IN_CLASSC(a) ((((long)(a)) & 0xe0000000) == 0xc0000000)
#define IN_CLASSD(a) ((((long)(a)) & 0xf0000000) == 0xe0000000)
#define IN_MULTICAST(a) IN_CLASSD(a)
#define IN_LOOPBACK(a) ((((long)(a)) & 0xff000000) == 0x7f000000)

#endif
