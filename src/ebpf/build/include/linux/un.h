/* SPDX-License-Identifier: MIT */
/* Addresses of sockets in the file system. */
#ifndef _LINUX_UN_H
#define _LINUX_UN_H

#include <linux/socket.h>

#define UNIX_PATH_MAX 108

#ifndef __VMLINUX_H__
struct sockaddr_un {
	__kernel_sa_family_t sun_family;
	char sun_path[UNIX_PATH_MAX];
};
#endif

#endif
