"""`ebpf run --at` and `ebpf prog load --at`: interfaces, cgroups and namespaces by name, with traffic."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hook_places import send

pytestmark = pytest.mark.host
ROOT = Path(__file__).resolve().parents[2]
SOURCE = """
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>
__u64 xdp_packets, in_packets, out_packets, custom_packets, connects;
SEC("xdp") int filter(struct xdp_md *ctx) { __sync_fetch_and_add(&xdp_packets, 1); return XDP_PASS; }
SEC("classifier/ingress") int inward(struct __sk_buff *skb) { __sync_fetch_and_add(&in_packets, 1); return TC_ACT_UNSPEC; }
SEC("tc_egress") int outward(struct __sk_buff *skb) { __sync_fetch_and_add(&out_packets, 1); return TC_ACT_UNSPEC; }
__attribute__((section("from-container"), used)) int custom(struct __sk_buff *skb)
{ __sync_fetch_and_add(&custom_packets, 1); return TC_ACT_OK; }
SEC("cgroup/connect4") int connect4(struct bpf_sock_addr *ctx) { __sync_fetch_and_add(&connects, 1); return 1; }
char LICENSE[] SEC("license") = "GPL";
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "at.bpf.c"
    path.write_text(SOURCE)
    return path


def ebpf(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "ebpf", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )


def wait_for(text: str, *command: str) -> None:
    deadline = time.monotonic() + 60
    while text not in subprocess.run(command, capture_output=True, text=True, check=False).stdout:
        assert time.monotonic() < deadline, f"{text} never came"
        time.sleep(0.02)


def test_an_interface_with_traffic(veth: tuple[str, str], source: Path, cgroup: Path) -> None:
    a, b = veth
    process = ebpf(
        "run", str(source), "--prog-type", "tc", "--at", b, "--at", f"connect4={cgroup}", "--json", "--interval", "0.05"
    )
    try:
        wait_for("pref 2 bpf", "tc", "filter", "show", "dev", b, "ingress")
        send(a, 5)
        send(b, 3)
        assert process.stdout is not None
        deadline = time.monotonic() + 60
        for line in process.stdout:
            found = json.loads(line)["variables"]
            if found["xdp_packets"] >= 5 and found["custom_packets"] >= 5 and found["out_packets"] >= 3:
                break
            assert time.monotonic() < deadline, found
    finally:
        process.terminate()
        errors = process.communicate(timeout=60)[1]
    assert "engine: kernel" in errors and "not attached" not in errors
    for command in (["tc", "qdisc", "show", "dev", b], ["ip", "-d", "link", "show", b]):
        left = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "clsact" not in left and "xdp" not in left


def test_what_is_not_there(veth: tuple[str, str], source: Path) -> None:
    for words, status, why in (
        ([], 8, "section 'xdp' doesn't say where to attach it: an interface (--at eth0) is wanted"),
        (["--at", "eth9"], 8, "there is no network interface 'eth9' in this namespace; there are"),
        (["--at", "filter=b0/driver"], 8, "XDP has no mode 'driver'; there are generic, native, offload"),
        (["--at", "/sys/fs/cgroup/none-of-this-name"], 8, "there is no cgroup /sys/fs/cgroup/none-of-this-name"),
        (["--at", "b0", "--engine", "vm"], 2, "--at is for the kernel"),
    ):
        process = ebpf("run", str(source), "--prog-type", "custom=tc", "--duration", "0.1", *words)
        out, errors = process.communicate(timeout=120)
        assert process.returncode == status and why in errors, (out, errors)
        assert "Traceback" not in errors
    left = subprocess.run(["tc", "qdisc", "show", "dev", "b0"], capture_output=True, text=True, check=True).stdout
    assert "clsact" not in left


def test_pinned_links_stay(veth: tuple[str, str], source: Path) -> None:
    folder = f"/sys/fs/bpf/ebpf-test-at-{os.getpid()}"
    process = ebpf("prog", "load", str(source), folder, "--type", "tc", "--at", f"filter={veth[1]}")
    out, errors = process.communicate(timeout=120)
    try:
        assert process.returncode == 0, errors
        assert f"{folder}/links/0" in out and "not attached: inward, outward, custom, connect4" in errors
        assert (
            "xdp" in subprocess.run(["ip", "link", "show", veth[1]], capture_output=True, text=True, check=True).stdout
        )
    finally:
        shutil.rmtree(folder)
    deadline = time.monotonic() + 60
    while "xdp" in subprocess.run(["ip", "link", "show", veth[1]], capture_output=True, text=True, check=True).stdout:
        assert time.monotonic() < deadline
        time.sleep(0.02)
