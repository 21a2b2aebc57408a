"""The object reader on files made by hand: programs, linking, legacy maps, data, and what is refused."""

from __future__ import annotations

from pathlib import Path
from struct import pack
from typing import Literal

import pytest
from elf_maker import ORDER, Sec, Sym, code, elf, func, text

from ebpf import elf as room
from ebpf.errors import ObjectError
from ebpf.spec import Function, Reference
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

Order = Literal["little", "big"]
both = pytest.mark.parametrize("order", ["little", "big"])

EXIT = (0x95, 0, 0, 0, 0)
MOV0 = (0xB7, 0, 0, 0, 0)


def call(imm: int, src: int = 1) -> tuple[int, int, int, int, int]:
    return (0x85, 0, src, 0, imm)


def lddw(dst: int, imm: int = 0, src: int = 0) -> tuple[tuple[int, int, int, int, int], tuple[int, int, int, int, int]]:
    return (0x18, dst, src, 0, imm), (0, 0, 0, 0, 0)


def map_def(order: Order, *numbers: int) -> bytes:
    return pack(f"{ORDER[order]}{len(numbers)}I", *numbers)


@both
def test_a_program_with_license_and_version(order: Order) -> None:
    data = elf(
        [
            text("kprobe/sys_execve", code(MOV0, EXIT, order=order)),
            Sec("license", b"Dual MIT/GPL\0"),
            Sec("version", pack(ORDER[order] + "I", 0x050A00)),
        ],
        [func("count", "kprobe/sys_execve", 0, 16)],
        order,
    )
    spec = room.read(data, path="dir/count.bpf.o")
    assert (spec.name, spec.path, spec.byte_order) == ("count", "dir/count.bpf.o", order)
    assert (spec.license, spec.version) == ("Dual MIT/GPL", 0x050A00)
    program = spec.programs["count"]
    assert program.type == ProgType.KPROBE
    assert (program.section, program.target, program.attach_type) == ("kprobe/sys_execve", "sys_execve", None)
    assert (program.license, program.version, program.autoload) == ("Dual MIT/GPL", 0x050A00, True)
    assert program.code == code(MOV0, EXIT, order=order)
    assert program.functions == [Function(0, "count", 0, True)]


def test_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "x.o"
    path.write_bytes(elf([text("xdp", code(MOV0, EXIT))], [func("x", "xdp")]))
    assert room.read(path) == room.read(str(path)) == room.read(path.read_bytes(), path=str(path))
    with pytest.raises(FileNotFoundError):
        room.read(tmp_path / "none.o")


def test_several_programs_of_a_section_and_optional_ones() -> None:
    body = code(MOV0, EXIT)
    data = elf(
        [text("xdp", body * 2), text("?tc", body)],
        [func("b", "xdp", 16, 16), func("a", "xdp", 0, 16), func("c", "?tc", 0, 16)],
    )
    spec = room.read(data)
    assert list(spec.programs) == ["a", "b", "c"]
    assert [program.autoload for program in spec.programs.values()] == [True, True, False]
    assert spec.programs["c"].type == ProgType.SCHED_CLS


@both
def test_calls_are_linked_depth_first(order: Order) -> None:
    """main calls a and b; a calls c: main, a, c, b — each once, wherever it lies."""
    # .text: c at 0, b at 2 slots, a at 4 slots (a static one: named by its section and an offset)
    plain = code(MOV0, EXIT, order=order)
    a = code(call(-1), EXIT, order=order)
    main = code(call(3), call(-1), call(3), EXIT, order=order)
    data = elf(
        [
            text(".text", plain * 2 + a, (32, 10, "c")),
            text("xdp", main, (0, 10, ".text"), (8, 10, "b"), (16, 10, ".text")),
        ],
        [
            func("main", "xdp", 0, 32),
            func("c", ".text", 0, 16),
            func("b", ".text", 16, 16, visibility=2),
            func("a", ".text", 32, 16, binding=0),
        ],
        order,
    )
    program = room.read(data).programs["main"]
    assert program.functions == [
        Function(0, "main", 0, True),
        Function(4, "a", 0, False),
        Function(6, "c", 0, True),
        Function(8, "b", 0, False),  # hidden: as good as static
    ]
    assert program.code == code(call(3), call(6), call(1), EXIT, call(1), EXIT, MOV0, EXIT, MOV0, EXIT, order=order)


@both
def test_rela_gives_the_same_as_rel(order: Order) -> None:
    plain = code(MOV0, EXIT, order=order)
    symbols = [
        func("main", "xdp", 0, 40),
        func("f", ".text", 16, 16),
        Sym("m", "maps", 20, 20, 1),
        Sym("d", ".data", 8, 8, 1),
    ]
    rest = [Sec("maps", map_def(order, 1, 4, 8, 16, 0) * 2), Sec(".data", bytes(24))]
    symbols.append(Sym("m0", "maps", 0, 20, 1))
    rel = code(call(-1), *lddw(1), *lddw(2, 4), order=order)
    rela = code(call(-1), *lddw(1), *lddw(2), order=order)
    one = elf(
        [text(".text", plain * 2), text("xdp", rel, (0, 10, "f"), (8, 1, "m"), (24, 1, "d")), *rest], symbols, order
    )
    two = elf(
        [text(".text", plain * 2), text("xdp", rela, (0, 10, "f", 0), (8, 1, "m", 0), (24, 1, "d", 4)), *rest],
        symbols,
        order,
    )
    assert room.read(one) == room.read(two)
    program = room.read(one).programs["main"]
    assert program.references == [Reference(1, "map", "m"), Reference(3, "map_value", ".data", 12)]
    assert program.code == code(
        call(4), (0x18, 1, 1, 0, 0), (0, 0, 0, 0, 0), (0x18, 2, 2, 0, 0), (0, 0, 0, 0, 12), MOV0, EXIT, order=order
    )  # fmt: skip


def test_static_functions_of_a_section_are_no_programs() -> None:
    main = code(call(1), EXIT)  # the compiler resolved the call itself
    data = elf(
        [text("xdp", main + code(MOV0, EXIT))], [func("main", "xdp", 0, 16), func("h", "xdp", 16, 16, binding=0)]
    )
    spec = room.read(data)
    assert list(spec.programs) == ["main"]
    assert spec.programs["main"].code == code(call(1), EXIT, MOV0, EXIT)
    assert [function.name for function in spec.programs["main"].functions] == ["main", "h"]


@both
def test_calls_as_gnu_as_writes_them(order: Order) -> None:
    """Of a function with a symbol the call holds the symbol's place in bytes, less one."""
    main = code(call(15), call(-1), EXIT, order=order)
    data = elf(
        [text("xdp", main, (0, 10, "g"), (8, 10, "f")), text(".text", code(MOV0, EXIT, order=order) * 2)],
        [func("main", "xdp", 0, 24), func("f", ".text", 0, 16), func("g", ".text", 16, 16)],
        order,
    )
    program = room.read(data).programs["main"]
    assert [(one.slot, one.name) for one in program.functions] == [(0, "main"), (3, "g"), (5, "f")]
    assert program.code[:16] == code((0x85, 0, 1, 0, 2), (0x85, 0, 1, 0, 3), order=order)


def test_a_callback_is_an_address_of_a_function() -> None:
    main = code(*lddw(2, 16), *lddw(3), EXIT)
    data = elf(
        [text("xdp", main, (0, 1, ".text"), (16, 1, "g")), text(".text", code(MOV0, EXIT) * 2)],
        [func("main", "xdp", 0, 40), func("g", ".text", 0, 16), func("cb", ".text", 16, 16, binding=0)],
    )
    program = room.read(data).programs["main"]
    assert program.code == code(
        (0x18, 2, 4, 0, 4), (0, 0, 0, 0, 0), (0x18, 3, 4, 0, 4), (0, 0, 0, 0, 0), EXIT, MOV0, EXIT, MOV0, EXIT
    )  # fmt: skip
    assert [function.name for function in program.functions] == ["main", "cb", "g"]


@both
def test_a_call_within_one_symbol_stays_as_it_is(order: Order) -> None:
    """An assembler that makes one symbol of all its functions (bpf_conformance's) leaves their calls without a relocation."""
    body = code(call(1), EXIT, MOV0, EXIT, order=order)
    program = room.read(elf([text(".text", body)], [func("main", ".text", 0, 32)], order)).programs["main"]
    assert program.code == body


def test_recursion_is_linked_to_itself() -> None:
    data = elf([text("xdp", code(call(-1), EXIT), (0, 10, "main"))], [func("main", "xdp", 0, 16)])
    assert room.read(data).programs["main"].code == code(call(-1), EXIT)


def test_old_llvm_gave_functions_untyped_symbols() -> None:
    main = code((0x05, 0, 0, 0, 0), MOV0, EXIT)
    data = elf(
        [text("xdp", main * 2)],
        [
            Sym("one", "xdp", 0),
            Sym("LBB0_1", "xdp", 8, binding=0),
            Sym("two", "xdp", 24),
            Sym("LBB1_1", "xdp", 32, binding=0),
        ],
    )
    spec = room.read(data)
    assert {name: program.code for name, program in spec.programs.items()} == {"one": main, "two": main}


def test_a_section_without_any_name_is_one_program() -> None:
    spec = room.read(elf([text("kprobe/sys_execve", code(MOV0, EXIT))]))
    assert spec.programs["sys_execve"].code == code(MOV0, EXIT)


def test_an_object_of_one_function_needs_no_section() -> None:
    spec = room.read(elf([text(".text", code(MOV0, EXIT))], [func("f", ".text", 0, 16)]))
    assert spec.programs["f"].type == ProgType.UNSPEC


def test_unknown_sections_are_kept_for_the_user_to_type() -> None:
    program = room.read(elf([text("foo/bar", code(MOV0, EXIT))], [func("f", "foo/bar", 0, 16)])).programs["f"]
    assert (program.type, program.section, program.target) == (ProgType.UNSPEC, "foo/bar", "")


@both
def test_legacy_maps(order: Order) -> None:
    data = elf(
        [
            Sec("maps", map_def(order, 2, 4, 8, 1, 0, 7, 9) + map_def(order, 1, 8, 16, 1024, 1, 0, 0)),
            Sec("maps/more", map_def(order, 6, 4, 8, 1)),
            Sec("lirc_mode2/maps", map_def(order, 2, 4, 16, 1, 0)),  # as ir-keytable has them
            text("xdp", code(*lddw(1), EXIT, order=order), (0, 1, "b")),
        ],
        [
            Sym("b", "maps", 28, 28, 1),
            Sym("a", "maps", 0, 28, 1),
            Sym("c", "maps/more", 0, 16, 1),
            Sym("d", "lirc_mode2/maps", 0, 20, 1),
            func("x", "xdp"),
        ],
        order,
    )
    spec = room.read(data)
    rows = {
        name: (map_.type, map_.key_size, map_.value_size, map_.max_entries, map_.flags, map_.section)
        for name, map_ in spec.maps.items()
    }
    assert rows == {
        "a": (MapType.ARRAY, 4, 8, 1, 0, "maps"),
        "b": (MapType.HASH, 8, 16, 1024, 1, "maps"),
        "c": (MapType.PERCPU_ARRAY, 4, 8, 1, 0, "maps/more"),
        "d": (MapType.ARRAY, 4, 16, 1, 0, "lirc_mode2/maps"),
    }
    assert spec.maps["a"].tail == map_def(order, 7, 9)
    assert spec.maps["c"].tail == b""
    assert spec.programs["x"].references == [Reference(0, "map", "b")]


def test_a_static_map_is_found_by_its_place() -> None:
    data = elf(
        [Sec("maps", map_def("little", 1, 4, 4, 1, 0) * 2), text("xdp", code(*lddw(1, 20), EXIT), (0, 1, "maps"))],
        [Sym("a", "maps", 0, 20, 1), Sym("b", "maps", 20, 20, 1, binding=0), func("x", "xdp")],
    )
    assert room.read(data).programs["x"].references == [Reference(0, "map", "b")]


@both
def test_global_data(order: Order) -> None:
    data = elf(
        [
            Sec(".data", b"12345678", flags=3),
            Sec(".rodata.cst", b"abcd"),
            Sec(".bss", type=8, size=32, flags=3),
            text("xdp", code(*lddw(1, 8), *lddw(2), EXIT, order=order), (0, 1, ".bss"), (16, 1, "c")),
        ],
        [
            Sym("v", ".data", 4, 4, 1),
            Sym("c", ".rodata.cst", 0, 4, 1),
            Sym("z", ".bss", 8, 16, 1, binding=0),
            func("x", "xdp"),
        ],
        order,
    )
    spec = room.read(data)
    assert {n: (m.value_size, m.flags, m.frozen, m.contents) for n, m in spec.maps.items()} == {
        ".data": (8, 0, False, [(bytes(4), b"12345678")]),
        ".rodata.cst": (4, 128, True, [(bytes(4), b"abcd")]),
        ".bss": (32, 0, False, []),
    }
    assert all((m.type, m.key_size, m.max_entries) == (MapType.ARRAY, 4, 1) for m in spec.maps.values())
    assert {n: (v.map, v.offset, v.size, v.constant) for n, v in spec.variables.items()} == {
        "v": (".data", 4, 4, False),
        "c": (".rodata.cst", 0, 4, True),
        "z": (".bss", 8, 16, False),
    }
    program = spec.programs["x"]
    assert program.references == [Reference(0, "map_value", ".bss", 8), Reference(2, "map_value", ".rodata.cst", 0)]
    assert program.code == code(
        (0x18, 1, 2, 0, 0), (0, 0, 0, 0, 8), (0x18, 2, 2, 0, 0), (0, 0, 0, 0, 0), EXIT, order=order
    )


def test_static_variables_of_one_name() -> None:
    data = elf(
        [Sec(".data", bytes(8)), Sec(".data.x", bytes(8)), text("xdp", code(EXIT))],
        [Sym("v", ".data", 0, 4, 1), Sym("v", ".data", 4, 4, 1), Sym("v", ".data.x", 0, 8, 1), func("x", "xdp")],
    )
    assert list(room.read(data).variables) == ["v", ".data:v", ".data.x:v"]


X = func("x", "xdp")
BODY = code(*lddw(1), EXIT)
ONE_MAP = Sec("maps", map_def("little", 1, 4, 4, 1, 0))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"#!/bin/sh\n", "no ELF file"),
        (b"#!/bin/sh\n" * 10, "no ELF file"),
        (b"BC\xc0\xde" + bytes(60), "LLVM bitcode, no object: compile without -emit-llvm and -flto"),
        (b"\x7fELF\x02\x01\x01", "the ELF header needs 64 bytes, the file has 7"),
        (b"\x7fELF\x01\x01\x01" + bytes(60), "a 32-bit ELF file"),
        (b"\x7fELF\x02\x03\x01" + bytes(60), "unknown byte order 3"),
        (elf([], machine=62), "an ELF file for machine 62, not for BPF (247); build it with clang -target bpf"),
        (elf([], type=2), "an ELF file of type 2; a BPF object is relocatable (type 1)"),
        (elf([text("xdp", BODY)], [X])[:-1], "section headers"),
        (elf([text("xdp", BODY[:-1])], [X]), "section xdp: 23 bytes are no whole number of 8-byte instructions"),
        (elf([text("xdp", BODY)], [func("x", "xdp", 4)]), "section xdp offset 0x4: function 'x' begins at no instruction"),
        (elf([text("xdp", BODY)], [func("x", "xdp", 0, 80)]), "function 'x' has a bad size of 80 bytes"),
        (elf([text("xdp", BODY)], [func("x", "xdp", 0, 24), func("y", "xdp", 8, 8)]), "'x' reaches into the next one"),
        (elf([text("xdp", BODY), text("tc", BODY)], [X, func("x", "tc")]), "section tc offset 0x0: a second program called 'x'"),
        (elf([text("xdp", BODY, (0, 1, "gone"))], [X, Sym("gone")]), "x: 'gone' is a map or variable that the object doesn't"),
        (elf([text("xdp", code(call(-1), EXIT), (0, 10, "gone"))], [X, Sym("gone")]), "'gone' is a function that the object"),
        (elf([text("xdp", BODY, (16, 1, "m")), ONE_MAP], [X, Sym("m", "maps")]), "an instruction that holds no address"),
        (elf([text("xdp", BODY, (4, 1, "m")), ONE_MAP], [X, Sym("m", "maps")]), "offset 0x4: a relocation inside of an instr"),
        (elf([text("xdp", BODY, (0, 2**31, "m")), ONE_MAP], [X, Sym("m", "maps")]), "relocation type 2147483648 means nothing"),
        (elf([text("xdp", BODY, (0, 1, "m"), (0, 1, "m")), ONE_MAP], [X, Sym("m", "maps")]), "a second relocation of one"),
        (elf([text("xdp", BODY, (80, 1, "m")), ONE_MAP], [X, Sym("m", "maps")]), "past the end of section xdp"),
        (elf([text("xdp", BODY, (0, 1, "maps")), ONE_MAP], [X, Sym("m", "maps", 8)]), "section maps offset 0x8: the definition"),
        (elf([text("xdp", code(*lddw(1, 4), EXIT), (0, 1, "maps")), ONE_MAP], [X, Sym("m", "maps")]), "no map at offset 0x4"),
        (elf([text("xdp", BODY, (0, 1, "s")), Sec("other", BODY)], [X, Sym("s", "other")]), "which holds no data or map"),
        (elf([text("xdp", BODY, (0, 1, "s"))], [X, Sym("s", "*ABS*")]), "which lies in no section"),
        (elf([text("xdp", code((0x18, 0, 0, 0, 0)), (0, 1, "m")), ONE_MAP], [X, Sym("m", "maps")]), "second half of a 16-byte"),
        (elf([text("xdp", code(call(7), EXIT))], [X]), "section xdp offset 0x0: x: no function begins at offset 0x40 of sect"),
        (elf([text("xdp", code(call(-1), EXIT), (0, 10, "m")), ONE_MAP], [X, Sym("m", "maps")]), "call of 'm', which is no f"),
        (elf([ONE_MAP]), "section maps: it has no symbol"),
        (elf([Sec("maps", bytes(12))], [Sym("m", "maps")]), "map 'm' has 12 bytes; struct bpf_map_def needs 16"),
        (elf([Sec("maps", map_def("little", 99, 4, 4, 1, 0))], [Sym("m", "maps")]), "map 'm' is of type 99, which no kernel"),
        (elf([Sec(".maps", bytes(32))], [Sym("m", ".maps")]), "section .maps: its maps are described by BTF, but the object"),
        (elf([Sec("version", b"123")]), "section version: it has 3 bytes, a kernel version has 4"),
        (elf([Sec("license", b"\xff\xfe")]), "section license: it is no UTF-8 text"),
        (elf([Sec(".bss", type=8, size=1 << 40)]), "section .bss: 1099511627776 bytes are more than any map can hold"),
        (elf([Sec(".data", bytes(8))], [Sym("v", ".data", 4, 8, 1)]), "variable 'v' (8 bytes) runs past the end"),
        (elf([Sec(".tdata", bytes(8))], [Sym("v", ".tdata", 0, 8, 6)]), "variable 'v' is thread-local"),
        (elf([Sec(".BTF", bytes(64))]), "section .BTF"),
    ],
)  # fmt: skip
def test_what_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ObjectError) as error:
        room.read(data, path="some.o")
    assert message in str(error.value)
    assert str(error.value).startswith("some.o")


def test_every_truncation_is_refused_or_read() -> None:
    data = elf(
        [ONE_MAP, Sec(".data", bytes(8)), Sec("license", b"GPL\0"), text("xdp", BODY, (0, 1, "m"))],
        [X, Sym("m", "maps", 0, 20, 1), Sym("v", ".data", 0, 8, 1)],
    )
    room.read(data)
    for length in range(len(data)):
        with pytest.raises(ObjectError):
            room.read(data[:length])


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("memcpy", "BPF has no C library: __builtin_memcpy() and its kin need a small, constant size"),
        ("bcmp", "BPF has no C library"),
        ("__ubsan_handle_type_mismatch_v1", "build it with -fno-sanitize=all"),
        ("__stack_chk_fail", "build it with -fno-stack-protector"),
        ("memory_of_mine", "kernel symbols and configuration need BTF: build it with -g"),
    ],
)
def test_functions_that_compilers_call(name: str, advice: str) -> None:
    data = elf([text("xdp", code(call(-1), EXIT), (0, 10, name))], [func("x", "xdp", 0, 16), Sym(name)])
    with pytest.raises(ObjectError) as error:
        room.read(data)
    assert f"x: '{name}' is a function that the object doesn't define; {advice}" in str(error.value)
