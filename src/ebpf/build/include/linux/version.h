/* SPDX-License-Identifier: MIT */
/* The interface that these headers speak of. A program's version is no longer looked at (Linux 5.0). */
#ifndef _LINUX_VERSION_H
#define _LINUX_VERSION_H

#define LINUX_VERSION_CODE 397824 /* 6.18.0 */
#ifndef KERNEL_VERSION
#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))
#endif

#endif
