/* SPDX-License-Identifier: MIT */
#include <linux/filter.h>
