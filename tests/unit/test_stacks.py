"""Names for addresses of processes: every kind of binary, what was deleted, other mount namespaces, code made at run time."""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hot_program import build
from hypothesis import given
from hypothesis import strategies as st
from trace_host import can_trace

import ebpf
from ebpf import build as bpf
from ebpf.binaries.addresses import FileSymbols, Frame, ProcessSymbols
from ebpf.errors import CompileError, HookError, KernelError
from ebpf.stacks import Symbols

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc/PID/maps is Linux's")
ROOT = Path(__file__).resolve().parents[2]


def place_of(path: Path, name: str) -> int:
    from ebpf.binaries.symbols import Binary

    with Binary(str(path)) as binary:
        return binary.place_of_function(name)


@pytest.mark.parametrize("options", [("-pie", "-fPIE"), ("-no-pie",), ("-static",), ("-shared", "-fPIC")])
def test_places_in_a_file_are_named(tmp_path: Path, options: tuple[str, ...]) -> None:
    path = build(tmp_path, *options)
    symbols = FileSymbols(str(path))
    for name in ("very_hot", "middle", "main"):
        place = place_of(path, name)
        assert symbols.find(place) == (name, 0)
        assert symbols.find(place + 5) == (name, 5)
    assert symbols.find(0) is None
    assert symbols.find(1 << 40) is None


def test_a_stripped_library_is_named_by_what_it_exports(tmp_path: Path) -> None:
    path = build(tmp_path, "-shared", "-fPIC", "-s")
    assert FileSymbols(str(path)).find(place_of(path, "middle") + 1) == ("middle", 1)
    program = build(tmp_path, "-s", name="stripped")
    assert FileSymbols(str(program)).find(place_of(path, "middle")) is None


def test_build_ids(tmp_path: Path) -> None:
    assert len(FileSymbols(str(build(tmp_path, "-Wl,--build-id=sha1"))).build_id) == 20
    assert FileSymbols(str(build(tmp_path, "-Wl,--build-id=none"))).build_id == b""


@given(st.binary(max_size=200))
def test_what_is_no_elf_file_is_told(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("file") / "file"
    path.write_bytes(b"\x7fELF" + data)
    with pytest.raises(HookError):
        FileSymbols(str(path))


def test_this_process() -> None:
    symbols = ProcessSymbols(os.getpid())
    libc = ctypes.CDLL(None)
    address = ctypes.cast(libc.qsort, ctypes.c_void_p).value or 0
    frame = symbols.find(address + 2)
    assert frame.name.startswith("qsort") and frame.offset == 2 and "libc" in frame.file
    assert str(frame) == frame.name
    assert symbols.find(8) == Frame(8) and str(Frame(8)) == "0x8"
    stack = Symbols().user(os.getpid(), (address, address))
    # The second is a return address: one byte before it is another function.
    assert stack[0].name == frame.name and stack[1].name != frame.name and stack[1].address == address


def test_a_library_that_is_loaded_later(tmp_path: Path) -> None:
    symbols = Symbols()
    known = symbols.process(os.getpid())
    assert known is not None
    library = ctypes.CDLL(str(build(tmp_path, "-shared", "-fPIC", name="libhot.so")))
    address = ctypes.cast(library.middle, ctypes.c_void_p).value or 0
    assert known.find(address).name == ""
    assert symbols.user(os.getpid(), [address]) == [Frame(address, "middle", 0, str(tmp_path / "libhot.so"))]


@pytest.mark.parametrize("flags", [mmap.MAP_SHARED, mmap.MAP_PRIVATE])
def test_code_made_at_run_time(flags: int) -> None:
    rights = mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC
    code = mmap.mmap(-1, 4096, flags=flags | mmap.MAP_ANONYMOUS, prot=rights)
    address = ctypes.addressof(ctypes.c_char.from_buffer(code))
    path = Path(f"/tmp/perf-{os.getpid()}.map")
    path.write_text(f"{address + 16:x} 20 py::hot:/x.py\n{address + 64:x} 8 other\n")
    try:
        symbols = ProcessSymbols(os.getpid())
        assert symbols.find(address + 20).name == "py::hot:/x.py" and symbols.find(address + 20).offset == 4
        assert symbols.find(address + 65).name == "other"
        assert symbols.find(address + 72).name == symbols.find(address).name == ""
    finally:
        path.unlink()


def test_a_process_that_ended() -> None:
    child = subprocess.Popen(["true"])
    child.wait()
    with pytest.raises(KernelError, match=f"symbols of process {child.pid}"):
        ProcessSymbols(child.pid)
    symbols = Symbols()
    assert symbols.process(child.pid) is None
    assert symbols.user(child.pid, [16, 32]) == [Frame(16), Frame(32)]
    assert symbols.folded("a;b", child.pid, user=[16, 33]) == "a:b;0x21;0x10"


def hot_address(pid: int, place: int, name: str) -> int:
    """Where a place of that file is in the process."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights, offset, _, _, *path = line.split(maxsplit=5)
            if "x" in rights and path and name in path[0]:
                return int(span.partition("-")[0], 16) + place - int(offset, 16)
        time.sleep(0.01)
    raise AssertionError(f"{name} isn't mapped in {pid}")


def test_a_process_keeps_its_names_when_it_ends(tmp_path: Path) -> None:
    path = build(tmp_path)
    symbols = Symbols()
    with subprocess.Popen([path]) as child:
        address = hot_address(child.pid, place_of(path, "middle"), "hot")
        assert symbols.user(child.pid, [address])[0].name == "middle"
        child.kill()
    assert symbols.process(child.pid, refresh=True) is not None
    assert symbols.user(child.pid, [address, 5])[0].name == "middle"


@pytest.mark.host
@pytest.mark.parametrize("after", ["deleted", "replaced"])
def test_a_file_that_is_there_no_more(tmp_path: Path, after: str) -> None:
    path = build(tmp_path)
    place = place_of(path, "very_hot")
    with subprocess.Popen([path]) as child:
        address = hot_address(child.pid, place, "hot")
        path.unlink()
        if after == "replaced":
            path.write_bytes(b"another file")
        frame = Symbols().user(child.pid, [address + 4])[0]
        child.kill()
    assert (frame.name, frame.offset) == ("very_hot", 4)


@pytest.mark.host
def test_another_mount_namespace(tmp_path: Path) -> None:
    """The file is on a file system that nobody else sees."""
    if shutil.which("unshare") is None:
        pytest.skip("no unshare")
    path = build(tmp_path)
    inside = tmp_path / "inside"
    inside.mkdir()
    script = f"mount -t tmpfs none {inside} && cp {path} {inside}/unseen && exec {inside}/unseen"
    with subprocess.Popen(["unshare", "-m", "sh", "-c", script]) as child:
        address = hot_address(child.pid, place_of(path, "middle"), "unseen")
        assert not (inside / "unseen").exists()
        frame = Symbols().user(child.pid, [address])[0]
        child.kill()
    assert frame == Frame(address, "middle", 0, f"{inside}/unseen")


@pytest.mark.host
def test_kernel_frames_are_named() -> None:
    symbols = Symbols()
    with open("/proc/kallsyms") as file:
        address, name = next(
            (int(parts[0], 16), parts[2])
            for parts in map(str.split, file)
            if parts[1] == "T" and parts[2] == "vfs_read"
        )
    assert symbols.kernel([address + 3]) == [Frame(address + 3, name, 3, "[kernel]")]
    assert symbols.folded("x", kernel=[address]) == "x;vfs_read_[k]"
    assert symbols.kernel([1])[0].name == ""


def shares(lines: list[str]) -> dict[str, int]:
    """Function → samples with it innermost."""
    found: dict[str, int] = {}
    for line in lines:
        stack, _, count = line.rpartition(" ")
        name = [part for part in stack.split(";") if not part.endswith("_[k]")][-1]
        found[name] = found.get(name, 0) + int(count)
    return found


def flame(*words: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "examples" / "flame" / "main.py"), *words],
        capture_output=True, text=True, timeout=300, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def _needs_clang() -> None:
    try:
        bpf.find_compiler()
    except CompileError as error:
        pytest.skip(str(error))


@can_trace
def test_a_flame_graph_of_a_command_without_privilege(tmp_path: Path) -> None:
    _needs_clang()
    lines = flame(str(build(tmp_path)), "3000")
    found = shares(lines)
    assert found["very_hot"] > 0.8 * sum(found.values())
    assert any(line.startswith("hot;") and ";main;middle;very_hot " in line for line in lines)


@pytest.mark.host
def test_a_flame_graph_of_a_process(tmp_path: Path) -> None:
    _needs_clang()
    with subprocess.Popen([build(tmp_path)]) as child:
        lines = flame(str(child.pid), "3")
        child.kill()
    found = shares(lines)
    assert found["very_hot"] > 0.8 * sum(found.values())
    assert any(line.startswith("hot;") and ";main;middle;very_hot " in line for line in lines)


@pytest.mark.host
def test_stacks_by_build_id_are_named_after_the_end(tmp_path: Path) -> None:
    _needs_clang()
    source = tmp_path / "ids.bpf.c"
    text = (ROOT / "examples" / "flame" / "flame.bpf.c").read_text()
    text = text.replace(
        "127 * sizeof(__u64));", "127 * sizeof(struct bpf_stack_build_id));\n__uint(map_flags, BPF_F_STACK_BUILD_ID);"
    )
    source.write_text(text)
    path = build(tmp_path, "-Wl,--build-id=sha1")
    symbols = Symbols()
    with ebpf.load(source, engine="kernel") as obj:
        with subprocess.Popen([path]) as child:
            with obj.programs["sample"].attach_perf_event(frequency=200, pid=child.pid):
                deadline = time.monotonic() + 60
                while sum(obj.maps["counts"].values()) < 20 and time.monotonic() < deadline:
                    time.sleep(0.05)
            symbols.process(child.pid)
            child.kill()
        stacks = [obj.maps["stacks"][place.user] for place in obj.maps["counts"] if place.user >= 0]
    assert any(stack[0][0] == FileSymbols(str(path)).build_id for stack in stacks)
    names = [[frame.name for frame in symbols.user(child.pid, stack)] for stack in stacks]
    assert ["very_hot", "middle", "main"] in [stack[:3] for stack in names]
    fresh = Symbols().user(child.pid, stacks[0])
    assert fresh[0].name == "" and fresh[0].file
