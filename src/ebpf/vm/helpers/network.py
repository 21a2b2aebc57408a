"""Routes and sockets, from the tables of an engine's `network`; what programs say of their own socket."""

from __future__ import annotations

import sys

from ebpf.errors import Fault
from ebpf.uapi.errno import EINVAL, ENODEV, ENOENT
from ebpf.vm.helpers.packet import length
from ebpf.vm.helpers.registry import changes_memory, helper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ebpf.vm.machine import Machine
    from ebpf.vm.network import Address

# bpf_fib_lookup's answers and flags.
SUCCESS, BLACKHOLE, UNREACHABLE, PROHIBIT, NOT_FWDED, FWD_DISABLED, UNSUPP_LWT, NO_NEIGH, FRAG_NEEDED, NO_SRC = range(
    10
)
DIRECT, OUTPUT, SKIP_NEIGH, TBID, SRC, MARK = (1 << bit for bit in range(6))
_AF_INET, _AF_INET6 = 2, 10
_KINDS = {"blackhole": BLACKHOLE, "unreachable": UNREACHABLE, "prohibit": PROHIBIT, "local": NOT_FWDED}
_PARAMS = 64


@helper
def fib_lookup(m: Machine, context: int, params: int, size: int, flags: int, r5: int) -> int:
    """Where a packet would be sent, by the engine's routes: one of BPF_FIB_LKUP_RET_…, or -EINVAL, -ENODEV."""
    size, flags = size & 0xFFFFFFFF, flags & 0xFFFFFFFF
    if size < _PARAMS or flags & ~0x3F:
        return -EINVAL
    data = bytearray(m.read(params, _PARAMS))
    status = _lookup(m, data, flags)
    m.write(params, bytes(data))
    return status


def _lookup(m: Machine, data: bytearray, flags: int) -> int:
    from ipaddress import IPv4Address, IPv6Address

    network = m.engine.network
    order = sys.byteorder
    if data[0] not in (_AF_INET, _AF_INET6):
        return -97  # EAFNOSUPPORT
    wide = data[0] == _AF_INET6
    coming = network.interfaces.get(int.from_bytes(data[8:12], order))
    if coming is None:
        return -ENODEV
    if not coming.forwarding:
        return FWD_DISABLED
    destination: Address = IPv6Address(bytes(data[32:48])) if wide else IPv4Address(bytes(data[32:36]))
    table = int.from_bytes(data[48:52], order) if flags & DIRECT and flags & TBID else 254
    route = network.route_to(destination, table)
    if flags & TBID:
        data[48:52] = bytes(4)
    if route is None:
        return NOT_FWDED
    if route.kind in _KINDS:
        return _KINDS[route.kind]
    going = network.interfaces.get(route.ifindex)
    if going is None:
        return NOT_FWDED
    total = int.from_bytes(data[6:8], order)
    mtu = route.mtu or going.mtu
    if total > mtu:
        data[6:8] = mtu.to_bytes(2, order)
        return FRAG_NEEDED
    data[12:16] = route.metric.to_bytes(4, order)
    data[8:12] = going.index.to_bytes(4, order)
    if flags & SRC:
        if route.source is None:
            return NO_SRC
        data[16 : 16 + len(route.source.packed)] = route.source.packed
    following = route.gateway if route.gateway is not None else destination
    if route.gateway is not None:
        data[0] = _AF_INET if route.gateway.version == 4 else _AF_INET6
        data[32 : 32 + len(route.gateway.packed)] = route.gateway.packed
    if not flags & SKIP_NEIGH:
        mac = network.neighbours.get(following)
        if mac is None:
            return NO_NEIGH
        data[58:64] = mac
        data[52:58] = going.mac
    data[48:52] = bytes(4)
    if total:
        data[6:8] = mtu.to_bytes(2, order)
    return SUCCESS


@helper
def check_mtu(m: Machine, context: int, ifindex: int, result: int, delta: int, flags: int) -> int:
    """Whether the packet, or one of `result` bytes, fits an interface's MTU (written to `result`): 0, 1 (too long), or -EINVAL,
    -ENODEV."""
    from ebpf.vm.arithmetic import signed

    asked = int.from_bytes(m.read(result, 4), sys.byteorder)
    # Segments are those of the packet itself, and no matter of XDP.
    segments = (
        flags == 1 and not delta & 0xFFFFFFFF and not asked and m.layout is not None and m.layout.name != "xdp_md"
    )
    if flags and not segments:
        return -EINVAL
    ifindex = ifindex & 0xFFFFFFFF or m.field("ifindex") or m.field("ingress_ifindex")
    interface = m.engine.network.interfaces.get(ifindex)
    if interface is None:
        return -ENODEV
    m.write(result, interface.mtu.to_bytes(4, sys.byteorder))
    size = (asked + 14 if asked else length(m)) + signed(delta, 32)
    return int(size > interface.mtu + 14)


def _tuple(m: Machine, address: int, size: int) -> tuple[Address, int, Address, int] | None:
    """(source, port, destination, port) of a struct bpf_sock_tuple."""
    from ipaddress import IPv4Address, IPv6Address

    data = m.read(address, size)
    if size == 12:
        return IPv4Address(data[:4]), int.from_bytes(data[8:10], "big"), IPv4Address(data[4:8]), int.from_bytes(
            data[10:12], "big"
        )  # fmt: skip
    if size == 36:
        return IPv6Address(data[:16]), int.from_bytes(data[32:34], "big"), IPv6Address(data[16:32]), int.from_bytes(
            data[34:36], "big"
        )  # fmt: skip
    return None


def _socket(m: Machine, protocol: str, tuple_: int, size: int, flags: int) -> int:
    found = _tuple(m, tuple_, size & 0xFFFFFFFF)
    if found is None or flags:
        return 0
    known = m.engine.network.socket_of(protocol, *found)
    if known is None:
        return 0
    from ebpf.vm.network import SocketMemory

    memory = SocketMemory(known)
    m.extra = [*m.extra, memory.region]
    m.used = True
    m.sockets[memory.address] = memory
    return memory.address


@helper
def sk_lookup_tcp(m: Machine, context: int, tuple_: int, size: int, namespace: int, flags: int) -> int:
    """The TCP socket that a packet with such addresses is for (a struct bpf_sock), or 0."""
    return _socket(m, "tcp", tuple_, size, flags)


@helper
def skc_lookup_tcp(m: Machine, context: int, tuple_: int, size: int, namespace: int, flags: int) -> int:
    return _socket(m, "tcp", tuple_, size, flags)


@helper
def sk_lookup_udp(m: Machine, context: int, tuple_: int, size: int, namespace: int, flags: int) -> int:
    return _socket(m, "udp", tuple_, size, flags)


@changes_memory
def sk_release(m: Machine, pointer: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """Gives a socket back; the program can't reach it any more. 0."""
    memory = m.sockets.pop(pointer, None)
    if memory is None:
        raise Fault(f"{pointer:#x} is no socket that was looked up", program=m.program.spec.name, address=pointer)
    m.extra = [region for region in m.extra if region is not memory.region]
    return 0


@helper
def sk_fullsock(m: Machine, pointer: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """The socket itself, if it was looked up; 0 else."""
    return pointer if pointer in m.sockets else 0


@helper
def get_listener_sock(m: Machine, pointer: int, r2: int, r3: int, r4: int, r5: int) -> int:
    memory = m.sockets.get(pointer)
    return pointer if memory is not None and memory.socket.state == 10 else 0


@helper
def sk_assign(m: Machine, context: int, pointer: int, flags: int, r4: int, r5: int) -> int:
    """Gives the packet to a socket: 0, or -EINVAL (flags), -ENOENT (none was looked up)."""
    if flags & ~3:
        return -EINVAL
    if pointer and pointer not in m.sockets:
        return -ENOENT
    return 0


@helper
def get_socket_cookie(m: Machine, context: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """A number for the socket: that of one that was looked up, else 0, as for a packet without a socket."""
    memory = m.sockets.get(context)
    return memory.socket.cookie if memory is not None else 0


@helper
def get_socket_uid(m: Machine, context: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """The owner of the packet's socket: nobody (65534), as for a packet without one."""
    return 65534


@helper
def get_netns_cookie(m: Machine, context: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """1: there is one network namespace here, as at the start of a kernel."""
    return 1


@helper
def bind(m: Machine, context: int, address: int, size: int, r4: int, r5: int) -> int:
    """Binds the socket that is about to connect; noted in `Machine.bound`. 0, or -EINVAL."""
    data = m.read(address, size & 0xFFFFFFFF)
    family = int.from_bytes(data[:2], sys.byteorder)
    least = {_AF_INET: 16, _AF_INET6: 24}.get(family)
    if least is None or len(data) < least:
        return -EINVAL
    m.used = True
    m.bound = data
    return 0


@helper
def setsockopt(m: Machine, context: int, level: int, option: int, value: int, size: int) -> int:
    """Sets an option of the socket; kept for the run, so that getsockopt gives it back. 0, or -EINVAL."""
    size &= 0xFFFFFFFF
    if not size:
        return -EINVAL
    m.used = True
    m.options[level & 0xFFFFFFFF, option & 0xFFFFFFFF] = m.read(value, size)
    return 0


@helper
def getsockopt(m: Machine, context: int, level: int, option: int, value: int, size: int) -> int:
    """An option that was set in this run: 0, or -EINVAL with the buffer cleared."""
    size &= 0xFFFFFFFF
    known = m.options.get((level & 0xFFFFFFFF, option & 0xFFFFFFFF))
    m.write_padded(value, known or b"", size)
    return 0 if known is not None else -EINVAL


@helper
def get_retval(m: Machine, r1: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """What the system call that a cgroup program watches gives so far."""
    return m.retval


@helper
def set_retval(m: Machine, value: int, r2: int, r3: int, r4: int, r5: int) -> int:
    """Changes it: 0."""
    m.used = True
    m.retval = value
    return 0
