/* SPDX-License-Identifier: MIT */
#include <linux/pkt_cls.h>
