"""Flow dissectors in the vm: a packet in, flow keys out. tests/host/test_vm_all_objects_host.py holds them against the kernel."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ebpf
from ebpf.vm.engine import VmEngine

SOURCE = Path(__file__).resolve().parents[1] / "bpf" / "dissector.bpf.c"
#: nhoff, thoff, addr_proto, is_frag, is_first_frag, is_encap, ip_proto; n_proto, sport, dport in network order.
KEYS = struct.Struct("=HHH4B2s2s2s")


def tcp4(tags: bytes = b"", options: bytes = b"") -> bytes:
    size = 20 + len(options)
    head = struct.pack(">BBHHHBBH", 0x40 | size // 4, 0, size + 20, 0, 0, 64, 6, 0) + bytes([10, 0, 0, 1, 10, 0, 0, 2])
    return bytes(12) + tags + b"\x08\0" + head + options + struct.pack(">HH", 1000, 443) + bytes(16)


@pytest.fixture(params=["interpreter", "jit"])
def dissect(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "jit":
        pytest.importorskip("llvmlite")
    with ebpf.load(SOURCE, engine=VmEngine(jit=request.param == "jit")) as obj:
        yield obj.programs["dissect"]


@pytest.mark.parametrize(
    ("packet", "verdict", "keys"),
    [
        (tcp4(), 0, (14, 34, 0x800, 0, 0, 0, 6, b"\x08\0", b"\x03\xe8", b"\x01\xbb")),
        (tcp4(b"\x81\0\0\5"), 0, (18, 38, 0x800, 0, 0, 0, 6, b"\x08\0", b"\x03\xe8", b"\x01\xbb")),
        (tcp4(options=bytes(8)), 0, (14, 42, 0x800, 0, 0, 0, 6, b"\x08\0", b"\x03\xe8", b"\x01\xbb")),
        (tcp4()[:30], 2, (14, 14, 0, 0, 0, 0, 0, b"\x08\0", b"\0\0", b"\0\0")),
        # What lies outside of the packet is brought back into it.
        (bytes(12) + b"\x08\x06" + bytes(28), 129, (14, 42, 0, 0, 0, 0, 0, b"\x08\x06", b"\0\0", b"\0\0")),
    ],
)
def test_a_packet_and_its_keys(dissect: Any, packet: bytes, verdict: int, keys: tuple[object, ...]) -> None:
    for repeat in (1, 3):
        result = dissect.run(packet, repeat=repeat)
        assert result.retval == verdict and len(result.data) == 56
        assert KEYS.unpack_from(result.data) == keys
    assert list(dissect.run_batch([packet, packet])) == [verdict] * 2


def test_what_may_be_given(dissect: Any) -> None:
    flags = bytes(48) + struct.pack("=I", 2) + bytes(4)
    result = dissect.run(tcp4(), flags)
    assert result.data[48:52] == flags[48:52] and result.context == flags
    for packet, context, why in ((tcp4()[:13], b"", "14 bytes is wanted, not 13"), (tcp4(), b"\1", "only flags")):
        with pytest.raises(ebpf.KernelError, match=why) as caught:
            dissect.run(packet, context)
        assert caught.value.errno == 22


NETFILTER = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("netfilter") int accept(void *ctx) { return 1; }
char LICENSE[] SEC("license") = "GPL";
"""


def test_a_netfilter_program_is_no_program_for_packets_here() -> None:
    with (
        ebpf.load(ebpf.compile("accept.bpf.c", text=NETFILTER), engine="vm") as obj,
        pytest.raises(ebpf.NotSupported, match="a run of accept in the vm"),
    ):
        obj.programs["accept"].run(tcp4())
