/* SPDX-License-Identifier: MIT */
#ifndef _NETINET_IN_H
#define _NETINET_IN_H

#include <sys/socket.h>
#include <linux/in.h>
#include <linux/in6.h>

typedef __be16 in_port_t;
typedef __be32 in_addr_t;

#endif
