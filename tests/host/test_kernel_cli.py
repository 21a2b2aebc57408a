"""The commands that look at the running kernel."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bpffs
import commands
import pytest
from programs import RETURN_0, count, program

from ebpf import api, hooks
from ebpf.asm import Instruction as I
from ebpf.kernel.engine import KernelEngine
from ebpf.spec import MapSpec
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

pytestmark = pytest.mark.host


ROOT = Path(__file__).resolve().parents[2]
BPF = ROOT / "tests" / "bpf"
#: Fields that bpftool has, too.
SAME = (
    "id", "type", "name", "flags", "bytes_key", "bytes_value", "max_entries", "bytes_memlock", "frozen", "btf_id", "tag",
    "gpl_compatible", "uid", "bytes_xlated", "jited", "bytes_jited", "map_ids",
)  # fmt: skip
ENV = {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def ebpf(*arguments: str, status: int = 0) -> str:
    """What a command prints; of a failure, its one line."""
    code, out, said = commands.run(*arguments)
    assert code == status, (arguments, out, said)
    if status:
        assert out == "" and said.count("\n") == 1 and said.startswith("ebpf: "), said
        assert "internal error" not in said
    return said if status else out


def as_json(*arguments: str) -> Any:
    return json.loads(ebpf(*arguments, "--json"))


@pytest.fixture
def name() -> str:
    return f"cli{os.getpid()}"


@pytest.fixture
def folder() -> Iterator[str]:
    """A folder in a BPF file system, gone afterwards."""
    with bpffs.mounted() as made:
        yield made


def test_objects_are_listed_shown_and_dumped(name: str) -> None:
    with KernelEngine() as engine:
        counts = engine.create_map(MapSpec(name, MapType.HASH, 4, 8, 7))
        counts.update(b"\x01\x02\x03\x04", b"\xff" + bytes(7))
        loaded = engine.load_program(count(ProgType.TRACEPOINT, pid=os.getpid(), name=name), {"counts": counts})
        with engine.attach(loaded, hooks.Tracepoint("syscalls", "sys_enter_getppid")) as link:
            found = [row for row in as_json("map", "list") if row["name"] == name]
            assert len(found) == 1 and found[0]["type"] == "hash" and found[0]["max_entries"] == 7
            number = str(found[0]["id"])
            assert name in ebpf("map", "list") and name in ebpf("map", "show")
            for words in ((number,), ("id", number), (name,), ("name", name)):
                assert as_json("map", "show", *words) == found[0]
            assert "max_entries    7" in ebpf("map", "show", number)
            assert ebpf("map", "dump", number) == "01 02 03 04: ff 00 00 00 00 00 00 00\n"
            assert as_json("map", "dump", number) == [{"key": "01020304", "value": "ff" + "00" * 7}]
            programs = [row for row in as_json("prog", "list") if row["name"] == name]
            assert programs[0]["type"] == "tracepoint" and programs[0]["map_ids"] == [int(number)]
            assert as_json("prog", "show", "tag", programs[0]["tag"]) == programs[0]
            text = ebpf("prog", "dump", str(programs[0]["id"]))
            assert "exit" in text and len(text.splitlines()) >= 12
            number = str(link.info()["id"])
            assert "sys_enter_getppid" in ebpf("link", "show", number)
            assert "sys_enter_getppid" in ebpf("link", "list") and "sys_enter_getppid" in ebpf("links", "list")
            assert "close it instead" in ebpf("link", "detach", number, status=6)


def test_who_holds_it_is_told(name: str) -> None:
    with KernelEngine() as engine:
        counts = engine.create_map(MapSpec(name, MapType.HASH, 4, 8, 7))
        loaded = engine.load_program(count(ProgType.RAW_TRACEPOINT, pid=os.getpid(), name=name), {"counts": counts})
        with (
            engine.attach(loaded, hooks.RawTracepoint("sys_enter")) as link,
            subprocess.Popen(["sleep", "600"], pass_fds=(counts.fd, loaded.fd, link.fd)) as process,
        ):
            try:
                holder = {"pid": process.pid, "comm": "sleep"}
                deadline = time.monotonic() + 60
                at = str(counts.info()["id"])
                while holder not in as_json("map", "show", at).get("pids", []) and time.monotonic() < deadline:
                    time.sleep(0.05)  # until it is called so
                for kind, made in (("map", counts), ("prog", loaded), ("link", link)):
                    number = str(made.info()["id"])
                    assert holder in as_json(kind, "show", number)["pids"]
                    assert f"sleep({process.pid})" in ebpf(kind, "show", number)
                    assert f"sleep({process.pid})" in ebpf(kind, "list")
            finally:
                process.kill()


def test_bpftool_sees_the_same(name: str) -> None:
    """Ids, names, types and sizes are those that bpftool tells, under the same names of fields."""
    tool = shutil.which("bpftool") or "/usr/sbin/bpftool"
    if not os.path.exists(tool):
        pytest.skip("no bpftool here")
    spec = api.compile(BPF / "every_map.bpf.c")

    def theirs(kind: str, number: object) -> Any:
        return json.loads(
            subprocess.run([tool, "-j", kind, "show", "id", str(number)], capture_output=True, check=True).stdout
        )

    with api.load(spec, engine="kernel") as obj:
        for kind, ours in (("map", obj.maps), ("prog", obj.programs)):
            rows = {row["id"]: row for row in as_json(kind, "list")}
            for thing in ours.values():
                told, found = theirs(kind, thing.id), rows[thing.id]
                if not isinstance(told["type"], str):
                    continue  # younger than that bpftool
                if kind == "prog":
                    assert found["name"] == thing.name  # the kernel keeps 15 bytes; its types have the rest
                    assert abs(told["loaded_at"] - found["loaded_at"]) <= 1
                for field in SAME:
                    if field in told:
                        assert found[field] == told[field], (kind, thing.name, field)
        number = str(obj.programs["emit"].info()["btf_id"])
        told = theirs("btf", number)
        found = as_json("btf", "show", number)
        for row in (told, found):
            row.pop("pids", None)
            row["prog_ids"], row["map_ids"] = sorted(row["prog_ids"]), sorted(row["map_ids"])
        assert found == told
        assert "struct point {" in ebpf("btf", "dump", "id", number, "-n", "point")
    with KernelEngine() as engine:
        counts = engine.create_map(MapSpec(name, MapType.ARRAY, 4, 8, 1))
        raw = engine.load_program(count(ProgType.RAW_TRACEPOINT, pid=os.getpid(), name=name), {"counts": counts})
        with engine.attach(raw, hooks.RawTracepoint("sys_enter")) as link:
            number = str(link.info()["id"])
            told = theirs("link", number)
            found = as_json("link", "show", number)
            for field in ("id", "type", "prog_id", "tp_name"):
                assert found[field] == told[field]


def test_a_map_from_nothing(folder: str, name: str) -> None:
    path = f"{folder}/{name}"
    ebpf("map", "create", path, "--type", "hash", "--key", "4", "--value", "8", "--entries", "2")
    ebpf("map", "set", path, "1", "2")
    ebpf("map", "update", "pinned", path, "key", "1", "0", "0", "1", "value", "hex", "01", "02", "03", "04", "05060708")
    assert "the map is full: 2 entries" in ebpf("map", "set", path, "5", "5", status=1)
    assert "File exists" in ebpf("map", "set", path, "1", "5", "noexist", status=1)
    assert ebpf("map", "get", path, "1") == "02 00 00 00 00 00 00 00\n"
    assert as_json("map", "lookup", path, "key", "hex", "01000001") == {"key": "01000001", "value": "0102030405060708"}
    assert len(as_json("map", "dump", path)) == 2
    assert "has no key 9" in ebpf("map", "get", path, "9", status=1)
    ebpf("map", "delete", path, "1")
    assert "has no key 1" in ebpf("map", "delete", path, "1", status=1)
    assert as_json("map", "next", path) == "01000001"
    assert as_json("map", "show", path, "--pins")["pinned"] == [path]
    again = f"{folder}/again"
    ebpf("map", "pin", path, again)
    ebpf("map", "freeze", again)
    assert "frozen" in ebpf("map", "set", path, "1", "2", status=7)
    assert as_json("map", "show", path)["frozen"] == 1
    for pin in (path, again):
        ebpf("map", "unpin", pin)
    assert "No such file" in ebpf("map", "unpin", path, status=1)
    worded = f"{path}w"
    ebpf(
        "map",
        "create",
        worded,
        "type",
        "hash",
        "key",
        "4",
        "value",
        "16",
        "entries",
        "3",
        "name",
        "type",
        "flags",
        "0x1",
    )
    shown = as_json("map", "show", worded)
    assert [shown[field] for field in ("type", "bytes_value", "max_entries", "name", "flags")] == [
        "hash",
        16,
        3,
        "type",
        1,
    ]
    ebpf("map", "unpin", worded)
    ebpf("map", "create", path, "--type", "queue", "--key", "0", "--value", "4", "--entries", "3")
    ebpf("map", "push", path, "5")
    ebpf("map", "enqueue", path, "value", "6")
    assert as_json("map", "peek", path) == as_json("map", "pop", path) == "05000000"
    assert ebpf("map", "dequeue", path) == "06 00 00 00\n"
    assert "is empty" in ebpf("map", "pop", path, status=1)
    assert "a map of type queue has no keys" in ebpf("map", "get", path, "1", status=2)
    assert "has no dot" in ebpf("map", "pin", path, f"{folder}/a.b", status=7)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("map", "shw", "1"), "did you mean show?"),
        (("map", "get"), "which map?"),
        (("map", "show", "1", "2"), "what is '2' behind id 1?"),
        (("map", "show", "tag", "x"), "a map has no tag"),
        (("map", "create", "/x", "--type", "hsh"), "no map type 'hsh'"),
        (("map", "create", "/x", "type", "hash", "flags", "many"), "many"),
        (("map", "create", "/x", "type", "hash", "colour", "4"), "colour"),
        (("prog", "run", str(BPF / "every_map.bpf.c")), "--prog: which program"),
        (("prog", "run", "1", "--data", "xyz"), "no file and not hexadecimal"),
        (("link", "nosuch"), "no command 'nosuch'"),
        (("link", "--nonsense"), "--nonsense"),
        (("features", "--helpers", "nosuch"), "no program type 'nosuch'"),
    ],
)
def test_wrong_words(arguments: tuple[str, ...], said: str) -> None:
    assert said in ebpf(*arguments, status=2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("map", "show", "2147483647"), "the kernel has no map 2147483647; `ebpf map list`"),
        (("prog", "show", "name", "nosuchprogram"), "no prog with the name nosuchprogram"),
        (("link", "show", "2147483647"), "the kernel has no link"),
        (("map", "dump", "/nosuch/pin"), "opening the pin /nosuch/pin: No such file"),
        (("map", "dump", "/etc/passwd"), "it is no pin of a BPF object"),
    ],
)
def test_things_that_are_not_there(arguments: tuple[str, ...], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ebpf", *arguments], env=ENV, capture_output=True, text=True, timeout=60
    )
    assert done.returncode in (1, 7) and said in done.stderr and done.stderr.count("\n") == 1


def test_an_object_is_loaded_pinned_used_and_gone(folder: str) -> None:
    app = f"{folder}/app"
    paths = as_json("prog", "load", str(BPF / "every_map.bpf.c"), app)
    assert f"{app}/maps/hash" in paths and f"{app}/programs/seven" in paths
    array, trie = f"{app}/maps/array", f"{app}/maps/lpm_trie"
    ebpf("map", "set", array, "1", '{"at": {"x": 1}, "name": "hi", "color": "GREEN", "number": 7, "row": [1, 2, 3]}')
    value = as_json("map", "get", array, "1")["value"]
    assert (
        value["at"] == {"x": 1, "y": 0}
        and value["color"] == "GREEN"
        and value["number"] == 7
        and value["row"] == [1, 2, 3]
    )
    assert "row=[1 2 3]" in ebpf("map", "get", array, "1")
    assert "has no field 'nosuch'" in ebpf("map", "set", array, "1", '{"nosuch": 1}', status=2)
    assert "keys are below 4" in ebpf("map", "set", array, "9", "{}", status=1)
    ebpf("map", "set", trie, "10.0.0.0/8", "5")
    assert ebpf("map", "get", trie, "10.9.8.7") == "5\n" and as_json("map", "dump", trie) == [
        {"key": "10.0.0.0/8", "value": 5}
    ]
    ebpf("map", "set", f"{app}/maps/percpu_hash", "1", "7")
    assert set(as_json("map", "get", f"{app}/maps/percpu_hash", "1")["value"]) == {7}
    ebpf("map", "set", f"{app}/maps/prog_array", "2", "pinned", f"{app}/programs/seven")
    packet = ("--data", "00" * 20)
    assert as_json("prog", "run", f"{app}/programs/jump", *packet)["retval"] == 7
    assert "returned 7" in ebpf(
        "prog", "run", str(BPF / "every_map.bpf.c"), "--prog", "seven", "--engine", "vm", *packet
    )
    ebpf("map", "set", f"{app}/maps/array_of_maps", "0", "pinned", f"{app}/maps/one")
    assert as_json("map", "dump", f"{app}/maps/array_of_maps")[0]["key"] == 0
    assert "no entries that can be listed" in ebpf("map", "dump", f"{app}/maps/xskmap", status=2)
    assert "14 bytes" in ebpf("prog", "run", f"{app}/programs/jump", "--data", "0000", status=1)
    seven = as_json("prog", "profile", f"{app}/programs/seven", "--duration", "0.05")
    assert seven[0]["name"] == "seven" and seven[0]["run_cnt"] == 0
    lines = as_json("prog", "dump", "xlated", f"{app}/programs/seven")["lines"]
    assert lines[0] == "seven:" and lines[-1].endswith("exit")


def test_programs_are_attached_by_load(folder: str) -> None:
    source = f"{folder.rstrip('/')}.bpf.c"
    Path(source).write_text(
        "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\nint runs;\n"
        f'SEC("tp/syscalls/sys_enter_getppid") int tick(void *c)'
        f"{{ if (bpf_get_current_pid_tgid() >> 32 == {os.getpid()}) runs++; return 0; }}\n"
        'char LICENSE[] SEC("license") = "GPL";\n'
    )
    try:
        paths = as_json("prog", "load", source, f"{folder}/app", "--attach")
        assert f"{folder}/app/links/0" in paths
        for _ in range(9):
            os.getppid()
        assert as_json("map", "dump", f"{folder}/app/maps/_bss")[0]["value"]["runs"] == 9
    finally:
        os.unlink(source)


def ended_by_ctrl_c(process: subprocess.Popen[str]) -> tuple[str, str]:
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0 and "Traceback" not in err
    return out, err


def test_a_map_is_watched(name: str) -> None:
    with KernelEngine() as engine:
        counts = engine.create_map(MapSpec(name, MapType.HASH, 4, 8, 7))
        counts.update(b"aaaa", bytes(8))
        command = [sys.executable, "-m", "ebpf", "map", "watch", name, "--interval", "0.02", "--json"]
        process = subprocess.Popen(command, env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["key"] == b"aaaa".hex()
        counts.update(b"bbbb", bytes(8))
        row = json.loads(process.stdout.readline())
        assert row["key"] == b"bbbb".hex() and row["before"] is None
        counts.update(b"aaaa", b"\1" + bytes(7))
        row = json.loads(process.stdout.readline())
        assert (row["value"], row["before"]) == ("01" + "00" * 7, "00" * 8)
        counts.delete(b"bbbb")
        assert json.loads(process.stdout.readline())["value"] is None
        ended_by_ctrl_c(process)


def test_a_profile_that_is_ended_says_what_it_counted(name: str) -> None:
    with KernelEngine() as engine:
        loaded = engine.load_program(program(ProgType.SCHED_CLS, RETURN_0, name=name), {})
        number = str(loaded.info()["id"])
        command = [sys.executable, "-m", "ebpf", "prog", "profile", number, "--duration", "300", "--json"]
        process = subprocess.Popen(command, env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 60
        while not asleep(process.pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        loaded.run(bytes(64), repeat=10)
        out, _ = ended_by_ctrl_c(process)
    assert [(row["name"], row["run_cnt"]) for row in json.loads(out)] == [(name, 10)]


def asleep(pid: int) -> bool:
    """Whether a process is in clock_nanosleep(2), by its number on x86-64 or aarch64."""
    return Path(f"/proc/{pid}/syscall").read_text().split()[0] in ("230", "115")


def test_what_programs_print_is_traced() -> None:
    text = int.from_bytes(b"pid %d\n\0", sys.byteorder)
    code = [
        I(0x18, 1, imm=text), I(0x7B, 10, 1, offset=-8), I(0xBF, 1, 10), I(0x07, 1, imm=-8), I(0xB7, 2, imm=8),
        I(0xB7, 3, imm=os.getpid()), I(0x85, imm=6), I(0xB7, 0, imm=0), I(0x95),
    ]  # fmt: skip
    with KernelEngine() as engine:
        loaded = engine.load_program(program(ProgType.SCHED_CLS, code), {})
        command = [sys.executable, "-m", "ebpf", "trace", "--json", "--pid", str(os.getpid())]
        process = subprocess.Popen(command, env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert process.stdout is not None
        # Until the pipe is open, lines wait in it: the first is seen whenever it was printed.
        loaded.run(bytes(64))
        row = json.loads(process.stdout.readline())
        assert row["text"] == f"pid {os.getpid()}" and row["pid"] == os.getpid() and row["time"] > 0
        ended_by_ctrl_c(process)


def test_without_privilege_it_is_said() -> None:
    """Root without a capability: as an ordinary user is."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("no setpriv here")
    # Who owns trace_pipe may read it: without a capability only where tracefs has to be mounted first.
    mounted = os.path.exists("/sys/kernel/tracing/trace_pipe")
    for arguments, said in (
        *(() if mounted else ((("trace",), "needs root"),)),
        (("map", "list"), "needs CAP_SYS_ADMIN: run as root"),
        (("map", "get", "5", "1"), "needs CAP_SYS_ADMIN"),
        (("prog", "profile"), "needs CAP_SYS_ADMIN"),
        (("map", "create", "/sys/fs/bpf/x", "--type", "hash"), "this process has no CAP_BPF"),
        (("features",), "this process has no CAP_BPF"),
        (("prog", "load", str(BPF / "every_map.bpf.c"), "/sys/fs/bpf/x"), "this process has no CAP_BPF"),
    ):
        command = [setpriv, "--bounding-set=-all", "--inh-caps=-all", sys.executable, "-m", "ebpf", *arguments]
        done = subprocess.run(command, env=ENV, capture_output=True, text=True, timeout=120)
        assert done.returncode == 7, (arguments, done.stderr)
        assert said in done.stderr and done.stderr.count("\n") == 1


def test_features_are_told() -> None:
    found = as_json("features")
    assert {"kind": "map type", "name": "hash", "since": "3.19", "lacks": ""} in found
    assert {"kind": "this process", "name": "CAP_BPF", "since": "5.8", "lacks": ""} in found
    assert all(row["lacks"] for row in as_json("features", "--missing"))
    assert "socket_filter" in ebpf("features")
    helpers = {row["name"]: row["lacks"] for row in as_json("features", "--helpers", "xdp")}
    assert helpers["bpf_xdp_adjust_head"] == "" and helpers["bpf_skb_get_tunnel_key"] != ""
    assert len(helpers) >= 211


def test_what_is_attached_to_a_place(name: str) -> None:
    """In a network namespace of its own: XDP, tc and tcx on one interface; and a cgroup with and without links."""
    script = f"""
import os, subprocess, sys
sys.path[:0] = [{str(ROOT / "tests" / "host")!r}]
import soak, ebpf
from ebpf.cli.main import main
world = soak.World()
kept = []
for family, spec in soak.specs().items():
    if family in ("xdp", "tcx", "tc", "cgroup", "cgroup, multi"):
        try:
            obj = ebpf.load(spec, engine="kernel")
            kept.append((obj, [one.attach(soak.FAMILIES[family][1](world)) for one in obj.programs.values()]))
        except (ebpf.EbpfError, OSError) as error:
            print("left out", family, error, file=sys.stderr)
for arguments in (["link", "at", "va", "--json"], ["link", "at", "vb", "--json"], ["link", "at", world.cgroup, "--json"],
                  ["link", "at", "lo"], ["link", "at", "--json"]):
    pid = os.fork()
    if not pid:
        main(arguments)
    os.waitpid(pid, 0)
    sys.stdout.flush()
    os.write(1, b"--\\n")
for obj, links in kept:
    obj.close()
world.close()
"""
    done = subprocess.run(
        ["unshare", "-n", sys.executable, "-c", script], env=ENV, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    if "left out" in done.stderr:
        pytest.skip(done.stderr)
    one, two, group, nothing, every = done.stdout.split("--\n")[:5]
    everywhere = [(row["devname"], row["prog_id"]) for row in json.loads(every)]
    assert sorted(everywhere) == sorted(
        (name, row["prog_id"]) for name, rows in (("va", one), ("vb", two)) for row in json.loads(rows)
    )
    assert {(row["attach_type"], row["flags"]) for row in json.loads(one)} == {("xdp", "generic"), ("tcx_ingress", "")}
    assert next(row for row in json.loads(one) if row["attach_type"] == "tcx_ingress")["link_id"] > 0
    assert [(row["attach_type"], row["flags"]) for row in json.loads(two)] == [("tc_ingress", "priority 1")]
    found = {(row["attach_type"], row["flags"]) for row in json.loads(group)}
    assert ("cgroup_inet_egress", "multi") in found and ("cgroup_inet_ingress", "multi") in found
    assert nothing == "nothing is attached to lo\n"
    assert "there is no network interface 'nosuch0'" in ebpf("link", "at", "nosuch0", status=8)
    assert "no cgroup /nosuch" in ebpf("link", "at", "/nosuch", status=8)
    assert "no folder of cgroup v2" in ebpf("link", "at", "/tmp", status=8)


WITH_WHAT_IS_MISSING = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
extern int of_no_kernel(struct xdp_md *ctx) __ksym;
SEC("xdp") int lacks(struct xdp_md *ctx) { return of_no_kernel(ctx); }
SEC("xdp") int fits(struct xdp_md *ctx) { return XDP_PASS; }
int held(struct xdp_md *ctx);
struct {
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 1); __uint(key_size, 4); __array(values, int(void *));
} table SEC(".maps") = { .values = { (void *)&held } };
SEC("xdp") int held(struct xdp_md *ctx) { return XDP_DROP; }
SEC("xdp") int calls(struct xdp_md *ctx) { bpf_tail_call(ctx, &table, 0); return XDP_PASS; }
SEC("xdp") int wrong(struct xdp_md *ctx) { return *(int *)(long)ctx->data; }
char _license[] SEC("license") = "GPL";
"""


def test_verify_compares_each_program_that_the_kernel_can_be_asked_of(tmp_path: Path) -> None:
    source = tmp_path / "lacks.bpf.c"
    source.write_text(WITH_WHAT_IS_MISSING)
    status, out, _ = commands.run("verify", "--json", "--compare", str(source))
    assert status == 5
    said = {row["program"]: (row["taken"], row["kernel"]) for row in map(json.loads, out.splitlines())}
    taken, kernel = said.pop("lacks")
    assert not taken and kernel["taken"] is None and "of_no_kernel" in kernel["reason"]
    taken, kernel = said.pop("wrong")
    assert not taken and kernel["taken"] is False and "invalid access to packet" in kernel["reason"]
    assert said == {name: (True, {"taken": True, "reason": ""}) for name in ("fits", "held", "calls")}
