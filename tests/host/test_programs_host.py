"""What a program of this kernel does for its user beside being attached: runs, statistics, dumps, logs, targets, pins."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import bpffs
import pytest
from programs import count, program

import ebpf
from ebpf.asm import Instruction as I
from ebpf.errors import HookError, KernelError, NotSupported
from ebpf.kernel import pins
from ebpf.kernel.sys import kernel_release
from ebpf.spec import MapSpec, ObjectSpec
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType as P

pytestmark = pytest.mark.host
BPF = Path(__file__).resolve().parents[1] / "bpf"


@pytest.fixture(scope="module")
def spec() -> ObjectSpec:
    made = ebpf.compile(BPF / "every_map.bpf.c")
    for one in made.maps.values():
        one.autocreate = one.type.since <= kernel_release()
    return made


@pytest.fixture(scope="module")
def obj(spec: ObjectSpec) -> Iterator[ebpf.Object]:
    with ebpf.load(spec, engine="kernel", log_level=1) as made:
        yield made


def test_what_a_program_is(obj: ebpf.Object) -> None:
    emit = obj.programs["emit"]
    info = emit.info()
    assert info["name"] == "emit" and info["id"] == emit.id and info["type"] == int(P.SCHED_CLS)
    assert len(info["map_ids"]) == 2 and info["btf_id"] > 0 and info["gpl_compatible"] == 1
    assert "processed" in emit.log
    with ebpf.open_program(emit.id) as again:
        assert again.info()["tag"] == info["tag"] and again.spec.type == P.SCHED_CLS
        assert again.run(bytes(64)).retval == 0
    with pytest.raises(KernelError) as caught:
        ebpf.open_program(2**31)
    assert caught.value.errno == 2


def test_what_is_the_kernels_is_not_pickled(obj: ebpf.Object) -> None:
    for thing in (obj.programs["emit"], next(iter(obj.maps.values())), obj):
        with pytest.raises(TypeError, match=r"can't be pickled"):
            pickle.dumps(thing)


def test_variables_of_a_closed_object(tmp_path: Path) -> None:
    source = tmp_path / "x.bpf.c"
    source.write_text(
        "#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n__u64 count = 3;\nconst volatile int limit = 4;\n"
        "struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, __u32); __type(value, __u64); }"
        ' numbers SEC(".maps");\n'
        'SEC("socket") int f(void *c) { return count + limit; }\nchar LICENSE[] SEC("license") = "GPL";\n'
    )
    with ebpf.load(source, engine="kernel") as made:
        variables = [made.variables[name] for name in ("count", "limit")]
        assert [one.value for one in variables] == [3, 4]
        numbers = made.maps["numbers"]
        numbers[1] = 2
        assert repr(numbers) == "<Map numbers hash key=4B value=8B max_entries=4>"
    for one in variables:
        with pytest.raises(ebpf.Closed, match=f"variable {one.name}: its object is closed"):
            one.value
        assert repr(one) == f"<Variable {one.name} (closed)>"


def test_runs_are_counted_while_asked_for(obj: ebpf.Object) -> None:
    seven = obj.programs["seven"]
    with ebpf.enable_stats():
        before = seven.stats().run_cnt
        assert seven.run(bytes(64), repeat=1000).retval == 7
        after = seven.stats()
    # Others may count, too; nobody else runs this program.
    assert after.run_cnt - before == 1000 and after.run_time_ns > 0 and after.recursion_misses == 0


def test_runs_with_options(obj: ebpf.Object) -> None:
    trace = obj.programs["trace"]
    assert trace.run(context=bytes(8), cpu=0).retval == 0
    with pytest.raises(KernelError):
        trace.run(context=bytes(8), cpu=100000)
    with pytest.raises(KernelError, match="BPF_PROG_TEST_RUN"):
        obj.programs["seven"].run(b"x")  # shorter than an Ethernet header
    with ebpf.load(obj.spec, engine="vm") as vm, pytest.raises(NotSupported, match="runs in this process"):
        vm.programs["trace"].run(context=bytes(8), cpu=0)


def test_data_and_context_come_back(obj: ebpf.Object) -> None:
    # skb->mark = skb->len; data[0] = 0xab: what the context and the packet are after the run.
    code = [
        I(0x61, 2, 1, offset=0), I(0x63, 1, 2, offset=8), I(0x61, 2, 1, offset=76), I(0x61, 3, 1, offset=80), I(0xBF, 4, 2),
        I(0x07, 4, imm=14), I(0x2D, 4, 3, offset=1), I(0x72, 2, offset=0, imm=0xAB), I(0xB7, 0, imm=3), I(0x95),
    ]  # fmt: skip
    whole = ObjectSpec(name="x", programs={"test": program(P.SCHED_CLS, code)}, byte_order=sys.byteorder)
    for engine in ("kernel", "vm"):
        with ebpf.load(whole, engine=engine) as made:
            result = made.programs["test"].run(bytes(100), bytes(192))
            assert result.retval == 3 and result.data == b"\xab" + bytes(99)
            assert int.from_bytes(result.context[8:12], sys.byteorder) == 100


def test_live_frames_go_through_the_kernel() -> None:
    """In a namespace of its own: 5,000 frames sent on by XDP_TX arrive at the other end of a veth pair."""
    done = subprocess.run(
        ["unshare", "-n", sys.executable, str(Path(__file__).parent / "live_frames.py")],
        capture_output=True, text=True, timeout=120, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    if done.returncode == 77:
        pytest.skip(done.stdout.strip())
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["arrived", "5000"]


def test_the_bytecode_has_its_c_lines(obj: ebpf.Object) -> None:
    text = "\n".join(obj.programs["emit"].dump())
    assert "; bpf_ringbuf_output(&ringbuf, &record, sizeof(record), 0);" in text and "r1 = map[ringbuf]" in text
    assert text.splitlines()[0] == "emit:" and text.splitlines()[-1].endswith("exit")
    drain = "\n".join(obj.programs["drain"].dump())
    assert "add:" in drain  # the callback, by its name
    with pytest.raises(ValueError, match="xlated"):
        obj.programs["emit"].dump("nosuch")
    with ebpf.load(obj.spec, engine="vm") as vm, pytest.raises(NotSupported):
        vm.programs["emit"].dump()


def test_the_machine_code_has_them_too(obj: ebpf.Object) -> None:
    try:
        lines = obj.programs["drain"].dump("jited")
    except NotSupported as error:
        pytest.skip(str(error))
    assert lines[0].startswith("drain: 0x") and any(line.startswith("add: 0x") for line in lines)
    assert any("bpf_user_ringbuf_drain" in line for line in lines if line.startswith(";"))


def test_what_is_not_to_be_loaded_or_attached(spec: ObjectSpec) -> None:
    wanted = spec.copy()
    for name, one in wanted.programs.items():
        one.autoload = name in ("seven", "jump")
    wanted.programs["seven"].name = "renamed"
    with ebpf.load(wanted, engine="kernel") as made:
        assert set(made.programs) == {"seven", "jump"}
        assert made.programs["seven"].info()["name"] == "renamed"
        with pytest.raises(KeyError, match="no program 'emit'; there are: jump, seven"):
            made.programs["emit"]
        with pytest.raises(HookError, match="doesn't say where"):
            made.attach()  # tc has no interface in its section
    for one in wanted.programs.values():
        one.autoattach = False
    with ebpf.load(wanted, engine="kernel") as made:
        assert made.attach() == []


def test_another_type_may_be_set(spec: ObjectSpec) -> None:
    wanted = spec.copy()
    for name, one in wanted.programs.items():
        one.autoload = name == "seven"
    wanted.programs["seven"].type = P.SOCKET_FILTER
    with ebpf.load(wanted, engine="kernel") as made:
        assert made.programs["seven"].info()["type"] == int(P.SOCKET_FILTER)


def test_objects_are_pinned_whole(tmp_path: Path) -> None:
    maps = {"counts": MapSpec("counts", MapType.ARRAY, 4, 8, 1)}
    tick = count(
        P.TRACEPOINT, pid=os.getpid(), section="tp/syscalls/sys_enter_getppid", target="syscalls/sys_enter_getppid"
    )
    whole = ObjectSpec(name="pins", programs={"tick": tick}, maps=maps, byte_order=sys.byteorder)
    with bpffs.mounted(tmp_path):
        folder = f"{tmp_path}/app"
        with ebpf.load(whole, engine="kernel") as made:
            made.attach()
            try:
                made.pin(folder)
            except KernelError as error:  # links of perf events can be pinned since 5.15
                pytest.skip(str(error))
            with pytest.raises(KernelError, match="the name is taken"):
                made.pin(folder)
        assert [path.removeprefix(folder) for path, _ in pins.walk(folder)] == [
            "/links/0",
            "/maps/counts",
            "/programs/tick",
        ]
        with ebpf.open_map(f"{folder}/maps/counts") as counts:
            before = int.from_bytes(counts[0], sys.byteorder)
            os.getppid()
            assert int.from_bytes(counts[0], sys.byteorder) == before + 1  # it is attached still
        with ebpf.open_link(f"{folder}/links/0") as link, ebpf.open_program(f"{folder}/programs/tick") as again:
            assert link.info()["prog_id"] == again.id
            with ebpf.open_link(int(link.info()["id"])) as same:
                assert same.info() == link.info()
            with pytest.raises(NotSupported, match="close it instead"):  # links of perf events
                link.detach()
        with pytest.raises(ebpf.EbpfError, match="is a map, not a prog"):
            ebpf.open_program(f"{folder}/maps/counts")


def test_bpffs_is_mounted_where_it_is_missing() -> None:
    """In a mount namespace of its own, where nothing is at /sys/fs/bpf."""
    code = """
import os, subprocess, sys
from ebpf.kernel import pins
import ebpf
while subprocess.run(["umount", "/sys/fs/bpf"], capture_output=True).returncode == 0: pass
assert not pins.is_bpffs("/sys/fs/bpf")
with ebpf.create_map(ebpf.MapSpec("m", ebpf.MapType.ARRAY, 4, 8, 1)) as m:
    m.pin("/sys/fs/bpf/m")
assert pins.is_bpffs("/sys/fs/bpf")
with ebpf.open_map("/sys/fs/bpf/m") as m:
    print(m.spec.max_entries)
"""
    if not os.path.isdir("/sys/fs/bpf"):
        pytest.skip("no /sys/fs/bpf here")
    done = subprocess.run(
        ["unshare", "-m", sys.executable, "-c", code],
        capture_output=True, text=True, timeout=60, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == "1\n"


def test_a_map_pinned_by_name_is_looked_for_where_asked(tmp_path: Path) -> None:
    maps = {"counts": MapSpec("counts", MapType.ARRAY, 4, 8, 1, pinning=True)}
    whole = ObjectSpec(name="pins", maps=maps, byte_order=sys.byteorder)
    tmp_path /= "ö #\\040"  # /proc/self/mountinfo writes some of it in octal digits
    tmp_path.mkdir()
    with bpffs.mounted(tmp_path):
        assert pins.is_bpffs(str(tmp_path)) and str(tmp_path) in pins.mounts()
        with ebpf.load(whole, pin_path=str(tmp_path)) as one, ebpf.load(whole, pin_path=str(tmp_path)) as other:
            one.maps["counts"][0] = 5
            assert int.from_bytes(other.maps["counts"][0], sys.byteorder) == 5
        for change, words in (
            ({"value_size": 16}, "value_size 8 in place of 16"),
            ({"type": MapType.HASH}, "type array in place of hash"),
        ):
            wrong = whole.copy()
            wrong.maps["counts"] = maps["counts"].replace(**change)
            with pytest.raises(ebpf.EbpfError, match=words):
                ebpf.load(wrong, pin_path=str(tmp_path))
        with pytest.raises(NotSupported, match="kernel engine's"):
            ebpf.load(whole, engine="vm", pin_path=str(tmp_path))
