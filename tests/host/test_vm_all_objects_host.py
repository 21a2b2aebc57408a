"""Every example and test program that BPF_PROG_TEST_RUN takes, on the kernel and in the vm: the same verdicts, packets, maps.

Programs of kinds that have no TEST_RUN are named in LEFT_OUT with the reason; one that is in neither fails the test.
"""

from __future__ import annotations

from pathlib import Path
from struct import pack
from typing import Any

import pytest

import ebpf
from ebpf.errors import KernelError
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

pytestmark = pytest.mark.host
ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    str(path.relative_to(ROOT))
    for path in [*(ROOT / "examples").glob("*/*.bpf.c"), *(ROOT / "tests" / "bpf").glob("**/*.bpf.c")]
)

#: Types of programs that BPF_PROG_TEST_RUN doesn't run.
NO_TEST_RUN = {
    ProgType.TRACEPOINT,
    ProgType.KPROBE,
    ProgType.LSM,
    ProgType.STRUCT_OPS,
    ProgType.EXT,
    ProgType.PERF_EVENT,
    ProgType.CGROUP_SOCK_ADDR,
}
#: Objects and programs that are not compared, and why.
LEFT_OUT: dict[str, str] = {
    "tests/bpf/refused/refused.bpf.c": "its programs are there to be refused",
    "tests/bpf/rules/rules.bpf.c": "programs for the verifier alone, some to be refused",
    "tests/bpf/every_map.bpf.c:trace": "it takes the kernel's own stack",
}
#: Maps of which only this is compared, and why: keys, or values.
IN_PART = {
    "examples/pod_traffic/pod_traffic.bpf.c:by_cgroup": "values",  # the key is the id of a cgroup of this machine's
    "examples/syscall_latency/syscall_latency.bpf.c:latencies": "keys",  # how long it took
}
PACKETS_OF = {
    ProgType.XDP,
    ProgType.SCHED_CLS,
    ProgType.SCHED_ACT,
    ProgType.SOCKET_FILTER,
    ProgType.CGROUP_SKB,
    ProgType.FLOW_DISSECTOR,
}


def packet(i: int) -> bytes:
    """Ethernet, IPv4 (some IPv6), TCP or UDP."""
    payload = bytes(range(i % 40))
    ports = pack(">HH", 1000 + i, 53 if i % 3 else 443)
    if i % 2:
        transport = ports + pack(">IIBBHHH", i, 0, 0x50, 2, 512, 0, 0) + payload
    else:
        transport = ports + pack(">HH", 8 + len(payload), 0) + payload
    if i % 5 == 4:
        network = (
            pack(">IHBB", 6 << 28, len(transport), 6 if i % 2 else 17, 64) + bytes(15) + b"\1" + bytes(15) + bytes([i])
        )
        return bytes(12) + b"\x86\xdd" + network + transport
    network = pack(">BBHHHBBH", 0x45, 0, 20 + len(transport), i, 0, 64, 6 if i % 2 else 17, 0)
    network += bytes([10, 0, i % 4, i]) + bytes([192, 0, 2, i % 7])
    return bytes(12) + b"\x08\x00" + network + transport


PACKETS = [packet(i) for i in range(30)]
TAGGED = [packet(i)[:12] + tags + packet(i)[12:] for i in (1, 4) for tags in (b"\x81\0\0\5", b"\x88\xa8\0\1\x81\0\0\2")]
ODD = [
    b"",
    bytes(13),
    bytes(14),
    bytes(12) + b"\x08\0" + bytes(30),
    bytes(12) + b"\x81\0\0",
    bytes(12) + b"\x86\xdd" + bytes(39),
]
#: What a flow dissector may be given: only `flags` of struct bpf_flow_keys.
FLOW_KEYS = [b"", bytes(48) + pack("=I", 3) + bytes(4), b"\1" + bytes(55)]


def inputs(type_: ProgType) -> list[tuple[bytes, bytes]]:
    """(data, context) of each run."""
    if type_ == ProgType.FLOW_DISSECTOR:
        return [(data, context) for data in PACKETS + TAGGED + ODD for context in FLOW_KEYS]
    if type_ in PACKETS_OF:
        return [(data, b"") for data in PACKETS]
    if type_ == ProgType.RAW_TRACEPOINT:
        return [(b"", pack("=12Q", *(1000 * n + k for k in range(12)))) for n in range(8)]
    return [(b"", bytes(64))]


def before(obj: ebpf.Object) -> None:
    """What the programs need in their maps."""
    if "blocked" in obj.maps:
        raw = obj.maps["blocked"].raw
        size = raw.spec.value_size
        for bits, address in ((32, "c0000203"), (30, "c0000204"), (8, "0b000000")):
            raw.update(pack("=I", bits) + bytes.fromhex(address), bytes([1]) * size)


def seen(source: str, engine: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What each program gives on each input, and what the maps hold then."""
    runs: dict[str, Any] = {}
    with ebpf.load(ROOT / source, engine=engine) as obj:
        before(obj)
        for name, program in obj.programs.items():
            type_ = program.raw.spec.type
            if type_ in NO_TEST_RUN or f"{source}:{name}" in LEFT_OUT:
                continue
            results = []
            for data, context in inputs(type_):
                try:
                    result = program.run(data, context)
                except KernelError as error:
                    results.append(("errno", error.errno))
                else:
                    after = bytes(result.context) if type_ == ProgType.FLOW_DISSECTOR else b""
                    results.append((result.retval & 0xFFFFFFFF, bytes(result.data) if data else b"", after))
            runs[name] = results
        maps = {name: content(map_.raw) for name, map_ in obj.maps.items()}
        for name in maps:
            part = IN_PART.get(f"{source}:{name}")
            if part:
                maps[name] = [key if part == "keys" else value for key, value in maps[name]]
    return runs, maps


def content(raw: Any) -> Any:
    type_ = raw.spec.type
    if type_ in (MapType.QUEUE, MapType.STACK):
        values = []
        while (value := raw.lookup_and_delete(b"")) is not None:
            values.append(value)
        return values
    if type_ in (MapType.RINGBUF, MapType.PERF_EVENT_ARRAY):
        return None  # read by the tests of events
    if type_ in (MapType.ARRAY, MapType.HASH, MapType.LRU_HASH, MapType.LPM_TRIE):
        return sorted(raw.items())
    if type_.name.startswith(("PERCPU_", "LRU_PERCPU")) and "CGROUP" not in type_.name:
        return [(key, sum(value)) for key, value in sorted(raw.items())]
    return None


@pytest.mark.parametrize("source", SOURCES)
def test_the_same_on_both_engines(source: str) -> None:
    if source in LEFT_OUT:
        pytest.skip(LEFT_OUT[source])
    types = {program.type for program in ebpf.compile(ROOT / source).programs.values() if program.autoload}
    if not types - NO_TEST_RUN:
        pytest.skip(f"no TEST_RUN for {', '.join(sorted(type_.name for type_ in types)) or 'what it loads'}")
    kernel, vm = seen(source, "kernel"), seen(source, "vm")
    assert kernel[0] == vm[0]
    assert kernel[1] == vm[1]
    assert kernel[0]
