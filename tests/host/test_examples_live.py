"""The examples in this machine's kernel: on an interface, a cgroup and a process that the tests made."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import ebpf
from run_example import start

pytestmark = pytest.mark.host
SEND = (
    "import socket\n"
    "server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
    "server.bind(('127.0.0.1', 0))\n"
    "client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
    "for _ in range(10): client.sendto(bytes(100), server.getsockname())"
)


def read_until(process: subprocess.Popen[str], wanted: str) -> str:
    """The first line of output that matches, within a minute."""
    assert process.stdout
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        line = process.stdout.readline()
        if re.search(wanted, line):
            return line
        if not line:
            break
    process.kill()
    raise AssertionError(f"no {wanted!r}; errors: {process.communicate()[1]}")


def end(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def test_pod_traffic(cgroup: Path) -> None:
    inside = ["sh", "-c", f'echo $$ > {cgroup}/cgroup.procs && exec {sys.executable} -S -c "$CODE"']
    with start("pod_traffic", str(cgroup)) as process:
        read_until(process, "CGROUP")  # the head of the table: it is attached
        subprocess.run(inside, env={"CODE": SEND}, check=True)
        line = read_until(process, re.escape(str(cgroup)))
        status, _, err = end(process)
    assert line.split() == ["1280", "10", "1280", "10", str(cgroup)]
    assert (status, err) == (0, "")


def wait_for_a_count(name: str, slot: int) -> None:
    """Until a map of that name has counted in a slot."""
    from ebpf.kernel.info import OBJ

    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        for info in OBJ["map"]:
            if info["name"] == name:
                with ebpf.open_map(info["id"]) as counts:
                    if counts[slot]:
                        return
        time.sleep(0.05)
    raise AssertionError(f"{name}[{slot}] never counted")


def test_malloc_sizes_of_a_process() -> None:
    code = "import ctypes, time\nmalloc = ctypes.CDLL(None).malloc\nwhile True: malloc(0x300000); time.sleep(0.01)"
    with subprocess.Popen([sys.executable, "-S", "-c", code]) as victim:
        try:
            with start("malloc_sizes", str(victim.pid)) as process:
                wait_for_a_count("sizes", 21)
                status, out, err = end(process)
        finally:
            victim.kill()
    assert (status, err) == (0, "")
    assert re.search(r"^ *2097152 bytes and more: \d+$", out, re.M)


@pytest.fixture
def namespace() -> Iterator[tuple[str, ...]]:
    """A network namespace with the two ends a0 and b0 of a cable: what to put before a command that is to run in it."""
    with subprocess.Popen(["unshare", "-n", "sh", "-c", "echo; exec sleep 300"], stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        inside = ("nsenter", "-t", str(holder.pid), "-n")
        try:
            for words in ("add a0 type veth peer name b0", "set a0 up", "set b0 up"):
                subprocess.run([*inside, "ip", "link", *words.split()], check=True)
            yield inside
        finally:
            holder.kill()


def test_xdp_firewall_on_an_interface(namespace: tuple[str, ...]) -> None:
    packets = (
        "import socket\n"
        "sender = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)\n"
        "sender.bind(('a0', 0))\n"
        "for last in range(5):\n"
        "    for network in (b'\\x0a\\0\\0', b'\\xc0\\0\\2'):\n"
        "        sender.send(bytes(12) + b'\\x08\\0\\x45' + bytes(11) + network + bytes([last]) + bytes(30))"
    )
    with start("xdp_firewall", "b0", "10.0.0.0/8", "192.0.2.3", inside=namespace) as process:
        read_until(process, "passed")
        subprocess.run([*namespace, sys.executable, "-S", "-c", packets], check=True)
        line = read_until(process, r"'10.0.0.0/8': 5.*'192.0.2.3/32': 1")
        status, out, err = end(process)
    assert int(line.split()[1].rstrip(",")) >= 4
    assert (status, err) == (0, "")
    assert "10.0.0.0/8: 5 dropped" in out
