"""Captures for tests, made by hand: packets, and the files that hold them."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from ebpf import capture

ROOT = Path(__file__).resolve().parents[2]

FILTER = ROOT / "tests" / "bpf" / "count_ports.bpf.c"

SECOND = 1_000_000_000

T0 = 1_700_000_000 * SECOND


def tcp(port: int, size: int = 60) -> bytes:
    """An Ethernet, IPv4 and TCP packet to a port."""
    eth = bytes.fromhex("0000000000010000000000020800")
    ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, size - 14, 0, 0, 64, 6, 0, bytes([10, 0, 0, 1]), bytes([10, 0, 0, 2]))
    return (eth + ip + struct.pack(">HHIIBBHHH", 1000, port, 0, 0, 0x50, 2, 0, 0, 0)).ljust(size, b"\0")


def udp(size: int = 60) -> bytes:
    packet = bytearray(tcp(53, size))
    packet[23] = 17
    return bytes(packet)


PACKETS = [tcp(80), tcp(23), udp(), tcp(7), tcp(23, 200), bytes(12) + b"\x86\xdd" + bytes(50)]


def pcap(packets: list[bytes], order: str = "<", nano: bool = False, link_type: int = 1, snap: int = 65535) -> bytes:
    out = struct.pack(order + "IHHiIII", 0xA1B23C4D if nano else 0xA1B2C3D4, 2, 4, 0, 0, snap, link_type)
    for number, packet in enumerate(packets):
        kept = packet[:snap]
        out += struct.pack(order + "IIII", 1_700_000_000, number, len(kept), len(packet)) + kept
    return out


def block(kind: int, body: bytes, order: str) -> bytes:
    body += bytes(-len(body) % 4)
    return struct.pack(order + "II", kind, len(body) + 12) + body + struct.pack(order + "I", len(body) + 12)


def pcapng(packets: list[bytes], order: str = "<", options: bytes = b"", simple: bool = False) -> bytes:
    out = block(0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1), order)
    out += block(1, struct.pack(order + "HHI", 1, 0, 0) + options, order)
    out += block(0x0BAD, b"something else", order)
    for number, packet in enumerate(packets):
        if simple:
            out += block(3, struct.pack(order + "I", len(packet)) + packet, order)
        else:
            units = 1_700_000_000 * 1_000_000 + number
            head = struct.pack(order + "IIIII", 0, units >> 32, units & 0xFFFFFFFF, len(packet), len(packet))
            out += block(6, head + packet, order)
    return out


def all_of(path: Path, scan: object = None) -> list[tuple[bytes, int, int]]:
    found = []
    for chunk in capture.read(path, scan):  # type: ignore[arg-type]
        for number, (start, length) in enumerate(zip(chunk.starts, chunk.lengths, strict=True)):
            found.append((bytes(chunk.data[start : start + length]), chunk.time(number), chunk.original(number)))
        assert chunk.total == sum(chunk.lengths) and chunk.least == min(chunk.lengths)
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "in.pcap"
