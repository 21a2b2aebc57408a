"""Captures as files: pcap and pcapng read and written, damaged and compressed ones."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

import pytest
from captures import PACKETS, SECOND, T0, all_of, block, pcap, pcapng, tcp
from hypothesis import given, settings
from hypothesis import strategies as st

import ebpf
from ebpf import capture
from ebpf.capture.source import Source


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("nano", [False, True])
def test_pcap_of_both_orders_and_units(file: Path, order: str, nano: bool) -> None:
    file.write_bytes(pcap(PACKETS, order, nano))
    unit = 1 if nano else 1000
    assert all_of(file) == [(packet, T0 + unit * i, len(packet)) for i, packet in enumerate(PACKETS)]


@pytest.mark.parametrize("order", ["<", ">"])
def test_pcapng_of_both_orders(file: Path, order: str) -> None:
    file.write_bytes(pcapng(PACKETS, order))
    assert all_of(file) == [(packet, T0 + 1000 * i, len(packet)) for i, packet in enumerate(PACKETS)]


def test_pcapng_simple_blocks_and_other_resolutions(file: Path) -> None:
    file.write_bytes(pcapng(PACKETS, simple=True))
    assert [packet for packet, _, _ in all_of(file)] == PACKETS
    nano = struct.pack("<HHBxxx", 9, 1, 9) + struct.pack("<HHq", 14, 8, 5) + bytes(4)
    file.write_bytes(pcapng([PACKETS[0]], options=nano))
    assert all_of(file)[0][1] == 1_700_000_000 * 1_000_000 + 5 * SECOND
    binary = struct.pack("<HHBxxx", 9, 1, 0x80 | 20)
    file.write_bytes(pcapng([PACKETS[0]], options=binary))
    assert all_of(file)[0][1] == 1_700_000_000 * 1_000_000 * SECOND >> 20


def test_a_capture_longer_than_a_piece(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Source, "piece", 1000)
    packets = [tcp(i, 60 + i % 300) for i in range(200)]
    for data in (pcap(packets), pcapng(packets)):
        file.write_bytes(data)
        chunks = list(capture.read(file))
        assert len(chunks) > 5
        assert [packet for packet, _, _ in all_of(file)] == packets


@pytest.mark.parametrize("order", ["<", ">"])
def test_machine_code_finds_the_same_packets(file: Path, order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("llvmlite")
    from ebpf.vm.jit.scan import scan

    monkeypatch.setattr(Source, "piece", 3000)
    packets = [tcp(i, 60 + i * 7 % 900) for i in range(300)] + [b"", tcp(9, 20_000), tcp(9)]
    file.write_bytes(pcap(packets, order))
    assert all_of(file, scan) == all_of(file)
    for damage in (b"abc", struct.pack(order + "IIII", 0, 0, 0xFFFFFFFF, 0), struct.pack(order + "IIII", 0, 0, 99, 0)):
        file.write_bytes(pcap(packets, order) + damage)
        told = []
        for how in (None, scan):
            with pytest.raises(ebpf.CaptureError) as caught:
                all_of(file, how)
            told.append(str(caught.value))
        assert told[0] == told[1]


@pytest.mark.parametrize("order", ["<", ">"])
def test_machine_code_finds_the_same_packets_of_pcapng(file: Path, order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enhanced packet blocks by machine code, whatever stands between them by Python."""
    pytest.importorskip("llvmlite")
    from ebpf.vm.jit.scan import scan

    monkeypatch.setattr(Source, "piece", 3000)
    packets = [tcp(i, 60 + i * 7 % 900) for i in range(120)] + [b"", tcp(9, 20_000), tcp(9)]
    first = pcapng(packets, order)
    other = block(5, bytes(8), order) + block(3, struct.pack(order + "I", 60) + tcp(1, 60), order)
    blocks = first[first.index(struct.pack(order + "I", 6)) :]
    second = block(1, struct.pack(order + "HHI", 1, 0, 0) + struct.pack(order + "HHBxxx", 9, 1, 9), order)
    nano = block(6, struct.pack(order + "IIIII", 1, 5, 6, 60, 99) + tcp(2, 60), order)
    another_link = block(1, struct.pack(order + "HHI", 101, 0, 0), order)
    for data in (
        first,
        first + other + blocks,
        first + second + nano + blocks,
        first + first,
        first + another_link + blocks,
    ):
        file.write_bytes(data)
        assert all_of(file, scan) == all_of(file)
    for damage in (
        b"abc",
        block(6, struct.pack(order + "IIIII", 7, 0, 0, 0, 0), order),
        block(6, struct.pack(order + "IIIII", 0, 0, 0, 99, 0), order),
        struct.pack(order + "III", 6, 31, 0),
        struct.pack(order + "III", 6, 0xFFFFFFF0, 0),
        nano[:-8],
    ):
        file.write_bytes(first + damage)
        told = []
        for how in (None, scan):
            with pytest.raises(ebpf.CaptureError) as caught:
                all_of(file, how)
            told.append(str(caught.value))
        assert told[0] == told[1]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "too short"),
        (b"\x7fELF" + bytes(40), "neither pcap nor pcapng: it begins with 7f454c46"),
        (pcap(PACKETS)[:-5], "offset 0x.*: is cut off: a packet of 64 bytes"),
        (pcap(PACKETS) + b"abc", "3 bytes are left that are no packet"),
        (
            pcap(PACKETS) + struct.pack("<IIII", 0, 0, 0xFFFFFFFF, 0),
            "a packet of 4294967295 bytes: the file is damaged",
        ),
        (pcapng(PACKETS)[:-5], "is cut off: a block of 96 bytes"),
        (pcapng(PACKETS) + struct.pack("<III", 6, 7, 0), "a block of 7 bytes: the file is damaged"),
        (pcapng(PACKETS) + block(6, struct.pack("<IIIII", 4, 0, 0, 0, 0), "<"), "interface 4, where there are 1"),
        (
            pcapng(PACKETS) + block(6, struct.pack("<IIIII", 0, 0, 0, 99, 99), "<"),
            "99 bytes in a block with room for 0",
        ),
        (pcapng(PACKETS) + block(6, b"", "<"), "is too short for what it is"),
        (block(0x0A0D0D0A, bytes(16), "<"), "without its byte-order magic"),
    ],
)
def test_damage_is_told_with_its_place(file: Path, data: bytes, why: str) -> None:
    file.write_bytes(data)
    with pytest.raises(ebpf.CaptureError, match=why) as caught:
        all_of(file)
    assert str(file) in str(caught.value)


def test_what_lies_before_the_damage_is_given_first(file: Path) -> None:
    for data in (pcap(PACKETS)[:-5], pcapng(PACKETS)[:-5]):
        file.write_bytes(data)
        chunks = capture.read(file)
        assert len(next(chunks)) == len(PACKETS) - 1
        with pytest.raises(ebpf.CaptureError):
            list(chunks)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([pcap(PACKETS), pcapng(PACKETS), pcapng(PACKETS, ">")]), st.data())
def test_damaged_captures_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, whole: bytes, data: st.DataObject
) -> None:
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("fuzz") / "x"
    path.write_bytes(damaged[: data.draw(st.integers(0, len(damaged)))])
    try:
        found = all_of(path)
    except ebpf.CaptureError:
        return
    assert sum(len(packet) for packet, _, _ in found) <= len(damaged)


def test_writing_gives_back_what_was_read(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.pcap"
    with capture.Writer(target) as writer:
        for number, packet in enumerate(PACKETS):
            writer.write(packet, T0 + number, len(packet) + number)
    assert all_of(target) == [(packet, T0 + i, len(packet) + i) for i, packet in enumerate(PACKETS)]
    assert [path.name for path in tmp_path.iterdir()] == ["out.pcap"]


def test_a_failed_write_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "out.pcap"
    target.write_text("before")
    with pytest.raises(RuntimeError), capture.Writer(target) as writer:
        writer.write(PACKETS[0], 0)
        raise RuntimeError
    assert target.read_text() == "before" and len(list(tmp_path.iterdir())) == 1
    with pytest.raises(ebpf.CaptureError, match="can't be written"):
        capture.Writer(tmp_path / "no" / "such.pcap")


def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    device = tmp_path / "pipe"
    os.mkfifo(device)
    reader = os.open(device, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with capture.Writer(device) as writer:
            writer.write(PACKETS[0], T0)
        assert os.read(reader, 1 << 16)[40:] == PACKETS[0] and device.is_fifo()
    finally:
        os.close(reader)
    full = Path("/dev/full")
    if full.is_char_device():
        with (
            pytest.raises(ebpf.CaptureError, match=r"/dev/full: can't be written: No space left"),
            capture.Writer(full) as writer,
        ):
            writer.write(PACKETS[0], T0)
        assert full.is_char_device()
    with pytest.raises(ebpf.CaptureError, match="can't be written: Is a directory"):
        capture.Writer(tmp_path)


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "name.pcap").symlink_to(tmp_path / "real" / "out.pcap")
    with capture.Writer(tmp_path / "name.pcap") as writer:
        writer.write(PACKETS[0], T0)
    assert (tmp_path / "name.pcap").is_symlink()
    assert [path.name for path in (tmp_path / "real").iterdir()] == ["out.pcap"]
    assert len(all_of(tmp_path / "real" / "out.pcap")) == 1


def test_while_it_is_written_there_is_no_other_file(tmp_path: Path) -> None:
    """So that a process that is killed leaves nothing."""
    if sys.platform != "linux":
        pytest.skip("files without a name are Linux's")
    with capture.Writer(tmp_path / "out.pcap") as writer:
        writer.write(PACKETS[0], T0)
        assert not list(tmp_path.iterdir())


def test_the_older_way_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file can't be without a name."""
    from ebpf import _files

    monkeypatch.setattr(_files, "_DESCRIPTORS", "/nonexistent")
    with capture.Writer(tmp_path / "out.pcap") as writer:
        writer.write(PACKETS[0], T0)
        assert len(list(tmp_path.iterdir())) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["out.pcap"] and len(all_of(tmp_path / "out.pcap")) == 1
    with pytest.raises(RuntimeError), capture.Writer(tmp_path / "out.pcap"):
        raise RuntimeError
    assert [path.name for path in tmp_path.iterdir()] == ["out.pcap"]


@pytest.mark.parametrize("module", ["gzip", "bz2", "lzma"])
@pytest.mark.parametrize("form", ["pcap", "pcapng"])
def test_compressed_captures_are_unpacked(file: Path, module: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    packer = pytest.importorskip(module)
    monkeypatch.setattr(Source, "piece", 5000)
    packets = [tcp(port, 200) for port in range(100)]
    file.write_bytes(packer.compress({"pcap": pcap, "pcapng": pcapng}[form](packets)))
    assert [packet for packet, _, _ in all_of(file)] == packets
    file.write_bytes(file.read_bytes()[:-20])
    found = []
    with pytest.raises(ebpf.CaptureError, match="can't be read to its end") as caught:
        for chunk in capture.read(file):
            found.append(len(chunk))
    assert str(file) in str(caught.value)
    # bz2 and xz unpack by blocks: of the only one there is nothing then.
    assert sum(found) > 20 if module == "gzip" else sum(found) <= 100
    file.write_bytes(file.read_bytes()[:10] + b"nonsense" * 20)
    with pytest.raises(ebpf.CaptureError, match=r"can't be read to its end|too short"):
        all_of(file)


@pytest.mark.parametrize(
    ("begin", "why"),
    [
        (b"\x28\xb5\x2f\xfd", "compressed by zstd: unzstd it first"),
        (b"\x04\x22\x4d\x18", "compressed by lz4"),
        (b"PK\3\4", "a zip archive: unzip it first"),
        (b"snoop\0\0\0", "snoop's: editcap"),
        (b"\x34\xcd\xb2\xa1", "modified pcap format: editcap"),
        (b"hello", "neither pcap nor pcapng: it begins with 68656c6c"),
    ],
)
def test_what_is_taken_for_a_capture_is_named(file: Path, begin: bytes, why: str) -> None:
    file.write_bytes(begin.ljust(100, b"\0"))
    with pytest.raises(ebpf.CaptureError, match=why):
        all_of(file)
