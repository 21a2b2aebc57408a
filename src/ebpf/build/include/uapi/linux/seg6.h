/* SPDX-License-Identifier: MIT */
#include <linux/seg6.h>
