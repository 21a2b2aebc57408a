"""Compiled C on the kernel engine: what a compiler writes beside the code reaches the kernel, and comes back typed."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import ebpf
from ebpf import hooks
from ebpf.kernel.info import prog_array
from ebpf.spec import ObjectSpec

pytestmark = pytest.mark.host
ROOT = Path(__file__).resolve().parents[2]
PYTHON = "/usr/bin/python3.11"


@pytest.fixture(scope="module")
def spec() -> ObjectSpec:
    return ebpf.compile(ROOT / "tests" / "bpf" / "everything.bpf.c")


@pytest.fixture
def obj(spec: ObjectSpec) -> Iterator[ebpf.Object]:
    with ebpf.load(spec, engine="kernel", variables={"wanted": os.getpid()}) as loaded:
        yield loaded


def test_what_no_loaded_program_needs_may_be_missing() -> None:
    """A kernel function, and a map of another object; libbpf wants them all."""
    source = """
    #include <linux/bpf.h>
    #include <bpf/bpf_helpers.h>
    extern void bpf_no_such_kfunc(void) __ksym;
    extern struct {
        __uint(type, BPF_MAP_TYPE_HASH);
        __type(key, __u32);
        __type(value, __u32);
        __uint(max_entries, 16);
    } elsewhere SEC(".maps");
    int unused(void *key) { return !bpf_map_lookup_elem(&elsewhere, key); }
    SEC("?tc") int calls(void *ctx) { bpf_no_such_kfunc(); return 0; }
    SEC("xdp_drop") int plain(void *ctx) { return 1; }
    char LICENSE[] SEC("license") = "GPL";
    """
    found = ebpf.compile("missing.bpf.c", text=source)
    with ebpf.load(found, engine="kernel") as obj:
        assert list(obj.programs) == ["plain"] and not obj.maps
        assert obj.programs["plain"].run(bytes(64)).retval == 1
    found.programs["calls"].autoload = True
    with pytest.raises(ebpf.NotSupported, match=r"program calls: the kernel function bpf_no_such_kfunc"):
        ebpf.load(found, engine="kernel")
    used = source.replace(
        'SEC("?tc") int calls(void *ctx) {', 'SEC("tc") int calls(void *ctx) { int k = 0; unused(&k);'
    )
    with pytest.raises(ebpf.ObjectError, match=r"'elsewhere' is a map or variable that the object doesn't define"):
        ebpf.compile("missing.bpf.c", text=used)


def test_types_functions_and_lines_reach_the_kernel(obj: ebpf.Object) -> None:
    program = obj.programs["on_getppid"].raw
    info = program.info()
    assert info["btf_id"] > 0
    assert len(prog_array(program.fd, "func_info")) == 2 * 8  # main and emit()
    assert len(prog_array(program.fd, "line_info")) >= 10 * 16
    assert len(prog_array(program.fd, "xlated_prog_insns")) >= 8 * 30
    ring = obj.maps["events_lost"].raw.info()
    assert ring["btf_value_type_id"] > 0
    assert obj.maps[".rodata"].raw.info()["btf_id"] > 0


def test_events_are_typed(obj: ebpf.Object) -> None:
    with obj.events["events"] as events:
        with obj.programs["on_getppid"].attach():
            for _ in range(1000):
                os.getppid()
        got = events.read()
        assert [event.number for event in got] == list(range(1000))
        assert {(event.pid, event.size) for event in got} == {(os.getpid(), 7)}
        assert got[0].comm == Path("/proc/self/comm").read_text().strip()
        assert events.lost == 0
    assert obj.variables["emitted"].value == 1000


def test_batches_are_typed(obj: ebpf.Object) -> None:
    np = pytest.importorskip("numpy")
    with obj.events["events"] as events, obj.programs["on_getppid"].attach():
        for _ in range(500):
            os.getppid()
        batch = next(events.batches(1))
        assert batch.dtype.names == ("number", "pid", "comm", "size")
        assert batch["number"].tolist() == list(range(500))
        assert not batch.flags.owndata
        assert np.all(batch["pid"] == os.getpid())


def test_events_come_into_asyncio(obj: ebpf.Object) -> None:
    async def main() -> list[int]:
        got = []
        with obj.events["events"] as events:
            asyncio.get_running_loop().call_later(0.01, lambda: [os.getppid() for _ in range(20)])
            async for event in events:
                got.append(event.number)
                if len(got) == 20:
                    return got
        return got

    with obj.programs["on_getppid"].attach():
        assert asyncio.run(main()) == list(range(20))


def test_what_is_lost_is_counted(obj: ebpf.Object) -> None:
    with obj.events["events"] as events:
        with obj.programs["on_getppid"].attach():
            for _ in range(30000):
                os.getppid()
        got = len(events.read())
        assert got == (1 << 20) // 40  # 30 bytes, an 8-byte header, padding
        assert events.lost == 30000 - got


def test_a_storage_of_tasks(obj: ebpf.Object) -> None:
    fd = os.pidfd_open(os.getpid())
    try:
        key = fd.to_bytes(4, sys.byteorder)
        storage = obj.maps["per_task"].raw
        assert storage.lookup(key) is None
        storage.update(key, (5).to_bytes(8, sys.byteorder))
        assert storage.lookup(key) == (5).to_bytes(8, sys.byteorder)
    finally:
        os.close(fd)


def test_a_syscall_program_is_run(obj: ebpf.Object) -> None:
    result = obj.programs["by_hand"].run(context=(37).to_bytes(8, sys.byteorder))
    assert (result.retval, int.from_bytes(result.context, sys.byteorder)) == (3, 42)


def test_arguments_of_usdt(obj: ebpf.Object) -> None:
    if not Path(PYTHON).exists():
        pytest.skip("no binary with USDT probes here")
    code = (
        "import os, sys, gc; gc.disable(); print(flush=True); sys.stdin.read(1)\n"
        "for n in (0, 1, 2): gc.collect(n)\n"
        "os._exit(0)"
    )
    child = subprocess.Popen([PYTHON, "-S", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert child.stdout
        child.stdout.readline()  # its start collects garbage, too
        hook = hooks.Usdt(PYTHON, "python", "gc__start", pid=child.pid)
        try:
            link = obj.programs["on_gc"].attach(hook)
        except ebpf.HookError as error:
            pytest.skip(str(error))
        with link:
            child.communicate(b"x", timeout=30)
        assert obj.variables["generations"].value == 300 + 0 + 1 + 2
    finally:
        child.kill()
        child.wait()


@pytest.mark.parametrize("engine", ["kernel", "vm"])
def test_one_reader_for_both_engines(engine: str) -> None:
    """The same object, the same reader, the same events: those of a program that is run by hand."""
    with ebpf.load(ROOT / "bench" / "maps.bpf.c", engine=engine) as obj:
        assert list(obj.events) == ["events"] and len(obj.events) == 1
        with obj.events.open("events", type="event") as events:
            assert events.read() == []
            obj.programs["emit"].run(bytes(64), repeat=1000)
            got = events.read(1)
            assert [event.number for event in got] == list(range(1000))
            assert {(event.pid, event.size, event.time) for event in got} == {(1, 2, 3)}
            obj.programs["emit"].run(bytes(64), repeat=10)
            assert [event.number for event in got[:0] + events.read(1)] == list(range(1000, 1010))
        with obj.events["events"] as untyped:
            obj.programs["emit"].run(bytes(64))
            event = next(iter(untyped))
            assert (len(event), int.from_bytes(event[:8], sys.byteorder)) == (24, 1010)
        with pytest.raises(KeyError, match=r"no ring buffer or perf buffer 'hash'; there are: events"):
            obj.events["hash"]
        with pytest.raises(ebpf.BtfError, match=r"no type 'nosuch'"):
            obj.events.open("events", type="nosuch")
