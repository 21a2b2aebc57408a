/* SPDX-License-Identifier: MIT */
/* Device numbers as user space writes them. Those in the kernel's structs have 20 bits of minor number. */
#ifndef _LINUX_KDEV_T_H
#define _LINUX_KDEV_T_H

#define MAJOR(dev) ((dev) >> 8)
#define MINOR(dev) ((dev) & 0xff)
#define MKDEV(ma, mi) ((ma) << 8 | (mi))

#endif
