/* SPDX-License-Identifier: MIT */
#include <linux/time_types.h>
