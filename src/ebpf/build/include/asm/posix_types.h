/* SPDX-License-Identifier: MIT */
#ifndef _ASM_POSIX_TYPES_H
#define _ASM_POSIX_TYPES_H

#include <asm-generic/posix_types.h>

#endif
