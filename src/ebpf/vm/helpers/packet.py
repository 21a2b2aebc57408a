"""Packets: bytes in and out, room at head and tail, VLAN tags, what a `__sk_buff` says of itself.

A packet here lies in one piece, so that what pulls data together in the kernel has nothing to do. `m.network` is where the
network header begins, counted from the packet's start: 14 where programs see the Ethernet header, else 0.
"""

from __future__ import annotations

import sys

from ebpf.uapi.errno import EACCES, EFAULT, EINVAL, ENOMEM, EOPNOTSUPP
from ebpf.uapi.ethernet import ETH_HLEN, ETH_P_8021AD, ETH_P_8021Q, ETH_P_IP, ETH_P_IPV6
from ebpf.uapi.flags import (
    BPF_ADJ_ROOM_ENCAP_L2_MASK,
    BPF_F_ADJ_ROOM_DECAP_L3_IPV4,
    BPF_F_ADJ_ROOM_DECAP_L3_IPV6,
    BPF_F_ADJ_ROOM_ENCAP_L2_ETH,
    BPF_F_ADJ_ROOM_ENCAP_L3_IPV4,
    BPF_F_ADJ_ROOM_ENCAP_L3_IPV6,
    BPF_F_ADJ_ROOM_ENCAP_L4_GRE,
    BPF_F_ADJ_ROOM_ENCAP_L4_UDP,
    BPF_F_ADJ_ROOM_FIXED_GSO,
    BPF_F_ADJ_ROOM_NO_CSUM_RESET,
)
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.arithmetic import M64, signed
from ebpf.vm.contexts import protocol_of, swapped
from ebpf.vm.costs import BYTES_A_SLOT
from ebpf.vm.helpers.registry import changes_memory, helper
from ebpf.vm.maps.base import ENOTSUPP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine

#: sizeof(struct xdp_frame), which the kernel keeps in the headroom.
XDP_FRAME = 40
#: What a packet may grow to: SKB_MAX_ALLOC with 4 KiB pages.
SKB_MOST = 16384 - 320
INT_MAX = (1 << 31) - 1

RECOMPUTE_CSUM, INVALIDATE_HASH = 1, 2


def _s32(value: int) -> int:
    return signed(value, 32)


def length(m: Machine) -> int:
    return m.packet.end - m.packet.data


def protocol(m: Machine) -> int:
    """The packet's EtherType, in host order."""
    return swapped(m.field("protocol") & 0xFFFF)


def set_protocol(m: Machine, value: int) -> None:
    m.set_field("protocol", swapped(value))


# -- room


def push(m: Machine, at: int, size: int) -> None:
    """Opens a gap of `size` zero bytes at offset `at`, by moving what is before it to the front."""
    packet = m.packet
    if packet.meta - packet.start < size:
        m.charge(length(m) // BYTES_A_SLOT)  # all of it is copied
    packet.make_room(size)
    view, start = packet.block.view, packet.data - packet.block.address
    view[start - size : start - size + at] = bytes(view[start : start + at])
    view[start - size + at : start + at] = bytes(size)
    packet.data -= size
    packet.meta = packet.data
    m.packet_moved()


def pull(m: Machine, at: int, size: int) -> int:
    """Takes `size` bytes at offset `at` out. 0, or -EINVAL where there are none."""
    packet = m.packet
    if at + size > length(m):
        return -EINVAL
    view, start = packet.block.view, packet.data - packet.block.address
    view[start + size : start + size + at] = bytes(view[start : start + at])
    packet.data += size
    packet.meta = packet.data
    m.packet_moved()
    return 0


def resize(m: Machine, size: int) -> None:
    """Makes the packet `size` bytes long; what is new is 0."""
    packet = m.packet
    grow = size - length(m)
    if grow > 0:
        if packet.end + grow > packet.limit:
            packet.enlarge(grow)
        at = packet.end - packet.block.address
        packet.block.view[at : at + grow] = bytes(grow)
    packet.end += grow
    m.packet_moved()


# -- XDP


@changes_memory
def xdp_adjust_head(m: Machine, context: int, delta: int, r3: int, r4: int, r5: int) -> int:
    """Moves the packet's start, and its metadata with it: 0, or -EINVAL."""
    packet, delta = m.packet, _s32(delta)
    metadata = packet.data - packet.meta
    data = packet.data + delta
    if data < packet.start + XDP_FRAME + metadata or data > packet.end - ETH_HLEN:
        return -EINVAL
    if metadata:
        view, base = packet.block.view, packet.block.address
        kept = bytes(view[packet.meta - base : packet.data - base])
        view[packet.meta + delta - base : data - base] = kept
    packet.meta += delta
    packet.data = data
    m.packet_moved()
    return 0


@changes_memory
def xdp_adjust_meta(m: Machine, context: int, delta: int, r3: int, r4: int, r5: int) -> int:
    """Moves the start of the metadata in front of the packet: 0, or -EINVAL, -EACCES (size)."""
    packet = m.packet
    meta = packet.meta + _s32(delta)
    if meta < packet.start + XDP_FRAME or meta > packet.data:
        return -EINVAL
    size = packet.data - meta
    if size & 3 or size > 255:
        return -EACCES
    packet.meta = meta
    m.packet_moved()
    return 0


@changes_memory
def xdp_adjust_tail(m: Machine, context: int, delta: int, r3: int, r4: int, r5: int) -> int:
    """Moves the packet's end; what is new is 0. 0, or -EINVAL."""
    packet, delta = m.packet, _s32(delta)
    end = packet.end + delta
    if end > packet.limit or end < packet.data + ETH_HLEN:
        return -EINVAL
    if delta > 0:
        at = packet.end - packet.block.address
        packet.block.view[at : at + delta] = bytes(delta)
    packet.end = end
    m.packet_moved()
    return 0


@helper
def xdp_get_buff_len(m: Machine, context: int, r2: int, r3: int, r4: int, r5: int) -> int:
    return length(m)


@helper
def xdp_load_bytes(m: Machine, context: int, offset: int, out: int, size: int, r5: int) -> int:
    """Copies out of the packet: 0, or -EINVAL; -EFAULT for an offset or a size that no packet has."""
    offset, size = offset & 0xFFFFFFFF, size & 0xFFFFFFFF
    if offset > 0xFFFF or size > 0xFFFF:
        return -EFAULT
    data = m.packet_bytes(offset, size)
    if data is None:
        return -EINVAL
    m.write(out, data)
    return 0


@helper
def xdp_store_bytes(m: Machine, context: int, offset: int, source: int, size: int, r5: int) -> int:
    """Copies into the packet, with xdp_load_bytes' errors."""
    offset, size = offset & 0xFFFFFFFF, size & 0xFFFFFFFF
    if offset > 0xFFFF or size > 0xFFFF:
        return -EFAULT
    return 0 if m.packet_store(offset, m.read(source, size)) else -EINVAL


# -- sk_buff


@helper
def skb_load_bytes(m: Machine, context: int, offset: int, out: int, size: int, r5: int) -> int:
    """Copies out of the packet: 0, or -EFAULT with the buffer cleared."""
    offset, size = offset & 0xFFFFFFFF, size & 0xFFFFFFFF
    # A flow dissector that is run by hand has a packet and no sk_buff around it.
    there = offset <= INT_MAX and m.program.spec.type != ProgType.FLOW_DISSECTOR
    data = m.packet_bytes(offset, size) if there else None
    m.write_padded(out, data or b"", size)
    return 0 if data is not None else -EFAULT


@helper
def skb_load_bytes_relative(m: Machine, context: int, offset: int, out: int, size: int, start: int) -> int:
    """As skb_load_bytes, from the link (0) or the network header (1)."""
    offset, size, start = offset & 0xFFFFFFFF, size & 0xFFFFFFFF, start & 0xFFFFFFFF
    data = None
    if offset <= 0xFFFF and start in (0, 1):
        begin = m.packet.data + (m.network if start else m.network - m.link) + offset - m.packet.block.address
        if begin >= 0 and begin + m.packet.block.address + size <= m.packet.end:
            data = bytes(m.packet.block.view[begin : begin + size])
    m.write_padded(out, data or b"", size)
    return 0 if data is not None else -EFAULT


@changes_memory
def skb_store_bytes(m: Machine, context: int, offset: int, source: int, size: int, flags: int) -> int:
    """Writes into the packet: 0, or -EINVAL (flags), -EFAULT."""
    offset = offset & 0xFFFFFFFF
    if flags & ~(RECOMPUTE_CSUM | INVALIDATE_HASH):
        return -EINVAL
    if offset > INT_MAX or not m.packet_store(offset, m.read(source, size & 0xFFFFFFFF)):
        return -EFAULT
    if flags & INVALIDATE_HASH:
        m.set_field("hash", 0)
    return 0


@changes_memory
def skb_pull_data(m: Machine, context: int, size: int, r3: int, r4: int, r5: int) -> int:
    """The packet is in one piece already: 0, or -ENOMEM where it isn't that long."""
    return 0 if (size & 0xFFFFFFFF) <= length(m) else -ENOMEM


@changes_memory
def skb_change_tail(m: Machine, context: int, size: int, flags: int, r4: int, r5: int) -> int:
    """Makes the packet longer (with zeros) or shorter: 0, or -EINVAL."""
    size &= 0xFFFFFFFF
    if flags or size > SKB_MOST or size < m.network:
        return -EINVAL
    resize(m, size)
    return 0


@changes_memory
def skb_change_head(m: Machine, context: int, size: int, flags: int, r4: int, r5: int) -> int:
    """Puts zeros in front of the packet: 0, or -EINVAL."""
    size &= 0xFFFFFFFF
    if flags or length(m) + size > SKB_MOST:
        return -EINVAL
    push(m, 0, size)
    m.network += size
    m.link = m.network  # the link header begins with the zeros
    return 0


@changes_memory
def skb_change_proto(m: Machine, context: int, proto: int, flags: int, r4: int, r5: int) -> int:
    """Makes room for the header of the other IP, 20 bytes more or less: 0, or -EINVAL (flags), -ENOTSUPP."""
    value = proto & 0xFFFF
    wanted = value >> 8 | (value & 0xFF) << 8
    if flags:
        return -EINVAL
    if (protocol(m), wanted) == (ETH_P_IP, ETH_P_IPV6):
        push(m, m.network, 20)
    elif (protocol(m), wanted) != (ETH_P_IPV6, ETH_P_IP):
        return -ENOTSUPP
    elif status := pull(m, m.network, 20):
        return status
    set_protocol(m, wanted)
    return 0


@helper
def skb_change_type(m: Machine, context: int, kind: int, r3: int, r4: int, r5: int) -> int:
    """Changes `pkt_type` among host, broadcast, multicast and other: 0, or -EINVAL."""
    if kind & 0xFFFFFFFF > 3 or m.field("pkt_type") > 3:
        return -EINVAL
    m.set_field("pkt_type", kind & 0xFFFFFFFF)
    return 0


_ROOM_NET, _ROOM_MAC = 0, 1
ENCAP_L3 = BPF_F_ADJ_ROOM_ENCAP_L3_IPV4 | BPF_F_ADJ_ROOM_ENCAP_L3_IPV6
ENCAP = ENCAP_L3 | BPF_F_ADJ_ROOM_ENCAP_L4_GRE | BPF_F_ADJ_ROOM_ENCAP_L4_UDP
DECAP_L3 = BPF_F_ADJ_ROOM_DECAP_L3_IPV4 | BPF_F_ADJ_ROOM_DECAP_L3_IPV6
ROOM_FLAGS = (
    BPF_F_ADJ_ROOM_FIXED_GSO | ENCAP | BPF_F_ADJ_ROOM_NO_CSUM_RESET | BPF_F_ADJ_ROOM_ENCAP_L2_ETH
    | BPF_ADJ_ROOM_ENCAP_L2_MASK | DECAP_L3
)  # fmt: skip


@changes_memory
def skb_adjust_room(m: Machine, context: int, delta: int, mode: int, flags: int, r5: int) -> int:
    """Room behind the network header (mode 0) or the link header (1): 0, or -EINVAL, -EFAULT, -ENOTSUPP."""
    delta, mode = _s32(delta), mode & 0xFFFFFFFF
    proto = protocol(m)
    header = {ETH_P_IP: 20, ETH_P_IPV6: 40}.get(proto)
    if flags & ~ROOM_FLAGS:
        return -EINVAL
    if abs(delta) > 0xFFF:
        return -EFAULT
    if header is None or mode not in (_ROOM_NET, _ROOM_MAC):
        return -ENOTSUPP
    least = header
    decap = flags & DECAP_L3
    if decap:
        if delta >= 0 or decap == DECAP_L3:
            return -EINVAL
        least = 20 if decap == BPF_F_ADJ_ROOM_DECAP_L3_IPV4 else 40
    current = length(m) - m.network
    at = m.network + (header if mode == _ROOM_NET else 0)
    if delta < 0:
        if -delta >= current or current + delta < least:
            return -ENOTSUPP
        if flags & ENCAP:
            return -EINVAL
        if status := pull(m, at, -delta):
            return status
        if decap:
            set_protocol(m, ETH_P_IP if least == 20 else ETH_P_IPV6)
    elif length(m) + delta > SKB_MOST:
        return -ENOTSUPP
    else:
        push(m, at, delta)
        if flags & ENCAP_L3:
            set_protocol(m, ETH_P_IP if flags & BPF_F_ADJ_ROOM_ENCAP_L3_IPV4 else ETH_P_IPV6)
    if not flags & BPF_F_ADJ_ROOM_NO_CSUM_RESET:
        m.checked = -1
    return 0


@changes_memory
def skb_vlan_push(m: Machine, context: int, proto: int, tci: int, r4: int, r5: int) -> int:
    """Puts a VLAN tag on; the one that was there before goes into the packet. `proto` is in network order."""
    proto, tci = proto & 0xFFFF, tci & 0xFFFF
    if swapped(proto) not in (ETH_P_8021Q, ETH_P_8021AD):
        proto = swapped(ETH_P_8021Q)
    if m.field("vlan_present"):
        old = m.field("vlan_proto").to_bytes(2, sys.byteorder) + m.field("vlan_tci").to_bytes(2, "big")
        push(m, 12, 4)
        m.packet_store(12, old)
        m.set_field("protocol", m.field("vlan_proto"))
    _set_tag(m, proto, tci)
    return 0


@changes_memory
def skb_vlan_pop(m: Machine, context: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """Takes the outermost VLAN tag off; the next one, if there is one in the packet, takes its place. 0, or -ENOMEM for a
    packet that ends within the tag."""
    if m.field("vlan_present"):
        _set_tag(m, 0, 0, present=0)
    elif protocol(m) not in (ETH_P_8021Q, ETH_P_8021AD):
        return 0
    elif _pop_tag(m) is None:
        return -ENOMEM
    if protocol(m) in (ETH_P_8021Q, ETH_P_8021AD):
        tag = m.field("protocol")
        tci = _pop_tag(m)
        if tci is None:
            return -ENOMEM
        _set_tag(m, tag, tci)
    return 0


def _pop_tag(m: Machine) -> int | None:
    """Takes a tag out of the packet; its TCI."""
    data = m.packet_bytes(12, 6)
    if data is None:
        return None
    set_protocol(m, protocol_of(data[4:6], m.packet_bytes(18, 2) or b""))
    pull(m, 12, 4)
    return int.from_bytes(data[2:4], "big")


def _set_tag(m: Machine, proto: int, tci: int, present: int = 1) -> None:
    m.set_field("vlan_present", present)
    m.set_field("vlan_tci", tci)
    m.set_field("vlan_proto", proto)


@helper
def get_hash_recalc(m: Machine, context: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """The packet's hash; made of its bytes if it has none. The number is not the kernel's, whose seed nobody knows."""
    value = m.field("hash")
    if not value:
        from zlib import crc32

        value = crc32(m.packet_bytes(m.network, min(40, length(m) - m.network)) or b"") or 1
        m.set_field("hash", value)
    return value


@helper
def set_hash_invalid(m: Machine, context: int, r2: int, r3: int, r4: int, r5: int) -> int:
    m.set_field("hash", 0)
    return 0


@helper
def set_hash(m: Machine, context: int, value: int, r3: int, r4: int, r5: int) -> int:
    m.set_field("hash", value & 0xFFFFFFFF)
    return 0


@helper
def get_route_realm(m: Machine, context: int, r2: int, r3: int, r4: int, r5: int) -> int:
    return 0


@helper
def get_cgroup_classid(m: Machine, context: int, r2: int, r3: int, r4: int, r5: int) -> int:
    return 0


@helper
def skb_cgroup_classid(m: Machine, context: int, r2: int, r3: int, r4: int, r5: int) -> int:
    return 0


@helper
def skb_cgroup_id(m: Machine, context: int, r2: int, r3: int, r4: int, r5: int) -> int:
    return int(getattr(m.task, "cgroup_id", 0))


@helper
def skb_set_tstamp(m: Machine, context: int, stamp: int, kind: int, r4: int, r5: int) -> int:
    """Sets `tstamp` of an IP packet: kind 0 real time, 1 monotonic, 2 atomic time (Linux 6.11), the last two not to 0. 0, or
    -EOPNOTSUPP, -EINVAL."""
    if protocol(m) not in (ETH_P_IP, ETH_P_IPV6):
        return -EOPNOTSUPP
    kind &= 0xFFFFFFFF
    if kind > 2 or (kind and not stamp):
        return -EINVAL
    m.set_field("tstamp", stamp & M64)
    m.set_field("tstamp_type", kind)
    return 0


@helper
def skb_ecn_set_ce(m: Machine, context: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """Marks congestion: 1 if it is marked now, 0 if the packet can't be (no IP, no ECN)."""
    from ebpf.vm.helpers.checksum import fold

    # Behind the tags of VLANs, too. Linux takes what follows the link's header for that of IP even then, tag or not.
    proto, at = protocol(m), m.network
    inner = at
    while proto in (ETH_P_8021Q, ETH_P_8021AD):
        tag = m.packet_bytes(inner, 4)
        proto = int.from_bytes(tag[2:], "big") if tag is not None else 0
        inner += 4
    if proto == ETH_P_IP:
        header = m.packet_bytes(at, 20)
        if header is None or not header[1] & 3:
            return 0
        if header[1] & 3 != 3:
            tos = header[1] | 3
            total = ~int.from_bytes(header[10:12], "big") & 0xFFFF
            total += (header[0] << 8 | tos) + (~(header[0] << 8 | header[1]) & 0xFFFF)
            m.packet_store(at + 1, bytes([tos]))
            m.packet_store(at + 10, (~fold(total) & 0xFFFF).to_bytes(2, "big"))
        return 1
    if proto == ETH_P_IPV6:
        header = m.packet_bytes(at, 4)
        ecn = header[1] >> 4 & 3 if header is not None else 0
        if header is None or not ecn:
            return 0
        m.packet_store(at + 1, bytes([header[1] | 0x30]))
        return 1
    return 0
