"""Ring and perf buffers of the vm, read by the readers of `ebpf.events`."""

from __future__ import annotations

import threading
from struct import pack, unpack
from typing import Any

import pytest
from vm_code import EXIT, I

from ebpf.asm import encode
from ebpf.events.reader import open_events
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine
from ebpf.vm.program import VmProgram


@pytest.fixture(autouse=True, params=["interpreter", "O0", "O2"])
def code_as(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs are interpreted, or machine code."""
    monkeypatch.setenv("EBPF_CACHE", "off")
    if request.param != "interpreter":
        pytest.importorskip("llvmlite", reason="llvmlite is not installed: pip install 'ebpf[jit]'")
        level = int(request.param[1])
        monkeypatch.setattr(VmProgram, "_warm", lambda program: program.compile(level))


def program(engine: VmEngine, map_: Any) -> Any:
    """Gives its 8-byte context out, by ring buffer or by perf buffer."""
    head = [I(op.LDX | op.MEM | op.DW, 3, 1), I(op.STX | op.MEM | op.DW, 10, 3, -8)]
    if map_.spec.type == MapType.RINGBUF:
        code = [*head, I(op.LDDW, 1, 1), I(op.ALU64 | op.MOV | op.X, 2, 10), I(op.ALU64 | op.ADD, 2, imm=-8),
                I(op.ALU64 | op.MOV, 3, imm=8), I(op.ALU64 | op.MOV, 4), I(op.JMP | op.CALL, imm=130), EXIT]  # fmt: skip
    else:
        code = [*head, I(op.LDDW, 2, 1), I(op.LDDW, 3, imm=0xFFFFFFFF), I(op.ALU64 | op.MOV | op.X, 4, 10),
                I(op.ALU64 | op.ADD, 4, imm=-8), I(op.ALU64 | op.MOV, 5, imm=8), I(op.JMP | op.CALL, imm=25), EXIT]  # fmt: skip
    spec = ProgramSpec("give", ProgType.UNSPEC, encode(code), references=[Reference(2, "map", "m")])
    return engine.load_program(spec, {"m": map_})


def make(type_: MapType, **kwargs: Any) -> tuple[VmEngine, Any, Any]:
    engine = VmEngine(jit=False, cpus=1)
    map_ = engine.create_map(MapSpec("m", type_, *((0, 0, 4096) if type_ == MapType.RINGBUF else (4, 4, 1))))
    return engine, map_, program(engine, map_)


@pytest.mark.parametrize("type_", [MapType.RINGBUF, MapType.PERF_EVENT_ARRAY])
def test_a_reader_sees_every_record_in_order(type_: MapType) -> None:
    """The ring is far smaller than what goes through it, and its reader sleeps in between."""
    engine, map_, give = make(type_)
    wanted = 1500
    with open_events(map_, pages=1) as events:

        def write() -> None:
            number = 0
            while number < wanted:
                if give.run(context=pack("=Q", number)).retval == 0:
                    number += 1

        thread = threading.Thread(target=write)
        thread.start()
        seen: list[int] = []
        while len(seen) < wanted:
            got = events.read(timeout=10)
            assert got, f"nothing came after {len(seen)}"
            seen += [unpack("=Q", bytes(event)[:8])[0] for event in got]
        thread.join()
        assert seen == list(range(wanted))
    engine.close()


def test_discarded_records_are_not_seen() -> None:
    engine, map_, give = make(MapType.RINGBUF)
    with open_events(map_) as events:
        give.run(context=pack("=Q", 1))
        map_.commit(map_.reserve(8), 0, discard=True)
        give.run(context=pack("=Q", 2))
        assert [bytes(event) for event in events.read(timeout=1)] == [pack("=Q", 1), pack("=Q", 2)]
    engine.close()


def test_a_record_that_is_being_written_holds_the_reader_back() -> None:
    engine, map_, give = make(MapType.RINGBUF)
    with open_events(map_) as events:
        address = map_.reserve(8)
        give.run(context=pack("=Q", 2))
        assert events.read(timeout=0.05) == []
        map_.commit(address, 0)
        assert len(events.read(timeout=1)) == 2
    engine.close()


def test_lost_records_are_counted() -> None:
    engine, map_, give = make(MapType.PERF_EVENT_ARRAY)
    with open_events(map_, pages=1) as events:
        results = [give.run(context=pack("=Q", i)).retval for i in range(400)]
        lost = len(results) - results.count(0)
        assert lost > 100
        assert len(events.read(timeout=1)) == results.count(0)
        give.run(context=pack("=Q", 9))
        assert [bytes(event)[:8] for event in events.read(timeout=1)] == [pack("=Q", 9)]
        assert events.lost == lost
    engine.close()


def test_an_overwritten_buffer_keeps_the_newest() -> None:
    engine, map_, give = make(MapType.PERF_EVENT_ARRAY)
    with open_events(map_, pages=1, overwrite=True) as events:
        assert {give.run(context=pack("=Q", i)).retval for i in range(1000)} == {0}
        seen = [unpack("=Q", bytes(event)[:8])[0] for event in events.read(timeout=1)]
        assert seen == list(range(1000 - len(seen), 1000))
        assert len(seen) == 4096 // 24
        give.run(context=pack("=Q", 5))
        assert [bytes(event)[:8] for event in events.read(timeout=1)] == [pack("=Q", 5)]
    engine.close()


def test_user_space_writes_and_the_program_drains() -> None:
    engine = VmEngine(jit=False)
    map_ = engine.create_map(MapSpec("u", MapType.USER_RINGBUF, 0, 0, 4096))
    with map_.writer() as writer:
        assert writer.room == 4096
        assert all(writer.write(bytes(8)) for _ in range(256))
        assert not writer.write(b"")
        assert writer.room == 0
        with pytest.raises(ValueError, match="a record of 5000 bytes"):
            writer.write(bytes(5000))
    engine.close()
