/* SPDX-License-Identifier: MIT */
#include <linux/netdev.h>
