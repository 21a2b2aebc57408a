"""How much of the kernel's own BPF C compiles with our headers, and how much with libbpf's.

    python bench/headers.py                               linux-source-6.12 of Debian, unpacked to a folder that goes away
    python bench/headers.py --source linux-6.12 --cc zig  a tree that is there already
    python bench/headers.py --only 'test_core*' --why     the errors of what only libbpf's headers compile

Each program of tools/testing/selftests/bpf/progs and samples/bpf is compiled to an object by one compiler, against one
vmlinux.h, with:

    installed   the headers of the package libbpf-dev, and the tree's own linux/*.h
    tree        the headers of tools/lib/bpf in that tree, and the tree's own linux/*.h
    ours        our headers, and for what they lack the system's
    alone       our headers and nothing else

The sources are GPL and stay where they are; nothing of them is kept.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import subprocess
import sys
import tarfile
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from ebpf.build import INCLUDE, find_compiler  # noqa: E402
from ebpf.build.clang import readable, system_folders  # noqa: E402
from ebpf.build.compilers import Compiler  # noqa: E402

TARBALL = Path("/usr/src/linux-source-6.12.tar.xz")
INSTALLED = Path("/usr/include/bpf")
NEEDED = (
    "tools/testing/selftests/bpf/",
    "tools/lib/bpf/",
    "tools/include/",
    "samples/bpf/",
    "include/uapi/",
)


def unpack(tarball: Path, folder: Path) -> Path:
    """The folders that are needed, out of Debian's source package."""
    with tarfile.open(tarball) as archive:
        # Python 3.11.4 brought filters, and 3.12 warns without one.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        for member in archive:
            _, _, inside = member.name.partition("/")
            if inside.startswith(NEEDED):
                archive.extract(member, folder)
    return next(folder.iterdir())


def make_vmlinux(folder: Path) -> None:
    done = subprocess.run(
        ["bpftool", "btf", "dump", "file", "/sys/kernel/btf/vmlinux", "format", "c"], capture_output=True, check=True
    )
    (folder / "vmlinux.h").write_bytes(done.stdout)


def programs(source: Path, only: str) -> list[Path]:
    found = sorted((source / "tools/testing/selftests/bpf/progs").glob("*.c"))
    found += sorted((source / "samples/bpf").glob("*.bpf.c")) + sorted((source / "samples/bpf").glob("*_kern.c"))
    return [path for path in found if any(fnmatch.fnmatch(path.name, pattern) for pattern in only.split(","))]


def header_sets(source: Path, folder: Path, compiler: Compiler) -> dict[str, list[str]]:
    """Name → include flags."""
    uapi = folder / "tree-uapi"
    uapi.mkdir()
    (uapi / "uapi").symlink_to(source / "include/uapi")
    system = [f"-idirafter{path}" for path in system_folders()]
    own = ["-isystem", compiler.headers]
    sets: dict[str, list[str]] = {}
    theirs = [f"-I{source / 'tools/include/uapi'}", f"-I{uapi}", *own, *system]
    if INSTALLED.is_dir():
        installed = folder / "installed"
        installed.mkdir()
        (installed / "bpf").symlink_to(INSTALLED)
        sets["installed"] = ["-isystem", str(installed), *theirs]
    tree = folder / "tree" / "bpf"
    tree.mkdir(parents=True)
    for header in (source / "tools/lib/bpf").glob("*.h"):
        (tree / header.name).symlink_to(header)
    # Made by the kernel's build from the same list of helpers, which has not grown since 6.2.
    helpers = INSTALLED / "bpf_helper_defs.h"
    (tree / helpers.name).symlink_to(helpers if helpers.exists() else INCLUDE / "bpf" / helpers.name)
    sets["tree"] = ["-isystem", str(tree.parent), *theirs]
    # Some programs name files of the tree by their way from one of its include folders: any folder as deep will do.
    ours = ["-isystem", str(INCLUDE), *own, f"-idirafter{source / 'tools/lib/bpf'}"]
    sets["ours"] = [*ours, *system]
    sets["alone"] = ours
    return sets


def compile_one(compiler: Compiler, source: Path, program: Path, include: list[str], vmlinux: Path) -> str:
    """Empty if it compiles, else the first error."""
    selftests = source / "tools/testing/selftests/bpf"
    with tempfile.TemporaryDirectory(prefix="ebpf-bench-") as folder:
        command = [
            *compiler.command, "-target", "bpfel", "-mcpu=v3", "-O2", "-g", "-std=gnu11", "-fno-strict-aliasing",
            "-fno-color-diagnostics", "-fno-crash-diagnostics", "-w", "-nostdinc", "-D__TARGET_ARCH_x86",
            f"-I{vmlinux}", f"-I{selftests}", *include,
            "-c", str(program), "-o", str(Path(folder, "out.o")),
        ]  # fmt: skip
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=120, cwd=program.parent, check=False
        )
    if done.returncode == 0:
        return ""
    lines = [line for line in readable(done.stderr) if "error" in line] or readable(done.stderr) or ["no message"]
    return lines[0]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--source", type=Path, help="an unpacked kernel tree")
    parser.add_argument("--tarball", type=Path, default=TARBALL)
    parser.add_argument("--vmlinux", type=Path, help="a folder with vmlinux.h; else bpftool makes it of this kernel")
    parser.add_argument("--cc", help="as of ebpf build; the selftests want a recent clang", default="zig")
    parser.add_argument("--only", default="*", help="patterns of file names, with commas between")
    parser.add_argument("--sets", default="installed,tree,ours,alone")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--why", action="store_true", help="show the error of each program that only libbpf's compile")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    compiler = find_compiler(options.cc)
    with tempfile.TemporaryDirectory(prefix="ebpf-bench-") as name:
        folder = Path(name)
        source = options.source
        if source is None:
            if not options.tarball.exists():
                print(f"{options.tarball} is missing: apt install linux-source-6.12, or --source", file=sys.stderr)
                return 77
            (folder / "linux").mkdir()
            source = unpack(options.tarball, folder / "linux")
        vmlinux = options.vmlinux
        if vmlinux is None:
            vmlinux = folder / "vmlinux"
            vmlinux.mkdir()
            make_vmlinux(vmlinux)
        sets = header_sets(source.resolve(), folder, compiler)
        wanted = [name for name in options.sets.split(",") if name in sets]
        files = programs(source.resolve(), options.only)
        errors: dict[str, dict[str, str]] = {name: {} for name in wanted}
        started = time.monotonic()
        with ThreadPoolExecutor(options.jobs) as pool:
            jobs = {
                (name, path): pool.submit(compile_one, compiler, source.resolve(), path, sets[name], vmlinux.resolve())
                for path in files
                for name in wanted
            }
            for (name, path), job in jobs.items():
                message = job.result()
                if message:
                    errors[name][f"{path.parent.name}/{path.name}"] = message
        taken = time.monotonic() - started
    names = [f"{path.parent.name}/{path.name}" for path in files]
    compiled = {name: {path for path in names if path not in errors[name]} for name in wanted}
    theirs = compiled.get("installed", set()) | compiled.get("tree", set())
    only_libbpf = sorted(theirs - compiled["ours"]) if "ours" in wanted else []
    not_alone = sorted(theirs - compiled["alone"]) if "alone" in wanted else []
    only_ours = sorted(compiled.get("ours", set()) - theirs)
    if options.json:
        counts = {name: len(found) for name, found in compiled.items()}
        report = {"compiler": compiler.banner, "files": len(files), "seconds": round(taken, 1), "compiled": counts}
        print(json.dumps({**report, "only_libbpf": only_libbpf, "only_ours": only_ours}, indent=2))
        return 0
    print(f"{compiler.banner}; {len(files)} files, {taken:.0f} s")
    for name in wanted:
        print(f"  {name:10} {len(compiled[name]):4} compile")
    print(f"  with libbpf's and not with ours: {len(only_libbpf)}; the other way: {len(only_ours)}")
    if options.why:
        for path in only_libbpf:
            print(f"ours   {path}: {errors['ours'][path]}")
        for path in not_alone:
            print(f"alone  {path}: {errors['alone'][path]}")
        for path in names:
            if path not in theirs and path not in compiled.get("ours", set()):
                print(f"none   {path}: {next((errors[name][path] for name in wanted if path in errors[name]), '')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
