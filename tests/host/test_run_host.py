"""`ebpf run` on the kernel engine, from end to end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.host

UID = 61236
SOURCE = f"""
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
char LICENSE[] SEC("license") = "GPL";
struct {{
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH); __uint(max_entries, 64); __type(key, __u64); __type(value, __u64);
}} seen SEC(".maps");
struct event {{ int pid; char comm[16]; }};
struct event *unused __attribute__((unused)); /* or clang leaves its type out */
struct {{ __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); }} events SEC(".maps");
__u64 total;
SEC("tp/syscalls/sys_enter_chdir") int p(void *ctx)
{{
	__u64 key = bpf_get_current_uid_gid() & 0xffffffff, one = 1, *found;
	struct event e = {{ .pid = bpf_get_current_pid_tgid() >> 32 }};

	if (key != {UID})
		return 0;
	__sync_fetch_and_add(&total, 1);
	bpf_get_current_comm(e.comm, sizeof(e.comm));
	bpf_ringbuf_output(&events, &e, sizeof(e), 0);
	found = bpf_map_lookup_elem(&seen, &key);
	if (found)
		++*found;
	else
		bpf_map_update_elem(&seen, &key, &one, BPF_ANY);
	return 0;
}}
"""
COMMAND = ["setpriv", f"--reuid={UID}", "--clear-groups", "sh", "-c", "cd /; cd /tmp; cd /nowhere; cd /; exit 5"]


@pytest.mark.parametrize("engine", ["kernel", "vm"])
def test_the_same_on_both_engines(engine: str, tmp_path: Path) -> None:
    if os.getuid():
        pytest.skip("needs root")
    source = tmp_path / "chdir.bpf.c"
    source.write_text(SOURCE)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "ebpf",
            "run",
            "--engine",
            engine,
            "--json",
            "--type",
            "event",
            str(source),
            "--",
            *COMMAND,
        ],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")},
    )
    assert done.returncode in (5, 6), done.stderr
    if done.returncode == 6:
        pytest.skip(done.stderr.splitlines()[-1])
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    events, last = [line["event"] for line in lines if "event" in line], lines[-1]
    assert last["engine"] == engine
    assert last["command"]["status"] == 5
    assert last["variables"] == {"total": 4, "unused": 0}
    assert [(entry["key"], sum(entry["value"])) for entry in last["maps"]["seen"]] == [(UID, 4)]
    assert [event["comm"] for event in events] == ["sh"] * 4
    assert {event["pid"] for event in events} == {last["command"]["pid"]}
