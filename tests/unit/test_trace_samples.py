"""Samples of the started command by a clock."""

from __future__ import annotations

import os
import struct
import time
from pathlib import Path

import pytest
from trace_host import Host, alive, can_trace, children_of, python, u64

import ebpf
from ebpf.errors import EbpfError, HookError, NotSupported
from ebpf.hooks import Kprobe, PerfEvent
from ebpf.spec import ProgramSpec
from ebpf.vm import trace
from ebpf.vm.trace import machine as machines
from ebpf.vm.trace import ptrace

pytestmark = can_trace
MACHINE = machines.this_machine()

#: Uses the CPU for a time by its own clock, in many places of its code, then sleeps as long: only the first half is sampled.
WORK = "sum(range(1000)); ' '.join(map(str, range(99))); sorted(range(99), key=str); hash(bytes(9999))"
BUSY = f"import time\nwhile time.process_time() < 0.4: {WORK}\ntime.sleep(0.4)"


def test_samples_come_while_it_runs_and_not_while_it_sleeps() -> None:
    host = Host()
    found: list[tuple[int, bytes]] = []
    host.attach(PerfEvent(frequency=100), lambda context, task: found.append((task.pid, context)))
    with trace.spawn(host, python(BUSY)) as process:
        assert process.wait(30) == 0
        assert process.wait_all(10)
        assert process.living == 0
    # 0.4 seconds of CPU are 40 samples; a machine under load gives fewer beats, and starting takes some time, too.
    assert 10 <= len(found) <= 60
    assert {pid for pid, _ in found} == {process.pid}
    contexts = [context for _, context in found]
    assert {len(context) for context in contexts} == {8 * MACHINE.context + 16}
    assert {struct.unpack("=QQ", context[-16:]) for context in contexts} == {(10_000_000, 0)}
    assert len({u64(context, MACHINE.ip) for context in contexts}) > 3
    assert not [pid for pid in children_of(os.getpid()) if alive(pid)]


def test_two_rates_and_system_calls_beside() -> None:
    host = Host()
    fast, slow = host.record(PerfEvent(frequency=200)), host.record(PerfEvent(period=20_000_000))
    calls = host.count(Kprobe("sys_getppid"))
    # It runs until enough has come: how many beats a second holds is the machine's business, not the test's.
    # Between the calls it computes: stopped for its tracer, it is not on a CPU.
    with trace.spawn(host, python("import os\nwhile True:\n os.getppid()\n sum(range(20_000))")) as process:
        deadline = time.monotonic() + 60
        while not (len(slow) >= 5 and 2 * len(slow) < len(fast)) and time.monotonic() < deadline:
            time.sleep(0.02)
        process.close()
    assert len(calls) > 100
    assert len(slow) >= 5
    assert 2 * len(slow) < len(fast)


def test_an_interruption_that_another_stop_stands_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux forgets the stop that was asked for when the thread stops for something else first: here it always does."""
    call = ptrace.call
    monkeypatch.setattr(
        ptrace, "call", lambda request, *rest: 0 if request == ptrace.INTERRUPT else call(request, *rest)
    )
    host = Host()
    taken, calls = host.record(PerfEvent(frequency=1000)), host.count(Kprobe("sys_getppid"))
    with trace.spawn(host, python("import os\nwhile True:\n os.getppid()\n sum(range(2000))")) as process:
        deadline = time.monotonic() + 60
        while len(taken) < 20 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.close()
    assert len(taken) >= 20
    assert len(calls) >= 20


def test_threads_and_children_are_sampled_too() -> None:
    host = Host()
    pids: set[int] = set()
    host.attach(PerfEvent(frequency=200), lambda context, task: pids.add(task.tgid))
    waits = "for pid in pids if all(pids) else []: os.waitpid(pid, 0)"
    code = f"import os\npids = [os.fork() for _ in range(2)]\n{BUSY}\n{waits}"
    with trace.spawn(host, python(code)) as process:
        assert process.wait(30) == 0
        assert process.wait_all(10)
    assert len(pids) == 4


def test_stacks(tmp_path: Path) -> None:
    source = tmp_path / "sample.bpf.c"
    source.write_text(
        "#include <linux/bpf.h>\n#include <linux/bpf_perf_event.h>\n#include <bpf/bpf_helpers.h>\n"
        'char LICENSE[] SEC("license") = "GPL";\n'
        "struct { __uint(type, BPF_MAP_TYPE_STACK_TRACE); __uint(max_entries, 1024); __uint(key_size, 4);"
        ' __uint(value_size, 127 * 8); } stacks SEC(".maps");\n'
        "__u64 samples, good, period;\n"
        'SEC("perf_event") int sample(struct bpf_perf_event_data *ctx) {\n'
        " samples++; period = ctx->sample_period;\n"
        " if ((int)bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK | BPF_F_REUSE_STACKID) >= 0) good++; return 0; }\n"
    )
    with ebpf.load(source, engine="vm") as obj:
        obj.programs["sample"].attach_perf_event(frequency=200)
        with obj.spawn(python(BUSY)) as process:
            assert process.wait(30) == 0
            assert process.notices == []
        assert obj.variables["good"].value == obj.variables["samples"].value
        assert 15 <= obj.variables["samples"].value <= 120
        assert obj.variables["period"].value == 5_000_000


def test_close_ends_the_beat() -> None:
    host = Host()
    host.record(PerfEvent())
    process = trace.spawn(host, ["sleep", "60"])
    time.sleep(0.05)
    began = time.monotonic()
    process.close()
    assert time.monotonic() - began < 10
    assert not [pid for pid in children_of(os.getpid()) if alive(pid)]


@pytest.mark.parametrize(
    ("hook", "error", "said"),
    [
        (PerfEvent(kind="hardware", config="cpu-cycles"), NotSupported, "clocks only"),
        (PerfEvent(config="page-faults"), NotSupported, "clocks only"),
        (PerfEvent(frequency=5000), NotSupported, "1000 at most"),
        (PerfEvent(period=1000), NotSupported, "1000 at most"),
        (PerfEvent(period=1000, frequency=10), HookError, "not both"),
        (PerfEvent(pid=1), NotSupported, "command that it starts"),
        (PerfEvent(cgroup="/sys/fs/cgroup"), NotSupported, "a cgroup in the vm"),
    ],
)
def test_what_cannot_be_sampled(hook: PerfEvent, error: type[EbpfError], said: str) -> None:
    with pytest.raises(error, match=said):
        trace.watched(hook, ProgramSpec("p"))
