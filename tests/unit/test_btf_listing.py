"""Types as a list: a line of every kind, as bpftool has it (tests/host compares whole kernels with it)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from ebpf.btf import Btf, Enum, Enum64, EnumValue, Func, FuncProto, Int, Member, SectionVariable, Struct, types
from ebpf.btf.build import Builder
from ebpf.btf.listing import listing

sys.path.append(str(Path(__file__).resolve().parents[1] / "fuzz"))

import btf_fuzz

#: Of every kind in `btf_fuzz.sample`, its first type.
WANTED = """\
[1] INT 'int' size=4 bits_offset=0 nr_bits=32 encoding=SIGNED
[5] STRUCT 'node' size=64 vlen=9
\t'next' type_id=6 bits_offset=0
\t'low' type_id=1 bits_offset=64 bitfield_size=3
\t'high' type_id=1 bits_offset=67 bitfield_size=5
\t'(anon)' type_id=12 bits_offset=96
[6] PTR '(anon)' type_id=5
[7] ARRAY '(anon)' type_id=2 index_type_id=1 nr_elems=16
[10] ENUM 'color' encoding=SIGNED size=4 vlen=2
\t'RED' val=-1
\t'BLUE' val=7
[11] ENUM64 'big' encoding=UNSIGNED size=8 vlen=1
\t'BIG' val=1099511627776ULL
[13] VOLATILE '(anon)' type_id=5
[14] CONST '(anon)' type_id=13
[15] TYPEDEF 'node_t' type_id=14
[16] RESTRICT '(anon)' type_id=6
[17] FWD 'elsewhere' fwd_kind=struct
[18] FWD 'either' fwd_kind=union
[19] FUNC_PROTO '(anon)' ret_type_id=1 vlen=2
\t'ctx' type_id=6
\t'(anon)' type_id=0
[20] FUNC 'main' type_id=19 linkage=global
[21] VAR 'counter' type_id=15, linkage=global
[22] DATASEC '.data' size=64 vlen=1
\ttype_id=21 offset=0 size=64 (VAR 'counter')
[23] FLOAT 'double' size=8
[24] DECL_TAG 'tag' type_id=20 component_idx=0
[25] TYPE_TAG 'user' type_id=2
""".splitlines()


@pytest.mark.parametrize("byte_order", ["little", "big"])
def test_a_line_of_every_kind(byte_order: str) -> None:
    btf = Btf.parse(btf_fuzz.sample(byte_order))
    lines = [line for number in range(1, len(btf)) for line in listing(btf, number)]
    assert [line for line in lines if line in WANTED] == WANTED


def test_what_is_seldom() -> None:
    builder = Builder([Int("flags", 4, 0, 3, 2), Int("bool", 1, 4), Int("char", 1, 2), Int("odd", 4, 7)])
    builder.add(Struct("old", 4, [Member("bits", 1, 0)]))
    builder.add(Enum64("low", 8, True, [EnumValue("LOW", -(1 << 40))]))
    builder.add(Enum("none", 4, False, []))
    builder.add(Func("elsewhere", builder.add(FuncProto(0, [])), 2))
    builder.add(types.DataSec(".ksyms", 0, [SectionVariable(9, 0, 0)]))
    builder.add(Func("strange", 8, 7))
    btf = builder.btf()
    assert [line for number in range(1, len(btf)) for line in listing(btf, number)] == [
        "[1] INT 'flags' size=4 bits_offset=2 nr_bits=3 encoding=(none)",
        "[2] INT 'bool' size=1 bits_offset=0 nr_bits=8 encoding=BOOL",
        "[3] INT 'char' size=1 bits_offset=0 nr_bits=8 encoding=CHAR",
        "[4] INT 'odd' size=4 bits_offset=0 nr_bits=32 encoding=UNKN",
        "[5] STRUCT 'old' size=4 vlen=1",
        "\t'bits' type_id=1 bits_offset=0",
        "[6] ENUM64 'low' encoding=SIGNED size=8 vlen=1",
        "\t'LOW' val=-1099511627776LL",
        "[7] ENUM 'none' encoding=UNSIGNED size=4 vlen=0",
        "[8] FUNC_PROTO '(anon)' ret_type_id=0 vlen=0",
        "[9] FUNC 'elsewhere' type_id=8 linkage=extern",
        "[10] DATASEC '.ksyms' size=0 vlen=1",
        "\ttype_id=9 offset=0 size=0 (FUNC 'elsewhere')",
        "[11] FUNC 'strange' type_id=8 linkage=(unknown)",
    ]


def test_the_command(tmp_path: Path) -> None:
    from ebpf.cli.btf import command

    path = tmp_path / "sample.btf"
    path.write_bytes(btf_fuzz.sample())
    done = CliRunner().invoke(command, ["dump", str(path), "--raw", "-n", "color"])
    assert done.output.splitlines() == WANTED[8:11]
    whole = CliRunner().invoke(command, ["dump", str(path), "--raw"]).output.splitlines()
    assert set(WANTED) < set(whole)
    assert CliRunner().invoke(command, ["dump", str(path), "--raw", "--json"]).exit_code == 2


def test_the_minimal_types(tmp_path: Path) -> None:
    from compiled import compile_c

    from ebpf.cli.btf import command

    source = """
    struct node { int low; int high; void *next; } __attribute__((preserve_access_index));
    __attribute__((section("xdp"), used)) int f(struct node *ctx) { return ctx->high; }
    """
    object_path, out, kernel = tmp_path / "test.bpf.o", tmp_path / "small.btf", tmp_path / "kernel.btf"
    object_path.write_bytes(compile_c(tmp_path, source))
    builder = Builder([Int("int", 4, 1), Int("long", 8, 1)], byte_order="little")
    builder.add(Struct("node", 24, [Member("low", 2, 0), Member("high", 1, 64), Member("more", 2, 128)]))
    builder.add(Struct("other", 4, [Member("high", 1, 0)]))
    kernel.write_bytes(bytes(builder))
    done = CliRunner().invoke(command, ["minimal", str(kernel), str(out), str(object_path)])
    assert done.exit_code == 0, done.output
    assert done.output == f"wrote {out}: 2 types, {out.stat().st_size} bytes\n"
    small = Btf.parse(out.read_bytes())
    assert [line for number in (1, 2) for line in listing(small, number)] == [
        "[1] INT 'int' size=4 bits_offset=0 nr_bits=32 encoding=SIGNED",
        "[2] STRUCT 'node' size=24 vlen=1",
        "\t'high' type_id=1 bits_offset=64",
    ]
