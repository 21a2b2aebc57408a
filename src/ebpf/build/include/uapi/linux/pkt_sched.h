/* SPDX-License-Identifier: MIT */
#include <linux/pkt_sched.h>
