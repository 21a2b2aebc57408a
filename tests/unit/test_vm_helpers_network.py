"""Helpers of packets, routes and sockets, each called by a small program."""

from __future__ import annotations

import sys
from struct import pack
from typing import Any

import pytest
from vm_code import EXIT, I, call, ldx, movr, st
from vm_world import U64, World, fp, mov, text

from ebpf.asm import encode
from ebpf.errors import Fault
from ebpf.spec import ProgramSpec
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine


def fib(family: int, destination: bytes, ifindex: int = 1) -> list[Any]:
    params = bytearray(64)
    params[0] = family
    params[8:12] = pack("=I", ifindex)
    params[32 : 32 + len(destination)] = destination
    return [*text(bytes(params), -64)]


def test_fib_lookup() -> None:
    world = World()
    network = world.engine.network
    network.add_interface(1, "eth0")
    network.add_interface(2, "eth1", "02:00:00:00:00:02")
    network.add_route("10.0.0.0/8", 2, "10.9.9.9", metric=3)
    network.add_route("10.1.0.0/16", 1)
    network.add_route("10.2.0.0/16", kind="blackhole")
    network.add_neighbour("10.9.9.9", "02:00:00:00:00:99")
    ask = [*fp(2, -64), mov(3, 64), mov(4, 0), call("fib_lookup")]
    head = [movr(6, 1)]
    assert world.run(*head, *fib(2, bytes([10, 5, 5, 5])), movr(1, 6), *ask, EXIT) == 0
    gateway = [*head, *fib(2, bytes([10, 5, 5, 5])), movr(1, 6), *ask, ldx(op.W, 0, 10, -32), EXIT]
    assert world.run(*gateway) & 0xFFFFFFFF == int.from_bytes(bytes([10, 9, 9, 9]), sys.byteorder)
    mac = [*gateway[:-2], ldx(op.H, 0, 10, -2), EXIT]
    assert world.run(*mac) == int.from_bytes(b"\0\x99", sys.byteorder)
    for destination, result in (((10, 1, 0, 1), 7), ((10, 2, 0, 1), 1), ((11, 0, 0, 1), 4)):
        assert world.run(*head, *fib(2, bytes(destination)), movr(1, 6), *ask, EXIT) == result
    assert world.run(*head, *fib(2, bytes(4), 9), movr(1, 6), *ask, EXIT) == -19
    assert (
        world.run(*head, *fib(2, bytes(4)), movr(1, 6), *fp(2, -64), mov(3, 63), mov(4, 0), call("fib_lookup"), EXIT)
        == -22
    )


def test_socket_lookup() -> None:
    world = World()
    world.engine.network.add_socket("tcp", "0.0.0.0", 80)
    world.engine.network.add_socket("tcp", "10.0.0.1", 80, "10.0.0.2", 5000)
    world.engine.network.sockets[1].mark = 7

    def find_(port: int) -> list[Any]:
        tuple_ = bytes([10, 0, 0, 2, 10, 0, 0, 1]) + port.to_bytes(2, "big") + (80).to_bytes(2, "big")
        return [
            movr(6, 1),
            *text(tuple_, -16),
            movr(1, 6),
            *fp(2, -16),
            mov(3, 12),
            mov(4, U64),
            mov(5, 0),
            call("sk_lookup_tcp"),
        ]

    state = [movr(6, 0), ldx(op.W, 7, 6, 72), movr(1, 6), call("sk_release"), movr(0, 7), EXIT]
    assert world.run(*find_(5000), *state) == 1
    assert world.run(*find_(6000), *state) == 10
    assert world.run(*find_(5000), ldx(op.W, 0, 0, 16), EXIT) == 7
    with pytest.raises(Fault, match="no memory"):
        world.run(*find_(5000), *state[:-2], ldx(op.W, 0, 6, 16), EXIT)
    with pytest.raises(Fault, match="read-only"):
        world.run(*find_(5000), st(op.W, 0, 0, 1), mov(0, 0), EXIT)


def test_redirects_are_told() -> None:
    world = World()
    devices = world.map("d", MapType.DEVMAP, 4, 4, 4)
    devices.update(pack("=I", 2), pack("=I", 9))
    to_map = world.load(
        ("map", 1, "d"), ldx(op.W, 2, 10, -4), mov(2, 2), mov(3, 0), call("redirect_map"), EXIT, type_=ProgType.XDP
    )
    result = to_map.run(bytes(14))
    assert result.retval == 4
    assert (result.redirect.how, result.redirect.map, result.redirect.key, result.redirect.value) == (
        "map",
        "d",
        2,
        pack("=I", 9),
    )
    missing = world.load(("map", 1, "d"), mov(2, 3), mov(3, 2), call("redirect_map"), EXIT, type_=ProgType.XDP)
    result = missing.run(bytes(14))
    assert (result.retval, result.redirect) == (2, None)
    clone = world.load(mov(2, 5), mov(3, 0), call("clone_redirect"), EXIT, type_=ProgType.SCHED_CLS)
    assert [(c.ifindex, c.data) for c in clone.run(bytes(20)).clones] == [(5, bytes(20))]


@pytest.mark.parametrize(
    ("old", "new", "seed", "wanted"),
    [
        # Found by tests/fuzz/safety.py, as Linux 6.18 gives it: the 0 of one's complement is 0 or 0xffff.
        (0xC6340A2B, None, 0xC6340A2B, 0),
        (1, None, 1, 0),
        (None, 0, 0, 0),
        (None, 0xFFFFFFFF, 0, 0xFFFF),
        (5, 5, 0, 0xFFFF),
        (None, None, 0x12345678, 0x68AC),
    ],
)
def test_the_two_zeros_of_csum_diff(old: int | None, new: int | None, seed: int, wanted: int) -> None:
    code = [st(op.W, 10, -8, _signed(old or 0)), st(op.W, 10, -4, _signed(new or 0))]
    code += [*fp(1, -8), mov(2, 0 if old is None else 4), *fp(3, -4), mov(4, 0 if new is None else 4), mov(5, seed)]
    engine = VmEngine()
    spec = ProgramSpec("p", ProgType.XDP, encode([*code, call("csum_diff"), EXIT], sys.byteorder))
    assert engine.load_program(spec, {}).run(bytes(64)).retval == wanted


def _signed(value: int) -> int:
    return value - (1 << 32) if value >> 31 else value


@pytest.mark.parametrize("name", ["xdp_load_bytes", "xdp_store_bytes"])
@pytest.mark.parametrize(
    ("offset", "size", "wanted"), [(0, 16, 0), (60, 8, -22), (0xFFFF, 8, -22), (0x10000, 8, -14), (0x7FFFFFFF, 2, -14)]
)
def test_how_xdp_bytes_are_refused(name: str, offset: int, size: int, wanted: int) -> None:
    code = [movr(6, 1), *text(bytes(16), -16), movr(1, 6), mov(2, offset), *fp(3, -16), mov(4, size), call(name), EXIT]
    spec = ProgramSpec("p", ProgType.XDP, encode(code, sys.byteorder))
    assert VmEngine().load_program(spec, {}).run(bytes(64)).retval == wanted & U64


def test_packets_and_sockets_are_the_tasks() -> None:
    """Their cgroup is the one of the task."""
    world = World()
    world.engine.task.cgroup_id = 4711  # type: ignore[attr-defined]
    cgroups = world.map("m", MapType.CGROUP_ARRAY, 4, 4, 2)
    cgroups.update(bytes(4), pack("=I", 4711))
    run = {"type_": ProgType.SCHED_CLS, "data": bytes(64)}
    for name in ("skb_cgroup_id", "sk_cgroup_id"):
        assert world.run(call(name), EXIT, **run) == 4711
    for name in ("skb_ancestor_cgroup_id", "sk_ancestor_cgroup_id"):
        assert world.run(mov(2, 0), call(name), EXIT, **run) == 4711
        assert world.run(mov(2, 3), call(name), EXIT, **run) == 0
    for index, wanted in ((0, 1), (1, -11), (2, -7)):
        assert world.run(("map", 2, "m"), mov(3, index), call("skb_under_cgroup"), EXIT, **run) == wanted


@pytest.mark.parametrize(
    ("kind", "stamp", "type_", "wanted"),
    [
        (0, 0, 0x0800, 0), (0, 5, 0x0800, 0), (1, 5, 0x86DD, 0), (2, 5, 0x0800, 0), (1, 0, 0x0800, -22),
        (2, 0, 0x0800, -22), (3, 5, 0x0800, -22), (0, 0, 0x88B5, -95), (1, 5, 0x8100, -95),
    ],
)  # fmt: skip
def test_time_stamps_are_for_ip(kind: int, stamp: int, type_: int, wanted: int) -> None:
    """As Linux 6.18 gives it (found by tests/fuzz/safety.py)."""
    code = [movr(6, 1), mov(2, stamp), mov(3, kind), call("skb_set_tstamp"), EXIT]
    data = bytes(12) + type_.to_bytes(2, "big") + b"\x45" + bytes(60)
    assert World().run(*code, type_=ProgType.SCHED_CLS, data=data) == wanted


def test_congestion_behind_a_vlans_tag() -> None:
    """Linux takes the tag for the header of IP there (found by tests/fuzz/safety.py)."""
    code = [call("skb_ecn_set_ce"), EXIT]
    for tag, wanted in ((b"\0\1", 1), (b"\0\4", 0)):
        data = bytes(12) + b"\x81\0" + tag + b"\x08\0\x45" + bytes(60)
        assert World().run(*code, type_=ProgType.SCHED_CLS, data=data) == wanted


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        (b"\x08\0\x45\0", 0x0800),
        (b"\0\0\0\0", 4),
        (b"\x05\xff\0\0", 4),
        (b"\0\x40\xff\xff", 1),
        (b"\6\0\xff\xff", 0x0600),
    ],
)
def test_protocol_inside_a_vlan_tag(inside: bytes, wanted: int) -> None:
    """Less than 0x600 is a length: 802.2, or raw 802.3 before ff:ff (found by tests/fuzz/safety.py)."""
    code = [movr(6, 1), call("skb_vlan_pop"), I(op.LDX | op.MEM | op.W, 0, 6, 16), EXIT]
    data = bytes(12) + b"\x81\0\0\1" + inside + bytes(40)
    assert World().run(*code, type_=ProgType.SCHED_CLS, data=data).to_bytes(2, sys.byteorder) == wanted.to_bytes(
        2, "big"
    )


def test_the_link_header_begins_with_what_change_head_puts_in_front() -> None:
    """Found by tests/fuzz/safety.py; tests/host/test_vm_programs_host.py asks Linux."""
    look = [movr(1, 6), mov(2, 1), movr(3, 10), I(op.ALU64 | op.ADD, 3, imm=-8), mov(4, 8), mov(5, 0)]
    code = [movr(6, 1), mov(2, 20), mov(3, 0), call("skb_change_head"), *look, call("skb_load_bytes_relative")]
    code += [I(op.LDX | op.MEM | op.DW, 0, 10, -8), EXIT]
    assert World().run(*code, type_=ProgType.SCHED_CLS, data=bytes(range(1, 65))) == 0


def test_a_packet_that_ends_within_its_vlan_tag() -> None:
    """-ENOMEM, as Linux says it (found by tests/fuzz/safety.py)."""
    data = bytes(12) + b"\x81\0\0\1\x08"
    assert World().run(call("skb_vlan_pop"), EXIT, type_=ProgType.SCHED_CLS, data=data) == -12
