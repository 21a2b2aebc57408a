"""struct_ops and freplace: interfaces of the kernel, and functions of other programs, made of programs."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

import ebpf
from ebpf import hooks

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "host"))

ROOT = Path(__file__).resolve().parents[2]
AVAILABLE = Path("/proc/sys/net/ipv4/tcp_available_congestion_control")


def test_a_congestion_control_of_programs() -> None:
    spec = ebpf.compile(ROOT / "tests" / "bpf" / "congestion.bpf.c")
    with ebpf.load(spec, engine="kernel") as obj:
        assert "ebpf_test" not in AVAILABLE.read_text().split()
        with obj.programs["ssthresh"].attach(hooks.StructOps("plain")):
            assert "ebpf_test" in AVAILABLE.read_text().split()
            with pytest.raises(ebpf.EbpfError):
                obj.programs["ssthresh"].attach(hooks.StructOps("plain"))
            with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
                client.setsockopt(socket.IPPROTO_TCP, 13, b"ebpf_test")  # TCP_CONGESTION
                client.connect(server.getsockname())
                peer, _ = server.accept()
                with peer:
                    for _ in range(20):
                        client.send(b"x" * 1000)
                        peer.recv(1000)
            assert obj.variables["calls"].value > 0
        assert "ebpf_test" not in AVAILABLE.read_text().split()
