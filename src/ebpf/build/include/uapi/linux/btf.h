/* SPDX-License-Identifier: MIT */
#include <linux/btf.h>
