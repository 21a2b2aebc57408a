"""The examples, unprivileged: on the commands and captures that the tests give them."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from trace_host import can_trace

from run_example import EXAMPLES, run

TWICE = ["sh", "-c", "/bin/true; /bin/true"]


def test_the_page_names_each_of_them() -> None:
    page = (EXAMPLES / "README.md").read_text()
    assert set(re.findall(r"\]\((\w+)/\)", page)) == {folder.name for folder in EXAMPLES.iterdir() if folder.is_dir()}


@can_trace
def test_exec_snoop() -> None:
    status, out, err = run("exec_snoop", *TWICE)
    assert (status, err) == (0, "")
    lines = [line.split() for line in out.splitlines()]
    assert lines[0] == ["PID", "UID", "BY", "PROGRAM"]
    assert [(line[2], line[3]) for line in lines[2:]] == [("sh", "/bin/true")] * 2


@can_trace
def test_syscall_latency() -> None:
    status, out, err = run("syscall_latency", *TWICE)
    assert (status, err) == (0, "")
    calls = dict(re.findall(r"^(\w+): (\d+) calls$", out, re.M))
    assert calls["execve"] == "3"
    slots = re.search(r"^execve: 3 calls\n((?: +\d+ µs .*\n)+)", out, re.M)
    assert slots
    assert sum(int(count) for count in re.findall(r"µs +(\d+) █", slots[1])) == 3


@can_trace
def test_malloc_sizes() -> None:
    status, out, err = run("malloc_sizes", "ls", "-d", "/")
    assert (status, err) == (0, "")
    counts = {int(low): int(count) for low, count in re.findall(r"^ *(\d+) bytes and more: (\d+)$", out, re.M)}
    assert out.startswith("/\n")
    assert sum(counts.values()) > 10
    assert all(low & (low - 1) == 0 for low in counts)


@can_trace
def test_open_guard(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the words")
    status, out, err = run("open_guard", str(secret), "sh", "-c", f"cat {secret}; echo $?; cat {__file__} | head -1")
    assert (status, out.splitlines()[0]) == (0, "1")
    assert "The examples" in out
    assert "Permission denied" in err
    assert err.splitlines()[-1] == "refused 1 times"
    assert run("open_guard", str(secret), "sh", "-c", "exit 7")[0] == 7


def capture(path: Path, sources: list[bytes]) -> None:
    """Ethernet frames with IPv4 headers from these addresses."""
    data = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
    for source in sources:
        packet = bytes(12) + b"\x08\0" + b"\x45" + bytes(11) + source + bytes(4)
        data += struct.pack("<IIII", 0, 0, len(packet), len(packet)) + packet
    path.write_bytes(data)


def test_xdp_firewall_on_a_capture(tmp_path: Path) -> None:
    file = tmp_path / "in.pcap"
    capture(file, [bytes([10, 0, 0, n]) for n in range(30)] + [bytes([192, 0, 2, n]) for n in range(50)])
    status, out, err = run("xdp_firewall", str(file), "10.0.0.0/8", "192.0.2.7")
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "10.0.0.0/8: 30 dropped",
        "192.0.2.7/32: 1 dropped",
        "49 passed",
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["exec_snoop", "no-such-command"], "no-such-command"),
        (["xdp_firewall", "eth0"], "networks to block"),
        (["xdp_firewall", __file__, "10.0.0.0/8"], "test_examples.py"),
        (["xdp_firewall", __file__, "10.0.0.1/8"], "host bits"),
        (["open_guard"], "a FILE to guard"),
        (["malloc_sizes"], "a PID or a COMMAND"),
        (["syscall_latency"], "SECONDS or a COMMAND"),
    ],
    ids=" ".join,
)
def test_what_is_wrong_is_said_in_a_line(words: list[str], message: str) -> None:
    status, _, err = run(*words)
    assert status == 1
    assert err.startswith("main.py: ")
    assert len(err.splitlines()) == 1
    assert message in err
