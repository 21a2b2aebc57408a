"""Ethernet frames, by the kernel's own names (include/uapi/linux/if_ether.h)."""

from __future__ import annotations

#: Bytes of a frame's header.
ETH_HLEN = 14

# What a frame holds: its EtherType, in host order.
ETH_P_IP = 0x0800
ETH_P_ARP = 0x0806
ETH_P_8021Q = 0x8100
ETH_P_IPV6 = 0x86DD
ETH_P_8021AD = 0x88A8
#: The least of them: what is less in its place is a length (IEEE 802.3).
ETH_P_802_3_MIN = 0x0600

# What the kernel calls a frame without one: any, raw 802.3, one with an 802.2 header.
ETH_P_ALL = 3
ETH_P_802_3 = 1
ETH_P_802_2 = 4
