/* SPDX-License-Identifier: MIT */
#ifndef _ASM_SOCKET_H
#define _ASM_SOCKET_H

#include <linux/socket.h>

#endif
