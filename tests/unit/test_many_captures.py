"""A folder of captures over several processes, here and on Dask's workers: merged, the counts of one run. Objects that pickle."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from struct import pack

import pytest

import ebpf
from compiling import compiled

ROOT = Path(__file__).resolve().parents[2]
MAIN = ROOT / "examples" / "many_captures" / "main.py"


def packet(protocol: int, size: int) -> bytes:
    return bytes(12) + b"\x08\x00" + bytes([0x45]) + bytes(8) + bytes([protocol]) + bytes(10) + bytes(size)


@pytest.fixture
def captures(tmp_path: Path) -> Path:
    for number in range(6):
        packets = [packet((1, 6, 17)[n % 3], n * number % 40) for n in range(30 + number)]
        head = pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
        body = [pack("<IIII", 1, n, len(data), len(data)) + data for n, data in enumerate(packets)]
        (tmp_path / f"{number}.pcap").write_bytes(head + b"".join(body))
    return tmp_path


@pytest.fixture
def spec() -> ebpf.ObjectSpec:
    return compiled(MAIN.with_name("protocols.bpf.c"))


def in_one_run(spec: ebpf.ObjectSpec, folder: Path) -> list[str]:
    """What the example prints, from one object that sees every capture."""
    with ebpf.load(spec, engine="vm") as obj:
        for path in sorted(folder.glob("*.pcap")):
            obj.programs["count"].run_capture(path)
        return [
            f"protocol {protocol}: {amount.packets} packets, {amount.bytes} bytes"
            for protocol, amount in sorted(obj.maps["protocols"].items())
        ]


def run(*arguments: str) -> list[str]:
    environment = {"PYTHONPATH": f"{ROOT / 'src'}:{MAIN.parent}", "PATH": "/usr/bin:/bin", "HOME": str(Path.home())}
    done = subprocess.run(
        [sys.executable, str(MAIN), *arguments], capture_output=True, text=True, timeout=250, env=environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_on_the_processors_of_this_machine(captures: Path, spec: ebpf.ObjectSpec) -> None:
    assert run(str(captures)) == in_one_run(spec, captures)


@pytest.fixture
def cluster() -> Iterator[str]:
    """The address of a Dask scheduler with two workers, each a process, on loopback."""
    pytest.importorskip("distributed", reason="Dask is not installed: pip install distributed")
    code = (
        "import sys\n"
        "from distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        "    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, host='127.0.0.1',\n"
        "                      dashboard_address=None, memory_limit=0) as cluster:\n"
        "        print(cluster.scheduler_address, flush=True)\n"
        "        sys.stdin.read()\n"
    )
    import os

    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": ""}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdin and process.stdout
        address = process.stdout.readline().strip()
        assert address.startswith("tcp://127.0.0.1:"), "no cluster"
        try:
            yield address
        finally:
            process.stdin.close()
            process.wait(60)


def test_on_two_workers_of_dask(captures: Path, spec: ebpf.ObjectSpec, cluster: str) -> None:
    assert run(str(captures), "--dask", cluster) == in_one_run(spec, captures)


def test_an_object_goes_to_another_process(spec: ebpf.ObjectSpec) -> None:
    with ebpf.load(spec, engine="vm") as obj:
        obj.programs["count"].run(packet(6, 40))
        for wanted in (False, True):
            obj.engine.pickle_contents = wanted  # type: ignore[attr-defined]
            with pickle.loads(pickle.dumps(obj)) as other:
                assert other.engine is not obj.engine
                other.programs["count"].run(packet(17, 40))
                found = {key: value.packets for key, value in other.maps["protocols"].items()}
                assert found == ({6: 1, 17: 1} if wanted else {17: 1})
        face = pickle.loads(pickle.dumps(obj.maps["protocols"]))
        assert {key: value.packets for key, value in face.items()} == {6: 1}
        assert {key: value.packets for key, value in obj.maps["protocols"].items()} == {6: 1}


def test_global_variables_go_along() -> None:
    spec = compiled(
        "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n"
        "const volatile __u32 step = 2; __u64 seen;\n"
        'SEC("xdp") int p(void *ctx) { seen += step; return 0; }\nchar l[] SEC("license") = "GPL";\n'
    )
    spec.set_variable("step", 5)
    with ebpf.load(spec, engine="vm") as obj:
        obj.engine.pickle_contents = True  # type: ignore[attr-defined]
        obj.programs["p"].run(bytes(64))
        with pickle.loads(pickle.dumps(obj)) as other:
            other.programs["p"].run(bytes(64))
            assert (obj.variables["seen"].value, other.variables["seen"].value) == (5, 10)


def test_counters_merge(captures: Path, spec: ebpf.ObjectSpec, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example's own functions, in this process."""
    monkeypatch.syspath_prepend(str(MAIN.parent))
    import importlib

    example = importlib.import_module("main")
    try:
        paths = sorted(map(str, captures.glob("*.pcap")))
        merged = example.count_all(paths, map)
    finally:
        sys.modules.pop("main", None)
    assert isinstance(merged, Counter)
    assert sum(count for (_, what), count in merged.items() if what == "packets") == sum(30 + n for n in range(6))
