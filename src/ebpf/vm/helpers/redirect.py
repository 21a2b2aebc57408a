"""Where packets go: a redirect is noted in `Machine.redirect` and told in the run's result; nothing is sent from here."""

from __future__ import annotations

from ebpf._record import Frozen
from ebpf.errors import Fault
from ebpf.uapi.errno import EINVAL
from ebpf.uapi.map_types import MapType
from ebpf.vm.helpers.registry import changes_memory, helper
from ebpf.vm.maps.targets import Targets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine

XDP_ABORTED, XDP_REDIRECT = 0, 4
TC_ACT_SHOT, TC_ACT_REDIRECT = 2, 7
SK_DROP, SK_PASS = 0, 1
INGRESS = 1
_BROADCAST, _EXCLUDE_INGRESS = 8, 16
#: Maps whose entries a packet may all go to.
_DEVICES = (MapType.DEVMAP, MapType.DEVMAP_HASH)


class Redirect(Frozen):
    """What a program sent its packet to: interface `ifindex`, or entry `key` of `map`, whose value was `value`.

    `how`: "redirect", "clone" (a copy went there), "peer", "neigh", "map", "broadcast".
    """

    how: str
    ifindex: int = 0
    map: str = ""
    key: int | bytes = 0
    value: bytes = b""
    flags: int = 0
    data: bytes = b""


def _target_map(m: Machine, map_: int) -> Targets:
    found = m.map_of(map_)
    if not isinstance(found, Targets):
        raise Fault(f"map {found.spec.name} is nothing to redirect to", program=m.program.spec.name)
    return found


@helper
def redirect(m: Machine, ifindex: int, flags: int, r3: int, r4: int, r5: int) -> int:
    """Sends the packet to an interface: XDP_REDIRECT or TC_ACT_REDIRECT; XDP_ABORTED or TC_ACT_SHOT for bad flags."""
    ifindex &= 0xFFFFFFFF
    if m.layout is not None and m.layout.name == "xdp_md":
        if flags:
            return XDP_ABORTED
        m.redirect = Redirect("redirect", ifindex)
        return XDP_REDIRECT
    if flags & ~INGRESS:
        return TC_ACT_SHOT
    m.redirect = Redirect("redirect", ifindex, flags=flags)
    return TC_ACT_REDIRECT


@helper
def redirect_peer(m: Machine, ifindex: int, flags: int, r3: int, r4: int, r5: int) -> int:
    if flags:
        return TC_ACT_SHOT
    m.redirect = Redirect("peer", ifindex & 0xFFFFFFFF)
    return TC_ACT_REDIRECT


@helper
def redirect_neigh(m: Machine, ifindex: int, params: int, size: int, flags: int, r5: int) -> int:
    size &= 0xFFFFFFFF
    if flags or (params and size < 20):
        return TC_ACT_SHOT
    m.redirect = Redirect("neigh", ifindex & 0xFFFFFFFF, data=m.read(params, size) if params else b"")
    return TC_ACT_REDIRECT


@changes_memory
def clone_redirect(m: Machine, context: int, ifindex: int, flags: int, r4: int, r5: int) -> int:
    """Sends a copy, noted in `Machine.clones`: 0, or -EINVAL."""
    if flags & ~INGRESS or not ifindex & 0xFFFFFFFF:
        return -EINVAL
    m.used = True
    m.charge(m.packet.end - m.packet.data)  # what is kept of it must not grow without end
    m.clones.append(Redirect("clone", ifindex & 0xFFFFFFFF, flags=flags, data=m.packet.bytes()))
    return 0


@helper
def redirect_map(m: Machine, map_: int, key: int, flags: int, r4: int, r5: int) -> int:
    """Sends the packet to an entry of a devmap, cpumap or xskmap: XDP_REDIRECT; for none there the action in the low bits of
    `flags`; XDP_ABORTED for bad flags."""
    target = _target_map(m, map_)
    broadcast = flags & _BROADCAST
    several = _BROADCAST | _EXCLUDE_INGRESS if target.spec.type in _DEVICES else 0
    if flags & ~(3 | several):
        return XDP_ABORTED
    key &= 0xFFFFFFFF
    value = target.target(key)
    if value is None and not broadcast:
        return flags & 3
    how = "broadcast" if broadcast else "map"
    m.redirect = Redirect(how, map=target.spec.name, key=key, value=value or b"", flags=flags)
    return XDP_REDIRECT


def _to_socket(m: Machine, map_: int, key: int | bytes, flags: int) -> int:
    target = _target_map(m, map_)
    if flags & ~INGRESS:
        return SK_DROP
    value = target.get(key) if isinstance(key, bytes) else target.target(key)
    if value is None:
        return SK_DROP
    m.redirect = Redirect("map", map=target.spec.name, key=key, value=value, flags=flags)
    return SK_PASS


def _key(m: Machine, map_: int, key: int) -> bytes:
    return m.read(key, m.map_of(map_).key_size)


@helper
def sk_redirect_map(m: Machine, context: int, map_: int, key: int, flags: int, r5: int) -> int:
    return _to_socket(m, map_, key & 0xFFFFFFFF, flags)


@helper
def sk_redirect_hash(m: Machine, context: int, map_: int, key: int, flags: int, r5: int) -> int:
    return _to_socket(m, map_, _key(m, map_, key), flags)


@helper
def msg_redirect_map(m: Machine, context: int, map_: int, key: int, flags: int, r5: int) -> int:
    return _to_socket(m, map_, key & 0xFFFFFFFF, flags)


@helper
def msg_redirect_hash(m: Machine, context: int, map_: int, key: int, flags: int, r5: int) -> int:
    return _to_socket(m, map_, _key(m, map_, key), flags)


@helper
def sk_select_reuseport(m: Machine, context: int, map_: int, key: int, flags: int, r5: int) -> int:
    """Picks a socket of a reuseport group: 0, or -EINVAL (flags), -ENOENT."""
    from ebpf.uapi.errno import ENOENT

    target = _target_map(m, map_)
    name = m.read(key, target.key_size)
    if flags:
        return -EINVAL
    value = target.get(name)
    if value is None:
        return -ENOENT
    m.redirect = Redirect("map", map=target.spec.name, key=name, value=value)
    return 0
