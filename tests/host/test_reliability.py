"""What goes wrong while programs run in the kernel: kills, forks, loops closed under a reader, rings that overrun, Ctrl-C.

`soak.py` beside this file runs ten thousand cycles; here it runs a few of each family.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import soak
from programs import count, emit

import ebpf
from ebpf import hooks
from ebpf.errors import Closed
from ebpf.kernel import query
from ebpf.kernel.engine import KernelEngine
from ebpf.spec import MapSpec, ObjectSpec
from ebpf.uapi.attach_types import AttachType as A
from ebpf.uapi.map_types import MapType as M
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.host
ROOT = Path(__file__).resolve().parents[2]
ENV = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
SOAK = ["unshare", "-n", sys.executable, str(ROOT / "tests" / "host" / "soak.py")]
#: How long the ring overruns; a minute was run by hand.
SECONDS = float(os.environ.get("EBPF_OVERRUN_SECONDS", "1"))


def descriptors() -> list[str]:
    fds = [f"/proc/self/fd/{fd}" for fd in os.listdir("/proc/self/fd")]
    return sorted(os.readlink(fd) for fd in fds if os.path.exists(fd))


@pytest.mark.parametrize("arguments", [("--cycles", "39"), ("--cycles", "600", "--errors")], ids=["clean", "errors"])
def test_cycles_of_every_family_leave_nothing(arguments: tuple[str, ...]) -> None:
    done = subprocess.run([*SOAK, *arguments], env=ENV, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    row = json.loads(done.stdout)
    assert row["before"] == row["after"] and {"tracepoint", "raw_tp", "socket"} <= set(row["families"])
    assert row["before"]["maps"] == row["before"]["programs"] == row["before"]["links"] == 0
    if "--errors" in arguments:
        assert row["failed"] > 500


def test_a_killed_process_leaves_nothing_but_what_stays_by_nature() -> None:
    """Every family at once, SIGKILL: links, probes and filters go; what BPF_PROG_ATTACH put on a cgroup goes with the cgroup."""
    mark = f"k{os.getpid()}"
    child = subprocess.Popen(
        [*SOAK, "--hold"], env={**ENV, "EBPF_SOAK_MARK": mark}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    row = json.loads(child.stdout.readline())
    held = soak.ours(f"sk{mark}")
    assert held == row["made"] and held["programs"] == len(row["families"]) and held["maps"] >= 5
    child.kill()
    child.communicate(timeout=60)
    if row["cgroup"]:
        fd = os.open(row["cgroup"], os.O_RDONLY)
        try:
            if "cgroup" in row["families"]:
                assert query.attached(fd, A.CGROUP_INET_EGRESS).prog_ids == ()  # a link
            if "cgroup, multi" in row["families"]:
                assert len(query.attached(fd, A.CGROUP_INET_INGRESS).prog_ids) == 1  # none: it stays, as documented
        finally:
            os.close(fd)
            os.rmdir(row["cgroup"])
    assert soak.settled(f"sk{mark}") == {"maps": 0, "programs": 0, "links": 0}


class Flood:
    """A program that writes 16-byte records as often as it is run, into a small ring."""

    def __init__(self, engine: KernelEngine, room: int = 4096) -> None:
        array = MapSpec("counts", M.ARRAY, 4, 8, 1)
        self.maps = {
            "counts": engine.create_map(array),
            "lost": engine.create_map(array.replace(name="lost")),
            "events": engine.create_map(MapSpec("events", M.RINGBUF, 0, 0, room)),
        }
        self.program = engine.load_program(emit(P.SCHED_CLS, 16), self.maps)

    def write(self, times: int) -> None:
        self.program.run(bytes(64), repeat=times)

    def written(self) -> int:
        data = self.maps["counts"].lookup(bytes(4))
        assert data is not None
        return int.from_bytes(data, sys.byteorder)

    def reader(self) -> Any:
        from ebpf.events import open_events

        return open_events(self.maps["events"], lost=self.maps["lost"])


@pytest.fixture
def flood() -> Iterator[Flood]:
    with KernelEngine() as engine:
        yield Flood(engine)


def test_a_ring_that_overruns_accounts_for_every_record(flood: Flood) -> None:
    """A writer that never waits beside a reader that is too slow: what was read and what was lost is what was written."""
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            flood.write(2000)

    thread = threading.Thread(target=write)
    read: list[int] = []
    total = 0
    with flood.reader() as events:
        thread.start()
        end = time.monotonic() + SECONDS
        try:
            while time.monotonic() < end or not events.lost:
                for event in events.read(0.05):
                    read.append(int.from_bytes(bytes(event[:8]), sys.byteorder))
                if len(read) > 100_000:
                    assert read == sorted(read)
                    total, read = total + len(read), read[-1:]
                    total -= 1
        finally:
            stop.set()
            thread.join()
        for event in events.read(0):
            read.append(int.from_bytes(bytes(event[:8]), sys.byteorder))
        assert read == sorted(set(read))  # in order, none twice
        total += len(read)
        assert events.lost > 0 and events.delivered == events.seen == total
        assert total + events.lost == flood.written()


def test_a_loop_closed_under_a_reader(flood: Flood) -> None:
    """The reader outlives asyncio's loop: another loop, or a plain one, goes on where it was."""
    before = descriptors()
    events = flood.reader()

    async def first() -> list[int]:
        found = []
        async for event in events:
            found.append(int.from_bytes(bytes(event[:8]), sys.byteorder))
            if len(found) == 3:
                return found
        return found

    flood.write(5)
    assert asyncio.run(first()) == [0, 1, 2]
    loop = asyncio.new_event_loop()
    task = loop.create_task(waits_for_ever(events))
    loop.run_until_complete(asyncio.sleep(0))
    task.cancel()
    loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
    loop.close()
    flood.write(2)
    assert [int.from_bytes(bytes(event[:8]), sys.byteorder) for event in events.read(5)][-2:] == [5, 6]

    async def closes() -> None:
        waiting = asyncio.ensure_future(waits_for_ever(events))
        await asyncio.sleep(0)
        events.close()
        try:
            await asyncio.wait_for(waiting, 60)
        except Closed:
            pass  # its loop ends, or says that it was closed

    asyncio.run(closes())
    with pytest.raises(Closed):
        events.read(0)
    gc.collect()
    assert descriptors() == before


async def waits_for_ever(events: Any) -> None:
    async for _ in events:
        pass


def test_a_child_after_fork_closes_its_copy_of_everything() -> None:
    maps = {"counts": MapSpec("counts", M.ARRAY, 4, 8, 1), "events": MapSpec("events", M.RINGBUF, 0, 0, 4096)}
    spec = ObjectSpec(
        name="x",
        maps=maps,
        programs={"count": count(P.RAW_TRACEPOINT, pid=os.getpid()), "filter": count(P.SOCKET_FILTER, result=1)},
        byte_order=sys.byteorder,
    )
    with ebpf.load(spec, engine="kernel") as obj, obj.events["events"] as events, socket.socket() as sock:
        obj.programs["count"].attach(hooks.RawTracepoint("sys_enter"))
        obj.programs["filter"].attach(
            hooks.Socket(sock.fileno())
        )  # no link: a call puts it there, another takes it away
        pid = os.fork()
        if not pid:
            status = 1
            try:
                events.read(0)
                events.close()
                obj.close()
                with pytest.raises(Closed):
                    obj.maps["counts"][0]
                status = 0
            finally:
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        before = int.from_bytes(obj.maps["counts"][0], sys.byteorder)
        os.getppid()
        assert int.from_bytes(obj.maps["counts"][0], sys.byteorder) > before  # it is attached still
        assert events.read(0) == [] and not events.closed
        sock.setsockopt(socket.SOL_SOCKET, 27, 0)  # SO_DETACH_FILTER: ENOENT if the child had taken it away


def test_threads_share_a_map_and_one_closes_it() -> None:
    """Whoever uses a closed map is told so; nobody reads a descriptor that is somebody else's by now."""
    with KernelEngine() as engine:
        from ebpf.objects.map import face

        table = face(engine.create_map(MapSpec("t", M.HASH, 4, 8, 64)))
        for i in range(64):
            table[i] = i
        ended: list[type[BaseException]] = []

        def use() -> None:
            try:
                while True:
                    for i in range(64):
                        table[i]
            except BaseException as error:
                ended.append(type(error))

        threads = [threading.Thread(target=use) for _ in range(4)]
        for thread in threads:
            thread.start()
        table.close()
        with socket.socket(), socket.socket():  # the number may be taken again
            for thread in threads:
                thread.join(60)
        assert ended == [Closed] * 4


def test_ctrl_c_ends_a_run_with_its_last_reading(tmp_path: Path) -> None:
    source = tmp_path / "tick.bpf.c"
    source.write_text(
        "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nint runs;\n"
        f'SEC("tp/syscalls/sys_enter_getppid") int soak_tick(void *c)'
        f"{{ if (bpf_get_current_pid_tgid() >> 32 == {os.getpid()}) runs++; return 0; }}\n"
        'char LICENSE[] SEC("license") = "GPL";\n'
    )
    command = [sys.executable, "-m", "ebpf", "run", "--engine", "kernel", "--json", "--interval", "0.05", str(source)]
    process = subprocess.Popen(command, env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["variables"] == {"runs": 0}
    for _ in range(7):
        os.getppid()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    last = json.loads(out.splitlines()[-1])
    assert process.returncode == 0 and "Traceback" not in err
    assert last["final"] and last["variables"]["runs"] == 7
    deadline = time.monotonic() + 60
    from ebpf.kernel.info import OBJ

    while any(info["name"] == "soak_tick" for info in OBJ["prog"]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(info["name"] == "soak_tick" for info in OBJ["prog"])
