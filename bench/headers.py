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
    shipped     the same, with the vmlinux.h that comes with ebpf

Of what compiles both with libbpf's (of that tree) and with ours, the programs are compared: their instructions, what these
refer to, CO-RE relocations, maps and variables. `--why` names each program that differs, and what of it.

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
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from ebpf.asm import disassemble  # noqa: E402
from ebpf.build import INCLUDE, find_compiler  # noqa: E402
from ebpf.build.clang import readable, system_folders  # noqa: E402
from ebpf.build.compilers import Compiler  # noqa: E402
from ebpf.build.vmlinux import SHIPPED  # noqa: E402
from ebpf.elf import read  # noqa: E402
from ebpf.errors import EbpfError  # noqa: E402

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
    sets["shipped"] = ours
    return sets


class Made(NamedTuple):
    """What compiling one program gave: the first error, or what is in the object."""

    error: str = ""
    #: "program NAME", "map NAME", … → all that it is
    parts: Mapping[str, str] = MappingProxyType({})


def parts_of(data: bytes) -> dict[str, str]:
    """What an object holds, a part a thing: two objects with the same parts load and run alike."""
    try:
        spec = read(data)
    except EbpfError as error:
        return {"object": f"can't be read: {error}"}
    parts = {"license": spec.license, "version": str(spec.version)}
    for program in spec.programs.values():
        code = "\n".join(disassemble(program.code, functions=program.functions, references=program.references))
        core = [(at.slot, at.access, at.kind, program.btf and program.btf.name(at.type_id)) for at in program.core]
        facts = (program.section, program.type, program.attach_type, program.flags, program.autoload)
        parts[f"program {program.name}"] = f"{facts}\n{code}\n{core}"
    for map_ in spec.maps.values():
        parts[f"map {map_.name}"] = repr(map_.replace(btf=None, key_type=0, value_type=0, inner=None))
    for variable in spec.variables.values():
        parts[f"variable {variable.name}"] = repr(variable.replace(type_id=0))
    return parts


def differences(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def compile_one(compiler: Compiler, source: Path, program: Path, include: list[str], vmlinux: Path) -> Made:
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
            return Made(parts=parts_of(Path(folder, "out.o").read_bytes()))
    lines = [line for line in readable(done.stderr) if "error" in line] or readable(done.stderr) or ["no message"]
    return Made(lines[0])


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--source", type=Path, help="an unpacked kernel tree")
    parser.add_argument("--tarball", type=Path, default=TARBALL)
    parser.add_argument("--vmlinux", type=Path, help="a folder with vmlinux.h; else bpftool makes it of this kernel")
    parser.add_argument("--cc", help="as of ebpf build; the selftests want a recent clang", default="zig")
    parser.add_argument("--only", default="*", help="patterns of file names, with commas between")
    parser.add_argument("--sets", default="installed,tree,ours,alone,shipped")
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
        made: dict[str, dict[str, Made]] = {name: {} for name in wanted}
        started = time.monotonic()
        with ThreadPoolExecutor(options.jobs) as pool:
            jobs = {}
            for path in files:
                for name in wanted:
                    types = SHIPPED if name == "shipped" else vmlinux.resolve()
                    jobs[name, path] = pool.submit(compile_one, compiler, source.resolve(), path, sets[name], types)
            for (name, path), job in jobs.items():
                made[name][f"{path.parent.name}/{path.name}"] = job.result()
        taken = time.monotonic() - started
    names = [f"{path.parent.name}/{path.name}" for path in files]
    errors = {name: {path: one.error for path, one in found.items() if one.error} for name, found in made.items()}
    compiled = {name: {path for path in names if path not in errors[name]} for name in wanted}
    theirs = compiled.get("installed", set()) | compiled.get("tree", set())
    only_libbpf = sorted(theirs - compiled["ours"]) if "ours" in wanted else []
    not_alone = sorted(theirs - compiled["alone"]) if "alone" in wanted else []
    only_ours = sorted(compiled.get("ours", set()) - theirs)
    both = sorted(compiled.get("tree", set()) & compiled.get("ours", set()))
    differ = {path: differences(made["tree"][path].parts, made["ours"][path].parts) for path in both}
    differ = {path: found for path, found in differ.items() if found}
    if options.json:
        counts = {name: len(found) for name, found in compiled.items()}
        report = {"compiler": compiler.banner, "files": len(files), "seconds": round(taken, 1), "compiled": counts}
        report |= {"only_libbpf": only_libbpf, "only_ours": only_ours, "both": len(both), "differ": differ}
        print(json.dumps({**report, **({"errors": errors} if options.why else {})}, indent=2))
        return 0
    print(f"{compiler.banner}; {len(files)} files, {taken:.0f} s")
    for name in wanted:
        print(f"  {name:10} {len(compiled[name]):4} compile")
    print(f"  with libbpf's and not with ours: {len(only_libbpf)}; the other way: {len(only_ours)}")
    print(
        f"  of {len(both)} that compile with both, {len(both) - len(differ)} are the same programs, maps and variables"
    )
    if options.why:
        for path, found in differ.items():
            print(f"differ {path}: {', '.join(found)}")
        for path in only_libbpf:
            print(f"ours   {path}: {errors['ours'][path]}")
        for path in not_alone:
            print(f"alone  {path}: {errors['alone'][path]}")
        for path in names:
            if all(path in errors[name] for name in wanted):
                print(f"none   {path}: {next((errors[name][path] for name in wanted if path in errors[name]), '')}")
            elif path in errors.get("shipped", ()) and path not in errors.get("alone", ()):
                print(f"shipped {path}: {errors['shipped'][path]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
