"""C names that mean something in Python: the module that bpf2py writes is right all the same, for people and type checkers."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from compiled import _compiler

import ebpf
from ebpf.bind.bpf2py import bpf2py
from ebpf.bind.model import RESERVED
from ebpf.bind.names import class_name

ROOT = Path(__file__).resolve().parents[2]

#: Members called as the types of annotations are, and as what the classes of values are made of; `u64 bytes` is an everyday one.
SOURCE = r"""
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

enum color { RED, name, value, real, None, Any };
struct inner { int v; };
struct flow {
    __u8 mac[6];
    char comm[4];
    __u64 bytes, str, tuple;
    _Bool bool;
    __u16 ports[2];
    struct inner in[2], inner;
    enum color shade;
    union { int a; } un;
    __u32 Self, Any, Mapping, Sequence, Color, Inner, int_, float_, list, cls, self, count;
    __u32 _fields, _asdict, _mine, mro, hasattr;
};
union way { __u32 _raw; __u8 bytes[4]; __u64 list[2]; char str[8]; };
struct odd { __u32 class, None, from; };

#define MAP(name, kind, k, v) \
    struct { __uint(type, kind); __uint(max_entries, 4); __type(key, k); __type(value, v); } name SEC(".maps")
MAP(flows, BPF_MAP_TYPE_HASH, __u32, struct flow);
MAP(list, BPF_MAP_TYPE_PERCPU_HASH, char[8], enum color);
MAP(bytes, BPF_MAP_TYPE_HASH, __u8[8], union way);
MAP(tuple, BPF_MAP_TYPE_HASH, __u32, __u16[2]);
MAP(class, BPF_MAP_TYPE_HASH, __u32, struct odd);
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); __type(value, struct flow); } Ring SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); __type(value, struct flow); } Engine SEC(".maps");
__u64 Self, Literal, Mapping, vm, int_, sys, os, load_as, Variables, Flow;
__u64 pin, _closed, _events, __count = 5, __init__ = 6, _init = 7;

SEC("xdp") int ebpf(void *ctx) { return 2; }
SEC("?xdp") int str(void *ctx) { return 2; }
char LICENSE[] SEC("license") = "GPL";
"""

USE = """\
from odd_names import Color, Flow, Inner, OddNames

with OddNames.load(engine="vm", variables={"vm": 3}) as obj:
    obj.flows[1] = Flow(mac=b"abcdef", comm="sh", bytes=7, str=8, bool=True, ports=(1, 2), inner=Inner(v=3), shade="RED", Color=9)
    flow = obj.flows[1]
    total: int = flow.bytes + flow.str + flow.Color + flow.inner.v + sum(flow.ports) + len(flow.mac) + len(flow.comm)
    assert (total, flow.bool, flow.shade is Color.RED) == (7 + 8 + 9 + 3 + 3 + 6 + 2, True, True)
    obj.list["x"] = [Color(1)] * obj.list.cpus
    obj.bytes[b"12345678"] = b"abcd" + bytes(12)  # type: ignore[assignment]
    raw: bytes = obj.bytes[b"12345678"].bytes
    assert raw.decode() + flow.comm == "abcdsh"
    assert obj.ebpf.run(data=bytes(14)).retval == 2
    assert obj.str is None
    assert (obj._count.value, obj._init__.value, obj._init.value) == (5, 6, 7)
    assert (obj.pin_.value, obj._closed_.value, obj._events_.value) == (0, 0, 0)
    reveal_type(obj.Ring)
    reveal_type(obj.Engine)
    reveal_type(obj.list)
    reveal_type(obj.tuple)
    reveal_type(obj.flows[1].shade)
    reveal_type(obj.vm)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    _compiler()
    folder = tmp_path_factory.mktemp("names")
    (folder / "odd.bpf.c").write_text(SOURCE)
    bpf2py("odd_names", folder / "odd.bpf.c", output_dir=folder, target="native")
    return folder


def test_it_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(folder))
    module = importlib.import_module("odd_names")
    exec("\n".join(line for line in USE.splitlines() if "reveal_type" not in line), {})
    with module.OddNames.load(engine="vm") as obj:
        assert obj.tuple.name == "tuple"
        assert obj.class_.name == "class"
    del sys.modules["odd_names"]


def test_what_objects_have_themselves_is_no_attribute(folder: Path) -> None:
    with ebpf.load(folder / "odd_names_bpfel.o", engine="vm") as obj:
        own = {name for name in {*dir(obj), *vars(obj)} if not name.startswith("__")}
    assert own <= RESERVED


def test_mypy_takes_it(folder: Path) -> None:
    (folder / "use.py").write_text(USE)
    done = mypy(folder, "odd_names.py", "use.py")
    told = [line.partition("Revealed type is ")[2] for line in done.splitlines()]
    lines = [re.sub(r"(?:builtins|ebpf\.objects\.\w+|odd_names)\.", "", line) for line in told]
    assert lines[:-1] == [
        '"Ring[Flow]"',
        '"Ring[Flow]"',
        '"Map[str, list[Color]]"',
        '"Map[int, tuple[int, ...]]"',
        '"Color"',
        '"Variable[int]"',
    ], done
    assert done.splitlines()[-1] == "Success: no issues found in 2 source files"


def test_stems_called_as_what_the_module_needs(folder: Path, tmp_path: Path) -> None:
    """`bpf2py ring …` gives a class Ring, in a module whose ring buffer is a Ring, too."""
    names = []
    for stem in (
        "any", "variables", "engine", "self", "ring", "mapping", "sequence", "class_var", "typed_dict", "struct_value", "flow",
    ):  # fmt: skip
        names.append(f"m_{stem}.py")
        bpf2py(stem, folder / "odd.bpf.c", output_dir=tmp_path, output_stem=f"m_{stem}", target="native")
        assert f"class {class_name(stem)}(ebpf.Object):" in (tmp_path / names[-1]).read_text()
    assert mypy(tmp_path, *names) == f"Success: no issues found in {len(names)} source files\n"


def mypy(folder: Path, *names: str) -> str:
    pytest.importorskip("mypy")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(folder.parent / ".mypy_cache"), *names]
    path = {"MYPYPATH": str(ROOT / "src"), "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, cwd=folder, env={**os.environ, **path}, capture_output=True, text=True).stdout
