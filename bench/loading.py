"""How many of the kernel's own BPF objects this kernel loads, through libbpf and through this library.

    python bench/loading.py --objects /tmp/objects              compile (once), load all with both, print what differs
    python bench/loading.py --objects /tmp/objects --compile    compile only: for a guest, which is too slow for it
    python bench/loading.py --objects /tmp/objects --why        the message of each object that only libbpf loads
    python bench/loading.py --objects /tmp/objects --attach     attach each program and struct_ops map too, one after the other

Each program of tools/testing/selftests/bpf/progs and samples/bpf is compiled with libbpf's headers of that tree; each object
is loaded by libbpf.so (bpf_object__open_file, bpf_object__load) and by ebpf.load, in a process and a BPF file system of its
own. `--attach` is for a kernel of its own (a guest): tracing and security programs see, and may change, the whole system. It
attaches by the section, as bpf_program__attach and Program.attach do, and detaches at once. Needs root.
"""

from __future__ import annotations

import argparse
import ctypes
import fnmatch
import importlib
import importlib.util
import json
import os
import platform
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench")]

import headers  # noqa: E402

STRUCT_OPS = 26
CLONE_NEWNS, MS_REC, MS_PRIVATE = 0x20000, 0x4000, 1 << 18


def compile_all(folder: Path, source: Path | None, only: str, jobs: int, vmlinux: Path | None) -> int:
    """Objects in `folder`, one for each program that compiles."""
    compiler = headers.find_compiler("zig")
    with tempfile.TemporaryDirectory(prefix="ebpf-bench-") as name:
        work = Path(name)
        if source is None:
            (work / "linux").mkdir()
            source = headers.unpack(headers.TARBALL, work / "linux")
        source = source.resolve()
        if vmlinux is None:
            vmlinux = work / "vmlinux"
            vmlinux.mkdir()
            headers.make_vmlinux(vmlinux)
        include = headers.header_sets(source, work, compiler)["tree"]
        selftests = source / "tools/testing/selftests/bpf"

        def one(program: Path) -> bool:
            out = folder / f"{program.name.removesuffix('.c').removesuffix('.bpf')}.o"
            command = [
                *compiler.command, "-target", "bpfel", "-mcpu=v3", "-O2", "-g", "-std=gnu11", "-fno-strict-aliasing",
                "-w", "-nostdinc", "-D__TARGET_ARCH_x86", f"-I{vmlinux}", f"-I{selftests}", *include,
                "-c", str(program), "-o", str(out),
            ]  # fmt: skip
            done = subprocess.run(command, capture_output=True, timeout=300, cwd=program.parent, check=False)
            return done.returncode == 0

        with ThreadPoolExecutor(jobs) as pool:
            return sum(pool.map(one, headers.programs(source, only)))


def libbpf() -> ctypes.CDLL:
    """The newest libbpf that is here: the one inside pylibbpf (pip install pylibbpf), else the system's."""
    found = importlib.util.find_spec("pylibbpf")
    for folder in found.submodule_search_locations or [] if found else []:
        for path in Path(folder).glob("*.so"):
            lib = ctypes.CDLL(str(path), use_errno=True)
            if hasattr(lib, "bpf_object__open_file"):
                return lib
    return ctypes.CDLL("libbpf.so.1", use_errno=True)


#: What became of one object: why it doesn't load (empty: it does), and of each program, and struct_ops map, why it isn't
#: attached.
Outcome = tuple[str, dict[str, str]]


def by_libbpf(path: str, attach: bool) -> Outcome:
    """What doesn't load is told by libbpf's last words."""
    lib = libbpf()
    lib.bpf_object__open_file.restype = ctypes.c_void_p
    lib.bpf_object__open_file.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    lib.bpf_object__load.argtypes = [ctypes.c_void_p]
    said: list[bytes] = []
    printer = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p)
    libc = ctypes.CDLL(None)

    @printer
    def keep(level: int, form: bytes, arguments: int) -> int:
        text = ctypes.create_string_buffer(400)
        libc.vsnprintf(text, ctypes.c_size_t(400), form, ctypes.c_void_p(arguments))
        said.append(text.value)
        return 0

    lib.libbpf_set_print(keep)
    obj = lib.bpf_object__open_file(path.encode(), None)
    if not obj:
        return f"open: {os.strerror(ctypes.get_errno())}", {}
    if error := lib.bpf_object__load(obj):
        words = [
            line.decode(errors="replace").strip()
            for line in said
            if b"libbpf: " in line and b"failed" in line and b"optional" not in line
        ]
        return f"load: {os.strerror(-error)}: {words[0] if words else ''}", {}
    return "", _attached_by_libbpf(lib, obj) if attach else {}


def _attached_by_libbpf(lib: ctypes.CDLL, obj: int) -> dict[str, str]:
    pointer = ctypes.c_void_p
    for name in ("bpf_object__next_program", "bpf_object__next_map"):
        getattr(lib, name).restype, getattr(lib, name).argtypes = pointer, [pointer, pointer]
    for name in ("bpf_program__attach", "bpf_map__attach_struct_ops"):
        getattr(lib, name).restype, getattr(lib, name).argtypes = pointer, [pointer]
    for name in ("bpf_program__name", "bpf_map__name"):
        getattr(lib, name).restype, getattr(lib, name).argtypes = ctypes.c_char_p, [pointer]
    for name in ("bpf_link__destroy", "bpf_program__fd", "bpf_map__type", "bpf_map__fd"):
        getattr(lib, name).argtypes = [pointer]
    found: dict[str, str] = {}

    def one(name: bytes, link: int | None) -> None:
        found[name.decode()] = "" if link else os.strerror(ctypes.get_errno())
        if link:
            lib.bpf_link__destroy(link)

    program = None
    while program := lib.bpf_object__next_program(obj, program):
        if lib.bpf_program__fd(program) >= 0:
            one(lib.bpf_program__name(program), lib.bpf_program__attach(program))
    map_ = None
    while map_ := lib.bpf_object__next_map(obj, map_):
        if lib.bpf_map__type(map_) == STRUCT_OPS and lib.bpf_map__fd(map_) >= 0:
            one(lib.bpf_map__name(map_), lib.bpf_map__attach_struct_ops(map_))
    return found


def by_us(path: str, attach: bool) -> Outcome:
    import ebpf

    found: dict[str, str] = {}
    try:
        with ebpf.load(path, engine="kernel") as obj:
            tables = [obj.programs, {name: map_ for name, map_ in obj.maps.items() if map_.spec.type == STRUCT_OPS}]
            for name, thing in [item for table in tables for item in table.items()] if attach else []:
                try:
                    thing.attach().close()
                    found[name] = ""
                except (ebpf.EbpfError, OSError) as error:
                    found[name] = f"{type(error).__name__}: {error}"
            return "", found
    except ebpf.EbpfError as error:
        return f"{type(error).__name__}: {error}", found


def apart(load: Callable[[str, bool], Outcome], path: str, attach: bool, seconds: float) -> Outcome:
    """`load(path, attach)` in a process of its own, with a BPF file system that goes away with it."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        said: Outcome = "died", {}
        try:
            libc = ctypes.CDLL(None, use_errno=True)
            libc.unshare(CLONE_NEWNS)
            libc.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None)
            libc.mount(b"bpf", b"/sys/fs/bpf", b"bpf", 0, None)
            said = load(path, attach)
        except BaseException as error:
            said = f"{type(error).__name__}: {error}", {}
        finally:
            with open(writer, "w") as file:
                json.dump(said, file)
            os._exit(0)
    os.close(writer)
    try:
        if not select.select([reader], [], [], seconds)[0]:
            os.kill(child, signal.SIGKILL)
            return f"not done after {seconds:.0f} s", {}
        with open(reader, closefd=False) as file:
            text = file.read()
        error, found = json.loads(text) if text else ("died", {})
        return error, found
    finally:
        os.close(reader)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) not in (signal.SIGKILL,):
            print(f"{path}: killed by signal {os.WTERMSIG(status)}", file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--objects", type=Path, required=True, help="the folder of the objects")
    parser.add_argument("--compile", action="store_true", help="compile only")
    parser.add_argument("--source", type=Path, help="an unpacked kernel tree")
    parser.add_argument("--vmlinux", type=Path, help="a folder with vmlinux.h; else bpftool makes it of this kernel")
    parser.add_argument("--only", default="*", help="patterns of file names, with commas between")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60, help="the longest that one object may take")
    parser.add_argument("--attach", action="store_true", help="attach too: in a guest")
    parser.add_argument("--why", action="store_true")
    parser.add_argument("--json", type=Path, help="write every message there")
    options = parser.parse_args()
    options.objects.mkdir(parents=True, exist_ok=True)
    if options.compile or not any(options.objects.glob("*.o")):
        done = compile_all(options.objects, options.source, options.only, options.jobs, options.vmlinux)
        print(f"{done} objects in {options.objects}")
        if options.compile:
            return 0
    if os.geteuid():
        print("loading needs root", file=sys.stderr)
        return 77
    patterns = [
        pattern.removesuffix(".c") + ("" if pattern.endswith(("*", ".o")) else ".o")
        for pattern in options.only.split(",")
    ]
    objects = [p for p in sorted(options.objects.glob("*.o")) if any(fnmatch.fnmatch(p.name, one) for one in patterns)]
    for module in ("api", "elf", "kernel.engine", "objects.object"):  # once, not in each child
        importlib.import_module(f"ebpf.{module}")
    importlib.import_module("ebpf.btf.kernel").kernel_btf().find("task_struct")
    found: dict[str, list[Outcome]] = {}
    started = time.monotonic()
    for path in objects:
        found[path.name] = [apart(load, str(path), options.attach, options.seconds) for load in (by_libbpf, by_us)]
        if options.json:  # each time: a guest may not come to the end
            half = options.json.with_name(f"{options.json.name}.part")
            half.write_text(json.dumps(found, indent=1))
            half.replace(options.json)
    theirs = {name for name, ((libbpf, _), _) in found.items() if not libbpf}
    ours = {name for name, (_, (us, _)) in found.items() if not us}
    lib = libbpf()
    lib.libbpf_version_string.restype = ctypes.c_char_p
    taken = time.monotonic() - started
    print(f"libbpf {lib.libbpf_version_string().decode()}; Linux {platform.release()}")
    print(f"{len(objects)} objects, {taken:.0f} s")
    print(f"  libbpf loads {len(theirs)}, we load {len(ours)}, both {len(theirs & ours)}")
    print(f"  only libbpf ({len(theirs - ours)}): {' '.join(sorted(theirs - ours))}")
    print(f"  only we ({len(ours - theirs)}): {' '.join(sorted(ours - theirs))}")
    if options.why:
        for name in sorted(theirs - ours):
            print(f"ours   {name}: {found[name][1][0]}")
    if options.attach:
        show_attached({name: found[name] for name in theirs & ours}, options.why)
    return 0


def show_attached(found: dict[str, list[Outcome]], why: bool) -> None:
    """Of the programs and struct_ops maps in objects that both load."""
    tables = [
        {(name, thing): said for name, outcomes in found.items() for thing, said in outcomes[side][1].items()}
        for side in (0, 1)
    ]
    theirs, ours = ({thing for thing, said in table.items() if not said} for table in tables)
    print(f"{len(tables[0].keys() | tables[1].keys())} programs and struct_ops maps in what both load")
    print(f"  libbpf attaches {len(theirs)}, we attach {len(ours)}, both {len(theirs & ours)}")
    for words, only in (("only libbpf", theirs - ours), ("only we", ours - theirs)):
        print(f"  {words} ({len(only)}): {' '.join(f'{name}:{thing}' for name, thing in sorted(only))}")
    if why:
        for thing in sorted(theirs - ours):
            print(f"ours   {':'.join(thing)}: {tables[1].get(thing, 'it has no such program')}")


if __name__ == "__main__":
    sys.exit(main())
