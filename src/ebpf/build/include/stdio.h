/* SPDX-License-Identifier: MIT */
/* BPF has no library to call; programs include this by habit. */
#ifndef _STDIO_H
#define _STDIO_H

#include <stddef.h>

#endif
