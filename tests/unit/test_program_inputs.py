"""What a run takes for a packet: bytes and what has them, the same on both engines; all else is said to be none."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest

import ebpf

SOURCE = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int last(struct xdp_md *ctx)
{
    unsigned char *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;

    return data + 20 > end ? 0 : data[19];
}
char LICENSE[] SEC("license") = "GPL";
"""
PACKET = bytes(range(20))
ENGINES = ["vm", pytest.param("kernel", marks=pytest.mark.host)]


@pytest.fixture(params=ENGINES)
def program(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "kernel" and (sys.platform != "linux" or os.geteuid()):
        pytest.skip("bpf(2) needs root on Linux")
    with ebpf.load(ebpf.compile("last.bpf.c", text=SOURCE), engine=request.param) as obj:
        yield obj.programs["last"]


class Layers:
    """A packet of a library's own (scapy's have this method)."""

    def __bytes__(self) -> bytes:
        return PACKET


def alike() -> list[Any]:
    return [PACKET, bytearray(PACKET), memoryview(PACKET), memoryview(b"xx" + PACKET)[2:], Layers()]


def test_bytes_and_what_has_them(program: Any) -> None:
    for packet in alike():
        assert program.run(packet).retval == 19
        assert program.run(data=packet, repeat=0).data == PACKET
    assert list(program.run_batch(alike())) == [19] * 5
    strided = memoryview(bytes(byte for pair in zip(PACKET, PACKET, strict=True) for byte in pair))[::2]
    assert program.run(strided).retval == 19


def test_numpy_arrays(program: Any) -> None:
    numpy = pytest.importorskip("numpy")
    rows = numpy.tile(numpy.frombuffer(PACKET, numpy.uint8), (3, 1))
    rows[:, 19] = [5, 6, 7]
    assert program.run(rows[1]).retval == 6
    assert list(program.run_batch(rows)) == [5, 6, 7]
    assert list(program.run_batch(bytearray(rows.tobytes()), numpy.arange(3) * 20, numpy.full(3, 20))) == [5, 6, 7]


@pytest.mark.parametrize("wrong", ["00" * 20, 20, None, list(PACKET), 1.5])
def test_what_is_no_packet(program: Any, wrong: Any) -> None:
    with pytest.raises(TypeError, match=rf"a packet is bytes, .* not {type(wrong).__name__}"):
        program.run(wrong)
    with pytest.raises(TypeError, match="item 1 is bytes"):
        program.run_batch([PACKET, wrong])
    with pytest.raises(TypeError, match="a context is bytes"):
        program.run(PACKET, wrong)
    if isinstance(wrong, str):
        with pytest.raises(TypeError, match="fromhex"):
            program.run(wrong)


def test_what_is_no_batch(program: Any) -> None:
    buffer = bytearray(PACKET * 2)
    with pytest.raises(TypeError, match=r"a batch is a sequence of items, .* not bytes"):
        program.run_batch(PACKET)
    for starts, lengths in (([-1], [20]), ([0], [-20]), ([30], [20]), ([0, 20], [20])):
        with pytest.raises(ValueError):
            program.run_batch(buffer, starts, lengths)
    with pytest.raises(ValueError, match="repeat is how often it runs, not -1"):
        program.run(PACKET, repeat=-1)


def test_how_it_is_attached_is_said(program: Any) -> None:
    with pytest.raises(
        ebpf.HookError, match=r"section 'xdp' doesn't say where to attach it; attach_xdp\(\"eth0\"\) does"
    ):
        program.attach()
