"""Programs over captures: what they say of each packet, and which packets go on."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest
from captures import FILTER, PACKETS, T0, all_of, pcap, pcapng, tcp

import ebpf
from ebpf import capture
from ebpf.capture.source import Source
from ebpf.uapi.prog_types import ProgType


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
