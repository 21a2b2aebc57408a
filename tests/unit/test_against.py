"""An object against a kernel's types: what is missing there, and what a program would never come to."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebpf import build
from ebpf.asm import Instruction as I
from ebpf.asm import decode, encode
from ebpf.btf import (
    Btf,
    DataSec,
    DeclTag,
    Enum,
    EnumValue,
    Func,
    FuncProto,
    Int,
    Member,
    Param,
    Pointer,
    Struct,
    Typedef,
    Var,
)
from ebpf.btf.build import Builder
from ebpf.cli import main
from ebpf.elf.against import Missing, missing, reachable
from ebpf.errors import ObjectError
from ebpf.spec import CoreRelocation, Line, MapSpec, ObjectSpec, ProgramSpec, Reference
from ebpf.uapi.attach_types import AttachType
from ebpf.uapi.btf import CoreKind
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

MOV, MOV32, ADD, EXIT, CALL, LDDW, JA = 0xB7, 0xB4, 0x07, I(0x95), 0x85, 0x18, 0x05
JEQ, JNE, JSGT, JLT32 = 0x15, 0x55, 0x65, 0xA6


def kernel() -> Btf:
    """A small kernel: a few helpers, maps, programs, a struct, functions."""
    builder = Builder(byte_order=sys.byteorder)
    add = builder.add
    int_ = add(Int("int", 4, 1))
    add(Struct("task", 8, [Member("pid", int_, 32)]))
    for enum, names in {
        "bpf_func_id": ["BPF_FUNC_unspec", "BPF_FUNC_map_lookup_elem", "BPF_FUNC_map_update_elem", "__BPF_FUNC_MAX_ID"],
        "bpf_map_type": [
            "BPF_MAP_TYPE_UNSPEC",
            "BPF_MAP_TYPE_HASH",
            "BPF_MAP_TYPE_ARRAY",
            *(f"BPF_MAP_TYPE_{MapType(n).name}" for n in range(3, 27)),
            "__MAX_BPF_MAP_TYPE",
        ],
        "bpf_prog_type": [
            "BPF_PROG_TYPE_UNSPEC",
            "BPF_PROG_TYPE_SOCKET_FILTER",
            "BPF_PROG_TYPE_KPROBE",
            "__MAX_BPF_PROG_TYPE",
        ],
        "bpf_attach_type": [
            "BPF_CGROUP_INET_INGRESS",
            *(f"BPF_{AttachType(n).name}" for n in range(1, 29)),
            "__MAX_BPF_ATTACH_TYPE",
        ],
    }.items():
        add(Enum(enum, 4, False, [EnumValue(name, number) for number, name in enumerate(names)]))
    proto = add(FuncProto(int_, [Param("x", int_)]))
    for name in (
        "vfs_read",
        "bpf_good_kfunc",
        "bpf_lsm_file_open",
        "bpf_iter_task",
        "__x64_sys_read",
        "__do_sys_getpid",
    ):
        add(Func(name, proto, 1))
    add(DeclTag("bpf_kfunc", proto + 2))
    ops = add(Struct("ops", 16, [Member("init", add(Pointer(proto)), 0), Member("flags", int_, 64)]))
    add(Struct("bpf_struct_ops_ops", 80, [Member("data", ops, 512)]))
    add(Typedef("btf_trace_sched_switch", add(Pointer(proto))))
    add(DataSec(".data..percpu", 0, []))
    add(Var("runqueues", int_, 1))
    return builder.btf()


KERNEL = kernel()
TYPES = Builder(
    [Int("int", 4, 1), Struct("task", 8, [Member("pid", 1, 0), Member("gone", 1, 32)])], byte_order=sys.byteorder
).btf()
EXTERNS = Builder([Int("int", 4, 1), Var("of no type", 0, 2), Var("gone", 1, 2)], byte_order=sys.byteorder).btf()
LINES = [Line(0, "p.c", "\tfirst", 1), Line(2, "p.c", "\tsecond", 2)]


def program(*instructions: I, **fields: Any) -> ObjectSpec:
    fields = {"name": "p", "type": ProgType.KPROBE, "btf": TYPES, "lines": LINES, **fields}
    return ObjectSpec(
        programs={"p": ProgramSpec(code=encode(instructions, sys.byteorder), **fields)}, byte_order=sys.byteorder
    )


def struct_ops(name: str, **members: int | str) -> ObjectSpec:
    """A struct_ops variable: its members' numbers, or the programs behind them."""
    builder = Builder([Int("long", 8, 1)], byte_order=sys.byteorder)
    places = [Member(member, 1, number * 64) for number, member in enumerate(members)]
    type_id = builder.add(Struct(name, 8 * len(places), places))
    programs = {member: value for member, value in members.items() if isinstance(value, str)}
    content = b"".join(
        (value if isinstance(value, int) else 0).to_bytes(8, sys.byteorder) for value in members.values()
    )
    spec = MapSpec("m", MapType.STRUCT_OPS, programs=programs, contents=[(bytes(4), content)], btf=builder.btf())
    return ObjectSpec(maps={"m": spec.replace(value_type=type_id)}, byte_order=sys.byteorder)


def exists(slot: int) -> CoreRelocation:
    return CoreRelocation(slot, 2, "0:1", CoreKind.FIELD_EXISTS)


def read(slot: int, access: str = "0:1") -> CoreRelocation:
    return CoreRelocation(slot, 2, access, CoreKind.FIELD_BYTE_OFFSET)


GONE = Missing(
    "p",
    "type",
    "struct task.gone",
    "the target's struct task has no such field, or one of another type",
    "p.c:1: first",
)


@pytest.mark.parametrize(
    ("spec", "wanted"),
    [
        (program(I(MOV, 0), EXIT), []),
        (program(I(MOV, 0), EXIT, core=[read(0, "0:0")]), []),
        (program(I(MOV, 0), EXIT, core=[read(0)]), [GONE]),
        # if (exists) read
        (program(I(MOV, 1, imm=1), I(JEQ, 1, offset=1), I(MOV, 0), EXIT, core=[exists(0), read(2)]), []),
        (program(I(MOV, 1, imm=1), I(JNE, 1, offset=1), EXIT, I(MOV, 0), EXIT, core=[exists(0), read(3)]), []),
        # if (!exists) read
        (program(I(MOV, 1, imm=1), I(JNE, 1, offset=1), I(MOV, 0), EXIT, core=[exists(0), read(2)]),
         [GONE.replace(line="p.c:2: second")]),
        # refused outright
        (program(I(MOV, 0, imm=7), EXIT, core=[read(0, "0:0")]),
         [Missing("p", "type", "struct task.pid", "the instruction holds 7, the object's types say 0", "p.c:1: first")]),
        (program(I(CALL, imm=1), I(CALL, imm=2), EXIT), []),
        (program(I(CALL, imm=1), I(CALL, imm=3), I(CALL, imm=3), I(CALL, imm=5), EXIT),
         [Missing("p", "helper", "bpf_map_delete_elem", "this kernel has no such helper", "p.c:1: first", (3, 19)),
          Missing("p", "helper", "bpf_ktime_get_ns", "this kernel has no such helper", "p.c:2: second", (4, 1))]),
        (program(I(MOV, 1), I(JEQ, 1, offset=1), I(CALL, imm=5), EXIT), []),
        (program(I(CALL, imm=5), EXIT, type=ProgType.XDP),
         [Missing("p", "program type", "program type xdp", "this kernel has none", since=(4, 8))]),
        (program(I(MOV, 0), EXIT, attach_type=AttachType.CGROUP_INET_INGRESS), []),
        (program(I(MOV, 0), EXIT, attach_type=AttachType.SK_LOOKUP),
         [Missing("p", "attach type", "attach type sk_lookup", "this kernel has none", since=(5, 9))]),
        (program(I(MOV, 0), EXIT, section="kprobe/vfs_read+0x10", target="vfs_read+0x10"), []),
        (program(I(MOV, 0), EXIT, section="?fentry/vfs_gone", target="vfs_gone"),
         [Missing("p", "function", "vfs_gone", "no function of that name has a type in this kernel")]),
        (program(I(MOV, 0), EXIT, section="raw_tp/sched_switch", target="sched_switch"), []),
        (program(I(MOV, 0), EXIT, section="tp_btf/gone", target="gone"),
         [Missing("p", "tracepoint", "gone", "this kernel has no such tracepoint")]),
        (program(I(MOV, 0), EXIT, section="lsm/file_open", target="file_open"), []),
        (program(I(MOV, 0), EXIT, section="lsm.s/gone", target="gone"),
         [Missing("p", "function", "bpf_lsm_gone", "this kernel has no such security hook")]),
        *((program(I(MOV, 0), EXIT, section=section, target=section.partition("/")[2]), []) for section in (
            "iter/task", "kprobe.multi/vfs_*", "kretprobe.multi/vfs_read", "ksyscall/read", "kretsyscall/getpid", "xdp",
            "kprobe/sys_read", "kretprobe/sys_read",
            "tracepoint/syscalls/sys_enter_read", "tp/syscalls/sys_exit_getpid", "tp/sched/sched_switch", "tp/ftrace/function",
            "fentry/module:anything", "fsession.multi/x", "uprobe//bin/sh:main", "kprobe", "freplace/f", "unknown/x",
        )),
        (program(I(MOV, 0), EXIT, section="iter.s/gone", target="gone"),
         [Missing("p", "function", "bpf_iter_gone", "this kernel has no such iterator")]),
        (program(I(MOV, 0), EXIT, section="kprobe.session/tcp_*", target="tcp_*"),
         [Missing("p", "function", "tcp_*", "no function of that name has a type in this kernel")]),
        (program(I(MOV, 0), EXIT, section="kprobe/sys_gone", target="sys_gone"),
         [Missing("p", "function", "sys_gone", "no function of that name has a type in this kernel")]),
        (program(I(MOV, 0), EXIT, section="kprobe/read", target="read"),
         [Missing("p", "function", "read", "no function of that name has a type in this kernel")]),
        (program(I(MOV, 0), EXIT, section="ksyscall/gone", target="gone"),
         [Missing("p", "system call", "gone", "this kernel has no such system call")]),
        (program(I(MOV, 0), EXIT, section="tp/syscalls/sys_enter_gone", target="syscalls/sys_enter_gone"),
         [Missing("p", "system call", "gone", "this kernel has no such system call")]),
        (program(I(MOV, 0), EXIT, section="tp.s/sched/gone", target="sched/gone"),
         [Missing("p", "tracepoint", "gone", "this kernel has no such tracepoint")]),
        (program(I(CALL, src=2), EXIT, references=[Reference(0, "kfunc", "bpf_good_kfunc")]), []),
        (program(I(CALL, src=2), EXIT, references=[Reference(0, "kfunc", "bpf_gone", weak=True)]), []),
        (program(I(CALL, src=2), EXIT, references=[Reference(0, "kfunc", "bpf_gone")]),
         [Missing("p", "kfunc", "bpf_gone", "this kernel has no such kfunc", "p.c:1: first")]),
        (program(I(LDDW, 1), EXIT, references=[Reference(0, "ksym", "runqueues", type_id=1)]), []),
        (program(I(LDDW, 1), EXIT, references=[Reference(0, "ksym", "untyped")]), []),
        (program(I(LDDW, 1), EXIT, references=[Reference(0, "ksym", "of no type", type_id=2)], btf=EXTERNS), []),
        (program(I(LDDW, 1), EXIT, references=[Reference(0, "ksym", "gone", type_id=3)], btf=EXTERNS),
         [Missing("p", "symbol", "gone", "this kernel has no such typed variable", "p.c:1: first")]),
        (program(I(LDDW, 1), EXIT, references=[Reference(0, "ksym", "gone", type_id=1)]),
         [Missing("p", "symbol", "gone", "this kernel has no such typed variable", "p.c:1: first")]),
        (ObjectSpec(maps={"m": MapSpec("m", MapType.HASH)}, byte_order=sys.byteorder), []),
        (ObjectSpec(maps={"m": MapSpec("m", MapType.RINGBUF)}, byte_order=sys.byteorder),
         [Missing("m", "map type", "map type ringbuf", "this kernel has none", since=(5, 8))]),
        (struct_ops("ops", init="p"), []),
        (struct_ops("ops___flavour", flags=1), []),
        (struct_ops("ops", added=0), []),
        (struct_ops("ops", added=7),
         [Missing("m", "struct_ops", "struct ops.added", "the kernel's struct ops has no such member")]),
        (struct_ops("ops", added="p"),
         [Missing("m", "struct_ops", "struct ops.added", "the kernel's struct ops has no such member")]),
        (struct_ops("task", pid=1),
         [Missing("m", "struct_ops", "struct task", "this kernel has no such interface for programs; a module may have it")]),
    ],
)  # fmt: skip
def test_missing(spec: ObjectSpec, wanted: list[Missing]) -> None:
    assert missing(spec, KERNEL) == wanted


def test_a_kernel_that_says_little() -> None:
    """Types without the enums: what they would tell isn't guessed."""
    bare = Builder([Int("int", 4)], byte_order=sys.byteorder).btf()
    spec = program(I(CALL, imm=5), EXIT, type=ProgType.XDP, attach_type=AttachType.XDP)
    spec.maps["m"] = MapSpec("m", MapType.RINGBUF)
    assert missing(spec, bare) == []


def test_text_and_byte_order() -> None:
    assert str(GONE) == f"p: struct task.gone: {GONE.why}\n  p.c:1: first"
    one = Missing("p", "helper", "bpf_x", "none", since=(5, 8))
    assert str(one) == "p: bpf_x: none (Linux 5.8 has it)"
    other: Any = {"little": "big", "big": "little"}[sys.byteorder]
    with pytest.raises(ObjectError, match=f"{other}-endian"):
        missing(ObjectSpec(byte_order=other), KERNEL)


def slots(*instructions: I) -> set[int]:
    placed, at = {}, 0
    for insn in instructions:
        placed[at] = insn
        at += insn.slots
    return reachable(placed)


@pytest.mark.parametrize(
    ("instructions", "reached"),
    [
        ([I(MOV, 0), EXIT, EXIT], {0, 1}),
        ([I(JA, offset=1), EXIT, EXIT], {0, 2}),
        ([I(0x06, imm=1), EXIT, EXIT], {0, 2}),
        ([I(MOV, 1, imm=-1), I(JSGT, 1, imm=0, offset=1), EXIT, EXIT], {0, 1, 2}),
        ([I(MOV, 1, imm=-1), I(JLT32, 1, imm=5, offset=1), EXIT, EXIT], {0, 1, 2}),
        ([I(MOV, 1, imm=1), I(0x25, 1, imm=-2, offset=1), EXIT, EXIT], {0, 1, 2}),
        ([I(MOV32, 1, imm=-1), I(ADD, 1, imm=1), I(JEQ, 1, imm=0, offset=1), EXIT, EXIT], {0, 1, 2, 3}),
        ([I(LDDW, 1, imm=1 << 32), I(0xBC, 2, 1), I(JEQ, 2, imm=0, offset=1), EXIT, EXIT], {0, 2, 3, 5}),
        # What a call may have changed, and what it may not.
        ([I(MOV, 1), I(MOV, 6), I(CALL, imm=5), I(JEQ, 1, offset=2), I(JEQ, 6, offset=1), EXIT, EXIT], {0, 1, 2, 3, 4, 6}),
        # Two ways to one place: what they agree on stays known.
        ([I(JEQ, 9, offset=2), I(MOV, 1, imm=1), I(JA, offset=1), I(MOV, 1, imm=1), I(JEQ, 1, imm=1, offset=1), EXIT, EXIT],
         {0, 1, 2, 3, 4, 6}),
        ([I(JEQ, 9, offset=2), I(MOV, 1, imm=1), I(JA, offset=1), I(MOV, 1, imm=2), I(JEQ, 1, imm=1, offset=1), EXIT, EXIT],
         {0, 1, 2, 3, 4, 5, 6}),
        # A loop ends.
        ([I(MOV, 1, imm=10), I(ADD, 1, imm=-1), I(JNE, 1, imm=0, offset=-2), EXIT], {0, 1, 2, 3}),
        # Functions: called, and named.
        ([I(CALL, src=1, imm=1), EXIT, I(JEQ, 1, offset=1), EXIT, EXIT], {0, 1, 2, 3, 4}),
        ([I(LDDW, 1, src=4, imm=1), EXIT, EXIT], {0, 2, 3}),
        # Loads and exchanges.
        ([I(MOV, 1), I(0x79, 1, 10, -8), I(JEQ, 1, offset=1), EXIT, EXIT], {0, 1, 2, 3, 4}),
        ([I(MOV, 1), I(0xDB, 10, 1, -8, 0xE1), I(JEQ, 1, offset=1), EXIT, EXIT], {0, 1, 2, 3, 4}),
        ([I(MOV, 1), I(0x7B, 10, 1, -8), I(JEQ, 1, offset=1), EXIT, EXIT], {0, 1, 2, 4}),
        # Past the end: nothing.
        ([I(JA, offset=9)], {0}),
    ],
)  # fmt: skip
def test_reachable(instructions: list[I], reached: set[int]) -> None:
    assert slots(*instructions) == reached


@given(st.binary(max_size=160).map(lambda data: data[: len(data) // 8 * 8]))
def test_any_code(code: bytes) -> None:
    try:
        instructions = decode(code, "little")
    except ValueError:
        return
    assert slots(*instructions) <= set(range(len(code) // 8))


# The command line.


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    found = {}
    for name, btf in {"kernel": KERNEL, "object": TYPES}.items():
        path = tmp_path / f"{name}.btf"
        path.write_bytes(bytes(btf.raw))
        found[name] = str(path)
    return found


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main.guarded(main.group, "ebpf", list(arguments))
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_btf_list(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _err = run(capsys, "btf", "list", files["object"])
    assert status == 0
    assert out == "      1 int             4 int\n      2 struct          8 task\n"
    status, out, _err = run(capsys, "btf", "list", files["kernel"], "--kind", "func", "--json")
    assert [json.loads(line)["name"] for line in out.splitlines()][:3] == [
        "vfs_read",
        "bpf_good_kfunc",
        "bpf_lsm_file_open",
    ]
    assert json.loads(out.splitlines()[0])["size"] is None
    status, _out, err = run(capsys, "btf", "list", files["kernel"], "--kind", "strukt")
    assert status == 2
    assert "'strukt' is no kind; there are: array, const" in err


def test_btf_dump(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _err = run(capsys, "btf", "dump", files["object"])
    assert (status, out) == (
        0,
        "struct task {\n\tint pid;\n\tint gone;\n} __attribute__((packed));\n\n",
    ) or "task" in out
    status, out, _err = run(capsys, "btf", "dump", files["kernel"], "-n", "task", "--json")
    assert json.loads(out) == {
        "id": 2, "kind": "struct", "name": "task", "size": 8,
        "members": [{"name": "pid", "type": 1, "bit_offset": 32, "bit_size": 0}],
    }  # fmt: skip
    status, out, _err = run(capsys, "btf", "dump", files["kernel"], "-n", "task")
    assert out == "struct task {\n\tlong: 32;\n\tint pid;\n};\n\n"
    status, _out, err = run(capsys, "btf", "dump", files["kernel"], "-n", "none")
    assert status == 4
    assert "no type 'none'" in err


def test_btf_diff(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _err = run(capsys, "btf", "diff", files["object"], files["kernel"], "-n", "task")
    assert status == 1
    assert out == "~ struct task\n    int pid, at byte 0 → int pid, at byte 4\n    - int gone, at byte 4\n"
    status, out, _err = run(capsys, "btf", "diff", files["object"], files["object"])
    assert (status, out) == (0, "")


def test_vmlinux(files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _err = run(capsys, "vmlinux", "--btf", files["kernel"])
    assert status == 0
    assert out.startswith("#ifndef __VMLINUX_H__\n")
    assert "bpf_good_kfunc" not in out
    path = tmp_path / "vmlinux.h"
    status, out, _err = run(capsys, "vmlinux", str(path), "--btf", files["kernel"], "--kfuncs")
    assert out == f"wrote {path}, {path.stat().st_size} bytes\n"
    assert "extern int bpf_good_kfunc(int x) __weak __ksym;\n#endif" in path.read_text()


def test_check(files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from compiled import compile_c

    source = """
        struct task { int pid, gone; } __attribute__((preserve_access_index));
        static long (*get_prandom)(void) = (void *)7;
        __attribute__((section("raw_tp/none"), used)) int reader(struct task **ctx) { return ctx[0]->gone + get_prandom(); }
        char _license[] __attribute__((section("license"), used)) = "GPL";
    """
    path = tmp_path / "reader.o"
    path.write_bytes(compile_c(tmp_path, source))
    status, out, _err = run(capsys, "check", str(path), "--btf", files["kernel"])
    assert status == 4
    assert out.splitlines()[0] == f"{files['kernel']}: 1 missing"
    assert "reader: program type raw_tracepoint: this kernel has none (Linux 4.17 has it)" in out
    status, out, _err = run(capsys, "check", str(path), "--btf", files["object"], "--json")
    (data,) = json.loads(out)
    assert [one["kind"] for one in data["missing"]] == ["tracepoint"]
    status, _out, err = run(capsys, "check", str(path), "--btf", str(path.with_suffix(".none")))
    assert status == 1
    assert "No such file" in err


def test_settings_and_symbols_of_this_kernel(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What its types don't say: asked of this kernel, and of no other."""
    path = tmp_path / "x.o"
    path.write_bytes(
        build.compile(
            "x.c",
            text="""
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
extern int CONFIG_KNOWN __kconfig;
extern int CONFIG_UNKNOWN __kconfig;
extern int CONFIG_WEAK __kconfig __weak;
extern const void known_symbol __ksym;
extern const void unknown_symbol __ksym;
extern const void weak_symbol __ksym __weak;
SEC("socket") long f(void *ctx)
{
	return CONFIG_KNOWN + CONFIG_UNKNOWN + CONFIG_WEAK + (long)&known_symbol + (long)&unknown_symbol + (long)&weak_symbol;
}
""",
        )
    )
    monkeypatch.setattr("ebpf.cli.btf.read_types", lambda name: Builder([Int("int", 4, 1)]).btf())
    monkeypatch.setattr("ebpf.elf.kconfig.this_machine", lambda names: {"CONFIG_KNOWN": "1"})
    monkeypatch.setattr("ebpf.kernel.kallsyms.address_of", {"known_symbol": 0}.get)
    status, out, _err = run(capsys, "check", str(path))
    assert (status, out.splitlines()) == (
        4,
        [
            "this kernel: 2 missing",
            "  .kconfig: CONFIG_UNKNOWN: isn't known of this kernel; declare it __weak, or give its value",
            "  f: unknown_symbol: this kernel has no such symbol (/proc/kallsyms)",
        ],
    )
    assert run(capsys, "check", str(path), "--btf", "other.btf")[0] == 0
