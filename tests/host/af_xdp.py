"""An AF_XDP socket on a veth, in the network namespace that this is started in: prints how many frames it got."""

from __future__ import annotations

import mmap
import os
import socket
import struct
import subprocess
import sys
import time

import ebpf
from ebpf.asm import Instruction as I
from ebpf.asm import encode
from ebpf.spec import MapSpec, ObjectSpec, ProgramSpec, Reference
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

AF_XDP, SOL_XDP = 44, 283
XDP_MMAP_OFFSETS, XDP_RX_RING, XDP_UMEM_REG, XDP_UMEM_FILL_RING, XDP_UMEM_COMPLETION_RING = 1, 2, 4, 5, 6
PGOFF_RX, PGOFF_FILL = 0, 0x100000000
XDP_COPY = 2
FRAMES, SIZE, PROTOCOL = 16, 2048, 0x88B5


def skip(why: object) -> None:
    print(why)
    sys.exit(77)


def main() -> None:
    links = (
        ["link", "add", "va", "type", "veth", "peer", "name", "vb"],
        ["link", "set", "va", "up"],
        ["link", "set", "vb", "up"],
    )
    for command in links:
        if subprocess.run(["ip", *command], capture_output=True).returncode:
            skip("no veth here")
    # return bpf_redirect_map(&sockets, 0, XDP_PASS): 18 bytes of frame are looked at for the protocol of the test.
    code = [
        I(0x61, 2, 1, offset=0),  # data
        I(0x61, 3, 1, offset=4),  # data_end
        I(0xBF, 4, 2),
        I(0x07, 4, imm=14),
        I(0x2D, 4, 3, offset=8),
        I(0x69, 5, 2, offset=12),
        I(0x55, 5, imm=socket.htons(PROTOCOL), offset=6),
        I(0x18, 1),
        I(0xB7, 2, imm=0),
        I(0xB7, 3, imm=2),
        I(0x85, imm=51),
        I(0x95),
        I(0xB7, 0, imm=2),
        I(0x95),
    ]
    program = ProgramSpec(
        "steer", ProgType.XDP, encode(code, sys.byteorder), license="GPL", references=[Reference(7, "map", "sockets")]
    )
    maps = {"sockets": MapSpec("sockets", MapType.XSKMAP, 4, 4, 1)}
    spec = ObjectSpec(name="xsk", programs={"steer": program}, maps=maps, byte_order=sys.byteorder)
    try:
        xsk = socket.socket(AF_XDP, socket.SOCK_RAW)
    except OSError as error:
        skip(error)
    umem = mmap.mmap(-1, FRAMES * SIZE)
    import ctypes

    address = ctypes.addressof(ctypes.c_char.from_buffer(umem))
    xsk.setsockopt(SOL_XDP, XDP_UMEM_REG, struct.pack("=QQIIII", address, FRAMES * SIZE, SIZE, 0, 0, 0)[:32])
    for ring in (XDP_UMEM_FILL_RING, XDP_UMEM_COMPLETION_RING, XDP_RX_RING):
        xsk.setsockopt(SOL_XDP, ring, FRAMES)
    offsets = struct.unpack("=16Q", xsk.getsockopt(SOL_XDP, XDP_MMAP_OFFSETS, 128))
    rx, fill = offsets[0:4], offsets[8:12]
    fill_ring = mmap.mmap(xsk.fileno(), fill[2] + FRAMES * 8, mmap.MAP_SHARED, offset=PGOFF_FILL)
    rx_ring = mmap.mmap(xsk.fileno(), rx[2] + FRAMES * 16, mmap.MAP_SHARED, offset=PGOFF_RX)
    for i in range(FRAMES):
        struct.pack_into("=Q", fill_ring, fill[2] + 8 * i, i * SIZE)
    struct.pack_into("=I", fill_ring, fill[0], FRAMES)
    index = socket.if_nametoindex("vb")
    bind = struct.pack("=HHIII", AF_XDP, XDP_COPY, index, 0, 0)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.bind(xsk.fileno(), bind, len(bind)):
        skip(os.strerror(ctypes.get_errno()))
    with ebpf.load(spec, engine="kernel") as obj:
        obj.maps["sockets"][0] = xsk
        obj.programs["steer"].attach_xdp("vb", mode="generic")
        with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as sender:
            sender.bind(("va", 0))
            for i in range(5):
                sender.send(b"\xff" * 12 + struct.pack(">H", PROTOCOL) + bytes([i]) * 50)
        deadline = time.monotonic() + 60
        while struct.unpack_from("=I", rx_ring, rx[0])[0] < 5 and time.monotonic() < deadline:
            time.sleep(0.01)
        got = struct.unpack_from("=I", rx_ring, rx[0])[0]
        for i in range(got):
            place, length, _ = struct.unpack_from("=QII", rx_ring, rx[2] + 16 * i)
            assert length == 64 and umem[place + 14 : place + 64] == bytes([i]) * 50
        print("got", got)


main()
