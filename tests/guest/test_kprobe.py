"""kprobes, in a kernel that has them: what this test's own process tree does is counted exactly."""

from __future__ import annotations

import os
import sys

import pytest

from ebpf.asm import Instruction as I
from ebpf.asm import encode
from ebpf.errors import HookError
from ebpf.hooks import Kprobe, Ksyscall
from ebpf.kernel.engine import KernelEngine
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
