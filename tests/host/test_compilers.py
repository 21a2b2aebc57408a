"""Objects of every compiler at hand, at every level and processor, with and without debug information, stripped: what libbpf
loads into this kernel, we load.

A clang with a number ("clang-15") is taken where it is on PATH; the newest comes out of a wheel.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from compiled import clangs

import ebpf
from ebpf import build, elf
from ebpf.btf.kernel import SYSFS
from ebpf.elf.writer import strip

pytestmark = pytest.mark.host

INCLUDE = Path(build.__file__).parent / "include"
COMPILERS = {
    **{name: (name, "-target", "bpf") for name in clangs()},
    "ziglang": (sys.executable, "-m", "ziglang", "cc", "-target", "bpfel-freestanding", "-fno-unwind-tables",
                "-fno-asynchronous-unwind-tables", "-fno-stack-protector", "-fno-sanitize=all"),
}  # fmt: skip

HEAD = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
"""
#: Everything that needs no types: legacy maps, data of every kind, functions in .text and beside the program, jump tables.
PLAIN = """
struct bpf_map_def { unsigned int type, key_size, value_size, max_entries, map_flags; };
struct bpf_map_def SEC("maps") counts = { BPF_MAP_TYPE_ARRAY, 4, 8, 16, 0 };
struct bpf_map_def SEC("maps") names = { BPF_MAP_TYPE_HASH, 8, 16, 64, 0 };
static const char text[] = "a string that goes into .rodata.str";
static __attribute__((noinline)) int branch(int kind)
{
    switch (kind) {
    case 0: return 3;
    case 1: return 17;
    case 2: return -9;
    case 3: return 1024;
    case 4: return 77;
    case 5: return 4;
    }
    return kind * 2;
}
static __attribute__((noinline)) int loop(const char *from, int length)
{
    int sum = 0;
    for (int i = 0; i < 16; i++) {
        if (i >= length)
            break;
        sum = sum * 31 + from[i];
    }
    return sum;
}
SEC("xdp") int p(struct xdp_md *ctx)
{
    unsigned int key = ctx->rx_queue_index & 7;
    unsigned long long name = 5, *count = bpf_map_lookup_elem(&counts, &key);
    char value[16];
    __builtin_memset(value, 0, sizeof(value));
    __builtin_memcpy(value, text, 8);
    if (count)
        __sync_fetch_and_add(count, 1);
    bpf_map_update_elem(&names, &name, value, BPF_ANY);
    return branch(key) + loop(value, 8) + sizeof(text) == 5 ? XDP_DROP : XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
"""
#: The same with types: BTF maps, typed globals, a global function, a static prog array, CO-RE.
TYPED = """
struct task_struct { int pid, tgid; long start_time; } __attribute__((preserve_access_index));
struct event { unsigned long long time; unsigned int pid; short kind; char comm[6]; };
struct {
    __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 64); __type(key, __u32); __type(value, struct event);
} events SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } ring SEC(".maps");
int next(void *ctx);
struct {
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 2); __uint(key_size, 4); __array(values, int(void *));
} table SEC(".maps") = { .values = { [1] = (void *)&next } };
const volatile int limit = 7;
static volatile long total = 3;
int started;
__attribute__((noinline)) int measure(struct event *event, int kind)
{
    if (!event)
        return 0;
    event->kind = kind;
    return event->time > (unsigned)limit;
}
SEC("raw_tracepoint") int next(void *ctx) { return started; }
SEC("raw_tracepoint/sys_enter") int p(void *ctx)
{
    struct task_struct *task = (void *)bpf_get_current_task();
    struct event event = {};
    unsigned int pid = bpf_get_current_pid_tgid();
    bpf_probe_read_kernel(&event.pid, sizeof(int), &task->pid);
    bpf_probe_read_kernel(&event.time, 8, &task->start_time);
    bpf_get_current_comm(event.comm, sizeof(event.comm));
    total += measure(&event, 2);
    bpf_map_update_elem(&events, &pid, &event, BPF_ANY);
    bpf_ringbuf_output(&ring, &event, sizeof(event), 0);
    if (started)
        bpf_tail_call(ctx, &table, 1);
    return 0;
}
char LICENSE[] SEC("license") = "GPL";
"""
SOURCES = {"plain": PLAIN, "typed": TYPED}
#: (level, processor, debug information, what is stripped)
VARIANTS = [
    *((level, "v3", True, "") for level in ("O0", "O1", "O2", "O3", "Os", "Oz")),
    *(("O2", cpu, True, "") for cpu in ("v1", "v2", "v4")),
    *(("O2", cpu, False, "") for cpu in ("v1", "v3")),
    ("O2", "v3", True, "ours"),
    ("O2", "v3", True, "llvm -g"),
    ("O2", "v2", False, "llvm"),
]


@pytest.fixture(scope="module", params=list(COMPILERS))
def compiler(request: pytest.FixtureRequest) -> str:
    if request.param == "ziglang":
        pytest.importorskip("ziglang")
    return str(request.param)


def compiled(compiler: str, source: str, variant: tuple[str, str, bool, str], folder: Path) -> Path:
    level, cpu, debug, stripped = variant
    path, out = folder / "test.bpf.c", folder / "test.bpf.o"
    path.write_text(HEAD + SOURCES[source])
    command = [*COMPILERS[compiler], f"-{level}", f"-mcpu={cpu}", *(["-g"] if debug else []), "-ffreestanding", "-w",
               "-isystem", str(INCLUDE), "-c", str(path), "-o", str(out)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if done.returncode and "target CPU" in done.stderr:
        pytest.skip(f"{compiler} knows no processor {cpu}")
    assert done.returncode == 0, done.stderr
    if stripped == "ours":
        out.write_bytes(strip(out.read_bytes()))
    elif stripped:
        tool = next(
            (name for name in ("llvm-strip", *(f"llvm-strip-{n}" for n in range(13, 31))) if shutil.which(name)), ""
        )
        if not tool:
            pytest.skip("no llvm-strip")
        subprocess.run([tool, *stripped.split()[1:], str(out)], check=True)
    return out


def libbpf_loads(path: Path) -> int | None:
    """How many instructions libbpf gave to the kernel for the program `p`; None if it didn't load."""
    try:
        lib = ctypes.CDLL("libbpf.so.1")
    except OSError:
        pytest.skip("no libbpf.so.1 to compare with (apt install libbpf1)")
    lib.libbpf_set_print(None)
    for name in ("bpf_object__open_file", "bpf_object__find_program_by_name"):
        getattr(lib, name).restype = ctypes.c_void_p
    lib.bpf_program__insn_cnt.restype = ctypes.c_size_t
    found = ctypes.c_void_p(lib.bpf_object__open_file(os.fsencode(path), None))
    if not found:
        return None
    try:
        if lib.bpf_object__load(found):
            return None
        program = ctypes.c_void_p(lib.bpf_object__find_program_by_name(found, b"p"))
        return int(lib.bpf_program__insn_cnt(program)) if program else None
    finally:
        lib.bpf_object__close(found)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: "-".join(map(str, one)).replace(" ", "").strip("-"))
@pytest.mark.parametrize("source", SOURCES)
def test_what_libbpf_loads_we_load(
    compiler: str, source: str, variant: tuple[str, str, bool, str], tmp_path: Path
) -> None:
    if source == "typed" and not (Path(SYSFS) / "vmlinux").exists():
        pytest.skip("this kernel has no types")
    path = compiled(compiler, source, variant, tmp_path)
    theirs = libbpf_loads(path)
    level, _cpu, debug, stripped = variant
    if (source == "typed" and not debug) or stripped == "llvm":
        # Maps are nowhere but in types that aren't there, or in symbols that are gone.
        assert theirs is None
        with pytest.raises(ebpf.ObjectError, match=r"build it with -g|a map definition must be a named variable"):
            elf.read(path)
        return
    spec = elf.read(path)
    assert len(spec.programs) == len([name for name in spec.programs if name in ("p", "next")])
    try:
        with ebpf.load(spec, engine="kernel") as loaded:
            assert "p" in loaded.programs
            mine: int | None = len(loaded.programs["p"].spec.code) // 8
    except ebpf.VerifierError:
        mine = None
    assert mine is not None or theirs is None, "libbpf loads it"
    if theirs is not None:
        assert mine == theirs
    if source == "plain" and level != "O0":
        assert mine is not None, "libbpf 1 takes no legacy maps; we do"
