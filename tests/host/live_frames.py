"""Live frames on a veth, in the network namespace that this is started in: prints how many arrived at the other end."""

from __future__ import annotations

import subprocess
import sys
import time

import ebpf
from ebpf.asm import Instruction as I
from ebpf.asm import encode
from ebpf.spec import ObjectSpec, ProgramSpec
from ebpf.uapi.prog_types import ProgType


def packets(name: str) -> int:
    with open("/proc/self/net/dev") as file:
        return next(int(line.split()[2]) for line in file if line.strip().startswith(f"{name}:"))


def main() -> None:
    for command in ("link add va type veth peer name vb", "link set va up", "link set vb up"):
        if subprocess.run(["ip", *command.split()], capture_output=True).returncode:
            print("no veth here")
            sys.exit(77)
    import socket

    # return bpf_redirect(ifindex of va, 0): each frame leaves by va and arrives at vb.
    index = socket.if_nametoindex("va")
    send = [I(0xB7, 1, imm=index), I(0xB7, 2, imm=0), I(0x85, imm=23), I(0x95)]
    accept = [I(0xB7, 0, imm=2), I(0x95)]
    programs = {
        name: ProgramSpec(name, ProgType.XDP, encode(code, sys.byteorder), license="GPL")
        for name, code in (("send", send), ("accept", accept))
    }
    with ebpf.load(ObjectSpec(name="live", programs=programs, byte_order=sys.byteorder), engine="kernel") as obj:
        for name in ("va", "vb"):
            obj.programs["accept"].attach_xdp(name)  # veth takes frames of others only where both ends have a program
        before = packets("vb")
        try:
            obj.programs["send"].run(b"\xff" * 14 + bytes(50), repeat=5000, live_frames=True, batch_size=64)
        except ebpf.KernelError as error:
            if error.errno != 22:
                raise
            print(error)
            sys.exit(77)
        deadline = time.monotonic() + 60
        while packets("vb") - before < 5000 and time.monotonic() < deadline:
            time.sleep(0.01)
        print("arrived", min(packets("vb") - before, 5000))


main()
