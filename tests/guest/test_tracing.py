"""fentry, fexit, LSM, tp_btf, freplace and kprobe.multi: what needs a kernel that isn't locked down, with kprobes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "host"))

from programs import count, program

from ebpf import hooks
from ebpf.asm import Instruction as I
from ebpf.errors import HookError, NotSupported
from ebpf.hooks import Hook
from ebpf.kernel import sys as kernel_sys
from ebpf.kernel.engine import KernelEngine
from ebpf.kernel.info import describe
from ebpf.kernel.maps import KernelMap
from ebpf.spec import MapSpec
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.guest
RELEASE = kernel_sys.kernel_release()
GETPGID = "__x64_sys_getpgid"


@pytest.fixture
def engine() -> Iterator[KernelEngine]:
    with KernelEngine() as made:
        yield made


def counts_of(engine: KernelEngine) -> KernelMap:
    return engine.create_map(MapSpec("counts", MapType.ARRAY, 4, 8, 1))


def value(counts: KernelMap) -> int:
    data = counts.lookup(bytes(4))
    assert data is not None
    return int.from_bytes(data, sys.byteorder)


@pytest.mark.parametrize(
    ("attach", "target", "hook"),
    [
        (A.TRACE_FENTRY, GETPGID, hooks.Tracing()),
        (A.TRACE_FEXIT, GETPGID, hooks.Tracing()),
        (A.TRACE_FENTRY, GETPGID, hooks.Tracing(cookie=5)),
    ],
    ids=repr,
)
def test_functions_are_counted_exactly(engine: KernelEngine, attach: A, target: str, hook: Hook) -> None:
    counts = counts_of(engine)
    spec = count(P.TRACING, pid=os.getpid(), attach=attach, target=target, section=f"{attach.label}/{target}")
    loaded = engine.load_program(spec, {"counts": counts})
    os.getpgid(0)
    with engine.attach(loaded, hook) as link:
        assert describe("link", link.fd)["type"] == "tracing"
        for _ in range(19):
            os.getpgid(0)
    os.getpgid(0)
    assert value(counts) == 19


def test_a_typed_tracepoint(engine: KernelEngine) -> None:
    counts = counts_of(engine)
    spec = count(P.TRACING, pid=os.getpid(), attach=A.TRACE_RAW_TP, target="sys_enter", section="tp_btf/sys_enter")
    with engine.attach(engine.load_program(spec, {"counts": counts}), hooks.Tracing()):
        for _ in range(19):
            os.getpgid(0)
    assert value(counts) >= 19


def test_a_function_without_types_is_named_with_likely_ones(engine: KernelEngine) -> None:
    spec = count(P.TRACING, attach=A.TRACE_FENTRY, target="vfs_raed")
    with pytest.raises(HookError, match=r"no function with types vfs_raed; did you mean .*vfs_read"):
        engine.load_program(spec, {"counts": counts_of(engine)})
    with pytest.raises(HookError, match=r"no security hook file_opem; did you mean .*file_open"):
        engine.load_program(count(P.LSM, attach=A.LSM_MAC, target="file_opem"), {"counts": counts_of(engine)})


def test_a_security_hook_refuses(engine: KernelEngine) -> None:
    if "bpf" not in Path("/sys/kernel/security/lsm").read_text():
        pytest.skip("this kernel was not booted with lsm=…,bpf")
    # file_open: -EPERM for this process's reads, 0 for all others
    code = [
        I(0x85, imm=14),
        I(0x77, 0, imm=32),
        I(0x56, 0, imm=os.getpid(), offset=2),
        I(0xB7, 0, imm=-1),
        I(0x95),
        I(0xB7, 0, imm=0),
        I(0x95),
    ]
    spec = program(P.LSM, code, attach=A.LSM_MAC, target="file_open", section="lsm/file_open")
    loaded = engine.load_program(spec, {})
    with engine.attach(loaded, hooks.Lsm()), pytest.raises(PermissionError):
        os.open("/etc/passwd", os.O_RDONLY)
    os.close(os.open("/etc/passwd", os.O_RDONLY))


def test_a_return_value_is_changed(engine: KernelEngine) -> None:
    # bpf_fentry_test/bpf_modify_return_test exist for tests: running any fentry program of them calls it.
    counts = counts_of(engine)
    spec = count(P.TRACING, attach=A.TRACE_FENTRY, target="bpf_fentry_test1", section="fentry/bpf_fentry_test1")
    loaded = engine.load_program(spec, {"counts": counts})
    with engine.attach(loaded, hooks.Tracing()):
        loaded.run()
    assert value(counts) == 1


@pytest.mark.parametrize(
    "hook",
    [
        hooks.KprobeMulti(("sys_getpgid",)),
        hooks.KprobeMulti((GETPGID,), ret=True),
        hooks.KprobeMulti(("__x64_sys_getpgi*",)),
        hooks.KprobeMulti((GETPGID, "__x64_sys_getsid"), cookies=(1, 2)),
    ],
    ids=repr,
)
def test_many_functions_by_one_link(engine: KernelEngine, hook: hooks.KprobeMulti) -> None:
    counts = counts_of(engine)
    spec = count(P.KPROBE, pid=os.getpid(), attach=A.TRACE_KPROBE_MULTI)
    loaded = engine.load_program(spec, {"counts": counts})
    try:
        link = engine.attach(loaded, hook)
    except NotSupported as error:
        pytest.skip(str(error))
    with link:
        for _ in range(19):
            os.getpgid(0)
    os.getpgid(0)
    assert value(counts) == 19


def test_entry_and_return_by_one_program(engine: KernelEngine) -> None:
    counts = counts_of(engine)
    if RELEASE < (6, 10):
        with pytest.raises(NotSupported, match=r"kprobe.session needs Linux 6.10"):
            spec = count(P.KPROBE, attach=A.TRACE_KPROBE_MULTI)
            engine.attach(engine.load_program(spec, {"counts": counts}), hooks.KprobeMulti((GETPGID,), session=True))
        return
    spec = count(P.KPROBE, pid=os.getpid(), attach=A.TRACE_KPROBE_SESSION)
    with engine.attach(engine.load_program(spec, {"counts": counts}), hooks.KprobeMulti((GETPGID,), session=True)):
        for _ in range(10):
            os.getpgid(0)
    assert value(counts) == 20


def test_a_pattern_without_a_function_is_named(engine: KernelEngine) -> None:
    loaded = engine.load_program(count(P.KPROBE, attach=A.TRACE_KPROBE_MULTI), {"counts": counts_of(engine)})
    with pytest.raises((HookError, NotSupported), match=r"nosuchfunction_\*|kprobe.multi"):
        engine.attach(loaded, hooks.KprobeMulti(("nosuchfunction_*",)))
