/* SPDX-License-Identifier: MIT */
#include <linux/capability.h>
