/* SPDX-License-Identifier: MIT */
/* BPF has no library to call; programs include this by habit. */
#ifndef _STDLIB_H
#define _STDLIB_H

#include <stddef.h>

#endif
