"""The metadata of tunnels: the key and the options that a packet goes out with."""

from __future__ import annotations

from struct import Struct

from ebpf.uapi.errno import EINVAL, ENOENT, ENOMEM, EPROTO
from ebpf.vm.helpers.registry import helper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine

#: struct bpf_tunnel_key: id, remote address, tos, ttl, flags (as they are on the wire), label, local address.
_KEY = Struct("=I16sBB2sI16s")
#: The sizes that it has had.
_SIZES = (8, 22, 24, 28, _KEY.size)
_SHORTEST = 8
_IPV6, _ZERO_CSUM, _DONT_FRAGMENT, _SEQUENCE, _NO_KEY = (1 << bit for bit in range(5))
_FLAGS = 16
_LABEL = 0xFFFFF
# What `tunnel_flags` tells (enum ip_tunnel_bit_number): checksum, key, sequence number, don't fragment, no cache.
_BITS = ((_DONT_FRAGMENT, 1 << 8), (_SEQUENCE, 1 << 3))
_CSUM, _WITH_KEY, _NO_CACHE, _OPTIONS = 1, 1 << 2, 1 << 13, 0xD800
_LONGEST = 255


class Tunnel:
    """What a packet goes out with."""

    __slots__ = ("bits", "destination", "id", "label", "options", "source", "tos", "ttl", "wide")

    def __init__(self, key: bytes, flags: int) -> None:
        self.id, self.destination, self.tos, self.ttl, _, label, self.source = _KEY.unpack(key)
        self.wide = bool(flags & _IPV6)
        self.label = label & _LABEL if self.wide else 0
        if not self.wide:
            self.destination, self.source = (address[:4] + bytes(12) for address in (self.destination, self.source))
        self.bits = _NO_CACHE | sum(bit for flag, bit in _BITS if flags & flag)
        self.bits |= 0 if flags & _ZERO_CSUM else _CSUM
        self.bits |= 0 if flags & _NO_KEY else _WITH_KEY
        self.options = b""

    def key(self, flags: bool) -> bytes:
        """As a struct bpf_tunnel_key: remote is where it comes from then."""
        bits = self.bits if flags else 0
        return _KEY.pack(
            self.id, self.source, self.tos, self.ttl, bits.to_bytes(2, "big"), self.label, self.destination
        )


def _cleared(m: Machine, address: int, size: int, error: int) -> int:
    m.write_padded(address, b"", size)
    return -error


@helper
def skb_get_tunnel_key(m: Machine, context: int, key: int, size: int, flags: int, r5: int) -> int:
    """The packet's tunnel key (struct bpf_tunnel_key, `size` bytes of it), as it was set: 0, or -EINVAL (none, flags, size),
    -EPROTO (of the other IP) with the buffer cleared."""
    size &= 0xFFFFFFFF
    tunnel = m.tunnel
    if tunnel is None or flags & ~(_IPV6 | _FLAGS):
        return _cleared(m, key, size, EINVAL)
    if tunnel.wide != bool(flags & _IPV6):
        return _cleared(m, key, size, EPROTO)
    if size not in _SIZES or (size == _SHORTEST and tunnel.wide):
        return _cleared(m, key, size, EINVAL)
    m.write(key, tunnel.key(bool(flags & _FLAGS))[:size])
    return 0


@helper
def skb_set_tunnel_key(m: Machine, context: int, key: int, size: int, flags: int, r5: int) -> int:
    """The tunnel key that the packet goes out with: 0, or -EINVAL (flags, size, a label without IPv6)."""
    size &= 0xFFFFFFFF
    if flags & ~(_IPV6 | _ZERO_CSUM | _DONT_FRAGMENT | _SEQUENCE | _NO_KEY) or size not in _SIZES:
        return -EINVAL
    data = m.read(key, size).ljust(_KEY.size, b"\0")
    _, _, _, _, extra, label, _ = _KEY.unpack(data)
    if (label and not flags & _IPV6) or extra != b"\0\0":
        return -EINVAL
    m.used = True
    m.tunnel = Tunnel(data, flags)
    return 0


@helper
def skb_get_tunnel_opt(m: Machine, context: int, out: int, size: int, r4: int, r5: int) -> int:
    """The tunnel's options: how many bytes, or -ENOENT (none), -ENOMEM (no room) with the buffer cleared."""
    size &= 0xFFFFFFFF
    tunnel = m.tunnel
    if tunnel is None or not tunnel.bits & _OPTIONS:
        return _cleared(m, out, size, ENOENT)
    if size < len(tunnel.options):
        return _cleared(m, out, size, ENOMEM)
    m.write_padded(out, tunnel.options, size)
    return len(tunnel.options)


@helper
def skb_set_tunnel_opt(m: Machine, context: int, options: int, size: int, r4: int, r5: int) -> int:
    """The options that the tunnel's header has, a multiple of 4 bytes: 0, or -EINVAL (no key was set), -ENOMEM."""
    size &= 0xFFFFFFFF
    tunnel = m.tunnel
    if tunnel is None or size & 3:
        return -EINVAL
    if size > _LONGEST:
        return -ENOMEM
    tunnel.options = m.read(options, size)
    tunnel.bits |= _OPTIONS
    return 0
