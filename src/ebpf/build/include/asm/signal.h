/* SPDX-License-Identifier: MIT */
#ifndef _ASM_SIGNAL_H
#define _ASM_SIGNAL_H

#include <asm-generic/signal.h>

#endif
