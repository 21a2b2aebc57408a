"""The object reader against this kernel and against libbpf: the corpus loads as its manifest says, and what is linked here is
what libbpf links, instruction by instruction."""

from __future__ import annotations

import ctypes
import json
import os
import sys
from pathlib import Path
from struct import iter_unpack
from typing import Any

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "unit"))

from compiled import compile_c
from test_elf_corpus import CORPUS

from ebpf import elf
from ebpf.elf import kconfig
from ebpf.errors import EbpfError
from ebpf.kernel import types
from ebpf.kernel.engine import KernelEngine
from ebpf.objects.object import Object
from ebpf.spec import ObjectSpec

pytestmark = pytest.mark.host


def cases() -> list[Any]:
    if not (CORPUS / "manifest.json").exists():
        return [pytest.param({}, marks=pytest.mark.skip(reason=f"no corpus at {CORPUS}: set EBPF_CORPUS"))]
    manifest = json.loads((CORPUS / "manifest.json").read_text())
    return [
        pytest.param({**case, **program}, id=f"{case['id'].rpartition('/')[2]}:{program['name']}")
        for case in manifest["cases"]
        if case["kind"] == "elf-object" and case["endian"] == sys.byteorder and not case["host_open_errno"]
        for program in case["programs"]
    ]


def alone(spec: ObjectSpec, name: str) -> ObjectSpec:
    """The object with only that program loaded, as the manifest's verdicts were made."""
    spec.license = spec.license or "GPL"
    for program in spec.programs.values():
        program.autoload = program.name == name
    for map_ in spec.maps.values():
        map_.contents = [(key, value) for key, value in map_.contents if not isinstance(value, str)]
    kconfig.fill(spec)
    return spec


@pytest.mark.parametrize("case", cases())
def test_the_kernel_takes_what_the_manifest_says(case: dict[str, Any]) -> None:
    spec = alone(elf.read(CORPUS / case["file"]), case["name"])
    if case["kernel_verdict"] == "accept":
        Object(spec, KernelEngine()).close()
    elif case["kernel_verdict"] == "reject_core_unresolved":
        with pytest.raises(EbpfError):
            Object(spec, KernelEngine())


SOURCE = r"""
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct value { __u32 n; char text[12]; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __type(key, __u32); __type(value, struct value); __uint(max_entries, 10); }
    things SEC(".maps");
static volatile int count;
int start = 5;
const volatile int limit = 7;
static int own[10] SEC(".data.own");
extern int CONFIG_HZ __kconfig __weak;
extern unsigned LINUX_KERNEL_VERSION __kconfig;

static __attribute__((noinline)) int leaf(int a) { static int n; n += a; own[a & 7] = n; return n + limit; }
__attribute__((noinline)) int middle(int a) { return leaf(a) + start; }
static __attribute__((noinline)) int other(int a) { count += a; return middle(a) + leaf(a); }
static int each(void *map, const void *key, void *value, void *context) { return leaf(2) & 0; }

SEC("socket") int first(void *ctx) {
    __u32 key = 0;
    struct value *found = bpf_map_lookup_elem(&things, &key);
    if (found) count += found->n;
    return other(count) + CONFIG_HZ + LINUX_KERNEL_VERSION;
}
SEC("socket") int second(void *ctx) {
    bpf_for_each_map_elem(&things, each, 0, 0);
    bpf_printk("count %d of %d", start, limit);
    return leaf(1) + other(2);
}
SEC("xdp") int third(void *ctx) { return middle(3) & 1; }
char LICENSE[] SEC("license") = "GPL";
"""


def libbpf_code(path: Path, name: str) -> bytes:
    """The program's instructions as libbpf gives them to the kernel."""
    try:
        lib = ctypes.CDLL("libbpf.so.1")
    except OSError:
        pytest.skip("no libbpf.so.1 to compare with (apt install libbpf1)")
    lib.libbpf_set_print(None)
    for function in (lib.bpf_object__open_file, lib.bpf_object__next_program, lib.bpf_program__insns):
        function.restype = ctypes.c_void_p
    lib.bpf_program__name.restype = ctypes.c_char_p
    lib.bpf_program__insn_cnt.restype = ctypes.c_size_t
    obj = lib.bpf_object__open_file(os.fsencode(path), None)
    assert obj
    try:
        program, chosen = None, None
        while program := lib.bpf_object__next_program(ctypes.c_void_p(obj), ctypes.c_void_p(program)):
            wanted = lib.bpf_program__name(ctypes.c_void_p(program)) == name.encode()
            lib.bpf_program__set_autoload(ctypes.c_void_p(program), wanted)
            chosen = program if wanted else chosen
        assert lib.bpf_object__load(ctypes.c_void_p(obj)) == 0
        count = lib.bpf_program__insn_cnt(ctypes.c_void_p(chosen))
        return ctypes.string_at(lib.bpf_program__insns(ctypes.c_void_p(chosen)), count * 8)
    finally:
        lib.bpf_object__close(ctypes.c_void_p(obj))


def plain(code: bytes) -> list[tuple[int, ...]]:
    """Instructions, without the descriptors of maps."""
    out: list[tuple[int, ...]] = []
    for opcode, registers, offset, imm in iter_unpack("=BBhi", code):
        out.append((opcode, registers, offset, 0 if opcode == 0x18 and registers >> 4 in (1, 2) else imm))
    return out


@pytest.mark.parametrize("name", ["first", "second", "third"])
def test_linked_as_libbpf_links(tmp_path: Path, name: str) -> None:
    path = tmp_path / "test.bpf.o"
    path.write_bytes(compile_c(tmp_path, SOURCE))
    mine = elf.read(path).programs[name]
    assert plain(mine.code) == plain(libbpf_code(path, name))


@pytest.mark.parametrize("name", ["first", "second", "third"])
def test_it_loads(tmp_path: Path, name: str) -> None:
    spec = alone(elf.read(compile_c(tmp_path, SOURCE)), name)
    with Object(spec, KernelEngine()) as obj:
        assert obj.variables["limit"].value == 7
        assert obj.variables["start"].value == 5


@pytest.mark.parametrize("case", cases())
def test_the_kernel_takes_the_types(case: dict[str, Any]) -> None:
    spec = elf.read(CORPUS / case["file"])
    if spec.btf is not None:
        types.load_btf(spec.btf).close()
