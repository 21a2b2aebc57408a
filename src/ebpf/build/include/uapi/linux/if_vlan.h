/* SPDX-License-Identifier: MIT */
#include <linux/if_vlan.h>
