/* SPDX-License-Identifier: MIT */
#include <linux/seg6_local.h>
