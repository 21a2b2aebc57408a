"""Where the tests attach programs: a map that they count in, interfaces in a namespace and a cgroup of the test's own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from programs import count

from ebpf.kernel.engine import KernelEngine
from ebpf.kernel.maps import KernelMap
from ebpf.kernel.programs import KernelProgram
from ebpf.spec import MapSpec
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType as P


class Counted:
    """An engine with a map `counts`, and programs that count in it."""

    def __init__(self) -> None:
        self.engine = KernelEngine()
        self.counts: KernelMap = self.engine.create_map(MapSpec("counts", MapType.ARRAY, 4, 8, 1))

    def load(self, type_: P, **options: object) -> KernelProgram:
        return self.engine.load_program(count(type_, **options), {"counts": self.counts})

    @property
    def value(self) -> int:
        data = self.counts.lookup(bytes(4))
        assert data is not None
        return int.from_bytes(data, sys.byteorder)

    def reset(self) -> None:
        self.counts.update(bytes(4), bytes(8))


@pytest.fixture
def counted() -> Iterator[Counted]:
    made = Counted()
    with made.engine:
        yield made


_PAIR = """link add a0 type veth peer name b0
link set lo up
link set b0 up
link set a0 up
addr add 10.99.0.1/24 dev a0
"""


@pytest.fixture
def veth() -> Iterator[tuple[str, str]]:
    """A pair of interfaces in a new network namespace, which this thread is in meanwhile."""
    back = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        _unshare_network()
        # In this order: an interface that comes up while its peer is down gets its queue later, and drops what it is given.
        subprocess.run(["ip", "-batch", "-"], input=_PAIR, text=True, check=True)
        yield "a0", "b0"
    finally:
        _setns(back)
        os.close(back)


def _unshare_network() -> None:
    import ctypes

    if ctypes.CDLL(None, use_errno=True).unshare(0x40000000):
        raise OSError(ctypes.get_errno(), "unshare")


def _setns(fd: int) -> None:
    import ctypes

    if ctypes.CDLL(None, use_errno=True).setns(fd, 0x40000000):
        raise OSError(ctypes.get_errno(), "setns")


def send(interface: str, packets: int, size: int = 60) -> None:
    """Frames of a protocol of nobody's, out of an interface."""
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as out:
        out.bind((interface, 0))
        for _ in range(packets):
            out.send(b"\xff" * 6 + b"\x02" * 6 + b"\x88\xb5" + bytes(size - 14))


def settled(counted: Counted, wanted: int) -> int:
    deadline = time.monotonic() + 60
    while counted.value < wanted and time.monotonic() < deadline:
        time.sleep(0.005)
    return counted.value


@pytest.fixture
def cgroup() -> Iterator[Path]:
    for root in (Path("/sys/fs/cgroup"), Path("/sys/fs/cgroup/unified")):
        if (root / "cgroup.controllers").exists():
            break
    else:
        pytest.skip("no cgroup v2 here")
    folder = root / f"ebpf-test-{os.getpid()}"
    try:
        folder.mkdir()
    except OSError as error:
        pytest.skip(f"no cgroup can be made here: {error}")
    try:
        yield folder
    finally:
        folder.rmdir()


def inside(cgroup: Path, act: Callable[[], None]) -> None:
    """What `act` does, done by a child of this process in the cgroup."""
    child = os.fork()
    if not child:
        code = 1
        try:
            (cgroup / "cgroup.procs").write_text(str(os.getpid()))
            act()
            code = 0
        except BaseException as error:
            os.write(2, f"{error!r}\n".encode())
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert status == 0, f"what was to be done in the cgroup failed ({status})"
