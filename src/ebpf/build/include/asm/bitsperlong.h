/* SPDX-License-Identifier: MIT */
#ifndef _ASM_BITSPERLONG_H
#define _ASM_BITSPERLONG_H

#include <asm-generic/bitsperlong.h>

#endif
