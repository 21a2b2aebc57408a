"""Generated code for aarch64 under qemu's user-mode emulation: random programs must give what the interpreter gives here.

    python tests/fuzz/aarch64.py [COUNT [SEED]]

LLVM makes an object of each program; a few lines of C, which clang (the ziglang wheel) compiles without any library, set up the
state, call each and write r0 and the packet, all at the addresses that they have here. The programs have arithmetic, branches,
loops, the frame, the context and the packet; whatever would call back counts as "outside" and is left out of the comparison, as
are maps.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from jit_fuzz import BUDGET, Maker

from ebpf.errors import Fault
from ebpf.uapi.prog_types import ProgType
from ebpf.vm.engine import VmEngine
from ebpf.vm.jit.compile import Compiler
from ebpf.vm.jit.module import Module
from ebpf.vm.jit.state import FIELDS, SIZE
from ebpf.vm.machine import HEADROOM

TRIPLE = "aarch64-unknown-linux-gnu"
PACKET = 64

_HARNESS = """\
typedef unsigned char u8; typedef unsigned int u32; typedef unsigned long long u64;
static u64 m[%(words)d], constants[1];
/* Where the interpreter has them, so that addresses are the same numbers. */
static u8 *const stack = (u8 *)%(stack_at)d, *const context = (u8 *)%(context_at)d, *const packet = (u8 *)%(packet_at)d;
static u8 packets[%(count)d][%(packet)d] = { %(packets)s };
static long call(long n, long a, long b, long c, long d)
{
    register long x8 __asm__("x8") = n, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c, x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = -1, x5 __asm__("x5") = 0;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
    return x0;
}
static void map(u8 *at, u64 size)
{
    u64 first = (u64)at & ~4095ULL, bytes = ((u64)at + size + 4095 & ~4095ULL) - first;
    if (call(222, first, bytes, 3, 0x32) != first) call(94, 9, 0, 0, 0); /* mmap: private, fixed, anonymous */
}
void *memset(void *to, int c, unsigned long n) { volatile u8 *p = to; while (n--) *p++ = c; return to; }
void *memcpy(void *to, const void *from, unsigned long n)
{ volatile u8 *p = to; const u8 *q = from; while (n--) *p++ = *q++; return to; }
void *memmove(void *to, const void *from, unsigned long n)
{
    volatile u8 *p = to; const u8 *q = from;
    if (p < q) return memcpy(to, from, n);
    while (n--) p[n] = q[n];
    return to;
}
/* Whatever is asked of Python ends the run. */
static u64 outside(u64 *state) { state[%(fault)d] = 2; return 0; }
%(declarations)s
static u64 (*programs[])(u64 *) = { %(names)s };
void _start(void)
{
    map(stack, 8192); map(context, 64); map(packet, %(packet)d);
    for (int i = 0; i < %(count)d; i++) {
        memset(m, 0, sizeof m); memset(context, 0, 64); memset(stack, 0, 8192);
        memcpy(packet, packets[i], %(packet)d);
        m[%(left)d] = %(budget)d;
        m[%(context)d] = (u64)context; m[%(context_size)d] = 24;
        m[%(packet_field)d] = (u64)packet; m[%(length)d] = %(packet)d;
        *(u32 *)(context + 12) = 1;
        m[%(stack)d] = (u64)stack; m[%(constants)d] = (u64)constants;
        m[%(call_helper)d] = m[%(call_window)d] = m[%(call_atomic)d] = m[%(call_resume)d] = m[%(call_tail)d] = (u64)outside;
        u64 result[2] = { programs[i](m), 0 };
        result[1] = m[%(fault)d];
        call(64, 1, (long)result, sizeof result, 0);
        call(64, 1, (long)packet, %(packet)d, 0);
    }
    call(94, 0, 0, 0, 0);
    for (;;) ;
}
"""


def emulator() -> str | None:
    return shutil.which("qemu-aarch64-static") or shutil.which("qemu-aarch64")


class _Maker(Maker):
    """No maps, no calls."""

    def lookup(self) -> None:
        self.alu()

    update = data = call = memory = lookup


def compare(count: int, seed: int) -> tuple[int, list[str]]:
    """How many programs could be compared, and what differs."""
    made, engine = Compiler(TRIPLE), VmEngine(jit=False, budget=BUDGET)
    wanted: list[tuple[int, bytes] | None] = []
    packets = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = []
        for number in range(count):
            rng = random.Random(seed + number)
            spec = _Maker(rng, ProgType.XDP).make(rng.randrange(2, 14))
            packet = bytes(rng.randrange(256) for _ in range(PACKET))
            program = engine.load_program(spec, {})
            try:
                result = program.run(packet)
                wanted.append((result.retval, result.data))
            except Fault:
                wanted.append(None)
            packets.append(packet)
            text = Module(program).run_text.replace("@run(", f"@run{number}(")
            files.append(folder / f"{number}.o")
            files[-1].write_bytes(made.assemble(text, rng.choice((0, 2))))
            program.close()
        machine = engine.take()
        fields = {name: offset // 8 for name, offset in FIELDS.items()}
        harness = _HARNESS % {
            **fields,
            "packet_field": fields["packet"],
            "stack_at": machine.stack.base,
            "context_at": machine.context_base,
            "packet_at": machine.packet.start + HEADROOM,
            "packet": PACKET,
            "words": SIZE // 8,
            "budget": BUDGET,
            "count": count,
            "packets": ", ".join("{" + ",".join(map(str, packet)) + "}" for packet in packets),
            "declarations": "\n".join(f"u64 run{number}(u64 *);" for number in range(count)),
            "names": ", ".join(f"run{number}" for number in range(count)),
        }
        (folder / "harness.c").write_text(harness)
        flags = [
            "-target",
            "aarch64-linux-none",
            "-ffreestanding",
            "-nostdlib",
            "-static",
            "-O1",
            "-w",
            "-fno-sanitize=all",
        ]
        command = [sys.executable, "-m", "ziglang", "cc", *flags, "-o", "all", "harness.c", *map(str, files)]
        subprocess.run(command, check=True, cwd=folder)
        out = subprocess.run([emulator() or "", str(folder / "all")], check=True, stdout=subprocess.PIPE).stdout
    compared, differences = 0, []
    for number in range(count):
        piece = out[number * (16 + PACKET) : (number + 1) * (16 + PACKET)]
        value, fault = int.from_bytes(piece[:8], "little"), int.from_bytes(piece[8:16], "little")
        expected = wanted[number]
        if fault == 2:
            continue  # it asked for something outside
        compared += 1
        found = None if fault else (value, piece[16:])
        if found != expected:
            differences.append(f"seed {seed + number}: {expected} here, {found} on aarch64")
    return compared, differences


if __name__ == "__main__":
    words = [int(word) for word in sys.argv[1:]]
    count, seed = [*words, *[200, 1][len(words) :]]
    compared, differences = compare(count, seed)
    print(*differences, sep="\n")
    print(f"{compared} of {count} programs compared, {len(differences)} differ")
    sys.exit(bool(differences))
