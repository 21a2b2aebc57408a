"""Maps and events of the kernel engine beside libbpf in C and pylibbpf: `python -m bench --peers maps` as root.

One JSON line a figure: `value` in ns of CPU time of one thread, `of NAME` the ratio to a peer's, measured in the same run, in
turns, on one CPU; medians of the rounds.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "src"))

import peers  # noqa: E402

import ebpf  # noqa: E402

ROUNDS = int(os.environ.get("EBPF_BENCH_ROUNDS", "9"))
COUNT = 20000
ENTRIES = 100000
BIG = 1000000

#: figure → the target: in ns, or as a ratio to a peer.
TARGETS = {
    "array lookup": ("pylibbpf", 1.1),
    "array update": ("pylibbpf", 1.1),
    "hash lookup": ("pylibbpf", 1.1),
    "hash update": ("pylibbpf", 1.1),
    "hash delete": ("pylibbpf", 1.1),
    "map.copy() of 100,000, an item": ("", 280),
    "map.arrays() of 100,000, an item": ("libbpf", 1.1),
    "mapped array of 1,000,000 by NumPy, an entry": ("", 1.3),
    "ring buffer in batches, an event": ("", 8),
    "ring buffer one by one, typed, an event": ("", 160),
    "ring buffer one by one, different lengths, an event": ("", 350),
    "ring buffer in batches, different lengths, an event": ("", 20),
}

Way = Callable[[], float]


def loop(statement: str, count: int, **names: object) -> Way:
    """A function that runs `statement` so many times and gives the ns of one, with nothing around it but the loop."""
    source = (
        "def run(_count):\n"
        "    _start = _clock()\n"
        f"    for i in _range(_count):\n        {statement}\n"
        "    return _clock() - _start"
    )
    space: dict[str, Any] = {"_clock": time.thread_time_ns, "_range": range, **names}
    exec(source, space)
    run: Callable[[int], int] = space["run"]
    return lambda: run(count) / count


def timed(function: Callable[[], object], items: int, before: Callable[[], object] = lambda: None) -> Way:
    def run() -> float:
        before()
        start = time.thread_time_ns()
        kept = function()
        taken = time.thread_time_ns() - start
        del kept
        return taken / items

    return run


class Libbpf:
    """bench/maps_libbpf.c: a round for each line."""

    def __init__(self, program: Path, obj: Path) -> None:
        self.process = subprocess.Popen([program, obj], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def round(self) -> dict[str, float]:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        found = {}
        while (line := self.process.stdout.readline().strip()) != "":
            name, _, value = line.rpartition(" ")
            found[name] = float(value)
        return found


def main() -> None:
    from ebpf import build

    peers.pin_to_a_cpu()
    code = build.compile(HERE / "maps.bpf.c")
    with tempfile.TemporaryDirectory(prefix="ebpf-bench-") as folder:
        path = Path(folder) / "maps.bpf.o"
        path.write_bytes(code)
        program = peers.libbpf("maps_libbpf.c", Path(folder))
        libbpf = Libbpf(program, path) if program is not None else None
        module: Any = peers.pylibbpf()
        theirs: Any = None
        if module is not None:
            theirs = module.BpfObject(str(path))
            theirs.load()
        with ebpf.load(code, engine="kernel") as obj:
            measure(obj, theirs, libbpf)
        if libbpf is not None:
            libbpf.process.communicate()


def measure(obj: ebpf.Object, theirs: Any, libbpf: Libbpf | None) -> None:
    ours = {**scalars(obj), **whole(obj), **events(obj)}
    pylibbpf: dict[str, Way] = {}
    if theirs is not None:
        array, table = theirs["array"], theirs["hash"]
        pylibbpf = {
            "array lookup": loop("m[3]", COUNT, m=array),
            "array update": loop("m[3] = 7", COUNT, m=array),
            "hash update": loop("m[i] = 7", COUNT, m=table),
            "hash lookup": loop("m[i]", COUNT, m=table),
            "hash delete": loop("del m[i]", COUNT, m=table),
            "map.copy() of 100,000, an item": timed(table.items, ENTRIES, lambda: fill_slowly(table)),
        }
    in_c = {
        "map.arrays() of 100,000, an item": "batch lookup",
        "mapped array of 1,000,000 by NumPy, an entry": "mapped array",
        "ring buffer in batches, an event": "ring",
        "ring buffer in batches, different lengths, an event": "varying ring",
    }
    mine: dict[str, list[float]] = {name: [] for name in ours}
    other: dict[str, list[float]] = {name: [] for name in pylibbpf}
    c: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, way in ours.items():
            mine[name].append(way())
            if name in pylibbpf:
                other[name].append(pylibbpf[name]())
        for name, value in (libbpf.round() if libbpf is not None else {}).items():
            c.setdefault(name, []).append(value)
    for name, values in mine.items():
        value = statistics.median(values)
        row: dict[str, object] = {"name": name, "value": round(value, 2), "unit": "ns"}
        for peer, found in (("pylibbpf", other.get(name)), ("libbpf", c.get(in_c.get(name, name)))):
            if found:
                row[peer] = round(statistics.median(found), 2)
                row[f"of {peer}"] = round(value / statistics.median(found), 3)
        if name in TARGETS:
            against, most = TARGETS[name]
            row["target"] = f"{most} of {against}" if against else f"{most} ns"
        print(json.dumps(row), flush=True)


def fill_slowly(table: Any) -> None:
    for number in range(ENTRIES):
        table[number] = number


def fill(table: Any) -> None:
    table.raw.update_batch(
        b"".join(i.to_bytes(8, sys.byteorder) for i in range(ENTRIES)),
        b"".join((i * 7).to_bytes(8, sys.byteorder) for i in range(ENTRIES)),
    )


def scalars(obj: ebpf.Object) -> dict[str, Way]:
    array, table = obj.maps["array"], obj.maps["hash"]
    key = (3).to_bytes(4, sys.byteorder)
    return {
        "array lookup": loop("m[3]", COUNT, m=array),
        "array update": loop("m[3] = 7", COUNT, m=array),
        "hash update": loop("m[i] = 7", COUNT, m=table),
        "hash lookup": loop("m[i]", COUNT, m=table),
        "hash delete": loop("del m[i]", COUNT, m=table),
        "array lookup, bytes": loop("f(k)", COUNT, f=array.raw.lookup, k=key),
    }


def whole(obj: ebpf.Object) -> dict[str, Way]:
    table = obj.maps["hash"]
    memory = obj.maps["shared"].memory()
    assert memory is not None

    def full() -> None:
        fill(table)

    found = {
        "map.copy() of 100,000, an item": timed(table.copy, ENTRIES, full),
        "dict(map.items()) of 100,000, an item": timed(lambda: dict(table.items()), ENTRIES, full),
        "dict(map) of 100,000 (Python asks for each key), an item": timed(lambda: dict(table), ENTRIES, full),
        "batches of bytes of 100,000, an item": timed(lambda: [n for _, _, n in table.raw.chunks()], ENTRIES, full),
        "mapped array of 1,000,000 by memoryview, an entry": timed(lambda: sum(memory.cast("Q")), BIG),
    }
    try:
        import numpy as np
    except ImportError:
        return found
    found["map.arrays() of 100,000, an item"] = timed(table.arrays, ENTRIES, full)
    found["mapped array of 1,000,000 by NumPy, an entry"] = timed(lambda: np.frombuffer(memory, "u8").sum(), BIG)
    return found


def events(obj: ebpf.Object) -> dict[str, Way]:
    packet = bytes(64)
    typed, untyped = obj.events.open("events", type="event"), obj.events["events"]

    def emit(program: str) -> Callable[[], object]:
        raw = obj.programs[program].raw
        return lambda: raw.run(packet, repeat=ENTRIES)

    def take(reader: Any) -> None:
        for _ in islice(reader, ENTRIES):
            pass

    def batches() -> None:
        got = 0
        for batch in typed.batches(0):
            got += int(batch["pid"].sum())
        assert got == ENTRIES, got

    def varying() -> None:
        got = 0
        for batch in typed.batches(0, varying=True):
            got += int(batch.fields["pid"].sum())
        assert got == ENTRIES, got

    one_size, sizes = emit("emit"), emit("emit_varying")
    found = {
        "ring buffer one by one, typed, an event": timed(lambda: take(typed), ENTRIES, one_size),
        "ring buffer one by one, memoryviews, an event": timed(lambda: take(untyped), ENTRIES, one_size),
        "ring buffer one by one, different lengths, an event": timed(lambda: take(untyped), ENTRIES, sizes),
        "ring buffer one by one, different lengths, typed, an event": timed(lambda: take(typed), ENTRIES, sizes),
        "ring buffer by read(), typed, an event": timed(typed.read, ENTRIES, one_size),
    }
    try:
        import numpy  # noqa: F401
    except ImportError:
        return found
    found["ring buffer in batches, an event"] = timed(batches, ENTRIES, one_size)
    found["ring buffer in batches, different lengths, an event"] = timed(varying, ENTRIES, sizes)
    return found


if __name__ == "__main__":
    main()
