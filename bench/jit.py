"""How quick generated code is: `python bench/jit.py`. One JSON line a figure: name, value, unit.

The same C is compiled for BPF and run by the JIT (bounds and budget checked), and compiled by gcc and clang with -O2 for this
CPU where they are installed. Rounds alternate; a ratio is the median of the JIT's rounds to the median of the quicker
native one's. The process keeps to one CPU.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import ebpf
from ebpf import build
from ebpf.spec import ProgramSpec
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine
from ebpf.vm.jit import batch, calls
from ebpf.vm.jit.compile import compiler
from ebpf.vm.jit.module import Module

ROUNDS = 15

COMMON = r"""
typedef unsigned char u8; typedef unsigned short u16; typedef unsigned int u32; typedef unsigned long long u64;
#ifdef __bpf__
#define PROGRAM(name) __attribute__((section("bench/" #name), used)) u64 name(void *mem, u64 n)
static u32 (*cpu)(void) = (void *)8;
#else
#define PROGRAM(name) u64 name(void *mem, u64 n)
u32 native_cpu(void);
#define cpu native_cpu
#endif

PROGRAM(alu)
{
    u64 a = 1, b = n;
    for (u32 i = 0; i < 200000; i++) { a = a * 6364136223846793005ULL + b; b ^= a >> 13; }
    return a + b;
}
PROGRAM(primes)
{
    u64 found = 0;
    for (u32 i = 2; i < 2000; i++) {
        u32 prime = 1;
        for (u32 j = 2; j < i; j++)
            if (i % j == 0) { prime = 0; break; }
        found += prime;
    }
    return found;
}
PROGRAM(checksum)
{
    u16 *p = mem;
    u64 s = 0;
    if (n > 65536) n = 65536;
    for (u64 i = 0; i < n / 2; i++) s += p[i];
    while (s >> 16) s = (s & 0xffff) + (s >> 16);
    return s;
}
PROGRAM(fill)
{
    u8 *p = mem;
    if (n > 65536) n = 65536;
    for (u64 i = 0; i < n; i++) p[i] = i * 7;
    return p[0];
}
PROGRAM(xor)
{
    u32 *p = mem;
    if (n > 65536) n = 65536;
    for (u64 i = 0; i < n / 4; i++) p[i] ^= 0x5a5a5a5a;
    return p[1];
}
PROGRAM(helper) { u64 s = 0; for (u32 i = 0; i < 10000; i++) s += cpu() + i; return s; }
"""
NATIVE_HELPER = "unsigned native_cpu(void) { return 0; }\n"

PARSE = r"""
typedef unsigned char u8; typedef unsigned short u16; typedef unsigned int u32; typedef unsigned long long u64;
static inline __attribute__((always_inline)) int parse(u8 *data, u8 *end)
{
    if (data + 14 > end) return 1;
    if (data[12] != 8 || data[13] != 0) return 2;
    u8 *ip = data + 14;
    if (ip + 20 > end) return 1;
    if ((ip[0] >> 4) != 4) return 1;
    u32 length = (ip[0] & 15) * 4;
    if (length < 20 || ip[9] != 6) return 2;
    u8 *tcp = ip + length;
    if (tcp + 20 > end) return 1;
    u16 port = tcp[2] << 8 | tcp[3];
    u16 total = ip[2] << 8 | ip[3];
    if (port == 80 || port == 443) return total > 1000 ? 3 : 2;
    return tcp[13] & 2 ? 1 : 2;
}
#ifdef __bpf__
struct xdp_md { u32 data, data_end, data_meta, a, b, c; };
__attribute__((section("xdp"), used)) int packet(struct xdp_md *ctx)
{
    return parse((u8 *)(long)ctx->data, (u8 *)(long)ctx->data_end);
}
#else
int packet(u8 *data, u8 *end) { return parse(data, end); }
void batch(u8 *all, u64 *starts, u32 *lengths, u32 *verdicts, u64 n)
{ for (u64 i = 0; i < n; i++) verdicts[i] = packet(all + starts[i], all + starts[i] + lengths[i]); }
#endif
"""

MAPS = r"""
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1024);
    __type(key, __u32);
    __type(value, __u64);
} numbers SEC(".maps");
struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 4096);
    __type(key, __u64);
    __type(value, __u64);
} table SEC(".maps");
#define LOOKUPS(name, map, type, expression)                                        \
    SEC("xdp") int name(struct xdp_md *ctx)                                         \
    {                                                                               \
        __u64 s = 0;                                                                \
        for (__u32 i = 0; i < 1000; i++) {                                          \
            type k = expression;                                                    \
            __u64 *v = bpf_map_lookup_elem(&map, &k);                               \
            if (v) s += *v;                                                         \
        }                                                                           \
        return s;                                                                   \
    }
LOOKUPS(array_lookups, numbers, __u32, i & 1023)
LOOKUPS(hash_lookups, table, __u64, i * 3)
char LICENSE[] SEC("license") = "Dual MIT/GPL";
"""


def show(name: str, value: float, unit: str) -> None:
    print(json.dumps({"name": name, "value": round(value, 4), "unit": unit}), flush=True)


def timed(call: Callable[[], object], repeat: int) -> float:
    start = time.process_time()
    for _ in range(repeat):
        call()
    return (time.process_time() - start) / repeat


def natives(source: Path, folder: Path, extra: str = "") -> dict[str, ctypes.CDLL]:
    """The C file as a shared library, by each native compiler that is here."""
    found = {}
    for name in ("gcc", "clang"):
        if shutil.which(name):
            target = folder / f"{source.stem}_{name}.so"
            files = [str(source)]
            if extra:
                (folder / "extra.c").write_text(extra)
                files.append(str(folder / "extra.c"))
            subprocess.run(
                [name, "-O2", "-march=native", "-w", "-shared", "-fPIC", "-o", str(target), *files], check=True
            )
            found[name] = ctypes.CDLL(str(target))
    return found


def program(spec: ProgramSpec, **maps: object) -> object:
    return VmEngine(jit=False).load_program(spec, maps)  # type: ignore[arg-type]


def loops(folder: Path) -> None:
    source = folder / "loops.c"
    source.write_text(COMMON)
    spec = ebpf.read(build.compile(source, define=["__bpf__"], cache=False))
    libraries = natives(source, folder, NATIVE_HELPER)
    memory = os.urandom(65536)
    buffer = ctypes.create_string_buffer(memory, 65536)
    for name, repeat in (("alu", 5), ("primes", 3), ("checksum", 200), ("fill", 200), ("xor", 200), ("helper", 50)):
        made = spec.programs[name]
        made.type = ProgType.UNSPEC
        native_call = calls.prepare(program(made), context=memory)  # type: ignore[arg-type]
        functions = {}
        for compiler_name, library in libraries.items():
            function = getattr(library, name)
            function.restype, function.argtypes = ctypes.c_uint64, (ctypes.c_void_p, ctypes.c_uint64)
            functions[compiler_name] = lambda function=function: function(ctypes.addressof(buffer), 65536)
        rounds: dict[str, list[float]] = {"jit": [], **{key: [] for key in functions}}
        for _ in range(ROUNDS):
            rounds["jit"].append(timed(native_call, repeat))
            for key, call in functions.items():
                rounds[key].append(timed(call, repeat))
        medians = {key: statistics.median(values) for key, values in rounds.items()}
        show(f"{name}, JIT", medians["jit"] * 1e6, "us")
        if len(medians) > 1:
            best = min(value for key, value in medians.items() if key != "jit")
            show(f"{name}, native (the quicker of {', '.join(libraries)})", best * 1e6, "us")
            show(f"{name}, ratio", medians["jit"] / best, "x")


def packets(folder: Path) -> None:
    source = folder / "parse.c"
    source.write_text(PARSE)
    spec = ebpf.read(build.compile(source, define=["__bpf__"], cache=False))
    made = program(spec.programs["packet"])
    packet = (
        bytes(12) + b"\x08\x00" + b"\x45\x00\x00\x3c" + bytes(5) + b"\x06" + bytes(10) + b"\x12\x34\x00\x50" + bytes(30)
    )
    count = 10_000
    all_ = bytearray(packet * count)
    starts = array("Q", range(0, len(all_), len(packet)))
    lengths = array("I", [len(packet)] * count)
    verdicts = array("I", bytes(4 * count))
    memory = (ctypes.c_char * len(all_)).from_buffer(all_)
    calls_ = {"jit": lambda: batch.run_batch(made, all_, starts, lengths)}  # type: ignore[arg-type]
    for name, library in natives(source, folder).items():
        calls_[name] = lambda library=library: library.batch(  # type: ignore[assignment,misc]
            memory, ctypes.c_void_p(starts.buffer_info()[0]), ctypes.c_void_p(lengths.buffer_info()[0]),
            ctypes.c_void_p(verdicts.buffer_info()[0]), ctypes.c_uint64(count),
        )  # fmt: skip
    rounds: dict[str, list[float]] = {key: [] for key in calls_}
    for _ in range(ROUNDS):
        for key, call in calls_.items():
            rounds[key].append(timed(call, 20))
    medians = {key: statistics.median(values) / count * 1e9 for key, values in rounds.items()}
    for key, value in medians.items():
        show(f"packet parse in a batch, {key}", value, "ns a packet")
    if len(medians) > 1:
        show("packet parse in a batch, ratio", medians["jit"] / min(v for k, v in medians.items() if k != "jit"), "x")
    one = calls.prepare(made, data=packet)  # type: ignore[arg-type]
    show("one call from Python", statistics.median(timed(one, 100_000) for _ in range(ROUNDS)) * 1e9, "ns")


def maps(folder: Path) -> None:
    source = folder / "maps.bpf.c"
    source.write_text(MAPS)
    with ebpf.load(ebpf.compile(source, cache=False), engine="vm") as obj:
        for key in range(1024):
            obj.maps["numbers"][key] = key
            obj.maps["table"][key * 3] = key
        for name in ("array_lookups", "hash_lookups"):
            call = calls.prepare(obj.programs[name].raw, data=bytes(64))
            show(name.replace("_", " "), statistics.median(timed(call, 200) for _ in range(ROUNDS)) * 1e6, "ns each")


def compiling() -> None:
    """From bytecode to machine code in memory, by length and level."""
    start = time.perf_counter()
    made = compiler()
    show("first use of LLVM", (time.perf_counter() - start) * 1e3, "ms")
    for length in (50, 500, 8000):
        code = bytes.fromhex("b700000001000000") + bytes.fromhex(
            "0700000003000000 af10000000000000 2700000005000000 7b0af8ff00000000"
        ) * (length // 4)
        code += bytes.fromhex("9500000000000000")
        for level in (0, 2):
            spent = []
            for _ in range(5 if length < 1000 else 2):
                loaded = program(ProgramSpec("p", code=code))
                start = time.perf_counter()
                text = Module(loaded).run_text  # type: ignore[arg-type]
                made.link(made.assemble(text, level), ["run"])
                spent.append(time.perf_counter() - start)
            show(f"{length} instructions to machine code, O{level}", statistics.median(spent) * 1e3, "ms")
        data = made.assemble(Module(program(ProgramSpec("p", code=code))).run_text, 2)  # type: ignore[arg-type]
        spent = []
        for _ in range(10):
            start = time.perf_counter()
            made.link(data, ["run"])
            spent.append(time.perf_counter() - start)
        show(f"{length} instructions, machine code linked", statistics.median(spent) * 1e3, "ms")


def main() -> None:
    os.environ["EBPF_CACHE"] = "off"
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    compiling()
    with tempfile.TemporaryDirectory() as name:
        loops(Path(name))
        packets(Path(name))
        maps(Path(name))


if __name__ == "__main__":
    main()
