"""Windows and macOS, as far as they can be had on Linux (`other_system`): objects are read, programs run in the vm, captures are
gone through and the command line works where there is no Unix, and what can't be had there is one error in plain words.

Each function below that is listed in SCENES runs in a process that looks like one of that system; who uses on its way a module
that only Unix or Linux has, or a name of `os` that isn't there, fails it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

SYSTEMS = ["win32", "darwin"]
XDP_DROP = 1
SOURCES = Path(__file__).resolve().parents[1] / "bpf"
HERE = Path(__file__).resolve().parent


# ---------------------------------------------------------------------------------------------------- in that process


def tcp(port: int) -> bytes:
    """An Ethernet, IPv4 and TCP packet to a port."""
    head = bytes.fromhex("000000000001000000000002080045000028000000004006") + bytes(10)
    return (head + bytes(2) + port.to_bytes(2, "big")).ljust(60, b"\0")


def command(*arguments: object, status: int = 0) -> str:
    """What the command line prints, which ends with a status."""
    from click.testing import CliRunner

    from ebpf.cli.main import group, guarded

    runner = CliRunner()
    with runner.isolation() as streams:
        found = guarded(group, "ebpf", [str(argument) for argument in arguments])
        out = b"".join(stream.getvalue() for stream in streams[:2] if stream is not None).decode()
    assert found == status, f"exit status {found}: {out}"
    assert "Traceback" not in out, out
    return out


@contextmanager
def refused(kind: str, *words: str) -> Iterator[None]:
    """One error of that class, with these words in its text."""
    import ebpf

    try:
        yield
    except ebpf.EbpfError as error:
        assert type(error).__name__ == kind, repr(error)
        for word in words:
            assert word in str(error), str(error)
    else:
        raise AssertionError("no error")


def an_object_is_read_and_run(folder: Path) -> None:
    import ebpf

    spec = ebpf.read(folder / "count_ports.o")
    assert list(spec.programs) == ["filter"]
    with ebpf.load(spec, engine="vm") as obj:
        run = obj.programs["filter"].run(tcp(23))
        assert run.retval == XDP_DROP and dict(obj.maps["protocols"]) == {6: 1}


def auto_takes_the_vm(folder: Path) -> None:
    import ebpf

    with ebpf.load(folder / "count_ports.o") as obj:
        assert obj.engine.name == "vm"
        assert obj.why == f"the kernel can't run it here: this is {sys.platform}: there is no Linux kernel here"


def the_kernel_engine_says_why_not(folder: Path) -> None:
    import ebpf
    from ebpf.uapi.map_types import MapType

    no_kernel = f"this is {sys.platform}: there is no Linux kernel here"
    with refused("NotSupported", no_kernel):
        ebpf.load(folder / "count_ports.o", engine="kernel")
    spec = ebpf.MapSpec("m", MapType.ARRAY, 4, 4, 1)
    for call in (
        lambda: ebpf.create_map(spec),
        lambda: ebpf.open_map(1),
        lambda: ebpf.open_map("/sys/fs/bpf/x"),
        lambda: ebpf.open_program(1),
        lambda: ebpf.open_link(1),
        lambda: ebpf.enable_stats().__enter__(),
    ):
        with refused("NotSupported", no_kernel):
            call()


def every_map_has_its_face(folder: Path) -> None:
    import ebpf
    from ebpf.vm.engine import VmEngine

    with ebpf.load(folder / "every_map.o", engine=VmEngine(cpus=2)) as obj:
        maps = obj.maps
        maps["lru_hash"][1] = 10
        maps["percpu_array"][1] = [3, 4]
        maps["lpm_trie"]["10.0.0.0/24"] = 5
        maps["queue"].push((1, 2))
        maps["stack"].push((3, 4))
        maps["bloom_filter"].add(7)
        assert maps["lru_hash"][1] == 10 and list(maps["percpu_array"][1]) == [3, 4]
        assert maps["lpm_trie"]["10.0.0.9"] == 5
        assert (maps["queue"].pop().x, maps["stack"].pop().y) == (1, 4) and 7 in maps["bloom_filter"]
        maps["prog_array"][2] = obj.programs["seven"]
        assert obj.programs["jump"].run(bytes(64)).retval == 7
        with obj.events["ringbuf"] as ring, obj.events["perf_event_array"] as perf:
            assert ring.fileno() == -1
            obj.programs["emit"].run(bytes(64))
            assert ring.wait(60) and [record.number for record in ring.read()] == [42]
            assert len(perf.read(60)) == 1


def records_of_a_ring(folder: Path) -> None:
    import asyncio
    import selectors

    import ebpf

    async def first(events: Any) -> Any:
        async for event in events:
            return event
        return None

    with ebpf.load(folder / "events.o", engine="vm") as obj, obj.events["events"] as events:
        for _ in range(4000):  # goes round the ring's end, with records that lie over it
            obj.programs["varying"].run(bytes(64))
            (event,) = events.read(60)
            assert event.name == "probe" and event.color == 1, event
        obj.programs["varying"].run(bytes(64))
        loop = asyncio.SelectorEventLoop(selectors.SelectSelector())
        assert loop.run_until_complete(first(events)).number == 4000
        loop.close()


def pictures_of_maps(folder: Path) -> None:
    import pickle

    import ebpf
    from ebpf.uapi.map_types import MapType
    from ebpf.vm.engine import VmEngine

    engine = VmEngine()
    with ebpf.create_map(ebpf.MapSpec("m", MapType.ARRAY, 4, 8, 1000), engine=engine) as made:
        made[(5).to_bytes(4, sys.byteorder)] = bytes(range(8))
        assert made[(5).to_bytes(4, sys.byteorder)] == bytes(range(8))
    with ebpf.load(folder / "count_ports.o", engine="vm") as obj:
        obj.engine.pickle_contents = True
        obj.maps["protocols"][17] = 4
        with pickle.loads(pickle.dumps(obj)) as other:
            assert dict(other.maps["protocols"]) == {17: 4}


def errors_have_linux_s_numbers_for_programs(folder: Path) -> None:
    """And this system's for Python's users."""
    import errno

    import ebpf
    from ebpf import asm
    from ebpf.uapi.map_types import MapType
    from ebpf.uapi.prog_types import ProgType
    from ebpf.vm.engine import VmEngine

    engine = VmEngine()
    # bpf_skb_set_tstamp of a packet that isn't IP: -EOPNOTSUPP
    code = asm.encode(asm.assemble("r2 = 1; r3 = 1; call 192; exit"))
    program = engine.load_program(ebpf.ProgramSpec("p", ProgType.SCHED_CLS, code=code), {})
    assert program.run(bytes(64)).retval == -95 & (1 << 64) - 1
    queue = engine.create_map(ebpf.MapSpec("q", MapType.QUEUE, 0, 4, 1))
    try:
        queue.lookup_object(b"")
    except ebpf.KernelError as error:
        assert error.errno == errno.EOPNOTSUPP
    else:
        raise AssertionError("no error")
    from ebpf.uapi import errno as linux
    from ebpf.vm.errno import to_program, to_python

    numbers = [number for name, number in vars(linux).items() if name.startswith("E")]
    assert len(numbers) > 15 and [to_program(to_python(number)) for number in numbers] == numbers
    assert sys.platform != "darwin" or (to_python(11), to_program(35), to_python(524)) == (35, 11, 524)


def a_capture_is_gone_through(folder: Path) -> None:
    import ebpf

    with ebpf.load(folder / "count_ports.o", engine="vm") as obj:
        summary = obj.programs["filter"].run_capture(folder / "in.pcap", out=folder / f"{sys.platform}.out.pcap")
        assert summary.packets == 3 and sum(dict(obj.maps["protocols"]).values()) == 2
    assert [path.name for path in folder.glob(f".{sys.platform}*")] == [], "drafts are left"


def machine_code_runs(folder: Path) -> None:
    try:
        import llvmlite  # noqa: F401
    except ImportError:
        return
    import ebpf
    from ebpf.vm.engine import VmEngine

    with ebpf.load(folder / "count_ports.o", engine=VmEngine(jit=True)) as obj:
        assert obj.programs["filter"].run(bytes(60)).retval == 2
    with ebpf.load(folder / "events.o", engine=VmEngine(jit=True)) as obj, obj.events["events"] as events:
        obj.programs["varying"].run(bytes(64))
        assert len(events.read(60)) == 1


def programs_are_proved(folder: Path) -> None:
    import ebpf
    from ebpf.vm.engine import VmEngine

    with ebpf.load(folder / "count_ports.o", engine=VmEngine(verify=True)) as obj:
        assert obj.programs["filter"].run(bytes(60)).retval == 2


def what_has_no_events_here_says_so(folder: Path) -> None:
    import ebpf
    from ebpf.hooks import Xdp

    with (
        ebpf.load(folder / "everything.o", engine="vm") as obj,
        refused("NotSupported", "it needs Linux on x86-64 or aarch64"),
    ):
        obj.attach()
    with ebpf.load(folder / "count_ports.o", engine="vm") as obj:
        with refused("NotSupported", "a tap device", "it is Linux's"):
            obj.programs["filter"].attach(Xdp("tap0"))
        with refused("NotSupported", "it needs Linux on x86-64 or aarch64"):
            obj.spawn([sys.executable, "-c", ""])


def text_goes_both_ways(folder: Path) -> None:
    from ebpf import asm, link
    from ebpf.build import write_object

    code = asm.encode(asm.assemble("r0 = 2; exit"))
    assert [line.split(": ")[1] for line in asm.disassemble(code)] == ["r0 = 2", "exit"]
    target = folder / f"{sys.platform}.linked.o"
    data = link([folder / "every_map.o", folder / "events.o"], target)
    assert target.read_bytes() == data
    write_object(target, b"\r\n")
    assert target.read_bytes() == b"\r\n"


def a_typed_module_loads(folder: Path) -> None:
    """What bpf2py wrote; of one that is for machines, one error."""
    import ebpf

    sys.path.insert(0, str(folder))
    from ports import Ports  # type: ignore[import-not-found]

    with Ports.load(engine="vm") as obj:
        assert obj.filter.run(tcp(23)).retval == XDP_DROP and dict(obj.protocols) == {6: 1}
    try:
        from ports_of_x86 import PortsOfX86  # type: ignore[import-not-found]

        PortsOfX86.load(engine="vm")
    except ebpf.NotSupported as error:
        assert "it was built for x86_64" in str(error)


def the_command_line(folder: Path) -> None:
    assert "Commands" in command("--help") and "ebpf" in command("--version")
    file = folder / "count_ports.o"
    assert "filter" in command("show", file)
    assert "exit" in command("disasm", file)
    assert "struct" in command("btf", "dump", file)
    assert "filter (xdp, vm): 3 packets" in command("exec", file, "--pcap", folder / "in.pcap")
    assert "filter" in command("verify", file)
    out = folder / f"{sys.platform}.asm.o"
    source = folder / "two.s"
    command("asm", source, "-o", out)
    assert "r0 = 2" in command("disasm", "--raw", out)
    command("link", "objects", out, folder / "every_map.o", folder / "events.o")


def the_command_line_says_what_it_lacks(folder: Path) -> None:
    file = folder / "everything.o"
    no_kernel = f"this is {sys.platform}: there is no Linux kernel here"
    for words, status, text in [
        (["check", file], 6, "needs Linux 5.4"),
        (["run", file, "--", sys.executable, "-c", ""], 6, "it needs Linux on x86-64 or aarch64"),
        (["run", "--engine", "kernel", file], 6, no_kernel),
        (["run", folder / "count_ports.o"], 2, "COMMAND is missing"),
        (["exec", "--engine", "kernel", folder / "count_ports.o", "--pcap", folder / "in.pcap"], 6, no_kernel),
        (["prog"], 6, no_kernel),
        (["map"], 6, no_kernel),
        (["link"], 6, no_kernel),
        (["btf", "list"], 6, no_kernel),
        (["vmlinux"], 6, "needs Linux 5.4"),
        (["trace"], 6, no_kernel),
        (["features"], 6, no_kernel),
    ]:
        lines = command(*words, status=status).strip().splitlines()
        assert text in " ".join(lines), (words, lines)
        said = [line for line in lines if not line.startswith("ebpf: engine: ")]
        assert len(said) <= 2, said  # the error, and of a wrong command line where help is


SCENES: list[Callable[[Path], None]] = [
    an_object_is_read_and_run,
    auto_takes_the_vm,
    the_kernel_engine_says_why_not,
    every_map_has_its_face,
    records_of_a_ring,
    pictures_of_maps,
    errors_have_linux_s_numbers_for_programs,
    a_capture_is_gone_through,
    machine_code_runs,
    programs_are_proved,
    what_has_no_events_here_says_so,
    text_goes_both_ways,
    a_typed_module_loads,
    the_command_line,
    the_command_line_says_what_it_lacks,
]


def play(system: str, folder: Path) -> dict[str, str]:
    """What went wrong in each scene, as that system."""
    import other_system

    other_system.become(system)
    found = {}
    for scene in SCENES:
        try:
            scene(folder)
            found[scene.__name__] = ""
        except BaseException:
            found[scene.__name__] = traceback.format_exc()
    return found


# -------------------------------------------------------------------------------------------------------------- here


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    from captures import pcap, udp

    from compiling import a_compiler
    from ebpf import build
    from ebpf.bind.bpf2py import bpf2py

    folder = tmp_path_factory.mktemp("objects")
    for name in ("count_ports", "events", "every_map", "everything"):
        with a_compiler():
            (folder / f"{name}.o").write_bytes(build.compile(SOURCES / f"{name}.bpf.c"))
    bpf2py("ports", folder / "count_ports.o", output_dir=folder, embed=True)
    with a_compiler():
        bpf2py("ports_of_x86", SOURCES / "count_ports.bpf.c", target="x86", output_dir=folder)
    (folder / "in.pcap").write_bytes(pcap([tcp(80), udp(), bytes(60)]))
    (folder / "two.s").write_text("r0 = 2\nexit\n")
    found = {}
    for system in SYSTEMS:
        code = f"import json, test_other_systems as t; from pathlib import Path; r = t.play({system!r}, Path({str(folder)!r}))\n"
        code += "print('PLAYED' + json.dumps(r))"
        paths = [str(HERE), str(HERE.parent), str(HERE.parents[1] / "src")]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "HOME": str(folder)}
        environment.pop("XDG_CACHE_HOME", None)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
        head, mark, last = done.stdout.rpartition("PLAYED")
        assert done.returncode == 0 and mark and not head, done.stdout + done.stderr
        found[system] = json.loads(last)
    return found


@pytest.mark.parametrize("scene", [scene.__name__ for scene in SCENES])
@pytest.mark.parametrize("system", SYSTEMS)
def test_as_another_system(played: dict[str, dict[str, str]], system: str, scene: str) -> None:
    assert not played[system][scene], played[system][scene]
