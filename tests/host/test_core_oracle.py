"""CO-RE against libbpf: the kernel's own test programs, relocated by both against the same types, are the same to the byte; and
all of their types, each taken once by both, are the same line by line.

The sources are `tools/testing/selftests/bpf/progs` of a kernel source tree ($EBPF_LINUX, or where Debian's linux-source package
was unpacked); libbpf is asked through a small C program that stops each load when the instructions are ready.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from compiled import clangs
from elftools.elf.elffile import ELFFile
from elftools.elf.relocation import RelocationSection

import kernel_source
from ebpf import build
from ebpf.btf import Btf, Int, Member, Pointer, Struct, core, ext
from ebpf.btf.build import Builder
from ebpf.btf.dedup import dedup
from ebpf.btf.kernel import kernel_btf
from ebpf.btf.listing import listing
from ebpf.btf.minimal import minimal
from ebpf.errors import RelocationError

pytestmark = pytest.mark.host


def find_progs() -> Path | None:
    source = kernel_source.find()
    progs = source / "tools/testing/selftests/bpf/progs" if source else None
    return progs if progs and (progs / "core_reloc_types.h").exists() else None


PROGS = find_progs()
VMLINUX = Path(build.__file__).parent / "vmlinux"
TARGETS = sorted(path.stem for path in PROGS.glob("btf__core_reloc_*.c")) if PROGS else []
PROGRAMS = sorted(path.stem for path in PROGS.glob("test_core_reloc_*.c")) if PROGS else []
#: Test programs that go with types of another name.
SHARED = {"bitfields_direct": "bitfields", "bitfields_probed": "bitfields"}

ORACLE = r"""
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <bpf/libbpf.h>

static int quiet(enum libbpf_print_level level, const char *format, va_list arguments)
{
	return 0;
}

static int print(struct bpf_program *program, struct bpf_prog_load_opts *options, long cookie)
{
	const unsigned char *bytes = (const void *)bpf_program__insns(program);
	size_t size = bpf_program__insn_cnt(program) * 8;

	printf("%s ", bpf_program__name(program));
	for (size_t at = 0; at < size; at++)
		printf("%02x", bytes[at]);
	printf("\n");
	return -ECANCELED;
}

int main(int count, char **arguments)
{
	LIBBPF_OPTS(bpf_object_open_opts, options);
	LIBBPF_OPTS(libbpf_prog_handler_opts, handler, .prog_prepare_load_fn = print);
	struct bpf_object *object;

	libbpf_set_print(quiet);
	if (count > 2)
		options.btf_custom_path = arguments[2];
	if (libbpf_register_prog_handler("raw_tracepoint+", BPF_PROG_TYPE_RAW_TRACEPOINT, 0, &handler) < 0)
		return 2;
	if (libbpf_register_prog_handler("raw_tp+", BPF_PROG_TYPE_RAW_TRACEPOINT, 0, &handler) < 0)
		return 2;
	if (libbpf_register_prog_handler("tp_btf+", BPF_PROG_TYPE_TRACING, BPF_TRACE_RAW_TP, &handler) < 0)
		return 2;
	object = bpf_object__open_file(arguments[1], &options);
	if (!object)
		return 3;
	bpf_object__load(object);
	bpf_object__close(object);
	return 0;
}
"""


def run(*command: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if PROGS is None:
        pytest.skip("no kernel source with its selftests (apt-get install linux-source-6.12, or $EBPF_LINUX)")
    if not shutil.which("gcc"):
        pytest.skip("no gcc")
    if not Path("/usr/include/bpf/libbpf.h").exists():
        pytest.skip("no libbpf to compare with (apt-get install libbpf-dev)")
    if os.geteuid():
        pytest.skip("libbpf makes maps before it relocates: needs root")
    folder = tmp_path_factory.mktemp("core")
    (folder / "oracle.c").write_text(ORACLE)
    run("gcc", "-o", folder / "oracle", folder / "oracle.c", "-lbpf")
    return folder


#: Each clang on PATH, and the newest, out of a wheel.
COMPILERS = {
    **{name: (name, "-target", "bpf") for name in clangs()},
    "ziglang": (sys.executable, "-m", "ziglang", "cc", "-target", "bpfel-freestanding", "-fno-unwind-tables",
                "-fno-asynchronous-unwind-tables", "-fno-stack-protector", "-isystem", "/usr/include"),
}  # fmt: skip


@pytest.fixture(scope="module", params=list(COMPILERS))
def folder(request: pytest.FixtureRequest, oracle: Path) -> Path:
    if request.param == "ziglang":
        pytest.importorskip("ziglang")
    return oracle / request.param


def compiled(folder: Path, name: str) -> Path:
    out = folder / f"{name}.o"
    if not out.exists():
        assert PROGS is not None
        folder.mkdir(exist_ok=True)
        run(*COMPILERS[folder.name], "-mcpu=v3", "-O2", "-g", "-ffreestanding", "-D__TARGET_ARCH_x86", "-w",
            "-I/usr/include/x86_64-linux-gnu", f"-I{PROGS}", f"-I{VMLINUX}", "-c", PROGS / f"{name}.c", "-o", out)  # fmt: skip
    return out


def ours(path: Path, targets: list[Btf]) -> dict[str, tuple[bytes, set[int]]] | RelocationError:
    """Program → its bytecode relocated, and the slots that the linker has yet to fill."""
    with path.open("rb") as file:
        elf = ELFFile(file)
        local = Btf.parse(elf.get_section_by_name(".BTF").data())
        infos = ext.parse(elf.get_section_by_name(".BTF.ext").data(), local)
        linked: dict[int, set[int]] = {}
        for section in elf.iter_sections():
            if isinstance(section, RelocationSection):
                slots = {relocation["r_offset"] // 8 for relocation in section.iter_relocations()}
                linked[section["sh_info"]] = slots | {slot + 1 for slot in slots}
        out = {}
        for symbol in elf.get_section_by_name(".symtab").iter_symbols():
            if symbol["st_info"]["type"] != "STT_FUNC" or symbol["st_value"]:
                continue
            section = elf.get_section(symbol["st_shndx"])
            try:
                code = core.relocate(
                    section.data(),
                    infos.core.get(section.name, []),
                    local,
                    targets,
                    infos.lines.get(section.name, []),
                    program=symbol.name,
                )
            except RelocationError as error:
                return error
            out[symbol.name] = (code, linked.get(symbol["st_shndx"], set()))
        return out


def relocations_of(path: Path) -> list[tuple[Btf, list[ext.CoreRelocation]]]:
    """The object's types with the relocations of each section."""
    with path.open("rb") as file:
        elf = ELFFile(file)
        local = Btf.parse(elf.get_section_by_name(".BTF").data())
        infos = ext.parse(elf.get_section_by_name(".BTF.ext").data(), local)
    return [(local, one) for one in infos.core.values()]


def theirs(folder: Path, program: Path, target: Path | None) -> dict[str, bytes]:
    lines = run(folder.parent / "oracle", program, *([target] if target else [])).splitlines()
    return {name: bytes.fromhex(code) for name, code in (line.split() for line in lines)}


def assert_same(mine: dict[str, tuple[bytes, set[int]]], libbpf: dict[str, bytes]) -> None:
    assert libbpf
    for name, code in libbpf.items():
        own, open_slots = mine[name]
        assert len(own) == len(code)
        for slot in range(len(code) // 8):
            if slot not in open_slots:
                assert own[slot * 8 : slot * 8 + 8] == code[slot * 8 : slot * 8 + 8], f"{name}: slot {slot}"


def cases() -> list[tuple[str, str]]:
    out = []
    for program in PROGRAMS:
        name = program.removeprefix("test_core_reloc_")
        name = SHARED.get(name, name)
        out += [
            (program, target)
            for target in TARGETS
            if target.removeprefix("btf__core_reloc_").split("___")[0].split("__")[0] == name
        ]
    return out


@pytest.mark.parametrize(("program", "target"), cases())
def test_like_libbpf(folder: Path, program: str, target: str) -> None:
    program_path, target_path = compiled(folder, program), compiled(folder, target)
    with target_path.open("rb") as file:
        types = Btf.parse(ELFFile(file).get_section_by_name(".BTF").data())
    mine = ours(program_path, [types])
    libbpf = theirs(folder, program_path, target_path)
    if isinstance(mine, RelocationError):
        assert not libbpf, f"libbpf relocates what we refuse: {mine}"
        assert mine.access
        assert mine.line
    else:
        assert_same(mine, libbpf)


@pytest.mark.parametrize("program", PROGRAMS)
def test_like_libbpf_on_this_kernel(folder: Path, program: str) -> None:
    path = compiled(folder, program)
    mine = ours(path, [kernel_btf()])
    libbpf = theirs(folder, path, None)
    if isinstance(mine, RelocationError):
        assert not libbpf, f"libbpf relocates what we refuse: {mine}"
    else:
        assert_same(mine, libbpf)


def test_what_is_missing_fails(folder: Path) -> None:
    """Every `___err_` target leaves an instruction that can't run, or is refused."""
    seen = 0
    for program, target in cases():
        if "__err_" not in target or not relocations_of(compiled(folder, program)):
            continue  # an old clang makes no relocations of enums of 64 bits
        with compiled(folder, target).open("rb") as file:
            types = Btf.parse(ELFFile(file).get_section_by_name(".BTF").data())
        mine = ours(compiled(folder, program), [types])
        if isinstance(mine, RelocationError):
            seen += 1
            continue
        bad = (195896080).to_bytes(4, "little")
        assert any(code[at + 4 : at + 8] == bad for code, _open in mine.values() for at in range(0, len(code), 8)), (
            target
        )
        seen += 1
    assert seen >= 20


def minimal_for(program: Path, target: Btf) -> Btf:
    return minimal(target, relocations_of(program))


def assert_relocates_alike(folder: Path, program: Path, target: Btf, whole: object) -> None:
    """Against a minimal BTF: what libbpf makes of it and, but for the ids of its types, what the whole one gives."""
    mine = ours(program, [target])
    path = folder / "minimal.btf"
    path.write_bytes(bytes(target.raw))
    libbpf = theirs(folder, program, path)
    if isinstance(mine, RelocationError):
        assert not libbpf, f"libbpf relocates what we refuse: {mine}"
    else:
        assert_same(mine, libbpf)
    # Where the whole target is refused (too deep, ambiguous), the part may just lack it.
    if not isinstance(whole, RelocationError) and program.stem != "test_core_reloc_type_id":
        assert mine == whole


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_minimal_kernel_does_as_well(folder: Path, program: str) -> None:
    path = compiled(folder, program)
    small = minimal_for(path, kernel_btf())
    assert len(small) < 500
    if program == "test_core_reloc_kernel" and len(small) > 1:  # an old clang makes no relocations of it
        assert small.find("task_struct") is not None
    assert_relocates_alike(folder, path, small, ours(path, [kernel_btf()]))
    if bpftool := shutil.which("bpftool") or shutil.which("bpftool", path="/usr/sbin:/sbin"):
        run(bpftool, "gen", "min_core_btf", "/sys/kernel/btf/vmlinux", folder / "bpftool.btf", path)
        assert held(small) == held(Btf.parse((folder / "bpftool.btf").read_bytes()))


def held(btf: Btf) -> list[tuple[object, ...]]:
    """Each type, with the members that stayed."""
    return sorted(
        (
            btf.kind(number).label,
            btf.name(number),
            *((one.name, one.bit_offset) for one in getattr(found, "members", ())),
        )
        for number, found in btf
        if number
    )


@pytest.mark.parametrize(("program", "target"), cases())
def test_the_minimal_target_does_as_well(folder: Path, program: str, target: str) -> None:
    path = compiled(folder, program)
    with compiled(folder, target).open("rb") as file:
        types = Btf.parse(ELFFile(file).get_section_by_name(".BTF").data())
    assert_relocates_alike(folder, path, minimal_for(path, types), ours(path, [types]))


@pytest.mark.parametrize("members", [("len", "buf", "off"), ("off", "buf"), None])
def test_types_of_a_module(folder: Path, members: tuple[str, ...] | None) -> None:
    """Types that only a module has, and that it lacks. libbpf is given kernel and module as one, with the same ids."""
    program = compiled(folder, "test_core_reloc_module")
    base = minimal_for(program, kernel_btf())
    first = len(base)
    own = [Int("char", 1), Pointer(first), Int("unsigned long", 8), Int("long long", 8, 1)]
    if members is not None:
        kinds = {"buf": first + 1, "len": first + 2, "off": first + 3}
        fields = [Member(name, kinds[name], number * 64) for number, name in enumerate(members)]
        own.append(Struct("bpf_testmod_test_read_ctx", 8 * len(fields), fields))
    module = Builder(own, base=base).btf()
    both = Builder()
    both.extend(base)
    for one in own:
        both.add(one)
    path = folder / "both.btf"
    path.write_bytes(bytes(both))
    mine, libbpf = ours(program, [base, module]), theirs(folder, program, path)
    if isinstance(mine, RelocationError):
        assert not libbpf, f"libbpf relocates what we refuse: {mine}"
        assert "bpf_testmod_test_read_ctx" in mine.access
    else:
        assert_same(mine, libbpf)


def dedup_by_libbpf(parts: list[bytes]) -> Btf:
    lib = ctypes.CDLL("libbpf.so.1")
    lib.libbpf_set_print(None)
    for name in ("btf__new", "btf__new_empty", "btf__raw_data"):
        getattr(lib, name).restype = ctypes.c_void_p
    whole = ctypes.c_void_p(lib.btf__new_empty())
    for raw in parts:
        part = ctypes.c_void_p(lib.btf__new(raw, len(raw)))
        assert part
        assert lib.btf__add_btf(whole, part) > 0
        lib.btf__free(part)
    assert lib.btf__dedup(whole, None) == 0
    size = ctypes.c_uint32()
    data = lib.btf__raw_data(whole, ctypes.byref(size))
    try:
        return Btf.parse(ctypes.string_at(data, size.value))
    finally:
        lib.btf__free(whole)


def test_types_are_taken_once_as_libbpf_does(folder: Path) -> None:
    parts = []
    for name in (*TARGETS, *PROGRAMS):
        with compiled(folder, name).open("rb") as file:
            parts.append(ELFFile(file).get_section_by_name(".BTF").data())
    builder = Builder()
    for raw in parts:
        builder.extend(Btf.parse(raw))
    mine, theirs = dedup(builder)[0], dedup_by_libbpf(parts)
    lines, wanted = ([line for number in range(1, len(one)) for line in listing(one, number)] for one in (mine, theirs))
    assert lines == wanted
    assert len(mine) < len(builder.types) * 2 / 3
