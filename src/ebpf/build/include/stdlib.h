/* SPDX-License-Identifier: MIT */
/* BPF has no library to call; programs include this by habit. */
#ifndef _STDLIB_H
#define _STDLIB_H

/* Only size_t: "vmlinux.h" has a wchar_t of its own. */
#define __need_size_t
#include <stddef.h>

#endif
