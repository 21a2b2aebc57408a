"""kprobes, in a kernel that has them: what this test's own process tree does is counted exactly."""

from __future__ import annotations

import os
import sys
import threading
import time

import pytest

from ebpf.asm import Instruction as I
from ebpf.asm import encode
from ebpf.errors import Closed, HookError
from ebpf.hooks import Kprobe, Ksyscall
from ebpf.kernel import tracefs
from ebpf.kernel.engine import KernelEngine
from ebpf.kernel.hooks import kprobe_events
from ebpf.kernel.maps import KernelMap
from ebpf.kernel.programs import KernelProgram
from ebpf.spec import MapSpec, ObjectSpec, ProgramSpec, Reference
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

pytestmark = pytest.mark.guest


def counter(pid: int) -> ProgramSpec:
    """`if (current's tgid == pid) counts[0]++`."""
    code = [
        I(0x85, imm=14),  # bpf_get_current_pid_tgid
        I(0x77, 0, imm=32),
        I(0x56, 0, imm=pid, offset=9),
        I(0x62, 10, offset=-4, imm=0),
        I(0xBF, 2, 10),
        I(0x07, 2, imm=-4),
        I(0x18, 1),
        I(0x85, imm=1),  # bpf_map_lookup_elem
        I(0x15, 0, imm=0, offset=2),
        I(0xB7, 1, imm=1),
        I(0xDB, 0, 1),
        I(0xB7, 0, imm=0),
        I(0x95),
    ]
    return ProgramSpec(
        name="counter",
        type=ProgType.KPROBE,
        code=encode(code, sys.byteorder),
        section="kprobe/sys_getppid",
        target="sys_getppid",
        license="GPL",
        references=[Reference(6, "map", "counts")],
    )


def made(engine: KernelEngine) -> tuple[KernelMap, KernelProgram]:
    counts = engine.create_map(MapSpec("counts", MapType.ARRAY, 4, 8, 1))
    return counts, engine.load_program(counter(os.getpid()), {"counts": counts})


def value(counts: KernelMap) -> int:
    data = counts.lookup(bytes(4))
    assert data is not None
    return int.from_bytes(data, sys.byteorder)


@pytest.mark.parametrize(
    "hook",
    [
        Kprobe("sys_getppid"),
        Kprobe("__x64_sys_getppid"),
        Kprobe("sys_getppid", ret=True),
        Ksyscall("getppid"),
        Ksyscall("getppid", ret=True),
        Kprobe("sys_getppid", cookie=7),
        Kprobe("sys_getppid", mode="link"),
        Kprobe("sys_getppid", mode="event"),
        Kprobe("sys_getppid", mode="tracefs"),
        Kprobe("sys_getppid", mode="tracefs", cookie=7),
        Kprobe("sys_getppid", mode="tracefs", ret=True),
        Kprobe("sys_getppid", ret=True, maxactive=8),
    ],
    ids=repr,
)
def test_a_kprobe_counts_exactly(hook: Kprobe | Ksyscall) -> None:
    with KernelEngine() as engine:
        assert engine.lacks(ObjectSpec(programs={"counter": counter(1)})) == [] or hook.cookie
        counts, program = made(engine)
        os.getppid()
        with engine.attach(program, hook):
            for _ in range(23):
                os.getppid()
        os.getppid()
        assert value(counts) == 23
    assert left_overs() == []


def left_overs() -> list[str]:
    # A group has switches of its own beside its probes.
    return [name for name in tracefs.names(f"events/{kprobe_events.GROUP}") if name not in ("enable", "filter")]


def test_an_offset_is_counted() -> None:
    """Behind the first instruction (endbr64 where the kernel has it) or behind the 5 bytes of ftrace: one is a place."""
    counted = 0
    for mode in ("", "tracefs"):
        for offset in (4, 5, 9):
            with KernelEngine() as engine:
                counts, program = made(engine)
                try:
                    link = engine.attach(program, Kprobe("sys_getppid", offset=offset, mode=mode))
                except HookError as error:
                    assert "not the start of an instruction" in str(error)
                    continue
                with link:
                    for _ in range(5):
                        os.getppid()
                assert value(counts) == 5
                counted += 1
    assert counted >= 2
    assert left_overs() == []


def test_maxactive_is_how_many_returns_are_waited_for() -> None:
    """Six calls at once: all are seen with room for 32, not all with room for one."""
    seen = {}
    for room in (32, 1):
        with KernelEngine() as engine:
            counts, program = made(engine)
            with engine.attach(program, Kprobe("sys_clock_nanosleep", ret=True, maxactive=room)):
                threads = [threading.Thread(target=time.sleep, args=(2,)) for _ in range(6)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
            seen[room] = value(counts)
    assert seen[32] == 6
    assert 1 <= seen[1] < 6


def test_what_a_killed_process_left_is_cleared() -> None:
    child = os.fork()
    if not child:
        try:
            engine = KernelEngine()
            _, program = made(engine)
            engine.attach(program, Kprobe("sys_getppid", mode="tracefs"))
            os.kill(os.getpid(), 9)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 9
    left = left_overs()
    assert len(left) == 1 and f"_{child}_" in left[0]
    with KernelEngine() as engine:
        _, program = made(engine)
        deadline = time.monotonic() + 60
        while True:
            with engine.attach(program, Kprobe("sys_getppid", mode="tracefs")):
                now = left_overs()
            # What the dead process had open, the kernel may still be closing.
            if left[0] not in now or time.monotonic() > deadline:
                break
        assert len(now) == 1 and f"_{os.getpid()}_" in now[0]
    assert left_overs() == []


def test_a_failure_leaves_no_probe() -> None:
    with KernelEngine() as engine:
        _, program = made(engine)
        program.close()
        with pytest.raises(Closed):
            engine.attach(program, Kprobe("sys_getppid", mode="tracefs"))
    assert left_overs() == []


def test_a_pin_holds_a_probe_of_tracefs() -> None:
    with KernelEngine() as engine:
        counts, program = made(engine)
        link = engine.attach(program, Kprobe("sys_getppid", mode="tracefs"))
        path = f"/sys/fs/bpf/ebpf-test-{os.getpid()}"
        link.pin(path)
        try:
            link.close()
            os.getppid()
            assert value(counts) == 1
        finally:
            os.unlink(path)
        kprobe_events.take_away(left_overs()[0], 60)
    assert left_overs() == []


@pytest.mark.parametrize(
    ("hook", "message"),
    [
        (Kprobe("sys_getppid", maxactive=8), r"it needs ret=True"),
        (Kprobe("sys_getppid", ret=True, maxactive=5000), r"5000 lies outside 1 to 4096"),
        (Kprobe("sys_getppid", ret=True, maxactive=8, mode="link"), r'only mode="tracefs" has maxactive'),
        (Kprobe("sys_getppid", mode="fast"), r"no mode 'fast'; there are link, event, tracefs"),
        (Kprobe("sys_getppid", ret=True, offset=4), r"a return has no offset"),
        (Kprobe("vfs_raed", mode="tracefs"), r"no function vfs_raed; did you mean .*vfs_read"),
        (Kprobe(""), r"say which function"),
        (Kprobe("vfs_read", offset=-4), r"the offset -4 lies before the function"),
        (Kprobe("vfs_rea*"), r'no function vfs_rea\*; a pattern takes SEC\("kprobe.multi"\)'),
        (Kprobe("qqqqzzzz"), r"no function qqqqzzzz: one that the compiler inlined has no place of its own"),
        (Kprobe("exc_page_fault"), r"doesn't let exc_page_fault be probed"),
        (Ksyscall("getpppid"), r"no system call getpppid; did you mean .*getppid"),
    ],
    ids=repr,
)
def test_wrong_kprobes_are_named(hook: Kprobe | Ksyscall, message: str) -> None:
    with KernelEngine() as engine:
        _, program = made(engine)
        with pytest.raises(HookError, match=message):
            engine.attach(program, hook)
    assert left_overs() == []


def test_a_function_that_is_not_there_is_named_with_likely_ones() -> None:
    with KernelEngine() as engine:
        _, program = made(engine)
        with pytest.raises(HookError, match=r"no function sys_getpid_x"):
            engine.attach(program, Kprobe("sys_getpid_x"))
        with pytest.raises(HookError, match=r"did you mean .*vfs_read"):
            engine.attach(program, Kprobe("vfs_raed"))


def test_an_offset_into_an_instruction_is_refused() -> None:
    with KernelEngine() as engine:
        _, program = made(engine)
        with pytest.raises(HookError, match=r"not the start of an instruction"):
            # A function begins with endbr64 (4 bytes) or the 5 bytes that ftrace writes to: byte 2 is inside of either.
            engine.attach(program, Kprobe("vfs_read", offset=2))
