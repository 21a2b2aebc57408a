/* SPDX-License-Identifier: MIT */
#ifndef _ERRNO_H
#define _ERRNO_H

#include <asm-generic/errno.h>
#define ENOTSUP EOPNOTSUPP

#endif
