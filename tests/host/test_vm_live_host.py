"""Socket filters of the vm beside the kernel's: the same datagrams come through, cut alike."""

from __future__ import annotations

import random
import socket
import sys

import pytest

from ebpf.asm import Instruction, encode
from ebpf.hooks import Socket
from ebpf.kernel.engine import KernelEngine
from ebpf.spec import ProgramSpec
from ebpf.uapi import opcodes as op
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine

pytestmark = pytest.mark.host
I = Instruction  # noqa: E741
EXIT = I(op.JMP | op.EXIT)
CONTEXT = I(op.ALU64 | op.MOV | op.X, 6, 1)
#: Filters: what a packet's byte says; its length; its protocol; a word of it, from the link's header on where there is one.
FILTERS = {
    "byte": [CONTEXT, I(op.LD | op.ABS | op.B, imm=9), EXIT],
    "third": [CONTEXT, I(op.LD | op.ABS | op.H, imm=2), I(op.ALU64 | op.AND, 0, imm=31), EXIT],
    "length": [I(op.LDX | op.MEM | op.W, 0, 1, 0), I(op.ALU64 | op.AND, 0, imm=~8), EXIT],
    "protocol": [I(op.LDX | op.MEM | op.W, 0, 1, 16), I(op.ALU64 | op.AND, 0, imm=0xFF), EXIT],
    "beyond": [CONTEXT, I(op.LD | op.ABS | op.W, imm=30), I(op.ALU64 | op.MOV, 0, imm=12), EXIT],
}


def pair(kind: str) -> tuple[socket.socket, socket.socket]:
    if kind == "unix":
        return socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    family, host = (socket.AF_INET, "127.0.0.1") if kind == "udp4" else (socket.AF_INET6, "::1")
    a, b = (socket.socket(family, socket.SOCK_DGRAM) for _ in range(2))
    a.bind((host, 0))
    b.bind((host, 0))
    a.connect(b.getsockname())
    return a, b


@pytest.mark.parametrize("kind", ["unix", "udp4", "udp6"])
@pytest.mark.parametrize("name", FILTERS)
def test_the_same_comes_through(name: str, kind: str) -> None:
    try:
        a, b = pair(kind)
    except OSError as error:
        pytest.skip(f"no {kind} here: {error}")
    pure = random.Random(f"{name} {kind}")
    payloads = [pure.randbytes(pure.choice((1, 2, 5, 9, 20, 40))) for _ in range(40)]
    spec = ProgramSpec("f", ProgType.SOCKET_FILTER, encode(FILTERS[name], sys.byteorder))
    found = []
    with a, b:
        for engine in (KernelEngine(), VmEngine(jit=False)):
            program = engine.load_program(spec, {})
            with engine.attach(program, Socket(b.fileno())) as link:
                got = []
                source = b if isinstance(engine, KernelEngine) else link
                for payload in [*payloads, None]:
                    try:
                        a.send(payload if payload is not None else b"")
                    except OSError:
                        pass  # AF_UNIX tells the sender that it was dropped
                (b if isinstance(engine, KernelEngine) else link.socket).settimeout(0.5)
                try:
                    while True:
                        got.append(source.recv(100))
                except TimeoutError:
                    pass
                found.append(got)
            engine.close()
    assert found[0] == found[1]
