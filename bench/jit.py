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
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import ebpf
from ebpf import build
from ebpf.asm import Instruction, encode
from ebpf.spec import ProgramSpec
from ebpf.uapi import opcodes as op
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

PROVED = r"""
typedef unsigned char u8; typedef unsigned short u16; typedef unsigned int u32; typedef unsigned long long u64;
#ifdef __bpf__
struct xdp_md { u32 data, data_end, data_meta, a, b, c; };
#define PROGRAM(name)                                                                                             \
    static inline __attribute__((always_inline)) int name##_(u8 *data, u8 *end);                                  \
    __attribute__((section("xdp"), used)) int name(struct xdp_md *ctx)                                            \
    { return name##_((u8 *)(long)ctx->data, (u8 *)(long)ctx->data_end); }                                         \
    static inline __attribute__((always_inline)) int name##_(u8 *data, u8 *end)
#else
#define PROGRAM(name) int name(u8 *data, u8 *end)
int nothing(u8 *data, u8 *end) { return 0; }
#endif
PROGRAM(sum)
{
    u32 s = 0;
    if (data + 1024 > end) return 1;
    for (u32 i = 0; i < 512; i++) s += ((u16 *)data)[i];
    return s;
}
PROGRAM(xor)
{
    if (data + 1024 > end) return 1;
    for (u32 i = 0; i < 256; i++) ((u32 *)data)[i] ^= 0x5a5a5a5a;
    return data[0];
}
PROGRAM(scatter)
{
    u32 s = 0;
    if (data + 1024 > end) return 1;
    for (u32 i = 0; i < 256; i++) {
        u64 k = data[i];
        u8 *to = data + 256 + k;
        if (to + 257 > end) break;
        to[0] = i;
        s += to[256];
    }
    return s;
}
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
struct prefix { __u32 length, address; };
struct {
    __uint(type, BPF_MAP_TYPE_LPM_TRIE);
    __uint(max_entries, 4096);
    __uint(map_flags, BPF_F_NO_PREALLOC);
    __type(key, struct prefix);
    __type(value, __u64);
} routes SEC(".maps");
SEC("xdp") int prefix_lookups(struct xdp_md *ctx)
{
    __u64 s = 0;
    for (__u32 i = 0; i < 1000; i++) {
        struct prefix k = {32, __builtin_bswap32(0x0a000001 + (i << 8))};
        __u64 *v = bpf_map_lookup_elem(&routes, &k);
        if (v) s += *v;
    }
    return s;
}
struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 512);
    __type(key, __u64);
    __type(value, __u64);
} recent SEC(".maps");
/* What most programs that count do. */
#define COUNTS(name, map, expression, drop)                                         \
    SEC("xdp") int name(struct xdp_md *ctx)                                         \
    {                                                                               \
        for (__u32 i = 0; i < 1000; i++) {                                          \
            __u64 k = expression, one = 1;                                          \
            __u64 *v = bpf_map_lookup_elem(&map, &k);                               \
            if (v) __sync_fetch_and_add(v, 1);                                      \
            else bpf_map_update_elem(&map, &k, &one, BPF_NOEXIST);                  \
            if (drop) bpf_map_delete_elem(&map, &k);                                \
        }                                                                           \
        return 0;                                                                   \
    }
COUNTS(counts, table, i * 3, 0)
COUNTS(counts_new_keys_and_deletes, table, 1000000 + i, 1)
COUNTS(counts_new_keys_in_a_full_LRU, recent, bpf_get_prandom_u32(), 0)
SEC("xdp") int clocks(struct xdp_md *ctx)
{
    __u64 s = 0;
    for (__u32 i = 0; i < 1000; i++) s ^= bpf_ktime_get_ns();
    return s;
}
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
    count = 50_000
    all_ = bytearray(packet * count)
    starts = array("Q", range(0, len(all_), len(packet)))
    lengths = array("I", [len(packet)] * count)
    verdicts = array("I", bytes(4 * count))
    memory = (ctypes.c_char * len(all_)).from_buffer(all_)
    calls_ = {"jit": lambda: batch.run_batch(made, all_, starts, lengths, results=verdicts)}  # type: ignore[arg-type]
    for name, library in natives(source, folder).items():
        calls_[name] = lambda library=library: library.batch(  # type: ignore[assignment,misc]
            memory, ctypes.c_void_p(starts.buffer_info()[0]), ctypes.c_void_p(lengths.buffer_info()[0]),
            ctypes.c_void_p(verdicts.buffer_info()[0]), ctypes.c_uint64(count),
        )  # fmt: skip
    rounds: dict[str, list[float]] = {key: [] for key in calls_}
    for _ in range(ROUNDS):
        for key, call in calls_.items():
            rounds[key].append(timed(call, 4))
    medians = {key: statistics.median(values) / count * 1e9 for key, values in rounds.items()}
    for key, value in medians.items():
        show(f"packet parse in a batch, {key}", value, "ns a packet")
    if len(medians) > 1:
        show("packet parse in a batch, ratio", medians["jit"] / min(v for k, v in medians.items() if k != "jit"), "x")
    one, of_packet = calls.prepare(made, data=packet), calls.function(made)  # type: ignore[arg-type]
    show("one call from Python", statistics.median(timed(one, 100_000) for _ in range(ROUNDS)) * 1e9, "ns")
    each = statistics.median(timed(lambda: of_packet(packet), 100_000) for _ in range(ROUNDS))
    show("one call from Python, with its packet, and a Python function around it", each * 1e9, "ns")


def batches() -> None:
    """What a batch costs above a program that does next to nothing, by the kind of its context."""
    give = [Instruction(op.ALU64 | op.MOV, 0, imm=2), Instruction(op.JMP | op.EXIT)]
    load = [Instruction(op.LDX | op.MEM | op.DW, 0, 1, 8), Instruction(op.JMP | op.EXIT)]
    mark = [
        Instruction(op.LDX | op.MEM | op.W, 2, 1, 16),
        Instruction(op.STX | op.MEM | op.W, 1, 2, 8),
        Instruction(op.ALU64 | op.MOV, 0),
        Instruction(op.JMP | op.EXIT),
    ]
    kinds = {
        "XDP, gives a verdict": (ProgType.XDP, give),
        "tc, gives a verdict": (ProgType.SCHED_CLS, give),
        "tc, protocol to mark": (ProgType.SCHED_CLS, mark),
        "socket filter, gives a verdict": (ProgType.SOCKET_FILTER, give),
        "tracepoint, reads a field": (ProgType.TRACEPOINT, load),
    }
    for name, (type_, code) in kinds.items():
        made = program(ProgramSpec("p", type_, encode(code, sys.byteorder)))
        item = b"\2" + bytes(11) + b"\x08\x00\x45" + bytes(49)
        count = 5_000
        items, starts, lengths = bytearray(item * count), array("Q", range(0, 64 * count, 64)), array("I", [64]) * count
        running = batch.Batch(made, items)  # type: ignore[arg-type]
        results = array("I", [0]) * count
        running.run(starts, lengths, results, 0)
        go = partial(running.run, starts, lengths, results, 0)
        spent = statistics.median(timed(go, 100) for _ in range(ROUNDS))
        show(f"batch, {name}", spent / count * 1e9, "ns each, all in all")
        running.close()


def proved(folder: Path) -> None:
    """Programs that the verifier proved run without checks: beside the checked ones, and beside the same C."""
    source = folder / "proved.c"
    source.write_text(PROVED)
    spec = ebpf.read(build.compile(source, define=["__bpf__"], cache=False))
    libraries = natives(source, folder)
    memory = os.urandom(2048)
    buffer = ctypes.create_string_buffer(memory, 2048)
    for name in ("sum", "xor", "scatter"):
        made = spec.programs[name]
        made.license = "GPL"
        engines = {"checked": VmEngine(jit=False), "proved": VmEngine(jit=False, verify=True)}
        called: dict[str, Callable[[], object]] = {
            key: calls.prepare(engine.load_program(made, {}), data=memory) for key, engine in engines.items()
        }
        for key, library in libraries.items():
            function = getattr(library, name)
            function.argtypes = library.nothing.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
            begin = ctypes.addressof(buffer)
            called[key] = lambda function=function, begin=begin: function(begin, begin + 2048)
        rounds: dict[str, list[float]] = {key: [] for key in called}
        for _ in range(ROUNDS):
            for key, call in called.items():
                rounds[key].append(timed(call, 3000))
        # A call through ctypes costs more than one of ours: what an empty function takes is taken off.
        nothing = (
            statistics.median(timed(lambda f=libraries[key].nothing: f(None, None), 3000) for _ in range(ROUNDS))
            if libraries
            else 0
        )
        medians = {
            key: statistics.median(values) - (nothing if key in libraries else 0) for key, values in rounds.items()
        }
        best = min((value for key, value in medians.items() if key in libraries), default=0)
        for key in engines:
            show(f"{name} over 2 KiB of packet, {key}", medians[key] * 1e9, "ns")
            if best > 0:
                show(f"{name} over 2 KiB of packet, {key}, ratio to native", medians[key] / best, "x")


def maps(folder: Path) -> None:
    source = folder / "maps.bpf.c"
    source.write_text(MAPS)
    spec = ebpf.compile(source, cache=False)
    spec_names = list(spec.programs)
    with ebpf.load(spec, engine="vm") as obj:
        for key in range(1024):
            obj.maps["numbers"][key] = key
            obj.maps["table"][key * 3] = key
            obj.maps["routes"][f"10.{key >> 8}.{key & 255}.0/24"] = key
        for prefix in ("10.0.0.0/8", "10.0.0.0/16", "10.3.0.0/16"):
            obj.maps["routes"][prefix] = 1
        for name in spec_names:
            call = calls.prepare(obj.programs[name].raw, data=bytes(64))
            show(name.replace("_", " "), statistics.median(timed(call, 200) for _ in range(ROUNDS)) * 1e6, "ns each")


def compiling() -> None:
    """From bytecode to machine code in memory, by length and level."""
    start = time.process_time()
    made = compiler()
    show("first use of LLVM", (time.process_time() - start) * 1e3, "ms")
    for length in (50, 500, 8000):
        code = bytes.fromhex("b700000001000000") + bytes.fromhex(
            "0700000003000000 af10000000000000 2700000005000000 7b0af8ff00000000"
        ) * (length // 4)
        code += bytes.fromhex("9500000000000000")
        for level in (0, 2):
            spent = []
            for _ in range(15 if length < 1000 else 3):
                loaded = program(ProgramSpec("p", code=code))
                start = time.process_time()
                text = Module(loaded).run_text  # type: ignore[arg-type]
                made.link(made.assemble(text, level), ["run"])
                spent.append(time.process_time() - start)
            show(f"{length} instructions to machine code, O{level}", statistics.median(spent) * 1e3, "ms")
        data = made.assemble(Module(program(ProgramSpec("p", code=code))).run_text, 2)  # type: ignore[arg-type]
        spent = []
        for _ in range(10):
            start = time.process_time()
            made.link(data, ["run"])
            spent.append(time.process_time() - start)
        show(f"{length} instructions, machine code linked", statistics.median(spent) * 1e3, "ms")


def cold() -> None:
    """A process from its start to the first result, by an interpreter and from the cache; what Python alone takes is in both."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": folder, "PYTHONPATH": str(Path(ebpf.__file__).parents[1])}
        environment.pop("EBPF_CACHE", None)
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for name, code in (
            ("nothing but Python", "pass"),
            ("interpreted", COLD),
            ("from the cache", COLD.replace("False", "True")),
        ):
            spent, elapsed = [], []
            for number in range(2 + ROUNDS):
                before, start = os.times(), time.perf_counter()
                subprocess.run([sys.executable, "-c", code], env=environment, check=True)
                after = os.times()
                if number >= 2:  # the first ones write into the caches
                    spent.append(
                        after.children_user + after.children_system - before.children_user - before.children_system
                    )
                    elapsed.append(time.perf_counter() - start)
            show(f"cold process to its first result, {name}, CPU", statistics.median(spent) * 1e3, "ms")
            show(f"cold process to its first result, {name}, elapsed", statistics.median(elapsed) * 1e3, "ms")


COLD = """
from ebpf.vm.engine import VmEngine
from ebpf.spec import ProgramSpec
piece = "0700000003000000 af10000000000000 2700000005000000 7b0af8ff00000000"
code = bytes.fromhex("b700000001000000" + piece * 12 + "9500000000000000")
VmEngine(jit=False).load_program(ProgramSpec("p", code=code), {}).run()
"""


def main() -> None:
    os.environ["EBPF_CACHE"] = "off"
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    compiling()
    with tempfile.TemporaryDirectory() as name:
        loops(Path(name))
        packets(Path(name))
        batches()
        maps(Path(name))
        proved(Path(name))
    cold()


if __name__ == "__main__":
    main()
