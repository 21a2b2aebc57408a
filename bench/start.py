"""From nothing to attached: `python -m bench --peers start` as root.

A fresh process loads an object with seven maps and attaches its program. Measured: the time from starting the process to
attached, the CPU time of the whole process, and the most memory it had (VmHWM). Beside it the bare interpreter, libbpf in C,
pylibbpf, pythonbpf and BCC, as far as they are here; medians of rounds in turn, on one CPU. BCC needs the kernel's headers: where
there are none, BCC_KERNEL_SOURCE names a folder of another kernel's. pythonbpf needs Python 3.12.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "src"))

import peers  # noqa: E402

ROUNDS = int(os.environ.get("EBPF_BENCH_ROUNDS", "15"))

TELL = """
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")), end="", flush=True)
"""
OURS = """
import sys, ebpf
obj = ebpf.load(sys.argv[1], engine="kernel")
obj.attach()
"""
PYLIBBPF = """
import sys, pylibbpf
obj = pylibbpf.BpfObject(sys.argv[1])
obj.load()
obj.attach_all()
"""
#: pythonbpf has hashes only, and compiles its program from Python each time; its program does nothing.
PYTHONBPF = """
from ctypes import c_int64, c_uint64, c_void_p
from pythonbpf import BPF, bpf, bpfglobal, map, section
from pythonbpf.maps import HashMap
{maps}
@bpf
@section("raw_tracepoint/sys_enter")
def count(ctx: c_void_p) -> c_int64:
    return c_int64(0)
@bpf
@bpfglobal
def LICENSE() -> str:
    return "GPL"
b = BPF()
b.load()
b.attach_all()
""".format(
    maps="".join(
        f"@bpf\n@map\ndef m{i}() -> HashMap:\n    return HashMap(key=c_uint64, value=c_uint64, max_entries=1024)\n"
        for i in range(7)
    )
)
BCC = """
from bcc import BPF
TEXT = '''
struct event { u64 time; u32 pid; u32 number; char comm[16]; };
BPF_ARRAY(config, u32, 1024); BPF_HASH(counts, u32, u64, 1024); BPF_HASH(last, u32, struct event, 1024);
BPF_TABLE("lru_hash", u32, u64, recent, 1024); BPF_PERCPU_ARRAY(sums, u64, 1024); BPF_PERCPU_HASH(by_cpu, u32, u64, 1024);
BPF_RINGBUF_OUTPUT(events, 16);
RAW_TRACEPOINT_PROBE(sys_enter)
{
    u32 zero = 0, pid = bpf_get_current_pid_tgid() >> 32, one = 1;
    u32 *wanted = config.lookup(&zero);
    struct event event = {};
    u64 start = 1, *seen;
    if (!wanted || *wanted != pid)
        return 0;
    event.time = bpf_ktime_get_ns();
    event.pid = pid;
    bpf_get_current_comm(event.comm, sizeof(event.comm));
    counts.increment(pid);
    last.update(&pid, &event);
    recent.update(&pid, &start);
    by_cpu.update(&pid, &start);
    seen = sums.lookup(&one);
    if (seen)
        *seen += 1;
    events.ringbuf_output(&event, sizeof(event), 0);
    return 0;
}
'''
b = BPF(text=TEXT)
"""


def run(command: list[str], environment: dict[str, str]) -> tuple[float, float, float] | None:
    """(ms to attached, ms of CPU, MiB) of one start; None if it failed."""
    read, write = os.pipe()
    begun = time.monotonic()
    null = os.open(os.devnull, os.O_WRONLY)
    pid = os.posix_spawn(
        command[0], command, environment,
        file_actions=[(os.POSIX_SPAWN_DUP2, write, 1), (os.POSIX_SPAWN_DUP2, null, 2)],
    )  # fmt: skip
    os.close(write)
    os.close(null)
    with os.fdopen(read) as pipe:
        line = next((line for line in pipe if line.startswith("VmHWM")), "")
    taken = time.monotonic() - begun
    _, status, usage = os.wait4(pid, 0)
    if status or not line:
        return None
    return taken * 1000, (usage.ru_utime + usage.ru_stime) * 1000, int(line.split()[1]) / 1024


def ways(folder: Path) -> dict[str, tuple[list[str], dict[str, str]]]:
    """name → (command, environment) of what can be run here; what can't is said."""
    from ebpf import build

    path = folder / "start.bpf.o"
    path.write_bytes(build.compile(HERE / "start.bpf.c"))
    plain = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    ours = plain | {"PYTHONPATH": str(HERE.parent / "src")}
    theirs = plain | {"PYTHONPATH": peers.folder()}
    found: dict[str, tuple[list[str], dict[str, str]]] = {}

    def script(name: str, text: str, python: str, environment: dict[str, str]) -> None:
        file = folder / f"start_{name.replace(' ', '_')}.py"
        file.write_text(text + TELL)
        found[name] = ([python, str(file), str(path)], environment)

    script("ebpf", OURS, sys.executable, ours)
    script("bare Python", "", sys.executable, plain)
    for name, program in (
        ("libbpf", peers.libbpf("start_libbpf.c", folder)),
        ("cilium/ebpf", peers.go("start_go.go", folder)),
    ):
        if program is not None:
            found[name] = ([str(program), str(path)], plain)
    if peers.folder():
        script("pylibbpf", PYLIBBPF, sys.executable, theirs)
        script("pythonbpf", PYTHONBPF, sys.executable, theirs)
    system = "/usr/bin/python3"
    if os.path.exists(system) and not subprocess.run([system, "-c", "import bcc"], capture_output=True).returncode:
        script("BCC", BCC, system, plain)
    for name, (command, environment) in list(found.items()):
        # Once unmeasured: bytecode and file caches are there for all.
        if run(command, environment) is None:
            made = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            told = [line for line in made.stderr.splitlines() if line.strip()]
            print(json.dumps({"name": f"start, {name}", "skipped": told[-1][:200] if told else "it failed"}))
            del found[name]
    return found


def main() -> None:
    peers.pin_to_a_cpu()
    folder = Path(tempfile.mkdtemp(prefix="ebpf-bench-"))
    try:
        known = ways(folder)
        rows: dict[str, list[tuple[float, float, float]]] = {name: [] for name in known}
        for _ in range(ROUNDS):
            for name, way in known.items():
                row = run(*way)
                if row is not None:
                    rows[name].append(row)
        ours = [statistics.median(column) for column in zip(*rows["ebpf"], strict=True)]
        for name, found in rows.items():
            wall, cpu, memory = (statistics.median(column) for column in zip(*found, strict=True))
            row = {"name": f"start to attached, 7 maps: {name}", "value": round(wall, 1), "unit": "ms"}
            row |= {"cpu ms": round(cpu, 1), "MiB": round(memory, 1)}
            if name != "ebpf":
                row["of"] = round(ours[0] / wall, 2)
                row |= {"of cpu": round(ours[1] / cpu, 2), "of MiB": round(ours[2] / memory, 2)}
            print(json.dumps(row), flush=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
