"""The network that programs are told of: interfaces, routes, neighbours and sockets that the user names.

Nothing is asked of this machine: what is not in these tables is not there. `VmEngine.network` is one of these.
"""

from __future__ import annotations

import ipaddress
import socket
from struct import Struct

from ebpf._record import Record, field
from ebpf.vm.memory import Block, Region

TYPE_CHECKING = False
if TYPE_CHECKING:
    Address = ipaddress.IPv4Address | ipaddress.IPv6Address
    Prefix = ipaddress.IPv4Network | ipaddress.IPv6Network

#: struct bpf_sock: bound_dev_if, family, type, protocol, mark, priority, src_ip4, src_ip6, src_port, dst_port (network order),
#: dst_ip4, dst_ip6, state, rx_queue_mapping.
_SOCK = Struct("=IIIIII4s16sIH2x4s16sIi")


class Interface(Record):
    """A network interface. `forwarding`: routes lead on from it."""

    index: int
    name: str = ""
    mac: bytes = bytes(6)
    mtu: int = 1500
    forwarding: bool = True


class Route(Record):
    """Packets to `prefix` leave by interface `ifindex`, to `gateway` or to their destination itself.

    `kind`: "unicast", "blackhole", "unreachable", "prohibit", "local". `source`: the address they are sent from.
    """

    prefix: Prefix
    ifindex: int = 0
    gateway: Address | None = None
    metric: int = 0
    mtu: int = 0
    table: int = 254
    kind: str = "unicast"
    source: Address | None = None


class Socket(Record):
    """A socket that lookups find. `remote` and `remote_port` are None and 0 for one that listens."""

    protocol: str
    local: Address
    local_port: int
    remote: Address | None = None
    remote_port: int = 0
    state: int = 0
    mark: int = 0
    priority: int = 0
    ifindex: int = 0
    cookie: int = 0


class Network(Record):
    """What is there. Addresses may be given as text to the `add_…` methods."""

    interfaces: dict[int, Interface] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)
    neighbours: dict[Address, bytes] = field(default_factory=dict)
    sockets: list[Socket] = field(default_factory=list)

    def add_interface(self, index: int, name: str = "", mac: str = "00:00:00:00:00:00", mtu: int = 1500) -> Interface:
        made = Interface(index, name, bytes.fromhex(mac.replace(":", "")), mtu)
        self.interfaces[index] = made
        return made

    def add_route(
        self,
        prefix: str,
        ifindex: int = 0,
        gateway: str = "",
        *,
        metric: int = 0,
        kind: str = "unicast",
        source: str = "",
    ) -> Route:
        """Raises ValueError for an address that is none."""
        made = Route(
            ipaddress.ip_network(prefix),
            ifindex,
            ipaddress.ip_address(gateway) if gateway else None,
            metric,
            kind=kind,
            source=ipaddress.ip_address(source) if source else None,
        )
        self.routes.append(made)
        return made

    def add_neighbour(self, address: str, mac: str) -> None:
        self.neighbours[ipaddress.ip_address(address)] = bytes.fromhex(mac.replace(":", ""))

    def add_socket(
        self, protocol: str, local: str, local_port: int, remote: str = "", remote_port: int = 0, *, state: int = 0
    ) -> Socket:
        """`protocol` "tcp" or "udp". `state`: 1 established, 10 listening; by `remote` if it is 0."""
        made = Socket(
            protocol,
            ipaddress.ip_address(local),
            local_port,
            ipaddress.ip_address(remote) if remote else None,
            remote_port,
            state or (1 if remote else 10 if protocol == "tcp" else 7),
            cookie=len(self.sockets) + 1,
        )
        self.sockets.append(made)
        return made

    def route_to(self, address: Address, table: int = 254) -> Route | None:
        """The route with the longest prefix that holds an address; of several, the one with the least metric."""
        found = [route for route in self.routes if route.table == table and _holds(route.prefix, address)]
        return min(found, key=lambda route: (-route.prefix.prefixlen, route.metric), default=None)

    def socket_of(
        self, protocol: str, source: Address, source_port: int, destination: Address, destination_port: int
    ) -> Socket | None:
        """The socket that a packet from `source` to `destination` is for: a connected one before one that listens, one
        bound to the address before one bound to none."""
        best, rank = None, -1
        for known in self.sockets:
            if known.protocol != protocol or known.local_port != destination_port:
                continue
            if known.local.version != destination.version:
                continue
            any_local = int(known.local) == 0
            if not any_local and known.local != destination:
                continue
            if known.remote is not None and (known.remote != source or known.remote_port != source_port):
                continue
            score = (2 if known.remote is not None else 0) + (0 if any_local else 1)
            if score > rank:
                best, rank = known, score
        return best


def _holds(prefix: Prefix, address: Address) -> bool:
    return prefix.version == address.version and address in prefix


class SocketMemory:
    """A socket as programs read it: a `struct bpf_sock` in native memory."""

    __slots__ = ("address", "block", "region", "socket")

    def __init__(self, known: Socket) -> None:
        self.socket = known
        self.block = Block(_SOCK.size)
        self.address = self.block.address
        self.region = Region(self.address, self.block.view, name="bpf_sock", writable=False)
        four = known.local.version == 4
        tcp = known.protocol == "tcp"
        local = known.local.packed
        remote = known.remote.packed if known.remote is not None else bytes(len(local))
        _SOCK.pack_into(
            self.block.view,
            0,
            known.ifindex,
            socket.AF_INET if four else 10,
            socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM,
            6 if tcp else 17,
            known.mark,
            known.priority,
            local if four else bytes(4),
            bytes(16) if four else local,
            known.local_port,
            socket.htons(known.remote_port),
            remote if four else bytes(4),
            bytes(16) if four else remote,
            known.state,
            -1,
        )
