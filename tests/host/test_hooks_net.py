"""Hooks of the network that need more than one interface: redirect maps, routes, netkit, tc actions, sockmaps."""

from __future__ import annotations

import fcntl
import socket
import struct
import subprocess
from contextlib import suppress

import pytest
from hook_places import Counted, send, settled
from programs import program

from ebpf import hooks
from ebpf.asm import Instruction as I
from ebpf.errors import EbpfError, HookError, NotSupported
from ebpf.kernel import features
from ebpf.kernel import sys as kernel
from ebpf.kernel.info import describe
from ebpf.spec import MapSpec, Reference
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.map_types import MapType as M
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.host

#: bpf_redirect_map(&target, 0, 0)
REDIRECT = [I(0x18, 1), I(0xB7, 2, imm=0), I(0xB7, 3, imm=0), I(0x85, imm=51), I(0x95)]
RELEASE = kernel.kernel_release()


def shell(text: str) -> None:
    subprocess.run(text, shell=True, check=True)


@pytest.mark.parametrize(("type_", "attach"), [(M.DEVMAP, A.XDP_DEVMAP), (M.CPUMAP, A.XDP_CPUMAP)], ids=["dev", "cpu"])
def test_a_program_in_a_redirect_map(counted: Counted, veth: tuple[str, str], type_: M, attach: A) -> None:
    shell("ip link add c0 type veth peer name d0 && ip link set d0 up && ip link set c0 up")
    target = counted.engine.create_map(MapSpec("target", type_, 4, 8, 1))
    behind = counted.load(P.XDP, attach=attach, result=2)
    where = socket.if_nametoindex("c0") if type_ == M.DEVMAP else 64  # an interface, or the length of a queue
    target.update(bytes(4), struct.pack("=II", where, behind.fd))
    front = counted.engine.load_program(
        program(P.XDP, REDIRECT, Reference(0, "map", "target"), attach=A.XDP), {"target": target}
    )
    # An interface with IPv6 speaks by itself when it comes up: only what is sent here may be seen.
    shell("for i in a0 b0 c0 d0; do sysctl -qw net.ipv6.conf.$i.disable_ipv6=1; done")
    with counted.engine.attach(front, hooks.Xdp("b0", mode="generic")):
        send("a0", 7)
        assert settled(counted, 7) == 7
    with pytest.raises(HookError, match=r"loaded to run out of a map \(xdp_"):
        counted.engine.attach(behind, hooks.Xdp("b0"))


# -- routes ---------------------------------------------------------------------------------------------------------------


def datagrams(address: str, times: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        for _ in range(times):
            out.sendto(b"x", (address, 9))


def hardware(name: str) -> bytes:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        return fcntl.ioctl(any_socket, 0x8927, struct.pack("=16s24x", name.encode()))[18:24]  # SIOCGIFHWADDR


def arrive(interface: str, at: bytes, protocol: int, packet: bytes, times: int) -> None:
    """Frames sent out of `interface`, to the hardware address `at`."""
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as out:
        out.bind((interface, 0))
        for _ in range(times):
            out.send(at + b"\x02" * 6 + struct.pack("!H", protocol) + packet)


def ipv4(source: str, destination: str) -> bytes:
    body = struct.pack("!HHHH", 9, 9, 9, 0) + b"x"
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(body), 1, 0, 64, 17, 0)
    head += socket.inet_aton(source) + socket.inet_aton(destination)
    total = sum(struct.unpack("!10H", head))
    total = (total & 0xFFFF) + (total >> 16)
    return head[:10] + struct.pack("!H", ~(total + (total >> 16)) & 0xFFFF) + head[12:] + body


def through_segments(source: str, segments: list[str]) -> bytes:
    """IPv6 with a segment routing header (RFC 8754) that has one segment before it, and UDP."""
    raw = [socket.inet_pton(socket.AF_INET6, segment) for segment in segments]
    routing = struct.pack("!BBBBBBH", 17, 2 * len(raw), 4, len(raw) - 1, len(raw) - 1, 0, 0) + b"".join(raw[::-1])
    body = struct.pack("!HHHH", 9, 9, 9, 1) + b"x"
    head = struct.pack("!IHBB", 6 << 28, len(routing) + len(body), 43, 64)
    return head + socket.inet_pton(socket.AF_INET6, source) + raw[0] + routing + body


@pytest.mark.parametrize("type_", [P.LWT_OUT, P.LWT_XMIT, P.LWT_IN], ids=lambda type_: type_.label)
def test_what_a_route_takes_is_counted(counted: Counted, veth: tuple[str, str], type_: P) -> None:
    if reason := features.prog_type_lacks(type_):
        pytest.skip(reason)
    loaded = counted.load(type_)
    shell("sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.b0.rp_filter=0")

    def traffic() -> None:
        if type_ == P.LWT_IN:
            arrive("a0", hardware("b0"), 0x0800, ipv4("10.88.0.1", "10.77.0.5"), 6)
        else:
            datagrams("10.77.0.5", 6)

    hook = hooks.Lwt("10.77.0.0/24", "a0", headroom=16 if type_ == P.LWT_XMIT else 0)
    with counted.engine.attach(loaded, hook):
        traffic()
        assert settled(counted, 6) == 6
        with pytest.raises(HookError, match=r"such a route already"):
            counted.engine.attach(loaded, hook)
    routes = subprocess.run(["ip", "route"], capture_output=True, text=True, check=True).stdout
    assert "10.77" not in routes


def test_a_segment_is_counted(counted: Counted, veth: tuple[str, str]) -> None:
    if reason := features.prog_type_lacks(P.LWT_SEG6LOCAL):
        pytest.skip(reason)
    loaded = counted.load(P.LWT_SEG6LOCAL)
    shell("sysctl -qw net.ipv6.conf.all.forwarding=1 net.ipv6.conf.b0.seg6_enabled=1")
    shell("ip -6 addr add fd00:99::1/64 dev b0 nodad")
    with counted.engine.attach(loaded, hooks.Lwt("fd00:77::/64", "a0")):
        packet = through_segments("fd00:88::1", ["fd00:77::5", "fd00:66::1"])
        arrive("a0", hardware("b0"), 0x86DD, packet, 6)
        assert settled(counted, 6) == 6


@pytest.mark.parametrize(
    ("hook", "message"),
    [
        (hooks.Lwt("10.77.0.0/33", "a0"), r"10.77.0.0/33"),
        (hooks.Lwt("10.77.0.0/24", "a9"), r"no network interface 'a9'"),
        (hooks.Lwt("10.77.0.0/24", "a0", headroom=300), r"headroom 300"),
        (hooks.Lwt("10.77.0.0/24", "a0", via="10.1.2.3"), r"can't be reached"),
        (hooks.Lwt("10.77.0.0/24", "a0", via="here"), r"'here'"),
    ],
    ids=["network", "interface", "headroom", "unreachable", "via"],
)
def test_wrong_routes_are_named(counted: Counted, veth: tuple[str, str], hook: hooks.Lwt, message: str) -> None:
    if reason := features.prog_type_lacks(P.LWT_XMIT):
        pytest.skip(reason)
    with pytest.raises(HookError, match=message):
        counted.engine.attach(counted.load(P.LWT_XMIT), hook)


# -- interfaces -----------------------------------------------------------------------------------------------------------


def test_netkit(counted: Counted, veth: tuple[str, str]) -> None:
    from pyroute2 import IPRoute

    if RELEASE < (6, 7):
        with pytest.raises(NotSupported, match=r"netkit.primary.* needs Linux 6.7"):
            counted.engine.attach(counted.load(P.SCHED_CLS, attach=A.NETKIT_PRIMARY), hooks.Netkit("a0"))
        return
    try:
        with IPRoute() as ip:
            ip.link("add", ifname="netkit-a", kind="netkit")
            index = ip.link_lookup(ifname="netkit-a")[0]
            other = ip.link("get", index=index)[0].get_attr("IFLA_LINK")
            for number in (index, other):
                ip.link("set", index=number, state="up")
    except Exception as error:
        pytest.skip(f"no netkit interface can be made here: {error}")
    peer_name = socket.if_indextoname(other)
    for peer, sender in ((False, "netkit-a"), (True, peer_name)):
        attach = A.NETKIT_PEER if peer else A.NETKIT_PRIMARY
        loaded = counted.load(P.SCHED_CLS, attach=attach, word=(16, 0xB588))
        counted.reset()
        with counted.engine.attach(loaded, hooks.Netkit("netkit-a", peer=peer)) as link:
            assert describe("link", link.fd)["type"] == "netkit"
            send(sender, 5)
            assert settled(counted, 5) == 5
            number = describe("prog", loaded.fd)["id"]
            first = counted.load(P.SCHED_CLS, attach=attach, result=2)
            with counted.engine.attach(first, hooks.Netkit("netkit-a", peer=peer, anchor=("before", number))):
                counted.reset()
                for _ in range(5):  # the first one drops them all, having counted them; the sender is told
                    with suppress(OSError):
                        send(sender, 1)
                assert settled(counted, 5) == 5
    with pytest.raises(EbpfError, match=r"netkit primary on a0"):
        counted.engine.attach(counted.load(P.SCHED_CLS, attach=A.NETKIT_PRIMARY), hooks.Netkit("a0"))


def test_an_action_of_traffic_control(counted: Counted, veth: tuple[str, str]) -> None:
    loaded = counted.load(P.SCHED_ACT, word=(16, 0xB588))
    try:
        link = counted.engine.attach(loaded, hooks.Tc("b0"))
    except NotSupported as error:
        assert "CONFIG_NET_ACT_BPF" in str(error)
        pytest.skip(str(error))
    with link:
        send("a0", 5)
        assert settled(counted, 5) == 5
    assert "clsact" not in subprocess.run(["tc", "qdisc", "show"], capture_output=True, text=True, check=True).stdout


def test_xdp_takes_the_place_of_another_by_link_only(counted: Counted, veth: tuple[str, str]) -> None:
    loaded = counted.load(P.XDP, attach=A.XDP, result=2)
    with (
        counted.engine.attach(loaded, hooks.Xdp("b0", mode="generic")),
        pytest.raises(HookError, match=r"another XDP program is attached"),
    ):
        counted.engine.attach(loaded, hooks.Xdp("b0", mode="generic"))
    with pytest.raises(HookError, match=r"no mode 'fast'; there are generic, native, offload"):
        counted.engine.attach(loaded, hooks.Xdp("b0", mode="fast"))
    with pytest.raises((HookError, NotSupported), match=r"offload"):
        counted.engine.attach(loaded, hooks.Xdp("b0", mode="offload"))


# -- sockets --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("type_", [M.SOCKMAP, M.SOCKHASH], ids=lambda type_: type_.label)
@pytest.mark.parametrize("parsed", [True, False], ids=["parser", "verdict"])
def test_a_stream_is_taken_apart_and_judged(counted: Counted, veth: tuple[str, str], type_: M, parsed: bool) -> None:
    engine = counted.engine
    sockets = engine.create_map(MapSpec("sockets", type_, 4, 4, 2))
    verdict = counted.load(P.SK_SKB, result=1, attach=A.SK_SKB_STREAM_VERDICT if parsed else A.SK_SKB_VERDICT)
    links = []
    if parsed:
        # return skb->len: each piece is a message
        parser = engine.load_program(
            program(P.SK_SKB, [I(0x61, 0, 1, offset=0), I(0x95)], attach=A.SK_SKB_STREAM_PARSER), {}
        )
        links.append(engine.attach(parser, hooks.SockMap("sockets")))
    links.append(engine.attach(verdict, hooks.SockMap("sockets")))
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        peer, _ = server.accept()
        peer.settimeout(60)
        with peer:
            sockets.update_object(bytes(4), peer)
            for _ in range(3):
                client.send(b"hello")
                assert peer.recv(16) == b"hello"
            assert counted.value == 3
    for link in links:
        link.close()


def test_the_last_filter_takes_the_qdisc_away(counted: Counted, veth: tuple[str, str]) -> None:
    """In whatever order they go; and one that somebody else made stays."""
    program = counted.load(P.SCHED_CLS)

    def qdisc() -> bool:
        return (
            "clsact"
            in subprocess.run(
                ["tc", "qdisc", "show", "dev", veth[1]], capture_output=True, text=True, check=True
            ).stdout
        )

    for order in ([0, 1, 2], [2, 1, 0]):
        links = [
            counted.engine.attach(program, hooks.Tc(veth[1], direction, priority=priority))
            for direction, priority in (("ingress", 1), ("ingress", 2), ("egress", 1))
        ]
        for number in order:
            assert qdisc()
            links[number].close()
        assert not qdisc()
    subprocess.run(["tc", "qdisc", "add", "dev", veth[1], "clsact"], check=True)
    counted.engine.attach(program, hooks.Tc(veth[1])).close()
    assert qdisc()


def test_what_is_no_interface_and_no_anchor(counted: Counted, veth: tuple[str, str]) -> None:
    with pytest.raises(HookError, match="an interface is a name or a number, not None"):
        counted.engine.attach(counted.load(P.XDP), hooks.Xdp(None))  # type: ignore[arg-type]
    with pytest.raises(HookError, match=r"no network interface -1 in this namespace; there are lo \(1\)"):
        counted.engine.attach(counted.load(P.XDP), hooks.Xdp(-1))
    with pytest.raises(HookError, match="an anchor is a pair"):
        counted.engine.attach(counted.load(P.SCHED_CLS), hooks.Tcx(veth[1], anchor="first"))  # type: ignore[arg-type]
