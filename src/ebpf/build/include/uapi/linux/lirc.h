/* SPDX-License-Identifier: MIT */
#include <linux/lirc.h>
