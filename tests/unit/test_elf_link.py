"""Linking of objects: names found in each other, data and types put together; bpftool as a second linker."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Literal

import pytest
from compiled import compile_c
from elf_maker import Sec, Sym, code, func, text
from elf_maker import elf as make

from ebpf import elf
from ebpf.btf import DataSec
from ebpf.elf.format import ElfFile
from ebpf.elf.link import link
from ebpf.elf.writer import strip
from ebpf.errors import ObjectError
from ebpf.spec import ObjectSpec

Order = Literal["little", "big"]

COMMON = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct value { __u64 hits; __u32 who; };
struct table { __uint(type, BPF_MAP_TYPE_HASH); __type(key, __u32); __type(value, struct value); __uint(max_entries, 8); };
"""
ONE = (
    COMMON
    + """
struct table shared SEC(".maps");
extern struct table other SEC(".maps");
extern int helper(int a);
extern int counter;
__weak int chosen(int a) { return a + 1; }
int first_only = 11;
static int own = 1;
static __attribute__((noinline)) int local(int a) { own += a; return own; }
SEC("socket") int one(void *ctx) {
    __u32 key = 0;
    struct value *found = bpf_map_lookup_elem(&shared, &key), *more = bpf_map_lookup_elem(&other, &key);
    bpf_printk("one %d", counter);
    return (found ? found->hits : 0) + (more ? more->who : 0) + helper(2) + counter + local(3) + chosen(4) + first_only;
}
char LICENSE[] SEC("license") = "GPL";
"""
)
TWO = (
    COMMON
    + """
struct table other SEC(".maps");
extern struct table shared SEC(".maps");
extern unsigned LINUX_KERNEL_VERSION __kconfig;
int counter = 5;
long zeros[3];
static int own = 2;
static __attribute__((noinline)) int local(int a) { own *= a; return own; }
__attribute__((noinline)) int helper(int a) { return local(a) + counter + zeros[a & 1] + LINUX_KERNEL_VERSION; }
int chosen(int a) { return a + 2; }
SEC("socket") int two(void *ctx) {
    __u32 key = 0;
    struct value *found = bpf_map_lookup_elem(&shared, &key);
    bpf_printk("two %d", counter);
    return helper(3) + (found ? found->who : 0);
}
char LICENSE[] SEC("license") = "GPL";
"""
)


@pytest.fixture(scope="module", params=["little", "big"])
def objects(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, bytes]]:
    folder = tmp_path_factory.mktemp("link")
    return [(name, compile_c(folder, source, request.param, name)) for name, source in (("one.c", ONE), ("two.c", TWO))]


def facts(spec: ObjectSpec) -> dict[str, object]:
    """What must be the same whoever links."""
    return {
        "maps": {
            name: (one.type, one.key_size, one.value_size, one.max_entries, one.flags, one.contents)
            for name, one in spec.maps.items()
        },
        "variables": {
            name: (one.map, one.offset, one.size, one.constant) for name, one in spec.variables.items()
        },
        "programs": {
            name: (one.code, [(r.slot, r.kind, r.name, r.offset, r.weak) for r in one.references])
            for name, one in spec.programs.items()
        },
        "functions": {name: [(f.slot, f.name) for f in one.functions] for name, one in spec.programs.items()},
        "lines": {name: [(x.slot, x.text, x.line) for x in one.lines] for name, one in spec.programs.items()},
    }  # fmt: skip


def test_two_objects(objects: list[tuple[str, bytes]]) -> None:
    spec = elf.read(link(objects))
    assert spec.license == "GPL"
    assert set(spec.programs) == {"one", "two"}
    assert set(spec.maps) == {"shared", "other", ".data", ".bss", ".rodata", ".kconfig"}
    functions = [function.name for function in spec.programs["one"].functions]
    assert functions == ["one", "helper", "local", "local", "chosen"]
    assert all(function.type_id for function in spec.programs["one"].functions)
    variables = {name: (one.map, one.offset) for name, one in spec.variables.items()}
    assert variables["counter"][0] == ".data" and "LINUX_KERNEL_VERSION" in variables and "zeros" in variables
    assert {name for name in variables if "own" in name} == {"own", ".data:own"}
    data = dict(spec.maps[".data"].contents)[bytes(4)]
    assert isinstance(data, bytes)
    assert {
        name: int.from_bytes(data[one.offset : one.offset + 4], spec.byte_order)
        for name, one in spec.variables.items()
        if one.map == ".data"
    } == {"first_only": 11, "own": 1, "counter": 5, ".data:own": 2}
    # the strong `chosen` won: + 2
    assert {line.text.strip() for line in spec.programs["one"].lines if "chosen(int a)" in line.text} == {
        "int chosen(int a) { return a + 2; }"
    }
    assert spec.btf is not None
    assert spec.btf.codec(spec.maps["other"].value_type).decode(bytes(16)).hits == 0
    assert len(spec.btf.find_all("value")) == 1  # each type once
    sections = [found.name for _, found in spec.btf if isinstance(found, DataSec)]
    assert len(sections) == len(set(sections))


def test_the_same_input_gives_the_same_bytes(objects: list[tuple[str, bytes]]) -> None:
    assert link(objects) == link(objects)
    assert facts(elf.read(link([("", link(objects))]))) == facts(elf.read(link(objects)))


def test_stripped_objects_link_the_same(objects: list[tuple[str, bytes]]) -> None:
    stripped = [(name, strip(data)) for name, data in objects]
    assert all(len(small) < len(whole) for (_, small), (_, whole) in zip(stripped, objects, strict=True))
    assert facts(elf.read(link(stripped))) == facts(elf.read(link(objects)))
    for (_, small), (_, whole) in zip(stripped, objects, strict=True):
        before, after = names_of(whole), names_of(small)
        assert not any(name.startswith(".debug") for name in after) and any(
            name.startswith(".debug") for name in before
        )


def names_of(data: bytes) -> list[str]:
    return [section.name for section in ElfFile(data).sections]


def test_bpftool_links_the_same(objects: list[tuple[str, bytes]], tmp_path: Path) -> None:
    bpftool = shutil.which("bpftool") or shutil.which("bpftool", path="/usr/sbin:/sbin")
    if bpftool is None:
        pytest.skip("no bpftool to compare with")
    paths = []
    for name, data in objects:
        paths.append(tmp_path / f"{name}.o")
        paths[-1].write_bytes(data)
    out = tmp_path / "out.o"
    done = subprocess.run([bpftool, "gen", "object", out, *paths], capture_output=True, text=True)
    if done.returncode and ElfFile(objects[0][1]).byte_order == "big":
        pytest.skip("this bpftool links only this machine's byte order")
    assert done.returncode == 0, done.stderr
    theirs, ours = facts(elf.read(out)), facts(elf.read(link(objects)))
    assert ours == theirs
    # and it takes ours
    mine = tmp_path / "mine.o"
    mine.write_bytes(link(objects))
    assert subprocess.run([bpftool, "gen", "object", tmp_path / "again.o", mine], capture_output=True).returncode == 0


def test_what_is_missing_stays_missing(objects: list[tuple[str, bytes]]) -> None:
    with pytest.raises(ObjectError, match="'other' is a map or variable that the object doesn't define"):
        elf.read(link(objects[:1]))


def test_without_types() -> None:
    body = code((0x85, 0, 1, 0, -1), (0x95, 0, 0, 0, 0))
    leaf = code((0xB7, 0, 0, 0, 1), (0x95, 0, 0, 0, 0))
    one = make([text("xdp", body, (0, 10, "f"))], [func("x", "xdp", 0, 16), Sym("f")])
    two = make([text(".text", leaf * 2, (0, 0, ".text"))], [func("g", ".text", 0, 16), func("f", ".text", 16, 16)])
    spec = elf.read(link([("one.o", one), ("two.o", two)]))
    assert spec.programs["x"].code == code((0x85, 0, 1, 0, 1), (0x95, 0, 0, 0, 0)) + leaf


@pytest.mark.parametrize(
    ("one", "two", "message"),
    [
        (
            make([text("xdp", code((0x95, 0, 0, 0, 0)))], [func("x", "xdp", 0, 8)]),
            make([text("tc", code((0x95, 0, 0, 0, 0)))], [func("x", "tc", 0, 8)]),
            "b.o section tc offset 0x0: 'x' is defined here and in a.o; make one of them static or __weak",
        ),
        (make([Sec("license", b"GPL\0")]), make([Sec("license", b"MIT\0")]), "b.o section license: it differs"),
        (make([]), make([], order="big"), "b.o: it is big-endian, a.o is little-endian"),
        (make([Sec("x")]), make([Sec("x", type=14)]), "b.o section x: it is of type 14, in another object of type 1"),
        (b"", b"", "a.o: the file is empty"),
    ],
)
def test_what_is_refused(one: bytes, two: bytes, message: str) -> None:
    with pytest.raises(ObjectError) as error:
        link([("a.o", one), ("b.o", two)])
    assert str(error.value).startswith(message)


def test_nothing_to_link() -> None:
    with pytest.raises(ObjectError, match="nothing to link"):
        link([])


def test_the_public_function(tmp_path: Path) -> None:
    """Paths and bytes, written and given back."""
    import ebpf

    one, two = compile_c(tmp_path, ONE, name="one.c"), compile_c(tmp_path, TWO, name="two.c")
    (tmp_path / "one.o").write_bytes(one)
    data = ebpf.link([tmp_path / "one.o", two], tmp_path / "out.o")
    assert (tmp_path / "out.o").read_bytes() == data
    assert list(ebpf.read(data).programs) == ["one", "two"]
    (tmp_path / "source.c").write_text(ONE)
    assert list(ebpf.read(ebpf.link([tmp_path / "source.c", two])).programs) == ["one", "two"]
    stripped = ebpf.link([str(tmp_path / "one.o"), two], strip=True)
    assert len(stripped) < len(data)
    assert list(ebpf.read(stripped).programs) == ["one", "two"]
    with pytest.raises(ObjectError, match="nothing to link"):
        ebpf.link([])
    with pytest.raises(ObjectError, match=r"object 1.*no ELF file"):
        ebpf.link([one, b"nonsense"])
    with pytest.raises(FileNotFoundError):
        ebpf.link([tmp_path / "none.o"])
