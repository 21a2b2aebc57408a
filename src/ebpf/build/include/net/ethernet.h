/* SPDX-License-Identifier: MIT */
#ifndef _NET_ETHERNET_H
#define _NET_ETHERNET_H

#include <linux/if_ether.h>

#define ETHERTYPE_IP ETH_P_IP
#define ETHERTYPE_ARP ETH_P_ARP
#define ETHERTYPE_VLAN ETH_P_8021Q
#define ETHERTYPE_IPV6 ETH_P_IPV6

#endif
