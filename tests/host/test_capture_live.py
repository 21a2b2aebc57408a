"""Real traffic between two interfaces, judged by an XDP program in the kernel as it comes in, by PROG_TEST_RUN on what was
captured of it, and by `ebpf exec` on the capture: the same verdicts, packets and maps."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from struct import pack
from typing import Any

import pytest

import ebpf
from ebpf.hooks import Xdp

pytestmark = pytest.mark.host
ROOT = Path(__file__).resolve().parents[2]
ETH_P_ALL, PACKET_OUTGOING = 3, 4
SENT = 200


def captured(tap: socket.socket) -> Iterator[bytes]:
    """The frames that left by the tapped interface."""
    while True:
        try:
            frame, (_, _, kind, _, _) = tap.recvfrom(65536)
        except (BlockingIOError, TimeoutError):
            return
        if kind == PACKET_OUTGOING:
            yield frame


def write_pcap(path: Path, frames: list[bytes]) -> None:
    out = [pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)]
    for number, frame in enumerate(frames):
        out.append(pack("<IIII", 1_700_000_000, number, len(frame), len(frame)) + frame)
    path.write_bytes(b"".join(out))


def traffic() -> None:
    """UDP to many ports, TCP that nobody answers, ICMP, and frames of no known kind."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind(("10.77.0.1", 0))
        for number in range(SENT):
            udp.sendto(bytes(number % 60), ("10.77.0.2", 1000 + number % 40))
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP) as raw:
        for number in range(SENT):
            port = (23, 7, 80, 443)[number % 4]
            raw.sendto(pack(">HHIIBBHHH", 40000, port, number, 0, 0x50, 2, 512, 0, 0), ("10.77.0.2", 0))
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as icmp:
        for number in range(SENT // 4):
            icmp.sendto(pack(">BBHHH", 8, 0, 0, 1, number), ("10.77.0.2", 0))
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as link:
        link.bind(("a0", 0))
        for number in range(SENT // 4):
            link.send(bytes([2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1]) + pack(">H", 0x88B5 + number % 3) + bytes(50))


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "nothing came in a minute"
        time.sleep(0.02)


def maps_of(obj: ebpf.Object) -> dict[str, Any]:
    return {name: sorted(map_.raw.items()) for name, map_ in obj.maps.items()}


def block(obj: ebpf.Object) -> None:
    """What the firewall blocks: the sender, but for what it doesn't know."""
    if "blocked" in obj.maps:
        obj.maps["blocked"].raw.update(pack("=I", 30) + socket.inet_aton("10.77.0.0"), bytes(8))


@pytest.mark.parametrize("source", ["tests/bpf/count_ports.bpf.c", "examples/xdp_firewall/firewall.bpf.c"])
def test_a_capture_of_real_traffic(source: str, veth: tuple[str, str], tmp_path: Path) -> None:
    # No IPv6 and a fixed neighbour: nothing is sent but what the test sends.
    for command in (
        "sysctl -qw net.ipv6.conf.a0.disable_ipv6=1 net.ipv6.conf.b0.disable_ipv6=1",
        "ip link set a0 address 02:00:00:00:00:01",
        "ip link set b0 address 02:00:00:00:00:02",
        "ip addr add 10.77.0.1/24 dev a0",
        "ip link set a0 up",
        "ip link set b0 up",
        "ip neigh replace 10.77.0.2 lladdr 02:00:00:00:00:02 dev a0",
    ):
        subprocess.run(command, shell=True, check=True)
    spec = ebpf.compile(ROOT / source)
    (name,) = spec.programs
    capture = tmp_path / "traffic.pcap"
    with (
        ebpf.load(spec, engine="kernel") as live,
        socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL)) as tap,
    ):
        block(live)
        tap.setsockopt(socket.SOL_SOCKET, 33, 8 << 20)  # SO_RCVBUFFORCE
        tap.bind(("a0", ETH_P_ALL))
        tap.settimeout(1)
        # In the generic way, where a packet comes to the program as it came to the tap.
        with live.programs[name].attach(Xdp("b0", mode="generic")):
            traffic()
            frames = list(captured(tap))
        assert len(frames) == 2 * SENT + SENT // 2
        wait_for(lambda: total(live) >= counted(source, frames))
        seen_live = maps_of(live)
    write_pcap(capture, frames)

    with ebpf.load(spec, engine="kernel") as obj:
        block(obj)
        runs = [obj.programs[name].run(frame) for frame in frames]
        verdicts = [run.retval for run in runs]
        assert maps_of(obj) == seen_live
    found = {}
    for engine in ("vm", "kernel"):
        with ebpf.load(spec, engine=engine) as obj:  # type: ignore[arg-type]
            block(obj)
            out = tmp_path / f"{engine}.pcap"
            summary = obj.programs[name].run_capture(capture, out=out)
            assert summary.packets == len(frames) and not summary.faults and not summary.skipped
            assert dict(summary.verdicts) == {verdict: verdicts.count(verdict) for verdict in set(verdicts)}
            assert maps_of(obj) == seen_live
            found[engine] = out.read_bytes()
    assert found["vm"] == found["kernel"]
    # One packet after the other, too.
    with ebpf.load(spec, engine="vm") as obj:
        block(obj)
        for frame, run in zip(frames, runs, strict=True):
            mine = obj.programs[name].run(frame)
            assert (mine.retval, mine.data) == (run.retval, run.data)


def total(obj: ebpf.Object) -> int:
    """How many packets a program has counted."""
    if "protocols" in obj.maps:
        return sum(obj.maps["protocols"].values())
    dropped = sum(int.from_bytes(value, sys.byteorder) for _, value in obj.maps["blocked"].raw.items())
    return dropped + int(obj.variables["passed"].value)


def counted(source: str, frames: list[bytes]) -> int:
    """How many of the frames it counts: one counts IPv4 only."""
    return len([frame for frame in frames if "firewall" in source or frame[12:14] == b"\x08\x00"])


def test_the_command_on_it(veth: tuple[str, str], tmp_path: Path) -> None:
    """`ebpf exec` says what PROG_TEST_RUN said."""
    frames = [
        bytes(12) + b"\x08\x00" + bytes([0x45]) + bytes(8) + bytes([p]) + bytes(n)
        for p, n in ((6, 40), (17, 30), (1, 10))
    ]
    capture = tmp_path / "few.pcap"
    write_pcap(capture, frames)
    answers = {}
    for engine in ("vm", "kernel"):
        done = subprocess.run(
            [sys.executable, "-m", "ebpf", "exec", str(ROOT / "tests/bpf/count_ports.bpf.c"), "--pcap", str(capture),
             "--engine", engine, "--json"],
            capture_output=True, text=True, timeout=120, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        answer = json.loads(done.stdout)
        answer["maps"]["protocols"].sort(key=str)
        answers[engine] = {key: answer[key] for key in ("packets", "bytes", "verdicts", "maps", "faults")}
    assert answers["vm"] == answers["kernel"]
    assert answers["vm"]["packets"] == 3
