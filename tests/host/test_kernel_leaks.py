"""Nothing stays behind: descriptors, programs, maps and links are after many cycles what they were before, also when any one
of the system calls on the way fails."""

from __future__ import annotations

import errno
import gc
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from programs import common_maps, count

import ebpf
from ebpf import hooks
from ebpf.events import open_events
from ebpf.kernel import maps
from ebpf.kernel import sys as kernel_sys
from ebpf.kernel.engine import KernelEngine
from ebpf.kernel.info import OBJ
from ebpf.spec import MapSpec, ObjectSpec
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

pytestmark = pytest.mark.host
CYCLES = int(os.environ.get("EBPF_LEAK_CYCLES", "100"))
#: Names of the kernel have 15 bytes: this process's own objects are told by them.
MARK = f"lk{os.getpid()}"
COUNTS = MapSpec(f"{MARK}c", MapType.ARRAY, 4, 8, 1)


def descriptors() -> list[str]:
    found = []
    for name in os.listdir("/proc/self/fd"):
        try:
            found.append(os.readlink(f"/proc/self/fd/{name}"))
        except OSError:
            continue  # the listing's own
    return sorted(found)


def ours() -> list[tuple[str, str]]:
    """(kind, name) of the maps and programs of this test, and links of those programs."""
    found, programs = [], set()
    for kind in ("map", "prog"):
        for info in OBJ[kind]:
            if info["name"].startswith(MARK):
                found.append((kind, info["name"]))
                if kind == "prog":
                    programs.add(info["id"])
    return found + [("link", str(info["id"])) for info in OBJ["link"] if info["prog_id"] in programs]


def settled() -> list[tuple[str, str]]:
    """`ours()`, once the kernel has freed what it frees later."""
    deadline = time.monotonic() + 20
    while (left := ours()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def spec() -> ObjectSpec:
    maps = common_maps(MARK, COUNTS)
    programs = {}
    for number, type_ in enumerate(
        (ProgType.TRACEPOINT, ProgType.RAW_TRACEPOINT, ProgType.KPROBE, ProgType.SOCKET_FILTER)
    ):
        program = count(type_, pid=os.getpid(), name=f"{MARK}{number}")
        programs[program.name] = program
    return ObjectSpec(name="leaks", programs=programs, maps=maps, byte_order=sys.byteorder)


HOOKS = (
    hooks.Tracepoint("syscalls", "sys_enter_getppid"),
    hooks.RawTracepoint("sys_enter"),
    hooks.Uprobe("libc.so.6", "getppid", pid=0),
)


def cycle(whole: ObjectSpec) -> None:
    """Loads, attaches, reads, closes."""
    with ebpf.load(whole, engine="kernel") as obj:
        for program, hook in zip(obj.programs.values(), HOOKS, strict=False):
            program.attach(hook)
        os.getppid()
        obj.maps["counts"].raw.lookup(bytes(4))
        list(obj.maps[f"{MARK}t"].items())
        obj.maps[f"{MARK}d"].memory()
        with open_events(obj.maps[f"{MARK}r"].raw, obj.maps[f"{MARK}p"].raw, pages=1) as events:
            events.read(0)
            events.fileno()


def test_many_cycles_leave_nothing() -> None:
    whole = spec()
    cycle(whole)  # what is opened once and kept (tracefs)
    before = descriptors()
    for _ in range(CYCLES):
        cycle(whole)
    assert descriptors() == before
    assert settled() == []


class Failing:
    """bpf(2) and perf_event_open(2), of which call number `at` fails."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.calls = 0

    def wrap(self, real: Any, call_at: int) -> Any:
        def call(*args: Any, **more: Any) -> Any:
            self.calls += 1
            if self.calls == self.at:
                raise kernel_sys.error(errno.ENOMEM, str(args[call_at]))
            return real(*args, **more)

        return call


def test_an_error_at_each_step_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = spec()
    cycle(whole)
    before = descriptors()
    real = kernel_sys.bpf, kernel_sys.perf_event_open, kernel_sys.ioctl
    failed = 0
    for at in range(1, 200):
        failing = Failing(at)
        monkeypatch.setattr(kernel_sys, "bpf", failing.wrap(real[0], 2))
        monkeypatch.setattr(kernel_sys, "perf_event_open", failing.wrap(real[1], 3))
        monkeypatch.setattr(kernel_sys, "ioctl", failing.wrap(real[2], 3))
        try:
            cycle(whole)
        except (ebpf.EbpfError, OSError):
            failed += 1
        finally:
            monkeypatch.setattr(kernel_sys, "bpf", real[0])
            monkeypatch.setattr(kernel_sys, "perf_event_open", real[1])
            monkeypatch.setattr(kernel_sys, "ioctl", real[2])
        assert descriptors() == before, f"after call {at} failed"
        if failing.calls < at:
            break
    assert failed >= 15
    assert settled() == []


def test_a_map_that_fails_half_made_closes_its_descriptor_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice would close what has that number by then."""

    def refused(spec: MapSpec) -> int:
        raise OSError(errno.EIO, "no CPUs are told")

    before = descriptors()
    monkeypatch.setattr(maps, "user_value_size", refused)
    with KernelEngine() as engine, pytest.raises(OSError, match="no CPUs are told") as caught:
        engine.create_map(COUNTS)
    other = os.open("/dev/null", os.O_RDONLY)
    del caught  # and with it what the frames held
    gc.collect()
    os.fstat(other)
    os.close(other)
    assert descriptors() == before


def test_what_is_dropped_unclosed_is_closed() -> None:
    before = descriptors()
    engine = KernelEngine()
    counts = engine.create_map(COUNTS)
    loaded = engine.load_program(count(ProgType.TRACEPOINT, pid=os.getpid(), name=f"{MARK}x"), {"counts": counts})
    engine.attach(loaded, hooks.Tracepoint("syscalls", "sys_enter_getppid"))
    del engine, counts, loaded
    gc.collect()
    assert descriptors() == before
    assert settled() == []


def test_a_killed_process_leaves_nothing() -> None:
    import signal
    import subprocess

    code = (
        "import sys; sys.path[:0] = %r\n"
        "import test_kernel_leaks as t, ebpf, os\n"
        "t.MARK = %r\n"
        "obj = ebpf.load(t.spec(), engine='kernel')\n"
        "links = [p.attach(h) for p, h in zip(obj.programs.values(), t.HOOKS)]\n"
        "print('ready', flush=True); sys.stdin.read()\n"
    )
    paths = [str(Path(__file__).parent), str(Path(ebpf.__file__).parents[1])]
    child = subprocess.Popen(
        [sys.executable, "-c", code % (paths, MARK)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None and child.stdout.readline() == "ready\n"
    assert len(ours()) >= 10
    child.send_signal(signal.SIGKILL)
    child.communicate(timeout=20)
    assert settled() == []


def test_a_child_after_fork_may_close_its_copy() -> None:
    with KernelEngine() as engine:
        counts = engine.create_map(COUNTS)
        pid = os.fork()
        if not pid:
            counts.update(bytes(4), (9).to_bytes(8, sys.byteorder))
            counts.close()
            os._exit(0)
        os.waitpid(pid, 0)
        assert counts.lookup(bytes(4)) == (9).to_bytes(8, sys.byteorder)
