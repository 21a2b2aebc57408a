"""How quick maps and events of the kernel engine are, beside pylibbpf where it is installed: `python bench/maps.py` as root.

One JSON line a figure: name, value, unit, and `of`, the ratio to the peer measured in the same run, round by round in turn. Each
figure is the best of several rounds, in time of the CPU: what the machine can do, not what else it was doing.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))

import ebpf  # noqa: E402
from ebpf.events import Events  # noqa: E402

ROUNDS = 5


def loop(statement: str, count: int, **names: object) -> Callable[[], float]:
    """A function that runs `statement` so many times and gives the ns of one, with nothing around it but the loop."""
    source = (
        "def run(_count):\n"
        "    _start = _clock()\n"
        f"    for i in _range(_count):\n        {statement}\n"
        "    return _clock() - _start"
    )
    space: dict[str, object] = {"_clock": time.thread_time_ns, "_range": range, **names}
    exec(source, space)
    run: Callable[[int], int] = space["run"]  # type: ignore[assignment]
    return lambda: run(count) / count


def timed(function: Callable[[], object], items: int) -> Callable[[], float]:
    def run() -> float:
        start = time.thread_time_ns()
        function()
        return (time.thread_time_ns() - start) / items

    return run


def compare(name: str, ours: Callable[[], float], peer: Callable[[], float] | None = None, unit: str = "ns") -> None:
    mine, theirs = [], []
    for _ in range(ROUNDS):
        mine.append(ours())
        if peer is not None:
            theirs.append(peer())
    row: dict[str, object] = {"name": name, "value": round(min(mine), 2), "unit": unit}
    if theirs:
        row |= {"peer": round(min(theirs), 2), "of": round(min(mine) / min(theirs), 2)}
    print(json.dumps(row), flush=True)


def main() -> None:
    from ebpf import build

    code = build.compile(HERE / "maps.bpf.c")
    peers: dict[str, object] = {}
    try:
        import pylibbpf

        path = Path(tempfile.mkdtemp()) / "maps.bpf.o"
        path.write_bytes(code)
        theirs = pylibbpf.BpfObject(str(path))
        theirs.load()
        peers = {name: theirs[name] for name in ("array", "hash")}
    except ImportError:
        print('{"note": "pylibbpf is not installed: figures stand alone"}')
    with ebpf.load(code, engine="kernel") as obj:
        scalars(obj, peers)
        whole(obj, peers)
        events(obj)


def scalars(obj: ebpf.Object, peers: dict[str, object]) -> None:
    count = 20000
    array, table = obj.maps["array"], obj.maps["hash"]

    def peer(statement: str, name: str) -> Callable[[], float] | None:
        return loop(statement, count, m=peers[name]) if name in peers else None

    compare("array lookup", loop("m[3]", count, m=array), peer("m[3]", "array"))
    key = (3).to_bytes(4, sys.byteorder)
    compare("array lookup, bytes", loop("f(k)", count, f=array.raw.lookup, k=key))
    compare("array update", loop("m[3] = 7", count, m=array), peer("m[3] = 7", "array"))
    compare("hash update", loop("m[i] = 7", count, m=table), peer("m[i] = 7", "hash"))
    compare("hash lookup", loop("m[i]", count, m=table), peer("m[i]", "hash"))
    for number in range(count, 100000):
        table[number] = number
        if "hash" in peers:
            peers["hash"][number] = number  # type: ignore[index]


def whole(obj: ebpf.Object, peers: dict[str, object]) -> None:
    table = obj.maps["hash"]
    peer = peers.get("hash")
    compare(
        "dict of a hash of 100,000, an item",
        timed(lambda: table.copy(), 100000),
        timed(lambda: peer.items(), 100000) if peer is not None else None,
    )
    compare("raw entries of a hash of 100,000, an item", timed(lambda: list(table.raw.items()), 100000))
    compare("batches of a hash of 100,000, an item", timed(lambda: [n for _, _, n in table.raw.batches(32768)], 100000))
    memory = obj.maps["shared"].memory()
    assert memory is not None
    compare("a mapped array of 1,000,000, an entry", timed(lambda: sum(memory.cast("Q")), 10**6))
    try:
        import numpy as np
    except ImportError:
        return
    compare(
        "a mapped array of 1,000,000 summed by NumPy, an entry", timed(lambda: np.frombuffer(memory, "u8").sum(), 10**6)
    )
    deleting = loop("del m[i]", 100000, m=table)
    compare("hash delete", lambda: refill(table) or deleting())


def refill(table: object) -> None:
    raw = table.raw  # type: ignore[attr-defined]
    raw.update_batch(b"".join(i.to_bytes(8, sys.byteorder) for i in range(100000)), bytes(8 * 100000))


def events(obj: ebpf.Object) -> None:
    program, ring = obj.programs["emit"].raw, obj.maps["events"].raw
    count = 100000
    packet = bytes(64)

    def fill() -> None:
        program.run(packet, repeat=count)

    with obj.events.open("events", type="event") as typed:

        def one_by_one() -> float:
            fill()
            start = time.thread_time_ns()
            for got, _ in enumerate(typed, 1):
                if got == count:
                    break
            return (time.thread_time_ns() - start) / count

        compare("typed events one by one", one_by_one)

        def many() -> float:
            fill()
            start = time.thread_time_ns()
            got = len(typed.read())
            taken = time.thread_time_ns() - start
            assert got == count, got
            return taken / count

        compare("typed events by read()", many)
        try:
            import numpy  # noqa: F401
        except ImportError:
            pass
        else:

            def batches() -> float:
                fill()
                start = time.thread_time_ns()
                got = total = 0
                for batch in typed.batches(0):
                    got += len(batch)
                    total += int(batch["pid"].sum())
                taken = time.thread_time_ns() - start
                assert got == total == count
                return taken / count

            compare("events in NumPy batches, one field summed", batches)
    untyped = Events(ring.rings())
    with untyped:

        def raw_events() -> float:
            fill()
            start = time.thread_time_ns()
            got = len(untyped.read())
            taken = time.thread_time_ns() - start
            assert got == count
            return taken / count

        compare("events of unknown size by read()", raw_events)


if __name__ == "__main__":
    main()
