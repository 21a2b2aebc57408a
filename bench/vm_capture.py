"""A filter over captures of small packets: `python bench/vm_capture.py [PACKETS…]`. One JSON line a figure.

The capture is generated where $TMPDIR says (on a tmpfs, if the disk isn't to be measured): packets of 64 bytes, two thirds TCP
and one third UDP. Each size runs in a process of its own, so that its peak of memory is its own: twice, the second time
with everything imported and compiled. Memory must not grow with the file.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from jit import PARSE, show

SIZES = (100_000, 1_000_000, 10_000_000)


def generate(path: Path, count: int, pcapng: bool = False) -> None:
    head = bytes(12) + b"\x08\x00\x45\x00\x00\x32" + bytes(5)
    records = []
    for number in range(3000):
        packet = head + bytes([17 if number % 3 == 0 else 6]) + bytes(10) + struct.pack(">HH", 4660, 80 + number % 3)
        packet = packet.ljust(64, b"\0")
        if pcapng:
            records.append(struct.pack("=IIIIIII", 6, 96, 0, 395_000, number, 64, 64) + packet + struct.pack("=I", 96))
        else:
            records.append(struct.pack("=IIII", 1_700_000_000, number, 64, 64) + packet)
    block = b"".join(records)
    with open(path, "wb") as file:
        if pcapng:
            file.write(struct.pack("=IIIHHqI", 0x0A0D0D0A, 28, 0x1A2B3C4D, 1, 0, -1, 28))
            file.write(struct.pack("=IIHHII", 1, 20, 1, 0, 262144, 20))
        else:
            file.write(struct.pack("=IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
        for _ in range(count // 3000):
            file.write(block)
        file.write(b"".join(records[: count % 3000]))


def one(path: str) -> None:
    """In a process of its own: compiles the filter, runs it twice over the file."""
    import ebpf
    from ebpf import build

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "parse.c"
        source.write_text(PARSE)
        spec = ebpf.read(build.compile(source, define=["__bpf__"], cache=False))
    with ebpf.load(spec, engine="vm") as obj:
        program = obj.programs["packet"]
        for _ in range(2):
            cpu, wall = time.process_time(), time.perf_counter()
            summary = program.run_capture(path)
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(
            json.dumps(
                [
                    len(program.spec.instructions),
                    summary.packets,
                    sorted(summary.verdicts.items()),
                    cpu,
                    wall,
                    peak / 1024,
                ]
            )
        )


def main() -> None:
    if len(sys.argv) == 3 and sys.argv[1] == "--one":
        one(sys.argv[2])
        return
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    with tempfile.TemporaryDirectory() as folder:
        for count, pcapng in [*((size, False) for size in sizes), (sizes[-1], True)]:
            path = Path(folder) / "in.pcap"
            generate(path, count, pcapng)
            done = subprocess.run([sys.executable, __file__, "--one", str(path)], check=True, stdout=subprocess.PIPE)
            length, packets, verdicts, cpu, wall, peak = json.loads(done.stdout)
            assert packets == count and sum(number for _, number in verdicts) == count
            name = f"{count} packets of 64 bytes ({'pcapng' if pcapng else 'pcap'}) through {length} instructions"
            show(f"{name}, CPU", cpu, "s")
            show(f"{name}, elapsed", wall, "s")
            show(f"{name}, each", cpu / count * 1e9, "ns CPU")
            show(f"{name}, peak of memory", peak, "MiB")
            path.unlink()


if __name__ == "__main__":
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    main()
