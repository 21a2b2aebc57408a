/* SPDX-License-Identifier: MIT */
#include <linux/icmpv6.h>
