/* SPDX-License-Identifier: MIT */
#ifndef _SYS_SOCKET_H
#define _SYS_SOCKET_H

#include <sys/types.h>
#include <linux/socket.h>

#ifndef __VMLINUX_H__
typedef __kernel_sa_family_t sa_family_t;
typedef unsigned int socklen_t;
#endif

#endif
