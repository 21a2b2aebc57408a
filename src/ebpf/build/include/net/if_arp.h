/* SPDX-License-Identifier: MIT */
#ifndef _NET_IF_ARP_H
#define _NET_IF_ARP_H

#include <linux/if_arp.h>

#endif
