"""`ebpf show` and `ebpf link`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Literal

import pytest
from click.testing import CliRunner, Result
from compiled import compile_c
from test_elf_link import ONE, TWO

from ebpf.cli.main import group
from ebpf.errors import ObjectError

SOURCE = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct event { __u32 pid; char comm[4]; };
struct inner { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, __u32); };
struct inner first SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 4); __type(key, __u32); __array(values, struct inner); }
    outer SEC(".maps") = { .values = { [2] = &first } };
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); __uint(pinning, LIBBPF_PIN_BY_NAME); }
    ring SEC(".maps");
extern unsigned LINUX_KERNEL_VERSION __kconfig;
extern const void bpf_symbol __ksym __weak;
struct event last = { 7, "abc" };
const volatile int limit = 3;
static __attribute__((noinline)) int helper(int a) { return a + limit + last.pid + LINUX_KERNEL_VERSION + !!&bpf_symbol; }
SEC("kprobe/sys_execve") int watch(void *ctx) { return helper(2); }
SEC("?xdp") int drop(void *ctx) { return 1; }
char LICENSE[] SEC("license") = "GPL";
unsigned _version SEC("version") = 0x060c05;
"""


def run(*args: str) -> Result:
    return CliRunner().invoke(group, list(args))


@pytest.mark.parametrize("order", ["little", "big"])
def test_show(tmp_path: Path, order: Literal["little", "big"]) -> None:
    path = tmp_path / "x.o"
    path.write_bytes(compile_c(tmp_path, SOURCE, order))
    text = run("show", str(path)).stdout
    assert text.splitlines()[0].startswith(f"{path}: {order}-endian, license GPL, version 6.12.5, ")
    words = [" ".join(line.split()) for line in text.splitlines()]
    for line in (
        'watch kprobe SEC("kprobe/sys_execve")',
        'drop xdp (not loaded unless chosen) SEC("?xdp") 2 instructions',
        "first array 1 __u32 → __u32",
        "outer array_of_maps 4 __u32 → 4 bytes of array 1 __u32 → __u32, 2: first",
        "ring ringbuf 4096 pinned by name",
        'last struct event .data = {"pid": 7, "comm": "abc"}',
        "limit int .rodata = 3",
        "LINUX_KERNEL_VERSION unsigned int .kconfig",
    ):
        assert any(word.startswith(line) for word in words), line
    assert "calls helper, ksym bpf_symbol" in text
    data = json.loads(run("show", str(path), "--json").stdout)
    assert [one["name"] for one in data["programs"]] == ["watch", "drop"]
    watch = data["programs"][0]
    assert (watch["functions"], watch["ksyms"], watch["hook"]) == (
        ["watch", "helper"], ["bpf_symbol"], "Kprobe(function='sys_execve')",
    )  # fmt: skip
    assert set(watch["maps"]) == {".rodata", ".data", ".kconfig"}
    assert {one["name"]: one["value"] for one in data["variables"]} == {
        "last": {"pid": 7, "comm": "abc"}, "limit": 3, "LINUX_KERNEL_VERSION": None,
    }  # fmt: skip
    outer = next(one for one in data["maps"] if one["name"] == "outer")
    assert outer["inner"]["value_size"] == 4
    assert outer["contents"] == [{"key": (2).to_bytes(4, order).hex(), "value": "first"}]


SHAPES = """
typedef struct { int a; union { int x; char y; }; } pair_t;
typedef enum { RED, GREEN } colour_t;
pair_t one = {1, {2}};
colour_t colour = GREEN;
const unsigned char bytes[3] = {1, 2, 3};
int grid[2][3] = {{1}};
int (*call)(pair_t *, int);
__attribute__((section("xdp"), used)) int p(void *ctx)
{
    return one.a + colour + bytes[(long)ctx & 1] + grid[1][1] + !call;
}
"""


@pytest.mark.parametrize("order", ["little", "big"])
def test_show_values_as_c_has_them(tmp_path: Path, order: Literal["little", "big"]) -> None:
    path = tmp_path / "x.o"
    path.write_bytes(compile_c(tmp_path, SHAPES, order))
    found = {one["name"]: one for one in json.loads(run("show", "--json", str(path)).stdout)["variables"]}
    assert {name: one["type"] for name, one in found.items()} == {
        "one": "pair_t", "colour": "colour_t", "bytes": "const unsigned char[3]", "grid": "int[2][3]",
        "call": "int (*)(pair_t *, int)",
    }  # fmt: skip
    y = (2).to_bytes(4, order)[0]
    assert {name: one["value"] for name, one in found.items()} == {
        "one": {"a": 1, "x": 2, "y": y}, "colour": "GREEN", "bytes": "010203",
        "grid": [[1, 0, 0], [0, 0, 0]], "call": 0,
    }  # fmt: skip


def test_the_other_byte_order(tmp_path: Path) -> None:
    """What can't be said of an object that can't run here is refused by its reason."""
    path = tmp_path / "x.o"
    path.write_bytes(compile_c(tmp_path, SHAPES, "big" if sys.byteorder == "little" else "little"))
    for command in (["verify"], ["check", "--btf", str(path)]):
        result = run(*command, str(path))
        assert isinstance(result.exception, ObjectError) and "this machine is not; compile it for bpf" in str(
            result.exception
        )


def test_show_what_is_no_object(tmp_path: Path) -> None:
    path = tmp_path / "x.o"
    path.write_text("hello")
    result = run("show", str(path))
    assert result.exit_code != 0
    assert "no ELF file" in str(result.exception)
    assert "can't be read" in str(run("show", str(tmp_path / "none.o")).exception)


def test_link(tmp_path: Path) -> None:
    order: Literal["little", "big"] = "little" if sys.byteorder == "little" else "big"
    for name, source in (("one", ONE), ("two", TWO)):
        (tmp_path / f"{name}.o").write_bytes(compile_c(tmp_path, source, order, f"{name}.c"))
    out, small = str(tmp_path / "out.o"), str(tmp_path / "small.o")
    result = run("link", out, str(tmp_path / "one.o"), str(tmp_path / "two.o"))
    assert (result.exit_code, result.stdout) == (0, f"wrote {out}, {Path(out).stat().st_size} bytes\n")
    done = json.loads(run("link", "--strip", "--json", small, out).stdout)
    assert done == {"path": small, "bytes": Path(small).stat().st_size}
    names = [one["name"] for one in json.loads(run("show", small, "--json").stdout)["programs"]]
    assert names == ["one", "two"]
    assert run("link", out).exit_code == 2
