/* SPDX-License-Identifier: MIT */
/* Network interfaces. */
#ifndef _LINUX_IF_H
#define _LINUX_IF_H

#include <linux/types.h>
#include <linux/socket.h>

#define IFNAMSIZ 16
#define IFALIASZ 256
#define IFF_UP (1 << 0)
#define IFF_BROADCAST (1 << 1)
#define IFF_LOOPBACK (1 << 3)
#define IFF_POINTOPOINT (1 << 4)
#define IFF_RUNNING (1 << 6)
#define IFF_NOARP (1 << 7)
#define IFF_PROMISC (1 << 8)
#define IFF_ALLMULTI (1 << 9)
#define IFF_MULTICAST (1 << 12)

#endif
