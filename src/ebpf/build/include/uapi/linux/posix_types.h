/* SPDX-License-Identifier: MIT */
#include <linux/posix_types.h>
