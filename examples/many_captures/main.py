"""A folder of captures, counted by one BPF program in many processes: packets and bytes by IP protocol.

python main.py FOLDER                            on the processors of this machine
python main.py FOLDER --dask tcp://host:8786     on the workers of a Dask cluster, which see the folder by the same name
"""

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import ebpf

SOURCE = Path(__file__).with_name("protocols.bpf.c")


def count(spec: ebpf.ObjectSpec, capture: str) -> Counter[tuple[int, str]]:
    """One capture. The spec comes along by pickle: bytecode, maps, types; no worker needs a compiler."""
    with ebpf.load(spec, engine="vm") as obj:
        obj.programs["count"].run_capture(capture)
        found: Counter[tuple[int, str]] = Counter()
        for protocol, amount in obj.maps["protocols"].items():
            found[protocol, "packets"] = amount.packets
            found[protocol, "bytes"] = amount.bytes
        return found


def count_all(captures: list[str], map_: Any) -> Counter[tuple[int, str]]:
    """All of them, merged; `map_` is the builtin, an executor's or what stands for it."""
    merged: Counter[tuple[int, str]] = Counter()
    for found in map_(partial(count, ebpf.compile(SOURCE)), captures):
        merged.update(found)
    return merged


def on_dask(address: str, captures: list[str]) -> Counter[tuple[int, str]]:
    from distributed import Client

    with Client(address) as client:
        # Workers have ebpf installed, but not this file.
        client.upload_file(__file__)
        return count_all(captures, lambda function, items: client.gather(client.map(function, items, pure=False)))


def main() -> None:
    if len(sys.argv) not in (2, 4) or sys.argv[2:3] not in ([], ["--dask"]):
        sys.exit("main.py: a folder is wanted, and --dask with an address if you like")
    captures = sorted(str(path.resolve()) for path in Path(sys.argv[1]).glob("*.pcap*"))
    if not captures:
        sys.exit(f"main.py: no captures (*.pcap, *.pcapng) in {sys.argv[1]}")
    if len(sys.argv) == 4:
        merged = on_dask(sys.argv[3], captures)
    else:
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
            merged = count_all(captures, pool.map)
    for protocol in sorted({protocol for protocol, _ in merged}):
        print(f"protocol {protocol}: {merged[protocol, 'packets']} packets, {merged[protocol, 'bytes']} bytes")


if __name__ == "__main__":
    # So that workers find `count` by the module's name.
    from main import main as run

    try:
        run()
    except KeyboardInterrupt:
        pass
    except ebpf.EbpfError as error:
        sys.exit(f"main.py: {error}")
