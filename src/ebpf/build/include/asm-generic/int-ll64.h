/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_INT_LL64_H
#define _ASM_GENERIC_INT_LL64_H

#include <linux/types.h>

#endif
