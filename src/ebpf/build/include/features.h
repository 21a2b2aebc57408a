/* SPDX-License-Identifier: MIT */
/* Programs include this by habit; there is no C library here. */
#ifndef _FEATURES_H
#define _FEATURES_H

#define __GLIBC_PREREQ(major, minor) 0

#endif
