"""struct_ops: interfaces of the kernel made of programs, registered by being filled or by a link."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

import ebpf
from ebpf import hooks
from ebpf.kernel import sys as kernel
from ebpf.kernel.info import OBJ
from ebpf.kernel.links import BpfLink

pytestmark = pytest.mark.host

PROGRAMS = Path(__file__).resolve().parents[1] / "bpf"
AVAILABLE = Path("/proc/sys/net/ipv4/tcp_available_congestion_control")
TCP_CONGESTION = 13


def available() -> list[str]:
    return AVAILABLE.read_text().split()


def talk(name: str) -> None:
    """A TCP connection of this process to itself that asks for the congestion control of that name."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.setsockopt(socket.IPPROTO_TCP, TCP_CONGESTION, name.encode())
        client.connect(server.getsockname())
        peer, _ = server.accept()
        with peer:
            for _ in range(20):
                client.send(b"x" * 1000)
                peer.recv(1000)


def load(name: str) -> ebpf.Object:
    try:
        return ebpf.load(ebpf.compile(PROGRAMS / name), engine="kernel")
    except ebpf.KernelError as error:
        pytest.skip(str(error))  # a kernel that is locked down


def test_a_congestion_control_of_programs() -> None:
    with load("congestion.bpf.c") as obj:
        assert "ebpf_test" not in available()
        with obj.programs["ssthresh"].attach(hooks.StructOps("plain")):
            assert "ebpf_test" in available()
            with pytest.raises(ebpf.EbpfError):
                obj.programs["ssthresh"].attach(hooks.StructOps("plain"))
            talk("ebpf_test")
            assert obj.variables["calls"].value > 0
        assert "ebpf_test" not in available()


def test_one_takes_the_place_of_another_by_its_link() -> None:
    if kernel.kernel_release() < (6, 4):
        with pytest.raises(ebpf.NotSupported, match=r"needs Linux 6.4"):
            ebpf.load(ebpf.compile(PROGRAMS / "congestion_link.bpf.c"), engine="kernel")
        return
    with load("congestion_link.bpf.c") as obj:
        first, second = obj.variables["first_calls"], obj.variables["second_calls"]
        with obj.maps["first"].attach() as link:
            assert isinstance(link, BpfLink)
            info = link.info()
            assert info["type"] == "struct_ops" and info["id"] in OBJ["link"].ids()
            assert "ebpf_linked" in available()
            talk("ebpf_linked")
            assert first.value > 0 and second.value == 0
            with pytest.raises(ebpf.HookError, match=r"something of that name is registered already"):
                obj.maps["second"].attach()
            link.update(obj.maps["second"], obj.maps["first"])
            before = first.value
            talk("ebpf_linked")
            assert second.value > 0 and first.value == before
            with pytest.raises(ebpf.KernelError):
                link.update(obj.maps["second"], obj.maps["first"])  # it is not what is there
        assert "ebpf_linked" not in available()


def test_a_member_that_the_kernel_has_not() -> None:
    source = (PROGRAMS / "congestion.bpf.c").read_text()
    for old, new in (
        ("\tchar name[16];", "\tchar name[16];\n\tint nosuch;"),
        ("\t.name =", "\t.nosuch = 1,\n\t.name ="),
    ):
        source = source.replace(old, new)
    try:
        with ebpf.load(ebpf.compile("x.bpf.c", text=source), engine="kernel") as obj:
            with pytest.raises(
                ebpf.HookError, match=r"map plain: the kernel's tcp_congestion_ops has no member nosuch"
            ):
                obj.maps["plain"].attach()
            assert "ebpf_test" not in available()
    except ebpf.KernelError as error:
        pytest.skip(str(error))  # a kernel that is locked down


def test_a_struct_that_the_interface_refuses() -> None:
    source = (PROGRAMS / "congestion.bpf.c").read_text().replace('\t.name = "ebpf_test",\n', "")
    try:
        obj = ebpf.load(ebpf.compile("x.bpf.c", text=source), engine="kernel")
    except ebpf.KernelError as error:
        pytest.skip(str(error))  # a kernel that is locked down
    with obj, pytest.raises(ebpf.KernelError, match=r"refuses the struct: a member that it requires is not set"):
        obj.maps["plain"].attach()
