"""The parts of the kernel engine that need no kernel."""

from __future__ import annotations

import errno
import struct

import pytest

from ebpf import explain
from ebpf.binaries import usdt
from ebpf.binaries.usdt import CONST, DEREF, REG, SIB, Argument
from ebpf.btf import Btf, DataSec, Int, SectionVariable, Var
from ebpf.btf.build import Builder
from ebpf.errors import HookError, KernelError, VerifierError, did_you_mean
from ebpf.kernel import cpus, make_map, perf, printk, privilege, programs, tokens, types
from ebpf.kernel import sys as kernel_sys
from ebpf.kernel.features import _INT_BTF, running_version
from ebpf.kernel.log import reason_of, refusal
from ebpf.kernel.sys import Layout, error, object_name
from ebpf.spec import Line, ProgramSpec
from ebpf.uapi import bpf_attr, bpf_info
from ebpf.uapi.btf import Kind
from ebpf.uapi.commands import Command
from ebpf.uapi.prog_types import ProgType


@pytest.mark.parametrize(
    ("layout", "size", "places"),
    [
        (bpf_attr.MAP_CREATE, 96, {"map_name": 28, "map_extra": 64, "excl_prog_hash": 80}),
        (bpf_attr.MAP_ELEM, 32, {"key": 8, "value": 16, "flags": 24}),
        (bpf_attr.MAP_BATCH, 56, {"count": 32, "map_fd": 36, "elem_flags": 40}),
        (
            bpf_attr.PROG_LOAD,
            168,
            {"insns": 8, "prog_name": 48, "func_info": 80, "fd_array": 120, "log_true_size": 140},
        ),
        (bpf_attr.PROG_TEST_RUN, 80, {"data_in": 16, "repeat": 32, "ctx_in": 48, "batch_size": 72}),
        (bpf_attr.LINK_CREATE_KPROBE_MULTI, 48, {"kprobe_flags": 16, "cnt": 20, "syms": 24}),
        (bpf_attr.LINK_CREATE_UPROBE_MULTI, 64, {"path": 16, "cnt": 48, "pid": 56}),
        (bpf_attr.LINK_CREATE_TRACING, 32, {"target_btf_id": 16, "cookie": 24}),
        (bpf_attr.PROG_ATTACH, 32, {"relative_fd": 20, "expected_revision": 24}),
        (bpf_attr.PROG_QUERY, 64, {"prog_ids": 16, "count": 24, "prog_attach_flags": 32}),
        (bpf_attr.BTF_LOAD, 40, {"btf_log_buf": 8, "btf_token_fd": 36}),
        (bpf_info.PROG, 232, {"map_ids": 56, "name": 64, "btf_id": 128, "run_time_ns": 192, "attach_btf_id": 224}),
        (bpf_info.MAP, 88, {"name": 24, "btf_id": 64, "map_extra": 80}),
    ],
)
def test_layouts_are_those_of_c(layout: str, size: int, places: dict[str, int]) -> None:
    made = Layout(layout)
    assert made.size == size
    assert {name: made.fields[name][0] for name in places} == places


def test_the_perf_attr_is_version_7() -> None:
    assert perf.ATTR.size == 128
    assert perf.ATTR.fields["config1"][0] == 56 and perf.ATTR.fields["bits"][0] == 40


@pytest.mark.parametrize(
    ("text", "numbers"), [("0\n", [0]), ("0-3", [0, 1, 2, 3]), ("0-1,4,6-7\n", [0, 1, 4, 6, 7]), ("", [])]
)
def test_lists_of_cpus(text: str, numbers: list[int]) -> None:
    assert cpus.parse(text) == numbers


@pytest.mark.parametrize(
    ("name", "kept"),
    [("events", b"events"), (".rodata.str", b".rodata.str"), ("a-b c", b"a_b_c"), ("x" * 40, b"x" * 15)],
)
def test_names_as_the_kernel_takes_them(name: str, kept: bytes) -> None:
    assert object_name(name) == kept


@pytest.mark.parametrize(("asked", "given"), [(0, 4096), (1, 4096), (4096, 4096), (4097, 8192), (300000, 524288)])
def test_sizes_of_rings(asked: int, given: int) -> None:
    import mmap

    assert make_map.ring_size(asked) == max(given, mmap.PAGESIZE)


LOG_6_18 = """0: R1=ctx() R10=fp0
; int x = *p; @ a.c:7
0: (79) r0 = *(u64 *)(r2 +0)
R2 !read_ok
processed 1 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
"""
LOG_LOOP = """func#0 @0
0: R1=ctx(off=0,imm=0) R10=fp0
0: (b7) r0 = 0                        ; R0_w=0
1: (05) goto pc-1
1: R0_w=0
infinite loop detected at insn 1
cur state: R0_w=0 R10=fp0
old state: R0_w=0 R10=fp0
processed 2 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
"""


@pytest.mark.parametrize(
    ("log", "reason", "slot"),
    [
        (LOG_6_18, "R2 !read_ok", 0),
        (LOG_LOOP, "infinite loop detected at insn 1", 1),
        ("unreachable insn 3\nprocessed 0 insns\n", "unreachable insn 3", None),
        ("", "", None),
        # An argument's place begins many reasons; only the line about a pointer and its length follows one.
        (
            "3: (85) call bpf_dynptr_slice#7\narg#0 expected pointer to stack or const struct bpf_dynptr\nprocessed 3 insns\n",
            "arg#0 expected pointer to stack or const struct bpf_dynptr",
            3,
        ),
        (
            "3: (85) call bpf_x#7\ninvalid read from stack R2 off=0 size=8\n"
            "arg#1 arg#2 memory, len pair leads to invalid memory access\nprocessed 3 insns\n",
            "invalid read from stack R2 off=0 size=8",
            3,
        ),
        (
            "returning from callee:\n frame1: R0=0\nto caller at 10:\n R1=1\n"
            "10: (85) call bpf_loop#181 BPF program is too large. Processed 1000001 insn\nprocessed 1000001 insns\n",
            "BPF program is too large. Processed 1000001 insn",
            10,
        ),
    ],
)
def test_the_reason_in_a_log(log: str, reason: str, slot: int | None) -> None:
    assert reason_of(log) == (reason, slot)


def test_a_refusal_is_told_with_its_line() -> None:
    spec = ProgramSpec("p", ProgType.XDP, lines=[Line(0, "a.c", "  int x = *p;", 7)])
    found = refusal(spec, error(13, "load"), LOG_6_18)
    assert isinstance(found, VerifierError)
    assert (found.program, found.reason, found.line, found.slot) == ("p", "R2 !read_ok", "a.c:7: int x = *p;", 0)
    assert str(found).splitlines()[0] == "the kernel refused program p at a.c:7: R2 !read_ok"


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("R0 invalid mem access 'map_value_or_null'", "lookup may be NULL"),
        ("R1 invalid mem access 'scalar'", "bpf_probe_read_kernel"),
        ("invalid access to packet, off=12 size=2, R1(id=0,off=12,r=0)", "data_end"),
        ("Unreleased reference id=2 alloc_insn=3", "released on every path"),
        ("cannot call GPL-restricted function from non-GPL compatible program", 'SEC("license")'),
        ("back-edge from insn 3 to 1", "bounded"),
        ("something that nobody has seen", ""),
    ],
)
def test_plain_words_for_reasons(reason: str, words: str) -> None:
    found = explain.words(reason)[2]
    assert words in found and bool(found) == bool(words)


def test_at_least_thirty_reasons_are_explained() -> None:
    assert len(explain.REASONS) >= 30
    texts = [text for text, _, _ in explain.REASONS]
    assert len(set(texts)) == len(texts)
    # A row behind one that its text contains would never be reached.
    for at, text in enumerate(texts):
        assert not any(earlier in text for earlier in texts[:at]), text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("-4@%eax", [Argument(REG, 4, True, register=80)]),
        ("8@%rdi 1@%sil", [Argument(REG, 8, False, register=112), Argument(REG, 1, False, register=104)]),
        ("8@%r8 4@%r9d", [Argument(REG, 8, False, register=72), Argument(REG, 4, False, register=64)]),
        ("-4@$-9", [Argument(CONST, 4, True, offset=-9)]),
        ("8@-1204(%rbp)", [Argument(DEREF, 8, False, offset=-1204, register=32)]),
        ("1@(%rdi,%rcx,8)", [Argument(SIB, 1, False, register=112, index=88, scale=3)]),
        ("2@16(%rax,%rbx)", [Argument(SIB, 2, False, offset=16, register=80, index=40, scale=0)]),
        ("", []),
    ],
)
def test_arguments_on_x86(text: str, wanted: list[Argument]) -> None:
    assert usdt.arguments(text, "x86_64") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("-4@[sp, 16]", [Argument(DEREF, 4, True, offset=16, register=248)]),
        ("8@x3 -4@w0", [Argument(REG, 8, False, register=24), Argument(REG, 4, True, register=0)]),
        ("8@[x29]", [Argument(DEREF, 8, False, register=232)]),
        ("4@5", [Argument(CONST, 4, False, offset=5)]),
    ],
)
def test_arguments_on_arm64(text: str, wanted: list[Argument]) -> None:
    assert usdt.arguments(text, "aarch64") == wanted


@pytest.mark.parametrize("text", ["4", "3@%rax", "x@%rax", "4@%nosuch", "4@symbol(%rip)", "4@(%rax,%rbx,3)", "4@%xmm0"])
def test_arguments_that_cannot_be_read(text: str) -> None:
    with pytest.raises(HookError, match=r"USDT argument"):
        usdt.arguments(text, "x86_64")


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("           <...>-123     [001] d.h31    12.345678: bpf_trace_printk: hello 5", ("<...>", 123, 1, "hello 5")),
        ("   my-tool x-77      [000] ....1  9.000001: bpf_trace_printk: a: b", ("my-tool x", 77, 0, "a: b")),
        ("            sh-42    (     42) [003] d...1 1.5: bpf_trace_printk: t", ("sh", 42, 3, "t")),
    ],
)
def test_lines_of_printk(line: str, wanted: tuple[str, int, int, str]) -> None:
    found = printk.parse(line)
    assert found is not None
    assert (found.comm, found.pid, found.cpu, found.text) == wanted
    assert printk.parse("  sh-1 [000] .... 1.0: sched_switch: prev_comm=sh") is None


@pytest.mark.parametrize(("number", "hint"), [(errno.EBUSY, "another process reads it"), (errno.EACCES, "needs root")])
def test_why_nobody_may_read_what_programs_print(number: int, hint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, "no")

    monkeypatch.setattr(printk.tracefs, "open_file", refuse)
    monkeypatch.setattr(printk.privilege, "lockdown", lambda: "")
    with pytest.raises(KernelError, match=hint) as caught:
        printk.PrintkReader()
    assert caught.value.errno == number


def test_younger_types_become_older_ones() -> None:
    def typ(name: int, kind: Kind, size: int, *rest: int, vlen: int = 0, flag: int = 0) -> bytes:
        return struct.pack(f"=III{len(rest)}I", name, flag << 31 | kind << 24 | vlen, size, *rest)

    body = (
        typ(1, Kind.INT, 4, 1 << 24 | 32)
        + typ(1, Kind.FLOAT, 8)
        + typ(1, Kind.TYPE_TAG, 1)
        + typ(1, Kind.DECL_TAG, 1, 0xFFFFFFFF)
        + typ(1, Kind.ENUM64, 8, 1, 5, 0, vlen=1)
        + typ(1, Kind.ENUM, 4, 1, 7, vlen=1, flag=1)
    )
    raw = struct.pack("=HBBIIIII", 0xEB9F, 1, 0, 24, 0, len(body), len(body), 5) + body + b"\0int\0"
    assert types.sanitized(raw, (6, 0)) == raw
    kinds = [kind for _, kind, _ in types._types(types.sanitized(raw, (5, 10)))]
    assert kinds == [Kind.INT, Kind.STRUCT, Kind.CONST, Kind.INT, Kind.UNION, Kind.ENUM]
    assert [kind for _, kind, _ in types._types(types.sanitized(raw, (5, 14)))][1] == Kind.FLOAT
    assert len(types.sanitized(raw, (5, 10))) == len(raw)


def test_names_of_sections_for_older_kernels() -> None:
    builder = Builder([Int("int", 4, 1), Var("v", 1, 1)])
    builder.add(DataSec("?.struct_ops", 4, [SectionVariable(2, 0, 4)]))
    raw = bytes(builder)
    assert types.sanitized(raw, (6, 9)) == raw
    assert Btf.parse(types.sanitized(raw, (6, 8))).name(3) == "_.struct_ops"


def test_the_probe_types_are_btf() -> None:
    from ebpf.btf import Btf

    assert Btf.parse(_INT_BTF[:-3]).size(1) == 4


def test_references_are_filled_in() -> None:
    code = bytearray(struct.pack("=BBhi", 0x18, 1, 0, 0) + bytes(8) + struct.pack("=BBhi", 0x85, 0, 0, 0))
    programs.set_load64(code, 0, 2, 7, 0xFFFFFFFF)
    programs.set_call(code, 16, 2, -1, 3)
    assert struct.unpack_from("=i", code, 4) == (7,) and struct.unpack_from("=i", code, 12) == (-1,)
    assert struct.unpack_from("=hi", code, 18) == (3, -1)
    from ebpf.asm import decode

    load, call = decode(bytes(code), "little") if struct.pack("=H", 1)[0] else decode(bytes(code), "big")
    assert (load.dst, load.src, call.src) == (1, 2, 2)


def test_likely_names() -> None:
    names = {"vfs_read", "vfs_write", "vfs_readv", "do_sys_open"}
    assert did_you_mean("vfs_raed", names).startswith("; did you mean vfs_read")
    assert did_you_mean("zzz", names) == ""


def test_the_version_is_a_number() -> None:
    assert running_version() >= 0


class Kernel:
    """A bpf(2) that answers with errnos, one after the other, then with a descriptor."""

    def __init__(self, *errnos: int) -> None:
        self.errnos = list(errnos)
        self.calls = 0

    def __call__(self, *_args: object) -> int:
        import ctypes

        self.calls += 1
        if self.errnos:
            ctypes.set_errno(self.errnos.pop(0))
            return -1
        return 77


@pytest.mark.parametrize(
    ("command", "errnos", "calls", "fails"),
    [
        (Command.PROG_LOAD, [errno.EINTR, errno.EINTR], 3, 0),
        (Command.PROG_LOAD, [errno.EAGAIN] * 5, 6, 0),
        (Command.PROG_LOAD, [errno.EAGAIN] * 6, 6, errno.EAGAIN),
        (Command.MAP_CREATE, [errno.EAGAIN], 1, errno.EAGAIN),
        (Command.MAP_CREATE, [errno.EINTR] * 9, 10, 0),
        (Command.MAP_CREATE, [errno.EINVAL], 1, errno.EINVAL),
    ],
)
def test_what_is_asked_again(
    command: Command, errnos: list[int], calls: int, fails: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = Kernel(*errnos)
    monkeypatch.setattr(kernel_sys, "syscall", kernel)
    attr = Layout(bpf_attr.PROG_LOAD)()
    if fails:
        with pytest.raises(KernelError) as caught:
            kernel_sys.bpf(command, attr, "x")
        assert caught.value.errno == fails
    else:
        assert kernel_sys.bpf(command, attr, "x") == 77
    assert kernel.calls == calls


@pytest.mark.parametrize(
    ("release", "errnos", "raised", "works"),
    [
        ((5, 10), [errno.EPERM], True, True),  # the limit was too low
        ((5, 10), [errno.EPERM, errno.EPERM], True, False),  # it wasn't that
        ((5, 10), [errno.EINVAL], False, False),
        ((5, 11), [errno.EPERM], False, False),  # memory is counted by cgroup
        ((5, 10), [], False, True),
    ],
)
def test_locked_memory_before_5_11(
    release: tuple[int, int], errnos: list[int], raised: bool, works: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = pytest.importorskip("resource")
    limits: list[object] = []
    monkeypatch.setattr(kernel_sys, "kernel_release", lambda: release)
    monkeypatch.setattr(kernel_sys, "_memlock_raised", False)
    monkeypatch.setattr(resource, "setrlimit", lambda which, limit: limits.append((which, limit)))
    monkeypatch.setattr(kernel_sys, "syscall", Kernel(*errnos))
    monkeypatch.setattr(privilege, "why_refused", lambda command: "")
    attr = Layout(bpf_attr.MAP_CREATE)()

    def call() -> int:
        return kernel_sys.bpf(Command.MAP_CREATE, attr, "x")

    if works:
        assert kernel_sys.with_memlock(call) == 77
    else:
        with pytest.raises(KernelError):
            kernel_sys.with_memlock(call)
    assert limits == ([(resource.RLIMIT_MEMLOCK, (resource.RLIM_INFINITY,) * 2)] if raised else [])


def test_a_limit_that_cannot_be_raised_says_nothing_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")

    def refuse(which: int, limit: object) -> None:
        raise ValueError("not allowed to raise maximum limit")

    monkeypatch.setattr(kernel_sys, "kernel_release", lambda: (5, 4))
    monkeypatch.setattr(kernel_sys, "_memlock_raised", False)
    monkeypatch.setattr(resource, "setrlimit", refuse)
    monkeypatch.setattr(kernel_sys, "syscall", Kernel(errno.EPERM, errno.EPERM))
    monkeypatch.setattr(privilege, "why_refused", lambda command: "")
    with pytest.raises(KernelError) as caught:
        kernel_sys.with_memlock(lambda: kernel_sys.bpf(Command.MAP_CREATE, Layout(bpf_attr.MAP_CREATE)(), "x"))
    assert caught.value.errno == errno.EPERM


def test_a_token_is_put_into_what_was_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "delegated", lambda: 42)
    create = Layout(bpf_attr.MAP_CREATE)
    attr = create(map_type=1, map_flags=1)
    assert tokens.put_into(Command.MAP_CREATE, attr)
    assert create.get(attr, "map_flags") == 1 | 1 << 16 and create.get(attr, "map_token_fd") == 42
    assert not tokens.put_into(Command.MAP_CREATE, attr)  # it is there already: the kernel's no is final
    assert not tokens.put_into(Command.OBJ_PIN, attr)
    monkeypatch.setattr(tokens, "delegated", lambda: -1)
    assert not tokens.put_into(Command.MAP_CREATE, create(map_type=1))


@pytest.mark.parametrize(
    ("command", "mask", "namespace", "said"),
    [
        (Command.MAP_CREATE, 0, False, "no CAP_BPF"),
        (Command.PROG_LOAD, 1 << 39, True, "root of a user namespace only"),
        (Command.MAP_CREATE, 1 << 39, False, "has the privilege, but bpf(2) is forbidden"),
        (Command.MAP_GET_NEXT_ID, 1 << 39, False, "CAP_SYS_ADMIN"),
        (Command.OBJ_PIN, 0, False, "needs CAP_BPF"),
    ],
)
def test_why_it_was_refused(
    command: Command, mask: int, namespace: bool, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(privilege, "capabilities", lambda: mask)
    monkeypatch.setattr(privilege, "in_user_namespace", lambda: namespace)
    assert said in privilege.why_refused(command)
