"""Captures: pcap and pcapng read and written, damaged ones told of, and programs run over them."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ebpf
from ebpf import capture
from ebpf.capture.source import Source
from ebpf.cli.exec import describe
from ebpf.uapi.prog_types import ProgType

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


def test_the_capture_that_is_read_is_not_written_over(file: Path) -> None:
    file.write_bytes(pcap(PACKETS))
    link = file.with_name("link.pcap")
    link.symlink_to(file)
    with ebpf.load(FILTER, engine="vm") as obj:
        for out in (file, link):
            with pytest.raises(ebpf.CaptureError, match="is the capture that is read: write to another file"):
                obj.programs["filter"].run_capture(file, out=out)
    assert file.read_bytes() == pcap(PACKETS)


def test_what_lies_before_damage_is_written(file: Path, tmp_path: Path) -> None:
    file.write_bytes(pcap(PACKETS)[:-5])
    out = tmp_path / "out.pcap"
    with ebpf.load(FILTER, engine="vm") as obj:
        with pytest.raises(ebpf.CaptureError, match="is cut off") as caught:
            obj.programs["filter"].run_capture(file, out=out)
        assert caught.value.summary.written == len(all_of(out)) == 3  # type: ignore[attr-defined]
        out.unlink()
        file.write_bytes(b"nothing of the kind, but long enough")
        with pytest.raises(ebpf.CaptureError):
            obj.programs["filter"].run_capture(file, out=out)
        assert not out.exists()


@pytest.mark.parametrize("jit", ["jit", "interpreter"])
def test_a_filter_over_a_capture(file: Path, tmp_path: Path, jit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from ebpf.vm.program import VmProgram

    if jit == "jit":
        pytest.importorskip("llvmlite")
    else:
        monkeypatch.setattr(VmProgram, "batches", lambda program: False)
    file.write_bytes(pcap(PACKETS * 3))
    target = tmp_path / "out.pcap"
    seen: list[tuple[int, int]] = []
    with ebpf.load(FILTER, engine="vm") as obj:
        summary = obj.programs["filter"].run_capture(
            file, out=target, seen=lambda number, time, packet, verdict: seen.append((number, verdict))
        )
        assert summary.verdicts == {2: 9, 1: 6, 3: 3} and summary.packets == 18
        assert dict(obj.maps["protocols"]) == {6: 12, 17: 3}
    assert [verdict for _, verdict in seen[:6]] == [2, 1, 2, 3, 1, 2]
    assert [number for number, _ in seen] == list(range(1, 19))
    marked = bytearray(PACKETS[3])
    marked[15] = 0xB8
    wanted = [PACKETS[0], PACKETS[2], bytes(marked), PACKETS[5]] * 3
    assert [packet for packet, _, _ in all_of(target)] == wanted and summary.written == 12


@pytest.mark.parametrize("jit", ["jit", "interpreter"])
def test_samples_are_the_first_of_each_verdict(file: Path, jit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from ebpf.vm.program import VmProgram

    if jit == "jit":
        pytest.importorskip("llvmlite")
    else:
        monkeypatch.setattr(VmProgram, "batches", lambda program: False)
    monkeypatch.setattr(Source, "piece", 300)
    file.write_bytes(pcap(PACKETS * 5))
    with ebpf.load(FILTER, engine="vm") as obj:
        samples = obj.programs["filter"].run_capture(file, sample=4).samples
    numbers = {verdict: [number for number, _, _ in kept] for verdict, kept in samples.items()}
    assert numbers == {2: [1, 3, 6, 7], 1: [2, 5, 8, 11], 3: [4, 10, 16, 22]}
    assert samples[1][0] == (2, T0 + 1000, PACKETS[1])


@pytest.mark.parametrize(
    "type_",
    [ProgType.XDP, ProgType.SCHED_CLS, ProgType.SOCKET_FILTER, ProgType.CGROUP_SKB],
    ids=lambda type_: type_.name,
)
def test_one_call_for_all_says_what_single_runs_say(
    file: Path, tmp_path: Path, type_: ProgType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Verdicts with a sign, lengths for verdicts, faults, packets that are refused, and what is written of the others."""
    pytest.importorskip("llvmlite")
    from ebpf.asm import Instruction, encode
    from ebpf.spec import ProgramSpec
    from ebpf.uapi import opcodes as op
    from ebpf.vm.engine import VmEngine
    from ebpf.vm.program import VmProgram

    # r0 is the packet's seventh byte with its sign; 9 makes it a fault.
    load = [] if type_ == ProgType.SOCKET_FILTER else [76 if type_ != ProgType.XDP else 0]
    code = [Instruction(op.LDX | op.MEM | op.W, 2, 1, load[0])] if load else []
    code += (
        [Instruction(op.LDX | op.MEMSX | op.B, 0, 2, 6)]
        if load
        else [Instruction(op.ALU64 | op.MOV | op.X, 6, 1), Instruction(op.LD | op.ABS | op.B, imm=6)]
    )
    code += [
        Instruction(op.JMP | op.JNE, 0, 0, 1, 9),
        Instruction(op.LDX | op.MEM | op.B, 0, 0, 0),
        Instruction(op.JMP | op.EXIT),
    ]
    packets = [
        bytes(6) + bytes([value]) + bytes(5) + b"\x88\xb5" + bytes([value]) * 46
        for value in (0, 1, 2, 9, 16, 200, 255, 2)
    ]
    if type_ == ProgType.CGROUP_SKB:
        packets = [packet[:20] + packet[6:7] + packet[21:] for packet in packets]
    file.write_bytes(pcap([*packets, b"short", bytes(12) + b"\x08\x00" + bytes(9), *packets]))
    program = VmEngine().load_program(ProgramSpec("p", type_, encode(code, sys.byteorder)), {})
    found = []
    for number, batches in enumerate((True, False)):
        monkeypatch.setattr(VmProgram, "batches", lambda program, answer=batches: answer)
        target = tmp_path / f"{number}.pcap"
        summary = capture.run(program, file, out=target, sample=3)
        also = capture.run(program, file, sample=3)
        assert (also.verdicts, also.samples, also.faults) == (summary.verdicts, summary.samples, summary.faults)
        summary.seconds, summary.fault = 0.0, None
        found.append((summary, target.read_bytes()))
    assert found[0] == found[1]
    assert found[0][0].faults == 2 and found[0][0].skipped and len(found[0][0].verdicts) >= 5


@pytest.mark.parametrize("form", ["pcap", "pcap of nanoseconds", "pcap of the other order", "pcapng", "raw IP"])
def test_what_is_written_at_once_is_what_is_written_one_by_one(file: Path, tmp_path: Path, form: str) -> None:
    pytest.importorskip("llvmlite")
    packets = [tcp(port, size) for port in (80, 23, 7, 443) for size in (60, 61, 200, 1500)]
    if form == "raw IP":
        data = pcap([packet[14:] for packet in packets], link_type=101, snap=100)
    elif form == "pcapng":
        data = pcapng(packets, ">")
    else:
        data = pcap(packets, ">" if "order" in form else "<", "nanoseconds" in form, snap=100)
        # A damaged time, of more than a second's fractions.
        data = data[:28] + b"\xff\xff\xff\xff" + data[32:]
    file.write_bytes(data)
    with ebpf.load(FILTER, engine="vm") as obj:
        program = obj.programs["filter"]
        assert program.raw.batches()
        at_once = program.run_capture(file, out=tmp_path / "once.pcap")
        singly = program.run_capture(file, out=tmp_path / "singly.pcap", seen=lambda *packet: None)
    assert (tmp_path / "once.pcap").read_bytes() == (tmp_path / "singly.pcap").read_bytes()
    assert at_once.written == singly.written > 0 and at_once.verdicts == singly.verdicts


def test_verdicts_by_name(file: Path) -> None:
    file.write_bytes(pcap(PACKETS))
    with ebpf.load(FILTER, engine="vm") as obj:
        summary = obj.programs["filter"].run_capture(file)
    assert summary.named == {"XDP_DROP": 2, "XDP_PASS": 3, "XDP_TX": 1}
    for type_, verdicts, named in (
        (ProgType.SOCKET_FILTER, {0: 1, 40: 2, 60: 3}, {"drop": 1, "keep": 5}),
        (ProgType.XDP, {2: 1, 99: 2}, {"XDP_PASS": 1, "(99)": 2}),
    ):
        assert capture.Summary("p", type_, verdicts=verdicts).named == named


def test_packets_that_cannot_be_run_are_told_of(file: Path) -> None:
    file.write_bytes(pcap([b"short", tcp(80)]))
    with ebpf.load(FILTER, engine="vm") as obj:
        summary = obj.programs["filter"].run_capture(file)
    assert summary.verdicts == {2: 1} and summary.skipped == 1
    assert "at least 14 bytes" in summary.why_skipped


def test_another_link_type_is_refused(file: Path) -> None:
    file.write_bytes(pcap(PACKETS, link_type=105))
    with ebpf.load(FILTER, engine="vm") as obj:
        with pytest.raises(ebpf.CaptureError, match=r"link type 105, Wi-Fi \(802.11\), not Ethernet"):
            obj.programs["filter"].run_capture(file)
        file.write_bytes(pcap(PACKETS, link_type=9999))
        with pytest.raises(ebpf.CaptureError, match=r"link type 9999, not Ethernet \(1\), Linux cooked or IP"):
            obj.programs["filter"].run_capture(file)


SENDER = bytes.fromhex("020000000001")
COOKED = struct.pack(">HHH", 0, 1, 6) + SENDER + b"\0\0"
COOKED_2 = b"\0\0" + struct.pack(">IHBB", 2, 1, 0, 6) + SENDER + b"\0\0"


@pytest.mark.parametrize(
    ("link_type", "before", "sender"),
    [
        (12, b"", bytes(6)),
        (101, b"", bytes(6)),
        (228, b"", bytes(6)),
        (0, struct.pack("<I", 2), bytes(6)),
        (0, struct.pack(">I", 2), bytes(6)),
        (108, struct.pack(">I", 2), bytes(6)),
        (113, COOKED + b"\x08\0", SENDER),
        (276, b"\x08\0" + COOKED_2, SENDER),
    ],
)
@pytest.mark.parametrize("form", ["pcap", "pcapng"])
def test_packets_of_other_links_get_ethernet_headers(
    file: Path, tmp_path: Path, link_type: int, before: bytes, sender: bytes, form: str
) -> None:
    packets = [before + packet[14:] for packet in PACKETS[:5]]
    data = pcap(packets, link_type=link_type) if form == "pcap" else pcapng(packets)
    if form == "pcapng":  # the interface block comes behind the section header's 28 bytes
        data = data[:36] + struct.pack("<H", link_type) + data[38:]
    file.write_bytes(data)
    seen: list[bytes] = []
    with ebpf.load(FILTER, engine="vm") as obj:
        summary = obj.programs["filter"].run_capture(
            file, out=tmp_path / "out.pcap", seen=lambda number, time, packet, verdict: seen.append(packet)
        )
    assert summary.verdicts == {1: 2, 2: 2, 3: 1} and not summary.skipped
    assert {packet[:14] for packet in seen} == {bytes(6) + sender + b"\x08\0"}
    # The filter writes into the fourth one's second byte.
    assert [packet[16:] for packet in seen] == [packet[16:] for packet in PACKETS[:5]]
    written = all_of(tmp_path / "out.pcap")
    assert [time - T0 for _, time, _ in written] == [0, 2000, 3000]
    assert all(original == len(packet) for packet, _, original in written)


def test_a_packet_that_is_none_of_its_links_kind_stays(file: Path) -> None:
    odd = [b"", b"\x10\x00", bytes(3), bytes(15)]
    for link_type in (0, 101, 113, 276):
        file.write_bytes(pcap(odd, link_type=link_type))
        with ebpf.load(FILTER, engine="vm") as obj:
            assert obj.programs["filter"].run_capture(file).packets == 4


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


@pytest.mark.parametrize("form", ["pcap", "pcapng"])
@pytest.mark.parametrize("jit", ["jit", "interpreter"])
def test_what_lies_before_the_cut_of_a_compressed_capture_is_done(
    file: Path, tmp_path: Path, form: str, jit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gzip
    import random

    from ebpf.vm.program import VmProgram

    if jit == "jit":
        pytest.importorskip("llvmlite")
    else:
        monkeypatch.setattr(VmProgram, "batches", lambda program: False)
    pure = random.Random(5)
    packets = [tcp(port, 200)[:-100] + pure.randbytes(100) for port in range(2000)]
    file.write_bytes(gzip.compress({"pcap": pcap, "pcapng": pcapng}[form](packets))[:-5000])
    target = tmp_path / "out.pcap"
    with ebpf.load(FILTER, engine="vm") as obj:
        with pytest.raises(ebpf.CaptureError, match="can't be read to its end") as caught:
            obj.programs["filter"].run_capture(file, out=target)
        assert 1800 < caught.value.summary.packets < 2000  # type: ignore[attr-defined]
        assert caught.value.summary.written == len(all_of(target)) > 0  # type: ignore[attr-defined]


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


@pytest.mark.parametrize(
    ("type_", "verdict", "name", "goes_on"),
    [
        (ProgType.XDP, 1, "XDP_DROP", False),
        (ProgType.XDP, 3, "XDP_TX", True),
        (ProgType.XDP, 99, "(99)", False),
        (ProgType.SCHED_CLS, -1, "TC_ACT_UNSPEC", True),
        (ProgType.SCHED_CLS, 2, "TC_ACT_SHOT", False),
        (ProgType.SCHED_CLS, 77, "(77)", True),
        (ProgType.SOCKET_FILTER, 0, "drop", False),
        (ProgType.SOCKET_FILTER, 40, "keep", True),
        (ProgType.CGROUP_SKB, 0, "drop", False),
    ],
)
def test_verdicts(type_: ProgType, verdict: int, name: str, goes_on: bool) -> None:
    from ebpf.capture.run import name_of, passes

    assert name_of(type_, verdict) == name
    assert passes(type_, verdict) is goes_on


@pytest.mark.parametrize(
    ("packet", "text"),
    [
        (tcp(80), "10.0.0.1:1000 → 10.0.0.2:80 TCP"),
        (udp(), "10.0.0.1:1000 → 10.0.0.2:53 UDP"),
        (PACKETS[5], "[::] → [::] protocol 0"),
        (tcp(80)[:12] + b"\x81\x00\x00\x05" + tcp(80)[12:], "10.0.0.1:1000 → 10.0.0.2:80 TCP"),
        (bytes(12) + b"\x08\x06" + bytes(30), "ARP"),
        (bytes(12) + b"\x12\x34", "type 0x1234"),
        (bytes(12) + b"\x00\x40", "802.3, 64 bytes"),
        (b"abc", "3 bytes"),
    ],
)
def test_a_packet_in_a_few_words(packet: bytes, text: str) -> None:
    assert describe(packet) == text


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def ebpf_exec(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ebpf", "exec", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=ENVIRONMENT, check=False)


def test_the_command(file: Path, tmp_path: Path) -> None:
    file.write_bytes(pcap(PACKETS))
    out = ebpf_exec(str(FILTER), "--pcap", str(file), "--out", str(tmp_path / "out.pcap"))
    assert out.returncode == 0, out.stderr
    assert "filter (xdp, vm): 6 packets" in out.stdout
    assert "XDP_PASS                  3   50.0 %" in out.stdout
    assert "#2 22:13:20.000001 10.0.0.1:1000 → 10.0.0.2:23 TCP" in out.stdout
    assert "4 packets written" in out.stdout and "protocols" in out.stdout
    found = json.loads(ebpf_exec(str(FILTER), "--pcap", str(file), "--json").stdout)
    assert found["verdicts"] == {"XDP_DROP": 2, "XDP_PASS": 3, "XDP_TX": 1}
    assert found["maps"]["protocols"] == [{"key": 6, "value": 4}, {"key": 17, "value": 1}]


def test_the_command_says_what_is_wrong_in_one_line(file: Path, tmp_path: Path) -> None:
    file.write_bytes(pcap(PACKETS)[:-3])
    out = ebpf_exec(str(FILTER), "--pcap", str(file))
    assert out.returncode == 4 and "5 packets" in out.stdout
    assert out.stderr.startswith("ebpf: ") and "is cut off" in out.stderr and out.stderr.count("\n") == 1
    missing = ebpf_exec(str(FILTER), "--pcap", str(tmp_path / "none"))
    assert missing.returncode == 4 and "No such file" in missing.stderr
    probe = ROOT / "examples" / "execve_count" / "kprobe.bpf.c"
    wrong = ebpf_exec(str(probe), "--pcap", str(file))
    assert wrong.returncode == 2 and "has no program for packets" in wrong.stderr


def test_the_command_in_a_pipe(file: Path) -> None:
    """`-` is standard input and standard output; what is said goes to standard error then."""
    command = [sys.executable, "-m", "ebpf", "exec", str(FILTER), "--pcap", "-", "--out", "-", "--first", "0"]
    done = subprocess.run(command, input=pcap(PACKETS), capture_output=True, timeout=120, env=ENVIRONMENT, check=False)
    assert done.returncode == 0 and b"6 packets" in done.stderr
    file.write_bytes(done.stdout)
    assert len(all_of(file)) == 4


CUSTOM = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
__attribute__((section("from-container"), used)) int mine(struct __sk_buff *skb) { skb->mark = skb->ifindex; return 2; }
SEC("cgroup/connect4") int other(struct bpf_sock_addr *ctx) { return bpf_get_current_pid_tgid() != 0; }
SEC("sockops") int third(struct bpf_sock_ops *ops) { return bpf_sock_ops_cb_flags_set(ops, 1); }
char LICENSE[] SEC("license") = "GPL";
"""


def test_what_a_section_does_not_say_type_does(file: Path, tmp_path: Path) -> None:
    """And what else is in the object need not run here: `third` calls what the vm doesn't have."""
    source = tmp_path / "custom.bpf.c"
    source.write_text(CUSTOM)
    file.write_bytes(pcap(PACKETS))
    for type_ in ("tc", "sched_cls", "classifier"):
        done = ebpf_exec(str(source), "--pcap", str(file), "--prog", "mine", "--type", type_)
        assert done.returncode == 0 and "mine (sched_cls, vm): 6 packets" in done.stdout, done.stderr
    assert "TC_ACT_SHOT" in ebpf_exec(str(source), "--pcap", str(file), "--type", "tc").stdout
    for words, status, why in (
        (("--prog", "mine"), 4, "here --type says it"),
        ((), 2, "--type says what a program is whose section doesn't: mine"),
        (("--type", "tcc"), 2, "no kind of program is called 'tcc'; did you mean tc?"),
        (("--prog", "other"), 2, "program other (cgroup_sock_addr) is no program for packets"),
        (("--prog", "min"), 2, "no program 'min'; did you mean mine?"),
    ):
        done = ebpf_exec(str(source), "--pcap", str(file), *words)
        assert done.returncode == status and why in done.stderr and done.stderr.count("\n") == 1, done.stderr
