/* SPDX-License-Identifier: MIT */
#include <linux/if_tunnel.h>
