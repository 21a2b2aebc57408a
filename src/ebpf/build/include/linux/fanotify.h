/* SPDX-License-Identifier: MIT */
/* The system's, which thinks that linux/types.h has __kernel_fsid_t. */
#include <asm-generic/posix_types.h>
#include_next <linux/fanotify.h>
