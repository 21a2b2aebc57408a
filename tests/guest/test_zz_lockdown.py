"""A kernel that is locked down, as it is booted with lockdown=LEVEL: what is refused says so, and the rest works.

The level can be raised while the kernel runs and never lowered: this file's name is the last, and its tests run in order.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from programs import RETURN_0, count, program

import ebpf
from ebpf import hooks
from ebpf.asm import Instruction as I
from ebpf.kernel import features, privilege
from ebpf.kernel.engine import KernelEngine
from ebpf.kernel.info import OBJ
from ebpf.kernel.printk import PrintkReader
from ebpf.spec import MapSpec, ObjectSpec, ProgramSpec
from ebpf.uapi.map_types import MapType as M
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.guest
FILE = Path("/sys/kernel/security/lockdown")
PROBE_READ_KERNEL, PROBE_WRITE_USER, PROBE_READ_USER = 113, 36, 112


def locked(level: str) -> None:
    if not FILE.exists():
        subprocess.run(["mount", "-t", "securityfs", "securityfs", "/sys/kernel/security"], check=True)
    if level not in privilege.lockdown():
        FILE.write_text(level)
    assert privilege.lockdown() == level


def descriptors() -> list[str]:
    found = []
    for fd in os.listdir("/proc/self/fd"):
        try:
            found.append(os.readlink(f"/proc/self/fd/{fd}"))
        except OSError:
            continue
    return sorted(found)


@pytest.fixture
def engine() -> Iterator[KernelEngine]:
    """Nothing stays of what was refused half way."""
    with pytest.raises(ebpf.HookError), KernelEngine() as warm:  # what is opened once and kept
        warm.attach(warm.load_program(program(P.KPROBE, RETURN_0), {}), hooks.Uprobe("libc.so.6", "nosuchfunction"))
    before, programs = descriptors(), set(OBJ["prog"].ids())
    with KernelEngine() as made:
        yield made
    assert descriptors() == before and set(OBJ["prog"].ids()) <= programs


def calls(helper: int) -> ProgramSpec:
    """helper(stack, 8, 0), which reads or writes 8 bytes."""
    code = [I(0x7A, 10, offset=-8), I(0xBF, 1, 10), I(0x07, 1, imm=-8), I(0xB7, 2, imm=8), I(0xB7, 3, imm=0)]
    if helper == PROBE_WRITE_USER:
        code[3:] = [I(0xBF, 2, 10), I(0x07, 2, imm=-8), I(0xB7, 3, imm=8), I(0xB7, 1, imm=0)]
    return program(P.KPROBE, [*code, I(0x85, imm=helper), I(0xB7, 0, imm=0), I(0x95)], name="calls")


def taken(engine: KernelEngine, helper: int) -> str:
    """What is said when a program that calls it is loaded; "" if it is taken."""
    try:
        engine.load_program(calls(helper), {}).close()
    except ebpf.VerifierError as error:
        assert error.kind == "helper"
        return str(error)
    return ""


def counted(engine: KernelEngine, type_: P, hook: hooks.Hook) -> int:
    counts = engine.create_map(MapSpec("counts", M.ARRAY, 4, 8, 1))
    loaded = engine.load_program(count(type_, pid=os.getpid()), {"counts": counts})
    try:
        with engine.attach(loaded, hook):
            for _ in range(3):
                os.getppid()
        data = counts.lookup(bytes(4))
    finally:
        loaded.close()
        counts.close()
    assert data is not None
    return int.from_bytes(data, sys.byteorder)


PLACES = {
    "kprobe": (P.KPROBE, hooks.Kprobe("sys_getppid")),
    "kprobe, older": (P.KPROBE, hooks.Kprobe("sys_getppid", mode="event")),
    "kprobe by tracefs": (P.KPROBE, hooks.Kprobe("sys_getppid", mode="tracefs")),
    "tracepoint": (P.TRACEPOINT, hooks.Tracepoint("syscalls", "sys_enter_getppid")),
}


def test_integrity(engine: KernelEngine) -> None:
    """Only what writes to other memory is refused."""
    assert taken(engine, PROBE_WRITE_USER) == ""
    locked("integrity")
    assert "the kernel is locked down (integrity), which takes bpf_probe_write_user from" in taken(
        engine, PROBE_WRITE_USER
    )
    assert taken(engine, PROBE_READ_KERNEL) == taken(engine, PROBE_READ_USER) == ""
    for type_, hook in PLACES.values():
        assert counted(engine, type_, hook) == 3
    assert not [row for row in features.table() if row.name == "reading kernel memory" and row.lacks]


def test_confidentiality_takes_reading(engine: KernelEngine) -> None:
    locked("confidentiality")
    assert "the kernel is locked down (confidentiality), which takes bpf_probe_read_kernel" in taken(
        engine, PROBE_READ_KERNEL
    )
    assert taken(engine, PROBE_READ_USER) == ""
    rows = {row.name: row.lacks for row in features.table()}
    for name in ("kprobe", "reading kernel memory"):
        assert "locked down (confidentiality)" in rows[name]
    assert rows["uprobe"] == rows["tracepoint"] == ""


@pytest.mark.parametrize("name", [name for name in PLACES if name != "tracepoint"])
def test_confidentiality_takes_probes(engine: KernelEngine, name: str) -> None:
    locked("confidentiality")
    type_, hook = PLACES[name]
    with pytest.raises(
        ebpf.KernelError, match=r"the kernel is locked down \(confidentiality\), for root too"
    ) as caught:
        counted(engine, type_, hook)
    assert caught.value.errno == errno.EPERM and "\n" not in str(caught.value)


def test_confidentiality_leaves_the_rest(engine: KernelEngine) -> None:
    """Tracepoints, raw or not, user functions, packets and their maps."""
    locked("confidentiality")
    assert counted(engine, *PLACES["tracepoint"]) == 3
    assert counted(engine, P.RAW_TRACEPOINT, hooks.RawTracepoint("sys_enter")) >= 3
    assert counted(engine, P.KPROBE, hooks.Uprobe("libc.so.6", "getppid", pid=0)) == 3
    loaded = engine.load_program(program(P.SCHED_CLS, RETURN_0), {})
    assert loaded.run(bytes(64)).retval == 0


def test_confidentiality_is_why_the_vm_is_chosen(engine: KernelEngine) -> None:
    locked("confidentiality")
    one = program(P.KPROBE, RETURN_0, section="kprobe/sys_getppid")
    spec = ObjectSpec(name="x", programs={one.name: one}, byte_order=sys.byteorder)
    assert engine.lacks(spec) == ["the kernel is locked down (confidentiality): it has no kprobes, for root neither"]
    with ebpf.load(spec) as obj:
        assert obj.engine.name == "vm" and "locked down" in obj.why


def test_confidentiality_takes_printk_and_choosing_functions(engine: KernelEngine) -> None:
    locked("confidentiality")
    with pytest.raises(ebpf.KernelError, match="locked down"):
        PrintkReader()
    if not features._since((5, 18)) and os.environ["EBPF_IN_GUEST"] != "6.1":  # Debian's 6.1 has no fprobe
        loaded = engine.load_program(program(P.KPROBE, RETURN_0, attach=ebpf.AttachType.TRACE_KPROBE_MULTI), {})
        with pytest.raises(ebpf.NotSupported, match="locked down"):
            engine.attach(loaded, hooks.KprobeMulti(("vfs_*",)))
