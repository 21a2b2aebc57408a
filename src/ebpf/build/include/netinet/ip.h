/* SPDX-License-Identifier: MIT */
#ifndef _NETINET_IP_H
#define _NETINET_IP_H

#include <netinet/in.h>
#include <linux/ip.h>

#endif
