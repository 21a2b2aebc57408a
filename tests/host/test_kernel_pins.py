"""Pins in a BPF file system of the test's own, and lines of bpf_printk."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import bpffs
import pytest
from programs import count, program

from ebpf import hooks
from ebpf.asm import Instruction as I
from ebpf.errors import EbpfError, KernelError
from ebpf.kernel import pins, printk, tracefs
from ebpf.kernel.engine import KernelEngine
from ebpf.kernel.links import BpfLink, open_link
from ebpf.kernel.make_map import from_fd
from ebpf.spec import MapSpec
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.host
COUNTS = MapSpec("counts", MapType.ARRAY, 4, 8, 1)


@pytest.fixture
def folder() -> Iterator[str]:
    with bpffs.mounted() as made:
        assert pins.mount(made) is False
        yield made


def value(counts: object) -> int:
    return int.from_bytes(counts.lookup(bytes(4)), sys.byteorder)


def test_an_attachment_outlives_who_made_it(folder: str) -> None:
    with KernelEngine() as engine:
        counts = engine.create_map(COUNTS)
        loaded = engine.load_program(count(P.TRACEPOINT, pid=os.getpid()), {"counts": counts})
        link = engine.attach(loaded, hooks.Tracepoint("syscalls", "sys_enter_getppid"))
        assert isinstance(link, BpfLink)
        try:
            link.pin(f"{folder}/link")
        except KernelError as error:  # links of perf events can be pinned since 5.15
            pytest.skip(str(error))
        loaded.pin(f"{folder}/prog")
        counts.pin(f"{folder}/counts")
        with pytest.raises(KernelError, match=r"the name is taken"):
            counts.pin(f"{folder}/counts")
    assert list(pins.walk(folder)) == [
        (f"{folder}/{name}", kind) for name, kind in (("counts", "map"), ("link", "link"), ("prog", "prog"))
    ]
    for _ in range(5):
        os.getppid()
    fd, kind = pins.open_pin(f"{folder}/counts")
    assert kind == "map"
    again = from_fd(fd)
    assert value(again) == 5
    with open_link(f"{folder}/link") as link:
        assert link.info()["type"] == "perf_event"
    with pytest.raises(EbpfError, match=r"is a map, not a link"):
        open_link(f"{folder}/counts")
    for name in ("link", "prog", "counts"):
        pins.unpin(f"{folder}/{name}")
    # What an unpinned name held is let go a moment later.
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        before = value(again)
        os.getppid()
        if value(again) == before:
            break
        time.sleep(0.02)
    assert value(again) == before
    again.close()
    assert list(pins.walk(folder)) == []


def test_a_map_pinned_by_name_is_shared(folder: str) -> None:
    spec = COUNTS.replace(pinning=True)
    with KernelEngine(folder) as one, KernelEngine(folder) as other:
        first, second = one.create_map(spec), other.create_map(spec)
        first.update(bytes(4), (77).to_bytes(8, sys.byteorder))
        assert value(second) == 77
        with pytest.raises(
            EbpfError, match=r"is another map \(value_size 8 in place of 16, max_entries 1 in place of 3\)"
        ):
            one.create_map(spec.replace(value_size=16, max_entries=3))
        loaded = one.load_program(program(P.SOCKET_FILTER, [I(0xB7, 0, imm=7), I(0x95)]), {})
        loaded.pin(f"{folder}/taken")
        with pytest.raises(EbpfError, match=r"it is a prog, not a map"):
            one.create_map(spec.replace(name="taken"))
    pins.unpin(f"{folder}/counts")
    pins.unpin(f"{folder}/taken")


def test_pins_that_cannot_be(tmp_path: Path) -> None:
    with KernelEngine() as engine:
        counts = engine.create_map(COUNTS)
        with pytest.raises(KernelError, match=r"no BPF file system"):
            counts.pin(str(tmp_path / "x"))
    with pytest.raises(KernelError, match=r"opening the pin"):
        pins.open_pin(str(tmp_path / "x"))
    with pytest.raises(KernelError, match=r"folder doesn't exist"):
        pins.mount(str(tmp_path / "nosuch"))


def test_what_a_program_prints_is_read_from_the_start() -> None:
    """Newer kernels switch the lines on in a work queue after a program is loaded: the reader doesn't leave it to them."""
    event = "events/bpf_trace/bpf_trace_printk/enable"
    fd = tracefs.open_file(event, os.O_WRONLY)
    try:
        os.write(fd, b"0")
    finally:
        os.close(fd)
    with printk.PrintkReader():
        assert tracefs.read(event).startswith("1")


def test_what_a_program_prints_is_read() -> None:
    # bpf_trace_printk("pid %d\n", 8, pid): by a program of this process only, run by hand.
    text = int.from_bytes(b"pid %d\n\0", sys.byteorder)
    code = [
        I(0x18, 1, imm=text),
        I(0x7B, 10, 1, offset=-8),
        I(0xBF, 1, 10),
        I(0x07, 1, imm=-8),
        I(0xB7, 2, imm=8),
        I(0xB7, 3, imm=os.getpid()),
        I(0x85, imm=6),
        I(0xB7, 0, imm=0),
        I(0x95),
    ]
    with KernelEngine() as engine, printk.PrintkReader() as reader:
        loaded = engine.load_program(program(P.SCHED_CLS, code), {})
        loaded.run(bytes(64))
        lines = [line for line in reader.read(5) if line.text == f"pid {os.getpid()}"]
        assert len(lines) == 1
        assert lines[0].pid == os.getpid() and lines[0].time > 0
