/* SPDX-License-Identifier: MIT */
#include <linux/kdev_t.h>
