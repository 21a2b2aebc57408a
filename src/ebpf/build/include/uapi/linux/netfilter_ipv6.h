/* SPDX-License-Identifier: MIT */
#include <linux/netfilter_ipv6.h>
