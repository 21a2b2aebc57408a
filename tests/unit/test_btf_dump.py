"""C from types, shape by shape; and that a compiler lays it out as the types say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ebpf import build, elf
from ebpf.btf import (
    Array,
    Btf,
    Const,
    DataSec,
    DeclTag,
    Enum,
    Enum64,
    EnumValue,
    Float,
    Forward,
    Func,
    FuncProto,
    Int,
    Member,
    Param,
    Pointer,
    Restrict,
    Struct,
    Type,
    Typedef,
    TypeTag,
    Union,
    Var,
    Volatile,
)
from ebpf.btf.build import Builder
from ebpf.btf.dump import declaration, dump
from ebpf.btf.header import ALL_KFUNCS, ASKED_KFUNCS, header, kfunc_types
from ebpf.errors import BtfError, CompileError

INT, CHAR, LONG, SHORT = Int("int", 4, 1), Int("char", 1), Int("long int", 8, 1), Int("short int", 2, 1)
#: Ids 1 … 4 of every case.
BASIC = [INT, CHAR, LONG, SHORT]


def make(*found: Type) -> Btf:
    return Builder([*BASIC, *found]).btf()


CASES: list[tuple[str, list[Type], str]] = [
    ("struct", [Struct("s", 8, [Member("a", 1, 0), Member("b", 2, 32)])], "struct s {\n\tint a;\n\tchar b;\n};\n\n"),
    ("empty", [Struct("s", 0, [])], "struct s {};\n\n"),
    (
        "bitfields",
        [Struct("s", 4, [Member("a", 1, 0, 3), Member("b", 1, 3, 5), Member("c", 2, 24)])],
        "struct s {\n\tint a: 3;\n\tint b: 5;\n\tlong: 16;\n\tchar c;\n};\n\n",
    ),
    (
        "padding",
        [Struct("s", 64, [Member("a", 1, 0), Member("b", 1, 128), Member("c", 3, 192)])],
        "struct s {\n\tint a;\n\tlong: 32;\n\tlong: 64;\n\tint b;\n\tlong c;\n" + "\tlong: 64;\n" * 4 + "};\n\n",
    ),
    (
        "packed",
        [Struct("s", 5, [Member("a", 2, 0), Member("b", 1, 8)])],
        "struct s {\n\tchar a;\n\tint b;\n} __attribute__((packed));\n\n",
    ),
    (
        "packed at the end",
        [Struct("s", 5, [Member("a", 1, 0), Member("b", 2, 32)])],
        "struct s {\n\tint a;\n\tchar b;\n} __attribute__((packed));\n\n",
    ),
    (
        "anonymous",
        [Struct("s", 8, [Member("", 6, 0), Member("named", 7, 32)]), Union("", 4, [Member("a", 1, 0), Member("b", 2, 0)]),
         Struct("", 4, [Member("x", 4, 0), Member("y", 4, 16)])],
        "struct s {\n\tunion {\n\t\tint a;\n\t\tchar b;\n\t};\n\tstruct {\n\t\tshort x;\n\t\tshort y;\n\t} named;\n};\n\n",
    ),
    (
        "a union with room to spare",
        [Union("u", 16, [Member("a", 1, 0)])],
        "union u {\n\tint a;\n\tstruct {\n\t\tlong: 64;\n\t\tlong: 64;\n\t};\n};\n\n",
    ),
    (
        "a pointer ahead",
        [Struct("s", 8, [Member("next", 6, 0)]), Pointer(7), Struct("t", 4, [Member("a", 1, 0)])],
        "struct t;\n\nstruct s {\n\tstruct t *next;\n};\n\nstruct t {\n\tint a;\n};\n\n",
    ),
    (
        "a member ahead",
        [Struct("s", 4, [Member("t", 6, 0)]), Struct("t", 4, [Member("a", 1, 0)])],
        "struct t {\n\tint a;\n};\n\nstruct s {\n\tstruct t t;\n};\n\n",
    ),
    (
        "a typedef of what is open",
        [Struct("s", 8, [Member("own", 6, 0)]), Pointer(7), Typedef("s_t", 5)],
        "struct s;\n\ntypedef struct s s_t;\n\nstruct s {\n\ts_t *own;\n};\n\n",
    ),
    (
        "a member by typedef",
        [Struct("s", 4, [Member("t", 6, 0)]), Typedef("t_t", 7), Struct("t", 4, [])],
        "struct t;\n\ntypedef struct t t_t;\n\nstruct t {\n\tlong: 32;\n};\n\nstruct s {\n\tt_t t;\n};\n\n",
    ),
    ("a typedef of no name", [Typedef("t", 6), Struct("", 4, [Member("a", 1, 0)])], "typedef struct {\n\tint a;\n} t;\n\n"),
    ("forward", [Forward("s"), Forward("u", True), Pointer(5)], "struct s;\n\nunion u;\n\n"),
    (
        "enum",
        [Enum("e", 4, True, [EnumValue("A", -1), EnumValue("B", 1)])],
        "enum e {\n\tA = -1,\n\tB = 1,\n};\n\n",
    ),
    ("enum of a byte", [Enum("e", 1, False, [EnumValue("A", 1)])], "enum e {\n\tA = 1,\n} __attribute__((mode(QI)));\n\n"),
    ("enum of 8 bytes", [Enum64("e", 8, False, [EnumValue("A", 1)])], "enum e {\n\tA = 1,\n} __attribute__((mode(DI)));\n\n"),
    (
        "wide enum",
        [Enum64("e", 8, False, [EnumValue("A", 1 << 40), EnumValue("B", (1 << 64) - 1)])],
        "enum e {\n\tA = 1099511627776LL,\n\tB = 18446744073709551615ULL,\n};\n\n",
    ),
    ("enum on its own", [Enum("", 4, False, [EnumValue("A", 1)])], "enum {\n\tA = 1,\n};\n\n"),
    (
        "enum within",
        [Struct("s", 4, [Member("e", 6, 0)]), Enum("", 4, False, [EnumValue("A", 1)])],
        "struct s {\n\tenum {\n\t\tA = 1,\n\t} e;\n};\n\n",
    ),
    (
        "names twice",
        [Struct("s", 4, []), Struct("s", 8, []), Union("s", 4, []), Typedef("s", 5), Typedef("s", 6),
         Enum("", 4, False, [EnumValue("s", 1)])],
        "struct s {\n\tlong: 32;\n};\n\nstruct s___2 {\n\tlong: 64;\n};\n\nunion s___3 {\n\tstruct {\n\t\tlong: 32;\n\t};\n};\n\n"
        "typedef struct s s;\n\ntypedef struct s___2 s___2;\n\nenum {\n\ts___3 = 1,\n};\n\n",
    ),
    ("built in", [Typedef("__builtin_va_list", 6), Array(7, 1, 1), Struct("tag", 8, []), Typedef("va_list", 5)],
     "struct tag {\n\tlong: 64;\n};\n\ntypedef struct tag va_list[1];\n\n"),
    ("no name for C", [Struct("a::b<c>", 4, [Member("int", 1, 0)])], "struct a__b_c_ {\n\tint int_;\n};\n\n"),
    (
        "an unnamed member of a named type",
        [Struct("s", 8, [Member("", 6, 0), Member("b", 1, 32)]), Typedef("t", 7), Struct("u", 4, [Member("a", 1, 0)])],
        "struct u;\n\ntypedef struct u t;\n\nstruct u {\n\tint a;\n};\n\n"
        "struct s {\n\tstruct {\n\t\tint a;\n\t};\n\tint b;\n};\n\n",
    ),
    (
        "an unnamed member that is const",
        [Struct("s", 4, [Member("", 6, 0)]), Const(7), Struct("", 4, [Member("a", 1, 0)])],
        "struct s {\n\tconst struct {\n\t\tint a;\n\t};\n};\n\n",
    ),
    ("variables and functions", [Var("v", 1), Func("f", 7), FuncProto(0, []), DataSec(".data", 4, [])], ""),
]  # fmt: skip


@pytest.mark.parametrize(("found", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_text(found: list[Type], wanted: str) -> None:
    # BTF says "long int"; so does the C.
    assert dump(make(*found)).replace("long int ", "long ").replace("short int ", "short ") == wanted


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ([Pointer(1)], "int *x"),
        ([Pointer(6), Pointer(1)], "int **x"),
        ([Pointer(6), Const(1)], "const int *x"),
        ([Const(6), Pointer(1)], "int * const x"),
        ([Volatile(6), Const(7), Pointer(1)], "int * const volatile x"),
        ([Pointer(6), Restrict(7), Pointer(0)], "void * restrict *x"),
        ([Array(1, 1, 3)], "int x[3]"),
        ([Array(6, 1, 2), Array(1, 1, 3)], "int x[2][3]"),
        ([Array(6, 1, 2), Pointer(1)], "int *x[2]"),
        ([Pointer(6), Array(1, 1, 2)], "int (*x)[2]"),
        ([Array(6, 1, 2), Const(2)], "const char x[2]"),
        ([Pointer(6), FuncProto(0, [])], "void (*x)(void)"),
        ([Pointer(6), FuncProto(1, [Param("a", 1), Param("", 5), Param("", 0)])], "int (*x)(int a, int (*)(int a, "),
        ([Pointer(6), FuncProto(7, [Param("", 1)]), Pointer(1)], "int *(*x)(int)"),
        ([Array(6, 1, 4), Pointer(7), FuncProto(0, [Param("", 1)])], "void (*x[4])(int)"),
        ([Pointer(6), FuncProto(7, [Param("", 1)]), Pointer(8), FuncProto(0, [])], "void (*(*x)(int))(void)"),
        ([Pointer(6), TypeTag("user", 2)], 'char __attribute__((btf_type_tag("user"))) *x'),
        ([Pointer(6), TypeTag("noderef", 2, True)], "char __attribute__((noderef)) *x"),
        ([Struct("s", 4, [])], "struct s x"),
        ([Float("double", 8)], "double x"),
        ([Enum("e", 4, False, [])], "enum e x"),
        ([Func("f", 6), FuncProto(1, [Param("a", 1)])], "int x(int a)"),
    ],
)
def test_declarations(found: list[Type], wanted: str) -> None:
    btf = make(*found)
    if wanted.endswith(", "):
        with pytest.raises(BtfError, match="functions that take functions"):
            declaration(btf, 5, "x")
    else:
        assert declaration(btf, 5, "x") == wanted


def test_only_what_is_needed() -> None:
    btf = make(
        Struct("s", 8, [Member("t", 6, 0)]), Pointer(7), Struct("t", 4, []), Struct("u", 4, []), Typedef("u_t", 8)
    )
    assert dump(btf, [5]) == "struct t;\n\nstruct s {\n\tstruct t *t;\n};\n\n"
    assert dump(btf, [9]) == "struct u;\n\ntypedef struct u u_t;\n\nstruct u {\n\tlong: 32;\n};\n\n"
    assert dump(btf, [6]) == "struct t;\n\n"


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ([Struct("s", 4, [Member("a", 5, 0)])], "holds itself"),
        ([Typedef("a", 6), Typedef("b", 5)], "made of itself"),
        ([Struct("", 4, [Member("a", 5, 0)]), Typedef("t", 5)], "holds itself"),
        ([Const(6), Volatile(5), Typedef("t", 5)], "nests deeper|itself"),
        ([Struct("s", 8, [Member("a", 1, 0), Member("b", 1, 16)])], r"s\.b at bit 16 lies over"),
        ([Typedef("t", 6), Var("v", 1)], "a VAR can't be used as a type"),
        ([Struct("s", 4, [Member("a", 99, 0)])], "no type 99"),
    ],
)
def test_refused(found: list[Type], message: str) -> None:
    with pytest.raises(BtfError, match=message):
        dump(make(*found))


def test_a_gap_that_no_kernel_has() -> None:
    text = dump(make(Struct("s", 1 << 28, [Member("a", 2, 4, 3)])))
    assert text == "struct s {\n\tlong: 4;\n\tchar a: 3;\n\tchar: 1;\n\tchar __padding_1[268435455];\n};\n\n"


def test_header() -> None:
    text = header(make(Struct("s", 4, [Member("a", 1, 0)])), "__X_H__")
    assert text.startswith(
        "#ifndef __X_H__\n#define __X_H__\n\n#ifndef BPF_NO_PRESERVE_ACCESS_INDEX\n#pragma clang attribute push"
    )
    assert text.endswith("#pragma clang attribute pop\n#endif\n\n#endif /* __X_H__ */\n")


@pytest.mark.parametrize(
    ("condition", "flags", "there"),
    [
        (ALL_KFUNCS, [], True),
        (ALL_KFUNCS, ["-DBPF_NO_KFUNC_PROTOTYPES"], False),
        (ASKED_KFUNCS, [], False),
        (ASKED_KFUNCS, ["-DBPF_KFUNC_PROTOTYPES"], False),
        (ASKED_KFUNCS, ["-DBPF_KFUNC_PROTOTYPES", "-DBPF_KFUNC_task_of"], True),
    ],
)
def test_kfuncs_of_a_header(condition: str, flags: list[str], there: bool) -> None:
    """A function with the tag is declared, where it is asked for; its typedefs and enums are what a short header has to have."""
    from compiled import _compiler

    _compiler()
    btf = make(
        Struct("task", 4, [Member("pid", 1, 0)]),  # 5
        Pointer(5),
        Typedef("handle_t", 1),
        Enum("mode", 4, False, [EnumValue("OFF", 0)]),
        FuncProto(6, [Param("handle", 7), Param("how", 8)]),
        Func("task_of", 9),
        DeclTag("bpf_kfunc", 10, -1),
        Func("other", 9),
    )
    assert [btf.name(one) for one in kfunc_types(btf)] == ["handle_t", "mode"]
    text = header(btf, kfuncs=condition)
    assert "extern struct task *task_of(handle_t handle, enum mode how) __weak __ksym;" in text
    assert "other(" not in text
    text += '__attribute__((section("xdp"), used)) int f(void *ctx) { return task_of(1, OFF)->pid; }\n'
    if there:
        program = elf.read(build.compile("x.c", text=text, cflags=flags)).programs["f"]
        assert [one.name for one in program.references] == ["task_of"]
    else:
        with pytest.raises(CompileError, match=r"task_of"):
            build.compile("x.c", text=text, cflags=flags)


def test_structs_that_are_only_named_stand_outside_the_attribute(tmp_path: Path) -> None:
    """The kernel names a `struct msg` and nothing more: a program's own of that name is its own, and not relocated."""
    from compiled import read_c

    text = header(make(Forward("msg", False), Forward("task", False), Struct("task", 4, [Member("pid", 1, 0)])))
    before, _, after = text.partition("#pragma clang attribute push")
    assert "struct msg;" in before
    assert "struct msg;" not in after
    assert "struct task" not in before
    use = (
        "struct msg { int a, b; };\n"
        '__attribute__((section("xdp"), used)) int f(struct msg *m) { return m->b; }\n'
        '__attribute__((section("xdp"), used)) int g(struct task *t) { return t->pid; }\n'
    )
    spec = read_c(tmp_path, text + use)
    assert {name: len(program.core) for name, program in spec.programs.items()} == {"f": 0, "g": 1}


#: C that is hard to lay out. Compiled, its types dumped, and the dump compiled with the sizes and offsets asserted.
HARD = """
struct __attribute__((packed)) p { char a; long b; short c; };
struct holds_packed { char a; struct p p; int b; };
struct __attribute__((packed, aligned(4))) pa { char a; short b; char c; };
struct holds_aligned { char a; struct pa pa[2]; char b; };
struct line { int a; int b __attribute__((aligned(64))); char c; };
struct holds_line { char a; struct line l; };
struct bits { unsigned a:3; unsigned b:30; char c; unsigned long d:33; unsigned :5; unsigned e:2; };
struct __attribute__((packed)) packed_bits { unsigned a:3; unsigned b:30; char c; unsigned long d:62; };
struct small_bits { unsigned char a:4, b:4; unsigned short c:9; unsigned char d; _Bool e:1; };
struct zero { int a; int :0; int b:3; };
union u { struct { char a; union { long b; struct { short c, d; } e; }; }; char raw[20]; };
union wide { int a; char b[9]; };
struct tail { int count; struct { char key; int value; } list[]; };
struct compat { int a; unsigned long b __attribute__((packed, aligned(4))); };
enum tiny { LOW = -1, HIGH = 1 } __attribute__((packed));
enum huge { FAR = 1ULL << 40 };
struct enums { enum tiny t; enum huge h; char c; };
struct pointers { int (*f)(struct tail *, int (*)(void)); const char * const names[3]; int (*rows)[4]; };
struct self { struct self *next; struct self *(*step)(struct self *); };
__int128 big; struct wides { char a; __int128 b; };
struct empty {}; struct with_empty { int a; struct empty e; char b; };
struct p p1; struct holds_packed hp; struct pa pa1; struct holds_aligned ha; struct line l1; struct holds_line hl;
struct bits b1; struct packed_bits pb; struct small_bits sb; struct zero z; union u u1; union wide w1; struct tail *t1;
struct compat c1; struct enums e1; struct pointers po; struct self s1; struct wides ws; struct with_empty we;
"""


def compile_(source: str, folder: Path, name: str) -> Path:
    pytest.importorskip("ziglang")
    (folder / f"{name}.c").write_text(source)
    done = subprocess.run(
        [sys.executable, "-m", "ziglang", "cc", "-target", "bpfel-freestanding", "-O2", "-g", "-c", f"{name}.c", "-o",
         f"{name}.o", "-fno-unwind-tables", "-fno-asynchronous-unwind-tables", "-Wno-everything"],
        cwd=folder, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / f"{name}.o"


def types_of(path: Path) -> Btf:
    elffile = pytest.importorskip("elftools.elf.elffile")
    with path.open("rb") as file:
        return Btf.parse(elffile.ELFFile(file).get_section_by_name(".BTF").data())


def test_a_compiler_lays_it_out_the_same(tmp_path: Path) -> None:
    original = types_of(compile_(HARD, tmp_path, "hard"))
    lines = ["#define BPF_NO_PRESERVE_ACCESS_INDEX", header(original)]
    names = []
    for _type_id, found in original:
        if isinstance(found, Struct) and found.name:
            c_name = f"{found.kind.label.lower()} {found.name}"
            names.append(c_name)
            lines.append(f"{c_name} keep_{found.name};")
            if found.size:
                lines.append(f'_Static_assert(sizeof({c_name}) == {found.size}, "{c_name}");')
    assert len(names) >= 20
    again = types_of(compile_("\n".join(lines), tmp_path, "again"))
    for name in names:
        one, other = (
            btf.type(btf.find(name.split()[1], Struct) or btf.find(name.split()[1], Union) or 0)
            for btf in (original, again)
        )
        assert isinstance(one, Struct)
        assert isinstance(other, Struct)
        shapes = [
            [(member.name, member.bit_offset, member.bit_size) for member in both.members] for both in (one, other)
        ]
        assert shapes[0] == shapes[1], name
        assert one.size == other.size, name
