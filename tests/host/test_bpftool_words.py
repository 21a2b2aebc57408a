"""The same words to bpftool and to us: the same maps afterwards."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bpffs
import pytest
from commands import run as ours
from programs import RETURN_0, emit, program

from ebpf.kernel.engine import KernelEngine
from ebpf.spec import MapSpec
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

pytestmark = pytest.mark.host

TOOL = shutil.which("bpftool") or "/usr/sbin/bpftool"


def ebpf(*arguments: str) -> str:
    code, out, err = ours(*arguments)
    assert code == 0, (arguments, err)
    return out


def theirs(*arguments: str) -> int:
    return subprocess.run([TOOL, *arguments], capture_output=True, timeout=60).returncode


@pytest.fixture(scope="module")
def folder() -> Iterator[str]:
    if not os.path.exists(TOOL):
        pytest.skip("no bpftool here")
    with bpffs.mounted() as made:
        yield made


@pytest.mark.parametrize(
    ("made", "steps"),
    [
        ("type hash key 4 value 8 entries 4", [
            "update MAP key 1 0 0 0 value 2 0 0 0 0 0 0 0",
            "update MAP key hex 1 0 0 0 value hex 3 0 0 0 0 0 0 ff exist",
            "update MAP key 0x02 0x00 0 0 value 0x10 0 0 0 0 0 0 1 noexist",
            "update MAP key 2 0 0 0 value 9 0 0 0 0 0 0 0 noexist",
            "update MAP key 3 0 0 0 value 9 0 0 0 0 0 0 0 exist",
            "update MAP key 4 0 0 0 value 4 0 0 0 0 0 0 0 any",
            "lookup MAP key 4 0 0 0",
            "lookup MAP key hex 4 0 0 0",
            "lookup MAP key 5 0 0 0",
            "getnext MAP",
            "getnext MAP key 9 9 9 9",
            "delete MAP key hex 04 00 00 00",
            "delete MAP key 7 0 0 0",
            "update MAP key 1 0 0 value 1 0 0 0 0 0 0 0",
        ]),
        ("type array key 4 value 4 entries 2", [
            "update MAP key 1 0 0 0 value 7 0 0 0",
            "update MAP key 2 0 0 0 value 7 0 0 0",
            "delete MAP key 1 0 0 0",
            "freeze MAP",
            "update MAP key 0 0 0 0 value 7 0 0 0",
        ]),
        ("type percpu_array key 4 value 8 entries 1", ["update MAP key 0 0 0 0 value 1 0 0 0 0 0 0 0"]),
        ("type lpm_trie key 8 value 4 entries 4 flags 1", [
            "update MAP key 8 0 0 0 10 0 0 0 value 1 0 0 0", "lookup MAP key 32 0 0 0 10 1 2 3",
        ]),
    ],
    ids=["hash", "array", "percpu_array", "lpm_trie"],
)  # fmt: skip
def test_the_same_words_do_the_same(folder: str, made: str, steps: list[str]) -> None:
    kind = made.split()[1]
    mine, other = f"{folder}/{kind}_mine", f"{folder}/{kind}_other"
    ebpf("map", "create", mine, *made.split(), "name", "words")
    assert theirs("map", "create", other, *made.split(), "name", "words") == 0
    shown = [json.loads(ebpf("-j", "map", "show", "pinned", path)) for path in (mine, other)]
    assert {k: v for k, v in shown[0].items() if k != "id"} == {k: v for k, v in shown[1].items() if k != "id"}
    for step in steps:
        code, _, err = ours("map", *step.replace("MAP", f"pinned {mine}").split())
        assert (code == 0) == (theirs("map", *step.replace("MAP", f"pinned {other}").split()) == 0), (step, err)
        assert code == 0 or err.count("\n") == 1
        assert dumped(mine) == dumped(other), step


def dumped(path: str) -> Any:
    return sorted(json.loads(ebpf("-j", "map", "dump", "pinned", path)), key=lambda row: str(row["key"]))


def test_maps_that_hold_maps_and_programs(folder: str) -> None:
    """Named by every word, for both; of ours two have one name, which `show` takes and `dump` doesn't."""
    inner = f"{folder}/inner"
    ebpf("map", "create", inner, *["type", "hash", "key", "4", "value", "4", "entries", "2", "name", "inner_one"])
    for at, create in enumerate((ebpf, theirs)):
        path = f"{folder}/outer{at}"
        words = "type hash_of_maps key 4 value 4 entries 2 name outer inner_map pinned"
        create("map", "create", path, *words.split(), inner)
        number = str(json.loads(ebpf("-j", "map", "show", "name", "inner_one"))["id"])
        for key, words in enumerate((("pinned", inner), ("id", number))):
            create("map", "update", "pinned", path, "key", str(key), "0", "0", "0", "value", *words)
        rows = dumped(path)
        assert [row["value"] for row in rows] == [{"map_id": int(number)}] * 2
    both = json.loads(ebpf("-j", "map", "show", "name", "outer"))
    assert len(both) == 2 and both[0]["name"] == both[1]["name"] == "outer"
    code, _, err = ours("map", "dump", "name", "outer")
    assert code == 1 and "say which by its id" in err and str(both[0]["id"]) in err
    ebpf(
        "map",
        "create",
        f"{folder}/jumps",
        *["type", "prog_array", "key", "4", "value", "4", "entries", "2", "name", "jumps"],
    )
    with KernelEngine() as engine:
        loaded = engine.load_program(program(ProgType.SCHED_CLS, RETURN_0, name="words_prog"), {})
        ebpf("map", "update", "name", "jumps", "key", "0", "0", "0", "0", "value", "name", "words_prog")
        assert json.loads(ebpf("map", "dump", "name", "jumps", "-j"))[0]["value"] == loaded.info()["id"]


def test_queues_and_rings_have_the_sizes_that_they_need(folder: str) -> None:
    ebpf("map", "create", f"{folder}/q", *["type", "queue", "value", "4", "entries", "3", "name", "wq"])
    for words in ("push name wq value 1 0 0 0", "enqueue name wq value hex 2 0 0 0"):
        ebpf("map", *words.split())
    assert ebpf("map", "peek", "name", "wq") == ebpf("map", "dequeue", "name", "wq") == "01 00 00 00\n"
    assert ebpf("map", "pop", "name", "wq") == "02 00 00 00\n"
    for kind in ("ringbuf", "stack", "bloom_filter", "perf_event_array", "cgroup_array"):
        ebpf("map", "create", f"{folder}/{kind}", "type", kind)
        assert json.loads(ebpf("-j", "map", "show", f"{folder}/{kind}"))["type"] == kind


def test_a_program_is_run_dumped_and_loaded_by_their_words(folder: str, tmp_path: Path) -> None:
    packet, out = tmp_path / "packet", tmp_path / "out"
    packet.write_bytes(bytes(64))
    with KernelEngine() as engine:
        loaded = engine.load_program(program(ProgType.SCHED_CLS, RETURN_0, name="words_run"), {})
        run = f"data_in {packet} data_out {out} data_size_out 64 repeat 3".split()
        assert "returned 0" in ebpf("prog", "run", "name", "words_run", *run)
        assert out.read_bytes() == packet.read_bytes()
        assert theirs("prog", "run", "name", "words_run", *run) == 0
        code = tmp_path / "code"
        ebpf("prog", "dump", "xlated", "name", "words_run", "file", str(code))
        assert theirs("prog", "dump", "xlated", "name", "words_run", "file", str(tmp_path / "code2")) == 0
        assert (
            code.read_bytes() == (tmp_path / "code2").read_bytes() == bytes.fromhex("b700000000000000 9500000000000000")
        )
        assert "exit" in ebpf("prog", "dump", "xlated", "id", str(loaded.info()["id"]), "opcodes", "linum")
        assert json.loads(ebpf("-j", "prog", "profile", "name", "words_run", "duration", "0.01"))[0]["run_cnt"] == 0
        rows = json.loads(ebpf("-jp", "prog"))
        assert "words_run" in [row["name"] for row in rows]
    source = Path(__file__).resolve().parents[1] / "bpf" / "every_map.bpf.c"
    ebpf("map", "create", f"{folder}/mine", *["type", "queue", "value", "4", "entries", "8", "name", "mine"])
    code_, _, err = ours(
        "prog", "load", str(source), f"{folder}/a", "map", "name", "nosuch", "pinned", f"{folder}/mine"
    )
    assert code_ == 2 and "of the object's maps: " in err
    ebpf("prog", "loadall", str(source), f"{folder}/app")
    types = ebpf("btf", "dump", "map", "pinned", f"{folder}/app/maps/array", "value")
    assert "struct point {" in types
    assert "FUNC 'seven'" in ebpf("btf", "dump", "prog", "pinned", f"{folder}/app/programs/seven", "format", "raw")
    hash_ = f"{folder}/app/maps/hash"
    paths = ebpf("prog", "load", str(source), f"{folder}/two", "map", "name", "hash", "pinned", hash_).split()
    assert f"{folder}/two/maps/hash" in paths
    assert [json.loads(ebpf("-j", "map", "show", at))["id"] for at in (hash_, f"{folder}/two/maps/hash")] == [
        json.loads(ebpf("-j", "map", "show", hash_))["id"]
    ] * 2


@pytest.mark.parametrize("kind", [MapType.RINGBUF, MapType.PERF_EVENT_ARRAY], ids=lambda kind: kind.label)
def test_records_are_watched(kind: MapType) -> None:
    ring = (0, 0, 4096) if kind == MapType.RINGBUF else (4, 4, 0)
    with KernelEngine() as engine:
        maps = {
            "counts": engine.create_map(MapSpec("counts", MapType.ARRAY, 4, 8, 1)),
            "lost": engine.create_map(MapSpec("lost", MapType.ARRAY, 4, 8, 1)),
            "events": engine.create_map(MapSpec("words_ring", kind, *ring)),
        }
        loaded = engine.load_program(emit(ProgType.SCHED_CLS, 16, helper=130 if kind == MapType.RINGBUF else 25), maps)
        command = [sys.executable, "-m", "ebpf", "map", "event_pipe", "id", str(maps["events"].info()["id"]), "--json"]
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")}
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            found = b""
            deadline = time.monotonic() + 60
            while not found and time.monotonic() < deadline:
                loaded.run(bytes(64))  # of a perf buffer, what comes before its reader is lost
                ready, _, _ = select.select([process.stdout], [], [], 0.1)
                if ready:
                    row = json.loads(process.stdout.readline())
                    found = bytes.fromhex(row["event"])
                    assert row["map"] == "words_ring"
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
        assert len(found) >= 16 and process.returncode == 0


def test_types_that_are_loaded_are_listed() -> None:
    rows = json.loads(ebpf("-j", "btf", "list"))
    assert rows == json.loads(ebpf("btf", "show", "--json")) and rows[0]["name"] == "vmlinux"
    assert json.loads(ebpf("-j", "btf", "show", "id", "1"))["name"] == "vmlinux"
    assert "task_struct" in ebpf("btf", "list", "-n", "task_struct", "--kind", "struct")
