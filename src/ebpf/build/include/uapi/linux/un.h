/* SPDX-License-Identifier: MIT */
#include <linux/un.h>
