/* SPDX-License-Identifier: MIT */
/* Programs include this by habit; there is no C library here. */
#ifndef _UNISTD_H
#define _UNISTD_H

#include <sys/types.h>

#endif
