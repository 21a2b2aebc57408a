/* SPDX-License-Identifier: MIT */
#ifndef _NETINET_IP_ICMP_H
#define _NETINET_IP_ICMP_H

#include <linux/icmp.h>

#endif
