/* SPDX-License-Identifier: MIT */
#include <linux/mpls.h>
