/* SPDX-License-Identifier: MIT */
#ifndef _ASM_FCNTL_H
#define _ASM_FCNTL_H

#include <asm-generic/fcntl.h>

#endif
