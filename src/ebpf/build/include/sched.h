/* SPDX-License-Identifier: MIT */
#ifndef _SCHED_H
#define _SCHED_H

#include <linux/sched.h>
#include <sys/types.h>

#endif
