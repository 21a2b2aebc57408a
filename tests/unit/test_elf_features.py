"""What C can ask of a loader, compiled and read: map attributes, externs, struct_ops, arenas, callbacks; both byte orders."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import pytest
from compiled import compile_c, read_c
from test_elf_link import facts

from ebpf import elf
from ebpf.asm import decode
from ebpf.cli.show import as_text
from ebpf.elf.writer import strip
from ebpf.errors import CompileError, ObjectError
from ebpf.spec import ObjectSpec
from ebpf.uapi.flags import BPF_F_LINK, BPF_F_NUMA_NODE, BPF_F_SLEEPABLE, BPF_F_XDP_HAS_FRAGS, BPF_PSEUDO_FUNC
from ebpf.uapi.map_types import MapType

Order = Literal["little", "big"]
both = pytest.mark.parametrize("order", ["little", "big"])
HEAD = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
char LICENSE[] SEC("license") = "GPL";
"""


@both
def test_map_attributes(tmp_path: Path, order: Order) -> None:
    spec = read_c(tmp_path, HEAD + """
        struct pair { __u32 a; __u64 b; };
        struct { __uint(type, BPF_MAP_TYPE_LRU_HASH); __uint(max_entries, 100); __type(key, struct pair); __type(value, int);
            __uint(map_flags, BPF_F_NO_COMMON_LRU); __uint(numa_node, 1); __uint(pinning, LIBBPF_PIN_BY_NAME); } lru SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_BLOOM_FILTER); __uint(max_entries, 9); __type(value, __u32); __uint(map_extra, 3); }
            bloom SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_STACK_TRACE); __uint(key_size, 4); __uint(value_size, 127 * 8);
            __uint(max_entries, 7); } stacks SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 8192); } ring SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_TASK_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int);
            __type(value, struct pair); } storage SEC(".maps");
        SEC("xdp") int f(void *ctx) { return !!&lru; }
    """, order)  # fmt: skip
    rows = {
        name: (
            one.type,
            one.key_size,
            one.value_size,
            one.max_entries,
            one.flags,
            one.map_extra,
            one.numa_node,
            one.pinning,
        )
        for name, one in spec.maps.items()
    }
    assert rows == {
        "lru": (MapType.LRU_HASH, 16, 4, 100, 2 | BPF_F_NUMA_NODE, 0, 1, True),
        "bloom": (MapType.BLOOM_FILTER, 0, 4, 9, 0, 3, None, False),
        "stacks": (MapType.STACK_TRACE, 4, 1016, 7, 0, 0, None, False),
        "ring": (MapType.RINGBUF, 0, 0, 8192, 0, 0, None, False),
        "storage": (MapType.TASK_STORAGE, 4, 16, 0, 1, 0, None, False),
    }
    assert list(rows) == ["lru", "bloom", "stacks", "ring", "storage"]
    assert spec.btf is not None
    assert spec.btf.name(spec.btf.resolve(spec.maps["lru"].key_type)) == "pair"


@both
def test_static_values(tmp_path: Path, order: Order) -> None:
    spec = read_c(tmp_path, HEAD + """
        struct inner { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 3); __type(key, int); __type(value, int); };
        struct inner one SEC(".maps");
        static struct inner two SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_HASH_OF_MAPS); __uint(max_entries, 4); __type(key, int);
            __array(values, struct inner); } outer SEC(".maps") = { .values = { [1] = &one, [3] = (void *)&two } };
        int first(void *ctx); int second(void *ctx);
        struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 4); __uint(key_size, 4);
            __array(values, int (void *)); } jumps SEC(".maps") = { .values = { [0] = (void *)&second, [2] = (void *)&first } };
        SEC("xdp") int first(void *ctx) { bpf_tail_call(ctx, &jumps, 0); return !!&outer + !!&two; }
        SEC("xdp") int second(void *ctx) { return 1; }
    """, order)  # fmt: skip
    key = {number: number.to_bytes(4, order) for number in range(4)}
    outer, jumps = spec.maps["outer"], spec.maps["jumps"]
    assert outer.contents == [(key[1], "one"), (key[3], "two")]
    assert outer.value_size == 4
    assert outer.inner is not None
    assert (outer.inner.type, outer.inner.max_entries, outer.inner.value_size) == (MapType.HASH, 3, 4)
    assert jumps.contents == [(key[0], "second"), (key[2], "first")]
    assert (jumps.key_size, jumps.value_size) == (4, 4)


@both
def test_externs(tmp_path: Path, order: Order) -> None:
    spec = read_c(tmp_path, HEAD + """
        struct task_struct;
        extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
        extern void bpf_maybe(int a) __ksym __weak;
        extern const void bpf_link_fops __ksym;
        extern const struct task_struct init_task __ksym __weak;
        SEC("tp_btf/task_newtask") int f(void *ctx) {
            bpf_task_acquire(0);
            if (bpf_maybe) bpf_maybe(1);
            return !!&bpf_link_fops + !!&init_task;
        }
    """, order)  # fmt: skip
    found = {(r.kind, r.name, r.weak) for r in spec.programs["f"].references}
    assert found >= {
        ("kfunc", "bpf_task_acquire", False),
        ("ksym", "bpf_maybe", True),
        ("kfunc", "bpf_maybe", True),
        ("ksym", "init_task", True),
    }
    assert spec.btf is not None
    for reference in spec.programs["f"].references:
        assert spec.btf.name(reference.type_id) == reference.name
    instructions = dict(slots(spec, "f", order))
    for reference in spec.programs["f"].references:
        insn = instructions[reference.slot]
        assert (insn.opcode, insn.src, insn.imm) == ((0x85, 2, 0) if reference.kind == "kfunc" else (0x18, 3, 0))


def slots(spec: ObjectSpec, name: str, order: Order) -> list[tuple[int, object]]:
    out, slot = [], 0
    for insn in decode(spec.programs[name].code, order):
        out.append((slot, insn))
        slot += insn.slots
    return out


@both
def test_callbacks(tmp_path: Path, order: Order) -> None:
    spec = read_c(tmp_path, HEAD + """
        static int each(unsigned index, void *context) { *(int *)context += index; return 0; }
        SEC("xdp") int f(void *ctx) { int sum = 0; bpf_loop(4, each, &sum, 0); return sum; }
        SEC("tc") int g(void *ctx) { int sum = 1; bpf_loop(5, each, &sum, 0); return sum; }
    """, order)  # fmt: skip
    for name in ("f", "g"):
        program = spec.programs[name]
        assert [function.name for function in program.functions] == [name, "each"]
        [(slot, load)] = [(at, one) for at, one in slots(spec, name, order) if one.opcode == 0x18]  # type: ignore[attr-defined]
        assert load.src == BPF_PSEUDO_FUNC  # type: ignore[attr-defined]
        assert slot + 1 + load.imm == program.functions[1].slot  # type: ignore[attr-defined]
        assert any("*(int *)context" in line.text for line in program.lines if line.slot >= program.functions[1].slot)


@both
def test_struct_ops(tmp_path: Path, order: Order) -> None:
    spec = read_c(tmp_path, HEAD + """
        struct sock;
        struct tcp_congestion_ops { unsigned (*ssthresh)(struct sock *sk); void (*cong_avoid)(struct sock *sk, unsigned a);
            unsigned (*undo_cwnd)(struct sock *sk); char name[16]; unsigned flags; };
        SEC("struct_ops/ssthresh") unsigned mine_ssthresh(void *ctx) { return 2; }
        SEC("struct_ops") void mine_avoid(void *ctx) { }
        SEC(".struct_ops") struct tcp_congestion_ops plain = { .ssthresh = (void *)mine_ssthresh, .name = "plain" };
        SEC(".struct_ops.link") struct tcp_congestion_ops linked = { .undo_cwnd = (void *)mine_ssthresh,
            .cong_avoid = (void *)mine_avoid, .flags = 7, .name = "linked" };
        SEC("struct_ops") unsigned only_there(void *ctx) { return 3; }
        SEC("?.struct_ops") struct tcp_congestion_ops optional = { .ssthresh = (void *)only_there,
            .undo_cwnd = (void *)mine_ssthresh };
    """, order)  # fmt: skip
    plain, linked = spec.maps["plain"], spec.maps["linked"]
    assert plain.programs == {"ssthresh": "mine_ssthresh"}
    assert linked.programs == {"undo_cwnd": "mine_ssthresh", "cong_avoid": "mine_avoid"}
    assert (plain.type, plain.flags, linked.flags) == (MapType.STRUCT_OPS, 0, BPF_F_LINK)
    assert spec.btf is not None
    data = linked.contents[0][1]
    assert isinstance(data, bytes) and len(data) == linked.value_size
    value = spec.btf.codec(linked.value_type).decode(data)
    assert (value.name, value.flags, value.ssthresh) == ("linked", 7, 0)
    assert [(p.name, p.type.label, p.target, p.autoload) for p in spec.programs.values()] == [
        ("mine_ssthresh", "struct_ops", "ssthresh", True),
        ("mine_avoid", "struct_ops", "", True),
        ("only_there", "struct_ops", "", False),
    ]
    assert [spec.maps[name].autocreate for name in ("plain", "linked", "optional")] == [True, True, False]


@both
def test_a_map_of_another_object(tmp_path: Path, order: Order) -> None:
    """`extern` says that a map is elsewhere: it isn't this object's, and what uses it is refused by its name."""
    source = (
        HEAD
        + """
        struct { __uint(type, BPF_MAP_TYPE_ARRAY); __type(key, int); __type(value, int); __uint(max_entries, 1); }
            own SEC(".maps");
        extern struct { __uint(type, BPF_MAP_TYPE_HASH); __type(key, int); __type(value, int); __uint(max_entries, 7); }
            other SEC(".maps");
        int used(void) { int key = 1; return !!bpf_map_lookup_elem(&other, &key); }
        SEC("xdp") int f(void *ctx) { return !!&own; }
    """
    )
    spec = read_c(tmp_path, source, order)
    assert [name for name, one in spec.maps.items() if one.type != MapType.ARRAY or name == "own"] == ["own"]
    with pytest.raises(ObjectError, match="'other' is a map or variable that the object doesn't define"):
        read_c(tmp_path, source.replace("!!&own", "used()"), order)


@both
def test_an_arena(tmp_path: Path, order: Order) -> None:
    source = (
        HEAD
        + """
        #define __arena __attribute__((address_space(1)))
        struct { __uint(type, BPF_MAP_TYPE_ARENA); __uint(map_flags, BPF_F_MMAPABLE); __uint(max_entries, 10); }
            arena SEC(".maps");
        int __arena counter = 5;
        int __arena other = 6;
        SEC("syscall") int f(void *ctx) { counter += other; return !!&arena; }
    """
    )
    try:  # globals of an address space: clang 19 and later, as the wheel's is
        data = compile_c(tmp_path, source, order, cc="zig")
    except CompileError as error:
        pytest.skip(str(error).splitlines()[0])
    spec = elf.read(data)
    if "counter" not in spec.variables or spec.variables["counter"].map != "arena":
        pytest.skip("this clang puts no variables into an arena")
    arena = spec.maps["arena"]
    assert (arena.type, arena.max_entries) == (MapType.ARENA, 10)
    [(key, contents)] = arena.contents
    assert key == b"" and isinstance(contents, bytes)
    for name, value in (("counter", 5), ("other", 6)):
        one = spec.variables[name]
        assert contents[one.offset : one.offset + 4] == value.to_bytes(4, order)
    assert ("map_value", "arena") in {(r.kind, r.name) for r in spec.programs["f"].references}


@both
def test_traits_of_sections(tmp_path: Path, order: Order) -> None:
    spec = read_c(tmp_path, HEAD + """
        SEC("fentry.s/do_unlinkat") int a(void *ctx) { return 0; }
        SEC("xdp.frags") int b(void *ctx) { return 0; }
        SEC("?lsm/file_open") int c(void *ctx) { return 0; }
        SEC("uprobe.s//bin/sh:main") int d(void *ctx) { return 0; }
        SEC("kprobe.multi/tcp_*") int e(void *ctx) { return 0; }
    """, order)  # fmt: skip
    assert [(p.name, p.flags, p.autoload, p.target) for p in spec.programs.values()] == [
        ("a", BPF_F_SLEEPABLE, True, "do_unlinkat"),
        ("b", BPF_F_XDP_HAS_FRAGS, True, ""),
        ("c", 0, False, "file_open"),
        ("d", BPF_F_SLEEPABLE, True, "/bin/sh:main"),
        ("e", 0, True, "tcp_*"),
    ]


@both
def test_variables(tmp_path: Path, order: Order) -> None:
    spec = read_c(tmp_path, HEAD + """
        struct point { int x, y; };
        int plain = 1; static long hidden = 2; struct point zero; const volatile struct point limit = { 3, 4 };
        int own SEC(".data.own") = 5; const int table[3] SEC(".rodata.table") = { 6, 7, 8 };
        __attribute__((visibility("hidden"))) int inside = 9;
        SEC("xdp") int f(void *ctx) { static int calls; calls++; hidden += plain + own + table[calls & 1] + inside;
            return zero.x + limit.y + hidden; }
    """, order)  # fmt: skip
    spec.set_variable("plain", 10)
    spec.set_variable("limit", (30, 40))
    assert spec.btf is not None
    values = {}
    for name, one in spec.variables.items():
        whole = next((value for _, value in spec.maps[one.map].contents), bytes(spec.maps[one.map].value_size))
        assert isinstance(whole, bytes)
        values[name] = (
            one.map,
            one.constant,
            spec.btf.codec(one.type_id).decode(whole[one.offset : one.offset + one.size]),
        )
    assert values == {
        "plain": (".data", False, 10),
        "hidden": (".data", False, 2),
        "inside": (".data", False, 9),
        "zero": (".bss", False, (0, 0)),
        "f.calls": (".bss", False, 0),
        "limit": (".rodata", True, (30, 40)),
        "own": (".data.own", False, 5),
        "table": (".rodata.table", True, (6, 7, 8)),
    }


@both
def test_a_variable_that_is_larger_than_its_type(tmp_path: Path, order: Order) -> None:
    """A struct may end in an array of any length; the linker's size has the elements, the type's hasn't."""
    spec = read_c(tmp_path, HEAD + """
        struct names { int count; char each[]; };
        struct names table = { 2, "abc" };
        SEC("xdp") int f(void *ctx) { return table.count; }
    """, order)  # fmt: skip
    value = (2).to_bytes(4, order) + b"abc\0"
    assert spec.variables["table"].size == 8
    assert spec.get_variable("table") == value
    spec.set_variable("table", bytes(8))
    assert spec.get_variable("table") == bytes(8)
    assert any("table" in line and "bytes" in line for line in as_text(spec))


@both
def test_stripped_and_without_types(tmp_path: Path, order: Order) -> None:
    source = (
        HEAD
        + """
        static __attribute__((noinline)) int helper(int a) { return a * 3; }
        int start = 3;
        SEC("xdp") int f(void *ctx) { return helper(start); }
        SEC("tc") int g(void *ctx) { return helper(2); }
    """
    )
    whole = compile_c(tmp_path, source, order)
    small = strip(whole)
    assert len(small) < len(whole) * 0.8
    assert facts(elf.read(small)) == facts(elf.read(whole))
    assert strip(small) == small
    spec = elf.read(without(small, (".BTF", ".BTF.ext")))
    assert spec.btf is None
    for name, program in elf.read(whole).programs.items():
        bare = spec.programs[name]
        assert (bare.code, bare.references) == (program.code, program.references)
        assert [(x.slot, x.name) for x in bare.functions] == [(x.slot, x.name) for x in program.functions]
    assert spec.variables["start"].type_id == 0


def without(data: bytes, names: tuple[str, ...]) -> bytes:
    """The object with some sections' names spoiled, so that nobody finds them."""
    for name in names:
        data = data.replace(b"\0" + name.encode() + b"\0", b"\0" + b"x" * len(name) + b"\0")
    return data


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('struct { __uint(max_entries, 1); } m SEC(".maps");', "map 'm': its definition has no type"),
        ('struct { __uint(type, 1); __uint(colour, 2); } m SEC(".maps");', "map 'm': unknown member 'colour'"),
        ('struct { __uint(type, 1); int key; } m SEC(".maps");', "map 'm': key isn't written with __type"),
        ('struct { int type; } m SEC(".maps");', "map 'm': type isn't written with __uint or __ulong"),
        ('struct { __uint(type, 1); __type(key, int); __uint(key_size, 8); } m SEC(".maps");', "key_size 8 disagrees"),
        ('struct { __uint(type, 1); __uint(pinning, 3); } m SEC(".maps");', "pinning 3 is neither"),
        ('struct { __uint(type, 1); __array(values, int); } m SEC(".maps");', "values must be maps or functions"),
        (
            'struct i { __uint(type, 2); }; struct { __uint(type, 1); __array(values, struct i); } m SEC(".maps");',
            "only a map of maps has inner maps, this is hash",
        ),
        ('struct { __uint(type, 1); __array(values, int(void*)); } m SEC(".maps");', "only prog_array takes programs"),
        (
            'struct { __uint(type, 12345); } m SEC(".maps");',
            "map 'm' is of type 12345, which no kernel up to 6.18 knows",
        ),
        ('int m SEC(".maps");', "map 'm': its definition must be a struct"),
        (
            'struct { __uint(type, 1); __type(key, struct later); } m SEC(".maps");',
            "map 'm': its key is struct later, which is declared but not defined: include its header",
        ),
        (
            'struct { __uint(type, 1); __type(value, int(void)); } m SEC(".maps");',
            "map 'm': its value has no size: FUNC_PROTO",
        ),
    ],
)
def test_bad_definitions(tmp_path: Path, source: str, message: str) -> None:
    with pytest.raises(ObjectError) as error:
        read_c(tmp_path, f'{HEAD}\n{source}\nSEC("xdp") int f(void *ctx) {{ return !!&m; }}')
    assert message in str(error.value)
    assert "section .maps" in str(error.value)


def test_loading_another_byte_order_says_what_to_do(tmp_path: Path) -> None:
    import ebpf

    other: Order = "big" if sys.byteorder == "little" else "little"
    spec = read_c(tmp_path, HEAD + 'SEC("xdp") int f(void *ctx) { return 0; }', other)
    with pytest.raises(ObjectError, match=r"compile it for bpfe[lb]"):
        ebpf.load(spec)
