"""How costs grow: 1 to 1,000 maps and programs, 100 to 10,000,000 entries, 1 to 64 rings: `python -m bench growth` as root.

One JSON line a size, with the cost of one unit: it stays the same (or falls) where growth is linear. CPU time of one thread.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "src"))

import peers  # noqa: E402

import ebpf  # noqa: E402
from ebpf.btf import Int  # noqa: E402
from ebpf.btf.build import Builder  # noqa: E402
from ebpf.engine import RawMap  # noqa: E402
from ebpf.events import open_events  # noqa: E402
from ebpf.kernel.engine import KernelEngine  # noqa: E402
from ebpf.objects.map import face  # noqa: E402

MOST = int(os.environ.get("EBPF_BENCH_ENTRIES", "10000000"))


def cost(function: Callable[[], object], rounds: int = 3) -> float:
    """The least ns of CPU time of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.thread_time_ns()
        kept = function()
        best = min(best, time.thread_time_ns() - start)
        del kept
    return best


def row(name: str, count: int, **values: float) -> None:
    print(
        json.dumps({"name": name, "count": count} | {key: round(value, 2) for key, value in values.items()}), flush=True
    )


def objects() -> None:
    """N maps, and N programs that each use one."""
    from ebpf.asm import assemble, encode

    one = ebpf.MapSpec("m0", ebpf.MapType.ARRAY, 4, 8, 16)
    code = encode(assemble("*(u32 *)(r10 - 4) = 0\nr2 = r10\nr2 += -4\nr0 = 0\nexit"))
    for count in (1, 10, 100, 1000):
        spec = ebpf.ObjectSpec(name="growth")
        for i in range(count):
            spec.maps[f"m{i}"] = one.replace(name=f"m{i}")
            spec.programs[f"p{i}"] = ebpf.ProgramSpec(f"p{i}", ebpf.ProgType.SOCKET_FILTER, code, license="GPL")

        def load_and_close(spec: ebpf.ObjectSpec = spec) -> None:
            ebpf.load(spec, engine="kernel").close()

        load_and_close()
        row("load and close: us for a map and a program", count, us=cost(load_and_close) / count / 1000)


def entries() -> None:
    """A hash of numbers by number, filled and read whole."""
    import numpy as np

    types = Builder([Int("u32", 4), Int("u64", 8)]).btf()
    count = 100
    with KernelEngine() as engine:
        while count <= MOST:
            spec = ebpf.MapSpec("m", ebpf.MapType.HASH, 4, 8, count, btf=types, key_type=1, value_type=2)
            table = face(engine.create_map(spec))
            keys = np.arange(count, dtype="u4")
            values = np.arange(count, dtype="u8")
            put = cost(partial(table.update_arrays, keys, values), 2) / count
            got = cost(table.arrays) / count
            found = {"update_arrays ns": put, "arrays ns": got}
            if count <= 10**6:
                found["copy ns"] = cost(table.copy) / count
            row("hash: ns an entry", count, **found)
            table.close()
            count *= 10


def open_and_close(raws: list[RawMap]) -> None:
    open_events(*raws).close()


def rings() -> None:
    """N ring buffers in one reader, and as many records in each run."""
    from ebpf import build

    code = build.compile(HERE / "maps.bpf.c")
    total = 128000
    for count in (1, 4, 16, 64):
        objects_ = [ebpf.load(code, engine="kernel") for _ in range(count)]
        raws = [obj.maps["events"].raw for obj in objects_]
        btf = objects_[0].spec.btf
        assert btf is not None
        opened = cost(partial(open_and_close, raws)) / count
        event = btf.find("event")
        assert event is not None
        with open_events(*raws, btf=btf, type_id=event) as events:
            best = one = float("inf")
            for _ in range(3):
                for way in ("batches", "one by one"):
                    for obj in objects_:
                        obj.programs["emit"].raw.run(bytes(64), repeat=total // count)
                    start = time.thread_time_ns()
                    if way == "batches":
                        got = sum(len(batch) for batch in events.batches(0))
                        best = min(best, time.thread_time_ns() - start)
                    else:
                        got = 0
                        for _ in events:
                            got += 1
                            if got == total:
                                break
                        one = min(one, time.thread_time_ns() - start)
                    assert got == total, got
        row(
            "rings in one reader", count,
            **{"open us each": opened / 1000, "batches ns an event": best / total, "one by one ns an event": one / total},
        )  # fmt: skip
        for obj in objects_:
            obj.close()


def main() -> None:
    peers.pin_to_a_cpu()
    objects()
    entries()
    rings()


if __name__ == "__main__":
    main()
