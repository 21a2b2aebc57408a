"""What this kernel has, against what bpftool finds, and against what can be made."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from programs import count

import ebpf
from ebpf.errors import KernelError, NotSupported
from ebpf.kernel import features, kallsyms
from ebpf.kernel import sys as kernel_sys
from ebpf.kernel.engine import KernelEngine
from ebpf.kernel.info import enable_stats
from ebpf.kernel.kallsyms import address_of
from ebpf.kernel.log import refusal
from ebpf.kernel.symbols import KernelSymbols
from ebpf.spec import MapSpec, ObjectSpec, ProgramSpec
from ebpf.uapi.map_types import MapType
from ebpf.uapi.prog_types import ProgType

pytestmark = pytest.mark.host
COUNTS = MapSpec("counts", MapType.ARRAY, 4, 8, 1)


def test_the_table_has_every_type_and_leaves_nothing() -> None:
    before = len(os.listdir("/proc/self/fd"))
    features._map_types.clear()
    features._prog_types.clear()
    rows = features.table()
    assert len(os.listdir("/proc/self/fd")) <= before + 1  # tracefs, kept
    names = {(row.kind, row.name) for row in rows}
    assert {("map type", type_.label) for type_ in MapType if type_} <= names
    assert {("program type", type_.label) for type_ in ProgType if type_} <= names
    here = {row.name for row in rows if not row.lacks}
    assert {"array", "hash", "xdp", "socket_filter", "tracepoint"} <= here


def test_bpftool_finds_the_same() -> None:
    if not shutil.which("bpftool"):
        pytest.skip("no bpftool here")
    out = subprocess.run(["bpftool", "-j", "feature", "probe", "kernel"], capture_output=True, text=True, check=False)
    if out.returncode:
        pytest.skip(f"bpftool fails here: {out.stderr.strip()[:100]}")
    found = json.loads(out.stdout)
    rows = {(row.kind, row.name): not row.lacks for row in features.table()}
    # What bpftool gets wrong: types that its probe gives too little to.
    wrong = {"struct_ops", "arena", "ext", "lsm", "tracing", "netfilter"}
    for kind, key, suffix in (("map type", "map_types", "_map_type"), ("program type", "program_types", "_prog_type")):
        for name, has in found[key].items():
            bare = name.removeprefix("have_").removesuffix(suffix)
            if (kind, bare) in rows and bare not in wrong:
                assert rows[kind, bare] == has, f"{kind} {bare}"


def test_bpftool_finds_the_same_helpers() -> None:
    """Linux 6.1. Later ones say otherwise that a helper isn't for a type, and bpftool 7.1 takes every helper for allowed."""
    if not shutil.which("bpftool"):
        pytest.skip("no bpftool here")
    out = subprocess.run(
        ["bpftool", "-j", "feature", "probe", "kernel", "full"], capture_output=True, text=True, check=False
    )
    found = {
        name.removesuffix("_available_helpers"): set(names) for name, names in json.loads(out.stdout)["helpers"].items()
    }
    if found["xdp"] == found["kprobe"]:
        pytest.skip("this bpftool doesn't understand this kernel")
    for type_ in (ProgType.XDP, ProgType.KPROBE, ProgType.SCHED_CLS, ProgType.CGROUP_SOCK_ADDR, ProgType.SYSCALL):
        assert {row.name for row in features.helpers(type_) if not row.lacks} == found[type_.label], type_.label


def test_no_privilege_is_said_as_such() -> None:
    # Everything is imported first: another user may not read this Python.
    code = (
        f"import os, sys, errno; sys.path.insert(0, {str(Path(features.__file__).parents[2])!r})\n"
        "from ebpf.kernel.engine import KernelEngine; from ebpf.spec import ObjectSpec; import ebpf.kernel.features\n"
        "os.setgid(65534); os.setuid(65534); print(KernelEngine().lacks(ObjectSpec()))"
    )
    out = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    if "[]" in out.stdout:
        pytest.skip("this kernel lets anyone call bpf(2)")
    assert "no CAP_BPF (kernel.unprivileged_bpf_disabled is" in out.stdout and "run as root" in out.stdout


def test_a_denied_call_is_told_from_a_lack_of_privilege(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(number: int) -> object:
        def bpf(command: int, attr: object, call: str) -> int:
            raise kernel_sys.error(number, call)

        return bpf

    monkeypatch.setattr(kernel_sys, "bpf", denied(1))
    assert "seccomp" in features.no_access()
    monkeypatch.setattr(kernel_sys, "bpf", denied(38))
    assert "has no bpf(2)" in features.no_access()
    with pytest.raises(NotSupported, match=r"no bpf\(2\)"):
        features.table()


def test_a_lockdown_is_told_from_a_lack_of_privilege() -> None:
    spec = ProgramSpec("p", ProgType.XDP)
    found = refusal(spec, kernel_sys.error(1, "load", "needs CAP_BPF"), "")
    assert "this process has the privilege" in str(found) and "needs CAP_BPF" not in str(found)


def test_what_is_younger_than_the_kernel_is_named_with_its_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel_sys, "release", "5.4.0")
    features._map_types.clear()
    features._prog_types.clear()
    spec = ObjectSpec(
        maps={"m": MapSpec("m", MapType.RINGBUF, 0, 0, 4096)},
        programs={"p": ProgramSpec("p", ProgType.SK_LOOKUP, section="sk_lookup"),
                  "q": ProgramSpec("q", ProgType.NETFILTER, section="netfilter", autoload=False)},
    )  # fmt: skip
    try:
        assert KernelEngine().lacks(spec) == [
            "this kernel has no maps of type ringbuf (Linux 5.8; this is 5.4)",
            "this kernel has no programs of type sk_lookup (Linux 5.9; this is 5.4)",
        ]
    finally:
        features._map_types.clear()
        features._prog_types.clear()


def test_runs_are_counted_while_asked_for() -> None:
    with KernelEngine() as engine:
        loaded = engine.load_program(count(ProgType.SOCKET_FILTER), {"counts": engine.create_map(COUNTS)})
        stats = enable_stats()
        loaded.run(bytes(64), repeat=50)
        stats.close()
        info = loaded.info()
        assert info["run_cnt"] >= 50 or info["run_cnt"] == 0  # runs by hand aren't counted by every kernel


def test_the_streams_of_a_program() -> None:
    with KernelEngine() as engine:
        loaded = engine.load_program(count(ProgType.SOCKET_FILTER), {"counts": engine.create_map(COUNTS)})
        if kernel_sys.kernel_release() < (6, 17):
            with pytest.raises(NotSupported, match=r"streams of programs needs Linux 6.17"):
                loaded.stream()
        else:
            assert loaded.stream() == loaded.stream(2) == b""
            with pytest.raises(KernelError):
                loaded.stream(77)


def test_kernel_addresses_have_names() -> None:
    symbols = KernelSymbols()
    address = address_of("vfs_read")
    assert address
    assert symbols.find(address + 3) == ("vfs_read", 3, "")
    assert symbols.text(address) == "vfs_read" and symbols.text(0) == "0x0"


def test_a_hook_that_is_missing_is_told_when_it_is_attached_to() -> None:
    """The kernel engine, asked for by name, loads what it can load; "auto" looks for an engine that has the hook."""
    code = bytes.fromhex("b7000000000000009500000000000000")
    program = ProgramSpec(
        "p",
        ProgType.TRACEPOINT,
        code,
        "tracepoint/syscalls/sys_enter_nosuch",
        "syscalls/sys_enter_nosuch",
        license="GPL",
    )
    spec = ObjectSpec(programs={"p": program})
    with ebpf.load(spec, engine="kernel") as loaded, pytest.raises(ebpf.EbpfError, match="sys_enter_nosuch"):
        loaded.programs["p"].attach()
    with ebpf.load(spec) as loaded:
        assert loaded.engine.name == "vm"


def test_functions_are_told_from_data_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "kallsyms"
    file.write_text(
        "ffffffff81000000 T once\nffffffff81000010 t twice\nffffffff81000020 t twice\nffffffff81000030 D data\n"
        "ffffffff81000040 W weak\nffffffffc0000000 t of_a_module\t[module]\n0000000000000000 A T\n"
    )
    monkeypatch.setattr(kallsyms, "PATH", str(file))
    assert kallsyms.functions() == {"once", "twice", "weak", "of_a_module"}
    assert kallsyms.unique_functions() == {"once", "weak", "of_a_module"}
    monkeypatch.setattr(kallsyms, "PATH", str(tmp_path / "nosuch"))
    assert kallsyms.functions() == kallsyms.unique_functions() == set()
