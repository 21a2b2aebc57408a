"""`ebpf verify`: what it says where the kernel lacks something, and beside the kernel."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from compiled import compile_c

import ebpf
from ebpf.btf import Btf, Func, FuncProto, Int, Member, Param, Pointer, Struct
from ebpf.btf.build import Builder
from ebpf.cli import main, status
from ebpf.spec import ObjectSpec

HEAD = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
char LICENSE[] SEC("license") = "GPL";
"""
ORDER: Any = sys.byteorder


def kernel() -> Btf:
    """The types of a small kernel: one struct and the hook of one LSM program."""
    return Builder(
        [
            Int("int", 4, 1),  # 1
            Struct("file", 8, [Member("f_mode", 1, 0)]),
            Pointer(2),
            FuncProto(1, [Param("file", 3)]),
            Func("bpf_lsm_file_open", 4),
        ],
        byte_order=ORDER,
    ).btf()


def verify(*arguments: str) -> int:
    return main.guarded(main.group, "ebpf", ["verify", *arguments])


@pytest.fixture
def target(tmp_path: Path) -> str:
    (tmp_path / "kernel.btf").write_bytes(bytes(kernel().raw))
    return str(tmp_path / "kernel.btf")


def test_a_field_that_is_not_there(tmp_path: Path, target: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What the kernel lacks is said, not which call stands where CO-RE could not fill in an offset."""
    source = HEAD + (
        "struct file { int f_mode, gone; } __attribute__((preserve_access_index));\n"
        'SEC("raw_tp/sys_enter") int f(struct { struct file *file; } *c) {\n'
        "    int x = 0;\n"
        "    bpf_probe_read_kernel(&x, 4, &c->file->f_mode);\n"
        "    bpf_probe_read_kernel(&x, 4, &c->file->gone);\n"
        "    return x;\n"
        "}\n"
    )
    (tmp_path / "x.o").write_bytes(compile_c(tmp_path, source, ORDER))
    assert verify(str(tmp_path / "x.o"), "--target", target) == status.REFUSED
    out = capsys.readouterr().out
    missing = "struct file.gone: the target's struct file has no such field, or one of another type"
    assert out.startswith(f"f: {missing} (")
    assert re.search(r"test\.bpf\.c:[89]:", out.splitlines()[0])
    assert "usually: ask first with bpf_core_field_exists()" in out
    assert "unknown#" not in out
    assert verify(str(tmp_path / "x.o"), "--target", target, "--json") == status.REFUSED
    row = json.loads(capsys.readouterr().out)
    assert (row["sentence"], row["kind"], row["taken"]) == (missing, "btf", False)


@pytest.mark.parametrize(
    ("value", "taken"), [("-1", True), ("0", True), ("-4095", True), ("-4096", False), ("1", False)]
)
def test_a_hook_of_the_lsm_returns_an_int(value: str, taken: bool, tmp_path: Path, target: str) -> None:
    """`return -EPERM;` is `w0 = -1`, which leaves the upper half 0: the kernel looks at the lower half."""
    source = HEAD + f'SEC("lsm/file_open") int f(unsigned long long *c) {{ return {value}; }}\n'
    (tmp_path / "x.o").write_bytes(compile_c(tmp_path, source, ORDER))
    assert verify(str(tmp_path / "x.o"), "--target", target) == (status.OK if taken else status.REFUSED)


TAIL = HEAD + (
    "int other(struct __sk_buff *);\n"
    "struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 2); __uint(key_size, 4); __uint(pinning, 1);\n"
    "    __array(values, int (struct __sk_buff *)); } calls SEC(\".maps\") = { .values = { [0] = (void *)&other } };\n"
    'SEC("socket") int other(struct __sk_buff *s) { return 1; }\n'
    'SEC("socket") int f(struct __sk_buff *s) { bpf_tail_call(s, &calls, 0); return 0; }\n'
)  # fmt: skip


class Nothing:
    def close(self) -> None:
        pass


def test_the_kernel_is_asked_about_one_program_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[list[str], list[Any]]] = []

    def load(spec: ObjectSpec, engine: str) -> Nothing:
        assert engine == "kernel"
        assert not any(made.pinning for made in spec.maps.values()), "asking must leave no name behind"
        asked.append(([one.name for one in spec.programs.values() if one.autoload], spec.maps["calls"].contents))
        return Nothing()

    monkeypatch.setattr(ebpf, "load", load)
    (tmp_path / "x.o").write_bytes(compile_c(tmp_path, TAIL, ORDER))
    assert verify(str(tmp_path / "x.o"), "--target", "none", "--compare") == status.OK
    assert sorted(names for names, _ in asked) == [["f"], ["other"]]
    assert all(contents == [] for _, contents in asked), "a program that isn't loaded can't be put into a map"
    assert capsys.readouterr().out.count("the kernel takes it") == 2


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (ebpf.KernelError(1, "BPF_PROG_LOAD", hint="locked down"), status.PRIVILEGE, "can't be asked: BPF_PROG_LOAD"),
        (ebpf.NotSupported("bpf(2)"), status.NOT_SUPPORTED, "can't be asked: bpf(2)"),
        (ebpf.RelocationError("f: struct x.y: gone"), status.OTHER, "refuses it: f: struct x.y: gone"),
        (ebpf.VerifierError("f: no", reason="R0 !read_ok"), status.OTHER, "refuses it: R0 !read_ok"),
    ],
)
def test_a_kernel_that_cannot_be_asked(
    error: Exception,
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Our own verdict is shown all the same, for each program."""

    def load(spec: ObjectSpec, engine: str) -> Nothing:
        raise error

    monkeypatch.setattr(ebpf, "load", load)
    (tmp_path / "x.o").write_bytes(compile_c(tmp_path, TAIL, ORDER))
    assert verify(str(tmp_path / "x.o"), "--target", "none", "--compare") == code
    out = capsys.readouterr().out
    assert out.count(": taken (") == out.count(said) == 2
    assert verify(str(tmp_path / "x.o"), "--target", "none", "--compare", "--json") == code
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["taken"] for row in rows] == [True, True]
    assert all(row["kernel"]["taken"] is (None if "asked" in said else False) for row in rows)
