"""Events as they come, 2 million a second for some seconds: `python -m bench live` as root.

A process makes the records by running a program, at a steady rate; another one reads the ring buffer of 16 MiB, woken by the
kernel: ours in batches, libbpf's in C and cilium/ebpf's in Go. Printed: the rate that was reached, how many records were lost,
and the reader's ns of CPU time for each.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "src"))

import peers  # noqa: E402

import ebpf  # noqa: E402

RATE = int(os.environ.get("EBPF_BENCH_RATE", "2000000"))
SECONDS = int(os.environ.get("EBPF_BENCH_SECONDS", "4"))
SLICE = 0.001

OURS = """
import sys, time
import ebpf
from ebpf.events import open_events
from ebpf.kernel import make_map, pins
wanted = int(sys.argv[2])
ring = make_map.from_fd(pins.open_pin(sys.argv[1])[0])
spec = ebpf.read(sys.argv[3])
import numpy
with open_events(ring, btf=spec.btf, type_id=spec.btf.find("event")) as events:
    print("ready", flush=True)
    seen = missing = total = upto = 0
    cpu = time.process_time_ns()
    for batch in events.batches(10):
        seen += len(batch)
        total += int(batch["pid"].sum())
        last = int(batch["number"][-1]) + 1
        missing += last - upto - len(batch)
        upto = last
        del batch
        if upto >= wanted:
            break
    cpu = time.process_time_ns() - cpu
    assert total == seen
    print(seen, missing, cpu / max(seen, 1), flush=True)
"""


def produce(raw: Any, total: int) -> float:
    """Runs the program `total` times, as steadily as a millisecond's slices can; records a second."""
    packet, each = bytes(64), int(RATE * SLICE)
    begun = due = time.monotonic()
    for _ in range(total // each):
        raw.run(packet, repeat=each)
        due += SLICE
        while time.monotonic() < due:
            pass
    return total / (time.monotonic() - begun)


def main() -> None:
    from ebpf import build
    from ebpf.kernel import pins

    total = RATE * SECONDS
    cpus = sorted(os.sched_getaffinity(0))
    with (
        tempfile.TemporaryDirectory(prefix="ebpf-bench-") as folder,
        tempfile.NamedTemporaryFile(suffix=".bpf.o") as file,
    ):
        file.write(build.compile(HERE / "maps.bpf.c"))
        file.flush()
        script = Path(folder) / "reader.py"
        script.write_text(OURS)
        readers = {"ebpf, in batches": [sys.executable, str(script)]}
        for name, program in (
            ("libbpf", peers.libbpf("live_libbpf.c", Path(folder))),
            ("cilium/ebpf", peers.go("live_go.go", Path(folder))),
        ):
            if program is not None:
                readers[name] = [str(program)]
        environment = os.environ | {"PYTHONPATH": str(HERE.parent / "src")}
        for name, command in readers.items():
            with ebpf.load(file.name, engine="kernel") as obj:
                mounted = pins.mount()
                path = f"/sys/fs/bpf/ebpf-bench-{os.getpid()}"
                obj.maps["events"].raw.pin(path)
                try:
                    reader = subprocess.Popen(
                        [*command, path, str(total), file.name], stdout=subprocess.PIPE, text=True, env=environment
                    )
                    assert reader.stdout is not None
                    assert reader.stdout.readline() == "ready\n", name
                    os.sched_setaffinity(reader.pid, {cpus[0]})
                    os.sched_setaffinity(0, {cpus[-1]})
                    rate = produce(obj.programs["emit_live"].raw, total)
                    # Records that were lost come after the last, so that the reader sees as many.
                    deadline = time.monotonic() + 60
                    while reader.poll() is None:
                        obj.programs["emit_live"].raw.run(bytes(64), repeat=1000)
                        time.sleep(0.01)
                        if time.monotonic() > deadline:
                            reader.kill()
                    told = reader.stdout.read().split()
                    if len(told) != 3:
                        print(
                            json.dumps(
                                {"name": f"live: {name}", "skipped": "the reader didn't keep up within a minute"}
                            )
                        )
                        continue
                    seen, missing, ns = told
                finally:
                    os.sched_setaffinity(0, set(cpus))
                    os.unlink(path)
                    if mounted:
                        subprocess.run(["umount", "/sys/fs/bpf"], check=True)
                row = {
                    "name": f"live, {RATE / 1e6:g} M/s: {name}",
                    "value": round(float(ns), 1),
                    "unit": "ns of CPU an event",
                }
                lost = obj.maps["events_lost"][0]
                print(
                    json.dumps(
                        row
                        | {
                            "reached M/s": round(rate / 1e6, 2),
                            "seen": int(seen),
                            "missing": int(missing),
                            "lost": lost,
                        }
                    )
                )


if __name__ == "__main__":
    main()
