"""Helpers, each called by a small program: which there are, time, tasks, text, and what is refused."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from struct import pack
from typing import Any

import pytest
from vm_code import EXIT, I, call, ldx, movr, st, stx
from vm_world import U64, World, fp, mov, text

from ebpf.asm import encode
from ebpf.errors import Fault, VerifierError
from ebpf.spec import MapSpec, ProgramSpec, Reference
from ebpf.uapi import opcodes as op
from ebpf.uapi.helpers import NAMES
from ebpf.uapi.kfuncs import names
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine
from ebpf.vm.helpers import FILES, find, present
from ebpf.vm.helpers.absent import REASONS, kfunc_reason, reason
from ebpf.vm.helpers.kfuncs import KFUNCS

ROOT = Path(__file__).resolve().parents[2]


def test_every_helper_is_here_or_has_a_reason() -> None:
    absent = {name for _, names in REASONS for name in names.split()}
    here = {NAMES[number] for number in present()}
    assert here | absent == set(NAMES[1:])
    assert not here & absent
    assert reason("no_such_thing") == "it means nothing outside of the kernel"


def test_every_kernel_function_is_here_or_has_a_reason() -> None:
    absent = {name for name in names() if kfunc_reason(name)}
    assert absent | set(KFUNCS) == set(names())
    assert not absent & set(KFUNCS)
    assert kfunc_reason("bpf_nothing") == ""
    with pytest.raises(VerifierError, match="bpf_ct_release is not in the vm: there is no connection tracking here"):
        World().load(("kfunc", "bpf_ct_release"), EXIT)


@pytest.mark.parametrize("file", FILES)
def test_the_index_says_what_the_files_have(file: str) -> None:
    from importlib import import_module

    from ebpf.vm.helpers.registry import HELPERS

    module = import_module(f"ebpf.vm.helpers.{file}")
    defined = {function.__name__ for function in HELPERS.values() if function.__module__ == module.__name__}
    assert defined == set(FILES[file].split())


def test_the_page_is_what_the_code_says() -> None:
    sys.path.insert(0, str(ROOT / "generate"))
    try:
        import vm_helpers
    finally:
        sys.path.pop(0)
    assert (ROOT / "docs" / "helpers.md").read_text() == vm_helpers.page(), "run generate/vm_helpers.py"


def test_a_helper_that_is_not_here_is_refused_with_the_reason() -> None:
    with pytest.raises(VerifierError, match=r"bpf_d_path \(Linux 5.10\) is not in the vm: it reads objects"):
        World().load(call("d_path"), EXIT)
    with pytest.raises(VerifierError, match="there is no helper 212"):
        World().load(I(op.JMP | op.CALL, imm=212), EXIT)


def test_own_helpers_come_first() -> None:
    world = World(helpers={5: lambda m, *r: 77, 9000: lambda m, *r: r[0] + 1})
    assert world.run(call("ktime_get_ns"), EXIT) == 77
    assert world.run(mov(1, 4), I(op.JMP | op.CALL, imm=9000), EXIT) == 5


# -- time, task


@pytest.mark.parametrize(
    "name", ["ktime_get_ns", "ktime_get_boot_ns", "ktime_get_coarse_ns", "ktime_get_tai_ns", "jiffies64"]
)
def test_clocks_go_on(name: str) -> None:
    program = World().load(call(name), EXIT)
    first = program.run().retval
    time.sleep(0.005)
    assert 0 < first < program.run().retval


def test_random_numbers_have_32_bits_and_differ() -> None:
    program = World().load(call("get_prandom_u32"), EXIT)
    values = {program.run().retval for _ in range(20)}
    assert len(values) > 15
    assert max(values) < 1 << 32


class Somebody:
    pid, tgid, ppid, comm, uid, gid, cpu, start_time = 12, 11, 1, b"somebody", 1000, 100, 0, 5
    memory: dict[int, bytes] = {0x1000: b"hello\0world", 0x3FF8: b"12345678"}  # noqa: RUF012

    def read_memory(self, address: int, size: int) -> bytes:
        for base, data in self.memory.items():
            if base <= address and address + size <= base + 4096:
                return data.ljust(4096, b"\0")[address - base : address - base + size]
        raise OSError(14, "Bad address")

    def write_memory(self, address: int, data: bytes) -> None:
        self.memory = {**self.memory, address: data}


def test_the_task() -> None:
    world = World()
    world.engine.task = Somebody()
    assert world.run(call("get_current_pid_tgid"), EXIT) == 11 << 32 | 12
    assert world.run(call("get_current_uid_gid"), EXIT) == 100 << 32 | 1000
    comm = [*fp(1, -16), mov(2, 16), call("get_current_comm"), ldx(op.DW, 0, 10, -16), EXIT]
    assert world.run(*comm) == int.from_bytes(b"somebody", sys.byteorder)
    cut = [st(op.DW, 10, -8, -1), *fp(1, -8), mov(2, 4), call("get_current_comm"), ldx(op.DW, 0, 10, -8), EXIT]
    assert world.run(*cut) & U64 == int.from_bytes(b"som\0\xff\xff\xff\xff", sys.byteorder)
    assert world.run(*fp(1, -8), mov(2, 0), call("get_current_comm"), EXIT) == -22


@pytest.mark.parametrize(
    ("name", "address", "size", "result", "left"),
    [
        ("probe_read_user", 0x1000, 8, 0, b"hello\0wo"),
        ("probe_read_user", 0x9000, 8, -14, bytes(8)),
        ("probe_read", 0x1000, 5, 0, b"hello\xff\xff\xff"),
        ("probe_read_kernel", 0x1000, 8, -14, bytes(8)),
        ("copy_from_user", 0x1006, 5, 0, b"world\xff\xff\xff"),
        ("probe_read_user_str", 0x1000, 8, 6, b"hello\0\xff\xff"),
        ("probe_read_user_str", 0x1000, 4, 4, b"hel\0\xff\xff\xff\xff"),
        ("probe_read_user_str", 0x9000, 8, -14, bytes(8)),
        ("probe_read_user_str", 0x1000, 0, 0, b"\xff" * 8),
        ("probe_read_str", 0x1006, 8, 6, b"world\0\xff\xff"),
        ("probe_read_kernel_str", 0x1000, 8, -14, bytes(8)),
    ],
)
def test_reads_of_the_task(name: str, address: int, size: int, result: int, left: bytes) -> None:
    world = World()
    world.engine.task = Somebody()
    world.map("m", MapType.ARRAY, 4, 8, 1)
    code = [st(op.DW, 10, -8, -1), *fp(1, -8), mov(2, size), mov(3, address), call(name), movr(6, 0),
            st(op.W, 10, -12, 0), ("map", 1, "m"), *fp(2, -12), *fp(3, -8), mov(4, 0), call("map_update_elem"),
            movr(0, 6), EXIT]  # fmt: skip
    assert world.run(*code) == result
    assert world.maps["m"].lookup(bytes(4)) == left


def test_probe_write_user() -> None:
    world = World()
    task = world.engine.task = Somebody()
    assert world.run(st(op.W, 10, -4, 7), mov(1, 0x5000), *fp(2, -4), mov(3, 4), call("probe_write_user"), EXIT) == 0
    assert task.memory[0x5000] == pack("=I", 7)


# -- maps


def test_kfuncs_that_are_not_here() -> None:
    with pytest.raises(VerifierError, match="kernel function bpf_nothing is not in the vm"):
        World().load(("kfunc", "bpf_nothing"), EXIT)


# -- text


@pytest.mark.parametrize(
    ("form", "values", "shown"),
    [
        (b"%d %i %u", (-1, 5, -1), b"-1 5 4294967295"),
        (b"%x %X %llx", (255, 255, -1), b"ff FF ffffffffffffffff"),
        (b"%lld %ld %hhd", (-1, -2, 255), b"-1 -2 -1"),
        (b"%5d|%-5d|%05d", (42, 42, 42), b"   42|42   |00042"),
        (b"%c%%%c", (65, 66), b"A%B"),
        (b"nothing", (), b"nothing"),
        (b"%s", ("abc",), b"abc"),
    ],
)
def test_formats(form: bytes, values: tuple[Any, ...], shown: bytes) -> None:
    world = World()
    code = text(form + b"\0", -64)
    for i, value in enumerate(values):
        if isinstance(value, str):
            code += [*text(value.encode() + b"\0", -96), *fp(1, -96), stx(op.DW, 10, 1, -32 + 8 * i)]
        else:
            code += [mov(1, value), stx(op.DW, 10, 1, -32 + 8 * i)]
    print_ = [
        *code,
        *fp(1, -64),
        mov(2, len(form) + 1),
        *fp(3, -32),
        mov(4, 8 * len(values)),
        call("trace_vprintk"),
        EXIT,
    ]
    assert world.run(*print_) == len(shown)
    assert list(world.engine.trace_lines) == [shown]
    into = [*code, *fp(1, -128), mov(2, 32), *fp(3, -64), *fp(4, -32), mov(5, 8 * len(values)), call("snprintf"), EXIT]
    assert world.run(*into) == len(shown) + 1


@pytest.mark.parametrize("form", [b"%", b"%d%d%d%d", b"%q", b"%lls"])
def test_bad_formats(form: bytes) -> None:
    world = World()
    code = [*text(form + b"\0", -16), *fp(1, -16), mov(2, len(form) + 1), mov(3, 0), mov(4, 0), mov(5, 0)]
    assert world.run(*code, call("trace_printk"), EXIT) == -22
    assert not world.engine.trace_lines


@pytest.mark.parametrize(
    ("shown", "base", "result", "value"),
    [
        (b"123", 0, 3, 123), (b"-45x", 10, 3, -45), (b"0x1f", 0, 4, 31), (b"0x1f", 16, 4, 31), (b"017", 0, 3, 15),
        (b"  7", 0, 3, 7), (b"x", 0, -22, 0), (b"", 0, -22, 0), (b"12", 7, -22, 0), (b"99999999999999999999", 0, -34, 0),
        (b"9223372036854775808", 0, -34, 0), (b"-9223372036854775808", 0, 20, -(1 << 63)),
    ],
)  # fmt: skip
def test_strtol(shown: bytes, base: int, result: int, value: int) -> None:
    code = [
        *text(shown + b"\0", -40),
        *fp(1, -40),
        mov(2, len(shown)),
        mov(3, base),
        *fp(4, -8),
        call("strtol"),
        movr(6, 0),
    ]
    assert World().run(*code, EXIT) == result
    if result > 0:
        assert World().run(*code, ldx(op.DW, 0, 10, -8), EXIT) == value


def test_strncmp() -> None:
    for a, b, sign in ((b"abc", b"abc", 0), (b"abc", b"abd", -1), (b"b", b"abc", 1), (b"ab", b"abc", -1)):
        code = [
            *text(a + b"\0", -16),
            *text(b + b"\0", -32),
            *fp(1, -16),
            mov(2, 8),
            *fp(3, -32),
            call("strncmp"),
            EXIT,
        ]
        found = World().run(*code)
        assert (found > 0) - (found < 0) == sign


# -- network tables


def test_sys_bpf() -> None:
    world = World()
    create = pack("=IIIIII", 1, 4, 8, 4, 0, 0)
    code = [*text(create, -64), mov(1, 0), *fp(2, -64), mov(3, 24), call("sys_bpf"), movr(6, 0), movr(1, 6), call("sys_close"),
            movr(7, 0), movr(1, 6), call("sys_close"), I(op.ALU64 | op.SUB | op.X, 0, 7), EXIT]  # fmt: skip
    assert world.run(*code, type_=ProgType.SYSCALL) == -9
    bad = [*text(pack("=IIIIII", 1, 0, 8, 4, 0, 0), -64), mov(1, 0), *fp(2, -64), mov(3, 24), call("sys_bpf"), EXIT]
    assert world.run(*bad, type_=ProgType.SYSCALL) == -22


@pytest.mark.parametrize("number", sorted(present() - {12}))
def test_no_helper_trusts_its_arguments(number: int) -> None:
    """Every helper with arguments that mean nothing, or anything: an answer or a Fault, and nothing else."""
    function = find(number)
    assert function is not None
    world = World()
    world.map("a", MapType.ARRAY, 4, 8, 2)
    world.map("h", MapType.HASH, 4, 8, 2)
    for type_ in (ProgType.XDP, ProgType.SCHED_CLS, ProgType.KPROBE):
        for arguments in (
            [mov(i, 0) for i in range(1, 6)],
            [mov(i, -1) for i in range(1, 6)],
            [mov(i, 0x7F0000000000) for i in range(1, 6)],
            [mov(1, 0), *(insn for i in range(2, 6) for insn in fp(i, -8))],
            [("map", 1, "a"), *(insn for i in range(2, 6) for insn in fp(i, -8))],
            [("map", 1, "h"), mov(2, 1 << 40), mov(3, 1 << 40), mov(4, 0), mov(5, 0)],
            [mov(2, 1 << 31), mov(3, 1 << 31), *fp(4, -8), mov(5, 1 << 31)],
            [*fp(1, -8), mov(2, 0xFFFFFFFF), *fp(3, -8), mov(4, 0xFFFFFFFF), mov(5, 1)],
        ):
            program = world.load(*arguments, I(op.JMP | op.CALL, imm=number), mov(0, 0), EXIT, type_=type_)
            try:
                program.run(bytes(64))
            except Fault:
                pass
    world.engine.close()


def test_what_the_engine_lacks() -> None:
    from ebpf.spec import ObjectSpec

    code = encode([call("d_path"), I(op.JMP | op.CALL, src=2), EXIT])
    program = ProgramSpec("p", ProgType.XDP, code, references=[Reference(1, "kfunc", "bpf_nothing")])
    weak = ProgramSpec(
        "q",
        ProgType.XDP,
        encode([I(op.JMP | op.CALL, src=2), EXIT]),
        references=[Reference(0, "kfunc", "bpf_none", weak=True)],
    )
    spec = ObjectSpec(programs={"p": program, "q": weak}, maps={"s": MapSpec("s", MapType.STRUCT_OPS, 4, 8, 1)})
    reasons = VmEngine().lacks(spec)
    assert len(reasons) == 3
    assert "struct_ops" in reasons[0]
    assert "bpf_d_path" in reasons[1]
    assert "bpf_nothing" in reasons[2]


def test_a_helper_of_cgroup_arrays_is_given_another_map() -> None:
    world = World()
    world.map("m", MapType.HASH, 8, 8, 2)
    with pytest.raises(Fault, match="map m is no cgroup array"):
        world.run(("map", 1, "m"), mov(2, 0), call("current_task_under_cgroup"), EXIT)


@pytest.mark.parametrize("name", ["strtol", "strtoul"])
@pytest.mark.parametrize(("word", "wanted"), [(b"-", 0), (b"", 0), (b"99999999999999999999", 0), (b"42", 42)])
def test_what_is_no_number_gives_0(name: str, word: bytes, wanted: int) -> None:
    """Linux clears the result before it looks (found by tests/fuzz/safety.py)."""
    code = [*text(word.ljust(32, b"\0"), -40), st(op.DW, 10, -48, 7), *fp(1, -40), mov(2, 32), mov(3, 0), *fp(4, -48)]
    assert World().run(*code, call(name), ldx(op.DW, 0, 10, -48), EXIT) == wanted


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bpf_dynptr_from_skbb", "; did you mean bpf_dynptr_from_skb"),
        ("bpf_ct_release", ": there is no connection tracking here"),
        ("nobody_calls_it_so", ""),
    ],
)
def test_why_a_kernel_function_is_not_there(name: str, said: str) -> None:
    assert kfunc_reason(name).startswith(said) and bool(kfunc_reason(name)) == bool(said)
