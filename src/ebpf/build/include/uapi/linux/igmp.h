/* SPDX-License-Identifier: MIT */
#include <linux/igmp.h>
