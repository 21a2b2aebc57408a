"""fentry, fexit, LSM, tp_btf, freplace and kprobe.multi: what needs a kernel that isn't locked down, with kprobes."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hook_places import inside
from programs import count, program

from ebpf import hooks
from ebpf.asm import Instruction as I
from ebpf.errors import EbpfError, HookError, NotSupported, VerifierError
from ebpf.hooks import Hook
from ebpf.kernel import features
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


def test_what_the_kernel_asks_its_guards_is_answered(engine: KernelEngine) -> None:
    """fmod_ret of a security function, which every kernel lets be changed: no session id for this process."""
    code = [
        I(0x85, imm=14),
        I(0x77, 0, imm=32),
        I(0x56, 0, imm=os.getpid(), offset=2),
        I(0xB7, 0, imm=-1),
        I(0x95),
        I(0xB7, 0, imm=0),
        I(0x95),
    ]
    target = "security_task_getsid"
    spec = program(P.TRACING, code, attach=A.MODIFY_RETURN, target=target, section=f"fmod_ret/{target}")
    loaded = engine.load_program(spec, {})
    session = os.getsid(os.getpid())
    with engine.attach(loaded, hooks.Tracing()), pytest.raises(PermissionError):
        os.getsid(os.getpid())
    assert os.getsid(os.getpid()) == session


def test_a_return_value_is_changed(engine: KernelEngine) -> None:
    """bpf_modify_return_test is there for tests: running a program of it by hand calls it."""
    counts = counts_of(engine)
    target = "bpf_modify_return_test"
    fentry = count(P.TRACING, attach=A.TRACE_FENTRY, target=target, name="entry", section=f"fentry/{target}")
    change = count(P.TRACING, attach=A.MODIFY_RETURN, target=target, result=7, section=f"fmod_ret/{target}")
    try:
        runner = engine.load_program(change.replace(name="runner"), {"counts": counts})
    except VerifierError as error:
        # Before 6.3, or so, only with CONFIG_FUNCTION_ERROR_INJECTION.
        assert RELEASE < (6, 12) and "not modifiable" in str(error)
        return
    changed = engine.load_program(change, {"counts": counts})
    entered = engine.load_program(fentry, {"counts": counts})
    plain = runner.run().retval
    assert value(counts) == 0
    with engine.attach(changed, hooks.Tracing()):
        assert runner.run().retval != plain
        assert value(counts) == 1
        with engine.attach(entered, hooks.Tracing()):
            runner.run()
        assert value(counts) == 3  # the entry is seen though the function itself isn't run
    assert runner.run().retval == plain


def test_a_guard_of_a_cgroup(engine: KernelEngine, cgroup: Path) -> None:
    if "bpf" not in Path("/sys/kernel/security/lsm").read_text():
        pytest.skip("this kernel was not booted with lsm=…,bpf")
    counts = counts_of(engine)

    def binds(times: int) -> None:
        for _ in range(times):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
                one.bind(("127.0.0.1", 0))

    def refused() -> None:
        with pytest.raises(PermissionError):
            binds(1)

    options = {"attach": A.LSM_CGROUP, "target": "socket_bind", "section": "lsm_cgroup/socket_bind"}
    allow = engine.load_program(count(P.LSM, result=1, **options), {"counts": counts})
    refuse = engine.load_program(count(P.LSM, result=0, name="refuse", **options), {"counts": counts})
    with engine.attach(allow, hooks.Cgroup(str(cgroup))):
        inside(cgroup, lambda: binds(5))
        assert value(counts) == 5
        binds(3)  # out of the cgroup
        assert value(counts) == 5
        with engine.attach(refuse, hooks.Cgroup(str(cgroup))):
            inside(cgroup, refused)
    inside(cgroup, lambda: binds(1))
    with pytest.raises(HookError, match=r"guards a cgroup: attach it to one"):
        engine.attach(allow, hooks.Lsm())


def test_an_infrared_receiver(engine: KernelEngine) -> None:
    """The kernel's loop-back device: what is sent comes in. Two pulses of 900 µs, and a space between."""
    if subprocess.run(["modprobe", "rc-loopback"], check=False).returncode or not Path("/dev/lirc0").exists():
        pytest.skip("no module rc-loopback for this kernel")
    if reason := features.prog_type_lacks(P.LIRC_MODE2):
        pytest.skip(reason)
    counts = counts_of(engine)
    loaded = engine.load_program(
        count(P.LIRC_MODE2, word=(0, 0x01000000 | 900), attach=A.LIRC_MODE2), {"counts": counts}
    )
    with engine.attach(loaded, hooks.Lirc("/dev/lirc0")):
        send_pulses()
        wait_for(counts, 2)
    send_pulses()
    time.sleep(0.2)
    assert value(counts) == 2
    with pytest.raises(HookError, match=r"no infrared receiver /dev/lirc9"):
        engine.attach(loaded, hooks.Lirc("/dev/lirc9"))
    with pytest.raises(EbpfError, match=r"/dev/null"):
        engine.attach(loaded, hooks.Lirc("/dev/null"))


def send_pulses() -> None:
    fd = os.open("/dev/lirc0", os.O_WRONLY)
    try:
        os.write(fd, struct.pack("=III", 900, 450, 900))
    finally:
        os.close(fd)


def wait_for(counts: KernelMap, wanted: int) -> None:
    deadline = time.monotonic() + 60
    while value(counts) < wanted and time.monotonic() < deadline:
        time.sleep(0.01)
    assert value(counts) == wanted


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
