"""Live packets in the vm: filters on sockets, programs on tap devices. tests/host has the sockets beside the kernel's filters."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from vm_code import EXIT, I

from ebpf import hooks
from ebpf.asm import Instruction, encode
from ebpf.errors import Closed, HookError, NotSupported
from ebpf.hooks import Socket, Xdp
from ebpf.spec import ProgramSpec
from ebpf.uapi import opcodes as op
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine

SRC = Path(__file__).resolve().parents[2] / "src"


def constant(verdict: int) -> list[Instruction]:
    return [I(op.ALU64 | op.MOV, 0, imm=verdict), EXIT]


def byte_at(offset: int) -> list[Instruction]:
    """Gives a byte of the packet: so many bytes pass."""
    return [I(op.ALU64 | op.MOV | op.X, 6, 1), I(op.LD | op.ABS | op.B, imm=offset), EXIT]


def attached(code: list[Instruction], sock: socket.socket) -> object:
    engine = VmEngine(jit=False)
    spec = ProgramSpec("f", ProgType.SOCKET_FILTER, encode(code, sys.byteorder))
    return engine.attach(engine.load_program(spec, {}), Socket(sock.fileno()))


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no AF_UNIX here")
def test_a_filter_drops_and_cuts() -> None:
    left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with left, right, attached(byte_at(0), right) as link:  # type: ignore[attr-defined]
        for first in (0, 3, 0, 200):
            left.send(bytes([first]) + b"abcdef")
        assert link.recv() == b"\3ab"
        assert link.recv(4) == b"\xc8abc"
        assert (link.passed, link.dropped) == (2, 2)
        assert link.fileno() != right.fileno()
        link.socket.settimeout(0.01)
        with pytest.raises(TimeoutError):
            link.recv()
    assert link.socket.fileno() == -1


def test_udp_is_seen_with_its_header() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as a, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as b:
        for one in (a, b):
            one.bind(("127.0.0.1", 0))
        # The source port's two bytes, then how much passes: header and data.
        with attached(byte_at(8), b) as link:  # type: ignore[attr-defined]
            for first in (10, 0, 4, 8, 9):
                a.sendto(bytes([first]) + b"xyz", b.getsockname())
            assert [link.recvfrom() for _ in range(4)] == [
                (data, a.getsockname()) for data in (b"\nx", b"", b"", b"\t")
            ]
        with attached([*byte_at(3)[:-1], I(op.ALU64 | op.ADD, 0, imm=8), EXIT], b) as link:  # type: ignore[attr-defined]
            a.sendto(bytes(300), b.getsockname())
            assert len(link.recv()) == b.getsockname()[1] & 255


@pytest.mark.parametrize(
    "hook",
    [
        hooks.Kprobe("sys_execve"), hooks.Ksyscall("execve"), hooks.Uprobe("libc", "malloc"), hooks.PerfEvent(frequency=9),
        hooks.Tracepoint("syscalls", "sys_enter_execve"), hooks.RawTracepoint("sys_enter"), hooks.Cgroup("/sys/fs/cgroup"),
        hooks.Tc("eth0"),
    ],
    ids=lambda hook: type(hook).__name__,
)  # fmt: skip
def test_a_program_of_another_type_is_attached_nowhere(hook: hooks.Hook) -> None:
    engine = VmEngine()
    program = engine.load_program(ProgramSpec("x", ProgType.XDP, encode(constant(1), sys.byteorder)), {})
    with pytest.raises(HookError, match=f"program x is of type xdp; {type(hook).__name__} takes "):
        engine.attach(program, hook)
    assert engine.links == []


def test_a_closed_program_is_attached_nowhere() -> None:
    engine = VmEngine()
    program = engine.load_program(ProgramSpec("k", ProgType.KPROBE, encode(constant(1), sys.byteorder)), {})
    program.close()
    with pytest.raises(Closed, match="program k: its object is closed"):
        engine.attach(program, hooks.Kprobe("sys_execve"))
    assert engine.links == []


def test_what_no_filter_can_be_put_on() -> None:
    engine = VmEngine()
    program = engine.load_program(ProgramSpec("f", ProgType.SOCKET_FILTER, encode(constant(1), sys.byteorder)), {})
    other = engine.load_program(ProgramSpec("x", ProgType.XDP, encode(constant(1), sys.byteorder)), {})
    with socket.socket() as stream, pytest.raises(NotSupported, match="filter on a socket of a stream"):
        engine.attach(program, Socket(stream.fileno()))
    with open(os.devnull) as file, pytest.raises(HookError, match="is no socket"):
        engine.attach(program, Socket(file.fileno()))
    with pytest.raises(HookError, match="of type xdp; Socket takes socket_filter"):
        engine.attach(other, Socket(0))
    with pytest.raises(HookError, match="of type socket_filter; Xdp takes xdp"):
        engine.attach(program, Xdp("tap0"))
    with pytest.raises(HookError, match="no name for a tap device"):
        engine.attach(other, Xdp("a name that is far too long"))
    assert engine.links == []


TAP = """
import socket, sys
import ebpf
from ebpf.asm import Instruction as I, encode
from ebpf.hooks import Xdp
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine
import subprocess

def up(name):
    open(f"/proc/sys/net/ipv6/conf/{name}/disable_ipv6", "w").write("1")
    import fcntl, struct
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        fcntl.ioctl(s, 0x8914, struct.pack("=16sH22x", name.encode(), 0x1))  # SIOCSIFFLAGS: IFF_UP

# The first byte of the payload is the verdict; 4 goes to the second tap.
code = [
    I(op.LDX | op.MEM | op.W, 2, 1, 0), I(op.LDX | op.MEM | op.W, 3, 1, 4),
    I(op.ALU64 | op.MOV | op.X, 4, 2), I(op.ALU64 | op.ADD, 4, imm=15),
    I(op.ALU64 | op.MOV, 0, imm=1), I(op.JMP | op.JGT | op.X, 4, 3, 6),
    I(op.LDX | op.MEM | op.B, 0, 2, 14),
    I(op.JMP | op.JNE, 0, 0, 4, 4),
    I(op.ALU64 | op.MOV, 1, imm=0), I(op.ALU64 | op.MOV, 2, imm=0), I(op.JMP | op.CALL, imm=23),
    I(op.JMP | op.JA, 0, 0, 0),
    I(op.JMP | op.EXIT),
]
engine = VmEngine(jit=False)
drop = encode([I(op.ALU64 | op.MOV, 0, imm=1), I(op.JMP | op.EXIT)], sys.byteorder)
other = engine.load_program(ProgramSpec("drop", ProgType.XDP, drop), {})
second = engine.attach(other, Xdp("tapb"))
code[8].imm = second.ifindex
first = engine.attach(engine.load_program(ProgramSpec("p", ProgType.XDP, encode(code, sys.byteorder)), {}), Xdp("tapa"))
up("tapa"); up("tapb")
out, back = (socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x88B5)) for _ in range(2))
out.bind(("tapa", 0x88B5)); back.bind(("tapb", 0x88B5))
for one in (out, back): one.settimeout(60)
passed = []
first.on_pass = passed.append
frame = lambda verdict: bytes(12) + b"\\x88\\xb5" + bytes([verdict]) + bytes(45)
for verdict in (1, 2, 3, 4, 1, 0):
    out.send(frame(verdict))
taken = 0
while taken < 6: taken += first.serve(60)
assert passed == [frame(2)], passed
received, (_, _, kind, _, _) = out.recvfrom(99)
assert received == frame(3) and kind != 4, (received, kind)
assert back.recv(99) == frame(4)
assert dict(first.verdicts) == {1: 2, 2: 1, 3: 1, 4: 1, 0: 1}, first.verdicts
assert first.serve(0) == 0
try: engine.attach(other, Xdp("lo")); print("no error")
except ebpf.HookError as error: assert "lo" in str(error) and "ebpf exec" in str(error), error
engine.close()
assert "tapa" not in [name for _, name in socket.if_nameindex()]
print("fine")
"""


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("unshare"), reason="no unshare(1) here")
def test_a_tap_in_a_namespace_of_the_users_own() -> None:
    inside = ["unshare", "-rn"]
    if subprocess.run([*inside, "true"], capture_output=True).returncode:
        pytest.skip("no user namespaces here")
    done = subprocess.run(
        [*inside, sys.executable, "-c", textwrap.dedent(TAP)],
        capture_output=True,
        text=True,
        timeout=200,
        env={**os.environ, "PYTHONPATH": str(SRC)},
    )
    if "/dev/net/tun" in done.stderr and "NotSupported" in done.stderr:
        pytest.skip("no /dev/net/tun here")
    assert (done.returncode, done.stdout) == (0, "fine\n"), done.stderr


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() == 0, reason="for an ordinary user on Linux")
def test_a_tap_without_rights_says_what_to_do() -> None:
    engine = VmEngine()
    program = engine.load_program(ProgramSpec("x", ProgType.XDP, encode(constant(1), sys.byteorder)), {})
    with pytest.raises(NotSupported, match=r"unshare -rn|/dev/net/tun"):
        engine.attach(program, Xdp("ebpftap0"))
