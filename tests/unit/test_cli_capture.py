"""`ebpf exec --pcap`: a program over a capture, from the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from captures import FILTER, PACKETS, ROOT, all_of, pcap, tcp, udp

from ebpf.cli.exec import describe


@pytest.mark.parametrize(
    ("packet", "text"),
    [
        (tcp(80), "10.0.0.1:1000 → 10.0.0.2:80 TCP"),
        (udp(), "10.0.0.1:1000 → 10.0.0.2:53 UDP"),
        (PACKETS[5], "[::] → [::] protocol 0"),
        (tcp(80)[:12] + b"\x81\x00\x00\x05" + tcp(80)[12:], "10.0.0.1:1000 → 10.0.0.2:80 TCP"),
        (bytes(12) + b"\x08\x06" + bytes(30), "ARP"),
        (bytes(12) + b"\x12\x34", "type 0x1234"),
        (bytes(12) + b"\x00\x40", "802.3, 64 bytes"),
        (b"abc", "3 bytes"),
    ],
)
def test_a_packet_in_a_few_words(packet: bytes, text: str) -> None:
    assert describe(packet) == text


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def ebpf_exec(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ebpf", "exec", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=ENVIRONMENT, check=False)


def test_the_command(file: Path, tmp_path: Path) -> None:
    file.write_bytes(pcap(PACKETS))
    out = ebpf_exec(str(FILTER), "--pcap", str(file), "--out", str(tmp_path / "out.pcap"))
    assert out.returncode == 0, out.stderr
    assert "filter (xdp, vm): 6 packets" in out.stdout
    assert "XDP_PASS                  3   50.0 %" in out.stdout
    assert "#2 22:13:20.000001 10.0.0.1:1000 → 10.0.0.2:23 TCP" in out.stdout
    assert "4 packets written" in out.stdout and "protocols" in out.stdout
    found = json.loads(ebpf_exec(str(FILTER), "--pcap", str(file), "--json").stdout)
    assert found["verdicts"] == {"XDP_DROP": 2, "XDP_PASS": 3, "XDP_TX": 1}
    assert found["maps"]["protocols"] == [{"key": 6, "value": 4}, {"key": 17, "value": 1}]


def test_the_command_says_what_is_wrong_in_one_line(file: Path, tmp_path: Path) -> None:
    file.write_bytes(pcap(PACKETS)[:-3])
    out = ebpf_exec(str(FILTER), "--pcap", str(file))
    assert out.returncode == 4 and "5 packets" in out.stdout
    assert out.stderr.startswith("ebpf: ") and "is cut off" in out.stderr and out.stderr.count("\n") == 1
    missing = ebpf_exec(str(FILTER), "--pcap", str(tmp_path / "none"))
    assert missing.returncode == 4 and "No such file" in missing.stderr
    probe = ROOT / "examples" / "execve_count" / "kprobe.bpf.c"
    wrong = ebpf_exec(str(probe), "--pcap", str(file))
    assert wrong.returncode == 2 and "has no program for packets" in wrong.stderr


def test_the_command_in_a_pipe(file: Path) -> None:
    """`-` is standard input and standard output; what is said goes to standard error then."""
    command = [sys.executable, "-m", "ebpf", "exec", str(FILTER), "--pcap", "-", "--out", "-", "--first", "0"]
    done = subprocess.run(command, input=pcap(PACKETS), capture_output=True, timeout=120, env=ENVIRONMENT, check=False)
    assert done.returncode == 0 and b"6 packets" in done.stderr
    file.write_bytes(done.stdout)
    assert len(all_of(file)) == 4


CUSTOM = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
__attribute__((section("from-container"), used)) int mine(struct __sk_buff *skb) { skb->mark = skb->ifindex; return 2; }
SEC("cgroup/connect4") int other(struct bpf_sock_addr *ctx) { return bpf_get_current_pid_tgid() != 0; }
SEC("sockops") int third(struct bpf_sock_ops *ops) { return bpf_sock_ops_cb_flags_set(ops, 1); }
char LICENSE[] SEC("license") = "GPL";
"""


def test_what_a_section_does_not_say_type_does(file: Path, tmp_path: Path) -> None:
    """And what else is in the object need not run here: `third` calls what the vm doesn't have."""
    source = tmp_path / "custom.bpf.c"
    source.write_text(CUSTOM)
    file.write_bytes(pcap(PACKETS))
    for type_ in ("tc", "sched_cls", "classifier"):
        done = ebpf_exec(str(source), "--pcap", str(file), "--prog", "mine", "--type", type_)
        assert done.returncode == 0 and "mine (sched_cls, vm): 6 packets" in done.stdout, done.stderr
    assert "TC_ACT_SHOT" in ebpf_exec(str(source), "--pcap", str(file), "--type", "tc").stdout
    for words, status, why in (
        (("--prog", "mine"), 4, "here --type says it"),
        ((), 2, "--type says what a program is whose section doesn't: mine"),
        (("--type", "tcc"), 2, "no kind of program is called 'tcc'; did you mean tc?"),
        (("--prog", "other"), 2, "program other (cgroup_sock_addr) is no program for packets"),
        (("--prog", "min"), 2, "no program 'min'; did you mean mine?"),
    ):
        done = ebpf_exec(str(source), "--pcap", str(file), *words)
        assert done.returncode == status and why in done.stderr and done.stderr.count("\n") == 1, done.stderr
